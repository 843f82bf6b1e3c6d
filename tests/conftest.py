"""Fixtures that several test folders share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.pipeline import analyzed, make, run
from reportgen.workbook.build_workbook import build_workbook
from tests.engines.recalculation import LibreOffice

ROOT = Path(__file__).parent.parent
MODELS = sorted([*(ROOT / "inputs").glob("*.yaml"), *(file.parent for file in (ROOT / "inputs").glob("*/model.yaml"))])


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One process for all tests: it takes seconds to start."""
    office = LibreOffice()
    yield office
    office.close()


@pytest.fixture(scope="session", params=MODELS, ids=lambda path: path.stem)
def model_path(request: pytest.FixtureRequest) -> Path:
    """Every model under inputs/; of the session, so that tests of one model run together and share what is made."""
    path: Path = request.param
    return path


@pytest.fixture(scope="session")
def book_file(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model's workbook in one place: LibreOffice, which takes seconds to load it, keeps it open."""
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(plain_book(model_path))
    return path


@cache
def plain_book(model_path: Path) -> bytes:
    """The model's workbook, without a statement of its conformance."""
    return build_workbook(evaluate(load_model(model_path)[0]))


@cache
def finished_book(model_path: Path) -> bytes:
    """The workbook as `reportgen build` makes it."""
    return make(analyzed(run(model_path)), "xlsx")
