"""What a field of the model file may hold: each kind reads a node, and says in JSON Schema and in words what it takes.

A kind that cannot read a node reports why and returns None. Its schema accepts whatever it reads; what a schema cannot
see (whether a formula is one, whether a name exists) is left to the reader and the checks.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from reportgen.formula.units import CURRENCIES
from reportgen.model.document import Mapping, Node
from reportgen.model.fields import MAX_ID, MAX_TEXT, MAX_TITLE, read_choice, read_text, read_texts
from reportgen.model.written import DateSpec, Text
from reportgen.problems import Collector, suggestion
from reportgen.source import NOWHERE, Span

T = TypeVar("T")
Json = dict[str, Any]

MAX_OWNER = 80
"""Characters of a name or a department: it stands in a column of the register."""
LIKE_TEXT = ["string", "number", "boolean"]
"""`title: 2026` is text where text is expected."""
SHOWN = r"[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*"


class At(NamedTuple):
    """What is read, for messages: its name, the place to point at if it lacks something, and the collector."""

    what: str
    span: Span
    problems: Collector


class Kind(ABC, Generic[T]):
    """`empty` is what a required field counts as that cannot be read; None: its record cannot be read either."""

    empty: T | None = None
    example: ClassVar[str] = ""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it takes, for the reference."""

    @abstractmethod
    def read(self, node: Node, at: At) -> T | None: ...

    @abstractmethod
    def schema(self) -> Json: ...

    def takes(self, node: Node) -> bool:
        """Whether a node is one value of this kind rather than a mapping of options to such values."""
        return not isinstance(node, Mapping)


def matching(pattern: str, **more: Any) -> Json:
    return {"type": "string", "pattern": f"^{pattern}$", **more}


@dataclass(eq=False, repr=False)
class Prose(Kind[str]):
    most: int = MAX_TEXT
    empty = ""
    words = "text"

    def read(self, node: Node, at: At) -> str | None:
        found = read_text(node, at.what, at.problems, self.most)
        return found.text if found else None

    def schema(self) -> Json:
        return {"type": LIKE_TEXT, "minLength": 1, "maxLength": self.most, "pattern": f"^{SHOWN}$"}


class Title(Prose):
    """A text of one line, however it is broken in the file."""

    def read(self, node: Node, at: At) -> str | None:
        found = super().read(node, at)
        return " ".join(found.split()) if found else None


@dataclass(eq=False, repr=False)
class Name(Kind[Text]):
    """The name of something in the model: an option, a total, an assumption, a source."""

    of: str
    most: int = MAX_TEXT

    @property
    def words(self) -> str:
        return self.of

    def read(self, node: Node, at: At) -> Text | None:
        return read_text(node, at.what, at.problems, self.most)

    def schema(self) -> Json:
        return {"type": "string", "minLength": 1, "maxLength": self.most}


@dataclass(eq=False, repr=False)
class OneOrMore(Kind[tuple[Text, ...]]):
    """One text, or a list of at least `least` and at most `most` of them."""

    each: Name | Prose
    least: int = 1
    most: int | None = None
    empty = ()

    @property
    def words(self) -> str:
        return f"list of {self.each.words}s" if self.least > 1 else f"{self.each.words}, or a list"

    def read(self, node: Node, at: At) -> tuple[Text, ...] | None:
        return read_texts(node, at.what, at.problems, self.each.most)

    def schema(self) -> Json:
        some: Json = {"type": "array", "items": self.each.schema()}
        if self.least > 1:
            return some | {"minItems": self.least} | ({} if self.most is None else {"maxItems": self.most})
        return {"anyOf": [self.each.schema(), some]}


@dataclass(eq=False, repr=False)
class Choice(Kind[Text]):
    """One of some words, with its place."""

    choices: tuple[str, ...]

    @property
    def words(self) -> str:
        return ", ".join(f"`{each}`" for each in self.choices)

    def read(self, node: Node, at: At) -> Text | None:
        return read_choice(node, at.what, self.choices, at.problems)

    def schema(self) -> Json:
        return {"enum": list(self.choices)}


class Day(Kind[DateSpec]):
    empty = DateSpec(date.min, NOWHERE)
    example = "2026-06-30"
    words = "date"

    def read(self, node: Node, at: At) -> DateSpec | None:
        found = read_text(node, at.what, at.problems)
        if found is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", found.text):
                raise ValueError
            return DateSpec(date.fromisoformat(found.text), found.span)
        except ValueError:
            message = f"`{found.text}` is not a date"
            at.problems.error("RG207", message, found.span, "write year-month-day: 2026-06-30")
            return None

    def schema(self) -> Json:
        return matching(
            r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", patternErrorMessage="write year-month-day: 2026-06-30"
        )


class ModelId(Kind[str]):
    """The id also names the files that are written."""

    empty = ""
    words = "lower-case letters, digits, hyphens"

    def read(self, node: Node, at: At) -> str | None:
        found = read_text(node, at.what, at.problems, MAX_ID)
        if found is not None and not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", found.text):
            hint = "lower-case letters, digits and hyphens, for example team-chat"
            at.problems.error("RG206", f"`{found.text}` cannot be the model's id", found.span, hint)
        return found.text if found else None

    def schema(self) -> Json:
        return {"type": LIKE_TEXT, "pattern": "^[a-z0-9]+(?:[-_][a-z0-9]+)*$", "maxLength": MAX_ID}


class Currency(Kind[str]):
    empty = ""
    words = "currency of ISO 4217"

    def read(self, node: Node, at: At) -> str | None:
        found = read_text(node, at.what, at.problems)
        if found is not None and found.text not in CURRENCIES:
            hint = suggestion(found.text.upper(), CURRENCIES) or "three capital letters of ISO 4217: EUR, USD, CHF"
            at.problems.error("RG208", f"`{found.text}` is not a currency", found.span, hint)
        return found.text if found else None

    def schema(self) -> Json:
        return {"enum": sorted(CURRENCIES)}


class Age(Kind[int]):
    """A whole number of months or years, in months."""

    words = "`12 months`, `1 year`"

    def read(self, node: Node, at: At) -> int | None:
        found = read_text(node, at.what, at.problems)
        if found is None:
            return None
        match = re.fullmatch(r"(\d{1,3}) (month|year)s?", " ".join(found.text.split()))
        months = int(match[1]) * (12 if match[2] == "year" else 1) if match else 0
        if not months:
            message = f"{at.what} is a whole number of months or years, not `{found.text[:60]}`"
            at.problems.error("RG205", message, found.span, "for example 12 months, or 1 year")
        return months or None

    def schema(self) -> Json:
        return matching(r"\s*\d{1,3}\s+(?:month|year)s?\s*")


class Address(Kind[Text]):
    words = "address of a web page"

    def read(self, node: Node, at: At) -> Text | None:
        found = read_text(node, at.what, at.problems)
        if found is not None and not found.text.startswith(("https://", "http://")):
            hint = "" if ":" in found.text else f"write https://{found.text}"
            at.problems.error("RG208", "a source's address begins with https:// or http://", found.span, hint)
            return None
        return found

    def schema(self) -> Json:
        return matching(r"\s*https?://.*")


TITLE, TEXT, DAY = Title(MAX_TITLE), Prose(), Day()
SOURCES = OneOrMore(Name("source name"))
OPTION, TOTAL, INPUT_NAME = Name("option name"), Name("total name"), Name("input name")
