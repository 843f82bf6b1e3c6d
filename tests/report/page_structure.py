"""A PDF as its readers get it: the pages with their characters, and the tree of tags with the text of each element."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pdfplumber
import pypdf


@dataclass(frozen=True, slots=True)
class Printed:
    """One page: its size in points, its characters, words and drawn boxes, each a dictionary of pdfplumber."""

    width: float
    height: float
    chars: list[dict[str, Any]]
    words: list[dict[str, Any]]
    boxes: list[dict[str, Any]]


class Piece(NamedTuple):
    """A run of text on one page (counted from 0); its place in points from the upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Element:
    """A structure element; `text` is what it holds itself."""

    role: str
    attributes: dict[str, Any]
    kids: list[Element] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *roles: str) -> list[Element]:
        return [each for each in self.walk() if each.role in roles]

    def pieces(self) -> list[Piece]:
        """The text of the whole element in reading order."""
        return [piece for each in self.walk() for piece in each.text]

    def pages(self) -> list[int]:
        return sorted({piece.page for piece in self.pieces()})

    def words(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces()).split())


@lru_cache(maxsize=8)
def printed(pdf: bytes) -> tuple[Printed, ...]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return tuple(
            Printed(
                float(page.width),
                float(page.height),
                page.chars,
                page.extract_words(extra_attrs=["size"]),
                [*page.rects, *page.lines],
            )
            for page in document.pages
        )


@lru_cache(maxsize=8)
def structure(pdf: bytes) -> Element:
    """The root of the tree of tags."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    marked: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for index, page in enumerate(printed(pdf)):
        for char in page.chars:
            if char.get("mcid") is not None:
                marked[index, char["mcid"]].append(char)

    def read(raw: Any) -> Element:
        names = ("/A", "/Alt", "/ID")
        element = Element(raw["/S"].lstrip("/"), {name[1:]: raw[name] for name in names if name in raw})
        page = numbers[raw.raw_get("/Pg").idnum] if "/Pg" in raw else 0
        for kid in (each.get_object() for each in raw.get("/K", ())):
            if isinstance(kid, int):
                element.text += _piece(page, marked.get((page, kid), []))
            elif "/S" in kid:
                element.kids.append(read(kid))
        return element

    return read(reader.root_object["/StructTreeRoot"]["/K"][0].get_object())  # type: ignore[index]


def _piece(page: int, chars: list[Any]) -> list[Piece]:
    if not chars:
        return []
    sides = (min, "x0"), (min, "top"), (max, "x1"), (max, "bottom")
    left, top, right, bottom = (side(char[name] for char in chars) for side, name in sides)
    return [Piece(page, "".join(char["text"] for char in chars), left, top, right, bottom)]


@lru_cache(maxsize=8)
def reader_of(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))
