"""What the book says of the rules of good modelling that it was held against: plain data, so that who checks a book
can tell it without being known here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule's name, what it asks and who else asks it; `found` says where it is not kept, "" where it is."""

    name: str
    asks: str
    sources: tuple[str, ...]
    found: str


@dataclass(frozen=True, slots=True)
class Conformance:
    """The rules and their results; without `rules`, `said` tells why there are none."""

    rules: tuple[RuleResult, ...]
    said: str
