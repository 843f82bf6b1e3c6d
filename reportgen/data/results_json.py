"""The results as data: the JSON contract of `show --json`, and rows for CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.model.model import CostStatus, Quantity
from reportgen.workbook.address import AS_PLANNED, SheetNames
from reportgen.workbook.cell_scale import cell_scale, is_per_cent
from reportgen.workbook.plan import Plan

SCHEMA = 1


def results_json(results: Answers, plan: Plan, names: SheetNames = AS_PLANNED) -> str:
    """The contract, version `SCHEMA`.

    `values` maps every name to its unit and its value, or its value per option; a cost that is a word has the value
    null and the word under `states`, and so has what is not known at all for want of a price, and an internal rate of
    return that does not exist: its state is `none` or `several`. `cell` and `cells` name the workbook's cells, for
    inputs the one to edit; `input` and `inputs` say which are. `cell_scale` is the factor from a value to its cell
    where that is not 1: 0.01 for per cent. `names` are those of the sheets in the workbook that is meant.

    Where something changes over time, `periods` has the steps of the timeline up to the horizon, each with its `label`,
    its `first_month` (null where the model does not say when its time begins) and the `months` of it that count; and
    names over time have a `series` with its `unit` and, for each period, a number under `steps`, by option as the value
    is. The amounts of items and categories have what is paid before the first period under `start`.
    """
    values = {name: _entry(results, plan, quantity, names) for name, quantity in in_model_order(results)}
    return document(results, {**_periods(results), "values": values})


def _periods(results: Answers) -> dict[str, object]:
    periods = results.courses.periods if results.courses else ()
    rows = [{"label": each.label, "first_month": each.first or None, "months": each.months} for each in periods]
    return {"periods": rows} if rows else {}


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
    """Every name with its quantity: assumptions, calculations, categories with their items, totals, metrics. An input
    with values by month goes before them, an item over time before its own rate or amount."""
    model = results.model
    names = {each.quantity.name for each in model.assumptions}
    held = {name: model.quantities[name] for name in results.courses.inputs if name not in names}
    for assumption in (each for group in model.groups for each in group.assumptions):
        name = assumption.quantity.name
        whole = name.rpartition(".")[0]
        if whole in held:
            yield whole, held.pop(whole)
        yield name, assumption.quantity
    for calculation in model.calculations:
        yield calculation.name, calculation
    for category in model.categories:
        yield category.quantity.name, category.quantity
        for item in category.items:
            yield item.name, item
            if item.name in model.own_numbers:
                own = model.own_numbers[item.name]
                yield own.name, own
    for result in (*model.totals, *model.metrics):
        yield result.name, result


def _entry(results: Answers, plan: Plan, quantity: Quantity, names: SheetNames) -> dict[str, object]:
    model = results.model
    entry: dict[str, object] = {"unit": str(quantity.unit)}
    if is_per_cent(quantity.unit):
        entry["cell_scale"] = float(cell_scale(quantity.unit))
    keys = model.keys_of(quantity.name)
    # A price in words has a cell with its item; the series of what is over time has none for it.
    shown = [key for key in keys if key in plan.cells or model.is_input(key)]
    cells = {key: plan.shown_cell(key, results.scenario).named(names) for key in shown}
    if not quantity.per_option:
        (key,) = keys
        entry["value"] = value_of(results, key)
        if state := state_of(results, key):
            entry["state"] = state
        entry["cell"] = cells[key]
        if plan.editable(key, results.scenario):
            entry["input"] = True
        return entry | _series(results, quantity)
    entry["options"] = {key.option: value_of(results, key) for key in keys}
    states = {key.option: state for key in keys if (state := state_of(results, key))}
    inputs = [key.option for key in keys if plan.editable(key, results.scenario)]
    if states:
        entry["states"] = states
    entry["cells"] = {key.option: cell for key, cell in cells.items()}
    if inputs:
        entry["inputs"] = inputs
    shared = Key(quantity.name)
    if shared in model.definitions:  # which the cells of all options repeat
        entry["cell"], entry["input"] = plan.shown_cell(shared, results.scenario).named(names), True
    return entry | _series(results, quantity)


def _series(results: Answers, quantity: Quantity) -> dict[str, object]:
    """The numbers of a name over time."""
    course = results.courses.of(quantity.name)
    if course is None:
        return {}
    found: dict[str, object] = {"unit": str(course.quantity.unit)}
    if course.is_amount:
        found["start"] = course.starts
    found["steps"] = course.steps if course.quantity.per_option else course.steps[None]
    return {"series": found}


def value_of(results: Answers, key: Key) -> float | None:
    """The number, or None where a word stands for it or nothing is known of it."""
    is_word = isinstance(results.model.definitions[key], CostStatus)
    return None if is_word or not results.is_known(key) else results.values[key]


def state_of(results: Answers, key: Key) -> str:
    """What is to be known of a number: its state, or that it is an internal rate of which there is none, or several."""
    return results.state(key) or results.missing_rate(key)


def series_csv(results: Answers, *, by_year: bool) -> str:
    """What changes over time, one row per number: name, option, period, title, unit, value, state. The periods are
    those of the timeline, or its years; before them, `start`. Of an amount the value is what it comes to in the period,
    of any other number the mean over it."""
    courses = results.courses
    titles = courses.years if by_year else tuple(each.label for each in courses.periods)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "option", "period", "title", "unit", "value", "state"))
    for name, _ in in_model_order(results):
        course = courses.of(name)
        if course is None:
            continue
        own, numbers = course.quantity, courses.by_year(course) if by_year else course.steps
        for option, steps in numbers.items():
            state = results.state(Key(name, option))
            start = [("start", course.starts[option])] if course.is_amount else []
            for period, value in (*start, *zip(titles, steps, strict=True)):
                texts = map(_harmless, (name, option or "", period, own.title, str(own.unit)))
                writer.writerow([*texts, repr(value), state])
    return out.getvalue()


def results_csv(results: Answers) -> str:
    """One row per number: name, option, title, unit, value, state. Text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "option", "title", "unit", "value", "state"))
    for name, quantity in in_model_order(results):
        for key in results.model.keys_of(name):
            value = value_of(results, key)
            shown = "" if value is None else repr(value)
            row = (name, key.option or "", quantity.title, str(quantity.unit), shown, state_of(results, key))
            writer.writerow([*map(_harmless, row[:4]), *row[4:]])
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
