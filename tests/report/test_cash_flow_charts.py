"""What each category comes to in each year, as columns."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from reportgen.brand import shipped_brand
from reportgen.presentation.result_cells import Cells
from reportgen.report.charts.chart_parts import Chart, Lines, StackedColumns
from reportgen.report.charts.draw import draw, specification
from reportgen.report.charts.look import look_of
from reportgen.report.paper_topics import paper_topics
from reportgen.report.report_brand import report_brand
from tests.presentation.vans import CARBON, MONTHLY, VANS, results_of
from tests.report.drawing import Drawing
from tests.report.many_options import many_options


def charts_of(text: str) -> dict[str, Chart]:
    return paper_topics(Cells(results_of(text), "en"))[1]


def spend_of(text: str) -> StackedColumns:
    chart = charts_of(text)["figure-spend"]
    assert isinstance(chart, StackedColumns)
    return chart


def blocks_of(chart: StackedColumns) -> list[dict[str, Any]]:
    """The pieces of its columns, as they are drawn."""
    layers = specification(chart, look_of(report_brand(shipped_brand())))["layer"]
    (rows,) = [layer["data"]["values"] for layer in layers if layer["mark"]["type"] == "rect"]
    found: list[dict[str, Any]] = rows
    return found


@pytest.mark.parametrize("text", [VANS, MONTHLY], ids=["yearly", "monthly"])
def test_columns_are_the_amounts_of_each_year(text: str) -> None:
    results = results_of(text)
    chart, outcome = spend_of(text), results.cash_flow
    assert outcome is not None
    assert chart.periods == ("Start", "2027", "2028", "2029", "2030", "2031", "2032")
    for panel, option in zip(chart.panels, results.model.option_ids, strict=True):
        for values, name in zip(panel.values, outcome.parts, strict=True):
            assert values == outcome.by_year(outcome.parts[name][option])


def test_pieces_are_as_high_as_their_amounts_and_income_hangs_below() -> None:
    chart = spend_of(VANS)
    blocks = blocks_of(chart)
    assert len(blocks) == sum(1 for panel in chart.panels for part in panel.values for value in part if value)
    per_unit = (blocks[0]["y2"] - blocks[0]["y"]) / blocks[0]["value"]
    for each in blocks:
        assert each["y2"] - each["y"] == pytest.approx(abs(each["value"]) * per_unit)
    (income,) = [each for each in blocks if each["value"] < 0]
    others = [each for each in blocks if each["x"] == income["x"] and each is not income]
    assert others and all(each["y2"] <= income["y"] + 1e-9 for each in others)


def test_where_every_year_is_the_same_there_are_no_columns() -> None:
    charts = charts_of(many_options(3))
    assert "figure-spend" not in charts and isinstance(charts["figure-cash-flow"], Lines)


def test_labels_stand_apart_whatever_the_years_are_called() -> None:
    changes = ("start: 2027-01", "start: 2026-11"), ("{2027-01: 20, 2027-07", "{2026-11: 20, 2027-07")
    text = VANS.replace("horizon: 6 year", "horizon: 24 year")
    for old, new in changes:
        text = text.replace(old, new)
    chart = spend_of(text)
    assert chart.periods[:3] == ("Start", "26/27", "27/28")
    texts = Drawing(draw(chart, report_brand(shipped_brand()))).texts
    years = [each for each in texts if "/" in each.text or each.text == "Start"]
    assert len([each for each in years if each.text == "Start"]) == 2
    rows = sorted(years, key=lambda each: each.x)
    assert all(b.x - a.x > 20 for a, b in itertools.pairwise(rows))


def test_amounts_that_are_no_money_are_not_called_paid() -> None:
    charts = charts_of(CARBON)
    assert charts["figure-cash-flow"].caption == "Emissions so far, t"
    assert charts["figure-spend"].caption == "Emissions by year and category, t"
    assert charts["figure-spend"].alternative.startswith("Stacked columns: Emissions by year and category, t.")
