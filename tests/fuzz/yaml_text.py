"""Changes of YAML by its structure: keys removed, doubled, renamed and moved, values taken from elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from random import Random

import yaml

from tests.fuzz.text import NUMBERS, SOUND_NUMBERS, TEXTS

VALUES = (
    *("", "~", "null", "true", "no", "''", "[]", "{}", "[[]]", "{a: 1}", "[1, 2]", "none", "included", "not quoted"),
    *("2026-06-30", "9999-12-31", "0001-01-01", "2026-02-30", "12:30", "'5'", '"\\u0000"', '"\\ud800"', "|\n  x", ">-"),
    *(
        "en",
        "{en: A, de: B}",
        "{de: B}",
        "3 year",
        "0 year",
        "1e9 year",
        "-1 year",
        "1 month",
        "8 %/year",
        "-100 %/year",
    ),
)
UNITS = (
    *(
        "1",
        "'%'",
        "EUR",
        "USD",
        "EUR/month",
        "EUR/year",
        "'%/year'",
        "year",
        "month",
        "h",
        "kWh/h^2",
        "EUR/EUR",
        "1/year",
    ),
    *(
        "seat",
        "EUR^9",
        "EUR/seat/month",
        "k",
        "kk",
        "M",
        "GB",
        "year/month",
        "é",
        "😀",
        "EUR*",
        "/",
        "EUR//month",
        "'[x]'",
    ),
)
FORMULAS = (
    *(
        "0",
        "1 / 0",
        "{a} / 0",
        "{a} / ({b} - {b})",
        "{a} - {a}",
        "{a} + {b}",
        "{a} * {b}",
        "{a} / {b}",
        "-{a}",
        "{a} ^ 0.5",
    ),
    *(
        "{a} ^ 99",
        "(-1) ^ 0.5",
        "min({a}, {b})",
        "max({a}.*)",
        "sum({a}.*, {b}.*)",
        "round({a}, 400)",
        "round({a}, -9)",
    ),
    *("if({a} > {b}, {a}, {b})", "if({a} > 0, 1 / {a}, 0)", "lookup({a}, {b})", "abs({a})", "round_up({a} / {b})"),
    *(
        "exp({a} * 99)",
        "ln({a} - {b})",
        "sqrt(-{a})",
        "charge({a}, {b})",
        "payment({a}, {b}, 1)",
        "payment(5%, {a}, {b})",
    ),
    *("net({a}, {b})", "overage({a}, {b}, 1)", "{a}.{b}", "{a} * 1e300 * 1e300", "(" * 70 + "{a}" + ")" * 70, "5%"),
    *(
        "{a} + 1 [EUR]",
        "1e308 * 10",
        "{a} * 0",
        "min()",
        "{a} {b}",
        "not {a}",
        "{a} > {b}",
        "{a} and {b}",
        "+".join(["{a}"] * 900),
    ),
)
_PLAIN = re.compile(r"[\w.][\w. /*()^+<>-]*")


@dataclass(frozen=True)
class _Pair:
    key: yaml.ScalarNode
    value: yaml.Node
    flow: bool

    @property
    def start(self) -> int:
        return self.key.start_mark.index

    @property
    def end(self) -> int:
        return self.value.end_mark.index


def _pairs(text: str) -> list[_Pair]:
    """Every key with its value; none where the text is no YAML any more."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return []
    found: list[_Pair] = []
    waiting: list[yaml.Node | None] = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    found.append(_Pair(key, value, bool(node.flow_style)))
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return found


def flow(node: yaml.Node, depth: int = 0) -> str:
    """The node on one line, as it can stand anywhere."""
    if depth > 30:
        return "x"
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{flow(key, depth + 1)}: {flow(value, depth + 1)}" for key, value in node.value) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(flow(each, depth + 1) for each in node.value) + "]"
    value = str(node.value)
    return (
        value if not getattr(node, "style", None) and _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    )


def _without(text: str, pair: _Pair) -> str:
    rest = text[pair.end :]
    if pair.flow:
        return text[: pair.start] + re.sub(r"\A\s*,\s*", "", rest)
    return (
        text[: pair.start] + rest.lstrip(" \n")
        if "\n" in text[pair.start : pair.end + 1]
        else text[: pair.start] + rest
    )


def _beside(text: str, pair: _Pair, new: str) -> str:
    """The text with a further pair before this one."""
    if pair.flow:
        return f"{text[: pair.start]}{new}, {text[pair.start :]}"
    indent = pair.start - (text.rfind("\n", 0, pair.start) + 1)
    return f"{text[: pair.start]}{new}\n{' ' * indent}{text[pair.start :]}"


def _with_value(text: str, pair: _Pair, value: str) -> str:
    tail = "" if pair.flow or text[pair.end - 1 : pair.end] != "\n" else "\n"
    return text[: pair.value.start_mark.index] + value + tail + text[pair.end :]


def remove_pair(random: Random, text: str) -> str:
    pairs = _pairs(text)
    return _without(text, random.choice(pairs)) if pairs else text


def repeat_pair(random: Random, text: str) -> str:
    """A key a second time, with its own value or another's, under its name or another."""
    pairs = _pairs(text)
    if not pairs:
        return text
    pair, other = random.choice(pairs), random.choice(pairs)
    name = random.choice((pair.key.value, other.key.value, "x1", "extra"))
    return _beside(text, pair, f"{name}: {flow(random.choice((pair.value, other.value)))}")


def move_pair(random: Random, text: str) -> str:
    pairs = _pairs(text)
    if not pairs:
        return text
    pair, place = random.choice(pairs), random.choice(pairs)
    if pair.start <= place.start < pair.end:
        return text
    new = f"{pair.key.value}: {flow(pair.value)}"
    if place.start < pair.start:
        return _beside(_without(text, pair), place, new)
    return _without(_beside(text, place, new), pair)


def rename_key(random: Random, text: str) -> str:
    pairs = _pairs(text)
    if not pairs:
        return text
    pair = random.choice(pairs)
    name = random.choice((random.choice(pairs).key.value, pair.key.value + "x", *random.sample(TEXTS, 2)))
    name = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    return text[: pair.start] + name + text[pair.key.end_mark.index :]


def change_value(random: Random, text: str) -> str:
    """A value becomes one that its key might have: a number for a number, a unit, a formula or a text for those."""
    pairs = _pairs(text)
    if not pairs:
        return text
    pair = random.choice(pairs)
    return _with_value(text, pair, _fitting(random, pair, [each.key.value for each in pairs]))


def _fitting(random: Random, pair: _Pair, names: list[str]) -> str:
    key, value = pair.key.value, pair.value
    if random.randrange(8) == 0:
        return random.choice(VALUES)
    if key == "unit":
        return random.choice(UNITS)
    if not isinstance(value, yaml.ScalarNode):
        return random.choice((*VALUES, flow(value)))
    if re.fullmatch(r"-?[\d_.]+", value.value):
        return random.choice(SOUND_NUMBERS if random.randrange(3) else NUMBERS)
    if key in ("title", "summary", "subtitle", "note", "name", "question", "answer", "text", "alternative"):
        return json.dumps(random.choice(TEXTS), ensure_ascii=False)
    choice = random.randrange(5)
    if choice == 0:
        return random.choice(("none", "included", "not quoted", random.choice(names)))
    if choice == 1:
        return random.choice(SOUND_NUMBERS)
    formula = random.choice(FORMULAS).format(a=random.choice(names), b=random.choice(names))
    return json.dumps(formula)


def graft(random: Random, text: str, donor: str) -> str:
    """A part of another file under a key of this one: in place of its value, or beside it."""
    pairs, others = _pairs(text), _pairs(donor)
    if not pairs or not others:
        return text
    given = random.choice(others)
    alike = [pair for pair in pairs if pair.key.value == given.key.value]
    if alike and random.randrange(4):
        return _with_value(text, random.choice(alike), flow(given.value))
    pair = random.choice(pairs)
    if random.randrange(3) == 0:
        return _with_value(text, pair, flow(given.value))
    return _beside(text, pair, f"{given.key.value}: {flow(given.value)}")


def graft_part(random: Random, text: str, donor: str) -> str:
    """A whole part of another model (its scorecard, its scenarios), which the model lacks or then has in its place."""
    others = [pair for pair in _pairs(donor) if pair.start == donor.rfind("\n", 0, pair.start) + 1]
    if not others:
        return text
    given = random.choice(others)
    for pair in _pairs(text):
        if pair.key.value == given.key.value and pair.start == text.rfind("\n", 0, pair.start) + 1:
            return _with_value(text, pair, flow(given.value))
    return f"{text.rstrip()}\n{given.key.value}: {flow(given.value)}\n"


def any_change(random: Random, text: str) -> str:
    """One of the changes of structure."""
    changes = (change_value, change_value, change_value, remove_pair, repeat_pair, move_pair, rename_key)
    return random.choice(changes)(random, text)
