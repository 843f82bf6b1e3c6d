"""Numbers of tables as inputs: `servers.2.to` is the second number of the second row, `servers.2.from` the first.

They are inputs in the tables some number of which has a range or is named by a question. Of all others formulas need to
know no more than the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.formula.nodes import Key
from reportgen.model.inputs import number_of_key
from reportgen.model.model import DISTRIBUTIONS, Assumption, InputValue, Model, Quantity, Range, Table
from reportgen.model.spec import ModelSpec, TableSpec
from reportgen.model.table_rows import RowSpec
from reportgen.model.written import PerOption
from reportgen.problems import Collector
from reportgen.source import NOWHERE

COLUMNS = FROM, TO = "from", "to"


def cell_names(table: str, rows: int) -> tuple[tuple[str, str], ...]:
    """What the numbers of a table are called, row by row."""
    return tuple((f"{table}.{row}.{FROM}", f"{table}.{row}.{TO}") for row in range(1, rows + 1))


def rows_by_table(written: TableSpec, options: tuple[str, ...]) -> Iterator[tuple[str, tuple[RowSpec, ...]]]:
    """The tables that one entry of the file stands for, by name: one, or that of each option."""
    if not isinstance(written.rows, PerOption):
        yield written.id.text, written.rows
        return
    for option in options:
        yield f"{written.id}.{option}", written.rows.get(option) or ()


def tables_with_inputs(spec: ModelSpec) -> frozenset[str]:
    """The names, as in the file, of tables some number of which has a range or may be named by a question."""
    named = {name.partition(".")[0] for name in _named_by_questions(spec)}
    options = tuple(option.id.text for option in spec.options)
    return frozenset(each.id.text for each in spec.tables if each.id.text in named or _has_range(each, options))


def _has_range(table: TableSpec, options: tuple[str, ...]) -> bool:
    cells = (cell for _, rows in rows_by_table(table, options) for row in rows for cell in row)
    return any(cell.low or cell.high or cell.distribution for cell in cells)


def _named_by_questions(spec: ModelSpec) -> Iterator[str]:
    for scenario in spec.scenarios:
        yield from (name.text for name, _ in scenario.settings)
    for figure in spec.assessment.published:
        yield from (name.text for name, _ in figure.settings)
    for each in spec.assessment.ranges:
        yield from (name.text for name in each.inputs)
    for correlation in spec.simulation.correlations if spec.simulation else ():
        yield from (name.text for name in correlation.between)
    if spec.sensitivity is not None:
        yield from (name.text for name in spec.sensitivity.inputs)
        grid = spec.sensitivity.grid
        yield from (axis.driver.text for axis in ((grid.rows, grid.columns) if grid else ()))


def check_cells(table: Table, written: Iterable[RowSpec], problems: Collector) -> tuple[Table, tuple[Assumption, ...]]:
    """A table whose numbers are inputs, and each of these with its range. Reports RG402 and RG403."""
    found = []
    cells = [cell for row in written for cell in row]
    for cell, quantity in zip(cells, cell_quantities(table), strict=True):
        key = Key(quantity.name)
        limits = Range(*(number_of_key(each, key, quantity.unit, problems) for each in (cell.low, cell.high)))
        named = replace(quantity, span=cell.span)
        found.append(Assumption(named, (key,), {key: limits}, str(cell.distribution or DISTRIBUTIONS[0])))
    names = cell_names(table.id, len(table.rows))
    return replace(table, cells=tuple((Key(start), Key(result)) for start, result in names)), tuple(found)


def cell_quantities(table: Table) -> Iterator[Quantity]:
    """What the numbers of a table are, row by row."""
    for row, names in enumerate(cell_names(table.id, len(table.rows)), 1):
        for name, unit, column in zip(names, (table.from_unit, table.to_unit), COLUMNS, strict=True):
            title = f"{table.title}, row {row}" + (", start" if column == FROM else "")
            yield Quantity(name, title, unit, False, table.sources, table.note, NOWHERE)


def with_cells(model: Model, names: Iterable[str]) -> Model:
    """The model in which the numbers of the tables that are named are inputs, although no question asks about them."""
    wanted = {name.partition(".")[0] for name in names}
    definitions, quantities = dict(model.definitions), dict(model.quantities)
    for table in model.tables.values():
        if table.id.partition(".")[0] in wanted and not table.cells:
            numbers = (number for row in table.rows for number in row)
            for quantity, number in zip(cell_quantities(table), numbers, strict=True):
                definitions[Key(quantity.name)] = InputValue(number)
                quantities[quantity.name] = quantity
    more: dict[Key, tuple[Key, ...]] = dict.fromkeys(definitions.keys() - model.definitions.keys(), ())
    dependencies = replace(model.dependencies, direct={**model.dependencies.direct, **more})
    return replace(model, definitions=definitions, quantities=quantities, dependencies=dependencies)


def with_rows(model: Model) -> Model:
    """The model with the rows that the numbers of its tables come to, where these are inputs."""

    def value(name: str, otherwise: float) -> float:
        definition = model.definitions.get(Key(name))
        return definition.value if isinstance(definition, InputValue) else otherwise

    def rows(table: Table) -> tuple[tuple[float, float], ...]:
        pairs = zip(cell_names(table.id, len(table.rows)), table.rows, strict=True)
        return tuple((value(start, row[0]), value(result, row[1])) for (start, result), row in pairs)

    return replace(model, tables={id_: replace(each, rows=rows(each)) for id_, each in model.tables.items()})
