"""The brand as a workbook's theme: twelve colours and two fonts that styles and charts refer to.

Styles name slots of the theme, perhaps lighter or darker, never the colours themselves: who changes the theme in Excel
recolours the book. Only what a colour warns of stays as it is.
"""

from __future__ import annotations

import re

from openpyxl.styles import Color
from openpyxl.writer.theme import theme_xml

from reportgen.brand import Brand
from reportgen.branding.color import lightness, tinted
from reportgen.branding.palette import Colors

SLOTS = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
"""In the order of the numbers that cell styles know them by. Source: ECMA-376 part 1, 18.8.3."""

_SERIES_SLOTS = ("accent1", "accent2", "accent3", "accent4", "accent5")


def theme_colors(colors: Colors) -> dict[str, str]:
    """`#RRGGBB` by slot. The first five accents are the first colours of series, the last is the brand's accent."""
    series = dict(zip(_SERIES_SLOTS, colors.series, strict=False))
    return {
        "lt1": colors.background,
        "dk1": colors.foreground,
        "lt2": colors.surface,
        "dk2": colors.primary,
        **series,
        "accent6": colors.accent,
        "hlink": colors.link,
        "folHlink": colors.muted,
    }


def theme_part(brand: Brand) -> bytes:
    """The file xl/theme/theme1.xml: openpyxl's, with the brand's colours and fonts."""
    found = theme_colors(brand.colors)
    order = ("dk1", "lt1", "dk2", "lt2", *SLOTS[4:])
    slots = "".join(f'<a:{slot}><a:srgbClr val="{found[slot][1:]}"/></a:{slot}>' for slot in order)
    font = f'<a:latin typeface="{brand.fonts.workbook}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>"
    text = _replaced(theme_xml, "clrScheme", slots)
    text = _replaced(text, "fontScheme", fonts)
    return text.replace('name="Office Theme"', 'name="Brand"').encode()


def _replaced(text: str, tag: str, content: str) -> str:
    new, count = re.subn(
        rf"<a:{tag} name=[^>]*>.*?</a:{tag}>",
        lambda _: f'<a:{tag} name="Brand">{content}</a:{tag}>',
        text,
        flags=re.DOTALL,
    )
    if count != 1:
        raise ValueError(f"the theme has {count} parts {tag}")
    return new


def tint_to(color: str, target: str) -> float:
    """The tint that makes a colour as light as another one."""
    own, wanted = lightness(color), lightness(target)
    if wanted < own:
        return round(wanted / own - 1, 3)
    return round((wanted - own) / (1 - own), 3) if own < 1 else 0.0


class Theme:
    """Colours of cells by what they are for."""

    def __init__(self, brand: Brand) -> None:
        colors = brand.colors
        self.brand = brand
        self.font = brand.fonts.workbook
        self.ink, self.paper, self.primary, self.pale = (_slot(each) for each in ("dk1", "lt1", "dk2", "lt2"))
        self.muted, self.link, self.accent = _slot("folHlink"), _slot("hlink"), _slot("accent6")
        self.rule = _slot("folHlink", tint_to(colors.muted, colors.rule))
        self.input_fill, self.blank_fill, self.input_rule = (_slot("accent6", tint) for tint in (0.8, 0.93, 0.6))
        self.linked = _slot("accent3", -0.3)
        self.success, self.danger = _fixed(colors.success), _fixed(colors.danger)
        self.success_fill, self.danger_fill = (_fixed(tinted(each, 0.86)) for each in (colors.success, colors.danger))
        self.tabs = {
            "front": self.primary,
            "input": self.accent,
            "category": _slot("accent3"),
            "result": _slot("accent2"),
            "question": _slot("accent5"),
            "register": _slot("folHlink", 0.4),
        }

    def shown(self, color: Color) -> str:
        """`#RRGGBB` of a cell's colour."""
        if color.type == "rgb":
            return f"#{str(color.rgb)[2:]}"
        return tinted(theme_colors(self.brand.colors)[SLOTS[color.theme]], color.tint)


def _slot(name: str, tint: float = 0.0) -> Color:
    return Color(theme=SLOTS.index(name), tint=tint)


def _fixed(color: str) -> Color:
    return Color(rgb="FF" + color[1:])
