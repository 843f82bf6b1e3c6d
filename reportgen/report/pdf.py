"""The report as a PDF: tagged, with bookmarks, and the same bytes each time."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.compute.results import Results
from reportgen.report.edition import Edition
from reportgen.report.fetcher import make_fetcher
from reportgen.report.html import render_html
from reportgen.resources import font_folders, templates_folder

_VARIANT = "pdf/ua-1"
_COMMANDS = {
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "zypper": "zypper install libpango-1_0-0 libharfbuzz-subset0",
    "pacman": "pacman -S pango",
    "apk": "apk add pango harfbuzz-subset fontconfig",
    "brew": "brew install pango",
}
_BREW_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")


class PangoMissing(Exception):  # noqa: N818 - the name says what is the matter
    """The system lacks the library that sets text; the message says how to get it."""


class RenderingError(Exception):
    """A template did something that the PDF cannot show: a missing image, a broken link, CSS that is not understood."""

    def __init__(self, warnings: list[str]) -> None:
        self.warnings = tuple(warnings)
        super().__init__("the PDF would not be right:\n" + "\n".join(f"  {warning}" for warning in warnings))


def render_pdf(results: Results, edition: Edition | None = None) -> bytes:
    """The PDF of a report. Raises PangoMissing, RenderingError, and ValueError for an unknown template."""
    load_weasyprint()
    return html_to_pdf(render_html(results, edition))


def html_to_pdf(html: str) -> bytes:
    """The PDF of a document that loads only `reportgen:` addresses. Raises PangoMissing and RenderingError."""
    weasyprint = load_weasyprint()
    fetcher = make_fetcher((templates_folder(), *font_folders()))
    with _warnings() as found:
        document = weasyprint.HTML(string=html, base_url="reportgen:/", url_fetcher=fetcher)
        pdf: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_tags=True)
    if found:
        raise RenderingError(list(dict.fromkeys(found)))
    return pdf


def load_weasyprint() -> Any:
    """The library, imported when it is needed: it takes a second. Raises PangoMissing."""
    if sys.platform == "darwin":
        folders = [each for each in _BREW_FOLDERS if Path(each).is_dir()]
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", ":".join(folders))
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it explains itself on stdout, which belongs to data
            import weasyprint
    except OSError as error:
        raise PangoMissing(f"the PDF needs Pango, which this system lacks: {install_advice()}") from error
    return weasyprint


def install_advice() -> str:
    """The command that installs Pango here."""
    if platform.system() == "Windows":
        return "install MSYS2, then run: pacman -S mingw-w64-ucrt-x86_64-pango"
    managers = ("brew",) if platform.system() == "Darwin" else tuple(_COMMANDS)
    manager = next((each for each in managers if shutil.which(each)), None)
    if manager is None:
        return "install the package `pango` by the means of this system"
    as_root = manager != "brew" and hasattr(os, "geteuid") and os.geteuid() != 0
    return f"install it with: {'sudo ' if as_root else ''}{_COMMANDS[manager]}"


@contextlib.contextmanager
def _warnings() -> Iterator[list[str]]:
    """What WeasyPrint says while it works: it tells of what it leaves out nowhere else."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    kept = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = kept[0], kept[2]
        logger.setLevel(kept[1])
