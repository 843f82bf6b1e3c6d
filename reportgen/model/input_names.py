"""The names by which questions and settings reach an input: its own, and those of what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reportgen.formula.nodes import Key

_OWN_NUMBER = re.compile(r"([^.]+\.[^.]+)\.(?:rate|amount)")
_OF_MONTH = re.compile(r"([^.]+)\.(\d{4}-\d{2})")
_MONTH = re.compile(r"\d{4}-\d{2}")
_OF_TABLE = re.compile(r"(([^.]+)(?:\.[^.]+)?)\.\d+\.to")


def own_names(key: Key) -> tuple[str, ...]:
    """The names that mean this input alone: its own, and of the rate or amount of an item over time, the item's."""
    return tuple(str(Key(name, key.option)) for name in _names_of_all_options(key))


def _names_of_all_options(key: Key) -> tuple[str, ...]:
    item = _OWN_NUMBER.fullmatch(key.name)
    return (key.name, item[1]) if item else (key.name,)


def _shared_names(key: Key) -> Iterable[str]:
    """The names that mean this input together with others: those of all options, of all months, or all that a table
    gives."""
    if key.option is not None:
        yield from _names_of_all_options(key)
    if month := _OF_MONTH.fullmatch(key.name):
        yield from dict.fromkeys((month[1], str(Key(month[1], key.option))))
    if table := _OF_TABLE.fullmatch(key.name):
        yield from dict.fromkeys((table[2], table[1]))


def inputs_by_name(keys: Iterable[Key]) -> dict[str, tuple[Key, ...]]:
    """The inputs that each name stands for."""
    found: dict[str, tuple[Key, ...]] = {}
    for key in keys:
        for name in (*own_names(key), *_shared_names(key)):
            found[name] = (*found.get(name, ()), key)
    return found


def is_one(name: str, keys: Sequence[Key]) -> bool:
    """Whether a name, which stands for these inputs, means one of them alone."""
    return len(keys) == 1 and name in own_names(keys[0])


def is_table(name: str, keys: Sequence[Key]) -> bool:
    """Whether a name stands for what a table gives."""
    return bool(keys and (table := _OF_TABLE.fullmatch(keys[0].name)) and name in table.groups())


def said_of_part(name: str, by_name: Mapping[str, Sequence[Key]]) -> tuple[str, str] | None:
    """What is wrong with the name of a part of some input, and a hint; None if it is nothing of the kind."""
    owner, _, part = name.rpartition(".")
    keys = by_name.get(owner, ())
    if is_one(owner, keys):
        by_month = _MONTH.fullmatch(part)
        return f"`{owner}` {'has no values by month' if by_month else 'is one number for all options'}", f"set {owner}"
    months = ", ".join(months_of(keys))
    if not months:
        return None
    return f"`{owner}` has no value from {part} on that could be set", f"it has values from {months} on"


def months_of(keys: Iterable[Key]) -> tuple[str, ...]:
    """The months from which inputs hold; none where they hold all the time."""
    return tuple(dict.fromkeys(found[2] for key in keys if (found := _OF_MONTH.fullmatch(key.name))))


def said_of_several(name: str, keys: Sequence[Key]) -> str:
    """What a name is that stands for several inputs, where one is needed."""
    if is_table(name, keys):
        return f"`{name}` is a table"
    if name in _names_of_all_options(keys[0]):
        return f"`{name}` is one number per option"
    return f"`{name}` has values by month"
