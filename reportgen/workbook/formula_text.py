"""A model's formula tree as the text of a formula on a sheet."""

from __future__ import annotations

from fractions import Fraction

from reportgen.formula.nodes import Key, Node
from reportgen.workbook.expressions import Expression, excel_number
from reportgen.workbook.plan import Plan
from reportgen.workbook.translate import Translator

__all__ = ["FormulaText", "excel_number", "factor_text"]


class FormulaText:
    """Prints what a translator makes, for one sheet."""

    def __init__(self, plan: Plan, sheet: str, translator: Translator | None = None) -> None:
        self.sheet = sheet
        self.translator = translator or Translator(plan)

    def formula(self, node: Node, option: str | None = None) -> str:
        return "=" + self.whole(node, option)

    def whole(self, node: Node, option: str | None, unknown: float | str | bool = 0.0) -> str:
        return self.translator.whole(node, option, unknown).text(self.sheet)

    def definition(self, key: Key) -> str:
        return "=" + self.translator.definition(key).text(self.sheet)

    def text(self, node: Node, option: str | None) -> str:
        return self.translator.tree(node, option).text(self.sheet)

    def state(self, key: Key) -> str:
        return _text(self.translator.state(key), self.sheet)


def _text(state: Expression | None, sheet: str) -> str:
    return state.text(sheet) if state is not None else ""


def factor_text(factor: Fraction) -> str:
    """A conversion's factor behind a number: `*12`, `/100`."""
    above = f"*{factor.numerator}" if factor.numerator != 1 else ""
    below = f"/{factor.denominator}" if factor.denominator != 1 else ""
    return above + below
