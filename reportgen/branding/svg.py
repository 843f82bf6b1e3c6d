"""Read an SVG file as a plain drawing: it goes into documents whole, so that whatever else it held would too.

What a drawing costs whoever draws it is bounded here as far as it can be told from its text: how many elements it has,
how many it comes to when its parts refer to each other, how large its numbers and pictures are.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from math import isfinite
from typing import Any

from reportgen.branding.png import check_png
from reportgen.branding.style_sheet import URL, StyleSheet

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/",
)
"""What drawing programs leave in a file for themselves; it draws nothing."""

_DRAWING = (
    "svg g defs title desc metadata path rect circle ellipse line polyline polygon use symbol clipPath mask "
    "linearGradient radialGradient stop image style"
)
_SCRIPTING = re.compile(r"on[a-z]+", re.IGNORECASE)
_PNG_DATA = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
_LOADING = re.compile(r"(url|image|image-set|src)\s*\(|script:", re.IGNORECASE)
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|mm|cm|in|)\s*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OWN_NUMBER = re.compile(rf"(?<![\w#.-]){_NUMBER.pattern}")
"""A number that is not part of a name or a colour."""
_NAMES, _POINTS = ("id", "class"), ("d", "points")

MAX_ELEMENTS, MAX_DRAWN = 5_000, 20_000
MAX_NUMBER = 1_000_000
SMALLEST, LARGEST = 0.01, 10_000
"""Of a side, in pixels or in units of the viewBox."""
MAX_PIXELS = 20_000_000
"""Of all pictures within one drawing."""
_CHARACTERS_DRAWN = 200
"""Of an outline, which take as long to draw as one more element."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing written anew, its size by its viewBox, and what it costs: `drawn` elements, and `pixels` of pictures
    in it."""

    data: bytes
    width: float
    height: float
    drawn: int
    pixels: int


def plain_drawing(data: bytes) -> Drawing:
    """The drawing without remarks.

    Raises ValueError that says what it holds beside shapes, or what else is wrong with it.
    """
    from lxml import etree

    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise ValueError("it declares a document type or entities")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("it is no well-formed SVG in UTF-8") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("it is no SVG: its first element is another one")
    if root.xpath("//processing-instruction()"):
        raise ValueError("it holds a processing instruction")
    pixels, styles = 0, StyleSheet()
    for number, element in enumerate(list(root.iter())):
        if number == MAX_ELEMENTS:
            raise ValueError(f"it has more than {MAX_ELEMENTS:,} elements")
        if _split(element.tag)[0].startswith(_EDITORS):
            element.getparent().remove(element)
        else:
            pixels += _check(element, styles)
    if pixels > MAX_PIXELS:
        raise ValueError(f"the pictures in it have more than {MAX_PIXELS // 1_000_000} million pixels")
    count, (width, height) = _check_drawn(root, styles), _sized(root)
    return Drawing(etree.tostring(root), width, height, count, pixels)


def _check(element: Any, styles: StyleSheet) -> int:
    """Returns the pixels of the picture that the element is."""
    pixels = 0
    space, name = _split(element.tag)
    if space != _SVG or name not in _DRAWING.split():
        letters = "; turn letters into paths, for which drawing programs have a command" if name == "text" else ""
        raise ValueError(f"it holds the element <{name}>{letters}")
    if name == "style":
        _check_styles(element.text or "")
        styles.add(element.text or "")
    for key, value in list(element.attrib.items()):
        space, attribute = _split(key)
        if space.startswith(_EDITORS) or attribute.startswith("data-"):
            del element.attrib[key]
        elif _SCRIPTING.fullmatch(attribute):
            raise ValueError(f"it holds an event handler, {attribute}")
        elif attribute in ("href", "src"):
            picture = _PNG_DATA.fullmatch(value.strip()) if name == "image" else None
            if space not in ("", _XLINK) or not (value.strip().startswith("#") or picture):
                raise ValueError(f"it refers to something outside it: {value.strip()[:60]}")
            pixels = _pixels(picture[1]) if picture else 0
        elif attribute == "style":
            _check_styles(value)
        elif attribute == "base":
            raise ValueError("it says what its addresses are relative to")
        elif attribute not in _NAMES:
            _check_references(value)
            _check_numbers(value, _NUMBER if attribute in _POINTS else _OWN_NUMBER)
    return pixels


def _pixels(encoded: str) -> int:
    try:
        width, height = check_png(b64decode(encoded), MAX_PIXELS)
    except (Base64Error, ValueError) as error:
        raise ValueError(f"a picture in it cannot be shown: {error}") from error
    return width * height


def _check_drawn(root: Any, styles: StyleSheet) -> int:
    """How many elements are drawn, those that others refer to counted each time: ten that name the next one ten times
    are few to read and thousands of millions to draw."""
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    sizes: dict[Any, int] = {}
    above: set[Any] = set()

    def size(element: Any) -> int:
        if element in above:
            raise ValueError("a part of it refers to itself")
        if element not in sizes:
            above.add(element)
            named = [targets[name] for name in _references(element, styles) if name in targets]
            outline = sum(len(element.get(each, "")) for each in _POINTS) // _CHARACTERS_DRAWN
            sizes[element] = 1 + outline + sum(size(each) for each in (*element, *named))
            above.remove(element)
            if sizes[element] > MAX_DRAWN:
                raise ValueError(f"it draws more than {MAX_DRAWN:,} elements, as its parts refer to each other")
        return sizes[element]

    try:
        return size(root)
    except RecursionError as error:
        raise ValueError("its parts refer to each other too deeply") from error


def _references(element: Any, styles: StyleSheet) -> list[str]:
    values = [value.strip() for value in element.attrib.values()]
    return [
        *(value[1:] for key, value in zip(element.attrib, values, strict=True) if _split(key)[1] == "href"),
        *(target[1:] for value in values for _, target in URL.findall(value)),
        *styles.references(_split(element.tag)[1], element.get("id", ""), element.get("class", "").split()),
    ]


def _check_styles(text: str) -> None:
    """A style sheet or style has no rules that load anything, and nothing that hides one."""
    if "\\" in text:
        raise ValueError("its styles hold a backslash")
    if "@" in text:
        raise ValueError(f"its styles hold a rule, {text[text.index('@') :].split(maxsplit=1)[0][:30]}")
    _check_references(text)
    _check_numbers(text, _OWN_NUMBER)


def _check_numbers(text: str, numbers: re.Pattern[str]) -> None:
    for found in numbers.finditer(URL.sub("", text)):
        if abs(float(found[0])) > MAX_NUMBER:
            raise ValueError(f"it holds the number {found[0][:30]}; none may be larger than {MAX_NUMBER:,}")


def _check_references(text: str) -> None:
    """A value may refer to the drawing's own parts only."""
    for _, target in URL.findall(text):
        if not target.startswith("#"):
            raise ValueError(f"it refers to something outside it: {target[:60]}")
    if _LOADING.search(URL.sub("", text)):
        raise ValueError("its styles refer to something outside it")


def _sized(root: Any) -> tuple[float, float]:
    """The size by the viewBox, which the drawing gets if it has none."""
    sides = [_length(root.get(side, "")) for side in ("width", "height")]
    try:
        box = [float(each) for each in root.get("viewBox", "").replace(",", " ").split()]
    except ValueError:
        box = []
    width, height = box[2:] if len(box) == 4 else sides
    if not (width and height and width > 0 and height > 0 and all(map(isfinite, (width, height, *box)))):
        raise ValueError("it has neither a viewBox nor a width and height")
    for each in (width, height, *filter(None, sides)):
        if not SMALLEST <= each <= LARGEST:
            raise ValueError(f"a side of it measures {each:g}; {SMALLEST:g} to {LARGEST:,} can be shown")
    root.set("viewBox", " ".join(f"{each:.12g}" for each in (box if len(box) == 4 else (0, 0, width, height))))
    return width, height


def _length(text: str) -> float | None:
    """Pixels; None for what is no length, such as a share of the page."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _split(tag: str) -> tuple[str, str]:
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name
