"""Which lookups of a formula take the nearest value where none is equal, and where they look."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from reportgen.review.lint.typed_numbers import Token

_MATCH_TYPE = {"VLOOKUP": 4, "HLOOKUP": 4, "MATCH": 3}
"""The argument, counted from 1, that says whether a lookup is exact; without it none is."""

LOOKUPS = frozenset(_MATCH_TYPE)


class Lookup(NamedTuple):
    """A lookup that is not exact; `said` where it says so itself. `keys` is the number of the reference among those of
    the formula that it looks in, None where that is no single reference; `descending` where it goes down from there."""

    function: str
    said: bool
    keys: int | None
    descending: bool


def approximate_lookups(parts: list[Token]) -> Iterator[Lookup]:
    """Those whose last argument is left out, or typed as TRUE, 1 or −1; what is computed is not guessed at."""
    before = list(accumulate((group == "reference" for group, _ in parts), initial=0))
    opened: list[tuple[str, list[int]]] = []
    for at, (group, text) in enumerate(parts):
        if group in ("function", "open"):
            opened.append((text[:-1].upper(), [at + 1]))
        elif group == "separator" and opened:
            opened[-1][1].append(at + 1)
        elif group == "close" and opened:
            name, starts = opened.pop()
            if name not in _MATCH_TYPE or len(starts) < 2:
                continue
            said, number = len(starts) >= _MATCH_TYPE[name], 1
            if said:
                number = _typed(parts[starts[_MATCH_TYPE[name] - 1] : at][:4])
            if number:
                start, end = starts[1], (starts[2] if len(starts) > 2 else at + 1) - 1
                single = end - start == 1 and parts[start][0] == "reference"
                yield Lookup(name, said, before[start] if single else None, number < 0)


def _typed(argument: list[Token]) -> int:
    """1 or −1 as the match type is typed, 0 for anything else; an empty argument is an exact match."""
    text = "".join(text for _, text in argument).upper()
    if text in ("-1", "(-1)"):
        return -1
    return int(text in ("1", "TRUE", "TRUE()", "1.0"))
