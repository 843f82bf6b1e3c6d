"""Which row of Assumptions each input has, and which the tables and the numbers in formulas."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.formula.nodes import Key
from reportgen.model.model import Model, Table
from reportgen.source import Span
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message
from reportgen.workbook.literals import Literal
from reportgen.workbook.rows import Kind, SheetRows
from reportgen.workbook.text import defined_name


@dataclass(slots=True)
class AssumptionRows:
    """The `sheet` while its rows are added, two of whose `columns` have the value that counts and the model's own, and
    two those of tables; the rest is what `Plan` says of it."""

    sheet: SheetRows
    columns: tuple[int, int]
    table_columns: tuple[int, int]
    cells: dict[Key, Address] = field(default_factory=dict)
    bases: dict[Key, Address] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    change_rows: dict[Key, int] = field(default_factory=dict)
    tables: dict[str, tuple[Area, Area]] = field(default_factory=dict)
    literal_cells: dict[Span, Address] = field(default_factory=dict)

    def add(self, model: Model, literals: tuple[Literal, ...]) -> None:
        sheet, (active, _) = self.sheet, self.columns
        for group in model.groups:
            sheet.add(Kind.HEADING, group.id)
            if group.note:
                sheet.add(Kind.GAP)
            for key in (key for assumption in group.assumptions for key in assumption.keys):
                self.cells[key] = self._input(key)._replace(column=active)
                self.names[key] = defined_name(f"in_{key.name}" + (f"__{key.option}" if key.option else ""))
            sheet.add(Kind.GAP)
        numbers = (
            (message("Amounts of cost items"), model.item_numbers),
            (message("Numbers of tables"), model.table_numbers),
        )
        for title, part in numbers:
            if not part:
                continue
            sheet.add(Kind.NUMBERS_HEAD, title)
            for key in (key for each in part for key in each.keys):
                base = self._input(key)
                if key.option is None:  # of all options, each of which repeats it on the category's sheet
                    self.cells[key] = base._replace(column=active)
            sheet.add(Kind.GAP)
        changed = [key for key in self.bases if model.changes_in_proportion(key)]
        if changed:
            sheet.add(Kind.CHANGES_HEAD)
            self.change_rows.update((key, sheet.add(Kind.CHANGE, key.name, key.option)) for key in changed)
            sheet.add(Kind.GAP)
        for table in model.tables.values():
            self._table(table)
        if literals:
            sheet.add(Kind.LITERAL_HEAD)
        for index, literal in enumerate(literals):
            row = sheet.add(Kind.LITERAL, index=index)
            self.literal_cells[literal.span] = Address(sheet.name, row, self.columns[0])

    def _input(self, key: Key) -> Address:
        """The cell of an input's own value, in a row of its own."""
        row = self.sheet.add(Kind.INPUT, key.name, key.option)
        self.bases[key] = Address(self.sheet.name, row, self.columns[1])
        return self.bases[key]

    def _table(self, table: Table) -> None:
        sheet, columns = self.sheet, self.table_columns
        sheet.add(Kind.TABLE_HEAD, table.id)
        first = sheet.next_row
        for index in range(len(table.rows)):
            row = sheet.add(Kind.TABLE_ROW, table.id, index=index)
            for key, column in zip(table.cells[index] if table.cells else (), columns, strict=False):
                self.cells[key] = Address(sheet.name, row, column)
        last = sheet.next_row - 1
        starts, results = (Area(sheet.name, first, column, last, column) for column in columns)
        self.tables[table.id] = starts, results
        sheet.add(Kind.GAP)
