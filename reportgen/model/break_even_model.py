"""A break-even: as written, and with its driver and its options known."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.amounts import NUMBER
from reportgen.model.input_names import months_of, said_of_several
from reportgen.model.kinds import INPUT_NAME, OPTION, TITLE, TOTAL, OneOrMore
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import record, required
from reportgen.model.written import NumberSpec, Text


@record("break-even {}")
class BreakEvenSpec:
    id: Text
    title: str = required(TITLE, "what is looked for")
    driver: Text = required(INPUT_NAME, "the input along which the totals are compared")
    start: NumberSpec = required(NUMBER, "where to begin", key="from")
    end: NumberSpec = required(NUMBER, "where to end", key="to")
    between: tuple[Text, ...] = required(OneOrMore(OPTION, 2), "two options or more")
    of: Text = required(TOTAL, "the total that is compared")


@dataclass(frozen=True, slots=True)
class BreakEven:
    id: str
    title: str
    driver: str
    start: float
    end: float
    between: tuple[str, ...]
    of: str


def check_break_even(written: BreakEvenSpec, context: Context) -> BreakEven | None:
    """Reports RG211, RG212, RG305, RG402 and RG403."""
    context.check_total(written.of)
    context.check_options(written.between)
    between = tuple(option.text for option in written.between)
    if len(set(between)) < 2 and (between or not context.problems.failed):
        hint = f"name two of {', '.join(context.options)}"
        problem = "a break-even is between two options or more"
        span = written.between[0].span if between else written.id.span
        context.problems.error("RG212", problem, span, hint)
    if context.scope.table(written.driver.text.partition(".")[0]) is not None:
        message, hint = "a break-even runs along an assumption, not a number of a table", "name an assumption"
        context.problems.error("RG212", message, written.driver.span, hint)
        return None
    keys = context.assumption(written.driver)
    if not keys:
        return None
    if len(keys) > 1 or keys[0].option is not None:
        hint = "choose an assumption that is one number for all options"
        hint = f"choose one of them, such as {keys[0]}" if months_of(keys) else hint
        message = said_of_several(written.driver.text, keys)
        context.problems.error("RG305", message, written.driver.span, hint)
    unit = context.inputs[keys[0]].unit
    start, end = (in_unit(number, unit, "the range", context.problems) for number in (written.start, written.end))
    if start >= end:
        message = f"the range from {start:.12g} to {end:.12g} is empty"
        context.problems.error("RG212", message, written.start.span, "`from` is the smaller of the two")
    return BreakEven(written.id.text, written.title, keys[0].name, start, end, between, written.of.text)
