"""Every analysis is computed once, whichever faces of a model are made of it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from importlib import import_module
from typing import Any

import pytest

from reportgen.compute import answers
from reportgen.compute.answers import ANALYSES, Answers, evaluate
from reportgen.outputs import Outputs, TemplateChoice
from reportgen.pipeline import analyzed, run
from tests.conftest import ROOT
from tests.model.samples import sample

TEMPLATES = ("whitepaper", "brief", "evaluation", "article")
FUNCTIONS = {name: (name, name) for name in ANALYSES} | {
    "comparison": ("comparison", "compare"),
    "scenarios": ("scenarios", "compare_scenarios"),
    "break_evens": ("break_even", "break_evens"),
    "curves": ("breakpoints", "break_even_curve"),
    "simulation": ("simulation", "simulate"),
}
"""The module and the function that compute each analysis."""


def test_analyses_are_the_properties_that_are_kept() -> None:
    kept = {name for name, value in vars(Answers).items() if isinstance(value, cached_property)}
    assert kept - {"_by_scenario", "_made", "courses"} == set(ANALYSES)


def test_titles_in_another_language_share_what_is_computed() -> None:
    first = evaluate(sample())
    other = first.titled(first.model)
    assert other.sensitivity is first.sensitivity
    assert other.in_scenario(first.model.scenario("growth")) is first.in_scenario(first.model.scenario("growth"))


def test_a_build_of_all_templates_and_locales_computes_each_analysis_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import_module("reportgen.narrative.narrative_names")  # it compares by other totals as well, which is not counted
    counts: Counter[str] = Counter()

    def counted(module: Any, name: str) -> None:
        function = getattr(module, name)

        def count(*arguments: object) -> object:
            counts[name] += 1
            return function(*arguments)

        monkeypatch.setattr(module, name, count)

    for module, name in FUNCTIONS.values():
        counted(import_module(f"reportgen.compute.{module}"), name)
    counted(answers, "evaluate_values")
    evaluated = analyzed(run(ROOT / "inputs" / "agent-runtime"))
    outputs = Outputs(evaluated, [TemplateChoice(each) for each in TEMPLATES], ("en", "de"))
    outputs.checked()
    for kind in ("xlsx", "html", "json"):
        for file in outputs.files(kind):
            assert file.data
    for report_settings in outputs.settings_of_reports:
        from reportgen.report.html import render_html

        assert render_html(evaluated.results, report_settings)
    model = evaluated.results.model
    once = dict.fromkeys((name for _, name in FUNCTIONS.values()), 1) | {"break_even_curve": len(model.break_evens)}
    assert {name: counts[name] for _, name in FUNCTIONS.values()} == once
    assert counts["evaluate_values"] <= 1 + len(model.scenarios)
