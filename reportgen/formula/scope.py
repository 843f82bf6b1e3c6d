"""What the names of formulas stand for, as the checker needs to know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reportgen.formula.nodes import Method
from reportgen.formula.units import Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a name stands for: one number, or one number per option, in a unit."""

    name: str
    unit: Unit
    per_option: bool


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


class Scope(Protocol):
    """The names a formula can use."""

    @property
    def options(self) -> tuple[str, ...]: ...

    def quantity(self, name: str) -> Quantity | None:
        """The quantity of that (perhaps dotted) name."""

    def table(self, name: str) -> TableShape | None: ...

    def quantities(self) -> Iterable[Quantity]: ...

    def tables(self) -> Iterable[str]: ...

    def assumptions(self) -> Iterable[Quantity]:
        """The quantities that a hint may suggest to multiply or divide by: nothing computed, so no new circle."""

    def is_unread(self, word: str) -> bool:
        """Whether the author defines the word, but in a way that could not be read: reported there, not here."""
