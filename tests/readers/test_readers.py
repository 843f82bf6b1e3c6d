"""Every reader loads every book without a warning, and finds what the program means it to hold.

Values, and where a reader gives them also sheets, formulas, names and kinds of validation, are those of the program,
not those of another reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import unescape as decoded

import pytest
from openpyxl.utils.escape import unescape

from reportgen.workbook.plan import CHECKS
from tests.conftest import MODELS
from tests.engines.recalculation import LibreOffice, Value, agree
from tests.readers.books import RANDOM, SAVED_AGAIN, Book, save_again, write_books
from tests.readers.contents import Contents, differences
from tests.readers.in_python import with_formualizer, with_ironcalc, with_openpyxl, with_pandas
from tests.readers.programs import apache_poi, javascript
from tests.readers.schemas import violations

Books = Mapping[str, Book]


def results(book: Book) -> Mapping[str, str]:
    """The formulas whose results are not empty texts."""
    formulas = book.contents.formulas or {}
    return {cell: formula for cell, formula in formulas.items() if cell in book.contents.values}


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return write_books(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def saved_again(books: Books, tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Books:
    return save_again(books, tmp_path_factory.mktemp("saved again"), libreoffice)


@pytest.fixture(scope="session")
def in_javascript(books: Books, saved_again: Books) -> dict[str, dict[Path, Contents]]:
    return javascript([book.path for each in (books, saved_again) for book in each.values()])


def assert_found(
    books: Books,
    read: Callable[[Path], Contents],
    as_read: Callable[[Contents], Contents] = lambda contents: contents,
    *,
    exact: bool = True,
) -> None:
    """`as_read` gives what a reader makes of contents that it is known to change."""
    found = [
        f"{name}: {line}"
        for name, book in books.items()
        for line in differences(as_read(book.contents), read(book.path), exact=exact)
    ]
    assert found == []


def with_numbered_signs(contents: Contents) -> Contents:
    """Typed texts in which `_x003D_` is taken for `=`, though the file parts it so that it is none by the standard. No
    way to write it is read alike by all; results of formulas are."""
    return _changed(contents, unescape, results=False)


def decoded_twice(contents: Contents) -> Contents:
    """Results of formulas in which `&lt;` is taken for `<`, though the file has `&amp;lt;`."""
    return _changed(contents, lambda text: decoded(text, {"&quot;": '"', "&apos;": "'"}), results=True)


def _changed(contents: Contents, change: Callable[[str], str], *, results: bool) -> Contents:
    assert contents.formulas is not None
    values = {
        cell: change(value) if isinstance(value, str) and (cell in contents.formulas) == results else value
        for cell, value in contents.values.items()
    }
    return replace(contents, values=values)


def assert_computed(books: Books, computed: Mapping[str, Mapping[str, Value]]) -> None:
    assert [
        f"{name}: {cell} ={book.contents.formulas[cell]}: expected {book.contents.values.get(cell)!r}, found {value!r}"
        for name, book in books.items()
        for cell, value in computed[name].items()
        if not agree(book.contents.values.get(cell), value)
    ] == []


def test_every_kind_of_book_is_there(books: Books) -> None:
    assert {path.stem for path in MODELS} | {"hostile", "time-a3"} | set(SAVED_AGAIN) <= books.keys()
    assert len([name for name in books if name.startswith("random")]) > RANDOM / 2
    for name in ("team-chat", "van-fleet"):
        contents = books[name].contents
        assert all((contents.formulas, contents.names, contents.rules))
    kinds = {type(value) for book in books.values() for value in book.contents.values.values()}
    assert kinds >= {float, str}


def test_the_published_schemas_allow_every_part(books: Books) -> None:
    assert [f"{name}: {line}" for name, book in books.items() for line in violations(book.data)] == []


def test_openpyxl(books: Books) -> None:
    assert_found(books, with_openpyxl)


def test_pandas_with_calamine(books: Books) -> None:
    assert_found(books, with_pandas)


def test_sheetjs(books: Books, in_javascript: dict[str, dict[Path, Contents]]) -> None:
    assert_found(books, in_javascript["SheetJS"].__getitem__, with_numbered_signs)


def test_exceljs(books: Books, in_javascript: dict[str, dict[Path, Contents]]) -> None:
    assert_found(books, in_javascript["exceljs"].__getitem__, decoded_twice)


def test_ironcalc(books: Books) -> None:
    found = {name: with_ironcalc(book.path, book.contents.values, results(book)) for name, book in books.items()}
    assert_found(books, {book.path: found[name][0] for name, book in books.items()}.__getitem__, exact=False)
    assert_computed(books, {name: computed for name, (_, computed) in found.items()})


def test_formualizer(books: Books) -> None:
    """But for checks: it has no value for `ABS` of several cells, which all other programs add up in `SUMPRODUCT`."""
    found = {}
    for name, book in books.items():
        wanted = [cell for cell, formula in results(book).items() if f"{CHECKS}!" not in f"{cell} {formula}"]
        sheets, found[name] = with_formualizer(book.path, wanted)
        assert sheets == book.contents.sheets
    assert_computed(books, found)


def test_libreoffice(books: Books, libreoffice: LibreOffice) -> None:
    """It gives conditions as 1 and 0. Shipped books, which take it long to load, are given to it in test_viewers.py."""

    def read(path: Path) -> Contents:
        values = libreoffice.values(path)
        return Contents(list(dict.fromkeys(cell.rpartition("!")[0] for cell in values)), values)

    shipped = {path.stem for path in MODELS}
    assert_found({name: book for name, book in books.items() if name not in shipped}, read, exact=False)


def test_apache_poi(books: Books, saved_again: Books) -> None:
    """Not its own results: it raises exceptions where an argument of SUMPRODUCT is an error to it."""
    found, _ = apache_poi({book.path: [] for book in (*books.values(), *saved_again.values())})
    assert_found(books, found.__getitem__, with_numbered_signs)
    assert_found(saved_again, found.__getitem__, exact=False)


@pytest.mark.parametrize("read", [with_openpyxl, with_pandas])
def test_what_libreoffice_saved_is_read_in_python(saved_again: Books, read: Callable[[Path], Contents]) -> None:
    assert_found(saved_again, read, exact=False)


SAVED: dict[str, Callable[[Contents], Contents]] = {"SheetJS": lambda contents: contents, "exceljs": decoded_twice}


@pytest.mark.parametrize("reader", SAVED)
def test_what_libreoffice_saved_is_read_in_javascript(
    saved_again: Books, in_javascript: dict[str, dict[Path, Contents]], reader: str
) -> None:
    assert_found(saved_again, in_javascript[reader].__getitem__, SAVED[reader], exact=False)
