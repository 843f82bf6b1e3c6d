"""Which assumptions no result depends on."""

from __future__ import annotations

from reportgen.formula.nodes import keys_in
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Given, Model, Stated
from reportgen.problems import Collector


def warn_of_unused(model: Model, problems: Collector) -> None:
    """Warn (RG701) of each assumption that no formula uses: it can be changed without any effect."""
    used: set[str] = {HORIZON}
    if model.cash_flow is not None:
        used.add(model.cash_flow.discount_rate.name)
    for key, definition in model.definitions.items():
        if not isinstance(definition, Given | Stated):
            used.update(each.name for each in keys_in(definition, key.option, model.option_ids))
    for assumption in model.assumptions:
        quantity = assumption.quantity
        if quantity.name not in used:
            problems.warning(
                "RG701", f"nothing uses `{quantity.name}`", quantity.span, "remove it, or use it in a formula"
            )
