"""The cash flow: as written, and with its total and its discount rate known."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import PLAIN, yearly_share
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
    key = _discount_rate(written.discount_rate, context)
    total = context.of_totals.get(of)
    if total is None and of in context.totals:
        _report_formula(written, of, context)
    if key is None or total is None or not set(total.parts) <= set(context.prices):
        return None
    unit, value, span = context.inputs[key].unit, context.inputs[key].value, written.discount_rate.span
    if yearly_share(unit) is None:
        context.problems.error(
            "RG402", f"a discount rate is in %/year; `{key}` is in {unit}", span, "name an input in %/year"
        )
    if value is not None and (value / 100 if str(unit).startswith("%") else value) <= -1:
        message = f"a discount rate of {value:g} {unit} leaves nothing to discount by"
        context.problems.error("RG212", message, span, "a rate is above -100 %/year")
    return CashFlow(of, total.parts, key)


def _discount_rate(name: Text, context: Context) -> Key | None:
    """The input that is one number for all options."""
    if any(
        key.option is not None for key in (*context.keys_of(name.text), *context.keys_of(name.text.partition(".")[0]))
    ):
        message = f"a cash flow has one discount rate; `{name}` is that of one option"
        context.problems.error("RG305", message, name.span, "name an input that is one number for all options")
        return None
    return context.input(name)


def _report_formula(written: CashFlowSpec, of: str, context: Context) -> None:
    """A total by a formula does not say when its parts are paid; the hint is one that fits its unit."""
    span = written.of.span if written.of is not None else written.discount_rate.span
    message = f"`{of}` is a formula, which does not say what is paid when; a cash flow is that of a total with `of`"
    meanings = (context.scope.quantity(name) for name in (of, *context.categories))
    units = {meaning.name: meaning.unit for meaning in meanings if meaning is not None}
    kind = "average" if of in units and "calendar time" in units[of].dimension else "sum"
    rate = units.pop(of, PLAIN) if kind == "average" else units.pop(of, PLAIN) / MONTH
    listed = [name for name, unit in units.items() if unit.fits(rate) or (unit / MONTH).fits(rate)]
    hint = f"write the total as `of: [{', '.join(listed)}], as: {kind}`" if listed else ""
    context.problems.error("RG505", message, span, hint)
