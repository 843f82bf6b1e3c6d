"""The charts: that bars are as long as the results, that labels have room, and what is said of a chart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from PIL import ImageFont

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers
from reportgen.presentation.value_table import TableCell
from reportgen.report.article.dark import dark_brand
from reportgen.report.charts.chart_parts import (
    Axis,
    Bar,
    Base,
    Chart,
    Curves,
    Dot,
    DotRow,
    Dots,
    Line,
    Lines,
    Point,
    Spread,
    StackedBars,
    StackSeries,
    Tornado,
)
from reportgen.report.charts.chart_set import charts_of, drawn
from reportgen.report.charts.draw import draw, specification
from reportgen.report.charts.look import look_of
from reportgen.report.report_brand import ReportBrand, report_brand
from reportgen.report.report_settings import ReportSettings
from reportgen.report.view import ReportView, make_view
from tests.presentation.vans import VANS
from tests.report.conftest import results_of
from tests.report.crowded import crowded_model
from tests.report.many_options import TITLES, many_options

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def brand() -> ReportBrand:
    return report_brand(shipped_brand())


@pytest.fixture(scope="module")
def crowded() -> ReportView:
    return make_view(results_of(many_options(7)))


@pytest.fixture(scope="module")
def wide() -> ReportView:
    """Titles of the most and the widest letters that there may be."""
    return make_view(results_of(crowded_model()))


@pytest.fixture(scope="module")
def pair() -> ReportView:
    return make_view(results_of(many_options(2)), ReportSettings(shipped_brand(), locale="de"))


@pytest.fixture(scope="module")
def over_time() -> ReportView:
    return make_view(results_of(VANS), ReportSettings(shipped_brand(), locale="de"))


@pytest.fixture(scope="module")
def many_over_time() -> ReportView:
    """A price that grows, over thirty years."""
    text = many_options(7).replace("horizon: 3 year", "horizon: 30 year")
    return make_view(results_of(text.replace("unit: USD/task, low", "unit: USD/task, growth: 3 %/year, low")))


@pytest.fixture(scope="module")
def agents_view(agents: Answers) -> ReportView:
    return make_view(agents)


def check_labels(id_: str, svg: str, brand: ReportBrand) -> None:
    """That every text stands inside the drawing and on no other."""
    root = ET.fromstring(svg)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert width == pytest.approx(600, abs=0.1), id_
    found = list(boxes(svg, brand))
    assert len(found) >= 4
    for text, (left, top, right, bottom) in found:
        assert left >= -1 and top >= -1, (id_, text)
        assert right <= width + 1 and bottom <= height + 1, (id_, text)
    for (one, a), (other, b) in combinations(found, 2):
        apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] + 0.5 or b[3] <= a[1] + 0.5
        assert apart, (id_, one, other)


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]


@cache
def pen(file: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), round(size * 10))


def boxes(svg: str, brand: ReportBrand) -> Iterator[tuple[str, Box]]:
    """Each line of text with its box in the drawing, measured by FreeType."""
    faces = {face.weight: face.file for face in brand.files if face.family == brand.fonts["text"]}
    faces |= {face.weight: face.file for face in brand.files if face.style == "normal" and face.weight not in faces}

    def walk(node: ET.Element, x: float, y: float) -> Iterator[tuple[str, Box]]:
        moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if node.tag == f"{SVG}text":
            size = float(node.get("font-size", "").removesuffix("px"))
            file = faces[int(node.get("font-weight", "400"))]
            down = 0.0
            for line in [node] if node.text else list(node):
                down += float(line.get("dy", 0)) if line is not node else 0
                text = line.text or ""
                width = pen(file, size).getlength(text) / 10
                left = x - {"start": 0.0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
                yield text, (left, y + down - 0.7 * size, left + width, y + down + 0.1 * size)
        for each in node:
            yield from walk(each, x, y)

    yield from walk(ET.fromstring(svg), 0.0, 0.0)


AXIS = Axis("Total, EUR/year", 0, 100, 0, 20, ("0", "20", "40", "60", "80", "100"))
ENDS = (TableCell("€70", mark="incomplete"), TableCell("€70"))
COST = StackSeries("Cost", (100.0, 80.0), ("100", "80"))
CREDIT = StackSeries("Credit", (-30.0, -10.0), ("−30", "−10"))
LONG = "Option with a long name, number {}, which nobody can read in so little room"
EXTREMES: tuple[Chart, ...] = (
    StackedBars("nothing", "", ("A", "B"), (), ENDS, ""),
    StackedBars("zero", "", ("A", "B"), (StackSeries("S", (0.0, 0.0), ("0", "0")),), ENDS, ""),
    StackedBars("credit", "", ("A", "B"), (COST, CREDIT, CREDIT), ENDS, ""),
    StackedBars("credit-only", "", ("A", "B"), (CREDIT,), ENDS, ""),
    Dots(
        "same", "", "", ("A", "B"), (DotRow("R", (Dot(0, 5, "5", False, True), Dot(1, 5, "5", True, True))),), AXIS, ""
    ),
    Tornado("flat", "", "", (Bar("X", 50, 50, "1", "2", "%"),), Base(50, "50"), AXIS, "", ("low", "high")),
    Tornado("aside", "", "", (Bar("X", 60, 90, "1", "2"),), Base(50, "50"), AXIS, "", ("low", "high")),
    Lines("one", "", "", (Line("A", ((0, 50), (100, 50)), 0),) * 2, (Point(50, 50, "here"),), AXIS, AXIS, ""),
    Lines("key", "", "", tuple(Line(LONG.format(n), ((0, 5), (100, 50 + n)), n) for n in range(7)), (), AXIS, AXIS, ""),
    Lines("heap", "", "", tuple(Line(f"N{n}", ((0, n), (100, 50)), n) for n in range(7)), (), AXIS, AXIS, ""),
    Curves(
        "still",
        "",
        "",
        (Line("A", ((5, 1), (5, 99)), 0),),
        (Spread(Point(5, 10, "5"), Point(5, 50, "5"), Point(5, 90, "5")),),
        ("P10", "P50", "P90"),
        AXIS,
        AXIS,
        "",
    ),
)


@pytest.mark.parametrize("chart", EXTREMES, ids=lambda chart: chart.id)
def test_extremes_are_drawn_within_the_frame(chart: Chart, brand: ReportBrand) -> None:
    check_labels(chart.id, draw(chart, brand), brand)


def test_what_is_below_nothing_stands_left_of_it(brand: ReportBrand) -> None:
    (layer,) = [each for each in specification(EXTREMES[2], look_of(brand))["layer"] if each["mark"]["type"] == "bar"]
    first = [(row["start"], row["end"]) for row in layer["data"]["values"] if row["row"] == 0]
    assert first == [(0, 100), (0, -30), (-30, -60)]


def test_names_stand_at_the_ends_of_lines_unless_they_would_collide(crowded: ReportView, brand: ReportBrand) -> None:
    found = {chart.id: chart for chart in (*charts_of(crowded), *EXTREMES)}
    for id_, keyed in (("key", True), ("heap", True), ("one", False), ("figure-cash-flow", False)):
        chart = found[id_]
        assert isinstance(chart, Lines)
        tops = {text: top for text, (_, top, *_) in boxes(draw(chart, brand), brand)}
        axis_title = tops[AXIS.title if chart.y is AXIS else chart.y.title]
        first = chart.lines[0].title
        assert any(top < axis_title for text, top in tops.items() if text.startswith(first[:8])) == keyed, id_


@pytest.mark.parametrize("which", ["crowded", "wide", "pair", "agents_view", "over_time", "many_over_time"])
def test_no_label_lies_on_another_or_is_cut_off(which: str, brand: ReportBrand, request: pytest.FixtureRequest) -> None:
    view: ReportView = request.getfixturevalue(which)
    for id_, svg in drawn(view, brand).items():
        check_labels(id_, svg, brand)


def test_every_kind_of_chart_is_there(crowded: ReportView) -> None:
    ids = {chart.id for chart in charts_of(crowded)}
    assert ids == {
        "figure-totals",
        "figure-scenarios",
        "figure-tornado",
        "figure-break-even-along",
        "figure-cash-flow",
        "figure-simulation",
        "figure-coverage",
        "figure-scorecard",
    }


def test_columns_are_drawn_where_years_differ(over_time: ReportView, many_over_time: ReportView) -> None:
    for view in (over_time, many_over_time):
        assert "figure-spend" in {chart.id for chart in charts_of(view)}


def test_the_chart_shows_titles_totals_and_key(
    team_view: ReportView, agents_view: ReportView, brand: ReportBrand
) -> None:
    shown = texts(draw(team_view.figure, brand))
    for text in ("Hosted", "Self-run", "Subscription", "Set-up", "€21,813", "€21,708", "incomplete", "18,720"):
        assert text in shown
    platform = agents_view.figure.series[0]
    assert platform.texts[1] in texts(draw(agents_view.figure, brand))
    assert platform.texts[2] not in texts(draw(agents_view.figure, brand)), "a label in a part too narrow for it"


def test_bars_are_as_long_as_the_results(agents: Answers, agents_view: ReportView, brand: ReportBrand) -> None:
    figure = agents_view.figure
    titles = [category.quantity.title for category in agents.model.categories]
    assert [series.title for series in figure.series] == titles
    (layer,) = [each for each in specification(figure, look_of(brand))["layer"] if each["mark"]["type"] == "bar"]
    for index, option in enumerate(agents.model.option_ids):
        parts = [row for row in layer["data"]["values"] if row["row"] == index]
        assert [row["series"] for row in parts] == sorted(row["series"] for row in parts)
        assert parts[-1]["end"] == pytest.approx(agents.value("total", option), rel=1e-12)
        for row in parts:
            assert row["end"] - row["start"] == pytest.approx(figure.series[row["series"]].values[index], rel=1e-9)
    drawn_bars = re.findall(r'd="M([-\d.]+),[-\d.]+h([-\d.]+)v', draw(figure, brand))
    ends = [float(start) + float(width) for start, width in drawn_bars]
    longest = max(agents.value("total", option) for option in agents.model.option_ids)
    for option in agents.model.option_ids:
        share = agents.value("total", option) / longest
        assert any(end == pytest.approx(max(ends) * share, abs=0.05) for end in ends)


def test_the_look_is_a_valid_specification_in_real_colours(crowded: ReportView, brand: ReportBrand) -> None:
    for chart in charts_of(crowded):
        found = specification(chart, look_of(brand))
        assert found["$schema"].endswith("/v5.json")
        assert "role-ink" not in str(found).replace(TITLES[6], "")


def test_alternatives_tell_the_numbers(crowded: ReportView, brand: ReportBrand) -> None:
    found: dict[str, Chart] = {chart.id: chart for chart in charts_of(crowded)}
    for total in crowded.figure.totals:
        assert total.text in crowded.figure.alternative
    for chart in found.values():
        root = ET.fromstring(draw(chart, brand))
        assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{chart.id}-title")
        assert (root[0].tag, root[0].text, root[0].get("id")) == (f"{SVG}title", chart.alternative, f"{chart.id}-title")
        assert (root[1].tag, root[1].text) == (f"{SVG}desc", chart.caption)
        topics = [topic for each in crowded.topics.values() for topic in each]
        tables = [table for topic in topics for block in topic.blocks for table in block.tables]
        assert tables, "the data stand nearby"
    scenarios = found["figure-scenarios"]
    assert "Twice as many tasks: Managed platform 617.78" in scenarios.alternative
    assert "433.89 (incomplete)" in scenarios.alternative
    assert "P10 505.47, P50 583.80, P90 737.28" in found["figure-simulation"].alternative
    assert "Option E: no score" in found["figure-scorecard"].alternative


def test_charts_speak_the_readers_language(pair: ReportView, brand: ReportBrand) -> None:
    assert "522,78\N{NO-BREAK SPACE}$" in texts(draw(pair.figure, brand))
    assert "522,78\N{NO-BREAK SPACE}$" in pair.figure.alternative


def test_an_svg_is_safe_to_stand_in_any_page(crowded: ReportView, brand: ReportBrand) -> None:
    ids: list[str] = []
    for svg in drawn(crowded, brand).values():
        assert not re.search(r"<(?:script|foreignObject|filter|image|use|style|b|i)\b|href=|url\(|class=", svg)
        assert "role-" not in re.sub(r">[^<]*<", "><", svg), "a colour that was not filled in"
        ids += re.findall(r'\bid="([^"]*)"', svg)
    assert len(ids) == len(set(ids)) == 8
    assert TITLES[6] in texts(draw(crowded.figure, brand)), "a title that looks like an attribute stays as it is"
    hostile = replace(crowded.figure, caption="<b>&", alternative='</title><script>"')
    assert "<script>" not in draw(hostile, brand)
    ET.fromstring(draw(hostile, brand))


def test_the_same_numbers_give_the_same_drawing(team_view: ReportView, brand: ReportBrand) -> None:
    from reportgen.report.charts import draw as charts

    before = drawn(team_view, brand)
    charts._drawn.cache_clear()
    assert drawn(team_view, brand) == before


def test_palettes_change_colours_only(team_view: ReportView, brand: ReportBrand) -> None:
    from reportgen.report.charts import draw as charts

    light = drawn(team_view, brand)
    missed = charts._drawn.cache_info().misses
    dark = drawn(team_view, dark_brand(brand))
    assert charts._drawn.cache_info().misses == missed, "drawn twice"
    assert dark != light
    color = re.compile("#[0-9A-F]{6}")
    assert {id_: color.sub("", svg) for id_, svg in dark.items()} == {id_: color.sub("", s) for id_, s in light.items()}
