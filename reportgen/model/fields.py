"""Read the values of a YAML mapping one by one, each in the kind that is expected, reporting what is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TypeVar

from reportgen.formula.parser import parse_formula
from reportgen.formula.tokens import FormulaError
from reportgen.formula.units import UnitError, parse_unit
from reportgen.model.document import Mapping, Node, Scalar, Sequence
from reportgen.model.scalars import is_null, number_hint, number_of
from reportgen.model.written import ChangeSpec, FormulaSpec, NumberSpec, Text
from reportgen.problems import Collector, suggestion
from reportgen.source import Source, Span

T = TypeVar("T")

MAX_TITLE, MAX_TEXT, MAX_ID = 120, 4_000, 60
ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_QUANTITY = re.compile(r"\s*([-+]?[\d._]+(?:[eE][-+]?\d+)?)(\s+(?:[^\W\d_]|1/)|\s*%)(.*)", re.DOTALL)
_CHANGE = re.compile(r"\s*([-+][\d._]+(?:[eE][-+]?\d+)?)\s*%\s*")
_LINE_BREAK = re.compile(r"\r\n?|\n")


class Fields:
    """One mapping of the file: `what` names it in messages; keys not in `allowed` are reported.

    A reader method returns None where the key is missing or its value unusable; both are reported
    unless the key is optional and missing, or an unknown key was reported that is most likely meant to be it.
    """

    def __init__(self, node: Node, what: str, allowed: str, problems: Collector, key_span: Span | None = None) -> None:
        self.what = what
        self.problems = problems
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Span] = {}
        self.misspelt: set[str] = set()
        self.span = key_span or Span(node.span.start, node.span.start + 1)
        if not isinstance(node, Mapping):
            problems.error(
                "RG204",
                f"{what} is a mapping of keys to values, not {kind_of(node)}",
                node.span,
                f"its keys: {allowed.replace(' ', ', ')}",
            )
            self.misspelt.update(allowed.split())
            return
        known = allowed.split()
        for key, value in node.entries:
            if key.text in known:
                self.values[key.text] = value
                self.keys[key.text] = key.span
            else:
                self.unknown_key(key, value, known)

    def unknown_key(self, key: Scalar, value: Node, known: list[str]) -> None:
        hint = suggestion(key.text, known)
        self.misspelt.update(each for each in known if f"`{each}`" in hint)
        if is_null(value) and key.text.strip().isdigit():
            hint = "inside { } a comma begins a new key; decimals take a point, thousands `_`"
        elif is_null(value) and not hint:
            hint = "inside { } a comma begins a new key; text or a formula with a comma needs quotes"
        hint = hint or f"the keys are {', '.join(known)}"
        self.problems.error("RG201", f"unknown key `{key.text}` in {self.what}", key.span, hint)

    def node(self, key: str, required: bool = True, example: str = "") -> Node | None:
        value = self.values.get(key)
        if value is None:
            if required and key not in self.misspelt:
                self.problems.error("RG203", f"{self.what} has no `{key}`", self.span, f"add `{key}:{example}`")
            return None
        if is_null(value):
            hint = "write it after the colon" if required else "write it after the colon, or remove the key"
            self.problems.error("RG203", f"`{key}` has no value", self.keys[key], hint)
            return None
        return value

    def text(self, key: str, required: bool = True, most: int = MAX_TEXT) -> str:
        found = self.marked_text(key, required, most)
        return found.text if found else ""

    def marked_text(self, key: str, required: bool = True, most: int = MAX_TEXT) -> Text | None:
        node = self.node(key, required)
        return None if node is None else read_text(node, f"`{key}`", self.problems, most)

    def choice(self, key: str, choices: tuple[str, ...], required: bool = True) -> str:
        node = self.node(key, required)
        found = None if node is None else read_choice(node, f"`{key}`", choices, self.problems)
        return found.text if found else ""

    def texts(self, key: str, required: bool = False) -> tuple[Text, ...]:
        """One text or a list of texts."""
        node = self.node(key, required)
        return () if node is None else read_texts(node, f"`{key}`", self.problems)


def kind_of(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if is_null(node):
        return "nothing"
    return "a number" if node.plain and number_of(node.text) is not None else "text"


def read_id(key: Scalar, problems: Collector) -> Text:
    """The name; where it cannot be one, the nearest that can, so that formulas that have it right already find it."""
    if not ID.fullmatch(key.text) or len(key.text) > MAX_ID:
        letters = unicodedata.normalize("NFKD", key.text[:200]).encode("ascii", "ignore").decode().lower()
        plain = re.sub(r"[^a-z0-9]+", "_", letters)[:MAX_ID].strip("_")
        better = plain if ID.fullmatch(plain) else ""
        rule = f"lower-case letters, digits and single underscores, at most {MAX_ID}"
        hint = f"write {better} ({rule})" if better else rule
        problems.error("RG206", f"`{key.text}` cannot be a name", key.span, hint)
        return Text(better or key.text, key.span)
    return Text(key.text, key.span)


def read_entries(node: Node, what: str, problems: Collector) -> Iterator[tuple[Text, Node]]:
    """The entries of a mapping whose keys are identifiers."""
    if not isinstance(node, Mapping):
        problems.error("RG204", f"{what} is a mapping of names to values, not {kind_of(node)}", node.span)
        return
    for name, value in node.entries:
        yield read_id(name, problems), value


def read_text(node: Node, what: str, problems: Collector, most: int = MAX_TEXT) -> Text | None:
    if not isinstance(node, Scalar) or is_null(node):
        problems.error("RG204", f"{what} is text, not {kind_of(node)}", node.span)
        return None
    text = node.text.strip()
    strange = None if text.isprintable() else next((c for c in text if cannot_be_shown(c)), None)
    if strange is not None:
        message = f"{what} holds the character U+{ord(strange):04X}, which cannot be shown"
        problems.error("RG213", message, inside(problems.source, node.span, strange, 0, 1), "remove it")
        return None
    if len(text) > most:
        message = f"{what} has {len(text)} characters; {most} can be shown"
        problems.error("RG213", message, node.span, "shorten it; a note holds more than a title")
        return None
    if not text:
        problems.error("RG203", f"{what} is empty", node.span, "write a text, or remove the key")
        return None
    return Text(text, node.span)


def read_texts(node: Node, what: str, problems: Collector, most: int = MAX_TEXT) -> tuple[Text, ...]:
    """One text or a list of texts."""
    parts = node.items if isinstance(node, Sequence) else (node,)
    return tuple(text for part in parts if (text := read_text(part, what, problems, most)) is not None)


def read_choice(node: Node, what: str, choices: tuple[str, ...], problems: Collector) -> Text | None:
    found = read_text(node, what, problems)
    if found is None or found.text in choices:
        return found
    hint = suggestion(found.text, choices) or f"one of: {', '.join(choices)}"
    problems.error("RG208", f"{what} cannot be `{found.text}`", found.span, hint)
    return None


def cannot_be_shown(character: str) -> bool:
    """Control characters, lone surrogates, private use and noncharacters: no font or file format takes them."""
    if character in "\n\t":
        return False
    point = ord(character)
    noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return noncharacter or unicodedata.category(character) in ("Cc", "Cs", "Co")


def inside(source: Source, span: Span, text: str, offset: int, length: int) -> Span:
    """Where in the file a part of a scalar's text stands; the whole scalar if it is written in another way."""
    start = source.text.find(text, span.start, span.end)
    return span if start < 0 else Span(start + offset, start + offset + length)


def read_number(node: Node, what: str, problems: Collector) -> NumberSpec | None:
    """A number, or a text of a number and a unit (`8 %/year`)."""
    if not isinstance(node, Scalar):
        problems.error("RG205", f"{what} is a number, not {kind_of(node)}", node.span)
        return None
    value = number_of(node.text) if node.plain else None
    if value is not None:
        return NumberSpec(value, None, node.span)
    match = _QUANTITY.fullmatch(node.text)
    magnitude = number_of(match.group(1)) if match else None
    if match and magnitude is not None:
        unit = (match.group(2) + match.group(3)).strip()
        try:
            return NumberSpec(magnitude, parse_unit(unit), node.span)
        except UnitError as error:
            place = inside(problems.source, node.span, unit, error.offset, error.length)
            problems.error("RG401", f"{what}: {error}", place, error.hint or "a number and a unit: 8 %/year")
            return None
    problems.error("RG205", f"{what} is not a number: `{node.text.strip()[:60]}`", node.span, number_hint(node.text))
    return None


def read_setting(node: Node, what: str, problems: Collector) -> NumberSpec | ChangeSpec | None:
    """A number, or a change in proportion: per cent with a sign."""
    match = _CHANGE.fullmatch(node.text) if isinstance(node, Scalar) else None
    percentage = number_of(match.group(1)) if match else None
    return read_number(node, what, problems) if percentage is None else ChangeSpec(percentage / 100, node.span)


def read_whole(node: Node, what: str, least: int, problems: Collector) -> NumberSpec | None:
    number = read_number(node, what, problems)
    if number is None or (number.unit is None and number.value.is_integer() and number.value >= least):
        return number
    problems.error("RG205", f"{what} is a whole number, {least} or more", number.span)
    return None


def read_formula(node: Node, what: str, problems: Collector) -> FormulaSpec | None:
    """A formula, parsed where it stands so that its parts know their place in the file."""
    if not isinstance(node, Scalar):
        problems.error("RG204", f"{what} is a formula, not {kind_of(node)}", node.span)
        return None
    source, span = problems.source.text, node.span
    start, end = span
    if node.style in ("'", '"'):
        start, end = start + 1, end - 1
        backslash = source.find("\\", start, end)
        if node.style == '"' and backslash >= 0:
            message = f"{what}: a backslash has no meaning in a formula"
            problems.error("RG301", message, Span(backslash, backslash + 1), "write the formula without escapes")
            return None
    elif node.style in ("|", ">"):
        header = _LINE_BREAK.search(source, start, end)
        start = header.end() if header else end
    try:
        return FormulaSpec(parse_formula(source, start, end), " ".join(node.text.split()), span)
    except FormulaError as error:
        hint = (_cut_short(source, end) if node.plain and error.unfinished else "") or error.hint
        problems.error(error.code, f"{what}: {error.message}", error.span, hint)
        return None


def _cut_short(source: str, end: int) -> str:
    """Why a plain scalar that is an unfinished formula ends where it does."""
    rest = source[end : end + 200].lstrip(" \t")
    if rest.startswith("#"):
        return "` #` begins a comment and ends the formula; put the formula in quotes"
    if rest.startswith(","):
        return "inside { } a comma ends the formula; put the formula in quotes"
    return ""
