"""Which fixed texts workbooks have: what `locales/workbook/LANGUAGE.po` translates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.model.spec import EVIDENCE
from reportgen.presentation.marked_texts import texts_in_code
from reportgen.questions import QUESTIONS
from reportgen.workbook import cell_words
from reportgen.workbook.book_words import PERIODS
from reportgen.workbook.conformance import RuleText
from reportgen.workbook.plan import FIXED_SHEETS

KEYWORDS = {
    "message": False,
    "messages": True,
    "filled_message": False,
    "filled_messages": True,
    "phrase": False,
}
"""What marks a fixed text, and whether its plural follows."""
_FOLDER = Path(__file__).resolve().parent


def texts_of_books(rules: Iterable[RuleText]) -> Iterator[tuple[str, str, str]]:
    """Each text with its plural, "" for none, and the file that says it. `rules` are those that the Guide quotes."""
    for path in sorted(_FOLDER.rglob("*.py")):
        for each in texts_in_code(path, KEYWORDS):
            yield each.one, each.many, path.relative_to(_FOLDER.parents[1]).as_posix()
    for place, texts in (
        ("reportgen/workbook/plan.py", FIXED_SHEETS),
        ("reportgen/questions.py", [each.contents for each in QUESTIONS]),
        ("reportgen/model/spec.py", EVIDENCE),
        ("reportgen/workbook/cell_words.py", cell_words.ALL),
        ("reportgen/workbook/book_words.py", PERIODS),
        ("reportgen/review/lint", [each.principle for each in rules]),
    ):
        for text in texts:
            yield str(text), "", place
