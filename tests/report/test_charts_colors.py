"""Colours of charts: for readers who see no colour or not all, on paper and on a dark page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from reportgen.brand import read_brand, shipped_brand
from reportgen.branding.color import contrast, luminance
from reportgen.report.article.dark import dark_brand
from reportgen.report.charts.frame import DASHES, SHAPES
from reportgen.report.charts.look import look_of, standing_out
from reportgen.report.report_brand import ReportBrand, report_brand
from reportgen.resources import templates_folder

VISION = {
    "all colours": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Of linear RGB, at full severity. Source: Machado, Oliveira and Fernandes, A Physiologically-based Model for
Simulation of Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (2009), table 1."""

BRANDS = sorted(path.parent.name for path in templates_folder().glob("brands/*/brand.yaml"))


def shipped(name: str) -> ReportBrand:
    return report_brand(read_brand(templates_folder() / "brands" / name / "brand.yaml", shipped_brand()))


def lab(color: str, vision: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as such a reader sees it. Source: CIE 15; sRGB by IEC 61966-2-1."""
    coded = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISION[vision]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def grey(color: str) -> float:
    """L*, 0 to 100, which is what a black-and-white printer keeps."""
    return float(116 * luminance(color) ** (1 / 3) - 16)


def test_two_brands_are_looked_at() -> None:
    assert len(BRANDS) >= 2


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", BRANDS)
def test_neighbours_of_a_stack_differ_for_every_reader(name: str, dark: bool, vision: str) -> None:
    """On paper by much; on a dark page, which leaves less room for dark colours, still by several times what is just
    seen (2.3), and the page shows between the parts."""
    brand, least = (dark_brand(shipped(name)), 8) if dark else (shipped(name), 15)
    for one, other in pairwise(brand.chart):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) >= least, (one, other)


@pytest.mark.parametrize("name", BRANDS)
def test_neighbours_of_a_stack_differ_in_greyscale(name: str) -> None:
    for one, other in pairwise(shipped(name).chart):
        assert abs(grey(one) - grey(other)) >= 10, (one, other)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", BRANDS)
def test_everything_stands_out_from_the_page(name: str, dark: bool) -> None:
    look = look_of(dark_brand(shipped(name)) if dark else shipped(name))
    for text in (look.ink, look.muted, look.brand, look.warning, *look.names):
        assert contrast(text, look.paper) >= 4.5
    for mark in (*look.fills, *look.lines):
        assert contrast(mark, look.paper) >= 3
    for text, fill in zip(look.on, look.fills, strict=True):
        assert contrast(text, fill) >= 4.5, (text, fill)


def test_pale_series_are_deepened_for_lines_and_names() -> None:
    brand = replace(shipped(BRANDS[0]), chart=("#E8C98B", "#F3F4F6", "#12355B"))
    look = look_of(brand)
    assert look.fills == brand.chart
    assert all(contrast(line, look.paper) >= 3 for line in look.lines)
    assert all(contrast(name, look.paper) >= 4.5 for name in look.names)
    assert look.lines[2] == "#12355B", "what stands out already stays"


def test_lines_are_told_apart_without_colour() -> None:
    assert len(set(SHAPES)) == len({tuple(dash) for dash in DASHES}) == 7


@pytest.mark.parametrize("paper", ["#FFFFFF", "#101418"])
@pytest.mark.parametrize("color", ["#FFFF00", "#808080", "#000000", "#FFFFFF"])
def test_any_colour_can_be_made_to_stand_out(color: str, paper: str) -> None:
    assert contrast(standing_out(color, paper, 4.5), paper) >= 4.5
    assert standing_out("#123456", "#FFFFFF", 3) == "#123456"
