"""Formulas of any workbook, read once per shape: what they refer to, call and hold.

A whole sheet of copied formulas has few shapes. Two formulas have the same shape when they are the same, seen from
their cells: `=A2*$C$1` in B2 and `=A3*$C$1` in B3. Shapes that differ in nothing but addresses share a frame, and
most of what there is to know of a formula is known of its frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import (
    ADDRESS,
    MAX_FORMULA,
    Area,
    Copies,
    Corners,
    area_between,
    copies_of,
    corners_of,
    seen_from,
    split,
    tokens,
    unquoted,
)
from reportgen.review.lint.lookups import LOOKUPS, Lookup, approximate_lookups
from reportgen.review.lint.typed_numbers import Call, number_at


class Scope(NamedTuple):
    """What is said of an address beside the cells. `sheet` is None for the formula's own; `external` where another
    book is meant; `within` is the innermost function around it, empty outside all."""

    sheet: str | None
    external: bool
    within: str


class Reference(NamedTuple):
    """What a formula points to."""

    scope: Scope
    corners: Corners

    def area(self, row: int, column: int) -> Area:
        """The cells meant by a formula in the cell at `row` and `column`."""
        return area_between(self.corners, row, column)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A formula without its addresses, of which `scopes` has one each. `functions` as often as they are called; `depth`
    how many function calls lie within each other at most, `ifs` how many of them are IF; `operations` counts functions
    and operators, `numbers` numbers, of which `typed` are those that belong in input cells; `lookups` are those
    that are not exact."""

    text: str
    scopes: tuple[Scope, ...]
    names: tuple[str, ...]
    functions: tuple[str, ...]
    numbers: int
    typed: tuple[str, ...]
    depth: int
    ifs: int
    most_arguments: int
    operations: int
    lookups: tuple[Lookup, ...]
    lost: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What equal formulas have in common; there is one for all of them."""

    frame: Frame
    references: tuple[Reference, ...]

    @property
    def is_link(self) -> bool:
        """Whether a formula only repeats one cell."""
        return self.frame.text == ADDRESS and len(self.references[0].corners) == 1

    @property
    def refers(self) -> bool:
        return bool(self.references or self.frame.names)


class Shapes:
    """The shapes of the formulas of a book."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._shapes: dict[tuple[object, ...], Shape] = {}
        self._frames: dict[str, Frame] = {}
        self._last: dict[int, tuple[Copies, Shape]] = {}
        """By column, as most formulas are copies of the one above."""

    def of(self, formula: str, row: int, column: int, known: Shape | None = None) -> Shape:
        """Nothing is refused: what is not understood is passed over, and nothing is read of a formula longer than a
        cell holds. `known` where the formula is a copy of one whose shape is known."""
        self._budget.spend("formulas")
        self._budget.spend("formula text", len(formula))
        if known is not None:
            return known
        if len(formula) > MAX_FORMULA:
            return self._shapes.setdefault((formula,), Shape(_read(""), ()))
        above = self._last.get(column)
        if above is not None and above[0].hold(formula, row):
            return above[1]
        frame_text, addresses = split(formula)
        key = frame_text, *seen_from(row, column, addresses)
        shape = self._shapes.get(key)
        if shape is None:
            frame = self._frames.get(frame_text)
            if frame is None:
                frame = self._frames[frame_text] = _read(frame_text)
            self._budget.spend("references", len(addresses) + len(frame.names))
            corners = [corners_of(address, row, column) for address in addresses]
            shape = self._shapes[key] = Shape(frame, tuple(map(Reference, frame.scopes, corners)))
        self._last[column] = copies_of(frame_text, addresses, row), shape
        return shape


def shape_of(formula: str, row: int = 1, column: int = 1) -> Shape:
    """Of a formula outside cells, seen from one."""
    return Shapes(Budget()).of(formula, row, column)


def _read(frame: str) -> Frame:
    parts = list(tokens(frame))
    scopes: list[Scope] = []
    names: list[str] = []
    numbers: list[tuple[str, bool]] = []
    calls = _Calls()
    operations = 0
    lost = False
    for at, (group, text) in enumerate(parts):
        match group:
            case "function" | "open":
                calls.open(text[:-1].upper())
            case "close":
                calls.close()
            case "separator":
                calls.separate()
            case "reference":
                sheet = unquoted(text.rpartition("!")[0])
                scopes.append(Scope(sheet or None, "[" in sheet, calls.innermost))
            case "name" if text.upper() not in ("TRUE", "FALSE"):
                names.append(text)
            case "number" | "text":
                if (number := number_at(parts, at, calls.stack)) is not None:
                    numbers.append(number)
            case "operator":
                operations += 1
            case "error" | "lost":
                lost = lost or text.endswith("#REF!")
            case _:
                pass
    return Frame(
        text="".join(ADDRESS if group == "reference" else text for group, text in parts),
        scopes=tuple(scopes),
        names=tuple(names),
        functions=tuple(calls.functions),
        numbers=len(numbers),
        typed=tuple(dict.fromkeys(text for text, is_typed in numbers if is_typed)),
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
