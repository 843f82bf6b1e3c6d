"""What a terminal shows: the tables of the report, whole, as plain text unless a person reads them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from reportgen.cli.terminal import answers_text, results_text
from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_model, load_source
from reportgen.questions import QUESTIONS
from reportgen.source import Source
from tests.conftest import MODELS, ROOT
from tests.model.samples import SAMPLE, sample
from tests.report.many_options import many_options

HEAVY = {"jinja2", "weasyprint", "vl_convert", "lxml", "markdown_it", "PIL", "openpyxl"}

SCENARIOS = """\
Hosted or self-run team chat, as of 2026-06-30, scenario: Base

Scenarios
═════════

Each scenario sets some assumptions to other values. An option that lacks a price is marked
incomplete and never counted as the one that costs least.

Total cost of ownership in each scenario, EUR/year
Below each total: its difference to the model’s own values.
Name    Scenario                               Hosted  Self-run
────────────────────────────────────────────────────────────────
        The model’s own values    21,813 (incomplete)   21,708*
          Costs least: Self-run
growth  Doubled team              40,533 (incomplete)   23,249*
          Costs least: Self-run                +85.8%     +7.1%
* the option that costs least

the model has no `cash_flow`"""


@pytest.fixture(scope="module")
def results() -> Answers:
    return evaluate(sample())


def test_answers_are_those_of_the_report_and_what_is_not_asked_is_said(results: Answers) -> None:
    assert answers_text(results, ["scenarios", "cash_flow"]) == SCENARIOS


def test_results_have_the_names_that_settings_and_formulas_take(results: Answers) -> None:
    lines = [re.split(r"  +", line) for line in results_text(results).splitlines()]
    assert ["subscription.support", "Support plan", "included", "150"] in lines
    assert ["total", "Total cost of ownership", "EUR/year", "21,813 (incomplete)", "21,708"] in lines
    assert "No price was quoted for Security audit (Set-up) of Hosted." in results_text(results)


def test_a_wide_table_is_shown_whole_and_no_number_is_cut() -> None:
    results = evaluate(load_source(Source("m.yaml", many_options(7)))[0])
    for width in (20, 80, 140):
        text = results_text(results, width)
        row = next(line for line in text.splitlines() if line.startswith(f"{results.model.headline.name} "))
        numbers = [f"{results.values[key]:,.2f}" for key in results.model.keys_of(results.model.headline.name)]
        assert all(re.search(rf"(?<!\S){number}(?!\S)", row) for number in numbers)
        assert "…" not in text and "Donaudampfschif" in text


def test_text_of_the_model_is_no_markup() -> None:
    title = "[bold]Hosted[/bold] :smile: [link=https://example.com]"
    model, _ = load_source(Source("m.yaml", SAMPLE.replace("title: Hosted,", f"title: '{title}',")))
    for color in (False, True):
        assert title in answers_text(evaluate(model), ["simulation"], color=color)


def test_wide_characters_keep_columns_in_line() -> None:
    model, _ = load_source(Source("m.yaml", SAMPLE.replace("title: Self-run,", "title: 自社運用 🖥,")))
    text = answers_text(evaluate(model), ["scenarios"])
    head, rule, base = text.splitlines()[10:13]
    assert "自社運用 🖥" in head and "21,708*" in base
    assert cell_len(head) == cell_len(base) <= cell_len(rule)
    assert "Costs least: 自社運用 🖥" in text


def test_color_is_only_for_a_person(results: Answers) -> None:
    assert "\x1b[" not in results_text(results)
    assert "\x1b[1m" in results_text(results, color=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", results_text(results, color=True)) == results_text(results)


def test_piped_output_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch, results: Answers) -> None:
    plain = answers_text(results, ["sensitivity"])
    for name, value in {
        "COLUMNS": "20",
        "LINES": "3",
        "FORCE_COLOR": "1",
        "TTY_COMPATIBLE": "1",
        "TERM": "dumb",
    }.items():
        monkeypatch.setenv(name, value)
    assert answers_text(results, ["sensitivity"]) == plain


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_question_of_every_shipped_model_is_shown(path: Path) -> None:
    results = evaluate(load_model(path)[0])
    asked = [each for each in QUESTIONS if each.is_requested(results.model)]
    text = answers_text(results, [each.id for each in asked])
    assert "the model has no" not in text and text.count("═\n") == len(asked)
    texts = [line for line in text.splitlines() if "  " not in line.strip() and "─" not in line]
    assert max(map(len, texts)) <= 140


def test_show_loads_nothing_of_the_report() -> None:
    code = "import sys; from reportgen.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    arguments = ["show", str(ROOT / "inputs" / "team-chat.yaml"), "--scenarios", "--break-even"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=120, cwd=ROOT
    )
    assert "Doubled team" in done.stdout
    loaded = set(done.stderr.split())
    assert HEAVY & {name.partition(".")[0] for name in loaded} == set()
    assert not [name for name in loaded if name.startswith(("reportgen.report", "reportgen.narrative"))]
