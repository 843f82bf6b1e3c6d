"""Totals from low to high in the model file: as written, and with their inputs known."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Key
from reportgen.model.kinds import INPUT_NAME, TITLE, TOTAL, OneOrMore
from reportgen.model.question_context import Context
from reportgen.model.records import optional, record, required
from reportgen.model.written import Text


@record("range {}")
class RangeSpec:
    id: Text
    title: str = required(TITLE, "what is shown from low to high")
    of: Text = required(TOTAL, "the total that is shown")
    inputs: tuple[Text, ...] = optional(
        OneOrMore(INPUT_NAME), "what varies; without it every input that has a low and a high", ()
    )


@dataclass(frozen=True, slots=True)
class TotalRange:
    """The total `of` while `inputs` go from low to high; each of them has both."""

    id: str
    title: str
    of: str
    inputs: tuple[Key, ...]


def check_range(written: RangeSpec, context: Context) -> TotalRange:
    """Reports RG211, RG212 and RG305."""
    context.check_total(written.of)
    keys = [key for name in written.inputs for key in _varied(name, context)]
    if not written.inputs:
        keys = [key for key, each in context.inputs.items() if each.varies]
        if not keys:
            message, hint = f"range `{written.id}` has no inputs to vary", "give some a `low` and a `high`"
            context.problems.error("RG212", message, written.id.span, hint)
    return TotalRange(written.id.text, written.title, written.of.text, tuple(dict.fromkeys(keys)))


def _varied(name: Text, context: Context) -> list[Key]:
    """The inputs of a name that go from low to high: `share` stands for those of all options."""
    keys = context.numbers(name)
    varied = [key for key in keys if context.inputs[key].varies]
    if keys and not varied:
        hint = "give it a `low` and a `high`"
        context.problems.error("RG212", f"`{name}` has no low and high to go between", name.span, hint)
    return varied
