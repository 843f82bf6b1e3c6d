"""The questions of the model file: scenarios, sensitivity, break-evens, cash flow and simulation, as written."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model.document import Mapping, Node, Sequence
from reportgen.model.fields import Fields, kind_of, read_number
from reportgen.model.spec import (
    AxisSpec,
    BreakEvenSpec,
    CashFlowSpec,
    CorrelationSpec,
    ScenarioSpec,
    SensitivitySpec,
    SimulationSpec,
)
from reportgen.model.written import Text

MAX_DRAWS = 1_000_000


def scenarios(top: Fields) -> Iterator[ScenarioSpec]:
    for name, node in top.entries("scenarios", required=False):
        fields = Fields(node, f"scenario `{name}`", "title note based_on set", top.problems, name.span)
        settings = []
        written = fields.node("set")
        if written is not None and not isinstance(written, Mapping):
            top.problems.error(
                "RG204", f"`set` is a mapping of assumptions to values, not {kind_of(written)}", written.span
            )
        elif written is not None:
            for key, value in written.entries:
                number = read_number(value, f"`{key.text}`", top.problems)
                if number is not None:
                    settings.append((Text(key.text, key.span), number))
        note, based_on = fields.text("note", required=False), fields.marked_text("based_on", required=False)
        yield ScenarioSpec(name, fields.title(), note, based_on, tuple(settings))


def sensitivity(top: Fields) -> SensitivitySpec | None:
    node = top.node("sensitivity", required=False)
    if node is None:
        return None
    fields = Fields(node, "sensitivity", "of inputs swing between grid", top.problems, top.keys["sensitivity"])
    of, inputs, swing = fields.marked_text("of"), fields.texts("inputs"), fields.number("swing", required=False)
    between, grid = fields.texts("between"), fields.node("grid", required=False)
    axes = None if grid is None else _grid(grid, fields)
    return None if of is None else SensitivitySpec(of, inputs, swing, between, axes)


def _grid(node: Node, owner: Fields) -> tuple[AxisSpec, AxisSpec] | None:
    fields = Fields(node, "the grid", "rows columns", owner.problems, owner.keys["grid"])
    rows, columns = _axis(fields, "rows"), _axis(fields, "columns")
    return None if rows is None or columns is None else (rows, columns)


def _axis(grid: Fields, key: str) -> AxisSpec | None:
    node = grid.node(key)
    if node is None:
        return None
    fields = Fields(node, f"the grid's `{key}`", "driver values", grid.problems, grid.keys[key])
    driver, values = fields.marked_text("driver"), fields.node("values")
    if values is not None and (not isinstance(values, Sequence) or not values.items):
        grid.problems.error("RG204", "`values` is a list of numbers", values.span, "for example [100, 200, 400]")
        return None
    if driver is None or not isinstance(values, Sequence):
        return None
    numbers = tuple(read_number(value, "a value of the grid", grid.problems) for value in values.items)
    return AxisSpec(driver, tuple(number for number in numbers if number is not None), values.span)


def break_evens(top: Fields) -> Iterator[BreakEvenSpec]:
    for name, node in top.entries("break_evens", required=False):
        fields = Fields(node, f"break-even `{name}`", "title driver from to between of", top.problems, name.span)
        title, driver, of = fields.title(), fields.marked_text("driver"), fields.marked_text("of")
        start, end, between = fields.number("from"), fields.number("to"), fields.texts("between", required=True)
        if driver is not None and of is not None and start is not None and end is not None:
            yield BreakEvenSpec(name, title, driver, start, end, between, of)


def simulation(top: Fields) -> SimulationSpec | None:
    node = top.node("simulation", required=False)
    if node is None:
        return None
    span = top.keys["simulation"]
    fields = Fields(node, "simulation", "draws seed of correlations", top.problems, span)
    draws, seed, of = fields.whole("draws", 1, 10_000), fields.whole("seed", 0, 0), fields.marked_text("of", False)
    if draws > MAX_DRAWS:
        top.problems.error("RG212", f"{draws:,} draws; at most {MAX_DRAWS:,} are made", span, "10_000 are plenty")
    return SimulationSpec(draws, seed, of, tuple(_correlations(fields)), span)


def _correlations(simulation: Fields) -> Iterator[CorrelationSpec]:
    node = simulation.node("correlations", required=False)
    if node is None:
        return
    if not isinstance(node, Sequence):
        hint = "for example [{between: [a, b], value: 0.5}]"
        simulation.problems.error("RG204", "`correlations` is a list of pairs", node.span, hint)
        return
    for each in node.items:
        fields = Fields(each, "a correlation", "between value", simulation.problems, each.span)
        between, value = fields.texts("between", required=True), fields.number("value")
        if value is not None:
            yield CorrelationSpec(between, value, each.span)


def cash_flow(top: Fields) -> CashFlowSpec | None:
    node = top.node("cash_flow", required=False)
    if node is None:
        return None
    fields = Fields(node, "cash_flow", "of discount_rate", top.problems, top.keys["cash_flow"])
    of, rate = fields.marked_text("of", required=False), fields.marked_text("discount_rate")
    return None if rate is None else CashFlowSpec(of, rate)
