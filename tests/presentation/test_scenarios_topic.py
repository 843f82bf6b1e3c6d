"""Scenarios side by side: totals with their differences, the names that select them, and who costs least."""

from __future__ import annotations

from reportgen.compute.answers import evaluate
from reportgen.model.model import Model
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.scenarios_topic import scenarios_topic
from reportgen.presentation.value_table import TableRow
from tests.model.samples import sample


def rows_of(model: Model) -> tuple[TableRow, ...]:
    topic = scenarios_topic(Cells(evaluate(model), "en"))
    assert topic is not None
    (table,) = topic.blocks[0].tables
    assert table.has_names and table.best == "the option that costs least"
    return table.rows


def test_each_scenario_has_its_name_and_its_difference_below_each_total() -> None:
    base, growth = rows_of(sample())
    assert (base.name, growth.name) == ("", "growth")
    assert [cell.text for cell in growth.cells] == ["40,533", "23,249"]
    assert [cell.note for cell in growth.cells] == ["+85.8%", "+7.1%"]
    assert [cell.best for cell in growth.cells] == [False, True]


def test_a_difference_to_less_than_nothing_is_an_amount() -> None:
    _, growth = rows_of(sample(("hosted: 4_000", "hosted: -100_000")))
    assert growth.cells[0].note == "+18,720"


def test_there_is_no_winner_where_every_option_lacks_a_price() -> None:
    assert {row.note for row in rows_of(sample(("self_run: 6_000", "self_run: not quoted")))} == {
        "Costs least: not known"
    }
