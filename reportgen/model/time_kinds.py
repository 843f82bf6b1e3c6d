"""Kinds of fields about time: months, durations, values by date, and growth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from reportgen.formula.months import month_name
from reportgen.formula.units import YEAR
from reportgen.model.amounts import NUMBER, WITH_UNIT
from reportgen.model.document import Mapping, Node, Scalar
from reportgen.model.fields import MAX_ID, read_number, read_text
from reportgen.model.kinds import At, Choice, Json, Kind, matching
from reportgen.model.records import optional, read_record, record, record_schema, required
from reportgen.model.scalars import is_null
from reportgen.model.written import ByDate, MonthSpec, NumberSpec, Text, WordSpec
from reportgen.problems import Collector
from reportgen.source import NOWHERE, Span

T = TypeVar("T")

MONTH_PATTERN = r"([1-9]\d{3})(?:-(0[1-9]|1[0-2]))?"
_NAME_PATTERN = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"
START, END = "start", "end"


def month_of(text: str) -> int | None:
    """The months before a month since the year 0: of `2027-04`, or of `2027`, which is its January."""
    match = re.fullmatch(MONTH_PATTERN, text.strip())
    return None if match is None else int(match[1]) * 12 + int(match[2] or 1) - 1


def _read_month(node: Node, what: str, problems: Collector) -> MonthSpec | None:
    month = month_of(node.text) if isinstance(node, Scalar) else None
    if month is None:
        shown = f": `{node.text[:60]}`" if isinstance(node, Scalar) else ""
        problems.error(
            "RG207", f"{what} is not a month{shown}", node.span, "write year-month: 2027-04, or a year: 2027"
        )
        return None
    return MonthSpec(month, node.span)


@dataclass(eq=False, repr=False)
class Month(Kind[MonthSpec]):
    empty = MonthSpec(0, NOWHERE)
    example = "2027-01"
    words = "month, `2027-04`, or year"

    def read(self, node: Node, at: At) -> MonthSpec | None:
        return _read_month(node, at.what, at.problems)

    def schema(self) -> Json:
        return {"type": ["string", "integer"], "pattern": f"^{MONTH_PATTERN}$", "minimum": 1000, "maximum": 9999}


WhenSpec = WordSpec | MonthSpec | NumberSpec | Text


@dataclass(eq=False, repr=False)
class When(Kind[WhenSpec]):
    """A moment: one of some words, a month, a time after the start with its unit, or an input that holds one."""

    choices: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        lead = "".join(f"`{each}`, " for each in self.choices)
        return f"{lead}month, time with its unit, or input name"

    def read(self, node: Node, at: At) -> WhenSpec | None:
        if isinstance(node, Scalar) and node.text in self.choices:
            return WordSpec(node.text, node.span)
        if isinstance(node, Scalar) and (month := month_of(node.text)) is not None:
            return MonthSpec(month, node.span)
        return _time_or_name(node, at, "write a month (2027-04), a time after the start (9 month), or an input's name")

    def schema(self) -> Json:
        month = Month().schema()
        texts = matching(f"(?:{WITH_UNIT}|{_NAME_PATTERN})", maxLength=MAX_ID * 2)
        return {"anyOf": [month, texts]}


@dataclass(eq=False, repr=False)
class Duration(Kind[NumberSpec | Text]):
    """A time with its unit, or an input that holds one."""

    words = "time with its unit, or input name"

    def read(self, node: Node, at: At) -> NumberSpec | Text | None:
        return _time_or_name(node, at, "write a time with its unit, 3 year, or an input's name")

    def schema(self) -> Json:
        return matching(f"(?:{WITH_UNIT}|{_NAME_PATTERN})", maxLength=MAX_ID * 2)


def _time_or_name(node: Node, at: At, hint: str) -> NumberSpec | Text | None:
    if isinstance(node, Scalar) and re.fullmatch(_NAME_PATTERN, node.text.strip()):
        return read_text(node, at.what, at.problems)
    if isinstance(node, Scalar) and re.match(r"\s*[-+]?[\d.]", node.text):
        number = read_number(node, at.what, at.problems)
        if number is not None and number.unit is None:
            message = f"{at.what} has no unit: {number.value:.12g} of what?"
            at.problems.error("RG404", message, node.span, hint)
            return None
        if number is not None and number.unit is not None and not number.unit.fits(YEAR):
            at.problems.error("RG402", f"{at.what} is in {number.unit}; it is a time", node.span, hint)
            return None
        return number
    at.problems.error("RG205", f"{at.what} is not a time", node.span, hint)
    return None


@dataclass(eq=False, repr=False)
class Dated(Kind[T | ByDate[T]], Generic[T]):
    """One value, or a mapping of months to the values that hold from them on."""

    each: Kind[T]

    @property
    def words(self) -> str:
        return f"{self.each.words}, or one per month"

    def takes(self, node: Node) -> bool:
        return not isinstance(node, Mapping) or _has_dates(node)

    def read(self, node: Node, at: At) -> T | ByDate[T] | None:
        if not isinstance(node, Mapping):
            return self.each.read(node, at)
        entries: list[tuple[MonthSpec, T] | None] = []
        for key, value in node.entries:
            month = self._month_of(key, value, at, [entry[0] for entry in entries if entry is not None])
            found = None
            if month is not None:
                found = self.each.read(value, At(f"{at.what} from {key.text}", value.span, at.problems))
            entries.append(None if month is None or found is None else (month, found))
        sound = [entry for entry in entries if entry is not None]
        if not sound or len(sound) < len(entries):
            return None
        return ByDate(tuple(sorted(sound, key=lambda entry: entry[0].month)), node.span)

    def _month_of(self, key: Scalar, value: Node, at: At, earlier: list[MonthSpec]) -> MonthSpec | None:
        month = _read_month(key, f"a key of {at.what}", at.problems)
        if month is None:
            return None
        if is_null(value):
            at.problems.error("RG203", f"`{key.text}` has no value", key.span, "write it after the colon")
            return None
        if month.month in [each.month for each in earlier]:
            message = f"{month_name(month.month)} has two values in {at.what}"
            at.problems.error("RG202", message, key.span, "a year stands for its January; keep one of them")
            return None
        return month

    def schema(self) -> Json:
        each = self.each.schema()
        months = {"type": "object", "patternProperties": {f"^{MONTH_PATTERN}$": each}, "minProperties": 1}
        return {"anyOf": [each, months | {"additionalProperties": False}]}


@dataclass(eq=False, repr=False)
class Shares(Kind[ByDate[NumberSpec]]):
    """Parts of an amount by the month on which each falls."""

    words = "months, each with a share"

    def read(self, node: Node, at: At) -> ByDate[NumberSpec] | None:
        if not isinstance(node, Mapping):
            hint = "for example {2027-01: 40 %, 2027-07: 60 %}"
            at.problems.error("RG204", f"{at.what} is a mapping of months to shares", node.span, hint)
            return None
        found = Dated(NUMBER).read(node, at)
        return found if isinstance(found, ByDate) else None

    def takes(self, node: Node) -> bool:
        return not isinstance(node, Mapping) or _has_dates(node)

    def schema(self) -> Json:
        each = NUMBER.schema()
        return {"type": "object", "patternProperties": {f"^{MONTH_PATTERN}$": each}, "additionalProperties": False}


def _has_dates(node: Mapping) -> bool:
    return any(key.text[:1].isdigit() for key, _ in node.entries)


class RateOrName(Kind[NumberSpec | Text]):
    """A rate of growth with its unit, or an input that holds one. A bare number is read: what is asked of it depends on
    what it grows."""

    words = "number with its unit, or input name"

    def read(self, node: Node, at: At) -> NumberSpec | Text | None:
        if isinstance(node, Scalar) and re.fullmatch(_NAME_PATTERN, node.text.strip()):
            return read_text(node, at.what, at.problems)
        return read_number(node, at.what, at.problems)

    def schema(self) -> Json:
        meant = "not a number with its unit (8 %/year), nor an input's name"
        return matching(f"(?:{WITH_UNIT}|{_NAME_PATTERN})", patternErrorMessage=meant)


@record("growth")
class GrowthSpec:
    rate: NumberSpec | Text = required(RateOrName(), "how much: `3 %/year`, `30 run/month/year`, or an input")
    begins: WhenSpec | None = optional(When(), "when it begins; with the timeline by default", key="from")
    each: Text | None = optional(Choice(("step", "year")), "whether it moves in each step, as usual, or once a year")
    span: Span


@dataclass(eq=False, repr=False)
class Growing(Kind[GrowthSpec]):
    """A rate, or a record of when and how often it counts."""

    words = "number with its unit, input name, or a mapping"

    def takes(self, node: Node) -> bool:
        return not isinstance(node, Mapping) or any(key.text == "rate" for key, _ in node.entries)

    def read(self, node: Node, at: At) -> GrowthSpec | None:
        if isinstance(node, Mapping):
            return read_record(GrowthSpec, node, at._replace(span=node.span))
        rate = RateOrName().read(node, at)
        return None if rate is None else GrowthSpec(span=node.span, rate=rate, begins=None, each=None)

    def schema(self) -> Json:
        return {"anyOf": [RateOrName().schema(), record_schema(GrowthSpec)]}


@record("timeline")
class TimelineSpec:
    start: MonthSpec | None = optional(Month(), "its first month; that of `as_of` by default")
    step: Text | None = optional(Choice(("month", "quarter", "year")), "how long a step is; a year by default")
    discounting: Text | None = optional(
        Choice(("start", "middle", "end")), "where in a step its amounts are discounted from; its end by default"
    )
    span: Span


WHEN, UNTIL, DURATION = When((START, END)), When(), Duration()
