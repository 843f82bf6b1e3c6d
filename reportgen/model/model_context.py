"""What the questions of a model can be about, when everything is defined that they ask about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from reportgen.formula.nodes import Key
from reportgen.formula.scope import Scope
from reportgen.model.input_names import inputs_by_name
from reportgen.model.model import Assumption, CostStatus, Definition, InputValue, Range
from reportgen.model.of_totals import of_totals
from reportgen.model.question_context import Context, KnownInput
from reportgen.model.semantic_checks import Parts
from reportgen.model.written import Text
from reportgen.problems import Collector


def model_context(
    parts: Parts,
    scope: Scope,
    quantities: Collection[str],
    sources: Callable[[tuple[Text, ...]], tuple[str, ...]],
    problems: Collector,
) -> Context:
    """`quantities`: every name that has a number; `sources` gives the ids of sources and reports unknown ones."""
    spec, categories = parts.spec, parts.spec.categories
    totals = tuple(each.id.text for each in spec.totals)
    items = (f"{category.id}.{item.id}" for category in categories for item in category.items)
    own = (each for group in parts.groups for each in group.assumptions)
    inputs = _known_inputs((*own, *parts.item_numbers, *parts.table_numbers), parts.definitions)
    return Context(
        scope=scope,
        problems=problems,
        inputs=inputs,
        quantities=quantities,
        totals=totals,
        of_totals=of_totals(spec.totals),
        categories=tuple(each.id.text for each in categories),
        prices=(*(each.id.text for each in categories), *items, *totals),
        not_applicable=frozenset(key for key, each in parts.definitions.items() if each == CostStatus("none")),
        scenarios=tuple(each.id.text for each in spec.scenarios),
        sources=sources,
        unread=spec.unread,
        by_name=inputs_by_name(inputs),
    )


def _known_inputs(assumptions: Iterable[Assumption], definitions: Mapping[Key, Definition]) -> dict[Key, KnownInput]:
    found = {}
    for assumption in assumptions:
        for key in assumption.keys:
            given = definitions.get(key)
            value = given.value if isinstance(given, InputValue) else None
            range_ = assumption.ranges.get(key, Range(None, None))
            found[key] = KnownInput(assumption.quantity.unit, value, range_.low, range_.high)
    return found
