"""Models and their renderings; each PDF takes seconds and is made once."""

from __future__ import annotations

import io
from functools import lru_cache

import pypdf
import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_model, load_source
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.report.paper_topics import paper_topics
from reportgen.report.pdf.render_pdf import render_pdf
from reportgen.report.view import ReportView, make_view
from reportgen.resources import inputs_folder
from reportgen.source import Source
from tests.report.page_structure import printed

AWKWARD = 'Widgets <b>&" {{ 7*7 }} {% raw %}'
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def results_of(text: str, scenario: str | None = None) -> Answers:
    model, _ = load_source(Source("model.yaml", text))
    return evaluate(model, model.scenario(scenario))


def topics_of(results: Answers) -> dict[str, Topic]:
    """What a report says of each question, by the topic's id."""
    topics, _ = paper_topics(Cells(results, "en"))
    return {each.id: each for block in topics.values() for each in block}


def awkward_model() -> str:
    """Seven options, long and hostile text, long numbers, a price that is missing."""
    titles = [f"Option {number}" for number in range(7)]
    titles[1], titles[3] = AWKWARD, LONG_WORD[:60]
    costs = [
        "{" + ", ".join(f"o{o}: {'not quoted' if (i, o) == (2, 4) else 12_345_678.9 * (i + 1)}" for o in range(7)) + "}"
        for i in range(4)
    ]
    lines = [
        "reportgen: 1",
        "id: awkward",
        f"title: 'Comparing seven options for the consolidated enterprise telecommunication platform, {AWKWARD[:24]}'",
        f"subtitle: '{LONG_WORD} and <script>alert(1)</script>'",
        "summary: 'First sentence. {{ 7*7 }} is no template.'",
        "as_of: 2026-02-03",
        "currency: USD",
        "options:",
        *(f"  o{number}: {{title: '{title}', summary: '{{{{ 7*7 }}}}'}}" for number, title in enumerate(titles)),
        "subject: o2",
        "sources:",
        f"  s: {{title: '{LONG_WORD}', url: 'https://example.com/{'verylongpath' * 12}?a=1&b=2', "
        "accessed: 2026-01-01, evidence: quote}",
        "assumptions:",
        "  g:",
        "    title: Group",
        "    inputs:",
        *(
            f"      a{n}: {{title: 'Assumption {n}', value: {n + 1}.5, unit: USD/month, low: 0.00042, "
            f"high: 99_999_999, source: s, note: '{'A note with words. ' * (n % 9 + 1)}'}}"
            for n in range(25)
        ),
        "categories:",
        "  c:",
        f"    title: '{LONG_WORD}'",
        "    unit: USD/month",
        "    items:",
        *(f"      i{number}: {{title: '{AWKWARD}', costs: {cost}, source: s}}" for number, cost in enumerate(costs)),
        f"      all: {{title: All, costs: {' + '.join(f'a{n}' for n in range(25))}}}",
        "totals:",
        "  t: {title: Total cost, unit: USD/year, formula: c}",
        "limits: ['<b>bold</b> & {{ 7*7 }}']",
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def team() -> Answers:
    return evaluate(load_model(inputs_folder() / "team-chat.yaml")[0])


@pytest.fixture(scope="session")
def team_view(team: Answers) -> ReportView:
    return make_view(team)


@pytest.fixture(scope="session")
def agents() -> Answers:
    return evaluate(load_model(inputs_folder() / "agent-runtime")[0])


@pytest.fixture(scope="session")
def awkward() -> Answers:
    return results_of(awkward_model())


@pytest.fixture(scope="session")
def team_pdf(team: Answers) -> bytes:
    return render_pdf(team)


@pytest.fixture(scope="session")
def agents_pdf(agents: Answers) -> bytes:
    return render_pdf(agents)


@pytest.fixture(scope="session")
def awkward_pdf(awkward: Answers) -> bytes:
    return render_pdf(awkward)


@lru_cache
def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@lru_cache
def page_words(pdf: bytes) -> list[list[dict[str, object]]]:
    return [page.words for page in printed(pdf)]
