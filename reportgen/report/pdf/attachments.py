"""Files that travel inside a PDF: the model it was made from and the workbook that computes the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reportgen.model.model import Model
from reportgen.presentation.words import Words

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"
MARKDOWN = "text/markdown"

Relationship = Literal["Source", "Data"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file to attach; `date` is what readers show as its date, the model's `as_of` for equal bytes.

    The relationship is one of ISO 19005-3, annex E: `Source` for what the document was made from (the model's YAML,
    its narrative and its brand), `Data` for what its tables and charts present (the workbook: nothing in the document
    was made from it, but it holds the numbers shown and the formulas behind them).
    """

    name: str
    data: bytes
    mime: str
    relationship: Relationship
    description: str
    date: date


class Book(NamedTuple):
    """A workbook and what its file is called."""

    name: str
    data: bytes


def attachments_of(model: Model, book: Book, files: Sequence[Path], words: Words) -> tuple[Attachment, ...]:
    """The workbook, and the files that a report was made from: the model's YAML first, then what lies beside it.

    Names keep the folders below the model's, with hyphens for slashes. Raises OSError for a file that is gone.
    """
    found = [Attachment(book.name, book.data, WORKBOOK, "Data", words.gettext("The live workbook"), model.as_of)]
    top = files[0].parent
    for path in files:
        said = words.gettext("The cost model") if path == files[0] else words.gettext("A part of the cost model")
        mime = MARKDOWN if path.suffix == ".md" else YAML
        name = "-".join(path.relative_to(top).parts)
        while name in {each.name for each in found}:  # a-b.de.md is a file and perhaps the German a/b.md
            name = f"-{name}"
        found.append(Attachment(name, path.read_bytes(), mime, "Source", said, model.as_of))
    return tuple(found)


def for_weasyprint(attachments: Sequence[Attachment]) -> list[Any]:
    """The same in the order of their names, which a reader's search relies on. Raises ValueError for a name twice."""
    from weasyprint import Attachment as Embedded

    names = [each.name for each in attachments]
    if len(set(names)) < len(names):
        raise ValueError(f"two attachments have the same name: {', '.join(sorted(names))}")
    found = []
    for each in _in_order(attachments):
        moment = datetime(each.date.year, each.date.month, each.date.day)
        found.append(
            Embedded(
                file_obj=_Bytes(each.data),
                name=each.name,
                description=each.description,
                created=moment,
                modified=moment,
                relationship=each.relationship,
            )
        )
    return found


def fix_attachments(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Give each file its own kind and relationship, and name it once in the document.

    WeasyPrint guesses the kind from the name by what the machine knows, finds relationships by the content, and lists
    every file twice.
    """
    files: list[Any] = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Filespec"]
    for file, attachment in zip(files, _in_order(attachments), strict=True):
        stream = pdf.objects[int(file["EF"]["F"].split()[0])]
        stream.extra["Subtype"] = f"/{attachment.mime.replace('/', '#2f')}"
        file["AFRelationship"] = f"/{attachment.relationship}"
    if files:
        pdf.catalog["AF"][:] = [file.reference for file in files]


def _in_order(attachments: Sequence[Attachment]) -> list[Attachment]:
    return sorted(attachments, key=lambda each: each.name.encode())


class _Bytes:
    """A file without a name: WeasyPrint would take one for an address."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> bytes:
        return self._data
