"""The report as HTML: the view put into a template of the templates folder.

Text of the model is data and never a template: it enters escaped, through `{{ … }}` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportgen.compute.answers import Answers
from reportgen.presentation.amount_words import AmountWords
from reportgen.presentation.words import Words, words_of
from reportgen.problems import ModelError
from reportgen.report.charts.chart_set import drawn
from reportgen.report.charts.draw import draw
from reportgen.report.page_limits import check_size
from reportgen.report.page_references import UnknownReferenceError, numbered
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import ReportSettings, default_report_settings
from reportgen.report.tall_rows import breakable
from reportgen.report.template_errors import usable_templates
from reportgen.report.view import ReportView, make_view
from reportgen.resources import templates_folder

SHIPPED = "shipped"
"""What a template calls the shipped folder, where its own folder has a file of the same name."""


def render_html(results: Answers, report_settings: ReportSettings | None = None) -> str:
    """One HTML document, charts drawn in. Raises ValueError if there is no such template, ModelError for mistakes in a
    template or in the narrative."""
    report_settings = report_settings or default_report_settings()
    return fill(make_view(results, report_settings), report_settings)


def fill(view: ReportView, report_settings: ReportSettings) -> str:
    """A template with a view's content. Raises ValueError as above, ModelError for a template with mistakes."""
    from markupsafe import Markup

    known = template_names(report_settings.folders)
    if report_settings.template not in known:
        raise ValueError(f"there is no template `{report_settings.template}`; the templates are {', '.join(known)}")
    brand = report_brand(report_settings.brand)
    small = view.brief.first.figure
    shown = drawn(view, brand) | ({small.id: draw(small, brand)} if small else {})
    charts = {id_: Markup(svg) for id_, svg in shown.items()}  # Vega writes the SVG and escapes its text
    words = words_of(report_settings.locale, report_settings.folders[:-1])
    words = words if view.is_money else AmountWords(words)
    environment = _environment(report_settings, words)
    with usable_templates(environment, report_settings.own):
        page = environment.get_template(f"{report_settings.template}/template.html")
        text: str = page.render(view=view, brand=replace(brand, files=()), charts=charts, settings=report_settings.part)
        if report_settings.own:
            check_size(text)
    try:
        return breakable(numbered(text, view.sections, words))
    except UnknownReferenceError as error:
        raise ModelError([error.problem(report_settings.folders)]) from error


def template_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The templates that can be asked for."""
    folders = folders or (templates_folder(),)
    return tuple(sorted({each.parent.name for folder in folders for each in folder.glob("*/template.html")}))


def _environment(report_settings: ReportSettings, words: Words) -> Any:
    from jinja2 import ChoiceLoader, PrefixLoader, StrictUndefined

    from reportgen.report.sandbox import COMPILED, FolderLoader, Sandbox

    environment = Sandbox(
        loader=ChoiceLoader(
            [FolderLoader(report_settings.folders), PrefixLoader({SHIPPED: FolderLoader([templates_folder()])})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=COMPILED,
    )
    environment.policies["ext.i18n.trimmed"] = True  # a message is one line, however its template breaks it
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=False)  # type: ignore[attr-defined]
    return environment
