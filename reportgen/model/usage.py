"""Which assumptions no result depends on."""

from __future__ import annotations

from reportgen.formula.nodes import Key, keys_in
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Model
from reportgen.problems import Collector


def warn_of_unused(model: Model, problems: Collector) -> None:
    """Warn (RG701) of each assumption that no formula uses: it can be changed without any effect."""
    shown = [*model.calculations, *model.totals, *model.metrics]
    shown += [quantity for each in model.categories for quantity in (each.quantity, *each.items)]
    results = [key for quantity in shown for key in model.keys_of(quantity.name)]
    used = {key.name for key in model.dependencies.needed_for(results)} | {HORIZON}
    if model.cash_flow is not None:
        used.add(model.cash_flow.discount_rate.name)
    asked: set[Key] = set()
    for _, tree, _ in model.assessment.formulas:
        asked.update(each for option in model.option_ids for each in keys_in(tree, option, model.option_ids))
    used.update(key.name for key in model.dependencies.needed_for(asked))
    reported, categories = set[str](), {each.quantity.name for each in model.categories}
    for assumption in model.assumptions:
        quantity = assumption.quantity
        owner = quantity.name.partition(".")[0]
        item, _, part = quantity.name.rpartition(".")
        if quantity.name in used or owner in reported:
            continue
        if owner in categories and part == "growth":
            hint = "remove it, or say when the item is paid: `when`, `every` or `spread`"
            message = f"the growth of `{item}` changes nothing: it is paid at the start"
            problems.warning("RG701", message, quantity.span, hint)
        else:
            name = quantity.name if owner in categories else owner
            reported.add(name)
            problems.warning("RG701", f"nothing uses `{name}`", quantity.span, "remove it, or use it in a formula")
