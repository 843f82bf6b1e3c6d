"""`show --published`: a table for a terminal of 100 columns, and JSON under the keys of the model file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli
from reportgen.cli.published_table import WIDTH
from tests.conftest import MODELS
from tests.model.published import TEXT


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "model.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def figures(*arguments: str) -> dict[str, dict[str, object]]:
    result = run("show", *arguments, "--published", "--json")
    assert result.exit_code == 0, result.stderr
    return {each["id"]: each for each in json.loads(result.stdout)["published"]}


def test_the_table_has_a_line_for_each_figure_and_a_summary(path: str) -> None:
    lines = run("show", path, "--published").stdout.splitlines()
    (line,) = [each for each in lines if each.startswith("machine_year ")]
    assert line.split() == ["machine_year", "1,560", "10", "1,541", "EUR/year", "intermediate"]
    at = lines.index(line)
    assert lines[at + 1 : at + 4] == [
        "    One virtual machine a year; Table of annual totals",
        "    by the intermediate 1,560",
        "    because: the month is rounded to tens before it is multiplied by twelve",
    ]
    assert "    Machines of the doubled team; Outlook (scenario growth)" in lines
    assert lines[-1] == ("13 figures: 4 exact, 3 rounded, 1 intermediate, 3 differs, 2 input; all as expected")


def test_a_verdict_that_was_not_expected_is_marked(path: str) -> None:
    shown = run("show", path, "--published", "--set", "seat_fee=7").stdout
    (line,) = [each for each in shown.splitlines() if each.startswith("fees_year ")]
    assert line.endswith("EUR/year        differs, not exact")
    assert shown.splitlines()[-1].endswith("; 3 not as expected")


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_no_line_is_wider_than_a_terminal(model: Path) -> None:
    lines = run("show", str(model), "--published").stdout.splitlines()
    assert lines and max(map(len, lines)) <= WIDTH


def test_a_long_name_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    long = "a_name_so_long_that_nothing_has_any_room_beside_it_on_a_line"
    file = tmp_path / "model.yaml"
    file.write_text(TEXT.replace("  machine_year:", f"  {long}:"), encoding="utf-8")
    lines = run("show", str(file), "--published").stdout.splitlines()
    at = lines.index(long)
    assert lines[at + 1].split() == ["1,560", "10", "1,541", "EUR/year", "intermediate"]
    assert max(map(len, lines)) <= WIDTH


def test_json_has_the_keys_of_the_model_file(path: str) -> None:
    found = figures(path)
    assert found["machine_year"] == {
        "id": "machine_year",
        "title": "One virtual machine a year",
        "where": "Table of annual totals",
        "unit": "EUR/year",
        "states": 1_560.0,
        "step": 10.0,
        "formula": "infrastructure.servers.self_run",
        "computed": pytest.approx(0.19 * 730 / 1.08 * 12),
        "intermediate": 1_560.0,
        "verdict": "intermediate",
        "expected": "intermediate",
        "because": "the month is rounded to tens before it is multiplied by twelve",
        "scenario": None,
        "cases": [{}],
        "sources": [],
    }
    ranged = found["fees_range"]
    assert (ranged["states"], ranged["computed"]) == ({"from": 700.0, "to": 4_000.0}, {"from": 780.0, "to": 3_900.0})
    assert ranged["cases"] == [{"seats": 120.0}, {"seats": 600.0}]
    assert found["users"]["states"] == {"from": 10_000.0, "to": None}
    assert [found["users"][key] for key in ("formula", "computed", "step")] == [None, None, None]
    assert (found["dear_machines"]["scenario"], found["dear_machines"]["cases"]) == ("growth", [{"vm_hour": 0.24}])
    assert found["fees_year"]["sources"] == ["vendor_list"]


def test_a_selected_scenario_shows_the_same(path: str) -> None:
    assert figures(path, "--scenario", "growth") == figures(path)


def test_a_model_without_figures_says_so() -> None:
    assert run("show", str(MODELS[-1]), "--published").stdout == "the model has no `published`\n"


def test_check_fails_where_a_figure_is_not_as_expected(path: str) -> None:
    assert run("check", path).exit_code == 0
    Path(path).write_text(TEXT.replace("states: 18_720", "states: 18_700"), encoding="utf-8")
    result = run("check", path)
    assert (
        result.exit_code == 1
        and "error[RG801]: published figure `fees_year` is `differs`, not `exact`" in result.stderr
    )
