"""A scope with every kind of name in it, for tests of the checker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.formula.nodes import Method, Node, Reference
from reportgen.formula.scope import Quantity, TableShape
from reportgen.formula.units import Unit, parse_unit

ASSUMED = {
    "seats": ("seat", False),
    "users": ("seats", False),
    "fee": ("EUR/seat/month", False),
    "hours": ("h/month", False),
    "vm": ("USD/h", False),
    "fx": ("USD/EUR", False),
    "share": ("%", False),
    "budget": ("kEUR/year", False),
    "load": ("1", True),
    "interest": ("%/year", False),
    "term": ("month", False),
    "loan": ("EUR", False),
    "a": ("1", False),
    "b_2": ("1", True),
}
COMPUTED = {
    "total": ("EUR/month", True),
    "yearly": ("EUR/year", True),
    "cost": ("EUR/month", True),
    "cost.fees": ("EUR/month", True),
}


OVER_TIME = {"use": ("kWh/month", False), "stock": ("TB", False), "demand": ("seat", True), "held": ("EUR", True)}


@dataclass(frozen=True)
class Months:
    """Six years from 2027 on."""

    start: int = 2027 * 12
    months: int = 72


class Names:
    """What is over time is there only in a scope with a timeline; `made` are the series that formulas hold."""

    options = ("hosted", "self_run")

    def __init__(self, timeline: Months | None = None) -> None:
        self.timeline = timeline
        self.made: dict[str, Node] = {}

    def quantity(self, name: str) -> Quantity | None:
        return next((each for each in self.quantities() if each.name == name), None)

    def table(self, name: str) -> TableShape | None:
        tables = {"steps": ("seat", "server", Method.STEP), "tiers": ("kseat", "EUR/seat/month", Method.GRADUATED)}
        if name not in tables:
            return None
        read_by, gives, method = tables[name]
        return TableShape(name, parse_unit(read_by), parse_unit(gives), method)

    def tables(self) -> Iterable[str]:
        return ("steps", "tiers")

    def quantities(self) -> Iterable[Quantity]:
        found = [Quantity(name, parse_unit(unit), each) for name, (unit, each) in {**ASSUMED, **COMPUTED}.items()]
        if self.timeline is not None:
            found += [Quantity(name, parse_unit(unit), each, True) for name, (unit, each) in OVER_TIME.items()]
            found += [
                Quantity("horizon", parse_unit("year"), False),
                Quantity("running", parse_unit("EUR/month"), True, comes_to=True),
                Quantity("bought", parse_unit("EUR"), True, comes_to=True),
            ]
        return found

    def assumptions(self) -> Iterable[Quantity]:
        return [Quantity(name, parse_unit(unit), each) for name, (unit, each) in ASSUMED.items()]

    def is_unread(self, word: str) -> bool:
        return word == "unreadable"

    def is_over_time(self, name: str) -> bool:
        return name in self.made or (self.timeline is not None and name in OVER_TIME)

    def series(self, node: Node, unit: Unit, per_option: bool, text: str, *, flows: bool = False) -> str:
        self.made[text] = node
        return text

    def present_value(self, quantity: Quantity, rate: Quantity, option: str | None = None) -> Node | None:
        return Reference(f"{quantity.name} at {rate.name}", option, True) if quantity.comes_to else None

    def amounts(self, quantity: Quantity) -> tuple[str, Unit] | None:
        return (f"{quantity.name} over time", parse_unit("EUR")) if quantity.comes_to else None

    def discount_factors(self, rate: Quantity) -> str:
        return f"factors at {rate.name}"
