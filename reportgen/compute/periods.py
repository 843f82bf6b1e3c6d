"""What changes over time, by period: the numbers of every name of the model that has one for each step.

Internal series, on the way to these, are left out; so are the steps beyond the horizon, which a scenario may reach.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from reportgen.compute.results import Results
from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTH, MONTHS_IN_STEP
from reportgen.formula.units import Unit
from reportgen.model.model import Category, CostStatus, Quantity, Shape, is_one_time
from reportgen.model.names import OVER_TIME, is_made
from reportgen.model.schedules import amounts_unit
from reportgen.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Period:
    """`first`: its first month, `2027-04`, "" where the model does not say when its time begins; `months` of it count;
    `year`: of the timeline, from 0."""

    label: str
    first: str
    months: float
    year: int
    year_label: str


@dataclass(frozen=True, slots=True)
class Course:
    """How a name of the model goes over the periods. `quantity` has its title, and the unit of these numbers; `starts`
    what is paid before the first period: none of a number that is no amount."""

    quantity: Quantity
    starts: dict[str | None, float]
    steps: dict[str | None, tuple[float, ...]]

    @property
    def is_amount(self) -> bool:
        return bool(self.starts)


@dataclass(frozen=True, slots=True)
class Courses:
    """`inputs` that grow or have values by month, `calculations`, and by `category` what its items and itself come to;
    all by name, in the model's order; nothing where nothing changes over time."""

    periods: tuple[Period, ...]
    inputs: dict[str, Course]
    calculations: dict[str, Course]
    categories: dict[str, dict[str, Course]]
    own: dict[str, Course]

    def of(self, name: str) -> Course | None:
        owner = name.partition(".")[0]
        named = (self.inputs, self.calculations, self.categories.get(owner, {}), self.own)
        return next((found[name] for found in named if name in found), None)

    def __bool__(self) -> bool:
        return bool(self.inputs or self.calculations or self.categories)

    @property
    def years(self) -> tuple[str, ...]:
        """What the years of the timeline are called: by their number where nothing says when its time begins."""
        return tuple({each.year: each.year_label or str(each.year + 1) for each in self.periods}.values())

    def by_year(self, course: Course) -> dict[str | None, tuple[float, ...]]:
        """What amounts come to in each year of the timeline, and of other numbers the mean."""
        found = {}
        for option, steps in course.steps.items():
            years: dict[int, list[tuple[float, float]]] = {}
            for period, number in zip(self.periods, steps, strict=True):
                years.setdefault(period.year, []).append((number, period.months))
            found[option] = tuple(
                math.fsum(number for number, _ in each)
                if course.is_amount
                else float(np.average([number for number, _ in each], weights=[months for _, months in each]))
                for each in years.values()
            )
        return found


def courses(results: Results) -> Courses:
    """Everything that changes over time."""
    model = results.model
    timeline = model.timeline
    if timeline is None or Key(MONTHS_IN_STEP) not in results.series:
        return Courses((), {}, {}, {}, {})
    periods = tuple(_periods(timeline, results.series[Key(MONTHS_IN_STEP)]))
    count, named = len(periods), {}
    for name, quantity in model.quantities.items():
        called = name.removesuffix(OVER_TIME)
        if quantity.shape is Shape.STEPS and not is_made(called):
            named[called] = _of_steps(results, replace(quantity, name=called), name, count)
    calculations = {each.name: named[each.name] for each in model.calculations if each.name in named}
    own_names = {each.name for each in model.own_numbers.values()}
    categories = {each.quantity.name: _category(results, each, count) for each in model.categories}
    return Courses(
        periods,
        {name: each for name, each in named.items() if name not in calculations and name not in own_names},
        calculations,
        {name: each for name, each in categories.items() if each},
        {name: each for name, each in named.items() if name in own_names},
    )


def _periods(timeline: Timeline, months: tuple[float, ...]) -> Iterator[Period]:
    for step, counting in enumerate(months):
        if counting > 0:
            first = month_name(timeline.start + step * timeline.length) if timeline.dated else ""
            year = timeline.year_of(step)
            label = timeline.label(step) if first else str(step + 1)
            yield Period(label, first, counting, year, timeline.year_label(year))


def _of_steps(results: Results, quantity: Quantity, series: str, count: int) -> Course:
    options = results.model.option_ids if quantity.per_option else (None,)
    keys = {option: Key(series, option) for option in options}
    steps = {
        option: results.series[key][:count]
        for option, key in keys.items()
        if key in results.series and not isinstance(results.model.definitions[key], CostStatus)
    }
    return Course(quantity, {}, steps)


def _category(results: Results, category: Category, count: int) -> dict[str, Course]:
    """What each item over time comes to, and then the category; nothing where all of it is the same all the time."""
    own_numbers, unit = results.model.own_numbers, amounts_unit(category.quantity.unit)
    moving = {each.name: _item(results, each, unit, count) for each in category.items if each.name in own_numbers}
    if not moving:
        return {}
    starts: dict[str | None, float] = {}
    steps: dict[str | None, tuple[float, ...]] = {}
    still = [each for each in category.items if each.name not in own_numbers]
    for option in results.model.option_ids:
        values = [results.values[Key(each.name, option)] for each in still]
        parts = [(moved.starts.get(option, 0.0), moved.steps.get(option, (0.0,) * count)) for moved in moving.values()]
        parts += [_steady(results, value, category.quantity.unit, unit, count) for value in values]
        starts[option] = math.fsum(start for start, _ in parts)
        steps[option] = tuple(math.fsum(each) for each in zip(*(rest for _, rest in parts), strict=True))
    return {**moving, category.quantity.name: Course(replace(category.quantity, unit=unit), starts, steps)}


def _item(results: Results, item: Quantity, unit: Unit, count: int) -> Course:
    """Its amounts, for each option that has one."""
    series = {option: Key(item.name + OVER_TIME, option) for option in results.model.option_ids}
    found = {
        option: results.series[key]
        for option, key in series.items()
        if not isinstance(results.model.definitions[key], CostStatus)
    }
    starts: dict[str | None, float] = {option: amounts[0] for option, amounts in found.items()}
    steps: dict[str | None, tuple[float, ...]] = {option: each[1 : count + 1] for option, each in found.items()}
    return Course(replace(item, unit=unit), starts, steps)


def _steady(results: Results, value: float, unit: Unit, amounts: Unit, count: int) -> tuple[float, tuple[float, ...]]:
    """What a cost that is the same all the time comes to at the start and in each period."""
    if is_one_time(unit):
        return value, (0.0,) * count
    months = results.series[Key(MONTHS_IN_STEP)][:count]
    return 0.0, tuple((unit * MONTH).convert(value * each, amounts) for each in months)
