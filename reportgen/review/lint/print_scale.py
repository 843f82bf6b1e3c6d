"""How a sheet is printed: what its page set-up makes of its columns and rows, as far as the file says."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.review.lint.formulas import Area

LEAST_TYPE = 7.0
"""Points below which print is hard to read."""

_EDGES = {1: (612.0, 792.0), 5: (612.0, 1008.0), 8: (842.0, 1191.0), 9: (595.0, 842.0)}
"""Short and long edges in points of the paper sizes that files name by number: Letter, Legal, A3, A4."""

_PER_CHARACTER, DEFAULT_WIDTH, DEFAULT_HEIGHT = 5.25, 9.14, 15.0
"""Points of a column’s width of one character; widths, with the space beside the text, and heights where the file sets
none."""

_PER_INCH = 72.0
_ROUNDING = 1.02
"""Widths are rounded differently by programs and printers."""


@dataclass(slots=True)
class PageSetup:
    """As the sheet's part says it; `fitted` where it is fitted to so many pages `across` and `down` (0: to any number),
    `widths` by the first and last column that they are for, `heights` by row; 0 for what is hidden."""

    fitted: bool = False
    across: int = 1
    down: int = 1
    scale: float = 1.0
    landscape: bool = False
    paper: int = 1
    margins: tuple[float, float] = (1.4, 1.5)
    default_width: float = DEFAULT_WIDTH
    default_height: float = DEFAULT_HEIGHT
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def scale_of(self, area: Area) -> float:
        """How large an area is printed, 1 being its size on the screen."""
        if not self.fitted:
            return self.scale
        room_across, room_down = self._room()
        across, down = room_across * self.across, room_down * self.down
        rooms = zip((across, down), (self._width(area), self._height(area)), strict=True)
        return min(1.0, *(room / size for room, size in rooms if room > 0 and size > 0))

    def is_cut(self, area: Area) -> bool:
        """Whether the columns of an area come to lie on several pages, so that no page shows a whole row."""
        across = self.across if self.fitted else 0
        return across != 1 and self._width(area) * self.scale_of(area) > self._room()[0] * _ROUNDING

    def _room(self) -> tuple[float, float]:
        """Points within the margins of one page."""
        short, long = _EDGES.get(self.paper, _EDGES[9])
        wide, high = (long, short) if self.landscape else (short, long)
        return wide - self.margins[0] * _PER_INCH, high - self.margins[1] * _PER_INCH

    def _width(self, area: Area) -> float:
        """Of an area's columns, in points."""
        characters, own = 0.0, 0
        for first, last, width in self.widths:
            count = min(last, area.right) - max(first, area.left) + 1
            if count > 0:
                characters, own = characters + count * width, own + count
        return (characters + (area.right - area.left + 1 - own) * self.default_width) * _PER_CHARACTER

    def _height(self, area: Area) -> float:
        """Of an area's rows, in points."""
        if len(self.heights) > area.bottom - area.top:
            own = [self.heights[row] for row in range(area.top, area.bottom + 1) if row in self.heights]
        else:
            own = [height for row, height in self.heights.items() if area.top <= row <= area.bottom]
        return sum(own) + (area.bottom - area.top + 1 - len(own)) * self.default_height
