"""What has to be true of a model's numbers and dates, one function each.

They run when every number is in the unit it counts in. A number whose unit does not fit is NaN by then: that is
reported already, and no comparison with NaN is true, so that each rule is worded as what breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from reportgen.formula.nodes import Key, Method
from reportgen.formula.units import Unit
from reportgen.model.assessment import Assessment, Interval
from reportgen.model.model import (
    BASE_SCENARIO,
    Assumption,
    BreakEven,
    CashFlow,
    Definition,
    Group,
    InputValue,
    Sensitivity,
    Simulation,
    Table,
)
from reportgen.model.spec import AssumptionSpec, ModelSpec
from reportgen.model.written import NumberSpec, PerOption, Text
from reportgen.problems import Collector
from reportgen.source import Span
from reportgen.uri import NoLinkError, link


@dataclass(frozen=True, slots=True)
class Parts:
    """A model as written, and those of its parts that could be made of it."""

    spec: ModelSpec
    options: tuple[str, ...]
    definitions: Mapping[Key, Definition]
    groups: tuple[Group, ...]
    tables: Mapping[str, Table]
    sensitivity: Sensitivity | None
    break_evens: tuple[BreakEven, ...]
    cash_flow: CashFlow | None
    simulation: Simulation | None
    assessment: Assessment

    @property
    def assumptions(self) -> dict[str, Assumption]:
        return {each.quantity.name: each for group in self.groups for each in group.assumptions}


def run_checks(parts: Parts, problems: Collector) -> None:
    """Reports RG209, RG212, RG214 and the warning RG215."""
    for check in CHECKS:
        check(parts, problems)


def horizon_is_positive(parts: Parts, problems: Collector) -> None:
    horizon = parts.spec.horizon
    if horizon is not None and horizon.value <= 0:
        problems.error("RG212", "the horizon is greater than zero", horizon.span, "for example 3 year")


def sources_are_of_their_day(parts: Parts, problems: Collector) -> None:
    """What a source said only after `as_of` cannot be what the model knew on that day."""
    as_of = parts.spec.as_of.day
    for source in parts.spec.citations:
        if source.accessed is not None and source.accessed.day > as_of > date.min:
            message = f"a source was accessed on {source.accessed.day}, after the model's day, {as_of}"
            hint = "correct the day, or move `as_of` to the day on which the model was last brought up to date"
            problems.error("RG214", message, source.accessed.span, hint)


def addresses_can_be_links(parts: Parts, problems: Collector) -> None:
    for url in (source.url for source in parts.spec.citations if source.url is not None):
        try:
            link(url.text)
        except NoLinkError as error:
            message = f"`{url.text[:80]}` cannot be a link and is shown as text: {error}"
            problems.warning("RG215", message, url.span, error.hint)


def lows_and_highs_enclose_values(parts: Parts, problems: Collector) -> None:
    for written, assumption in _assumptions(parts):
        for key, found in assumption.ranges.items():
            given, low, high = parts.definitions.get(key), found.low, found.high
            if not isinstance(given, InputValue):
                continue
            if low is not None and high is not None and low > high:
                message = f"the low of `{key}`, {low:.12g}, is above its high, {high:.12g}"
                problems.error("RG212", message, _span(written.low, key))
            elif low is not None and low > given.value:
                message = f"the low of `{key}`, {low:.12g}, is above its value, {given.value:.12g}"
                problems.error("RG212", message, _span(written.low, key))
            elif high is not None and high < given.value:
                message = f"the high of `{key}`, {high:.12g}, is below its value, {given.value:.12g}"
                problems.error("RG212", message, _span(written.high, key))


def distributions_have_ends(parts: Parts, problems: Collector) -> None:
    """A distribution needs a low and a high, and a lognormal one numbers above nothing."""
    for written, assumption in _assumptions(parts):
        if written.distribution is None:
            continue
        for key, found in assumption.ranges.items():
            if found.low is None or found.high is None:
                message = f"`{key}` has a distribution but no low and high"
                problems.error("RG212", message, written.distribution.span, "add `low:` and `high:`")
            elif written.distribution.text == "lognormal" and found.low <= 0:
                message = f"a lognormal number is greater than zero; the low of `{key}` is {found.low:.12g}"
                hint = "raise the low, or take another distribution"
                problems.error("RG212", message, written.distribution.span, hint)


def rows_rise(parts: Parts, problems: Collector) -> None:
    for written in parts.spec.tables:
        starts = [start for start, _ in parts.tables[written.id.text].rows]
        for at in _falls(starts):
            problems.error("RG212", "the rows' first numbers rise from row to row", written.rows[at][0].span)


def lines_have_two_rows(parts: Parts, problems: Collector) -> None:
    for table in parts.spec.tables:
        if table.method.text == Method.LINEAR.value and len(table.rows) == 1:
            hint = "add a row, or write `method: step`"
            problems.error("RG212", "straight lines need two rows or more", table.rows[0][0].span, hint)


def graduated_tables_begin_at_nothing(parts: Parts, problems: Collector) -> None:
    for table in parts.spec.tables:
        starts = [start for start, _ in parts.tables[table.id.text].rows[:1]]
        if table.method.text == Method.GRADUATED.value and starts not in ([], [0]):
            message = "the first row of a graduated table is at 0, so that every unit has a price"
            problems.error("RG212", message, table.rows[0][0].span, "write a first row of [0, price]")


def scenarios_have_titles_of_their_own(parts: Parts, problems: Collector) -> None:
    """Spreadsheets look a scenario up by its title, and do so in any case of letters."""
    titles = {BASE_SCENARIO.title.casefold()}
    for scenario in parts.spec.scenarios:
        if scenario.id.text == BASE_SCENARIO.id:
            message = "`base` stands for the model's own values"
            problems.error("RG209", message, scenario.id.span, "choose another name for the scenario")
        if scenario.title and scenario.title.casefold() in titles:
            message = f"another scenario is called `{scenario.title}`"
            problems.error("RG209", message, scenario.id.span, "the titles tell them apart in the workbook")
        titles.add(scenario.title.casefold())


def sensitivity_has_something_to_vary(parts: Parts, problems: Collector) -> None:
    written, found = parts.spec.sensitivity, parts.sensitivity
    if written is None or found is None:
        return
    if written.swing is None:
        for name in written.inputs:
            assumption = parts.assumptions.get(name.text)
            if assumption is not None and not any(_varies(assumption, key) for key in assumption.ranges):
                hint = "give it both, or give the sensitivity a swing: `swing: 10 %`"
                problems.error("RG212", f"`{name}` has no low and high to go between", name.span, hint)
    elif found.swing is not None and (found.swing <= 0 or found.swing > 1):
        problems.error("RG212", "the swing is a share between 0 and 100 %", written.swing.span, "for example 10 %")
    if written.between and len(_distinct(written.between)) != 2:
        problems.error("RG212", "the difference is between two options", written.between[0].span)
    if written.grid is None and not written.inputs and not problems.failed and not _any_moves(parts):
        hint = "give one of them both, or give the sensitivity a swing: `swing: 10 %`"
        problems.error("RG212", "no input has a low or a high to go to", written.of.span, hint)


def _any_moves(parts: Parts) -> bool:
    """Whether a sensitivity that names no inputs has one to look at."""
    ranges = [each for assumption in parts.assumptions.values() for each in assumption.ranges.values()]
    swings = parts.sensitivity is not None and parts.sensitivity.swing is not None
    return any(swings or (each.low, each.high) != (None, None) for each in ranges)


def grid_has_two_rising_axes(parts: Parts, problems: Collector) -> None:
    written = parts.spec.sensitivity.grid if parts.spec.sensitivity else None
    if written is None or parts.sensitivity is None or parts.sensitivity.grid is None:
        return
    rows, columns = parts.sensitivity.grid
    if rows.driver == columns.driver:
        message = "rows and columns have the same driver"
        problems.error("RG212", message, written.columns.driver.span, "name another input")
    for axis, found in ((written.rows, rows), (written.columns, columns)):
        for at in _falls(found.values):
            problems.error("RG212", "the values rise from one to the next", axis.values[at].span)


def break_evens_go_somewhere(parts: Parts, problems: Collector) -> None:
    found = {each.id: each for each in parts.break_evens}
    for written in parts.spec.break_evens:
        if written.between and len(_distinct(written.between)) < 2:
            hint = f"name two of {', '.join(parts.options)}"
            problems.error("RG212", "a break-even is between two options or more", written.between[0].span, hint)
        made = found.get(written.id.text)
        if made is not None and made.start >= made.end:
            message = f"the range from {made.start:.12g} to {made.end:.12g} is empty"
            problems.error("RG212", message, written.start.span, "`from` is the smaller of the two")


def discount_rate_leaves_something(parts: Parts, problems: Collector) -> None:
    written, found = parts.spec.cash_flow, parts.cash_flow
    given = None if found is None else parts.definitions.get(found.discount_rate)
    if written is None or found is None or not isinstance(given, InputValue):
        return
    unit = parts.assumptions[found.discount_rate.name].quantity.unit
    if _share(given.value, unit) <= -1:
        message = f"a discount rate of {given.value:g} {unit} leaves nothing to discount by"
        problems.error("RG212", message, written.discount_rate.span, "a rate is above -100 %/year")


def correlations_are_possible(parts: Parts, problems: Collector) -> None:
    if parts.spec.simulation is None or parts.simulation is None or not parts.spec.simulation.correlations:
        return
    found = {(str(each.first), str(each.second)): each for each in parts.simulation.correlations}
    before = len(problems.problems)
    for written in parts.spec.simulation.correlations:
        if len(written.between) != 2 or len(_distinct(written.between)) != 2:
            problems.error("RG212", "a correlation is between two inputs", written.span)
            continue
        made = found.get((written.between[0].text, written.between[1].text))
        if made is None:
            continue
        if made.value < -1 or made.value > 1:
            message = f"a correlation lies between -1 and 1; this is {made.value:g}"
            problems.error("RG212", message, written.value.span)
        for key, name in zip((made.first, made.second), written.between, strict=True):
            if not _varies(parts.assumptions[key.name], key):
                problems.error("RG212", f"`{key}` has no low and high, so it does not move", name.span)
    keys = list(dict.fromkeys(key for each in found.values() for key in (each.first, each.second)))
    matrix = np.eye(len(keys))
    for each in found.values():
        first, second = keys.index(each.first), keys.index(each.second)
        matrix[first, second] = matrix[second, first] = each.value
    sound = len(problems.problems) == before and bool(np.isfinite(matrix).all())
    if keys and sound and np.linalg.eigvalsh(matrix).min() < -1e-9:
        hint = "the correlation matrix is not positive definite; bring the values nearer to 0"
        problems.error("RG212", "these correlations contradict each other", parts.spec.simulation.span, hint)


def published_figures_can_be_printed(parts: Parts, problems: Collector) -> None:
    for written, found in zip(parts.spec.published, parts.assessment.published, strict=True):
        if written.step is not None and found.step <= 0:
            hint = "leave it out for a figure that is exact"
            problems.error("RG212", "a step is greater than zero", written.step.span, hint)
        ends = (found.states.start, found.states.end) if isinstance(found.states, Interval) else (None, None)
        if ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]:
            hint = "`from` is the smaller of the two"
            problems.error("RG212", "the interval is empty", written.states.span, hint)


def threshold_is_in_reach(parts: Parts, problems: Collector) -> None:
    checklist = parts.spec.checklist
    if checklist is not None and 0 < len(checklist.questions) < checklist.threshold.value:
        message = f"{checklist.threshold.value:.0f} of {len(checklist.questions)} questions cannot be answered yes"
        problems.error("RG212", message, checklist.threshold.span, "lower the threshold")


def scores_are_on_the_scale(parts: Parts, problems: Collector) -> None:
    written, found = parts.spec.scorecard, parts.assessment.scorecard
    if written is None or found is None:
        return
    if found.highest <= 0:
        problems.error("RG212", "the highest score is greater than zero", written.highest.span, "for example 5")
    for criterion, made in zip(written.criteria, found.criteria, strict=True):
        if made.weight < 0:
            problems.error("RG212", "a weight is zero or more", criterion.weight.span)
        for option, score in made.scores.items():
            if score < 0 or score > found.highest:
                message = f"the score {score:.12g} is not between 0 and {found.highest:.12g}"
                problems.error("RG212", message, _span(criterion.scores, Key("", option)))
    missing = 100 - sum(each.weight for each in found.criteria)
    if abs(missing) > 1e-9:
        message = f"the weights sum to {100 - missing:.12g} %, not to 100 %"
        hint = f"{abs(missing):.12g} % {'are missing' if missing > 0 else 'are too much'}"
        problems.error("RG212", message, written.span, hint)


CHECKS: tuple[Callable[[Parts, Collector], None], ...] = (
    horizon_is_positive,
    sources_are_of_their_day,
    addresses_can_be_links,
    lows_and_highs_enclose_values,
    distributions_have_ends,
    rows_rise,
    lines_have_two_rows,
    graduated_tables_begin_at_nothing,
    scenarios_have_titles_of_their_own,
    sensitivity_has_something_to_vary,
    grid_has_two_rising_axes,
    break_evens_go_somewhere,
    discount_rate_leaves_something,
    correlations_are_possible,
    published_figures_can_be_printed,
    threshold_is_in_reach,
    scores_are_on_the_scale,
)


def _assumptions(parts: Parts) -> Iterator[tuple[AssumptionSpec, Assumption]]:
    """Each assumption as written and as understood."""
    for written, group in zip(parts.spec.groups, parts.groups, strict=False):  # the horizon's group is not written
        yield from zip(written.assumptions, group.assumptions, strict=True)


def _varies(assumption: Assumption, key: Key) -> bool:
    found = assumption.ranges.get(key)
    return found is not None and found.low is not None and found.high is not None


def _span(written: NumberSpec | PerOption[NumberSpec] | None, key: Key) -> Span | None:
    if isinstance(written, PerOption):
        written = written.get(key.option or "")
    return written.span if written else None


def _falls(values: Iterable[float]) -> list[int]:
    """Where a number is not above the one before it."""
    return [at for at, (earlier, later) in enumerate(pairwise(values), 1) if later <= earlier]


def _distinct(names: Iterable[Text]) -> frozenset[str]:
    return frozenset(name.text for name in names)


def _share(value: float, unit: Unit) -> float:
    return value / 100 if str(unit).startswith("%") else value
