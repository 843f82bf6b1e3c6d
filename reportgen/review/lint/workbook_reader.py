"""Reading a workbook for review, part by part and once: names and sheets, styles, texts, cells, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from reportgen.review.lint.book import Book, Calculation, Name, Sheet
from reportgen.review.lint.cell_styles import Look, read_looks
from reportgen.review.lint.drawings import Drawn, read_drawing
from reportgen.review.lint.file_limits import MAX_TITLE, Budget, UnreadableError
from reportgen.review.lint.formula_shapes import Shapes
from reportgen.review.lint.formulas import Area, area_of
from reportgen.review.lint.sheet_cells import Position
from reportgen.review.lint.sheet_reader import BookContents, SheetReader, Strings
from reportgen.review.lint.xml_stream import MAIN, STRICT, Handler, natural, truth
from reportgen.review.lint.zip_package import Package, Relation, open_package

_MAIN = "{" + MAIN.strip() + "}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OF_THE_PROGRAM = frozenset({"_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase"})
_RESERVED = re.compile(
    r"_xlnm\.(?:Print_Area|Print_Titles|Criteria|_FilterDatabase|Extract|Consolidate_Area|Sheet_Title)"
)
_ROWS = re.compile(r"\$[0-9]+:\$[0-9]+")


def read_book(path: Path, data: bytes | None = None) -> Book:
    """Read a workbook for review, from `data` if it is no file yet. Raises UnreadableError."""
    with open_package(path, data) as package:
        return _Reader(package).book(path)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package, self._budget = package, package.budget
        part = _workbook_part(package.tree("[Content_Types].xml"))
        self._root = package.tree(part)
        if self._root.tag.startswith("{" + STRICT.strip()):
            raise UnreadableError("is in the strict variant of .xlsx; save it as a plain .xlsx")
        self._relations = package.relations(part)
        self._shapes = Shapes(self._budget)
        self._tables: dict[str, tuple[str, Area]] = {}
        self._charted: list[str] = []

    def book(self, path: Path) -> Book:
        listed = list(_sheets(self._root, self._budget))
        looks, strings = self._looks(), self._strings()
        properties = self._root.find(f"{_MAIN}workbookPr")
        mac = properties is not None and truth(properties.get("date1904"))
        contents = BookContents(strings, looks, self._shapes, date(1904, 1, 1) if mac else date(1899, 12, 30))
        sheets = []
        printed = {(name, index): value for name, index, value in _defined(self._root)}
        for index, (title, state, key) in enumerate(listed):
            relation = self._relations.get(key)
            if relation is None or relation.external:
                raise UnreadableError(f"is damaged: the sheet {title!r} is not in the file")
            sheet = self._sheet(title, state, relation, SheetReader(title, contents, self._budget))
            area, titles = (printed.get((f"_xlnm.Print_{what}", index), "") for what in ("Area", "Titles"))
            has_area = bool(area) and "#REF!" not in area
            sheets.append(replace(sheet, print_area=has_area, print_titles=bool(_ROWS.search(titles))))
        return Book(
            *(path, tuple(sheets), tuple(self._names(sheets)), self._tables, tuple(self._links())),
            *(tuple(self._charted), self._package.parts, _calculation(self._root), self._budget),
        )

    def _related(self, kind: str) -> str | None:
        return next((each.target for each in self._relations.values() if each.kind == kind), None)

    def _looks(self) -> list[Look]:
        part = self._related("styles")
        return [] if part is None else read_looks(self._package.tree(part))

    def _strings(self) -> list[str]:
        strings = Strings(self._budget)
        part = self._related("sharedStrings")
        if part is not None:
            self._package.read(part, strings)
        return strings.texts

    def _sheet(self, title: str, state: str, relation: Relation, reader: SheetReader) -> Sheet:
        package = self._package
        is_chart = relation.kind == "chartsheet"
        if not is_chart:
            package.read(relation.target, reader)
        settings = reader.settings_reader.settings
        drawn = Drawn()
        for each in package.relations(relation.target).values():
            if each.external:
                continue
            if each.kind == "drawing":
                found = read_drawing(package, each.target)
                drawn.charts += found.charts
                drawn.pictures += found.pictures
                self._charted += found.charted
            elif each.kind == "comments":
                package.read(each.target, _Comments(reader))
            elif each.kind == "table":
                table = package.tree(each.target)
                if (area := area_of(table.get("ref", ""))) is not None:
                    self._tables[table.get("displayName", "").casefold()] = title, area
        return Sheet(
            *(title, state, reader.cells, settings, is_chart, _frozen(settings.top_left)),
            charts=tuple(drawn.charts),
            pictures=drawn.pictures,
        )

    def _names(self, sheets: list[Sheet]) -> Iterator[Name]:
        found: dict[tuple[int, str], str] = {}
        for name, sheet, value in _defined(self._root):
            if not (name in _OF_THE_PROGRAM if sheet < 0 else _RESERVED.match(name)):
                found[sheet, name] = value
        # The book's own first, then those of each sheet.
        for (sheet, name), value in sorted(found.items(), key=lambda each: each[0][0]):
            if sheet < len(sheets):
                shape = self._shapes.of("=" + value, 1, 1)
                yield Name(name, sheets[sheet].title if sheet >= 0 else "", value, shape)

    def _links(self) -> Iterator[str]:
        for reference in self._root.iter(f"{_MAIN}externalReference"):
            relation = self._relations.get(reference.get(_ID, ""))
            if relation is not None and not relation.external:
                yield from (each.target for each in list(self._package.relations(relation.target).values())[:1])


class _Comments(Handler):
    def __init__(self, sheet: SheetReader) -> None:
        self._sheet = sheet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == MAIN + "comment" and (area := area_of(attributes.get("ref", ""))) is not None:
            self._sheet.comment(area.top, area.left)


def _workbook_part(types: Element) -> str:
    for each in types.iter(f"{_TYPES}Override"):
        if each.get("ContentType", "").endswith(".main+xml"):
            return each.get("PartName", "").lstrip("/")
    return "xl/workbook.xml"


def _sheets(root: Element, budget: Budget) -> Iterator[tuple[str, str, str]]:
    """Title, state and relation of each sheet."""
    titles = set()
    for sheet in root.iter(f"{_MAIN}sheet"):
        budget.spend("sheets")
        title, key = sheet.get("name", ""), sheet.get(_ID, "")
        if not key:
            continue  # as some old programs leave them
        if not title:
            raise UnreadableError("is damaged: it has a sheet without a name")
        if len(title) > MAX_TITLE:
            raise UnreadableError(f"has a sheet whose name has more than {MAX_TITLE} characters")
        if title.casefold() in titles:
            raise UnreadableError(f"is damaged: it has two sheets named {title[:100]!r}")
        titles.add(title.casefold())
        yield title, sheet.get("state", "visible"), key


def _defined(root: Element) -> Iterator[tuple[str, int, str]]:
    """Name, index of its sheet or −1, and value."""
    for each in root.iter(f"{_MAIN}definedName"):
        yield each.get("name", ""), natural(each.get("localSheetId"), -1), each.text or ""


def _frozen(top_left: str) -> Position:
    area = area_of(top_left)
    return (area.top - 1, area.left - 1) if area is not None else (0, 0)


def _calculation(root: Element) -> Calculation:
    element = root.find(f"{_MAIN}calcPr")
    if element is None:
        # Many programs leave it out and mean what Excel does by itself.
        return Calculation()
    manual = element.get("calcMode") == "manual"
    return Calculation(truth(element.get("iterate")), manual, not truth(element.get("fullPrecision"), True))
