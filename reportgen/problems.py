"""What is wrong with a model, collected first and shown at once by one renderer.

A problem belongs to a code of `CODES` (explained in docs/errors.md), names the place
in the author's file, says what is wrong in the author's words and carries its own hint.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from reportgen.source import NOWHERE, Source, Span

CODES = {
    "RG101": "the file cannot be read",
    "RG102": "the file is not UTF-8 text",
    "RG103": "the file is too large",
    "RG104": "the file is not valid YAML",
    "RG105": "the file is nested too deeply",
    "RG106": "aliases expand to too much",
    "RG107": "the file is empty",
    "RG108": "a YAML feature that models do not use",
    "RG201": "unknown key",
    "RG202": "duplicate key",
    "RG203": "missing key",
    "RG204": "wrong kind of value",
    "RG205": "not a number",
    "RG206": "not an identifier",
    "RG207": "not a date",
    "RG208": "not one of the possible values",
    "RG209": "a name used twice",
    "RG210": "an option without a value",
    "RG211": "a reference to something that is not there",
    "RG212": "numbers that contradict each other",
    "RG213": "text that cannot be shown",
    "RG214": "a source accessed after the model's day",
    "RG215": "an address that cannot be a link",
    "RG216": "a moment outside the timeline",
    "RG301": "a formula that cannot be read",
    "RG302": "unknown name in a formula",
    "RG303": "a function used wrongly",
    "RG304": "a circular reference",
    "RG305": "wrong shape",
    "RG306": "a number where a condition belongs, or the reverse",
    "RG307": "a formula that is too long",
    "RG401": "a unit that cannot be read",
    "RG402": "units that do not fit",
    "RG403": "currencies that do not fit",
    "RG404": "a growth that may be a share or an amount",
    "RG501": "division by zero",
    "RG502": "a value outside a table",
    "RG503": "a result that is no number",
    "RG504": "a deduction or usage beyond its limit",
    "RG505": "a cash flow of a formula",
    "RG601": "an override that cannot be applied",
    "RG602": "beyond what a workbook can hold",
    "RG701": "an assumption that nothing uses",
    "RG702": "a gap that nothing prices",
    "RG703": "a profile that matches nothing",
    "RG704": "a stale source",
    "RG705": "a placeholder among the sources",
    "RG706": "a review that is due",
    "RG707": "a review in the far future",
    "RG708": "an assumption without any effect",
    "RG709": "a sign that no font of the reports has",
    "RG801": "a published figure with another verdict than expected",
    "RG851": "a file that cannot be part of the narrative",
    "RG852": "narrative that cannot be read",
    "RG853": "an unknown name or filter in the narrative",
    "RG854": "something that narrative does not allow",
    "RG855": "a figure used wrongly",
    "RG856": "a claim that does not hold",
    "RG857": "a typed figure",
    "RG858": "markup that a report does not take",
    "RG859": "narrative that a language lacks",
    "RG901": "a colour that cannot be read",
    "RG902": "a font that cannot be used",
    "RG903": "a logo that cannot be used",
    "RG904": "colours that are too faint on each other",
    "RG911": "a fixed text without translation",
    "RG912": "a template that cannot be used",
}


MAX_ERRORS = 200
"""Of one file; what comes after them is not looked at."""

SHOWN = 100
"""How many problems are printed."""

_COMPARED = 1_000
"""How many known words are compared with a misspelt one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `span` is a range of characters in `source` (None: the file as a whole)."""

    code: str
    message: str
    source: Source
    span: Span | None = None
    hint: str = ""
    severity: str = "error"

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unregistered problem code {self.code}")


class ModelError(Exception):
    """Raised where a stage cannot hand on anything sound; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[ModelError], tuple[tuple[Problem, ...]]]:
        return ModelError, (self.problems,)  # an exception is copied to another process by its message otherwise

    def within(self, where: str) -> ModelError:
        """The same problems, each message with the case it came up in: ` (in scenario `growth`)`; "" adds nothing."""
        suffix = f" ({where})" if where else ""
        return ModelError(replace(problem, message=problem.message + suffix) for problem in self.problems)


@dataclass(slots=True)
class Collector:
    """Gathers the problems of one source while a stage goes on; the same problem is kept once.

    (One formula for all options is checked once for each of them.) The stage ends with ModelError where a file has
    `MAX_ERRORS`: nobody reads so many, and a file of nothing else would take minutes.
    """

    source: Source
    problems: list[Problem] = field(default_factory=list)
    _known: set[Problem] = field(default_factory=set, repr=False)
    _errors: int = field(default=0, repr=False)

    def error(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        self._add(Problem(code, message, self.source, span, hint))

    def warning(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        self._add(Problem(code, message, self.source, span, hint, "warning"))

    def _add(self, problem: Problem) -> None:
        if problem not in self._known:
            self._known.add(problem)
            self.problems.append(problem)
            self._errors += problem.severity == "error"
            if self._errors >= MAX_ERRORS:
                raise ModelError(self.problems)

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def raise_if_failed(self) -> None:
        if self.failed:
            raise ModelError(self.problems)


def suggestion(word: str, known: Iterable[str], lead: str = "did you mean") -> str:
    """A hint that names the known word most like `word`, whatever its case; empty if none is. Among very many words
    those are looked at that begin alike."""
    known = tuple(known)
    if len(known) > _COMPARED:
        alike = (word[:1].upper(), word[:1].lower())
        known = tuple(islice((each for each in known if each.startswith(alike)), _COMPARED))
    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"{lead} `{folded[close[0]]}`?" if close else ""


def render(problem: Problem, *, color: bool = False) -> str:
    """`file:line:col: error[code]: message`, the line, a caret, and the hint."""
    paint = _paint if color else _plain
    tone = "31" if problem.severity == "error" else "33"
    label = paint(f"{problem.severity}[{problem.code}]", tone)
    name, message = _one_line(problem.source.name), _one_line(problem.message)
    if problem.span is None:
        lines = [f"{name}: {label}: {message}"]
    else:
        line, column = problem.source.position(problem.span.start)
        lines = [f"{name}:{line}:{column}: {label}: {message}"]
        lines += _excerpt(problem.source, problem.span, line, column, lambda text: paint(text, tone))
    if problem.hint:
        lines.append(f"  {paint('hint', '36')}: {_one_line(problem.hint)}")
    return "\n".join(lines)


def render_all(problems: Iterable[Problem], *, color: bool = False) -> str:
    """Every problem once, in the order of the file, parted by blank lines; of very many the first ones."""
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (p.source.name, p.span or NOWHERE, p.severity, p.code))
    shown = [render(problem, color=color) for problem in ordered[:SHOWN]]
    more = len(ordered) - len(shown)
    return "\n\n".join([*shown, f"and {more:,} more"] if more else shown)


WIDTH = 110
"""How much of a line is shown around its problem."""

MESSAGE = 400
"""How long a message or a hint may become."""


def _excerpt(source: Source, span: Span, line: int, column: int, paint: Callable[[str], str]) -> list[str]:
    text = source.line(line)
    start = column - 1
    end = min(max(start + span.end - span.start, start + 1), max(len(text), start + 1))
    cut = max(0, start - WIDTH // 2) if len(text) > WIDTH else 0
    shown = _visible(text[cut : cut + WIDTH])
    lead = "… " if cut else ""
    tail = " …" if cut + WIDTH < len(text) else ""
    before = "".join("\t" if c == "\t" else " " * _width(c) for c in lead + shown[: start - cut])
    carets = "^" * max(1, sum(_width(c) for c in shown[start - cut : end - cut]))
    gutter = f"{line:>5} | "
    return [f"{gutter}{lead}{shown}{tail}", f"{' ' * (len(gutter) - 2)}| {before}{paint(carets)}"]


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _visible(text: str) -> str:
    """Control characters of a file must not reach the terminal."""
    return "".join(c if c.isprintable() or c == "\t" else "�" for c in text)


def _one_line(text: str) -> str:
    """Messages and hints quote the file, where a word may have line breaks in it and any length."""
    words = _visible(" ".join(text.split()))
    return words if len(words) <= MESSAGE else f"{words[: MESSAGE - 1]}…"


def _plain(text: str, _tone: str) -> str:
    return text


def _paint(text: str, tone: str) -> str:
    return f"\033[{tone}m{text}\033[0m"
