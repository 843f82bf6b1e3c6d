"""The model of inputs/coding-agents against the article it comes from.

Everything is worked out again here from the article's figures, without the program's code: every result, in the base
and in the scenarios; the break-evens by price and size of cluster, solved by hand; and from both what each published
figure should be found to be.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import product
from typing import Any

import pytest

from tests.inputs.shown import EXACT, Number, Shown, Values, number, one

MODEL = Shown("coding-agents")
OPTIONS = ("managed", "self_hosted", "hybrid")

PRICES = {"opus": (5, 25), "sonnet": (3, 15), "gpt": (5, 30), "mini": (0.75, 4.5), "flash": (0.1, 0.2)}
"""USD per million tokens of input and of output."""

USAGE = (2, 5)
"""Million tokens a developer and month, at least and at most."""

HOURS = 720
SALARY = 240_000


def cluster_cost(gpus: float = 4, gpu_hour: float = 3, share: float = 0.15) -> float:
    """USD a month of one cluster with its operations: the article's multiplication, and the part of an engineer."""
    return gpus * gpu_hour * HOURS + share * SALARY / 12


def by_hand(
    developers: float = 50,
    usage: float = 3.5,
    input_share: float = 0,
    shares: tuple[float, float, float, float] = (0, 0, 0, 0),
    gpus: float = 4,
    small: float = 2,
    frontier: float = 0,
    failures: tuple[float, float] = (0, 0),
) -> dict[str, Number]:
    """Every result of the model. `shares` of Opus, GPT-5.5, Mini and Flash; `failures` self-hosted and hybrid."""

    def each(managed: float, self_hosted: float, hybrid: float) -> dict[str, float]:
        return dict(zip(OPTIONS, (managed, self_hosted, hybrid), strict=True))

    tokens = developers * usage
    part = dict(zip(("opus", "gpt", "mini", "flash"), shares, strict=True))
    part["sonnet"] = 1 - sum(shares)
    price = {model: input_share * cheap + (1 - input_share) * dear for model, (cheap, dear) in PRICES.items()}
    blended = sum(part[model] * price[model] for model in PRICES)
    kept, moved = tokens * 0.35, tokens * 0.65
    work = 1 - input_share + input_share * 0.1
    per_gpu = 600 * HOURS * 3600 / 6 / work / 1e6
    full, lesser = gpus * per_gpu, small * per_gpu
    clusters = each(0, math.ceil(tokens / full), math.ceil(moved / lesser))
    full_cost, small_cost = cluster_cost(gpus), cluster_cost(small)
    usual_price, usual_work = 0.87 * 3 + 0.13 * 15, 0.13 + 0.87 * 0.1

    api = {
        model: each(
            tokens * part[model] * price[model],
            0,
            (kept * (1 - frontier) * part[model] + (kept * frontier if model == "opus" else 0)) * price[model],
        )
        for model in PRICES
    }
    bought = {option: sum(item[option] for item in api.values()) for option in OPTIONS}
    rented = each(0, clusters["self_hosted"] * gpus * 3 * HOURS, clusters["hybrid"] * small * 3 * HOURS)
    engineer = each(0, 3_000, 3_000)
    rework = each(0, developers * failures[0] * 50, developers * failures[1] * 50)
    platform = {option: bought[option] + rented[option] + engineer[option] for option in OPTIONS}
    total = {option: platform[option] + rework[option] for option in OPTIONS}
    break_evens = {
        f"{model}_{size}_cluster": cost / (usage * price[model])
        for model in PRICES
        for size, cost in (("full", full_cost), ("small", small_cost))
    }
    return {
        "tokens": tokens,
        "sonnet_share": 100 * part["sonnet"],
        **{f"{model}_price": price[model] for model in PRICES},
        "blended_price": blended,
        "bill_per_developer": usage * blended,
        "mix_tokens": each(tokens, 0, kept * (1 - frontier)),
        "frontier_tokens": each(0, 0, kept * frontier),
        "own_tokens": each(0, tokens, moved),
        "work_per_token": 100 * work,
        "full_capacity": full,
        "small_capacity": lesser,
        "clusters": clusters,
        "ops_cost": 3_000,
        "full_cluster_cost": full_cost,
        "small_cluster_cost": small_cost,
        "failure_cost": 50,
        "managed_api": bought,
        **{f"managed_api.{model}": api[model] for model in PRICES},
        "gpu_cluster": rented,
        "gpu_cluster.gpus": rented,
        "gpu_cluster.inference_framework": each(0, 0, 0),
        "operations": engineer,
        "operations.engineer_time": engineer,
        "rework": rework,
        "rework.failed_tasks": rework,
        "platform": platform,
        "total": total,
        "cost_per_developer": {option: total[option] / developers for option in OPTIONS},
        "cost_per_token": {option: total[option] / tokens for option in OPTIONS},
        "implied_input_share": 0,
        "usual_sonnet_price": usual_price,
        "usual_bill_per_developer": usage * usual_price,
        **break_evens,
        "usual_full_cluster": full_cost / (usage * usual_price),
        "usual_small_cluster": small_cost / (usage * usual_price),
        "mix_full_cluster": full_cost / (usage * blended),
        "developers_per_full_cluster": full / usage,
        "developers_per_small_cluster": lesser / usage,
        "usual_per_full_cluster": full * work / usual_work / usage,
        "full_load_price": full_cost / full,
        "small_load_price": small_cost / lesser,
        "tokens_to_break_even": full_cost / (developers * blended),
        "gpus_for_weights": math.ceil(70 * 2 / 80),
        "api_saving": 100 * (1 - bought["hybrid"] / bought["managed"]),
        "hybrid_position": 100
        * (platform["hybrid"] - platform["managed"])
        / (platform["self_hosted"] - platform["managed"]),
        "failures_to_spare": max(0, platform["managed"] - platform["self_hosted"]) / (developers * 50),
        "tokens_per_failure": 50 / blended,
    }


MIX = (0.2, 0.1, 0.2, 0.1)
HEAVY: dict[str, Any] = {"developers": 200, "shares": MIX, "usage": 5}
SCENARIOS: Values = {
    "ten": {"developers": 10},
    "twenty": {"developers": 20},
    "opus": {"shares": (1, 0, 0, 0)},
    "two_hundred": {"developers": 200, "shares": MIX},
    "two_hundred_heavy": HEAVY,
    "failures": {**HEAVY, "failures": (0.5, 0.125)},
    "usual_input": {"input_share": 0.87},
    "two_hundred_usual_input": {**HEAVY, "input_share": 0.87},
    "small_cluster": {"gpus": 2, "small": 1},
    "frontier_rest": {"frontier": 1},
}


def assert_as_by_hand(values: Values, expected: dict[str, Number]) -> None:
    for name, hand in expected.items():
        assert number(values, name) == pytest.approx(hand, rel=EXACT, abs=1e-9), name


def test_the_model_is_sound_and_nothing_is_left_unused() -> None:
    assert MODEL.is_sound()


def test_every_result_is_as_by_hand() -> None:
    assert_as_by_hand(MODEL.values(), by_hand())


def test_no_result_is_left_unchecked() -> None:
    parts = ("calculations", "categories", "totals", "metrics")
    names = {name for part in parts for name in MODEL.written[part]}
    names |= {f"{category}.{item}" for category, each in MODEL.written["categories"].items() for item in each["items"]}
    assert names == set(by_hand())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenarios_are_as_by_hand(scenario: str) -> None:
    assert_as_by_hand(MODEL.values("--scenario", scenario), by_hand(**SCENARIOS[scenario]))


def test_no_scenario_is_left_unchecked() -> None:
    assert set(MODEL.written["scenarios"]) == set(SCENARIOS)


def test_every_assumption_says_where_it_comes_from() -> None:
    inputs = {id_: each for group in MODEL.written["assumptions"].values() for id_, each in group["inputs"].items()}
    assert [id_ for id_, each in inputs.items() if not each.get("source") or not each.get("note")] == []


def test_what_costs_nothing_says_so() -> None:
    states = MODEL.values()["gpu_cluster.inference_framework"]["states"]
    assert (states["managed"], states["self_hosted"], states["hybrid"]) == ("none", "included", "included")


# Break-evens, solved by hand: the cost of a cluster over the bill of one developer.

BREAK_EVENS = [
    # model, GPUs, developers at 3.5 million tokens of output each
    ("opus", 4, 133.03),
    ("opus", 2, 83.66),
    ("sonnet", 4, 221.71),
    ("sonnet", 2, 139.43),
    ("gpt", 4, 110.86),
    ("gpt", 2, 69.71),
    ("mini", 4, 739.05),
    ("mini", 2, 464.76),
    ("flash", 4, 16_628.57),
    ("flash", 2, 10_457.14),
]
SIZES = {4: "full", 2: "small"}


@pytest.mark.parametrize(("model", "gpus", "developers"), BREAK_EVENS)
def test_break_even_by_price_and_size_of_cluster(model: str, gpus: int, developers: float) -> None:
    solved = (gpus * 3 * 720 + 3_000) / (3.5 * PRICES[model][1])
    assert solved == pytest.approx(developers, abs=0.005)
    assert one(MODEL.values(), f"{model}_{SIZES[gpus]}_cluster") == pytest.approx(solved, rel=EXACT)


@pytest.mark.parametrize(("model", "gpus", "developers"), BREAK_EVENS)
def test_at_the_break_even_both_cost_the_same_while_one_cluster_serves(
    model: str, gpus: int, developers: float
) -> None:
    solved = (gpus * 3 * 720 + 3_000) / (3.5 * PRICES[model][1])
    shares = {f"{name}_share": 100 * (name == model) for name in PRICES if name != "sonnet"}
    values = MODEL.setting(developers=solved, gpus_per_cluster=gpus, **shares)
    served = gpus * 600 * 720 * 3600 / 6 / 1e6 / 3.5
    assert one(values, "total", "managed") == pytest.approx(cluster_cost(gpus), rel=EXACT)
    if solved <= served:
        assert one(values, "total", "self_hosted") == pytest.approx(cluster_cost(gpus), rel=EXACT)
    else:
        assert model in ("mini", "flash"), "these cost less a token than a cluster in full use"
        assert PRICES[model][1] < cluster_cost(gpus) / (served * 3.5)
        assert one(values, "total", "self_hosted") > cluster_cost(gpus)


@pytest.mark.parametrize(("gpus", "developers"), [(4, 729.32), (2, 458.65)])
def test_break_even_at_the_usual_share_of_input(gpus: int, developers: float) -> None:
    solved = (gpus * 3 * 720 + 3_000) / (3.5 * (0.87 * 3 + 0.13 * 15))
    assert solved == pytest.approx(developers, abs=0.005)
    values = MODEL.setting(developers=solved, gpus_per_cluster=gpus, input_share=87)
    assert one(values, "total", "managed") == pytest.approx(one(values, "total", "self_hosted"), rel=EXACT)
    assert one(MODEL.values(), f"usual_{SIZES[gpus]}_cluster") == pytest.approx(solved, rel=EXACT)


FULL, SMALL = 4 * 600 * 720 * 600 / 1e6, 2 * 600 * 720 * 600 / 1e6
"""Million tokens a month at which a second cluster begins: 3,600 seconds an hour over a peak factor of 6 make 600."""

CROSSINGS = {
    ("developers", "managed", "self_hosted"): [11_640 / 52.5],
    ("developers", "managed", "hybrid"): [7_320 / (0.65 * 52.5), SMALL / (0.65 * 3.5)],
    ("developers", "self_hosted", "hybrid"): [SMALL / (0.65 * 3.5)],
    ("developers_beyond", "managed", "self_hosted"): [11_640 / 52.5, FULL / 3.5, (2 * 8_640 + 3_000) / 52.5],
    ("tokens", "managed", "self_hosted"): [11_640 / (50 * 15)],
    ("output_price", "managed", "self_hosted"): [11_640 / (50 * 3.5)],
}


def test_crossings_are_where_they_are_by_hand() -> None:
    found = {
        (question["id"], pair["first"], pair["second"]): [crossing["at"] for crossing in pair["crossings"]]
        for question in MODEL.answer("--break-even")["break_even"]
        for pair in question["pairs"]
    }
    assert found == {key: pytest.approx(places, rel=EXACT) for key, places in CROSSINGS.items()}


def test_between_the_crossings_the_hybrid_is_the_cheapest_of_all() -> None:
    """From 214.5 developers to 221.7 it costs less than buying, to 227.9 less than self-hosting too."""
    total = number(MODEL.setting(developers=218), "total")
    assert isinstance(total, dict)
    assert min(total, key=total.__getitem__) == "hybrid"
    assert total["hybrid"] == pytest.approx(0.35 * 218 * 52.5 + 7_320, rel=EXACT)


# What the article states, and what follows from it.


def times(price: float, developers: float = 1) -> tuple[float, float]:
    """The bill at the least and at the most usage, in USD a month."""
    least, most = USAGE
    return developers * least * price, developers * most * price


OPERATIONS = cluster_cost(share=0.10), cluster_cost(share=0.20)
MIXED = 0.2 * 25 + 0.1 * 30 + 0.4 * 15 + 0.2 * 4.5 + 0.1 * 0.2
BLENDED = 0.87 * 3 + 0.13 * 15
HYBRID, MANAGED = 0.35 * 2_625 + cluster_cost(2), 2_625

NOT_REPRODUCED: dict[str, tuple[str, tuple[float, ...]]] = {
    # figure: verdict, what follows from the article's own parts
    "developer_bill_blended": ("differs", times(BLENDED)),
    "tco": ("differs", OPERATIONS),
    "worthwhile_bill": ("differs", OPERATIONS),
    "typical_developers": ("intermediate", (OPERATIONS[0] / 75,)),
    "heavy_developers": ("differs", (OPERATIONS[0] / (5 * 30),)),
    "ten_managed": ("differs", times(15, 10)),
    "fifty_managed": ("differs", times(15, 50)),
    "fifty_opus_managed": ("differs", times(25, 50)),
    "fifty_opus_self_hosted": ("differs", OPERATIONS),
    "two_hundred_managed": ("differs", times(MIXED, 200)),
    "hybrid_saving_frontier": ("differs", (100 * (1 - 0.4 * 25 / 15), 100 * (1 - 0.3 * 25 / 15))),
    "hybrid_between_full": ("differs", (100 * (0.35 * MANAGED + 11_640 - MANAGED) / (11_640 - MANAGED),)),
    "checklist_spend": ("differs", OPERATIONS[:1]),
    "faq_moderate_developers": ("differs", (11_640 / 75, 11_640 / 30)),
    "faq_heavy_developers": ("differs", (OPERATIONS[0] / (5 * 30),)),
    "faq_fixed_cost": ("differs", OPERATIONS),
}

REPRODUCED: dict[str, tuple[str, tuple[float, ...]]] = {
    "developer_bill": ("exact", times(15)),
    "blended_price": ("exact", (30 / 2,)),
    "team_bill": ("exact", times(15, 20)),
    "least_gpus": ("exact", (math.ceil(70 * 2 / 80),)),
    "gpu_bill": ("exact", (4 * 3 * 720,)),
    "ops_cost": ("exact", (0.1 * SALARY / 12, 0.2 * SALARY / 12)),
    "ten_self_hosted": ("exact", OPERATIONS),
    "fifty_self_hosted": ("exact", OPERATIONS),
    "two_hundred_self_hosted": ("rounded", OPERATIONS[1:]),
    "failure_cost": ("exact", (100 * 30 / 60,)),
    "hybrid_saving": ("exact", (60, 70)),
    "hybrid_between": ("exact", (100 * (HYBRID - MANAGED) / (11_640 - MANAGED),)),
    "faq_single_gpu": ("exact", (math.ceil(13 * 2 / 80),)),
    "faq_hybrid_saving": ("exact", (60, 70)),
}

STATED: dict[str, tuple[float | None, ...]] = {
    # figures that are inputs of the model, or that nothing leads to
    **{f"{model}_{side}": (PRICES[model][at],) for model in PRICES for at, side in enumerate(("input", "output"))},
    "usage": USAGE,
    "gpus": (2, 4),
    "gpu_memory": (80,),
    "model_size": (70,),
    "gpu_price": (2.5, 3.5),
    "gpus_used": (4,),
    "gpu_price_used": (3,),
    "hours": (720,),
    "ops_share": (10, 20),
    "engineer_rate": (100, None),
    "rework_time": (30,),
    "latency": (None, 200),
    "checklist_threshold": (3,),
    "faq_model_size": (70,),
    "faq_gpus": (2, 4),
    "faq_gpu_memory": (80,),
    "faq_small_models": (7, 13),
    "faq_gpu_price": (2.5, 3.5),
    "faq_latency": (None, 200),
}


def published() -> Values:
    return {figure["id"]: figure for figure in MODEL.answer("--published")["published"]}


def ends(found: Any) -> tuple[float | None, ...]:
    return (found.get("from"), found.get("to")) if isinstance(found, dict) else (found,)


def test_every_figure_has_the_verdict_that_was_derived_by_hand() -> None:
    expected = {id_: verdict for id_, (verdict, _) in {**NOT_REPRODUCED, **REPRODUCED}.items()}
    expected |= dict.fromkeys(STATED, "input")
    assert {id_: figure["verdict"] for id_, figure in published().items()} == expected
    assert Counter(expected.values()) == {"input": 29, "differs": 15, "exact": 13, "rounded": 1, "intermediate": 1}


@pytest.mark.parametrize("figure", [*NOT_REPRODUCED, *REPRODUCED])
def test_what_is_computed_for_a_figure_is_what_follows_by_hand(figure: str) -> None:
    _, follows = {**NOT_REPRODUCED, **REPRODUCED}[figure]
    assert ends(published()[figure]["computed"]) == pytest.approx(follows, rel=EXACT)


@pytest.mark.parametrize("figure", STATED)
def test_what_the_article_states_is_what_the_model_assumes(figure: str) -> None:
    assert ends(published()[figure]["states"]) == STATED[figure]


def test_130_developers_are_10_000_over_75() -> None:
    found = published()["typical_developers"]
    assert found["intermediate"] == pytest.approx(10_000 / 75, rel=EXACT)
    assert abs(10_000 / 75 - 130) <= 5 < OPERATIONS[0] / 75 - 130
    assert one(MODEL.values(), "sonnet_full_cluster") > 1.5 * 130


def test_the_bills_of_the_table_for_one_developer() -> None:
    """What the reasons say: rows 1 and 2 begin at 50, row 3 is 6 to 12 million tokens, row 4 twice the typical bill."""
    assert (500 / 10, 750 / 10) == (2_500 / 50, 3_750 / 50) == (50, 75)
    assert (7_500 / 50 / 25, 15_000 / 50 / 25) == (6, 12)
    assert (15_000 / 200, 30_000 / 200) == (75, 150)
    dearest = max(price for prices in PRICES.values() for price in prices)
    assert times(dearest, 200) == (12_000, 30_000), "the row's upper end, but not its lower one"


def test_the_bills_have_no_input_in_them() -> None:
    assert 30 / 2 == 75 / 5 == 15
    assert one(MODEL.values(), "implied_input_share") == (15 - 15) / (15 - 3)
    assert one(MODEL.setting(published_blended_price=12), "implied_input_share") == pytest.approx(25, rel=EXACT)


def test_both_stated_shares_of_an_engineer_make_the_same_salary() -> None:
    assert 2_000 / 0.10 * 12 == pytest.approx(4_000 / 0.20 * 12) == pytest.approx(SALARY)


# What the summary and the limits say in words.


def test_the_usual_share_of_input_cuts_the_bill_to_less_than_a_third() -> None:
    assert one(MODEL.values(), "usual_bill_per_developer") < one(MODEL.values(), "bill_per_developer") / 3
    assert one(MODEL.values(), "usual_full_cluster") > 3 * one(MODEL.values(), "sonnet_full_cluster")


def test_managed_wins_three_rows_and_all_four_at_the_usual_share_of_input() -> None:
    smallest = cluster_cost(2, 2.5, 0.10)
    assert max(times(15, 10)[1], times(15, 50)[1], times(25, 50)[1]) < OPERATIONS[0]
    least, most = times(MIXED, 200)
    assert least < OPERATIONS[0] < OPERATIONS[1] < most
    assert one(MODEL.values("--scenario", "two_hundred_usual_input"), "total", "managed") < smallest == 5_600


def test_one_failed_task_in_three_developer_months_uses_up_the_saving_of_the_largest_team() -> None:
    spare = one(MODEL.values("--scenario", "two_hundred_heavy"), "failures_to_spare")
    assert spare == pytest.approx((200 * 5 * MIXED - 11_640) / (200 * 50), rel=EXACT)
    assert spare == pytest.approx(1 / 3, abs=0.01)


# Ranges, checklist and profiles.


def corners(gpus: tuple[float, float]) -> tuple[float, float]:
    costs = [cluster_cost(*each) for each in product(gpus, (2.5, 3.5), (0.10, 0.20))]
    return min(costs), max(costs)


def test_ranges_are_as_by_hand() -> None:
    found = {each["id"]: each for each in MODEL.answer("--ranges")["ranges"]}
    low, high = found["operations"]["low"], found["operations"]["high"]
    assert (low["self_hosted"], high["self_hosted"]) == pytest.approx((10_640, 12_640), rel=EXACT)
    assert (low["hybrid"], high["hybrid"]) == pytest.approx((HYBRID - 1_000, HYBRID + 1_000), rel=EXACT)
    low, high = found["cluster"]["low"], found["cluster"]["high"]
    assert (low["self_hosted"], high["self_hosted"]) == pytest.approx(corners((2, 4)), rel=EXACT)
    assert corners((2, 4)) == pytest.approx((5_600, 14_080))
    managed = [found["everything"][end]["managed"] for end in ("low", "high")]
    assert managed == pytest.approx([10 * 2 * (0.95 * 1.5 + 0.05 * 7.5), 200 * 5 * 25], rel=EXACT)


def test_the_checklist_needs_three_of_five() -> None:
    found = MODEL.written["checklist"]
    assert (found["threshold"], len(found["questions"])) == (3, 5)
    at_base, above = MODEL.answer("--checklist"), MODEL.answer("--checklist", "--scenario", "two_hundred_heavy")
    assert (at_base["checklist"]["count"], above["checklist"]["count"]) == (1, 2)
    assert at_base["checklist"]["met"] is above["checklist"]["met"] is False
    spend = {answers["answers"][0]["answer"] for answers in (at_base["checklist"], above["checklist"])}
    assert spend == {False, True}, "2,625 and 14,920 against 10,000"


@pytest.mark.parametrize(
    ("developers", "recommended"), [(50, "managed"), (214, "managed"), (218, "hybrid"), (229, "self_hosted")]
)
def test_the_profiles_follow_the_break_evens(developers: float, recommended: str) -> None:
    found = MODEL.answer("--profiles", "--set", f"developers={developers}")["profiles"]
    assert [profile["recommend"] for profile in found if profile["matches"]] == [recommended]
