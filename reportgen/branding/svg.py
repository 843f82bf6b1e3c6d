"""Read an SVG file as a plain drawing: it goes into documents whole, so that whatever else it held would too."""

from __future__ import annotations

import re
from typing import Any

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
    "svg g defs title desc metadata path rect circle ellipse line polyline polygon use symbol clipPath mask pattern "
    "linearGradient radialGradient stop image style"
)
_SCRIPTING = re.compile(r"on[a-z]+", re.IGNORECASE)
_PNG_DATA = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\s]+")
_URL = re.compile(r"url\s*\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_LOADING = re.compile(r"(url|image|image-set|src)\s*\(|script:", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in)?\s*")
MAX_ELEMENTS, MAX_DRAWN = 5_000, 100_000


def plain_drawing(data: bytes) -> tuple[bytes, float, float]:
    """The drawing written anew without remarks, its width and its height.

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
    for number, element in enumerate(list(root.iter())):
        if number == MAX_ELEMENTS:
            raise ValueError(f"it has more than {MAX_ELEMENTS:,} elements")
        if _split(element.tag)[0].startswith(_EDITORS):
            element.getparent().remove(element)
        else:
            _check(element)
    _check_drawn(root)
    return etree.tostring(root), *_size(root)


def _check(element: Any) -> None:
    space, name = _split(element.tag)
    if space != _SVG or name not in _DRAWING.split():
        letters = "; turn letters into paths, for which drawing programs have a command" if name == "text" else ""
        raise ValueError(f"it holds the element <{name}>{letters}")
    if name == "style":
        _check_styles(element.text or "")
    for key, value in element.attrib.items():
        space, attribute = _split(key)
        if _SCRIPTING.fullmatch(attribute):
            raise ValueError(f"it holds an event handler, {attribute}")
        if attribute in ("href", "src"):
            own = value.strip().startswith("#") or (name == "image" and _PNG_DATA.fullmatch(value.strip()))
            if space not in ("", _XLINK) or not own:
                raise ValueError(f"it refers to something outside it: {value.strip()[:60]}")
        elif attribute == "style":
            _check_styles(value)
        elif attribute == "base":
            raise ValueError("it says what its addresses are relative to")
        else:
            _check_references(value)


def _check_drawn(root: Any) -> None:
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
            named = [targets[name] for name in _references(element) if name in targets]
            sizes[element] = 1 + sum(size(each) for each in (*element, *named))
            above.remove(element)
            if sizes[element] > MAX_DRAWN:
                raise ValueError(f"it draws more than {MAX_DRAWN:,} elements, as its parts refer to each other")
        return sizes[element]

    try:
        size(root)
    except RecursionError as error:
        raise ValueError("its parts refer to each other too deeply") from error


def _references(element: Any) -> list[str]:
    values = [value.strip() for value in element.attrib.values()]
    return [
        *(value[1:] for key, value in zip(element.attrib, values, strict=True) if _split(key)[1] == "href"),
        *(target[1:] for value in values for _, target in _URL.findall(value)),
    ]


def _check_styles(text: str) -> None:
    """A style sheet or style has no rules that load anything, and nothing that hides one."""
    if "\\" in text:
        raise ValueError("its styles hold a backslash")
    if "@" in text:
        raise ValueError(f"its styles hold a rule, {text[text.index('@') :].split(maxsplit=1)[0][:30]}")
    _check_references(text)


def _check_references(text: str) -> None:
    """A value may refer to the drawing's own parts only."""
    for _, target in _URL.findall(text):
        if not target.startswith("#"):
            raise ValueError(f"it refers to something outside it: {target[:60]}")
    if _LOADING.search(_URL.sub("", text)):
        raise ValueError("its styles refer to something outside it")


def _size(root: Any) -> tuple[float, float]:
    try:
        box = [float(each) for each in root.get("viewBox", "").replace(",", " ").split()]
    except ValueError:
        box = []
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2], box[3]
    found = [_NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if found[0] and found[1] and float(found[0][1]) > 0 and float(found[1][1]) > 0:
        return float(found[0][1]), float(found[1][1])
    raise ValueError("it has neither a viewBox nor a width and height")


def _split(tag: str) -> tuple[str, str]:
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name
