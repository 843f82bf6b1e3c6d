"""`show --scorecard` and `show --features`: tables within 100 columns, and JSON with the cells to edit."""

from __future__ import annotations

import json
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


def test_the_scorecard_as_a_table(path: Path) -> None:
    lines = run(path, "--scorecard").stdout.splitlines()
    assert lines[0] == "Three ways to chat: What counts"
    rows = {line.split("  ")[0]: line.split()[-3:] for line in lines if line}
    assert rows["Known costs (by All costs)"] == ["5.00", "–", "3.75"]
    assert any(line.split() == ["Control", "25%", "2.0", "4.5", "5.0"] for line in lines)
    assert rows["Control"] == ["0.50", "1.13", "1.25"]
    assert rows["Weighted total"] == ["4.25", "–", "3.10"]
    assert "Highest weighted total: Hosted" in lines
    assert lines[-1].startswith("–: the total that scores it is incomplete")


def test_a_tie_and_a_scale_without_any_score_are_told(path: Path) -> None:
    path.write_text(TEXT.replace("weight: 40 %", "weight: 0").replace("weight: 25 %", "weight: 50 %"), encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("weight: 35", "weight: 50").replace("self_run: 4.5", "self_run: 4")
    path.write_text(text, encoding="utf-8")
    assert "Highest weighted total: Hosted and Self-run, equal" in run(path, "--scorecard").stdout
    costs = "{hosted: none, self_run: not quoted, owned: 0}"
    unquoted = "{hosted: not quoted, self_run: not quoted, owned: not quoted}"
    path.write_text(TEXT.replace(costs, unquoted).replace("cost: known", "cost: all"), encoding="utf-8")
    assert "No option has all its scores." in run(path, "--scorecard").stdout


def test_the_features_as_a_table(path: Path) -> None:
    lines = run(path, "--features").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Audit trail"))
    assert lines[at].split()[-3:] == ["yes", "build", "build"]
    assert lines[at + 1].split() == ["18,334", "EUR", "2,400", "EUR"]
    rows = {line[:14].strip(): line.split()[-3:] for line in lines if line}
    assert rows["covered"] == ["3", "1", "1"]
    assert rows["not priced"] == ["0", "1", "2"]
    assert rows["share covered"] == ["75%", "25%", "25%"]
    assert lines[-1] == "Owned: Backup (partly), because: Done by hand"


@pytest.mark.parametrize("model", ["agent-runtime", "deployment-choice"])
def test_the_shipped_models_fit_into_100_columns(model: str) -> None:
    result = run(SAMPLE_PATH.parent / model, "--scorecard", "--features")
    assert result.exit_code == 0, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 100


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
