"""The cash flow: what is paid in each year, what that is worth today, when it pays back."""

from __future__ import annotations

from reportgen.compute.cash_flow import CashFlowOutcome, Payback
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.formula.units import PERCENT
from reportgen.presentation.format import number, percent
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableRow, ValueTable
from reportgen.presentation.words import message


def cash_flow_topic(cells: Cells) -> Topic | None:
    outcome = cells.results.cash_flow
    if outcome is None:
        return None
    unit, options = outcome.unit, cells.model.option_ids
    cumulative = [value for option in options for value in outcome.cumulative[option]]
    decimals = result_decimals(cumulative, unit)
    rate = percent(outcome.rate * 100, max(1, input_decimals((outcome.rate * 100,), PERCENT)), cells.locale)

    def row(title: str, values: dict[str, float], kind: str = "item") -> TableRow:
        shown = tuple(
            cells.number(values[option], unit, decimals, cells.incomplete(option in outcome.incomplete))
            for option in options
        )
        return TableRow(title, title, shown, kind=kind)

    def table(id_: str, caption: str, rows: list[TableRow]) -> ValueTable:
        head = cells.gettext("Year")
        heads, unit_ = cells.option_titles, cells.unit_text(unit)
        return ValueTable(id_, caption, head, heads, tuple(rows), unit_, columns=OPTIONS)

    ends = outcome.year_ends
    years = [cells.gettext("Start"), *(_year(cells, outcome, year) for year in range(len(ends) - 1))]
    paid_in = {option: outcome.by_year(outcome.nominal[option]) for option in options}
    nominal = [row(title, {each: paid_in[each][at] for each in options}) for at, title in enumerate(years)]
    paid = {each: outcome.cumulative[each][-1] for each in options}
    nominal += [
        row(cells.gettext("In all"), paid, "sum"),
        row(cells.gettext("Present value at {rate}", rate=rate), outcome.present_value, "headline"),
    ]
    summed = [
        row(title, {each: outcome.cumulative[each][at] for each in options})
        for title, at in zip(years, ends, strict=True)
    ]
    what = outcome.total.title
    caption = cells.gettext("What has been paid by the end of each year: {total}", total=what)
    tables = (
        table("cash-flow-nominal", cells.gettext("What is paid in each year: {total}", total=what), nominal),
        table("cash-flow-cumulative", caption, summed),
    )
    paybacks = tuple(_payback(cells, outcome, each) for each in outcome.paybacks)
    block = TopicBlock("", (_cash_flow_text(cells, outcome, rate),), paybacks, tables, "figure-cash-flow")
    return Topic("what-if-cash-flow", cells.gettext("Cash flow"), (block,))


def _cash_flow_text(cells: Cells, outcome: CashFlowOutcome, rate: str) -> str:
    text = [
        cells.gettext(
            "Each amount stands in the year in which it is paid, what is paid before the first one at the start."
        ),
        cells.gettext(_DISCOUNTING[outcome.timeline.discounting], rate=rate),
    ]
    if outcome.incomplete:
        text.append(cells.gettext("Amounts of an incomplete option are what is known of it."))
    return " ".join(text)


_DISCOUNTING = {
    "start": message("Present values discount each amount from the start of its step by {rate} per year."),
    "middle": message("Present values discount each amount from the middle of its step by {rate} per year."),
    "end": message("Present values discount each amount from the end of its step by {rate} per year."),
}


def _year(cells: Cells, outcome: CashFlowOutcome, year: int) -> str:
    return outcome.timeline.year_label(year) or cells.gettext("Year {number}", number=year + 1)


def _payback(cells: Cells, outcome: CashFlowOutcome, payback: Payback) -> str:
    """Whether and when an option makes up for what it costs more at the beginning."""

    def years(value: float) -> str:
        return number(value, 1, cells.locale)

    values = {
        "option": cells.model.option(payback.option).title,
        "other": cells.model.option(payback.against).title,
    }
    if payback.years is None:
        text = cells.gettext(
            "{option} costs more at first than {other} and does not make up for it within the horizon.", **values
        )
    elif payback.discounted_years is None:
        text = cells.gettext(
            "{option} costs more at first than {other} and makes up for it after {years} years; discounted, it does "
            "not within the horizon.",
            years=years(payback.years),
            **values,
        )
    else:
        text = cells.gettext(
            "{option} costs more at first than {other} and makes up for it after {years} years, discounted after "
            "{discounted} years.",
            years=years(payback.years),
            discounted=years(payback.discounted_years),
            **values,
        )
    if {payback.option, payback.against} & set(outcome.incomplete):
        return f"{text} {cells.gettext('A price is missing, so this counts only what is known.')}"
    return text
