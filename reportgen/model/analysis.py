"""The questions asked of a model: scenarios, sensitivity, break-evens; checked here, answered by `compute`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.inputs import in_unit
from reportgen.model.model import Assumption, BreakEven, Group, Quantity, Scenario, Sensitivity
from reportgen.model.spec import BreakEvenSpec, ResultSpec, ScenarioSpec, SensitivitySpec, Text
from reportgen.problems import Collector, suggestion


BASE = "base"
BASE_TITLE = "Base"
"""What the model's own values are called beside the scenarios."""


def input_units(groups: Iterable[Group]) -> dict[Key, Unit]:
    """Every assumption's number and its unit."""
    return {key: each.quantity.unit for group in groups for each in group.assumptions for key in each.keys}


def check_scenarios(
    written: Iterable[ScenarioSpec], groups: tuple[Group, ...], unread: frozenset[str], problems: Collector
) -> tuple[Scenario, ...]:
    """Reports RG209, RG211, RG305 and RG402."""
    units = input_units(groups)
    scenarios: list[Scenario] = []
    for scenario in written:
        _check_title(scenario, scenarios, problems)
        settings = {}
        for name, number in scenario.settings:
            key = parse_key(name.text)
            if key not in units:
                _report_setting(name, units, unread, problems)
            else:
                settings[key] = in_unit(number, units[key], f"`{name}`", problems)
        scenarios.append(Scenario(scenario.id.text, scenario.title, scenario.note, settings))
    return tuple(scenarios)


def _check_title(scenario: ScenarioSpec, earlier: list[Scenario], problems: Collector) -> None:
    """Spreadsheets look a scenario up by its title, and do so in any case of letters."""
    if scenario.id.text == BASE:
        message = "`base` stands for the model's own values"
        problems.error("RG209", message, scenario.id.span, "choose another name for the scenario")
    titles = {BASE_TITLE.casefold(), *(each.title.casefold() for each in earlier)}
    if scenario.title and scenario.title.casefold() in titles:
        message = f"another scenario is called `{scenario.title}`"
        problems.error("RG209", message, scenario.id.span, "the titles tell them apart in the workbook")


def parse_key(text: str) -> Key:
    name, _, option = text.partition(".")
    return Key(name, option or None)


def _report_setting(name: Text, units: Mapping[Key, Unit], unread: frozenset[str], problems: Collector) -> None:
    per_option = [str(key) for key in units if key.name == name.text]
    if per_option:
        problems.error("RG305", f"`{name}` is one number per option", name.span, f"set {', '.join(per_option)}")
        return
    if name.text.partition(".")[0] in unread:
        return
    hint = suggestion(name.text, map(str, units)) or "a scenario sets assumptions; results follow from them"
    problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)


def check_sensitivity(
    written: SensitivitySpec | None,
    quantities: Mapping[str, Quantity],
    groups: tuple[Group, ...],
    totals: tuple[ResultSpec, ...],
    problems: Collector,
) -> Sensitivity | None:
    """Reports RG211 and RG402."""
    if written is None:
        return None
    _known_total(written.of, totals, problems)
    assumptions = {each.quantity.name: each for group in groups for each in group.assumptions}
    for name in written.inputs:
        _assumption(name, assumptions, quantities, problems)
    swing = None if written.swing is None else in_unit(written.swing, PLAIN, "the swing", problems)
    if swing is not None and written.swing is not None and not swing > 0:
        problems.error("RG212", "the swing is more than nothing", written.swing.span, "for example 10 %")
    return Sensitivity(written.of.text, tuple(name.text for name in written.inputs), swing)


def check_break_evens(
    written: Iterable[BreakEvenSpec],
    quantities: Mapping[str, Quantity],
    groups: tuple[Group, ...],
    totals: tuple[ResultSpec, ...],
    options: tuple[str, ...],
    problems: Collector,
) -> tuple[BreakEven, ...]:
    """Reports RG211, RG212, RG305 and RG402."""
    assumptions = {each.quantity.name: each for group in groups for each in group.assumptions}
    found = []
    for each in written:
        _known_total(each.of, totals, problems)
        for option in each.between:
            if option.text not in options:
                problems.error("RG211", f"there is no option `{option}`", option.span, suggestion(option.text, options))
        if len({option.text for option in each.between}) < 2:
            problems.error("RG212", "a break-even is between two options or more", each.id.span)
        driver = _assumption(each.driver, assumptions, quantities, problems)
        if driver is None:
            continue
        if driver.quantity.per_option:
            problems.error(
                "RG305", f"`{each.driver}` is one number per option; a driver is one number", each.driver.span
            )
        start, end = (in_unit(number, driver.quantity.unit, "the range", problems) for number in (each.start, each.end))
        if start >= end:
            problems.error("RG212", f"the range from {start:g} to {end:g} is empty", each.start.span)
        between = tuple(option.text for option in each.between)
        found.append(BreakEven(each.id.text, each.title, each.driver.text, start, end, between, each.of.text))
    return tuple(found)


def _known_total(of: Text, totals: tuple[ResultSpec, ...], problems: Collector) -> None:
    names = [total.id.text for total in totals]
    if of.text not in names:
        hint = suggestion(of.text, names) or f"the totals are {', '.join(names)}"
        problems.error("RG211", f"there is no total `{of}`", of.span, hint)


def _assumption(
    name: Text, assumptions: Mapping[str, Assumption], quantities: Mapping[str, Quantity], problems: Collector
) -> Assumption | None:
    found = assumptions.get(name.text)
    if found is None:
        hint = suggestion(name.text, assumptions)
        if name.text in quantities:
            hint = f"`{name}` is computed; name an assumption it is computed from"
        problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)
    return found
