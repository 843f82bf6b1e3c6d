"""The words of a model whose headline is no money."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from reportgen.presentation import amount_words
from reportgen.presentation.amount_words import AmountWords
from reportgen.presentation.words import words_of
from reportgen.report.html import fill
from reportgen.report.report_settings import default_report_settings
from reportgen.report.translations import texts_of_program, texts_of_templates
from reportgen.report.view import make_view
from reportgen.resources import templates_folder
from tests.presentation.vans import CARBON, results_of

SAID_OF_THE_PROGRAM = ("cost model", "Included", "nobody has quoted", "cost item", "the cost is part")


@pytest.mark.parametrize("template", ["whitepaper", "brief", "evaluation", "article"])
def test_no_page_says_that_kilograms_cost_anything(template: str) -> None:
    settings = replace(default_report_settings(), template=template)
    page = re.sub(r"<style.*?</style>|<script.*?</script>", "", fill(make_view(results_of(CARBON), settings), settings))
    texts = re.split(r"(?<=[.:])\s|\s{2,}|\n", unescape(re.sub(r"<[^>]+>", "\n", page)))
    wrong = [text for text in texts if re.search(r"\bcosts? (least|less|more)|Lowest cost|\bpaid\b|cheap", text)]
    assert wrong == []


def test_every_text_that_is_replaced_is_said_somewhere() -> None:
    said = {text.one for text in (*texts_of_program(), *texts_of_templates(templates_folder()))}
    assert {*amount_words._OTHERS, *(one for one, _ in amount_words._PAIRS)} <= said


def test_other_languages_have_them_too() -> None:
    words = AmountWords(words_of("de"))
    assert words.gettext("Lowest cost") == "Am niedrigsten"
    one = "{option} also costs least in the one scenario."
    many = "{option} also costs least in all {count} scenarios."
    assert words.ngettext(one, many, 3, option="A") == "A ist auch in allen 3 Szenarien am niedrigsten."
