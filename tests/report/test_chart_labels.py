"""Where labels are put: near to what they name, and never upon each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.brand import shipped_brand
from reportgen.report.charts.chart_labels import beside, crossed, leader, overlap, spread
from reportgen.report.charts.chart_parts import Axis
from reportgen.report.charts.chart_text import balanced, font_of, wrapped
from reportgen.report.charts.frame import Label, along, key_rows, spaced
from reportgen.report.charts.look import look_of
from reportgen.report.report_brand import report_brand

FONT = font_of(report_brand(shipped_brand()), "text")


@given(st.lists(st.floats(0, 200), min_size=1, max_size=7), st.floats(5, 28))
def test_names_of_lines_never_overlap(wanted: list[float], size: float) -> None:
    found = spread(wanted, [size] * len(wanted), 0, 200)
    assert found is not None
    ranked = sorted(found)
    assert ranked[0] >= size / 2 - 1e-6 and ranked[-1] <= 200 - size / 2 + 1e-6
    assert all(b - a >= size - 1e-6 for a, b in pairwise(ranked))
    assert [x for _, x in sorted(zip(wanted, found, strict=True))] == ranked or len(set(wanted)) < len(wanted)


def test_names_stay_where_they_are_if_they_have_room() -> None:
    assert spread([50, 150], [20, 20], 0, 200) == [50, 150]
    assert spread([100, 100], [20, 20], 0, 200) == [90, 110]
    assert spread([10, 20, 30], [90, 90, 90], 0, 200) is None


def test_a_label_avoids_lines_and_what_is_taken() -> None:
    label = Label(100, 100, ("147,655",), "#000000")
    falling = [(0.0, 0.0), (200.0, 200.0)]
    free = beside(label, FONT, [], [falling], (0, 0, 200, 200))
    assert free is not None and crossed(free.box(FONT), [falling]) == 0
    other = beside(label, FONT, [free.box(FONT)], [falling], (0, 0, 200, 200))
    assert other is not None and not overlap(free.box(FONT), other.box(FONT))
    assert beside(label, FONT, [(0, 0, 200, 200)], [], (0, 0, 200, 200)) is None
    assert leader(100, 100, free.box(FONT)) is None
    assert leader(100, 100, (150, 20, 190, 30)) == (100, 100, 150, 30)


def test_the_line_to_a_label_runs_through_no_other_label() -> None:
    point, around, other = (60.0, 180.0), (0.0, 155.0, 300.0, 200.0), (62.0, 135.0, 160.0, 146.0)
    label = Label(*point, ("0.889 Mtoken",), "#000000")
    found = beside(label, FONT, [around, other], [], (0, 0, 300, 200))
    assert found is not None
    line = leader(*point, found.box(FONT))
    assert line is not None and crossed(other, [(line[:2], line[2:])]) == 0


@given(st.text(st.characters(codec="latin-1", exclude_categories=("C",)), max_size=80), st.floats(20, 200))
def test_wrapped_lines_fit(text: str, room: float) -> None:
    for lines in (wrapped(text, room, 3, 10, FONT), balanced(text, room, 3, 10, FONT)):
        assert 1 <= len(lines) <= 3
        assert all(FONT.width(line, 10) <= room + 1e-6 for line in lines)


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert wrapped("Short title", 200, 2, 10, FONT) == ("Short title",)
    cut = wrapped("A title of many words that goes on", 60, 2, 10, FONT)
    assert len(cut) == 2 and cut[-1].endswith("…")
    assert wrapped("Donaudampfschifffahrt", 40, 2, 10, FONT)[0].endswith("…")
    assert wrapped("", 40, 2, 10, FONT) == ("",)


def test_a_key_is_broken_into_rows_that_fit() -> None:
    titles = ["Platform", "Observability", "Operations", "Language model"]
    rows = key_rows(titles, FONT, 200)
    assert [title for row in rows for _, title in row] == titles
    for row in rows:
        assert all(start + 18 + FONT.width(title, 10.5) <= 200 for start, title in row)


def test_an_axis_makes_room_beside_its_numbers() -> None:
    axis = Axis("", 0, 100, 0, 20, ("0", "20", "40", "60", "80", "100"))
    wider = spaced(axis, 10, 90, 50, 400)
    unit = (wider.end - wider.start) / 400
    assert (10 - wider.start) / unit == pytest.approx(50)
    assert (wider.end - 90) / unit == pytest.approx(50)
    assert wider.labels == axis.labels
    same = spaced(axis, 5, 5, 50, 400)
    assert same.start < 5 < same.end


def test_crowded_ticks_are_thinned_out() -> None:
    labels = tuple(f"{number * 1_000_000:,}" for number in range(9))
    axis = Axis("", 0, 8, 0, 1, labels)
    shown = along(axis, "x", 250, look_of(report_brand(shipped_brand())))["axis"]["values"]
    step = 250 / 8 * (shown[1] - shown[0])
    assert step >= FONT.width(labels[-1], 9.5)
