"""A formula tree as Excel formula text.

Brackets are written wherever a reader or a program could take precedence otherwise (`-2^2` is 4 in Excel).
Assumptions appear by name, everything else by cell: relative to the formula what is of its own option, with dollar
signs what stays the same for every option. Function names are English with commas, as files store them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import assert_never

from reportgen.compute.states import divisors
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Node
from reportgen.model.model import INCOMPLETE, NOT_KNOWN, NOT_QUOTED, CostStatus, InputValue
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.plan import Plan

_LOOSE, _SUM, _PRODUCT, _TIGHT = range(4)


def excel_number(value: float) -> str:
    """A number as formulas write it, with every digit it has."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).replace("e", "E")


class FormulaText:
    """Prints trees for one sheet; a tree is printed for an option where it has per-option names."""

    def __init__(self, plan: Plan, sheet: str) -> None:
        self.plan = plan
        self.sheet = sheet

    def formula(self, node: Node, option: str | None = None) -> str:
        """The cell's text, with its `=`."""
        return "=" + self.whole(node, option)

    def whole(self, node: Node, option: str | None, unknown: str = "0") -> str:
        """A tree that is no part of another: `unknown` while it divides by nothing for want of a price, as
        `compute.evaluate` says, and no error then."""
        text = self.text(node, option)
        for divisor in reversed([*divisors(node)]):  # the innermost is tested first
            if states := self.states(divisor, option):
                lacking = states[0] if len(states) == 1 else f"OR({','.join(states)})"
                text = f"IF(AND({lacking},{self.within(divisor, option, _SUM)}=0),{unknown},{text})"
        return text

    def factor(self, node: Node, option: str | None) -> str:
        """The same where it is multiplied."""
        whole = self.whole(node, option)
        return self.within(node, option, _PRODUCT) if whole == self.text(node, option) else whole

    def states(self, node: Node, option: str | None) -> tuple[str, ...]:
        """Conditions, one of which is true while a tree lacks a price; none if it never does."""
        keys = n.keys_in(node, option, self.plan.model.option_ids)
        return tuple(dict.fromkeys(state for key in keys if (state := self.state(key))))

    def definition(self, key: Key) -> str:
        """The formula of one of the model's numbers; a category's total counts its spare lines too."""
        node, spare = self.plan.model.definitions[key], self.plan.spare_cells(key)
        if isinstance(node, InputValue | CostStatus):
            raise TypeError(f"{key} has no formula")
        if isinstance(node, n.Apply) and spare:
            return f"=SUM({self.summands(node.arguments, key.option, spare)})"
        unknown = f'"{NOT_KNOWN}"' if self.may_be_unknown(key) else "0"
        return "=" + self.whole(node, key.option, unknown)

    def text(self, node: Node, option: str | None) -> str:
        match node:
            case n.Constant(value, span=span):
                cell = self.plan.literal_cells.get(span)
                return cell.seen_from(self.sheet, fixed=True) if cell else excel_number(value)
            case n.Reference():
                return self.reference(node.key(option), own=_is_own(node, option))
            case n.AllOptions():
                raise TypeError("all options at once are an argument, not a number")
            case n.Convert(operand, factors):
                return self.within(operand, option, _PRODUCT) + "".join(factor_text(factor) for factor in factors)
            case n.Negate(operand):
                return f"(-{self.within(operand, option, _TIGHT)})"
            case n.Arithmetic("^", left, right):
                return f"{self.within(left, option, _TIGHT)}^{self.within(right, option, _TIGHT)}"
            case n.Arithmetic(operator, left, right):
                strength = _SUM if operator in "+-" else _PRODUCT
                return f"{self.within(left, option, strength)}{operator}{self.within(right, option, strength + 1)}"
            case n.Comparison(operator, left, right):
                return f"{self.within(left, option, _SUM)}{operator}{self.within(right, option, _SUM)}"
            case n.Logic(operator, left, right):
                first, second = self.text(left, option), self.text(right, option)
                return f"IF({first},{second},FALSE)" if operator == "and" else f"IF({first},TRUE,{second})"
            case n.Not(operand):
                return f"NOT({self.text(operand, option)})"
            case n.Conditional(condition, then, otherwise):
                return f"IF({self.text(condition, option)},{self.text(then, option)},{self.text(otherwise, option)})"
            case n.Lookup(table, argument):
                return self.lookup(table, self.text(argument, option))
            case n.Guard():
                return f"IF({self.text(node.condition, option)},{self.text(node.value, option)},NA())"
            case n.Apply(function, arguments):
                return self.apply(function, arguments, option)
            case _ as never:
                assert_never(never)

    def within(self, node: Node, option: str | None, strength: int) -> str:
        """The text of an operand, in brackets where it binds less than its surroundings ask for."""
        text = self.text(node, option)
        return text if _strength(node) >= strength else f"({text})"

    def reference(self, key: Key, *, own: bool) -> str:
        if self.has_name(key):
            return self.plan.names[key]
        text = self.seen(self.cell_of(key), own=own)
        return f"N({text})" if self.may_be_text(key) else text

    def seen(self, cells: Address | Area, *, own: bool) -> str:
        """How a formula refers to cells, `own` to those of the option that it is printed for."""
        return cells.seen_from(self.sheet, fixed=not own)

    def has_name(self, key: Key) -> bool:
        """Whether formulas call the number by a name."""
        return key in self.plan.names

    def cell_of(self, key: Key) -> Address:
        """Where formulas read the number."""
        return self.plan.cells[key]

    def may_be_text(self, key: Key) -> bool:
        model = self.plan.model
        return key in model.unquoted or isinstance(model.definitions[key], CostStatus) or self.may_be_unknown(key)

    def may_be_unknown(self, key: Key) -> bool:
        """Whether a word stands in place of the number while it divides by what has no price: of a key figure, which
        nothing adds up."""
        definition = self.plan.model.definitions[key]
        if key not in self.plan.states or isinstance(definition, InputValue | CostStatus):
            return False
        is_key_figure = any(metric.name == key.name for metric in self.plan.model.metrics)
        return is_key_figure and any(self.states(divisor, key.option) for divisor in divisors(definition))

    def lookup(self, table: str, argument: str) -> str:
        """The step, or the one of all lines between rows that begins at the row found (the last but one at the end)."""
        starts, results = self.plan.tables[table]
        every = self.area(starts)
        found = f"MATCH({argument},{every},1)"
        if self.plan.model.tables[table].method == "step":
            return f"INDEX({self.area(results)},{found})"
        lower, upper = self.area(starts.without_last_row), self.area(starts.without_first_row)
        low, high = self.area(results.without_last_row), self.area(results.without_first_row)
        here = f"{lower}=INDEX({every},MIN({found},ROWS({lower})))"
        line = f"{low}+({high}-{low})*({argument}-{lower})/({upper}-{lower})"
        return f"IF({argument}<=MAX({every}),SUMPRODUCT(({here})*({line})),NA())"

    def area(self, area: Area) -> str:
        return area.seen_from(self.sheet, fixed=True)

    def apply(self, function: Function, arguments: tuple[Node, ...], option: str | None) -> str:
        match function:
            case Function.MIN:
                return f"MIN({self.each(arguments, option)})"
            case Function.MAX:
                return f"MAX({self.each(arguments, option)})"
            case Function.SUM:
                return f"SUM({self.summands(arguments, option)})"
            case Function.ABS:
                return f"ABS({self.text(arguments[0], option)})"
            case Function.ROUND:
                return f"ROUND({self.joined(arguments, option)})"
            case Function.ROUND_UP:
                return f"ROUNDUP({self.joined(arguments, option)})"
            case Function.ROUND_DOWN:
                return f"ROUNDDOWN({self.joined(arguments, option)})"
            case _ as never:
                assert_never(never)

    def joined(self, arguments: tuple[Node, ...], option: str | None) -> str:
        return ",".join(self.text(argument, option) for argument in arguments)

    def each(self, arguments: tuple[Node, ...], option: str | None) -> str:
        """Arguments of MIN and MAX, which pass over text: a cost that is a word counts as nothing, not as absent."""
        parts = []
        for argument in arguments:
            if isinstance(argument, n.AllOptions):
                keys = self.plan.model.keys_of(argument.name)
                if any(self.may_be_text(key) for key in keys):
                    parts += [self.reference(key, own=False) for key in keys]
                else:
                    parts += self.areas([(self.cell_of(key), False) for key in keys])
            else:
                parts.append(self.text(argument, option))
        return ",".join(parts)

    def summands(self, arguments: tuple[Node, ...], option: str | None, more: Sequence[Address] = ()) -> str:
        """Arguments of SUM, which counts text as nothing: cells stand as they are, neighbours as one range; then
        `more` cells."""
        parts: list[str] = []
        run: list[tuple[Address, bool]] = []
        for argument in arguments:
            cells = self.cells(argument, option)
            run += cells
            if not cells:
                parts += self.areas(run)
                run = []
                parts.append(self.text(argument, option))
        return ",".join(parts + self.areas([*run, *((cell, option is not None) for cell in more)]))

    def cells(self, argument: Node, option: str | None) -> list[tuple[Address, bool]]:
        """The cells that an argument stands for, each with whether it is the option's own."""
        if isinstance(argument, n.AllOptions):
            return [(self.cell_of(key), False) for key in self.plan.model.keys_of(argument.name)]
        if isinstance(argument, n.Reference) and not self.has_name(key := argument.key(option)):
            return [(self.cell_of(key), _is_own(argument, option))]
        return []

    def areas(self, cells: list[tuple[Address, bool]]) -> list[str]:
        return [
            self.seen(area, own=own)
            for own, run in groupby(cells, key=itemgetter(1))
            for area in blocks([cell for cell, _ in run])
        ]

    def state(self, key: Key) -> str:
        """A condition that is true while the number of `key` lacks something not quoted; "" if it never does."""
        if key in self.plan.states:
            return f'{self.plan.states[key].seen_from(self.sheet, fixed_row=True)}="{INCOMPLETE}"'
        if key in self.plan.model.unquoted:
            return f'{self.plan.cells[key].seen_from(self.sheet)}="{NOT_QUOTED}"'
        return self.state_of_parts(key)

    def state_of_parts(self, key: Key) -> str:
        """The same, told from what the number is computed from."""
        keys = self.plan.model.dependencies.direct[key]
        unquoted = [each for each in keys if each in self.plan.model.unquoted]
        parts = [
            f'COUNTIF({area.seen_from(self.sheet)},"{NOT_QUOTED}")>0'
            if area.several
            else f'{area.seen_from(self.sheet)}="{NOT_QUOTED}"'
            for area in self.unquoted_areas(key, unquoted)
        ]
        parts += [condition for each in keys if each not in unquoted and (condition := self.state(each))]
        parts = list(dict.fromkeys(parts))  # many items may be computed from one price that is not quoted
        return parts[0] if len(parts) == 1 else f"OR({','.join(parts)})" if parts else ""

    def unquoted_areas(self, key: Key, unquoted: Sequence[Key]) -> list[Area]:
        """Where to look for what is not quoted. A category's items stand below each other, so that one area holds all
        of them, however many there are."""
        cells = [self.plan.cells[each] for each in unquoted]
        if cells and key.name in self.plan.category_sheets:
            first, last = cells[0], cells[-1]
            return [Area(first.sheet, first.row, first.column, last.row, last.column)]
        return blocks(cells)


def _is_own(node: n.Reference, option: str | None) -> bool:
    """Whether a number is that of the option that a formula is printed for, whichever this is."""
    return option is not None and node.per_option and node.option is None


def factor_text(factor: Fraction) -> str:
    """A conversion's factor behind a number: `*12`, `/100`."""
    above = f"*{factor.numerator}" if factor.numerator != 1 else ""
    below = f"/{factor.denominator}" if factor.denominator != 1 else ""
    return above + below


def _strength(node: Node) -> int:
    match node:
        case n.Comparison():
            return _LOOSE
        case n.Arithmetic("+" | "-"):
            return _SUM
        case n.Arithmetic("*" | "/") | n.Convert():
            return _PRODUCT
        case n.Arithmetic():
            return _PRODUCT
        case _:
            return _TIGHT
