"""The results as data: the JSON contract of `show --json`, and rows for CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from reportgen.compute.answers import Answers
from reportgen.compute.features import FeaturesOutcome
from reportgen.compute.published import PublishedOutcome
from reportgen.compute.scorecard import ScorecardOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.assessment import Interval
from reportgen.model.model import Quantity, Scenario, Stated
from reportgen.workbook.assessment_layout import features_cells, scorecard_cells
from reportgen.workbook.plan import Plan

SCHEMA = 1


def results_json(results: Answers, plan: Plan) -> str:
    """The contract, version `SCHEMA`.

    `values` maps every name to its unit and its value, or its value per option; a cost that is a word has the value
    null and the word under `states`, and so has what is not known at all for want of a price. `cell` and `cells` name
    the workbook's cells, for inputs the one to edit; `input` and `inputs` say which are.
    """
    model = results.model
    document = {
        "schema": SCHEMA,
        "model": {"id": model.id, "title": model.title, "digest": model.digest},
        "scenario": results.scenario.code or None,
        "values": {name: _entry(results, plan, quantity) for name, quantity in in_model_order(results)},
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def in_model_order(results: Answers) -> Iterator[tuple[str, Quantity]]:
    """Every name with its quantity: assumptions, calculations, categories with their items, totals, metrics."""
    model = results.model
    for assumption in model.assumptions:
        yield assumption.quantity.name, assumption.quantity
    for calculation in model.calculations:
        yield calculation.name, calculation
    for category in model.categories:
        yield category.quantity.name, category.quantity
        for item in category.items:
            yield item.name, item
    for result in (*model.totals, *model.metrics):
        yield result.name, result


def _entry(results: Answers, plan: Plan, quantity: Quantity) -> dict[str, object]:
    model = results.model
    entry: dict[str, object] = {"unit": str(quantity.unit)}
    keys = model.keys_of(quantity.name)
    cells = {key: str(plan.shown_cell(key, results.scenario)) for key in keys}
    if not quantity.per_option:
        (key,) = keys
        entry["value"] = value_of(results, key)
        if results.state(key):
            entry["state"] = results.state(key)
        entry["cell"] = cells[key]
        if model.is_input(key):
            entry["input"] = True
        return entry
    entry["options"] = {key.option: value_of(results, key) for key in keys}
    states = {key.option: results.state(key) for key in keys if results.state(key)}
    inputs = [key.option for key in keys if model.is_input(key)]
    if states:
        entry["states"] = states
    entry["cells"] = {key.option: cells[key] for key in keys}
    if inputs:
        entry["inputs"] = inputs
    return entry


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


def value_of(results: Answers, key: Key) -> float | None:
    """The number, or None where a word stands for it or nothing is known of it."""
    is_word = isinstance(results.model.definitions[key], Stated)
    return None if is_word or not results.is_known(key) else results.values[key]


def results_csv(results: Answers) -> str:
    """One row per number: name, option, title, unit, value, state. Text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "option", "title", "unit", "value", "state"))
    for name, quantity in in_model_order(results):
        for key in results.model.keys_of(name):
            value = value_of(results, key)
            shown = "" if value is None else repr(value)
            row = (name, key.option or "", quantity.title, str(quantity.unit), shown, results.state(key))
            writer.writerow([*map(_harmless, row[:4]), *row[4:]])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
