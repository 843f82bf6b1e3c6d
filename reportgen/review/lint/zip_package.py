"""The file itself: whether it is a workbook at all, and its parts, each read in small pieces.

Raises `UnreadableError` only. Nothing outside the file is read, whatever its relations say.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import basename, dirname, normpath
from typing import BinaryIO
from xml.etree.ElementTree import Element

from reportgen.review.lint.file_limits import LIMITS, MAX_FILE, Budget, UnreadableError
from reportgen.review.lint.xml_stream import Handler, read_tree, read_xml

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"
"""What each entry of a zip's directory begins with."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ValueError, LookupError),
)
"""What zipfile and its relatives raise for files that are not what they say."""

CHUNK = 1 << 16
NO_WORKBOOK = "is not an Excel workbook (.xlsx)"


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another, or where `external` out of the file; `kind` is the last word of its type."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of an open file, found by name without regard to case, or to how folders are set apart."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive, self.budget = archive, budget
        self._entries = {_plain(name).casefold(): name for name in archive.namelist()}
        self.parts = frozenset(map(_plain, archive.namelist()))

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._entries

    def read(self, part: str, handler: Handler) -> None:
        read_xml(self._chunks(part), part, handler, self.budget)

    def tree(self, part: str) -> Element:
        return read_tree(self._chunks(part), part, self.budget)

    def _chunks(self, part: str) -> Iterator[bytes]:
        if part not in self:
            raise UnreadableError(f"is damaged: the part {part[:100]} is missing")
        with self._archive.open(self._entries[part.casefold()]) as file:
            while chunk := file.read(CHUNK):
                self.budget.spend("bytes", len(chunk))
                yield chunk

    def workbook(self) -> str:
        """The part from which all others are reached, wherever it is and whatever its name."""
        related = (each.target for each in self.relations("").values() if each.kind == "officeDocument")
        part = next((part for part in related if part in self), "xl/workbook.xml")
        if part not in self:
            raise UnreadableError(NO_WORKBOOK)
        return part

    def relations(self, part: str) -> dict[str, Relation]:
        """By their ids, what a part refers to."""
        folder = dirname(part)
        rels = f"{folder}/_rels/{basename(part)}.rels".lstrip("/")
        if rels not in self:
            return {}
        relations = {}
        for element in self.tree(rels):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}").lstrip("/")
            relations[element.get("Id", "")] = Relation(basename(element.get("Type", "")), target, external)
        return relations


def _plain(name: str) -> str:
    """Some programs on Windows write backslashes."""
    return name.replace("\\", "/")


@contextmanager
def open_package(path: Path, data: bytes | None) -> Iterator[Package]:
    """Open a file, or its bytes. Raises UnreadableError, also for what turns out to be wrong while it is read."""
    try:
        with _opened(path) if data is None else BytesIO(data) as file:
            start = file.read(8)
            if start == _OLE:
                raise UnreadableError("is protected by a password or in the old .xls format; save it as a plain .xlsx")
            _count_entries(file)
            with zipfile.ZipFile(file) as archive:
                _look_through(archive)
                yield Package(archive, Budget())
    except _BROKEN as error:
        raise UnreadableError(f"is not a complete workbook (.xlsx): {str(error).lower()}") from None


def _opened(path: Path) -> BinaryIO:
    try:
        # Opening a pipe would wait for someone to write into it, and a device may never end.
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError("is a folder, not a workbook")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is not a regular file")
        if status.st_size > MAX_FILE:
            raise UnreadableError(f"is larger than {MAX_FILE // 1_000_000} MB")
        return path.open("rb")
    except OSError as error:
        raise UnreadableError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise UnreadableError("cannot be read: not a path") from None


def _count_entries(file: BinaryIO) -> None:
    """Before zipfile builds an object for each entry of a directory of millions."""
    file.seek(0)
    entries, tail = 0, b""
    while chunk := file.read(1 << 20):
        entries += (tail + chunk).count(_ENTRY)
        tail = (tail + chunk)[1 - len(_ENTRY) :]
    limit, message = LIMITS["parts"]
    if entries > limit:
        raise UnreadableError(message)


def _look_through(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {_plain(entry.filename).casefold() for entry in entries}
    if "xl/workbook.bin" in names:
        raise UnreadableError("is a binary workbook (.xlsb); save it as .xlsx")
    if "[content_types].xml" not in names:
        raise UnreadableError(NO_WORKBOOK)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("is protected by a password")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableError("is not an Excel workbook (.xlsx): it is packed by a method that workbooks do not use")
    limit, message = LIMITS["bytes"]
    if sum(entry.file_size for entry in entries) > limit:
        raise UnreadableError(message)
