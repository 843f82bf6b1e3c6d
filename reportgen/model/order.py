"""In which order numbers are computed, and which of them run in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from reportgen.formula.nodes import AllOptions, Key, Reference, keys_in, walk
from reportgen.model.dependencies import Dependencies
from reportgen.model.model import CostStatus, Definition, InputValue
from reportgen.problems import Collector
from reportgen.source import Span


def in_order(
    definitions: dict[Key, Definition], options: tuple[str, ...], problems: Collector
) -> dict[Key, Definition]:
    """The same definitions, each after those it is computed from. Reports RG304 with the path of each circle.

    A circle is left at the reference that closes it, so that others are found too.
    """
    done: dict[Key, Definition] = {}
    on_path: dict[Key, Iterator[Key]] = {}
    for first in definitions:
        pending = [first] if first not in done else []
        while pending:
            key = pending[-1]
            if key not in on_path:
                on_path[key] = _computed_from(definitions[key], key, options)
            following = next((each for each in on_path[key] if each in definitions and each not in done), None)
            if following is None:
                del on_path[key]
                done[pending.pop()] = definitions[key]
            elif following in on_path:
                path = [*pending[pending.index(following) :], following]
                _report(path, definitions, problems)
            else:
                pending.append(following)
    return done


def _computed_from(definition: Definition, key: Key, options: tuple[str, ...]) -> Iterator[Key]:
    if isinstance(definition, InputValue | CostStatus):
        return iter(())
    return keys_in(definition, key.option, options)


def dependencies(definitions: Mapping[Key, Definition], options: tuple[str, ...]) -> Dependencies:
    """The graph of definitions that are in order."""
    return Dependencies(
        {key: tuple(dict.fromkeys(_computed_from(each, key, options))) for key, each in definitions.items()}
    )


def _report(path: list[Key], definitions: dict[Key, Definition], problems: Collector) -> None:
    names = [key.name for key in path]
    shown = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
    if len(shown) == 1:
        shown = names if len(path) == 2 else [str(key) for key in path]
    span = next((span for a, b in pairwise(path) if (span := _mention(definitions[a], b.name))), None)
    problems.error(
        "RG304",
        f"circular reference: {' → '.join(shown)}",
        span,
        "one of them has to be an assumption or leave out the others",
    )


def _mention(definition: Definition, name: str) -> Span | None:
    """Where a definition names another one in the author's text."""
    if isinstance(definition, InputValue | CostStatus):
        return None
    for node in walk(definition):
        if isinstance(node, Reference | AllOptions) and node.name == name and node.span != Span(0, 0):
            return node.span
    return None
