"""The questions asked of a model: scenarios, sensitivity, break-evens; checked here, answered by `compute`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.inputs import in_unit
from reportgen.model.model import Assumption, Axis, BreakEven, Group, Quantity, Scenario, Sensitivity
from reportgen.model.question_spec import AxisSpec, BreakEvenSpec, ScenarioSpec, SensitivitySpec
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion


def input_units(groups: Iterable[Group]) -> dict[Key, Unit]:
    """Every assumption's number and its unit."""
    return {key: each.quantity.unit for group in groups for each in group.assumptions for key in each.keys}


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions can be about. `unread`: words whose definition could not be read, reported there."""

    quantities: Mapping[str, Quantity]
    groups: tuple[Group, ...]
    totals: tuple[str, ...]
    options: tuple[str, ...]
    unread: frozenset[str]

    @property
    def assumptions(self) -> dict[str, Assumption]:
        return {each.quantity.name: each for group in self.groups for each in group.assumptions}


def check_scenarios(written: Sequence[ScenarioSpec], known: Known, problems: Collector) -> tuple[Scenario, ...]:
    """Reports RG211, RG305, RG402 and RG403."""
    units = input_units(known.groups)
    scenarios: list[Scenario] = []
    for scenario in written:
        settings = {}
        for name, number in scenario.settings:
            key = parse_key(name.text)
            if key in units:
                settings[key] = in_unit(number, units[key], f"`{name}`", problems)
            elif key.name not in known.unread:
                _report_setting(name, units, known, problems)
        based_on = scenario.based_on.text if scenario.based_on else None
        scenarios.append(Scenario(scenario.id.text, scenario.title, scenario.note, based_on, settings, settings))
    _check_bases(written, problems)
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


def parse_key(text: str) -> Key:
    name, _, option = text.partition(".")
    return Key(name, option or None)


def _report_setting(name: Text, units: Mapping[Key, Unit], known: Known, problems: Collector) -> None:
    key = parse_key(name.text)
    per_option = [str(each) for each in units if each.name == name.text]
    if per_option:
        problems.error("RG305", f"`{name}` is one number per option", name.span, f"set {', '.join(per_option)}")
    elif Key(key.name) in units:
        problems.error("RG305", f"`{key.name}` is one number for all options", name.span, f"set {key.name}")
    elif name.text in known.quantities or key.name in known.quantities:
        hint = "a scenario sets assumptions; results follow from them"
        problems.error("RG211", f"`{name}` is no assumption", name.span, hint)
    else:
        problems.error("RG211", f"there is no assumption `{name}`", name.span, suggestion(name.text, map(str, units)))


def check_sensitivity(written: SensitivitySpec | None, known: Known, problems: Collector) -> Sensitivity | None:
    """Reports RG211, RG402 and RG403."""
    if written is None:
        return None
    check_total(written.of, known, problems)
    for name in written.inputs:
        _assumption(name, known, problems)
    swing = None if written.swing is None else in_unit(written.swing, PLAIN, "the swing", problems)
    _known_options(written.between, known, problems)
    between = tuple(dict.fromkeys(option.text for option in written.between))
    grid = written.grid
    rows = None if grid is None else _axis(grid.rows, known, problems)
    columns = None if grid is None else _axis(grid.columns, known, problems)
    return Sensitivity(
        of=written.of.text,
        inputs=tuple(name.text for name in written.inputs),
        swing=swing,
        between=(between[0], between[1]) if len(between) == 2 else None,
        grid=(rows, columns) if rows is not None and columns is not None else None,
    )


def _axis(written: AxisSpec, known: Known, problems: Collector) -> Axis | None:
    key = known_input(written.driver, known, problems)
    if key is None:
        return None
    unit = known.quantities[key.name].unit
    return Axis(key, tuple(in_unit(number, unit, "a value of the grid", problems) for number in written.values))


def known_input(name: Text, known: Known, problems: Collector) -> Key | None:
    """The one number that a driver stands for: `seats`, or `share.self_run`. Reports RG211 and RG305."""
    key = parse_key(name.text)
    units = input_units(known.groups)
    if key in units:
        return key
    if key.name not in known.unread:
        _report_setting(name, units, known, problems)
    return None


def check_break_evens(written: Iterable[BreakEvenSpec], known: Known, problems: Collector) -> tuple[BreakEven, ...]:
    """Reports RG211, RG305, RG402 and RG403."""
    found = (_break_even(each, known, problems) for each in written)
    return tuple(each for each in found if each is not None)


def _break_even(written: BreakEvenSpec, known: Known, problems: Collector) -> BreakEven | None:
    check_total(written.of, known, problems)
    _known_options(written.between, known, problems)
    driver = _assumption(written.driver, known, problems)
    if driver is None:
        return None
    if driver.quantity.per_option:
        hint = "choose an assumption that is one number for all options"
        problems.error("RG305", f"`{written.driver}` is one number per option", written.driver.span, hint)
    unit = driver.quantity.unit
    start, end = (in_unit(number, unit, "the range", problems) for number in (written.start, written.end))
    between = tuple(option.text for option in written.between)
    return BreakEven(written.id.text, written.title, written.driver.text, start, end, between, written.of.text)


def _known_options(options: Iterable[Text], known: Known, problems: Collector) -> None:
    for option in options:
        if option.text not in known.options:
            hint = suggestion(option.text, known.options) or f"the options are {', '.join(known.options)}"
            problems.error("RG211", f"there is no option `{option}`", option.span, hint)


def check_total(of: Text, known: Known, problems: Collector) -> None:
    """Reports RG211 for what is no total."""
    if of.text not in known.totals and of.text not in known.unread:
        hint = suggestion(of.text, known.totals) or f"the totals are {', '.join(known.totals)}"
        problems.error("RG211", f"there is no total `{of}`", of.span, hint)


def _assumption(name: Text, known: Known, problems: Collector) -> Assumption | None:
    found = known.assumptions.get(name.text)
    if found is None and name.text in known.quantities:
        hint = "name an assumption it is computed from"
        problems.error("RG211", f"`{name}` is computed, not an assumption", name.span, hint)
    elif found is None and name.text not in known.unread:
        hint = suggestion(name.text, known.assumptions)
        problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)
    return found
