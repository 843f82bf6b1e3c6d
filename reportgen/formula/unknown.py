"""Names that a formula cannot use: which problem that is, and what was probably meant."""

from __future__ import annotations

from reportgen.formula.functions import NAMES
from reportgen.formula.nodes import Method
from reportgen.formula.scope import Scope
from reportgen.formula.syntax import Name
from reportgen.problems import suggestion
from reportgen.source import Span

NarrativeError = tuple[str, str, Span, str]
"""Code, message, place and hint."""


def unknown_part(owner: str, last: str, span: Span, scope: Scope) -> NarrativeError:
    """`owner` is known, `owner.last` is not."""
    items = [each.name for each in scope.quantities() if each.name.startswith(f"{owner}.")]
    known = (*scope.options, *(name.rpartition(".")[2] for name in items))
    hint = suggestion(last, known) or f"the options are {', '.join(scope.options)}"
    return "RG302", f"`{owner}` has no option or item `{last}`", span, hint


def unknown_name(syntax: Name, scope: Scope) -> NarrativeError | None:
    """A name that is no number's; None where it is defined in a way that is reported elsewhere."""
    text, first, last = str(syntax), syntax.parts[0], syntax.parts[-1]
    table = scope.table(first)
    if table is not None:
        use = f"charge({first}, usage)" if table.method is Method.GRADUATED else f"lookup({first}, x)"
        return "RG305", f"`{first}` is a table, not a number", syntax.span, f"use {use}"
    if text in NAMES:
        return "RG301", f"`{text}` is a function", syntax.span, f"call it: {text}(…)"
    if first in scope.options:
        owner = ".".join(syntax.parts[1:])
        name = owner or next((each.name for each in scope.quantities() if each.per_option), "name")
        hint = f"the option comes after a name: {name}.{first}"
        return "RG305", f"`{first}` is an option, not a number", syntax.span, hint
    if scope.is_unread(first):
        return None
    if text == "horizon":
        hint = "declare it at the top of the model: `horizon: 3 year`"
        return "RG302", "the model has no `horizon`", syntax.span, hint
    names = [each.name for each in scope.quantities()]
    meant = next((name for name in names if name == last or name.endswith(f".{text}")), "")
    hint = f"did you mean `{meant}`?" if meant else suggestion(text, names)
    return "RG302", f"unknown name `{text}`", syntax.span, hint
