"""How well a report's figures are supported: how many sources, placeholders and stale ones, as sentences."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.staleness import is_stale, placeholders, stale_sources
from reportgen.model.model import Citation
from reportgen.presentation.format import date
from reportgen.presentation.result_cells import Cells

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Evidence:
    """`sentences` say it in full, `short` in a few words; `is_sound`: neither placeholders nor stale sources."""

    sentences: tuple[str, ...]
    count: str
    short: str
    is_sound: bool


def evidence(cells: Cells) -> Evidence:
    """The state of the model's sources on its day."""
    model, ngettext = cells.model, cells.ngettext
    total, open_, old = len(model.citations), len(placeholders(model)), len(stale_sources(model))
    count = ngettext("{count} source", "{count} sources", total)
    if not total:
        nothing = cells.gettext("The model names no sources; every figure is its author’s own.")
        return Evidence((nothing,), count, cells.gettext("every figure is its author’s own"), False)
    limit, day = max_age(cells), date(model.as_of, cells.locale)
    sentences = [ngettext("The figures rest on {count} source.", "The figures rest on {count} sources.", total)]
    sentences.append(
        ngettext(
            "{count} of them is a placeholder: its figures are still to be found.",
            "{count} of them are placeholders: their figures are still to be found.",
            open_,
        )
        if open_
        else cells.gettext("None of them is a placeholder.")
    )
    sentences.append(
        ngettext(
            "{count} of them is stale: it was looked up more than {age} before {day}.",
            "{count} of them are stale: they were looked up more than {age} before {day}.",
            old,
            age=limit,
            day=day,
        )
        if old
        else cells.gettext("None was looked up more than {age} before {day}.", age=limit, day=day)
    )
    words = [
        ngettext("{count} placeholder", "{count} placeholders", open_),
        cells.gettext("{count} stale", count=old),
    ]
    return Evidence(tuple(sentences), count, ", ".join(words), not (open_ or old))


def max_age(cells: Cells) -> str:
    """The age from which a source is stale: `12 months`, `2 years`."""
    months = cells.model.max_source_age
    if months % _YEAR == 0 and months > _YEAR:
        years = months // _YEAR
        return cells.ngettext("{count} year", "{count} years", years)
    return cells.ngettext("{count} month", "{count} months", months)


def stale_word(cells: Cells, source: Citation) -> str:
    """What marks a stale source in a register, "" for the others."""
    return cells.gettext("stale") if is_stale(cells.model, source) else ""
