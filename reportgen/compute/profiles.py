"""Profiles: who should choose what, told from conditions over the model's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.evaluator import Evaluator
from reportgen.compute.results import Results
from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key, keys_in
from reportgen.model.model import InputValue, Model
from reportgen.model.profiles_model import Profile
from reportgen.problems import Problem

DRAWS = 2_000
"""Cases between low and high in which a profile is looked for: half of them anywhere, half with inputs at an end."""
SEED = 0


@dataclass(frozen=True, slots=True)
class ProfileOutcome:
    """Whether a profile's condition holds, and whether it is the first whose does."""

    profile: Profile
    holds: bool
    matches: bool


def profiles(results: Results) -> tuple[ProfileOutcome, ...]:
    """Every profile in the model's order; at most one matches. Raises ModelError where a condition has no result."""
    held = [results.holds(each.condition, f"profile {each.id}") for each in results.model.assessment.profiles]
    first = held.index(True) if True in held else None
    each = enumerate(zip(results.model.assessment.profiles, held, strict=True))
    return tuple(ProfileOutcome(profile, holds, at == first) for at, (profile, holds) in each)


def unmatched(results: Results) -> Iterator[Problem]:
    """What is wrong with profiles (RG703): none matches the model's own values (an error), or one is never the match,
    neither with them nor in a scenario nor in any of `DRAWS` cases between low and high (a warning)."""
    model = results.model
    found = model.assessment.profiles
    if not found:
        return
    if not any(each.matches for each in profiles(results)):
        hint = "add a last profile that holds for everybody else"
        yield Problem("RG703", "no profile matches the model's own values", model.source, found[0].span, hint)
    reached = _reached(model)
    for profile, hit in zip(found, reached, strict=True):
        if not hit:
            message = f"profile `{profile.id}` matches nothing: no values between low and high lead to it"
            hint = "widen an input's low and high, or see whether an earlier profile takes all of its cases"
            yield Problem("RG703", message, model.source, profile.span, hint, "warning")


def _reached(model: Model) -> list[bool]:
    """For each profile whether it is the first that holds in any case."""
    needed = _needed(model)
    cases = _cases(model, needed)
    values = evaluate_arrays(replace(model, definitions={key: model.definitions[key] for key in needed}), cases)
    evaluator, count = Evaluator(model, values), max((len(array) for array in cases.values()), default=1)
    left = np.ones(count, dtype=bool)
    reached = []
    for profile in model.assessment.profiles:
        holds = np.broadcast_to(evaluator.decision(profile.condition, f"profile {profile.id}"), count)
        reached.append(bool((left & holds).any()))
        left = left & ~holds
    return reached


def _needed(model: Model) -> tuple[Key, ...]:
    """What the conditions are computed from, each number after its own parts."""
    options = model.option_ids
    read = (key for profile in model.assessment.profiles for key in keys_in(profile.condition, None, options))
    found = model.dependencies.needed_for(read)
    return tuple(key for key in model.definitions if key in found)


def _cases(model: Model, keys: Iterable[Key]) -> dict[Key, Array]:
    """The inputs among these: the model's own values, each scenario's, and `DRAWS` cases between low and high."""
    generator = np.random.default_rng(SEED)
    ranges = {key: each for assumption in model.assumptions for key, each in assumption.ranges.items()}
    found = {}
    for key in keys:
        definition, limits = model.definitions[key], ranges.get(key)
        if not isinstance(definition, InputValue) or limits is None:
            continue
        value = definition.value
        low = value if limits.low is None else limits.low
        high = value if limits.high is None else limits.high
        anywhere = generator.uniform(low, high, DRAWS // 2)
        at_an_end = generator.choice([low, value, high], DRAWS - DRAWS // 2)
        named = [value, *(scenario.settings.get(key, value) for scenario in model.scenarios)]
        found[key] = np.concatenate([named, anywhere, at_an_end])
    return found
