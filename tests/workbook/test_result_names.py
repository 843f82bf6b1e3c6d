"""Headline results have names that other workbooks can refer to."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.model.load import load_model, load_source
from reportgen.source import Source
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.result_names import result_names
from tests.conftest import ROOT

TEAM_CHAT = ROOT / "inputs" / "team-chat.yaml"


def test_totals_and_key_figures_are_named() -> None:
    plan = plan_workbook(load_model(TEAM_CHAT)[0])
    names = result_names(plan)
    assert names["out_total_hosted"] == plan.cells[Key("total", "hosted")]
    assert names["out_running_self_run"] == plan.cells[Key("running", "self_run")]
    assert names["out_saving"] == plan.cells[Key("saving")]


def test_names_that_would_be_the_same_are_told_apart() -> None:
    text = TEAM_CHAT.read_text(encoding="utf-8").replace("self_run", "run_hosted")
    text = text.replace("totals:\n", "totals:\n  total_run: {title: Once, unit: EUR, formula: set_up}\n")
    plan = plan_workbook(load_source(Source("team-chat.yaml", text))[0])
    names = result_names(plan)
    assert len(names) == len(plan.model.totals) * 2 + len(plan.model.metrics)
    assert names["out_total_run__hosted"] == plan.cells[Key("total_run", "hosted")]
    assert names["out_total__run_hosted"] == plan.cells[Key("total", "run_hosted")]
