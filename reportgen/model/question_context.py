"""What the checks of a model's questions look up: inputs, totals, prices and sources; and where their problems go."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reportgen.formula.mismatch import code_of
from reportgen.formula.nodes import Key
from reportgen.formula.scope import Scope
from reportgen.formula.units import Unit
from reportgen.model.input_names import is_one, is_table, said_of_part, said_of_several
from reportgen.model.timeline import OfTotal
from reportgen.model.written import NumberSpec, Text
from reportgen.problems import Collector, suggestion


def in_unit(number: NumberSpec, unit: Unit, what: str, problems: Collector) -> float:
    """The number in `unit`. Reports RG402 or RG403 where its own unit does not fit, and gives NaN: no comparison with
    that is true, so a rule about numbers is worded as what breaks it."""
    if number.unit is None:
        return number.value
    if not number.unit.fits(unit):
        message = f"{what} is in {number.unit}, which does not fit {unit}"
        problems.error(code_of(number.unit, unit), message, number.span, f"write it in {unit}")
        return math.nan
    return number.unit.convert(number.value, unit)


@dataclass(frozen=True, slots=True)
class KnownInput:
    """A number of an assumption or of a cost item, None where it could not be read; its unit, and what it could be
    instead."""

    unit: Unit
    value: float | None
    low: float | None
    high: float | None

    @property
    def moves(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def varies(self) -> bool:
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Context:
    """What questions can be about. `quantities`: every name that has a number; `of_totals`: by name, what totals
    without a formula add up; `prices`: categories, items and totals;
    `not_applicable`: the costs written as `none`; `sources` gives the ids of sources and reports unknown ones;
    `unread`: words whose definition could not be read, reported there; `by_name`: the inputs that each name stands for;
    `asked` collects the inputs that are named."""

    scope: Scope
    problems: Collector
    inputs: Mapping[Key, KnownInput]
    quantities: Collection[str]
    totals: tuple[str, ...]
    of_totals: Mapping[str, OfTotal]
    categories: tuple[str, ...]
    prices: tuple[str, ...]
    not_applicable: frozenset[Key]
    scenarios: tuple[str, ...]
    sources: Callable[[tuple[Text, ...]], tuple[str, ...]]
    unread: frozenset[str]
    by_name: Mapping[str, tuple[Key, ...]]
    asked: set[Key] = field(default_factory=set)

    @property
    def options(self) -> tuple[str, ...]:
        return self.scope.options

    def keys_of(self, name: str) -> tuple[Key, ...]:
        """The inputs that a name stands for: one, those of all options, of all months, or all that a table gives."""
        return self.by_name.get(name, ())

    def numbers(self, name: Text) -> tuple[Key, ...]:
        """The numbers that a name stands for: one, or those of all options. Reports RG211."""
        keys = self.keys_of(name.text) or (self.input(name),)
        return self._asked(tuple(key for key in keys if key is not None))

    def _asked(self, keys: tuple[Key, ...]) -> tuple[Key, ...]:
        self.asked.update(keys)
        return keys

    def input(self, name: Text) -> Key | None:
        """The one number that a driver stands for: `seats`, or `share.self_run`. Reports RG211 and RG305."""
        keys = self.keys_of(name.text)
        if is_one(name.text, keys):
            return self._asked(keys)[0]
        owner = name.text.rpartition(".")[0] or name.text
        if owner.partition(".")[0] not in self.unread:
            self._report_input(name, owner)
        return None

    def _report_input(self, name: Text, owner: str) -> None:
        keys = self.keys_of(name.text)
        if keys:
            hint = f"name one of its numbers, such as {keys[0]}"
            hint = hint if is_table(name.text, keys) else f"set {', '.join(map(str, keys))}"
            self.problems.error("RG305", said_of_several(name.text, keys), name.span, hint)
        elif part := said_of_part(name.text, self.by_name):
            self.problems.error("RG305", part[0], name.span, part[1])
        elif name.text in self.quantities or owner in self.quantities:
            hint = "what can be set are assumptions and costs that are numbers; results follow from them"
            self.problems.error("RG211", f"`{name}` is no assumption", name.span, hint)
        else:
            hint = suggestion(name.text, map(str, self.inputs))
            self.problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)

    def assumption(self, name: Text) -> tuple[Key, ...]:
        """The numbers of an assumption. Reports RG211 where there is no such assumption."""
        keys = self.keys_of(name.text)
        if not keys and name.text in self.quantities:
            hint = "name an assumption it is computed from"
            self.problems.error("RG211", f"`{name}` is computed, not an assumption", name.span, hint)
        elif not keys and name.text not in self.unread:
            hint = suggestion(name.text, dict.fromkeys(key.name for key in self.inputs))
            self.problems.error("RG211", f"there is no assumption `{name}`", name.span, hint)
        return self._asked(keys)

    def check_options(self, options: Iterable[Text]) -> None:
        """Reports RG211 for what is no option."""
        for option in options:
            if option.text not in self.options:
                hint = suggestion(option.text, self.options) or f"the options are {', '.join(self.options)}"
                self.problems.error("RG211", f"there is no option `{option}`", option.span, hint)

    def total(self, of: Text | None) -> str:
        """The total that is meant: the headline unless one is named. Reports RG211."""
        if of is None:
            return self.totals[-1] if self.totals else ""
        self.check_total(of)
        return of.text

    def check_total(self, of: Text) -> None:
        """Reports RG211 for what is no total."""
        if of.text not in self.totals and of.text not in self.unread:
            hint = suggestion(of.text, self.totals) or f"the totals are {', '.join(self.totals)}"
            self.problems.error("RG211", f"there is no total `{of}`", of.span, hint)
