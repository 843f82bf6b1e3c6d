"""Which option covers which feature, and what prices the gaps."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.digits import result_decimals
from reportgen.compute.results import Results
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.features_model import Coverage, Feature
from reportgen.model.written import YES

COVERED, PRICED, UNQUOTED, UNPRICED = STATUSES = ("covered", "priced", "not quoted", "not priced")
"""A gap is priced where its item is a number above nothing, or `included` in another price; it is not quoted where the
item's price, or part of it, is unknown."""

INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class FeatureCover:
    """How an option covers a feature: `answer` is one of `ANSWERS`, `status` one of `STATUSES`.

    `price` in `unit` is what a priced gap's item costs, None where it is `included` (which `state` then says) and for
    every other status. `priced_by` names the item, None where nothing does; `because` is why not.
    """

    answer: str
    status: str
    price: float | None
    unit: Unit | None
    state: str
    priced_by: str | None
    because: str


@dataclass(frozen=True, slots=True)
class FeatureOutcome:
    id: str
    title: str
    options: dict[str, FeatureCover]


@dataclass(frozen=True, slots=True)
class FeatureCounts:
    """How many features of an option have which status; `share` of covered ones in per cent."""

    covered: int
    priced: int
    not_quoted: int
    not_priced: int
    share: float


@dataclass(frozen=True, slots=True)
class UnpricedGap:
    """`because` is "" where the author gives no reason."""

    feature: str
    option: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class FeaturesOutcome:
    features: tuple[FeatureOutcome, ...]
    counts: dict[str, FeatureCounts]
    unpriced: tuple[UnpricedGap, ...]


def features(results: Results) -> FeaturesOutcome | None:
    """The model's features with these results; None where it has none."""
    if not results.model.assessment.features:
        return None
    found = tuple(_feature(results, each) for each in results.model.assessment.features)
    unpriced = tuple(
        UnpricedGap(feature.id, option, cover.answer, cover.because)
        for feature in found
        for option, cover in feature.options.items()
        if cover.status == UNPRICED
    )
    return FeaturesOutcome(found, {option: _counts(found, option) for option in results.model.option_ids}, unpriced)


def _feature(results: Results, feature: Feature) -> FeatureOutcome:
    covers = {option: _cover(results, option, feature.coverage[option]) for option in results.model.option_ids}
    return FeatureOutcome(feature.id, feature.title, covers)


def _cover(results: Results, option: str, coverage: Coverage) -> FeatureCover:
    if coverage.answer == YES:
        return FeatureCover(YES, COVERED, None, None, "", None, "")
    if coverage.priced_by is None:
        return FeatureCover(coverage.answer, UNPRICED, None, None, "", None, coverage.because)
    key = Key(coverage.priced_by, option)
    status, state, value = status_of_price(results, key), results.state(key), results.values[key]
    price = value if status == PRICED and state != INCLUDED else None
    unit = None if price is None else results.model.quantities[key.name].unit
    return FeatureCover(coverage.answer, status, price, unit, state, key.name, coverage.because)


def status_of_price(results: Results, key: Key) -> str:
    """What a gap is that this number prices."""
    if results.is_incomplete(key):
        return UNQUOTED
    return PRICED if results.state(key) == INCLUDED or results.values[key] > 0 else UNPRICED


def _counts(found: tuple[FeatureOutcome, ...], option: str) -> FeatureCounts:
    statuses = [feature.options[option].status for feature in found]
    covered, priced, not_quoted, not_priced = (statuses.count(status) for status in STATUSES)
    return FeatureCounts(covered, priced, not_quoted, not_priced, covered / len(statuses) * 100)


def price_decimals(outcome: FeaturesOutcome) -> dict[Unit, int]:
    """The decimal places that all prices of a unit are shown with."""
    prices: dict[Unit, list[float]] = {}
    for cover in (each for feature in outcome.features for each in feature.options.values()):
        if cover.price is not None and cover.unit is not None:
            prices.setdefault(cover.unit, []).append(cover.price)
    return {unit: result_decimals(values, unit) for unit, values in prices.items()}
