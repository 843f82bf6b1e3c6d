"""Words of a model's own vocabulary that a report shows: states of costs, answers, verdicts, classes of evidence.

They are what styles and conditions are keyed on, so they stay English inside the program; `Cells.term` says them in the
reader's language. Here they are marked for the catalogs. The horizon, and what is an input because it says how
something goes over time, have words that are not their author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen.compute.answers import Answers
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Group, Model, Quantity
from reportgen.presentation.words import Words, message

TERMS = (
    # a cost without a number, and what is computed from one
    message("included"),
    message("none"),
    message("not quoted"),
    message("incomplete"),
    # how an option covers a feature, and what becomes of a gap
    message("yes"),
    message("partly"),
    message("no"),
    message("build"),
    message("buy"),
    message("covered"),
    message("priced"),
    message("not priced"),
    # what becomes of a published figure
    message("exact"),
    message("rounded"),
    message("intermediate"),
    message("differs"),
    message("input"),
    # classes of evidence
    message("contract"),
    message("quote"),
    message("list-price"),
    message("survey"),
    message("estimate"),
    message("placeholder"),
)

HORIZON_TERMS = (
    message("Months after the start"),
    message("Horizon"),
    message("Time frame"),
    message("The period that the model is about"),
)


TIME_TERMS = (
    # what follows the title of an input, or of an item, that says how it goes over time
    message("growth"),
    message("growth begins"),
    message("begins"),
    message("ends"),
    message("falls"),
    message("every"),
    message("rate"),
    message("amount"),
    message("from {month}"),
    message("share in {month}"),
    message("share in {month}, falls"),
)
_MONTH = re.compile(r"\d{4}-\d{2}")


def in_words(results: Answers, words: Words) -> Answers:
    """The same results, with the horizon and all that the program itself makes inputs of called as in the reader's
    language."""
    model = results.model
    if HORIZON not in model.quantities:
        return results
    called = {name: each for name, own in _named_here(model) if (each := _called(own, words)) != own}
    groups = tuple(_group(group, called, words) for group in model.groups)
    own_numbers = {item: called.get(own.name, own) for item, own in model.own_numbers.items()}
    quantities = model.quantities | called
    return results.titled(replace(model, quantities=quantities, groups=groups, own_numbers=own_numbers))


def _named_here(model: Model) -> Iterator[tuple[str, Quantity]]:
    """What has a name that its author did not write."""
    for group in model.groups:
        is_own = any(each.quantity.name == HORIZON for each in group.assumptions)
        for each in group.assumptions:
            if is_own or _MONTH.fullmatch(each.quantity.name.rpartition(".")[2]):
                yield each.quantity.name, each.quantity
    yield from ((each.name, each) for each in model.own_numbers.values())


def _called(own: Quantity, words: Words) -> Quantity:
    if own.name == HORIZON:
        return replace(own, title=words.gettext(own.title), note=words.gettext(own.note))
    sign = ": " if ": " in own.title else ", "
    title, _, term = own.title.rpartition(sign)
    month = _MONTH.search(term)
    text = term if month is None else term.replace(month[0], "{month}")
    if text not in TIME_TERMS:
        return own
    said = words.gettext(text) if month is None else words.gettext(text, month=month[0])
    return replace(own, title=f"{title}{sign}{said}")


def _group(group: Group, called: Mapping[str, Quantity], words: Words) -> Group:
    assumptions = tuple(
        replace(each, quantity=called.get(each.quantity.name, each.quantity)) for each in group.assumptions
    )
    is_own = any(each.quantity.name == HORIZON for each in group.assumptions)
    return replace(group, title=words.gettext(group.title) if is_own else group.title, assumptions=assumptions)
