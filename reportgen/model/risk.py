"""Cash flow and simulation as a model asks for them; checked here, answered by `compute`."""

from __future__ import annotations

from reportgen.formula.units import PER_YEAR, PLAIN
from reportgen.model.model import CashFlow, Correlation, Simulation
from reportgen.model.question_context import Context, in_unit
from reportgen.model.question_spec import CashFlowSpec, CorrelationSpec, SimulationSpec
from reportgen.model.written import Text

DRAWS = 10_000
"""How many values a simulation draws unless it says otherwise."""


def check_cash_flow(written: CashFlowSpec | None, context: Context) -> CashFlow | None:
    """Reports RG211, RG305 and RG402."""
    if written is None:
        return None
    of = _of(written.of, context)
    key = context.input(written.discount_rate)
    if key is None:
        return None
    unit = context.inputs[key].unit
    if not unit.fits(PLAIN) and not unit.fits(PER_YEAR):
        message = f"a discount rate is in %/year; `{key}` is in {unit}"
        context.problems.error("RG402", message, written.discount_rate.span)
    return CashFlow(of, key)


def check_simulation(written: SimulationSpec | None, context: Context) -> Simulation | None:
    """Reports RG211, RG305 and RG402."""
    if written is None:
        return None
    found = (_correlation(each, context) for each in written.correlations)
    correlations = tuple(each for each in found if each is not None)
    draws, seed = written.draws, written.seed
    numbers = int(draws.value) if draws else DRAWS, int(seed.value) if seed else 0
    return Simulation(*numbers, _of(written.of, context), correlations)


def _of(written: Text | None, context: Context) -> str:
    """The total that is meant: the headline unless one is named."""
    if written is None:
        return context.totals[-1] if context.totals else ""
    context.check_total(written)
    return written.text


def _correlation(written: CorrelationSpec, context: Context) -> Correlation | None:
    keys = [context.input(name) for name in written.between]
    value = in_unit(written.value, PLAIN, "the correlation", context.problems)
    if len(keys) != 2 or keys[0] is None or keys[1] is None:
        return None
    return Correlation(keys[0], keys[1], value)
