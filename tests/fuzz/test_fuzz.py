"""Some hundreds of changed inputs, always the same ones; `./run fuzz MINUTES` tries others for longer."""

from __future__ import annotations

import pytest

from tests.fuzz.cases import KINDS
from tests.fuzz.search import Search
from tests.fuzz.worker import Worker

SEEDS = {"model": 16, "text": 110, "narrative": 20, "brand": 4, "picture": 6, "workbook": 20}
"""How many of each kind take about twenty seconds together."""


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_the_input_the_commands_answer_as_they_must(kind: str, worker: Worker) -> None:
    search = Search(worker, only=kind)
    found = [f"seed {case.seed}: {finding}" for case, finding, _ in search.run(iter(range(1, SEEDS[kind] + 1)))]
    assert found == []
