"""What the book says of the rules of good modelling that it keeps: plain data, so that rules need not be known here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's code and title, what it asks, and who else asks it."""

    name: str
    asks: str
    sources: tuple[str, ...]
