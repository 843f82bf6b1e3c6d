"""Fixed texts where program code marks them for the catalogs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """A fixed text where it is written; `many` is its plural, "" where it has none."""

    one: str
    many: str
    path: Path
    line: int


def texts_in_code(path: Path, keywords: Mapping[str, bool]) -> Iterator[Text]:
    """The literal texts of the calls in a module, those inside of f-strings too. `keywords` are the functions that
    mark them, and whether a plural follows."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            if name in keywords and texts and isinstance(texts[0], str):
                yield Text(texts[0], str(texts[1]) if keywords[name] and len(texts) > 1 else "", path, node.lineno)
