"""Formulas of any workbook, read once per kind: what they refer to, call and hold, and how they look from their cell.

A whole sheet of copied formulas has few kinds. Two formulas are of the same kind when their relative form is the
same, the text in which every reference is written as a distance from the formula's own cell: `=A2*$C$1` in B2 and
`=A3*$C$1` in B3 are both `=R[0]C[-1]*R1C3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\]]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[[^\]]+\][\w.]*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA))
    |(?P<reference>(?:{_SHEET})?
        (?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9][0-9]*:\$?[1-9][0-9]*)(?![\w(.!\[]))
    |(?P<lost>(?:{_SHEET})\#REF!)
    |(?P<function>[^\W\d][\w.]*\()
    |(?P<name>(?:{_SHEET})?[^\W\d\\][\w.\\?]*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)
    |(?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
    |(?P<open>[({{])|(?P<close>[)}}])|(?P<separator>[,;])
    |(?P<space>\s+)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, from the top left to the bottom right; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Corner:
    """`row` and `column` are numbers where `$` fixes them, else distances from the formula's cell."""

    row: int
    row_fixed: bool
    column: int
    column_fixed: bool

    def seen_from(self, row: int, column: int) -> tuple[int, int]:
        return (
            self.row if self.row_fixed else row + self.row,
            self.column if self.column_fixed else column + self.column,
        )

    def text(self) -> str:
        row = f"R{self.row}" if self.row_fixed else f"R[{self.row}]"
        return row + (f"C{self.column}" if self.column_fixed else f"C[{self.column}]")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a formula points to. `sheet` is None for the formula's own; `external` where another book is meant;
    `within` are the functions around it, outermost first."""

    sheet: str | None
    external: bool
    first: Corner
    last: Corner
    within: tuple[str, ...]

    def area(self, row: int, column: int) -> Area:
        """The cells meant by a formula in the cell at `row` and `column`."""
        (top, left), (bottom, right) = self.first.seen_from(row, column), self.last.seen_from(row, column)
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


@dataclass(frozen=True, slots=True)
class Constant:
    """A number in a formula. `before` and `after` are the operators next to it (a sign is skipped and taken into the
    value); `function` and `argument`, counted from 1, say what it is handed to directly. `in_text` for a number in a
    criterion such as ">100"."""

    value: float
    text: str
    before: str
    after: str
    function: str
    argument: int
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What all formulas of one relative form have in common. `functions` as often as they are called; `depth` how
    many function calls lie within each other at most, `ifs` how many of them are IF; `operations` counts functions
    and operators; `is_link` where a formula only repeats one cell; `frame` is the text without its references."""

    relative: str
    frame: str
    references: tuple[Reference, ...]
    names: tuple[str, ...]
    functions: tuple[str, ...]
    constants: tuple[Constant, ...]
    depth: int
    ifs: int
    most_arguments: int
    operations: int
    is_link: bool
    lost: bool


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def relative_form(formula: str, row: int, column: int) -> str:
    """The text of a formula with every reference as a distance from its cell."""

    def replaced(match: re.Match[str]) -> str:
        if match.lastgroup != "reference":
            return match.group()
        sheet, _, cells = match.group().rpartition("!")
        first, last = _corners(cells, row, column)
        ends = first.text() if first == last else f"{first.text()}:{last.text()}"
        return f"{sheet}!{ends}" if sheet else ends

    return _TOKEN.sub(replaced, formula)


@lru_cache(maxsize=200_000)
def _corner(text: str) -> tuple[bool, int, bool, int]:
    match = _CORNER.fullmatch(text)
    assert match is not None
    return bool(match[1]), column_number(match[2]), bool(match[3]), int(match[4] or 0)


def _corners(cells: str, row: int, column: int) -> tuple[Corner, Corner]:
    first, _, last = cells.partition(":")
    ends = []
    for text, whole_row, whole_column in ((first, 1, 1), (last or first, LAST_ROW, LAST_COLUMN)):
        column_fixed, column_at, row_fixed, row_at = _corner(text)
        if not column_at:
            # `$3:3`: the sign before the number stands in the place of a column's.
            row_fixed, column_fixed, column_at = column_fixed or row_fixed, True, whole_column
        elif not row_at:
            row_fixed, row_at = True, whole_row
        ends.append(
            Corner(
                row_at if row_fixed else row_at - row,
                row_fixed,
                column_at if column_fixed else column_at - column,
                column_fixed,
            )
        )
    return ends[0], ends[1]


def tokens(formula: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part of a formula, from after its `=`; space is left out."""
    for match in _TOKEN.finditer(formula, 1 if formula.startswith("=") else 0):
        if match.lastgroup != "space":
            yield match.lastgroup or "other", match.group()


def unquoted(sheet: str) -> str:
    """A sheet's name as it stands on its tab."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def kind_of(formula: str, row: int, column: int, relative: str) -> Kind:
    """Read a formula that stands at `row` and `column`. Nothing is refused: what is not understood is passed over."""
    parts = list(tokens(formula))
    references: list[Reference] = []
    names: list[str] = []
    functions: list[str] = []
    constants: list[Constant] = []
    stack: list[tuple[str, int]] = []
    depth = ifs = most = operations = 0
    lost = False
    for at, (group, text) in enumerate(parts):
        within = tuple(name for name, _ in stack if name)
        match group:
            case "function":
                name = text[:-1].upper()
                functions.append(name)
                stack.append((name, 1))
                depth = max(depth, len(within) + 1)
                ifs = max(ifs, (*within, name).count("IF"))
                most = max(most, 1)
            case "open":
                stack.append(("", 1))
            case "close" if stack:
                stack.pop()
            case "separator" if stack:
                stack[-1] = (stack[-1][0], stack[-1][1] + 1)
                most = max(most, stack[-1][1] if stack[-1][0] else 0)
            case "reference":
                references.append(_reference(text, row, column, within))
            case "name" if text.upper() not in ("TRUE", "FALSE"):
                names.append(text)
            case "number" | "text":
                constants += _constants(parts, at, stack)
            case "operator":
                operations += 1
            case "error" | "lost":
                lost = lost or text.endswith("#REF!")
            case _:
                pass
    is_link = len(parts) == 1 and bool(references) and references[0].first == references[0].last
    frame = "".join("?" if group == "reference" else text for group, text in parts)
    return Kind(
        relative, frame, tuple(references), tuple(names), tuple(functions), tuple(constants), depth, ifs, most,
        operations + len(functions), is_link, lost,
    )  # fmt: skip


def _reference(text: str, row: int, column: int, within: tuple[str, ...]) -> Reference:
    sheet, _, cells = text.rpartition("!")
    first, last = _corners(cells, row, column)
    plain = unquoted(sheet)
    return Reference(plain or None, "[" in plain, first, last, within)


_CRITERION = re.compile(r'"[<>=]+\s*(-?[0-9]+(?:\.[0-9]+)?%?)"')


def _constants(parts: list[tuple[str, str]], at: int, stack: list[tuple[str, int]]) -> Iterator[Constant]:
    group, text = parts[at]
    function, argument = stack[-1] if stack else ("", 0)
    if group == "text":
        if (match := _CRITERION.fullmatch(text)) is not None:
            number = match[1]
            value = float(number.rstrip("%")) / (100 if number.endswith("%") else 1)
            yield Constant(value, text, "", "", function, argument, in_text=True)
        return
    before, after, value, level = at - 1, at + 1, float(text), len(stack) - 1
    if _is(parts, after, "%"):
        value, text, after = value / 100, text + "%", after + 1
    if _is(parts, before, "-") and not _operand(parts, before - 1):
        value, text, before = -value, "-" + text, before - 1
    while _is_bracketed(parts, before, after) and level >= 0 and not stack[level][0]:
        before, after, level = before - 1, after + 1, level - 1
    function, argument = stack[level] if level >= 0 else ("", 0)
    yield Constant(value, text, _operator(parts, before), _operator(parts, after), function, argument)


def _is_bracketed(parts: list[tuple[str, str]], before: int, after: int) -> bool:
    return before >= 0 and parts[before] == ("open", "(") and after < len(parts) and parts[after][0] == "close"


def _is(parts: list[tuple[str, str]], at: int, operator: str) -> bool:
    return 0 <= at < len(parts) and parts[at] == ("operator", operator)


def _operand(parts: list[tuple[str, str]], at: int) -> bool:
    """Whether something ends here that an operator can follow, so that a minus after it subtracts."""
    return 0 <= at < len(parts) and (
        parts[at][0] in ("text", "number", "reference", "name", "close") or parts[at] == ("operator", "%")
    )


def _operator(parts: list[tuple[str, str]], at: int) -> str:
    return parts[at][1] if 0 <= at < len(parts) and parts[at][0] == "operator" else ""
