"""Which assumptions, and which of their growths, no result depends on."""

from __future__ import annotations

from reportgen.formula.nodes import keys_in
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Model
from reportgen.problems import Collector


def warn_of_unused(model: Model, problems: Collector) -> None:
    """Warn (RG701) of each assumption that no formula uses: it can be changed without any effect."""
    used: set[str] = {HORIZON}
    if model.cash_flow is not None:
        used.add(model.cash_flow.discount_rate.name)
    used.update(key.name for parts in model.dependencies.direct.values() for key in parts)
    for _, tree, _ in model.assessment.formulas:
        used.update(each.name for option in model.option_ids for each in keys_in(tree, option, model.option_ids))
    for assumption in model.assumptions:
        quantity = assumption.quantity
        if quantity.name not in used:
            problems.warning(
                "RG701", f"nothing uses `{quantity.name}`", quantity.span, "remove it, or use it in a formula"
            )
    _warn_of_growth(model, problems)


def _warn_of_growth(model: Model, problems: Collector) -> None:
    """Warn (RG708) of each growth that changes no result: only the running costs of a cash flow count it."""
    counting = _running_in_cash_flow(model)
    for assumption in model.assumptions:
        name = assumption.quantity.name
        if assumption.growth is None or name in counting:
            continue
        if model.cash_flow is None:
            why, hint = "the model has no cash flow", "ask for one with `cash_flow:`, or remove the growth"
        else:
            why = f"it adds nothing to the running costs of `{model.cash_flow.of}`"
            hint = "remove the growth, or ask for the cash flow of another total"
        problems.warning("RG708", f"the growth of `{name}` changes nothing: {why}", assumption.growth.span, hint)


def _running_in_cash_flow(model: Model) -> set[str]:
    """Every name that the total of the cash flow is computed from, other than through one-time costs."""
    if model.cash_flow is None:
        return set()
    names = {category.quantity.name for category in model.categories if category.one_time}
    one_time = [key for name in names for key in model.keys_of(name)]
    return {key.name for key in model.dependencies.needed_for(model.keys_of(model.cash_flow.of), one_time)}
