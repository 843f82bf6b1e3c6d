"""How wide texts are in the brand's fonts, so that labels are given room before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportgen.report.report_brand import ReportBrand

MORE = "…"


@dataclass(frozen=True, slots=True)
class Font:
    """A family and the files of its upright weights."""

    family: str
    files: tuple[tuple[int, Path], ...]

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(file.parent for _, file in self.files))

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """The width of one line, in the unit of `size`."""
        file = min(self.files, key=lambda each: abs(each[0] - weight))[1]
        widths, other = _widths(file)
        return sum(widths.get(ord(each), other) for each in text) * size


def font_of(brand: ReportBrand, role: str) -> Font:
    """The font of a role, `text` or `title`. Raises ValueError where the brand has no file of it."""
    family = brand.fonts[role]
    files = tuple((face.weight, face.file) for face in brand.files if face.family == family and face.style == "normal")
    if not files:
        raise ValueError(f"the brand has no upright face of the font {family}")
    return Font(family, files)


@cache
def _widths(file: Path) -> tuple[Mapping[int, float], float]:
    """Widths of characters by code point as shares of the size, and that of those which the font lacks."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        per_em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {code: advances[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
    return widths, 1.0


def wrapped(text: str, room: float, lines: int, size: float, font: Font, weight: int = 400) -> tuple[str, ...]:
    """The text on at most so many lines of this width; what does not fit is cut off with an ellipsis."""
    found: list[str] = []
    rest = [word for word in text.split(" ") if word]
    while rest and len(found) < lines:
        count = len(rest)
        while count > 1 and font.width(" ".join(rest[:count]), size, weight) > room:
            count -= 1
        line, rest = " ".join(rest[:count]), rest[count:]
        last = bool(rest) and len(found) == lines - 1
        found.append(_cut(line + (" " + MORE if last else ""), room, size, font, weight))
    return tuple(found) or ("",)


def balanced(text: str, room: float, lines: int, size: float, font: Font, weight: int = 400) -> tuple[str, ...]:
    """As `wrapped`, with lines of about the same length."""
    found = wrapped(text, room, lines, size, font, weight)
    if len(found) == 1 or found[-1].endswith(MORE):
        return found
    while True:
        longest = max(font.width(line, size, weight) for line in found)
        tighter = wrapped(text, longest - 1, lines, size, font, weight)
        if len(tighter) > len(found) or any(line.endswith(MORE) for line in tighter):
            return found
        found = tighter


def _cut(line: str, room: float, size: float, font: Font, weight: int) -> str:
    if font.width(line, size, weight) <= room:
        return line
    kept = line.removesuffix(MORE).rstrip()
    while kept and font.width(kept + MORE, size, weight) > room:
        kept = kept[:-1].rstrip()
    return kept + MORE
