"""The cash flow: what is paid in each year, what that is worth today, when it pays back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.compute.cash_flow import CashFlowOutcome, between
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.formula.units import PERCENT
from reportgen.presentation.format import is_money, percent
from reportgen.presentation.over_time_tables import shows_steps, step_title, year_titles
from reportgen.presentation.payback_sentences import payback_sentences
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, STEPS, TableCell, TableRow, ValueTable
from reportgen.presentation.words import message


def cash_flow_topic(cells: Cells) -> Topic | None:
    outcome = cells.results.cash_flow
    if outcome is None:
        return None
    rate = discount_rate(cells, outcome)
    title = cells.gettext("Cash flow") if is_money(outcome.unit) else cells.gettext("Over time")
    points = tuple(payback_sentences(cells, outcome, rate))
    tables = _tables(cells, outcome, rate)
    blocks = [TopicBlock("", (_introduction(cells, outcome, rate),), points, tables, "figure-cash-flow")]
    if cells.results.courses:
        parts = tuple(_parts_tables(cells, outcome))
        text = (cells.gettext("What each option’s categories come to in each year."),)
        blocks.append(TopicBlock(cells.gettext("By category"), text, (), parts, "figure-spend"))
    return Topic("what-if-cash-flow", title, tuple(blocks))


def discount_rate(cells: Cells, outcome: CashFlowOutcome) -> str:
    """The discount rate as it is shown."""
    shown = outcome.rate * 100
    return percent(shown, max(1, input_decimals((shown,), PERCENT)), cells.locale)


def part_title(cells: Cells, name: str) -> str:
    """What a category or an item of the total is called."""
    return cells.model.quantities[name].title


def _tables(cells: Cells, outcome: CashFlowOutcome, rate: str) -> tuple[ValueTable, ValueTable]:
    options, what = cells.model.option_ids, outcome.total.title
    cumulative = [value for option in options for value in outcome.cumulative[option]]
    decimals = result_decimals(cumulative, outcome.unit)
    ends, titles = _columns(cells, outcome)

    def row(title: str, values: Mapping[str, float], kind: str = "item") -> TableRow:
        return TableRow(
            title, title, tuple(_cell(cells, outcome, each, values[each], decimals) for each in options), kind=kind
        )

    def table(id_: str, caption: str, rows: Sequence[TableRow]) -> ValueTable:
        head = cells.gettext("Step") if shows_steps(cells) else cells.gettext("Year")
        heads, unit = cells.option_titles, cells.unit_text(outcome.unit)
        return ValueTable(id_, caption, head, heads, tuple(rows), unit, columns=OPTIONS)

    within = {option: between(outcome.nominal[option], ends) for option in options}
    nominal = [row(title, {each: within[each][at] for each in options}) for at, title in enumerate(titles)]
    nominal += [
        row(cells.gettext("In all"), {each: outcome.cumulative[each][-1] for each in options}, "sum"),
        row(cells.gettext("Present value at {rate}", rate=rate), outcome.present_value, "headline"),
    ]
    so_far = [
        row(title, {each: outcome.cumulative[each][at] for each in options})
        for title, at in zip(titles, ends, strict=True)
    ]
    one, other = (_PAID, _PAID_SO_FAR) if is_money(outcome.unit) else (_AMOUNTS, _SO_FAR)
    return (
        table("cash-flow-nominal", cells.gettext(one, total=what), nominal),
        table("cash-flow-cumulative", cells.gettext(other, total=what), so_far),
    )


_PAID, _PAID_SO_FAR = message("What is paid: {total}"), message("What has been paid so far: {total}")
_AMOUNTS, _SO_FAR = message("{total} over time"), message("{total} so far")


def _parts_tables(cells: Cells, outcome: CashFlowOutcome) -> Iterator[ValueTable]:
    """For each option what the categories come to, with a column for each year."""
    ends, titles = _columns(cells, outcome)
    for option in cells.model.options:
        amounts = {name: between(by_option[option.id], ends) for name, by_option in outcome.parts.items()}
        decimals = result_decimals([each for part in amounts.values() for each in part], outcome.unit)
        rows = [(part_title(cells, name), name, part, "item") for name, part in amounts.items() if any(part)]
        rows.append((outcome.total.title, outcome.total.name, between(outcome.nominal[option.id], ends), "sum"))
        yield ValueTable(
            f"cash-flow-parts-{option.id}",
            cells.gettext("{option} by category", option=option.title),
            cells.gettext("Category"),
            titles,
            tuple(
                TableRow(
                    title, name, tuple(_cell(cells, outcome, option.id, each, decimals) for each in part), kind=kind
                )
                for title, name, part, kind in rows
            ),
            cells.unit_text(outcome.unit),
            columns=STEPS,
        )


def _cell(cells: Cells, outcome: CashFlowOutcome, option: str, value: float, decimals: int) -> TableCell:
    return cells.number(value, outcome.unit, decimals, cells.incomplete(option in outcome.incomplete))


def _columns(cells: Cells, outcome: CashFlowOutcome) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where the start and each year ends among the amounts, and what they are called; or each step."""
    start = cells.gettext("Start")
    if not shows_steps(cells):
        return outcome.year_ends, (start, *year_titles(cells))
    periods = cells.results.courses.periods
    return tuple(range(len(periods) + 1)), (start, *(step_title(cells, each) for each in periods))


def _introduction(cells: Cells, outcome: CashFlowOutcome, rate: str) -> str:
    paid = cells.gettext(
        "Each amount stands in the year in which it is paid, what is paid before the first one at the start."
    )
    arises = cells.gettext(
        "Each amount stands in the year in which it arises, what comes before the first one at the start."
    )
    text = [
        paid if is_money(outcome.unit) else arises,
        cells.gettext(DISCOUNTING[outcome.timeline.discounting], rate=rate),
    ]
    if outcome.incomplete:
        text.append(cells.gettext("Amounts of an incomplete option are what is known of it."))
    return " ".join(text)


DISCOUNTING = {
    "start": message("Present values discount each amount from the start of its step by {rate} per year."),
    "middle": message("Present values discount each amount from the middle of its step by {rate} per year."),
    "end": message("Present values discount each amount from the end of its step by {rate} per year."),
}
