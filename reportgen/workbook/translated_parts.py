"""Parts of translated formulas, each in the scale that its cells give it, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.cell_scale import PER_CENT, WHOLE
from reportgen.workbook.expressions import Binary, Constant, Expression

NOTHING = Constant(0.0)


@dataclass(frozen=True, slots=True)
class Translated:
    """A translated tree: what it comes to is the number times `scale`."""

    tree: Expression
    scale: Fraction = WHOLE

    def at(self, scale: Fraction) -> Expression:
        """The tree in another scale, multiplied visibly where that is not its own."""
        return self.tree if scale == self.scale or self.tree == NOTHING else _times(self.tree, scale / self.scale)

    def converted(self, factors: Iterable[Fraction]) -> Translated:
        """The number times factors: one of per cent changes the scale, any other stands visibly behind it."""
        found = self
        for factor in factors:
            if factor in (PER_CENT, 1 / PER_CENT):
                found = Translated(found.tree, found.scale / factor)
            else:
                found = Translated(_times(found.tree, factor), found.scale)
        return found


def alike(one: Translated, other: Translated) -> tuple[Translated, Translated]:
    """Both in one scale."""
    if one.tree == NOTHING:
        return Translated(one.tree, other.scale), other
    return one, Translated(other.at(one.scale), one.scale)


def binary(operator: str, left: Translated, right: Translated) -> Translated:
    """Both operands in one scale where they are added up or compared."""
    scale = WHOLE
    match operator:
        case "*":
            scale = left.scale * right.scale
        case "/":
            scale = left.scale / right.scale
        case "^":
            left, right = Translated(left.at(WHOLE)), Translated(right.at(WHOLE))
        case _:
            left, right = alike(left, right)
            scale = left.scale if operator in ("+", "-") else WHOLE
    return Translated(Binary(operator, left.tree, right.tree), scale)


def level_payment(rate: Expression, count: Expression, principal: Expression) -> Expression:
    """The level payment as arithmetic that a reviewer can follow: PMT gives it with the sign of what is paid out, and
    spreadsheets differ in its last digits. A rate that is lost beside 1 is none."""
    factor = 1.0 + rate
    each = f.IF(factor.equals(1.0), 1.0 / count, rate / (1.0 - factor ** (-count)))
    return principal * f.IF(f.AND(rate > -1.0, count > 0.0), each, f.NA())


def scaled(tree: Expression, factors: Iterable[Fraction]) -> Expression:
    """A number converted by factors that stand visibly behind it: `*12`, `/1000`."""
    return reduce(_times, factors, tree)


def _times(tree: Expression, factor: Fraction) -> Expression:
    if isinstance(tree, Constant):
        return Constant(float(tree.constant) * factor.numerator / factor.denominator)
    if factor.numerator != 1:
        tree = tree * float(factor.numerator)
    return tree / float(factor.denominator) if factor.denominator != 1 else tree
