"""Checks of inputs: whether formulas can use them, whether they lie where they are said to lie, and their units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportgen.formula.nodes import AxisRow, Key, Method
from reportgen.formula.time_trees import MONTH
from reportgen.model.changes import Change
from reportgen.model.inputs import HORIZON
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cell_scale import SHARE_DIGITS
from reportgen.workbook.changes import share_cell
from reportgen.workbook.checks import Check, more, portions, size
from reportgen.workbook.expressions import Constant, Expression, added, cell, cells_of
from reportgen.workbook.log_layout import changes_told
from reportgen.workbook.plan import ASSUMPTIONS, FIRST, LABEL, LOG, UNIT, Plan
from reportgen.workbook.rows import Kind
from reportgen.workbook.scenario_columns import ACTIVE, BASE, HIGH, LOW
from reportgen.workbook.timeline_layout import AXIS_ROWS, TIMELINE, steps_area
from reportgen.workbook.titles import Text, derived_title, phrase, table_title, title_on_sheet
from reportgen.workbook.translated_parts import scaled


def usable_inputs(plan: Plan) -> Iterator[Check]:
    """Formulas find a number wherever they look for one, and a scenario of the list."""
    yield from _numbers(plan)
    yield from _changes(plan)
    yield _scenario(plan)
    yield from _ends(plan)
    yield from _tables(plan)
    yield from _rules(plan)


def _numbers(plan: Plan) -> Iterator[Check]:
    """An empty base would count as 0, unseen."""
    rows = [plan.bases[key] for each in plan.model.assumptions for key in each.keys]
    rows += [each._replace(column=BASE) for each in plan.literal_cells.values()]
    for number, portion in enumerate(portions(blocks(rows), (_numbers_in, _units_beside))):
        title = message("Every assumption is a number") + more(number)
        yield Check(title, ASSUMPTIONS, message("inputs"), _numbers_in(portion), _units_beside(portion))


def _numbers_in(areas: Sequence[Area]) -> Expression:
    return f.COUNT(*map(cells_of, areas))


def _units_beside(areas: Sequence[Area]) -> Expression:
    return _filled([area._replace(left=UNIT, right=UNIT) for area in areas])


def _filled(areas: Sequence[Area]) -> Expression:
    return f.COUNTA(*map(cells_of, areas))


def _rows_in(areas: Sequence[Area]) -> Expression:
    """How many rows hold anything in the columns beside their units, up to the first number."""
    return added(*map(_filled_rows, areas))


def _filled_rows(units: Area) -> Expression:
    label, unit, first = (cells_of(units._replace(left=at, right=at)) for at in (LABEL, UNIT, FIRST))
    filled = (label & unit & first).differs("")
    return f.SUMPRODUCT(filled * 1.0) if units.several else f.IF(filled, 1.0, 0.0)


def _changes(plan: Plan) -> Iterator[Check]:
    """An empty share would change nothing, unseen."""
    model = plan.model
    places = [
        share_cell(plan, key, scenario)
        for scenario in model.scenarios
        for key, own in scenario.own.items()
        if isinstance(own, Change)
    ]
    for number, portion in enumerate(portions(blocks(places), (_numbers_in, _cells_in))):
        title = message("Every change in proportion is a number") + more(number)
        yield Check(title, ASSUMPTIONS, message("inputs"), _numbers_in(portion), _cells_in(portion))


def _cells_in(areas: Sequence[Area]) -> Expression:
    return added(*map(size, areas))


def _scenario(plan: Plan) -> Check:
    same = cells_of(plan.scenario_titles).equals(cell(plan.selector))
    found = f.SUMPRODUCT(same * 1.0) if plan.scenario_titles.several else f.IF(same, 1.0, 0.0)
    return Check(
        message("The scenario is one of the list"), plan.selector.sheet, message("scenarios"), found, Constant(1.0)
    )


def _input_columns(plan: Plan) -> tuple[Expression, ...] | None:
    """Active, Base, Low and High of all assumptions; what stands between their groups is empty there."""
    rows = [each.row for each in plan.bases.values()]
    if not rows:
        return None
    chosen = (ACTIVE, BASE, LOW, HIGH)
    return tuple(cells_of(Area(ASSUMPTIONS, min(rows), column, max(rows), column)) for column in chosen)


def _ends(plan: Plan) -> Iterator[Check]:
    """Low, Base and High rise."""
    areas = _input_columns(plan)
    if areas is None:
        return
    _, base, low, high = areas
    kept = f.SUMPRODUCT(low.differs("") * (low <= base)) + f.SUMPRODUCT(high.differs("") * (high >= base))
    yield Check(
        message("Low is at most Base, High at least Base"), ASSUMPTIONS, message("ends"), kept, f.COUNT(low, high)
    )


def within_ranges(plan: Plan) -> Iterator[Check]:
    """Active values between Low and High, where both are stated; a scenario may go beyond them on purpose."""
    areas = _input_columns(plan)
    if areas is None:
        return
    active, _, low, high = areas
    stated = low.differs("") * high.differs("")
    yield Check(
        message("Active values lie between Low and High"),
        ASSUMPTIONS,
        message("inputs"),
        f.SUMPRODUCT(stated * (low <= active) * (active <= high)),
        f.SUMPRODUCT(stated),
        note=message("Of inputs with both; a scenario may go beyond on purpose."),
    )


def _tables(plan: Plan) -> Iterator[Check]:
    """Rows are pairs of numbers, and the first of them rise: else a lookup finds nothing, or something else. Graduated
    prices begin at 0: else the first units would have none."""
    for table in plan.model.tables.values():
        starts, results = plan.tables[table.id]
        named = table_title(plan, table)
        title = phrase("{table}: pairs of numbers", table=named)
        yield Check(
            title,
            ASSUMPTIONS,
            message("numbers"),
            f.COUNT(*map(cells_of, (starts, results))),
            size(starts) + size(results),
        )
        if table.method is Method.GRADUATED:
            first = cell(Address(starts.sheet, starts.top, starts.left))
            yield Check(
                phrase("{table}: begins at 0", table=named),
                ASSUMPTIONS,
                unit_words(table.from_unit),
                first,
                Constant(0.0),
            )
        if starts.several:
            yield _rising(phrase("{table}: first numbers rise", table=named), starts, message("steps"))


def _rules(plan: Plan) -> Iterator[Check]:
    """What inputs about time have to be together: dates that rise, shares of 100 %."""
    for rule in plan.model.input_rules:
        title = derived_title(plan, rule.keys[0].name, rule.title)
        cells = [plan.cells[key] for key in rule.keys]
        areas = blocks(cells)
        if not rule.rising:
            shares = f.ROUND(f.SUM(*map(cells_of, areas)), SHARE_DIGITS)
            yield Check(title, ASSUMPTIONS, "1", shares, Constant(1.0))
        elif len(areas) == 1:
            yield _rising(title, areas[0], message("dates"))
        else:
            pairs = [f.IF(cell(before) < cell(after), 1.0, 0.0) for before, after in pairwise(cells)]
            yield Check(title, ASSUMPTIONS, message("dates"), added(*pairs), Constant(float(len(pairs))))


def _rising(title: Text, area: Area, unit: str) -> Check:
    """Each number of a column is greater than the one above it."""
    upper, lower = cells_of(area.without_last), cells_of(area.without_first)
    return Check(title, ASSUMPTIONS, unit, f.SUMPRODUCT((upper < lower) * 1.0), f.ROWS(lower))


_WITHOUT_UNIT = frozenset(
    (
        Kind.GAP,
        Kind.HEADING,
        Kind.NUMBERS_HEAD,
        Kind.CHANGES_HEAD,
        Kind.TABLE_HEAD,
        Kind.SHARED_HEAD,
        Kind.OPTION_HEAD,
        Kind.STATE,
        Kind.LITERAL_HEAD,
    )
)


def units(plan: Plan) -> Iterator[Check]:
    """Every row of numbers has a unit."""
    for sheet, rows in plan.rows.items():
        areas = blocks([Address(sheet, row.number, UNIT) for row in rows if row.kind not in _WITHOUT_UNIT])
        for number, portion in enumerate(portions(areas, (_filled, _rows_in))):
            named = title_on_sheet(plan, sheet)
            title = phrase("{sheet}: a unit on every row{more}", sheet=named, more=more(number))
            yield Check(title, sheet, message("rows"), _filled(portion), _rows_in(portion))


def horizon(plan: Plan) -> Check:
    """A horizon that is longer than the steps laid out on Timeline would be cut there."""
    timeline, own = plan.model.timeline, Key(HORIZON)
    assert timeline is not None
    length = scaled(cell(plan.cells[own]), plan.model.quantities[HORIZON].unit.factors_to(MONTH))
    last = cells_of(steps_area(plan.model, AXIS_ROWS[AxisRow.END]))
    return Check(
        message("The horizon lies within the steps of the timeline"),
        TIMELINE,
        message("month"),
        f.MIN(length, f.MAX(last)),
        length,
    )


def inputs_changed(plan: Plan) -> Check:
    """Whether the book is still what it was when it was made."""
    changed = plan.changed_inputs
    note = message("Inputs lists what each was, and marks what is changed.")
    return Check(
        message("Inputs that were changed"), changed.sheet, message("inputs"), cell(changed), Constant(0.0), note=note
    )


def changes_explained(plan: Plan) -> Check:
    """Changed inputs while nobody has written a line into the log."""
    changed = f.IF(f.COUNTA(changes_told()).equals(0.0), cell(plan.changed_inputs), 0.0)
    title, note = message("Changed inputs while Log is empty"), message("Say on Log who changed what, and why.")
    return Check(title, LOG, message("inputs"), changed, Constant(0.0), note=note)
