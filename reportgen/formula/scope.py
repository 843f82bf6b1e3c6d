"""What the names of formulas stand for, as the checker needs to know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reportgen.formula.nodes import Method, Node
from reportgen.formula.units import Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a name stands for: one number, or one number per option, in a unit; of each, one number or one for each step
    (`over_time`). `refers_to` is the number that formulas read, where it has another name. `comes_to`: whether the name
    itself is what a category or one of its items comes to over the timeline; `steady`: whether that is the same all the
    time."""

    name: str
    unit: Unit
    per_option: bool
    over_time: bool = False
    refers_to: str = ""
    comes_to: bool = False
    steady: bool = True


@dataclass(frozen=True, slots=True)
class TableShape:
    """`per_option`: each option has rows of its own; those of one are a table called `name.option`. `cells` names the
    numbers of each table that is meant, where these are inputs."""

    name: str
    from_unit: Unit
    to_unit: Unit
    method: Method
    per_option: bool = False
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()


class TimeSpan(Protocol):
    """Months of the timeline: the first one since the year 0, and how many there are."""

    @property
    def start(self) -> int: ...

    @property
    def months(self) -> int: ...


class Scope(Protocol):
    """The names a formula can use."""

    @property
    def options(self) -> tuple[str, ...]: ...

    @property
    def timeline(self) -> TimeSpan | None:
        """None where the model has no horizon."""

    def is_over_time(self, name: str) -> bool:
        """Whether a number of that name, which formulas read, is one for each step."""

    def series(self, node: Node, unit: Unit, per_option: bool, text: str, *, flows: bool = False) -> str:
        """The name of a tree over time, which has none of its own yet; `text` is how its author wrote it. `flows`: it
        has an amount at the start too."""

    def present_value(self, quantity: Quantity, rate: Quantity, option: str | None) -> Node | None:
        """What a category or an item comes to, discounted by an input, for an option or (None) the one that a formula
        is computed for; None for any other quantity."""

    def amounts(self, quantity: Quantity) -> tuple[str, Unit] | None:
        """The name and the unit of what a category, an item or a total of such comes to at the start and in each step;
        None for any other quantity."""

    def discount_factors(self, rate: Quantity) -> str:
        """The name of what the amounts of each step count less by."""

    def quantity(self, name: str) -> Quantity | None:
        """The quantity of that (perhaps dotted) name."""

    def table(self, name: str) -> TableShape | None: ...

    def quantities(self) -> Iterable[Quantity]: ...

    def tables(self) -> Iterable[str]: ...

    def assumptions(self) -> Iterable[Quantity]:
        """The quantities that a hint may suggest to multiply or divide by: nothing computed, so no new circle."""

    def is_unread(self, word: str) -> bool:
        """Whether the author defines the word, but in a way that could not be read: reported there, not here."""
