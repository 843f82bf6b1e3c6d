"""What a build writes: the workbook, reports by template and locale, charts and data, each made once.

A PDF carries the workbook and the model, so the workbook is made once for both; charts are drawn once for every report
and every picture of one locale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reportgen.model.load import model_path
from reportgen.pipeline import Evaluated, MissingError, OutputError, make
from reportgen.presentation.format import LOCALE
from reportgen.problems import ModelError, Problem
from reportgen.report.report_settings import TEMPLATE, ReportSettings, locale_suffix
from reportgen.report.template import KIN, template_kind

ARTICLE = "article"
_USUAL = (TEMPLATE, ARTICLE)
"""Templates whose files are called as the model is."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to be written; `name` is below the output folder and may have a folder of its own."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template by its name, perhaps out of a user's own folder."""

    name: str = TEMPLATE
    own: Path | None = None

    def report_settings(self, evaluated: Evaluated, locale: str) -> ReportSettings:
        return ReportSettings(evaluated.brand, self.name, locale, self.own)


def find_template(text: str) -> TemplateChoice:
    """What `--template` names: a shipped template, a folder of own templates (its white paper is taken), or one
    template in such a folder. Raises ValueError, which says what there is."""
    from reportgen.report.html import template_names

    if text in template_names():
        return TemplateChoice(text)
    path = Path(text)
    if (path / "template.html").is_file():
        return TemplateChoice(path.resolve().name, path.resolve().parent)
    if path.parent.is_dir() and path.parent != Path() and path.name in template_names():
        return TemplateChoice(path.name, path.parent.resolve())
    if path.is_dir():
        return TemplateChoice(TEMPLATE, path.resolve())
    raise ValueError(f"there is no template or folder `{text}`; the templates are {', '.join(template_names())}")


class Outputs:
    """The files of one model, in each of the templates and locales that were asked for."""

    def __init__(self, evaluated: Evaluated, templates: Sequence[TemplateChoice], locales: Sequence[str]) -> None:
        self.evaluated = evaluated
        self.id = evaluated.results.model.id
        self.settings_of_reports = [each.report_settings(evaluated, locale) for each in templates for locale in locales]
        self.is_chosen = any(each != TemplateChoice() for each in templates)
        self.locales = tuple(dict.fromkeys(locales))
        self.make_workbooks: Callable[[], dict[str, bytes]] = lambda: {
            each: make(evaluated, "xlsx", each) for each in self.locales
        }

    def checked(self) -> tuple[Problem, ...]:
        """What is to be known of the narrative and of own templates' words before reports are made of them.

        Raises ModelError for errors: a claim that these numbers do not bear out, a figure that cannot be printed.
        """
        from reportgen.narrative.check_narrative import check_narrative
        from reportgen.report.translations import translation_problems

        languages = dict.fromkeys(each.language for each in self.settings_of_reports)
        found = list(check_narrative(self.evaluated.results, tuple(languages)))
        found += [problem for each in self.settings_of_reports for problem in translation_problems(each)]
        if any(problem.severity == "error" for problem in found):
            raise ModelError((*self.evaluated.warnings, *found))
        return tuple(dict.fromkeys(found))

    def unmade(self, kinds: Sequence[str]) -> str:
        """The first of these kinds that none of the templates makes; "" where each is made."""
        reports = [kind for kind in kinds if kind in KIN and not self._of_kind(kind, "")]
        return reports[0] if reports else ""

    def files(self, kind: str) -> Iterator[File]:
        """The files of a kind: xlsx, pdf, html, charts or json.

        Raises MissingError where the system lacks what they need, OutputError and ModelError where a template or the
        narrative does not let them be made.
        """
        match kind:
            case "xlsx":
                for locale, data in self.workbooks.items():
                    yield File(self.name_in(locale, "xlsx"), data)
            case "json":
                for locale in self.locales:
                    yield File(self.name_in(locale, "json"), make(self.evaluated, "json", locale))
            case "pdf":
                for report_settings in self._of_kind("pdf", TEMPLATE):
                    yield File(self._name(report_settings, "pdf"), self._pdf(report_settings))
            case "html":
                for report_settings in self._of_kind("html", ARTICLE):
                    yield File(self._name(report_settings, "html"), self._article(report_settings))
            case "charts":
                yield from self._charts()
            case _:
                raise ValueError(f"no output of kind {kind!r}")

    @cached_property
    def workbooks(self) -> dict[str, bytes]:
        """The workbook in each locale."""
        return self.make_workbooks()

    def name_in(self, locale: str, ending: str) -> str:
        """What a file is called that depends on the locale alone: `id.xlsx`, `id.de.xlsx`."""
        return f"{self.id}{locale_suffix(locale)}.{ending}"

    def _of_kind(self, kind: str, usual: str) -> list[ReportSettings]:
        """The settings of reports that make this kind of file; the usual template's where no template was asked for."""
        found = [each for each in self.settings_of_reports if template_kind(each) == kind]
        if found or self.is_chosen:
            return found
        return [replace(each, template=usual) for each in self.settings_of_reports]

    def _pdf(self, report_settings: ReportSettings) -> bytes:
        from reportgen.presentation.words import words_of
        from reportgen.report.pdf.attachments import Attachment, Book, attachments_of
        from reportgen.report.pdf.render_pdf import PangoMissingError, RenderingError, render_pdf

        words = words_of(report_settings.locale, report_settings.own_folders)

        def files() -> Sequence[Attachment]:
            locale, results = report_settings.locale, self.evaluated.results
            book = Book(self.name_in(locale, "xlsx"), self.workbooks[locale])
            return attachments_of(results.model, book, sources_of(self.evaluated), words)

        try:
            return render_pdf(self.evaluated.results, report_settings, files)
        except PangoMissingError as error:
            raise MissingError(str(error)) from error
        except RenderingError as error:
            raise OutputError(str(error)) from error

    def _article(self, report_settings: ReportSettings) -> bytes:
        from reportgen.report.article.loading import LoadingError
        from reportgen.report.article.render_article import render_article

        try:
            return render_article(self.evaluated.results, report_settings)
        except LoadingError as error:
            raise OutputError(str(error)) from error

    def _charts(self) -> Iterator[File]:
        from reportgen.report.charts.chart_set import chart_files
        from reportgen.report.report_brand import report_brand
        from reportgen.report.view import make_view

        for locale in dict.fromkeys(each.locale for each in self.settings_of_reports):
            report_settings = ReportSettings(self.evaluated.brand, locale=locale)
            view = make_view(self.evaluated.results, report_settings)
            for name, data in chart_files(view, report_brand(report_settings.brand), report_settings):
                yield File(name, data)

    def _name(self, report_settings: ReportSettings, ending: str) -> str:
        template = "" if report_settings.template in _USUAL else f"-{report_settings.template}"
        return f"{self.id}{template}{report_settings.suffix}.{ending}"


def sources_of(evaluated: Evaluated) -> tuple[Path, ...]:
    """The files that a report was made from: the model's YAML first, then the brand it has, where that lies beside or
    below the model, then its narrative in every language. Nothing else of the folder, which may hold anything."""
    from reportgen.narrative.manuscript import file_paths

    source, model = model_path(evaluated.path), evaluated.results.model
    found = [source]
    brand = evaluated.brand.file
    if brand is not None and brand.is_relative_to(source.parent.resolve()):
        found.append(source.parent / brand.relative_to(source.parent.resolve()))
    for plan in model.report.sections:
        found += file_paths(model, plan) if plan.file else ()
    return tuple(dict.fromkeys(found))


def kinds_of(templates: Sequence[TemplateChoice], evaluated: Evaluated) -> tuple[str, ...]:
    """What is built unless a build names kinds: the workbook, and what the templates make."""
    kinds = dict.fromkeys(template_kind(each.report_settings(evaluated, LOCALE)) for each in templates)
    return ("xlsx", *kinds)
