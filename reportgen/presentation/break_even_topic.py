"""Break-evens: where the costs of two options cross, in sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reportgen.compute.break_even import BreakEvenOutcome, Crossing, PairBreakEven
from reportgen.compute.breakpoints import BreakEvenCurve
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.formula.nodes import Key
from reportgen.presentation.format import plain_quantity, quantity
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable

_EVERY = 5
"""Each fifth of a break-even's 41 points stands in the table."""


def break_even_topic(cells: Cells) -> Topic | None:
    outcomes = cells.results.break_evens
    if not outcomes:
        return None
    blocks = tuple(map(partial(_break_even, cells), outcomes, cells.results.curves))
    return Topic("what-if-break-even", cells.gettext("Break-even"), blocks)


def _break_even(cells: Cells, outcome: BreakEvenOutcome, curve: BreakEvenCurve) -> TopicBlock:
    model, question, unit = cells.model, outcome.question, outcome.total.unit
    options = tuple(outcome.curve[0][1])
    titles = tuple(model.option(each).title for each in options)
    numbers = [value for _, totals in curve.drawn for value in totals.values()]
    decimals = result_decimals(numbers, unit)
    sentences = tuple(_pair_sentence(cells, outcome, each) for each in outcome.pairs)
    shown = outcome.curve[::_EVERY]
    places = max(input_decimals((float(f"{at:.4g}"),), outcome.driver.unit) for at, _ in shown)

    def cell(totals: dict[str, float], option: str) -> TableCell:
        return cells.number(totals[option], unit, decimals, cells.mark(Key(question.of, option)))

    rows = tuple(
        TableRow(
            plain_quantity(at, outcome.driver.unit, places, cells.locale),
            f"{at:.12g}",
            tuple(cell(totals, each) for each in options),
        )
        for at, totals in shown
    )
    table = ValueTable(
        f"break-even-{question.id}-data",
        along(cells, outcome),
        cells.named(outcome.driver.title, outcome.driver.unit),
        titles,
        rows,
        cells.unit_text(unit),
        columns=OPTIONS,
        of_figure=True,
    )
    many = sentences if len(sentences) > 1 else ()
    return TopicBlock(question.title, () if many else sentences, many, (table,), f"figure-break-even-{question.id}")


def pair_sentences(cells: Cells, outcome: BreakEvenOutcome) -> Iterator[str]:
    """What a break-even says of each pair of options, with what it is about."""
    for pair in outcome.pairs:
        yield f"{outcome.question.title}: {_pair_sentence(cells, outcome, pair)}"


def along(cells: Cells, outcome: BreakEvenOutcome) -> str:
    return cells.gettext("{total} along {input}", total=outcome.total.title, input=outcome.driver.title)


def place_text(cells: Cells, outcome: BreakEvenOutcome, at: float) -> str:
    unit = outcome.driver.unit
    return quantity(at, unit, result_decimals((at,), unit), cells.locale)


def _pair_sentence(cells: Cells, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
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
    place = place_text(cells, outcome, crossing.at)
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
        cells.gettext("{start} to {end}", start=place_text(cells, outcome, start), end=place_text(cells, outcome, end))
        for start, end in pair.same
    )
    return cells.gettext(
        "An exception is {input} from {ranges}: there both cost the same.", input=outcome.driver.title, ranges=ranges
    )
