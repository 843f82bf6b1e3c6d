"""The answers to a model's questions as data: the JSON of `show --json` with a question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from reportgen.compute.answers import Answers
from reportgen.compute.features import FeaturesOutcome
from reportgen.compute.published import PublishedOutcome
from reportgen.compute.scorecard import ScorecardOutcome
from reportgen.data import SCHEMA
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.assessment import Interval
from reportgen.model.model import Quantity, Scenario
from reportgen.workbook.assessment_layout import features_cells, scorecard_cells


def answers_json(results: Answers, answers: Mapping[str, object]) -> str:
    """The answers to a model's questions, by question: dataclasses as objects, numbers of a model by `name.option`."""
    model = results.model
    document = {
        "schema": SCHEMA,
        "model": {"id": model.id, "title": model.title, "digest": model.digest},
        "scenario": results.scenario.code or None,
        **{name: _answer(results, answer) for name, answer in answers.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


LEFT_OUT = ("samples", "curve", "span", "condition")
"""What is too long to print, as what percentiles and crossings are read from, and what only the program reads."""

INSIDE = ("question", "profile", "corners", "range")
"""What an answer is about: its parts stand beside the answer's own."""

RENAMED = {"formula_text": "formula"}
"""Keys that have the names of the model file."""


def _answer(results: Answers, answer: object) -> object:
    """An answer; of those whose inputs stand on a sheet of their own, with the `cells` to edit."""
    card = results.model.assessment.scorecard
    match answer:
        case ScorecardOutcome() if card is not None:
            return _parts(answer) | {"cells": scorecard_cells(results.model, card)}
        case FeaturesOutcome():
            return _parts(answer) | {"cells": features_cells(results.model)}
        case _:
            return _plain(answer)


def _plain(answer: object) -> object:
    """An answer in what JSON has: quantities and scenarios by their names."""
    match answer:
        case None | bool() | int() | float() | str():
            return answer
        case Key():
            return str(answer)
        case Quantity() as quantity:
            return {"name": quantity.name, "unit": str(quantity.unit)}
        case Scenario() as scenario:
            return scenario.code or None
        case Unit():
            return str(answer)
        case PublishedOutcome():
            return _published(answer)
        case Interval():
            return {"from": answer.start, "to": answer.end}
        case Mapping():
            return {str(key): _plain(value) for key, value in answer.items()}
        case tuple() | list():
            return [_plain(each) for each in answer]
        case _:
            return _parts(answer)


def _parts(answer: object) -> dict[str, object]:
    assert is_dataclass(answer)
    entry: dict[str, object] = {}
    for each in fields(answer):
        part = getattr(answer, each.name)
        if each.name in INSIDE:
            entry.update(_parts(part))
        elif each.name not in LEFT_OUT:
            entry[RENAMED.get(each.name, each.name)] = _plain(part)
    return entry


def _published(outcome: PublishedOutcome) -> dict[str, object]:
    """A published figure under the keys of the model file, with what the model computes and the verdict; all numbers
    in its `unit`, those that it sets in their own."""
    figure = outcome.figure
    return {
        "id": figure.id,
        "title": figure.title,
        "where": figure.where,
        "unit": str(figure.unit),
        "states": _plain(figure.states),
        "step": figure.step or None,
        "formula": figure.formula_text or None,
        "computed": _plain(outcome.computed),
        "intermediate": _plain(outcome.intermediate),
        "verdict": outcome.verdict,
        "expected": figure.expected,
        "because": figure.because,
        "scenario": figure.scenario,
        "cases": [{str(each.key): each.value for each in settings} for settings in figure.cases],
        "sources": list(figure.sources),
    }
