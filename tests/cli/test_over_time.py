"""What changes over time as the commands print it: tables, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli
from tests.presentation.vans import MONTHLY, VANS

TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"


@pytest.fixture
def vans(tmp_path: Path) -> Path:
    path = tmp_path / "vans.yaml"
    path.write_text(VANS, encoding="utf-8")
    return path


@pytest.fixture
def monthly(tmp_path: Path) -> Path:
    path = tmp_path / "monthly.yaml"
    path.write_text(MONTHLY, encoding="utf-8")
    return path


def show(model: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["show", str(model), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result


def document(model: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(show(model, "--json", *arguments).stdout)
    return found


def rows_of(model: Path, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(show(model, "--csv", *arguments).stdout)))


def test_json_names_the_periods_once(vans: Path, monthly: Path) -> None:
    found = document(vans)
    assert list(found) == ["schema", "model", "scenario", "periods", "values"]
    assert found["periods"][0] == {"label": "2027", "first_month": "2027-01", "months": 12}
    assert [each["label"] for each in document(monthly)["periods"]][::71] == ["2027-01", "2032-12"]


def test_json_has_a_series_for_each_name_over_time(vans: Path) -> None:
    values = document(vans)["values"]
    assert values["energy_used"]["series"] == {"unit": "kWh/month", "steps": [12_500, *[21_000] * 5]}
    assert values["vans"]["series"]["steps"][:2] == [25, 42] and "input" not in values["vans"]
    assert values["power"]["input"] is True and values["power"]["series"]["steps"][1] == pytest.approx(0.309)
    charger = values["vehicles.charger"]
    assert charger["options"] == {"electric": 200_000, "leased": None} and charger["states"] == {"leased": "none"}
    assert charger["series"] == {
        "unit": "EUR",
        "start": {"electric": 0},
        "steps": {"electric": [80_000, 120_000, 0, 0, 0, 0]},
    }
    assert "series" not in values["running.staff"] and "series" not in values["cost"]


def test_json_has_an_items_own_number_with_its_cell(vans: Path, tmp_path: Path) -> None:
    values = document(vans)["values"]
    own = values["vehicles.tyres.amount"]
    assert own["options"] == {"electric": 90_000, "leased": 70_000} and own["inputs"] == ["electric", "leased"]
    CliRunner().invoke(cli, ["build", str(vans), "--only", "xlsx", "-o", str(tmp_path)], catch_exceptions=False)
    book = openpyxl.load_workbook(tmp_path / "vans.xlsx", data_only=True)
    for name, entry in values.items():
        for cell, value in [
            (entry.get("cell"), entry.get("value")),
            *((cell, entry["options"][option]) for option, cell in entry.get("cells", {}).items()),
        ]:
            if cell is not None and value is not None:
                sheet, _, place = cell.rpartition("!")
                held = value * entry.get("cell_scale", 1)
                assert book[sheet.strip("'")][place].value == pytest.approx(held), name
    changed = document(vans, "--set", "vehicles.tyres.amount.electric=95_000")["values"]
    assert changed["vehicles.tyres"]["options"]["electric"] == 95_000


def test_a_model_in_which_nothing_changes_has_no_periods() -> None:
    found = document(TEAM_CHAT)
    assert "periods" not in found and not any("series" in each for each in found["values"].values())


def test_csv_by_period_is_a_long_form(vans: Path, monthly: Path) -> None:
    rows = rows_of(monthly, "--by", "step")
    assert list(rows[0]) == ["name", "option", "period", "title", "unit", "value", "state"]
    lease = {row["period"]: float(row["value"]) for row in rows if row["name"] == "running.lease"}
    assert (len(lease), lease["start"], lease["2027-03"], lease["2027-04"]) == (73, 0, 0, 52_000)
    by_year = [row for row in rows_of(vans, "--by", "year") if row["name"] == "running.lease"]
    assert [row["period"] for row in by_year] == ["start", "2027", "2028", "2029", "2030", "2031", "2032"]
    assert float(by_year[1]["value"]) == 9 * 52_000 and by_year[1]["option"] == "leased"
    assert rows_of(monthly, "--by", "year")[0]["period"] == "2027"
    assert "period" not in rows_of(vans)[0]


def test_tables_over_time_stand_below_the_results(vans: Path, monthly: Path) -> None:
    lines = show(vans).stdout.splitlines()
    assert any(line.split() == ["vans", "Vans", "van", "25", "42", "42", "42", "42", "42"] for line in lines)
    assert "Vehicles over time, EUR" in lines and "Vehicles, over 6 years, EUR" in lines
    assert "Vehicles over time, EUR (2028)" in show(monthly, "--by", "step").stdout.splitlines()
    assert "over time" not in show(TEAM_CHAT).stdout


def test_steps_are_no_choice_of_json(vans: Path) -> None:
    result = CliRunner().invoke(cli, ["show", str(vans), "--json", "--by", "step"])
    assert result.exit_code != 0
