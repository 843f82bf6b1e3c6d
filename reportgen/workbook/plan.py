"""Where everything stands in the workbook, decided from the model alone, before anything is written.

Sheets, formulas and JSON take their addresses from here. The plan lists each sheet's rows in order, so that the
code that fills a sheet walks the same rows that formulas refer to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.compute.contributions import Contribution, contributions
from reportgen.compute.states import may_be_incomplete
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.model.model import Category, CostStatus, Model, Shape
from reportgen.model.names import IN_STEP, OVER_TIME
from reportgen.model.over_time import FACTOR, STEADY
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.questions import CASH_FLOW, QUESTIONS
from reportgen.source import Span
from reportgen.workbook.address import Address, Area
from reportgen.workbook.assumption_rows import AssumptionRows
from reportgen.workbook.cell_scale import in_cell
from reportgen.workbook.literals import Literal, literals
from reportgen.workbook.rows import Kind, Row, SheetRows
from reportgen.workbook.scenario_columns import ACTIVE, BASE, HIGH, LOW, ScenarioColumns
from reportgen.workbook.timeline_layout import MEAN, TIMELINE, WHOLE, keys_read, plan_series

SUMMARY, GUIDE = "Summary", "Guide"
ASSUMPTIONS, CALCULATIONS, TOTALS = "Assumptions", "Calculations", "Totals"
CASES, INPUTS, LOG, SOURCES, CHECKS = "Cases", "Inputs", "Log", "Sources", "Checks"
QUESTION_SHEETS = (*(each.sheet for each in QUESTIONS), CASES)
"""What is asked of the model, and what is said about options beside their costs."""

FIXED_SHEETS = (
    *(SUMMARY, GUIDE, ASSUMPTIONS, CALCULATIONS, TIMELINE, TOTALS),
    *QUESTION_SHEETS,
    *(INPUTS, LOG, SOURCES, CHECKS),
)
"""Names that no category's sheet can take, whether or not a model needs all of them."""

LABEL, UNIT, FIRST = 1, 2, 3
"""Columns that mean the same on every sheet: what it is, its unit, the first number."""

HEAD_ROW = 6
"""The row of the first column heads on every sheet. What is above it is frozen, the row itself where it is true of
all below (`table_heads`)."""

FIRST_ROW = HEAD_ROW + 1

CHECK_ROW, SCENARIO_ROW = 3, 4
"""In the head of every sheet: whether all checks hold, and which scenario is shown."""

BACK_ROW = 2
"""In the head of every sheet but Summary: the way back there, with what the sheet is about beside it."""

CHANGES_ROW = 5
"""In the head of Summary: how many inputs have been changed since the book was made."""

CHANGES_COLUMN = 11
"""On Inputs: how many inputs of a line are changed; the sum of all stands in its head."""

SPARE_LINES = 3
"""Lines of each category that a reader may fill: what is typed there counts in the category's total."""


@dataclass(frozen=True, slots=True)
class Plan(ScenarioColumns):
    """`cells` has each number's cell (an assumption's: its active value), `bases` and `states` the cells of the own
    values of inputs on Assumptions and of the states of what may be `incomplete`; `change_rows` the rows there of the
    shares by which scenarios change an input; `names` what formulas call assumptions;
    `literal_cells` where the numbers stand that the author's formulas hold, by their place in the file; `spare_rows`
    the spare lines of each category, between its items and its total; `series` the row on Timeline of what is over
    time, whose cell is what it comes to. `sizes` remembers how long and how deep formulas
    are that `aggregation` has measured."""

    sheets: tuple[str, ...]
    category_sheets: dict[str, str]
    rows: dict[str, tuple[Row, ...]]
    cells: dict[Key, Address]
    bases: dict[Key, Address]
    change_rows: dict[Key, int]
    states: dict[Key, Address]
    names: dict[Key, str]
    tables: dict[str, tuple[Area, Area]]
    contributions: dict[str, tuple[Contribution, ...]]
    contribution_rows: dict[str, tuple[int, ...]]
    literals: tuple[Literal, ...]
    literal_cells: dict[Span, Address]
    spare_rows: dict[str, tuple[int, ...]]
    series: dict[Key, int]
    incomplete: frozenset[Key]
    key_figures: frozenset[str]
    sizes: dict[Key, tuple[int, int]] = field(default_factory=dict, compare=False)

    def scenario_head(self, column: int) -> Address:
        """The cell that names the scenario whose values a column of Assumptions holds."""
        return Address(ASSUMPTIONS, HEAD_ROW, column)

    def scenario_values(self, column: int) -> Area:
        """The cells of all inputs in a column of Assumptions, with the headings between them."""
        rows = [each.row for each in self.bases.values()]
        return Area(ASSUMPTIONS, min(rows), column, max(rows), column)

    @property
    def option_changed_column(self) -> int:
        """The same on sheets with a column per option."""
        return self.last_option_column + 1

    @property
    def changed_inputs(self) -> Address:
        """The cell that counts the inputs that are not as generated."""
        return Address(INPUTS, BACK_ROW, CHANGES_COLUMN)

    @property
    def scenario_titles(self) -> Area:
        """The head cells that the scenario selector chooses from."""
        return Area(ASSUMPTIONS, HEAD_ROW, BASE, HEAD_ROW, self.last_scenario_column)

    @property
    def scenario_number(self) -> Address:
        """The cell that tells which of `scenario_titles` is selected, from 1; the base where none is called so."""
        return Address(ASSUMPTIONS, CHECK_ROW, FIRST)

    @property
    def selector(self) -> Address:
        return Address(SUMMARY, SCENARIO_ROW, UNIT)

    @property
    def master_check(self) -> Address:
        return Address(CHECKS, FIRST_ROW, FIRST)

    def option_column(self, option: str) -> int:
        return FIRST + self.model.option_ids.index(option)

    @property
    def last_option_column(self) -> int:
        return FIRST + len(self.model.options) - 1

    def spare_cells(self, key: Key) -> list[Address]:
        """The cells of spare lines that count in a category's number; none for any other."""
        rows = self.spare_rows.get(key.name.removesuffix(STEADY), ())
        return [self.cells[key]._replace(row=row) for row in rows]

    @property
    def months_row(self) -> int:
        """The row of Timeline that says how many months of each step count."""
        return self.series[Key(MONTHS_IN_STEP)]

    def editable(self, key: Key, scenario: Scenario) -> Address | None:
        """The cell to edit for the value that counts in a scenario; None for what is computed or stated, and for what
        the scenario changes in proportion to another."""
        if not self.model.is_input(key) or self.model.is_changed(key, scenario):
            return None
        base = self.bases.get(key)
        if base is None:
            return self.cells[key]
        return Address(base.sheet, base.row, self.scenario_column(self.model.owner_of(key, scenario)))

    def limit_cells(self, key: Key) -> tuple[Address, Address]:
        """On Assumptions: an input's low and high."""
        return self.bases[key]._replace(column=LOW), self.bases[key]._replace(column=HIGH)

    def active(self, key: Key) -> Address:
        """On Assumptions: the value of an input that counts."""
        return self.bases[key]._replace(column=ACTIVE)

    def in_cell(self, key: Key, value: float) -> float:
        """A value of one of the model's numbers, as its cell holds it."""
        return in_cell(value, self.model.quantities[key.name].unit)

    def shown_cell(self, key: Key, scenario: Scenario) -> Address:
        """The cell that data files name: the one to edit for inputs, the one that shows it for the rest."""
        return self.editable(key, scenario) or self.cells[key]


def plan_workbook(model: Model) -> Plan:
    """The layout of the model's workbook."""
    return model.once(plan_workbook, lambda: _Planner(model).plan())


def question_sheets(model: Model) -> tuple[str, ...]:
    """The sheets that answer what the model asks; after those that are computed by its rows, Cases."""
    requests = [each for each in QUESTIONS if each.is_requested(model)]
    live = [each.sheet for each in requests if (each.has_cases and each.id != "published") or each.sheet == CASH_FLOW]
    cases = [CASES] if any(each.has_cases for each in requests) else []
    return (*live, *cases, *(each.sheet for each in requests if each.sheet not in live))


class _Planner:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.cells: dict[Key, Address] = {}
        self.inputs = AssumptionRows(
            SheetRows(ASSUMPTIONS, next_row=FIRST_ROW), (ACTIVE, BASE), ScenarioColumns(model).table_columns
        )
        self.states: dict[Key, Address] = {}
        self.rows: dict[str, tuple[Row, ...]] = {}
        self.contribution_rows: dict[str, tuple[int, ...]] = {}
        self.literals = literals(model)
        self.spare_rows: dict[str, tuple[int, ...]] = {}
        self.series: dict[Key, int] = {}
        self.incomplete = may_be_incomplete(model)
        self.incomplete_names = {key.name for key in self.incomplete}

    def plan(self) -> Plan:
        model = self.model
        parts = {total.name: contributions(model, total) for total in model.totals}
        sheets = [self.assumptions()]
        if any(each.shape is Shape.ONE for each in model.calculations):
            sheets.append(self.calculations())
        if model.changes_over_time:
            timeline, self.series = plan_series(model)
            sheets.append(timeline)
            flows = {name for name, each in model.quantities.items() if each.shape is Shape.FLOW}
            numbers = [key for key in self.series if not key.name.endswith(FACTOR)]  # nobody adds discount factors up
            columns = {key: WHOLE if key.name in flows else MEAN for key in numbers}
            self.cells |= {key: Address(TIMELINE, self.series[key], column) for key, column in columns.items()}
        sheets += [self.category(category) for category in model.categories]
        sheets.append(self.totals(parts))
        for sheet in sheets:
            self.rows[sheet.name] = tuple(sheet.rows)
        return Plan(
            model=model,
            sheets=(
                *(SUMMARY, GUIDE, *(sheet.name for sheet in sheets), *question_sheets(model)),
                *(INPUTS, LOG, SOURCES, CHECKS),
            ),
            category_sheets={category.quantity.name: category.sheet for category in model.categories},
            rows=self.rows,
            cells=self.cells,
            bases=self.inputs.bases,
            change_rows=self.inputs.change_rows,
            states=self.states,
            names=self.inputs.names,
            tables=self.inputs.tables,
            contributions=parts,
            contribution_rows=self.contribution_rows,
            literals=self.literals,
            literal_cells=self.inputs.literal_cells,
            spare_rows=self.spare_rows,
            series=self.series,
            incomplete=self.incomplete,
            key_figures=frozenset(each.name for each in model.metrics),
        )

    def assumptions(self) -> SheetRows:
        self.inputs.add(self.model, self.literals)
        self.cells |= self.inputs.cells
        return self.inputs.sheet

    def calculations(self) -> SheetRows:
        sheet = SheetRows(CALCULATIONS, next_row=FIRST_ROW)
        self.results(sheet, [each.name for each in self.model.calculations if each.shape is Shape.ONE])
        return sheet

    def results(self, sheet: SheetRows, names: list[str]) -> None:
        """Numbers that belong to no category: the shared ones first, then those per option."""
        shared = [name for name in names if not self.model.quantities[name].per_option]
        per_option = [name for name in names if self.model.quantities[name].per_option]
        for head, kind, part in (
            (Kind.SHARED_HEAD, Kind.SHARED, shared),
            (Kind.OPTION_HEAD, Kind.PER_OPTION, per_option),
        ):
            if not part:
                continue
            sheet.add(head)
            for name in part:
                self.place(name, sheet.name, sheet.add(kind, name))
                self.place_state(name, sheet)
            sheet.add(Kind.GAP)

    def place(self, name: str, sheet: str, row: int) -> None:
        for column, key in enumerate(self.model.keys_of(name), FIRST):
            self.cells[key] = Address(sheet, row, column)

    def place_state(self, name: str, sheet: SheetRows) -> None:
        if name in self.incomplete_names:
            row = sheet.add(Kind.STATE, name)
            for column, key in enumerate(self.model.keys_of(name), FIRST):
                self.states[key] = Address(sheet.name, row, column)

    def category(self, category: Category) -> SheetRows:
        sheet = SheetRows(category.sheet, next_row=FIRST_ROW)
        for item in category.items:
            self.place(item.name, sheet.name, sheet.add(Kind.ITEM, item.name))
        spare = [sheet.add(Kind.SPARE, category.quantity.name, index=index) for index in range(SPARE_LINES)]
        self.spare_rows[category.quantity.name] = tuple(spare)
        self.place(category.quantity.name, sheet.name, sheet.add(Kind.SUBTOTAL, category.quantity.name))
        self.place_state(category.quantity.name, sheet)
        self.over_time(category, sheet)
        return sheet

    def over_time(self, category: Category, sheet: SheetRows) -> None:
        """Below the table: what is the same all the time in a category, and what its items over time cost."""
        if category.quantity.name + STEADY in self.model.quantities:
            name = category.quantity.name + STEADY
            self.place(name, sheet.name, sheet.add(Kind.STEADY, name))
        self.place_words(category)
        own = [each for item in category.items if (each := self.model.own_numbers.get(item.name)) is not None]
        typed = [each for each in own if any(key not in self.series for key in keys_read(self.model, each))]
        if typed:
            sheet.add(Kind.GAP)
            sheet.add(Kind.OWN_HEAD, category.quantity.name)
        for each in typed:
            in_steps = {key: self.cells[key] for key in self.model.keys_of(each.name) if key in self.series}
            self.place(each.name, sheet.name, sheet.add(Kind.OWN, each.name))
            self.cells |= in_steps

    def place_words(self, category: Category) -> None:
        """A cost that is a word has one cell, and no steps: whatever is read of it is read there."""
        for item in category.items:
            if item.name not in self.model.own_numbers:
                continue
            names = self.model.own_numbers[item.name].name, item.name + OVER_TIME, item.name + IN_STEP
            for key in self.model.keys_of(item.name):
                if isinstance(self.model.definitions[key], CostStatus):
                    self.cells.update((Key(name, key.option), self.cells[key]) for name in names)

    def totals(self, parts: dict[str, tuple[Contribution, ...]]) -> SheetRows:
        sheet = SheetRows(TOTALS, next_row=FIRST_ROW)
        for total in self.model.totals:
            sheet.add(Kind.OPTION_HEAD, total.name)
            numbers = range(len(parts[total.name]))
            several = len(numbers) > 1
            rows = [sheet.add(Kind.CONTRIBUTION, total.name, index=number) for number in numbers] if several else []
            self.contribution_rows[total.name] = tuple(rows)
            self.place(total.name, sheet.name, sheet.add(Kind.SUBTOTAL, total.name))
            self.place_state(total.name, sheet)
            for number in numbers if several else ():
                if parts[total.name][number].category is not None:
                    sheet.add(Kind.WITHOUT, total.name, index=number)
            sheet.add(Kind.GAP)
        self.results(sheet, [metric.name for metric in self.model.metrics])
        return sheet


def input_cells(plan: Plan) -> Iterator[tuple[Key, Address]]:
    """Every number a reader may edit, where the model's own value stands."""
    for key in plan.model.definitions:
        address = plan.editable(key, BASE_SCENARIO)
        if address is not None:
            yield key, address
