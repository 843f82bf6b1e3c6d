"""`show --ranges`: the table and the JSON."""

from __future__ import annotations

import json
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
    lines = [line.split("  ") for line in show(path, "--ranges").splitlines()]
    texts = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    low, high = (78 * seats + 0.02 * 88_000 + 4_000 / 3 for seats in (120, 600))
    assert [line[:3] for line in texts if line and line[0] == "Hosted (incomplete)"] == [
        ["Hosted (incomplete)", "21,813", f"{low:,.0f} to {high:,.0f}"]
    ]
    machine = 12 * 0.19 * 730 / 1.08
    own = 12 * 150 + 0.15 * 88_000 + 15_500 / 3
    self_run = [line[:3] for line in texts if line and line[0] == "Self-run"]
    assert self_run[0][1:] == [f"{own + machine:,.0f}", f"{own + machine:,.0f} to {own + 2 * machine:,.0f}"]
    assert ["varied: seats 120 to 600"] in texts and ["varied: vm_hour 0.15 to 0.24"] in texts
    assert texts[-1][0].startswith("incomplete: something")
    assert "seed 7" in texts[0][0]


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


def test_many_inputs_stand_on_several_lines(tmp_path: Path) -> None:
    inputs = "".join(
        f"      number_{at}: {{title: N, value: 2, low: 1_000, high: 3_000, unit: EUR/month}}\n" for at in range(9)
    )
    cost = " + ".join(f"number_{at}" for at in range(9))
    text = SAMPLE.replace(
        "  prices:\n    title: Prices\n    inputs:\n", f"  prices:\n    title: Prices\n    inputs:\n{inputs}"
    )
    text = text.replace("self_run: 150}", f'self_run: "{cost}"}}').replace(
        "value: 2, low: 1_000", "value: 2_000, low: 1_000"
    )
    path = tmp_path / "model.yaml"
    path.write_text(text + "ranges: {all: {title: Everything, of: total}}\n")
    lines = show(str(path), "--ranges").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("varied: "))
    assert lines[start + 1].startswith("        number_") and max(map(len, lines)) <= 118
    assert sum(line.count("1,000 to 3,000") for line in lines[start:]) == 9


def test_a_model_without_ranges_says_so() -> None:
    assert show(str(SAMPLE_PATH), "--ranges").strip() == "the model has no `ranges`"
