"""XML of a file that may be hostile, read as a stream: bounded in elements, depth, names and the length of a tag."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from reportgen.review.lint.file_limits import MAX_DEPTH, MAX_NAMES, MAX_SETTINGS, MAX_TAG, Budget, UnreadableError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/"
_USUAL = {
    f"{_STRICT}spreadsheetml/main": MAIN.strip(),
    f"{_STRICT}officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    f"{_STRICT}drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    f"{_STRICT}drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    f"{_STRICT}drawingml/spreadsheetDrawing": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}
"""The namespaces of the strict variant of workbooks, which names the same elements otherwise."""


class Handler:
    """Takes the elements of a part. Names are a namespace, a space and the local name; subclasses count
    `elements` and `depth` by calling these methods, or do so themselves where speed matters."""

    elements = 0
    depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1

    def end(self, name: str) -> None:
        self.depth -= 1

    def text(self, text: str) -> None:
        """Text arrives in pieces of some kilobytes."""


def natural(text: str | None, otherwise: int = 0) -> int:
    """A number that an attribute should be; `otherwise` for what is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def truth(text: str | None, default: bool = False) -> bool:
    """An attribute that is true or false."""
    return default if text is None else text.strip().lower() in ("1", "true", "t", "on")


def read_xml(chunks: Iterable[bytes], part: str, handler: Handler, budget: Budget) -> None:
    """Raises UnreadableError for what is not XML, or too much of it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text

    def declared(_: str | None, uri: str) -> None:
        if uri in _USUAL:
            parser.StartElementHandler = lambda name, attributes: handler.start(
                _usual(name), {_usual(key): value for key, value in attributes.items()}
            )
            parser.EndElementHandler = lambda name: handler.end(_usual(name))

    # Also so that the prefixes of namespaces are counted among the names.
    parser.StartNamespaceDeclHandler = declared

    def refuse(*_: object) -> None:
        # No part of a workbook declares a document type; one that does wants to have entities expanded.
        raise UnreadableError(f"declares a document type in {basename(part)}, which no workbook does")

    parser.StartDoctypeDeclHandler = refuse
    names: dict[str, str] = parser.intern
    seen = fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            budget.spend("elements", handler.elements - seen)
            seen = handler.elements
            # The parser keeps names for good, and a tag until it ends.
            if len(names) > MAX_NAMES:
                raise UnreadableError(f"uses more than {MAX_NAMES:,} different names of XML elements in {part}")
            if handler.depth > MAX_DEPTH:
                raise UnreadableError(f"has XML elements more than {MAX_DEPTH} deep within each other in {part}")
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise UnreadableError(f"has an XML tag of more than {MAX_TAG // 1_000_000} MB in {part}")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        # The latter two for encodings that Python does not know, or not for XML.
        raise UnreadableError(f"is not a complete workbook (.xlsx): {error} of {part}") from None


def _usual(name: str) -> str:
    """An element or attribute as other than strict workbooks name it."""
    uri, _, local = name.partition(" ")
    return f"{_USUAL[uri]} {local}" if uri in _USUAL else name


class Tree(Handler):
    """Keeps a small part as a whole, with names as ElementTree writes them: `{namespace}name`."""

    def __init__(self, part: str, budget: Budget) -> None:
        self._part, self._budget = part, budget
        self._builder = TreeBuilder()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        self._budget.spend("settings")
        self._builder.start(_braced(name), {_braced(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self._builder.end(_braced(name))

    def text(self, text: str) -> None:
        self._builder.data(text)

    def root(self) -> Element:
        return self._builder.close()


def _braced(name: str) -> str:
    return "{" + name.replace(" ", "}", 1) if " " in name else name


def read_tree(chunks: Iterable[bytes], part: str, budget: Budget) -> Element:
    """A whole part. Raises UnreadableError."""

    def bounded() -> Iterable[bytes]:
        length = 0
        for chunk in chunks:
            length += len(chunk)
            if length > MAX_SETTINGS:
                raise UnreadableError(f"has more than {MAX_SETTINGS // 1_000_000} MB in {part}")
            yield chunk

    tree = Tree(part, budget)
    read_xml(bounded(), part, tree, budget)
    return tree.root()
