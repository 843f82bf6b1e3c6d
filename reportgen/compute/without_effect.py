"""Assumptions that formulas use and that change nothing all the same: behind a factor of 0, or in a branch of `if` that
no values within the model's ranges lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.published import published_cases, settings_of
from reportgen.compute.rounding import Array
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key, keys_in
from reportgen.model.inputs import HORIZON
from reportgen.model.model import InputValue, Model, Range
from reportgen.problems import ModelError, Problem

DRAWS = 200
"""Cases in which other inputs are changed as well: what matters behind a switch shows where the switch is on."""
SEED = 0

NOISE = 1e-12
"""Of a result: what rounding leaves of a difference that is none."""

FACTORS = (0.5, 2.0, 10.0)
"""Of the value of an input without low and high, to try; and 1 more than it."""


def without_effect(model: Model) -> Iterator[Problem]:
    """A warning (RG708) for each assumption that results are computed from and that changes none of them: no total,
    category, key figure nor anything that is asked or published, with the model's own values, in no scenario, and in
    none of `DRAWS` cases with others changed too. A value for which the model has no result counts as an effect."""
    tried = _Tried(model, *_results(model))
    reported = set[str]()
    for key, owner in tried.inputs():
        if owner not in reported and not any(tried.matters(each) for each in tried.of(owner)):
            reported.add(owner)
            hint = "look for a factor of 0 or a branch of `if` that is never reached; or remove it"
            message = f"`{owner}` is used, but changes no result"
            yield Problem("RG708", message, model.source, model.quantities[key.name].span, hint, "warning")


def _results(model: Model) -> tuple[frozenset[Key], frozenset[Key]]:
    """What a reader sees as a result, and what it is computed from. Of calculations, those that nothing else reads."""
    read = {each for keys in model.dependencies.direct.values() for each in keys}
    ends = [each for each in model.calculations if not any(key in read for key in model.keys_of(each.name))]
    shown = [*model.totals, *model.metrics, *(each.quantity for each in model.categories), *ends]
    found = {key for quantity in shown for key in model.keys_of(quantity.name)}
    for _, tree, _ in model.assessment.formulas:
        found |= {each for option in model.option_ids for each in keys_in(tree, option, model.option_ids)}
    return frozenset(found), frozenset(model.dependencies.needed_for(found))


@dataclass(slots=True)
class _Tried:
    """Trying other values of a model's inputs."""

    model: Model
    results: frozenset[Key]
    needed: frozenset[Key]

    def inputs(self) -> Iterator[tuple[Key, str]]:
        """The assumptions that results are computed from, each with the name that its author gave it; dates, the
        horizon and the discount rate are about time, which totals may not show."""
        flow = self.model.cash_flow
        about_time = {HORIZON, flow.discount_rate.name if flow else ""} | {key.name for key in self.model.moments}
        for group in self.model.groups:
            for assumption in group.assumptions:
                for key in assumption.keys:
                    if key in self.needed and key.name not in about_time:
                        yield key, key.name.partition(".")[0]

    def of(self, owner: str) -> list[Key]:
        return [key for key, own in self.inputs() if own == owner]

    def matters(self, key: Key) -> bool:
        """Whether a result differs for any other value: first with all others as they are, then with others changed."""
        if key in self.results:
            return True
        others = self.other_values(key)
        return any(self.differs({}, key, each) for each in others) or self.matters_in_draws(key, others)

    def matters_in_draws(self, key: Key, others: Sequence[float]) -> bool:
        drawn = _drawn(self.model)
        return any(self.differs(drawn, key, each) for each in others)

    def differs(self, case: Mapping[Key, Array], key: Key, value: float) -> bool:
        """Whether a result differs between cases and the same with one input at another value. Cases that have no
        result for themselves say nothing."""
        before = self.evaluated(case)
        if before is None:
            halves = _halved(case)
            return any(self.differs(each, key, value) for each in halves)
        after = self.evaluated({**case, key: np.array([value])})
        if after is None:
            halves = _halved(case)
            return not halves or any(self.differs(each, key, value) for each in halves)
        return any(_apart(before[each], after[each]) for each in self.results)

    def evaluated(self, case: Mapping[Key, Array]) -> Values | None:
        try:
            return evaluate_arrays(self.model, case)
        except ModelError:
            return None

    def other_values(self, key: Key) -> list[float]:
        """Low and high, else some times the value; what scenarios set."""
        value, limits = self.model.input_value(key, self.model.with_base[0]), _ranges(self.model)[key]
        ends = [each for each in (limits.low, limits.high) if each is not None]
        found = [each for each in (scenario.settings.get(key) for scenario in self.model.scenarios) if each is not None]
        found += ends if len(ends) == 2 else [*ends, value + 1, *(value * factor for factor in FACTORS)]
        return [each for each in dict.fromkeys(found) if each != value]


def _ranges(model: Model) -> dict[Key, Range]:
    return {key: each for assumption in model.assumptions for key, each in assumption.ranges.items()}


def _drawn(model: Model) -> dict[Key, Array]:
    """Every scenario and every case of a published figure; then cases between the ends of what an input may be (without
    low and high half its value and twice, or 1 for 0) and of what is asked about it: half of them anywhere, half with
    inputs at one of these values."""
    return model.once(_drawn, lambda: _draw(model))


def _draw(model: Model) -> dict[Key, Array]:
    generator = np.random.default_rng(SEED)
    named = [scenario.settings for scenario in model.scenarios]
    named += [settings_of(model, case) for case in published_cases(model)]
    found = {}
    for key, limits in _ranges(model).items():
        definition = model.definitions[key]
        if not isinstance(definition, InputValue) or key in model.moments or key.name == HORIZON:
            continue
        value = definition.value
        set_ = [case.get(key, value) for case in named]
        ends = [each for each in (limits.low, limits.high) if each is not None]
        known = [value, *ends, *set_, *_asked_of(model, key)]
        if not ends:
            known += [value / 2, value * 2] if value else [1.0]
        anywhere = generator.uniform(min(known), max(known), DRAWS // 2)
        found[key] = np.concatenate([set_, anywhere, generator.choice(known, DRAWS - DRAWS // 2)])
    return found


def _asked_of(model: Model, key: Key) -> Iterator[float]:
    """The ends between which break-evens follow an input, and its values in the table of two drivers."""
    for question in model.break_evens:
        if question.driver == key.name:
            yield from (question.start, question.end)
    grid = model.sensitivity.grid if model.sensitivity else None
    for axis in grid or ():
        if axis.driver == key:
            yield from axis.values


def _halved(case: Mapping[Key, Array]) -> list[dict[Key, Array]]:
    """The cases in two parts; none of a single one."""
    count = max((len(each) for each in case.values()), default=1)
    if count < 2:
        return []
    middle = count // 2
    parts = [{key: each[start:end] for key, each in case.items()} for start, end in ((0, middle), (middle, count))]
    return [part for part in parts if part]


def _apart(one: Array, other: Array) -> bool:
    """Whether two results differ in any case by more than noise."""
    known = np.isfinite(one) & np.isfinite(other)
    least = NOISE * np.maximum(np.abs(one), np.abs(other))
    return bool(((np.isnan(one) != np.isnan(other)) | (known & (np.abs(one - other) > least))).any())
