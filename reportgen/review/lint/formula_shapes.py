"""Formulas of any workbook, read once per shape: what they refer to, call and hold.

A whole sheet of copied formulas has few shapes. Two formulas have the same shape when they are the same, seen from
their cells: `=A2*$C$1` in B2 and `=A3*$C$1` in B3. Shapes that differ in nothing but addresses share a frame, and
most of what there is to know of a formula is known of its frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import (
    ADDRESS,
    MAX_FORMULA,
    Area,
    Copies,
    Corners,
    address_of,
    area_between,
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
            return self._shapes.setdefault((formula,), Shape(self._frames.of(""), ()))
        above = self._last.get(column)
        if above is not None and above[0] is not None and above[0].hold(formula, row):
            return above[1]
        frame_text, texts = split(formula)
        addresses = list(map(address_of, texts))
        key = frame_text, *seen_from(row, column, addresses)
        shape = self._shapes.get(key)
        if shape is None:
            frame = self._frames.of(frame_text)
            self._budget.spend("references", len(addresses) + len(frame.names))
            corners = [address.seen_from(row, column) for address in addresses]
            shape = self._shapes[key] = Shape(frame, tuple(map(Reference, frame.scopes, corners)))
        # From the second on, as in many books every formula differs from the one above.
        copies = copies_of(frame_text, texts, row) if above is not None and above[1] is shape else None
        self._last[column] = copies, shape
        return shape


def shape_of(formula: str, row: int = 1, column: int = 1) -> Shape:
    """Of a formula outside cells, seen from one."""
    return Shapes(Budget()).of(formula, row, column)


class _Frames:
    """The frames of a book. Those that differ in nothing but plain numbers are read once."""

    def __init__(self) -> None:
        self._frames: dict[str, Frame] = {}
        self._patterns: dict[str, _Pattern] = {}

    def of(self, text: str) -> Frame:
        frame = self._frames.get(text)
        if frame is None:
            frame = self._frames[text] = self._read(text)
        return frame

    def _read(self, text: str) -> Frame:
        pieces = _PLAIN_NUMBER.split(text)
        skeleton = _SLOT.join(pieces[::2])
        pattern = self._patterns.get(skeleton)
        if pattern is None:
            # How a lookup looks depends on the number in it.
            if _SIMPLE.fullmatch(text) is None or _LOOKUP.search(text) is not None:
                return _Pattern(text).frame
            pattern = self._patterns[skeleton] = _Pattern(skeleton)
        return pattern.with_numbers(pieces[1::2])


_SIMPLE = re.compile(rf"[\w.+\-*/^&<>=%(),!: {ADDRESS}]*")
"""A frame without texts, quoted sheets, tables, lists and errors, in which a number is easily found."""

_PLAIN_NUMBER = re.compile(r"(?<![\w.])(?<![0-9.][Ee][+-])([0-9]+(?:\.[0-9]+)?)(?![\w.])")
_LOOKUP = re.compile(r"MATCH|LOOKUP", re.IGNORECASE)
_SLOT = "0"
"""What stands for a plain number in a pattern."""


class _Pattern:
    """What frames have in common that differ in plain numbers alone: `frame` is the one with `_SLOT` for each."""

    def __init__(self, text: str) -> None:
        parts = list(tokens(text))
        calls = _Calls()
        scopes: list[Scope] = []
        names: list[str] = []
        operations, lost = 0, False
        self._numbers: list[tuple[str, bool] | NumberPlace] = []
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
                case "number" if part == _SLOT:
                    self._numbers.append(place_of(parts, at, calls.stack))
                case "number" | "text":
                    if (number := number_at(parts, at, calls.stack)) is not None:
                        self._numbers.append(number)
                case "operator":
                    operations += 1
                case "error" | "lost":
                    lost = lost or part.endswith("#REF!")
                case _:
                    pass
        shown = [ADDRESS if group == "reference" else part for group, part in parts]
        slots = [at for at, part in enumerate(parts) if part == ("number", _SLOT)]
        self._between = ["".join(shown[start + 1 : end]) for start, end in pairwise((-1, *slots, len(shown)))]
        self.frame = Frame(
            text="".join(shown),
            scopes=tuple(scopes),
            names=tuple(names),
            functions=tuple(calls.functions),
            numbers=len(self._numbers),
            typed=self._typed([_SLOT] * len(slots)),
            depth=calls.depth,
            ifs=calls.ifs,
            most_arguments=calls.most_arguments,
            operations=operations + len(calls.functions),
            lookups=() if LOOKUPS.isdisjoint(calls.functions) else tuple(approximate_lookups(parts)),
            lost=lost,
        )

    def with_numbers(self, numbers: list[str]) -> Frame:
        """The frame with these numbers in its slots."""
        text = "".join(map(str.__add__, self._between, [*numbers, ""]))
        return replace(self.frame, text=text, typed=self._typed(numbers))

    def _typed(self, numbers: list[str]) -> tuple[str, ...]:
        in_slots = iter(numbers)
        read = (one.read(next(in_slots)) if isinstance(one, NumberPlace) else one for one in self._numbers)
        return tuple(dict.fromkeys(text for text, is_typed in read if is_typed))


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
