"""A model file as an editor's YAML language server sees it: plain data, its numbers those of YAML 1.2 or 1.1."""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft7Validator

from reportgen.model.document import Mapping, Node, Sequence, parse
from reportgen.model.records import record_schema
from reportgen.model.spec import ModelSpec
from reportgen.source import Source

VALIDATOR = Draft7Validator(record_schema(ModelSpec))
_NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def data(node: Node, *, underscores: bool) -> Any:
    """`underscores`: whether 50_000 is a number, as in YAML 1.1, and not text, as in 1.2."""
    if isinstance(node, Mapping):
        return {key.text: data(value, underscores=underscores) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [data(item, underscores=underscores) for item in node.items]
    if node.plain and node.text in _WORDS:
        return _WORDS[node.text]
    digits = node.text.replace("_", "") if underscores else node.text
    return float(digits) if node.plain and _NUMBER.fullmatch(digits) else node.text


def complaints(source: Source, *, underscores: bool = False) -> list[str]:
    root = data(parse(source), underscores=underscores)
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(root)]
