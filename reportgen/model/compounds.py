"""Kinds made of other kinds: records and lists of them, values per option, settings, the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from reportgen.model.document import Mapping, Node, Scalar, Sequence
from reportgen.model.fields import ID, MAX_ID, kind_of, read_entries
from reportgen.model.kinds import At, Json, Kind
from reportgen.model.records import declared, make, read_record, record_schema
from reportgen.model.scalars import is_null
from reportgen.model.written import PerOption, Text

T = TypeVar("T")
U = TypeVar("U")


@dataclass(eq=False, repr=False)
class Entries(Kind[tuple[T, ...]]):
    """Records by name. `what` they are called, where several kinds of things are recorded alike; `none`: there may be
    no entry; `most`: each has columns, or a heading, rows and checks, and nobody finds anything among more."""

    each: type[T]
    what: str = ""
    none: bool = False
    most: tuple[int, str] | None = None
    empty = ()
    words = "entries by name"

    def read(self, node: Node, at: At) -> tuple[T, ...] | None:
        if isinstance(node, Mapping) and not node.entries and not self.none:
            at.problems.error("RG203", f"{at.what} is empty", at.span, "add an entry: a name and what it is")
        if isinstance(node, Mapping) and self.most is not None and len(node.entries) > self.most[0]:
            most, called = self.most
            at.problems.error("RG602", f"{len(node.entries):,} {called}; a workbook holds {most:,}", at.span)
            at.problems.raise_if_failed()
        found = []
        for name, value in read_entries(node, at.what, at.problems):
            place = At(f"{self.what} `{name}`".strip(), name.span, at.problems)
            made = read_record(self.each, value, place, name)
            if made is not None:
                found.append(made)
        return tuple(found)

    def schema(self) -> Json:
        names = {"pattern": f"^{ID.pattern}$", "maxLength": MAX_ID}
        least = 0 if self.none else 1
        entry = record_schema(self.each)
        limits = {"minProperties": least} | ({"maxProperties": self.most[0]} if self.most else {})
        return {"type": "object", "propertyNames": names, **limits, "additionalProperties": entry}


@dataclass(eq=False, repr=False)
class One(Kind[T]):
    """One record; or, with `short`, just what its key of that name would hold."""

    made: type[T]
    short: str = ""

    @property
    def words(self) -> str:
        return f"{self._short().words}, or a mapping" if self.short else "mapping"

    def _short(self) -> Kind[Any]:
        return next(each.kind for each in declared(self.made) if each.key == self.short)

    def read(self, node: Node, at: At) -> T | None:
        if not self.short or not isinstance(node, Scalar):
            return read_record(self.made, node, at)
        value = self._short().read(node, at)
        if value is None:
            return None
        values = {each.name: value if each.key == self.short else each.empty for each in declared(self.made)}
        return make(self.made, values, span=node.span)

    def takes(self, node: Node) -> bool:
        return not isinstance(node, Mapping) or any(key.text == self.short for key, _ in node.entries)

    def schema(self) -> Json:
        full = record_schema(self.made)
        return {"anyOf": [self._short().schema(), full]} if self.short else full


@dataclass(eq=False, repr=False)
class Many(Kind[tuple[T, ...]]):
    """A list of at least `least`; `show` is a hint at how to write one."""

    each: Kind[T]
    what: str
    least: int = 0
    show: str = "begin each entry with `- `"
    empty = ()
    words = "list"

    def read(self, node: Node, at: At) -> tuple[T, ...] | None:
        if not isinstance(node, Sequence):
            at.problems.error("RG204", f"{at.what} is a list, not {kind_of(node)}", node.span, self.show)
            return None
        if len(node.items) < self.least:
            at.problems.error("RG204", f"{at.what} is empty", node.span, self.show)
            return None
        parts = (self.each.read(part, At(self.what, part.span, at.problems)) for part in node.items)
        return tuple(part for part in parts if part is not None)

    def schema(self) -> Json:
        return {"type": "array", "minItems": self.least, "items": self.each.schema()}


@dataclass(eq=False, repr=False)
class ByOption(Kind[T | PerOption[T]]):
    """One value for all options, or a mapping of options to values."""

    each: Kind[T]
    what: str = ""

    def __post_init__(self) -> None:
        self.empty = self.each.empty

    @property
    def words(self) -> str:
        return f"{self.each.words}, or one per option"

    def read(self, node: Node, at: At) -> T | PerOption[T] | None:
        what = self.what or at.what
        if self.each.takes(node) or not isinstance(node, Mapping):
            return self.each.read(node, At(what, node.span, at.problems))
        entries: list[tuple[Text, T]] = []
        unread: list[str] = []
        for key, value in node.entries:
            if is_null(value):
                at.problems.error("RG203", f"`{key.text}` has no value", key.span, "write it after the colon")
            place = At(f"{what} of `{key.text}`", value.span, at.problems)
            found = None if is_null(value) else self.each.read(value, place)
            if found is None:
                unread.append(key.text)
            else:
                entries.append((Text(key.text, key.span), found))
        return PerOption(tuple(entries), node.span, tuple(unread))

    def schema(self) -> Json:
        each = self.each.schema()
        return {"anyOf": [each, {"type": "object", "additionalProperties": each, "minProperties": 1}]}


@dataclass(eq=False, repr=False)
class Or(Kind[T | U]):
    """A record where a mapping is written, and else a plain value."""

    plain: Kind[T]
    full: type[U]

    @property
    def words(self) -> str:
        return f"{self.plain.words}, or a mapping"

    def read(self, node: Node, at: At) -> T | U | None:
        if isinstance(node, Mapping):
            return read_record(self.full, node, at._replace(span=node.span))
        return self.plain.read(node, at)

    def schema(self) -> Json:
        return {"anyOf": [self.plain.schema(), record_schema(self.full)]}


@dataclass(eq=False, repr=False)
class Settings(Kind[tuple[tuple[Text, T], ...]]):
    """Assumptions and the values they are set to, at most `most` of them."""

    each: Kind[T]
    most: int | None = None
    empty = ()

    @property
    def words(self) -> str:
        return f"input names, each with {self.each.words}"

    def read(self, node: Node, at: At) -> tuple[tuple[Text, T], ...] | None:
        if not isinstance(node, Mapping):
            message = f"{at.what} is a mapping of assumptions to values, not {kind_of(node)}"
            at.problems.error("RG204", message, node.span, "for example {seats: 480}")
            return None
        if self.most is not None and len(node.entries) > self.most:
            message = f"{at.what} sets {len(node.entries)} assumptions; a published figure sets at most {self.most}"
            at.problems.error("RG212", message, at.span, "make a scenario of them and name it")
        values = (
            (key, self.each.read(value, At(f"`{key.text}`", value.span, at.problems))) for key, value in node.entries
        )
        return tuple((Text(key.text, key.span), value) for key, value in values if value is not None)

    def schema(self) -> Json:
        most = {} if self.most is None else {"maxProperties": self.most}
        return {"type": "object", "additionalProperties": self.each.schema(), **most}
