"""The model of inputs/agent-runtime against the article it comes from.

Three ways: a calculation by hand from the article's inputs, which shares no code with the program; every figure the
article prints, with what follows from its other figures and the verdict on it, worked out here once more; and the
levers the article names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.inputs.shown import EXACT, Number, Shown, Values, number, one

MODEL = Shown("agent-runtime")
OPTIONS = ("self_hosted", "connic", "inngest")


def by_hand(
    runs: float = 50_000,
    seconds: float = 45,
    salary: float = 110_000,
    years: float = 3,
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
    peak = hours / 730 * 5.84
    pro = peak > 3 or seconds > 600
    credit, parallel = (200, 10) if pro else (40, 3)
    steps = runs * (1 + 3 * 2)
    above = max(0.0, steps - 1_000_000)
    found: dict[str, Number] = {
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "compute_seconds": total_seconds,
        "compute_hours": hours,
        "average_concurrency": hours / 730,
        "peak_concurrency": peak,
        "cluster_vcpus": 3 * 4,
        "pro_needed": float(pro),
        "connic_subscription": credit,
        "connic_parallel_runs": parallel,
        "connic_usage": usage,
        "inngest_steps": steps,
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
    for name, item in found.items():
        if name.startswith("wrapper_") and isinstance(item, dict):
            found[name] = {option: scope * value for option, value in item.items()}
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
    per_option("wrapper_build_annual", (sums("wrapper_build", o) / years for o in OPTIONS))
    per_option("wrapper_tooling_annual", (sums("wrapper_tooling", o) * 12 for o in OPTIONS))
    parts = ("recurring", "initial_build_annual", "wrapper_build_annual", "wrapper_tooling_annual")
    per_option("platform_and_wrapper", (sum(sums(part, o) for part in parts) for o in OPTIONS))
    paid_once = {o: sums("initial_build", o) + sums("wrapper_build", o) for o in OPTIONS}
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
        "connic_peak_use": 100 * peak / parallel,
        "developer_runs": 3 * 730 * 3_600 / (seconds * 5.84),
        "pro_runs": 10 * 730 * 3_600 / (seconds * 5.84),
        "inngest_allowance_runs": 1_000_000 / 7,
        "cluster_headroom": 12 / peak,
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


def assert_as_by_hand(values: Values, expected: dict[str, Number]) -> None:
    for name, hand in expected.items():
        assert number(values, name) == pytest.approx(hand, rel=EXACT, abs=0), name


def test_the_model_is_sound_and_nothing_is_left_unused() -> None:
    assert MODEL.is_sound()


def test_every_result_is_as_by_hand() -> None:
    assert_as_by_hand(MODEL.values(), by_hand())


def test_no_result_is_left_unchecked() -> None:
    written = MODEL.written
    names = {*written["calculations"], *written["categories"], *written["totals"], *written["metrics"]}
    names |= {f"{category}.{item}" for category, each in written["categories"].items() for item in each["items"]}
    assert names == set(by_hand())


@pytest.mark.parametrize(
    ("scenario", "changes"),
    [
        ("low_volume", {"runs": 5_000}),
        ("high_volume", {"runs": 80_000}),
        ("high_salary", {"salary": 140_000}),
        ("long_runs", {"seconds": 90}),
        ("two_years", {"years": 2}),
        ("tiny_volume", {"runs": 500}),
        ("platform_team", {"scope": 0}),
    ],
)
def test_scenarios_are_as_by_hand(scenario: str, changes: dict[str, float]) -> None:
    assert_as_by_hand(MODEL.values("--scenario", scenario), by_hand(**changes))


def test_every_assumption_says_where_it_comes_from() -> None:
    written = MODEL.written
    inputs = {id_: each for group in written["assumptions"].values() for id_, each in group["inputs"].items()}
    assert [id_ for id_, each in inputs.items() if not each.get("source") or not each.get("note")] == []


def test_nothing_is_unknown_and_what_is_included_says_so() -> None:
    values = MODEL.values()
    states = {state for each in values.values() for state in each.get("states", {}).values()}
    assert states <= {"included", "none"}
    assert values["platform.subscription"]["states"]["connic"] == "included"
    assert values["wrapper_build.live_ui"]["states"]["connic"] == "included"
    assert values["wrapper_tooling.llm_tracing"]["states"]["self_hosted"] == "included"
    assert values["observability.agent_traces"]["states"]["self_hosted"] == "none"


# What the article prints.


class Figure(NamedTuple):
    """A printed figure, what follows from the article's other figures, what it is rounded to, and what follows where
    an intermediate is rounded or dropped. Without a computed number, or with the printed one itself as an assumption
    of the model, it is an input."""

    states: float | tuple[float | None, float | None]
    computed: float | None = None
    step: float = 0
    intermediate: float | None = None
    input: bool = False

    def agrees(self, number: float) -> tuple[bool, bool]:
        """Exactly, and within the rounding."""
        if isinstance(self.states, tuple):
            low, high = self.states
            return ((low is None or low <= number) and (high is None or number <= high),) * 2
        distance = abs(number - self.states)
        return distance <= EXACT * abs(self.states), distance <= self.step / 2 + EXACT * abs(self.states)

    def verdict(self) -> str:
        if self.computed is None:
            return "input"
        exact, rounded = self.agrees(self.computed)
        if rounded:
            return "input" if self.input else "exact" if exact else "rounded"
        return "intermediate" if self.intermediate is not None and any(self.agrees(self.intermediate)) else "differs"


def given(states: float | tuple[float, float]) -> Figure:
    """An assumption of the model, or a figure that is not in it."""
    return Figure(states, None if isinstance(states, tuple) else states, input=True)


MONTH = 110_000 / 12
BUILT_ONCE = [2 * MONTH, 6 * MONTH, 3 * MONTH, *[MONTH] * 4, MONTH + 5_000, 2 * MONTH, MONTH / 2]
BUILT = sum(BUILT_ONCE)
LLM = (1_500 * 3 + 225 * 15) / 1.08
USAGE = 50_000 * (0.047 + 45 * 0.00042)
OWN = 690 + 480 + 0.2 * MONTH
WITHOUT_LLM = {
    "self_hosted": 12 * OWN + 8_683 + BUILT / 3 + 12 * (170 + 0.15 * MONTH - 340),
    "connic": 12 * (USAGE + 1) + 600,
    "inngest": 12 * (50 + 75 / 1.08) + 600 + BUILT / 3 + 12 * (370 + 0.15 * MONTH),
}
TOTAL = {option: each + 12 * LLM for option, each in WITHOUT_LLM.items()}
SAVING, SAVING_INNGEST = (100 * (1 - TOTAL["connic"] / TOTAL[other]) for other in ("self_hosted", "inngest"))
CHEAPER, CHEAPER_INNGEST = (100 * (1 - WITHOUT_LLM["connic"] / WITHOUT_LLM[o]) for o in ("self_hosted", "inngest"))
ROWS = [
    # item, months, printed once, printed a year
    ("connectors", 2, 18_333, 6_111),
    ("live_ui", 6, 55_000, 18_333),
    ("approvals", 3, 27_500, 9_167),
    ("ab_testing", 1, 9_167, 3_056),
    ("judges", 1, 9_167, 3_056),
    ("agent_testing", 1, 9_167, 3_056),
    ("knowledge_base", 1, 9_167, 3_056),
    ("compliance", 1 + 5_000 / MONTH, 14_167, 4_722),
    ("agent_management", 2, 18_333, 6_111),
    ("cost_dashboards", 0.5, 4_583, 1_528),
]

FIGURES = {
    # assumptions
    "runs": given(50_000),
    "calls": given(3),
    "input_per_call": given(10_000),
    "output_per_call": given(1_500),
    "input_total": Figure(1.5, 50_000 * 3 * 10_000 / 1e9),
    "output_total": Figure(225, 50_000 * 3 * 1_500 / 1e6),
    "price_in": given(3),
    "price_out": given(15),
    "duration": given(45),
    "seconds": Figure(2_250_000, 50_000 * 45),
    "hours": Figure(625, 50_000 * 45 / 3_600),
    "concurrency": Figure(0.86, 625 / 730, 0.01),
    "peak": Figure(5),
    "nodes": given(3),
    "node_processors": given(4),
    "node_memory": Figure(16),
    "salary_year": given(110_000),
    "salary_month": Figure(9_167, MONTH, 1),
    # the options
    "connectors_shipped": Figure(11),
    "database_tools": Figure(6),
    "run_fee": given(0.047),
    "compute_price": given(0.00042),
    "inngest_dollars": given(75),
    "inngest_allowance": given(1_000_000),
    "live_ui_effort": given(6),
    "years": given(3),
    "parity_adder": Figure(0, 0),
    # language model
    "exchange_rate": given(1.08),
    "llm_input_dollars": Figure(4_500, 1_500 * 3),
    "llm_output_dollars": Figure(3_375, 225 * 15),
    "llm_dollars": Figure(7_875, 1_500 * 3 + 225 * 15),
    "llm_month": Figure(7_300, 7_875 / 1.08, 100),
    "llm_year": Figure(87_600, 12 * LLM, 100, 12 * 7_300),
    # platform
    "cluster": given(500),
    "database": given(80),
    "storage": given(50),
    "data_layer_self_hosted": Figure(130, 80 + 50),
    "data_layer_connic": given(1),
    "data_layer_inngest": given(50),
    "networking": given(60),
    "inngest_euros": Figure(70, 75 / 1.08, 10),
    "run_fees": Figure(2_350, 50_000 * 0.047),
    "compute": Figure(945, 2_250_000 * 0.00042),
    "overage": Figure(0, 0),
    "platform_self_hosted": Figure(690, 500 + 130 + 60),
    "platform_connic": Figure(3_295, 1 + 2_350 + 945, 0, 2_350 + 945),
    "platform_inngest": Figure(120, 50 + 75 / 1.08, 1, 50 + 70),
    # observability and operations
    "monitoring": given(400),
    "error_tracking": given(80),
    "observability_self_hosted": Figure(480, 400 + 80),
    "observability_services": Figure(0, 0),
    "operations_share": given(0.2),
    "operations": Figure(1_833, 0.2 * MONTH, 1),
    "operations_services": Figure(0, 0),
    # wrapper, built
    **{f"{item}_once": Figure(once, months * MONTH, 1) for item, months, once, _ in ROWS},
    **{f"{item}_year": Figure(year, months * MONTH / 3, 1) for item, months, _, year in ROWS},
    "wrapper_once": Figure(174_584, BUILT, 1, sum(once for *_, once, _ in ROWS)),
    "wrapper_year": Figure(58_196, BUILT / 3, 1, sum(year for *_, year in ROWS)),
    "wrapper_year_net": Figure(58_196, BUILT / 3 - 12 * (400 + 80), 1),
    "capabilities_priced": Figure(10),
    # wrapper, tools
    "llm_tracing": given(200),
    "llm_tracing_self_hosted": Figure(0, 0),
    "vector_database": given(70),
    "ab_service": given(100),
    "upkeep_share": given(0.15),
    "upkeep": Figure(1_375, 0.15 * MONTH),
    "overlap": given(340),
    "upkeep_self_hosted": Figure(1_035, 1_375 - 340),
    "tooling_self_hosted": Figure(1_205, 70 + 100 + 1_035),
    "tooling_inngest": Figure(1_745, 200 + 70 + 100 + 1_375),
    # annual totals
    "recurring_self_hosted": Figure(36_036, 12 * OWN, 0, 12 * (690 + 480 + 1_833)),
    "recurring_connic": Figure(39_540, 12 * (3_295 + 1), 0, 12 * 3_295),
    "recurring_inngest": Figure(840, 12 * (50 + 75 / 1.08)),
    "initial_self_hosted": Figure(8_683),
    "initial_services": Figure(600),
    "tooling_year_self_hosted": Figure(14_460, 12 * 1_205),
    "tooling_year_inngest": Figure(20_940, 12 * 1_745),
    "without_llm_self_hosted": Figure(117_400, WITHOUT_LLM["self_hosted"], 100),
    "without_llm_connic": Figure(40_140, WITHOUT_LLM["connic"], 10, 39_540 + 600),
    "without_llm_inngest": Figure(80_580, WITHOUT_LLM["inngest"], 10),
    "total_self_hosted": Figure(205_000, TOTAL["self_hosted"], 100, WITHOUT_LLM["self_hosted"] + 87_600),
    "total_connic": Figure(127_700, TOTAL["connic"], 100),
    "total_inngest": Figure(168_200, TOTAL["inngest"], 100),
    # savings
    "saving_self_hosted": Figure(66, CHEAPER, 1),
    "saving_inngest": Figure(50, CHEAPER_INNGEST, 1),
    "saving_mean": Figure(60, (CHEAPER + CHEAPER_INNGEST) / 2, 1),
    "saving_self_hosted_all_in": Figure(38, SAVING, 1),
    "saving_inngest_all_in": Figure(24, SAVING_INNGEST, 1),
    "saving_faq": Figure(38, (SAVING + SAVING_INNGEST) / 2, 1),
    # other volumes, salaries and durations
    "low_runs": given(5_000),
    "developer_bill": Figure(40, max(40, 5_000 * (0.047 + 45 * 0.00042))),
    "fixed_cost": Figure((3_300, None), OWN),
    "high_runs": given(80_000),
    "high_bill": Figure(5_272, 80_000 * (0.047 + 45 * 0.00042)),
    "upper_rate_low": Figure(80_000, 10 / 5 * 50_000, 10_000),
    "upper_rate": Figure(100_000, 10 / 5 * 50_000, 10_000),
    "salary_high": given(140_000),
    "operations_high": Figure(2_333, 0.2 * 140_000 / 12, 1),
    "duration_long": given(90),
    "compute_long": Figure(1_890, 50_000 * 90 * 0.00042),
    # who should choose something else
    "team_size": Figure((3, 5)),
    "tiny_runs": Figure(1_000),
    "tiny_usage": Figure(20, 1_000 * (0.047 + 45 * 0.00042)),
    "developer_volumes": Figure((1_000, 5_000)),
    # plans
    "developer_credit": given(40),
    "pro_credit": given(200),
    "developer_parallel_runs": given(3),
    "pro_parallel_runs": given(10),
    "developer_timeout": given(10),
    "pro_timeout": given(30),
    "developer_connectors": given(10),
    "pro_connectors": given(40),
    "developer_environments": Figure(3),
    "pro_environments": Figure(5),
    "developer_retention": Figure(30),
    "pro_retention": Figure(90),
    # called the first year, or printed to hundreds
    "first_year_self_hosted": Figure(117_400, 12 * OWN + 14_460 + 3 * 8_683 + BUILT, 100),
    "first_year_connic": Figure(40_140, 12 * 3_296 + 3 * 600, 10),
    "first_year_inngest": Figure(80_580, 12 * (50 + 75 / 1.08) + 20_940 + 3 * 600 + BUILT, 10),
    "bottom_line_connic": Figure(40_100, WITHOUT_LLM["connic"], 100, 39_540 + 600),
    "bottom_line_inngest": Figure(80_600, WITHOUT_LLM["inngest"], 100),
}

DO_NOT_FOLLOW = {
    "llm_year": "intermediate",
    "platform_connic": "intermediate",
    "platform_inngest": "intermediate",
    "wrapper_once": "intermediate",
    "wrapper_year": "intermediate",
    "wrapper_year_net": "differs",
    "recurring_self_hosted": "intermediate",
    "recurring_connic": "intermediate",
    "recurring_inngest": "differs",
    "without_llm_connic": "intermediate",
    "without_llm_inngest": "differs",
    "total_self_hosted": "intermediate",
    "total_inngest": "differs",
    "saving_inngest": "differs",
    "saving_mean": "differs",
    "saving_faq": "differs",
    "developer_bill": "differs",
    "fixed_cost": "differs",
    "upper_rate_low": "differs",
    "tiny_usage": "differs",
    "first_year_self_hosted": "differs",
    "first_year_connic": "differs",
    "first_year_inngest": "differs",
    "bottom_line_connic": "intermediate",
    "bottom_line_inngest": "differs",
}


def published() -> Values:
    return {each["id"]: each for each in MODEL.question("published")}


def test_every_figure_is_in_the_model_and_here() -> None:
    assert set(published()) == set(FIGURES)
    assert len(FIGURES) == 139


@pytest.mark.parametrize("id_", FIGURES)
def test_the_figure_is_as_printed_and_follows_as_by_hand(id_: str) -> None:
    found, figure = published()[id_], FIGURES[id_]
    stated = (
        dict(zip(("from", "to"), figure.states, strict=True)) if isinstance(figure.states, tuple) else figure.states
    )
    assert found["states"] == stated
    assert (found["step"] or 0) in (figure.step, 0)  # without a step a figure is held to more
    assert (found["computed"] is None) == (figure.computed is None)
    if figure.computed is not None:
        assert found["computed"] == pytest.approx(figure.computed, rel=EXACT, abs=0)
    if figure.intermediate is not None:
        assert found["intermediate"] == pytest.approx(figure.intermediate, rel=EXACT)
    assert found["verdict"] == found["expected"] == figure.verdict()
    assert (figure.verdict() == "input") == (figure.input or figure.computed is None)


def test_these_figures_do_not_follow_from_the_others() -> None:
    found = {id_: each["verdict"] for id_, each in published().items()}
    assert {id_: each for id_, each in found.items() if each in ("intermediate", "differs")} == DO_NOT_FOLLOW
    assert Counter(found.values()) == {"exact": 28, "rounded": 29, "intermediate": 10, "differs": 15, "input": 57}


def test_figures_without_a_formula_are_what_the_model_holds() -> None:
    values = MODEL.values()
    assert one(values, "peak_concurrency") == pytest.approx(FIGURES["peak"].states, rel=EXACT)
    printed = {"self_hosted": FIGURES["initial_self_hosted"].states} | dict.fromkeys(
        ("connic", "inngest"), FIGURES["initial_services"].states
    )
    assert number(values, "initial_build_annual") == pytest.approx(printed, rel=EXACT)


def test_columns_that_are_printed_alike_are_alike() -> None:
    """The figures are checked in one column; these are the others that hold them."""
    values = MODEL.values()
    same = [*(f"wrapper_build.{item}" for item, *_ in ROWS), "wrapper_build", "wrapper_build_annual"]
    same += ["wrapper_tooling.vector_database", "wrapper_tooling.ab_service"]
    for name in same:
        assert one(values, name, "self_hosted") == one(values, name, "inngest") > one(values, name, "connic") == 0
    for name in ("llm", "llm_annual"):
        assert len({one(values, name, option) for option in OPTIONS}) == 1
    assert one(values, "wrapper_tooling.llm_tracing", "inngest") == FIGURES["llm_tracing"].states


def test_the_printed_totals_are_the_sums_of_what_is_printed() -> None:
    """Where the figures that do not follow come from: the article's totals follow from its own rounded rows."""
    f = {id_: figure.states for id_, figure in FIGURES.items() if not isinstance(figure.states, tuple)}
    own = f["platform_self_hosted"] + f["observability_self_hosted"] + f["operations"]
    assert (own, 12 * own) == (3_003, f["recurring_self_hosted"])
    assert 12 * f["platform_connic"] == f["recurring_connic"]
    assert 12 * f["inngest_euros"] == f["recurring_inngest"] == 12 * f["platform_inngest"] - 600
    assert 12 * f["llm_month"] == f["llm_year"]
    without = {
        "self_hosted": 36_036 + 8_683 + 58_196 + 14_460,
        "connic": 39_540 + 600,
        "inngest": 840 + 600 + 58_196 + 20_940,
    }
    for option, amount in without.items():
        assert amount == pytest.approx(f[f"without_llm_{option}"], abs=25 if option == "self_hosted" else 5)
        assert amount + 87_600 == pytest.approx(f[f"total_{option}"], abs=50)
    savings = [100 * (1 - without["connic"] / without[option]) for option in ("self_hosted", "inngest")]
    assert [round(saving) for saving in savings] == [f["saving_self_hosted"], f["saving_inngest"]]
    assert sum(savings) / 2 == pytest.approx(58, abs=0.1)


def test_the_overlap_that_is_deducted_exceeds_the_tools_it_overlaps_with() -> None:
    values = MODEL.values()
    deducted = one(values, "tooling_overlap") + one(values, "llm_tracing_fee")
    assert (deducted, one(values, "observability", "self_hosted")) == (540, 480)


# The levers.


def test_a_salary_of_140_000_moves_everything_that_engineers_do() -> None:
    values = MODEL.setting(salary=140_000)
    assert one(values, "engineering.ongoing_ops", "self_hosted") == pytest.approx(2_333, abs=0.5)
    assert_as_by_hand(values, by_hand(salary=140_000))
    assert one(values, "wrapper_build.live_ui", "inngest") == pytest.approx(70_000, rel=EXACT)
    assert number(values, "initial_build") == number(MODEL.values(), "initial_build")
    assert one(values, "saving") > one(MODEL.values(), "saving")


def test_runs_of_90_seconds_double_the_compute() -> None:
    values = MODEL.setting(run_duration=90)
    assert one(values, "platform.compute", "connic") == pytest.approx(1_890, rel=EXACT)
    assert one(values, "connic_peak_use") == pytest.approx(100, rel=EXACT)
    assert one(values, "pro_runs") == pytest.approx(50_000, rel=EXACT)
    assert_as_by_hand(values, by_hand(seconds=90))


def test_80_000_runs_cost_5_272_of_usage() -> None:
    values = MODEL.setting(runs_per_month=80_000)
    assert one(values, "connic_usage") == pytest.approx(5_272, rel=EXACT)
    assert one(values, "platform", "connic") == pytest.approx(5_272 + 1, rel=EXACT)
    assert number(values, "wrapper_build_annual") == number(MODEL.values(), "wrapper_build_annual")
    bills = number(values, "platform_and_wrapper")
    assert isinstance(bills, dict)
    assert min(bills, key=bills.__getitem__) == "connic"


def test_5_000_runs_exceed_the_credit_of_the_developer_plan() -> None:
    """The scenario sets the volume only; the plan follows from it. The bill is the same with the plan forced up."""
    values, forced = MODEL.values("--scenario", "low_volume"), MODEL.setting(runs_per_month=5_000, connectors_needed=11)
    assert (one(values, "pro_needed"), one(forced, "pro_needed")) == (0, 1)
    assert (one(values, "connic_subscription"), one(forced, "connic_subscription")) == (40, 200)
    assert one(values, "connic_usage") == pytest.approx(329.5, rel=EXACT)
    assert one(values, "platform", "connic") == pytest.approx(329.5 + 1, rel=EXACT)
    assert number(values, "total") == number(forced, "total")
    assert one(values, "connic_credit_runs") == pytest.approx(606.98, abs=0.01)
    hand = {**by_hand_options("recurring"), "connic": 330.5 * 12}
    assert number(values, "recurring") == pytest.approx(hand, rel=EXACT)


@pytest.mark.parametrize(
    ("changes", "pro"),
    [
        ({"runs_per_month": 30_000}, 0),
        ({"runs_per_month": 30_001}, 1),
        ({"runs_per_month": 5_000, "run_duration": 600}, 1),  # a peak of 6.7
        ({"runs_per_month": 100, "run_duration": 600}, 0),
        ({"runs_per_month": 100, "run_duration": 601}, 1),
        ({"runs_per_month": 100, "connectors_needed": 10}, 0),
        ({"runs_per_month": 100, "connectors_needed": 11}, 1),
    ],
)
def test_the_plan_is_the_smallest_whose_limits_are_kept(changes: dict[str, float], pro: float) -> None:
    values = MODEL.setting(**changes)
    assert one(values, "pro_needed") == pro
    assert one(values, "connic_parallel_runs") == (10 if pro else 3)
    assert one(values, "connic_subscription") == (200 if pro else 40)


def test_an_overlap_larger_than_the_upkeep_is_refused() -> None:
    done = MODEL.run("show", "--set", "tooling_overlap=1375.01")
    assert done.exit_code == 1
    assert "wrapper_tooling.maintenance" in done.stderr
    assert one(MODEL.setting(tooling_overlap=1_375), "wrapper_tooling.maintenance", "self_hosted") == 0


def by_hand_options(name: str) -> dict[str, float]:
    found = by_hand()[name]
    assert isinstance(found, dict)
    return found


def test_the_credit_is_the_least_that_is_paid() -> None:
    developer, pro = MODEL.values("--scenario", "tiny_volume"), MODEL.setting(runs_per_month=500, connectors_needed=11)
    assert one(developer, "connic_usage") == pytest.approx(32.95, rel=EXACT)
    assert one(developer, "platform", "connic") == pytest.approx(40 + 1, rel=EXACT)
    assert one(pro, "platform", "connic") == pytest.approx(200 + 1, rel=EXACT)


def test_a_thousand_runs_cost_more_than_the_threshold_the_article_gives() -> None:
    assert one(MODEL.setting(runs_per_month=1_000), "connic_usage") == pytest.approx(65.9, rel=EXACT)


def test_executions_above_the_allowance_are_never_free() -> None:
    values = MODEL.setting(runs_per_month=200_000)
    assert one(values, "platform.step_overage", "inngest") == pytest.approx(30 / 1.08, rel=EXACT)
    assert_as_by_hand(values, by_hand(runs=200_000))


def test_a_shorter_horizon_raises_what_is_paid_once() -> None:
    values = MODEL.values("--scenario", "two_years")
    assert one(values, "wrapper_build_annual", "inngest") == pytest.approx(87_291.666_666_667, rel=EXACT)
    assert number(values, "first_year") == number(MODEL.values(), "first_year")


# Break-evens: Connic's usage per run against what does not move with the runs.

USAGE_PER_RUN = 0.047 + 45 * 0.00042


@pytest.mark.parametrize(("other", "about"), [("self_hosted", 147_655), ("inngest", 101_866)])
def test_break_even_in_runs(other: str, about: float) -> None:
    fixed = by_hand_options("platform_and_wrapper")[other] - 12 * 1 - 600
    runs = fixed / 12 / USAGE_PER_RUN
    assert runs == pytest.approx(about, abs=0.5)
    values = MODEL.setting(runs_per_month=runs)
    overage = max(0.0, 7 * runs - 1e6) * 75e-6 / 1.08
    assert one(values, "platform.step_overage", "inngest") == pytest.approx(overage, rel=1e-6)
    assert one(values, "platform_and_wrapper", "connic") == pytest.approx(
        one(values, "platform_and_wrapper", other), rel=EXACT
    )


def test_break_even_in_the_share_of_the_wrapper() -> None:
    """Inngest costs what Connic does when less than half of the wrapper is needed; self-hosting never does."""
    bills, wrapper = by_hand_options("platform_and_wrapper"), by_hand_options("wrapper_build_annual")
    needed = wrapper["inngest"] + by_hand_options("wrapper_tooling_annual")["inngest"]
    share = 1 - (bills["inngest"] - bills["connic"]) / needed
    assert share == pytest.approx(0.4817, abs=1e-4)
    values = MODEL.setting(wrapper_scope=100 * share)
    expected = by_hand(scope=share)
    # Nothing is left of the saving there but what rounding leaves, which no two ways of adding up have in common.
    assert expected.pop("saving_inngest_without_llm") == pytest.approx(0, abs=EXACT)
    assert_as_by_hand(values, expected)
    assert one(values, "platform_and_wrapper", "inngest") == pytest.approx(bills["connic"], rel=EXACT)
    none = MODEL.setting(wrapper_scope=0.0)
    assert one(none, "platform_and_wrapper", "self_hosted") == pytest.approx(44_723, rel=EXACT)
    assert one(none, "platform_and_wrapper", "self_hosted") > one(none, "platform_and_wrapper", "connic")


# What stands in running text is the model's own.

NAMED = [
    # where, words, number
    ("published.wrapper_year", "would be {:,.0f}", 174_584 / 3),
    ("published.recurring_self_hosted", "would be {:,.0f}", 12 * 690),
    ("published.recurring_inngest", "would make {:,.0f}", 12 * 120),
    ("published.saving_inngest", "rounds to {:.0f}", CHEAPER_INNGEST),
    ("published.saving_mean", "average {:.0f}", (66 + 50) / 2),
    ("published.fixed_cost", "add up to {:,.0f} a month", 690 + 480 + 1_833),
    ("published.fixed_cost", "it would be {:,.0f};", OWN + 1_205),
    ("published.tiny_usage", "about {:.0f} runs", round(20 / (USAGE / 50_000), -2)),
    ("published.first_year_connic", "of {:,.0f} would", 3 * 600),
    ("published.bottom_line_connic", "with it, {:,.0f} would", round(WITHOUT_LLM["connic"], -2)),
    ("published.total_inngest", "makes up for {:.0f} of it", 12 * (7_300 - LLM)),
    ("limits", "together {:.0f}", 200 + 340),
    ("limits", "the two tools cost {:.0f}", 400 + 80),
    ("limits", "at {:,.0f} runs", 1_000_000 / 7),
]


@pytest.mark.parametrize(("where", "words", "expected"), NAMED)
def test_texts_name_figures_that_hold(where: str, words: str, expected: float) -> None:
    written = MODEL.written
    key, _, id_ = where.partition(".")
    text = " ".join(written["limits"]) if key == "limits" else written["published"][id_]["because"]
    assert words.format(expected) in text


def test_a_wrapper_for_nothing_is_not_enough_for_self_hosting() -> None:
    """What profile and scenario say of a platform team: 44,723 a year against Connic's 40,152."""
    values = MODEL.values("--scenario", "platform_team")
    assert one(values, "platform_and_wrapper", "self_hosted") == pytest.approx(12 * OWN + 8_683, rel=EXACT)
    assert one(values, "platform_and_wrapper", "self_hosted") > one(values, "platform_and_wrapper", "connic")
    assert one(values, "platform_and_wrapper", "inngest") == pytest.approx(12 * (50 + 75 / 1.08) + 600, rel=EXACT)


# Who covers what, and who should choose what.

UNPRICED = {
    "self_hosted": ["scaling", "traces", "agent_database"],
    "connic": [],
    "inngest": ["scaling", "agent_database"],
}
PRICED_AS = {"cost_dashboards": "cost_tracking", "compliance": "ai_act", "live_ui": "live_view"}
"""The item that prices a capability, where the two have different names."""


def test_thirteen_capabilities_of_which_three_have_no_price() -> None:
    found = MODEL.question("features")["features"]
    assert len(found) == 13
    for option, expected in UNPRICED.items():
        status = {each["id"]: each["options"][option]["status"] for each in found}
        assert [id_ for id_, each in status.items() if each == "not priced"] == expected
        covered = [id_ for id_, each in status.items() if each == "covered"]
        assert len(covered) == (13 if option == "connic" else 0)
    prices = {
        option: {each["id"]: each["options"][option]["price"] for each in found if each["options"][option]["price"]}
        for option in UNPRICED
    }
    built = {PRICED_AS.get(item, item): months * MONTH for item, months, *_ in ROWS}
    assert prices["self_hosted"] == pytest.approx(built, rel=EXACT)
    assert prices["inngest"] == pytest.approx({**built, "traces": 200}, rel=EXACT)
    assert prices["connic"] == {}


@pytest.mark.parametrize(
    ("arguments", "profile", "yes"),
    [
        ((), "pro_plan", []),
        (("--scenario", "low_volume"), "developer_plan", []),
        (("--scenario", "high_volume"), "pro_plan", []),
        (("--scenario", "long_runs"), "pro_plan", []),
        (("--scenario", "tiny_volume"), "tiny", ["tiny_usage"]),
        (("--scenario", "platform_team"), "platform_team", ["platform_team", "cheaper_elsewhere"]),
        (("--set", "on_premise=1"), "own_hardware", ["on_premise"]),
        (("--set", "runs_per_month=100001"), "pro_plan", ["beyond_plans"]),
        (("--set", "runs_per_month=102000"), "pro_plan", ["beyond_plans", "cheaper_elsewhere"]),
        (("--set", "run_duration=1801", "--set", "runs_per_month=1000"), "pro_plan", ["beyond_plans"]),
    ],
)
def test_profile_and_checklist(arguments: tuple[str, ...], profile: str, yes: list[str]) -> None:
    profiles = MODEL.question("profiles", *arguments)
    assert [each["id"] for each in profiles if each["matches"]] == [profile]
    found = MODEL.question("checklist", *arguments)
    assert [each["id"] for each in found["answers"] if each["answer"]] == yes
    assert found["met"] == bool(yes)


def test_the_scorecard_by_hand() -> None:
    least = WITHOUT_LLM["connic"]
    by_option = {
        "self_hosted": (1, 1, 5, 5, 2),
        "connic": (5, 5, 2, 4, 4),
        "inngest": (2, 2, 3, 2, 3),
    }
    weights = (0.20, 0.15, 0.15, 0.10, 0.05)
    expected = {
        option: 0.35 * 5 * least / WITHOUT_LLM[option] + sum(w * s for w, s in zip(weights, scores, strict=True))
        for option, scores in by_option.items()
    }
    assert MODEL.question("scorecard")["totals"] == pytest.approx(expected, rel=EXACT)


def test_ranges_by_hand() -> None:
    """Corners of the work to operate and to keep up what was built: shares and salary at both ends."""
    (found,) = (each for each in MODEL.question("ranges") if each["id"] == "operations")

    def cost(ops: float, upkeep: float, salary: float) -> dict[str, float]:
        month = salary / 12
        built = 18.5 * month + 5_000
        return {
            "self_hosted": 12 * (690 + 480 + ops * month) + 8_683 + built / 3 + 12 * (170 + upkeep * month - 340),
            "inngest": 12 * (50 + 75 / 1.08 + max(0, ops - 0.25) * month)
            + 600
            + built / 3
            + 12 * (370 + upkeep * month),
        }

    low, high = cost(0.15, 0.10, 90_000), cost(0.35, 0.30, 140_000)
    for option in low:
        assert found["low"][option] == pytest.approx(low[option], rel=EXACT)
        assert found["high"][option] == pytest.approx(high[option], rel=EXACT)
