"""The Assumptions sheet: every shared input with its active value, its base and its scenarios."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.analysis import BASE_TITLE
from reportgen.model.model import Assumption, Given, Quantity
from reportgen.workbook.address import Address, Area
from reportgen.workbook.grid import Grid, Style, Validation
from reportgen.workbook.number_formats import input_format
from reportgen.workbook.plan import ACTIVE, ASSUMPTIONS, BASE, FIRST, HEAD_ROW, LABEL, SCENARIO_ROW, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.sheets.common import NOTE_WIDTH, NUMBER_WIDTH, SOURCE_WIDTH, Book, heads, new_grid

AS_BASE = "–"
"""Stands in a scenario's cell that sets nothing; an empty cell or any other text means the same."""


def assumptions_sheet(book: Book) -> Grid:
    """Inputs are edited in the Base column or in a scenario's; formulas read the active value."""
    subtitle = "Change the yellow cells. A scenario takes over from Base where its cell holds no number."
    grid = new_grid(book, ASSUMPTIONS, "input", "Assumptions", subtitle)
    columns = _Columns(book)
    for column in range(ACTIVE, columns.source):
        grid.widths[column] = NUMBER_WIDTH
    grid.widths.update({columns.source: SOURCE_WIDTH, columns.note: NOTE_WIDTH})
    _scenario_number(book, grid)
    texts = [(LABEL, "Assumption", False), (UNIT, "Unit", False), (ACTIVE, "Active", True), (BASE, BASE_TITLE, True)]
    texts += [(BASE + 1 + at, scenario.title, True) for at, scenario in enumerate(book.model.scenarios)]
    texts += [(columns.low, "Low", True), (columns.high, "High", True), (columns.growth, "Growth per year", True)]
    texts += [(columns.source, "Source", False), (columns.note, "Note", False)]
    heads(grid, HEAD_ROW, texts)
    assumptions = {each.quantity.name: each for each in book.model.assumptions}
    groups = {group.id: group for group in book.model.groups}
    for row in book.plan.rows[ASSUMPTIONS]:
        if row.kind is Kind.HEADING:
            grid.put(row.number, LABEL, groups[row.name].title, Style.HEADING)
            for column in range(UNIT, columns.note + 1):
                grid.put(row.number, column, None, Style.HEADING)
            if groups[row.name].note:
                grid.put(row.number + 1, LABEL, groups[row.name].note, Style.SUBTITLE)
        elif row.kind is Kind.INPUT:
            _input(book, grid, row, assumptions[row.name], columns)
        elif row.kind is Kind.LITERAL_HEAD:
            texts = [(LABEL, "Numbers written in formulas", False), (UNIT, "Unit", False), (ACTIVE, "Active", True)]
            heads(grid, row.number, [*texts, (BASE, BASE_TITLE, True)])
            grid.put(row.number, columns.note, "Formula", Style.HEAD)
        elif row.kind is Kind.LITERAL:
            _literal(book, grid, row, columns)
        else:
            _table(book, grid, row, columns)
    return grid


class _Columns:
    """Where Low, High, Growth, Source and Note stand, after the scenarios."""

    def __init__(self, book: Book) -> None:
        self.last_scenario = book.plan.last_scenario_column
        self.low, self.high, self.growth = book.plan.low_column, book.plan.high_column, book.plan.growth_column
        self.source, self.note = self.last_scenario + 4, self.last_scenario + 5


def _scenario_number(book: Book, grid: Grid) -> None:
    plan = book.plan
    number = plan.scenario_number
    titles = plan.scenario_titles.seen_from(ASSUMPTIONS, fixed=True)
    formula = f"=MATCH({plan.selector.seen_from(ASSUMPTIONS)},{titles},0)"
    value = plan.scenario_column(book.results.scenario) - BASE + 1
    grid.put(number.row, number.column, float(value), Style.CALCULATION, "0", formula=formula)
    grid.put(SCENARIO_ROW, FIRST + 1, "← its place in the heads below; choose it on Summary", Style.SUBTITLE)


def _input(book: Book, grid: Grid, row: Row, assumption: Assumption, columns: _Columns) -> None:
    model, quantity = book.model, assumption.quantity
    key = Key(row.name, row.option)
    title = quantity.title + (f", {model.option(row.option).title}" if row.option else "")
    definition = model.definitions[key]
    assert isinstance(definition, Given)
    number_format = input_format(definition.value, quantity.unit)
    grid.put(row.number, LABEL, title, Style.LABEL)
    grid.put(row.number, UNIT, book.unit(quantity), Style.UNIT)
    choices = Area(ASSUMPTIONS, row.number, BASE, row.number, columns.last_scenario).seen_from(ASSUMPTIONS)
    base = book.plan.bases[key].cell
    if model.scenarios:
        number = Area(ASSUMPTIONS, SCENARIO_ROW, FIRST, SCENARIO_ROW, FIRST).seen_from(ASSUMPTIONS, fixed=True)
        chosen = f"INDEX({choices},1,{number})"
        formula = f"=IF(ISNUMBER({chosen}),{chosen},{base})"
    else:
        formula = f"={base}"
    grid.put(row.number, ACTIVE, book.results.values[key], Style.CALCULATION, number_format, formula=formula)
    grid.put(row.number, BASE, definition.value, Style.INPUT, number_format)
    for at, scenario in enumerate(model.scenarios, BASE + 1):
        owner = model.owner_of(key, scenario)
        if owner is None or owner is scenario:
            _perhaps(grid, (row.number, at), scenario.own.get(key), quantity, number_format, AS_BASE)
            continue
        source = Address(ASSUMPTIONS, row.number, book.plan.scenario_column(owner)).cell
        grid.put(row.number, at, scenario.settings[key], Style.LINKED, number_format, formula=f"={source}")
    limits = assumption.ranges[key]
    _perhaps(grid, (row.number, columns.low), limits.low, quantity, number_format)
    _perhaps(grid, (row.number, columns.high), limits.high, quantity, number_format)
    _growth(grid, row.number, assumption, columns)
    grid.put(row.number, columns.source, book.source_titles(quantity), Style.TEXT)
    grid.put(row.number, columns.note, quantity.note, Style.TEXT)
    area = Area(ASSUMPTIONS, row.number, BASE, row.number, columns.high)
    grid.validations.append(number_validation((area,), title, _prompt(quantity, limits.low, limits.high), AS_BASE))


def _perhaps(
    grid: Grid, at: tuple[int, int], value: float | None, quantity: Quantity, number_format: str, otherwise: str = ""
) -> None:
    """An input that may stay open."""
    if value is None:
        grid.put(*at, otherwise or None, Style.INPUT_BLANK, number_format)
    else:
        grid.put(*at, value, Style.INPUT, input_format(value, quantity.unit))


def _growth(grid: Grid, row: int, assumption: Assumption, columns: _Columns) -> None:
    """A number per year: in per cent where it is a share of the input, else in the input's own unit."""
    growth = assumption.growth
    if growth is None:
        grid.put(row, columns.growth, None, Style.WORD)
        return
    number_format = input_format(growth.value, PERCENT if str(growth.unit).startswith("%") else growth.unit)
    grid.put(row, columns.growth, growth.value, Style.INPUT, number_format)
    area = Area(ASSUMPTIONS, row, columns.growth, row, columns.growth)
    grid.validations.append(number_validation((area,), assumption.quantity.title, f"Growth in {growth.unit}."))


def number_validation(areas: tuple[Area, ...], title: str, prompt: str, word: str = "") -> Validation:
    """Numbers only, or also one word."""
    first = Address(areas[0].sheet, areas[0].top, areas[0].left).cell
    rule = f'OR(ISNUMBER({first}),{first}="{word}")' if word else f"ISNUMBER({first})"
    error = f"Enter a number, or: {word}" if word else "Enter a number, without its unit."
    return Validation(areas, title, prompt, error, rule=rule)


def _prompt(quantity: Quantity, low: float | None, high: float | None) -> str:
    text = f"A number in {quantity.unit}."
    if str(quantity.unit) == "%":
        text = "In per cent: 20 for 20 %."
    if low is not None and high is not None:
        text += f" Plausible from {low:,g} to {high:,g}."
    return text


def _literal(book: Book, grid: Grid, row: Row, columns: _Columns) -> None:
    """A number that stands in the author's formula: an input as well, which no scenario sets."""
    literal = book.plan.literals[row.index]
    unit = literal.unit or PLAIN
    number_format = input_format(literal.value, unit)
    base = Address(ASSUMPTIONS, row.number, BASE)
    grid.put(row.number, LABEL, literal.title, Style.LABEL)
    grid.put(row.number, UNIT, str(unit), Style.UNIT)
    grid.put(row.number, ACTIVE, literal.value, Style.CALCULATION, number_format, formula=f"={base.cell}")
    grid.put(row.number, BASE, literal.value, Style.INPUT, number_format)
    grid.put(row.number, columns.note, literal.formula, Style.TEXT)
    area = Area(ASSUMPTIONS, row.number, BASE, row.number, BASE)
    prompt = f"A number in {unit} that stands in a formula."
    grid.validations.append(number_validation((area,), literal.title, prompt))


def _table(book: Book, grid: Grid, row: Row, columns: _Columns) -> None:
    table = book.model.tables[row.name]
    linear = table.method == "linear"
    if row.kind is Kind.TABLE_HEAD:
        texts = [(LABEL, table.title, False), (UNIT, "Straight lines" if linear else "Steps", False)]
        texts += [(ACTIVE, f"From ({table.from_unit})", True), (BASE, f"Then ({table.to_unit})", True)]
        heads(grid, row.number, texts)
        grid.put(row.number, columns.source, "Source", Style.HEAD)
        grid.put(row.number, columns.note, "Note", Style.HEAD)
        return
    start, value = table.rows[row.index]
    first = row.index == 0
    read = "At the first number the second holds, between two rows the straight line"
    read = read if linear else "From the first number on, the second holds"
    grid.put(row.number, LABEL, read if first else "", Style.LABEL)
    grid.put(row.number, UNIT, f"{table.from_unit} → {table.to_unit}", Style.UNIT)
    grid.put(row.number, ACTIVE, start, Style.INPUT, input_format(start, table.from_unit))
    grid.put(row.number, BASE, value, Style.INPUT, input_format(value, table.to_unit))
    titles = "; ".join(book.model.citations[source].title for source in table.sources)
    grid.put(row.number, columns.source, titles if first else "", Style.TEXT)
    grid.put(row.number, columns.note, table.note if first else "", Style.TEXT)
    area = Area(ASSUMPTIONS, row.number, ACTIVE, row.number, BASE)
    what = "A point that straight lines lead to" if linear else "A step"
    prompt = f"{what}: the first numbers rise from row to row."
    grid.validations.append(number_validation((area,), table.title, prompt))
