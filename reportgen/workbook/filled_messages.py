"""Fixed texts with live parts: `More (+) or less (−) than {option}` as a formula that joins what cells hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import Formatter

from reportgen.workbook.address import Pieces, SheetNames
from reportgen.workbook.book_words import ENGLISH, BookWords, Message
from reportgen.workbook.expressions import (
    JOIN,
    Binary,
    Call,
    Cell,
    CellRange,
    Cells,
    Constant,
    Expression,
    Name,
    Negative,
    Operand,
    expression,
)
from reportgen.workbook.fill_down import FilledDown
from reportgen.workbook.text import units
from reportgen.workbook.values import Value

MAX_LITERAL = 255
"""UTF-16 units of a text that a formula holds; a longer one is joined from several."""


@dataclass(frozen=True, slots=True)
class FilledMessage(Expression):
    """A message whose values are expressions; `said` gives its text in a language, with the braces in it."""

    said: Callable[[BookWords], str]
    values: tuple[tuple[str, Expression], ...]

    @property
    def strength(self) -> int:
        return JOIN

    @property
    def parts(self) -> tuple[Expression, ...]:
        return tuple(each for _, each in self.values)

    def joined(self, words: BookWords) -> Expression:
        """The texts and the expressions between them, joined in the order of the language."""
        values, parts = dict(self.values), list[str | Expression]([""])
        for literal, name, _, _ in Formatter().parse(self.said(words)):
            value = Constant("") if name is None else values[name]
            known = value.constant if isinstance(value, Constant) and isinstance(value.constant, str) else None
            text = literal + words.said(known or "")
            before = parts[-1]
            parts[-1:] = [before + text] if isinstance(before, str) else [before, text]
            if known is None:
                parts.append(value)
        pieces = [piece for part in parts for piece in _pieces(part)]
        joined = pieces[0] if len(pieces) > 1 or isinstance(pieces[0], Constant) else Constant("") & pieces[0]
        for each in pieces[1:]:
            joined = joined & each
        return joined

    def print(self, found: Pieces, sheet: str) -> None:
        self.joined(ENGLISH).print(found, sheet)

    def value(self, cells: Cells) -> Value:
        return self.joined(ENGLISH).value(cells)

    def down(self, rows: int) -> Expression:
        return FilledMessage(self.said, tuple((name, each.down(rows)) for name, each in self.values))


def filled_message(text: str, /, **values: Operand) -> FilledMessage:
    """A fixed text with `{name}` in it for each of the values, at least one of which is live."""
    return FilledMessage(lambda words: words.gettext(text), _parts(values))


def filled_messages(one: str, many: str, count: Expression, /, **values: Operand) -> Expression:
    """One of two fixed texts by a live count, which is the value `count` too."""
    from reportgen.workbook import spreadsheet_functions as f

    parts = _parts({"count": count, **values})
    singular = FilledMessage(lambda words: words.ngettext(one, many, 1), parts)
    return f.IF(count.equals(1.0), singular, FilledMessage(lambda words: words.ngettext(one, many, 2), parts))


def _parts(values: dict[str, Operand]) -> tuple[tuple[str, Expression], ...]:
    return tuple((name, expression(each)) for name, each in values.items())


def _pieces(part: str | Expression) -> list[Expression]:
    return [part] if isinstance(part, Expression) else [Constant(each) for each in short_parts(part)]


def short_parts(text: str) -> list[str]:
    """A text in parts that formulas may hold."""
    found = [""] if text else []
    for sign in text:
        if units(found[-1] + sign) > MAX_LITERAL:
            found.append("")
        found[-1] += sign
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """The first of the formulas of a column, in a language, and how it is printed."""

    first: Expression
    said: Expression
    printed: dict[tuple[str, SheetNames], tuple[str, list[int]]] = field(default_factory=dict)


def in_words(tree: Expression, words: BookWords) -> Expression:
    """A formula with its texts in the language of a book: itself where it holds no message."""
    match tree:
        case Constant(Message() as text):
            return _constant(words.said(text))
        case FilledMessage():
            return in_words(tree.joined(words), words)
        case FilledDown(first, rows, _):
            kept = words.columns.get(id(first))
            if not isinstance(kept, _Column):
                kept = words.columns[id(first)] = _Column(first, in_words(first, words))
            return tree if kept.said is first else FilledDown(kept.said, rows, kept.printed)
        case Negative(operand):
            said = in_words(operand, words)
            return tree if said is operand else Negative(said)
        case Binary(operator, left, right):
            one, other = in_words(left, words), in_words(right, words)
            return tree if one is left and other is right else Binary(operator, one, other)
        case Call(name, evaluate, arguments):
            made = tuple([in_words(each, words) for each in arguments])
            same = all(one is other for one, other in zip(made, arguments, strict=True))
            return tree if same else Call(name, evaluate, made)
        case Constant() | Cell() | CellRange() | Name():
            return tree
        case _:
            raise TypeError(f"{type(tree).__name__} may hold texts that are not looked for")


def _constant(text: str) -> Expression:
    """A text, joined from several where it is too long for a formula."""
    first, *others = short_parts(text) or [""]
    joined: Expression = Constant(first)
    for each in others:
        joined = joined & each
    return joined
