"""What a rule is, what it finds, and the register of all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal, TypeVar

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.sheet_cells import Cell, Position, address

T = TypeVar("T", Book, Sheet)
Check = Callable[[T], "Iterable[Hit]"]
Decorator = Callable[[Check[T]], Check[T]]
Severity = Literal["error", "warning"]
Sources = tuple[str, ...]

FAST = "FAST Standard"
PRINCIPLES = "ICAEW Twenty Principles"
CODE = "ICAEW Financial Modelling Code"
LIMITS = "Excel specifications and limits"
CHECKING = "Excel error checking"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a rule is not kept at: a cell, a range up to `last`, the whole sheet, or the whole book where both
    are None. Cells beside each other with the same message become one finding, with the details of all of them."""

    message: str
    sheet: str = ""
    cell: Position | None = None
    detail: str = ""
    last: Position | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`principle` is the demand in one sentence, `hint` how to meet it, `sources` who makes it."""

    code: str
    title: str
    principle: str
    hint: str
    severity: Severity
    sources: Sources
    check: Check[Book] = lambda book: ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not kept at a place. `cells` are the first and the last cell of a range, None for a whole sheet;
    `sheet` is empty for the whole book. `order` sorts findings as the book is read. Where `count` is not 1, so many
    places of the sheet are meant that are not listed one by one."""

    rule: Rule
    message: str
    sheet: str = ""
    cells: tuple[Position, Position] | None = None
    order: int = 0
    details: tuple[str, ...] = ()
    count: int = 1

    @property
    def where(self) -> str:
        """`Costs!C7:D9`, `Costs`, or nothing for the whole book."""
        return self.sheet if self.cells is None else f"{self.sheet}!{self.area}"

    @property
    def area(self) -> str:
        """`C7:D9`, or nothing for a whole sheet or book."""
        if self.cells is None:
            return ""
        first, last = self.cells
        return address(*first) if first == last else f"{address(*first)}:{address(*last)}"

    @property
    def text(self) -> str:
        """The message, with a few of the details."""
        return detailed(self.message, self.details)


def at(sheet: Sheet, cell: Cell, message: str, detail: str = "") -> Hit:
    return Hit(message, sheet.title, (cell.row, cell.column), detail)


SHOWN_DETAILS, LONGEST = 5, 500
MOST_FINDINGS = 10_000
"""Findings of one rule that are kept one by one; further ones are counted."""


def findings_of(rule: Rule, book: Book) -> Iterator[Finding]:
    """A rule's hits as findings, cells beside each other with the same message together."""
    all_of_it = _findings(rule, book)
    yield from islice(all_of_it, MOST_FINDINGS)
    further = Counter((finding.message, finding.sheet, finding.order) for finding in all_of_it)
    for (message, sheet, order), count in further.items():
        yield Finding(rule, message, sheet, None, order, (), count)


def _findings(rule: Rule, book: Book) -> Iterator[Finding]:
    order = {sheet.title: at for at, sheet in enumerate(book.sheets, 1)}
    groups: dict[tuple[str, str], dict[Position, str]] = {}
    for hit in rule.check(book):
        message = shortened(hit.message)
        if hit.cell is None or hit.last is not None:
            cells = (hit.cell, hit.last) if hit.cell is not None and hit.last is not None else None
            yield Finding(rule, message, hit.sheet, cells, order.get(hit.sheet, 0), _parts([hit.detail]))
        else:
            groups.setdefault((hit.sheet, message), {})[hit.cell] = hit.detail
    for (sheet, message), cells_of in groups.items():
        for (top, left), (bottom, right) in rectangles(cells_of):
            details = (cells_of[row, column] for row in range(top, bottom + 1) for column in range(left, right + 1))
            yield Finding(rule, message, sheet, ((top, left), (bottom, right)), order.get(sheet, 0), _parts(details))


def _parts(details: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for detail in details if detail for part in detail.split(", ") if part))


def detailed(message: str, details: Sequence[str]) -> str:
    """A message with the first few of its details."""
    if not details:
        return message
    more = f" and {len(details) - SHOWN_DETAILS:,} more" if len(details) > SHOWN_DETAILS else ""
    return f"{message}: {', '.join(map(shortened, details[:SHOWN_DETAILS]))}{more}"


def shortened(text: str) -> str:
    """What a file says of itself may be as long as it likes."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def rectangles(cells: Iterable[Position]) -> list[tuple[Position, Position]]:
    """Cells as full rectangles: runs down the columns first, then equal runs side by side."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    last: dict[tuple[int, int], list[int]] = {}
    joined: list[list[int]] = []
    for column, top, bottom in runs:
        beside = last.get((top, bottom))
        if beside is not None and beside[3] == column - 1:
            beside[3] = column
        else:
            last[top, bottom] = [top, column, bottom, column]
            joined.append(last[top, bottom])
    return sorted(((top, left), (bottom, right)) for top, left, bottom, right in joined)


class Register:
    """The rules of one subject. Its methods are decorators of what checks a book, or each worksheet of a book."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def error(self, code: str, title: str, principle: str, hint: str, *sources: str) -> Decorator[Book]:
        return lambda check: self._add(Rule(code, title, principle, hint, "error", sources, check), check)

    def warning(self, code: str, title: str, principle: str, hint: str, *sources: str) -> Decorator[Book]:
        return lambda check: self._add(Rule(code, title, principle, hint, "warning", sources, check), check)

    def sheet_error(self, code: str, title: str, principle: str, hint: str, *sources: str) -> Decorator[Sheet]:
        return lambda check: self._add(Rule(code, title, principle, hint, "error", sources, _by_sheet(check)), check)

    def sheet_warning(self, code: str, title: str, principle: str, hint: str, *sources: str) -> Decorator[Sheet]:
        return lambda check: self._add(Rule(code, title, principle, hint, "warning", sources, _by_sheet(check)), check)

    def _add(self, rule: Rule, check: Check[T]) -> Check[T]:
        self.rules.append(rule)
        return check


def _by_sheet(check: Check[Sheet]) -> Check[Book]:
    return lambda book: chain.from_iterable(map(check, book.worksheets))
