"""Colours that are too faint on each other are found, each with a shade that does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from reportgen.brand import BRAND_FILE, read_brand, shipped_brand, shipped_names
from reportgen.branding.color import WHITE, contrast, luminance, nearest_shade
from reportgen.branding.contrast import TEXTS, faint_pairs
from reportgen.problems import ModelError, Problem

FAINT = """\
name: Example
color:
  palette: {dust: "#9AA0A6"}
  muted: dust
  surface: "#CCCCCC"
  link: "#3399FF"
  primary: "#F2C14E"
  accent: "#12355B"
  danger: "#E05A4A"
  success: "#77B255"
  series: ["#12355B", "#F7E8A4", "#1E6C65", "#C5871B", "#7B2D4E", "#DDE3E8"]
"""


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    """What is wrong with a brand that leaves the rest to the plain one."""
    (folder / BRAND_FILE).write_text(text)
    try:
        read_brand(folder / BRAND_FILE, shipped_brand())
    except ModelError as error:
        return error.problems
    return ()


def fixed(text: str, problems: tuple[Problem, ...]) -> str:
    """The text with every hint followed."""
    shades = {}
    for problem in problems:
        assert problem.span is not None and problem.code == "RG904"
        shades[problem.span] = '"' + problem.hint.split('"')[1] + '"'
    for span in sorted(shades, reverse=True):
        text = text[: span.start] + shades[span] + text[span.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        FAINT,
        'name: A\ncolor: {muted: "#777777"}\n',
        'name: A\ncolor: {background: "#202020"}\n',
        'name: A\ncolor: {background: "#202020", foreground: "#303030", link: "#404040", danger: "#505050"}\n',
        'name: A\ncolor: {surface: "#12355B"}\n',
    ],
    ids=["many", "just", "ground", "dark", "tiles"],
)
def test_following_the_hints_mends_it(tmp_path: Path, text: str) -> None:
    found = problems_of(tmp_path, text)
    assert found
    assert problems_of(tmp_path, fixed(text, found)) == ()


def test_a_finding_names_place_ratio_and_need(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'name: A\ncolor: {palette: {grey: "#767F87"}, muted: grey}\n')[:1]
    assert problem.message == (
        "`muted` #767F87 on `background` #FFFFFF is too faint for notes and units: "
        "contrast 4.07, at least 4.5 is needed"
    )
    assert problem.span is not None and problem.source.text[problem.span.start : problem.span.end] == "grey"


def test_where_no_shade_does_that_is_said(tmp_path: Path) -> None:
    """Letters that stand on two grounds that have nothing in common."""
    dark = 'background: "#202020", foreground: "#303030", primary: "#404040", surface: "#505050"'
    found = problems_of(tmp_path, f"name: A\ncolor: {{{dark}}}\n")
    hints = {problem.hint for problem in found if not problem.hint.startswith("the nearest shade of")}
    assert hints and all(hint.startswith("no shade does on all its grounds: choose other colours") for hint in hints)
    assert all(problem.span is not None for problem in found)


def test_each_pair_is_found(tmp_path: Path) -> None:
    """One colour at a time is made so faint that its pair cannot hold."""
    for pair in TEXTS:
        role = pair.front if pair.front != "white" else pair.back
        ground = getattr(shipped_brand().colors, pair.back) if pair.back != role else WHITE
        found = problems_of(tmp_path, f'name: A\ncolor: {{{role}: "{ground if role != "primary" else "#F0F0F0"}"}}\n')
        assert any(f"`{pair.front}`" in each.message and pair.where in each.message for each in found), pair


def test_parts_of_charts_need_less_than_text(tmp_path: Path) -> None:
    series = ["#12355B", "#949494", "#1E6C65", "#959595", "#7B2D4E", "#8995A2"]
    (problem,) = problems_of(tmp_path, f"name: A\ncolor: {{series: {series}}}\n")
    assert (
        problem.message.startswith("`series 4` #959595 on `background`") and "at least 3 is needed" in problem.message
    )
    assert '"#949494"' in problem.hint or contrast(problem.hint.split('"')[1], WHITE) >= 3


def test_the_nearest_shade_is_the_colour_itself_or_the_least_change() -> None:
    assert nearest_shade("#336699", lambda _: True) == "#336699"
    assert nearest_shade("#336699", lambda _: False) == ""
    darker = nearest_shade("#9AA0A6", lambda each: contrast(each, WHITE) >= 4.5)
    assert 4.5 <= contrast(darker, WHITE) < 4.8, "no darker than it needs to be"


@pytest.mark.parametrize("name", shipped_names())
def test_every_pair_of_a_shipped_brand_passes(name: str) -> None:
    assert faint_pairs(shipped_brand(name=name).colors) == ()


@pytest.mark.parametrize("name", shipped_names())
def test_numbers_stand_on_every_part_of_a_chart(name: str) -> None:
    colors = shipped_brand(name=name).colors
    assert all(max(contrast(WHITE, each), contrast(colors.foreground, each)) >= 4.5 for each in colors.series)


@pytest.mark.parametrize("name", shipped_names())
def test_neighbours_in_a_stack_differ_in_lightness(name: str) -> None:
    series = shipped_brand(name=name).colors.series
    lightness = [116 * luminance(color) ** (1 / 3) - 16 for color in series]
    assert all(abs(one - other) >= 15 for one, other in pairwise(lightness))
    assert all(contrast(one, other) >= 1.5 for one, other in pairwise(series))
