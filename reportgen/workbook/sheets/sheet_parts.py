"""What the sheets share: the head, rows of numbers, words in place of numbers, sources and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.compute.answers import Answers
from reportgen.compute.comparison import SAME
from reportgen.formula.nodes import Key
from reportgen.model.model import CostStatus, InputValue, Model, Quantity
from reportgen.workbook import cell_words
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message, sheet_title, together, unit_words
from reportgen.workbook.cell_scale import is_per_cent
from reportgen.workbook.cell_words import COMPLETE, COST_WORDS, INCLUDED, INCOMPLETE, NONE, NOT_KNOWN, NOT_QUOTED
from reportgen.workbook.expressions import CellRange, Expression, Operand, added, cell, range_of
from reportgen.workbook.filled_messages import filled_message
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import input_format, result_format, with_currency
from reportgen.workbook.plan import BACK_ROW, CHECK_ROW, FIRST, HEAD_ROW, LABEL, SCENARIO_ROW, SUMMARY, UNIT, Plan
from reportgen.workbook.titles import Text, joined, key_title, listed_texts, option_title, title_of
from reportgen.workbook.translate import Translator

LABEL_WIDTH, UNIT_WIDTH, NUMBER_WIDTH, SOURCE_WIDTH, NOTE_WIDTH, FORMULA_WIDTH = 34, 14, 15, 32, 56, 60
CHANGED_WIDTH = 10


HEAD_HEIGHTS = {1: 19.0, BACK_ROW: 14.0, CHECK_ROW: 15.0, SCENARIO_ROW: 15.0, HEAD_ROW - 1: 3.0}
"""Of the rows above the heads, in points: low, as they stay in sight. The last of them is a gap where it is empty."""

LONG_TITLE = 56
"""Characters of a title from which on it is set in a smaller size."""

WORDS = {INCLUDED: Style.INCLUDED, NONE: Style.NONE, NOT_QUOTED: Style.UNQUOTED}
"""What words in place of costs look like, so that they differ by more than their letters."""


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet is made from. `stacks` has how far the parts of each total reach in any scenario; totals, which
    stand below each other, share `totals_format`."""

    plan: Plan
    results: Answers
    stacks: Mapping[str, Sequence[float]]
    totals_format: str

    @property
    def model(self) -> Model:
        return self.plan.model

    @property
    def scenario_title(self) -> str:
        return cell_words.scenario_title(self.results.scenario)

    def option(self, option: str) -> Expression:
        """The title of an option, wherever it is shown but in its own cell."""
        return option_title(self.plan, option)

    def title(self, name: str) -> Text:
        """The title of a quantity, likewise."""
        return title_of(self.plan, name)

    def key_title(self, key: Key, after: str = "") -> Text:
        """The title of a number, with its option's if it has one."""
        return key_title(self.plan, key, after)

    def source_titles(self, quantity: Quantity) -> str:
        return "; ".join(self.model.citations[source].title for source in quantity.sources)

    def shown(self, key: Key) -> float | str:
        """What the cell of a computed number shows."""
        if missing := self.results.missing_rate(key):
            return message(missing)
        unknown = key.name in self.plan.key_figures and self.results.divides_by_unknown(key)
        return NOT_KNOWN if unknown else self.results.values[key]

    def unit(self, quantity: Quantity) -> str:
        return unit_words(quantity.unit)


def new_grid(book: Book, name: str, tab: str, title: str, subtitle: Text) -> Grid:
    """A sheet with its head: title, what it is about, the master check and the scenario shown."""
    grid = Grid(name, tab)
    plan = book.plan
    style = Style.TITLE if len(title) <= LONG_TITLE else Style.TITLE_LONG
    if name in plan.category_sheets.values():
        grid.put_title(1, LABEL, title, style)
    else:
        grid.put(1, LABEL, title, style)
    is_front = name == plan.selector.sheet
    grid.put(BACK_ROW, LABEL if is_front else UNIT, subtitle, Style.SUBTITLE)
    grid.heights.update(HEAD_HEIGHTS)
    grid.put(CHECK_ROW, LABEL, message("All checks"), Style.LABEL)
    grid.put(CHECK_ROW, UNIT, cell(plan.master_check), Style.CHECK)
    grid.put(SCENARIO_ROW, LABEL, message("Scenario"), Style.LABEL)
    if not is_front:
        grid.put(SCENARIO_ROW, UNIT, _scenario_shown(plan), Style.LINKED_LINE)
        grid.put(BACK_ROW, LABEL, together("← ", sheet_title(SUMMARY)), Style.BACK, link=place(SUMMARY))
    grid.widths.update({LABEL: LABEL_WIDTH, UNIT: UNIT_WIDTH})
    return grid


def _scenario_shown(plan: Plan) -> Expression:
    """The title of the scenario whose values count: what is chosen may be none of the list."""
    if not plan.scenario_titles.several:
        return cell(plan.selector)
    return f.INDEX(range_of(plan.scenario_titles, fixed=True), 1.0, cell(plan.scenario_number, fixed=True))


def place(sheet: str) -> Address:
    """The target of a link to a sheet of the book."""
    return Address(sheet, 1, 1)


def heads(grid: Grid, row: int, texts: Sequence[tuple[int, Text, bool]]) -> None:
    """Column heads: (column, text, whether numbers stand below)."""
    for column, text, numbers in texts:
        style = Style.HEAD if column <= UNIT else Style.HEAD_TEXT
        grid.put(row, column, text, Style.HEAD_NUMBER if numbers else style)


def heading(grid: Grid, row: int, text: Text, last_column: int) -> None:
    """A section's title over its whole width. One that has columns of its own has `heads` instead, the first of which
    is its title."""
    grid.put(row, LABEL, text, Style.HEADING)
    for column in range(UNIT, last_column + 1):
        grid.put(row, column, None, Style.HEADING)


def no_first_heads(grid: Grid) -> None:
    """Of a sheet whose tables all have heads of their own: the row of the first is a gap."""
    grid.heights[HEAD_ROW] = HEAD_HEIGHTS[HEAD_ROW - 1]


def option_heads(book: Book, grid: Grid, row: int, first: Text, after: Sequence[str] = ()) -> None:
    """`first`, Unit, a column per option, then `after`."""
    options = book.model.options
    for column in range(FIRST, FIRST + len(options)):
        grid.widths[column] = NUMBER_WIDTH
    texts: list[tuple[int, Text, bool]] = [(LABEL, first, False), (UNIT, message("Unit"), False)]
    texts += [(column, book.option(option.id), True) for column, option in enumerate(options, FIRST)]
    texts += [(column, text, False) for column, text in enumerate(after, FIRST + len(options))]
    heads(grid, row, texts)


def label(grid: Grid, row: int, quantity: Quantity, book: Book, output: bool = False) -> None:
    grid.put(row, LABEL, book.title(quantity.name), Style.OUTPUT_LABEL if output else Style.LABEL)
    grid.put(row, UNIT, book.unit(quantity), Style.OUTPUT_LABEL if output else Style.UNIT)


def number(book: Book, grid: Grid, key: Key, number_format: str, style: Style = Style.CALCULATION) -> None:
    """The cell of a model's number, wherever the plan puts it: input, word or live formula."""
    address = book.plan.cells[key]
    definition = book.model.definitions[key]
    match definition:
        case InputValue() if key in book.plan.bases:  # edited on Assumptions
            active = cell(book.plan.active(key))
            grid.put(address.row, address.column, book.results.values[key], Style.LINKED, number_format, formula=active)
        case InputValue(value):
            grid.put(address.row, address.column, value, Style.INPUT, number_format)
        case CostStatus(word):
            grid.put(address.row, address.column, COST_WORDS[word], WORDS[word], number_format)
        case _:
            formula = Translator(book.plan).definition(key)
            grid.put(address.row, address.column, book.shown(key), style, number_format, formula=formula)


def numbers(book: Book, grid: Grid, quantity: Quantity, style: Style = Style.CALCULATION) -> None:
    """All cells of a name, in one number format."""
    keys = book.model.keys_of(quantity.name)
    number_format = row_format(book, quantity, keys)
    if style is Style.OUTPUT:
        number_format = with_currency(number_format, quantity.unit)
    for key in keys:
        number(book, grid, key, number_format, style)


def row_format(book: Book, quantity: Quantity, keys: Iterable[Key]) -> str:
    """One format for a row, in which every number that is typed there shows as it was written."""
    alike = is_per_cent(quantity.unit) == is_per_cent(book.model.headline.unit)
    if alike and any(quantity is total for total in book.model.totals):
        return book.totals_format
    known = [key for key in keys if not isinstance(book.model.definitions[key], CostStatus)]
    given = [definition.value for key in known if isinstance(definition := book.model.definitions[key], InputValue)]
    formats = [input_format(value, quantity.unit) for value in given]
    if len(given) < len(known) or not known:
        numbers = [book.results.values[key] for key in known if not book.results.missing_rate(key)]
        formats.append(result_format(numbers, quantity.unit))
    return max(formats, key=len)


def state_cells(book: Book, grid: Grid, name: str, row: int) -> None:
    """The live row that says whether a number lacks something that is not quoted."""
    grid.put(row, LABEL, message("Prices known"), Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for key in book.model.keys_of(name):
        address, condition = book.plan.states[key], Translator(book.plan).state_of_parts(key)
        state = COMPLETE if condition is None else f.IF(condition, INCOMPLETE, COMPLETE)
        grid.put(address.row, address.column, state, Style.STATE)


def remarks(book: Book, grid: Grid, row: int, column: int, quantity: Quantity, formulas: Text = "") -> None:
    """Source, note and the formula in words, from `column` on."""
    grid.put(row, column, book.source_titles(quantity), Style.TEXT)
    grid.put(row, column + 1, quantity.note, Style.TEXT)
    grid.put(row, column + 2, formulas, Style.TEXT)


def remark_widths(grid: Grid, column: int) -> None:
    grid.widths.update({column: SOURCE_WIDTH, column + 1: NOTE_WIDTH, column + 2: FORMULA_WIDTH})


REMARKS = (message("Source"), message("Note"), message("How it is computed"))


def written_formulas(book: Book, name: str) -> Text:
    """The author's formulas of a name: once if all options share one, else option by option."""
    model = book.model
    found = {key: model.formulas[key] for key in model.keys_of(name) if key in model.formulas}
    texts = list(dict.fromkeys(found.values()))
    if len(texts) == 1:
        return texts[0]
    return listed_texts([joined(book.option(key.option or ""), f": {text}") for key, text in found.items()], "\n")


NONE_COMPLETE, TIE, OPEN = message("none is complete"), message("equal"), message("open")


def lowest(
    book: Book, numbers: CellRange, below: CellRange | None = None, every: CellRange | None = None
) -> Expression:
    """The title of the option whose number in the row `numbers` is the lowest, or in a column of numbers that has its
    titles in the column `below` the head; texts there do not count. `every` has the totals of those that lack a price
    too, one of which may leave open which is lowest."""
    titles = range_of(Area(SUMMARY, HEAD_ROW, FIRST, HEAD_ROW, book.plan.last_option_column), fixed=True)
    least, none = f.MIN(numbers), f.COUNT(numbers).equals(0.0)
    place = f.MATCH(least, numbers, 0.0)
    title = f.INDEX(titles, 1.0, place) if below is None else f.INDEX(below, place, 1.0)
    ties = f.SUMPRODUCT((numbers <= least + SAME * f.ABS(least)) * 1.0)
    found = f.IF(ties > 1.0, TIE, title)
    if every is not None:
        so_far = f.INDEX(titles, 1.0, f.MATCH(f.MIN(every), every, 0.0))
        text = filled_message("open: {option} is not complete, and lower so far", option=so_far)
        found = f.IF(_is_open(least, f.MIN(every)), text, found)
    return f.IF(none, NONE_COMPLETE, found)


def _is_open(least: Expression, so_far: Expression) -> Expression:
    """Whether an option that lacks a price costs less so far than the least of the others."""
    return so_far < least - SAME * f.ABS(least)


UNRANKED = 1e300
"""Stands among totals for one that lacks a price: it is never the least."""


def if_complete(
    book: Book, key: Key, total: Expression, otherwise: Operand = "", *, fixed: bool = False, fixed_row: bool = False
) -> Expression:
    """A total, or something else while it lacks a price, where it may. Its state is referred to as fixed as said."""
    state = book.plan.states.get(key)
    if state is None:
        return total
    return f.IF(cell(state, fixed=fixed, fixed_row=fixed_row).equals(INCOMPLETE), otherwise, total)


def winner(
    least: Expression, totals: Sequence[Expression], titles: Sequence[Expression], every: Sequence[Expression]
) -> Expression:
    """The title whose total is `least`, if that is not `UNRANKED`; `every` has the totals of those too that are."""
    same = [each - least <= SAME * f.ABS(each) for each in totals]
    ties = added(*(f.IF(each, 1.0, 0.0) for each in same))
    choice = titles[-1]
    for each, title in reversed(list(zip(same[:-1], titles[:-1], strict=True))):
        choice = f.IF(each, title, choice)
    found = f.IF(ties > 1.0, TIE, choice)
    if list(every) != list(totals):
        found = f.IF(_is_open(least, f.MIN(*every)), OPEN, found)
    return f.IF(least >= UNRANKED, NONE_COMPLETE, found)
