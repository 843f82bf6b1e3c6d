"""The grammar: what binds how, where each part stands, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.formula.parser import MAX_DEPTH, parse_formula
from reportgen.formula.syntax import Binary, Call, Number, Syntax, Unary
from reportgen.formula.tokens import MAX_TOKENS, FormulaError
from tests.formula.trees import depth, printed, trees


def bracketed(tree: Syntax) -> str:
    """The tree with a pair of brackets around every operation."""
    match tree:
        case Number(value, unit):
            return f"{value:g}" + (f"[{unit}]" if unit else "")
        case Unary(operator, operand):
            return f"({operator} {bracketed(operand)})"
        case Binary(operator, left, right):
            return f"({bracketed(left)} {operator} {bracketed(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(bracketed, arguments))})"
        case _:
            return str(tree)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a * b + c", "((a * b) + c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("a / b * c", "((a / b) * c)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("-a ^ b", "(- (a ^ b))"),
        ("(-a) ^ b", "((- a) ^ b)"),
        ("a ^ -b", "(a ^ (- b))"),
        ("a ^ -(b ^ c)", "(a ^ (- (b ^ c)))"),
        ("(a ^ b) ^ c", "((a ^ b) ^ c)"),
        ("a ^ (b ^ c)", "(a ^ (b ^ c))"),
        ("a ^ b * c", "((a ^ b) * c)"),
        ("-a * b", "((- a) * b)"),
        ("a * -b", "(a * (- b))"),
        ("a - -b", "(a - (- b))"),
        ("--a", "(- (- a))"),
        ("+a - +b", "(a - b)"),
        ("a + b < c * d", "((a + b) < (c * d))"),
        ("a < b and c >= d", "((a < b) and (c >= d))"),
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a < b", "(not (a < b))"),
        ("not a and b", "((not a) and b)"),
        ("not not a", "(not (not a))"),
        ("a and not b", "(a and (not b))"),
        ("5% * a", "(5[%] * a)"),
        ("10 [kW] / 2", "(10[kW] / 2)"),
        ("1_000.5 + .5 + 2e3", "((1000.5 + 0.5) + 2000)"),
        ("min(a, b + 1, c.*)", "min(a, (b + 1), c.*)"),
        ("f()", "f()"),
        ("if(a > 0, b, c) * 2", "(if((a > 0), b, c) * 2)"),
        ("a\r\n\t+ b", "(a + b)"),
        ("android + notes + orders", "((android + notes) + orders)"),
    ],
)
def test_what_binds_how(text: str, meaning: str) -> None:
    assert bracketed(parse_formula(text)) == meaning


@given(trees)
def test_a_tree_printed_with_all_brackets_is_read_as_the_same_tree(tree: Syntax) -> None:
    text = printed(tree)
    assume(depth(tree) < MAX_DEPTH and len(text) < MAX_TOKENS)
    assert parse_formula(text) == tree


@given(trees, st.text(st.sampled_from(" \n§x"), max_size=9), st.text(st.sampled_from(" \n§x"), max_size=9))
def test_spans_are_places_in_the_whole_text(tree: Syntax, before: str, after: str) -> None:
    text = printed(tree)
    assume(depth(tree) < MAX_DEPTH and len(text) < MAX_TOKENS)
    whole = f"{before}{text}{after}"
    pending = [parse_formula(whole, len(before), len(before) + len(text))]
    while pending:
        part = pending.pop()
        own = whole[part.span.start : part.span.end]
        match part:
            case Unary(operator, operand):
                assert own.startswith(operator)
                pending.append(operand)
            case Binary(operator, left, right, operator_span):
                assert whole[operator_span.start : operator_span.end] == operator
                pending += [left, right]
            case Call(function, arguments, name_span):
                assert whole[name_span.start : name_span.end] == function
                assert own.endswith(")")
                pending += arguments
            case Number(value, unit, unit_span):
                assert float(own.partition(" [")[0].rstrip("%")) == value
                assert unit is None or (unit_span and whole[unit_span.start : unit_span.end] == unit)
            case _:
                assert own == str(part)


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("", "", "the formula is empty"),
        ("   ", " ", "the formula is empty"),
        ("a +", "+", "the formula ends where a number or a name should follow"),
        ("a b", "b", "`b` is not expected here"),
        ("2 a", "a", "`a` is not expected here"),
        ("a (b)", "", ""),
        ("(a", "(", "this bracket is not closed"),
        ("f(a", "(", "this bracket is not closed"),
        ("a)", ")", "`)` is not expected here"),
        ("()", ")", "`)` is not allowed here: a number or a name should"),
        ("f(a,)", ")", "`)` is not allowed here: a number or a name should"),
        ("f(,a)", ",", "`,` is not allowed here: a number or a name should"),
        ("a * / b", "/", "`/` is not allowed here: a number or a name should"),
        ("a < b < c", "<", "comparisons cannot be chained"),
        ("a ^ b ^ c", "^", "powers cannot be chained"),
        ("a ^ +b ^ c", "^", "powers cannot be chained"),
        ("a ^ --b ^ c", "^", "powers cannot be chained"),
        ("a ^ -b ^ c", "^", "powers cannot be chained"),
        ("a == b", "==", "`==` is not expected here"),
        ("a ** b", "**", "`**` is not expected here"),
        ("a [kW]", "[kW]", "`[kW]` is not expected here"),
        ("1__0", "1__0", "`1__0` is not a number"),
        ("1_.5", "1_.5", "`1_.5` is not a number"),
        ("1_", "1_", "`1_` is not a number"),
        ("1e999", "1e999", "this number is too large"),
        ("5 %%", "%", "`%` is not expected here"),
        ("1,25", ",", "`,` is not expected here"),
        ("a.b.", ".", "`.` has no meaning in a formula"),
        ("10 [kW", "[", "`[` has no meaning in a formula"),
        ("a € b", "€", "`€` has no meaning in a formula"),
        ("größe", "ö", "`ö` has no meaning in a formula"),
        ("a\u00a0b", "\u00a0", "the character U+00A0 has no meaning in a formula"),
        ("a\u200bb", "\u200b", "the character U+200B has no meaning in a formula"),
    ],
)
def test_what_is_refused(text: str, marked: str, message: str) -> None:
    if not message:
        assert parse_formula(text)  # `a (b)` is a call
        return
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    error = caught.value
    assert (text[error.span.start : error.span.end], error.message) == (marked, message)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a = b", "there is no equality"),
        ("a <> b", "there is no equality"),
        ("a && b", "write and"),
        ("a || b", "write or"),
        ("!a", "write not"),
        ("a ? b : c", "write if(condition, then, else)"),
        ("f(a; b)", "separated by commas"),
        ("a b", "an operator such as * is missing"),
        ("a × b", "multiply with *"),
        ("a − b", "the plain hyphen"),
        ("größe", "letters a to z"),
        ("a\u00a0b", "a plain space"),
        ("a\u200bb", "cannot be seen"),
    ],
)
def test_what_the_hint_says(text: str, hint: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert hint in caught.value.hint


def test_formulas_are_bounded_in_length_and_depth() -> None:
    longest = " + ".join(["a"] * (MAX_TOKENS // 2))
    assert isinstance(parse_formula(longest), Binary)
    with pytest.raises(FormulaError) as caught:
        parse_formula(f"{longest} + a")
    assert caught.value.code == "RG307"
    for deep in ("(" * 100 + "a" + ")" * 100, "-" * 100 + "a", "not " * 100 + "a", "f(" * 100 + ")" * 100):
        with pytest.raises(FormulaError) as caught:
            parse_formula(deep)
        assert caught.value.code == "RG307"


@given(st.text(st.sampled_from("ab1.,_ ()[]*+-/^<>=%&|!?:;'\"\\#€\n\u00a0") | st.characters(), max_size=60))
def test_any_text_is_read_or_refused_inside_itself(text: str) -> None:
    try:
        parse_formula(text)
    except FormulaError as error:
        assert 0 <= error.span.start <= error.span.end <= max(1, len(text))
        assert error.message
