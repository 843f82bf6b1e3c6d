"""`show --ranges`: the table and the JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli.main import cli
from tests.model.samples import SAMPLE, SAMPLE_PATH

RANGES = """ranges:
  seats:   {title: Seats from low to high, of: total, inputs: [seats]}
  machine: {title: Price of a machine, of: running, inputs: [vm_hour]}
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    found = tmp_path / "model.yaml"
    found.write_text(SAMPLE + RANGES)
    return str(found)


def show(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ("show", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_table_by_hand(path: str) -> None:
    """Hosted: 78 EUR a year for each of 120 to 600 seats, 1,760 of people and 1,333.33 of set-up; self-run: a second
    machine from 250 seats on."""
    lines = [re.split(r"  +", line) for line in show(path, "--ranges").splitlines()]
    rows = {first: rest for first, *rest in lines}
    low, high = (78 * seats + 0.02 * 88_000 + 4_000 / 3 for seats in (120, 600))
    machine = 12 * 0.19 * 730 / 1.08
    own = 12 * 150 + 0.15 * 88_000 + 15_500 / 3
    of_seats, of_machine = (at for at, line in enumerate(lines) if line[0] == "Range")
    assert of_machine - of_seats > 4
    assert lines[of_seats + 2] == ["With every input at its value", "21,813 (incomplete)", f"{own + machine:,.0f}"]
    assert lines[of_seats + 3] == [
        "Between the extremes",
        f"{low:,.0f} to {high:,.0f} (incomplete)",
        f"{own + machine:,.0f} to {own + 2 * machine:,.0f}",
    ]
    assert "What varies: Seats (120 to 600 seat)." in rows
    assert "What varies: Virtual machine ($0.15 to $0.24 per server per h)." in rows
    text = show(path, "--ranges")
    assert "10,000 draws with seed 7" in text and "Incomplete options count with what is known of them." in text


def test_json_has_ends_extremes_and_percentiles(path: str) -> None:
    found = json.loads(show(path, "--ranges", "--json", "--scenario", "growth"))
    seats, machine = found["ranges"]
    keys = ["id", "title", "of", "inputs", "total", "base", "low", "high", "incomplete", "draws", "seed", "p10", "p90"]
    assert list(seats) == list(machine) == keys
    assert seats["inputs"] == [
        {"key": "seats", "low": 120, "high": 600, "lowers": {"hosted": "low", "self_run": "low"}}
    ]
    assert seats["total"] == {"name": "total", "unit": "EUR/year"}
    assert seats["base"]["hosted"] == pytest.approx(78 * 480 + 1_760 + 4_000 / 3)
    assert seats["low"]["hosted"] < seats["p10"]["hosted"] < seats["p90"]["hosted"] < seats["high"]["hosted"]
    assert seats["incomplete"] == ["hosted"] and machine["incomplete"] == []
    assert (seats["draws"], seats["seed"]) == (10_000, 7)


def test_a_model_without_ranges_says_so() -> None:
    assert show(str(SAMPLE_PATH), "--ranges").strip() == "the model has no `ranges`"
