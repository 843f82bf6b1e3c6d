"""Signs of a model that no font of its reports has: without them there is no PDF, and the author is best told early."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from reportgen.brand import Brand
from reportgen.branding.fonts import FontFace, shipped_faces
from reportgen.model.model import Model
from reportgen.problems import Problem
from reportgen.report.pdf.own_fonts import SPARE
from reportgen.source import Span

_EVERY_FONT_HAS = 0x17F
"""Latin letters up to here are in each font that reports may use."""
_MOST = 10


def missing_signs(model: Model, brand: Brand) -> Iterator[Problem]:
    """The warning RG709 at the first sign of the model file that cannot be set; comments do not count."""
    places = _rare_signs(model.source.text)
    if not places:
        return
    known = _signs_of((*brand.faces, *(face for family in SPARE for face in shipped_faces(family))))
    missing = [sign for sign in places if ord(sign) not in known]
    if missing:
        listed = ", ".join(f"`{sign}` (U+{ord(sign):04X})" for sign in missing[:_MOST])
        more = f" and {len(missing) - _MOST} more" if len(missing) > _MOST else ""
        message = f"no font of the reports has {listed}{more}: no PDF can be made"
        hint = "write it otherwise, or list a font that has it in the brand’s `typography: fonts`"
        at = places[missing[0]]
        yield Problem("RG709", message, model.source, Span(at, at + 1), hint, "warning")


def _rare_signs(text: str) -> dict[str, int]:
    """The signs that a font may lack, each with its first place."""
    found: dict[str, int] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        shown = line.partition(" #")[0] if not line.lstrip().startswith("#") else ""
        for offset, sign in enumerate(shown):
            if ord(sign) > _EVERY_FONT_HAS and sign not in found and _is_drawn(sign):
                found[sign] = at + offset
        at += len(line)
    return found


def _is_drawn(sign: str) -> bool:
    """Joiners, variation selectors and their like leave no mark of their own."""
    return unicodedata.category(sign) not in ("Cf", "Zs", "Zl", "Zp") and not 0xFE00 <= ord(sign) <= 0xFE0F


def _signs_of(faces: tuple[FontFace, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for file in {face.file for face in faces}:
        with TTFont(file, lazy=True) as font:
            found |= (font.getBestCmap() or {}).keys()
    return frozenset(found)
