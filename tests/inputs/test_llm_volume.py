"""The model of inputs/llm-volume against the article it comes from.

Everything is worked out again here from the article's figures, in exact fractions and without the program's code:
the table, the break-evens with and without engineers, and from them what each published figure should be found to be.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from tests.inputs.shown import EXACT, Number, Shown, one

MODEL = Shown("llm-volume")
OPTIONS = ("managed", "self_hosted", "hybrid")

PRICE, DAYS = 30, 30
MANAGED = PRICE * DAYS
"""USD a month for each million tokens a day: 900 for the article's row of one million."""

TIERS = {Fraction(1, 10): 800, Fraction(1): 1_200, Fraction(5): 2_500, Fraction(50): 12_000}
"""Million tokens a day, and the monthly bill of own machines: the article's table."""

LEAST, MIDDLE, MOST = Fraction(180_000, 12), Fraction(3, 2) * Fraction(230_000, 12), 2 * Fraction(280_000, 12)
"""Engineers a month: one at the lowest salary, one and a half at the middle, two at the highest."""


def in_steps(volume: Fraction) -> Fraction:
    return Fraction([bill for start, bill in TIERS.items() if start <= volume][-1])


def on_lines(volume: Fraction) -> Fraction:
    (start, low), (end, high) = next(
        (first, second) for first, second in pairwise(TIERS.items()) if first[0] <= volume <= second[0]
    )
    return low + (volume - start) / (end - start) * (high - low)


def crossings_in_steps(added: Fraction, price: Fraction = Fraction(MANAGED)) -> list[Fraction]:
    """Where the order changes while the bill stands still within a tier and leaps at its end, up to 50 million."""
    found = []
    for (start, bill), (end, following) in pairwise(TIERS.items()):
        meeting = (bill + added) / price
        if start < meeting < end:
            found.append(meeting)
        cheaper_before, cheaper_after = price * end > bill + added, price * end > following + added
        if cheaper_before != cheaper_after:
            found.append(end)
    return found


def crossings_on_lines(added: Fraction) -> list[Fraction]:
    """Where two straight lines meet, tier by tier."""
    found = []
    for (start, low), (end, high) in pairwise(TIERS.items()):
        slope = Fraction(high - low) / (end - start)
        meeting = (low + added - slope * start) / (MANAGED - slope)
        if start <= meeting < end:
            found.append(meeting)
    return found


def test_the_model_is_sound_and_nothing_is_left_unused() -> None:
    assert MODEL.is_sound()


def test_every_assumption_says_where_it_comes_from() -> None:
    inputs = {id_: each for group in MODEL.written["assumptions"].values() for id_, each in group["inputs"].items()}
    assert [id_ for id_, each in inputs.items() if not each.get("source") or not each.get("note")] == []


# The article's table.


@pytest.mark.parametrize("volume", TIERS, ids=str)
def test_the_table(volume: Fraction) -> None:
    values = MODEL.setting(tokens_per_day=float(volume))
    for total in ("direct", "direct_between"):
        assert one(values, total, "managed") == pytest.approx(float(volume * MANAGED), rel=EXACT)
        assert one(values, total, "self_hosted") == TIERS[volume]
    for total in ("total", "total_between"):
        assert one(values, total, "managed") == pytest.approx(float(volume * MANAGED), rel=EXACT)
        assert one(values, total, "self_hosted") == pytest.approx(float(TIERS[volume] + MIDDLE), rel=EXACT)


@pytest.mark.parametrize("volume", [Fraction(1, 2), Fraction(2), Fraction(37, 10), Fraction(30), Fraction(50)], ids=str)
def test_between_the_tiers(volume: Fraction) -> None:
    values = MODEL.setting(tokens_per_day=float(volume))
    assert one(values, "direct", "self_hosted") == pytest.approx(float(in_steps(volume)), rel=EXACT)
    assert one(values, "direct_between", "self_hosted") == pytest.approx(float(on_lines(volume)), rel=EXACT)


@pytest.mark.parametrize("volume", [0.099, 50.001])
def test_nothing_is_computed_beyond_the_table(volume: float) -> None:
    done = MODEL.run("show", "--set", f"tokens_per_day={volume}")
    assert done.exit_code == 1
    assert "_bill" in done.stderr


def by_hand() -> dict[str, Number]:
    """Every result at five million tokens a day, from the article's figures and the model's own assumptions."""

    def each(managed: float, self_hosted: float, hybrid: float) -> dict[str, float]:
        return dict(zip(OPTIONS, (managed, self_hosted, hybrid), strict=True))

    tokens = 5 * DAYS
    hybrid = 0.3 * 4_500 + 1_200
    staff = each(0, 1.5 * 230_000 / 12, 230_000 / 12)
    direct = each(4_500, 2_500, hybrid)
    total = {option: direct[option] + staff[option] for option in OPTIONS}
    return {
        "tokens_per_month": tokens,
        "managed_price": 30,
        "own_bill": 2_500,
        "own_bill_between": 2_500,
        "routed_tokens": 3.5,
        "routed_cards": 1,
        "card_bill": 1_200,
        "step_difference": each(0, 0, 0),
        "inference.tokens": each(4_500, 0, 0.3 * 4_500),
        "inference.machines": each(0, 2_500, 1_200),
        "inference": direct,
        "staff.engineers": staff,
        "staff": staff,
        "direct": direct,
        "direct_between": direct,
        "total_between": total,
        "total": total,
        "saving": 100 * (1 - 4_500 / total["self_hosted"]),
        "direct_saving": 100 * (1 - 2_500 / 4_500),
        "hybrid_saving": 100 * (1 - hybrid / 4_500),
        "hybrid_saving_staffed": 100 * (1 - total["hybrid"] / 4_500),
        "cost_per_mtoken": {option: total[option] / tokens for option in OPTIONS},
        "direct_per_mtoken": {option: direct[option] / tokens for option in OPTIONS},
        "same_money_volume": 2_500 / MANAGED,
        "same_money_volume_staffed": total["self_hosted"] / MANAGED,
        "affordable_engineers": 2_000 * 12 / 230_000,
        "unpriced_costs": total["self_hosted"] - 4_500,
        "named_bill": 0.6 * tokens,
        "bill_while_waiting": 4_500 / 30 * 7 * 11,
        "weights_memory": 70 * 0.5,
        "cards_for_weights": 2,
    }


def test_every_result_is_as_by_hand() -> None:
    names = {
        *MODEL.written["calculations"],
        *MODEL.written["categories"],
        *MODEL.written["totals"],
        *MODEL.written["metrics"],
    }
    names |= {f"{category}.{item}" for category, each in MODEL.written["categories"].items() for item in each["items"]}
    assert names == set(by_hand())
    for name, expected in by_hand().items():
        found: Number = (
            {option: one(MODEL.values(), name, option) for option in OPTIONS}
            if isinstance(expected, dict)
            else one(MODEL.values(), name)
        )
        assert found == pytest.approx(expected, rel=EXACT, abs=1e-12), name


SCENARIOS = {
    "no_engineers": (4_500, 2_500, 2_550),
    "one_engineer": (4_500, 2_500 + 15_000, 2_550 + 7_500),
    "two_engineers": (4_500, 2_500 + 2 * 280_000 / 12, 2_550 + 1.5 * 280_000 / 12),
    "fifty_million": (45_000, 12_000 + 28_750, 2 * 1_200 + 0.3 * 45_000 + 230_000 / 12),
    "frontier_5x": (22_500, 31_250, 1_200 + 0.3 * 22_500 + 230_000 / 12),
    "frontier_10x": (45_000, 31_250, 1_200 + 0.3 * 45_000 + 230_000 / 12),
    "introduction_price": (1_500, 31_250, 1_200 + 0.3 * 1_500 + 230_000 / 12),
}


def test_scenarios_are_as_by_hand() -> None:
    assert set(SCENARIOS) == set(MODEL.written["scenarios"])
    for scenario, expected in SCENARIOS.items():
        found = [one(MODEL.values("--scenario", scenario), "total", option) for option in OPTIONS]
        assert found == pytest.approx(expected, rel=EXACT), scenario


# Break-evens, in exact fractions.


@cache
def solved(scenario: str = "") -> dict[str, dict[tuple[str, str], list[tuple[float, str]]]]:
    """By question and pair: where the order changes, and who costs less from there on."""
    return {
        answer["id"]: {
            (pair["first"], pair["second"]): [
                (each["at"], pair["first"] if each["first_cheaper_after"] else pair["second"])
                for each in pair["crossings"]
            ]
            for pair in answer["pairs"]
        }
        for answer in MODEL.question("break-even", *(["--scenario", scenario] if scenario else []))
    }


def self_hosted_crossings(question: str, scenario: str = "") -> list[float]:
    return [at for at, _ in solved(scenario)[question]["managed", "self_hosted"]]


NOTHING = Fraction(0)


def test_without_engineers_self_hosting_pays_below_two_million() -> None:
    """In steps twice: from 800/900 to the next tier, and from 1,200/900 on; on lines from 35/23 on."""
    steps, lines = crossings_in_steps(NOTHING), crossings_on_lines(NOTHING)
    assert steps == [Fraction(8, 9), Fraction(1), Fraction(4, 3)]
    assert lines == [Fraction(35, 23)]
    assert self_hosted_crossings("volume") == pytest.approx([float(each) for each in steps], rel=EXACT)
    assert self_hosted_crossings("volume_between") == pytest.approx([float(each) for each in lines], rel=EXACT)
    assert [option for _, option in solved()["volume"]["managed", "self_hosted"]] == [
        "self_hosted",
        "managed",
        "self_hosted",
    ]


STAFFED = {
    "": (MIDDLE, Fraction(625, 18), Fraction(5_435, 124)),
    "one_engineer": (LEAST, Fraction(175, 9), Fraction(740, 31)),
    "no_engineers": (NOTHING, Fraction(4, 3), Fraction(35, 23)),
}
"""By scenario: engineers a month, and the volume from which self-hosting pays, in steps and on lines."""


@pytest.mark.parametrize("scenario", STAFFED)
def test_with_engineers_it_takes_ten_times_the_volume(scenario: str) -> None:
    added, steps, lines = STAFFED[scenario]
    assert (crossings_in_steps(added)[-1], crossings_on_lines(added)[-1]) == (steps, lines)
    assert self_hosted_crossings("volume_staffed", scenario)[-1] == pytest.approx(float(steps), rel=EXACT)
    assert self_hosted_crossings("volume_staffed_between", scenario)[-1] == pytest.approx(float(lines), rel=EXACT)


def test_two_engineers_at_the_highest_salary_are_not_paid_for_in_the_table() -> None:
    assert crossings_in_steps(MOST) == crossings_on_lines(MOST) == []
    assert Fraction(50) * MANAGED < 12_000 + MOST
    for question in ("volume_staffed", "volume_staffed_between"):
        assert self_hosted_crossings(question, "two_engineers") == []


def test_frontier_prices_move_the_threshold_into_the_stated_range_or_near_it() -> None:
    five, ten = Fraction(5 * MANAGED), Fraction(10 * MANAGED)
    assert crossings_in_steps(NOTHING, five) == [Fraction(8, 45)]
    assert crossings_in_steps(NOTHING, ten) == []
    assert [crossings_in_steps(MIDDLE, each)[-1] for each in (five, ten)] == [Fraction(125, 18), Fraction(599, 180)]
    assert self_hosted_crossings("volume", "frontier_5x") == pytest.approx([8 / 45], rel=EXACT)
    assert self_hosted_crossings("volume", "frontier_10x") == []
    assert self_hosted_crossings("volume_staffed", "frontier_5x")[-1] == pytest.approx(125 / 18, rel=EXACT)
    assert self_hosted_crossings("volume_staffed", "frontier_10x")[-1] == pytest.approx(599 / 180, rel=EXACT)


def test_the_price_of_the_introduction_moves_it_upwards() -> None:
    third = Fraction(MANAGED, 3)
    assert crossings_in_steps(NOTHING, third) == [Fraction(4), Fraction(5), Fraction(25, 3)]
    assert self_hosted_crossings("volume", "introduction_price") == pytest.approx([4, 5, 25 / 3], rel=EXACT)
    assert self_hosted_crossings("volume_staffed", "introduction_price") == []


def test_other_drivers_at_five_million() -> None:
    assert self_hosted_crossings("price") == pytest.approx([2_500 / 150], rel=EXACT)
    assert self_hosted_crossings("multiplier") == pytest.approx([31_250 / 4_500], rel=EXACT)
    shares = solved()["share"]
    assert shares["hybrid", "managed"] == [(pytest.approx(100 * 1_200 / 4_500, rel=EXACT), "hybrid")]
    assert shares["hybrid", "self_hosted"] == [(pytest.approx(100 * 3_200 / 4_500, rel=EXACT), "hybrid")]
    assert shares["managed", "self_hosted"] == []


def test_hybrid_routing_pays_from_one_card_without_and_from_two_with_its_engineer() -> None:
    saved = Fraction(7, 10) * MANAGED
    assert Fraction(7, 10) * (1_200 / saved) <= 20, "one card is enough"
    assert solved()["hybrid_volume"]["managed", "hybrid"] == [(pytest.approx(1_200 / 630, rel=EXACT), "hybrid")]
    staffed = (2 * 1_200 + Fraction(230_000, 12)) / saved
    assert 20 < Fraction(7, 10) * staffed <= 40, "two cards are needed"
    found = solved()["hybrid_volume_staffed"]["managed", "hybrid"]
    assert found == [(pytest.approx(float(staffed), rel=EXACT), "hybrid")]


def test_ranges_of_the_total() -> None:
    found = {each["id"]: each for each in MODEL.question("ranges")}
    expected = {
        ("engineers", "managed"): (4_500, 4_500),
        ("engineers", "self_hosted"): (2_500 + LEAST, 2_500 + MOST),
        ("engineers", "hybrid"): (2_550 + LEAST / 2, 2_550 + MOST * 3 / 4),
        ("charged", "self_hosted"): (2_500, 31_250),
        ("price", "managed"): (150 * 10, 150 * 45),
        ("everything", "managed"): (30 * 10, 300 * 45),
        ("everything", "self_hosted"): (Fraction(8, 10) * 1_200, Fraction(15, 10) * 2_500 + MOST),
    }
    for (range_, option), ends in expected.items():
        corners = found[range_]["low"][option], found[range_]["high"][option]
        assert corners == pytest.approx([float(end) for end in ends], rel=EXACT), (range_, option)


# Published figures: what each is found to be, worked out above and here.

DIFFERS = {
    "introduction_price",
    "threshold_steps",
    "threshold_between",
    "threshold_staffed",
    "named_rate",
    "parity_1m",
    "winner_5m_staffed",
    "winner_50m_staffed",
    "one_card",
    "hybrid_saving_staffed",
    "checklist_volume",
    "checklist_volume_staffed",
}
INPUTS = {
    "engineers_needed",
    "model_size",
    "frontier_low",
    "frontier_high",
    "lead_time",
    "salary",
    "small_model_size",
    "latency",
}
EXACTLY = {
    *(f"{option}_{volume}" for option in ("managed", "self_hosted") for volume in ("100k", "1m", "5m", "50m")),
    *("winner_100k", "winner_5m", "winner_50m", "hybrid_saving", "hybrid_card"),
}
VERDICTS = {
    **dict.fromkeys(DIFFERS, "differs"),
    **dict.fromkeys(INPUTS, "input"),
    **dict.fromkeys(EXACTLY, "exact"),
}
"""By figure; a verdict that holds the figure, `rounded` or by way of an `intermediate`, is needed for none."""

COMPUTED = {
    "introduction_price": (0.03,),
    "threshold_steps": (4 / 3,),
    "threshold_between": (35 / 23,),
    "threshold_staffed": (17_500 / 900, float(12_000 + MOST) / 900),
    "named_rate": (1.8,),
    "parity_1m": (400 / 3,),
    "winner_5m_staffed": (float(2_000 - MOST), float(2_000 - LEAST)),
    "winner_50m_staffed": (float(33_000 - MOST), float(33_000 - LEAST)),
    "one_card": (2,),
    "hybrid_saving": (100 * (1 - 2_550 / 4_500),),
    "hybrid_saving_staffed": (
        100 * (1 - (2_550 + 230_000 / 12) / 4_500),
        100 * (1 - (2_400 + 13_500 + 230_000 / 12) / 45_000),
    ),
    "checklist_volume": (4 / 3,),
    "checklist_volume_staffed": (31_250 / 900,),
}
"""What the model computes for the figures that differ, and for the one that is exact by lying in an interval."""


def test_published_figures_are_found_to_be_what_they_are() -> None:
    assert len(VERDICTS) == 33
    assert {each["id"]: each["verdict"] for each in MODEL.question("published")} == VERDICTS


@pytest.mark.parametrize("figure", COMPUTED)
def test_published_figures_are_held_against_the_right_number(figure: str) -> None:
    computed = next(each["computed"] for each in MODEL.question("published") if each["id"] == figure)
    found = (computed["from"], computed["to"]) if isinstance(computed, dict) else (computed,)
    assert found == pytest.approx(COMPUTED[figure], rel=EXACT)


def test_the_winner_with_engineers_is_the_one_that_the_reason_names() -> None:
    """At 50 million: one engineer always, two at the lowest salary only."""
    margin = Fraction(50) * MANAGED - 12_000
    paid = {
        (count, salary): count * Fraction(salary, 12) < margin
        for count in (1, 2)
        for salary in (180_000, 230_000, 280_000)
    }
    assert [case for case, holds in paid.items() if not holds] == [(2, 230_000), (2, 280_000)]


# The remaining sections.


@pytest.mark.parametrize(
    ("changes", "yes"),
    [
        ({}, ["volume", "engineer", "proven"]),
        ({"tokens_per_day": 2}, ["engineer", "proven"]),
        ({"engineers.self_hosted": 0.5}, ["volume", "proven"]),
    ],
)
def test_the_checklist_follows_the_model_and_the_reader(changes: dict[str, float], yes: list[str]) -> None:
    changed = [part for name, value in changes.items() for part in ("--set", f"{name}={value}")]
    found = MODEL.question("checklist", *changed)
    assert len(found["answers"]) == 8
    assert [each["id"] for each in found["answers"] if each["answer"]] == yes
    assert found["met"] is False


COVERAGE = {
    "capacity": "yes buy buy",
    "tuning": "yes build build",
    "model_updates": "yes build build",
    "patching": "yes build build",
    "service_level": "yes build partly",
    "quick_start": "yes partly partly",
    "integration": "build build build",
    "portability": "build yes build",
    "residency": "partly yes partly",
    "health_data": "buy yes buy",
    "weights": "no yes partly",
    "offline": "no yes no",
    "stable_price": "no yes partly",
    "low_latency": "no yes partly",
    "frontier": "yes no yes",
}
"""By feature: managed, self-hosted, hybrid."""


def test_gaps_are_priced_by_what_the_model_charges() -> None:
    prices: dict[str, set[float]] = {option: set() for option in OPTIONS}
    features = MODEL.question("features")["features"]
    assert {
        each["id"]: " ".join(each["options"][option]["answer"] for option in OPTIONS) for each in features
    } == COVERAGE
    for feature in features:
        for option, coverage in feature["options"].items():
            assert coverage["status"] in ("covered", "priced", "not priced")
            assert coverage["status"] != "not priced" or coverage["because"]
            prices[option] |= {coverage["price"]} if coverage["status"] == "priced" else set()
    assert sorted(prices["managed"]) == []
    assert sorted(prices["self_hosted"]) == pytest.approx([2_500, float(MIDDLE)], rel=EXACT)
    assert sorted(prices["hybrid"]) == pytest.approx([1_200, 230_000 / 12], rel=EXACT)


@pytest.mark.parametrize(
    ("scenario", "profile"),
    [("no_engineers", "self_hosted"), ("fifty_million", "hybrid"), ("two_engineers", "managed")],
)
def test_profiles_recommend_the_cheapest(scenario: str, profile: str) -> None:
    matching = [each["id"] for each in MODEL.question("profiles", "--scenario", scenario) if each["matches"]]
    assert matching == [profile]
    assert min(SCENARIOS[scenario]) == SCENARIOS[scenario][OPTIONS.index(profile)]


# Limits name numbers in plain text; they are those of the article's figures.


def test_the_limits_name_what_follows() -> None:
    limits = " ".join(MODEL.written["limits"])
    assert (LEAST / 2_500, round(MOST / 2_500)) == (6, 19)
    assert "between six and nineteen times the machines" in limits
    prices = [on_lines(Fraction(volume)) / volume / DAYS for volume in (2, 5)]
    assert f"USD {round(prices[0])} to {round(prices[1])} per million tokens" in limits
    multiples = [(on_lines(Fraction(volume)) + MIDDLE) / volume / MANAGED for volume in (2, 5)]
    assert f"{round(multiples[0])} to {round(multiples[1])} times the table's price" in limits
    first, end, second = crossings_in_steps(NOTHING)
    assert f"from {float(first):.2f} million tokens a day until the next tier begins at {end} million" in " ".join(
        limits.split()
    )
    assert f"again from {float(second):.2f} million on" in limits
    assert Fraction(90) / DAYS / Fraction("0.60") == 5, "million tokens a day for USD 90"
    assert all(volume * DAYS * Fraction("0.60") < bill for volume, bill in TIERS.items())
    shares = [Fraction(1_200, 4_500) + Fraction(saving, 100) for saving in (40, 60)]
    assert f"a share of {round(100 * shares[0])} to {round(100 * shares[1])} %" in limits
    assert f"only from a share of {round(100 * Fraction(3_200, 4_500))} % on" in limits
