"""What can be read from a cash flow, in sentences: paybacks, returns, and what each option is worth as an equal amount
per year. Amounts that are no money are not paid and earn no return."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.cash_flow import CashFlowOutcome, Payback
from reportgen.compute.digits import result_decimals
from reportgen.compute.internal_rate import NONE, SEVERAL
from reportgen.formula.units import YEAR
from reportgen.presentation.format import is_money, number, percent, quantity
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.words import message


def payback_sentences(cells: Cells, outcome: CashFlowOutcome, rate: str) -> Iterator[str]:
    """`rate` is the discount rate as it is shown."""
    paid = is_money(outcome.unit)
    for each in outcome.paybacks:
        parts = [_payback(cells, each, paid=paid), _returns(cells, each) if paid else ""]
        if {each.option, each.against} & set(outcome.incomplete):
            parts.append(cells.gettext("A price is missing, so this counts only what is known."))
        yield " ".join(filter(None, parts))
    yield from _earning(cells, outcome, rate) if paid else ()
    yield _annual(cells, outcome, rate)


_MONEY = (
    message("{option} costs more at first than {other} and does not make up for it within the horizon."),
    message(
        "{option} costs more at first than {other} and makes up for it after {years} years; discounted, it does not "
        "within the horizon."
    ),
    message(
        "{option} costs more at first than {other} and makes up for it after {years} years, discounted after "
        "{discounted} years."
    ),
)
_AMOUNTS = (
    message("{option} begins with more than {other} and does not make up for it within the horizon."),
    message(
        "{option} begins with more than {other} and makes up for it after {years} years; discounted, it does not "
        "within the horizon."
    ),
    message(
        "{option} begins with more than {other} and makes up for it after {years} years, discounted after "
        "{discounted} years."
    ),
)


def _payback(cells: Cells, payback: Payback, *, paid: bool) -> str:
    """Whether and when an option makes up for what it costs more at the beginning."""
    never, nominal, both = _MONEY if paid else _AMOUNTS
    text = never if payback.years is None else nominal if payback.discounted_years is None else both
    return cells.gettext(
        text,
        option=cells.model.option(payback.option).title,
        other=cells.model.option(payback.against).title,
        years=number(payback.years or 0.0, 1, cells.locale),
        discounted=number(payback.discounted_years or 0.0, 1, cells.locale),
    )


def _returns(cells: Cells, payback: Payback) -> str:
    """The internal rate of return, and what is saved by what is paid more."""
    rate, ratio = payback.internal_rate, payback.benefit_to_cost
    if rate.state == NONE:
        return cells.gettext("There is no internal rate of return on the extra cost.")
    if rate.state == SEVERAL:
        text = cells.gettext(
            "The difference changes its sign more than once, so that there is no single internal rate of return."
        )
    else:
        assert rate.rate is not None
        text = cells.gettext(
            "The internal rate of return on the extra cost is {rate} per year.",
            rate=percent(rate.rate * 100, 1, cells.locale),
        )
    if ratio is None:
        return text
    shown = number(ratio, 2, cells.locale)
    return f"{text} {cells.gettext('The benefit-to-cost ratio is {ratio}.', ratio=shown)}"


def _earning(cells: Cells, outcome: CashFlowOutcome, rate: str) -> Iterator[str]:
    """Options that bring in more than they cost: to their owner, that is a positive value."""
    decimals = result_decimals(outcome.present_value.values(), outcome.unit)
    for option, value in outcome.present_value.items():
        if value < 0 and option not in outcome.incomplete:
            yield cells.gettext(
                "{option} brings in more than it costs: its net present value at {rate} is {amount}.",
                option=cells.model.option(option).title,
                rate=rate,
                amount=quantity(-value, outcome.unit, decimals, cells.locale),
            )


def _annual(cells: Cells, outcome: CashFlowOutcome, rate: str) -> str:
    """The present value of each option as an equal amount in every year."""
    unit = outcome.unit / YEAR
    decimals = result_decimals(outcome.annual.values(), unit)
    amounts = []
    for option, value in outcome.annual.items():
        mark = cells.incomplete(option in outcome.incomplete)
        amount = cells.gettext("not known") if mark and value == 0 else quantity(value, unit, decimals, cells.locale)
        shown = f"{amount} ({mark})" if mark else amount
        amounts.append(f"{cells.model.option(option).title} {shown}")
    listed = "; ".join(amounts)
    if is_money(outcome.unit):
        return cells.gettext("Equivalent annual cost at {rate}: {amounts}.", rate=rate, amounts=listed)
    return cells.gettext("Equivalent annual amount at {rate}: {amounts}.", rate=rate, amounts=listed)
