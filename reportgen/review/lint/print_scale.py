"""How small a sheet is printed: what its page set-up makes of its columns, as far as the file says."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.review.lint.formulas import Area

LEAST_TYPE = 7.0
"""Points below which print is hard to read."""

_EDGES = {1: (612.0, 792.0), 5: (612.0, 1008.0), 8: (842.0, 1191.0), 9: (595.0, 842.0)}
"""Short and long edges in points of the paper sizes that files name by number: Letter, Legal, A3, A4."""

_PER_CHARACTER, _DEFAULT_WIDTH, _ROW_HEIGHT = 5.25, 8.43, 15.0
"""Points of a column's width of one character; widths and heights where nothing is set for them."""

_PER_INCH = 72.0


@dataclass(slots=True)
class PageSetup:
    """As the sheet's part says it; `fitted` where it is fitted to so many pages `across` and `down` (0: to any number),
    `widths` by the first and last column that they are for."""

    fitted: bool = False
    across: int = 1
    down: int = 1
    scale: float = 1.0
    landscape: bool = False
    paper: int = 1
    margins: tuple[float, float] = (1.4, 1.5)
    widths: list[tuple[int, int, float]] = field(default_factory=list)

    def scale_of(self, area: Area) -> float:
        """How large an area is printed, 1 being its size on the screen."""
        if not self.fitted:
            return self.scale
        short, long = _EDGES.get(self.paper, _EDGES[9])
        wide, high = (long, short) if self.landscape else (short, long)
        rooms = (wide - self.margins[0] * _PER_INCH) * self.across, (high - self.margins[1] * _PER_INCH) * self.down
        sizes = self._width(area), (area.bottom - area.top + 1) * _ROW_HEIGHT
        return min(1.0, *(room / size for room, size in zip(rooms, sizes, strict=True) if room > 0))

    def _width(self, area: Area) -> float:
        """Of an area's columns, in points."""
        characters, own = 0.0, 0
        for first, last, width in self.widths:
            count = min(last, area.right) - max(first, area.left) + 1
            if count > 0:
                characters, own = characters + count * width, own + count
        return (characters + (area.right - area.left + 1 - own) * _DEFAULT_WIDTH) * _PER_CHARACTER
