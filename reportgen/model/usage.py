"""Which assumptions no result depends on."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.formula.nodes import Node, keys_in
from reportgen.model.assessment import Assessment
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Given, Model, Stated
from reportgen.problems import Collector


def assessed(assessment: Assessment) -> Iterator[Node]:
    """The formulas that are no definitions: of published figures, questions and profiles."""
    for figure in assessment.published:
        yield from (tree for tree in (figure.formula, figure.intermediate) if tree is not None)
    if assessment.checklist is not None:
        yield from (each.condition for each in assessment.checklist.questions if each.condition is not None)
    yield from (profile.condition for profile in assessment.profiles)


def warn_of_unused(model: Model, problems: Collector) -> None:
    """Warn (RG701) of each assumption that no formula uses: it can be changed without any effect."""
    used: set[str] = {HORIZON}
    if model.cash_flow is not None:
        used.add(model.cash_flow.discount_rate.name)
    for key, definition in model.definitions.items():
        if not isinstance(definition, Given | Stated):
            used.update(each.name for each in keys_in(definition, key.option, model.option_ids))
    for tree in assessed(model.assessment):
        used.update(each.name for option in model.option_ids for each in keys_in(tree, option, model.option_ids))
    for assumption in model.assumptions:
        quantity = assumption.quantity
        if quantity.name not in used:
            problems.warning(
                "RG701", f"nothing uses `{quantity.name}`", quantity.span, "remove it, or use it in a formula"
            )
