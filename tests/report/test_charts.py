"""The chart: what it draws, what it says, and that it holds without colour."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.results import Results
from reportgen.problems import ModelError
from reportgen.report.brand import ReportBrand, contrast, luminance, report_brand
from reportgen.report.charts import draw, stacked_bars
from reportgen.report.view import ReportView, make_view
from reportgen.resources import templates_folder

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def brand() -> ReportBrand:
    return report_brand(shipped_brand())


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_chart_shows_titles_totals_and_legend(team_view: ReportView, brand: ReportBrand) -> None:
    shown = texts(draw(team_view.figure, brand))
    for text in ("Hosted", "Self-run", "Subscription", "Set-up", "€21,813", "€21,708", "incomplete", "18,720"):
        assert text in shown
    assert "1,333" not in shown, "a label in a part too narrow for it"


def test_its_alternative_comes_first_and_is_escaped(awkward: Results, brand: ReportBrand) -> None:
    figure = make_view(awkward).figure
    root = ET.fromstring(draw(figure, brand))
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == figure.alternative
    assert "<b>" in figure.alternative


def test_the_bars_are_stacked_in_the_order_of_the_model(agents: Results, brand: ReportBrand) -> None:
    figure = make_view(agents).figure
    titles = [category.quantity.title for category in agents.model.categories]
    assert [series.title for series in figure.series] == titles
    (stack,) = stacked_bars(figure, brand)["layer"][0]["transform"]
    assert stack["sort"] == [{"field": "rank", "order": "ascending"}]
    for index, option in enumerate(agents.model.option_ids):
        parts = sum(series.values[index] for series in figure.series)
        assert parts == pytest.approx(agents.value("total", option), rel=1e-12)


def test_the_same_numbers_give_the_same_drawing(team_view: ReportView, brand: ReportBrand) -> None:
    assert draw(team_view.figure, brand) == draw(team_view.figure, brand)


def test_neighbouring_colours_differ_in_greyscale(brand: ReportBrand) -> None:
    lightness = [116 * luminance(color) ** (1 / 3) - 16 for color in brand.chart]
    assert all(abs(one - other) >= 15 for one, other in pairwise(lightness))


@pytest.mark.parametrize(
    ("front", "back"),
    [("ink", "#FFFFFF"), ("muted", "#FFFFFF"), ("warning", "#FFFFFF"), ("brand", "#FFFFFF"), ("muted", "pale")],
)
def test_text_has_contrast(brand: ReportBrand, front: str, back: str) -> None:
    assert contrast(brand.palette[front], brand.palette.get(back, back)) >= 4.5


def test_what_is_no_colour_does_not_reach_the_style_sheet(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "templates"
    shutil.copytree(templates_folder(), folder)
    file = folder / "brands" / "reportgen" / "brand.yaml"
    file.write_text(file.read_text("utf-8").replace("#12355B", "red; } * { x: y"), "utf-8")
    with pytest.raises(ModelError, match="no colour"):
        shipped_brand(folder)
