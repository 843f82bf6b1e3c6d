"""What figures of the narrative print, compare and refuse."""

from __future__ import annotations

import pytest

from reportgen.report.prose import read_texts
from reportgen.report.report_settings import ReportSettings, default_report_settings
from tests.narrative.conftest import Write

PRINTED = [
    ("{{ total.self_run | money }}", "€21,708 per year"),
    ("{{ total.self_run }}", "€21,708 per year"),
    ("{{ total.self_run | money(unit=false) }}", "€21,708"),
    ("{{ total.self_run | money(-3, unit=false) }}", "€22,000"),
    ('{{ total.self_run | to("EUR/month") | money(0) }}', "€1,809 per month"),
    ("{{ seats | number }}", "240"),
    ("{{ seats.low | number }} to {{ seats.high | number }}", "120 to 600"),
    ("{{ seat_fee }}", "€6.50 per seat per month"),
    ("{{ (running.self_run / running.hosted) | percent(0) }}", "81%"),
    ("{{ (running.hosted / running.self_run) | factor }}", "1.2×"),
    ("{{ (1 - running.self_run / running.hosted) | percent(0) }}", "19%"),
    ("{{ total.hosted | money }}", "€21,813 per year (incomplete)"),
    ("{{ set_up.audit.hosted }}", "not quoted"),
    ("{{ (total.hosted - total.hosted) | money }}", "incomplete"),
    ("{{ subscription.support.self_run | money(-3, unit=false) }}", "€150"),
    ("{{ horizon | quantity }}", "3 years"),
    ("{{ subscription.support.hosted }} {{ infrastructure.servers.hosted }}", "included none"),
    ("{{ as_of | date }}", "June 30, 2026"),
    ("{{ option.hosted.title }} {{ option.hosted.running | money(0, unit=false) }}", "Hosted €20,480"),
    ("{{ scenario.growth.title }}: {{ scenario.growth.seats | number }}", "Doubled team: 480"),
    ("{{ cheapest.running }}", "Self-run"),
    ("{{ break_even.seats.cheaper_above }}", "Self-run"),
]


@pytest.mark.parametrize(("text", "shown"), PRINTED)
def test_a_figure_is_printed_with_its_unit_and_marks(text: str, shown: str, write: Write) -> None:
    (prose,) = read_texts(write(text).results, default_report_settings())[0]
    assert prose.html.replace("\N{NO-BREAK SPACE}", " ") == f"<p>{shown}</p>\n"


def test_a_locale_prints_its_own_numbers_and_words(write: Write) -> None:
    report_settings = default_report_settings()
    german = ReportSettings(report_settings.brand, locale="de")
    results = write("{{ total.hosted | money(0, unit=false) }}").results
    assert "21.813" in read_texts(results, german)[0][0].html


REFUSED = [
    ("{{ total }}", "RG855"),
    ("{{ total.hosted < seats }}", "RG855"),
    ("{% if total.hosted < seats %}x{% endif %}", "RG855"),
    ("{% if seats < 100 %}x{% endif %}", "RG855"),
    ("{% if seats == 240 %}x{% endif %}", "RG855"),
    ("{% if seats %}x{% endif %}", "RG855"),
    ("{% if seats > 0 %}{% else %}{{ seats + total.hosted }}{% endif %}", "RG855"),
    ("{{ total.self_run - total.hosted | money }}", "RG855"),
    ("{{ seats | money }}", "RG855"),
    ("{{ total.hosted | percent }}", "RG855"),
    ("{{ total.hosted | money(1.5) }}", "RG855"),
    ('{{ total.hosted | to("EUR") }}', "RG855"),
    ('{{ total.hosted | to("EUR/yr") }}', "RG855"),
    ("{{ seats | date }}", "RG855"),
    ("{{ seats > 0 }}", "RG855"),
    ("{{ every_scenario.seats }}", "RG855"),
    ("{{ total.hosted < option.hosted }}", "RG855"),
    ("{{ totl.hosted }}", "RG853"),
    ("{{ total.hosted.platform }}", "RG853"),
    ("{{ total.hosted | upper }}", "RG853"),
    ("{{ range(3) }}", "RG853"),
    ("{{ option.hosted.title.upper() }}", "RG853"),
    ("{{ seats.__class__.__mro__ }}", "RG853"),
    ("{{ seats['__class__'] }}", "RG854"),
    ("{{ self }}{{ cycler }}", "RG853"),
    ("{{ total.self_run * 12 }}", "RG857"),
    ('{{ "costs 12" }}', "RG857"),
    ("{{ 12 }}", "RG857"),
    ("{{ measure(3, 'seat') }}", "RG854"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_cannot_be_said_is_refused_where_it_stands(text: str, code: str, write: Write) -> None:
    found = write(f"First line.\n\n{text}\n").problems
    assert {problem.code for problem in found} == {code}
    assert all(problem.span and problem.source.position(problem.span.start)[0] == 3 for problem in found)
    assert found[0].source.name.endswith("text/why.md")


ALLOWED = [
    'Seats: {% if seats > measure(100, "seat") %}many{% else %}few{% endif %}',
    "{% if total.hosted.complete and total.hosted < total.self_run %}x{% endif %}",
    "{% if total.self_run > 0 and not (running.self_run > running.hosted) %}x{% endif %}",
    "{% if cheapest.total %}{{ cheapest.total }}{% else %}none{% endif %}",
    "{{ claim('It is less everywhere.', every_scenario.running.self_run < every_scenario.running.hosted) }}",
    "{{ 'yes' if seats > measure(1, 'seat') else 'no' }}",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_can_be_asked(text: str, write: Write) -> None:
    assert write(text).codes == []


def test_a_line_of_tags_leaves_nothing_and_a_tag_in_a_sentence_keeps_words_apart(write: Write) -> None:
    text = "One {% if seats > 0 %}two{% endif %}\nthree\n{% if seats > 0 %}{# really #}\nfour\n{% endif %}\nfive\n"
    assert write(text).html == "<p>One two\nthree\nfour\nfive</p>\n"


def test_names_of_the_model_go_before_those_of_the_narrative(write: Write) -> None:
    taken = ("hours:    {title", "option:   {title"), ("* hours / fx", "* option / fx")
    written = write("{{ option }} {% for each in options %}{{ each.title }} {% endfor %}{{ cheapest.running }}", *taken)
    assert written.codes == [] and "730 h/month Hosted Self-run Self-run" in written.html


def test_what_depends_on_the_numbers_is_refused_only_where_a_reader_would_see_it(write: Write) -> None:
    near = ("from: 50, to: 2_000", "from: 50, to: 60")
    written = write("{% if break_even.seats.crosses %}{{ break_even.seats.at }}{% else %}never{% endif %}", near)
    assert written.codes == [] and "never" in written.html
    (problem,) = write("\n{{ break_even.seats.at }}", near).problems
    assert problem.code == "RG855" and "no crossing" in problem.message


def test_an_internal_rate_is_asked_for_before_it_is_told(write: Write) -> None:
    """Hosted costs less at first and more later; self-run alone never earns anything."""
    metrics = """metrics:
  gain: {title: Gain, unit: "%/year", formula: internal_rate_of_return(set_up.self_run - subscription.hosted)}
  loss: {title: Loss, unit: "%/year", formula: internal_rate_of_return(people.self_run)}
"""
    change = ("metrics:\n", metrics)
    asked = "{% if NAME.exists %}it is {{ NAME }}{% else %}never{% endif %}"
    assert write(asked.replace("NAME", "gain"), change).html.startswith("<p>it is ")
    assert "never" in write(asked.replace("NAME", "loss"), change).html
    (problem,) = write("\n{{ loss }}", change).problems
    assert problem.code == "RG855"
    assert problem.message == "`loss`: there is no internal rate of return"
    (problem,) = write("{% if every_scenario.loss > every_scenario.gain %}x{% endif %}", change).problems
    assert problem.message.startswith("`every_scenario.loss`: there is no internal rate of return in ")


def test_a_comparison_with_what_lacks_a_price_is_refused(write: Write) -> None:
    (problem,) = write("{% if total.hosted < total.self_run %}cheaper{% endif %}").problems
    assert problem.code == "RG855" and "is incomplete" in problem.message


def test_a_claim_that_does_not_hold_shows_what_decided_it(write: Write) -> None:
    text = "{{ claim('It is dearer.', running.self_run > running.hosted) }}"
    (problem,) = write(text).problems
    assert problem.code == "RG856" and "16,541.11 and 20,480.00 EUR/year" in problem.hint


def test_a_claim_about_every_scenario_names_the_one_that_breaks_it(write: Write) -> None:
    text = "{{ claim('Few seats.', every_scenario.seats < measure(300, 'seat')) }}"
    (problem,) = write(text).problems
    assert problem.code == "RG856" and "in scenario `growth`" in problem.hint


def test_a_claim_is_left_out_where_other_numbers_are_tried(write: Write) -> None:
    written = write("{{ claim('Few seats.', seats < measure(300, 'seat')) }}\n\nEnd.", scenario="growth")
    (problem,) = written.problems
    assert (problem.code, problem.severity) == ("RG856", "warning") and "in scenario `growth`" in problem.message
    assert written.html == "<p>End.</p>\n"


def test_all_false_claims_are_found_at_once(write: Write) -> None:
    text = "{{ claim('No.', seats < 0) }}\n\n{{ claim('No again.', seats < 0) }}"
    assert write(text).codes == ["RG856", "RG856"]


def test_a_claim_in_a_branch_that_is_not_taken_is_not_asked(write: Write) -> None:
    assert write("{% if seats < 0 %}{{ claim('No.', seats < 0) }}{% endif %}").codes == []


def test_a_scenario_shows_its_own_numbers(write: Write) -> None:
    written = write("{{ seats }} {{ scenario.base.seats }}", scenario="growth")
    assert "480 seat 240 seat" in written.html


def test_questions_are_text_and_answers_html(write: Write) -> None:
    plan = 'report: {faq: [{question: "Is <b> {{ option.hosted.title }}?", answer: "*Yes*, {{ seats | number }}."}]}\n'
    found = write("", ("title: Hosted,", "title: '<i>Hosted',"), plan=plan.replace("<b> ", ""))
    ((question, answer),) = read_texts(found.results, default_report_settings())[1]
    assert (question, answer) == ("Is <i>Hosted?", "<p><em>Yes</em>, 240.</p>\n")
