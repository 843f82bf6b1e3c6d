"""Brings the shipped catalogs up to date: `python -m reportgen.report.collect_messages`.

It adds texts that are new, drops those that are gone, and names what has no translation yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.presentation.catalog_file import update_catalog_file
from reportgen.presentation.words import CATALOGS
from reportgen.report.translations import texts_of_program, texts_of_templates
from reportgen.resources import templates_folder


def update_catalog(path: Path, folder: Path) -> tuple[str, ...]:
    """Bring a catalog up to date with the program and the templates of a folder; the texts it lacks. Raises OSError."""
    texts = (*texts_of_program(), *texts_of_templates(folder))
    return update_catalog_file(path, ((each.one, each.many, _place(each.path, folder)) for each in texts), by_file=True)


def _place(path: Path, folder: Path) -> str:
    """Where a text is written, from the top of the program's folder."""
    top = folder.parent if path.is_relative_to(folder) else Path(__file__).resolve().parents[2]
    return path.relative_to(top).as_posix()


def main() -> None:
    """Update every shipped catalog; what is left to translate goes to standard output."""
    folder = templates_folder()
    for path in sorted((folder / CATALOGS).glob("*.po")):
        lacking = update_catalog(path, folder)
        lines = [f"{path.name}: {len(lacking)} texts without translation", *(f"  {each}" for each in lacking)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
