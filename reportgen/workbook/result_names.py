"""Names of headline results, which formulas of other workbooks can refer to: `out_total_hosted`, `out_saving`."""

from __future__ import annotations

from collections import Counter

from reportgen.workbook.address import Address
from reportgen.workbook.plan import Plan
from reportgen.workbook.text import defined_name


def result_names(plan: Plan) -> dict[str, Address]:
    """The cells of all totals and key figures, those per option for each option, by their names. These stay the same as
    long as the ids in the model do; titles are not in them."""
    model = plan.model
    keys = [key for each in (*model.totals, *model.metrics) for key in model.keys_of(each.name)]
    usual = {key: "_".join(("out", key.name, *([key.option] if key.option else []))) for key in keys}
    count = Counter(map(defined_name, usual.values()))
    names = {}
    for key, name in usual.items():
        taken = count[defined_name(name)] > 1  # `a_b` of `c` and `a` of `b_c`
        names[defined_name(f"out_{key.name}__{key.option}" if taken else name)] = plan.cells[key]
    return names
