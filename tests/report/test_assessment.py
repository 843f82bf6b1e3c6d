"""Beyond the costs: the scorecard and the features on the page, with the same numbers as their analyses."""

from __future__ import annotations

import re

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.scorecard import scorecard
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import ValueTable
from reportgen.report.html import render_html
from reportgen.report.pdf.render_pdf import html_to_pdf
from reportgen.report.view import make_view
from tests.model.assessed import assessed
from tests.model.samples import sample
from tests.report.conftest import topics_of

INCOMPLETE = ("cost: known", "cost: all")


def only_table(topic: Topic) -> ValueTable:
    (table,) = topic.blocks[0].tables
    return table


@pytest.fixture(scope="module")
def parts() -> dict[str, Topic]:
    return topics_of(assessed(INCOMPLETE))


def test_a_model_that_says_nothing_beside_its_costs_has_no_section() -> None:
    results = evaluate(sample())
    view = make_view(results)
    assert not any(view.topics[each] for each in ("coverage", "scorecard", "choice"))
    assert {"coverage", "scorecard", "choice"}.isdisjoint(each.id for each in view.sections)


def test_features_and_the_scorecard_have_their_sections() -> None:
    ids = [each.id for each in make_view(assessed()).sections]
    assert ids[ids.index("coverage") + 1] == "scorecard"


def test_the_scorecard_shows_weights_scores_and_totals(parts: dict[str, Topic]) -> None:
    table = only_table(parts["beyond-scorecard"])
    rows = {row.name or row.title: [cell.text for cell in row.cells] for row in table.rows}
    assert table.heads == ("Weight", "Hosted", "Self-run", "Owned")
    assert rows == {
        "cost": ["40%", "5.00", "no score", "3.75"],
        "control": ["25%", "2.0", "4.5", "5.0"],
        "ease": ["35%", "5.0", "3.0", "1.0"],
        "Weighted total": ["100%", "4.25", "no score", "3.10"],
    }
    assert [cell.note for cell in table.rows[0].cells] == ["", "2.00", "", "1.50"]
    assert [cell.best for cell in table.rows[-1].cells] == [False, True, False, False]
    assert table.rows[0].note == "From low to high"
    assert table.rows[1].citations == (1,)


def test_the_text_names_the_best_and_how_a_total_scores(parts: dict[str, Topic]) -> None:
    leader, how = parts["beyond-scorecard"].blocks[0].text
    assert leader == (
        "Hosted has the highest weighted total, 4.25 of 5 points. "
        "Self-run lacks a price and so a score; it is not ranked."
    )
    assert how.startswith("Known costs by the total “All costs”: computed, not judged.")


def test_a_tie_names_all_that_lead() -> None:
    weights = ("weight: 40 %", "weight: 0"), ("weight: 25 %", "weight: 50"), ("weight: 35", "weight: 50")
    results = assessed(*weights, ("self_run: 4.5", "self_run: 4"))
    outcome = scorecard(results)
    assert outcome is not None and outcome.tied
    text = topics_of(results)["beyond-scorecard"].blocks[0].text[0]
    assert text == "Hosted and Self-run have the same highest weighted total, 3.50 of 5 points."
    assert [cell.best for cell in only_table(topics_of(results)["beyond-scorecard"]).rows[-1].cells][1:3] == [
        True,
        True,
    ]


def test_the_matrix_shows_answers_prices_and_marks(parts: dict[str, Topic]) -> None:
    table = only_table(parts["beyond-features"])
    shown = {row.name: [(cell.text, cell.note, cell.mark) for cell in row.cells] for row in table.rows if row.name}
    assert shown["audit"] == [("yes", "", ""), ("build", "€18,334", ""), ("build", "€2,400", "")]
    assert shown["support"] == [("buy", "included", ""), ("no", "", "not priced"), ("partly", "", "not priced")]
    assert shown["backup"][1] == ("buy", "", "not quoted")
    assert table.rows[0].note == "For auditors. Self-run: With triggers."
    assert table.rows[0].citations == (1,)


def test_counts_are_the_last_rows_and_gaps_are_listed(parts: dict[str, Topic]) -> None:
    rows = [(row.title, [cell.text for cell in row.cells]) for row in only_table(parts["beyond-features"]).rows[-5:]]
    assert rows == [
        ("Covered", ["3", "1", "1"]),
        ("Gaps that have a price", ["1", "1", "1"]),
        ("Gaps whose price is not quoted", ["0", "1", "0"]),
        ("Gaps that nothing prices", ["0", "1", "2"]),
        ("Share covered", ["75%", "25%", "25%"]),
    ]
    (gaps,) = parts["beyond-features"].blocks[1:]
    assert gaps.points == (
        "Self-run, Support at night: no. Nobody offers it.",
        "Owned, Support at night: partly. Nobody offers it.",
        "Owned, Backup: partly. Done by hand.",
    )


def test_the_reason_of_a_gap_is_a_sentence() -> None:
    assert as_sentence("a layer is named") == "A layer is named."
    assert as_sentence("vLLM is free.") == "vLLM is free."


def test_seven_options_have_their_weights_as_notes_and_still_fit_on_a_page() -> None:
    more = "".join(f"  o{number}: {{title: Option number {number}}}\n" for number in range(4))
    results = assessed(
        ("  owned: {title: Owned}\n", "  owned: {title: Owned}\n" + more),
        *[
            (f"{old}}}", f"{old}, {', '.join(f'o{number}: {value}' for number in range(4))}}}")
            for old, value in (
                ("self_run: none, owned: none", "100"),
                ("self_run: 1_000, owned: 2_080", "100"),
                ("{hosted: included, self_run: none, owned: none", "none"),
                ("owned: 0", "0"),
                ("owned: 2_400", "none"),
                ("self_run: 4.5, owned: 5", "1"),
                ("self_run: 3, owned: 1", "1"),
                ("owned: build", "no"),
                ("owned: {is: partly, because: Done by hand}", "no"),
            )
        ],
        (
            "owned: {is: partly, because: Nobody offers it}",
            "owned: no\n      " + "\n      ".join(f"o{number}: no" for number in range(4)),
        ),
    )
    parts = topics_of(results)
    (table,) = parts["beyond-scorecard"].blocks[0].tables
    assert table.heads == Cells(results, "en").option_titles
    assert table.rows[0].note == "Weight 40%. From low to high"
    assert html_to_pdf(render_html(results)).startswith(b"%PDF")


def test_the_page_holds_both_and_no_text_is_markup() -> None:
    hostile = ("because: Done by hand", "because: '<b>{{ 7*7 }}</b>'")
    page = render_html(assessed(hostile, ("title: Mobile app", "title: '<i>App</i>'")))
    section = page[page.index('<h2 id="coverage"') :]
    assert 'id="beyond-scorecard-table"' in section and 'id="beyond-features-table"' in section
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in section and "<i>App</i>" not in page
    assert re.search(r'<tr class="ranked">.*?<td class="num best">', section, re.DOTALL)
