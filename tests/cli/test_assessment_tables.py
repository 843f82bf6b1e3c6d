"""`show --scorecard` and `show --features`: tables, and JSON with the cells to edit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli
from reportgen.compute.answers import evaluate
from reportgen.compute.scorecard import scorecard
from tests.model.assessed import TEXT, assessed, assessed_text
from tests.model.samples import SAMPLE_PATH


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "assessed.yaml"
    file.write_text(assessed_text(("cost: known", "cost: all")), encoding="utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["show", *map(str, arguments)], catch_exceptions=False)


def rows_of(path: Path, question: str) -> dict[str, list[str]]:
    """The cells of each row by its title; notes below titles and values are rows too."""
    lines = [re.split(r"  +", line) for line in run(path, question).stdout.splitlines()]
    return {first: rest for first, *rest in lines if first}


def test_the_scorecard_as_a_table(path: Path) -> None:
    rows = rows_of(path, "--scorecard")
    assert rows["Control"] == ["25%", "2.0", "4.5", "5.0*"]
    assert rows["Known costs"][1:] == ["5.00*", "no score", "3.75"]
    assert rows["Weighted total"] == ["100%", "4.25*", "no score", "3.10"]
    text = " ".join(run(path, "--scorecard").stdout.split())
    assert "Hosted has the highest weighted total, 4.25 of 5 points." in text
    assert "Self-run lacks a price and so a score; it is not ranked." in text
    assert "* the highest of those beside it" in text


def test_a_tie_and_a_scale_without_any_score_are_told(path: Path) -> None:
    path.write_text(TEXT.replace("weight: 40 %", "weight: 0").replace("weight: 25 %", "weight: 50 %"), encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("weight: 35", "weight: 50").replace("self_run: 4.5", "self_run: 4")
    path.write_text(text, encoding="utf-8")
    assert "Hosted and Self-run have the same highest weighted total" in run(path, "--scorecard").stdout
    costs = "{hosted: none, self_run: not quoted, owned: 0}"
    unquoted = "{hosted: not quoted, self_run: not quoted, owned: not quoted}"
    path.write_text(TEXT.replace(costs, unquoted).replace("cost: known", "cost: all"), encoding="utf-8")
    assert "No option has all its scores, so none is ranked." in run(path, "--scorecard").stdout


def test_the_features_as_a_table(path: Path) -> None:
    rows = rows_of(path, "--features")
    assert rows["Audit trail that can be exported"] == ["yes", "build", "build"]
    assert "€18,334" in run(path, "--features").stdout
    assert rows["Covered"] == ["3", "1", "1"]
    assert rows["Gaps that have a price"] == ["1", "1", "1"]
    assert rows["Share covered"] == ["75%", "25%", "25%"]
    assert "• Owned, Backup: partly. Done by hand." in run(path, "--features").stdout


def test_json_has_the_outcome_and_the_cells(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8")
    found = json.loads(run(path, "--scorecard", "--features", "--json").stdout)
    expected = scorecard(evaluate(assessed().model))
    assert expected is not None
    assert found["scorecard"]["totals"] == expected.totals
    assert found["scorecard"]["best"] == "self_run"
    assert found["scorecard"]["cells"]["criteria"]["control"]["weight"] == "Scorecard!C13"
    assert found["features"]["features"][0]["options"]["self_run"]["unit"] == "EUR"
    assert found["features"]["unpriced"][0]["because"] == "Nobody offers it"
    assert found["features"]["cells"]["backup"] == {
        "hosted": "Features!C9",
        "self_run": "Features!G9",
        "owned": "Features!K9",
    }


def test_a_model_without_them_says_so() -> None:
    text = run(SAMPLE_PATH, "--scorecard", "--features").stdout
    assert "the model has no `scorecard`" in text and "the model has no `features`" in text
    found = json.loads(run(SAMPLE_PATH, "--scorecard", "--features", "--json").stdout)
    assert found["scorecard"] is None and found["features"] is None
