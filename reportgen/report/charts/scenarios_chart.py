"""The totals in each scenario as a dot plot, from the rows of their table."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.formula.nodes import Key
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import TableRow
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Dot, DotRow, Dots

_HIGH, _ROW, _KEY = 780.0, 42.0, 9.0
"""Units of a drawing as high as a page, of a row, and of an option's share of a row of the key."""
_FEWEST = 4


def scenarios_chart(cells: Cells, topic: Topic) -> Iterator[Dots]:
    """A row per scenario of which something is known, with the same numbers as the table's."""
    total, outcomes, options = cells.model.headline, cells.results.scenarios, cells.model.option_ids
    rows = topic.blocks[0].tables[0].rows
    shown = tuple(
        DotRow(
            row.title,
            tuple(
                Dot(
                    place,
                    outcome.totals[option],
                    cell.text,
                    cells.results.is_incomplete(Key(total.name, option)),
                    cell.best,
                )
                for place, (option, cell) in enumerate(zip(options, row.cells, strict=True))
                if not cell.word
            ),
        )
        for outcome, row in zip(outcomes, rows, strict=True)
        if not all(cell.word for cell in row.cells)
    )
    if not shown:
        return
    most = max(_FEWEST, int((_HIGH - _KEY * len(options)) / _ROW))
    drawn = shown[:most]
    what = cells.named(cells.gettext("{total} in each scenario", total=total.title), total.unit)
    best = topic.blocks[0].tables[0].best
    remark = [cells.gettext("Bold: {what}.", what=best)] if best else []
    if any(dot.hollow for row in drawn for dot in row.dots):
        remark.append(cells.gettext("Hollow: something has no price, so the total is what is known."))
    if len(drawn) < len(shown):
        remark.append(cells.gettext("{count} of {total} are shown.", count=len(drawn), total=len(shown)))
    yield Dots(
        "figure-scenarios",
        what,
        " ".join(remark),
        cells.option_titles,
        drawn,
        make_axis(cells, "", total.unit, [dot.value for row in drawn for dot in row.dots]),
        " ".join([cells.gettext("Dot plot: {what}.", what=what), *(_in_words(cells, row) for row in rows[:most])]),
    )


def _in_words(cells: Cells, row: TableRow) -> str:
    amounts = ", ".join(f"{title} {cell.marked}" for title, cell in zip(cells.option_titles, row.cells, strict=True))
    words = cells.gettext("{row}: {amounts}.", row=row.title, amounts=amounts)
    return f"{words} {row.note}." if row.note else words
