"""Formulas as expressions: each prints its Excel text, and yields its value from the cells that it refers to.

A sheet writes `here(row, PRICE) * here(row, AMOUNT)` and has both `=C7*D7` and what it comes to. Brackets are printed
wherever a reader or a program could take precedence otherwise (`-2^2` is 4 in Excel).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reportgen.workbook.address import AS_PLANNED, Address, Area, Pieces, SheetNames, column_letters, quoted
from reportgen.workbook.values import Block, Value, arithmetic, compared, joined

LOOSE, JOIN, SUM, PRODUCT, TIGHT = range(5)
"""How tightly operators bind: comparison, `&`, `+ -`, `* / ^`, and what needs no brackets anywhere."""

_COMPARISON = (LOOSE, JOIN, JOIN)
_STRENGTHS = {
    "&": (JOIN, JOIN, JOIN),
    "+": (SUM, SUM, PRODUCT),
    "-": (SUM, SUM, PRODUCT),
    "*": (PRODUCT, PRODUCT, TIGHT),
    "/": (PRODUCT, PRODUCT, TIGHT),
    "^": (PRODUCT, TIGHT, TIGHT),
}
"""By operator: how tightly it binds, and how tightly its operands have to, to need no brackets."""


class Cells(Protocol):
    """Where expressions read the values of cells."""

    def value(self, address: Address) -> Value: ...

    def block(self, area: Area) -> Block: ...


def excel_number(value: float) -> str:
    """A number as formulas write it, with every digit it has."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).replace("e", "E")


class Expression:
    """A formula or a part of one. Operators make larger ones; `equals` and `differs` stand for `=` and `<>`."""

    __slots__ = ()

    @property
    def strength(self) -> int:
        return TIGHT

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The expressions that this one is made of."""
        return ()

    def text(self, sheet: str, names: SheetNames = AS_PLANNED) -> str:
        """As a formula on `sheet` writes it, without the leading `=`, the sheets called by their `names`."""
        found = Pieces(names)
        self.print(found, sheet)
        return "".join(map(str, found))

    def print(self, found: Pieces, sheet: str) -> None:
        """Append the pieces of its text: a number is a row that filling down moves."""
        raise NotImplementedError

    def value(self, cells: Cells) -> Value:
        """What it comes to. Raises CellError where a spreadsheet would show an error value."""
        raise NotImplementedError

    def down(self, rows: int) -> Expression:
        """The same some rows below, as filling down makes it: what is fixed stays."""
        return self

    def print_within(self, found: Pieces, sheet: str, strength: int) -> None:
        """Append those of an operand, in brackets where it binds less tightly than its surroundings ask for."""
        if self.strength >= strength:
            self.print(found, sheet)
        else:
            found.append("(")
            self.print(found, sheet)
            found.append(")")

    def equals(self, other: Operand) -> Expression:
        return Binary("=", self, expression(other))

    def differs(self, other: Operand) -> Expression:
        return Binary("<>", self, expression(other))

    def __lt__(self, other: Operand) -> Expression:
        return Binary("<", self, expression(other))

    def __le__(self, other: Operand) -> Expression:
        return Binary("<=", self, expression(other))

    def __gt__(self, other: Operand) -> Expression:
        return Binary(">", self, expression(other))

    def __ge__(self, other: Operand) -> Expression:
        return Binary(">=", self, expression(other))

    def __and__(self, other: Operand) -> Expression:
        return Binary("&", self, expression(other))

    def __rand__(self, other: Operand) -> Expression:
        return Binary("&", expression(other), self)

    def __add__(self, other: Operand) -> Expression:
        return Binary("+", self, expression(other))

    def __radd__(self, other: Operand) -> Expression:
        return Binary("+", expression(other), self)

    def __sub__(self, other: Operand) -> Expression:
        return Binary("-", self, expression(other))

    def __rsub__(self, other: Operand) -> Expression:
        return Binary("-", expression(other), self)

    def __mul__(self, other: Operand) -> Expression:
        return Binary("*", self, expression(other))

    def __rmul__(self, other: Operand) -> Expression:
        return Binary("*", expression(other), self)

    def __truediv__(self, other: Operand) -> Expression:
        return Binary("/", self, expression(other))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Binary("/", expression(other), self)

    def __pow__(self, other: Operand) -> Expression:
        return Binary("^", self, expression(other))

    def __rpow__(self, other: Operand) -> Expression:
        return Binary("^", expression(other), self)

    def __neg__(self) -> Expression:
        return Negative(self)


Operand = Expression | float | str | bool


def expression(operand: Operand) -> Expression:
    """A constant where it is none yet."""
    return operand if isinstance(operand, Expression) else Constant(operand)


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number, a text or a truth value that the formula holds itself."""

    constant: float | str | bool

    def print(self, found: Pieces, sheet: str) -> None:
        if isinstance(self.constant, bool):
            found.append("TRUE" if self.constant else "FALSE")
        elif isinstance(self.constant, str):
            found.append('"' + self.constant.replace('"', '""') + '"')
        else:
            found.append(excel_number(float(self.constant)))

    def value(self, cells: Cells) -> Value:
        return self.constant


@dataclass(frozen=True, slots=True)
class Cell(Expression):
    """A cell; the row, the column or both may be fixed with dollar signs."""

    address: Address
    fixed_row: bool = False
    fixed_column: bool = False

    def print(self, found: Pieces, sheet: str) -> None:
        at = self.address
        title, rows_above = found.names.of(at.sheet)
        before = "" if sheet == at.sheet or found.names.of(sheet).title == title else f"{quoted(title)}!"
        column = f"{before}{'$' if self.fixed_column else ''}{column_letters(at.column)}"
        if self.fixed_row:
            found.append(f"{column}${at.row + rows_above}")
        else:
            found += column, at.row + rows_above

    def value(self, cells: Cells) -> Value:
        return cells.value(self.address)

    def down(self, rows: int) -> Cell:
        at = self.address
        return self if self.fixed_row else Cell(Address(at.sheet, at.row + rows, at.column), False, self.fixed_column)

    def to(self, last: Cell) -> CellRange:
        """The range from this cell to another, each as fixed as it is."""
        return CellRange(self, last)


@dataclass(frozen=True, slots=True)
class CellRange(Expression):
    """The cells from one to another, written with both ends also where they are one cell: IronCalc looks for nothing in
    what is written as a single one."""

    first: Cell
    last: Cell

    @property
    def area(self) -> Area:
        first, last = self.first.address, self.last.address
        return Area(first.sheet, first.row, first.column, last.row, last.column)

    def print(self, found: Pieces, sheet: str) -> None:
        self.first.print(found, sheet)
        found.append(":")
        self.last.print(found, self.last.address.sheet)

    def value(self, cells: Cells) -> Value:
        return cells.block(self.area)

    def down(self, rows: int) -> Expression:
        return CellRange(self.first.down(rows), self.last.down(rows))


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A defined name, and the cell that it stands for."""

    name: str
    address: Address

    def print(self, found: Pieces, sheet: str) -> None:
        found.append(self.name)

    def value(self, cells: Cells) -> Value:
        return cells.value(self.address)


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    """A number with its sign turned; always in brackets, since spreadsheets disagree with mathematics about `-2^2`."""

    operand: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.operand,)

    def print(self, found: Pieces, sheet: str) -> None:
        found.append("(-")
        self.operand.print_within(found, sheet, TIGHT)
        found.append(")")

    def value(self, cells: Cells) -> Value:
        return arithmetic("-", 0.0, self.operand.value(cells))

    def down(self, rows: int) -> Expression:
        return Negative(self.operand.down(rows))


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """Two operands and what stands between them."""

    operator: str
    left: Expression
    right: Expression

    @property
    def strength(self) -> int:
        return _STRENGTHS.get(self.operator, _COMPARISON)[0]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.left, self.right)

    def print(self, found: Pieces, sheet: str) -> None:
        _, left, right = _STRENGTHS.get(self.operator, _COMPARISON)
        self.left.print_within(found, sheet, left)
        found.append(self.operator)
        self.right.print_within(found, sheet, right)

    def value(self, cells: Cells) -> Value:
        left, right = self.left.value(cells), self.right.value(cells)
        if self.operator == "&":
            return joined(left, right)
        return (arithmetic if self.operator in _STRENGTHS else compared)(self.operator, left, right)

    def down(self, rows: int) -> Expression:
        return Binary(self.operator, self.left.down(rows), self.right.down(rows))


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A spreadsheet function with its arguments; `evaluate` gets them unevaluated, since IF leaves some out."""

    name: str
    evaluate: Callable[[tuple[Expression, ...], Cells], Value]
    arguments: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.arguments

    def print(self, found: Pieces, sheet: str) -> None:
        found.append(f"{self.name}(")
        for at, each in enumerate(self.arguments):
            if at:
                found.append(",")
            each.print(found, sheet)
        found.append(")")

    def value(self, cells: Cells) -> Value:
        return self.evaluate(self.arguments, cells)

    def down(self, rows: int) -> Expression:
        return Call(self.name, self.evaluate, tuple([each.down(rows) for each in self.arguments]))


def cell(address: Address, *, fixed: bool = False, fixed_row: bool = False, fixed_column: bool = False) -> Cell:
    """A cell as an expression: `fixed` with dollar signs, or its row or column alone."""
    return Cell(address, fixed or fixed_row, fixed or fixed_column)


def cells_of(area: Area, *, fixed: bool = False, fixed_row: bool = False, fixed_column: bool = False) -> Expression:
    """An area as an expression, both ends as fixed as said: a range, or its only cell."""
    found = range_of(area, fixed=fixed, fixed_row=fixed_row, fixed_column=fixed_column)
    return found if area.several else found.first


def range_of(area: Area, *, fixed: bool = False, fixed_row: bool = False, fixed_column: bool = False) -> CellRange:
    """An area as a range, also where it is one cell: something is looked for in it."""
    first, last = (
        cell(each, fixed=fixed, fixed_row=fixed_row, fixed_column=fixed_column)
        for each in (Address(area.sheet, area.top, area.left), Address(area.sheet, area.bottom, area.right))
    )
    return first.to(last)


def added(first: Expression, *others: Expression) -> Expression:
    """Terms joined by `+`."""
    return sum(others, first)
