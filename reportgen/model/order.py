"""In which order numbers are computed, and which of them run in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from reportgen.formula.nodes import AllOptions, Key, Lookup, Previous, Reduce, Reference, children, keys_in, walk
from reportgen.model.dependencies import Dependencies
from reportgen.model.model import CostStatus, Definition, InputValue
from reportgen.model.names import MADE_SERIES, written_part
from reportgen.problems import Collector
from reportgen.source import NOWHERE, Span


def in_order(
    definitions: dict[Key, Definition], options: tuple[str, ...], problems: Collector
) -> dict[Key, Definition]:
    """The same definitions, each after those it is computed from. Reports RG304 with the path of each circle.

    A circle is left at the reference that closes it, so that others are found too. One that goes through the step
    before is none: its numbers follow each other, to be computed step by step.
    """
    done: dict[Key, Definition] = {}
    on_path: dict[Key, Iterator[Key]] = {}
    circles = 0
    for first in definitions:
        pending = [first] if first not in done else []
        while pending:
            key = pending[-1]
            if key not in on_path:
                on_path[key] = _computed_from(definitions[key], key, options, previous=False)
            following = next((each for each in on_path[key] if each in definitions and each not in done), None)
            if following is None:
                del on_path[key]
                done[pending.pop()] = definitions[key]
            elif following in on_path:
                path = [*pending[pending.index(following) :], following]
                _report(path, definitions, problems)
                circles += 1
            else:
                pending.append(following)
    if circles:  # nothing is computed, and no order would ever do
        return done
    groups = _recursive_groups(done, options)
    if not problems.failed:
        _report_reductions(done, groups, problems)
    return _together(done, groups, options) if groups else done


def _computed_from(
    definition: Definition, key: Key, options: tuple[str, ...], *, previous: bool = True
) -> Iterator[Key]:
    """What a number is computed from, as it was a step before too if `previous`."""
    if isinstance(definition, InputValue | CostStatus):
        return iter(())
    if previous or not any(isinstance(each, Previous) for each in walk(definition)):
        return keys_in(definition, key.option, options)
    before = {id(each.series) for each in walk(definition) if isinstance(each, Previous)}
    nodes = [each for each in walk(definition) if id(each) not in before]
    tables = [found for each in nodes if isinstance(each, Lookup) for found in each.inputs(key.option)]
    leaves = (found for each in nodes if not children(each) for found in keys_in(each, key.option, options))
    return chain(leaves, tables)


def dependencies(definitions: Mapping[Key, Definition], options: tuple[str, ...]) -> Dependencies:
    """The graph of definitions that are in order."""
    return Dependencies(
        {key: tuple(dict.fromkeys(_computed_from(each, key, options))) for key, each in definitions.items()},
        _recursive_groups(definitions, options),
    )


def _recursive_groups(definitions: Mapping[Key, Definition], options: tuple[str, ...]) -> tuple[tuple[Key, ...], ...]:
    """Numbers that are computed from each other by way of the step before, in the order within a step."""
    previous: list[Key] = []
    for key, each in definitions.items():
        if not isinstance(each, InputValue | CostStatus):
            previous += [node.series.key(key.option) for node in walk(each) if isinstance(node, Previous)]
    if not previous:
        return ()
    parts = {key: _computed_from(each, key, options) for key, each in definitions.items()}
    graph = Dependencies({key: tuple(part for part in each if part in definitions) for key, each in parts.items()})
    groups: dict[Key, tuple[Key, ...]] = {}
    for key in previous:
        if key in groups or key not in definitions:
            continue
        both = graph.affected_by([key]) & graph.needed_for([key])
        if len(both) > 1 or key in graph.direct[key]:
            group = tuple(each for each in definitions if each in both)
            groups |= dict.fromkeys(group, group)
    return tuple(dict.fromkeys(groups.values()))


def _together(
    definitions: Mapping[Key, Definition], groups: tuple[tuple[Key, ...], ...], options: tuple[str, ...]
) -> dict[Key, Definition]:
    """The same definitions with the numbers of each group one after the other."""
    unit = {key: group for group in groups for key in group}
    done: dict[Key, Definition] = {}
    for first in definitions:
        pending = [unit.get(first, (first,))]
        while pending:
            keys = pending[-1]
            parts = (part for key in keys for part in _computed_from(definitions[key], key, options))
            open_ = (part for part in parts if part in definitions and part not in done and part not in keys)
            following = next(open_, None)
            if following is None:
                done.update((key, definitions[key]) for key in pending.pop())
            else:
                pending.append(unit.get(following, (following,)))
    return done


def _report_reductions(
    definitions: Mapping[Key, Definition], groups: tuple[tuple[Key, ...], ...], problems: Collector
) -> None:
    """Reports RG304 where a step needs what all steps come to."""
    for group in groups:
        for key in group:
            node = definitions[key]
            found = walk(node) if not isinstance(node, InputValue | CostStatus) else iter(())
            for each in found:
                if isinstance(each, Reduce) and each.series.key(key.option) in group:
                    message = f"circular reference: a step of `{key}` needs all steps of `{each.series.name}`"
                    problems.error("RG304", message, each.span, "leave it out, or take the step before: previous(x, 0)")


def _report(path: list[Key], definitions: dict[Key, Definition], problems: Collector) -> None:
    names = [written_part(key.name) for key in path if not key.name.startswith(MADE_SERIES)]
    names += names[:1] if names[-1] != names[0] else []
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
    before = {id(node.series) for node in walk(definition) if isinstance(node, Previous)}
    for node in (each for each in walk(definition) if id(each) not in before):
        if isinstance(node, Reduce) and node.series.name == name and node.series.span == NOWHERE:
            return node.span
        if isinstance(node, Reference | AllOptions) and node.name == name and node.span != NOWHERE:
            return node.span
    return None
