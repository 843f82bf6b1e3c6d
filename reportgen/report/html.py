"""The report as HTML: the view put into a template of the templates folder.

Text of the model is data and never a template: it enters escaped, through `{{ … }}` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportgen.compute.results import Results
from reportgen.report.brand import report_brand
from reportgen.report.chart_set import drawn
from reportgen.report.edition import Edition, plain_edition
from reportgen.report.view import ReportView, make_view
from reportgen.report.words import Words, words_of
from reportgen.resources import templates_folder


def render_html(results: Results, edition: Edition | None = None) -> str:
    """One HTML document, charts drawn in. Raises ValueError if there is no such template."""
    edition = edition or plain_edition()
    return fill(make_view(results, edition), edition)


def fill(view: ReportView, edition: Edition) -> str:
    """A template with a view's content. Raises ValueError as above."""
    from markupsafe import Markup

    known = template_names(edition.folders)
    if edition.template not in known:
        raise ValueError(f"there is no template `{edition.template}`; the templates are {', '.join(known)}")
    brand = report_brand(edition.brand)
    charts = {id_: Markup(svg) for id_, svg in drawn(view, brand).items()}  # Vega writes the SVG and escapes its text
    environment = _environment(edition.folders, words_of(edition.locale, edition.folders[:-1]))
    page = environment.get_template(f"{edition.template}/template.html")
    text: str = page.render(view=view, brand=brand, charts=charts, edition=edition)
    return text


def template_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The templates that can be asked for."""
    folders = folders or (templates_folder(),)
    return tuple(sorted({each.parent.name for folder in folders for each in folder.glob("*/template.html")}))


def _environment(folders: Sequence[Path], words: Words) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(say=words.say, say_n=words.say_n)
    return environment
