"""The cash flow: as written, and with its total and its discount rate known."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Key
from reportgen.formula.units import PER_YEAR, PLAIN
from reportgen.model.kinds import INPUT_NAME, TOTAL
from reportgen.model.question_context import Context
from reportgen.model.records import optional, record, required
from reportgen.model.written import Text


@record("cash_flow")
class CashFlowSpec:
    of: Text | None = optional(TOTAL, "the total whose payments are shown; the last one by default")
    discount_rate: Text = required(INPUT_NAME, "the input, in `%/year`, by which later payments count less")


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The steps of the total `of`, which adds up `parts`, categories and items; `discount_rate` is an assumption, a
    share per year."""

    of: str
    parts: tuple[str, ...]
    discount_rate: Key


def check_cash_flow(written: CashFlowSpec, context: Context) -> CashFlow | None:
    """Reports RG211, RG212, RG305, RG402 and RG505."""
    of = context.total(written.of)
    key = context.input(written.discount_rate)
    total = context.of_totals.get(of)
    if total is None and of in context.totals:
        _report_formula(written, of, context)
    if key is None or total is None:
        return None
    unit, value, span = context.inputs[key].unit, context.inputs[key].value, written.discount_rate.span
    if not unit.fits(PLAIN) and not unit.fits(PER_YEAR):
        context.problems.error("RG402", f"a discount rate is in %/year; `{key}` is in {unit}", span)
    if value is not None and (value / 100 if str(unit).startswith("%") else value) <= -1:
        message = f"a discount rate of {value:g} {unit} leaves nothing to discount by"
        context.problems.error("RG212", message, span, "a rate is above -100 %/year")
    return CashFlow(of, total.parts, key)


def _report_formula(written: CashFlowSpec, of: str, context: Context) -> None:
    """A total by a formula does not say when its parts are paid."""
    span = written.of.span if written.of is not None else written.discount_rate.span
    message = f"`{of}` is a formula, which does not say what is paid when; a cash flow is that of a total with `of`"
    listed = ", ".join(context.categories)
    context.problems.error("RG505", message, span, f"write the total as `of: [{listed}], as: average`")
