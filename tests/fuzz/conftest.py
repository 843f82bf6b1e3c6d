"""One worker for all cases: its first drawing takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.worker import Worker


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started
