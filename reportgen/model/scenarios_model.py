"""Scenarios: as written, and with all that holds in each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key
from reportgen.model.amounts import SETTING
from reportgen.model.changes import Change, Setting, checked_setting, resolved
from reportgen.model.compounds import Settings
from reportgen.model.kinds import TEXT, TITLE, Name
from reportgen.model.question_context import Context
from reportgen.model.records import optional, record, required
from reportgen.model.time_kinds import Dated
from reportgen.model.written import ByDate, ChangeSpec, NumberSpec, Text
from reportgen.problems import Collector, suggestion

SettingSpec = NumberSpec | ChangeSpec


@record("scenario {}")
class ScenarioSpec:
    id: Text
    title: str = required(TITLE, "its name in tables, charts and the workbook's selector")
    note: str = optional(TEXT, "a remark", "")
    based_on: Text | None = optional(Name("scenario name"), "the scenario whose settings it takes over")
    settings: tuple[tuple[Text, SettingSpec | ByDate[SettingSpec]], ...] = required(
        Settings(Dated(SETTING)), "other values for some inputs; that of one option is set as `name.option`", key="set"
    )


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named case: other values for some assumptions. `own` are those it sets itself, or changes in proportion to
    what it is `based_on` (the id of another scenario; None: the model's own values); `settings` are the numbers of all
    that hold in it, what that scenario sets and its own over it."""

    id: str
    title: str
    note: str
    based_on: str | None
    own: dict[Key, Setting]
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
        based_on = scenario.based_on.text if scenario.based_on else None
        own = _own(scenario, context)
        scenarios.append(Scenario(scenario.id.text, scenario.title, scenario.note, based_on, own, {}))
    _check_titles(written, context.problems)
    _check_bases(written, context.problems)
    values = {key: math.nan if known.value is None else known.value for key, known in context.inputs.items()}
    found = inherited(scenarios, values)
    for each, made in zip(written, found, strict=True):
        _check_changes(each, made, context)
    return found


def _own(written: ScenarioSpec, context: Context) -> dict[Key, Setting]:
    """What a scenario sets itself. A change of a name with several numbers, one per option or month, changes all of
    these but those that have a setting of their own. Reports RG202."""
    reached = [(name, setting, _keys(name, setting, context)) for name, setting in settings_by_month(written)]
    fewest: dict[Key, int] = {}
    for _, _, keys in reached:
        fewest |= {key: min(len(keys), fewest.get(key, len(keys))) for key in keys}
    found: dict[Key, Setting] = {}
    for name, setting, keys in reached:
        for key in (each for each in keys if len(keys) == fewest[each]):
            if key in found:
                message = f"`{key}` is set twice in scenario `{written.id}`"
                context.problems.error("RG202", message, name.span, "keep one of them")
            unit = context.inputs[key].unit
            found[key] = checked_setting(setting, unit, f"`{name}`", context.problems)
    return found


def settings_by_month(written: ScenarioSpec) -> Iterator[tuple[Text, SettingSpec]]:
    """What a scenario sets, with that of each month under the name of the input: `vans.2027-07`, for one option
    `vans.2027-07.electric`."""
    for name, setting in written.settings:
        if not isinstance(setting, ByDate):
            yield name, setting
            continue
        owner, _, option = name.text.partition(".")
        for month, each in setting.entries:
            yield Text(".".join(filter(None, (owner, month_name(month.month), option))), month.span), each


def _keys(name: Text, setting: SettingSpec, context: Context) -> tuple[Key, ...]:
    if isinstance(setting, ChangeSpec):
        return context.numbers(name)
    key = context.input(name)
    return () if key is None else (key,)


def inherited(scenarios: Iterable[Scenario], values: Mapping[Key, float]) -> tuple[Scenario, ...]:
    """The scenarios with all that holds in each: what those it is based on set, nearest first, and its own, over the
    model's own values."""
    found = tuple(scenarios)
    by_id = {scenario.id: scenario for scenario in found}

    def settings(scenario: Scenario, seen: frozenset[str]) -> dict[Key, float]:
        base = by_id.get(scenario.based_on or "")
        before = {} if base is None or base.id in seen else settings(base, seen | {base.id})
        own = {key: resolved(each, before.get(key, values[key])) for key, each in scenario.own.items()}
        return {**before, **own}

    return tuple(replace(scenario, settings=settings(scenario, frozenset({scenario.id}))) for scenario in found)


def _check_changes(written: ScenarioSpec, scenario: Scenario, context: Context) -> None:
    """Nothing is changed in proportion to 0. Reports RG212."""
    for name, setting in settings_by_month(written):
        if isinstance(setting, ChangeSpec) and setting.share != -1:
            numbers = [scenario.settings[key] for key in context.keys_of(name.text) if key in scenario.settings]
            if numbers and not any(numbers):
                message = f"`{name}` is 0, which {Change(setting.share)} does not change"
                context.problems.error("RG212", message, setting.span, "write the number that it becomes")


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
