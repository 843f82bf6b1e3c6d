"""The questions that are answered with a curve: break-even, cash flow and simulation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from reportgen.compute.bends import BentCurve, bent_curve
from reportgen.compute.break_even import BreakEvenOutcome, Crossing, PairBreakEven, break_evens
from reportgen.compute.cash_flow import CashFlowOutcome, Payback, cash_flow
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.simulation import PERCENTILES, SimulationOutcome, simulate
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.model import INCOMPLETE
from reportgen.report.axes import make_axis
from reportgen.report.cells import Cells, column_unit, input_title, side_by_side, signed
from reportgen.report.format import number, percent, plain_quantity, quantity, unit_text
from reportgen.report.parts import Cell, Row, ValueTable
from reportgen.report.what_if_parts import Block, Line, Lines, Point, Topic

_EVERY = 5
"""Each fifth of a break-even's 41 points stands in the table."""
_MOST_MARKS = 5
_CURVE = 100
_STRONGEST = 3


def break_even_topic(cells: Cells) -> Topic | None:
    outcomes = break_evens(cells.model, cells.results.scenario)
    return (
        Topic("what-if-break-even", "Break-even", tuple(_break_even(cells, each) for each in outcomes))
        if outcomes
        else None
    )


def _break_even(cells: Cells, outcome: BreakEvenOutcome) -> Block:
    model, question, unit = cells.model, outcome.question, outcome.total.unit
    options = tuple(outcome.curve[0][1])
    titles = tuple(model.option(each).title for each in options)
    bent = bent_curve(model, cells.results.scenario, outcome, with_crossings=True)
    numbers = [value for _, totals in bent.curve for value in totals.values()]
    decimals = result_decimals(numbers, unit)
    sentences = tuple(_answer(cells, outcome, pair) for pair in outcome.pairs)
    shown = outcome.curve[::_EVERY]
    places = max(input_decimals((float(f"{at:.4g}"),), outcome.driver.unit) for at, _ in shown)

    def cell(totals: dict[str, float], option: str) -> Cell:
        text = plain_quantity(totals[option], unit, decimals, cells.locale)
        return Cell(text, mark=cells.mark(Key(question.of, option)))

    rows = tuple(
        Row(
            plain_quantity(at, outcome.driver.unit, places, cells.locale),
            f"{at:.12g}",
            tuple(cell(totals, each) for each in options),
        )
        for at, totals in shown
    )
    lines = tuple(
        Line(title, tuple((at, totals[each]) for at, totals in bent.curve))
        for each, title in zip(options, titles, strict=True)
    )
    along = f"{outcome.total.title} along {outcome.driver.title}"
    named = f"{along}, {unit_text(unit)}".removesuffix(", ")
    chart = Lines(
        f"figure-break-even-{question.id}",
        named,
        "",
        lines,
        _marks(cells, outcome, bent),
        make_axis(cells, outcome.driver.title, outcome.driver.unit, [question.start, question.end], exact=True),
        make_axis(cells, "", unit, numbers),
        f"Line chart: {named}. {' '.join(sentences)}",
    )
    head = ", ".join(each for each in (outcome.driver.title, column_unit(outcome.driver.unit)) if each)
    table = ValueTable(
        f"break-even-{question.id}-data", f"Data of the figure: {along}", head, titles, rows, unit_text(unit)
    )
    many = sentences if len(sentences) > 1 else ()
    return Block(question.title, () if many else sentences, many, chart, side_by_side(table))


def _place(cells: Cells, outcome: BreakEvenOutcome, at: float) -> str:
    unit = outcome.driver.unit
    return quantity(at, unit, result_decimals((at,), unit), cells.locale)


def _answer(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    first, second = (cells.model.option(each).title for each in (pair.first, pair.second))
    question, what = outcome.question, outcome.driver.title
    places = input_decimals((question.start, question.end), outcome.driver.unit)
    start, end = (quantity(each, outcome.driver.unit, places, cells.locale) for each in (question.start, question.end))
    known = " A price is missing, so this counts only what is known." if pair.incomplete else ""
    if pair.first_crossing is None or pair.sustained is None:
        if pair.always is None:
            return f"{first} and {second} cost the same throughout, at {what} from {start} to {end}.{known}"
        least, most = (first, second) if pair.always == pair.first else (second, first)
        return f"There is no break-even: {least} costs less than {most} at {what} from {start} to {end}.{known}"

    def after(crossing: Crossing) -> tuple[str, str]:
        return (first, second) if crossing.first_cheaper_after else (second, first)

    def at(crossing: Crossing) -> str:
        return _place(cells, outcome, crossing.at) + (" (a step)" if crossing.jump else "")

    least, most = after(pair.sustained)
    if len(pair.crossings) == 1:
        return f"From {at(pair.sustained)} on, {least} costs less than {most}; below that, {most} costs less.{known}"
    changes = ", ".join(at(each) for each in pair.crossings)
    early = after(pair.first_crossing)[0]
    return (
        f"Which of {first} and {second} costs less changes {len(pair.crossings)} times, at {changes}. The first time, "
        f"{early} becomes the cheaper one; from {at(pair.sustained)} up to {end}, {least} stays it.{known}"
    )


def _marks(cells: Cells, outcome: BreakEvenOutcome, bent: BentCurve) -> tuple[Point, ...]:
    """The crossings, at the height that both options have there by the neighbouring points of the curve; half way up
    where one of them jumps."""
    found: dict[str, Point] = {}
    for pair in outcome.pairs:
        for crossing in pair.crossings:
            y = (_height(bent, pair.first, crossing.at) + _height(bent, pair.second, crossing.at)) / 2
            place = _place(cells, outcome, crossing.at)
            found.setdefault(place, Point(crossing.at, y, place))
    return tuple(sorted(found.values(), key=lambda point: point.x)[:_MOST_MARKS])


def _height(bent: BentCurve, option: str, at: float) -> float:
    points = [(x, totals[option]) for x, totals in bent.curve]
    for (left, low), (right, high) in pairwise(points):
        if left <= at <= right and left < right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]


def cash_flow_topic(cells: Cells) -> Topic | None:
    outcome = cash_flow(cells.model, cells.results.scenario)
    if outcome is None:
        return None
    unit, options = outcome.unit, cells.model.option_ids
    cumulative = [value for option in options for value in outcome.cumulative[option]]
    decimals = result_decimals(cumulative, unit)
    rate = percent(outcome.rate * 100, max(1, input_decimals((outcome.rate * 100,), PERCENT)), cells.locale)

    def row(title: str, values: dict[str, float], kind: str = "item") -> Row:
        shown = tuple(
            Cell(
                plain_quantity(values[option], unit, decimals, cells.locale),
                mark=INCOMPLETE if option in outcome.incomplete else "",
            )
            for option in options
        )
        return Row(title, title, shown, kind=kind)

    def table(id_: str, caption: str, rows: list[Row]) -> tuple[ValueTable, ...]:
        head = "Year" if rows[0].title == "0" else "Amount"
        return side_by_side(ValueTable(id_, caption, head, cells.option_titles, tuple(rows), unit_text(unit)))

    years = [(str(year), index) for index, year in enumerate(outcome.years)]
    nominal = [row(title, {each: outcome.nominal[each][at] for each in options}) for title, at in years]
    paid = {each: outcome.cumulative[each][-1] for each in options}
    nominal += [row("In all", paid, "sum"), row(f"Present value at {rate}", outcome.present_value, "headline")]
    summed = [row(title, {each: outcome.cumulative[each][at] for each in options}) for title, at in years]
    what = outcome.total.title
    tables = table("cash-flow-nominal", f"What is paid in each year: {what}", nominal)
    tables += table("cash-flow-cumulative", f"What has been paid by the end of each year: {what}", summed)
    return Topic(
        "what-if-cash-flow",
        "Cash flow",
        (
            Block(
                "", (_cash_flow_text(outcome, rate),), tuple(_paybacks(cells, outcome)), _paid(cells, outcome), tables
            ),
        ),
    )


def _cash_flow_text(outcome: CashFlowOutcome, rate: str) -> str:
    text = (
        "Year 0 holds what is paid once; running costs follow in the years after, with the growth of their inputs. "
        f"Present values discount each year’s amount at its end by {rate} per year."
    )
    if outcome.weights[-1] < 1 and len(outcome.years) > 1:
        text += " The last year is not a whole one and counts by its share."
    if outcome.incomplete:
        text += " Amounts of an incomplete option are what is known of it."
    return text


def _paybacks(cells: Cells, outcome: CashFlowOutcome) -> Iterator[str]:
    for each in outcome.paybacks:
        option, against = (cells.model.option(name).title for name in (each.option, each.against))
        start = f"{option} costs more in year 0 than {against}"
        known = ", as far as prices are known" if {each.option, each.against} & set(outcome.incomplete) else ""
        yield f"{start} and {_payback(cells, each)}{known}."


def _payback(cells: Cells, payback: Payback) -> str:
    def years(value: float) -> str:
        return f"{number(value, 1, cells.locale)} years"

    if payback.years is None:
        return "does not make up for it within the horizon"
    if payback.discounted_years is None:
        return f"makes up for it after {years(payback.years)}; discounted, it does not within the horizon"
    return f"makes up for it after {years(payback.years)}, discounted after {years(payback.discounted_years)}"


def _paid(cells: Cells, outcome: CashFlowOutcome) -> Lines:
    times = tuple(accumulate((0.0, *outcome.weights[1:])))
    options = cells.model.option_ids
    lines = tuple(
        Line(title, tuple(zip(times, outcome.cumulative[option], strict=True)))
        for option, title in zip(options, cells.option_titles, strict=True)
    )
    unit = unit_text(outcome.unit)
    ends = [
        f"{title}: {plain_quantity(outcome.cumulative[option][-1], outcome.unit, 0, cells.locale)}"
        for option, title in zip(options, cells.option_titles, strict=True)
    ]
    return Lines(
        "figure-cash-flow",
        f"What has been paid over the years, {unit}",
        "",
        lines,
        (),
        make_axis(cells, "Years", PLAIN, times, exact=True, whole=True),
        make_axis(cells, "", outcome.unit, [0.0, *(y for line in lines for _, y in line.points)]),
        f"Line chart: what has been paid over the years, {unit}. At the end: {'; '.join(ends)}.",
    )


def simulation_topic(cells: Cells) -> Topic | None:
    outcome = simulate(cells.model, cells.results.scenario)
    if outcome is None:
        return None
    draws, count = number(outcome.draws, 0, cells.locale), len(next(iter(outcome.rank_correlations.values()), ()))
    varied = f"The {count} inputs that have a low and a high vary at once" if count > 1 else "One input varies"
    text = (
        f"{varied if count else 'No input has a low and a high, so nothing varies'}, in {draws} draws of a Latin "
        f"hypercube sample with seed {outcome.seed}. P5 is the total that 5% of the draws stay below, P50 the median."
    )
    if outcome.incomplete:
        text += " Incomplete options count with what is known of them and are not ranked."
    strongest = tuple(_strongest(cells, outcome))
    intro = (text, "Strongest rank correlations of an input with each total:") if strongest else (text,)
    block = Block("", intro, strongest, _s_curve(cells, outcome), _percentiles(cells, outcome))
    return Topic("what-if-simulation", "Simulation", (block,))


def _strongest(cells: Cells, outcome: SimulationOutcome) -> Iterator[str]:
    for option, title in zip(cells.model.option_ids, cells.option_titles, strict=True):
        pairs = [(key, value) for key, value in outcome.rank_correlations[option] if value][:_STRONGEST]
        named = (f"{input_title(cells, key)} ({signed(value, number(value, 2, cells.locale))})" for key, value in pairs)
        if pairs:
            yield f"{title}: {', '.join(named)}"


def _percentiles(cells: Cells, outcome: SimulationOutcome) -> tuple[ValueTable, ...]:
    unit, options = outcome.total.unit, cells.model.option_ids
    decimals = result_decimals([each for found in outcome.percentiles.values() for each in found.values()], unit)
    marks = {option: INCOMPLETE if option in outcome.incomplete else "" for option in options}

    def row(title: str, values: dict[str, float]) -> Row:
        return Row(
            title,
            title,
            tuple(
                Cell(plain_quantity(values[each], unit, decimals, cells.locale), mark=marks[each]) for each in options
            ),
        )

    rows = [row(f"P{at}", {each: outcome.percentiles[each][at] for each in options}) for at in PERCENTILES]
    chances = tuple(
        Cell("not ranked", word=True)
        if each in outcome.incomplete
        else Cell(percent(outcome.cheapest[each] * 100, 1, cells.locale))
        for each in options
    )
    rows += [row("Mean", outcome.mean), Row("Chance of being the cheapest", "chance", chances, kind="sum")]
    caption = f"{outcome.total.title} over all draws"
    return side_by_side(
        ValueTable("simulation-table", caption, "Percentile", cells.option_titles, tuple(rows), unit_text(unit))
    )


def _s_curve(cells: Cells, outcome: SimulationOutcome) -> Lines:
    last = outcome.draws - 1
    places = [(round(last * step / _CURVE), 100 * step / _CURVE) for step in range(_CURVE + 1)]
    lines = tuple(
        Line(title, tuple((float(outcome.samples[option][at]), share) for at, share in places))
        for option, title in zip(cells.model.option_ids, cells.option_titles, strict=True)
    )
    total = outcome.total
    words = "; ".join(
        f"{title}: "
        + ", ".join(
            f"P{at} {plain_quantity(outcome.percentiles[option][at], total.unit, 0, cells.locale)}"
            for at in (5, 50, 95)
        )
        for option, title in zip(cells.model.option_ids, cells.option_titles, strict=True)
    )
    caption = f"{total.title}: share of draws that stay below"
    return Lines(
        "figure-simulation",
        caption,
        "",
        lines,
        (),
        make_axis(cells, total.title, total.unit, [x for line in lines for x, _ in line.points]),
        make_axis(cells, "", PERCENT, [0.0, 100.0], exact=True),
        f"Line chart: {caption}. {words}.",
    )
