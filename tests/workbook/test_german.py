"""Workbooks in German: every fixed text is translated, nothing of a model is, and the numbers are the same.

An invented language finds what nobody marked as a text: it says every message in letters that no model uses, so that
whatever is left in plain letters is the model's, or was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from reportgen.brand import shipped_brand
from reportgen.cli.main import cli
from reportgen.compute.answers import Answers
from reportgen.formula.units import Unit
from reportgen.pipeline import run
from reportgen.presentation.words import catalog_path, read_catalog, words_of
from reportgen.resources import templates_folder
from reportgen.review.lint.run import rules_of_books
from reportgen.workbook import book_words
from reportgen.workbook.book_language import language_of
from reportgen.workbook.book_words import BookWords, sheet_names
from reportgen.workbook.build_workbook import build_grids, build_workbook
from reportgen.workbook.catalog_texts import texts_of_books
from reportgen.workbook.chart_plan import ChartPlan
from reportgen.workbook.filled_messages import in_words
from reportgen.workbook.grid import Grid
from reportgen.workbook.limits import FORBIDDEN, MAX_SHEET_NAME
from reportgen.workbook.plan import FIXED_SHEETS, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from tests.conftest import ROOT
from tests.engines.recalculation import IronCalc, LibreOffice, disagreements, formula_cells, stored_values

MODELS = ("agent-runtime", "van-fleet", "team-chat.yaml")
UNCONVERTED: frozenset[str] = frozenset()
"""Sheets that still have texts in English only."""

CATALOG = catalog_path(templates_folder(), "de", book_words.CATALOGS)
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
LITERAL = re.compile(r'"((?:[^"]|"")*)"')
ANYWHERE = {"reportgen", "OK", "SHA", "Page", "lint", "FAST", "ICAEW"}
"""Names that are the same in every language."""


@cache
def results_of(name: str) -> Answers:
    return run(ROOT / "inputs" / name).results


class Invented(BookWords):
    """Says every text in wide letters."""

    def gettext(self, text: str) -> str:
        parts = []
        for literal, name, spec, _ in Formatter().parse(text):
            parts.append(literal.translate(WIDE))
            if name is not None:
                parts.append("{" + name + (f":{spec}" if spec else "") + "}")
        return "".join(parts)

    def ngettext(self, one: str, many: str, count: float) -> str:
        return self.gettext(many)


def strings_of(thing: object) -> Iterator[str]:
    """Every text of a model, and its units."""
    pending, seen = [thing], set[int]()
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Unit):
            yield str(each)
        elif id(each) not in seen:
            seen.add(id(each))
            if is_dataclass(each):
                pending += [getattr(each, field.name, None) for field in fields(each)]
            elif isinstance(each, dict):
                pending += [*each.keys(), *each.values()]
            elif isinstance(each, list | tuple | set | frozenset):
                pending += list(each)


def words_in(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", text)


class Vocabulary:
    """What a model says. A text that is put together from several may hold any of its words."""

    def __init__(self, results: Answers) -> None:
        model = results.model
        rules = [text for each in rules_of_books() for text in (each.name, *each.sources)]
        self.texts = {each.strip() for each in (*strings_of(model), *rules)}
        self.texts |= {line.strip() for each in self.texts for line in each.split("\n")}
        self.texts |= {f"{each[:1].lower()}{each[1:]}" for each in self.texts}
        self.words = {word for each in self.texts for word in words_in(each)} | ANYWHERE

    def knows(self, text: str) -> bool:
        """Whether a text is the model's, word for word, or has fixed words too and no others than the model's."""
        if not words_in(text) or text.strip() in self.texts or set(words_in(text)) <= ANYWHERE:
            return True
        together = bool(re.search("[\uff21-\uff5a]|[,:;(/·\n–=.→]|[0-9]", text))
        return together and set(words_in(text)) <= self.words


def texts_of(grid: Grid, words: BookWords) -> Iterator[tuple[str, str]]:
    """Every text that a reader may meet on a sheet, with its place."""
    for (row, column), cell in sorted(grid.cells.items()):
        place = f"{grid.name}!{row},{column}"
        if cell.formula:
            for literal in LITERAL.findall(re.sub(r"'(?:[^']|'')*'!", "", cell.formula)):
                yield place, literal.replace('""', '"')
        elif isinstance(cell.content, str):
            yield place, cell.content
        for literal in LITERAL.findall(cell.number_format):
            yield place, literal
    for each in grid.validations:
        for text in (each.prompt_title, each.prompt, each.error):
            yield f"{grid.name}, validation of row {each.areas[0].top}", words.said(text)
        for tree in (each.rule, each.list_of):
            if tree is not None:
                for literal in LITERAL.findall(in_words(tree, words).text(each.areas[0].sheet)):
                    yield f"{grid.name}, rule of row {each.areas[0].top}", literal
    for chart in grid.charts:
        for text in chart_texts(chart):
            yield f"{grid.name}, chart in row {chart.rows[0]}", words.said(text)


def chart_texts(chart: ChartPlan) -> Iterator[str]:
    if isinstance(chart.title, str):
        yield chart.title
    yield from (chart.values.title, chart.alternative, *([chart.along.title] if chart.along else []))


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_said_in_english_only(name: str) -> None:
    results = results_of(name)
    plan = plan_workbook(results.model)
    words = Invented()
    words.sheets = sheet_names(words, plan.sheets, FIXED_SHEETS)
    grids = build_grids(plan, results, lay_out_questions(plan, results), shipped_brand(), rules_of_books(), words)
    vocabulary = Vocabulary(results)
    left: dict[str, list[tuple[str, str]]] = {}
    for grid in grids:
        found = [(place, text) for place, text in texts_of(grid, words) if not vocabulary.knows(text)]
        if found:
            left[grid.name] = found[:5]
    assert {sheet: found for sheet, found in left.items() if sheet not in UNCONVERTED} == {}


def test_every_text_has_a_german_one_and_none_is_left_over() -> None:
    said = {one for one, _, _ in texts_of_books(rules_of_books())}
    catalog = {(each.id if isinstance(each.id, str) else each.id[0]): each for each in read_catalog(CATALOG) if each.id}
    hint = "python -m reportgen.review.collect_book_messages"
    assert said - catalog.keys() == set(), hint
    assert catalog.keys() - said == set(), hint
    for one, each in catalog.items():
        forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ("",))
        assert all(forms) and not each.fuzzy, one
        for form in forms:
            assert names_in(form) == names_in(one) or (each.pluralizable and names_in(form) <= names_in(each.id[1])), (
                one
            )
            assert form.startswith(" ") == one.startswith(" ") and form.endswith(" ") == one.endswith(" "), one


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_words_that_are_compared_stay_apart() -> None:
    words = language_of(plan_workbook(results_of("team-chat.yaml").model), "de")
    compared = (
        "included",
        "none",
        "not quoted",
        "complete",
        "incomplete",
        "not known",
        "open",
        "equal",
        "none is complete",
    )
    for group in (compared, ("OK", "NOTE", "CHECK"), ("yes", "partly", "no", "build", "buy"), FIXED_SHEETS):
        said = [words.gettext(each).casefold() for each in group]
        assert len(set(said)) == len(said), said
    for sheet in FIXED_SHEETS:
        name = words.gettext(sheet)
        assert len(name) <= MAX_SHEET_NAME and not set(FORBIDDEN) & set(name), name


@pytest.mark.parametrize("name", MODELS)
def test_a_german_book_comes_to_the_same_in_every_engine(name: str, tmp_path: Path, libreoffice: LibreOffice) -> None:
    results = results_of(name)
    plan = plan_workbook(results.model)
    german, english = build_workbook(results, locale="de"), build_workbook(results)
    assert german == build_workbook(results, locale="de")
    assert words_of("de", catalogs=book_words.CATALOGS).missing == set(), "texts that are made up as the book is made"
    titles = language_of(plan, "de").sheets
    stored, formulas = stored_values(german), formula_cells(german)
    for cell, value in stored_values(english).items():
        sheet, _, at = cell.rpartition("!")
        if isinstance(value, float) and not isinstance(value, bool):
            assert stored[f"{titles.of(sheet).title}!{at}"] == value, cell
    assert disagreements(stored, IronCalc(german, tmp_path).values(), formulas) == []
    path = tmp_path / "german.xlsx"
    path.write_bytes(german)
    assert disagreements(stored, libreoffice.values(path), formulas) == []
    assert stored[plan.master_check.named(titles)] == "OK"
    book = load_workbook(path)
    assert "Übersicht" in book.sheetnames and not set(book.sheetnames) & {"Summary", "Assumptions", "Checks"}


def test_the_command_writes_the_book_and_its_data_in_german(tmp_path: Path) -> None:
    model = str(ROOT / "inputs" / "team-chat.yaml")
    done = CliRunner().invoke(cli, ["build", model, "--locale", "de", "--only", "xlsx,json", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["team-chat.de.json", "team-chat.de.xlsx"]
    assert '"Annahmen!' in (tmp_path / "team-chat.de.json").read_text("utf-8")
