"""Reading a workbook for review, part by part and once: names and sheets, styles, texts, cells, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from reportgen.review.lint.book import Book, Calculation, Name, Sheet
from reportgen.review.lint.cell_styles import read_looks
from reportgen.review.lint.drawings import Drawn, read_drawing
from reportgen.review.lint.file_limits import MAX_TITLE, Budget, UnreadableError
from reportgen.review.lint.formula_shapes import Shapes
from reportgen.review.lint.formulas import Area, area_of
from reportgen.review.lint.sheet_cells import Position
from reportgen.review.lint.sheet_reader import BookContents, SheetReader, Strings
from reportgen.review.lint.table_references import Table, Tables, column_name
from reportgen.review.lint.xml_stream import MAIN, Handler, natural, truth
from reportgen.review.lint.zip_package import NO_WORKBOOK, Package, Relation, open_package

_MAIN = "{" + MAIN.strip() + "}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OF_THE_PROGRAM = frozenset({"_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase"})
_RESERVED = re.compile(
    r"_xlnm\.(?:Print_Area|Print_Titles|Criteria|_FilterDatabase|Extract|Consolidate_Area|Sheet_Title)"
)
_PRINTED = re.compile(r"\$[A-Z]{1,3}\$[0-9]{1,7}(?::\$[A-Z]{1,3}\$[0-9]{1,7})?")
_ROWS = re.compile(r"\$[0-9]+:\$[0-9]+")
_COLUMNS = re.compile(r"\$[A-Z]+:\$[A-Z]+")


def read_book(path: Path, data: bytes | None = None) -> Book:
    """Read a workbook for review, from `data` if it is no file yet. Raises UnreadableError."""
    with open_package(path, data) as package:
        return _Reader(package).book(path)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package, self._budget = package, package.budget
        part = package.workbook()
        self._root = package.tree(part)
        if self._root.tag != f"{_MAIN}workbook":
            raise UnreadableError(NO_WORKBOOK)
        self._relations = package.relations(part)
        self._shapes = Shapes(self._budget)
        self._tables = Tables(self._budget)

    def book(self, path: Path) -> Book:
        listed = list(_sheets(self._root, self._budget))
        styles, texts = self._related("styles"), self._related("sharedStrings")
        looks = [] if styles is None else read_looks(self._package.tree(styles))
        strings = Strings(self._budget)
        if texts is not None:
            self._package.read(texts, strings)
        properties = self._root.find(f"{_MAIN}workbookPr")
        mac = properties is not None and truth(properties.get("date1904"))
        epoch = date(1904, 1, 1) if mac else date(1899, 12, 30)
        contents = BookContents(strings.texts, looks, self._shapes, self._tables, epoch)
        defined = list(_defined(self._root))
        # Tables first, as formulas of any sheet may refer to them.
        parts = [self._sheet_part(title, key) for title, _, key in listed]
        sheets = []
        for index, ((title, state, _), (relation, related)) in enumerate(zip(listed, parts, strict=True)):
            reader = SheetReader(title, contents, self._budget)
            own = {name: value for name, sheet, value in defined if sheet == index}
            sheets.append(self._sheet(title, state, relation, related, reader, own))
        return Book(
            *(
                path,
                tuple(sheets),
                tuple(self._names(sheets, defined)),
                self._tables.data_areas(),
                dict(self._links()),
            ),
            *(self._package.parts, _calculation(self._root), self._budget),
        )

    def _related(self, kind: str) -> str | None:
        return next((relation.target for relation in self._relations.values() if relation.kind == kind), None)

    def _sheet_part(self, title: str, key: str) -> tuple[Relation, list[Relation]]:
        """Where a sheet is in the file and what it refers to there, with its tables noted."""
        relation = self._relations.get(key)
        if relation is None or relation.external:
            raise UnreadableError(f"is damaged: the sheet {title!r} is not in the file")
        related = [each for each in self._package.relations(relation.target).values() if not each.external]
        for each in related:
            if each.kind == "table":
                part = self._package.tree(each.target)
                if (area := area_of(part.get("ref", ""))) is not None:
                    columns = (column_name(column.get("name", "")) for column in part.iter(f"{_MAIN}tableColumn"))
                    rows = natural(part.get("headerRowCount"), 1), natural(part.get("totalsRowCount"))
                    self._tables.add(part.get("displayName", ""), Table(title, area, *rows, tuple(columns)))
        return relation, related

    def _sheet(
        self, title: str, state: str, relation: Relation, related: list[Relation], reader: SheetReader,
        defined: dict[str, str],
    ) -> Sheet:  # fmt: skip
        package, drawn = self._package, Drawn()
        is_chart = relation.kind == "chartsheet"
        if not is_chart:
            package.read(relation.target, reader)
        for each in related:
            if each.kind == "drawing":
                read_drawing(package, each.target, drawn)
            elif each.kind == "comments":
                package.read(each.target, _Comments(reader))
        settings, print_area = reader.settings_reader.settings, defined.get("_xlnm.Print_Area", "")
        titles = defined.get("_xlnm.Print_Titles", "")
        return Sheet(
            *(title, state, is_chart, reader.cells, settings, drawn, _frozen(settings.top_left)),
            print_areas=tuple(_printed(print_area)),
            has_print_titles=bool(_ROWS.search(titles)),
            repeats_columns=bool(_COLUMNS.search(titles)),
        )

    def _names(self, sheets: list[Sheet], defined: list[tuple[str, int, str]]) -> Iterator[Name]:
        values = {
            (sheet, name): value
            for name, sheet, value in defined
            if not (name in _OF_THE_PROGRAM if sheet < 0 else _RESERVED.match(name))
        }
        # The book's own first, then those of each sheet.
        for (sheet, name), value in sorted(values.items(), key=lambda item: item[0][0]):
            if sheet < len(sheets):
                shape = self._shapes.of(self._tables.addressed("=" + value, "", 1, 1), 1, 1)
                yield Name(name, sheets[sheet].title if sheet >= 0 else "", value, shape)

    def _links(self) -> Iterator[tuple[int, str]]:
        """The number and the target of each other book that the file has a part for."""
        for number, reference in enumerate(self._root.iter(f"{_MAIN}externalReference"), 1):
            relation = self._relations.get(reference.get(_ID, ""))
            if relation is not None and not relation.external and relation.target in self._package:
                targets = self._package.relations(relation.target).values()
                yield number, next((link.target for link in targets), "")


def _printed(text: str) -> Iterator[Area]:
    """The areas of a sheet's print area, which names the sheet before each."""
    for match in _PRINTED.finditer(text):
        if (area := area_of(match[0].replace("$", ""))) is not None:
            yield area


class _Comments(Handler):
    def __init__(self, sheet: SheetReader) -> None:
        self._sheet = sheet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == MAIN + "comment" and (area := area_of(attributes.get("ref", ""))) is not None:
            self._sheet.comment(area.top, area.left)


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
    for name in root.iter(f"{_MAIN}definedName"):
        yield name.get("name", ""), natural(name.get("localSheetId"), -1), name.text or ""


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
