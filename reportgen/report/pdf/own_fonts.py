"""The fonts of a PDF: those of its style sheets and, for signs that they lack, families that come with reportgen.

Left alone, the typesetter takes a missing sign from whatever the system has, another one on each machine or none.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportgen.branding.fonts import shipped_faces

SPARE = ("Source Sans Pro", "Manrope")
"""The shipped families with the most signs: Latin, Greek, Cyrillic, arrows and ticks; a hyphen that does not break."""
MISSING_SIGN = ".notdef glyph rendered"
"""How WeasyPrint's warning of a sign begins that no font has."""
_NO_SYSTEM = Path(__file__).with_name("fonts.conf")
_VARIABLE = "FONTCONFIG_FILE"
_AROUND = 24
"""Characters shown on both sides of a sign that cannot be set."""
_MOST = 20


def own_fonts() -> Any:
    """A font configuration without the system's fonts."""
    from weasyprint.text.fonts import FontConfiguration

    kept = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(_NO_SYSTEM)  # read once, while the configuration is made
    try:
        return FontConfiguration()
    finally:
        if kept is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = kept


def spare_faces() -> str:
    """A style sheet that makes the spare families known, whatever a template says of fonts."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{face.address}"); }}'
        for family in SPARE
        for face in shipped_faces(family)
    )


def cannot_be_set(signs: Iterable[str], document: str) -> str:
    """What is said of signs that no font of a report has, with a place of the first in its text."""
    found = tuple(dict.fromkeys(signs))
    listed = ", ".join(f"“{sign}” (U+{ord(sign[0]):04X})" for sign in found[:_MOST])
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    it = "it" if len(found) == 1 else "them"
    return (
        f"no font of this report has {listed}{more}{_place(found[0], document)}: write {it} otherwise, or list a font "
        f"that has {it} in the brand’s `typography: fonts`"
    )


def _place(sign: str, document: str) -> str:
    text = " ".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", document, flags=re.S)).split())
    at = text.find(sign)
    return f", as in “{text[max(0, at - _AROUND) : at + _AROUND].strip()}”" if at >= 0 else ""
