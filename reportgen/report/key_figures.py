"""The key figures of a report: totals, savings told from the subject's side, the lowest cost, what has no price."""

from __future__ import annotations

from reportgen.compute.comparison import Comparison, Difference
from reportgen.compute.digits import result_decimals
from reportgen.formula.nodes import Key
from reportgen.presentation.format import percent
from reportgen.presentation.ranking_words import ranking_word
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.time_words import total_rest
from reportgen.report.view_parts import Cheapest, Saving, Tile


def tiles(cells: Cells, comparison: Comparison) -> tuple[Tile, ...]:
    """The total of each option, all with the same decimals."""
    total, model = comparison.total, cells.model
    decimals, found = cells.decimals(total), []
    for option in model.options:
        key = Key(total.name, option.id)
        known = cells.is_known(key)
        amount = cells.amount(cells.results.values[key], total.unit, decimals)
        value, rest = amount if known else (cells.gettext("not known"), "")
        rest = total_rest(cells, total.name, rest) if known else ""
        kind = "subject" if option.id == model.subject else "plain"
        found.append(Tile(option.title, value, rest, cells.mark(key), kind, not known, option.id))
    return tuple(found)


def saving(cells: Cells, difference: Difference, comparison: Comparison) -> Saving:
    """What the subject costs less or more than another option; totals are the same where their 15 digits are, as in
    the ranking."""
    unit, title = comparison.total.unit, cells.model.option(difference.option).title
    keys = [Key(comparison.total.name, each) for each in (difference.option, comparison.subject)]
    if not all(map(cells.is_known, keys)):
        return Saving(title, cells.gettext("not known"), "", "", "not known", difference.incomplete)
    other, own = (float(f"{cells.results.values[key]:.15g}") for key in keys)
    if other == own:
        return Saving(title, *cells.amount(0.0, unit, 0), "", "same", difference.incomplete)
    decimals = min(cells.decimals(comparison.total), result_decimals((difference.value,), unit))
    amount, rest = cells.amount(abs(difference.value), unit, decimals)
    share = "" if difference.share is None else percent(abs(difference.share), 1, cells.locale)
    return Saving(title, amount, rest, share, "less" if own < other else "more", difference.incomplete)


def cheapest(cells: Cells, comparison: Comparison) -> Cheapest:
    """The option of lowest cost, and those that could be ranked: an incomplete one never is."""
    name = comparison.total.name
    ranked = [each for each in cells.model.options if not cells.results.is_incomplete(Key(name, each.id))]
    option = cells.model.option(comparison.cheapest).title if comparison.cheapest else ""
    word = ranking_word(cells, comparison.ranking)
    return Cheapest(comparison.cheapest or "", option, word, comparison.ranking, tuple(each.title for each in ranked))
