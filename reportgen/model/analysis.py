"""The questions asked of a model: scenarios, sensitivity, break-evens; checked here, answered by `compute`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN
from reportgen.model.model import Axis, BreakEven, Scenario, Sensitivity
from reportgen.model.question_context import Context, in_unit
from reportgen.model.question_spec import AxisSpec, BreakEvenSpec, ScenarioSpec, SensitivitySpec
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion


def check_scenarios(written: Sequence[ScenarioSpec], context: Context) -> tuple[Scenario, ...]:
    """Reports RG211, RG305, RG402 and RG403."""
    scenarios: list[Scenario] = []
    for scenario in written:
        settings = {}
        for name, number in scenario.settings:
            key = context.input(name)
            if key is not None:
                settings[key] = in_unit(number, context.inputs[key].unit, f"`{name}`", context.problems)
        based_on = scenario.based_on.text if scenario.based_on else None
        scenarios.append(Scenario(scenario.id.text, scenario.title, scenario.note, based_on, settings, settings))
    _check_bases(written, context.problems)
    return inherited(scenarios)


def inherited(scenarios: Iterable[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios with all that holds in each: what those it is based on set, nearest first, and its own."""
    found = tuple(scenarios)
    by_id = {scenario.id: scenario for scenario in found}

    def settings(scenario: Scenario, seen: frozenset[str]) -> dict[Key, float]:
        base = by_id.get(scenario.based_on or "")
        if base is None or base.id in seen:
            return scenario.own
        return {**settings(base, seen | {base.id}), **scenario.own}

    return tuple(replace(scenario, settings=settings(scenario, frozenset({scenario.id}))) for scenario in found)


def _check_bases(written: Sequence[ScenarioSpec], problems: Collector) -> None:
    """Each scenario is based on another that there is, and none on itself in the end. Reports RG211 and RG304."""
    bases = {each.id.text: each.based_on for each in written}
    for scenario in written:
        base = scenario.based_on
        if base is not None and base.text not in bases:
            hint = suggestion(base.text, bases) or "leave it out to start from the model's own values"
            problems.error("RG211", f"there is no scenario `{base}`", base.span, hint)
        path = [scenario.id.text]
        while (following := bases.get(path[-1])) is not None and following.text not in path:
            path.append(following.text)
        if base is not None and following is not None and following.text == scenario.id.text:
            circle = " → ".join([*path, following.text])
            problems.error(
                "RG304", f"circular reference of scenarios: {circle}", base.span, "one of them starts from the base"
            )


def check_sensitivity(written: SensitivitySpec | None, context: Context) -> Sensitivity | None:
    """Reports RG211, RG402 and RG403."""
    if written is None:
        return None
    context.check_total(written.of)
    for name in written.inputs:
        _inputs(name, context)
    swing = None if written.swing is None else in_unit(written.swing, PLAIN, "the swing", context.problems)
    _known_options(written.between, context)
    between = tuple(dict.fromkeys(option.text for option in written.between))
    grid = written.grid
    rows = None if grid is None else _axis(grid.rows, context)
    columns = None if grid is None else _axis(grid.columns, context)
    return Sensitivity(
        of=written.of.text,
        inputs=tuple(name.text for name in written.inputs),
        swing=swing,
        between=(between[0], between[1]) if len(between) == 2 else None,
        grid=(rows, columns) if rows is not None and columns is not None else None,
    )


def _axis(written: AxisSpec, context: Context) -> Axis | None:
    key = context.input(written.driver)
    if key is None:
        return None
    unit = context.inputs[key].unit
    return Axis(key, tuple(in_unit(number, unit, "a value of the grid", context.problems) for number in written.values))


def check_break_evens(written: Iterable[BreakEvenSpec], context: Context) -> tuple[BreakEven, ...]:
    """Reports RG211, RG305, RG402 and RG403."""
    found = (_break_even(each, context) for each in written)
    return tuple(each for each in found if each is not None)


def _break_even(written: BreakEvenSpec, context: Context) -> BreakEven | None:
    context.check_total(written.of)
    _known_options(written.between, context)
    keys = _inputs(written.driver, context)
    if not keys:
        return None
    if keys[0].option is not None:
        hint = "choose an assumption that is one number for all options"
        context.problems.error("RG305", f"`{written.driver}` is one number per option", written.driver.span, hint)
    unit = context.inputs[keys[0]].unit
    start, end = (in_unit(number, unit, "the range", context.problems) for number in (written.start, written.end))
    between = tuple(option.text for option in written.between)
    return BreakEven(written.id.text, written.title, written.driver.text, start, end, between, written.of.text)


def _known_options(options: Iterable[Text], context: Context) -> None:
    for option in options:
        if option.text not in context.options:
            hint = suggestion(option.text, context.options) or f"the options are {', '.join(context.options)}"
            context.problems.error("RG211", f"there is no option `{option}`", option.span, hint)


def _inputs(assumption: Text, context: Context) -> tuple[Key, ...]:
    """The numbers of an assumption. Reports RG211 where there is no such assumption."""
    keys = context.keys_of(assumption.text)
    if not keys and assumption.text in context.quantities:
        hint = "name an assumption it is computed from"
        context.problems.error("RG211", f"`{assumption}` is computed, not an assumption", assumption.span, hint)
    elif not keys and assumption.text not in context.unread:
        hint = suggestion(assumption.text, dict.fromkeys(key.name for key in context.inputs))
        context.problems.error("RG211", f"there is no assumption `{assumption}`", assumption.span, hint)
    return keys
