"""What no validator looks at: each check returns what is wrong with a PDF, in words; nothing if it is sound.

`html` is the document that the PDF was made from.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cssselect2
import lxml.html
import numpy as np
import pypdfium2

from tests.report.page_structure import Element, Printed, printed, reader_of, structure

MILLIMETRE = 72 / 25.4
AHEAD = 4_000
"""How many signs may stand between two texts of the document: a running head, a chart, a head of a table."""

FAINT, FAINT_LARGE = 4.5, 3.0
"""The least contrast of WCAG AA, for text and for large text: 18 points, or 14 and bold."""

_ORNAMENTS = "•◦▪"
"""Marks of list items: whoever misses one misses nothing."""

_NO_TEXT = ("script", "style", "svg", "{http://www.w3.org/2000/svg}svg")
_REFERENCE = re.compile(r"(Table|Figure|Tabelle|Abbildung)\s+[\dA-E.]+$")


def findings(pdf: bytes, html: str) -> list[str]:
    """All of them."""
    return [
        *tags(pdf, html),
        *bookmarks(pdf, html),
        *reading_order(pdf, html),
        *contrast(pdf),
        *outside(pdf, html),
        *overprinted(pdf),
        *left_alone(pdf),
        *heads_not_repeated(pdf),
        *links(pdf, html),
    ]


# ---- the tags


def tags(pdf: bytes, html: str) -> Iterator[str]:
    """Elements counted against the document; header cells with scope and index, figures with words."""
    document, root = _document(html), structure(pdf)
    wanted = Counter(each.tag for each in document.iter("table", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"))
    wanted["figure"] = len(document.xpath("//svg[not(ancestor::svg)] | //img"))
    found = Counter(each.role.lower() for each in root.walk())
    for tag, count in wanted.items():
        if found[tag] != count:
            yield f"{count} of <{tag}> became {found[tag]} of /{tag.upper() if len(tag) == 2 else tag.title()}"
    index = _names(reader_of(pdf).root_object["/StructTreeRoot"].get("/IDTree"))  # type: ignore[union-attr,index]
    for each in root.all("TH"):
        if each.attributes["A"].get("/Scope") not in ("/Row", "/Column"):
            yield f"header cell without scope: {each.words()}"
        if each.attributes.get("ID") not in index:
            yield f"header cell that the index lacks: {each.words()}"
    for each in root.all("TD"):
        if any(head not in index for head in each.attributes["A"].get("/Headers", ())):
            yield f"cell whose header is nowhere: {each.words()}"
    for each in root.all("Figure"):
        if len(str(each.attributes.get("Alt", ""))) < 3:
            yield "figure without words"


def bookmarks(pdf: bytes, html: str) -> Iterator[str]:
    """Each is a heading, in the order and under the headings of the document; each numbered section has one."""
    headings = [(int(each.tag[1]), _squash(_text(each))) for each in _document(html).iter("h1", "h2", "h3", "h4")]
    marked = [(depth, _squash(title)) for depth, title in _outline(reader_of(pdf).outline)]
    rest = iter(headings)
    levels: dict[int, int] = {}
    for depth, title in marked:
        level = next((level for level, text in rest if text == title), None)
        if level is None:
            yield f"bookmark that is no heading or stands out of order: {title}"
            return
        if levels.setdefault(depth, level) != level:
            yield f"bookmark at the wrong depth: {title}"
    for each in _document(html).xpath("//h2[@id and not(ancestor::nav)]"):
        if _squash(_text(each)) not in {title for _, title in marked}:
            yield f"section without a bookmark: {_text(each)}"


# ---- the text


def reading_order(pdf: bytes, html: str) -> Iterator[str]:
    """Every text of the document in its order: by the tags, by the text as it is drawn, and by where it stands: what
    comes next stands below or to the right, or in a column to the right."""
    body = _document(html).find("body")
    assert body is not None
    texts = [_squash(text) for text in _texts(body, set(_hidden(body, html)))]
    orders = {
        "tags": "".join(piece.text for piece in structure(pdf).pieces()),
        "text": _pdftotext(pdf),
    }
    for name, shown in orders.items():
        whole, at = _squash(shown), 0
        for each in filter(None, texts):
            text = each
            found = whole.find(text, at, at + AHEAD + len(text))
            if found < 0:  # perhaps it goes on, on the next page, after a chart of this one
                start = whole.find(text[:20], at, at + AHEAD)
                pairs = zip(whole[start : start + len(text)], text, strict=False) if start >= 0 else ()
                same = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
                text = text[same:] if same >= 20 else text
                found = whole.find(text, at, at + 2 * AHEAD) if same >= 20 else -1
            if found < 0:
                yield f"by the {name}, missing or out of order: {text[:60]} (after: {whole[max(0, at - 40) : at]})"
                break
            at = found + len(text)
    pieces = [piece for each in structure(pdf).walk() if each.role != "Figure" for piece in each.text]
    pieces = [piece for piece in pieces if re.search(r"\w", piece.text)]  # not the dots that lead to a page number
    for one, other in itertools.pairwise(pieces):
        if one.page != other.page:
            if other.page < one.page:
                yield f"page {one.page + 1}: {one.text} is followed by what stands before it: {other.text}"
            continue
        level = min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * min(
            one.bottom - one.top, other.bottom - other.top
        )
        above = other.bottom <= one.top and other.left < one.right
        if (level and other.right <= one.left) or above:
            yield f"page {one.page + 1}: {one.text} is followed by what stands before it: {other.text}"


def contrast(pdf: bytes) -> Iterator[str]:
    """Text too faint on what is behind it, or not to be seen at all because something cuts it off or covers it."""
    scale = 2.0
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(printed(pdf), 1):
        picture = document[number - 1].render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
        for char in page.chars:
            if not char["text"].strip() or char["text"] in _ORNAMENTS or char["size"] < 1:
                continue
            rows = slice(max(0, int(char["top"] * scale)), int(char["bottom"] * scale) + 1)
            around = picture[rows, max(0, int(char["x0"] * scale) - 2) : int(char["x1"] * scale) + 3]
            spot = picture[rows, max(0, int(char["x0"] * scale)) : int(char["x1"] * scale) + 1]
            if not spot.size:
                yield f"page {number}: outside the paper: {char['text']}"
                continue
            behind = _commonest(around)
            bold = re.search("Semi|Bold|Black", char["fontname"]) is not None
            least = FAINT_LARGE if char["size"] >= 18 or (bold and char["size"] >= 14) else FAINT
            ratio = _ratio(_rgb(char["non_stroking_color"]), behind)
            if ratio < least:
                yield f"page {number}: contrast {ratio:.1f} of {_word_at(page, char)}"
                break
            if int(np.abs(spot.astype(int) - np.array(behind)).max()) < 24:
                yield f"page {number}: not to be seen: {char['text']} in {_word_at(page, char)}"
                break


# ---- the page


def outside(pdf: bytes, html: str) -> Iterator[str]:
    """Words and lines beyond the margins that the style sheet sets; a page without margins keeps a centimetre."""
    rules = re.findall(r"@page\s*(\w*)\s*\{([^}@]*?)margin:\s*([\d.]+)mm(?:\s+([\d.]+)mm)?", html)
    upright = [float(across or down) for name, _, down, across in rules if not name]
    lying = [float(across or down) for name, before, down, across in rules if name and "landscape" in before]
    assert upright, "the style sheet sets no margins"
    for number, page in enumerate(printed(pdf), 1):
        covered = any(box["width"] > page.width - 2 and box["height"] > 100 for box in page.boxes)
        set_margin = (lying if page.width > page.height else upright)[-1]
        margin = (10 if covered else set_margin) * MILLIMETRE - 0.5
        edge = 5 * MILLIMETRE
        for each in [*page.words, *([] if covered else page.boxes)]:
            across = margin <= each["x0"] and each["x1"] <= page.width - margin
            if not across or each["top"] < edge or each["bottom"] > page.height - edge:
                what = each.get("text", "a line or box")
                yield f"page {number}: beyond the margin: {what} at {each['x0']:.0f}, {each['top']:.0f} pt"


def overprinted(pdf: bytes) -> Iterator[str]:
    """Words that stand on each other."""
    for number, page in enumerate(printed(pdf), 1):
        words = sorted(page.words, key=lambda word: (word["top"], word["x0"]))
        for index, one in enumerate(words):
            for other in words[index + 1 :]:
                if other["top"] >= one["bottom"] - 2:
                    break
                across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
                down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
                if across > 1.5 and down > 0.6 * min(one["bottom"] - one["top"], other["bottom"] - other["top"]):
                    yield f"page {number}: {one['text']} and {other['text']} stand on each other"


def left_alone(pdf: bytes) -> Iterator[str]:
    """Headings and captions whose text begins on the next page, heads of tables without a row, pages with next to
    nothing on them."""
    pieces: list[tuple[Element, int]] = []
    for each in structure(pdf).walk():
        pieces += [(each, piece.page) for piece in each.text if piece.text.strip()]
    roles = {id(inner): outer.role for outer in _keepers(structure(pdf)) for inner in outer.walk()}
    for (one, page), (other, next_page) in itertools.pairwise(pieces):
        if page != next_page and id(one) in roles and id(other) not in roles:
            yield f"page {page + 1} ends with a {roles[id(one)]}: {one.words()}"
    for number, printed_page in enumerate(printed(pdf), 1):
        if len(printed_page.words) < 12:
            yield f"page {number} is next to empty"


def _keepers(root: Element) -> Iterator[Element]:
    for each in root.walk():
        if re.fullmatch("H[1-6]|THead", each.role):
            yield each
        elif each.role in ("Table", "Figure"):
            yield from (kid for kid in each.kids[:-1] if kid.role == "Caption")


def heads_not_repeated(pdf: bytes) -> Iterator[str]:
    """Tables that go on without the names of their columns."""
    for table in structure(pdf).all("Table"):
        heads = [_squash(each.words()) for head in table.all("THead") for each in head.all("TH")]
        pages = table.pages()
        for page in pages[1:]:
            loose = _squash("".join(char["text"] for char in printed(pdf)[page].chars if char["tag"] == "Artifact"))
            if missing := [head for head in heads if head and head not in loose]:
                yield f"page {page + 1}: a table goes on without its head {missing[0]}"
        if len(pages) > 1 and not heads:
            yield f"page {pages[0] + 1}: a table of several pages has no head"


def links(pdf: bytes, html: str) -> Iterator[str]:
    """Links within the document that lead nowhere, and references to a table or figure that lead to another one."""
    reader = reader_of(pdf)
    names = _names(reader.root_object.get("/Names", {}).get("/Dests"))  # type: ignore[union-attr]
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    for number, page in enumerate(reader.pages, 1):
        for annotation in (each.get_object() for each in page.get("/Annots", ())):
            if annotation.get("/Subtype") != "/Link" or "/Dest" not in annotation:
                continue
            place = names.get(annotation["/Dest"])
            said = str(annotation.get("/Contents", ""))
            if place is None:
                yield f"page {number}: a link leads nowhere: {said}"
                continue
            if not said or (said == str(annotation["/Dest"]) and said not in _text(_document(html))):
                yield f"page {number}: a link does not say where it leads: {annotation['/Dest']}"
            if _REFERENCE.match(said):
                there = printed(pdf)[numbers[list.__getitem__(place, 0).idnum]]
                top = there.height - float(place[3])
                near = _squash("".join(word["text"] for word in there.words if -6 <= word["top"] - top <= 60))
                if _squash(said) not in near:
                    yield f"page {number}: `{said}` leads to {near[:40]}"


# ---- helpers


def _document(html: str) -> Any:
    return lxml.html.document_fromstring(html)


def _texts(element: Any, hidden: set[Any]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT or element in hidden:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, hidden)
        yield child.tail or ""


def _hidden(body: Any, html: str) -> Iterator[Any]:
    """What the style sheet says is not shown."""
    root = cssselect2.ElementWrapper.from_html_root(body.getroottree().getroot())
    for selector in re.findall(r"([^{}@;/]+)\{[^{}]*display:\s*none", html):
        yield from (each.etree_element for each in root.query_all(selector))


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _squash(text: str) -> str:
    """What is left when spaces, hyphens, ligatures and capitals make no difference."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", unicodedata.normalize("NFKC", text).casefold())


def _pdftotext(pdf: bytes) -> str:
    """In the order in which it is drawn, without the running heads and feet that end each page of it. (Without `-raw`
    poppler guesses an order from what stands beside what.)"""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    texts = [_squash(page) for page in done.stdout.decode().split("\f")]
    for number, page in enumerate(printed(pdf)):
        loose = itertools.groupby((c for c in page.chars if c["tag"] == "Artifact"), lambda char: round(char["top"]))
        running = [line for _, chars in loose if (line := _squash("".join(char["text"] for char in chars)))]
        while ending := next((line for line in running if texts[number].endswith(line)), ""):
            texts[number] = texts[number].removesuffix(ending)
            running.remove(ending)
    return "".join(texts)


def _outline(items: Any, depth: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from _outline(item, depth + 1)
        else:
            yield depth, str(item["/Title"])


def _names(tree: Any) -> dict[Any, Any]:
    """A name tree of one leaf."""
    if tree is None:
        return {}
    flat = tree.get_object()["/Names"]
    return {flat[index]: flat[index + 1].get_object() for index in range(0, len(flat), 2)}


def _commonest(pixels: Any) -> tuple[int, int, int]:
    flat = pixels.reshape(-1, 3).astype(np.uint32)
    values, counts = np.unique((flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2], return_counts=True)
    value = int(values[counts.argmax()])
    return value >> 16, value >> 8 & 255, value & 255


def _rgb(color: Any) -> tuple[float, ...]:
    parts = tuple(color) if isinstance(color, list | tuple) else (color,)
    return tuple(255 * part for part in (parts * 3 if len(parts) == 1 else parts))


def _ratio(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _word_at(page: Printed, char: dict[str, Any]) -> str:
    for word in page.words:
        if word["x0"] - 1 <= char["x0"] <= word["x1"] and word["top"] - 1 <= char["top"] <= word["bottom"]:
            return str(word["text"])
    return str(char["text"])
