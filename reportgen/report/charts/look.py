"""The colours and the font of charts by what they are for, derived from a brand.

Parts of a stack keep the brand's colours, whose neighbours differ in lightness. Lines and points are thin, so their
colours are deepened until they stand out from the page (WCAG 2.2, success criterion 1.4.11: 3 to 1), and the texts
beside them until they can be read (1.4.3: 4.5 to 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from reportgen.branding.color import WHITE, contrast
from reportgen.report.charts.chart_text import Font, font_of
from reportgen.report.report_brand import ReportBrand

TEXT, MARK = 4.5, 3.0
"""The least contrast of texts, and of what is drawn, with the page."""
_BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Look:
    """`fills` are the parts of a stack in their order and `on` the texts upon them; `lines` tell options apart, and
    `names` are the texts beside those."""

    font: Font
    paper: str
    ink: str
    muted: str
    rule: str
    brand: str
    warning: str
    fills: tuple[str, ...]
    on: tuple[str, ...]
    lines: tuple[str, ...]
    names: tuple[str, ...]

    def fill(self, index: int) -> str:
        return self.fills[index % len(self.fills)]

    def text_on(self, index: int) -> str:
        return self.on[index % len(self.on)]

    def line(self, index: int) -> str:
        return self.lines[index % len(self.lines)]

    def name(self, index: int) -> str:
        return self.names[index % len(self.names)]


def look_of(brand: ReportBrand) -> Look:
    """The look of a brand's charts on its page."""
    paper, ink = brand.palette["paper"], brand.palette["ink"]
    lines = tuple(standing_out(color, paper, MARK) for color in brand.chart)
    return Look(
        font=font_of(brand, "text"),
        paper=paper,
        ink=ink,
        muted=standing_out(brand.palette["muted"], paper, TEXT),
        rule=mixed(brand.palette["rule"], paper, 0.4),
        brand=standing_out(brand.palette["brand"], paper, TEXT),
        warning=standing_out(brand.palette["warning"], paper, TEXT),
        fills=brand.chart,
        on=tuple(_on(fill, paper, ink) for fill in brand.chart),
        lines=lines,
        names=tuple(standing_out(color, paper, TEXT) for color in lines),
    )


def _on(fill: str, paper: str, ink: str) -> str:
    """The colour of text upon a part: that of the page or of its text, deepened as far as needed."""
    return standing_out(max((paper, ink), key=lambda text: contrast(text, fill)), fill, TEXT)


def roles(look: Look) -> dict[str, str]:
    """The colours of a look by the names of their roles: `ink`, `fill-0`, `line-3`."""
    found: dict[str, str] = {}
    for field in fields(look):
        value = getattr(look, field.name)
        if isinstance(value, tuple):
            found |= {f"{field.name}-{index}": color for index, color in enumerate(value)}
        elif field.name != "font":
            found[field.name] = value
    return found


ROLE = "role-"
"""What a role's name begins with where it stands for its colour."""


def placeholders(look: Look) -> Look:
    """The look with the names of roles in the place of colours, so that one drawing serves every palette."""
    named: Mapping[str, tuple[str, ...] | str] = {
        field.name: tuple(f"{ROLE}{field.name}-{index}" for index in range(len(value)))
        if isinstance(value := getattr(look, field.name), tuple)
        else ROLE + field.name
        for field in fields(look)
        if field.name != "font"
    }
    return replace(look, **named)  # type: ignore[arg-type]


def standing_out(color: str, paper: str, least: float) -> str:
    """The colour, mixed with black or white, whichever is farther from the page, until its contrast suffices."""
    pole = max((_BLACK, WHITE), key=lambda each: contrast(each, paper))
    return next((each for step in range(50) if contrast(each := mixed(color, pole, step / 50), paper) >= least), pole)


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share, 0 to 1, of another."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _channels(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]
