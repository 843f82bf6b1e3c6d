"""Formulas of any workbook, read once per shape: what they refer to, call and hold.

A whole sheet of copied formulas has few shapes. Two formulas have the same shape when they are the same, seen from
their cells: `=A2*$C$1` in B2 and `=A3*$C$1` in B3. Shapes that differ in nothing but addresses share a frame, and
most of what there is to know of a formula is known of its frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import (
    ADDRESS,
    MAX_FORMULA,
    Address,
    Copies,
    Distance,
    address_of,
    copies_of,
    seen_from,
    split,
    tokens,
    unquoted,
)
from reportgen.review.lint.lookups import LOOKUPS, Lookup, approximate_lookups
from reportgen.review.lint.typed_numbers import Call, NumberPlace, number_at, place_of


class Scope(NamedTuple):
    """What is said of an address beside the cells. `sheet` is None for the formula's own; `external` where another
    book is meant; `within` is the innermost function around it, empty outside all."""

    sheet: str | None
    external: bool
    within: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A formula without its addresses, of which `scopes` has one each, and without plain numbers. `functions` as often
    as they are called; `depth` how many function calls lie within each other at most, `ifs` how many of them are IF;
    `operations` counts functions and operators; `numbers` has a place for each plain one, and the others with whether
    they belong in input cells; `lookups` are those that are not exact."""

    text: str
    scopes: tuple[Scope, ...]
    names: tuple[str, ...]
    functions: tuple[str, ...]
    numbers: tuple[NumberPlace | tuple[str, bool], ...]
    depth: int
    ifs: int
    most_arguments: int
    operations: int
    lookups: tuple[Lookup, ...]
    lost: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What equal formulas have in common; there is one for all of them. `numbers` are the plain numbers left out of the
    frame, `addresses` those of the formula in the cell at `row` and `column`, of which all others are copies."""

    frame: Frame
    numbers: tuple[str, ...]
    addresses: tuple[Address, ...]
    row: int
    column: int

    @property
    def is_link(self) -> bool:
        """Whether a formula only repeats one cell."""
        return self.frame.text == ADDRESS and len(self.addresses[0].corners) == 1

    @property
    def refers(self) -> bool:
        return bool(self.addresses or self.frame.names)

    @property
    def typed_numbers(self) -> tuple[str, ...]:
        """Numbers that belong in input cells."""
        plain = iter(self.numbers)
        read = [one.read(next(plain)) if isinstance(one, NumberPlace) else one for one in self.frame.numbers]
        return tuple(dict.fromkeys([text for text, is_typed in read if is_typed]))

    def distance(self, position: tuple[int, int]) -> Distance:
        """How far the formula in a cell is from the one whose addresses these are."""
        return position[0] - self.row, position[1] - self.column

    def seen(self, address: Address) -> int:
        """A number that is the same for the same address, seen from the formula's cell."""
        _, number, of_row, of_column = address
        return number - self.row * of_row - self.column * of_column

    def reads_like(self, other: Shape) -> bool:
        """Whether two formulas differ in nothing but addresses."""
        same = self.frame is other.frame or self.frame.text == other.frame.text
        return same and self.numbers == other.numbers


class Shapes:
    """The shapes of the formulas of a book."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._shapes: dict[tuple[object, ...], Shape] = {}
        self._frames = _Frames()
        self._last: dict[int, tuple[Copies | None, Shape]] = {}
        """By column, as most formulas are copies of the one above."""

    def of(self, formula: str, row: int, column: int, known: Shape | None = None) -> Shape:
        """Nothing is refused: what is not understood is passed over, and nothing is read of a formula longer than a
        cell holds. `known` where the formula is a copy of one whose shape is known."""
        self._budget.spend("formulas")
        self._budget.spend("formula text", len(formula))
        if known is not None:
            return known
        if len(formula) > MAX_FORMULA:
            return self._shapes.setdefault((formula,), Shape(*self._frames.of(""), (), row, column))
        above = self._last.get(column)
        if above is not None and above[0] is not None and above[0].hold(formula, row):
            return above[1]
        frame_text, texts = split(formula)
        addresses = list(map(address_of, texts))
        key = frame_text, *seen_from(row, column, addresses)
        shape = self._shapes.get(key)
        if shape is None:
            frame, numbers = self._frames.of(frame_text)
            self._budget.spend("references", len(addresses) + len(frame.names))
            shape = self._shapes[key] = Shape(frame, numbers, tuple(addresses), row, column)
        # From the second on, as in many books every formula differs from the one above.
        copies = copies_of(frame_text, texts, row) if above is not None and above[1] is shape else None
        self._last[column] = copies, shape
        return shape


def shape_of(formula: str, row: int = 1, column: int = 1) -> Shape:
    """Of a formula outside cells, seen from one."""
    return Shapes(Budget()).of(formula, row, column)


_SIMPLE = re.compile(rf"[\w.+\-*/^&<>=%(),!: {ADDRESS}]*")
"""A frame without texts, quoted sheets, tables, lists and errors, in which a number is easily found."""

_PLAIN_NUMBER = re.compile(r"(?<![\w.])(?<![0-9.][Ee][+-])([0-9]+(?:\.[0-9]+)?)(?![\w.])")
"""Not the exponent of one such as 1E-12."""
_LOOKUP = re.compile(r"MATCH|LOOKUP", re.IGNORECASE)
_PLACE = "0"
"""What stands for a plain number in a frame."""


class _Frames:
    """The frames of a book. Those that differ in nothing but plain numbers are one."""

    def __init__(self) -> None:
        self._without_numbers: dict[str, Frame] = {}
        self._as_written: dict[str, Frame] = {}

    def of(self, text: str) -> tuple[Frame, tuple[str, ...]]:
        """The frame of a formula's text, and the plain numbers in this."""
        pieces = _PLAIN_NUMBER.split(text)
        without, numbers = _PLACE.join(pieces[::2]), tuple(pieces[1::2])
        frame = self._without_numbers.get(without)
        # How a lookup looks depends on the number in it.
        if frame is None and _SIMPLE.fullmatch(text) is not None and _LOOKUP.search(text) is None:
            frame = self._without_numbers[without] = _frame(without, True)
        if frame is not None:
            return frame, numbers
        frame = self._as_written.get(text)
        if frame is None:
            frame = self._as_written[text] = _frame(text, False)
        return frame, ()


def _frame(text: str, without_numbers: bool) -> Frame:
    parts = list(tokens(text))
    calls = _Calls()
    scopes: list[Scope] = []
    names: list[str] = []
    numbers: list[NumberPlace | tuple[str, bool]] = []
    operations, lost = 0, False
    for at, (group, part) in enumerate(parts):
        match group:
            case "function" | "open":
                calls.open(part[:-1].upper())
            case "close":
                calls.close()
            case "separator":
                calls.separate()
            case "reference":
                sheet = unquoted(part.rpartition("!")[0])
                scopes.append(Scope(sheet or None, "[" in sheet, calls.innermost))
            case "name" if part.upper() not in ("TRUE", "FALSE"):
                names.append(part)
            case "number" if part == _PLACE and without_numbers:
                numbers.append(place_of(parts, at, calls.stack))
            case "number" | "text":
                if (number := number_at(parts, at, calls.stack)) is not None:
                    numbers.append(number)
            case "operator":
                operations += 1
            case "error" | "lost":
                lost = lost or part.endswith("#REF!")
            case _:
                pass
    return Frame(
        text="".join(ADDRESS if group == "reference" else part for group, part in parts),
        scopes=tuple(scopes),
        names=tuple(names),
        functions=tuple(calls.functions),
        numbers=tuple(numbers),
        depth=calls.depth,
        ifs=calls.ifs,
        most_arguments=calls.most_arguments,
        operations=operations + len(calls.functions),
        lookups=() if LOOKUPS.isdisjoint(calls.functions) else tuple(approximate_lookups(parts)),
        lost=lost,
    )


class _Calls:
    """The functions of a formula while it is read. `stack` has what is open, brackets without a name, each with the
    number of the argument that is being read."""

    def __init__(self) -> None:
        self.functions: list[str] = []
        self.stack: list[Call] = []
        self.depth = self.ifs = self.most_arguments = 0
        self._around: list[str] = []
        self._ifs = 0

    @property
    def innermost(self) -> str:
        return self._around[-1] if self._around else ""

    def open(self, name: str) -> None:
        self.stack.append((name, 1))
        if name:
            self.functions.append(name)
            self._around.append(name)
            self._ifs += name == "IF"
            self.depth = max(self.depth, len(self._around))
            self.ifs = max(self.ifs, self._ifs)
            self.most_arguments = max(self.most_arguments, 1)

    def close(self) -> None:
        if self.stack and (name := self.stack.pop()[0]):
            self._around.pop()
            self._ifs -= name == "IF"

    def separate(self) -> None:
        if self.stack:
            name, argument = self.stack[-1]
            self.stack[-1] = name, argument + 1
            self.most_arguments = max(self.most_arguments, argument + 1 if name else 0)
