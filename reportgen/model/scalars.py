"""What a plain scalar means in YAML 1.2's core schema, with `_` allowed between digits.

`no` is text, `1e3` and `50_000` are numbers, `12:30` is text, `017` is 17.
Source: YAML 1.2.2, section 10.3.2 (core schema).
"""

from __future__ import annotations

import re

from reportgen.formula.numbers import is_usable, limit_hint
from reportgen.model.document import Node, Scalar

_DIGITS = r"\d+(?:_\d+)*"
NUMBER = re.compile(rf"[-+]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?\d+)?", re.ASCII)
_NULLS = ("", "~", "null", "Null", "NULL")
_MAX_LENGTH = 400


def is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


def number_of(text: str) -> float | None:
    """The number that a plain scalar's text stands for, or None if it is text or beyond the limits."""
    if len(text) > _MAX_LENGTH or NUMBER.fullmatch(text) is None:
        return None
    value = float(text.replace("_", ""))
    return value if is_usable(value) else None


_SPACES = re.compile(r"[\s'’]")


def is_number_word(text: str) -> bool:
    """`.nan`, `-.inf` and their like: numbers in YAML, but none to compute with."""
    return text.strip().lower().lstrip("+-.") in ("nan", "inf", "infinity")


def number_hint(text: str) -> str:
    """How to write what looks like a number but is none."""
    bare = text.strip()
    if is_number_word(bare):
        return "a number has to be finite"
    if number_of(bare) is not None:
        return f"write {bare} without quotes"
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        return f"write {bare.replace(',', '_')} (a comma is no thousands separator)"
    if re.fullmatch(r"[-+]?\d+,\d+", bare):
        return f"write {bare.replace(',', '.')} (decimals take a point)"
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?", bare):
        return f"write {bare.replace('.', '_').replace(',', '.')} (decimals take a point, thousands `_`)"
    if re.fullmatch(r"[-+]?\d{1,3}([\s'’]\d{3})+([.,]\d+)?", bare):
        return f"write {_SPACES.sub('_', bare).replace(',', '.')} (no quotes, `_` between thousands)"
    if NUMBER.fullmatch(bare):
        return limit_hint(float(bare.replace("_", "")))
    if re.fullmatch(r"[$€£¥]\s*[\d.,_]+", bare):
        return "give the number alone; the currency stands in `unit`"
    if re.fullmatch(r"0[xob][\da-fA-F]+", bare):
        return "write it with the digits 0 to 9"
    if glued := re.fullmatch(r"([-+]?\d[\d._]*)([^\W\d_].*)", bare[:80]):
        return f"a number and its unit are parted by a space: {glued[1]} {glued[2]}"
    return ""
