"""What identifies a report in an audit: its model, scenario, date, program and digests."""

from __future__ import annotations

from reportgen import __version__
from reportgen.compute.digits import input_decimals
from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN
from reportgen.presentation.format import date, plain_quantity, quantity
from reportgen.presentation.result_cells import Cells


def facts(cells: Cells) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order they are read in."""
    model, gettext, scenario = cells.model, cells.gettext, cells.results.scenario
    by_evidence: dict[str, int] = {}
    for source in model.citations.values():
        by_evidence[source.evidence] = by_evidence.get(source.evidence, 0) + 1
    counted = ", ".join(f"{gettext(evidence)}: {count}" for evidence, count in by_evidence.items())
    inputs = sum(model.is_input(key) for key in model.definitions)
    return (
        (gettext("Model"), model.id),
        (gettext("Scenario"), gettext("none: the model’s own values") if scenario.is_base else scenario.title),
        (gettext("As of"), date(model.as_of, cells.locale)),
        (gettext("Currency"), model.currency),
        (gettext("Inputs"), plain_quantity(inputs, PLAIN, 0, cells.locale)),
        (gettext("Sources"), counted or gettext("none named")),
        (gettext("Program"), f"reportgen {__version__}"),
        (gettext("SHA-256 of the model file"), model.digest),
        *_overridden(cells),
    )


def _overridden(cells: Cells) -> tuple[tuple[str, str], ...]:
    """The inputs that were set to something else than the model file says."""
    text = changed_inputs(cells)
    return ((cells.gettext("Inputs not as in the model file"), text),) if text else ()


def changed_inputs(cells: Cells) -> str:
    """Inputs that hold something else than the model file says: `seats = 300 seat; …`; "" for none."""
    return "; ".join(f"{key} = {_in_full(cells, key)}" for key in cells.model.overridden)


def _in_full(cells: Cells, key: Key) -> str:
    unit, value = cells.model.quantities[key.name].unit, cells.results.values[key]
    return quantity(value, unit, input_decimals((value,), unit), cells.locale)
