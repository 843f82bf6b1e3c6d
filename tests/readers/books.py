"""The workbooks that every reader has to load: shipped models, small models that went wrong once, hostile texts, random
models, and some of these as LibreOffice has saved them again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, assume, given, settings

from reportgen.brand import Brand, brand_of, shipped_brand
from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.problems import ModelError
from reportgen.review.lint.run import rules_of_books
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_grids
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.write import write_workbook
from tests.conftest import MODELS, ROOT
from tests.engines.recalculation import LibreOffice
from tests.readers.contents import Contents, written
from tests.workbook.hostile import hostile_model
from tests.workbook.test_random_models import models

RANDOM = 12
SAVED_AGAIN = ("team-chat", "09-twelve", "time-a3", "hostile")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as a file, and what it has to hold."""

    path: Path
    contents: Contents

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()


def write_books(folder: Path) -> dict[str, Book]:
    """Every book that the program writes, by name."""
    found = {}
    for name, model, brand in _models():
        plan = plan_workbook(model)
        if check_limits(plan):
            continue
        results = evaluate(model)
        grids = build_grids(plan, results, lay_out_questions(plan, results), brand, rules_of_books())
        data = write_workbook(plan, grids, brand)
        path = folder / f"{name}.xlsx"
        path.write_bytes(data)
        found[name] = Book(path, written(grids, data))
    return found


def save_again(books: dict[str, Book], folder: Path, libreoffice: LibreOffice) -> dict[str, Book]:
    """Some of these books as LibreOffice writes them."""
    found = {}
    for name in SAVED_AGAIN:
        path = folder / f"{name}.xlsx"
        libreoffice.values(books[name].path, save_as=path)
        found[name] = Book(path, books[name].contents)
    return found


def _models() -> Iterator[tuple[str, Model, Brand]]:
    for path in MODELS:
        yield path.stem, load_model(path)[0], brand_of(path)
    yield "hostile", hostile_model(), shipped_brand()
    small = [*sorted((ROOT / "tests" / "cases").glob("*.yaml"))]
    sources = [Source(path.stem, path.read_text(encoding="utf-8")) for path in small]
    for source in (*sources, *_random_sources()):
        with suppress(ModelError):  # some are refused
            yield source.name, load_source(source)[0], shipped_brand()


def _random_sources() -> Iterator[Source]:
    """The same ones in every run. Without payments: LibreOffice has no result for those of so many periods, at so high
    a rate, that their discount is less than a number can hold."""
    texts: list[str] = []

    @settings(max_examples=RANDOM, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(models())
    def draw(text: str) -> None:
        assume("payment(" not in text)
        texts.append(text)

    draw()
    for at, text in enumerate(texts):
        yield Source(f"random-{at}", text)
