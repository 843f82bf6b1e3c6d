"""What a report finds beside its totals, a sentence for each section that says more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reportgen.compute.comparison import Comparison
from reportgen.formula.nodes import Key
from reportgen.model.model import Quantity
from reportgen.presentation.break_even_topic import pair_sentences
from reportgen.presentation.profiles_topic import match_sentence
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.simulation_topic import chance_text

_MOST_BREAK_EVENS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """`section` is the id of the section that tells more."""

    text: str
    section: str


def findings(cells: Cells, comparison: Comparison) -> tuple[Finding, ...]:
    """In the order of their sections; none for what the model does not ask, and none where nothing can be ranked."""
    total = comparison.total.name
    ranked = [each for each in cells.model.option_ids if not cells.results.is_incomplete(Key(total, each))]
    cheapest = comparison.cheapest if len(ranked) > 1 else None
    break_evens = cells.results.break_evens[:_MOST_BREAK_EVENS]
    return (
        *(_scenarios(cells, comparison.total, cheapest) if cheapest else ()),
        *(Finding(text, "break-evens") for each in break_evens for text in islice(pair_sentences(cells, each), 1)),
        *(_chance(cells, comparison.total, cheapest) if cheapest else ()),
        *_scorecard(cells),
        *([Finding(match_sentence(cells, cells.results.profiles), "choice")] if cells.results.profiles else ()),
    )


def _scenarios(cells: Cells, total: Quantity, cheapest: str) -> Iterator[Finding]:
    """In how many other cases the cheapest option is the cheapest too: in the scenarios, or where this paper shows one
    of them, with the model's own values and in the others."""
    if not cells.model.scenarios:
        return
    shown = cells.results.scenario
    outcomes = [each for each in cells.results.scenarios if each.scenario.id != shown.id]
    same = sum(each.cheapest == cheapest for each in outcomes)
    option = cells.model.option(cheapest).title
    if not shown.is_base:
        text = cells.gettext(
            "With the model’s own values and in the other scenarios, {option} costs least in {same} of {count} cases.",
            option=option,
            same=same,
            count=len(outcomes),
        )
    elif not same:
        text = cells.ngettext(
            "{option} does not cost least in the one scenario.",
            "{option} costs least in none of the {count} scenarios.",
            len(outcomes),
            option=option,
        )
    elif same == len(outcomes):
        text = cells.ngettext(
            "{option} also costs least in the one scenario.",
            "{option} also costs least in all {count} scenarios.",
            same,
            option=option,
        )
    else:
        text = cells.gettext(
            "{option} also costs least in {same} of {count} scenarios.", option=option, same=same, count=len(outcomes)
        )
    yield Finding(text, "scenarios")


def _chance(cells: Cells, total: Quantity, cheapest: str) -> Iterator[Finding]:
    """How likely the cheapest option is to be the cheapest."""
    outcome = cells.results.simulation
    if outcome is not None and outcome.total.name == total.name:
        text = cells.gettext(
            "{option} costs least in {share} of all draws in which the inputs with a range vary.",
            option=cells.model.option(cheapest).title,
            share=chance_text(cells, outcome, cheapest),
        )
        yield Finding(text, "risk")


def _scorecard(cells: Cells) -> Iterator[Finding]:
    outcome = cells.results.scorecard
    if outcome is None or outcome.tied or not outcome.leading:
        return
    option = cells.model.option(outcome.leading[0]).title
    yield Finding(
        cells.gettext("{option} has the highest weighted total of the scorecard.", option=option), "scorecard"
    )
