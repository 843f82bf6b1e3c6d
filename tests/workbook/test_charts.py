"""Charts as viewers meet them: live on cells, shown without recalculation, told in words, in the brand's colours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from reportgen.brand import shipped_brand
from reportgen.branding.color import contrast
from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.break_even import break_evens
from reportgen.compute.breakpoints import break_even_curve
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.chart_plan import from_zero
from reportgen.workbook.plan import plan_workbook
from tests.conftest import plain_book
from tests.engines.recalculation import IronCalc, Value, agree, stored_values

ROOT = Path(__file__).parents[2]
TEAM_CHAT = ROOT / "inputs" / "team-chat.yaml"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
P = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True)
class Drawn:
    """A chart of the file: its sheet, the rows and columns that it covers (from 0), its words and its XML."""

    sheet: str
    rows: range
    columns: range
    alternative: str
    xml: etree._Element

    @property
    def title(self) -> str:
        (title,) = self.xml.findall(f"{C}chart/{C}title")
        return "".join(each.text or "" for each in title.iter(f"{A}t", f"{C}v"))


def charts_of(data: bytes) -> list[Drawn]:
    """Every chart, with its sheet, in the order of the file."""
    archive = ZipFile(BytesIO(data))

    def related(part: str) -> dict[str, str]:
        folder, name = part.rsplit("/", 1)
        path = f"{folder}/_rels/{name}.rels"
        if path not in archive.namelist():
            return {}
        targets = etree.fromstring(archive.read(path)).findall(f"{P}Relationship")
        return {each.get("Id", ""): each.get("Target", "").lstrip("/") for each in targets}

    sheets = related("xl/workbook.xml")
    found = []
    for sheet in etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{S}sheet"):
        part = sheets[sheet.get(f"{R}id", "")]
        part = part if part.startswith("xl/") else f"xl/{part}"
        for drawing in (each for each in related(part).values() if "drawings/drawing" in each):
            parts = related(drawing)
            for anchor in etree.fromstring(archive.read(drawing)).findall(f"{X}twoCellAnchor"):
                (frame,) = anchor.findall(f"{X}graphicFrame")
                (chart,) = frame.iter(f"{C}chart")
                start, end = (
                    [int(anchor.findtext(f"{X}{where}/{X}{each}", "")) for each in ("row", "col")]
                    for where in ("from", "to")
                )
                (described,) = frame.iter(f"{X}cNvPr")
                xml = etree.fromstring(archive.read(parts[chart.get(f"{R}id", "")]))
                rows, columns = range(start[0], end[0]), range(start[1], end[1])
                found.append(Drawn(sheet.get("name", ""), rows, columns, described.get("descr", ""), xml))
    return found


@cache
def book_of(path: Path) -> tuple[Answers, bytes]:
    model, _ = load_model(path)
    results = evaluate(model)
    return results, plain_book(path)


@pytest.fixture
def charts(model_path: Path) -> list[Drawn]:
    return charts_of(book_of(model_path)[1])


@pytest.fixture
def stored(model_path: Path) -> dict[str, Value]:
    return stored_values(book_of(model_path)[1])


def cells(reference: str) -> list[str]:
    """`'Cash flow'!$A$1:$A$3` as the names of its cells."""
    sheet, _, area = reference.rpartition("!")
    start, _, end = area.replace("$", "").partition(":")
    places = [re.fullmatch(r"([A-Z]+)(\d+)", each) for each in (start, end or start)]
    (left, top), (right, bottom) = [(number(each[1]), int(each[2])) for each in places if each]
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    return [f"{name}!{letters(column)}{row}" for row in range(top, bottom + 1) for column in range(left, right + 1)]


def number(text: str) -> int:
    value = 0
    for each in text:
        value = value * 26 + ord(each) - 64
    return value


def letters(value: int) -> str:
    return (letters((value - 1) // 26) if value > 26 else "") + chr(65 + (value - 1) % 26)


def test_every_number_and_text_of_a_chart_is_read_from_cells_and_stored_as_they_are(
    charts: list[Drawn], stored: dict[str, Value]
) -> None:
    for chart in charts:
        assert not chart.xml.findall(f".//{C}numLit") and not chart.xml.findall(f".//{C}strLit")
        for reference in chart.xml.iter(f"{C}numRef", f"{C}strRef"):
            places = cells(reference.findtext(f"{C}f", ""))
            (cache_,) = [each for each in reference if each.tag in (f"{C}numCache", f"{C}strCache")]
            assert cache_.find(f"{C}ptCount").get("val") == str(len(places))
            shown = {int(each.get("idx", "")): each.findtext(f"{C}v", "") for each in cache_.findall(f"{C}pt")}
            for index, place in enumerate(places):
                value = stored.get(place)
                if cache_.tag == f"{C}strCache":
                    assert shown[index] == str(value), place
                elif isinstance(value, float | int):
                    assert agree(float(shown[index]), value), place
                else:
                    assert index not in shown, place


def test_every_series_has_a_title_and_a_stored_number(charts: list[Drawn]) -> None:
    for chart in charts:
        series = list(chart.xml.iter(f"{C}ser"))
        assert series
        for each in series:
            assert each.find(f"{C}tx/{C}strRef") is not None
            assert each.findall(f".//{C}numCache/{C}pt")
        orders = [each.find(f"{C}order").get("val") for each in series]
        assert len(set(orders)) == len(orders)


def test_every_chart_is_told_in_words_with_numbers(charts: list[Drawn]) -> None:
    for chart in charts:
        assert len(chart.alternative) > 60 and re.search(r"\d", chart.alternative), chart.title
    assert len({(chart.sheet, chart.alternative) for chart in charts}) == len(charts)


def test_axes_have_titles_with_units_and_formats(model_path: Path, charts: list[Drawn]) -> None:
    units = {str(each.unit) for each in load_model(model_path)[0].quantities.values()} | {"points", "%"}
    for chart in charts:
        for axis in chart.xml.iter(f"{C}valAx"):
            title = "".join(each.text or "" for each in axis.iter(f"{A}t"))
            plain = title == "Years" or "," not in title
            assert plain or title.rpartition(", ")[2] in units, title
            assert title
            assert axis.find(f"{C}numFmt").get("formatCode") not in ("", "General")
            assert axis.find(f"{C}delete").get("val") == "0"
        assert len(chart.xml.findall(f".//{C}majorGridlines")) == 1


def test_charts_stand_where_their_question_is(model_path: Path, charts: list[Drawn]) -> None:
    results, _ = book_of(model_path)
    model = results.model
    found = Counter(chart.sheet for chart in charts)
    parts = plan_workbook(model).contribution_rows
    expected = {
        "Summary": 1,
        "Totals": sum(bool(rows) for rows in parts.values()),
        "Scenarios": bool(model.scenarios),
        "Sensitivity": model.sensitivity is not None,
        "Break-even": len(model.break_evens),
        "Cash flow": model.cash_flow is not None,
        "Ranges": len(model.assessment.ranges),
        "Simulation": model.simulation is not None,
        "Scorecard": model.assessment.scorecard is not None,
    }
    assert found == {sheet: int(count) for sheet, count in expected.items() if count}


def test_no_chart_covers_a_cell_or_another_chart(charts: list[Drawn], stored: dict[str, Value]) -> None:
    filled = {place for place, value in stored.items() if value not in (None, "")}
    for chart in charts:
        for row in chart.rows:
            for column in chart.columns:
                assert f"{chart.sheet}!{letters(column + 1)}{row + 1}" not in filled, (chart.title, row, column)
    for one, other in pairwise(sorted(charts, key=lambda each: (each.sheet, each.rows.start))):
        assert one.sheet != other.sheet or one.rows.stop <= other.rows.start


def test_every_chart_is_printed_and_begins_on_a_page(model_path: Path, charts: list[Drawn]) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(BytesIO(book_of(model_path)[1]))
    for chart in charts:
        sheet = workbook[chart.sheet]
        bottom = int(re.findall(r"\d+", str(sheet.print_area))[-1])
        assert chart.rows.stop <= bottom or chart.sheet == "Totals", "the headline’s is on Summary"
        assert not any(each.id in chart.rows[1:] for each in sheet.row_breaks.brk)


def test_a_reload_keeps_every_chart(model_path: Path, charts: list[Drawn], recwarn: pytest.WarningsRecorder) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(BytesIO(book_of(model_path)[1]))
    assert sum(len(sheet._charts) for sheet in workbook.worksheets) == len(charts)
    assert not recwarn.list


def test_colours_are_the_themes_and_lines_differ_without_them(charts: list[Drawn]) -> None:
    rgb = {color[1:] for color in shipped_brand().colors.series[5:]}
    for chart in charts:
        assert {each.get("val") for each in chart.xml.iter(f"{A}srgbClr")} <= rgb
        lines = chart.xml.findall(f".//{C}scatterChart/{C}ser/{C}spPr/{A}ln")
        dashes = [line.find(f"{A}prstDash").get("val") for line in lines if line.find(f"{A}noFill") is None]
        assert len(set(dashes)) == len(dashes)


def test_neighbours_in_a_stack_differ_in_lightness() -> None:
    colors = shipped_brand().colors
    assert all(contrast(one, other) >= 1.5 for one, other in pairwise(colors.series))


def test_the_tornado_names_the_readers_choice(tmp_path: Path) -> None:
    data = book_of(TEAM_CHAT)[1]
    (tornado,) = [chart for chart in charts_of(data) if chart.sheet == "Sensitivity"]
    place = cells(tornado.xml.findtext(f"{C}chart/{C}title/{C}tx/{C}strRef/{C}f", ""))[0]
    engine = IronCalc(data, tmp_path)
    assert engine.values()[place] == tornado.title == "Sensitivity of Self-run less Hosted"
    assert engine.values_after([("Sensitivity", "A5", "Hosted")])[place] == "Sensitivity of Hosted"


def test_words_of_the_model_are_no_formula_and_no_markup() -> None:
    text = TEAM_CHAT.read_text().replace("title: Hosted,", 'title: "=1+1 <b>&",')
    model, _ = load_source(Source("model.yaml", text))
    charts = charts_of(build_workbook(evaluate(model)))
    shown = [each.text for chart in charts for each in chart.xml.iter(f"{C}v") if each.text and "<b>" in each.text]
    assert "=1+1 <b>&" in shown
    assert all("=1+1" not in (each.text or "") for chart in charts for each in chart.xml.iter(f"{C}f"))


def curve_model(rows: str) -> Model:
    text = TEAM_CHAT.read_text().replace("rows: [[0, 1], [250, 2], [1_000, 4]]", f"rows: {rows}")
    return load_source(Source("model.yaml", text))[0]


def live_crossings(data: bytes, values: dict[str, Value]) -> tuple[Value, Value]:
    """The first and the last crossing of the only pair, as the sheet has them."""
    texts = stored_values(data).items()
    (row,) = [place[len("Break-even!A") :] for place, text in texts if str(text).endswith(" break even at")]
    return values[f"Break-even!C{row}"], values[f"Break-even!D{row}"]


@pytest.mark.parametrize("rows", ["[[0, 1], [250, 2], [1_000, 4]]", "[[0, 1], [231, 2], [1_000, 4]]", "[[0, 1]]"])
def test_live_crossings_are_those_of_the_program(rows: str) -> None:
    model = curve_model(rows)
    data = build_workbook(evaluate(model))
    ((pair,),) = [outcome.pairs for outcome in break_evens(model)]
    first, last = live_crossings(data, stored_values(data))
    assert pair.first_crossing is not None and pair.sustained is not None
    assert first == pytest.approx(pair.first_crossing.at, rel=1e-6)
    assert last == pytest.approx(pair.sustained.at, rel=1e-6)


def test_live_crossings_stay_right_after_a_change(tmp_path: Path) -> None:
    results, data = book_of(TEAM_CHAT)
    plan = plan_workbook(results.model)
    place = plan.bases[Key("seat_fee")]
    found = IronCalc(data, tmp_path).values_after([(place.sheet, place.cell, 6.2)])
    changed = load_source(Source("model.yaml", TEAM_CHAT.read_text().replace("value: 6.50", "value: 6.20")))[0]
    ((pair,),) = [outcome.pairs for outcome in break_evens(changed)]
    assert pair.first_crossing is not None and pair.sustained is not None
    first, last = live_crossings(data, found)
    assert first == pytest.approx(pair.first_crossing.at, rel=1e-6)
    assert last == pytest.approx(pair.sustained.at, rel=1e-6)


def test_a_step_is_drawn_as_a_step() -> None:
    """Between two points of the curve no step of the table may lie, or it would be a slope."""
    model, _ = load_model(TEAM_CHAT)
    (outcome,) = break_evens(model)
    points = [value for value, _ in break_even_curve(model, BASE_SCENARIO, outcome).curve]
    for step in (250.0, 1_000.0):
        before, after = max(x for x in points if x < step), min(x for x in points if x > step)
        assert after - before < 1e-5


def test_no_crossing_is_said_in_the_legend() -> None:
    text = TEAM_CHAT.read_text().replace("from: 50, to: 2_000", "from: 50, to: 60")
    model, _ = load_source(Source("model.yaml", text))
    data = build_workbook(evaluate(model))
    (chart,) = [each for each in charts_of(data) if each.sheet == "Break-even"]
    assert "Break-even of Hosted and Self-run: none" in [each.text for each in chart.xml.iter(f"{C}v")]
    assert live_crossings(data, stored_values(data)) == ("no crossing", "no crossing")


def test_the_same_model_gives_the_same_charts() -> None:
    one, other = (ZipFile(BytesIO(build_workbook(book_of(TEAM_CHAT)[0]))) for _ in range(2))
    names = [name for name in one.namelist() if "charts/" in name]
    assert names and all(one.read(name) == other.read(name) for name in names)


# ---- where axes begin


def value_axis(chart: Drawn) -> tuple[str | None, str | None]:
    """The stated ends of the axis along which bars are long, or lines high."""
    axis = chart.xml.findall(f".//{C}valAx")[-1]
    ends = (axis.find(f"{C}scaling/{C}{end}") for end in ("min", "max"))
    low, high = (None if each is None else each.get("val") for each in ends)
    return low, high


def bar_charts(path_or_text: Path | str) -> list[Drawn]:
    if isinstance(path_or_text, Path):
        data = book_of(path_or_text)[1]
    else:
        model, _ = load_source(Source("model.yaml", path_or_text))
        data = build_workbook(evaluate(model))
    return [each for each in charts_of(data) if each.xml.find(f".//{C}barChart") is not None]


def with_credit(scenario_only: bool) -> str:
    """Two prices close together, and a credit that makes the total negative: always, or in a scenario only."""
    return f"""\
reportgen: 1
id: credit
title: A credit
as_of: 2026-06-30
currency: EUR
options: {{a: {{title: A}}, b: {{title: B}}}}
subject: a
assumptions:
  g: {{title: G, inputs: {{credit: {{title: Credit, value: {0 if scenario_only else 230_000}, unit: EUR/year}}}}}}
categories:
  fees: {{title: Fees, unit: EUR/year, items: {{fee: {{title: Fee, costs: {{a: 100_000, b: 98_000}}}}}}}}
  back: {{title: Credit, unit: EUR/year, items: {{credit: {{title: Credit, costs: {{a: 0 - credit, b: 0 - credit}}}}}}}}
totals:
  total: {{title: Total, unit: EUR/year, formula: fees + back}}
scenarios:
  more: {{title: More credit, set: {{credit: 230_000}}}}
"""


def test_bars_begin_at_0_also_where_prices_lie_close_together() -> None:
    shown = bar_charts(ROOT / "tests" / "cases" / "06b-axis.yaml")
    assert {each.sheet for each in shown} == {"Summary", "Totals"}
    assert {value_axis(each) for each in shown} == {("0", None)}


def test_bars_begin_at_0_in_every_chart_but_the_one_of_changes(model_path: Path) -> None:
    for chart in bar_charts(model_path):
        if chart.sheet != "Sensitivity":
            begin, end = value_axis(chart)
            assert begin == "0" or (begin, end) == (None, None), chart.sheet  # bars on both sides of it, which have it


def test_an_axis_with_bars_on_both_sides_of_0_goes_along_with_changes() -> None:
    """The stack has parts on both sides; so have the totals of the scenarios, once one of them differs."""
    for chart in bar_charts(with_credit(scenario_only=False)):
        assert value_axis(chart) == ((None, None) if chart.sheet in ("Summary", "Totals") else (None, "0")), chart.sheet


def test_a_stated_end_leaves_room_for_what_is_negative_in_a_scenario() -> None:
    ends = {chart.sheet: value_axis(chart) for chart in bar_charts(with_credit(scenario_only=True))}
    assert ends == {"Summary": ("-300000", None), "Totals": ("-300000", None), "Scenarios": (None, None)}


def test_years_and_what_is_paid_in_them_begin_at_0(model_path: Path) -> None:
    for chart in charts_of(book_of(model_path)[1]):
        if chart.sheet == "Cash flow":
            along, up = chart.xml.findall(f".//{C}valAx")
            assert [each.find(f"{C}scaling/{C}min").get("val") for each in (along, up)] == ["0", "0"]


def test_the_ends_of_an_axis_include_0() -> None:
    assert from_zero([96.0, 98.0]) == (0.0, None)
    assert from_zero([96.0, None], [-25.0]) == (-30.0, None)
    assert from_zero([-96.0, -98.0]) == (None, 0.0)
    assert from_zero([-96.0, -98.0], [0.012]) == (None, 0.02)
    assert from_zero([-1.0, 1.0], [-50.0]) == (None, None)
    assert from_zero([]) == from_zero([0.0, 0.0]) == (0.0, None)


def test_titles_of_charts_that_follow_the_scenario_name_it(tmp_path: Path) -> None:
    data = book_of(TEAM_CHAT)[1]
    titles = {}
    for chart in charts_of(data):
        if chart.sheet in ("Summary", "Totals", "Break-even", "Cash flow"):
            place = cells(chart.xml.findtext(f"{C}chart/{C}title/{C}tx/{C}strRef/{C}f", ""))[0]
            assert chart.title.endswith(", Base"), chart.title
            titles[place] = chart.title.removesuffix("Base") + "Doubled team"
    shown = IronCalc(data, tmp_path).values_after([("Summary", "B4", "Doubled team")])
    assert titles and {place: shown[place] for place in titles} == titles
