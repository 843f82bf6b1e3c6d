"""The result of a comparison in sentences, and what a reader must know before trusting it."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.presentation.ranking_words import no_lowest, why_open
from reportgen.presentation.result_cells import Cells
from reportgen.report.view_parts import Cheapest, Saving, Tile

_MOST_DIFFERENCES = 3
"""As many differences as a sentence tells; more are better read side by side."""


def answer(cells: Cells, tiles: Sequence[Tile], savings: Sequence[Saving], lowest: Cheapest) -> str:
    """What the subject comes to and how far that is from each other option; without a subject, what each comes to, or
    which of many costs least."""
    subject = next((tile for tile in tiles if tile.kind == "subject"), None)
    if subject is None or not savings:
        few = len(tiles) <= _MOST_DIFFERENCES
        return " ".join(comes_to(cells, tile) for tile in tiles) if few else _least(cells, tiles, lowest)
    known = [each for each in savings if each.direction != "not known"]
    if len(savings) > _MOST_DIFFERENCES or not known:
        return comes_to(cells, subject)
    differences = cells.words.listed([_difference(cells, each) for each in known])
    return cells.gettext(
        "{option} comes to {amount}: {differences}.",
        option=subject.label,
        amount=_amount(subject),
        differences=differences,
    )


def _least(cells: Cells, tiles: Sequence[Tile], lowest: Cheapest) -> str:
    least = next((tile for tile in tiles if tile.option == lowest.id), None)
    if least is None:
        return no_lowest(cells, lowest.ranking)
    return cells.gettext("{option} costs least: {amount}.", option=least.label, amount=_amount(least))


def comes_to(cells: Cells, tile: Tile) -> str:
    """What one option costs, as far as that is known."""
    if tile.is_word:
        return cells.gettext("What {option} costs is not known.", option=tile.label)
    return cells.gettext("{option} comes to {amount}.", option=tile.label, amount=_amount(tile))


def _amount(tile: Tile) -> str:
    amount = f"{tile.value} {tile.rest}".strip()
    return f"{amount} ({tile.mark})" if tile.mark else amount


def _difference(cells: Cells, saving: Saving) -> str:
    amount = f"{saving.amount} ({saving.share})" if saving.share else saving.amount
    match saving.direction:
        case "less":
            text = cells.gettext("{amount} less than {option}", amount=amount, option=saving.option)
        case "more":
            text = cells.gettext("{amount} more than {option}", amount=amount, option=saving.option)
        case _:
            text = cells.gettext("as much as {option}", option=saving.option)
    return cells.gettext("{difference} as far as prices are known", difference=text) if saving.incomplete else text


def ranking_scope(cells: Cells, lowest: Cheapest) -> str:
    """Among which options the lowest cost was looked for, or why that is open, as it stands below its name."""
    if lowest.ranking.open:
        return why_open(cells, lowest.ranking)
    ranked = lowest.ranked
    everyone = len(cells.model.options)
    if len(ranked) == everyone:
        return cells.gettext("of all {count} options", count=everyone)
    if len(ranked) > _MOST_DIFFERENCES:
        return cells.gettext("of the {count} options with all prices", count=len(ranked))
    if ranked:
        return cells.gettext("of the options with all prices: {options}", options=", ".join(ranked))
    return cells.gettext("no option has all its prices")
