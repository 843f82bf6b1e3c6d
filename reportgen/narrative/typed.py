"""Numbers that somebody typed into prose: they stay as they are when the model changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

TYPED = "RG857"
MESSAGE = "`{}` is typed, not taken from the model"

_MONTH = (
    r"(?:Jan(?:uary|uar)?|Jänner|Feb(?:ruary|ruar)?|M(?:arch|ärz|ar|är)|Apr(?:il)?|Ma[iy]|June?|Juni|July?|Juli"
    r"|Aug(?:ust)?|Sep(?:t|tember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\.?"
)
_YEAR = r"(?:19\d\d|20\d\d|2100)"
_SPACE = r"[ \t\n\u00a0\u202f]+"
_EXEMPT = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?!\w)"
    rf"|\d{{1,2}}\.(?:{_SPACE})?\d{{1,2}}\.(?:{_SPACE})?{_YEAR}(?!\w)"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?{_SPACE}{_MONTH}(?:,?{_SPACE}{_YEAR})?(?!\w)"
    rf"|(?<!\w){_MONTH}{_SPACE}\d{{1,2}}(?:st|nd|rd|th)?(?:,{_SPACE}{_YEAR})?(?!\w)"
    rf"|(?<![\w.,]){_YEAR}(?:[–/-](?:{_YEAR}|\d\d))?(?!\w|[.,]\d|(?:{_SPACE})?[%€$£])"
    r"|[^\W\d_][\w]*(?:[-_.’'/][\w]+)*"
)
"""Dates, years from 1900 to 2100, and words that begin with a letter (`H100`, `GPT-4`)."""

_FIGURE = re.compile(r"[$€£¥]?\d+(?:[.,:/’'\u00a0\u202f]\d+)*(?:[^\W\d_]+\b|[ \u00a0]?%)?")
_NUMBERED = re.compile(r"\s*\d+(?:\.\d+)*[.):]?\s")


def typed_figures(text: str, *, heading: bool = False) -> Iterator[re.Match[str]]:
    """Every number in a text but for dates, years and those inside words; a heading may begin with its number."""
    at = 0
    if heading and (numbered := _NUMBERED.match(text)):
        at = numbered.end()
    while at < len(text):
        exempt = _EXEMPT.match(text, at) if at == 0 or not text[at - 1].isalnum() else None
        if exempt is not None:
            at = exempt.end()
        elif (found := _FIGURE.match(text, at)) is not None:
            yield found
            at = found.end()
        else:
            at += 1


def hint_for(figure: str) -> str:
    return f'name it: {{{{ total.option | money }}}}; if it is no figure of the model: {{{{ literal("{figure}") }}}}'
