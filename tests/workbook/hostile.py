"""A model whose texts try to be something else, and its twin in which the same texts are plain words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar

import yaml

from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.source import Source
from tests.conftest import ROOT

TEXTS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("https://example.com","x")',
    "<b>&\"'</b>",
    "]]><x/>",
    "&lt;b&gt; &#61;",
    "{{ 7*7 }} {% raw %}",
    "[1]Sheet!A1",
    "https://example.com/?a=b&c=d",
    "javascript:alert(1)",
    "_x003D_1+1_x000D_",
    '&A &P &D &"Arial"',
    "m" * 120,
    "\u202eabc \u05d0\u05d1 \u0645\u0631\u062d\u0628\u0627",
    "\U0001f9ee \U0001f469\U0001f3fd\u200d\U0001f4bb",
    "#REF!",
    "TRUE",
    "1e5",
    "' or 1",
    "\u200bno width",
)
"""Formulas, commands, markup, templates, references, addresses, escapes of the file format, codes of printed footers,
long, right-to-left and composed texts, and words that are values elsewhere."""

SHEETS = ("=1+1", "It's <b>&\"", "R1C1", "TRUE", "A1", "@SUM(A1)", "{{ x }}", "\u05d0 \U0001f9ee")
UNITS = {"seat": "yyyy", "server": "General", "FTE": "\u05d0\u05d1"}

_KEYS = frozenset(("title", "subtitle", "summary", "note", "where", "because", "met", "otherwise"))


class _Loader(yaml.SafeLoader):
    """Words such as `yes` stay texts, as YAML 1.2 has it."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
        first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def hostile_model(name: str = "team-chat.yaml") -> Model:
    """A model of inputs/ with every text replaced by one of `TEXTS` in turn, its units' words by those of `UNITS`."""
    return _load(name, True)


def harmless_twin(name: str = "team-chat.yaml") -> Model:
    """The same model with plain words in their place."""
    return _load(name, False)


@cache
def _load(name: str, hostile: bool) -> Model:
    text = (ROOT / "inputs" / name).read_text()
    for word, other in UNITS.items():
        text = re.sub(rf"\b{word}\b", other, text)
    tree = yaml.load(text, Loader=_Loader)
    for at, category in enumerate(tree["categories"].values()):
        category["sheet"] = f"Sheet {at}"
    numbers = iter(range(10_000))
    _replace(tree, numbers, hostile)
    tree["limits"] = [_text(number, hostile) for number in range(len(TEXTS))]
    return load_source(Source("hostile.yaml", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)))[0]


def _replace(node: Any, numbers: Any, hostile: bool) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _KEYS and isinstance(value, str):
                node[key] = _text(next(numbers), hostile)
            else:
                _replace(value, numbers, hostile)
    elif isinstance(node, list):
        for each in node:
            _replace(each, numbers, hostile)


def _text(number: int, hostile: bool) -> str:
    """The number keeps titles apart that have to be different; the longest title has room for none."""
    text = TEXTS[number % len(TEXTS)] if hostile else f"Text {number % len(TEXTS)}"
    return f"{text} {number // len(TEXTS) + 1}"[:120] if number >= len(TEXTS) else text
