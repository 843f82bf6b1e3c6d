"""Profiles in the model file, who should choose what: as written, and with their conditions checked."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.checker import check_condition
from reportgen.formula.nodes import Node
from reportgen.model.amounts import FORMULA
from reportgen.model.kinds import OPTION, SOURCES, TEXT, TITLE
from reportgen.model.question_context import Context
from reportgen.model.records import optional, record, required
from reportgen.model.written import FormulaSpec, Text
from reportgen.problems import suggestion
from reportgen.source import Span


@record("profile {}")
class ProfileSpec:
    id: Text
    title: str = required(TITLE, "who this is")
    when: FormulaSpec = required(FORMULA, "the condition that describes them", example="seats < 100")
    recommend: Text = required(OPTION, "the option for them")
    because: str = required(TEXT, "why")
    sources: tuple[Text, ...] = optional(SOURCES, "who says so", (), key="source")


@dataclass(frozen=True, slots=True)
class Profile:
    """Who should choose what: `recommend` is an option's id; the first profile whose condition holds is the match.
    `when` is the condition as written."""

    id: str
    title: str
    condition: Node
    when: str
    recommend: str
    because: str
    sources: tuple[str, ...]
    span: Span


def check_profile(written: ProfileSpec, context: Context) -> Profile | None:
    """Reports RG211 and what `check_condition` does."""
    what, recommend, options = f"profile `{written.id}`", written.recommend, context.options
    typed = check_condition(written.when.syntax, what, context.scope, context.problems)
    if recommend.text not in options:
        hint = suggestion(recommend.text, options) or f"one of {', '.join(options)}"
        context.problems.error("RG211", f"there is no option `{recommend}`", recommend.span, hint)
    if typed is None:
        return None
    texts = written.when.text, recommend.text, written.because
    sources = context.sources(written.sources)
    return Profile(written.id.text, written.title, typed.node, *texts, sources, written.id.span)
