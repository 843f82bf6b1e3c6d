"""From what is written about a timeline to the timeline, and months on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import YEAR, Unit
from reportgen.model.inputs import HORIZON
from reportgen.model.model import InputValue, Model
from reportgen.model.scenarios_model import ScenarioSpec
from reportgen.model.spec import ModelSpec
from reportgen.model.timeline import STEP_MONTHS, UNKNOWN, Timeline
from reportgen.model.written import ChangeSpec, MonthSpec, NumberSpec
from reportgen.problems import Collector
from reportgen.source import Span

MAX_MONTHS = 1200
"""A hundred years: beyond it nobody plans, and a slip in the horizon's unit is the likelier reason."""


def check_timeline(spec: ModelSpec, problems: Collector) -> Timeline | None:
    """The timeline of a model that has a horizon, long enough for every scenario; None for one that has none. Reports
    RG203 and RG212."""
    written, horizon = spec.timeline, spec.horizon
    if _is_unread(spec):
        return UNKNOWN
    if horizon is None:
        if written is not None:
            problems.error("RG203", "a timeline needs a horizon", written.span, "add `horizon: 6 year` at the top")
        return None
    unit = horizon.unit or YEAR
    own = _months(horizon.value, unit)
    horizons = [own, *(_in_scenario(spec, each, own, unit) for each in spec.scenarios)]
    step = written.step.text if written and written.step else "year"
    length, start = STEP_MONTHS[step], spec.as_of.day.year * 12 + spec.as_of.day.month - 1
    if written is not None and written.start is not None:
        start = written.start.month
    if not unit.fits(MONTH):
        return UNKNOWN
    if horizon.value <= 0 or _is_too_long(horizons, horizon.span, problems):
        horizons = [MAX_MONTHS]  # it is reported: no date lies outside for that reason
    discounting = written.discounting.text if written and written.discounting else "end"
    steps = _steps(horizons, length)
    return Timeline(start, length, steps, discounting, written is not None and written.start is not None)


def _in_scenario(spec: ModelSpec, scenario: ScenarioSpec, own: float, unit: Unit, seen: tuple[str, ...] = ()) -> float:
    """Months of the horizon in a scenario, which sets it, changes it in proportion, or takes it from what it is based
    on; `own` are the model's."""
    setting = next((each for name, each in scenario.settings if name.text == HORIZON), None)
    if isinstance(setting, NumberSpec):
        return _months(setting.value, setting.unit or unit)
    bases = {each.id.text: each for each in spec.scenarios if each.id.text not in seen}
    base = bases.get(scenario.based_on.text) if scenario.based_on else None
    before = own if base is None else _in_scenario(spec, base, own, unit, (*seen, base.id.text))
    return before * (1 + setting.share) if isinstance(setting, ChangeSpec) else before


def _is_unread(spec: ModelSpec) -> bool:
    """Whether what says when the timeline begins and ends is there, and could not be read."""
    timeline = spec.timeline
    parts = None if timeline is None else (timeline.start, timeline.step, timeline.discounting)
    no_start = timeline is not None and timeline.start is None
    missing = {"horizon": spec.horizon is None, "timeline": not parts or not any(parts), "start": no_start}
    return any(missing[key] and key in spec.unread for key in missing)


def laid_out(model: Model) -> Model:
    """The model with steps for each horizon that is set in it, as one may be beyond what its author wrote. Raises
    ModelError with RG212."""
    timeline, key = model.timeline, Key(HORIZON)
    given = model.definitions.get(key)
    if timeline is None or not isinstance(given, InputValue):
        return model
    values = [given.value, *(each.settings[key] for each in model.scenarios if key in each.settings)]
    return laid_out_for(model, max(values))


def laid_out_for(model: Model, horizon: float) -> Model:
    """The model with as many steps as a horizon needs, which is in its own unit. Raises ModelError with RG212."""
    quantity, timeline, problems = model.quantities[HORIZON], model.timeline, Collector(model.source)
    if timeline is None:
        return model
    horizons = [_months(horizon, quantity.unit)]
    _is_too_long(horizons, quantity.span, problems)
    problems.raise_if_failed()
    steps = _steps(horizons, timeline.length)
    return model if steps <= timeline.steps else replace(model, timeline=replace(timeline, steps=steps))


def _is_too_long(horizons: Iterable[float], span: Span, problems: Collector) -> bool:
    """Reports RG212."""
    longest = max(horizons)
    if longest > MAX_MONTHS:
        message = f"a timeline has at most {MAX_MONTHS:,} months; the horizon is {longest:,.12g}"
        problems.error("RG212", message, span, "for example 6 year")
    return longest > MAX_MONTHS


def _steps(horizons: Iterable[float], length: int) -> int:
    """How many steps the longest one begins, but for the last bits of a sum."""
    return max(1, *(math.ceil(each / length - 1e-9) for each in horizons))


def _months(value: float, unit: Unit) -> float:
    return unit.convert(value, MONTH) if unit.fits(MONTH) else value


def check_whole_steps(timeline: Timeline, horizon: NumberSpec, problems: Collector) -> None:
    """Reports RG212 where the horizon ends within a step."""
    if horizon.value <= 0 or timeline is UNKNOWN:
        return
    steps = _months(horizon.value, horizon.unit or YEAR) / timeline.length
    if abs(steps - round(steps)) > 1e-9 or steps < 1 - 1e-9:
        nearest = max(round(steps), 1) * timeline.length
        shown = f"{nearest // 12} year" if nearest % 12 == 0 else f"{nearest} month"
        message = f"the horizon is {steps:.12g} steps of a {timeline.step}; it is a whole number of them"
        hint = f"the nearest is `horizon: {shown}`"
        if timeline.length > 1:
            hint += ", or choose another step: `timeline: {step: month}`"
        problems.error("RG212", message, horizon.span, hint)


def month_after_start(written: MonthSpec, timeline: Timeline, what: str, problems: Collector, *, end: bool) -> float:
    """Months from the start to the beginning of a month, or to its `end`. Reports RG216 where it lies outside."""
    after = written.month - timeline.start
    if not timeline.dated:
        hint = "say when it begins: `timeline: {start: 2027-01}`"
        problems.error("RG203", f"{what} is on a date, and the model has no start", written.span, hint)
    elif not 0 <= after < timeline.months:
        last = month_name(timeline.start + timeline.months - 1)
        message = (
            f"{what} is in {month_name(written.month)}; the timeline is from {month_name(timeline.start)} to {last}"
        )
        problems.error("RG216", message, written.span, "move the date, the start of the timeline, or the horizon")
    return float(after + end)
