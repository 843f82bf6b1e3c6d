"""Cash flow and simulation as a model asks for them; checked here, answered by `compute`."""

from __future__ import annotations

from reportgen.formula.units import PER_YEAR, PLAIN
from reportgen.model.analysis import Known, check_total, known_input
from reportgen.model.inputs import in_unit
from reportgen.model.model import CashFlow, Correlation, Simulation
from reportgen.model.question_spec import CashFlowSpec, CorrelationSpec, SimulationSpec
from reportgen.model.written import Text
from reportgen.problems import Collector

DRAWS = 10_000
"""How many values a simulation draws unless it says otherwise."""


def check_cash_flow(written: CashFlowSpec | None, known: Known, problems: Collector) -> CashFlow | None:
    """Reports RG211, RG305 and RG402."""
    if written is None:
        return None
    of = _of(written.of, known, problems)
    key = known_input(written.discount_rate, known, problems)
    if key is None:
        return None
    unit = known.quantities[key.name].unit
    if not unit.fits(PLAIN) and not unit.fits(PER_YEAR):
        problems.error("RG402", f"a discount rate is in %/year; `{key}` is in {unit}", written.discount_rate.span)
    return CashFlow(of, key)


def check_simulation(written: SimulationSpec | None, known: Known, problems: Collector) -> Simulation | None:
    """Reports RG211, RG305 and RG402."""
    if written is None:
        return None
    found = (_correlation(each, known, problems) for each in written.correlations)
    correlations = tuple(each for each in found if each is not None)
    draws, seed = written.draws, written.seed
    numbers = int(draws.value) if draws else DRAWS, int(seed.value) if seed else 0
    return Simulation(*numbers, _of(written.of, known, problems), correlations)


def _of(written: Text | None, known: Known, problems: Collector) -> str:
    """The total that is meant: the headline unless one is named."""
    if written is None:
        return known.totals[-1] if known.totals else ""
    check_total(written, known, problems)
    return written.text


def _correlation(written: CorrelationSpec, known: Known, problems: Collector) -> Correlation | None:
    keys = [known_input(name, known, problems) for name in written.between]
    value = in_unit(written.value, PLAIN, "the correlation", problems)
    if len(keys) != 2 or keys[0] is None or keys[1] is None:
        return None
    return Correlation(keys[0], keys[1], value)
