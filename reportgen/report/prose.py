"""The narrative of a report in its reader's language: sections that the author wrote, questions and their answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from reportgen.compute.answers import Answers
from reportgen.compute.digits import result_decimals
from reportgen.formula.units import PERCENT, PLAIN, Unit
from reportgen.narrative.check_narrative import finished
from reportgen.narrative.narrative_html import Page, Prose
from reportgen.narrative.printer import Printer
from reportgen.presentation import format as formatted
from reportgen.presentation.words import message, words_of
from reportgen.report.report_settings import ReportSettings

WORDS = (
    message("incomplete"),
    message("not quoted"),
    message("included"),
    message("none"),
    message("Base"),
    message("Back to the text"),
    message("Note"),
    message("Tip"),
    message("Important"),
    message("Warning"),
    message("Caution"),
)
"""The fixed words within the narrative."""


@dataclass(frozen=True)
class LocalPrinter(Printer):
    """Figures in a locale, as the tables of the report show them."""

    locale: str

    def quantity(self, value: float, unit: Unit, decimals: int | None) -> str:
        return formatted.quantity(value, unit, decimals, self.locale)

    def amount(self, value: float, unit: Unit, decimals: int | None) -> str:
        return formatted.amount_and_rest(value, unit, _places(value, unit, decimals), self.locale)[0]

    def number(self, value: float, unit: Unit, decimals: int | None) -> str:
        return formatted.number(value, _places(value, unit, decimals), self.locale)

    def percent(self, value: float, decimals: int | None) -> str:
        return formatted.percent(value, _places(value, PERCENT, decimals), self.locale)

    def factor(self, value: float, decimals: int | None) -> str:
        return formatted.factor(value, _places(value, PLAIN, decimals), self.locale)

    def date(self, day: date) -> str:
        return formatted.date(day, self.locale)

    def word(self, word: str) -> str:
        return words_of(self.locale).gettext(word)


def read_texts(
    results: Answers, report_settings: ReportSettings
) -> tuple[tuple[Prose, ...], tuple[tuple[str, Markup], ...]]:
    """The author's sections that appear in the template, in their order, by the ids of their plans; and each
    question as text with its answer as HTML.

    Raises ModelError with all that `check_narrative` finds.
    """
    planned = {plan.id: plan for plan in results.model.report.sections if plan.appears_in(report_settings.template)}
    typeset = _typeset(results, report_settings, planned)
    prose = (each for each in typeset if each.id in planned)
    found = {each.id: each for each in typeset}
    pairs = []
    for number in range(1, len(results.model.report.faq) + 1):
        question, answer = found[f"faq-{number}-question"], found[f"faq-{number}-answer"]
        pairs.append((Markup(question.html).striptags(), Markup(answer.html)))
    return tuple(replace(each, title=each.title or planned[each.id].title) for each in prose), tuple(pairs)


def _typeset(results: Answers, report_settings: ReportSettings, shown: Collection[str]) -> tuple[Prose, ...]:
    """Every text of the narrative that appears on one page, so that their ids differ and anchors lead across."""
    printer = LocalPrinter(report_settings.babel_locale)
    page = Page(printer.word)
    texts = results.once(
        ("narrative", report_settings.babel_locale, report_settings.language, report_settings.own_folders),
        lambda: finished(results, printer, report_settings.language),
    )
    typeset = [
        page.typeset(chapter.id, chapter.manuscript, rendered)
        for chapter, rendered in texts
        if chapter.id in shown or chapter.id.startswith("faq-")
    ]
    return tuple(each.prose() for each in typeset)


def _places(value: float, unit: Unit, decimals: int | None) -> int:
    return result_decimals((value,), unit) if decimals is None else decimals
