"""The commands as a user runs them: output, exit codes, what happens to files."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli

ROOT = Path(__file__).parents[2]
TEAM_CHAT = str(ROOT / "inputs" / "team-chat.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    text = Path(TEAM_CHAT).read_text().replace("seats * seat_fee", "seats * seat_fees")
    path.write_text(text.replace("currency: EUR", "currency: EURO"))
    return path


def test_help_names_every_command_and_exit_code() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in ("build", "check", "show", "130 interrupted"):
        assert word in result.stdout


def test_show_table_has_names_values_and_words() -> None:
    result = run("show", TEAM_CHAT)
    assert result.exit_code == 0 and result.stderr == ""
    lines = result.stdout.splitlines()
    assert any(line.split() == ["seats", "Seats", "seat", "240"] for line in lines)
    total = next(line for line in lines if line.startswith("total "))
    assert "21,813 (incomplete)" in total and total.endswith("21,708")
    assert any("not quoted" in line for line in lines)


def test_show_json_is_the_contract() -> None:
    document = json.loads(run("show", TEAM_CHAT, "--json").stdout)
    assert list(document) == ["schema", "model", "scenario", "values"]
    assert document["schema"] == 1 and document["scenario"] is None
    assert document["model"]["id"] == "team-chat" and len(document["model"]["digest"]) == 64
    values = document["values"]
    assert values["seats"]["value"] == 240 and values["seats"]["unit"] == "seat" and values["seats"]["input"] is True
    assert values["machines"] == {"unit": "server", "value": 1.0, "cell": "Calculations!C8"}
    support = values["subscription.support"]
    assert support["options"] == {"hosted": None, "self_run": 150.0}
    assert support["states"] == {"hosted": "included"} and support["inputs"] == ["self_run"]
    audit = values["set_up.audit"]
    assert audit["states"] == {"hosted": "not quoted"} and audit["inputs"] == ["hosted", "self_run"]
    assert values["total"]["states"] == {"hosted": "incomplete"} and "inputs" not in values["total"]
    assert values["saving"]["state"] == "incomplete"
    assert "input" not in values["saving"]


def test_show_csv_has_a_row_per_number() -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", TEAM_CHAT, "--csv").stdout)))
    by_key = {(row["name"], row["option"]): row for row in rows}
    assert float(by_key["seats", ""]["value"]) == 240
    assert by_key["subscription.support", "hosted"] == {
        "name": "subscription.support", "option": "hosted", "title": "Support plan", "unit": "EUR/month",
        "value": "", "state": "included",
    }  # fmt: skip
    assert len(by_key) == len(rows) == 33


def test_set_and_scenario_change_the_results() -> None:
    base = json.loads(run("show", TEAM_CHAT, "--json").stdout)["values"]
    more = json.loads(run("show", TEAM_CHAT, "--json", "--set", "seats=480").stdout)["values"]
    scenario = json.loads(run("show", TEAM_CHAT, "--json", "--scenario", "growth").stdout)
    assert scenario["scenario"] == "growth"
    assert more["total"]["options"] == scenario["values"]["total"]["options"] != base["total"]["options"]
    assert more["seats"]["cell"] == base["seats"]["cell"] != scenario["values"]["seats"]["cell"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "seat=1"], "did you mean `seats`?"),
        (["--set", "total.hosted=1"], "is computed, not an input"),
        (["--set", "seats=1,5"], "write 1.5"),
        (["--scenario", "grow"], "did you mean `growth`?"),
    ],
)
def test_settings_that_cannot_be_applied_are_findings(arguments: list[str], words: str) -> None:
    result = run("show", TEAM_CHAT, *arguments)
    assert result.exit_code == 1 and result.stdout == ""
    assert words in result.stderr and "Traceback" not in result.stderr


def test_check_shows_every_problem_at_once(broken: Path) -> None:
    result = run("check", str(broken))
    assert result.exit_code == 1 and result.stdout == ""
    assert "error[RG208]: `EURO` is not a currency" in result.stderr
    assert run("check", TEAM_CHAT).exit_code == 0


def test_check_computes_every_scenario(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(Path(TEAM_CHAT).read_text().replace("set: {seats: 480}", "set: {fx: 0}"))
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert "error[RG501]: division by zero" in result.stderr


def test_build_leaves_old_files_where_the_model_has_errors(broken: Path, tmp_path: Path) -> None:
    old = tmp_path / "team-chat.xlsx"
    old.write_bytes(b"old")
    result = run("build", str(broken), "-o", str(tmp_path))
    assert result.exit_code == 1
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.yaml", "team-chat.xlsx"]


def test_build_writes_what_is_asked_for(tmp_path: Path) -> None:
    result = run("build", TEAM_CHAT, "--only", "xlsx,json", "-o", str(tmp_path / "new" / "folder"))
    assert result.exit_code == 0 and result.stdout == ""
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["team-chat.json", "team-chat.xlsx"]
    assert json.loads((tmp_path / "new" / "folder" / "team-chat.json").read_text())["schema"] == 1


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert run("build", TEAM_CHAT, "--only", "docx").exit_code == 2
    assert run("show", TEAM_CHAT, "--json", "--csv").exit_code == 2
    assert run("nothing").exit_code == 2
    twice = run("build", TEAM_CHAT, TEAM_CHAT, "--only", "json", "-o", str(tmp_path))
    assert twice.exit_code == 2 and "same id" in twice.stderr


def test_an_output_that_cannot_be_written_is_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("build", TEAM_CHAT, "--only", "xlsx", "-o", str(tmp_path / "file"))
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr and "Traceback" not in result.stderr
    target = tmp_path / "out"
    (target / "team-chat.xlsx").mkdir(parents=True)
    assert run("build", TEAM_CHAT, "--only", "xlsx", "-o", str(target)).exit_code == 3
    assert [path.name for path in target.iterdir()] == ["team-chat.xlsx"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step of writing fails once; the old file survives and nothing is left behind."""
    old = tmp_path / "team-chat.json"
    for step in ("fsync", "replace"):
        old.write_text("old")
        with monkeypatch.context() as patched:

            def fail(*_: object, **__: object) -> object:
                raise OSError(28, "No space left on device")

            patched.setattr(os, step, fail)
            assert run("build", TEAM_CHAT, "--only", "json", "-o", str(tmp_path)).exit_code == 3
        assert old.read_text() == "old"
        assert [path.name for path in tmp_path.iterdir()] == ["team-chat.json"]


def test_files_take_the_usual_permissions(tmp_path: Path) -> None:
    run("build", TEAM_CHAT, "--only", "json", "-o", str(tmp_path))
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "team-chat.json").stat().st_mode) == 0o666 & ~mask


def test_no_color_when_told_and_none_in_pipes(broken: Path) -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "reportgen", "check", str(broken)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert result.returncode == 1
    assert "\033" not in result.stderr and "error[RG208]" in result.stderr


def test_a_reader_that_stops_is_no_error() -> None:
    command = f"{sys.executable} -m reportgen show {TEAM_CHAT} | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stderr == "" and result.stdout.startswith("Hosted or self-run")


def test_a_pdf_that_cannot_be_made_is_told_and_the_workbook_is_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen.report.pdf import render_pdf as pdf

    for error, code in (
        (pdf.PangoMissingError("Pango is missing: apt-get install libpango"), 4),
        (pdf.RenderingError(["x"], "whitepaper"), 1),
    ):

        def fail(*_: object, error: Exception = error) -> bytes:
            raise error

        monkeypatch.setattr(pdf, "render_pdf", fail)
        result = run("build", TEAM_CHAT, "-o", str(tmp_path / str(code)))
        assert result.exit_code == code and str(error) in result.stderr
        assert [path.name for path in (tmp_path / str(code)).iterdir()] == ["team-chat.xlsx"]
