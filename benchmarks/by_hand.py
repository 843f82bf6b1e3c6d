"""agent-runtime's simulation as somebody would write it with NumPy alone, to measure ours against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RANGES = {
    "runs": (5_000, 50_000, 80_000),
    "calls": (2, 3, 5),
    "tokens_in": (5_000, 10_000, 20_000),
    "tokens_out": (750, 1_500, 3_000),
    "seconds": (30, 45, 90),
    "salary": (90_000, 110_000, 140_000),
    "fx": (1.0, 1.08, 1.2),
    "price_in": (1.5, 3, 5),
    "price_out": (7.5, 15, 25),
    "cluster": (400, 500, 800),
    "monitoring": (250, 400, 600),
    "run_fee": (0.04, 0.047, 0.052),
    "second_fee": (0.00036, 0.00042, 0.00046),
    "steps_per_call": (1, 2, 7),
    "overage": (25, 75, 150),
    "ops_self": (0.15, 0.2, 0.35),
    "ops_connic": (0, 0, 0.05),
    "ops_inngest": (0, 0, 0.1),
    "scope": (0.5, 1, 1.3),
    "connectors": (1, 2, 4),
    "live_ui": (3, 6, 9),
    "approvals": (2, 3, 5),
    "legal": (2_500, 5_000, 15_000),
    "management": (1, 2, 4),
    "upkeep": (0.1, 0.15, 0.3),
    "overlap": (0, 340, 340),
}


def draws(count: int, seed: int) -> dict[str, Array]:
    """Triangular numbers by Latin hypercube."""
    chance = np.random.default_rng(seed)
    found = {}
    for name, (low, mode, high) in RANGES.items():
        u = (chance.permutation(count) + chance.random(count)) / count
        cut = (mode - low) / (high - low)
        left = low + np.sqrt(u * (high - low) * (mode - low))
        right = high - np.sqrt((1 - u) * (high - low) * (high - mode))
        found[name] = np.where(u < cut, left, right)
    return found


def totals(x: dict[str, Array]) -> dict[str, Array]:
    """The total cost of ownership of each option, EUR a year."""
    model = x["runs"] * x["calls"] * (x["tokens_in"] * x["price_in"] + x["tokens_out"] * x["price_out"]) / 1e6 / x["fx"]
    usage = x["runs"] * x["run_fee"] + x["runs"] * x["seconds"] * x["second_fee"]
    steps = x["runs"] * (1 + x["calls"] * x["steps_per_call"])
    over = np.maximum(0, steps - 1e6) / 1e6 * x["overage"] / x["fx"]
    month = x["salary"] / 12
    built = (x["connectors"] + x["live_ui"] + x["approvals"] + x["management"] + 5.5) * month + x["legal"]
    upkeep = x["upkeep"] * month
    own = x["cluster"] + 130 + 60 + x["monitoring"] + 80 + x["ops_self"] * month
    managed = 1 + usage + np.maximum(0, 200 - usage) + x["ops_connic"] * month
    steps_paid = 50 + 75 / x["fx"] + over + x["ops_inngest"] * month
    tools = 170 + np.maximum(0, upkeep - x["overlap"])
    return {
        "self_hosted": own * 12 + 8_683 + x["scope"] * (built / 3 + tools * 12) + model * 12,
        "connic": managed * 12 + 600 + model * 12,
        "inngest": steps_paid * 12 + 600 + x["scope"] * (built / 3 + (370 + upkeep) * 12) + model * 12,
    }


def simulate(count: int, seed: int) -> tuple[object, ...]:
    """Percentiles, means, who is cheapest how often, and rank correlations."""
    drawn = draws(count, seed)
    found = totals(drawn)
    percentiles = {name: np.percentile(each, (5, 10, 25, 50, 75, 90, 95)) for name, each in found.items()}
    cheapest = np.bincount(np.argmin(np.stack(list(found.values())), axis=0), minlength=3) / count
    ranks = {name: np.argsort(np.argsort(each)) for name, each in drawn.items()}
    moves = {
        (name, option): float(np.corrcoef(rank, np.argsort(np.argsort(each)))[0, 1])
        for option, each in found.items()
        for name, rank in ranks.items()
    }
    spread = {name: (float(each.mean()), float(each.std(ddof=1))) for name, each in found.items()}
    return percentiles, cheapest, moves, spread
