"""The article in Chromium, narrow and wide, light and dark: accessible, inside its window, loading nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.compute.answers import Answers
from reportgen.report.article.render_article import render_article
from reportgen.report.report_settings import default_report_settings
from tests.report.browser import look, problems_of_html, started


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as running:
        yield running


@pytest.fixture(scope="module")
def pages(team: Answers, awkward: Answers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("articles")
    german = replace(default_report_settings(), locale="de")
    made = {"team": render_article(team), "awkward": render_article(awkward), "german": render_article(team, german)}
    for name, page in made.items():
        (folder / f"{name}.html").write_bytes(page)
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("team", 375, "light"),
        ("team", 1280, "light"),
        ("team", 1280, "dark"),
        ("german", 375, "dark"),
        ("awkward", 320, "light"),
    ],
)
def test_page(browser: Any, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    seen = look(browser, pages[name], width, scheme)
    assert seen.violations == ()
    assert seen.wider == 0
    assert seen.overflowing == ()
    assert seen.requests == ()


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page on which every test above fails, or they would show nothing."""
    page = tmp_path_factory.mktemp("faulty") / "faulty.html"
    page.write_text(
        """<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><main><h1>Title</h1>
        <p style="color: #999; background: #AAA">Faint <img src="https://pictures.invalid/a.png"></p>
        <p style="width: 600px; overflow: hidden">Wide<b style="display: inline-block; width: 700px">x</b></p>
        </main></body></html>""",
        encoding="utf-8",
    )
    return page


def test_html_is_valid(pages: dict[str, Path], faulty: Path) -> None:
    problems = problems_of_html([*pages.values(), faulty])
    assert any("alt" in problem for problem in problems.pop(faulty.name))
    assert problems == {page.name: [] for page in pages.values()}


def test_faults_are_seen(browser: Any, faulty: Path) -> None:
    seen = look(browser, faulty, 375, "light")
    assert {reported.split(" ")[0] for reported in seen.violations} >= {"color-contrast", "image-alt"}
    assert seen.wider > 0
    assert seen.overflowing
    assert seen.requests == ("https://pictures.invalid/a.png",)
