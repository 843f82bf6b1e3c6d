"""The Assumptions sheet: every shared input with its active value, its base and its scenarios."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.compute.digits import shortened
from reportgen.formula.nodes import Key, Method
from reportgen.formula.units import PLAIN
from reportgen.model.changes import Change
from reportgen.model.model import Assumption, InputValue, Table
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.workbook import cell_words
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, together, unit_words
from reportgen.workbook.changes import changed_value
from reportgen.workbook.expressions import Expression, cell, range_of
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import input_format
from reportgen.workbook.plan import ASSUMPTIONS, CHECK_ROW, FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.scenario_columns import ACTIVE, BASE, HIGH, LOW
from reportgen.workbook.sheets.assumption_rules import AS_BASE, input_rules
from reportgen.workbook.sheets.change_row import change_row
from reportgen.workbook.sheets.sheet_parts import (
    CHANGED_WIDTH,
    LABEL_WIDTH,
    Book,
    heads,
    new_grid,
)
from reportgen.workbook.titles import Text, joined, scenario_title, table_title, title_areas
from reportgen.workbook.validations import (
    entry_in,
    first_of,
    number_rules,
    number_where,
    own_limits,
    said,
    title_rule,
    within,
)

TABLE_HEADS = message("From"), message("Then")
"""Over the numbers of tables: where a row of theirs begins, and what holds there."""

TEXT_WIDTH = 110
"""Of sources and notes: wide, because they stand beside rows of one line."""

SCENARIO_WIDTH = 8.0
"""Of a column of values: less than elsewhere, so that those of several scenarios are on one page."""


def assumptions_sheet(book: Book) -> Grid:
    """Inputs are edited in the Base column or in a scenario's; formulas read the active value."""
    subtitle = message("Change the framed cells. A scenario takes over from Base where its cell holds no number.")
    grid = new_grid(book, ASSUMPTIONS, "input", message("Assumptions"), subtitle)
    columns = _Columns(book)
    grid.widths[LABEL] = LABEL_WIDTH - 4
    for column in range(ACTIVE, columns.changed):
        grid.widths[column] = SCENARIO_WIDTH
    grid.widths.update({columns.changed: CHANGED_WIDTH, columns.source: TEXT_WIDTH, columns.note: TEXT_WIDTH})
    if book.plan.spare_columns and not book.model.tables:
        grid.printed_columns = book.plan.spare_columns[0] - 1  # there is no knowing which will be used
    _scenario_number(book, grid)
    _heads(book, grid, columns)
    _scenario_heads(book, grid)
    assumptions = {each.quantity.name: each for each in book.model.assumptions}
    groups = {group.id: group for group in book.model.groups}
    for row in book.plan.rows[ASSUMPTIONS]:
        if row.kind is Kind.HEADING:
            _heading(grid, row.number, groups[row.name].title, columns)
            if groups[row.name].note:
                grid.put(row.number + 1, LABEL, groups[row.name].note, Style.SUBTITLE)
        elif row.kind is Kind.NUMBERS_HEAD:
            _heading(grid, row.number, row.name, columns)
        elif row.kind is Kind.INPUT:
            _input(book, grid, row, assumptions[row.name], columns)
        elif row.kind is Kind.CHANGES_HEAD:
            _heading(grid, row.number, message("Changes in proportion"), columns)
        elif row.kind is Kind.CHANGE:
            change_row(book, grid, row, _title(book, assumptions[row.name], row), columns.changed)
        elif row.kind is Kind.LITERAL_HEAD:
            _literal_heads(book, grid, row.number, columns)
        elif row.kind is Kind.LITERAL:
            _literal(book, grid, row, columns)
        else:
            _table(book, grid, row, columns)
    return grid


def _heads(book: Book, grid: Grid, columns: _Columns) -> None:
    texts: list[tuple[int, Text, bool]] = [(LABEL, message("Assumption"), False), (UNIT, message("Unit"), False)]
    texts += [(ACTIVE, message("Active"), True), (LOW, message("Low"), True), (HIGH, message("High"), True)]
    if book.model.tables:
        texts += [(column, title, True) for column, title in zip(book.plan.table_columns, TABLE_HEADS, strict=True)]
    texts += [
        (columns.changed, message("Changed"), False),
        (columns.source, message("Source"), False),
        (columns.note, message("Note"), False),
    ]
    heads(grid, HEAD_ROW, texts)


def _heading(grid: Grid, row: int, title: str, columns: _Columns) -> None:
    grid.put(row, LABEL, title, Style.HEADING)
    for column in range(UNIT, columns.note + 1):
        grid.put(row, column, None, Style.HEADING)


class _Columns:
    """Where the mark, Source and Note stand, after the scenarios."""

    def __init__(self, book: Book) -> None:
        self.last_scenario = book.plan.last_scenario_column
        self.changed = book.plan.changed_column
        self.source, self.note = self.changed + 1, self.changed + 2


def _scenario_number(book: Book, grid: Grid) -> None:
    plan = book.plan
    number = plan.scenario_number
    place = f.MATCH(cell(plan.selector), range_of(plan.scenario_titles, fixed=True), 0.0)
    grid.put(number.row, number.column, f.IF(f.ISNUMBER(place), place, 1.0), Style.CALCULATION, "0")
    grid.put(
        CHECK_ROW, FIRST + 1, message("← the scenario’s place in the heads below; choose it on Summary"), Style.SUBTITLE
    )


SPARE = message("The name of a scenario of your own: fill in the cells below. Where one is empty, Base holds.")


def _scenario_heads(book: Book, grid: Grid) -> None:
    """Titles of scenarios, which are typed here once, and names that a reader gives to scenarios of their own."""
    columns, every = book.plan.spare_columns, title_areas(book.plan)[1]
    for column, scenario in enumerate(book.model.with_base, BASE):
        grid.put_title(HEAD_ROW, column, cell_words.scenario_title(scenario), Style.HEAD_NUMBER)
    own = every._replace(right=BASE + len(book.model.scenarios))
    grid.validations.append(title_rule(own, message("Title of a scenario"), among=every))
    for column, title in zip(columns, book.plan.spare_titles, strict=True):
        grid.put_title(HEAD_ROW, column, title, Style.SPARE_TEXT)
    if columns:
        spare = every._replace(left=columns[0])
        grid.validations.append(title_rule(spare, message("Title of a spare scenario"), among=every, prompt=SPARE))


def _title(book: Book, assumption: Assumption, row: Row) -> Text:
    """An input's, with its option; with its category where it is the cost of an item."""
    name, categories = assumption.quantity.name, book.model.categories
    prices = ((each.quantity.name, {book.model.own_number(item).name for item in each.items}) for each in categories)
    category = next((each for each, names in prices if name in names), "")
    title = book.key_title(Key(name, row.option))
    return joined(book.title(category), ": ", title) if category else title


def _input(book: Book, grid: Grid, row: Row, assumption: Assumption, columns: _Columns) -> None:
    model, quantity = book.model, assumption.quantity
    key = Key(row.name, row.option)
    title = _title(book, assumption, row)
    definition, limits = model.definitions[key], assumption.ranges[key]
    assert isinstance(definition, InputValue)
    set_ = [
        shortened(scenario.settings[key]) if model.is_changed(key, scenario) else scenario.settings[key]
        for scenario in model.scenarios
        if key in scenario.settings
    ]
    shown = [each for each in (definition.value, limits.low, limits.high, *set_) if each is not None]
    number_format = max((input_format(each, quantity.unit) for each in shown), key=len)
    grid.put(row.number, LABEL, title, Style.LABEL)
    grid.put(row.number, UNIT, book.unit(quantity), Style.UNIT)
    base = grid.cell(row.number, BASE)
    active: Expression = base
    if model.scenarios:
        choices = base.to(grid.cell(row.number, columns.last_scenario))
        chosen = f.INDEX(choices, 1.0, cell(book.plan.scenario_number, fixed=True))
        active = f.IF(f.ISNUMBER(chosen), chosen, base)
    grid.put(row.number, ACTIVE, book.results.values[key], Style.CALCULATION, number_format, formula=active)
    grid.put(row.number, BASE, definition.value, Style.INPUT, number_format)
    for at, scenario in enumerate(model.scenarios, BASE + 1):
        owner, own = model.owner_of(key, scenario), scenario.own.get(key)
        if isinstance(own, Change):
            tree = changed_value(book.plan, key, scenario)
            grid.put(row.number, at, scenario.settings[key], Style.CALCULATION, number_format, formula=tree)
            continue
        if owner.is_base or owner is scenario:
            _perhaps(grid, (row.number, at), own, number_format, AS_BASE)
            continue
        source = grid.cell(row.number, book.plan.scenario_column(owner))
        grid.put(row.number, at, source, Style.LINKED, number_format)
    for at in book.plan.spare_columns:
        _perhaps(grid, (row.number, at), None, number_format, AS_BASE)
    _perhaps(grid, (row.number, LOW), limits.low, number_format)
    _perhaps(grid, (row.number, HIGH), limits.high, number_format)
    grid.put(row.number, columns.source, book.source_titles(quantity), Style.TEXT)
    grid.put(row.number, columns.note, quantity.note, Style.TEXT)
    grid.marks[row.number] = Mark(columns.changed, ends=(LOW, HIGH))
    grid.validations += input_rules(book.plan, grid, row.number, quantity, limits, quantity.title)


def _perhaps(grid: Grid, at: tuple[int, int], value: float | None, number_format: str, otherwise: str = "") -> None:
    """An input that may stay open."""
    if value is None:
        grid.put(*at, otherwise or None, Style.INPUT_BLANK, number_format)
    else:
        grid.put(*at, value, Style.INPUT, number_format)


def _literal_heads(book: Book, grid: Grid, row: int, columns: _Columns) -> None:
    """The same columns as above, of which numbers in formulas need only some."""
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, message("Numbers written in formulas"), False),
        (UNIT, message("Unit"), False),
    ]
    texts += [(ACTIVE, message("Active"), True), (BASE, scenario_title(book.plan, BASE_SCENARIO), True)]
    heads(grid, row, [*texts, (columns.note, message("Note"), False)])


def _literal(book: Book, grid: Grid, row: Row, columns: _Columns) -> None:
    """A number that stands in the author's formula: an input as well, which no scenario sets."""
    literal = book.plan.literals[row.index]
    unit = literal.unit or PLAIN
    number_format = input_format(literal.value, unit)
    grid.put(row.number, LABEL, _literal_title(book, row.index), Style.LABEL)
    grid.put(row.number, UNIT, unit_words(unit), Style.UNIT)
    grid.put(row.number, ACTIVE, grid.cell(row.number, BASE), Style.CALCULATION, number_format)
    grid.put(row.number, BASE, literal.value, Style.INPUT, number_format)
    grid.put(row.number, columns.note, message("Formula: {formula}", formula=literal.formula), Style.TEXT)
    area = Area(ASSUMPTIONS, row.number, BASE, row.number, BASE)
    prompt = message("This number stands in a formula. {entry}", entry=entry_in(unit))
    grid.validations += number_rules((area,), literal.title, prompt, own_limits((literal.value,), unit))
    grid.marks[row.number] = Mark(columns.changed)


def _literal_title(book: Book, index: int) -> Text:
    """What a number is part of; which of its numbers it is, where there are several."""
    literal, every = book.plan.literals[index], [literal.title for literal in book.plan.literals]
    count = every.count(literal.title)
    which = ""
    if count > 1:
        which = message(", number {number} of {count}", number=every[: index + 1].count(literal.title), count=count)
    return joined(literal.title, which) if literal.key is None else book.key_title(literal.key, which)


def _table(book: Book, grid: Grid, row: Row, columns: _Columns) -> None:
    table, (starts, values) = book.model.tables[row.name], book.plan.table_columns
    if row.kind is Kind.TABLE_HEAD:
        texts: list[tuple[int, Text, bool]] = [
            (LABEL, table_title(book.plan, table), False),
            (UNIT, message("Unit"), False),
        ]
        texts += [(column, title, True) for column, title in zip((starts, values), TABLE_HEADS, strict=True)]
        texts += [(columns.source, message("Source"), False), (columns.note, message("Note"), False)]
        heads(grid, row.number, texts)
        return
    first = row.index == 0
    grid.put(row.number, LABEL, _METHODS[table.method].read if first else "", Style.LABEL)
    grid.put(row.number, UNIT, together(unit_words(table.from_unit), " → ", unit_words(table.to_unit)), Style.UNIT)
    for column, unit, place in ((starts, table.from_unit, 0), (values, table.to_unit, 1)):
        number, key = table.rows[row.index][place], table.cells[row.index][place] if table.cells else None
        if key in book.plan.bases:  # edited above, for every scenario
            active, shown = cell(book.plan.active(key)), book.results.values[key]
            grid.put(row.number, column, shown, Style.LINKED, input_format(shown, unit), formula=active)
        else:
            grid.put(row.number, column, number, Style.INPUT, input_format(number, unit))
    titles = "; ".join(book.model.citations[source].title for source in table.sources)
    grid.put(row.number, columns.source, titles if first else "", Style.TEXT)
    grid.put(row.number, columns.note, table.note if first else "", Style.TEXT)
    grid.marks[row.number] = Mark(
        columns.changed, label=table_title(book.plan, table, message(", row {row}", row=row.index + 1))
    )
    if first:
        _table_validations(book, grid, table)


class _Words(NamedTuple):
    """What the sheet says of a table: how it is read, what a row begins."""

    read: str
    row: str


_METHODS = {
    Method.STEP: _Words(message("From the first number on, the second holds"), message("Where a step begins.")),
    Method.LINEAR: _Words(
        message("At the first number the second holds, between two rows the straight line"),
        message("A point that straight lines lead to."),
    ),
    Method.GRADUATED: _Words(
        message("Each unit from the first number on costs the second, up to the next row"),
        message("Where a band begins."),
    ),
}


def _table_validations(book: Book, grid: Grid, table: Table) -> None:
    """Starts rise from row to row, or nothing is found in them, graduated ones from 0; both columns hold numbers."""
    starts, values = book.plan.tables[table.id]
    entry = first_of(starts)
    top, bottom = (grid.cell(row, starts.left, fixed_row=True) for row in (starts.top, starts.bottom))
    limits = own_limits([start for start, _ in table.rows], table.from_unit)
    rising = [f.SUMPRODUCT((top.to(entry) >= entry) * 1.0), f.SUMPRODUCT((entry.to(bottom) <= entry) * 1.0)]
    rules = [*within(entry, limits), *(each.equals(1.0) for each in rising)]
    begin = ""
    if table.method is Method.GRADUATED:
        rules.append(top.equals(0.0))
        begin = message(" The first is 0.")
    prompt = message(
        "{row} {entry} The numbers rise from row to row.{limits}",
        row=_METHODS[table.method].row,
        entry=entry_in(table.from_unit),
        limits=begin + said(limits),
    )
    error = message("Enter a number between those of the rows above and below.{limits}", limits=begin + said(limits))
    grid.validations.append(number_where(starts, table.title, prompt, rules, error))
    limits = own_limits([value for _, value in table.rows], table.to_unit)
    grid.validations += number_rules((values,), table.title, entry_in(table.to_unit), limits)
