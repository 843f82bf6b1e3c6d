"""Fixtures that several test folders share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.recalculation import LibreOffice

ROOT = Path(__file__).parent.parent
MODELS = sorted([*(ROOT / "inputs").glob("*.yaml"), *(file.parent for file in (ROOT / "inputs").glob("*/model.yaml"))])


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One process for all tests: it takes seconds to start."""
    office = LibreOffice()
    yield office
    office.close()


@pytest.fixture(params=MODELS, ids=lambda path: path.stem)
def model_path(request: pytest.FixtureRequest) -> Path:
    """Every model under inputs/."""
    path: Path = request.param
    return path
