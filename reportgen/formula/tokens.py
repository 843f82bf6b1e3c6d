"""Cut the text of a formula into tokens that know where they stand in the model file."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportgen.source import Span

MAX_TOKENS = 500

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)? | \.\d[\d_]*(?:[eE][-+]?\d+)?)
      | (?P<name>[A-Za-z_]\w*(?:\.(?:[A-Za-z_]\w*|\*))*)
      | (?P<unit>\[[^\]\r\n]*\])
      | (?P<sign><=|>=|==|!=|<>|\*\*|&&|\|\||[-+*/^()<>,%=!&|?:;])""",
    re.VERBOSE | re.ASCII,
)
KEYWORDS = frozenset(("and", "or", "not"))


class FormulaError(Exception):
    """A formula that cannot be read; `hint` may be empty; `unfinished`: more text could have made it one."""

    def __init__(
        self, message: str, span: Span, hint: str = "", code: str = "RG301", *, unfinished: bool = False
    ) -> None:
        super().__init__(message)
        self.message, self.span, self.hint, self.code, self.unfinished = message, span, hint, code, unfinished


class Token(NamedTuple):
    """`kind` is number, name, unit, sign or end; keywords are signs."""

    kind: str
    text: str
    span: Span


_HINTS = {
    "'": "names are written without quotes",
    '"': "there is no text in formulas",
    "×": "multiply with *",
    "·": "multiply with *",
    "÷": "divide with /",
    "−": "subtract with the plain hyphen -",
    "–": "subtract with the plain hyphen -",
    "²": "a power is written ^2",
    "³": "a power is written ^3",
    "≤": "write <=",
    "≥": "write >=",
    "€": "units stand in brackets after a number: 10 [EUR]",
    "$": "units stand in brackets after a number: 10 [USD]",
    "{": "braces have no meaning in formulas; use ( )",
    "#": "there are no comments in formulas; a `note` holds what there is to say",
    "\\": "names and signs are written without escapes",
    "[": "a unit's bracket is not closed on its line: 10 [kW]",
    "]": "a unit stands in brackets after a number: 10 [kW]",
}


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Tokens of `text[start:end]`, closed by one of kind end. Raises FormulaError."""
    tokens: list[Token] = []
    at = start
    while at < end:
        match = _TOKEN.match(text, at, end)
        if match is None:
            raise _strange(text[at], Span(at, at + 1))
        kind = match.lastgroup or ""
        if kind != "space":
            word = match.group()
            tokens.append(Token("sign" if word in KEYWORDS else kind, word, Span(at, match.end())))
            if len(tokens) > MAX_TOKENS:
                raise FormulaError(
                    f"longer than {MAX_TOKENS} names, numbers and signs",
                    Span(at, match.end()),
                    "split it into calculations with names of their own",
                    "RG307",
                )
        at = match.end()
    return [*tokens, Token("end", "", Span(end, end))]


def _strange(sign: str, span: Span) -> FormulaError:
    if not sign.isprintable():
        hint = "write a plain space" if sign.isspace() else "delete it; it cannot be seen"
        return FormulaError(f"the character U+{ord(sign):04X} has no meaning in a formula", span, hint)
    letters = "names are made of the letters a to z, digits and _" if sign.isalpha() else ""
    return FormulaError(f"`{sign}` has no meaning in a formula", span, _HINTS.get(sign, letters))
