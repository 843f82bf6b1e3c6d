"""Whether what is printed in a brand's colours can be read: every pair of them that meets, per WCAG 2.2 level AA."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.branding.color import WHITE, contrast, nearest_shade, tinted
from reportgen.branding.palette import ROLES, Colors, Painted
from reportgen.problems import Collector

TEXT, GRAPHICS = 4.5, 3.0
"""Least ratios. Source: WCAG 2.2, success criteria 1.4.3 (text of any size) and 1.4.11 (parts of a chart)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One colour on another, by role, each perhaps tinted as workbooks do it; `white` is a role of its own."""

    front: str
    back: str
    least: float
    where: str
    front_tint: float = 0.0
    back_tint: float = 0.0

    def ratio(self, colors: Mapping[str, str]) -> float:
        front, back = colors[self.front], colors[self.back]
        front = tinted(front, self.front_tint) if self.front_tint else front
        back = tinted(back, self.back_tint) if self.back_tint else back
        return contrast(front, back)

    def passes(self, colors: Mapping[str, str]) -> bool:
        return self.ratio(colors) >= self.least


TEXTS = (
    Pair("foreground", "background", TEXT, "text"),
    Pair("foreground", "surface", TEXT, "text on tiles and totals"),
    Pair("muted", "background", TEXT, "notes and units"),
    Pair("muted", "surface", TEXT, "notes on tiles"),
    Pair("primary", "background", TEXT, "titles"),
    Pair("primary", "surface", TEXT, "heads of tables, totals and tiles"),
    Pair("white", "primary", TEXT, "text of covers and heads"),
    Pair("link", "background", TEXT, "links"),
    Pair("link", "surface", TEXT, "links in totals"),
    Pair("link", "accent", TEXT, "typed numbers of workbooks, on the accent’s tint", back_tint=0.8),
    Pair("success", "background", TEXT, "checks that hold"),
    Pair("success", "success", TEXT, "checks of workbooks, on their own tint", back_tint=0.86),
    Pair("danger", "background", TEXT, "warnings"),
    Pair("danger", "surface", TEXT, "warnings in totals"),
    Pair("danger", "accent", TEXT, "prices not quoted in workbooks, on the accent’s tint", back_tint=0.8),
    Pair("danger", "danger", TEXT, "warnings of workbooks, on their own tint", back_tint=0.86),
)
LINKED = Pair("series 3", "background", TEXT, "linked numbers of workbooks, a darker shade", front_tint=-0.3)


def pairs_of(colors: Colors) -> tuple[Pair, ...]:
    """Every pair that meets in a workbook or a report with these colours."""
    series = (
        Pair(f"series {number}", "background", GRAPHICS, "parts of charts")
        for number in range(1, len(colors.series) + 1)
    )
    return (*TEXTS, LINKED, *series)


def faint_pairs(colors: Colors) -> tuple[Pair, ...]:
    """Those of the pairs that cannot be read."""
    known = _by_role(colors)
    return tuple(pair for pair in pairs_of(colors) if not pair.passes(known))


def check_contrast(painted: Painted, problems: Collector) -> None:
    """Reports RG904 for each pair that is too faint, at one of its colours, with a shade of it that would do.

    The shades are found one after the other, each with the others in mind: all together they leave nothing faint.
    """
    if not _complete(painted.colors):
        return
    colors = _by_role(painted.colors)
    pairs = pairs_of(painted.colors)
    faint = faint_pairs(painted.colors)
    fixed = dict(colors)
    for pair in faint:
        if not pair.passes(fixed):
            _mend(pair, pairs, fixed, painted)
    for pair in faint:
        role = next((each for each in (pair.front, pair.back) if fixed[each] != colors[each]), "")
        both = " or ".join(f"`{each}`" for each in _changeable(pair, painted))
        hint = f"no shade does on all its grounds: choose other colours, first another {both}"
        if role:
            hint = f'the nearest shade of `{role}` that does: "{fixed[role]}"'
        at = role or next(_changeable(pair, painted), "")
        tint = " tinted" if pair.back_tint else ""
        message = (
            f"`{pair.front}` {colors[pair.front]} on `{pair.back}` {colors[pair.back]}{tint} is too faint for "
            f"{pair.where}: contrast {_floor(pair.ratio(colors))}, at least {pair.least:g} is needed"
        )
        problems.error("RG904", message, painted.places.get(at), hint)


def _mend(pair: Pair, pairs: tuple[Pair, ...], fixed: dict[str, str], painted: Painted) -> None:
    for role in _changeable(pair, painted):
        own = [each for each in pairs if role in (each.front, each.back)]
        shade = nearest_shade(
            fixed[role],
            lambda tried, role=role, own=own: all(each.passes({**fixed, role: tried}) for each in own),  # type: ignore[misc]
        )
        if shade:
            fixed[role] = shade
            return


def _changeable(pair: Pair, painted: Painted) -> Iterator[str]:
    """The roles that this file gives a colour to, what is in front before its ground."""
    return (role for role in (pair.front, pair.back) if role in painted.places)


def _by_role(colors: Colors) -> dict[str, str]:
    series = {f"series {number}": color for number, color in enumerate(colors.series, 1)}
    return {"white": WHITE, **{role: getattr(colors, role) for role in ROLES}, **series}


def _complete(colors: Colors) -> bool:
    """Whether every colour could be read; else that was reported, and there is nothing to compare."""
    return len(colors.series) >= 3 and all(_by_role(colors).values())


def _floor(ratio: float) -> str:
    """Never rounded up to a ratio that would pass."""
    return f"{int(ratio * 100) / 100:.2f}"
