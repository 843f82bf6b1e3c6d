"""What the Break-even sheet shows of each pair of options."""

from __future__ import annotations

from pathlib import Path

from reportgen.brand import shipped_brand
from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.questions import BREAK_EVEN
from reportgen.workbook.build_workbook import build_grids
from reportgen.workbook.plan import FIRST, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions

MODEL = Path(__file__).parents[2] / "inputs" / "coding-agents"


def test_differences_have_the_decimals_that_they_need_and_amounts_those_of_totals() -> None:
    """A difference may be small beside the totals; the amount at a crossing is a total like those of the curve."""
    model = load_model(MODEL)[0]
    results, plan = evaluate(model), plan_workbook(model)
    grids = build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())
    cells = next(grid.cells for grid in grids if grid.name == BREAK_EVEN)
    row, column = next(at for at, cell in cells.items() if cell.content == "Managed API less Hybrid")
    last = plan.option_column("hybrid")
    differences, amounts = cells[row + 2, column], cells[row + 2, column + 3]
    assert differences.content == cells[row + 2, FIRST].content - cells[row + 2, last].content  # type: ignore[operator]
    assert (differences.number_format, amounts.number_format) == ("#,##0.00", "#,##0")
    assert amounts.number_format == cells[row + 2, FIRST].number_format
