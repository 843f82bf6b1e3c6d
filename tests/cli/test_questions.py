"""`show --scenarios` and its kin: tables and JSON of the answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli

ROOT = Path(__file__).parents[2]
TEAM_CHAT = str(ROOT / "inputs" / "team-chat.yaml")
AGENT_RUNTIME = str(ROOT / "inputs" / "agent-runtime")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def answers(*arguments: str) -> dict[str, object]:
    result = run("show", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_json_has_each_answer_under_its_question() -> None:
    found = answers(AGENT_RUNTIME, "--scenarios", "--sensitivity", "--break-even", "--cash-flow", "--simulation")
    questions = ["scenarios", "sensitivity", "break_even", "cash_flow", "simulation"]
    assert list(found) == ["schema", "model", "scenario", *questions]
    text = json.dumps(found)
    assert "samples" not in text and '"curve"' not in text


def test_the_articles_volumes_salary_and_duration_come_out_by_hand() -> None:
    """Totals without the pass-through cost differ from the base by what the levers move, computed by hand."""
    scenarios = answers(AGENT_RUNTIME, "--scenarios")["scenarios"]
    assert isinstance(scenarios, list)
    by_id = {each["scenario"]: each["totals"] for each in scenarios}
    base, model_year = by_id[None], 12 * (3 * 10_000 * 3e-6 + 3 * 1_500 * 15e-6) / 1.08
    usage_year = 12 * (0.047 + 45 * 0.00042)
    for scenario, runs in (("low_volume", 5_000), ("high_volume", 80_000)):
        per_run = model_year + usage_year
        assert by_id[scenario]["connic"] == pytest.approx(base["connic"] + (runs - 50_000) * per_run)
        assert by_id[scenario]["self_hosted"] == pytest.approx(base["self_hosted"] + (runs - 50_000) * model_year)
    assert by_id["long_runs"]["connic"] == pytest.approx(base["connic"] + 12 * 50_000 * 45 * 0.00042)
    built, kept = 18.5 / 12 / 3, 0.2 + 0.15
    assert by_id["high_salary"]["self_hosted"] == pytest.approx(base["self_hosted"] + 30_000 * (built + kept))
    one_time = 18.5 / 12 * 110_000 + 5_000 + 26_049
    assert by_id["two_years"]["self_hosted"] == pytest.approx(base["self_hosted"] + one_time * (1 / 2 - 1 / 3))


def test_the_first_and_the_sustained_break_even_of_team_chat() -> None:
    """By hand: 78 seats + 3,093.33 against 20,166.67 + 1,541.11 per server; a second server from 250 seats on."""
    (question,) = answers(TEAM_CHAT, "--break-even")["break_even"]  # type: ignore[misc]
    (pair,) = question["pairs"]
    assert pair["first_crossing"]["at"] == pytest.approx(83_765 / 351)
    assert pair["sustained"]["at"] == pytest.approx(90_700 / 351)
    assert [each["jump"] for each in pair["crossings"]] == [False, True, False]


def test_answers_follow_set_and_scenario() -> None:
    base = answers(TEAM_CHAT, "--sensitivity")["sensitivity"]
    changed = answers(TEAM_CHAT, "--sensitivity", "--set", "admin=99_000", "--scenario", "growth")["sensitivity"]
    assert isinstance(base, dict) and isinstance(changed, dict)
    assert changed["base"]["self_run"] - base["base"]["self_run"] == pytest.approx(0.15 * 11_000 + 1_541.1111111)


def test_tables_say_what_is_not_asked() -> None:
    result = run("show", TEAM_CHAT, "--cash-flow", "--scenarios")
    assert result.exit_code == 0
    assert "the model has no `cash_flow`" in result.stdout and "Doubled team" in result.stdout


def test_questions_have_no_csv() -> None:
    assert run("show", TEAM_CHAT, "--scenarios", "--csv").exit_code == 2


def test_a_question_that_fails_is_told_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    text = Path(TEAM_CHAT).read_text().replace("from: 50, to: 2_000", "from: -50, to: 2_000")
    path.write_text(text)
    for arguments in (("check", str(path)), ("build", str(path), "-o", str(tmp_path / "out"))):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "RG502" in result.stderr and "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()
