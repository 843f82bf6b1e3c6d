"""What must be true of every command, whatever it was given."""

from __future__ import annotations

import json
import re
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result
from lxml import etree, html

import reportgen
from reportgen import problems as problems_module
from reportgen.cli.main import cli
from reportgen.problems import Problem, render_all
from reportgen.workbook.plan import FIXED_SHEETS
from tests.engines.recalculation import IronCalc, disagreements, formula_cells, stored_values

PACKAGE = str(Path(reportgen.__file__).parent)
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#ERROR!", "#CIRC!")
PLACELESS = {"RG101", "RG103", "RG107"}
"""Problems of a file as a whole: it cannot be read, is too large, is empty, is wrong all over."""

_INNARDS = re.compile(
    r"(?<![.!?] )\bNone\b(?! (?:of|was|is|are|has)\b)|\bnan\b|\{\{|\}\}|\{%|<built-in|<function|object at 0x|Traceback"
)
"""What a page shows where a value was printed that is none."""

_INTERNAL = re.compile(r"\bNone\b|\bnan\b|\binf\b|object at 0x|Error\(|Span\(|Scalar\(")
"""What a message shows where it prints an object of the program's."""


@dataclass(frozen=True)
class Finding:
    """`what` went wrong and `where` stand for the kind of finding; `detail` is of this one."""

    what: str
    where: str
    command: str
    detail: str = ""


@dataclass(frozen=True)
class Ran:
    """A command that came to its end."""

    command: tuple[str, ...]
    result: Result
    problems: tuple[Problem, ...]
    warned: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return self.result.exit_code == 0

    @property
    def refused(self) -> bool:
        """It ended by itself, and with findings."""
        return self.result.exit_code == 1 and isinstance(self.result.exception, SystemExit | None)

    def finding(self, what: str, where: str = "", detail: str = "") -> Finding:
        return Finding(what, where or self.command[0], " ".join(self.command), detail)


def run(command: Sequence[str]) -> Ran:
    """Run a command in the current folder as the command line does."""
    shown: list[Problem] = []

    def rendered(found: Any, **options: Any) -> str:
        found = tuple(found)
        shown.extend(found)
        return render_all(found, **options)

    with patch.object(problems_module, "render_all", rendered), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        result = CliRunner().invoke(cli, list(command))
    texts = tuple(f"{each.category.__name__}: {each.message} ({_place(each.filename)}:{each.lineno})" for each in warned
                  if not issubclass(each.category, DeprecationWarning | ResourceWarning))  # fmt: skip
    return Ran(tuple(command), result, tuple(shown), texts)


def findings(commands: Sequence[Sequence[str]], costly: Sequence[str]) -> Iterator[Finding]:
    """Run the commands in the current folder; everything that is not as it must be."""
    sound: bool | None = None
    for command in commands:
        ran = run(command)
        yield from of_command(ran)
        if ran.command[0] == "check":
            sound = ran.ok and "[RG709]" not in ran.result.stderr  # no font for a sign: no PDF
        elif sound and ran.refused and "--set" not in command:
            yield ran.finding("a model that `check` accepts is refused", ran.command[0], ran.result.stderr)
        if ran.command[0] == "build" and ran.ok:
            yield from of_files(ran, costly)


def of_command(ran: Ran) -> Iterator[Finding]:
    """Of how a command ended and what it said."""
    result = ran.result
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        yield _crash(ran, result.exception)
        return
    if result.exit_code not in (0, 1):
        yield ran.finding(f"exit code {result.exit_code}", detail=result.stderr)
    for warned in ran.warned:
        yield ran.finding("a Python warning", warned.partition("(")[2].rstrip(")"), warned)
    for problem in ran.problems:
        yield from _of_problem(ran, problem)
    failed = any(problem.severity == "error" for problem in ran.problems)
    if result.exit_code == 0 and failed:
        yield ran.finding("exit code 0 in spite of errors", detail=result.stderr)
    if result.exit_code == 1 and not failed and ran.command[0] != "lint" and not result.stderr.strip():
        yield ran.finding("exit code 1 without a word")
    if "--json" in ran.command and result.stdout.strip():
        yield from _of_json(ran, result.stdout)


def _crash(ran: Ran, error: BaseException) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith(PACKAGE)] or frames
    where = f"{_place(inside[-1].filename)}:{inside[-1].lineno} in {inside[-1].name}" if inside else "?"
    shown = "".join(traceback.format_exception(error))
    return ran.finding(
        type(error).__name__, where, shown if len(shown) < 6_000 else f"{shown[:2_000]}\n…\n{shown[-3_000:]}"
    )


def _place(path: str) -> str:
    return f"reportgen{path.removeprefix(PACKAGE)}" if path.startswith(PACKAGE) else Path(path).name


def _of_problem(ran: Ran, problem: Problem) -> Iterator[Finding]:
    """It says something, and where: within the file that it is about."""
    shown = f"{problem.code} {problem.message} {problem.span}"
    if not problem.message.strip():
        yield ran.finding("a problem without a message", problem.code, shown)
    if problem.span is None:
        if problem.code not in PLACELESS:
            yield ran.finding("a problem without a place", problem.code, shown)
    elif not 0 <= problem.span.start <= min(problem.span.end, len(problem.source.text)):
        yield ran.finding("a problem outside its file", problem.code, shown)
    if _INTERNAL.search(problem.message) and not _INTERNAL.search(problem.source.text):
        yield ran.finding("a problem in the words of the program", problem.code, shown)


# ---- what was made


def of_files(ran: Ran, costly: Sequence[str]) -> Iterator[Finding]:
    """Of the files that a build wrote."""
    paths = sorted(Path("out").iterdir())
    made = {path.name: path.read_bytes() for path in paths if path.is_file()}
    for name, data in made.items():
        match Path(name).suffix:
            case ".xlsx" if "xlsx" in ran.command[2]:
                yield from of_workbook(ran, data, recalculate="recalculate" in costly)
            case ".html":
                yield from of_page(ran, data)
            case ".json":
                yield from _of_json(ran, data.decode())
            case _:
                pass
    if "twice" in costly:
        again = run(ran.command)
        for name, data in made.items():
            if again.ok and (Path("out") / name).read_bytes() != data:
                yield ran.finding("other bytes when built again", Path(name).suffix, name)
    for path in paths:
        path.unlink()


def of_workbook(ran: Ran, data: bytes, *, recalculate: bool) -> Iterator[Finding]:
    """No cell shows an error, and an independent engine comes to the stored results."""
    stored, formulas = stored_values(data), formula_cells(data)
    shown = {cell: str(value) for cell, value in stored.items() if value in ERRORS and cell in formulas}
    wrong = [f"{cell} {formulas[cell]}: {value}" for cell, value in shown.items() if value not in _written()]
    if wrong:
        yield ran.finding("error values in the workbook", _sheet(wrong[0]), "\n".join(wrong[:10]))
    if recalculate:
        found = IronCalc(data, Path("out")).values()
        (Path("out") / "ironcalc.xlsx").unlink()
        numbers = [abs(value) for value in stored.values() if isinstance(value, float)]
        differing = disagreements(stored, found, formulas, max(numbers, default=1.0))
        if differing:
            first = next((each for each in differing if each.endswith(("!'", "#N/A'"))), differing[0])
            yield ran.finding("recalculated differently", _sheet(first), "\n".join([first, *differing[:10]]))


def _written() -> str:
    """All that the author wrote: a title may be `#REF!` or `nan`."""
    return "".join(path.read_text(errors="replace") for path in Path().rglob("*") if path.suffix in (".yaml", ".md"))


def _sheet(cell: str) -> str:
    """The sheet of a cell by its kind: those of categories are called as the model has them."""
    name = cell.partition("!")[0]
    return name if name in FIXED_SHEETS else "a category's sheet"


def of_page(ran: Ran, data: bytes) -> Iterator[Finding]:
    """It can be parsed, and shows no value that is none, unless the author wrote it so."""
    try:
        page = html.document_fromstring(data.decode())
    except (etree.LxmlError, ValueError) as error:
        yield ran.finding("HTML that cannot be parsed", detail=str(error))
        return
    for each in page.xpath("//script | //style"):
        each.drop_tree()
    written = _written()
    text = " ".join(page.itertext())
    for match in _INNARDS.finditer(text):
        # A report begins an author's sentence with a capital: `because: none` reads "None."
        if match[0] not in written and f": {match[0].lower()}\n" not in written:
            around = text[max(0, match.start() - 80) : match.end() + 80]
            yield ran.finding("innards on the page", match[0], around)
            return


def _of_json(ran: Ran, text: str) -> Iterator[Finding]:
    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        yield ran.finding("no JSON", detail=f"{error}\n{text[:500]}")
