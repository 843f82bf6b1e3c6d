"""What a procurement evaluation files: the document's number, its scope, and a register of every input with its
source, evidence, owner and next review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportgen import __version__
from reportgen.model.model import Category
from reportgen.presentation.checklist_topic import verdict_sentence
from reportgen.presentation.format import date
from reportgen.presentation.profiles_topic import match_sentence
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.scorecard_topic import leader_sentence
from reportgen.report.register import item_groups, table_group
from reportgen.report.view_parts import InputGroup

_DIGEST = 12
"""Digits of the model's digest that tell its versions apart."""


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A category: `items` in it as words, `kind`: paid once or running."""

    title: str
    note: str
    items: str
    kind: str


@dataclass(frozen=True, slots=True)
class EvaluationPart:
    """`number` and `version` name the document; `data` identifies it in an archive; `findings` are what it concludes,
    each with its name; `count`: how many inputs the register has; `has_owners`: whether anybody is named who looks
    after them."""

    number: str
    version: str
    data: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]
    scope: tuple[ScopeRow, ...]
    register: tuple[InputGroup, ...]
    count: int
    has_owners: bool


def evaluation_part(cells: Cells, groups: Iterable[InputGroup]) -> EvaluationPart:
    """The content that only an evaluation has; `groups` are the assumptions."""
    model = cells.model
    shown = tuple(group for group in (*groups, *item_groups(cells), table_group(cells)) if group.rows)
    rows = [row for group in shown for row in group.rows]
    number = f"{model.id}-{model.as_of.isoformat()}"
    if not cells.results.scenario.is_base:
        number += f"-{cells.results.scenario.id}"
    number += "-changed" if model.overridden else ""
    return EvaluationPart(
        number=number,
        version=model.digest[:_DIGEST],
        data=(
            (cells.gettext("Document"), number),
            (cells.gettext("Version"), model.digest[:_DIGEST]),
            (cells.gettext("As of"), date(model.as_of, cells.locale)),
            (cells.gettext("Currency"), model.currency),
            (cells.gettext("Workbook"), f"{model.id}.xlsx"),
            (cells.gettext("Made by"), f"reportgen {__version__}"),
        ),
        findings=tuple(_findings(cells)),
        scope=tuple(_scope(cells, each) for each in model.categories),
        register=shown,
        count=len(rows),
        has_owners=any(row.owner or row.review for row in rows),
    )


def _findings(cells: Cells) -> Iterator[tuple[str, str]]:
    """What the parts beside the costs conclude."""
    results = cells.results
    if results.scorecard is not None:
        yield cells.gettext("Scorecard"), leader_sentence(cells, results.scorecard)
    if results.checklist is not None:
        yield cells.gettext("Checklist"), verdict_sentence(cells, results.checklist)
    if results.profiles:
        yield cells.gettext("Who should choose what"), match_sentence(cells, results.profiles)


def _scope(cells: Cells, category: Category) -> ScopeRow:
    count = len(category.items)
    items = cells.ngettext("{count} item", "{count} items", count)
    kind = cells.gettext("paid once") if category.one_time else cells.gettext("running")
    if any(item.name in cells.model.own_numbers for item in category.items):
        kind = cells.gettext("over time")
    return ScopeRow(category.quantity.title, category.quantity.note, items, kind)
