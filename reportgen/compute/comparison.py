"""What the options cost against each other, told from the subject's side, and which of them costs least."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportgen.compute.results import Results
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.model import Quantity


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more another option costs than the subject, computed for that option: `tree` in the total's unit,
    `share_tree` in per cent of its own total; `share` is None where that total is not above nothing. `incomplete`: one
    of the two lacks a price."""

    option: str
    tree: Node
    value: float
    share_tree: Node
    share: float | None
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which option costs least. `cheapest` is the one complete option that does, None where two cost the same (`tied`),
    where no option is complete, or where it is open: the options in `open` lack a price and cost less so far."""

    cheapest: str | None
    tied: bool
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`subject` "" and no differences where the model names none."""

    total: Quantity
    subject: str
    differences: tuple[Difference, ...]
    ranking: Ranking

    @property
    def cheapest(self) -> str | None:
        return self.ranking.cheapest


SAME = 1e-12
"""Totals are the same within this share: more than sums leave behind, less than any difference that is meant. By 15
digits, as spreadsheets compare, two sums of the same amounts may differ still, where the last is rounded apart."""


def least_of(totals: Mapping[str, float], complete: Collection[str]) -> tuple[str, ...]:
    """The complete options that cost least: one, several that cost the same, or none where none is complete."""
    shown = {option: value for option, value in totals.items() if option in complete}
    least = min(shown.values(), default=0.0)
    return tuple(option for option, value in shown.items() if value <= least + SAME * abs(least))


def rank(totals: Mapping[str, float], complete: Collection[str]) -> Ranking:
    """What the totals of options say, some of which lack a price."""
    least = least_of(totals, complete)
    if not least:
        return Ranking(None, False, ())
    bound = totals[least[0]] - SAME * abs(totals[least[0]])
    lower = tuple(option for option, value in totals.items() if option not in complete and value < bound)
    return Ranking(None if lower else only(least), not lower and len(least) > 1, lower)


def only(options: Sequence[str]) -> str | None:
    """The one option there is; None where there are several or none."""
    return options[0] if len(options) == 1 else None


def compare(results: Results, total: Quantity | None = None) -> Comparison:
    """The options by one total, the headline unless another is given."""
    model = results.model
    total = total or model.headline
    totals = {key.option or "": results.values[key] for key in model.keys_of(total.name)}
    complete = [option for option in totals if not results.is_incomplete(Key(total.name, option))]
    differences = tuple(
        _difference(results, total, option, model.subject)
        for option in model.option_ids
        if model.subject is not None and option != model.subject
    )
    return Comparison(total, model.subject or "", differences, rank(totals, complete))


def _difference(results: Results, total: Quantity, option: str, subject: str) -> Difference:
    other = n.Reference(total.name, None, True)
    more = n.Arithmetic("-", other, n.Reference(total.name, subject, True))
    share = n.Convert(n.Arithmetic("/", more, other), (Fraction(100),))
    divisible = results.values[Key(total.name, option)] > 0
    return Difference(
        option=option,
        tree=more,
        value=results.compute(more, option),
        share_tree=share,
        share=results.compute(share, option) if divisible else None,
        incomplete=any(results.is_incomplete(Key(total.name, each)) for each in (option, subject)),
    )
