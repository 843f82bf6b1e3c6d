"""Features in the model file: which option has which as written, and with what prices each gap known."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Key
from reportgen.model.compounds import ByOption, One
from reportgen.model.kinds import SOURCES, TEXT, TITLE, Choice, Name
from reportgen.model.option_values import Wanted, each_option
from reportgen.model.question_context import Context
from reportgen.model.records import optional, record, required
from reportgen.model.written import NO, YES, PerOption, Text
from reportgen.problems import suggestion
from reportgen.source import Span

ANSWERS = (YES, "partly", NO, "build", "buy")


@record("{}")
class CoverageSpec:
    """`answer` is yes, partly, no, build or buy; `priced_by` the item that prices a gap."""

    answer: Text = required(Choice(ANSWERS), "whether the option has the feature", key="is", example="build")
    priced_by: Text | None = optional(Name("item name"), "the item that prices the gap of this option")
    because: str = optional(TEXT, "why no item prices the gap", "")
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "where it says so", (), key="source")
    span: Span


@record("feature {}")
class FeatureSpec:
    id: Text
    title: str = required(TITLE, "the feature")
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "where it says so", (), key="source")
    priced_by: Text | None = optional(Name("item name"), "the item that prices the gap of every option")
    coverage: CoverageSpec | PerOption[CoverageSpec] = required(
        ByOption(One(CoverageSpec, "is")), "which option has it; anything but `yes` is a gap"
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How an option covers a feature: one of `ANSWERS`; `priced_by` names the item, category or total that prices
    the gap, None where nothing does; `because` says why not."""

    answer: str
    priced_by: str | None
    because: str
    note: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Feature:
    id: str
    title: str
    note: str
    sources: tuple[str, ...]
    coverage: dict[str, Coverage]


def check_feature(written: FeatureSpec, context: Context) -> Feature:
    """Reports RG210, RG211 and the warning RG702."""
    wanted = Wanted(f"feature `{written.id}`", written.id.span, "with yes, partly, no, build or buy")
    coverage = {
        option: _coverage(written, option, each, context)
        for option, each in each_option(written.coverage, wanted, context.options, context.problems)
    }
    return Feature(written.id.text, written.title, written.note, context.sources(written.sources), coverage)


def _coverage(feature: FeatureSpec, option: str, written: CoverageSpec, context: Context) -> Coverage:
    own = written.priced_by or feature.priced_by
    priced_by = None if own is None else _price(own, context)
    unknown = own is not None and priced_by is None
    has_price = priced_by is not None and Key(priced_by, option) not in context.not_applicable
    if written.answer.text != YES and not written.because and not unknown and not has_price:
        message = f"`{option}`: nothing prices the gap of feature `{feature.id}`"
        hint = "name the item that does with `priced_by`, or say why none does with `because`"
        context.problems.warning("RG702", message, written.span, hint)
    sources = context.sources(written.sources)
    return Coverage(written.answer.text, priced_by, written.because, written.note, sources, written.span)


def _price(name: Text, context: Context) -> str | None:
    """The item, category or total of that name."""
    if name.text in context.prices:
        return name.text
    if not context.scope.is_unread(name.text.rpartition(".")[2]):
        ending = next((each for each in context.prices if each.endswith(f".{name}")), "")
        hint = f"did you mean `{ending}`?" if ending else suggestion(name.text, context.prices)
        context.problems.error("RG211", f"there is no item `{name}` to price it", name.span, hint)
    return None
