"""Cash flow and simulation as a model asks for them; checked here, answered by `compute`."""

from __future__ import annotations

import numpy as np

from reportgen.formula.nodes import Key
from reportgen.formula.units import PER_YEAR, PLAIN
from reportgen.model.analysis import Known, check_total, known_input
from reportgen.model.inputs import in_unit
from reportgen.model.model import CashFlow, Correlation, Definition, Given, Simulation
from reportgen.model.spec import CashFlowSpec, CorrelationSpec, SimulationSpec
from reportgen.model.written import Text
from reportgen.problems import Collector


def check_cash_flow(
    written: CashFlowSpec | None, definitions: dict[Key, Definition], known: Known, problems: Collector
) -> CashFlow | None:
    """Reports RG211, RG212, RG305 and RG402."""
    if written is None:
        return None
    of = _of(written.of, known, problems)
    key = known_input(written.discount_rate, known, problems)
    if key is None:
        return None
    unit, rate = known.quantities[key.name].unit, definitions.get(key)
    if not unit.fits(PLAIN) and not unit.fits(PER_YEAR):
        problems.error("RG402", f"a discount rate is in %/year; `{key}` is in {unit}", written.discount_rate.span)
    elif isinstance(rate, Given) and _share(rate.value, unit) <= -1:
        message = f"a discount rate of {rate.value:g} {unit} leaves nothing to discount by"
        problems.error("RG212", message, written.discount_rate.span, "a rate is above -100 %/year")
    return CashFlow(of, key)


def _share(value: float, unit: object) -> float:
    return value / 100 if str(unit).startswith("%") else value


def check_simulation(written: SimulationSpec | None, known: Known, problems: Collector) -> Simulation | None:
    """Reports RG211, RG212, RG305 and RG402."""
    if written is None:
        return None
    found = (_correlation(each, known, problems) for each in written.correlations)
    correlations = tuple(each for each in found if each is not None)
    if not _possible(correlations):
        hint = "no set of numbers moves together like this; bring the values nearer to 0"
        problems.error("RG212", "these correlations contradict each other", written.span, hint)
    return Simulation(written.draws, written.seed, _of(written.of, known, problems), correlations)


def _of(written: Text | None, known: Known, problems: Collector) -> str:
    """The total that is meant: the headline unless one is named."""
    if written is None:
        return known.totals[-1] if known.totals else ""
    check_total(written, known, problems)
    return written.text


def _correlation(written: CorrelationSpec, known: Known, problems: Collector) -> Correlation | None:
    if len(written.between) != 2 or written.between[0].text == written.between[1].text:
        problems.error("RG212", "a correlation is between two inputs", written.span)
        return None
    keys = [known_input(name, known, problems) for name in written.between]
    value = in_unit(written.value, PLAIN, "the correlation", problems)
    if not -1 <= value <= 1:
        problems.error("RG212", f"a correlation lies between -1 and 1; this is {value:g}", written.value.span)
        return None
    if keys[0] is None or keys[1] is None:
        return None
    for key, name in zip(keys, written.between, strict=True):
        assert key is not None
        found = known.assumptions[key.name].ranges[key]
        if found.low is None or found.high is None:
            problems.error("RG212", f"`{key}` has no low and high, so it does not move", name.span)
    return Correlation(keys[0], keys[1], value)


def _possible(correlations: tuple[Correlation, ...]) -> bool:
    """Whether the matrix of the correlations has no negative eigenvalue."""
    keys = list(dict.fromkeys(key for each in correlations for key in (each.first, each.second)))
    matrix = np.eye(len(keys))
    for each in correlations:
        first, second = keys.index(each.first), keys.index(each.second)
        matrix[first, second] = matrix[second, first] = each.value
    return not keys or bool(np.linalg.eigvalsh(matrix).min() >= -1e-9)
