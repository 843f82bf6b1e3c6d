"""Whether cells lie in any of many ranges, however many and wide these are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from reportgen.review.lint.book import Book, Cell, Sheet
from reportgen.review.lint.formulas import Area

Span = tuple[int, int]


class Covered:
    """The cells of ranges, each given with the title of its sheet. Of each column with cells it keeps which rows are
    covered; ranges of the same columns are joined first, so that a sum in each of many rows counts as one."""

    def __init__(self, areas: Iterable[tuple[str, Area]], book: Book) -> None:
        self._single: set[tuple[str, int, int]] = set()
        self._spans: dict[tuple[str, int], list[Span]] = {}
        wide: dict[tuple[str, int, int], list[Span]] = {}
        for title, area in areas:
            if area.single:
                self._single.add((title, area.top, area.left))
            else:
                wide.setdefault((title, area.left, area.right), []).append((area.top, area.bottom))
        columns = {sheet.title: sorted(sheet.columns) for sheet in book.sheets}
        for (title, left, right), spans in wide.items():
            joined = _joined(spans)
            held = columns[title]
            for column in held[bisect_left(held, left) : bisect_right(held, right)]:
                book.budget.spend("ranges", len(joined))
                self._spans.setdefault((title, column), []).extend(joined)
        for place, spans in self._spans.items():
            self._spans[place] = _joined(spans)

    def holds(self, sheet: Sheet, cell: Cell) -> bool:
        if (sheet.title, cell.row, cell.column) in self._single:
            return True
        spans = self._spans.get((sheet.title, cell.column), [])
        at = bisect_right(spans, (cell.row, float("inf"))) - 1
        return at >= 0 and spans[at][0] <= cell.row <= spans[at][1]


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted, without overlaps."""
    joined: list[Span] = []
    for top, bottom in sorted(spans):
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(bottom, joined[-1][1])
        else:
            joined.append((top, bottom))
    return joined
