"""A model with a narrative, written into a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_model
from reportgen.narrative.check_narrative import check_narrative, finished
from reportgen.narrative.narrative_html import Page, Prose
from reportgen.narrative.printer import Printer
from reportgen.problems import Problem
from tests.model.samples import changed

PLAN = "report: {sections: [{file: text/why.md, title: Why}]}\n"


@dataclass(frozen=True)
class Written:
    """One narrative beside the sample model."""

    results: Answers

    @property
    def problems(self) -> tuple[Problem, ...]:
        return check_narrative(self.results)

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    def prose(self, language: str = "") -> Prose:
        ((chapter, rendered),) = finished(self.results, Printer(), language)
        return Page(str).typeset(chapter.id, chapter.manuscript, rendered).prose()

    @property
    def html(self) -> str:
        return self.prose().html


Write = Callable[..., Written]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(text, (old, new)…, plan=…, files=…, scenario=…)`: the sample, changed so, with this narrative."""

    def writing(
        text: str,
        *changes: tuple[str, str],
        plan: str = PLAN,
        files: dict[str, bytes] | None = None,
        scenario: str = "",
    ) -> Written:
        (tmp_path / "model.yaml").write_text(changed(*changes) + plan, encoding="utf-8")
        for name, data in {"text/why.md": text.encode(), **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        model, _ = load_model(tmp_path)
        return Written(evaluate(model, model.scenario(scenario)))

    return writing
