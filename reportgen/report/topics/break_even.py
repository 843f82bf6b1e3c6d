"""Break-evens as a sub-section: where the costs of two options cross, in sentences, a chart and its data."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from reportgen.compute.break_even import BreakEvenOutcome, Crossing, PairBreakEven
from reportgen.compute.breakpoints import BreakEvenCurve
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.formula.nodes import Key
from reportgen.report.cells import Cells, side_by_side
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.parts import Line, Lines, Point
from reportgen.report.language.format import plain_quantity, quantity
from reportgen.report.parts import Cell, Row, ValueTable
from reportgen.report.topics.parts import Block, Topic

_EVERY = 5
"""Each fifth of a break-even's 41 points stands in the table."""
_MOST_MARKS = 5


def break_even_topic(cells: Cells) -> Topic | None:
    outcomes = cells.results.break_evens
    if not outcomes:
        return None
    blocks = tuple(map(partial(_break_even, cells), outcomes, cells.results.curves))
    return Topic("what-if-break-even", cells.gettext("Break-even"), blocks)


def _break_even(cells: Cells, outcome: BreakEvenOutcome, bent: BreakEvenCurve) -> Block:
    model, question, unit = cells.model, outcome.question, outcome.total.unit
    options = tuple(outcome.curve[0][1])
    titles = tuple(model.option(each).title for each in options)
    numbers = [value for _, totals in bent.drawn for value in totals.values()]
    decimals = result_decimals(numbers, unit)
    sentences = tuple(_answer(cells, outcome, pair) for pair in outcome.pairs)
    shown = outcome.curve[::_EVERY]
    places = max(input_decimals((float(f"{at:.4g}"),), outcome.driver.unit) for at, _ in shown)

    def cell(totals: dict[str, float], option: str) -> Cell:
        return cells.number(totals[option], unit, decimals, cells.mark(Key(question.of, option)))

    rows = tuple(
        Row(
            plain_quantity(at, outcome.driver.unit, places, cells.locale),
            f"{at:.12g}",
            tuple(cell(totals, each) for each in options),
        )
        for at, totals in shown
    )
    chart = _chart(cells, outcome, bent, sentences) if outcome.drawn else None
    table = ValueTable(
        f"break-even-{question.id}-data",
        cells.gettext("Data of the figure: {what}", what=_along(cells, outcome)),
        cells.named(outcome.driver.title, outcome.driver.unit),
        titles,
        rows,
        cells.unit_text(unit),
    )
    many = sentences if len(sentences) > 1 else ()
    return Block(question.title, () if many else sentences, many, chart, side_by_side(cells, table))


def _along(cells: Cells, outcome: BreakEvenOutcome) -> str:
    return cells.gettext("{total} along {input}", total=outcome.total.title, input=outcome.driver.title)


def _chart(cells: Cells, outcome: BreakEvenOutcome, bent: BreakEvenCurve, sentences: tuple[str, ...]) -> Lines:
    """A line for each option of which something is known."""
    unit = outcome.total.unit
    numbers = [totals[each] for _, totals in bent.drawn for each in outcome.drawn]
    lines = tuple(
        Line(cells.model.option(each).title, tuple((at, totals[each]) for at, totals in bent.drawn), place)
        for place, each in enumerate(cells.model.option_ids)
        if each in outcome.drawn
    )
    named = cells.named(_along(cells, outcome), unit)
    return Lines(
        f"figure-break-even-{outcome.question.id}",
        named,
        "",
        lines,
        _marks(cells, outcome, bent),
        make_axis(
            cells, outcome.driver.title, outcome.driver.unit, [outcome.question.start, outcome.question.end], exact=True
        ),
        make_axis(cells, "", unit, numbers),
        " ".join([cells.gettext("Line chart: {what}.", what=named), *sentences]),
    )


def _place(cells: Cells, outcome: BreakEvenOutcome, at: float) -> str:
    unit = outcome.driver.unit
    return quantity(at, unit, result_decimals((at,), unit), cells.locale)


def _answer(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    first, second = (cells.model.option(each).title for each in (pair.first, pair.second))
    model, question, what = cells.model, outcome.question, outcome.driver.title
    places = input_decimals((question.start, question.end), outcome.driver.unit)
    start, end = (quantity(each, outcome.driver.unit, places, cells.locale) for each in (question.start, question.end))
    caveats = [_same(cells, outcome, pair)] if pair.same else []
    if question.of != model.headline.name:
        caveats.append(
            cells.gettext(
                "This is about {total}, not {headline}.", total=outcome.total.title, headline=model.headline.title
            )
        )
    if pair.incomplete and pair.always is None:
        return " ".join([_as_known(cells, outcome, pair), *caveats])
    if pair.incomplete:
        caveats.append(cells.gettext("A price is missing, so this counts only what is known."))
    known = " ".join(caveats)
    values = {"first": first, "second": second, "input": what, "start": start, "end": end}
    if pair.first_crossing is None or pair.sustained is None:
        if pair.always is None:
            text = cells.gettext(
                "{first} and {second} cost the same throughout, at {input} from {start} to {end}.", **values
            )
            return f"{text} {known}".strip()
        values["least"], values["most"] = (first, second) if pair.always == pair.first else (second, first)
        text = (
            cells.gettext(
                "There is no break-even: {least} never costs more than {most} at {input} from {start} to {end}.",
                **values,
            )
            if pair.same
            else cells.gettext(
                "There is no break-even: {least} costs less than {most} at {input} from {start} to {end}.", **values
            )
        )
        return f"{text} {known}".strip()

    def after(crossing: Crossing) -> tuple[str, str]:
        return (first, second) if crossing.first_cheaper_after else (second, first)

    values["least"], values["most"] = after(pair.sustained)
    values["at"] = _at(cells, outcome, pair.sustained)
    if len(pair.crossings) == 1 and pair.sustained.jump:
        text = cells.gettext("From {at} on, {least} costs less than {most}; below that, {most} costs less.", **values)
        return f"{text} {known}".strip()
    if len(pair.crossings) == 1:
        text = cells.gettext(
            "At {at}, {first} and {second} cost the same; above that, {least} costs less, and below it {most}.",
            **values,
        )
        return f"{text} {known}".strip()
    text = cells.gettext(
        "Which of {first} and {second} costs less changes {count} times, at {places}. The first time, {early} becomes "
        "the cheaper one; after the last, up to {end}, {least} stays it.",
        count=len(pair.crossings),
        places=_listed(cells, outcome, pair),
        early=after(pair.first_crossing)[0],
        **values,
    )
    return f"{text} {known}".strip()


def _at(cells: Cells, outcome: BreakEvenOutcome, crossing: Crossing) -> str:
    place = _place(cells, outcome, crossing.at)
    return cells.gettext("{place} (a step)", place=place) if crossing.jump else place


def _listed(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    return "; ".join(_at(cells, outcome, each) for each in pair.crossings)


def _as_known(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    """What can be said where a price is missing: an option that lacks one is never the one that costs less."""
    missing = cells.words.listed([cells.model.option(each).title for each in pair.incomplete])
    first, second = (cells.model.option(each).title for each in (pair.first, pair.second))
    unknown = cells.gettext(
        "Which of {first} and {second} costs less is not known: a price is missing for {missing}.",
        first=first,
        second=second,
        missing=missing,
    )
    if pair.sustained is None:
        return unknown
    above, below = pair.less_above(pair.crossings[-1]), pair.less_below(pair.crossings[0])
    changes = cells.gettext("By what is known, their order changes at {places}.", places=_listed(cells, outcome, pair))
    if above is None and below is None:
        return f"{unknown} {changes}"
    values = {
        "at": _at(cells, outcome, pair.crossings[-1 if above else 0]),
        "least": cells.model.option(above or below or "").title,
        "most": missing,
    }
    text = (
        cells.gettext(
            "Above {at}, {least} costs less than {most}; elsewhere that is not certain, because a price is missing for "
            "{most}.",
            **values,
        )
        if above
        else cells.gettext(
            "Below {at}, {least} costs less than {most}; elsewhere that is not certain, because a price is missing for "
            "{most}.",
            **values,
        )
    )
    return f"{text} {changes}" if len(pair.crossings) > 1 else text


def _same(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    """Where two options cost the same, which sentences on which of them costs less leave out."""
    ranges = "; ".join(
        cells.gettext("{start} to {end}", start=_place(cells, outcome, start), end=_place(cells, outcome, end))
        for start, end in pair.same
    )
    return cells.gettext(
        "An exception is {input} from {ranges}: there both cost the same.", input=outcome.driver.title, ranges=ranges
    )


def _marks(cells: Cells, outcome: BreakEvenOutcome, bent: BreakEvenCurve) -> tuple[Point, ...]:
    """The crossings, at the height that both options have there by the neighbouring points of the curve; half way up
    where one of them jumps."""
    found: dict[str, Point] = {}
    for pair in outcome.pairs:
        for crossing in pair.crossings:
            y = (_height(bent, pair.first, crossing.at) + _height(bent, pair.second, crossing.at)) / 2
            place = _place(cells, outcome, crossing.at)
            found.setdefault(place, Point(crossing.at, y, place))
    return tuple(sorted(found.values(), key=lambda point: point.x)[:_MOST_MARKS])


def _height(bent: BreakEvenCurve, option: str, at: float) -> float:
    points = [(x, totals[option]) for x, totals in bent.drawn]
    for (left, low), (right, high) in pairwise(points):
        if left <= at <= right and left < right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
