"""The formula parser: top-down operator precedence (Pratt 1973).

    formula    = or
    or         = and { "or" and }
    and        = not { "and" not }
    not        = "not" not | comparison
    comparison = sum [ ("<" | "<=" | ">" | ">=") sum ]        not chained
    sum        = product { ("+" | "-") product }
    product    = sign { ("*" | "/") sign }
    sign       = ("-" | "+") sign | power
    power      = operand [ "^" sign ]                         not chained: 2^3^2 is 64 or 512, by program
    operand    = number [ "%" | "[" unit "]" ] | name | name "(" [ formula { "," formula } ] ")" | "(" formula ")"
    name       = word { "." word } [ ".*" ]

There is no equality: two computed numbers are hardly ever exactly equal.
"""

from __future__ import annotations

from reportgen.formula.numbers import is_usable, limit_hint
from reportgen.formula.syntax import Binary, Call, Name, Number, Syntax, Unary
from reportgen.formula.tokens import FormulaError, Token, tokenize
from reportgen.source import Span

MAX_DEPTH = 32

_COMPARISONS = ("<", "<=", ">", ">=")
_BINDING = {
    "or": 10,
    "and": 20,
    **dict.fromkeys(_COMPARISONS, 40),
    **dict.fromkeys(("+", "-"), 50),
    **dict.fromkeys(("*", "/"), 60),
    "^": 80,
}
_NOT_BINDING, _SIGN_BINDING = 30, 70
_SIGN_HINTS = {
    "=": "there is no equality in formulas: compare with <, <=, > or >=",
    "==": "there is no equality in formulas: compare with <, <=, > or >=",
    "!=": "there is no equality in formulas: compare with <, <=, > or >=",
    "<>": "there is no equality in formulas: compare with <, <=, > or >=",
    "**": "a power is written ^",
    "&&": "write and",
    "&": "write and",
    "||": "write or",
    "|": "write or",
    "!": "write not",
    "?": "write if(condition, then, else)",
    ":": "write if(condition, then, else)",
    ";": "arguments are separated by commas",
    ",": "a number's decimals take a point and its thousands `_`: 1_000.5",
}


def parse_formula(text: str, start: int = 0, end: int | None = None) -> Syntax:
    """Read the formula `text[start:end]`; spans count from the beginning of `text`. Raises FormulaError."""
    parser = _Parser(tokenize(text, start, len(text) if end is None else end))
    tree = parser.expression(0, 0)
    parser.expect_end()
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.bracketed: Syntax | None = None
        """The tree that was read last between brackets of its own."""

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def next_is(self, text: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text == text

    def expect_end(self) -> None:
        token = self.tokens[self.at]
        if token.kind == "end":
            return
        hint = _SIGN_HINTS.get(token.text, "")
        if token.text == ")":
            hint = "there is no open bracket to close"
        elif token.kind in ("number", "name") or token.text == "(":
            hint = "an operator such as * is missing before it"
        elif token.kind == "unit":
            hint = "a unit in brackets follows a number: 10 [kW]"
        raise FormulaError(f"`{token.text}` is not expected here", token.span, hint)

    def expression(self, binding: int, depth: int) -> Syntax:
        """Everything from here that binds tighter than `binding`."""
        if depth > MAX_DEPTH:
            raise FormulaError(
                f"nested more than {MAX_DEPTH} levels deep",
                self.tokens[self.at].span,
                "split it into calculations with names of their own",
                "RG307",
            )
        left = self.prefix(depth)
        while self.tokens[self.at].kind == "sign":
            operator = self.tokens[self.at]
            strength = _BINDING.get(operator.text, -1)
            if strength <= binding:
                break
            self.take()
            self.refuse_chain(operator, left)
            right = self.expression(strength, depth + 1)
            self.refuse_power_of_power(operator, right)
            left = Binary(operator.text, left, right, operator.span, Span(left.span.start, right.span.end))
        return left

    def refuse_chain(self, operator: Token, left: Syntax) -> None:
        """`2^3^2` is 64 in a spreadsheet and 512 in Python; `a < b < c` means something else in each."""
        if not isinstance(left, Binary) or left is self.bracketed:
            return
        if operator.text in _COMPARISONS and left.operator in _COMPARISONS:
            raise FormulaError("comparisons cannot be chained", operator.span, "write a < b and b < c")
        if operator.text == "^" and left.operator == "^":
            raise FormulaError("powers cannot be chained", operator.span, "use brackets: (a^b)^c")

    def refuse_power_of_power(self, operator: Token, right: Syntax) -> None:
        while isinstance(right, Unary) and right is not self.bracketed:
            right = right.operand
        if operator.text != "^" or right is self.bracketed:
            return
        if isinstance(right, Binary) and right.operator == "^":
            raise FormulaError("powers cannot be chained", right.operator_span, "use brackets: a^(-(b^c))")

    def prefix(self, depth: int) -> Syntax:
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return self.name_or_call(token, depth)
        if token.text == "(":
            inner = self.expression(0, depth + 1)
            self.close(token)
            self.bracketed = inner
            return inner
        if token.text in ("-", "+", "not"):
            operand = self.expression(_NOT_BINDING - 1 if token.text == "not" else _SIGN_BINDING - 1, depth + 1)
            if token.text == "+":
                return operand
            return Unary(token.text, operand, Span(token.span.start, operand.span.end))
        if token.kind == "end" and len(self.tokens) == 1:
            raise FormulaError("the formula is empty", _just_before(token.span), unfinished=True)
        if token.kind == "end":
            message = "the formula ends where a number or a name should follow"
            raise FormulaError(message, self.tokens[-2].span, unfinished=True)
        hint = _SIGN_HINTS.get(token.text, "") if token.text != "," else ""
        raise FormulaError(f"`{token.text}` is not allowed here: a number or a name should", token.span, hint)

    def close(self, opened: Token) -> Token:
        token = self.take()
        if token.kind == "sign" and token.text == ")":
            return token
        if token.kind == "end":
            raise FormulaError("this bracket is not closed", opened.span, "add )", unfinished=True)
        self.at -= 1
        self.expect_end()
        raise AssertionError("expect_end raises")

    def number(self, token: Token) -> Syntax:
        if token.text.endswith("_") or "__" in token.text or "_." in token.text or "._" in token.text:
            raise FormulaError(f"`{token.text}` is not a number", token.span, "`_` stands between digits: 50_000")
        value = float(token.text.replace("_", ""))
        if not is_usable(value):
            what = "too large" if abs(value) > 1 else "too near to 0"
            raise FormulaError(f"this number is {what}", token.span, limit_hint(value))
        follower = self.tokens[self.at]
        if follower.kind == "unit":
            self.take()
            inside = Span(follower.span.start + 1, follower.span.end - 1)
            return Number(value, follower.text[1:-1], inside, Span(token.span.start, follower.span.end))
        if self.next_is("%"):
            self.take()
            return Number(value, "%", follower.span, Span(token.span.start, follower.span.end))
        return Number(value, None, None, token.span)

    def name_or_call(self, token: Token, depth: int) -> Syntax:
        if not self.next_is("("):
            return Name(tuple(token.text.split(".")), token.span)
        opened = self.take()
        arguments: list[Syntax] = []
        if not self.next_is(")"):
            arguments.append(self.expression(0, depth + 1))
            while self.next_is(","):
                self.take()
                arguments.append(self.expression(0, depth + 1))
        closed = self.close(opened)
        return Call(token.text, tuple(arguments), token.span, Span(token.span.start, closed.span.end))


def _just_before(span: Span) -> Span:
    return Span(max(0, span.start - 1), max(1, span.start))
