"""What changes over time, as tables with a column for each year, or for each step of the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.periods import Course, Period
from reportgen.formula.nodes import Key
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.value_table import STEPS, TableCell, TableRow, ValueTable

MONTHS_IN_YEAR = 12


def over_time_tables(cells: Cells) -> Iterator[ValueTable]:
    """Inputs, calculations, and category by category what its items come to; nothing where nothing changes."""
    courses = cells.results.courses
    if courses.inputs:
        yield from _tables(
            cells, courses.inputs, "inputs", cells.gettext("Assumptions over time"), cells.gettext("Assumption")
        )
    if courses.calculations:
        yield from _tables(
            cells,
            courses.calculations,
            "calculations",
            cells.gettext("Calculations over time"),
            cells.gettext("Calculation"),
        )
    for name, found in courses.categories.items():
        caption = cells.gettext("{category} over time", category=found[name].quantity.title)
        yield from _tables(cells, found, name, caption, cells.gettext("Item"))


def year_titles(cells: Cells) -> tuple[str, ...]:
    """What the years of the timeline are called."""
    titles = {each.year: each.year_label for each in cells.results.courses.periods}
    return tuple(title or cells.gettext("Year {number}", number=year + 1) for year, title in titles.items())


def _tables(cells: Cells, named: Mapping[str, Course], id_: str, caption: str, head: str) -> Iterator[ValueTable]:
    """One table, or one for each year where its steps are shown. `head`: what its rows are."""
    columns, unit_of = cells.results.courses.periods, {each.quantity.unit for each in named.values()}
    is_amount = any(each.is_amount for each in named.values())
    one_unit = is_amount and len(unit_of) == 1
    by_step = shows_steps(cells)
    parts = _parts(cells) if by_step else [_Part("", year_titles(cells), tuple(range(len(year_titles(cells)))))]
    rows = [row for each in named.items() for row in _rows(cells, *each, by_step=by_step, with_unit=not one_unit)]
    for number, part in enumerate(parts):
        first = is_amount and number == 0
        yield ValueTable(
            f"over-time-{id_}-{number}" if by_step else f"over-time-{id_}",
            caption,
            head,
            (*([cells.gettext("Start")] if first else []), *part.heads),
            tuple(
                replace(row, cells=(*starts[:first], *(row.cells[at] for at in part.places))) for row, starts in rows
            ),
            cells.unit_text(next(iter(unit_of))) if one_unit else "",
            columns=STEPS,
            remark="" if is_amount or (by_step and columns[0].months <= 1) else _mean(cells, by_step=by_step),
            part=part.title,
        )


def _mean(cells: Cells, *, by_step: bool) -> str:
    return cells.gettext("The mean over each step.") if by_step else cells.gettext("The mean over each year.")


def shows_steps(cells: Cells) -> bool:
    """Whether steps are asked for and are less than a year."""
    timeline = cells.model.timeline
    return cells.by_step and timeline is not None and timeline.length < MONTHS_IN_YEAR


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns of one table: what they are called, and where they stand among all."""

    title: str
    heads: tuple[str, ...]
    places: tuple[int, ...]


def _parts(cells: Cells) -> list[_Part]:
    """The steps, year by year."""
    found = []
    periods = cells.results.courses.periods
    for year, title in enumerate(year_titles(cells)):
        places = tuple(at for at, each in enumerate(periods) if each.year == year)
        found.append(_Part(title, tuple(step_title(cells, periods[at]) for at in places), places))
    return found


def step_title(cells: Cells, period: Period) -> str:
    """What a step is called."""
    return period.label if period.first else cells.gettext("Step {number}", number=period.label)


def _rows(
    cells: Cells, name: str, course: Course, *, by_step: bool, with_unit: bool
) -> Iterator[tuple[TableRow, tuple[TableCell, ...]]]:
    """A row for each option with every period, and the cell before the first one, if there is one."""
    quantity, model = course.quantity, cells.model
    by_option = course.steps if by_step else cells.results.courses.by_year(course)
    every = [*course.starts.values(), *(number for each in by_option.values() for number in each)]
    decimals = result_decimals(every, quantity.unit)
    if not course.is_amount and any(map(model.is_input, own := model.keys_of(name))):
        written = [cells.results.values[key] for key in own]
        decimals = max(decimals, input_decimals(written, quantity.unit))
    kind = "sum" if any(name == each.quantity.name for each in model.categories) else "item"
    title = quantity.title if kind == "item" else cells.gettext("{category} in total", category=quantity.title)
    for option, numbers in by_option.items():
        mark = cells.incomplete(cells.results.is_incomplete(Key(name, option)))
        starts = [course.starts[option]] if course.is_amount else []
        first = tuple(cells.number(each, quantity.unit, decimals, mark) for each in starts)
        rest = tuple(cells.number(each, quantity.unit, decimals, mark) for each in numbers)
        whole = title if option is None else f"{title}, {model.option(option).title}"
        yield TableRow(whole, name, rest, cells.column_unit(quantity.unit) if with_unit else "", kind=kind), first
