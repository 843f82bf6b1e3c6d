"""From a manuscript to Markdown in which each figure is one private character, and the figures beside it.

Every expression is tried on its own first, in every branch and for each turn of its loops, so that a mistake does not
wait for the day on which its branch is taken. Then the text is rendered as a reader gets it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import TracebackType

from jinja2 import TemplateError, nodes
from jinja2.visitor import NodeTransformer

from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import WRONG
from reportgen.narrative.filters import FUNCTIONS, Speech
from reportgen.narrative.language import FORBIDDEN, Narrative, Parsed, parse
from reportgen.narrative.manuscript import Manuscript
from reportgen.narrative.narrative_names import COLLECTIONS, Names
from reportgen.narrative.narrative_rules import Rules, expressions
from reportgen.narrative.printer import Printer
from reportgen.problems import Collector, Problem

MAX_OUTPUT = 400_000
"""Characters of Markdown that one manuscript may become."""

_FILE = "<narrative>"
_EACH = "_each_"
_KEYWORD = re.compile(r"[-+]?\s*(?:(?:if|elif)\s+)?")
"""What stands in a tag before its expression."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markdown, and what its private characters stand for, in their order."""

    text: str
    printed: tuple[str, ...]


def read_parsed(manuscript: Manuscript, problems: Collector) -> Parsed | None:
    """The manuscript's template. Reports RG852 and RG854."""
    found = parse(Narrative(Speech(Printer())), manuscript)
    if isinstance(found, Problem):
        problems.error(found.code, found.message, found.span, found.hint)
        return None
    return found


def render(parsed: Parsed, names: Names, printer: Printer, problems: Collector) -> Rendered | None:
    """The text with these numbers. Reports RG853 to RG857; None where there is nothing to show for it."""
    try:
        return _rendered(parsed, names, printer, problems)
    except RecursionError:
        problems.error(FORBIDDEN, "expressions or conditions stand too deep inside each other")
        return None


def _rendered(parsed: Parsed, names: Names, printer: Printer, problems: Collector) -> Rendered | None:
    rules = Rules(parsed, names, problems)
    rules.check()
    template = _prepared(parsed.template)
    values = {name: names.find(name) for name in _names_in(template) if name in names.known()}
    values |= {_EACH + name: names.elements(name) for name in COLLECTIONS}
    tried = _Run(parsed, Narrative(Speech(printer)), values, problems)
    if not tried.each(template, rules.refused) or rules.refused:
        return None
    speech = Speech(printer)
    run = _Run(parsed, Narrative(speech), values, problems)
    text = run.whole(template)
    for failed in speech.failed:
        _report_claim(parsed, names, failed, problems)
    return None if text is None else Rendered(text, tuple(run.environment.printed))


def _report_claim(parsed: Parsed, names: Names, failed: tuple[int, str, str], problems: Collector) -> None:
    """An error with the model's own numbers. Who tries other ones gets a report without the sentence, and a warning."""
    (offset, sentence, shown), scenario = failed, names.results.scenario
    span = parsed.manuscript.span(*parsed.tag_at(offset))
    quoted = f"“{' '.join(sentence.split())}”"
    compared = f"it compares {shown}; " if shown else ""
    if scenario.is_base and not names.model.overridden:
        hint = f"{compared}rewrite the sentence, or let a condition choose it"
        problems.error("RG856", f"this does not hold: {quoted}", span, hint)
        return
    where = scenario.where or "with these settings"
    hint = f"{compared}let a condition choose what is said instead"
    problems.warning("RG856", f"left out, as it does not hold {where}: {quoted}", span, hint)


@dataclass(frozen=True, slots=True)
class _Run:
    parsed: Parsed
    environment: Narrative
    values: dict[str, object]
    problems: Collector

    def each(self, template: nodes.Template, refused: Collection[tuple[int, int]]) -> bool:
        """Try every expression but for those in tags that are refused; False where one is a mistake, with whatever
        numbers."""
        found = True
        for expression, is_printed, loops in expressions(template.body):
            assert isinstance(expression, nodes.Expr)
            if any(self.parsed.tag_at(each.lineno) in refused for each in (expression, *loops)):
                continue
            shown = expression if is_printed else nodes.CondExpr(expression, nodes.Const(""), nodes.Const(""))
            body: list[nodes.Node] = [nodes.Output([shown], lineno=expression.lineno)]
            for loop in reversed(loops):
                body = [nodes.For(loop.target, loop.iter, body, [], None, False, lineno=loop.lineno)]
            try:
                self.run(nodes.Template(body, lineno=1))
            except NarrativeError as refusal:
                found = found and refusal.by_value
                if not refusal.by_value:
                    self.report(refusal, self.parsed.tag_at(expression.lineno))
            except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
                found = False
                self.report(_unexpected(error), self.parsed.tag_at(expression.lineno))
        return found

    def whole(self, template: nodes.Template) -> str | None:
        """The text that a reader gets. Reports what depends on the numbers, the first of it."""
        try:
            return self.run(template)
        except NarrativeError as refusal:
            self.report(refusal, self.parsed.tag_at(_place(refusal.__traceback__, self.environment.lines)))
        return None

    def run(self, template: nodes.Template) -> str:
        template.set_environment(self.environment)
        code = self.environment.compile(template, filename=_FILE)
        compiled = self.environment.template_class.from_code(
            self.environment, code, self.environment.make_globals(None)
        )
        self.environment.lines = compiled.debug_info
        parts, length = [], 0
        for part in compiled.root_render_func(compiled.new_context(self.values)):
            length += len(part)
            if length > MAX_OUTPUT:
                raise NarrativeError(
                    FORBIDDEN, f"the text becomes longer than {MAX_OUTPUT:,} characters", by_value=True
                )
            parts.append(part)
        return "".join(parts)

    def report(self, refusal: NarrativeError, place: tuple[int, int]) -> None:
        text = self.parsed.manuscript.text[slice(*place)]
        keyword = _KEYWORD.match(text)
        start = place[0] + (keyword.end() if keyword else 0)
        span = self.parsed.manuscript.span(start, max(start + 1, place[0] + len(text.rstrip("-+ \n\t"))))
        self.problems.error(refusal.code, refusal.message, span, refusal.hint)


def _unexpected(error: Exception) -> NarrativeError:
    """What Jinja or Python refuses by itself: an argument too many, an order of things that have none."""
    text = str(error).split("\n")[0]
    return NarrativeError(WRONG, f"this cannot be computed: {text}", "compare figures with figures of the same kind")


def _place(trace: TracebackType | None, lines: list[tuple[int, int]]) -> int:
    """Which character of the text the compiled template was at when it was refused."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return next((place for place, compiled in reversed(lines) if compiled <= line), 0)


class _Prepare(NodeTransformer):
    """Claims learn where they stand, `~` says figures as they are printed, and loops go over collections, whatever else
    of the model has their names."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        if isinstance(node.iter, nodes.Name):
            node.iter = nodes.Name(_EACH + node.iter.name, "load", lineno=node.iter.lineno)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name == "claim":
            node.kwargs.append(nodes.Keyword("at", nodes.Const(node.lineno), lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        self.generic_visit(node)
        joined = nodes.Name("_joined", "load", lineno=node.lineno)
        return nodes.Call(joined, node.nodes, [], None, None, lineno=node.lineno)


def _prepared(template: nodes.Template) -> nodes.Template:
    found = _Prepare().visit(template)
    assert isinstance(found, nodes.Template)
    return found


def _names_in(template: nodes.Template) -> Iterator[str]:
    bound = {each.target.name for each in template.find_all(nodes.For) if isinstance(each.target, nodes.Name)}
    used = {each.name for each in template.find_all(nodes.Name) if each.ctx == "load"}
    yield from sorted(used - bound - {*FUNCTIONS})
