"""Break-evens as sentences for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.compute.break_even import BreakEvenOutcome, Crossing, PairBreakEven
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.model.model import INCOMPLETE, Model
from reportgen.presentation.format import plain_quantity, unit_text


def break_even_table(outcomes: Iterable[BreakEvenOutcome], model: Model) -> str:
    """Each question with its driver and range, and one sentence per pair of options."""
    outcomes = tuple(outcomes)
    if not outcomes:
        return "The model asks for no break-even."
    blocks = ["\n".join([_heading(outcome), *_sentences(outcome, model)]) for outcome in outcomes]
    if any(pair.incomplete for outcome in outcomes for pair in outcome.pairs):
        blocks.append(f"{INCOMPLETE}: something it is computed from is not quoted; only what is known is counted")
    return "\n\n".join(blocks)


def _heading(outcome: BreakEvenOutcome) -> str:
    unit = unit_text(outcome.driver.unit)
    driver = f"{outcome.driver.title}, {unit}" if unit and unit != "%" else outcome.driver.title
    return f"{outcome.question.title}\n  {driver}, {_range(outcome)}; by {outcome.total.title}"


def _range(outcome: BreakEvenOutcome) -> str:
    """`from 50 to 2,000`: the ends as the author wrote them."""
    question, unit = outcome.question, outcome.driver.unit
    decimals = input_decimals((question.start, question.end), unit)
    start, end = (plain_quantity(each, unit, decimals) for each in (question.start, question.end))
    return f"from {start} to {end}"


def _sentences(outcome: BreakEvenOutcome, model: Model) -> Iterator[str]:
    for pair in outcome.pairs:
        mark = f" ({INCOMPLETE})" if pair.incomplete else ""
        yield f"  {_sentence(pair, outcome, model)}{mark}"


def _sentence(pair: PairBreakEven, outcome: BreakEvenOutcome, model: Model) -> str:
    first, second = (model.option(each).title for each in (pair.first, pair.second))
    if pair.never_differ:
        return f"{first} and {second} cost the same {_range(outcome)}"
    if pair.incomplete and pair.always is None:
        return _as_known(pair, outcome, model)
    if pair.sustained is None:
        cheaper, dearer = (first, second) if pair.always == pair.first else (second, first)
        words = "never costs more than" if pair.same else "costs less than"
        return f"{cheaper} {words} {dearer} over the whole range {_range(outcome)}"
    cheaper, dearer = (first, second) if pair.sustained.first_cheaper_after else (second, first)
    sentence = f"{_above(pair.sustained, outcome)}, {cheaper} costs less than {dearer}"
    earlier = [_place(each, outcome) for each in pair.crossings[:-1]]
    return f"{sentence}; the order also changes at {_listed(earlier)}" if earlier else sentence


def _above(crossing: Crossing, outcome: BreakEvenOutcome) -> str:
    """Both cost the same where two lines cross, so that only more than that is cheaper; a step begins where it is."""
    place = _place(crossing, outcome)
    return f"From {place} on" if crossing.jump else f"Equal at {place}; above that"


def _as_known(pair: PairBreakEven, outcome: BreakEvenOutcome, model: Model) -> str:
    """What can be said where a price is missing: an option that lacks one is never the one that costs less."""
    titles = [model.option(each).title for each in pair.incomplete]
    lacks = f"{_listed(titles)} {'lacks' if len(titles) == 1 else 'lack'} a price"
    unknown = f"Which of {model.option(pair.first).title} and {model.option(pair.second).title} costs less is not known"
    if pair.sustained is None:
        return f"{unknown}: {lacks}"
    places = _listed([_place(each, outcome) for each in pair.crossings])
    above, below = pair.less_above(pair.crossings[-1]), pair.less_below(pair.crossings[0])
    if above is None and below is None:
        return f"{unknown}: {lacks}; by what is known, the order changes at {places}"
    side = f"Above {_place(pair.crossings[-1], outcome)}" if above else f"Below {_place(pair.crossings[0], outcome)}"
    title = model.option(above or below or "").title
    return f"{side}, {title} costs less than {titles[0]}; elsewhere that is not certain: {lacks}"


def _place(crossing: Crossing, outcome: BreakEvenOutcome) -> str:
    """A step of a table lies where its author put it, if its number is short; other crossings are results."""
    unit = outcome.driver.unit
    written = crossing.jump and float(f"{crossing.at:.6g}") == crossing.at
    decimals = (input_decimals if written else result_decimals)((crossing.at,), unit)
    return plain_quantity(crossing.at, unit, decimals)


def _listed(places: list[str]) -> str:
    return " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)
