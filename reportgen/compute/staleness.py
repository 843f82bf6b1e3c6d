"""Which sources are too old at the model's day, which are placeholders, and whose review is due.

A source without a day of access cannot grow old: a contract or the author's own assumption is none that one looks up.
Those with an address have one (RG203).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from itertools import chain

from reportgen.model.model import Citation, Model
from reportgen.problems import Problem
from reportgen.source import Span

PLACEHOLDER = "placeholder"
FARTHEST_REVIEW = 60
"""Months after the model's day beyond which a review is more likely a slip than a plan."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of that month where it has no such day (31 January, 1 month)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_stale(model: Model, source: Citation) -> bool:
    """Whether the source was looked up longer before `as_of` than the model's `max_source_age`."""
    return source.accessed is not None and months_after(source.accessed, model.max_source_age) < model.as_of


def stale_sources(model: Model) -> tuple[Citation, ...]:
    """The stale sources, in the model's order."""
    return tuple(each for each in model.citations.values() if is_stale(model, each))


def placeholders(model: Model) -> tuple[Citation, ...]:
    """The sources that stand for a figure still to be found, in the model's order."""
    return tuple(each for each in model.citations.values() if each.evidence == PLACEHOLDER)


def source_findings(model: Model, *, strict: bool = False) -> tuple[Problem, ...]:
    """Warnings of stale sources (RG704) and of reviews that are due (RG706) or years away (RG707).

    `strict` makes them errors and adds the placeholders (RG705), which a draft may have, because it says so itself.
    """
    found = [*_stale(model), *_due(model)]
    if strict:
        found = [replace(each, severity="error") for each in (*found, *_placeholders(model))]
    return tuple(found)


def _stale(model: Model) -> list[Problem]:
    age = f"{model.max_source_age} month{'' if model.max_source_age == 1 else 's'}"
    return [
        _warning(
            model,
            "RG704",
            f"source `{each.id}` is stale: accessed on {each.accessed}, more than {age} before {model.as_of}",
            each.span,
            "look it up again and write the new day, or allow more with `max_source_age`",
        )
        for each in stale_sources(model)
    ]


def _placeholders(model: Model) -> list[Problem]:
    hint = "replace its figures by quoted, published or measured ones"
    return [
        _warning(model, "RG705", f"source `{each.id}` is a placeholder", each.span, hint)
        for each in placeholders(model)
    ]


def _due(model: Model) -> list[Problem]:
    """Reviews that were to happen before the model's day, and those that are years away."""
    sources = ((f"source `{each.id}`", each.owner, each.review, each.span) for each in model.citations.values())
    inputs = ((f"`{each.quantity.name}`", each.owner, each.review, each.quantity.span) for each in model.assumptions)
    found = []
    for what, owner, review, span in chain(sources, inputs):
        if review is not None and review < model.as_of:
            message = f"the review of {what} is due: it was to happen by {review}, before {model.as_of}"
            hint = f"{owner or 'its owner'} looks at it again; then write the day of the next review"
            found.append(_warning(model, "RG706", message, span, hint))
        elif review is not None and review > months_after(model.as_of, FARTHEST_REVIEW):
            message = (
                f"the review of {what} is on {review}, more than {FARTHEST_REVIEW // 12} years after {model.as_of}"
            )
            found.append(_warning(model, "RG707", message, span, "check the year; prices are looked at again sooner"))
    return found


def _warning(model: Model, code: str, message: str, span: Span, hint: str) -> Problem:
    return Problem(code, message, model.source, span, hint, "warning")
