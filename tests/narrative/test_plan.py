"""The plan of a report in the model, its files in every language, and the narratives that are shipped."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model, load_source
from reportgen.model.report_plan import BLOCKS, ReportPlan, SectionPlan, offsets_of
from reportgen.narrative.check_narrative import check_narrative
from reportgen.report.prose import read_texts
from reportgen.report.report_settings import LOCALES, default_report_settings
from reportgen.source import Source, Span
from tests.model.samples import SAMPLE, load, problems_of
from tests.narrative.conftest import Write

ROOT = Path(__file__).parents[2]
SHIPPED = ("agent-runtime", "deployment-choice")


def test_a_model_without_a_report_plans_nothing() -> None:
    assert load(SAMPLE).report == ReportPlan()


def test_a_plan_is_read_in_its_order() -> None:
    text = (
        "report: {brand: reportgen, sections: [summary, {file: text/a b.md, title: A, templates: [brief]}, results]}\n"
    )
    plan = load(SAMPLE + text).report
    assert plan.brand == "reportgen"
    assert plan.sections == (
        SectionPlan("summary"),
        SectionPlan("", "text/a b.md", "A", ("brief",)),
        SectionPlan("results"),
    )
    assert plan.sections[1].id == "text-a-b"
    assert plan.sections[1].appears_in("brief") and not plan.sections[1].appears_in("whitepaper")


@pytest.mark.parametrize(
    "file", ["/etc/why.md", "../why.md", "text/../../why.md", "C:why.md", "a\\\\why.md", ".md", "a//b.md"]
)
def test_a_path_that_cannot_lie_in_the_models_folder(file: str) -> None:
    (problem,) = problems_of(SAMPLE + f'report: {{sections: [{{file: "{file}", title: A}}]}}\n')
    assert problem.code == "RG851"


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ("{sections: [summary, faq]}", "the block `faq` has no questions and is left out"),
        (
            "{sections: [summary], faq: [{question: Q, answer: A}]}",
            "the questions stand in no section, so that nobody reads them",
        ),
        ("{sections: [{file: a.md, title: A, templates: [brief]}]}", "`brief` does not print this text"),
    ],
)
def test_what_nobody_would_read_is_a_warning(plan: str, message: str) -> None:
    _, problems = load_source(Source("model.yaml", f"{SAMPLE}report: {plan}\n"))
    assert [(each.code, each.severity, each.message) for each in problems] == [("RG851", "warning", message)]


def test_two_files_with_one_id() -> None:
    text = "report: {sections: [{file: a-b.md, title: A}, {file: a/b.md, title: B}]}\n"
    assert [problem.code for problem in problems_of(SAMPLE + text)] == ["RG851"]


@pytest.mark.parametrize(
    "written",
    [
        "plain text of two\n  lines",
        "'it''s quoted'",
        '"quoted\n  too"',
        "|\n  block text\n  of lines\n",
        ">-\n  folded\n  text",
    ],
)
def test_every_character_of_an_answer_knows_its_place(written: str) -> None:
    import yaml

    source = f"a: {written}\n"
    ((_, node),) = yaml.compose(source).value
    span = Span(node.start_mark.index, node.end_mark.index)
    text = node.value.strip()
    offsets = offsets_of(text, source, span, node.style or "")
    letters = [(at, character) for at, character in enumerate(text) if character.isalpha()]
    assert [source[offsets[at]] for at, _ in letters] == [character for _, character in letters]


def test_a_language_has_its_own_text_and_title(write: Write) -> None:
    files = {"text/why.de.md": b"# Warum\n\nDeutsch."}
    written = write("English.", files=files)
    assert written.codes == []
    assert written.prose("de").title == "Warum" and "Deutsch" in written.prose("de").html
    assert "English" in written.prose("fr").html


def test_a_mistake_in_another_language_is_found_in_its_file(write: Write) -> None:
    (problem,) = write("Fine.", files={"text/why.de.md": b"# A\n\n{{ seatz }}"}).problems
    assert problem.source.name.endswith("why.de.md")


def test_a_language_that_is_asked_for_and_missing_is_a_warning(write: Write) -> None:
    results = write("English.").results
    assert check_narrative(results, ["en"]) == ()
    (problem,) = check_narrative(results, ["de"])
    assert (problem.code, problem.severity) == ("RG859", "warning")


def test_a_large_file_is_not_read(write: Write) -> None:
    assert write("x " * 40_000).codes == ["RG851"]


def test_line_ends_of_other_systems(write: Write) -> None:
    (problem,) = write("One.\r\n\r\n{{ seatz }}\r\n").problems
    assert problem.span and problem.source.position(problem.span.start) == (3, 4)


def test_the_guides_example_is_true(write: Write) -> None:
    guide = (ROOT / "docs" / "narrative.md").read_text(encoding="utf-8")
    (plan,), (text,) = (re.findall(rf"```{kind}\n(.*?)```", guide, re.DOTALL) for kind in ("yaml", "markdown"))
    written = write(text, plan=plan)
    assert written.codes == []
    (prose,) = read_texts(written.results, default_report_settings())[0]
    assert prose.title == "Why this team might stay" and "every scenario" in prose.html and "not quoted" in prose.html


def test_the_guide_names_every_filter_function_block_and_callout() -> None:
    from reportgen.narrative.filters import FILTERS, FUNCTIONS
    from reportgen.narrative.narrative_lint import CALLOUTS

    guide = (ROOT / "docs" / "narrative.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert [name for name in FILTERS if f"`{name}" not in guide] == []
    assert [name for name in FUNCTIONS if f"{name}(" not in guide] == []
    assert [name for name in CALLOUTS if f"[!{name}]" not in guide] == []
    assert [name for name in BLOCKS if f"`{name}`" not in reference] == []


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Path:
    return ROOT / "inputs" / str(request.param)


def test_shipped_narratives_have_no_findings_in_any_language(shipped: Path) -> None:
    model, _ = load_model(shipped)
    assert check_narrative(evaluate(model), ["en", "de"]) == ()


def test_shipped_narratives_render_in_every_scenario(shipped: Path) -> None:
    """Sentences that another scenario turns around are chosen by conditions."""
    model, _ = load_model(shipped)
    model = replace(model, simulation=model.simulation and replace(model.simulation, draws=50))
    for scenario in model.scenarios:
        assert len(read_texts(evaluate(model, scenario), default_report_settings())[0]) == 2, scenario.id


def test_shipped_narratives_in_every_locale(shipped: Path) -> None:
    model, _ = load_model(shipped)
    model = replace(model, simulation=model.simulation and replace(model.simulation, draws=50))
    results, report_settings = evaluate(model), default_report_settings()
    shown = {locale: read_texts(results, replace(report_settings, locale=locale))[0] for locale in LOCALES}
    ids = [re.findall(r' id="([^"]+)"', "".join(each.html for each in prose)) for prose in shown.values()]
    assert all(len(each) == len(set(each)) for each in ids)
    assert shown["de"][0].title != shown["en"][0].title
    assert len(read_texts(results, report_settings)[1]) >= 4
