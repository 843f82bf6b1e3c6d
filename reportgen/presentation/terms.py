"""Words of a model's own vocabulary that a report shows: states of costs, answers, verdicts, classes of evidence.

They are what styles and conditions are keyed on, so they stay English inside the program; `Cells.term` says them in the
reader's language. Here they are marked for the catalogs. The horizon is the one assumption whose words are not its
author's.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.answers import Answers
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Group
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


def in_words(results: Answers, words: Words) -> Answers:
    """The same results, with the horizon called as in the reader's language."""
    model = results.model
    if HORIZON not in model.quantities:
        return results
    own = model.quantities[HORIZON]
    called = replace(own, title=words.gettext(own.title), note=words.gettext(own.note))

    def named(group: Group) -> Group:
        if all(each.quantity.name != HORIZON for each in group.assumptions):
            return group
        assumptions = tuple(
            replace(each, quantity=called) if each.quantity.name == HORIZON else each for each in group.assumptions
        )
        return replace(group, title=words.gettext(group.title), assumptions=assumptions)

    quantities = {**model.quantities, HORIZON: called}
    return results.titled(replace(model, quantities=quantities, groups=tuple(map(named, model.groups))))
