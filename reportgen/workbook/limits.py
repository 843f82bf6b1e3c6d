"""What Excel cannot hold or would cut silently, found before anything is written.

Source: Microsoft, "Excel specifications and limits" and "Rename a worksheet".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from reportgen.compute.states import divisors
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.model import CostStatus, InputValue, Model
from reportgen.problems import ModelError, Problem
from reportgen.source import Span
from reportgen.workbook.address import Address
from reportgen.workbook.plan import FIXED_SHEETS, Plan
from reportgen.workbook.text import NUMBERED_SIGN, units

if TYPE_CHECKING:
    from reportgen.workbook.grid import Grid

MAX_SHEET_NAME = 31
FORBIDDEN = "[]:*?/\\!"
"""Excel allows `!`, but IronCalc loads no book where formulas of a sheet with such a name refer to other sheets."""
MAX_FORMULA = 8_192
MAX_TEXT = 32_767
MAX_LEVELS = 64
LONG_FORMULA = 150
"""What an author writes in fewer characters stays within a cell, whatever its names become, if nothing repeats."""

MAX_ROWS = 1_048_576


def check_limits(plan: Plan) -> tuple[Problem, ...]:
    """Problems RG602 of a model whose workbook could not be written as it is."""
    return (*_sheet_names(plan), *_rows(plan), *_formulas(plan))


def _sheet_names(plan: Plan) -> Iterator[Problem]:
    source = plan.model.source
    taken = {name.casefold(): "a sheet of every workbook" for name in (*FIXED_SHEETS, "History")}
    for category in plan.model.categories:
        name = category.sheet
        wrong = next((sign for sign in name if sign in FORBIDDEN), "")
        message = ""
        if units(name) > MAX_SHEET_NAME:
            message = f"`{name}` has {_counted(name)}; a sheet's name has {MAX_SHEET_NAME} at most"
        elif wrong:
            message = f"a sheet's name cannot hold `{wrong}`: `{name}`"
        elif number := NUMBERED_SIGN.search(name):
            read_as = name[number.start() : number.end() + 5]
            message = f"a sheet's name cannot hold `{read_as}`, which some programs read as a character: `{name}`"
        elif name.startswith("'") or name.endswith("'"):
            message = f"a sheet's name cannot begin or end with an apostrophe: {name}"
        elif name.casefold() in taken:
            message = f"the sheet name `{name}` is taken by {taken[name.casefold()]}"
        if message:
            hint = f"give category `{category.quantity.name}` a short name for its sheet: `sheet: …`"
            yield Problem("RG602", message, source, category.sheet_span, hint)
        taken.setdefault(name.casefold(), f"category `{category.quantity.name}`")


def _counted(text: str) -> str:
    """How long Excel takes a text to be."""
    count = units(text)
    return f"{count} characters" + (" as Excel counts them (an emoji is two or more)" if count > len(text) else "")


def check_texts(model: Model, grids: Iterable[Grid]) -> None:
    """Raises ModelError RG602 where a cell would hold more text than it can: texts of many entries stand in one."""
    for grid in grids:
        for at, cell in grid.cells.items():
            if isinstance(cell.content, str) and units(cell.content) > MAX_TEXT:
                place = Address(grid.name, *at)
                message = f"cell {place} would hold {units(cell.content):,} characters; a cell holds {MAX_TEXT:,}"
                hint = "shorten the texts that come together there, or name fewer sources"
                raise ModelError([Problem("RG602", message, model.source, None, hint)])


def _rows(plan: Plan) -> Iterator[Problem]:
    rows = max((sheet[-1].number for sheet in plan.rows.values() if sheet), default=0)
    if rows > MAX_ROWS:
        yield Problem("RG602", f"{rows:,} rows on one sheet; a workbook holds {MAX_ROWS:,}", plan.model.source)


def _formulas(plan: Plan) -> Iterator[Problem]:
    for key, definition in plan.model.definitions.items():
        if isinstance(definition, InputValue | CostStatus):
            continue
        short = len(plan.model.formulas.get(key, "")) <= LONG_FORMULA
        guarded = plan.model.unquoted and any(divisors(definition))
        if (
            short
            and not guarded
            and not any(max(_copies(each, plan.model), default=1) > 1 for each in n.walk(definition))
        ):
            continue
        text = partial(_printed, plan, key)
        yield from beyond_a_cell(plan, str(key), definition, text, plan.model.quantities[key.name].span)


def _printed(plan: Plan, key: Key) -> str:
    from reportgen.workbook.translate import Translator  # few models have a formula that it takes to know

    return "=" + Translator(plan).definition(key).text(plan.cells[key].sheet)


def beyond_a_cell(plan: Plan, name: str, tree: Node, text: Callable[[], str], span: Span) -> Iterator[Problem]:
    """The problem of a tree whose formula no cell holds. `text` prints it, which may be too long to be done at all."""
    message = ""
    if _least_length(tree, plan.model) > MAX_FORMULA:
        message = f"`{name}` becomes a formula of more than {MAX_FORMULA:,} characters; a cell holds no more"
    elif len(formula := text()) > MAX_FORMULA:
        message = f"`{name}` becomes a formula of {len(formula):,} characters; a cell holds {MAX_FORMULA:,}"
    elif (deepest := levels(formula)) > MAX_LEVELS:
        message = f"`{name}` becomes a formula nested {deepest} levels deep; a cell holds {MAX_LEVELS}"
    if message:
        hint = "split it into calculations with names of their own"
        yield Problem("RG602", message, plan.model.source, span, hint)


def _copies(node: Node, model: Model) -> tuple[int, ...]:
    """How often the node's formula holds each of the formulas below it."""
    if isinstance(node, n.Guard) and node.excess is n.Excess.DEDUCTION:
        return (2, 2)
    if isinstance(node, n.Apply) and node.function is n.Function.PAYMENT:
        return (4, 3, 1)
    if isinstance(node, n.Lookup):
        table, *others = model.tables_of(node)
        graduated = 4 if any(len(each.rows) > 1 for each in (table, *others)) else 2
        return ({n.Method.STEP: 1, n.Method.LINEAR: 3, n.Method.GRADUATED: graduated}[table.method],)
    return (1,) * len(n.children(node))


def _least_length(node: Node, model: Model) -> int:
    """What a formula has at the very least: nested deeply, repetition makes it too long to be written at all."""
    pairs = zip(_copies(node, model), n.children(node), strict=True)
    return 1 + sum(copies * _least_length(each, model) for copies, each in pairs)


def levels(formula: str) -> int:
    """How deep brackets stand in each other; a chain of `and` becomes as many nested IF."""
    depth = deepest = 0
    for sign in formula:
        if sign == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == ")":
            depth -= 1
    return deepest
