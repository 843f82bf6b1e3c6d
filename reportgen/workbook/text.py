"""Text as the file format holds it: counted in UTF-16 units, as Excel does, and with signs that readers decode escaped.

What is known of `_x0041_`, which ISO/IEC 29500-1 (22.9.2.19, ST_Xstring) reads as `A`, where it stands:

| place | LibreOffice decodes it | openpyxl decodes it | so it is |
|---|---|---|---|
| texts of cells | yes | not where they stand in the cell | parted into runs, each of which is no escape |
| results of formulas | yes | no | escaped, as the standard has it |
| prompts and errors of validations | yes | no | escaped, as the standard has it |
| headers and footers | no | yes | parted by codes that change nothing |
| sheets | in the name, not in formulas | no | refused (`limits`) |
| defined names | in the name, not in formulas | no | `_X0041_`, which nobody decodes |
| titles of charts, alternative text, document properties | no | no | as it is |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NUMBERED_SIGN = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
"""How a sign that is written by its number begins."""
_NUMBERED_PLACE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")


def units(text: str) -> int:
    """UTF-16 units: an emoji counts two and more."""
    return len(text) if text.isascii() else len(text) + sum(sign > "\uffff" for sign in text)


def escaped(text: str) -> str:
    """Text that reads back as it is where readers take `_x003D_` for `=`."""
    return NUMBERED_SIGN.sub("_x005F_x", text) if "_x" in text else text


def parted(text: str) -> list[str]:
    """The text in parts of which none looks like a sign written by its number."""
    return _NUMBERED_PLACE.split(text) if "_x" in text else [text]


def header_text(text: str) -> str:
    """Text for a printed header or footer, where `&` begins a command; `&B&B` is bold on and off again."""
    return NUMBERED_SIGN.sub("_&B&Bx", text.replace("&", "&&"))


def defined_name(name: str) -> str:
    """What formulas call an assumption. Names of models have small letters only, and spreadsheets know no case."""
    return NUMBERED_SIGN.sub("_X", name).replace(".", "__").replace("-", "_")


def shortened(text: str, most: int) -> str:
    """At most so many units, with an ellipsis where something is left out; what is read as one sign is not cut."""
    if units(text) <= most:
        return text
    kept, room = "", most - 1
    for cluster in _clusters(text):
        room -= units(cluster)
        if room < 0:
            break
        kept += cluster
    return kept + "…"


def _clusters(text: str) -> Iterator[str]:
    """Signs with all that combines with them: marks, skin tones, joined emoji, pairs that make a flag."""
    start = flags = 0
    for at in range(1, len(text)):
        flags = flags + 1 if _is_flag_letter(text[at - 1]) else 0
        if not _combines(text[at - 1], text[at]) and not (flags % 2 and _is_flag_letter(text[at])):
            yield text[start:at]
            start = at
    yield text[start:]


def _combines(before: str, sign: str) -> bool:
    is_tone, is_tag, is_jamo = "🏻" <= sign <= "🏿", "\U000e0020" <= sign <= "\U000e007f", "\u1160" <= sign <= "\u11ff"
    return "\u200d" in (before, sign) or is_tone or is_tag or is_jamo or unicodedata.category(sign)[0] == "M"


def _is_flag_letter(sign: str) -> bool:
    return "🇦" <= sign <= "🇿"
