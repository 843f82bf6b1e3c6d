"""What the report says of published figures: counts, those that do not follow with why, and all of them."""

from __future__ import annotations

import io
from dataclasses import fields

import pdfplumber
import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.published import published
from reportgen.presentation.published_topic import PublishedPart, PublishedRow, published_part
from reportgen.presentation.result_cells import Cells
from reportgen.report.html import render_html
from reportgen.report.pdf.render_pdf import render_pdf
from reportgen.report.view import make_view
from tests.model.published import PUBLISHED, TEXT
from tests.model.samples import SAMPLE, load
from tests.report.conftest import page_texts

MANY = 60


@pytest.fixture(scope="module")
def results() -> Answers:
    return evaluate(load(TEXT))


def part_of(results: Answers, locale: str = "en") -> PublishedPart:
    found = published_part(Cells(results, locale))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rows(results: Answers) -> dict[str, PublishedRow]:
    return {each.title: each for each in part_of(results).rows}


def test_the_counts_are_a_sentence(results: Answers) -> None:
    assert part_of(results).counts == (
        "Of 13 published figures 4 hold exactly, 3 hold as rounded, 1 holds only with an intermediate result rounded "
        "or dropped, 3 differ from what follows, and 2 are inputs, which nothing leads to."
    )
    one = PUBLISHED[: PUBLISHED.index("  machine_month:")]
    assert part_of(evaluate(load(SAMPLE + one))).counts == "Of 1 published figure 1 holds exactly."


def test_a_model_without_published_figures_says_nothing(team: Answers) -> None:
    view = make_view(team)
    assert view.published is None and "published" not in [each.id for each in view.sections]
    assert "ublished figure" not in render_html(team)


def test_a_stated_figure_is_shown_as_printed_and_the_computed_one_with_the_difference(
    rows: dict[str, PublishedRow],
) -> None:
    shown = {title: (row.states, row.computed, row.unit, row.verdict) for title, row in rows.items()}
    assert shown["Seat fees a year"] == ("18,720", "18,720", "EUR/year", "exact")
    assert shown["One virtual machine a month"] == ("130", "128.43", "EUR/month", "rounded to 10")
    assert shown["Seats of the example"] == ("0.24", "0.24", "kseat", "input")
    assert shown["Users of the product"] == ("10,000 or more", "–", "user", "input")
    assert shown["Machines of the doubled team"] == ("up to 2", "2", "server", "exact")
    assert shown["Seat fees from small to large"] == ("700 to 4,000", "780 to 3,900", "EUR/month", "rounded to 200")
    assert shown["Saving"] == ("0%", "−0.49% (incomplete)", "", "rounded to 1%")


def test_numbers_are_those_of_the_locale(results: Answers) -> None:
    row = next(each for each in part_of(results, "de").rows if each.title == "One virtual machine a year")
    assert (row.states, row.computed) == ("1.560", "1.541")
    assert "Auf" not in row.reason and row.reason.endswith("So ergibt sich 1.560 EUR/Jahr.")


def test_those_that_do_not_follow_say_why(results: Answers) -> None:
    deviations = part_of(results).deviations
    assert [each.reason for each in deviations] == [
        "The month is rounded to tens before it is multiplied by twelve. That way 1,560 EUR/year follows.",
        "@ the table leaves out a part of the salary.",
        "The smallest team pays more than is stated, the largest less.",
        "It is one team's.",
    ]
    expected = [each.figure.title for each in published(results.model) if each.verdict in ("differs", "intermediate")]
    assert [each.title for each in deviations] == expected


def test_a_row_names_its_scenario_and_its_source(rows: dict[str, PublishedRow]) -> None:
    assert rows["Machines of the doubled team"].case == "Doubled team"
    assert rows["Seat fees a year"].case == "" and rows["Seat fees a year"].citations == (1,)


def test_a_shown_scenario_changes_no_figure(results: Answers) -> None:
    model = results.model
    assert part_of(evaluate(model, model.scenario("growth"))) == part_of(results)


def test_the_page_has_both_tables_and_the_appendix_its_letter(results: Answers) -> None:
    page = render_html(results)
    assert page.count('id="table-published-deviations"') == page.count('id="table-published"') == 1
    method, formulas = page.index('<h2 id="method"'), page.index('<h2 id="formulas"')
    assert method < page.index('id="table-published-deviations"') < formulas
    assert page.index('<h2 id="published"') < page.index('id="table-published"') < page.index('<h2 id="about"')
    letters = [(each.id, each.number) for each in make_view(results).sections][-4:]
    assert letters == [("formulas", "C"), ("scenario-settings", "D"), ("published", "E"), ("about", "F")]


def test_text_of_the_model_is_escaped() -> None:
    text = TEXT.replace("@ the table leaves out a part", "<script>alert(1)</script> {{ 7*7 }} leaves out a part")
    page = render_html(evaluate(load(text)))
    assert "<script>" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} leaves out a part" in page


def test_where_all_follow_there_is_no_table_of_deviations() -> None:
    one = PUBLISHED[: PUBLISHED.index("  machine_month:")]
    page = render_html(evaluate(load(SAMPLE + one)))
    assert 'id="table-published-deviations"' not in page and 'id="table-published"' in page


def test_long_tables_go_on_with_their_heads_and_no_row_is_broken() -> None:
    figures = [
        f"  figure_{number}: {{title: Figure number {number}, where: Table, states: {number}, unit: EUR/month, "
        "formula: subscription.fees.hosted, expect: differs, "
        f"because: 'Row {number} begins here and is told in so many words that it needs more than one line of "
        f"this table to be told, to where row {number} ends'}}"
        for number in range(MANY)
    ]
    pdf = render_pdf(evaluate(load(SAMPLE + "\npublished:\n" + "\n".join(figures) + "\n")))
    pages = page_texts(pdf)
    heads = [text for text in pages if "Figure and why it is so" in text]
    assert len(heads) >= 3
    for number in range(MANY):
        (page,) = [text for text in pages if f"Row {number} begins here" in text]
        assert f"row {number} ends." in " ".join(page.split())
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        register = [page for page in document.pages if "Computed Verdict" in page.extract_text()]
    assert len(register) >= 2


def test_the_parts_hold_text_only(results: Answers) -> None:
    for row in part_of(results).rows:
        assert all(isinstance(getattr(row, each.name), str | tuple) for each in fields(row))
