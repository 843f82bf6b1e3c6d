"""The report as HTML: the view put into a template of the templates folder.

Text of the model is data and never a template: it enters escaped, through `{{ … }}` only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.compute.results import Results
from reportgen.report.brand import load_brand
from reportgen.report.format import LOCALE
from reportgen.report.view import ReportView, make_view
from reportgen.resources import templates_folder

WHITEPAPER = "whitepaper"


def render_html(results: Results, template: str = WHITEPAPER, locale: str = LOCALE) -> str:
    """One HTML document, charts drawn in. Raises ValueError if there is no such template."""
    return fill(make_view(results, locale), template)


def fill(view: ReportView, template: str, folder: Path | None = None) -> str:
    """A template of `folder` (the shipped one unless given) with a view's content. Raises ValueError as above."""
    from markupsafe import Markup

    from reportgen.report.charts import draw, draw_svg
    from reportgen.report.what_if_charts import specification

    folder = folder or templates_folder()
    if template not in template_names(folder):
        known = ", ".join(template_names(folder))
        raise ValueError(f"there is no template `{template}`; the templates are {known}")
    brand = load_brand(folder)
    chart = Markup(draw(view.figure, brand))  # Vega writes the SVG and escapes its text
    charts = {
        each.id: Markup(draw_svg(specification(each, brand), each.alternative))
        for topic in view.what_if
        for each in (block.chart for block in topic.blocks)
        if each is not None
    }
    page = _environment(folder).get_template(f"{template}/template.html")
    text: str = page.render(view=view, brand=brand, chart=chart, charts=charts)
    return text


def template_names(folder: Path | None = None) -> tuple[str, ...]:
    """The templates that can be asked for."""
    folder = folder or templates_folder()
    return tuple(sorted(each.parent.name for each in folder.glob("*/template.html")))


def _environment(folder: Path) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
