"""The tags of a PDF, fixed after WeasyPrint has written them.

It leaves running heads and feet among the text, tells links by their raw addresses, measures figures from the wrong
corner, writes no index of header cells, lets groups stand between a list and its items, and takes tables apart
(`pdf_tables`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportgen.report.pdf.tables import aim_at_captions, mend_tables
from reportgen.report.pdf.tags import POINTS, Tags

_GROUPS = ("/Div", "/NonStruct")
_BANDS = {"top": "/Header", "bottom": "/Footer"}


def fix_structure(document: Any, pdf: Any) -> None:
    """All mendings, for a document that WeasyPrint has put into the objects of a PDF."""
    tags = Tags(pdf)
    mend_tables(document, tags)
    aim_at_captions(document, pdf)
    _mend_lists(tags)
    _tell_links(document)
    _measure_figures(document, tags)
    _set_aside(document, tags)
    _index_heads(tags)


def _mend_lists(tags: Tags) -> None:
    """A list has items only, an item its label and its body: what HTML puts between them or leaves out is fixed."""
    for element in tuple(tags.walk(tags.root)):
        parent = tags.parent(element) if "P" in element and element.get("S") in _GROUPS else None
        if parent is not None and parent["S"] == "/L":
            tags.unwrap(element)
        elif element.get("S") == "/LI":
            loose = [kid for kid in element["K"] if tags.at(kid)["S"] not in ("/Lbl", "/LBody")]
            if loose:  # paragraphs
                tags.wrap(loose, element, "/LBody")


def _tell_links(document: Any) -> None:
    """A link's description is what it says, or the `title` that says more than its text."""
    for page in document.pages:
        for _, target, _, box in page.links:
            if box.link_annotation is not None and box.element is not None:
                said = box.element.get("title") or " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"].string = said or target


def _measure_figures(document: Any, tags: Tags) -> None:
    """Boxes of figures in points from the page's lower left corner."""
    heights = {reference: page.height for reference, page in zip(tags.pdf.page_references, document.pages, strict=True)}
    for element in tags.walk(tags.root):
        if element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = heights[element["Pg"]]
            box = (left, height - bottom, right, height - top)
            element["A"]["BBox"][:] = [round(each * POINTS, 3) for each in box]


def _set_aside(document: Any, tags: Tags) -> None:
    """Mark as no part of the text what no element holds: running heads and feet, heads of tables printed again."""
    kept = {id(element) for element in tags.walk(tags.root)}
    numbers = tags.at(tags.root["ParentTree"])["Nums"]
    for index, page in enumerate(document.pages):
        owners = numbers[2 * index + 1]
        orphans = [number for number, owner in enumerate(owners) if id(tags.at(owner)) not in kept]
        bands = list(_bands(page._page_box))
        first = len(owners) - len(bands)  # the margins of a page are painted last
        artifacts = {}
        for number in orphans:
            owners[number] = b"null"
            band = bands[number - first] if number >= first else None
            artifacts[number] = {"Type": "/Pagination"} | ({"Subtype": band} if band else {})
        _repaint(tags, index, artifacts)


def _bands(page_box: Any) -> Iterator[str | None]:
    """For each piece of content in a page's margins, whether it is a running head or foot."""
    from weasyprint.formatting_structure import boxes

    for margin in page_box.children:
        if isinstance(margin, boxes.MarginBox):
            band = _BANDS.get(margin.at_keyword.removeprefix("@").partition("-")[0])
            for box in margin.descendants():
                if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
                    yield band


def _repaint(tags: Tags, index: int, artifacts: dict[int, dict[str, str]]) -> None:
    """Turn marked content of a page into artifacts, by its numbers."""
    from weasyprint.pdf import pydyf

    stream = tags.at(tags.at(tags.pdf.page_references[index])["Contents"]).stream
    for at, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in artifacts:
            stream[at - 1], stream[at] = "/Artifact", pydyf.Dictionary(artifacts[item["MCID"]])


def _index_heads(tags: Tags) -> None:
    """The index by which readers find the header cells that a cell names."""
    from weasyprint.pdf import pydyf

    heads = {element["ID"].string: element for element in tags.walk(tags.root) if "ID" in element}
    names = pydyf.Array()
    for name in sorted(heads):
        names.extend((pydyf.String(name), heads[name].reference))
    if names:
        index = pydyf.Dictionary({"Names": names})
        tags.pdf.add_object(index)
        tags.root["IDTree"] = index.reference
