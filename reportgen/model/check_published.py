"""Published figures: their formulas' units, and the cases they speak of."""

from __future__ import annotations

from reportgen.formula.checker import check_formula
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import Unit
from reportgen.model.analysis import Known, input_units, known_input
from reportgen.model.assessment import Interval, PublishedFigure, Setting
from reportgen.model.assessment_spec import EndsSpec, PublishedSpec, SettingSpec
from reportgen.model.inputs import in_unit
from reportgen.model.model import Range
from reportgen.model.names import NameScope
from reportgen.model.references import known_sources
from reportgen.model.spec import ModelSpec
from reportgen.model.written import FormulaSpec, NumberSpec, Text
from reportgen.problems import Collector, suggestion


def check_published(
    spec: ModelSpec, known: Known, scope: NameScope, problems: Collector
) -> tuple[PublishedFigure, ...]:
    """Reports RG211, RG212 and what formulas and settings can have wrong."""
    return tuple(_figure(each, spec, known, scope, problems) for each in spec.published)


def _figure(
    written: PublishedSpec, spec: ModelSpec, known: Known, scope: NameScope, problems: Collector
) -> PublishedFigure:
    unit, what = written.unit.unit, f"published figure `{written.id}`"
    _check_scenario(written, spec, problems)
    step = 0.0 if written.step is None else in_unit(written.step, unit, "the step", problems)
    return PublishedFigure(
        id=written.id.text,
        title=written.title,
        where=written.where,
        states=_states(written, unit, problems),
        unit=unit,
        step=step,
        formula=_tree(written.formula, unit, what, scope, problems),
        formula_text=written.formula.text if written.formula else "",
        intermediate=_tree(written.intermediate, unit, f"{what}, intermediate", scope, problems),
        intermediate_text=written.intermediate.text if written.intermediate else "",
        scenario=written.scenario.text if written.scenario else None,
        cases=_cases(written, known, problems),
        expected=written.expect.text,
        because=written.because,
        sources=known_sources(written.sources, spec, problems),
        span=written.id.span,
    )


def _check_scenario(written: PublishedSpec, spec: ModelSpec, problems: Collector) -> None:
    name, ids = written.scenario, [each.id.text for each in spec.scenarios]
    if name is not None and name.text not in ids and name.text not in spec.unread:
        problems.error("RG211", f"there is no scenario `{name}`", name.span, suggestion(name.text, ids))


def _states(written: PublishedSpec, unit: Unit, problems: Collector) -> float | Interval:
    def number(spec: NumberSpec) -> float:
        return in_unit(spec, unit, "the stated figure", problems)

    states = written.states
    if isinstance(states, NumberSpec):
        return number(states)
    return Interval(*(None if end is None else number(end) for end in (states.start, states.end)))


def _tree(formula: FormulaSpec | None, unit: Unit, what: str, scope: NameScope, problems: Collector) -> Node | None:
    if formula is None:
        return None
    typed = check_formula(formula.syntax, unit, what, scope, problems)
    if typed is not None and typed.per_option:
        name = formula.text if formula.text.isidentifier() else "name"
        hint = f"pick one: {name}.{scope.options[0]}" if scope.options else ""
        problems.error("RG305", f"{what} is one number; this is one per option", formula.span, hint)
    return None if typed is None else typed.node


def _cases(written: PublishedSpec, known: Known, problems: Collector) -> tuple[tuple[Setting, ...], ...]:
    """One case, or two where some assumption is set to the two ends of an interval."""
    both = any(isinstance(value, EndsSpec) for _, value in written.settings)
    cases: tuple[list[Setting], ...] = ([], []) if both else ([],)
    for name, value in written.settings:
        key = known_input(name, known, problems)
        if key is None:
            continue
        for settings, end in zip(cases, _ends(value), strict=False):
            setting = _setting(key, name, end, known, problems)
            if setting is not None:
                settings.append(setting)
    return tuple(tuple(settings) for settings in cases)


def _ends(value: SettingSpec) -> tuple[NumberSpec | Text, NumberSpec | Text]:
    return (value.start, value.end) if isinstance(value, EndsSpec) else (value, value)


def _setting(key: Key, name: Text, end: NumberSpec | Text, known: Known, problems: Collector) -> Setting | None:
    if isinstance(end, NumberSpec):
        return Setting(key, in_unit(end, input_units(known.groups)[key], f"`{name}`", problems), "")
    range_ = known.assumptions[key.name].ranges.get(key, Range(None, None))
    value = range_.low if end.text == "low" else range_.high
    if value is None:
        problems.error("RG212", f"`{name}` has no {end}", end.span, f"give the assumption `{end}`, or write a number")
        return None
    return Setting(key, value, end.text)
