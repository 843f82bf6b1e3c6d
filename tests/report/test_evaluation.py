"""The procurement evaluation: nothing is missing from its registers, and what it concludes is the model's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape

import pypdf
import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.report.html import fill, render_html
from reportgen.report.pdf.render_pdf import render_pdf
from reportgen.report.report_settings import ReportSettings
from reportgen.report.view import ReportView, make_view
from reportgen.report.view_parts import InputRow
from tests.model.samples import changed
from tests.report.conftest import results_of

EVALUATION = ReportSettings(shipped_brand(), "evaluation")


@pytest.fixture(scope="module")
def view(agents: Answers) -> ReportView:
    return make_view(agents, EVALUATION)


@pytest.fixture(scope="module")
def html(view: ReportView) -> str:
    return fill(view, EVALUATION)


def rows(view: ReportView) -> Iterator[InputRow]:
    return (row for group in view.evaluation.register for row in group.rows)


def cells_of(html: str, id_: str) -> list[str]:
    """The text of the cells of the register's row of an input."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", html, re.S) if f'<td class="name">{id_}</td>' in row)
    found = re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in found]


def test_the_register_has_every_input_of_the_model(view: ReportView, agents: Answers, team: Answers) -> None:
    for results, found in ((agents, view), (team, make_view(team, EVALUATION))):
        model = results.model
        assert [row.key for row in rows(found)] == [str(key) for key in _inputs(results)]
        assert {row.key for row in rows(found)} == {str(key) for key in model.definitions if model.is_input(key)}
        assert found.evaluation.count == len(_inputs(results))


def _inputs(results: Answers) -> list[Key]:
    model = results.model
    keys = [key for each in model.assumptions for key in each.keys]
    items = [key for category in model.categories for item in category.items for key in model.keys_of(item.name)]
    return keys + [key for key in items if model.is_input(key)]


def test_a_row_has_all_that_an_audit_asks_for(html: str) -> None:
    assert cells_of(html, "salary") == [
        "salary",
        "Senior engineer, fully loaded With the employer's social contributions. The high value is the article's "
        "Berlin case; the low one is ours.",
        "110,000",
        "90,000 to 140,000",
        "EUR/FTE/year",
        "1 8",
        "May 16, 2026 May 16, 2026",
        "estimate survey",
        "Human resources",
        "January 31, 2027",
    ]


def test_an_input_of_each_option_has_a_row_for_each(html: str) -> None:
    assert cells_of(html, "ops_share.self_hosted")[2:4] == ["0.20", "0.15 to 0.35"]
    assert cells_of(html, "ops_share.inngest")[1:4] == ["Inngest", "0.00", "0.00 to 0.10"]


def test_amounts_of_cost_items_stand_there_too_and_a_missing_price_is_a_word(team: Answers) -> None:
    found = render_html(team, EVALUATION)
    assert cells_of(found, "subscription.support.self_run")[1:5] == ["Support plan, Self-run", "150", "–", "EUR/month"]
    assert cells_of(found, "set_up.audit.hosted")[1:3] == ["Security audit, Hosted", "not quoted"]
    assert "The model names neither owners nor days of review." in found


def test_what_a_scenario_sets_stands_beside_the_models_own() -> None:
    found = make_view(results_of(changed(), "growth"), EVALUATION)
    seats = next(row for row in rows(found) if row.key == "seats")
    assert (seats.value, seats.before) == ("480", "240")
    assert found.evaluation.number == "team-chat-2026-06-30-growth"


def test_the_document_is_known_by_number_version_and_digest(view: ReportView, html: str, agents: Answers) -> None:
    digest = agents.model.digest
    assert (view.evaluation.number, view.evaluation.version) == ("agent-runtime-2026-05-16", digest[:12])
    assert digest in html and "agent-runtime.xlsx" in html
    assert f"agent-runtime-2026-05-16, version {digest[:12]}" in html


def test_the_findings_are_those_of_the_sections(view: ReportView) -> None:
    findings = dict(view.evaluation.findings)
    assert list(findings) == ["Scorecard", "Checklist", "Who should choose what"]
    for topic in (*view.topics["scorecard"], *view.topics["choice"]):
        if topic.title in findings:
            assert findings[topic.title] in topic.blocks[0].text
    assert findings["Scorecard"].startswith("Connic Pro has the highest weighted total")
    assert "The verdict:" in findings["Checklist"]


def test_scope_tells_what_is_counted_and_what_is_not(html: str, view: ReportView, team: Answers) -> None:
    assert [row.title for row in view.evaluation.scope] == [each.title for each in view.categories]
    assert {row.kind for row in view.evaluation.scope} == {"running", "paid once"}
    for limit in view.limits:
        assert unescape(html).count(limit) == 1, limit
    assert "Security audit (Set-up) of Hosted: no price was quoted, so it is not counted." in render_html(
        team, EVALUATION
    )


def test_stale_sources_are_marked_where_they_are_used(team: Answers) -> None:
    text = changed(("as_of: 2026-06-30", "as_of: 2028-06-30"))
    found = render_html(results_of(text), EVALUATION)
    assert cells_of(found, "seat_fee")[6] == "June 12, 2026 stale"
    assert '<span class="bad">June 12, 2026 stale</span>' in found
    assert "stale" not in render_html(team, EVALUATION).replace("stale,", "").partition("<main>")[2]


def test_those_who_sign_have_a_line_each(html: str) -> None:
    block = html.partition('id="table-sign-off"')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(.*?)</th>', block) == ["Prepared by", "Reviewed by", "Approved by"]
    assert re.findall(r'<th scope="col">(.*?)</th>', block) == ["Step", "Name", "Role", "Date", "Signature"]
    assert block.count("<td></td>") == 12


def test_registers_stand_on_wide_pages(team: Answers) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(team, EVALUATION)))
    wide = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    first, last = wide.index(True), len(wide) - wide[::-1].index(True)
    assert all(wide[first:last]) and first > 0 and last < len(wide)
    texts = [page.extract_text() for page in reader.pages]
    assert "Register of assumptions" in texts[first] and "Register of sources" in "".join(texts[first:last])
    assert "Units are checked" not in "".join(texts[first:last])


def test_every_input_has_its_owner_in_the_order_of_the_model(view: ReportView, agents: Answers) -> None:
    owners = {row.key: row.owner for row in rows(view)}
    for each in agents.model.assumptions:
        assert owners[str(each.keys[0])] == each.owner
    assert view.evaluation.has_owners
