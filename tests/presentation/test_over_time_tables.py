"""Tables of what changes over time, by year and by step."""

from __future__ import annotations

from reportgen.presentation.over_time_tables import over_time_tables
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.results_topic import totals_table
from reportgen.presentation.value_table import ValueTable
from tests.presentation.vans import MONTHLY, VANS, results_of


def tables_of(text: str, *, by_step: bool = False) -> dict[str, ValueTable]:
    return {each.id: each for each in over_time_tables(Cells(results_of(text), "en", by_step=by_step))}


def shown(table: ValueTable, title: str) -> list[str]:
    return [cell.text for row in table.rows if row.title == title for cell in row.cells]


def test_a_year_has_a_column() -> None:
    tables = tables_of(VANS)
    assert list(tables) == ["over-time-inputs", "over-time-calculations", "over-time-vehicles", "over-time-running"]
    assert tables["over-time-inputs"].heads == ("2027", "2028", "2029", "2030", "2031", "2032")
    assert shown(tables["over-time-inputs"], "Electricity") == ["0.300", "0.309", "0.318", "0.328", "0.338", "0.348"]
    vehicles = tables["over-time-vehicles"]
    assert (vehicles.heads[:2], vehicles.unit) == (("Start", "2027"), "EUR")
    assert shown(vehicles, "Vehicles in total, Electric")[:3] == ["1,800,000", "80,000", "120,000"]
    assert vehicles.rows[-1].kind == "sum"


def test_the_steps_of_each_year_are_a_table_of_their_own() -> None:
    tables = tables_of(MONTHLY, by_step=True)
    first, second = tables["over-time-vehicles-0"], tables["over-time-vehicles-1"]
    assert first.heads == ("Start", *(f"2027-{month:02}" for month in range(1, 13))) and first.part == "2027"
    assert second.heads == tuple(f"2028-{month:02}" for month in range(1, 13))
    assert shown(first, "Chargers, Electric")[:3] == ["0", "80,000", "0"]
    assert shown(second, "Chargers, Electric")[:2] == ["120,000", "0"]


def test_steps_of_a_yearly_model_are_its_years() -> None:
    assert tables_of(VANS, by_step=True) == tables_of(VANS)


def test_totals_say_what_they_add_up() -> None:
    notes = [row.note for row in totals_table(Cells(results_of(VANS), "en")).rows]
    period = "6\N{NO-BREAK SPACE}years"
    assert notes == [f"Over {period}.", f"Present value at 6% per year, over {period}.", f"On average over {period}."]
