"""Catalogs as files: brought up to date with the texts that they translate."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from reportgen.presentation.words import read_catalog

_WIDTH = 116


def update_catalog_file(path: Path, texts: Iterable[tuple[str, str, str]], *, by_file: bool) -> tuple[str, ...]:
    """Bring a catalog up to date: each text with its plural ("" for none) and the file that says it. New texts are
    added, those that are gone dropped; what has no translation is returned. They stand by their files, or else by the
    alphabet and name none, so that changes to different texts do not meet. Raises OSError."""
    catalog, said = read_catalog(path), Catalog()
    for one, many, place in texts:
        said.add((one, many) if many else one, locations=[(place, 1)])
    catalog.update(said, no_fuzzy_matching=True, update_header_comment=False)
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    written = BytesIO()
    order = {"sort_by_file": True} if by_file else {"sort_output": True, "no_location": True}
    write_po(written, catalog, _WIDTH, include_lineno=False, omit_header=True, ignore_obsolete=True, **order)
    path.write_bytes(head.encode() + b"\n\n" + written.getvalue().strip() + b"\n")
    return tuple(_first(each) for each in catalog if not _is_said(each))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_said(message: Message) -> bool:
    return not message.fuzzy and all((message.string,) if isinstance(message.string, str) else message.string or ("",))
