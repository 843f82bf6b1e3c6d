"""Checks of inputs: whether formulas can use them, whether they lie where they are said to lie, and their units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.formula.units import YEAR
from reportgen.model.inputs import HORIZON
from reportgen.model.model import InputValue
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.cash_flow_layout import WEIGHT, CashFlowLayout
from reportgen.workbook.checks import Check, added, listed, more, portions
from reportgen.workbook.formula_text import factor_text
from reportgen.workbook.plan import ACTIVE, ASSUMPTIONS, BASE, CHECKS, UNIT, Plan
from reportgen.workbook.rows import Kind


def usable_inputs(plan: Plan) -> Iterator[Check]:
    """Formulas find a number wherever they look for one, and a scenario of the list."""
    yield from _numbers(plan)
    yield _scenario(plan)
    yield from _ends(plan)
    yield from _tables(plan)


def _numbers(plan: Plan) -> Iterator[Check]:
    """An empty base would count as 0, unseen."""
    rows = [plan.bases[key] for each in plan.model.assumptions for key in each.keys]
    rows += [Address(ASSUMPTIONS, cell.row, BASE) for cell in plan.literal_cells.values()]
    for number, portion in enumerate(portions(blocks(rows), (_numbers_in, _units_beside))):
        count = float(sum(area.bottom - area.top + 1 for area in portion))
        title = "Every assumption is a number" + more(number)
        texts = _numbers_in(portion), _units_beside(portion)
        yield Check(title, ASSUMPTIONS, "inputs", count, count, *texts)


def _numbers_in(areas: Sequence[Area]) -> str:
    return f"=COUNT({listed(areas)})"


def _units_beside(areas: Sequence[Area]) -> str:
    return _filled([replace(area, left=UNIT, right=UNIT) for area in areas])


def _filled(areas: Sequence[Area]) -> str:
    return f"=COUNTA({listed(areas)})"


def _rows_in(areas: Sequence[Area]) -> str:
    return f"={added('ROWS', areas)}"


def _scenario(plan: Plan) -> Check:
    selected, titles = plan.selector.seen_from(CHECKS), plan.scenario_titles
    same = f"{titles.seen_from(CHECKS)}={selected}"
    text = f"=SUMPRODUCT(({same})*1)" if titles.several else f"=IF({same},1,0)"
    return Check("The scenario is one of the list", plan.selector.sheet, "scenarios", 1.0, 1.0, text, "=1")


def _input_columns(plan: Plan) -> tuple[Area, ...] | None:
    """Active, Base, Low and High of all assumptions; what stands between their groups is empty there."""
    rows = [cell.row for cell in plan.bases.values()]
    if not rows:
        return None
    chosen = (ACTIVE, BASE, plan.low_column, plan.high_column)
    return tuple(Area(ASSUMPTIONS, min(rows), column, max(rows), column) for column in chosen)


def _ends(plan: Plan) -> Iterator[Check]:
    """Low, Base and High rise."""
    areas = _input_columns(plan)
    if areas is None:
        return
    _, base, low, high = (area.seen_from(CHECKS) for area in areas)
    stated = kept = 0
    for assumption in plan.model.assumptions:
        for key, limits in assumption.ranges.items():
            definition = plan.model.definitions[key]
            assert isinstance(definition, InputValue)
            stated += (limits.low is not None) + (limits.high is not None)
            kept += limits.low is not None and limits.low <= definition.value
            kept += limits.high is not None and limits.high >= definition.value
    left = f'=SUMPRODUCT(({low}<>"")*({low}<={base}))+SUMPRODUCT(({high}<>"")*({high}>={base}))'
    title = "Low is at most Base, High at least Base"
    yield Check(title, ASSUMPTIONS, "ends", float(kept), float(stated), left, f"=COUNT({low},{high})")


def within_ranges(plan: Plan, results: Answers) -> Iterator[Check]:
    """Active values between Low and High, where both are stated; a scenario may go beyond them on purpose."""
    areas = _input_columns(plan)
    if areas is None:
        return
    active, _, low, high = (area.seen_from(CHECKS) for area in areas)
    both = within = 0
    for assumption in plan.model.assumptions:
        for key, limits in assumption.ranges.items():
            if limits.low is not None and limits.high is not None:
                both += 1
                within += limits.low <= results.values[key] <= limits.high
    stated = f'({low}<>"")*({high}<>"")'
    yield Check(
        "Active values lie between Low and High",
        ASSUMPTIONS,
        "inputs",
        float(within),
        float(both),
        f"=SUMPRODUCT({stated}*({low}<={active})*({active}<={high}))",
        f"=SUMPRODUCT({stated})",
        note="Of inputs with both; a scenario may go beyond on purpose.",
    )


def _tables(plan: Plan) -> Iterator[Check]:
    """Rows are pairs of numbers, and the first of them rise: else a lookup finds nothing, or something else."""
    for table in plan.model.tables.values():
        starts, _ = plan.tables[table.id]
        pairs = replace(starts, right=BASE).seen_from(CHECKS)
        count = float(2 * len(table.rows))
        every = f"=ROWS({pairs})*COLUMNS({pairs})"
        yield Check(f"{table.title}: pairs of numbers", ASSUMPTIONS, "numbers", count, count, f"=COUNT({pairs})", every)
        if not starts.several:
            continue
        upper, lower = starts.without_last_row.seen_from(CHECKS), starts.without_first_row.seen_from(CHECKS)
        rising = sum(one[0] < other[0] for one, other in zip(table.rows, table.rows[1:], strict=False))
        yield Check(
            f"{table.title}: first numbers rise",
            ASSUMPTIONS,
            "steps",
            float(rising),
            float(len(table.rows) - 1),
            f"=SUMPRODUCT(({upper}<{lower})*1)",
            f"=ROWS({lower})",
        )


_WITHOUT_UNIT = frozenset(
    (Kind.GAP, Kind.HEADING, Kind.TABLE_HEAD, Kind.SHARED_HEAD, Kind.OPTION_HEAD, Kind.STATE, Kind.LITERAL_HEAD)
)


def units(plan: Plan) -> Iterator[Check]:
    """Every row of numbers has a unit."""
    for sheet, rows in plan.rows.items():
        areas = blocks([Address(sheet, row.number, UNIT) for row in rows if row.kind not in _WITHOUT_UNIT])
        for number, portion in enumerate(portions(areas, (_filled, _rows_in))):
            count = float(sum(area.bottom - area.top + 1 for area in portion))
            title = f"{sheet}: a unit on every row{more(number)}"
            yield Check(title, sheet, "rows", count, count, _filled(portion), _rows_in(portion))


def horizon(plan: Plan, results: Answers, years: int) -> Check:
    """A horizon that is longer than the years laid out on Cash flow would be cut there."""
    factors = plan.model.quantities[HORIZON].unit.factors_to(YEAR)
    text = plan.names[Key(HORIZON)] + "".join(factor_text(factor) for factor in factors)
    length = float(prod((Fraction(results.value(HORIZON)), *factors)))
    rows = CashFlowLayout(years).times(WEIGHT, first=1)
    return Check(
        "The horizon lies within the years laid out",
        rows.sheet,
        "year",
        min(length, float(years)),
        length,
        f"=MIN({text},ROWS({rows.seen_from(CHECKS)}))",
        f"={text}",
    )


def inputs_changed(plan: Plan) -> Check:
    """Whether the book is still what it was when it was made."""
    changed = plan.changed_inputs
    note = "Inputs lists what each was, and marks what is changed."
    formula = f"={changed.seen_from(CHECKS)}"
    return Check("Inputs that were changed", changed.sheet, "inputs", 0.0, 0.0, formula, "=0", note=note)
