"""The JSON of `show --json` for the questions of a model, field by field: this module is the contract.

Amounts are in the unit of the total they are of, by option; names of numbers are those of the model file (`seats`,
`seat_fee.hosted`); a question that the model does not ask is null or an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportgen.compute.answers import Answers
from reportgen.compute.break_even import Crossing
from reportgen.compute.published import Computed
from reportgen.data.results_json import document
from reportgen.model.model import Quantity
from reportgen.model.published_model import Interval
from reportgen.model.sensitivity_model import Axis
from reportgen.questions import BY_ID
from reportgen.workbook.assessment_layout import features_cells, scorecard_cells

Json = object


def answers_json(results: Answers, questions: Sequence[str]) -> str:
    """A document with the answer to each of these questions, by id. Raises ModelError."""
    return document(results, {id_: FIELDS[id_](results) for id_ in questions})


def _quantity(quantity: Quantity) -> Json:
    return {"name": quantity.name, "unit": str(quantity.unit)}


def _scenarios(results: Answers) -> Json:
    return [
        {
            "scenario": each.scenario.code or None,
            "totals": each.totals,
            "differences": each.differences,
            "shares": each.shares,
            "cheapest": each.cheapest,
            "tied": each.ranking.tied,
            "open": each.ranking.open,
        }
        for each in results.scenarios
    ]


def _sensitivity(results: Answers) -> Json:
    outcome = results.sensitivity
    if outcome is None:
        return None
    grid = outcome.grid
    return {
        "total": _quantity(outcome.total),
        "base": outcome.base,
        "swings": [
            {
                "key": str(each.key),
                "low": each.low,
                "value": each.value,
                "high": each.high,
                "at_low": each.at_low,
                "at_high": each.at_high,
                "flips": each.flips,
            }
            for each in outcome.swings
        ],
        "pairs": outcome.pairs,
        "grid": None
        if grid is None
        else {
            "rows": _axis(grid.rows),
            "columns": _axis(grid.columns),
            "totals": grid.totals,
            "cheapest": [[each.cheapest for each in row] for row in grid.rankings],
        },
    }


def _axis(axis: Axis) -> Json:
    return {"driver": str(axis.driver), "values": axis.values}


def _break_even(results: Answers) -> Json:
    return [
        {
            "id": each.question.id,
            "title": each.question.title,
            "driver": _quantity(each.driver),
            "start": each.question.start,
            "end": each.question.end,
            "between": each.question.between,
            "of": each.question.of,
            "total": _quantity(each.total),
            "pairs": [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "crossings": list(map(_crossing, pair.crossings)),
                    "first_crossing": _crossing(pair.first_crossing),
                    "sustained": _crossing(pair.sustained),
                    "always": pair.always,
                    "never_differ": pair.never_differ,
                    "incomplete": pair.incomplete,
                    "same": pair.same,
                }
                for pair in each.pairs
            ],
            "unknown": each.unknown,
        }
        for each in results.break_evens
    ]


def _crossing(crossing: Crossing | None) -> Json:
    if crossing is None:
        return None
    return {"at": crossing.at, "first_cheaper_after": crossing.first_cheaper_after, "jump": crossing.jump}


def _cash_flow(results: Answers) -> Json:
    outcome = results.cash_flow
    if outcome is None:
        return None
    return {
        "total": _quantity(outcome.total),
        "unit": str(outcome.unit),
        "times": outcome.times,
        "rate": outcome.rate,
        "factors": outcome.factors,
        "parts": outcome.parts,
        "nominal": outcome.nominal,
        "discounted": outcome.discounted,
        "cumulative": outcome.cumulative,
        "cumulative_discounted": outcome.cumulative_discounted,
        "present_value": outcome.present_value,
        "equivalent_annual_cost": outcome.annual,
        "paybacks": [
            {
                "option": each.option,
                "against": each.against,
                "years": each.years,
                "discounted_years": each.discounted_years,
                "internal_rate_of_return": each.internal_rate.state or each.internal_rate.rate,
                "benefit_to_cost": each.benefit_to_cost,
            }
            for each in outcome.paybacks
        ],
        "incomplete": outcome.incomplete,
    }


def _simulation(results: Answers) -> Json:
    outcome = results.simulation
    if outcome is None:
        return None
    return {
        "total": _quantity(outcome.total),
        "draws": outcome.draws,
        "seed": outcome.seed,
        "percentiles": outcome.percentiles,
        "mean": outcome.mean,
        "deviation": outcome.deviation,
        "cheapest": outcome.cheapest,
        "rank_correlations": {
            option: [[str(key), value] for key, value in found] for option, found in outcome.rank_correlations.items()
        },
        "incomplete": outcome.incomplete,
    }


def _ranges(results: Answers) -> Json:
    return [
        {
            "id": each.extremes.range.id,
            "title": each.extremes.range.title,
            "of": each.extremes.range.of,
            "inputs": [
                {"key": str(ends.key), "low": ends.low, "high": ends.high, "lowers": ends.lowers}
                for ends in each.extremes.inputs
            ],
            "total": _quantity(each.extremes.total),
            "base": each.extremes.base,
            "low": each.extremes.low,
            "high": each.extremes.high,
            "incomplete": each.extremes.incomplete,
            "draws": each.draws,
            "seed": each.seed,
            "p10": each.p10,
            "p90": each.p90,
        }
        for each in results.ranges
    ]


def _published(results: Answers) -> Json:
    """Under the keys of the model file; numbers in the figure's `unit`, those that it sets in their own."""
    return [
        {
            "id": figure.id,
            "title": figure.title,
            "where": figure.where,
            "unit": str(figure.unit),
            "states": _computed(figure.states),
            "step": figure.step or None,
            "formula": figure.formula_text or None,
            "computed": _computed(outcome.computed),
            "intermediate": _computed(outcome.intermediate),
            "verdict": outcome.verdict,
            "expected": figure.expected,
            "because": figure.because,
            "scenario": figure.scenario,
            "cases": [{str(each.key): each.value for each in settings} for settings in figure.cases],
            "sources": figure.sources,
        }
        for outcome in results.published
        for figure in [outcome.figure]
    ]


def _computed(number: Computed | None) -> Json:
    return {"from": number.start, "to": number.end} if isinstance(number, Interval) else number


def _scorecard(results: Answers) -> Json:
    outcome, card = results.scorecard, results.model.assessment.scorecard
    if outcome is None or card is None:
        return None
    return {
        "title": outcome.title,
        "highest": outcome.highest,
        "criteria": [
            {
                "id": each.id,
                "title": each.title,
                "weight": each.weight,
                "total": each.total,
                "scores": each.scores,
                "weighted": each.weighted,
                "best": each.best,
            }
            for each in outcome.criteria
        ],
        "totals": outcome.totals,
        "leading": outcome.leading,
        "best": outcome.best,
        "cells": scorecard_cells(results.model, card),
    }


def _features(results: Answers) -> Json:
    outcome = results.features
    if outcome is None:
        return None
    return {
        "features": [
            {
                "id": each.id,
                "title": each.title,
                "options": {
                    option: {
                        "answer": cover.answer,
                        "status": cover.status,
                        "price": cover.price,
                        "unit": None if cover.unit is None else str(cover.unit),
                        "state": cover.state,
                        "priced_by": cover.priced_by,
                        "because": cover.because,
                    }
                    for option, cover in each.options.items()
                },
            }
            for each in outcome.features
        ],
        "counts": {
            option: {
                "covered": each.covered,
                "priced": each.priced,
                "not_quoted": each.not_quoted,
                "not_priced": each.not_priced,
                "share": each.share,
            }
            for option, each in outcome.counts.items()
        },
        "unpriced": [
            {"feature": each.feature, "option": each.option, "answer": each.answer, "because": each.because}
            for each in outcome.unpriced
        ],
        "cells": features_cells(results.model),
    }


def _checklist(results: Answers) -> Json:
    outcome = results.checklist
    if outcome is None:
        return None
    return {
        "title": outcome.title,
        "answers": [
            {
                "id": each.question.id,
                "title": each.question.title,
                "formula": each.question.formula_text,
                "answer": each.answer,
                "note": each.question.note,
            }
            for each in outcome.answers
        ],
        "count": outcome.count,
        "threshold": outcome.threshold,
        "met": outcome.met,
        "verdict": outcome.verdict,
    }


def _profiles(results: Answers) -> Json:
    return [
        {
            "id": each.profile.id,
            "title": each.profile.title,
            "when": each.profile.when,
            "recommend": each.profile.recommend,
            "because": each.profile.because,
            "sources": each.profile.sources,
            "holds": each.holds,
            "matches": each.matches,
        }
        for each in results.profiles
    ]


FIELDS: dict[str, Callable[[Answers], Json]] = {
    "scenarios": _scenarios,
    "sensitivity": _sensitivity,
    "break_even": _break_even,
    "cash_flow": _cash_flow,
    "simulation": _simulation,
    "ranges": _ranges,
    "published": _published,
    "scorecard": _scorecard,
    "features": _features,
    "checklist": _checklist,
    "profiles": _profiles,
}
"""By the question's id."""
assert FIELDS.keys() == BY_ID.keys()
