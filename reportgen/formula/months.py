"""Months by the number of those before them since the year 0."""

from __future__ import annotations


def month_name(month: int) -> str:
    """How the model file writes a month: `2027-04`."""
    return f"{month // 12}-{month % 12 + 1:02}"
