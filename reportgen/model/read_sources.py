"""The sources of the model file as written, and how old what is read from them may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportgen.model.fields import Fields
from reportgen.model.spec import CitationSpec
from reportgen.model.written import Text
from reportgen.problems import Collector
from reportgen.uri import NoLinkError, link

EVIDENCE = ("contract", "quote", "list-price", "survey", "estimate", "placeholder")
MAX_SOURCE_AGE = 12
"""Months after which a source is stale, where the model does not say otherwise."""
MAX_OWNER = 80
"""Characters of a name or a department: it stands in a column of the register."""
_AGE = re.compile(r"(\d{1,3}) (months?|years?)")
_MONTHS = {"month": 1, "year": 12}


def max_source_age(top: Fields) -> int:
    """`max_source_age` in months: `18 months` or `1 year`. Reports RG205."""
    found = top.marked_text("max_source_age", required=False)
    if found is None:
        return MAX_SOURCE_AGE
    match = _AGE.fullmatch(" ".join(found.text.split()))
    months = int(match[1]) * _MONTHS[match[2].rstrip("s")] if match else 0
    if not months:
        message = f"`max_source_age` is a whole number of months or years, not `{found.text[:60]}`"
        top.problems.error("RG205", message, found.span, "for example 12 months, or 1 year")
        return MAX_SOURCE_AGE
    return months


def _check_link(url: Text, problems: Collector) -> None:
    try:
        link(url.text)
    except NoLinkError as error:
        message = f"`{url.text[:80]}` cannot be a link and is shown as text: {error}"
        problems.warning("RG215", message, url.span, error.hint)


def citations(top: Fields, as_of: date | None) -> Iterator[CitationSpec]:
    """Every source. An address needs the day it was looked up; a contract on paper may have none. Reports RG214 for one
    looked up after the model's day."""
    for name, node in top.entries("sources", required=False):
        keys = "title url accessed evidence owner review note"
        fields = Fields(node, f"source `{name}`", keys, top.problems, name.span)
        url = fields.marked_text("url", required=False)
        if url is not None and not url.text.startswith(("https://", "http://")):
            hint = "" if ":" in url.text else f"write https://{url.text}"
            top.problems.error("RG208", "a source's address begins with https:// or http://", url.span, hint)
        elif url is not None:
            _check_link(url, top.problems)
        yield CitationSpec(
            name,
            fields.title(),
            url.text if url else "",
            _accessed(fields, as_of, required=url is not None),
            fields.choice("evidence", EVIDENCE, required=False) or "estimate",
            fields.text("owner", required=False, most=MAX_OWNER),
            fields.date("review", required=False),
            fields.text("note", required=False),
        )


def _accessed(fields: Fields, as_of: date | None, *, required: bool) -> date | None:
    """What a source said only after `as_of` cannot be what the model knew on that day."""
    found = fields.date("accessed", required)
    if found is not None and as_of is not None and found > as_of:
        node = fields.node("accessed", required=False)
        message = f"a source was accessed on {found}, after the model's day, {as_of}"
        hint = "correct the day, or move `as_of` to the day on which the model was last brought up to date"
        fields.problems.error("RG214", message, node.span if node else fields.span, hint)
    return found
