"""The sections of a report: those that the model's author plans, or its template's own, numbered, without the empty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from reportgen.model.report_plan import SectionPlan
from reportgen.narrative.narrative_html import Prose
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.report.template import PROSE, Entry, Template
from reportgen.report.view_parts import Section

_HEADING = re.compile(r"(</?h)([2-5])\b")
_PREFIX = "section-"
"""Ids of the author's sections begin so: a text may be called as a block is, or as a heading within another text."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A section before it has a number."""

    block: str
    id: str
    title: str
    prose: Prose | None = None


def titles(cells: Cells) -> dict[str, str]:
    """The headings of the shared blocks."""
    gettext = cells.gettext
    return {
        "summary": gettext("Summary"),
        "question": gettext("The question and the options"),
        "assumptions": gettext("Assumptions that matter"),
        "costs": gettext("Costs by category"),
        "calculations": gettext("Calculations"),
        "results": gettext("Results"),
        "scenarios": gettext("Scenarios"),
        "sensitivity": gettext("Sensitivity"),
        "break-evens": gettext("Break-even"),
        "cash-flow": gettext("Cash flow"),
        "ranges": gettext("Ranges"),
        "risk": gettext("Risk"),
        "choice": gettext("When each option wins"),
        "coverage": gettext("Coverage of features"),
        "scorecard": gettext("Scorecard"),
        "method": gettext("Method and limits"),
        "faq": gettext("Questions and answers"),
        "sources": gettext("Sources"),
        "register": gettext("All assumptions"),
        "formulas": gettext("Formulas"),
        "scenario-settings": gettext("What the scenarios set"),
        "published": gettext("Published figures"),
        "about": gettext("About this report"),
    }


def make_sections(
    cells: Cells,
    template: Template,
    topics: Mapping[str, tuple[Topic, ...]],
    is_empty: Mapping[str, bool],
    prose: Sequence[Prose] = (),
) -> tuple[Section, ...]:
    """The contents: sections are numbered, appendices have letters, categories and questions are sub-sections.

    `prose` are the author's texts, in any order; a block that `is_empty` or has no topics is left out.
    """
    known, texts = titles(cells), {each.id: each for each in prose}
    known |= {
        each.block: cells.gettext(each.title) for each in (*template.sections, *template.appendices) if each.title
    }

    def planned(each: Entry | SectionPlan) -> Planned | None:
        if isinstance(each, SectionPlan) and not each.block:
            text = texts[each.id]
            return Planned(PROSE, _PREFIX + each.id, text.title, text)
        if is_empty.get(each.block) or topics.get(each.block) == ():
            return None
        title = each.title if isinstance(each, SectionPlan) else ""
        return Planned(each.block, each.block, title or known.get(each.block, each.block))

    body, back = _entries(cells.model.report.sections, template)
    sections = [found for found in map(planned, body) if found]
    appendices = [found for found in map(planned, back) if found]
    numbers = [str(number) for number in range(1, len(sections) + 1)]
    numbers += [_letter(index) for index in range(len(appendices))]
    return tuple(
        _section(cells, each, number if template.is_numbered else "", topics)
        for each, number in zip([*sections, *appendices], numbers, strict=True)
    )


def _entries(
    plan: Sequence[SectionPlan], template: Template
) -> tuple[list[Entry | SectionPlan], list[Entry | SectionPlan]]:
    """What stands in the body and in the appendices. A plan with blocks is the body; texts alone stand where the
    template has its place for them; appendices that the plan does not name follow, so that every figure has a source.
    """
    own = [each for each in plan if each.appears_in(template.kin)]
    planned = {each.block for each in own if each.block}
    if template.follows_plan and planned:
        return list(own), [each for each in template.appendices if each.block not in planned]
    texts = [each for each in own if not each.block]
    body: list[Entry | SectionPlan] = []
    for each in template.sections if template.follows_plan else (*template.sections, Entry(PROSE)):
        body += texts if each.block == PROSE else [each]
    return body, list(template.appendices)


def _letter(index: int) -> str:
    """A, B, … Z, AA, AB, …"""
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _section(cells: Cells, planned: Planned, number: str, topics: Mapping[str, tuple[Topic, ...]]) -> Section:
    inner: Sequence[tuple[str, str]] = ()
    if planned.prose is not None:
        inner = planned.prose.parts
    elif planned.block == "costs":
        inner = [(f"category-{each.quantity.name}", each.quantity.title) for each in cells.model.categories]
    elif len(topics.get(planned.block, ())) > 1:
        inner = [(each.id, each.title) for each in topics[planned.block]]
    parts = tuple(
        Section(id_, f"{number}.{index}" if number else "", title) for index, (id_, title) in enumerate(inner, 1)
    )
    prose = planned.prose and _below_heading(planned.prose, parts)
    return Section(planned.id, number, planned.title, parts, planned.block, prose)


def _below_heading(prose: Prose, parts: Sequence[Section]) -> Prose:
    """The text with its headings one level lower, for it stands below that of its section, and with their numbers."""
    html = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", prose.html)
    for part in parts:
        begin = f'<h3 id="{part.id}">'
        html = html.replace(begin, f'{begin}<span class="n">{part.number}</span>' if part.number else begin, 1)
    return replace(prose, html=Markup(html))
