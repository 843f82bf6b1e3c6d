"""What the PDF is spared: variables looked up for every element, objects turned into bytes twice."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from weasyprint.pdf import pydyf

from reportgen.report.pdf.variables import resolved_variables
from reportgen.report.pdf.writing import fast_references, write_once


def sheet(css: str, body: str = "") -> str:
    return f"<html><head><style>{css}</style></head><body>{body}</body></html>"


def test_a_variable_that_is_set_once_is_replaced_by_its_value() -> None:
    root = ':root { --ink: #123; --text: "Source Sans Pro"; --gap:4pt; }'
    found = resolved_variables(sheet(f"{root} p {{ color: var(--ink); font: 9pt/1.3 var(--text), serif }}"))
    assert found == sheet(f'{root} p {{ color: #123; font: 9pt/1.3 "Source Sans Pro", serif }}')


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (":root { --ink: #123; } .dark { --ink: #fff; } p { color: var(--ink) }", ""),
        (":root { --ink: #123; } p { color: var(--ink) }", '<p style="--ink: red">x</p>'),
        (":root { --ink: var(--other); } p { color: var(--ink) }", ""),
        ("p { color: var(--unknown) }", ""),
        (":root { --ink: #123; }", "<p>one writes var(--ink)</p>"),
    ],
)
def test_other_variables_and_the_text_stay_as_they_are(css: str, body: str) -> None:
    assert resolved_variables(sheet(css, body)) == sheet(css, body)


def test_objects_are_turned_into_bytes_once_and_the_file_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    plain = pydyf.Stream.data.fget

    def counted(stream: Any) -> bytes:
        made.append(stream)
        data: bytes = plain(stream)
        return data

    monkeypatch.setattr(pydyf.Stream, "data", property(counted))

    def written(once: bool) -> bytes:
        made.clear()
        pdf, target = pydyf.PDF(), BytesIO()
        page = pydyf.Stream(["0 0 m", "1 1 l"], compress=True)
        pdf.add_object(page)
        pdf.add_object(pydyf.Dictionary({"Type": "/Page", "Contents": page.reference, "S": pydyf.String("é")}))
        if once:
            write_once(pdf)
        pdf.write(target, b"1.7", identifier=True, compress=True)
        assert made.count(page) == (1 if once else 2)
        return target.getvalue()

    assert written(once=True) == written(once=False)


def test_references_to_pages_are_made_when_a_page_is_added() -> None:
    kept = pydyf.PDF
    with fast_references():
        pdf = pydyf.PDF()
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        first = pdf.page_references
        assert pdf.page_references is first
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert pdf.page_references == (*first, b"4 0 R")
    assert pydyf.PDF is kept
