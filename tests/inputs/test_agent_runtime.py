"""The model of inputs/agent-runtime against the article it comes from.

Three ways: a calculation by hand from the article's inputs, which shares no code with the program; every row the
article prints, with the rounding it is printed with; and the levers the article names. Rows that do not reproduce
are in `DIFFERENT`, each with its difference and the reason, so that a change in either is noticed.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MODEL = "inputs/agent-runtime"
OPTIONS = ("self_hosted", "connic", "inngest")
EXACT = 1e-9

Number = float | dict[str, float]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@cache
def show(*arguments: str) -> dict[str, dict[str, Any]]:
    """The `values` of `reportgen show --json`."""
    done = run("show", MODEL, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    values: dict[str, dict[str, Any]] = json.loads(done.stdout)["values"]
    return values


def setting(**changes: float) -> dict[str, dict[str, Any]]:
    return show(*(part for name, value in changes.items() for part in ("--set", f"{name}={value!r}")))


def number(values: dict[str, dict[str, Any]], name: str) -> Number:
    """One number, or one per option; what is included or does not apply counts as nothing."""
    found = values[name]
    if "options" not in found:
        return float(found["value"])
    nothing = [option for option, state in found.get("states", {}).items() if state in ("included", "none")]
    return {option: 0.0 if value is None and option in nothing else value for option, value in found["options"].items()}


def one(values: dict[str, dict[str, Any]], name: str, option: str = "") -> float:
    found = number(values, name)
    return found[option] if isinstance(found, dict) else found


def by_hand(
    runs: float = 50_000,
    seconds: float = 45,
    salary: float = 110_000,
    years: float = 3,
    credit: float = 200,
    parallel: float = 10,
    scope: float = 1,
) -> dict[str, Number]:
    """Every result of the model, from the article's inputs. In the article's order; nothing is rounded."""

    def each(self_hosted: float, connic: float, inngest: float) -> dict[str, float]:
        return dict(zip(OPTIONS, (self_hosted, connic, inngest), strict=True))

    month = salary / 12
    input_tokens, output_tokens = runs * 3 * 10_000 / 1e6, runs * 3 * 1_500 / 1e6
    total_seconds = runs * seconds
    hours = total_seconds / 3_600
    usage = runs * 0.047 + total_seconds * 0.00042
    steps = runs * (1 + 3 * 2)
    above = max(0.0, steps - 1_000_000)
    found: dict[str, Number] = {
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "compute_seconds": total_seconds,
        "compute_hours": hours,
        "average_concurrency": hours / 730,
        "peak_concurrency": hours / 730 * 5.84,
        "cluster_vcpus": 3 * 4,
        "connic_usage": usage,
        "inngest_steps": steps,
        "inngest_steps_over": above,
        "wrapper_months": 18.5,
        "platform.cluster": each(500, 0, 0),
        "platform.data_layer": each(80 + 50, 1, 50),
        "platform.networking": each(60, 0, 0),
        "platform.subscription": each(0, 0, 75 / 1.08),
        "platform.run_fees": each(0, runs * 0.047, 0),
        "platform.compute": each(0, total_seconds * 0.00042, 0),
        "platform.credit_top_up": each(0, max(0.0, credit - usage), 0),
        "platform.step_overage": each(0, 0, above / 1e6 * 75 / 1.08),
        "observability.monitoring": each(400, 0, 0),
        "observability.error_tracking": each(80, 0, 0),
        "observability.agent_traces": each(0, 0, 0),
        "engineering.ongoing_ops": each(0.20 * month, 0, 0),
        "initial_build.runtime": each(3 * 8_683, 3 * 600, 3 * 600),
        "wrapper_build.compliance": each(month + 5_000, 0, month + 5_000),
        "wrapper_tooling.llm_tracing": each(0, 0, 200),
        "wrapper_tooling.vector_database": each(70, 0, 70),
        "wrapper_tooling.ab_service": each(100, 0, 100),
        "wrapper_tooling.maintenance": each(0.15 * month - 340, 0, 0.15 * month),
        "llm.input": each(*[input_tokens * 3 / 1.08] * 3),
        "llm.output": each(*[output_tokens * 15 / 1.08] * 3),
    }
    for item, months in MONTHS.items():
        found[f"wrapper_build.{item}"] = each(months * month, 0, months * month)
    for category in (
        "platform",
        "observability",
        "engineering",
        "initial_build",
        "wrapper_build",
        "wrapper_tooling",
        "llm",
    ):
        items = [value for name, value in found.items() if name.startswith(f"{category}.") and isinstance(value, dict)]
        found[category] = {option: sum(item[option] for item in items) for option in OPTIONS}

    def sums(name: str, option: str) -> float:
        value = found[name]
        assert isinstance(value, dict)
        return value[option]

    def per_option(name: str, values: Iterator[float]) -> None:
        found[name] = each(*values)

    per_option(
        "recurring", (12 * sum(sums(c, o) for c in ("platform", "observability", "engineering")) for o in OPTIONS)
    )
    per_option("initial_build_annual", (sums("initial_build", o) / years for o in OPTIONS))
    per_option("wrapper_build_annual", (scope * sums("wrapper_build", o) / years for o in OPTIONS))
    per_option("wrapper_tooling_annual", (scope * sums("wrapper_tooling", o) * 12 for o in OPTIONS))
    parts = ("recurring", "initial_build_annual", "wrapper_build_annual", "wrapper_tooling_annual")
    per_option("platform_and_wrapper", (sum(sums(part, o) for part in parts) for o in OPTIONS))
    paid_once = {o: sums("initial_build", o) + scope * sums("wrapper_build", o) for o in OPTIONS}
    per_option("first_year", (sums("recurring", o) + sums("wrapper_tooling_annual", o) + paid_once[o] for o in OPTIONS))
    per_option("llm_annual", (12 * sums("llm", o) for o in OPTIONS))
    per_option("total", (sums("platform_and_wrapper", o) + sums("llm_annual", o) for o in OPTIONS))
    per_option("cost_per_run", (sums("total", o) / 12 / runs for o in OPTIONS))
    per_option("cost_per_run_without_llm", (sums("platform_and_wrapper", o) / 12 / runs for o in OPTIONS))
    per_option("llm_share", (100 * sums("llm_annual", o) / sums("total", o) for o in OPTIONS))

    def saving(name: str, other: str) -> float:
        return 100 * (1 - sums(name, "connic") / sums(name, other))

    without = saving("platform_and_wrapper", "self_hosted"), saving("platform_and_wrapper", "inngest")
    return {
        **found,
        "saving": saving("total", "self_hosted"),
        "saving_inngest": saving("total", "inngest"),
        "saving_without_llm": without[0],
        "saving_inngest_without_llm": without[1],
        "saving_mean_without_llm": sum(without) / 2,
        "self_hosted_monthly": sums("recurring", "self_hosted") / 12,
        "connic_credit_runs": credit / (0.047 + seconds * 0.00042),
        "connic_peak_use": 100 * hours / 730 * 5.84 / parallel,
        "inngest_allowance_runs": 1_000_000 / 7,
        "cluster_headroom": 12 / (hours / 730 * 5.84),
    }


MONTHS = {
    "connectors": 2,
    "live_ui": 6,
    "approvals": 3,
    "ab_testing": 1,
    "judges": 1,
    "agent_testing": 1,
    "knowledge_base": 1,
    "agent_management": 2,
    "cost_dashboards": 0.5,
}
"""Months of a senior engineer; compliance is one month and 5,000 on top."""


def assert_as_by_hand(values: dict[str, dict[str, Any]], expected: dict[str, Number]) -> None:
    for name, hand in expected.items():
        assert number(values, name) == pytest.approx(hand, rel=EXACT, abs=0), name


def test_the_model_is_sound_and_nothing_is_left_unused() -> None:
    done = run("check", MODEL)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr


def test_every_result_is_as_by_hand() -> None:
    assert_as_by_hand(show(), by_hand())


def test_no_result_is_left_unchecked() -> None:
    written = yaml.safe_load((ROOT / MODEL / "model.yaml").read_text(encoding="utf-8"))
    names = {*written["calculations"], *written["categories"], *written["totals"], *written["metrics"]}
    names |= {f"{category}.{item}" for category, each in written["categories"].items() for item in each["items"]}
    assert names == set(by_hand())


@pytest.mark.parametrize(
    ("scenario", "changes"),
    [
        ("low_volume", {"runs": 5_000, "credit": 40, "parallel": 3}),
        ("high_volume", {"runs": 80_000}),
        ("high_salary", {"salary": 140_000}),
        ("long_runs", {"seconds": 90}),
        ("two_years", {"years": 2}),
    ],
)
def test_scenarios_are_as_by_hand(scenario: str, changes: dict[str, float]) -> None:
    assert_as_by_hand(show("--scenario", scenario), by_hand(**changes))


def test_every_assumption_says_where_it_comes_from() -> None:
    written = yaml.safe_load((ROOT / MODEL / "model.yaml").read_text(encoding="utf-8"))
    inputs = {id_: each for group in written["assumptions"].values() for id_, each in group["inputs"].items()}
    assert [id_ for id_, each in inputs.items() if not each.get("source") or not each.get("note")] == []


def test_nothing_is_unknown_and_what_is_included_says_so() -> None:
    values = show()
    states = {state for each in values.values() for state in each.get("states", {}).values()}
    assert states <= {"included", "none"}
    assert values["platform.subscription"]["states"]["connic"] == "included"
    assert values["wrapper_build.live_ui"]["states"]["connic"] == "included"
    assert values["wrapper_tooling.llm_tracing"]["states"]["self_hosted"] == "included"
    assert values["observability.agent_traces"]["states"]["self_hosted"] == "none"


# What the article prints.


class Row(NamedTuple):
    """`times` brings the model's number into the article's unit; `step` is what the article rounds to."""

    label: str
    name: str
    option: str
    printed: float
    step: float = 1
    times: float = 1

    def model(self) -> float:
        return one(show(), self.name, self.option) * self.times

    def as_printed(self) -> float:
        """The model's number rounded half up, as the article rounds."""
        return math.floor(round(self.model() / self.step, 9) + 0.5) * self.step


def build(label: str, item: str, printed: float, printed_annual: float) -> Iterator[Row]:
    for option in ("self_hosted", "inngest"):
        yield Row(f"{label}, {option}", f"wrapper_build.{item}", option, printed)
        yield Row(f"{label} a year, {option}", f"wrapper_build.{item}", option, printed_annual, 1, 1 / 3)


ROWS = [
    # scenario assumptions
    Row("runs per month", "runs_per_month", "", 50_000),
    Row("calls per run", "calls_per_run", "", 3),
    Row("input tokens per call", "input_tokens_per_call", "", 10_000),
    Row("output tokens per call", "output_tokens_per_call", "", 1_500),
    Row("input tokens, billions", "input_tokens", "", 1.5, 0.1, 1e-3),
    Row("output tokens, millions", "output_tokens", "", 225),
    Row("input price", "input_price", "", 3),
    Row("output price", "output_price", "", 15),
    Row("run duration", "run_duration", "", 45),
    Row("compute seconds", "compute_seconds", "", 2_250_000),
    Row("compute hours", "compute_hours", "", 625),
    Row("average concurrency", "average_concurrency", "", 0.86, 0.01),
    Row("peak concurrency", "peak_concurrency", "", 5),
    Row("nodes", "cluster_nodes", "", 3),
    Row("salary", "salary", "", 110_000),
    Row("salary, monthly", "salary", "", 9_167, 1, 1 / 12),
    # language model
    Row("LLM input, USD a month", "llm.input", "connic", 4_500, 1, 1.08),
    Row("LLM output, USD a month", "llm.output", "connic", 3_375, 1, 1.08),
    Row("LLM, USD a month", "llm", "connic", 7_875, 1, 1.08),
    *(Row(f"LLM a month, {option}", "llm", option, 7_300, 100) for option in OPTIONS),
    # platform
    Row("cluster", "platform.cluster", "self_hosted", 500),
    Row("data layer, self-hosted", "platform.data_layer", "self_hosted", 130),
    Row("data layer, Connic", "platform.data_layer", "connic", 1),
    Row("data layer, Inngest", "platform.data_layer", "inngest", 50),
    Row("networking", "platform.networking", "self_hosted", 60),
    Row("Connic subscription", "connic_subscription", "", 200),
    Row("Inngest subscription, about", "platform.subscription", "inngest", 70, 10),
    Row("run fees", "platform.run_fees", "connic", 2_350),
    Row("compute", "platform.compute", "connic", 945),
    Row("execution overage", "platform.step_overage", "inngest", 0),
    Row("platform, self-hosted", "platform", "self_hosted", 690),
    # observability and operations
    Row("Datadog", "observability.monitoring", "self_hosted", 400),
    Row("Sentry", "observability.error_tracking", "self_hosted", 80),
    Row("observability, self-hosted", "observability", "self_hosted", 480),
    Row("observability, Connic", "observability", "connic", 0),
    Row("observability, Inngest", "observability", "inngest", 0),
    Row("ongoing operations", "engineering.ongoing_ops", "self_hosted", 1_833),
    Row("engineering, self-hosted", "engineering", "self_hosted", 1_833),
    Row("engineering, Connic", "engineering", "connic", 0),
    Row("engineering, Inngest", "engineering", "inngest", 0),
    # wrapper, built
    *build("connectors", "connectors", 18_333, 6_111),
    *build("live UI", "live_ui", 55_000, 18_333),
    *build("approvals", "approvals", 27_500, 9_167),
    *build("A/B testing", "ab_testing", 9_167, 3_056),
    *build("judges", "judges", 9_167, 3_056),
    *build("agent testing", "agent_testing", 9_167, 3_056),
    *build("RAG", "knowledge_base", 9_167, 3_056),
    *build("EU AI Act", "compliance", 14_167, 4_722),
    *build("agent management", "agent_management", 18_333, 6_111),
    *build("cost dashboards", "cost_dashboards", 4_583, 1_528),
    Row("wrapper build a year, Connic", "wrapper_build_annual", "connic", 0),
    # wrapper, tools
    Row("LLM observability, self-hosted", "wrapper_tooling.llm_tracing", "self_hosted", 0),
    Row("LLM observability, Inngest", "wrapper_tooling.llm_tracing", "inngest", 200),
    Row("vector DB, self-hosted", "wrapper_tooling.vector_database", "self_hosted", 70),
    Row("vector DB, Inngest", "wrapper_tooling.vector_database", "inngest", 70),
    Row("A/B service, self-hosted", "wrapper_tooling.ab_service", "self_hosted", 100),
    Row("A/B service, Inngest", "wrapper_tooling.ab_service", "inngest", 100),
    Row("maintenance, self-hosted", "wrapper_tooling.maintenance", "self_hosted", 1_035),
    Row("maintenance, Inngest", "wrapper_tooling.maintenance", "inngest", 1_375),
    Row("tooling, self-hosted", "wrapper_tooling", "self_hosted", 1_205),
    Row("tooling, Connic", "wrapper_tooling", "connic", 0),
    Row("tooling, Inngest", "wrapper_tooling", "inngest", 1_745),
    # annual totals
    Row("engineering build, self-hosted", "initial_build_annual", "self_hosted", 8_683),
    Row("engineering build, Connic", "initial_build_annual", "connic", 600),
    Row("engineering build, Inngest", "initial_build_annual", "inngest", 600),
    Row("tooling a year, self-hosted", "wrapper_tooling_annual", "self_hosted", 14_460),
    Row("tooling a year, Connic", "wrapper_tooling_annual", "connic", 0),
    Row("tooling a year, Inngest", "wrapper_tooling_annual", "inngest", 20_940),
    Row("platform and wrapper, self-hosted", "platform_and_wrapper", "self_hosted", 117_400, 100),
    Row("total, Connic", "total", "connic", 127_700, 100),
    Row("saving against self-hosting, without LLM", "saving_without_llm", "", 66),
    Row("saving against self-hosting", "saving", "", 38),
    Row("saving against Inngest", "saving_inngest", "", 24),
]

ROUNDED = "the article adds or multiplies rounded figures"
DATA_LAYER = "the article leaves out the data layer of its own table"
LLM = "the article multiplies 7,300, rounded, by twelve"

DIFFERENT = [
    # row, printed less model, reason
    (Row("platform, Connic", "platform", "connic", 3_295), -1, DATA_LAYER),
    (Row("platform, Inngest", "platform", "inngest", 120), 50 + 70 - (50 + 75 / 1.08), ROUNDED),
    (Row("wrapper build, once", "wrapper_build", "self_hosted", 174_584), 2 / 3, ROUNDED),
    (Row("wrapper build, once, Inngest", "wrapper_build", "inngest", 174_584), 2 / 3, ROUNDED),
    (Row("wrapper build a year, self-hosted", "wrapper_build_annual", "self_hosted", 58_196), 14 / 9, ROUNDED),
    (Row("wrapper build a year, Inngest", "wrapper_build_annual", "inngest", 58_196), 14 / 9, ROUNDED),
    (Row("recurring, self-hosted", "recurring", "self_hosted", 36_036), -4, ROUNDED),
    (Row("recurring, Connic", "recurring", "connic", 39_540), -12, DATA_LAYER),
    (Row("recurring, Inngest", "recurring", "inngest", 840), 12 * (70 - 75 / 1.08) - 600, f"{DATA_LAYER}; {ROUNDED}"),
    (Row("platform and wrapper, Connic", "platform_and_wrapper", "connic", 40_140, 10), -12, DATA_LAYER),
    (Row("platform and wrapper, Connic, bottom line", "platform_and_wrapper", "connic", 40_100, 100), -52, DATA_LAYER),
    (Row("platform and wrapper, Inngest", "platform_and_wrapper", "inngest", 80_580, 10), -5_290 / 9, DATA_LAYER),
    (
        Row("platform and wrapper, Inngest, bottom line", "platform_and_wrapper", "inngest", 80_600, 100),
        -5_110 / 9,
        DATA_LAYER,
    ),
    *((Row(f"LLM a year, {option}", "llm_annual", option, 87_600), 100, LLM) for option in OPTIONS),
    (Row("total, self-hosted", "total", "self_hosted", 205_000, 100), 1_103 / 9, f"{LLM}; {ROUNDED}"),
    (Row("total, Inngest", "total", "inngest", 168_200, 100), -4_210 / 9, f"{DATA_LAYER}; {LLM}"),
    (
        Row("saving against Inngest, without LLM", "saving_inngest_without_llm", "", 50),
        50 - 100 * (1 - 40_152 / (730_510 / 9)),
        DATA_LAYER,
    ),
    (
        Row("average saving, without LLM", "saving_mean_without_llm", "", 60),
        60 - 50 * (2 - 40_152 / (1_056_397 / 9) - 40_152 / (730_510 / 9)),
        "the mean of the article's 66 and 50 is 58",
    ),
    (
        Row("self-hosted fixed cost, at least", "self_hosted_monthly", "", 3_300, 100),
        3_300 - 9_010 / 3,
        "the article's own subtotals add up to 3,003",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_the_printed_row_reproduces(row: Row) -> None:
    assert row.as_printed() == pytest.approx(row.printed, rel=EXACT)


@pytest.mark.parametrize(
    ("row", "difference", "reason"), DIFFERENT, ids=lambda part: part.label if isinstance(part, Row) else ""
)
def test_the_row_that_does_not_reproduce_differs_by_this_much(row: Row, difference: float, reason: str) -> None:
    assert row.as_printed() != pytest.approx(row.printed, rel=EXACT), "it reproduces now: move it to ROWS"
    assert row.printed - row.model() == pytest.approx(difference, rel=1e-6), reason


def test_the_printed_sums_are_the_sums_of_what_is_printed() -> None:
    """The reasons of DIFFERENT: from its own rounded rows the article's totals follow."""
    rows = {row.label: row.printed for row in [*ROWS, *(row for row, _, _ in DIFFERENT)]}
    built = [row for row in ROWS if row.name.startswith("wrapper_build.") and row.option == "inngest"]
    assert sum(row.printed for row in built if row.times == 1) == rows["wrapper build, once"]
    assert sum(row.printed for row in built if row.times != 1) == rows["wrapper build a year, Inngest"]
    self_hosted = rows["platform, self-hosted"] + rows["observability, self-hosted"] + rows["engineering, self-hosted"]
    assert self_hosted == 3_003
    assert 12 * self_hosted == rows["recurring, self-hosted"]
    assert 12 * rows["platform, Connic"] == rows["recurring, Connic"]
    assert 12 * rows["Inngest subscription, about"] == rows["recurring, Inngest"]
    assert 12 * rows["LLM a month, connic"] == rows["LLM a year, connic"]
    without = {
        "self_hosted": 36_036 + 8_683 + 58_196 + 14_460,
        "connic": 39_540 + 600,
        "inngest": 840 + 600 + 58_196 + 20_940,
    }
    assert without == {"self_hosted": 117_375, "connic": 40_140, "inngest": 80_576}
    assert {option: value + 87_600 for option, value in without.items()} == {
        "self_hosted": 204_975,
        "connic": 127_740,
        "inngest": 168_176,
    }
    savings = [100 * (1 - without["connic"] / without[option]) for option in ("self_hosted", "inngest")]
    assert [round(saving) for saving in savings] == [66, 50]
    assert sum(savings) / 2 == pytest.approx(58, abs=0.1)


def test_the_overlap_that_is_deducted_exceeds_the_tools_it_overlaps_with() -> None:
    values = show()
    deducted = one(values, "tooling_overlap") + one(values, "llm_tracing_fee")
    assert (deducted, one(values, "observability", "self_hosted")) == (540, 480)


# The levers.


def test_a_salary_of_140_000_moves_everything_that_engineers_do() -> None:
    values = setting(salary=140_000)
    assert one(values, "engineering.ongoing_ops", "self_hosted") == pytest.approx(2_333, abs=0.5)
    assert_as_by_hand(values, by_hand(salary=140_000))
    assert one(values, "wrapper_build.live_ui", "inngest") == pytest.approx(70_000, rel=EXACT)
    assert number(values, "initial_build") == number(show(), "initial_build")
    assert one(values, "saving") > one(show(), "saving")


def test_runs_of_90_seconds_double_the_compute() -> None:
    values = setting(run_duration=90)
    assert one(values, "platform.compute", "connic") == pytest.approx(1_890, rel=EXACT)
    assert one(values, "connic_peak_use") == pytest.approx(100, rel=EXACT)
    assert_as_by_hand(values, by_hand(seconds=90))


def test_80_000_runs_cost_5_272_of_usage() -> None:
    values = setting(runs_per_month=80_000)
    assert one(values, "connic_usage") == pytest.approx(5_272, rel=EXACT)
    assert one(values, "platform", "connic") == pytest.approx(5_272 + 1, rel=EXACT)
    assert number(values, "wrapper_build_annual") == number(show(), "wrapper_build_annual")
    bills = number(values, "platform_and_wrapper")
    assert isinstance(bills, dict)
    assert min(bills, key=bills.__getitem__) == "connic"


def test_5_000_runs_exceed_either_credit() -> None:
    pro, developer = setting(runs_per_month=5_000), show("--scenario", "low_volume")
    assert one(pro, "connic_usage") == pytest.approx(329.5, rel=EXACT)
    assert one(pro, "platform", "connic") == pytest.approx(329.5 + 1, rel=EXACT)
    assert number(pro, "total") == number(developer, "total")
    assert one(developer, "connic_credit_runs") == pytest.approx(606.98, abs=0.01)
    assert number(pro, "recurring") == pytest.approx({**by_hand_options("recurring"), "connic": 330.5 * 12}, rel=EXACT)


def by_hand_options(name: str) -> dict[str, float]:
    found = by_hand()[name]
    assert isinstance(found, dict)
    return found


def test_the_credit_is_the_least_that_is_paid() -> None:
    values = setting(runs_per_month=500)
    assert one(values, "connic_usage") == pytest.approx(32.95, rel=EXACT)
    assert one(values, "platform", "connic") == pytest.approx(200 + 1, rel=EXACT)


def test_a_thousand_runs_cost_more_than_the_threshold_the_article_gives() -> None:
    assert one(setting(runs_per_month=1_000), "connic_usage") == pytest.approx(65.9, rel=EXACT)


def test_executions_above_the_allowance_are_never_free() -> None:
    values = setting(runs_per_month=200_000)
    assert one(values, "inngest_steps_over") == 400_000
    assert one(values, "platform.step_overage", "inngest") == pytest.approx(30 / 1.08, rel=EXACT)
    assert_as_by_hand(values, by_hand(runs=200_000))


def test_a_shorter_horizon_raises_what_is_paid_once() -> None:
    values = show("--scenario", "two_years")
    assert one(values, "wrapper_build_annual", "inngest") == pytest.approx(87_291.666_666_667, rel=EXACT)
    assert number(values, "first_year") == number(show(), "first_year")


# Break-evens: Connic's usage per run against what does not move with the runs.

USAGE_PER_RUN = 0.047 + 45 * 0.00042


@pytest.mark.parametrize(("other", "about"), [("self_hosted", 147_655), ("inngest", 101_866)])
def test_break_even_in_runs(other: str, about: float) -> None:
    fixed = by_hand_options("platform_and_wrapper")[other] - 12 * 1 - 600
    runs = fixed / 12 / USAGE_PER_RUN
    assert runs == pytest.approx(about, abs=0.5)
    values = setting(runs_per_month=runs)
    assert one(values, "inngest_steps_over") == pytest.approx(max(0.0, 7 * runs - 1e6), rel=1e-6)
    assert one(values, "platform_and_wrapper", "connic") == pytest.approx(
        one(values, "platform_and_wrapper", other), rel=EXACT
    )


def test_break_even_in_the_share_of_the_wrapper() -> None:
    """Inngest costs what Connic does when less than half of the wrapper is needed; self-hosting never does."""
    bills, wrapper = by_hand_options("platform_and_wrapper"), by_hand_options("wrapper_build_annual")
    needed = wrapper["inngest"] + by_hand_options("wrapper_tooling_annual")["inngest"]
    share = 1 - (bills["inngest"] - bills["connic"]) / needed
    assert share == pytest.approx(0.4817, abs=1e-4)
    values = setting(wrapper_scope=100 * share)
    assert_as_by_hand(values, by_hand(scope=share))
    assert one(values, "platform_and_wrapper", "inngest") == pytest.approx(bills["connic"], rel=EXACT)
    none = setting(wrapper_scope=0.0)
    assert one(none, "platform_and_wrapper", "self_hosted") == pytest.approx(44_723, rel=EXACT)
    assert one(none, "platform_and_wrapper", "self_hosted") > one(none, "platform_and_wrapper", "connic")


# The limits name results in plain text; they are those of the model's own values.

NAMED_IN_LIMITS = [
    ("recurring", "inngest", "{:,.2f}"),
    ("platform.subscription", "inngest", "{:,.2f}"),
    ("platform_and_wrapper", "inngest", "{:,.0f} a year"),
    ("platform", "connic", "has {:,.0f}"),
    ("platform_and_wrapper", "connic", "{:,.0f} a year"),
    ("recurring", "self_hosted", "exactly {:,.0f}"),
    ("wrapper_build", "inngest", "{:,.2f}"),
    ("wrapper_build_annual", "inngest", "{:,.2f}"),
    ("llm", "connic", "{:,.2f}"),
    ("llm_annual", "connic", "{:,.0f}"),
    ("total", "self_hosted", "{:,.0f} a year"),
    ("total", "inngest", "{:,.0f} instead"),
    ("saving_without_llm", "", "{:.1f} %"),
    ("saving_inngest_without_llm", "", "{:.1f} %"),
    ("saving_mean_without_llm", "", "{:.1f} %"),
    ("saving", "", "{:.0f} %"),
    ("saving_inngest", "", "it is {:.0f} %"),
    ("self_hosted_monthly", "", "{:,.0f} without"),
    ("inngest_allowance_runs", "", "{:,.0f} runs"),
]


@pytest.mark.parametrize(("name", "option", "pattern"), NAMED_IN_LIMITS)
def test_the_limits_name_the_models_own_figures(name: str, option: str, pattern: str) -> None:
    written = yaml.safe_load((ROOT / MODEL / "model.yaml").read_text(encoding="utf-8"))
    assert pattern.format(one(show(), name, option)) in " ".join(written["limits"])
