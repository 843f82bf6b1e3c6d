"""Other values for some inputs, as `--set name=value` gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportgen.formula.nodes import Key
from reportgen.model.check_timeline import laid_out
from reportgen.model.document import Scalar
from reportgen.model.fields import read_number
from reportgen.model.model import InputValue, Model
from reportgen.model.question_context import in_unit
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario, inherited
from reportgen.problems import Collector, suggestion
from reportgen.source import Source, Span


def apply_settings(model: Model, settings: Iterable[str], scenario: Scenario = BASE_SCENARIO) -> tuple[Model, Scenario]:
    """The model with `name=value` applied, and its scenario likewise.

    A value replaces what holds in the chosen scenario: that of the scenario that sets the input (itself, or one it is
    based on), the model's otherwise, just as a reader of the workbook would edit the cell that counts.
    Raises ModelError with RG601, RG205, RG212, RG401 or RG402.
    """
    values: dict[Key, float] = {}
    for text in settings:
        problems = Collector(Source("--set", text))
        found = _setting(model, text, problems)
        problems.raise_if_failed()
        if found is not None:
            values[found[0]] = found[1]
    if not values:
        return model, scenario
    owners = {key: owner for key in values if not (owner := model.owner_of(key, scenario)).is_base}
    in_model = {key: InputValue(value) for key, value in values.items() if key not in owners}
    scenarios = inherited(
        replace(each, own={**each.own, **{key: values[key] for key, owner in owners.items() if owner.id == each.id}})
        for each in model.scenarios
    )
    changed = replace(
        model,
        definitions={key: in_model.get(key, definition) for key, definition in model.definitions.items()},
        overridden=tuple(values),
        scenarios=scenarios,
    )
    changed = laid_out(changed)
    return changed, changed.scenario(scenario.id)


def find_scenario(model: Model, id_: str | None) -> Scenario:
    """The scenario of that id, the base for None. Raises ModelError with RG601."""
    known = [scenario.id for scenario in model.with_base]
    if id_ is not None and id_ not in known:
        problems = Collector(Source("--scenario", id_))
        hint = suggestion(id_, known) or f"the scenarios are {', '.join(known)}"
        problems.error("RG601", f"there is no scenario `{id_}`", Span(0, len(id_)), hint)
        problems.raise_if_failed()
    return model.scenario(id_)


def _setting(model: Model, text: str, problems: Collector) -> tuple[Key, float] | None:
    name, equals, value = text.partition("=")
    span = Span(0, len(name))
    if not equals:
        problems.error("RG601", f"`{text}` sets nothing", Span(0, len(text)), "write name=value: --set seats=300")
        return None
    keys = {str(key): key for key in model.definitions}
    key = keys.get(name.strip())
    if key is None or not model.is_input(key):
        _report(model, name.strip(), keys, span, problems)
        return None
    at = len(name) + 1
    number = read_number(Scalar(value.strip(), "", Span(at, max(len(text), at + 1))), f"`{key}`", problems)
    if number is None:
        return None
    return key, in_unit(number, model.quantities[key.name].unit, f"`{key}`", problems)


def _report(model: Model, name: str, keys: dict[str, Key], span: Span, problems: Collector) -> None:
    inputs = [text for text, key in keys.items() if model.is_input(key)]
    own = [text for text in inputs if text.startswith(f"{name}.")]
    if own:
        problems.error("RG601", f"`{name}` is one number per option", span, f"set {', '.join(own[:4])}")
    elif name in keys or name in model.quantities:
        problems.error("RG601", f"`{name}` is computed, not an input", span, "set an assumption it is computed from")
    else:
        problems.error("RG601", f"there is no input `{name}`", span, suggestion(name, inputs))
