"""One build of several templates and locales reads, compiles and draws each part of its reports once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import vl_convert

from reportgen.outputs import Outputs, TemplateChoice
from reportgen.pipeline import analyzed, run
from reportgen.report import prose
from reportgen.report.charts import draw
from reportgen.report.html import render_html
from reportgen.report.sandbox import COMPILED, Sandbox
from tests.conftest import ROOT

TEMPLATES, LOCALES = ("whitepaper", "brief", "evaluation", "article"), ("en", "de")


def test_narrative_templates_and_charts_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[tuple[str, object]] = Counter()

    def count(owner: Any, name: str, key: Callable[..., object]) -> None:
        function = getattr(owner, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            counts[name, key(*arguments, **options)] += 1
            return function(*arguments, **options)

        monkeypatch.setattr(owner, name, counted)

    count(prose, "finished", lambda _, printer, language: (printer.locale, language))
    count(Sandbox, "compile", lambda _, source, name, *__, **___: name)
    count(vl_convert, "vegalite_to_svg", lambda specification, **_: str(specification))
    monkeypatch.setattr(COMPILED, "_codes", {})
    draw._drawn.cache_clear()
    outputs = Outputs(
        analyzed(run(ROOT / "inputs" / "agent-runtime")), [TemplateChoice(each) for each in TEMPLATES], LOCALES
    )
    for report_settings in outputs.settings_of_reports:
        assert render_html(outputs.evaluated.results, report_settings)
    assert {name for name, _ in counts} == {"finished", "compile", "vegalite_to_svg"}
    assert {key for name, key in counts if name == "finished"} == {("en", "en"), ("de", "de")}
    assert {template for name, template in counts if name == "compile"} >= {
        f"{each}/template.html" for each in TEMPLATES
    }
    assert {what: times for what, times in counts.items() if times > 1} == {}
