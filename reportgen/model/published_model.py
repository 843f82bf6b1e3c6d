"""Published figures in the model file: as written, and with their units and the cases they speak of checked."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.checker import check_formula
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import Unit
from reportgen.model.amounts import FORMULA, NUMBER, POSITIVE, UNIT, Bound
from reportgen.model.changes import Setting as Value
from reportgen.model.changes import checked_setting
from reportgen.model.compounds import Or, Settings
from reportgen.model.kinds import SOURCES, TEXT, TITLE, Choice, Name
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import Either, Needs, optional, record, required
from reportgen.model.written import ChangeSpec, FormulaSpec, NumberSpec, Text, UnitSpec
from reportgen.problems import suggestion
from reportgen.source import Span

EXACT, ROUNDED, INTERMEDIATE, DIFFERS, INPUT = VERDICTS = ("exact", "rounded", "intermediate", "differs", "input")
BOUNDS = ("low", "high")

MAX_SETTINGS = 4
"""Assumptions that one published figure may set beside its scenario: as many as the Cases sheet has columns for."""


@record("the interval", Either("from", "to", "is open at both ends", "give it `from`, `to` or both", both=True))
class IntervalSpec:
    """`{from: 2, to: 5}`; an end that is None is open."""

    start: NumberSpec | None = optional(NUMBER, "the lower end", key="from")
    end: NumberSpec | None = optional(NUMBER, "the upper end", key="to")
    span: Span


@record("the interval of {}")
class EndsSpec:
    """Both ends of what `set` gives an assumption."""

    start: NumberSpec | ChangeSpec | Text = required(Bound(BOUNDS), "the value at one end", key="from")
    end: NumberSpec | ChangeSpec | Text = required(Bound(BOUNDS), "the value at the other end", key="to")


SettingSpec = NumberSpec | ChangeSpec | Text | EndsSpec
"""What `set` gives an assumption: a number, a change in proportion to what the scenario has, `low` or `high`, or the
two ends of an interval."""


@record(
    "published figure {}",
    Needs(
        "expect",
        "formula",
        tuple(each for each in VERDICTS if each != INPUT),
        "write the formula that leads to it, or expect `input` if nothing does",
    ),
    Needs(
        "expect",
        "because",
        (DIFFERS, INTERMEDIATE),
        "say in one sentence what the author did, and what follows from it instead",
    ),
    Needs(
        "expect", "intermediate", (INTERMEDIATE,), "a second formula, in which the intermediate is rounded or dropped"
    ),
)
class PublishedSpec:
    id: Text
    title: str = required(TITLE, "what the figure is")
    where: str = required(TEXT, "where it is printed")
    states: NumberSpec | IntervalSpec = required(
        Or[NumberSpec, IntervalSpec](NUMBER, IntervalSpec),
        "the figure as printed; of an interval, either end may be left open: `{from: 10_000}` is “10,000+”",
        example="1_200",
    )
    unit: UnitSpec = required(UNIT, "the unit it is stated in")
    step: NumberSpec | None = optional(
        POSITIVE, "what it is printed to: 100 for hundreds, 0.1 for one decimal; without it the figure is exact"
    )
    formula: FormulaSpec | None = optional(
        FORMULA, "what follows from the model; without it, the figure is one that nothing leads to"
    )
    intermediate: FormulaSpec | None = optional(
        FORMULA, "a second formula, in which a named intermediate is rounded or dropped"
    )
    scenario: Text | None = optional(Name("scenario name"), "the scenario that the figure is about")
    settings: tuple[tuple[Text, SettingSpec], ...] = optional(
        Settings(Or[NumberSpec | ChangeSpec | Text, EndsSpec](Bound(BOUNDS), EndsSpec), MAX_SETTINGS),
        f"other values for at most {MAX_SETTINGS} inputs; `low` and `high` are the input's own, and "
        "`{from: low, to: high}` gives the two ends of an interval",
        (),
        key="set",
    )
    expect: Text = required(Choice(VERDICTS), "the verdict that is expected; see below")
    because: str = optional(TEXT, "why it is so; required for `intermediate` and `differs`", "")
    sources: tuple[Text, ...] = optional(SOURCES, "whose figure it is", (), key="source")


@dataclass(frozen=True, slots=True)
class Interval:
    """From one number to another; an end that is None is open."""

    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a case gives an input, where it may change what its scenario has in proportion. `bound`: `low` or `high`
    where that is the input's own, "" for another number."""

    key: Key
    value: Value
    bound: str


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure stated elsewhere, in `unit`, printed to `step` (0: as it is), and what should lead to it.

    `cases` are one or two cases over the scenario (None: the model's own values); of two, the first leads to the
    interval's start. `formula` None: nothing leads to the figure. `formula_text` and `intermediate_text` are the
    author's. `expected` is one of `VERDICTS`.
    """

    id: str
    title: str
    where: str
    states: float | Interval
    unit: Unit
    step: float
    formula: Node | None
    formula_text: str
    intermediate: Node | None
    intermediate_text: str
    scenario: str | None
    cases: tuple[tuple[Setting, ...], ...]
    expected: str
    because: str
    sources: tuple[str, ...]
    span: Span


def check_published(written: PublishedSpec, context: Context) -> PublishedFigure:
    """Reports RG211, RG212, RG305 and what formulas and settings can have wrong."""
    unit, what = written.unit.unit, f"published figure `{written.id}`"
    _check_scenario(written, context)
    return PublishedFigure(
        id=written.id.text,
        title=written.title,
        where=written.where,
        states=_states(written, unit, context),
        unit=unit,
        step=_step(written, unit, context),
        formula=_tree(written.formula, unit, what, context),
        formula_text=written.formula.text if written.formula else "",
        intermediate=_tree(written.intermediate, unit, f"{what}, intermediate", context),
        intermediate_text=written.intermediate.text if written.intermediate else "",
        scenario=written.scenario.text if written.scenario else None,
        cases=_cases(written, context),
        expected=written.expect.text,
        because=written.because,
        sources=context.sources(written.sources),
        span=written.id.span,
    )


def _check_scenario(written: PublishedSpec, context: Context) -> None:
    name, ids = written.scenario, context.scenarios
    if name is not None and name.text not in ids and name.text not in context.unread:
        context.problems.error("RG211", f"there is no scenario `{name}`", name.span, suggestion(name.text, ids))


def _step(written: PublishedSpec, unit: Unit, context: Context) -> float:
    if written.step is None:
        return 0.0
    step = in_unit(written.step, unit, "the step", context.problems)
    if step <= 0:
        hint = "leave it out for a figure that is exact"
        context.problems.error("RG212", "a step is greater than zero", written.step.span, hint)
    return step


def _states(written: PublishedSpec, unit: Unit, context: Context) -> float | Interval:
    def number(spec: NumberSpec) -> float:
        return in_unit(spec, unit, "the stated figure", context.problems)

    states = written.states
    if isinstance(states, NumberSpec):
        return number(states)
    start, end = (None if each is None else number(each) for each in (states.start, states.end))
    if start is not None and end is not None and start >= end:
        hint = "`from` is the smaller of the two"
        context.problems.error("RG212", "the interval is empty", states.span, hint)
    return Interval(start, end)


def _tree(formula: FormulaSpec | None, unit: Unit, what: str, context: Context) -> Node | None:
    if formula is None:
        return None
    typed = check_formula(formula.syntax, unit, what, context.scope, context.problems)
    if typed is not None and typed.per_option:
        name = formula.text if formula.text.isidentifier() else "name"
        hint = f"pick one: {name}.{context.options[0]}" if context.options else ""
        context.problems.error("RG305", f"{what} is one number; this is one per option", formula.span, hint)
    return None if typed is None else typed.node


def _cases(written: PublishedSpec, context: Context) -> tuple[tuple[Setting, ...], ...]:
    """One case, or two where some assumption is set to the two ends of an interval."""
    both = any(isinstance(value, EndsSpec) for _, value in written.settings)
    cases: tuple[list[Setting], ...] = ([], []) if both else ([],)
    for name, value in written.settings:
        key = context.input(name)
        if key is None:
            continue
        for settings, end in zip(cases, _ends(value), strict=False):
            setting = _setting(key, name, end, context)
            if setting is not None:
                settings.append(setting)
    return tuple(tuple(settings) for settings in cases)


def _ends(value: SettingSpec) -> tuple[NumberSpec | ChangeSpec | Text, NumberSpec | ChangeSpec | Text]:
    return (value.start, value.end) if isinstance(value, EndsSpec) else (value, value)


def _setting(key: Key, name: Text, end: NumberSpec | ChangeSpec | Text, context: Context) -> Setting | None:
    known = context.inputs[key]
    if not isinstance(end, Text):
        return Setting(key, checked_setting(end, known.unit, f"`{name}`", context.problems), "")
    value = known.low if end.text == "low" else known.high
    if value is None:
        hint = f"give the assumption `{end}`, or write a number"
        context.problems.error("RG212", f"`{name}` has no {end}", end.span, hint)
        return None
    return Setting(key, value, end.text)
