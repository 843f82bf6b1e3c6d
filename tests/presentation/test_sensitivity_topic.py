"""The inputs by their effect, under the names that `--set` takes, and two of them together."""

from __future__ import annotations

from reportgen.compute.answers import evaluate
from reportgen.model.model import Model
from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.sensitivity_topic import sensitivity_topic
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import STEPS
from tests.model.samples import sample

GRID = "grid: {rows: {driver: seats, values: [100, 200]}, columns: {driver: admin, values: [60_000, 90_000]}}"
ASKED = "sensitivity: {of: total}"


def topic_of(model: Model) -> Topic:
    found = sensitivity_topic(Cells(evaluate(model), "en"))
    assert found is not None
    return found


def test_inputs_stand_by_their_effect_with_names_ends_and_sign() -> None:
    tornado = topic_of(sample()).blocks[0]
    (table,) = tornado.tables
    assert table.has_names and [row.name for row in table.rows] == ["seats", "vm_hour"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["9,254", "−26,644", "−35,899"],
        ["−430", "300", "+730"],
    ]
    assert table.rows[0].note == f"from 120 to 600{NO_BREAK}seat"
    assert "A price is missing" in tornado.text[0] and "A price is missing" in table.remark


def test_the_grid_names_the_cheapest_option_at_each_step() -> None:
    model = sample(
        (ASKED, f"sensitivity: {{of: total, {GRID}}}"),
        ("hosted: not quoted", "hosted: 0"),
    )
    (table,) = topic_of(model).blocks[1].tables
    assert (table.columns, table.heads) == (STEPS, ("€60,000 per FTE per year", "€90,000 per FTE per year"))
    assert [[(cell.text, cell.note) for cell in row.cells] for row in table.rows] == [
        [("10,333", "Hosted"), ("10,933", "Hosted")],
        [("17,508", "Self-run"), ("18,733", "Hosted")],
    ]


def test_it_is_said_that_there_is_nothing_to_vary() -> None:
    ranges = (", low: 120, high: 600", ""), (", low: 0.15, high: 0.24", "")
    block = topic_of(sample(*ranges, (ASKED, f"sensitivity: {{of: total, {GRID}}}"))).blocks[0]
    assert block.text[0].startswith("No input has a low or a high and the model sets no swing, so nothing varies")
    assert block.tables == ()
