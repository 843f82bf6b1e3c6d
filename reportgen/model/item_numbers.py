"""Costs that are numbers, as inputs with a low and a high: what questions ask about beside the assumptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reportgen.formula.nodes import Key, Reference
from reportgen.model.inputs import number_of_key, report_unknown_options
from reportgen.model.model import DISTRIBUTIONS, Assumption, Definition, InputValue, Quantity, Range
from reportgen.model.spec import ItemSpec
from reportgen.model.written import FormulaSpec, NumberSpec, PerOption, WordSpec
from reportgen.problems import Collector


def check_item_numbers(
    written: ItemSpec,
    quantity: Quantity,
    definitions: Mapping[Key, Definition],
    options: tuple[str, ...],
    problems: Collector,
) -> Assumption:
    """An item's costs that are numbers, with their ranges: one number where it is written once for all options.
    Reports RG211, RG212, RG305, RG402 and RG403."""
    costs = tuple(Key(quantity.name, option) for option in options)
    keys = tuple(key for key in costs if isinstance(definitions.get(key), InputValue))
    if isinstance(written.costs, NumberSpec):
        keys = (Key(quantity.name),)
    report_unknown_options((written.low, written.high), options, problems)
    _check_costs(written, quantity, options, problems)
    ends = written.low, written.high
    ranges = {key: Range(*(number_of_key(each, key, quantity.unit, problems) for each in ends)) for key in keys}
    return Assumption(quantity, keys, ranges, str(written.distribution or DISTRIBUTIONS[0]))


def _check_costs(written: ItemSpec, quantity: Quantity, options: tuple[str, ...], problems: Collector) -> None:
    """What has a low or a high is a number. Reports RG212."""
    kinds = {option: _kind(written, option) for option in options}
    unread = None in kinds.values()
    hint = "give the assumptions that it is computed from a low and a high"
    for key in ("low", "high"):
        part: NumberSpec | PerOption[NumberSpec] | None = getattr(written, key)
        for option, _ in part.entries if isinstance(part, PerOption) else ():
            kind = kinds.get(option.text, "")
            if kind:
                message = f"the cost of `{quantity.name}.{option}` is {kind} and has no {key}"
                problems.error("RG212", message, option.span, hint if kind == _FORMULA else "leave it out")
    first = next((part for part in (written.low, written.high, written.distribution) if part is not None), None)
    if first is not None and not isinstance(first, PerOption) and not unread and all(kinds.values()):
        message = f"no cost of `{quantity.name}` is a number that could be lower or higher"
        problems.error("RG212", message, first.span, hint)


_FORMULA = "a formula"


def _kind(written: ItemSpec, option: str) -> str | None:
    """What an option's cost is if no number, for messages; "" for a number, None for what could not be read."""
    match written.costs.get(option) if isinstance(written.costs, PerOption) else written.costs:
        case FormulaSpec():
            return _FORMULA
        case WordSpec(word):
            return f"`{word}`"
        case NumberSpec():
            return ""
        case _:
            return None


def asked_about(items: Iterable[Assumption], asked: Collection[Key]) -> tuple[Assumption, ...]:
    """The items with numbers that have a range or that a question names, reduced to these numbers."""
    found = []
    for item in items:
        keys = tuple(key for key in item.keys if item.ranges[key] != Range(None, None) or key in asked)
        if keys:
            found.append(replace(item, keys=keys, ranges={key: item.ranges[key] for key in keys}))
    return tuple(found)


def with_shared_numbers(
    definitions: Mapping[Key, Definition],
    items: Iterable[Assumption],
    asked: Iterable[Assumption],
    options: tuple[str, ...],
) -> dict[Key, Definition]:
    """The definitions in which a number that is written once for all options is an input that each option's cost
    repeats, if it is one of those asked about. Of all other items each option has a cell of its own to edit."""
    kept = _shared(asked)
    dropped = _shared(items) - kept
    found = {key: each for key, each in definitions.items() if key not in dropped}
    return found | {Key(key.name, option): Reference(key.name, None, False) for key in kept for option in options}


def _shared(items: Iterable[Assumption]) -> frozenset[Key]:
    return frozenset(key for item in items for key in item.keys if key.option is None)
