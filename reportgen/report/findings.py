"""What a report finds beside its totals, a sentence for each section that tells more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.compute.comparison import Comparison
from reportgen.formula.nodes import Key
from reportgen.model.model import Quantity
from reportgen.report.cells import Cells
from reportgen.report.topics.parts import Topic

_MOST_BREAK_EVENS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """`section` is the id of the section that tells more."""

    text: str
    section: str


def findings(cells: Cells, comparison: Comparison, topics: Mapping[str, tuple[Topic, ...]]) -> tuple[Finding, ...]:
    """In the order of their sections; none for what the model does not ask, and none where nothing can be ranked."""
    total = comparison.total.name
    ranked = [each for each in cells.model.option_ids if not cells.results.is_incomplete(Key(total, each))]
    cheapest = comparison.cheapest if len(ranked) > 1 else None
    return (
        *(_scenarios(cells, comparison.total, cheapest) if cheapest else ()),
        *_break_evens(topics["break-evens"]),
        *(_chance(cells, cheapest, topics["risk"]) if cheapest and _is_simulated(cells, total) else ()),
        *_scorecard(cells),
        *_match(topics["choice"]),
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


def _break_evens(topics: tuple[Topic, ...]) -> Iterator[Finding]:
    for topic in topics:
        for block in topic.blocks[:_MOST_BREAK_EVENS]:
            answers = block.points or block.text
            if answers:
                yield Finding(f"{block.title}: {answers[0]}" if block.title else answers[0], "break-evens")


def _is_simulated(cells: Cells, total: str) -> bool:
    return cells.model.simulation is not None and cells.model.simulation.of == total


def _chance(cells: Cells, cheapest: str, topics: tuple[Topic, ...]) -> Iterator[Finding]:
    """How likely the cheapest option is to be the cheapest."""
    option = cells.model.option(cheapest).title
    at = cells.model.option_ids.index(cheapest)
    rows = [row for topic in topics for block in topic.blocks for table in block.tables for row in table.rows]
    shown = [cell for row in rows if row.name == "chance" for cell in row.cells]
    if len(shown) == len(cells.model.options):
        text = cells.gettext(
            "{option} costs least in {share} of all draws in which the inputs with a range vary.",
            option=option,
            share=shown[at].text,
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


def _match(topics: tuple[Topic, ...]) -> Iterator[Finding]:
    """The profile that the values match."""
    for topic in topics:
        if topic.id == "beyond-profiles":
            yield Finding(topic.blocks[0].text[0], "choice")
