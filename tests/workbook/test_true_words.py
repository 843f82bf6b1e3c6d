"""No home-made words in a workbook: all texts of all sheets of the shipped models."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.conftest import plain_book

BANNED = (
    *("corner", "extreme", "order so far", "the driver there", "amount at first", "the same, of", "what moves"),
    *("keep it all the same", "held against", "bought beside it", "does some of it", "the dearer at first has"),
    *("before sorting", "higher change places", "what scores are made from", "how many features are"),
)
"""What a finance editor struck out: words that are no term of the field, or say something else in English."""


def fixed_texts(path: Path) -> set[str]:
    """All texts of a book, those within formulas too."""
    book = openpyxl.load_workbook(BytesIO(plain_book(path)))
    cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    texts = {value for value in cells if isinstance(value, str)}
    quoted = {part for text in texts if text.startswith("=") for part in re.findall(r'"((?:[^"]|"")*)"', text)}
    return {text for text in texts if not text.startswith("=")} | quoted


@cache
def own_texts(path: Path) -> str:
    """What the author wrote, in one line."""
    files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
    written = (file.read_text() for file in files if file.suffix in (".yaml", ".md"))
    return " ".join(" ".join(written).casefold().split())


def test_no_text_has_a_word_that_was_struck_out(model_path: Path) -> None:
    author = own_texts(model_path)
    found = {
        (word, text)
        for text in fixed_texts(model_path)
        for word in BANNED
        if word in text.casefold() and text.casefold() not in author
    }
    assert found == set()
