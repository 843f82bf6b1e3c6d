"""Records of the model file: a dataclass whose fields say what they are read from, and what the file may hold there.

One declaration is the typed specification, and from it come the reader (here), the JSON Schema (`json_schema`) and the
reference's tables of keys. A field without a declaration is filled with where the record was found: `id`, the name it
has in its mapping, and `span`, the place of that name or of the record.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, TypeVar, cast, dataclass_transform, overload

from reportgen.model.document import Node, Scalar
from reportgen.model.fields import Fields
from reportgen.model.kinds import At, Json, Kind
from reportgen.model.written import Text

T = TypeVar("T")


class Rule(ABC):
    """What the keys of one record have to do with each other."""

    @abstractmethod
    def check(self, found: Fields) -> None:
        """Reports RG203."""

    @abstractmethod
    def schema(self) -> Json: ...


@dataclass(eq=False, repr=False)
class Either(Rule):
    """One of two keys is given; not both, unless they may be."""

    first: str
    second: str
    message: str
    hint: str
    both: bool = False

    def check(self, found: Fields) -> None:
        given = (self.first in found.keys) + (self.second in found.keys)
        if (given == 0 or (given == 2 and not self.both)) and not found.misspelt:
            found.problems.error("RG203", f"{found.what} {self.message}", found.span, self.hint)

    def schema(self) -> Json:
        return {"anyOf" if self.both else "oneOf": [{"required": [key]} for key in (self.first, self.second)]}


@dataclass(eq=False, repr=False)
class Needs(Rule):
    """A key that is given, or that has one of some values, needs another."""

    key: str
    needed: str
    values: tuple[str, ...] = ()
    hint: str = ""

    def check(self, found: Fields) -> None:
        given = found.values.get(self.key)
        if given is None or self.needed in found.keys or self.needed in found.misspelt:
            return
        if not self.values:
            found.problems.error("RG203", f"{found.what} has no `{self.needed}`", found.span, self.hint)
        elif isinstance(given, Scalar) and given.text in self.values:
            message = f"`{given.text}` needs the key `{self.needed}`"
            found.problems.error("RG203", message, given.span, self.hint)

    def schema(self) -> Json:
        if not self.values:
            return {"dependencies": {self.key: [self.needed]}}
        condition = {"properties": {self.key: {"enum": list(self.values)}}, "required": [self.key]}
        return {"if": condition, "then": {"required": [self.needed]}}


class Declared(NamedTuple):
    """A field of a record: the key it is read from, what that may hold, and what it is for."""

    name: str
    key: str
    kind: Kind[Any]
    meaning: str
    required: bool
    empty: Any
    example: str


class About(NamedTuple):
    """`what` names a record in messages; `{}` is the name it has in its mapping, or what it is the value of. `keys`
    include those of `parts`, the records that it has inline, by field."""

    what: str
    rules: tuple[Rule, ...]
    keys: tuple[Declared, ...]
    places: tuple[str, ...]
    allowed: str
    parts: dict[str, type]


RECORDS: dict[type, About] = {}


def required(kind: Kind[T], meaning: str, *, key: str = "", example: str = "") -> T:
    """A key that every record of its type has. One that cannot be read counts as the kind's `empty`."""
    return cast(T, field(metadata={"declared": (key, kind, meaning, True, kind.empty, example or kind.example)}))


@overload
def optional(kind: Kind[T], meaning: str, *, key: str = "") -> T | None: ...
@overload
def optional(kind: Kind[T], meaning: str, empty: T, *, key: str = "") -> T: ...
def optional(kind: Kind[T], meaning: str, empty: T | None = None, *, key: str = "") -> T | None:
    """A key that may be missing, which counts as `empty`."""
    return cast("T | None", field(metadata={"declared": (key, kind, meaning, False, empty, kind.example)}))


def inline(made: type[T]) -> T:
    """The keys of another record, which stand among this one's own. That has no rules and no place."""
    return cast(T, field(metadata={"inline": made}))


@dataclass_transform(frozen_default=True, field_specifiers=(required, optional, inline))
def record(what: str, *rules: Rule) -> Callable[[type[T]], type[T]]:
    """A frozen dataclass that is read from a mapping of the model file."""

    def declare(written: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, eq=False, repr=False)(written)
        known = fields(cast(Any, made))
        keys: list[Declared] = []
        parts: dict[str, type] = {}
        for each in known:
            if "inline" in each.metadata:
                parts[each.name] = each.metadata["inline"]
                keys += RECORDS[parts[each.name]].keys
            elif "declared" in each.metadata:
                key, *rest = each.metadata["declared"]
                keys.append(Declared(each.name, key or each.name, *rest))
        places = tuple(each.name for each in known if not each.metadata and each.name in ("id", "span"))
        RECORDS[made] = About(what, rules, tuple(keys), places, " ".join(each.key for each in keys), parts)
        return made

    return declare


def declared(made: type) -> tuple[Declared, ...]:
    """The fields of a record that are read from keys, in their order."""
    return RECORDS[made].keys


def read_record(made: type[T], node: Node, at: At, id_: Text | None = None) -> T | None:
    """A mapping read as a record; None where a required key cannot be read that nothing stands in for.
    Reports what its kinds and rules do."""
    what, rules, keys, _, allowed, _ = RECORDS[made]
    found = Fields(node, what.format(at.what), allowed, at.problems, at.span)
    values: dict[str, Any] = {}
    whole = True
    for each in keys:
        value, written = each.empty, found.node(each.key, each.required, f" {each.example}" if each.example else "")
        if written is not None:
            read = each.kind.read(written, At(f"`{each.key}`", found.keys[each.key], at.problems))
            value = each.empty if read is None else read
        values[each.name] = value
        whole = whole and (value is not None or not each.required)
    for rule in rules:
        rule.check(found)
    if not whole:
        return None
    return make(made, values, id=id_, span=at.span)


def make(made: type[T], values: dict[str, Any], **place: object) -> T:
    """The record of these values, and of what it has a field for of where it was found."""
    about = RECORDS[made]
    own = {name: place[name] for name in about.places}
    for name, part in about.parts.items():
        own[name] = make(part, {each.name: values.pop(each.name) for each in RECORDS[part].keys})
    return made(**own, **values)


def record_schema(made: type) -> Json:
    """What an editor checks a record with."""
    _, relations, keys, *_ = RECORDS[made]
    required = [each.key for each in keys if each.required]
    rules = [rule.schema() for rule in relations]
    return {
        "type": "object",
        "properties": {
            each.key: {"title": each.kind.words, "description": each.meaning, **each.kind.schema()} for each in keys
        },
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **({"allOf": rules} if rules else {}),
    }
