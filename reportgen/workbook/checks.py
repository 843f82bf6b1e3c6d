"""The checks of a workbook: two ways to the same number, computed here and live there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from reportgen.compute.results import Results
from reportgen.formula.nodes import Key
from reportgen.model.inputs import HORIZON, YEAR
from reportgen.workbook.address import Area, blocks
from reportgen.workbook.formula_text import factor_text
from reportgen.workbook.plan import CHECKS, FIRST, TOTALS, UNIT, Plan

RELATIVE_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Check:
    """Two numbers that should be the same; formulas give both live."""

    title: str
    left: float
    right: float
    left_formula: str
    right_formula: str

    @property
    def difference(self) -> float:
        """Relative to the larger of them, and to 1 where both are small."""
        return (self.left - self.right) / max(1.0, abs(self.left), abs(self.right))

    @property
    def holds(self) -> bool:
        return abs(self.difference) <= RELATIVE_TOLERANCE


PartValues = Mapping[str, Sequence[Mapping[str, float]]]
"""By total, then by its contributions in order, then by option."""


def checks(plan: Plan, results: Results, parts: PartValues) -> tuple[Check, ...]:
    """Every check of the workbook, in the order of its sheets."""
    return (*_inputs(plan), *_categories(plan, results), *_totals(plan, results, parts))


def _inputs(plan: Plan) -> Iterator[Check]:
    """All active values are numbers; the selected scenario is in the list."""
    active = [plan.cells[key] for assumption in plan.model.assumptions for key in assumption.keys]
    if active:
        areas = blocks(active)
        units = [Area(area.sheet, area.top, UNIT, area.bottom, UNIT) for area in areas]
        count = float(len(active))
        yield Check("Every assumption is a number", count, count, f"=COUNT({_list(areas)})", f"=COUNTA({_list(units)})")
    selected, titles = plan.selector.seen_from(CHECKS), plan.scenario_titles.seen_from(CHECKS)
    yield Check("The scenario is one of the list", 1.0, 1.0, f"=COUNTIF({titles},{selected})", "=1")


def _categories(plan: Plan, results: Results) -> Iterator[Check]:
    """The sum of a category's items over all options is the sum of its totals."""
    model = plan.model
    for category in model.categories:
        name = category.quantity.name
        cells = [plan.cells[key] for item in category.items for key in model.keys_of(item.name)]
        items = sum(results.values[key] for item in category.items for key in model.keys_of(item.name))
        total = sum(results.values[key] for key in model.keys_of(name))
        first, last = cells[0], cells[-1]
        block = Area(first.sheet, first.row, first.column, last.row, last.column)
        totals = blocks([plan.cells[key] for key in model.keys_of(name)])
        title = f"{category.quantity.title}: items add up to the total"
        yield Check(title, items, total, f"=SUM({block.seen_from(CHECKS)})", f"=SUM({_list(totals)})")


def _totals(plan: Plan, results: Results, parts: PartValues) -> Iterator[Check]:
    """What the categories add to a total is the total."""
    model = plan.model
    for total in model.totals:
        rows = plan.contribution_rows[total.name]
        if not rows:
            continue
        left = sum(value for part in parts[total.name] for value in part.values())
        right = sum(results.values[key] for key in model.keys_of(total.name))
        block = Area(TOTALS, rows[0], FIRST, rows[-1], plan.last_option_column)
        totals = blocks([plan.cells[key] for key in model.keys_of(total.name)])
        title = f"{total.title}: categories add up to the total"
        yield Check(title, left, right, f"=SUM({block.seen_from(CHECKS)})", f"=SUM({_list(totals)})")


def horizon_check(plan: Plan, results: Results, years: int) -> Check:
    """A horizon that is longer than the years laid out on Cash flow would be cut there."""
    quantity = plan.model.quantities[HORIZON]
    factors = quantity.unit.factors_to(YEAR)
    horizon = plan.names[Key(HORIZON)] + "".join(factor_text(factor) for factor in factors)
    length = float(prod((Fraction(results.value(HORIZON)), *factors)))
    title = f"The horizon lies within the {years} years of Cash flow"
    return Check(title, min(length, float(years)), length, f"=MIN({horizon},{years})", f"={horizon}")


def _list(areas: list[Area]) -> str:
    return ",".join(area.seen_from(CHECKS) for area in areas)
