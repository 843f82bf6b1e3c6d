"""`show --published`: a table, and JSON under the keys of the model file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli
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


def test_the_table_has_each_figure_by_its_name_with_its_place_and_why(path: str) -> None:
    lines = run("show", path, "--published").stdout.splitlines()
    (line,) = [each for each in lines if each.startswith("machine_year ")]
    assert line.split()[-4:] == ["EUR/year", "1,560", "1,541", "intermediate"]
    at = lines.index(line)
    assert [each.strip() for each in lines[at + 1 : at + 4]] == [
        "Table of annual totals. The month is rounded to",
        "tens before it is multiplied by twelve. That way",
        "1,560 EUR/year follows.",
    ]
    assert any(each.strip().startswith("Outlook; scenario Doubled team.") for each in lines)
    assert any(each.startswith("Of 13 published figures 4 hold exactly, 3 hold as rounded") for each in lines)


def test_a_verdict_that_was_not_expected_is_marked(path: str) -> None:
    lines = run("show", path, "--published", "--set", "seat_fee=7").stdout.splitlines()
    (at,) = [at for at, each in enumerate(lines) if each.startswith("fees_year ")]
    assert lines[at].endswith("differs") and "expected: exact" in [each.strip() for each in lines[at : at + 6]]
    assert sum("expected:" in each for each in lines) == 3


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
    assert (
        run("show", str(MODELS[0].parent / "team-chat.yaml"), "--published").stdout == "the model has no `published`\n"
    )


def test_check_fails_where_a_figure_is_not_as_expected(path: str) -> None:
    assert run("check", path).exit_code == 0
    Path(path).write_text(TEXT.replace("states: 18_720", "states: 18_700"), encoding="utf-8")
    result = run("check", path)
    assert (
        result.exit_code == 1
        and "error[RG801]: published figure `fees_year` is `differs`, not `exact`" in result.stderr
    )
