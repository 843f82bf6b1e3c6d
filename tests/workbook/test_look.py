"""The look of workbooks: theme, styles, navigation and print set-up of every sheet, and texts that have their room."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook import Workbook

from reportgen.brand import Brand, shipped_brand, shipped_names
from reportgen.branding.color import contrast, tinted
from reportgen.branding.contrast import faint_pairs
from reportgen.branding.logo import as_png
from reportgen.compute.answers import evaluate
from reportgen.formula.units import parse_unit
from reportgen.model.load import load_model
from reportgen.workbook.build_workbook import build_grids, build_workbook
from reportgen.workbook.fit import ROW_HEIGHT, Choices, fit
from reportgen.workbook.grid import Cell, Content, Grid, Style
from reportgen.workbook.number_formats import input_format, result_format, with_currency
from reportgen.workbook.paper import DEFAULT_WIDTH, LONG, ON_SCREEN, PER_CHARACTER, SHORT, SIDES, paper_of
from reportgen.workbook.plan import BACK_ROW, GUIDE, HEAD_ROW, LABEL, SUMMARY, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.styles import KINDS, looks, named_styles
from reportgen.workbook.table_heads import frozen_rows
from reportgen.workbook.text_width import lines_of, width_of
from reportgen.workbook.theme import SLOTS, Theme, theme_colors, theme_part, tint_to
from tests.conftest import plain_book
from tests.model.samples import SAMPLE_PATH, load, sample

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def opened(path: Path) -> Workbook:
    return openpyxl.load_workbook(BytesIO(plain_book(path)))


@cache
def grids(path: Path) -> tuple[Grid, ...]:
    model, _ = load_model(path)
    results, plan = evaluate(model), plan_workbook(model)
    return build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())


def part(path: Path, name: str) -> Any:
    with ZipFile(BytesIO(plain_book(path))) as archive:
        return etree.fromstring(archive.read(name))


# The theme and the styles


def test_the_theme_has_the_colours_and_fonts_of_the_brand(model_path: Path) -> None:
    theme, brand = part(model_path, "xl/theme/theme1.xml"), shipped_brand()
    (scheme,) = theme.iter(f"{DRAWING}clrScheme")
    found = {each.tag.removeprefix(DRAWING): "#" + each[0].get("val") for each in scheme}
    assert found == theme_colors(brand.colors)
    assert list(found) == ["dk1", "lt1", "dk2", "lt2", *SLOTS[4:]], "the order that the schema has"
    fonts = {each.get("typeface") for each in theme.iter(f"{DRAWING}latin")}
    assert fonts == {brand.fonts.workbook}


def test_styles_refer_to_the_theme(model_path: Path) -> None:
    """All but what warns or reassures, whose colours are no matter of taste."""
    styles, brand = part(model_path, "xl/styles.xml"), shipped_brand()
    theme = Theme(brand)
    kept = {theme.success.rgb, theme.danger.rgb, theme.success_fill.rgb, theme.danger_fill.rgb}
    colors = [
        each for each in styles.iter() if each.tag in {f"{SHEET}{tag}" for tag in ("color", "fgColor", "bgColor")}
    ]
    typed = {each.get("rgb") for each in colors if each.get("theme") is None and each.get("rgb")}
    defaults = {"00000000", None}
    assert typed - defaults <= kept
    assert sum(each.get("theme") is not None for each in colors) > 30


def test_a_brand_of_other_colours_changes_the_theme_and_no_cell() -> None:
    model, _ = load_model(SAMPLE_PATH)
    brand = shipped_brand()
    other = Brand("Other", None, replace(brand.colors, primary="#101820"), brand.fonts, "", ())
    data = build_workbook(evaluate(model), brand=other)
    with ZipFile(BytesIO(data)) as new, ZipFile(BytesIO(plain_book(SAMPLE_PATH))) as old:
        for name in old.namelist():
            if name.startswith("xl/worksheets/sheet") and not name.endswith("sheet1.xml"):
                strip = re.compile(rb"<headerFooter>.*?</headerFooter>")
                assert strip.sub(b"", new.read(name)) == strip.sub(b"", old.read(name)), name
        assert b"101820" in new.read("xl/theme/theme1.xml")
        assert not any("media" in name for name in new.namelist())


def test_built_in_styles_remain(model_path: Path) -> None:
    names = {
        each.get("name"): each.get("builtinId") for each in part(model_path, "xl/styles.xml").iter(f"{SHEET}cellStyle")
    }
    wanted = {"Input": 20, "Output": 21, "Calculation": 22, "Check Cell": 23, "Linked Cell": 24, "Explanatory Text": 53}
    assert {name: names[name] for name in wanted} == {name: str(number) for name, number in wanted.items()}


def looks_of(brand: Brand) -> dict[Style, dict[str, Any]]:
    """Of each kind of cell what its style says, with what it inherits."""
    theme = Theme(brand)
    named, found = named_styles(theme), dict[Style, dict[str, Any]]()
    for style, (name, changes) in looks(theme).items():
        inherited = ("font", "fill", "border", "alignment") if name in named else ()
        found[style] = {each: getattr(named[name], each) for each in inherited} | changes
    return found


def faint_styles(brand: Brand) -> dict[str, float]:
    """Kinds of cells whose text is too faint on their fill."""
    theme, faint = Theme(brand), {}
    for style, look in looks_of(brand).items():
        fill = look.get("fill")
        ground = theme.paper
        if fill is not None and fill.fill_type:
            ground = fill.fgColor if fill.fill_type == "solid" else fill.bgColor
        ratio = contrast(theme.shown(look["font"].color), theme.shown(ground))
        if ratio < 4.5:
            faint[style.value] = ratio
    ratio = contrast(theme.shown(theme.danger), theme.shown(theme.danger_fill))
    return faint | ({"warning": ratio} if ratio < 4.5 else {})


@pytest.mark.parametrize("name", shipped_names())
def test_text_has_contrast_on_its_fill(name: str) -> None:
    assert faint_styles(shipped_brand(name=name)) == {}


def test_text_has_contrast_in_every_brand_that_passes() -> None:
    """The pairs that are checked when a brand is read are all that meet in a workbook."""
    brand, chance, passed = shipped_brand(), random.Random(6), 0
    ranges = {"foreground": (0, 90), "primary": (0, 160), "accent": (0, 255), "muted": (0, 140), "link": (0, 180)}
    ranges |= {"success": (0, 150), "danger": (0, 190), "surface": (200, 255)}
    while passed < 100:
        drawn = {role: "#" + bytes(chance.randint(*each) for _ in range(3)).hex() for role, each in ranges.items()}
        series = tuple("#" + bytes(chance.randint(0, 200) for _ in range(3)).hex() for _ in range(6))
        colors = replace(brand.colors, **drawn, series=series)
        if not faint_pairs(colors):
            passed += 1
            assert faint_styles(replace(brand, colors=colors)) == {}, colors


def test_words_in_place_of_costs_differ_by_more_than_colour() -> None:
    found = looks_of(shipped_brand())

    def shape(style: Style) -> tuple[object, ...]:
        look = found[style]
        font, fill = look["font"], look.get("fill")
        return font.b, font.i, font.sz, fill.fill_type if fill else None

    words = (Style.INCLUDED, Style.NONE, Style.UNQUOTED)
    assert all(shape(one) != shape(other) for one, other in combinations(words, 2))


def test_tints_are_what_viewers_make_of_them() -> None:
    assert tinted("#000000", 0.5) == "#808080"
    assert tinted("#FFFFFF", -0.5) == "#808080"
    assert tinted("#12355B", 0.0) == "#12355B"
    assert tinted("#56616F", tint_to("#56616F", "#C9D1DA"))[1:3] == "CC"


def test_a_theme_that_lacks_a_part_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.workbook import theme

    monkeypatch.setattr(theme, "theme_xml", "<a:theme/>")
    with pytest.raises(ValueError, match="0 parts clrScheme"):
        theme_part(shipped_brand())


# Finding one's way, and paper


def test_every_sheet_has_a_way_back_in_the_same_cell(model_path: Path) -> None:
    for sheet in opened(model_path).worksheets[1:]:
        cell = sheet.cell(BACK_ROW, LABEL)
        assert cell.value == f"← {SUMMARY}", sheet.title
        assert cell.hyperlink.location == f"'{SUMMARY}'!A1" and not cell.hyperlink.target, sheet.title
        assert BACK_ROW <= HEAD_ROW, "it stays in sight"


def test_guide_leads_to_every_sheet_and_shows_the_colour_of_its_tab(model_path: Path) -> None:
    book = opened(model_path)
    rows = {cell.value: cell for (cell,) in book[GUIDE].iter_rows(min_row=HEAD_ROW, max_col=1) if cell.hyperlink}
    assert list(rows) == [sheet for sheet in book.sheetnames if sheet != GUIDE]
    for sheet in book.worksheets:
        if sheet.title == GUIDE:
            continue
        cell = rows[sheet.title]
        assert cell.hyperlink.location == "'" + sheet.title.replace("'", "''") + "'!A1"
        kind = book[GUIDE].cell(cell.row, 2)
        bar, tab = kind.border.left, sheet.sheet_properties.tabColor
        assert bar.style == "thick" and kind.value and book[GUIDE].cell(cell.row, 3).value
        assert (bar.color.theme, bar.color.tint) == (tab.theme, tab.tint), sheet.title


def test_summary_leads_to_guide_and_to_the_main_sheets(model_path: Path) -> None:
    book = opened(model_path)
    links = {cell.value: cell.hyperlink.location for (cell,) in book[SUMMARY].iter_rows(max_col=1) if cell.hyperlink}
    assert {GUIDE, "Assumptions", "Totals", "Inputs", "Checks"} <= links.keys() <= set(book.sheetnames)
    assert all(target == f"'{name}'!A1" for name, target in links.items())


SCREEN = (1366 - 30 - 20, 33 * 20)
"""Pixels of a small screen that cells have: without heads of rows and a scroll bar; 33 rows of Excel's usual height."""


def of_seven_options() -> Grid:
    titles = ("two", "three", "four", "five", "six")
    options = "".join(f"\n  {each}: {{title: Option {each}, summary: One more}}" for each in titles)
    text = SAMPLE_PATH.read_text(encoding="utf-8")
    text = text.replace("options:", "options:" + options, 1)
    for costs in set(re.findall(r"\{hosted: [^{}]*self_run: [^{}]*\}", text)):
        more = "".join(f", {each}: none" for each in titles)
        if "title" not in costs:
            text = text.replace(costs, costs[:-1] + more + "}")
    model = load(text)
    results, plan = evaluate(model), plan_workbook(model)
    return build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())[0]


def pixels(grid: Grid) -> tuple[float, float]:
    """Width and height of a sheet's cells and charts at 100 %."""
    last = max(*(column for _, column in grid.cells), *(chart.columns[1] for chart in grid.charts))
    rows = max(*(row for row, _ in grid.cells), *(chart.rows[1] for chart in grid.charts))
    wide = sum(7 * grid.widths.get(column, DEFAULT_WIDTH) + 5 for column in range(1, last + 1))
    return wide, sum(grid.heights.get(row, ROW_HEIGHT) for row in range(1, rows + 1)) * 96 / 72


def test_summary_is_one_screen(model_path: Path) -> None:
    wide, tall = pixels(grids(model_path)[0])
    assert wide <= SCREEN[0] and tall <= SCREEN[1]


def test_summary_of_seven_options_is_one_screen_and_one_page() -> None:
    summary = of_seven_options()
    wide, tall = pixels(summary)
    heads = [cell for (row, _), cell in summary.cells.items() if row == HEAD_ROW and cell.style is Style.HEAD_NUMBER]
    assert len(heads) == 7
    assert wide <= SCREEN[0] and tall <= SCREEN[1]
    assert paper_of(summary).areas[0].right == 9 and summary.one_page


def test_kinds_of_sheets_have_colours_of_their_own() -> None:
    theme = Theme(shipped_brand())
    assert set(KINDS.values()) == set(theme.tabs)
    assert len({theme.shown(color) for color in theme.tabs.values()}) == len(theme.tabs)


def test_every_sheet_is_set_up_for_screen_and_paper(model_path: Path) -> None:
    for grid, sheet in zip(grids(model_path), opened(model_path).worksheets, strict=True):
        name, set_up = sheet.title, sheet.page_setup
        assert sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes)) == frozen_rows(grid) + 1, name
        assert sheet.print_area and bool(sheet.print_title_rows) == (name not in ON_SCREEN), name
        assert set_up.paperSize == 9 and set_up.orientation in ("portrait", "landscape"), name
        if name == SUMMARY:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (set_up.fitToWidth, set_up.fitToHeight) == (1, 1)
        else:
            assert 50 <= set_up.scale <= 100, name
        assert sheet.oddHeader.right.text == shipped_brand().footer, name
        assert (sheet.oddFooter.center.text, sheet.oddFooter.right.text) == ("&A", "Page &P of &N"), name
        assert sheet.oddFooter.left.text, name
        assert not sheet.sheet_view.showGridLines, name
        assert not sheet.merged_cells.ranges, name


def test_no_type_on_paper_is_below_seven_points(model_path: Path) -> None:
    """The size in its cell times the scale that it is printed at."""
    for grid, sheet in zip(grids(model_path), opened(model_path).worksheets, strict=True):
        if grid.name in ON_SCREEN:
            continue
        scale = paper_of(grid).scale if grid.one_page else sheet.page_setup.scale / 100
        for area in sheet.print_area.split(","):
            for row in sheet[area.rpartition("!")[2]]:
                for cell in row:
                    if cell.value is not None:
                        assert cell.font.sz * scale >= 6.99, f"{sheet.title}!{cell.coordinate}"


def test_pages_have_all_their_columns(model_path: Path) -> None:
    """Of a sheet on one page's width; one that goes on beside repeats what its rows are."""
    for grid, sheet in zip(grids(model_path), opened(model_path).worksheets, strict=True):
        paper = paper_of(grid)
        edge = SHORT if paper.portrait else LONG
        wide = PER_CHARACTER * sum(grid.widths.get(at, DEFAULT_WIDTH) for at in range(1, paper.areas[0].right + 1))
        assert wide * paper.scale <= edge - SIDES or sheet.print_title_cols, grid.name


def test_charts_are_whole_and_not_alone_on_their_pages() -> None:
    """A chart that would be cut begins a page, with what belongs to it where that is close."""
    grid = Grid("Sheet", "result")
    for row in range(1, 40):
        grid.put(row, 1, "text", Style.HEADING if row in (10, 35) else Style.LABEL)
    grid.widths[1] = 60.0
    chart = SimpleNamespace(rows=(40, 60), columns=(1, 3))
    grid.charts.append(cast("Any", chart))
    paper = paper_of(grid)
    assert all(row <= 34 for row in paper.breaks) and paper.areas[0].bottom == 60


def test_the_logo_is_the_brands_and_said_in_words(model_path: Path) -> None:
    logos = shipped_brand().logo
    assert logos is not None
    logo = as_png(logos.light)
    with ZipFile(BytesIO(plain_book(model_path))) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        assert [archive.read(name) for name in media] == [logo.data]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    described = re.findall(r'<[a-z:]*cNvPr id="\d+" name="([A-Za-z]+) \d+" descr="([^"]+)"', drawing)
    assert {kind for kind, _ in described} == {"Chart", "Image"}
    assert ("Image", logo.alternative) in described


# Number formats


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.00042, "USD/run", "#,##0.00000"),
        (1.5, "USD/Mtoken", "#,##0.00"),
        (50_000, "run/month", "#,##0"),
        (8, "h/month", "#,##0"),
        (20, "%", "#,##0%"),
        (12.5, "%", "#,##0.0%"),
    ],
)
def test_inputs_are_shown_as_written(value: float, unit: str, expected: str) -> None:
    assert input_format(value, parse_unit(unit)) == expected


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ((204_877.3, 127_652.9), "EUR/year", "#,##0"),
        ((3_003.333, 12.0), "EUR/month", "#,##0.00"),
        ((0.00042, 0.0), "EUR/run", "#,##0.000000"),
        ((37.66, 24.3), "%", "#,##0.0%"),
        ((3.0, 5.0), "server", "#,##0"),
    ],
)
def test_results_beside_each_other_share_a_format(values: tuple[float, ...], unit: str, expected: str) -> None:
    assert result_format(values, parse_unit(unit)) == expected


@pytest.mark.parametrize(
    ("unit", "sign"), [("EUR/month", "€"), ("USD", "$"), ("CHF/year", "CHF"), ("kEUR", ""), ("run/EUR", ""), ("%", "")]
)
def test_totals_carry_their_currency(unit: str, sign: str) -> None:
    shown = with_currency("#,##0", parse_unit(unit))
    assert shown == (f'"{sign}"* #,##0;"{sign}"* -#,##0' if sign else "#,##0")


def test_totals_of_all_models_carry_it_in_one_format_a_row(model_path: Path) -> None:
    model, _ = load_model(model_path)
    book, plan = opened(model_path), plan_workbook(model)
    for quantity in (*(category.quantity for category in model.categories), *model.totals):
        cells = [plan.cells[key] for key in model.keys_of(quantity.name)]
        (number_format,) = {book[each.sheet][each.cell].number_format for each in cells}
        of_money = with_currency("0", quantity.unit) != "0"
        assert number_format.startswith('"') == of_money, quantity.name


# Widths and heights


def test_text_is_measured_and_broken_as_readers_would() -> None:
    assert width_of("1234567890") == pytest.approx(10, abs=0.6)
    assert width_of("iiii") < width_of("nnnn") < width_of("MMMM") < width_of("漢字漢字")
    assert lines_of("one line", 20) == 1
    assert lines_of("two words", 6) == 2
    assert lines_of("a\nb\nc", 20) == 3
    assert lines_of("x" * 50, 10) == 6
    assert lines_of("", 10) == 1


def fitted(*cells: tuple[int, int, Content, Style], widths: dict[int, float]) -> Grid:
    grid = Grid("Sheet", "result")
    grid.widths.update(widths)
    for row, column, content, style in cells:
        number_format = "#,##0.00" if isinstance(content, float) else "General"
        grid.put(row, column, content, style, number_format)
    fit(grid, Choices("Option", "Base"))
    return grid


def test_columns_are_wide_enough_for_their_numbers_and_units() -> None:
    cells = [(8, 2, "USD/machine/month/somewhere", Style.UNIT), (8, 3, 123_456_789_012.5, Style.OUTPUT)]
    grid = fitted(*cells, widths={1: 40, 2: 16, 3: 16})
    assert grid.widths[2] >= 27
    assert grid.widths[3] >= len("123,456,789,012.50") + 2
    assert fitted((8, 3, -9_999_999_999_999.0, Style.CALCULATION), widths={3: 5}).widths[3] >= 21


def test_columns_of_notes_follow_their_texts() -> None:
    short = fitted((8, 4, "short", Style.TEXT), widths={4: 52})
    long = fitted((8, 4, "word " * 800, Style.TEXT), widths={4: 52})
    assert short.widths[4] == 14
    assert long.widths[4] > 52
    assert long.heights[8] <= 409


def test_rows_are_high_enough_for_titles_of_any_length() -> None:
    title = "A title with words in it " * 5
    grid = fitted((8, 1, title[:120], Style.LABEL), (6, 3, title[:120], Style.HEAD_NUMBER), widths={1: 40, 3: 16})
    assert grid.heights[8] >= 3 * 14
    assert grid.heights[6] >= 9 * 14


def test_a_row_of_heads_has_no_gaps() -> None:
    grid = fitted((6, 1, "One", Style.HEAD), (6, 5, "Two", Style.HEAD_NUMBER), widths={})
    assert [grid.cells[6, column] for column in (2, 3, 4)] == [Cell(None, Style.HEAD)] * 3


AVERAGE = 0.82
"""Widths of a digit that a letter of running text takes in Calibri at the least: enough to tell a row that is half as
high as it should be."""
RUNNING_ON = (
    *(Style.TITLE, Style.TITLE_LONG, Style.SUBTITLE, Style.NOTICE),
    *(Style.BACK, Style.HEADING, Style.LINKED_LINE),
)


def test_rows_of_all_models_have_room_for_their_texts(model_path: Path) -> None:
    for grid in grids(model_path):
        for (row, column), cell in grid.cells.items():
            if isinstance(cell.content, str) and cell.content and cell.style not in RUNNING_ON:
                room = grid.widths.get(column, 8.43)
                lines = max(1, len(cell.content) * AVERAGE / room)
                needed = lines * 12 if lines > 1 else 14
                assert grid.heights[row] >= needed, f"{grid.name} row {row}: {cell.content}"
            if isinstance(cell.content, float):
                assert grid.widths[column] >= 8, f"{grid.name} column {column}"


def test_long_titles_everywhere_find_room() -> None:
    long = "An option whose title is as long as titles may be, with words enough for eight lines in the head of a table"
    model = sample(("hosted:   {title: Hosted", f"hosted: {{title: '{long}'"))
    results, plan = evaluate(model), plan_workbook(model)
    made = build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())
    summary = made[0]
    lines = lines_of(long, summary.widths[3] - 2.6)
    assert summary.heights[HEAD_ROW] >= 12.75 * lines
    named = [row for (row, _), cell in summary.cells.items() if cell.style is Style.OUTPUT_TEXT]
    assert named and all(summary.heights[row] >= 12.75 * lines for row in named), "whichever option costs least"
