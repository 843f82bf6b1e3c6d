"""Checks of sums: items to categories and categories to totals, each across and down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.model.model import Category, Quantity
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cell_words import COST_WORDS, INCLUDED, NONE, NOT_QUOTED
from reportgen.workbook.checks import FIRST_OPTION, OTHER_WAY, Check, size
from reportgen.workbook.expressions import CellRange, Expression, added, cells_of
from reportgen.workbook.plan import CHECKS, FIRST, TOTALS, Plan
from reportgen.workbook.rows import Kind
from reportgen.workbook.titles import joined, option_title, phrase, title_of


def total_row(plan: Plan, name: str) -> Area:
    """The cells of a number per option."""
    cell = plan.cells[plan.model.keys_of(name)[0]]
    return Area(cell.sheet, cell.row, FIRST, cell.row, plan.last_option_column)


def columns(area: Area) -> list[Area]:
    """The columns of an area, from left to right."""
    return [area._replace(left=column, right=column) for column in range(area.left, area.right + 1)]


def item_area(plan: Plan, category: Category, *, spare: bool) -> Area:
    """The costs of a category, with or without its spare lines."""
    name = category.quantity.name
    first, rows = plan.cells[plan.model.keys_of(category.items[0].name)[0]], plan.spare_rows[name]
    last = rows[-1] if spare else rows[0] - 1
    return Area(first.sheet, first.row, FIRST, last, plan.last_option_column)


def category_sums(plan: Plan) -> Iterator[Check]:
    """The sum of a category's costs is the sum of its totals, and each option's is that option's total."""
    for category in plan.model.categories:
        items = item_area(plan, category, spare=True)
        yield _sums(plan, category.quantity, category.sheet, message("items and their total"), f.SUM, items)


def total_sums(plan: Plan) -> Iterator[Check]:
    """What the categories add to a total is the total, and so is each of them with what is left without it."""
    for total in plan.model.totals:
        rows = plan.contribution_rows[total.name]
        if not rows:
            continue
        block = Area(TOTALS, rows[0], FIRST, rows[-1], plan.last_option_column)
        yield _sums(plan, total, TOTALS, message("categories and their total"), f.SUM, block)
        found = [row for row in plan.rows[TOTALS] if row.kind is Kind.WITHOUT and row.name == total.name]
        if found:
            left = block._replace(top=found[0].number, bottom=found[-1].number)
            first = rows[found[0].index]
            taken = block._replace(top=first, bottom=first + len(found) - 1)
            yield _sums(plan, total, TOTALS, message("with and without each category"), _whole, left, taken)


def _whole(left: CellRange, taken: CellRange) -> Expression:
    """What is left without each category and the category itself, on average over the categories."""
    return (f.SUM(left) + f.SUM(taken)) / f.ROWS(left)


def _sums(plan: Plan, quantity: Quantity, sheet: str, what: str, way: Callable[..., Expression], *areas: Area) -> Check:
    """The `way` from areas to a quantity, which is the same for all options as for one."""
    against = total_row(plan, quantity.name)
    options = tuple(way(*map(cells_of, each)) for each in zip(*map(columns, areas), strict=True))
    whole = way(*map(cells_of, areas)), f.SUM(cells_of(against, fixed=True))
    title = joined(title_of(plan, quantity.name), ": ", what)
    return Check(title, sheet, unit_words(quantity.unit), *whole, options, against)


def cost_words(plan: Plan) -> Iterator[Check]:
    """Every cost is a number or one of the words that stand for one. By option: how many are known."""
    for category in plan.model.categories:
        area, whole = (item_area(plan, category, spare=spare) for spare in (False, True))
        # IronCalc's COUNTIF takes no single cell; no word of a spare line is one of a single cost.
        searched = cells_of(area if area.several else whole)
        words = [f.COUNTIF(searched, word) for word in COST_WORDS]
        yield Check(
            phrase("{quantity}: every cost is a number or a word", quantity=title_of(plan, category.quantity.name)),
            category.sheet,
            message("costs"),
            added(f.COUNT(cells_of(area)), *words),
            size(area),
            tuple(
                f.COUNTA(cells_of(items)) - f.COUNTIF(cells_of(own), NOT_QUOTED)
                for items, own in zip(columns(area), columns(whole), strict=True)
            ),
            note=message("Words: included, none, not quoted. By option: how many costs are known."),
        )


def spare_words(plan: Plan) -> Iterator[Check]:
    """What is typed into spare lines is understood: any other text would count as nothing, unseen."""
    for category in plan.model.categories:
        whole = item_area(plan, category, spare=True)
        spare = cells_of(whole._replace(top=plan.spare_rows[category.quantity.name][0]))
        yield Check(
            phrase("{quantity}: spare lines hold numbers", quantity=title_of(plan, category.quantity.name)),
            category.sheet,
            message("costs"),
            f.COUNT(spare) + f.COUNTIF(spare, INCLUDED) + f.COUNTIF(spare, NONE),
            f.COUNTA(spare),
            note=message("A text other than included or none counts as nothing."),
        )


def complete_options(plan: Plan, first: int, words: int) -> Iterator[Check]:
    """How many costs of each option are known: counted by `words` checks of costs, from row `first` of Checks on."""
    options = plan.model.options
    filled = cells_of(Area(CHECKS, first, OTHER_WAY, first + words - 1, OTHER_WAY), fixed=True)
    known = Area(CHECKS, first, FIRST_OPTION, first + words - 1, FIRST_OPTION + len(options) - 1)
    for option, column in zip(options, columns(known), strict=True):
        yield Check(
            phrase("{option}: costs that are known", option=option_title(plan, option.id)),
            TOTALS,
            message("costs"),
            f.SUM(cells_of(column)),
            f.SUM(filled) / f.COLUMNS(cells_of(known, fixed=True)),
            note=message("The others are not quoted; the option is incomplete until they are."),
        )
