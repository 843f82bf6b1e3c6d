"""Which numbers a model may have."""

from __future__ import annotations

LARGEST = 1e30
"""Nothing larger can be shown on a page, and what is computed from it overflows."""

SMALLEST = 1e-30
"""Nor is a number other than 0 nearer to 0: spreadsheets take those below 2.2e-308 for 0; products come there soon."""


def is_usable(value: float) -> bool:
    return value == 0 or SMALLEST <= abs(value) <= LARGEST


def limit_hint(value: float) -> str:
    """What to know of the limits, for a number beyond them."""
    text = f"numbers go up to {LARGEST:.0e}" if abs(value) > 1 else f"numbers other than 0 go down to {SMALLEST:.0e}"
    return text.replace("e+", "e")
