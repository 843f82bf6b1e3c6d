"""The report as a PDF: for the archive (PDF/A-3a) and for a screen reader (PDF/UA-1), and the same bytes each time."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import platform
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportgen.collector import few_collections
from reportgen.compute.answers import Answers
from reportgen.report.html import render_html
from reportgen.report.pdf.attachments import Attachment, fix_attachments, for_weasyprint
from reportgen.report.pdf.fetcher import make_fetcher
from reportgen.report.pdf.identity import (
    VARIANT,
    leave_metadata_readable,
    leave_pictures_unsmoothed,
    state_universal_access,
)
from reportgen.report.pdf.messages import explain
from reportgen.report.pdf.own_fonts import MISSING_SIGN, cannot_be_set, own_fonts, spare_faces
from reportgen.report.pdf.structure import fix_structure
from reportgen.report.pdf.variables import resolved_variables
from reportgen.report.pdf.writing import fast_references, write_once
from reportgen.report.report_settings import ReportSettings, default_report_settings
from reportgen.resources import font_folders

Attachments = Callable[[], Sequence[Attachment]]

_COMMANDS = {
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "zypper": "zypper install libpango-1_0-0 libharfbuzz-subset0",
    "pacman": "pacman -S pango",
    "apk": "apk add pango harfbuzz-subset fontconfig",
    "brew": "brew install pango",
}
_BREW_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
_FOLLOWED = ("https:", "http:", "mailto:", "tel:")


class PangoMissingError(Exception):
    """The system lacks the library that sets text; the message says how to get it."""


class RenderingError(Exception):
    """A template did something that the PDF cannot show: a missing image, a broken link, CSS that is not understood."""

    def __init__(self, warnings: Sequence[str], template: str) -> None:
        self.warnings = tuple(dict.fromkeys(warnings))
        lines = "\n".join(f"  {warning}" for warning in self.warnings)
        super().__init__(f"the template `{template}` makes a PDF that would not be right:\n{lines}")


def render_pdf(
    results: Answers, report_settings: ReportSettings | None = None, attachments: Attachments = tuple
) -> bytes:
    """The PDF of a report; the files to attach are asked for when its pages are laid out. Raises PangoMissingError,
    RenderingError, ModelError for a template that cannot be used, and ValueError for an unknown template or two
    attachments of one name."""
    load_weasyprint()
    return html_to_pdf(render_html(results, report_settings), report_settings, attachments)


def html_to_pdf(html: str, report_settings: ReportSettings | None = None, attachments: Attachments = tuple) -> bytes:
    """The PDF of a document that loads only `reportgen:` addresses. Raises PangoMissingError, RenderingError,
    ValueError."""
    weasyprint = load_weasyprint()
    report_settings = report_settings or default_report_settings()
    with _warnings(report_settings, html) as found, few_collections():
        document = _lay_out(weasyprint, html, report_settings)
        found.extend(_missing(document))
        pdf = b"" if found else _write(document, attachments())
    if found:
        raise RenderingError(found, report_settings.template)
    return pdf


def _write(document: Any, attachments: Sequence[Attachment]) -> bytes:
    """The file with everything in it that WeasyPrint leaves out."""

    def finish(document: Any, pdf: Any) -> None:
        fix_structure(document, pdf)
        fix_attachments(pdf, attachments)
        leave_metadata_readable(pdf)
        leave_pictures_unsmoothed(pdf)
        write_once(pdf)

    state_universal_access(document.metadata)
    with warnings.catch_warnings(), fast_references():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves the colour profile it ships with open
        pdf: bytes = document.write_pdf(finisher=finish, pdf_variant=VARIANT, attachments=for_weasyprint(attachments))
    return pdf


def _lay_out(weasyprint: Any, html: str, report_settings: ReportSettings) -> Any:
    """Every page in its place. A user's own template can bring the typesetter to its knees: that is no finding of ours,
    but it is told as one."""
    brand = report_settings.brand
    own = (brand.folder,) if brand.folder else ()
    fetcher = make_fetcher((*report_settings.folders, *font_folders(), *brand.font_folders, *own))
    try:
        source = weasyprint.HTML(string=resolved_variables(html), base_url="reportgen:/", url_fetcher=fetcher)
        fonts = own_fonts()
        spare = weasyprint.CSS(string=spare_faces(), base_url="reportgen:/", url_fetcher=fetcher, font_config=fonts)
        return source.render(pdf_variant=VARIANT, font_config=fonts, stylesheets=[spare])
    except RecursionError as error:
        raise RenderingError(["its elements are nested too deeply"], report_settings.template) from error
    except (Exception, weasyprint.urls.FatalURLFetchingError) as error:
        said = f"the typesetter gives up on it ({type(error).__name__}: {error})"
        raise RenderingError([said], report_settings.template) from error


def _missing(document: Any) -> Iterator[str]:
    """What the standards ask of every document, and files that are attached by none of ours."""
    if not document.metadata.title:
        yield "the document has no title: `<title>`"
    if document.metadata.attachments or any(link[0] == "attachment" for page in document.pages for link in page.links):
        yield "`rel=attachment` attaches nothing: the files that go with a report are attached by the program"
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind == "external" and not target.lower().startswith(_FOLLOWED):
                yield f"a link leads to `{target[:100]}`; links begin with {', '.join(_FOLLOWED)} or #"


def load_weasyprint() -> Any:
    """The library, imported when it is needed: it takes a second. Raises PangoMissingError."""
    if sys.platform == "darwin":
        folders = [each for each in _BREW_FOLDERS if Path(each).is_dir()]
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", ":".join(folders))
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it explains itself on stdout, which belongs to data
            import weasyprint
    except OSError as error:
        raise PangoMissingError(f"the PDF needs Pango, which this system lacks: {install_advice()}") from error
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
def _warnings(report_settings: ReportSettings, document: str) -> Iterator[list[str]]:
    """What WeasyPrint says while it works: it tells of what it leaves out nowhere else."""
    found: list[str] = []
    signs: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg.startswith(MISSING_SIGN) and isinstance(record.args, tuple):
                signs.append(str(record.args[0]))
            else:
                found.append(explain(record, report_settings.folders, report_settings.template))

    logger, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    kept = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield found
        if signs:
            found.append(cannot_be_set(signs, document))
    finally:
        logger.handlers, logger.propagate = kept[0], kept[2]
        logger.setLevel(kept[1])
