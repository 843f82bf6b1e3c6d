"""Each mark of a chart stands beside the label it belongs to, and where its value says, read from the finished drawing:
over random values with zeros, unknowns, negatives, one option and twelve."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.presentation.value_table import TableCell
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
from reportgen.report.charts.chart_svg import plain_svg
from reportgen.report.charts.draw import specification
from reportgen.report.charts.look import Look, look_of, placeholders
from reportgen.report.report_brand import report_brand
from reportgen.report.view import make_view
from tests.report import drawing
from tests.report.drawing import Drawing

LOOK: Look = placeholders(look_of(report_brand(shipped_brand())))
CASES = Path(__file__).parents[1] / "cases"
COLORS = len(LOOK.lines)
COUNTS = (1, 1, 2, 2, 3, 5, 7, 12)
SETS = [(count, seed) for seed in range(3) for count in COUNTS]
NEAR = 0.06
"""Drawings are written to hundredths."""


def drawn(chart: Chart) -> Drawing:
    return Drawing(plain_svg(specification(chart, LOOK), LOOK.font.folders))


def some_value(chance: random.Random) -> float:
    """Often nothing, sometimes below nothing, of any size."""
    return chance.choice((0.0, 0.0, 1.0, -1.0, 1.0)) * chance.choice((1.0, 40.0, 900.0)) * (1 + chance.random())


def ticks(low: float, high: float) -> tuple[Axis, dict[str, float]]:
    """An axis with some fifteen ticks, and their values by their labels."""
    step = (high - low) / 15 or 1.0
    values = [low + number * step for number in range(16)]
    labels = {f"@{number}": value for number, value in enumerate(values)}
    return Axis("", low, max(high, low + 15 * step), low, step, tuple(labels)), labels


# ---- stacked bars


def check_stack(figure: StackedBars) -> None:
    found = drawn(figure)
    zero = next(way.points[0][0] for way in found.ways if way.stroke == "role-muted")
    unit = None
    seen = 0
    for row, title in enumerate(figure.bars):
        middle = found.text(title).y
        own = [bar for bar in found.bars if abs(bar.middle - middle) < 2]
        values = [(place, each.values[row]) for place, each in enumerate(figure.series) if each.values[row]]
        assert [bar.fill for bar in own] == [f"role-fills-{place % COLORS}" for place, _ in values], title
        reach = {True: zero, False: zero}
        for bar, (_, value) in zip(own, values, strict=True):
            inner, outer = (bar.left, bar.right) if value > 0 else (bar.right, bar.left)
            assert inner == pytest.approx(reach[value > 0], abs=NEAR * 4), title
            reach[value > 0] = outer
            unit = unit or (outer - inner) / value if abs(outer - inner) > 100 else unit
        seen += len(own)
        ends = [each for each in found.texts if each.text == figure.totals[row].text]
        assert any(abs(each.y - middle) < 10 and each.x >= reach[True] for each in ends), title
    assert seen == len(found.bars), "a bar stands on no option's row"
    if unit is not None:
        for bar, value in zip(
            found.bars, (v for row in range(len(figure.bars)) for v in row_of(figure, row)), strict=True
        ):
            assert bar.right - bar.left == pytest.approx(abs(value * unit), abs=NEAR + abs(value * unit) * 0.002)


def row_of(figure: StackedBars, row: int) -> list[float]:
    return [each.values[row] for each in figure.series if each.values[row]]


@pytest.mark.parametrize(("count", "seed"), SETS)
def test_each_bar_of_a_stack_stands_on_the_row_of_its_option(count: int, seed: int) -> None:
    chance = random.Random(f"stack {count} {seed}")
    series = []
    for number in range(chance.randint(1, 5)):
        values = tuple(some_value(chance) for _ in range(count))
        series.append(StackSeries(f"StackSeries {number}", values, tuple(f"{value:.1f}" for value in values)))
    titles = tuple(f"Option {number}" for number in range(count))
    ends = tuple(
        TableCell("not known", word=True)
        if chance.random() < 0.2
        else TableCell(f"€{number}", mark=chance.choice(("", "incomplete")))
        for number in range(count)
    )
    check_stack(StackedBars("figure-totals", "", titles, tuple(series), ends, ""))


@pytest.mark.parametrize("case", ["24-free-option", "24d-onlyone"])
def test_an_option_without_a_bar_keeps_the_bars_of_others_on_their_rows(case: str) -> None:
    model, _ = load_model(CASES / f"{case}.yaml")
    figure = make_view(evaluate(model)).figure
    assert [bool(row_of(figure, row)) for row in range(len(figure.bars))][:2] == [True, False]
    check_stack(figure)


def test_the_bars_stay_on_their_rows_where_only_the_first_option_costs_something() -> None:
    figure = StackedBars(
        "f",
        "",
        ("A", "B", "C"),
        (StackSeries("S", (0.0, 5.0, 0.0), ("", "5", "")),),
        (TableCell("0"), TableCell("5"), TableCell("0")),
        "",
    )
    found = drawn(figure)
    (bar,) = found.bars
    assert bar.middle == pytest.approx(found.text("B").y, abs=1)
    check_stack(replace(figure, series=(replace(figure.series[0], values=(5.0, 0.0, 0.0)),)))


# ---- dots


def marks_of(found: Drawing, middle: float) -> list[drawing.Point]:
    return [each for each in found.points if abs(each.y - middle) < 1]


def role(mark: drawing.Point) -> str:
    return mark.stroke if mark.fill == "role-paper" else mark.fill


@pytest.mark.parametrize(("count", "seed"), SETS)
def test_each_dot_stands_on_the_row_of_its_scenario_and_at_its_value(count: int, seed: int) -> None:
    chance = random.Random(f"dots {count} {seed}")
    rows = []
    for number in range(chance.randint(1, 6)):
        values = [some_value(chance) for _ in range(count)]
        dots = (
            Dot(place, value, f"{number}.{place}", chance.random() < 0.2, value == min(values))
            for place, value in enumerate(values)
        )
        rows.append(DotRow(f"Row {number}", tuple(dots)))
    values = [dot.value for row in rows for dot in row.dots]
    axis, labels = ticks(min(values), max(values))
    options = tuple(f"Option {number}" for number in range(count))
    found = drawn(Dots("d", "", "", options, tuple(rows), axis, ""))
    start, unit = found.scale(labels, across=True) if max(values) > min(values) else (0.0, 0.0)
    for row in rows:
        middle = found.text(row.title).y
        marks = marks_of(found, middle)
        assert [role(mark) for mark in marks] == [f"role-lines-{place % COLORS}" for place in range(count)], row.title
        for mark, dot in zip(marks, row.dots, strict=True):
            assert (mark.fill == "role-paper") == dot.hollow
            if unit:
                assert mark.x == pytest.approx(start + dot.value * unit, abs=0.6)
            for text in (each for each in found.texts if each.text == dot.text):
                assert text.fill == f"role-names-{dot.place % COLORS}"
                assert abs(text.y - middle) < 15 and abs(text.x - mark.x) < 9, "a value far from its point"
    check_key(found, options, middle=min(found.text(row.title).y for row in rows), rows=rows)


def check_key(found: Drawing, options: Sequence[str], middle: float, rows: Sequence[DotRow]) -> None:
    """An option's name stands beside its symbol in the key, or above its point of the first row."""
    first = marks_of(found, middle)
    for place, option in enumerate(options):
        name = found.text(option)
        key = [each for each in found.points if abs(each.y - name.y) < 1.5 and 5 < name.x - each.x < 15]
        mark = first[place]
        if key:
            assert [(each.fill, each.outline) for each in key] == [(role(mark), mark.outline)], option
        else:
            assert name.x == pytest.approx(mark.x, abs=NEAR) and name.fill == role(mark).replace("lines", "names")


def test_no_two_of_twelve_options_look_alike() -> None:
    """Also with a brand of as many colours as there are shapes."""
    dots = tuple(Dot(place, float(place), str(place), False, False) for place in range(12))
    axis, _ = ticks(0.0, 11.0)
    chart = Dots("d", "", "", tuple(f"Option {n}" for n in range(12)), (DotRow("Row", dots),), axis, "")
    for colors in (6, 7, 10):
        look = replace(LOOK, lines=LOOK.lines[:colors], names=LOOK.names[:colors])
        found = Drawing(plain_svg(specification(chart, look), look.font.folders))
        marks = marks_of(found, found.text("Row").y)
        assert len({(mark.fill, mark.outline) for mark in marks}) == 12, colors


# ---- tornado


@pytest.mark.parametrize(("count", "seed"), SETS)
def test_each_bar_of_a_tornado_stands_on_the_row_of_its_input(count: int, seed: int) -> None:
    chance = random.Random(f"tornado {count} {seed}")
    base = some_value(chance)

    def end() -> float:
        return chance.choice((base, base + some_value(chance), base + some_value(chance)))

    bars = tuple(
        Bar(f"Input {n}", end(), end(), f"low {n}", f"high {n}", chance.choice(("", "%"))) for n in range(count)
    )
    values = [base, *(each for bar in bars for each in (bar.low, bar.high))]
    axis, labels = ticks(min(values), max(values))
    found = drawn(Tornado("t", "", "", bars, Base(base, "base"), axis, "", ("at low", "at high")))
    if max(values) == min(values):
        assert not found.bars
        return
    start, unit = found.scale(labels, across=True)
    middle_of_base = start + base * unit
    assert found.text("base").x == pytest.approx(middle_of_base, abs=0.6)
    seen = 0
    for bar in bars:
        middle = found.text(bar.title).y
        own = {each.fill: each for each in found.bars if abs(each.middle - middle) < 2}
        for value, fill, text in ((bar.low, "role-fills-1", bar.low_text), (bar.high, "role-fills-0", bar.high_text)):
            assert (fill in own) == (value != base)
            label = found.text(text)
            assert label.y == pytest.approx(middle, abs=1)
            if value == base:
                continue
            seen += 1
            at = start + value * unit
            tip = own[fill].right if value > base else own[fill].left
            assert tip == pytest.approx(at, abs=0.6), text
    assert seen == len(found.bars)


def test_of_two_bars_on_one_side_the_shorter_one_lies_in_front() -> None:
    axis, _ = ticks(0.0, 100.0)
    for low, high in ((60.0, 90.0), (90.0, 60.0), (10.0, 40.0), (40.0, 10.0)):
        chart = Tornado("t", "", "", (Bar("X", low, high, "1", "2"),), Base(50, "50"), axis, "", ("low", "high"))
        behind, before = drawn(chart).bars
        assert before.right - before.left < behind.right - behind.left


# ---- lines and curves


@pytest.mark.parametrize(("count", "seed"), SETS)
def test_each_line_ends_at_its_values_and_beside_its_name(count: int, seed: int) -> None:
    chance = random.Random(f"lines {count} {seed}")
    shown = tuple(
        Line(f"Option {n}", tuple((float(x), some_value(chance)) for x in range(0, 101, 20)), n) for n in range(count)
    )
    values = [y for line in shown for _, y in line.points]
    across = Axis("", 0.0, 100.0, 0.0, 20.0, tuple(f"x{n}" for n in range(6)))
    up, labels = ticks(min(values), max(values) + 1)
    mark = Point(40.0, shown[0].points[2][1], "here")
    found = drawn(Lines("l", "", "", shown, (mark,), across, up, ""))
    left, right_unit = found.scale({f"x{n}": 20.0 * n for n in range(6)}, across=True)
    zero, unit = found.scale(labels, across=False)
    ways = [each for each in found.ways if len(each.points) == 6]
    assert len(ways) == count
    for line, way in zip(shown, ways, strict=True):
        assert way.stroke == f"role-lines-{line.place % COLORS}"
        for (x, y), (at, high) in zip(line.points, way.points, strict=True):
            assert at == pytest.approx(left + x * right_unit, abs=0.6)
            assert high == pytest.approx(zero + y * unit, abs=0.6)
        name, (end, high) = found.text(line.title), way.points[-1]
        tip = [
            each
            for each in found.points
            if abs(each.x - end) < 1 and abs(each.y - high) < NEAR and each.fill == way.stroke
        ]
        assert tip, "a line without its symbol at its end"
        if name.x > end:
            assert name.fill == way.stroke.replace("lines", "names") and abs(name.y - high) <= 35
        else:
            (key,) = [each for each in found.points if abs(each.y - name.y) < 1.5 and 0 < name.x - each.x < 12]
            assert (key.fill, key.outline) in {(each.fill, each.outline) for each in tip}
    (dot,) = [each for each in found.points if each.fill == "role-ink"]
    assert (dot.x, dot.y) == pytest.approx((left + 40 * right_unit, zero + mark.y * unit), abs=0.6)
    ends = [(found.text(line.title), way.points[-1][1]) for line, way in zip(shown, ways, strict=True)]
    if all(name.x > ways[0].points[-1][0] for name, _ in ends):
        ranked = [name.y for name, _ in sorted(ends, key=lambda pair: pair[1])]
        assert all(
            a <= b + NEAR or one[1] == other[1]
            for a, b, one, other in zip(ranked, ranked[1:], ends, ends[1:], strict=False)
        )


@pytest.mark.parametrize(("count", "seed"), SETS)
def test_each_row_below_the_curves_spans_its_options_percentiles(count: int, seed: int) -> None:
    chance = random.Random(f"curves {count} {seed}")
    shown, spreads = [], []
    for n in range(count):
        values = sorted(some_value(chance) for _ in range(5))
        shown.append(Line(f"Option {n}", tuple(zip(values, (1.0, 10.0, 50.0, 90.0, 99.0), strict=True)), n))
        points = (Point(values[at], share, f"{n}.{at}") for at, share in ((1, 10.0), (2, 50.0), (3, 90.0)))
        spreads.append(Spread(*points))
    values = [x for line in shown for x, _ in line.points]
    if max(values) == min(values):
        return
    axis, labels = ticks(min(values), max(values))
    shares = Axis("", 0.0, 100.0, 0.0, 50.0, ("none", "half", "all"))
    found = drawn(Curves("c", "", "", tuple(shown), tuple(spreads), ("P10", "P50", "P90"), axis, shares, ""))
    start, unit = found.scale(labels, across=True)
    for line, spread in zip(shown, spreads, strict=True):
        middle, color = found.text(line.title).y, f"role-lines-{line.place % COLORS}"
        (span,) = [
            way
            for way in found.ways
            if way.stroke == color and way.points[0][1] == way.points[1][1] and abs(way.points[0][1] - middle) < 1
        ]
        assert [x for x, _ in span.points] == pytest.approx(
            [start + each.x * unit for each in (spread.low, spread.high)], abs=0.6
        )
        marks = [each for each in found.points if abs(each.y - middle) < 1 and each.fill == color]
        assert any(mark.x == pytest.approx(start + spread.middle.x * unit, abs=0.6) for mark in marks)
        for point, low in ((spread.low, 9), (spread.high, 9), (spread.middle, 1)):
            text = found.text(point.text)
            assert abs(text.y - middle) < 14 and abs(text.x - (start + point.x * unit)) < low
