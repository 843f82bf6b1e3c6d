"""Moments, durations and rates of growth as inputs of their own, in months after the start of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reportgen.formula import time_trees as trees
from reportgen.formula.nodes import Key, Node, Reference
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import PER_YEAR, PLAIN, YEAR, Unit, parse_unit
from reportgen.model.check_timeline import month_after_start
from reportgen.model.model import (
    BEGIN,
    DISTRIBUTIONS,
    END,
    Assumption,
    Definition,
    InputValue,
    Quantity,
    Range,
)
from reportgen.model.names import NameScope
from reportgen.model.question_context import in_unit
from reportgen.model.time_kinds import GrowthSpec, WhenSpec
from reportgen.model.timeline import Growth, InputRule, Timeline
from reportgen.model.written import MonthSpec, NumberSpec, PerOption, Text, WordSpec
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

T = TypeVar("T")

DATES, ENDS, SHARES = "dates rise", "ends after it begins", "shares come to 100 %"

AFTER_START = "Months after the start"
COMPOUNDING = frozenset(parse_unit(f"%/{period}") for period in ("month", "quarter", "year"))


class TimeInputs:
    """Makes inputs of what is written about time, and keeps them: `made`, those that no group of the author's has."""

    def __init__(
        self, timeline: Timeline, scope: NameScope, definitions: Mapping[Key, Definition], problems: Collector
    ) -> None:
        self.definitions = definitions
        self.timeline = timeline
        self.scope = scope
        self.problems = problems
        self.made: list[Assumption] = []
        self.values: dict[Key, InputValue] = {}
        self.growths: list[Growth] = []
        self.rules: list[InputRule] = []

    def add(  # noqa: PLR0913 - an input is a name, a title, a unit, a value and where it is written
        self, name: str, title: str, unit: Unit, value: float, span: Span, option: str | None = None, moment: str = ""
    ) -> Reference:
        """A new input, of one option or of all; `moment` as in `Assumption`."""
        key = Key(name, option)
        if key not in self.values:
            self.values[key] = InputValue(value)
            earlier = next((each for each in self.made if each.quantity.name == name), None)
            quantity = Quantity(name, title, unit, option is not None, (), AFTER_START if moment else "", span)
            ranges = {key: Range(None, None)}
            if earlier is None:
                self.made.append(Assumption(quantity, (key,), ranges, DISTRIBUTIONS[0], moment=moment))
            else:
                more = replace(earlier, keys=(*earlier.keys, key), ranges=earlier.ranges | ranges)
                self.made[self.made.index(earlier)] = more
        return Reference(name, None, option is not None)

    def rule(self, owner: Quantity, what: str, keys: Sequence[Key], span: Span, *, rising: bool = True) -> bool:
        """Keeps what inputs have to be together: dates that rise, or else shares of 100 %. Whether they are, as
        written."""
        made = InputRule(owner.name, f"{owner.title}: {what}", tuple(keys), rising, span)
        if len(keys) > 1 and made.keys not in [each.keys for each in self.rules]:
            self.rules.append(made)
        return made.holds([self.values[key].value for key in keys])

    def moment(
        self, written: WhenSpec, name: str, title: str, option: str | None = None, *, end: bool = False
    ) -> Node | None:
        """Months after the start: of a month, to its beginning or to its `end`. Reports RG203, RG212 and RG216."""
        what = f"`{name}`"
        match written:
            case MonthSpec():
                after = month_after_start(written, self.timeline, what, self.problems, end=end)
                return self.add(name, title, MONTH, after, written.span, option, END if end else BEGIN)
            case NumberSpec():
                return self.duration(written, name, title, option)
            case Text():
                return self.time_input(written)
            case WordSpec():
                raise TypeError(f"`{written.word}` is no moment that has a number")

    def duration(self, written: NumberSpec | Text, name: str, title: str, option: str | None = None) -> Node | None:
        """Months of a time. Reports RG212 and RG216."""
        if isinstance(written, Text):
            return self.time_input(written)
        months = in_unit(written, MONTH, f"`{name}`", self.problems)
        if months <= 0:
            self.problems.error("RG212", f"`{name}` is greater than zero", written.span, "for example 3 year")
        elif months > self.timeline.months:
            message = (
                f"`{name}` is {months:.12g} months after the start; the timeline ends after {self.timeline.months}"
            )
            self.problems.error("RG216", message, written.span, "shorten it, or lengthen the horizon")
        return self.add(name, title, MONTH, months, written.span, option)

    def time_input(self, name: Text) -> Node | None:
        """An input that holds a time, in months. Reports RG211, RG305 and RG402."""
        meaning = self.one_number(name)
        if meaning is None:
            return None
        if not meaning.unit.fits(YEAR):
            message = f"a time is needed here; `{name}` is in {meaning.unit}"
            self.problems.error("RG402", message, name.span, "name an input in month or year")
            return None
        return trees.scaled(Reference(meaning.name, None, meaning.per_option, name.span), meaning.unit, MONTH)

    def one_number(self, name: Text) -> NameMeaning | None:
        """An assumption that is the same all the time. Reports RG211 and RG305."""
        known = {each.name: each for each in self.scope.assumptions()}
        meaning = known.get(name.text)
        if meaning is None:
            if not self.scope.is_unread(name.text):
                hint = suggestion(name.text, known) or "declare it under `assumptions:`"
                self.problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)
            return None
        if meaning.over_time:
            message = f"`{name}` changes over time; one number is needed here"
            self.problems.error("RG305", message, name.span, "name an input that is the same all the time")
            return None
        return meaning

    def growth(self, written: GrowthSpec, of: Quantity, name: str, option: str | None = None) -> Callable[[Node], Node]:
        """What makes a number grow. Reports RG211, RG212, RG305, RG402 and RG404."""
        own, rate = of.unit / YEAR, written.rate
        if isinstance(rate, Text):
            meaning = self.one_number(rate)
            if meaning is None or not self._fits_growth(meaning.unit, own, rate.span):
                return lambda number: number
            for key, given in self.definitions.items():
                if key.name == rate.text and isinstance(given, InputValue):
                    self._leaves_something(given.value, meaning.unit, rate.span)
            node, unit = Reference(meaning.name, None, meaning.per_option, rate.span), meaning.unit
        else:
            if not self._has_meaning(rate, own) or rate.unit is None:
                return lambda number: number
            unit = rate.unit
            node = self.add(f"{name}.growth", f"{of.title}: growth", unit, rate.value, rate.span, option)
        begins = None
        if written.begins is not None and not isinstance(written.begins, WordSpec):
            begins = self.moment(written.begins, f"{name}.growth.from", f"{of.title}: growth begins", option)
        yearly = written.each is not None and written.each.text == "year"
        moment = written.begins.text if isinstance(written.begins, Text) else f"{name}.growth.from" if begins else ""
        self.growths.append(Growth(name, node.name, moment, yearly))
        years = trees.years_grown(begins, yearly=yearly)
        if unit in COMPOUNDING:
            period = Unit(tuple((word, -exponent) for word, exponent in unit.words if word != "%"))
            share = trees.scaled(node, unit * period, PLAIN)
            return lambda number: trees.compounded(number, share, years, period)
        more = trees.times(trees.scaled(node, unit, own), years)
        return lambda number: trees.plus(number, more)

    def _leaves_something(self, value: float, unit: Unit, span: Span) -> bool:
        """Reports RG212 for a share that leaves nothing to grow."""
        if unit in COMPOUNDING and value <= -100:
            message = f"growth of {value:.12g} {unit} leaves nothing to grow"
            hint = "growth is above -100 %; give values by month, or end the item with `until`"
            self.problems.error("RG212", message, span, hint)
            return False
        return True

    def _fits_growth(self, unit: Unit, own: Unit, span: Span) -> bool:
        if unit in COMPOUNDING or (unit.fits(own) and not unit.fits(PER_YEAR)):
            return True
        message = f"growth is in {unit}; it is in %/year or {own}"
        self.problems.error("RG402", message, span, "for example 8 %/year")
        return False

    def _has_meaning(self, rate: NumberSpec, own: Unit) -> bool:
        """Reports RG212, RG402, and RG404 where nothing says whether the number is a share or an amount."""
        unit = rate.unit
        if unit is None or (unit.fits(PER_YEAR) and unit not in COMPOUNDING):
            share = f"{rate.value * (100 if unit or abs(rate.value) < 1 else 1):.12g} %/year"
            message = f"growth of {rate.value:.12g} {unit}" if unit else f"growth of {rate.value:.12g} without a unit"
            hint = f"write `growth: {share}`"
            if not own.fits(PER_YEAR):
                hint += f" for a share of the value, or `growth: {rate.value:.12g} {own}` to add as much every year"
            self.problems.error("RG404", f"{message}: is it a share or an amount?", rate.span, hint)
            return False
        return self._leaves_something(rate.value, unit, rate.span) and self._fits_growth(unit, own, rate.span)


Given = tuple[str | None, T | None]


def at_option(written: T | PerOption[T] | None, option: str) -> Given[T]:
    """The option of its own input (None: all options share one), and what is written for it."""
    return (option, written.get(option)) if isinstance(written, PerOption) else (None, written)
