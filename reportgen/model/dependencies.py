"""Which numbers are computed from which: one graph a model, the only place that follows it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportgen.formula.nodes import Key


@dataclass(frozen=True)
class Dependencies:
    """`direct` has what each number is computed from, each once, in an order in which all can be computed. `groups` are
    numbers that are computed from each other by way of the step before: one step of all of them after the other."""

    direct: Mapping[Key, tuple[Key, ...]]
    groups: tuple[tuple[Key, ...], ...] = ()

    def affected_by(self, changed: Iterable[Key]) -> frozenset[Key]:
        """What other values of these numbers change, themselves included."""
        found: set[Key] = set()
        pending = list(changed)
        while pending:
            key = pending.pop()
            if key not in found:
                found.add(key)
                pending += self._readers.get(key, ())
        return frozenset(found)

    def needed_for(self, targets: Iterable[Key], stop: Container[Key] = ()) -> frozenset[Key]:
        """What these numbers are computed from, directly or not, themselves included. Those in `stop` are found, but
        what they are computed from is not followed."""
        found: set[Key] = set()
        pending = list(targets)
        while pending:
            key = pending.pop()
            if key not in found:
                found.add(key)
                if key not in stop:
                    pending += self.direct[key]
        return frozenset(found)

    def between(self, changed: Iterable[Key], targets: Iterable[Key]) -> tuple[Key, ...]:
        """What `targets` are computed from that other values of `changed` change, in an order to compute it."""
        found = self.affected_by(changed) & self.needed_for(targets)
        return tuple(key for key in self.direct if key in found)

    @cached_property
    def _readers(self) -> dict[Key, list[Key]]:
        """What is computed from each number."""
        found: dict[Key, list[Key]] = {}
        for key, parts in self.direct.items():
            for part in parts:
                found.setdefault(part, []).append(key)
        return found
