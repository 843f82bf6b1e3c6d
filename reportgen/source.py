"""Text with positions: where in which file something was written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters of one source."""

    start: int
    end: int


NOWHERE = Span(0, 0)
"""Of what no author wrote."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text as the author wrote it; `name` is how problems call it (usually a path)."""

    name: str
    text: str
    _line_starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts.append(0)
            position = 0
            for line in self.text.splitlines(keepends=True):
                position += len(line)
                if line[-1] in "\r\n":
                    self._line_starts.append(position)
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        starts = self._starts()
        line = bisect_right(starts, offset) - 1
        return line + 1, offset - starts[line] + 1

    def line(self, number: int) -> str:
        """The text of a line (counted from 1), without its line break."""
        starts = self._starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
