"""What the book says of the rules of good modelling that it keeps: plain data, so that rules need not be known here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's code and title, the principle behind it, and its sources."""

    name: str
    principle: str
    sources: tuple[str, ...]
