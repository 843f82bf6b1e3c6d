"""How wide text is, in the unit of column widths: the width of a digit in the book's ordinary font.

Whoever opens the book may lack its font, so each letter counts with the wider of two: Calibri and DejaVu Sans, which
stands in for it where no font of its size is installed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {
    0.5: "ijlI.,:;'|!·",
    0.7: 'ftrJ()[]{}/\\-"*° ’“”',
    1.32: "ACEFHKLOQRSTUVXYZBPGDNwm&+=<>~−→←×",
    1.6: "mM@%WŒÆ…—",
}
_WIDTHS = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_ORDINARY, _UNKNOWN, _WIDE = 1.05, 1.15, 2.0
_CJK = 0x2E80
BOLD = 1.13
_WORD = re.compile(r"\S+\s*")


@lru_cache(maxsize=20_000)
def width_of(text: str) -> float:
    """The width of a line of text."""
    return sum(_WIDTHS.get(letter) or _other(letter) for letter in text)


def _other(letter: str) -> float:
    if letter < "\x7f":
        return _ORDINARY
    return _WIDE if ord(letter) >= _CJK else _UNKNOWN


@lru_cache(maxsize=20_000)
def lines_of(text: str, room: float) -> int:
    """The lines that text takes in a column of that room, broken between words, and inside those that are too long."""
    lines = 0
    for part in text.split("\n"):
        if width_of(part) <= room:
            lines += 1
            continue
        lines += 1
        used = 0.0
        for word in _WORD.findall(part):
            bare = width_of(word.rstrip())
            if used and used + bare > room:
                lines += 1
                used = 0.0
            if bare > room:
                lines += int(bare / room)
                used = bare % room
            else:
                used += width_of(word)
    return lines
