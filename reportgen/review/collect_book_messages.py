"""Brings the shipped catalogs of workbooks up to date: `python -m reportgen.review.collect_book_messages`.

It adds texts that are new, drops those that are gone, and names what has no translation yet. It stands here because
books quote the rules of lint.
"""

from __future__ import annotations

import sys

from reportgen.presentation.catalog_file import update_catalog_file
from reportgen.presentation.words import CATALOGS
from reportgen.resources import templates_folder
from reportgen.review.lint.run import rules_of_books
from reportgen.workbook import book_words
from reportgen.workbook.catalog_texts import texts_of_books


def main() -> None:
    """Update every shipped catalog of workbooks; what is left to translate goes to standard output."""
    for path in sorted((templates_folder() / CATALOGS / book_words.CATALOGS).glob("*.po")):
        lacking = update_catalog_file(path, texts_of_books(rules_of_books()), by_file=False)
        lines = [f"{path.name}: {len(lacking)} texts without translation", *(f"  {each}" for each in lacking)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
