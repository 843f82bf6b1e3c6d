"""What a template of the narrative may contain, looked at before anything of it runs.

Everything that could run long, grow large or reach further is left out of the language, and every name is looked up
wherever it stands, also in a branch that is not taken with today's numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from jinja2 import nodes

from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.filters import FILTERS, FUNCTIONS
from reportgen.narrative.language import FORBIDDEN, Parsed
from reportgen.narrative.narrative_names import COLLECTIONS, Names, part_of
from reportgen.narrative.typed import MESSAGE, TYPED, hint_for, typed_figures
from reportgen.problems import Collector, suggestion

Bound = dict[str, tuple[object, ...]]
"""The variables of loops, each with everything it may stand for."""

Tried = tuple[nodes.Node, bool, tuple[nodes.For, ...]]
"""An expression, whether it is printed, and the loops that it stands in."""

MAX_NESTED, MAX_LOOPS, MAX_NUMBER = 10, 2, 1e15
_ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Getattr, nodes.Filter, nodes.Call,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.Add, nodes.Sub, nodes.Mul,
    nodes.Div, nodes.Neg, nodes.CondExpr, nodes.Concat, nodes.Keyword,
)  # fmt: skip
_CALLED: dict[type[nodes.Node], str] = {
    nodes.Macro: "macros",
    nodes.CallBlock: "`call`",
    nodes.Include: "`include`",
    nodes.Import: "`import`",
    nodes.FromImport: "`import`",
    nodes.Extends: "`extends`",
    nodes.Block: "`block`",
    nodes.FilterBlock: "filter blocks",
    nodes.Assign: "`set`",
    nodes.AssignBlock: "`set`",
    nodes.With: "`with`",
    nodes.Getitem: "square brackets",
    nodes.Slice: "square brackets",
    nodes.List: "lists",
    nodes.Tuple: "lists",
    nodes.Dict: "dictionaries",
    nodes.Pow: "`**`",
    nodes.Mod: "`%`",
    nodes.FloorDiv: "`//`",
    nodes.Test: "`is`",
    nodes.Scope: "`autoescape`",
}
_ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg)


class Rules:
    """Walks one template and reports RG853, RG854 and RG857."""

    def __init__(self, parsed: Parsed, names: Names, problems: Collector) -> None:
        self.parsed = parsed
        self.names = names
        self.problems = problems
        self.refused: set[tuple[int, int]] = set()

    def error(self, code: str, message: str, start: int, end: int, hint: str = "") -> None:
        """`refused` are the tags that nothing of may run."""
        if code != TYPED:
            self.refused.add(self.parsed.tag_at(start))
        self.problems.error(code, message, self.parsed.manuscript.span(start, end), hint)

    def check(self) -> None:
        if any(piece.kind == "raw_begin" for piece in self.parsed.pieces):
            start = next(piece.start for piece in self.parsed.pieces if piece.kind == "raw_begin")
            self.error(FORBIDDEN, "`raw` is not used in narrative", start, start + 2, 'use literal("…")')
            return
        self.walk(self.parsed.template.body, {}, 0)

    def walk(self, body: list[nodes.Node], bound: Bound, depth: int) -> None:
        for node in body:
            if depth > MAX_NESTED:
                self.forbid(node, f"conditions stand more than {MAX_NESTED} deep inside each other")
            elif isinstance(node, nodes.If):
                self.expression(node.test, bound, compared=True)  # type: ignore[arg-type]
                self.walk([*node.body, *node.elif_, *node.else_], bound, depth + 1)
            elif isinstance(node, nodes.For):
                self.loop(node, bound, depth)
            elif isinstance(node, nodes.Output):
                for each in node.nodes:
                    if not isinstance(each, nodes.TemplateData):
                        self.expression(each, bound)
            else:
                self.unknown(node)

    def loop(self, node: nodes.For, bound: Bound, depth: int) -> None:
        allowed = ", ".join(COLLECTIONS)
        if not isinstance(node.iter, nodes.Name) or node.iter.name not in COLLECTIONS:
            hint = f"for example {{% for each in options %}}; there are {allowed}"
            self.forbid(node.iter, f"loops go over {allowed} only", hint)
        elif not isinstance(node.target, nodes.Name) or node.test or node.recursive or node.else_:
            self.forbid(node, "a loop has one variable and nothing else", "put an {% if %} inside it")
        elif node.target.name in (*self.names.known(), *FUNCTIONS, "loop"):
            self.forbid(node.target, f"`{node.target.name}` means something else already", "call it `each`")
        elif len(bound) >= MAX_LOOPS:
            self.forbid(node, f"loops stand more than {MAX_LOOPS} deep inside each other")
        else:
            inner = {**bound, node.target.name: self.names.elements(node.iter.name)}
            self.walk(node.body, inner, depth + 1)

    def expression(self, node: nodes.Expr, bound: Bound, *, compared: bool = False, sums: bool = False) -> None:
        """`compared`: inside a condition, where numbers are thresholds; `sums`: inside arithmetic."""
        match node:
            case nodes.Name() | nodes.Getattr():
                self.found(node, bound)
            case nodes.Const():
                self.constant(node, compared=compared, sums=sums)
            case nodes.Filter(node=inner, name=name):
                if name not in FILTERS:
                    hint = suggestion(name, FILTERS) or f"the filters are {', '.join(FILTERS)}"
                    self.error("RG853", f"there is no filter `{name}`", node.lineno, node.lineno + len(name), hint)
                self.arguments(node)
                if inner is not None:
                    self.expression(inner, bound, compared=compared, sums=sums)
            case nodes.Call():
                self.call(node, bound, compared=compared)
            case nodes.Compare():
                if any(operand.op in ("in", "notin") for operand in node.ops):
                    self.forbid(node, "`in` is not used in narrative", "compare with <, <=, > or >=")
                for each in (node.expr, *(operand.expr for operand in node.ops)):
                    self.expression(each, bound, compared=True)
            case _ if isinstance(node, _ALLOWED):
                inside = sums or isinstance(node, _ARITHMETIC)
                for child in node.iter_child_nodes():
                    assert isinstance(child, nodes.Expr)
                    self.expression(child, bound, compared=compared, sums=inside)
            case _:
                self.unknown(node)

    def found(self, node: nodes.Name | nodes.Getattr, bound: Bound) -> tuple[object, ...]:
        """Everything that a name may stand for; nothing where that is reported or depends on the numbers."""
        if isinstance(node, nodes.Name):
            if node.name in bound:
                return bound[node.name]
            return self.looked_up(lambda: self.names.find(node.name), node.lineno, len(node.name))
        if not isinstance(node.node, nodes.Name | nodes.Getattr):
            self.forbid(node, "a dot stands after a name only")
            return ()
        start = self.parsed.manuscript.text.find(node.attr, node.lineno)
        owners = self.found(node.node, bound)
        each = [self.looked_up(lambda o=owner: part_of(o, node.attr), start, len(node.attr)) for owner in owners]
        return tuple(found for some in each for found in some)

    def looked_up(self, find: object, start: int, length: int) -> tuple[object, ...]:
        assert callable(find)
        try:
            return (find(),)
        except NarrativeError as refusal:
            if not refusal.by_value:
                self.error(refusal.code, refusal.message, start, start + length, refusal.hint)
            return ()

    def constant(self, node: nodes.Const, *, compared: bool, sums: bool) -> None:
        value = node.value
        if isinstance(value, str) and sums:
            self.forbid(node, "arithmetic takes figures, not text")
        elif isinstance(value, str):
            self.spelt(value, node.lineno)
        elif isinstance(value, bool) or value is None:
            return
        elif not math.isfinite(value) or abs(value) > MAX_NUMBER:
            self.forbid(node, "a number is larger than any that can be computed with")
        elif not compared and value not in (0, 1):
            written = self.digits_at(node.lineno)
            hint = "take it from the model; to tell a quantity in another unit, use to(…)"
            self.error(TYPED, MESSAGE.format(written), node.lineno, node.lineno + len(written), hint)

    def spelt(self, text: str, start: int) -> None:
        """Text in quotes is printed as it is, so that its digits are looked at as those of the narrative are."""
        for found in typed_figures(text):
            place = self.parsed.manuscript.text.find(found.group(), start)
            self.error(TYPED, MESSAGE.format(found.group()), place, place + len(found.group()), hint_for(found.group()))

    def digits_at(self, start: int) -> str:
        text = self.parsed.manuscript.text
        end = start
        while end < len(text) and (text[end].isalnum() or text[end] in "._"):
            end += 1
        return text[start:end]

    def call(self, node: nodes.Call, bound: Bound, *, compared: bool) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in FUNCTIONS:
            what = f"there is no function `{name}`" if name else "only functions are called"
            hint = suggestion(name, FUNCTIONS) or f"the functions are {', '.join(FUNCTIONS)}"
            self.error("RG853", what, *self.parsed.tag_at(node.lineno), hint)
            return
        if node.dyn_args or node.dyn_kwargs:
            self.forbid(node, "`*` before an argument is not used in narrative")
        if name == "literal":
            self.plain(node.args)
        elif name == "measure":
            if not compared:
                self.forbid(node, "`measure` gives a threshold to compare with", "figures come from the model")
            self.plain(node.args)
        else:
            if len(node.args) != 2:
                self.forbid(node, f"`{name}` takes a sentence and a condition", 'for example claim("It pays.", a < b)')
            for at, each in enumerate(node.args):
                self.expression(each, bound, compared=at > 0)
        for keyword in node.kwargs:
            self.forbid(keyword.value, f"`{name}` has no `{keyword.key}`")

    def arguments(self, node: nodes.Filter) -> None:
        """How a filter prints: numbers and texts as they are."""
        self.plain([*node.args, *(each.value for each in node.kwargs)])
        if node.dyn_args or node.dyn_kwargs:
            self.forbid(node, "`*` before an argument is not used in narrative")

    def plain(self, arguments: list[nodes.Expr]) -> None:
        for each in arguments:
            value = each.node if isinstance(each, nodes.Neg) else each
            if not isinstance(value, nodes.Const):
                self.forbid(each, "only a number or a text in quotes stands here")

    def unknown(self, node: nodes.Node) -> None:
        what = next((what for kind, what in _CALLED.items() if isinstance(node, kind)), f"`{type(node).__name__}`")
        self.forbid(node, f"{what} {'are' if what.endswith('s') else 'is'} not used in narrative")

    def forbid(self, node: nodes.Node, message: str, hint: str = "") -> None:
        self.error(FORBIDDEN, message, *self.parsed.tag_at(_place(node)), hint)


def _place(node: nodes.Node) -> int:
    """Where a node stands; one that Jinja makes around others has the place of its first part."""
    place: int | None = node.lineno
    return _place(next(node.iter_child_nodes())) if place is None else place


def expressions(body: Sequence[nodes.Node], loops: tuple[nodes.For, ...] = ()) -> Iterator[Tried]:
    """Every expression of every branch."""
    for node in body:
        match node:
            case nodes.If():
                yield node.test, False, loops
                yield from expressions([*node.body, *node.elif_, *node.else_], loops)
            case nodes.For():
                yield from expressions(node.body, (*loops, node))
            case nodes.Output():
                yield from ((each, True, loops) for each in node.nodes if not isinstance(each, nodes.TemplateData))
            case _:
                pass
