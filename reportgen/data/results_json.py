"""The results as data: the JSON contract of `show --json`, and rows for CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.model.model import CostStatus, Quantity
from reportgen.workbook.plan import Plan

SCHEMA = 1


def results_json(results: Answers, plan: Plan) -> str:
    """The contract, version `SCHEMA`.

    `values` maps every name to its unit and its value, or its value per option; a cost that is a word has the value
    null and the word under `states`, and so has what is not known at all for want of a price. `cell` and `cells` name
    the workbook's cells, for inputs the one to edit; `input` and `inputs` say which are.
    """
    values = {name: _entry(results, plan, quantity) for name, quantity in in_model_order(results)}
    return document(results, {"values": values})


def document(results: Answers, parts: Mapping[str, object]) -> str:
    """A JSON document about a model in one scenario (null: its own values)."""
    model = results.model
    head = {
        "schema": SCHEMA,
        "model": {"id": model.id, "title": model.title, "digest": model.digest},
        "scenario": results.scenario.code or None,
    }
    return json.dumps({**head, **parts}, ensure_ascii=False, indent=2, allow_nan=False)


def in_model_order(results: Answers) -> Iterator[tuple[str, Quantity]]:
    """Every name with its quantity: assumptions, calculations, categories with their items, totals, metrics."""
    model = results.model
    for assumption in (each for group in model.groups for each in group.assumptions):
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
        if plan.editable(key, results.scenario):
            entry["input"] = True
        return entry
    entry["options"] = {key.option: value_of(results, key) for key in keys}
    states = {key.option: results.state(key) for key in keys if results.state(key)}
    inputs = [key.option for key in keys if plan.editable(key, results.scenario)]
    if states:
        entry["states"] = states
    entry["cells"] = {key.option: cells[key] for key in keys}
    if inputs:
        entry["inputs"] = inputs
    shared = Key(quantity.name)
    if shared in model.definitions:  # which the cells of all options repeat
        entry["cell"], entry["input"] = str(plan.shown_cell(shared, results.scenario)), True
    return entry


def value_of(results: Answers, key: Key) -> float | None:
    """The number, or None where a word stands for it or nothing is known of it."""
    is_word = isinstance(results.model.definitions[key], CostStatus)
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
