"""Tables in the tags of a PDF: one element each, however many pages it takes, and a scope for each header cell.

WeasyPrint begins a table anew on every page, repeated heads included, and gives no scope. Each cell's box knows its
structure element (`mark`) and its HTML element, which is the same in all parts of a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.report.pdf.tags import POINTS, Tags


def mend_tables(document: Any, tags: Tags) -> None:
    """Give header cells their scope and join the parts of each table."""
    parts: dict[Any, list[Any]] = {}
    for page in document.pages:
        for table in _tables(page._page_box):
            if any(map(_cells, table.children)):
                parts.setdefault(table.element, []).append(table)
            for cell in (cell for group in table.children for cell in _cells(group)):
                if cell.element_tag == "th":
                    heads_row = cell.element.get("scope") in ("row", "rowgroup")
                    cell.mark["A"]["Scope"] = "/Row" if heads_row else "/Column"
    for first, *others in parts.values():
        if others:
            _join(tags, first, others)


def aim_at_captions(document: Any, pdf: Any) -> None:
    """Let a link to a table show its caption, which stands above the box that has the table's name."""
    if "Dests" not in pdf.catalog.get("Names", {}):
        return
    flat = pdf.catalog["Names"]["Dests"]["Names"]
    places = {name.string: place for name, place in zip(flat[::2], flat[1::2], strict=True)}
    for page in document.pages:
        for box in page._page_box.descendants():
            name = box.element.get("id") if box.is_table_wrapper and box.element is not None else None
            if name in places:
                place = places.pop(name)
                place[3] = (page.height - box.position_y) * POINTS


def _tables(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # a placeholder of what is positioned absolutely
    if isinstance(box, boxes.TableBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _tables(child)


def _cells(group: Any) -> list[Any]:
    return [cell for row in group.children for cell in row.children]


@dataclass(slots=True)
class _End:
    """Where a table stops on a page: the HTML elements of its last group and row, and the tags of both."""

    group: Any
    row: Any
    body: Any
    cells: list[Any]


def _join(tags: Tags, first: Any, others: list[Any]) -> None:
    repeated = {group.element: group for group in first.children if group.is_header or group.is_footer}
    table = tags.parent(_body(tags, next(filter(_cells, first.children))))
    end: _End | None = None
    for part in (first, *others):
        heads: dict[str, Any] = {}
        own = tags.parent(_body(tags, next(filter(_cells, part.children))))
        for group in filter(_cells, part.children):
            body = _body(tags, group)
            if group.element in repeated:
                if part is not first:
                    pairs = zip(_cells(group), _cells(repeated[group.element]), strict=False)
                    heads |= {new.mark["ID"].string: old.mark["ID"] for new, old in pairs if "ID" in new.mark}
                    tags.remove(body)
                continue
            if part is not first:
                _rename(group, heads)
                body = _continue(tags, end, group, body, table)
            last = group.children[-1]
            end = _End(group.element, last.element, body, [cell.mark for cell in last.children])
        if own is not table:
            tags.move(list(own["K"]), table)  # a caption below the table


def _body(tags: Tags, group: Any) -> Any:
    """The element of a group of rows."""
    return tags.parent(tags.parent(_cells(group)[0].mark))


def _rename(group: Any, heads: dict[str, Any]) -> None:
    """Let cells name the header cells that are kept instead of those printed again."""
    for cell in _cells(group):
        headers = cell.mark["A"].get("Headers")
        if headers:
            headers[:] = [heads.get(header.string, header) for header in headers]


def _continue(tags: Tags, end: _End | None, group: Any, body: Any, table: Any) -> Any:
    """Put a group of a further page behind what came before; the element that then holds its last row."""
    if end is None or end.group is not group.element:
        tags.move([body.reference], table)
        return body
    rows = list(body["K"])
    first = group.children[0]
    if end.row is first.element and len(end.cells) == len(first.children):  # a row cut in two
        for above, cell in zip(end.cells, first.children, strict=True):
            tags.move(list(cell.mark["K"]), above)
            cell.mark = above
        if rows[0] in body["K"]:  # with cells that had nothing left
            tags.remove(tags.at(rows[0]))
        rows = rows[1:]
    tags.move(rows, end.body)
    return end.body
