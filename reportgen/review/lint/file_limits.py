"""How large a workbook may be. Everything is counted while it is read: what a file says of itself is not relied on."""

from __future__ import annotations

MAX_FILE = 100_000_000
LIMITS = {
    "bytes": (300_000_000, "unpacks to more than 300 MB"),
    "parts": (10_000, "has more than 10,000 parts"),
    "sheets": (1_000, "has more than 1,000 sheets"),
    "elements": (5_000_000, "has more than 5 million XML elements"),
    "settings": (500_000, "has more than 500,000 XML elements beside those of its cells"),
    "cells": (1_000_000, "has more than 1 million cells"),
    "strings": (1_000_000, "has more than 1 million shared texts"),
    "text": (50_000_000, "shows more than 50 million characters of text"),
    "formulas": (300_000, "has more than 300,000 formulas"),
    "formula text": (30_000_000, "has formulas of more than 30 million characters altogether"),
    "references": (2_000_000, "has different formulas with more than 2 million references altogether"),
    "places": (2_000_000, "has formulas that refer to more than 2 million cells and ranges altogether"),
    "merges": (100_000, "has more than 100,000 merged ranges"),
    "ranges": (2_000_000, "has formulas and validations whose ranges cover more than 2 million columns altogether"),
    "steps": (
        5_000_000,
        "has formulas whose ranges are too wide to be followed, with more than 5 million rows or columns",
    ),
}
"""By what is counted, how much of it there may be, and what is said of a file that has more."""

MAX_DEPTH, MAX_NAMES, MAX_TAG = 256, 10_000, 1_000_000
"""XML elements within each other, different names in a part, and bytes of a single tag."""

MAX_LENGTH = 1_000_000
"""Characters of one text or formula, many times what a cell holds."""

MAX_TITLE = 255
"""Characters of a sheet's name; it is repeated in every finding on the sheet."""

MAX_SETTINGS = 50_000_000
"""Bytes of a part that is kept as a whole while it is read: styles, names, drawings, relations."""


class UnreadableError(Exception):
    """A file that cannot be looked at; its text says why, in the reader's words."""


class Budget:
    """What is left of the limits for one file."""

    def __init__(self) -> None:
        self._left = {what: limit for what, (limit, _) in LIMITS.items()}

    def spend(self, what: str, amount: int = 1) -> None:
        """Raises UnreadableError once there is more than the limit."""
        self._left[what] -= amount
        if self._left[what] < 0:
            raise UnreadableError(LIMITS[what][1])
