"""Headings without a gap: a part that has no heading of its own must not leave the next level hanging."""

from __future__ import annotations

import re

_HEADING = re.compile(r"<h([1-6])\b(.*?)</h\1>", re.DOTALL)


def outlined(html: str) -> str:
    """The document with each heading one level below the one it belongs to; those of one level stay of one level."""
    above: list[int] = []

    def heading(found: re.Match[str]) -> str:
        level = int(found[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        return f"<h{len(above)}{found[2]}</h{len(above)}>"

    return _HEADING.sub(heading, html)
