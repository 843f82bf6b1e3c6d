"""Other values for some inputs, as `--set name=value` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reportgen.formula.nodes import Key
from reportgen.model.changes import checked_setting, resolved
from reportgen.model.check_timeline import laid_out
from reportgen.model.document import Scalar
from reportgen.model.fields import read_setting
from reportgen.model.input_names import inputs_by_name, is_one, said_of_part, said_of_several
from reportgen.model.model import InputValue, Model
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario, inherited
from reportgen.model.table_numbers import with_cells, with_rows
from reportgen.model.written import ChangeSpec
from reportgen.problems import Collector, suggestion
from reportgen.source import Source, Span


def apply_settings(model: Model, settings: Iterable[str], scenario: Scenario = BASE_SCENARIO) -> tuple[Model, Scenario]:
    """The model with `name=value` applied, and its scenario likewise; `name=+10%` changes what holds in proportion.

    A value replaces what holds in the chosen scenario: that of the scenario that sets the input (itself, or one it is
    based on), the model's otherwise, just as a reader of the workbook would edit the cell that counts.
    Raises ModelError with RG601, RG205, RG212, RG401 or RG402.
    """
    settings = tuple(settings)
    own = model.definitions
    model = with_cells(model, (text.partition("=")[0].strip() for text in settings))
    values: dict[Key, float] = {}
    for text in settings:
        problems = Collector(Source("--set", text))
        values |= _setting(model, text, {**_numbers(model), **scenario.settings, **values}, problems)
        problems.raise_if_failed()
    if not values:
        return model, scenario
    owners = {key: owner for key in values if not (owner := model.owner_of(key, scenario)).is_base}
    in_model = {key: InputValue(value) for key, value in values.items() if key not in owners}
    scenarios = [
        replace(each, own={**each.own, **{key: values[key] for key, owner in owners.items() if owner.id == each.id}})
        for each in model.scenarios
    ]
    definitions = {
        key: in_model.get(key, definition)
        for key, definition in model.definitions.items()
        if key in own or key in values
    }
    changed = with_rows(replace(model, definitions=definitions, overridden=tuple(values)))
    changed = replace(changed, scenarios=inherited(scenarios, _numbers(changed)))
    changed = laid_out(changed)
    return changed, changed.scenario(scenario.id)


def _numbers(model: Model) -> dict[Key, float]:
    """The model's own inputs."""
    return {key: each.value for key, each in model.definitions.items() if isinstance(each, InputValue)}


def find_scenario(model: Model, id_: str | None) -> Scenario:
    """The scenario of that id, the base for None. Raises ModelError with RG601."""
    known = [scenario.id for scenario in model.with_base]
    if id_ is not None and id_ not in known:
        problems = Collector(Source("--scenario", id_))
        hint = suggestion(id_, known) or f"the scenarios are {', '.join(known)}"
        problems.error("RG601", f"there is no scenario `{id_}`", Span(0, len(id_)), hint)
        problems.raise_if_failed()
    return model.scenario(id_)


def _setting(model: Model, text: str, now: Mapping[Key, float], problems: Collector) -> dict[Key, float]:
    """The inputs that a setting reaches, with what it makes of the numbers they have `now`."""
    name, equals, value = text.partition("=")
    span, at, name = Span(0, len(name)), len(name) + 1, name.strip()
    if not equals:
        problems.error("RG601", f"`{text}` sets nothing", Span(0, len(text)), "write name=value: --set seats=300")
        return {}
    by_name = inputs_by_name(key for key in model.definitions if model.is_input(key))
    keys = by_name.get(name, ())
    written = read_setting(Scalar(value.strip(), "", Span(at, max(len(text), at + 1))), f"`{name}`", problems)
    if written is None or problems.failed:
        return {}
    if isinstance(written, ChangeSpec):
        keys = tuple(key for key in keys if key in now)
    elif not is_one(name, keys):
        keys = ()
    if not keys:
        _report(model, name, by_name, span, problems)
        return {}
    setting = checked_setting(written, model.quantities[keys[0].name].unit, f"`{name}`", problems)
    return {key: resolved(setting, now.get(key, 0.0)) for key in keys}


def _report(model: Model, name: str, by_name: Mapping[str, Sequence[Key]], span: Span, problems: Collector) -> None:
    keys = by_name.get(name, ())
    if is_one(name, keys):
        problems.error("RG601", f"`{name}` is not quoted: there is no number to change", span, "set it to a number")
    elif keys:
        hint = f"set {', '.join(map(str, keys[:4]))}, or {name}=+10%"
        problems.error("RG601", said_of_several(name, keys), span, hint)
    elif part := said_of_part(name, by_name):
        problems.error("RG601", part[0], span, part[1])
    elif name in model.quantities or name in map(str, model.definitions):
        problems.error("RG601", f"`{name}` is computed, not an input", span, "set an assumption it is computed from")
    else:
        problems.error("RG601", f"there is no input `{name}`", span, suggestion(name, by_name))
