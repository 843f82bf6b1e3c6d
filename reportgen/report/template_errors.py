"""A template that cannot be used, told like a mistake in a model: file, line, column, what to do.

Templates may be a user's own. What is wrong in one comes out of Jinja as exceptions of many kinds, with a line at best.
"""

from __future__ import annotations

import contextlib
import re
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from reportgen.problems import ModelError, Problem, suggestion
from reportgen.report.page_limits import TooMuchError, limited
from reportgen.report.view import ReportView
from reportgen.source import Source, Span

CODE = "RG912"
_KINDS = (".html", ".css", ".md", ".txt")
_QUOTED = re.compile(r"'([^']+)'")
_NAMES = ("view", "brand", "charts", "settings")
_BEGINNING = re.compile(r"\{[{%].*?[}%]\}|\{[{%].*")
_HINTS = {
    "Security": "a template reads values and prints them; it changes nothing and does not reach into Python",
    "Recursion": "a template that includes itself, or a macro that calls itself, never ends",
    "Much": "a loop inside another, a macro that calls itself twice or a text that doubles grows beyond all bounds",
    "Range": "no list may be longer than 100,000",
    "Syntax": "each `{{` needs its `}}`, each `{% if %}`, `{% for %}` and `{% macro %}` its `{% end… %}`",
    "Other": "the page on reports says what templates are given",
}


@contextlib.contextmanager
def usable_templates(environment: Any, own: Path | None = None) -> Iterator[None]:
    """What is loaded and rendered inside raises ModelError where a template is at fault.

    All files of a user's `own` folder are read first, so that the mistakes in their syntax come together.
    """
    limits = limited if own is not None else contextlib.nullcontext
    if own is not None:
        with limits():
            unsound = tuple(_unsound(environment, own))
        if unsound:
            raise ModelError(unsound)
    try:
        with limits():
            yield
    except ModelError:
        raise
    except Exception as error:
        problem = _problem(environment, error, own)
        if problem is None:
            raise
        raise ModelError([problem]) from error


def _unsound(environment: Any, own: Path) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError

    for path in sorted(each for each in own.rglob("*") if each.suffix in _KINDS and each.is_file()):
        try:
            text = path.read_text(encoding="utf-8")
            environment.compile(text, path.relative_to(own).as_posix(), str(path))
        except TemplateSyntaxError as error:
            yield _located(environment, error, path, error.lineno)
        except UnicodeDecodeError:
            yield Problem(CODE, "the template is not UTF-8 text", Source(str(path), ""), hint="save it as UTF-8")
        except (TooMuchError, MemoryError, RecursionError):
            yield Problem(CODE, "the template is too much to read", Source(str(path), ""), hint=_HINTS["Much"])
        except OSError as error:
            said = f"the template cannot be read: {(error.strerror or str(error)).lower()}"
            yield Problem(CODE, said, Source(str(path), ""))


def _problem(environment: Any, error: Exception, own: Path | None) -> Problem | None:
    """None where not the template is at fault but what it is given."""
    from jinja2 import TemplateError, TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError) and error.filename:
        return _located(environment, error, Path(error.filename), error.lineno)
    frames = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if Path(frame.f_code.co_filename).suffix in _KINDS
    ]
    its_own = [(path, line) for path, line in frames if own is not None and path.is_relative_to(own)]
    if (
        isinstance(error, TooMuchError | MemoryError) and own is not None
    ):  # it strikes anywhere, also in what own parts use
        if its_own:
            return _located(environment, error, *its_own[-1])
        return Problem(CODE, _said(error), Source(str(own), ""), hint=_HINTS["Much"])
    if not frames:
        return None
    at_fault = frames[-1] in its_own or isinstance(error, TemplateError)
    return _located(environment, error, *frames[-1]) if at_fault else None


def _located(environment: Any, error: Exception, path: Path, line: int) -> Problem:
    """The problem with the place of the word that the message quotes, or of the line's first expression."""
    source = Source(str(path), path.read_text(encoding="utf-8", errors="replace"))
    said = _said(error)
    said = re.sub(r"reportgen(\.\w+)+\.(\w+) object", r"\2", said[0].lower() + said[1:])
    quoted = _QUOTED.findall(said)
    text = source.line(line)
    found = next(
        (match for word in quoted[::-1] if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))), None
    )
    found = found or _BEGINNING.search(text) or re.search(r"\S.*", text)
    start = sum(len(each) for each in source.text.splitlines(keepends=True)[: line - 1])
    span = Span(start + found.start(), start + found.end()) if found else Span(start, start)
    message = _QUOTED.sub(r"`\1`", said)
    return Problem(CODE, message, source, span, _hint(environment, error, quoted))


def _said(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    match error:
        case TemplateNotFound():
            return f"there is no template '{error.name}'"
        case RecursionError():
            return "the template never comes to an end"
        case MemoryError():
            return "the template takes more memory than there is for it"
        case _:
            return str(error).rstrip(".") or type(error).__name__


def _hint(environment: Any, error: Exception, quoted: list[str]) -> str:
    from jinja2 import TemplateNotFound, TemplateSyntaxError
    from jinja2.exceptions import SecurityError

    known: Iterable[str]
    if isinstance(error, TemplateNotFound):
        known, other = environment.list_templates(), "Other"
    elif isinstance(error, TemplateSyntaxError):
        known, other = (*environment.filters, *environment.tests), "Syntax"
        known = known if str(error).startswith("No ") else ()
    elif isinstance(error, SecurityError):
        return _HINTS["Security"]
    elif isinstance(error, RecursionError):
        return _HINTS["Recursion"]
    elif isinstance(error, TooMuchError | MemoryError):
        return _HINTS["Much"]
    elif isinstance(error, OverflowError):
        return _HINTS["Range"]
    else:
        known = (*_NAMES, *environment.globals, *(each.name for each in fields(ReportView)))
        other = "Other"
    return (suggestion(quoted[-1], known) if quoted else "") or _HINTS[other]
