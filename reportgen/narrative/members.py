"""What names of the narrative lead to when they are no figures: things with parts that are told apart by a dot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import WRONG
from reportgen.problems import suggestion

UNKNOWN = "RG853"
_SHOWN = 12


class Member:
    """`parts` are computed when they are first asked for; `text` is what it prints as, "" for nothing."""

    kind = "a name that has parts"

    def __init__(self, name: str, parts: Mapping[str, Callable[[], object]], text: str = "", key: str = "") -> None:
        self.name = name
        self.parts = parts
        self.text = text
        self.key = key or name
        self._found: dict[str, object] = {}

    def part(self, name: str) -> object:
        """Raises NarrativeError: a mistake, where there is no such part."""
        if name not in self.parts:
            refuse_part(self.name, name, tuple(self.parts))
        if name not in self._found:
            self._found[name] = self.parts[name]()
        return self._found[name]

    def said(self) -> str:
        """What it prints as. Raises NarrativeError."""
        if not self.text:
            listed = ", ".join(f"{self.name}.{part}" for part in list(self.parts)[:_SHOWN])
            raise NarrativeError(WRONG, f"`{self.name}` is not one figure but has several", f"write {listed}")
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Member) and bool(self.text) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def refuse_part(owner: str, name: str, known: tuple[str, ...]) -> NoReturn:
    hint = suggestion(name, known)
    if not hint and known:
        more = ", …" if len(known) > _SHOWN else ""
        hint = f"there {'are' if len(known) > 1 else 'is'} {', '.join(known[:_SHOWN])}{more}"
    raise NarrativeError(UNKNOWN, f"`{owner}` has no `{name}`", hint)
