"""Tables as they are understood: with the rows of each option, and with their numbers as inputs where questions ask
about some of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from reportgen.formula.nodes import Key, Method
from reportgen.model.model import Assumption, InputValue, Table
from reportgen.model.option_values import Wanted, each_option
from reportgen.model.question_context import in_unit
from reportgen.model.spec import ModelSpec, TableSpec
from reportgen.model.table_numbers import check_cells, rows_by_table
from reportgen.model.table_rows import RowSpec
from reportgen.model.written import PerOption, Text
from reportgen.problems import Collector


def check_tables(
    spec: ModelSpec, live: Collection[str], sources: Callable[[tuple[Text, ...]], tuple[str, ...]], problems: Collector
) -> tuple[dict[str, Table], tuple[Assumption, ...], dict[Key, InputValue]]:
    """All tables by name; the numbers of those that are `live` as inputs, and their values. Reports RG210, RG211, RG402
    and RG403."""
    tables: dict[str, Table] = {}
    numbers: list[Assumption] = []
    options = {each.id.text: each.title for each in spec.options}
    for written in spec.tables:
        rows = dict(rows_by_table(written, tuple(options)))
        for table in _tables(written, options, sources(written.sources), problems):
            tables[table.id] = table
            if written.id.text in live:
                tables[table.id], inputs = check_cells(table, rows[table.id], problems)
                numbers += inputs
    found = (pair for each in tables.values() for pair in zip(each.cells, each.rows, strict=bool(each.cells)))
    values = {key: InputValue(value) for keys, row in found for key, value in zip(keys, row, strict=True)}
    return tables, tuple(numbers), values


def _tables(
    written: TableSpec, options: Mapping[str, str], sources: tuple[str, ...], problems: Collector
) -> Iterator[Table]:
    """A table, or that of each option, by its title."""
    name = written.id.text
    if not isinstance(written.rows, PerOption):
        yield _table(written, name, written.rows, sources, problems)
        return
    wanted = Wanted(f"table `{name}`", written.id.span, "with its rows")
    per_option: Iterable[tuple[str, tuple[RowSpec, ...]]] = each_option(written.rows, wanted, tuple(options), problems)
    for option, rows in per_option:
        table = _table(written, f"{name}.{option}", rows, sources, problems)
        title = f"{written.title}, {options[option]}"
        yield replace(table, title=title, option=option, common_title=written.title)


def _table(
    written: TableSpec, name: str, rows: tuple[RowSpec, ...], sources: tuple[str, ...], problems: Collector
) -> Table:
    units, what = (written.from_unit.unit, written.to_unit.unit), "a row's number"
    numbers = tuple(
        (in_unit(start.value, units[0], what, problems), in_unit(to.value, units[1], what, problems))
        for start, to in rows
    )
    return Table(name, written.title, *units, Method(written.method.text), numbers, sources, written.note)
