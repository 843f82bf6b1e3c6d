"""Which option costs least, in words: also where two cost the same, or where a price that is missing leaves it open."""

from __future__ import annotations

from reportgen.compute.comparison import Ranking
from reportgen.presentation.result_cells import Cells


def ranking_word(cells: Cells, ranking: Ranking) -> str:
    """The title of the option, or why none can be named."""
    if ranking.cheapest is not None:
        return cells.model.option(ranking.cheapest).title
    if ranking.open:
        return cells.gettext("open")
    return cells.gettext("a tie") if ranking.tied else cells.gettext("not known")


def why_open(cells: Cells, ranking: Ranking) -> str:
    """Which options could cost least yet; "" where that is not open."""
    if not ranking.open:
        return ""
    return cells.ngettext(
        "{options} is not complete, and lower so far",
        "{options} are not complete, and lower so far",
        len(ranking.open),
        options=cells.words.listed([cells.model.option(each).title for each in ranking.open]),
    )


def no_lowest(cells: Cells, ranking: Ranking) -> str:
    """Why no option is said to cost least, as a sentence."""
    if ranking.open:
        return cells.gettext("Which option costs least is open: {why}.", why=why_open(cells, ranking))
    if ranking.tied:
        return cells.gettext("Several options cost the same, and no other costs less.")
    return cells.gettext("No option has all its prices, so none can be said to cost least.")
