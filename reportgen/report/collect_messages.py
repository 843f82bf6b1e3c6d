"""Brings the shipped catalogs up to date: `python -m reportgen.report.collect_messages`.

It adds texts that are new, drops those that are gone, and names what has no translation yet.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from reportgen.presentation.words import CATALOGS, read_catalog
from reportgen.report.translations import texts_of_program, texts_of_templates
from reportgen.resources import templates_folder

_WIDTH = 116


def update_catalog(path: Path, folder: Path) -> tuple[str, ...]:
    """Bring a catalog up to date with the program and the templates of a folder; the texts it lacks. Raises OSError."""
    catalog, texts = read_catalog(path), Catalog()
    for text in (*texts_of_program(), *texts_of_templates(folder)):
        texts.add((text.one, text.many) if text.many else text.one, locations=[(_place(text.path, folder), text.line)])
    catalog.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    written = BytesIO()
    write_po(written, catalog, _WIDTH, include_lineno=False, omit_header=True, ignore_obsolete=True, sort_by_file=True)
    path.write_bytes(head.encode() + b"\n\n" + written.getvalue().strip() + b"\n")
    return tuple(_first(each) for each in catalog if not _is_said(each))


def _place(path: Path, folder: Path) -> str:
    """Where a text is written, from the top of the program's folder."""
    top = folder.parent if path.is_relative_to(folder) else Path(__file__).resolve().parents[2]
    return path.relative_to(top).as_posix()


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_said(message: Message) -> bool:
    return not message.fuzzy and all((message.string,) if isinstance(message.string, str) else message.string or ("",))


def main() -> None:
    """Update every shipped catalog; what is left to translate goes to standard output."""
    folder = templates_folder()
    for path in sorted((folder / CATALOGS).glob("*.po")):
        lacking = update_catalog(path, folder)
        lines = [f"{path.name}: {len(lacking)} texts without translation", *(f"  {each}" for each in lacking)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
