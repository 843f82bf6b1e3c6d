"""Scenarios: as written, and with all that holds in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.formula.nodes import Key
from reportgen.model.amounts import NUMBER
from reportgen.model.compounds import Settings
from reportgen.model.kinds import TEXT, TITLE, Name
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import optional, record, required
from reportgen.model.written import NumberSpec, Text
from reportgen.problems import Collector, suggestion


@record("scenario {}")
class ScenarioSpec:
    id: Text
    title: str = required(TITLE, "its name in tables, charts and the workbook's selector")
    note: str = optional(TEXT, "a remark", "")
    based_on: Text | None = optional(Name("scenario name"), "the scenario whose settings it takes over")
    settings: tuple[tuple[Text, NumberSpec], ...] = required(
        Settings(NUMBER), "other values for some inputs; that of one option is set as `name.option`", key="set"
    )


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named case: other values for some assumptions. `own` are those it sets itself, `settings` all that hold in
    it: what it is `based_on` (the id of another scenario) sets, and its own over that."""

    id: str
    title: str
    note: str
    based_on: str | None
    own: dict[Key, float]
    settings: dict[Key, float]

    @property
    def is_base(self) -> bool:
        return self.id == BASE_SCENARIO.id

    @property
    def code(self) -> str:
        """Its id where it is one of several; "" for the base, which has no name in the model file."""
        return "" if self.is_base else self.id

    @property
    def where(self) -> str:
        """How a problem names it; "" for the base, which goes without saying."""
        return "" if self.is_base else f"in scenario `{self.id}`"


BASE_SCENARIO = Scenario("base", "Base", "", None, {}, {})
"""The model's own values: a scenario that sets nothing."""


def check_scenarios(written: Sequence[ScenarioSpec], context: Context) -> tuple[Scenario, ...]:
    """Reports RG209, RG211, RG304, RG305, RG402 and RG403."""
    scenarios: list[Scenario] = []
    for scenario in written:
        settings = {}
        for name, number in scenario.settings:
            key = context.input(name)
            if key is not None:
                settings[key] = in_unit(number, context.inputs[key].unit, f"`{name}`", context.problems)
        based_on = scenario.based_on.text if scenario.based_on else None
        scenarios.append(Scenario(scenario.id.text, scenario.title, scenario.note, based_on, settings, settings))
    _check_titles(written, context.problems)
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


def _check_titles(written: Sequence[ScenarioSpec], problems: Collector) -> None:
    """Spreadsheets look a scenario up by its title, and do so in any case of letters. Reports RG209."""
    titles = {BASE_SCENARIO.title.casefold()}
    for scenario in written:
        if scenario.id.text == BASE_SCENARIO.id:
            message = "`base` stands for the model's own values"
            problems.error("RG209", message, scenario.id.span, "choose another name for the scenario")
        if scenario.title and scenario.title.casefold() in titles:
            message = f"another scenario is called `{scenario.title}`"
            problems.error("RG209", message, scenario.id.span, "the titles tell them apart in the workbook")
        titles.add(scenario.title.casefold())
