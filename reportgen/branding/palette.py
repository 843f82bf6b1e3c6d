"""The colours of a brand by role, read from `color` of its file, and where each of them is written."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, fields

from reportgen.model.document import Node, Sequence
from reportgen.model.fields import Fields, kind_of, read_entries, read_text
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

FEWEST_SERIES, MOST_SERIES = 6, 24
MOST_NAMED = 100
"""Colours of a palette."""

_DIGITS = frozenset("0123456789ABCDEFabcdef")


@dataclass(frozen=True, slots=True)
class Colors:
    """`#RRGGBB` by role; `series` are the colours of a chart's parts in the order of their stack."""

    foreground: str
    background: str
    primary: str
    accent: str
    muted: str
    rule: str
    surface: str
    link: str
    success: str
    danger: str
    series: tuple[str, ...]


ROLES = tuple(field.name for field in fields(Colors) if field.name != "series")


@dataclass(frozen=True, slots=True)
class Painted:
    """Colours with their places in the file: by role, of series by `series 1`, `series 2`, …

    A colour that another brand lent has none.
    """

    colors: Colors
    places: Map[str, Span]


def read_palette(keys: Fields, otherwise: Colors | None) -> Painted:
    """The colours of a file; `otherwise` has those that it may leave out. Reports RG901."""
    node = keys.node("color", required=otherwise is None)
    known = {role: getattr(otherwise, role) if otherwise else "" for role in ROLES}
    series = otherwise.series if otherwise else ()
    places: dict[str, Span] = {}
    if node is None:
        return Painted(Colors(**known, series=series), places)
    found = Fields(node, "`color`", " ".join(("palette", *ROLES, "series")), keys.problems)
    palette: dict[str, str] = {}
    named = found.node("palette", required=False)
    entries = () if named is None else read_entries(named, "`palette`", keys.problems)
    for number, (name, value) in enumerate(entries):
        if number == MOST_NAMED:
            message = f"`palette` has more than {MOST_NAMED} colours"
            keys.problems.error("RG901", message, name.span, "remove those that no role uses")
            break
        palette[name.text] = _color(value, f"`{name.text}`", {}, keys.problems)
    for role in ROLES:
        value_of_role = found.node(role, required=otherwise is None)
        if value_of_role is not None:
            known[role] = _color(value_of_role, f"`{role}`", palette, keys.problems)
            places[role] = value_of_role.span
    return Painted(Colors(**known, series=_series(found, palette, series, places)), places)


def _series(
    found: Fields, palette: Map[str, str], otherwise: tuple[str, ...], places: dict[str, Span]
) -> tuple[str, ...]:
    node = found.node("series", required=not otherwise)
    if node is None:
        return otherwise
    if not isinstance(node, Sequence):
        found.problems.error("RG204", f"`series` is a list of colours, not {kind_of(node)}", node.span)
        return ()
    if len(node.items) > MOST_SERIES:
        message = f"`series` has {len(node.items):,} colours; {MOST_SERIES} are the most that can be told apart"
        found.problems.error("RG901", message, node.items[MOST_SERIES].span, "remove the rest")
        return otherwise
    if len(node.items) < FEWEST_SERIES:
        message = f"`series` has {len(node.items)} colours; charts need {FEWEST_SERIES} or more"
        found.problems.error("RG901", message, node.span, "add colours; neighbours should differ in lightness")
    places.update({f"series {number}": each.span for number, each in enumerate(node.items, 1)})
    return tuple(_color(each, "`series`", palette, found.problems) for each in node.items)


def _color(node: Node, what: str, palette: Map[str, str], problems: Collector) -> str:
    """`#RRGGBB`, written so or as a name of the palette; "" and a problem for anything else."""
    found = read_text(node, what, problems)
    if found is None:
        return ""
    if found.text in palette:
        return palette[found.text]
    if len(found.text) == 7 and found.text.startswith("#") and _DIGITS.issuperset(found.text[1:]):
        return found.text.upper()
    hint = suggestion(found.text, palette) or 'six hexadecimal digits in quotes: "#12355B"'
    problems.error("RG901", f"{what}: `{found.text}` is no colour", found.span, hint)
    return ""
