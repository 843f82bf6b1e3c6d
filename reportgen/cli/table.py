"""Answers as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.compute.answers import Answers
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, NOT_KNOWN, CostStatus, InputValue, Model, Quantity
from reportgen.presentation.format import plain_quantity

GAP = "  "


@dataclass(frozen=True, slots=True)
class _Line:
    """`cells` are what stands under the options, or the one shared value; a heading has none."""

    name: str
    title: str
    unit: str
    cells: tuple[str, ...]


def results_table(results: Answers) -> str:
    """Every number of the model, in its order, one section per part; names as `--set` and formulas use them."""
    model = results.model
    sections = tuple(_sections(results))
    everything = [line for _, lines in sections for line in lines]
    widths = [max(len(text) for text in texts) for texts in _columns(model, everything)]
    scenario = results.scenario.title
    out = [f"{model.title}, as of {model.as_of.isoformat()}, scenario: {scenario}"]
    for title, lines in sections:
        per_option = any(len(line.cells) > 1 for line in lines) or len(model.options) == 1
        heads = [option.title for option in model.options] if per_option else ["Value"]
        out += ["", _row([title, "", "Unit"], heads, widths)]
        out.append("─" * (sum(widths[: 3 + len(heads)]) + len(GAP) * (2 + len(heads))))
        out += [_row([line.name, line.title, line.unit], line.cells, widths) for line in lines]
    shown = [cell for line in everything for cell in line.cells]
    notes = {
        INCOMPLETE: any(cell.endswith(f" {INCOMPLETE}") for cell in shown),
        NOT_KNOWN: NOT_KNOWN in shown,
    }
    what = {INCOMPLETE: "only what is known is counted", NOT_KNOWN: "nothing of it is known"}
    out += [""] if any(notes.values()) else []
    out += [f"{word}: something it is computed from is not quoted; {what[word]}" for word in notes if notes[word]]
    return "\n".join(line.rstrip() for line in out)


def _columns(model: Model, lines: Sequence[_Line]) -> Iterator[list[str]]:
    yield [line.name for line in lines]
    yield [line.title for line in lines]
    yield [*(line.unit for line in lines), "Unit"]
    for index, option in enumerate(model.options):
        yield [option.title, "Value", *(line.cells[index] for line in lines if len(line.cells) > index)]


def _row(texts: Sequence[str], cells: Sequence[str], widths: Sequence[int]) -> str:
    left = [text.ljust(width) for text, width in zip(texts, widths, strict=False)]
    right = [cell.rjust(width) for cell, width in zip(cells, widths[3:], strict=False)]
    return GAP.join(left + right)


def _sections(results: Answers) -> Iterator[tuple[str, list[_Line]]]:
    model = results.model
    parts: list[tuple[str, list[Quantity]]] = [
        (group.title, [assumption.quantity for assumption in group.assumptions]) for group in model.groups
    ]
    parts.append(("Calculations", list(model.calculations)))
    parts += [(category.quantity.title, [*category.items, category.quantity]) for category in model.categories]
    parts += [("Totals", list(model.totals)), ("Metrics", list(model.metrics))]
    for title, quantities in parts:
        shared = [_line(results, quantity) for quantity in quantities if not quantity.per_option]
        per_option = [_line(results, quantity) for quantity in quantities if quantity.per_option]
        if shared:
            yield title, shared
        if per_option:
            yield (f"{title}, per option" if shared else title), per_option


def _line(results: Answers, quantity: Quantity) -> _Line:
    keys = results.model.keys_of(quantity.name)
    values = [results.values[key] for key in keys]
    given = all(isinstance(results.model.definitions[key], InputValue | CostStatus) for key in keys)
    decimals = (input_decimals if given else result_decimals)(values, quantity.unit)
    cells = tuple(_cell(results, key, quantity, decimals) for key in keys)
    return _Line(quantity.name, quantity.title, str(quantity.unit), cells)


def _cell(results: Answers, key: Key, quantity: Quantity, decimals: int) -> str:
    if isinstance(results.model.definitions[key], CostStatus):
        return results.state(key)
    if not results.is_known(key):
        return NOT_KNOWN
    number = plain_quantity(results.values[key], quantity.unit, decimals)
    return f"{number} {INCOMPLETE}" if results.state(key) == INCOMPLETE else number
