"""The files of `build --only charts`: names, sizes, and a social card that holds any title."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageFont

from reportgen.brand import read_brand, shipped_brand
from reportgen.report.charts.card import CARD_HEIGHT, CARD_WIDTH, social_card
from reportgen.report.charts.chart_set import card_png, chart_files
from reportgen.report.report_brand import ReportBrand, report_brand
from reportgen.report.report_settings import default_report_settings
from reportgen.report.view import ReportView
from reportgen.resources import templates_folder

LONG = (
    "Betriebskostenvergleich der unternehmensweiten Zusammenarbeits- und Telekommunikationsplattformen für alle "
    "Standorte 26"
)
LINE = re.compile(
    r'<text x="(\d+)" y="([\d.]+)" font-family="([^"]+)" font-size="(\d+)" font-weight="(\d+)"[^>]*>([^<]*)<'
)


def brands() -> list[ReportBrand]:
    halden = read_brand(templates_folder() / "brands" / "halden" / "brand.yaml", shipped_brand())
    return [report_brand(shipped_brand()), report_brand(halden)]


def test_each_chart_is_an_svg_and_a_png_on_the_pages_ground(team_view: ReportView) -> None:
    brand = brands()[0]
    files = dict(chart_files(team_view, brand, default_report_settings()))
    names = {name.rpartition(".")[0] for name in files}
    assert f"{team_view.id}-charts/figure-totals" in names
    assert {name for name in files if not name.endswith("social-card.png")} == {
        f"{name}.{kind}" for name in names if not name.endswith("social-card") for kind in ("svg", "png")
    }
    svg = files[f"{team_view.id}-charts/figure-totals.svg"].decode()
    assert svg.startswith('<svg xml:lang="en" role="img"')
    assert svg.count(f'width="100%" height="100%" fill="{brand.palette["paper"]}"/>') == 1
    height = float(re.search(r'height="([\d.]+)"', svg)[1])  # type: ignore[index]
    picture = Image.open(io.BytesIO(files[f"{team_view.id}-charts/figure-totals.png"])).convert("RGB")
    assert picture.size == (2 * 648, round(2 * height))
    left, top, right, bottom = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox() or ()
    assert min(left, top, picture.width - right, picture.height - bottom) >= 48, "an even margin around the drawing"
    assert Image.open(io.BytesIO(files[f"{team_view.id}-charts/social-card.png"])).size == (1200, 630)
    assert dict(chart_files(team_view, brand, default_report_settings())) == files


@pytest.mark.parametrize("brand", brands(), ids=lambda brand: brand.name)
@pytest.mark.parametrize(
    ("title", "subtitle", "answer"),
    [
        ("Short", "", "A comes to €1 per year."),
        (LONG, LONG, f"{LONG} kommt auf 1.000 € pro Jahr: {LONG}."),
        ("M" * 120, '<b>&"' * 40, "W" * 300),
    ],
)
def test_the_card_holds_any_title(
    team_view: ReportView, brand: ReportBrand, title: str, subtitle: str, answer: str
) -> None:
    card = social_card(replace(team_view, title=title, subtitle=subtitle, answer=answer), brand)
    files = {(face.family, face.weight): face.file for face in brand.files if face.style == "normal"}
    found = LINE.findall(card)
    bottoms = [0.0]
    for x, y, family, size, weight, text in found:
        shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        font = ImageFont.truetype(str(files[family, int(weight)]), int(size))
        assert int(x) + font.getlength(shown) <= CARD_WIDTH - 60
        assert float(y) - 0.8 * int(size) >= bottoms[-1] - 0.5, "lines overlap"
        bottoms.append(float(y) + 0.1 * int(size))
        assert bottoms[-1] <= CARD_HEIGHT - 20
    ground = [bottom for bottom in bottoms if bottom < 420]
    assert max(ground) <= 400, "the title ends on its ground"
    assert all(a <= b for a, b in pairwise(bottoms))
    heading = " ".join(text for _, _, family, _, weight, text in found if family == brand.fonts["title"])
    if title != "M" * 120 and brand.fonts["title"] != brand.fonts["text"]:
        assert heading == title, "it fits in whole"
    assert title.split()[0][:8] in card
    assert "<b>" not in card


def test_the_card_is_a_picture_of_that_size(team_view: ReportView) -> None:
    for brand in brands():
        assert Image.open(io.BytesIO(card_png(team_view, brand))).size == (CARD_WIDTH, CARD_HEIGHT)
        assert f"{team_view.as_of} · incomplete<" in social_card(team_view, brand), "a price is missing"
        assert brand.logo_dark is None or brand.logo_dark.uri in social_card(team_view, brand)
        assert brand.name in social_card(team_view, replace(brand, logo_dark=None))
