"""A PDF has the brand's fonts and those that come with reportgen in it, and no other, whatever its texts ask for."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from reportgen.brand import shipped_brand
from reportgen.report.html import render_html
from reportgen.report.pdf.own_fonts import own_fonts
from reportgen.report.pdf.render_pdf import RenderingError, html_to_pdf, load_weasyprint
from reportgen.report.report_settings import default_report_settings
from reportgen.resources import SHIPPED_FONTS
from tests.report.conftest import results_of
from tests.report.test_pdf_quality import TEMPLATES

HARD = "Café Łódź ½ → ≥ ≤ ✓ ☐ CO₂ 10² Вариант Ελλάδα non\N{NON-BREAKING HYPHEN}breaking “quoted” …"
"""In each of the shipped families some of these signs are missing."""


def model(text: str) -> str:
    """The text as every title, summary and note."""
    return f"""\
reportgen: 1
id: hard
title: '{text}'
subtitle: '{text}'
summary: '**{text}** {text}'
as_of: 2026-06-30
currency: EUR
options: {{a: {{title: 'A {text}', summary: '{text}'}}, b: {{title: 'B {text}'}}}}
subject: a
sources: {{s: {{title: '{text}', evidence: quote, note: '{text}'}}}}
assumptions:
  g:
    title: '{text}'
    inputs: {{n: {{title: '{text}', value: 100, unit: user, low: 50, high: 200, note: '{text}', source: s}}}}
categories:
  run:
    title: '{text}'
    sheet: Run
    unit: EUR/month
    items: {{fee: {{title: '{text}', costs: {{a: "n * 3 [EUR/user/month]", b: 40}}}}}}
  sup:
    title: 'Support {text}'
    sheet: Support
    unit: EUR/month
    items: {{i: {{title: I, costs: {{a: 9, b: not quoted}}}}}}
totals: {{total: {{title: 'Total {text}', unit: EUR/year, formula: run + sup}}}}
scenarios: {{s: {{title: '{text}', set: {{n: 150}}}}}}
sensitivity: {{of: total}}
"""


def fonts_of(pdf: bytes) -> set[str]:
    """The families of all fonts in a PDF, those of drawings too, without their weights and styles."""

    def fonts(resources: Any) -> Iterator[str]:
        for font in resources.get("/Font", {}).values():
            yield str(font.get_object()["/BaseFont"])
        for form in resources.get("/XObject", {}).values():
            yield from fonts(form.get_object().get("/Resources", {}))

    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    names = {name for page in pages for name in fonts(page["/Resources"])}
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names), "a font that is not embedded"
    plain = {re.sub(r"^/[A-Z]{6}\+|-(?:Semi-Bold|Bold|Italic|Oblique)", "", name) for name in names}
    return {name.replace("-", " ") for name in plain}


@pytest.mark.parametrize("brand", ["reportgen", "halden"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_hard_titles_are_set_in_shipped_fonts_only(template: str, brand: str) -> None:
    report_settings = replace(default_report_settings(), template=template, brand=shipped_brand(name=brand))
    found = fonts_of(html_to_pdf(render_html(results_of(model(HARD)), report_settings), report_settings))
    assert found <= set(SHIPPED_FONTS) and len(found) >= 2


def test_a_template_that_names_no_font_or_the_systems_takes_none_from_the_system() -> None:
    page = "<html lang=en><title>T</title><style>b {{ font-family: {} }}</style><p>Text <b>bold</b> <code>code</code>"
    for family in ("sans-serif", "monospace", "DejaVu Sans", "Arial"):
        assert fonts_of(html_to_pdf(page.format(f"'{family}'"))) <= set(SHIPPED_FONTS)


def test_signs_that_no_font_has_are_listed_with_a_place() -> None:
    """Where a sign is only in fonts of the system, the PDF would look different on each."""
    report_settings = replace(default_report_settings(), template="brief")
    text = model("Plan").replace("title: 'A Plan'", "title: '計画 😀 Plan'")
    with pytest.raises(RenderingError) as error:
        html_to_pdf(render_html(results_of(text), report_settings), report_settings)
    (said,) = error.value.warnings
    assert all(each in said for each in ("“計” (U+8A08)", "“画” (U+753B)", "“😀” (U+1F600)", "as in “", "計画 😀 Plan"))
    assert "typography: fonts" in said


def test_the_systems_fonts_are_left_out_for_the_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    load_weasyprint()
    for value in ("/nowhere/fonts.conf", None):
        if value is None:
            monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
        else:
            monkeypatch.setenv("FONTCONFIG_FILE", value)
        own_fonts()
        assert os.environ.get("FONTCONFIG_FILE") == value
