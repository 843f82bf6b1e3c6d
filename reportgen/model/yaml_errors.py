"""What libyaml says of text that is no YAML, put as the author of a model would say it."""

from __future__ import annotations

import re

import yaml

from reportgen.source import Source, Span

_TAB = ("tabs cannot indent", "indent with spaces")
_QUOTES = "text that begins with one of % @ ` * & ! [ ] { } needs quotes"
_MEANINGS = {
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "mapping values are not allowed in this context": (
        "a `:` that is not allowed here",
        "text that contains `: ` needs quotes; otherwise compare the indentation with the line above",
    ),
    "did not find expected key": (
        "a key was expected here",
        "compare the indentation with the lines above; nothing may follow a closing quote or bracket",
    ),
    "did not find expected ',' or '}'": (
        "a `,` or `}` was expected here",
        'inside { } a formula with brackets or commas needs quotes: "10 [kW] * price"',
    ),
    "did not find expected ',' or ']'": ("a `,` or `]` was expected here", "the list has to be closed with ]"),
    "did not find expected '-' indicator": ("a list entry was expected here", "a list and keys cannot be mixed"),
    "did not find expected node content": ("a value was expected here", _QUOTES),
    "did not find expected alphabetic or numeric character": ("a word was expected here", _QUOTES),
    "found unknown escape character": ("a `\\` that means nothing", "use single quotes, or write \\\\"),
    "did not find expected <document start>": ("`...` ended the document", "remove the line `...`"),
}


def explain(error: yaml.YAMLError, source: Source) -> tuple[str, Span, str]:
    """Message, place and hint."""
    if not isinstance(error, yaml.MarkedYAMLError):
        # libyaml counts the bytes before a character that it refuses; spans count characters.
        position = int(getattr(error, "position", 0) or 0)
        before = source.text.encode()[:position].decode(errors="ignore")
        at = min(len(before), max(len(source.text) - 1, 0))
        message = f"the character U+{ord(source.text[at]):04X} is not allowed" if source.text else str(error)
        return message, Span(at, at + 1), "delete it; it cannot be seen"
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(source.text)) if mark else 0
    if problem == "found unexpected end of stream" and error.context_mark:
        at = error.context_mark.index
        return "this quote is not closed", Span(at, at + 1), f"close it with {source.text[at : at + 1]}"
    elsewhere = _quote(source, at) or _apostrophe(source, at) or _unclosed(error, source, at)
    if problem == "found character that cannot start any token":
        message, span, hint = _no_start(source.text[at : at + 1], Span(at, at + 1))
        return message, span, elsewhere or hint
    if problem == "could not find expected ':'" and error.context_mark:
        at = error.context_mark.index
        return "no `:` follows this key", Span(at, at + 1), "a key is followed by `: `"
    if problem in _MEANINGS:
        message, hint = _MEANINGS[problem]
        return message, Span(at, at + 1), elsewhere or hint
    return " ".join(part for part in (problem, error.context) if part), Span(at, at + 1), ""


def _no_start(sign: str, span: Span) -> tuple[str, Span, str]:
    if sign == "\t":
        return *_TAB[:1], span, _TAB[1]
    return f"`{sign}` cannot begin a value", span, 'put it in quotes: "%"' if sign == "%" else _QUOTES


def _quote(source: Source, at: int) -> str:
    """A quote left open on a line above: it ends where the next text was meant to begin."""
    sign = source.text[at - 1 : at]
    if sign not in ('"', "'"):
        return ""
    opened, _ = source.position(source.text.rfind(sign, 0, at - 1))
    return (
        f"the text that ends here begins on line {opened}; close its quote there"
        if opened < source.position(at)[0]
        else ""
    )


def _apostrophe(source: Source, at: int) -> str:
    """A single-quoted text that an apostrophe of its own has ended."""
    line, column = source.position(at)
    if re.search(r"'[^']*'$", source.line(line)[: column - 1]) and source.text[at : at + 1].isalpha():
        return "an apostrophe inside single quotes is written twice: 'it''s'"
    return ""


def _unclosed(error: yaml.MarkedYAMLError, source: Source, at: int) -> str:
    """A bracket that was opened on a line above."""
    if error.context_mark is None or not (error.context or "").startswith("while parsing a flow"):
        return ""
    opened, _ = source.position(error.context_mark.index)
    if opened == source.position(at)[0]:
        return ""
    sign = source.text[error.context_mark.index]
    return f"the {sign} on line {opened} may not be closed, or a formula after it needs quotes"
