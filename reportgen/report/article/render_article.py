"""The report as one HTML file for the web: nothing in it is loaded from elsewhere, and no script runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape

from reportgen.compute.answers import Answers
from reportgen.presentation.words import words_of
from reportgen.report.article.assets import asset_folders, embedded
from reportgen.report.article.dark import SchemeColors, dark_brand
from reportgen.report.article.loading import LoadingError, loads
from reportgen.report.article.outline import outlined
from reportgen.report.article.regions import in_regions
from reportgen.report.charts.chart_set import drawn
from reportgen.report.html import fill
from reportgen.report.pdf.fetcher import RefusedAddressError
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import ReportSettings, default_report_settings
from reportgen.report.template import template_kind
from reportgen.report.view import ReportView, make_view

TEMPLATE = "article"

_HEAD = re.compile(r"(<svg\b[^>]*)>(?:<title\b[^>]*>(.*?)</title>)?(?:<desc\b.*?</desc>)?", re.DOTALL)
_INNER = re.compile(r' (?:role|aria-[a-z]+|class)="[^"]*"')


def render_article(results: Answers, report_settings: ReportSettings | None = None) -> bytes:
    """The article as UTF-8; the same bytes each time. A template for print gives way to the shipped one for browsers.

    Raises what `render_html` does, and LoadingError for a picture or a font that is not there and for what a page would
    load or run.
    """
    report_settings = report_settings or default_report_settings()
    if template_kind(report_settings) != "html":
        report_settings = replace(report_settings, template=TEMPLATE)
    return article_of(make_view(results, report_settings), report_settings).encode()


def article_of(view: ReportView, report_settings: ReportSettings) -> str:
    """The article of a view. Raises as above."""
    html = fill(view, report_settings)
    brand = report_brand(report_settings.brand)
    dark = dark_brand(brand)
    colors, dark_charts = SchemeColors(), drawn(view, dark)
    for id_, chart in drawn(view, brand).items():
        html = html.replace(chart, one_image(colors.merge(chart, dark_charts[id_])))
    html = in_regions(outlined(html), words_of(report_settings.locale, report_settings.own_folders))
    styles = colors.styles({"mast": brand.palette["brand"]}, dark.palette)  # the masthead is dark in both
    html = html.replace("</head>", f"  <style>{styles}</style>\n</head>", 1)
    try:
        html = embedded(html, asset_folders(report_settings))
    except RefusedAddressError as error:
        raise LoadingError([str(error)], report_settings.template) from error
    if found := loads(html):
        raise LoadingError(found, report_settings.template)
    return html


def one_image(svg: str) -> str:
    """A chart as one image with a name: its parts would be read out one by one, its title would hang over it."""
    head = _HEAD.match(svg)
    if head is None:
        raise ValueError("a chart is an <svg> element")
    start, alternative = head.groups()
    inner = _INNER.sub("", svg[head.end() :])
    name = escape(unescape(alternative or ""), quote=True)
    return f'{_INNER.sub("", start)} role="img" aria-label="{name}">{inner}'
