"""Formulas of any workbook, read once per kind: what they refer to, call and hold.

A whole sheet of copied formulas has few kinds. Two formulas are of the same kind when their relative form is the
same, the text in which every reference is written as a distance from the formula's own cell: `=A2*$C$1` in B2 and
`=A3*$C$1` in B3 are both `=R[0]C[-1]*R1C3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.review.lint.formulas import MAX_FORMULA, Reference, reference_of, tokens


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


def kind_of(formula: str, row: int, column: int, relative: str) -> Kind:
    """Read a formula that stands at `row` and `column`. Nothing is refused: what is not understood is passed over, and
    nothing is read of a formula longer than a cell holds."""
    parts = list(tokens(formula)) if len(formula) <= MAX_FORMULA else []
    references: list[Reference] = []
    names: list[str] = []
    constants: list[Constant] = []
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
                references.append(reference_of(text, row, column, calls.innermost))
            case "name" if text.upper() not in ("TRUE", "FALSE"):
                names.append(text)
            case "number" | "text":
                constants += _constants(parts, at, calls.stack)
            case "operator":
                operations += 1
            case "error" | "lost":
                lost = lost or text.endswith("#REF!")
            case _:
                pass
    is_link = len(parts) == 1 and bool(references) and references[0].first == references[0].last
    frame = "".join("?" if group == "reference" else text for group, text in parts)
    return Kind(
        *(relative, frame, tuple(references), tuple(names), tuple(calls.functions), tuple(constants)),
        *(calls.depth, calls.ifs, calls.most_arguments, operations + len(calls.functions), is_link, lost),
    )


class _Calls:
    """The functions of a formula while it is read. `stack` has what is open, brackets without a name, each with the
    number of the argument that is being read."""

    def __init__(self) -> None:
        self.functions: list[str] = []
        self.stack: list[tuple[str, int]] = []
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
