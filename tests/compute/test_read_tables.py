"""A charge by graduated prices against a bill that is written band by band."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.compute.read_tables import read_table
from reportgen.formula.nodes import Method
from reportgen.formula.units import PLAIN
from reportgen.model.model import Table


@given(
    st.lists(st.tuples(st.integers(1, 1_000), st.floats(-5, 50)), max_size=6, unique_by=lambda row: row[0]),
    st.floats(0, 50),
    st.lists(st.floats(0, 2_000), min_size=1, max_size=4),
)
def test_each_unit_has_the_price_of_its_band(rows: list[tuple[int, float]], first: float, usages: list[float]) -> None:
    bands = [(0, first), *sorted(rows)]
    table = Table(
        "t", "T", PLAIN, PLAIN, Method.GRADUATED, tuple((float(start), price) for start, price in bands), (), ""
    )
    for usage, charge in zip(usages, read_table(table, np.array(usages)), strict=True):
        bill = sum(
            max(0.0, min(usage, end) - start) * price
            for (start, price), (end, _) in pairwise([*bands, (float("inf"), 0.0)])
        )
        assert charge == pytest.approx(bill, rel=1e-9, abs=1e-9)


def test_the_same_rows_are_two_bills() -> None:
    """The example of docs/model.md: all of 60,000 GB at the last price, or each band at its own."""
    rows = ((0.0, 0.09), (10_000.0, 0.085), (50_000.0, 0.07))
    usage = np.array([60_000.0])
    volume, tiers = (Table("t", "T", PLAIN, PLAIN, each, rows, (), "") for each in (Method.STEP, Method.GRADUATED))
    assert (read_table(volume, usage) * usage).tolist() == pytest.approx([4_200])
    assert read_table(tiers, usage).tolist() == pytest.approx([5_000])
