"""Which parts of a drawing its style sheets refer to, and from where: `.roof { clip-path: url(#edge) }`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

URL = re.compile(r"url\s*\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"\*|(?:[A-Za-z]+)?(?:[.#][\w-]+)?")


@dataclass(slots=True)
class StyleSheet:
    """All style sheets of one drawing: the parts referred to by element (`path`), id (`#a`) and class (`.a`)."""

    _targets: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Raises ValueError for rules of which it cannot be told whom they hold for."""
        text = _REMARK.sub(" ", text)
        if any(set("{}") & set(quoted) for quoted in _QUOTED.findall(text)) or _RULE.sub("", text).strip():
            raise ValueError("its style sheet cannot be read")
        for selectors, body in _RULE.findall(text):
            targets = [target[1:] for _, target in URL.findall(body)]
            for selector in map(str.strip, selectors.split(",") if targets else ()):
                if not _SIMPLE.fullmatch(selector):
                    raise ValueError(
                        f"its style sheet refers to parts of it for `{selector[:40]}`, which is no class, id or element"
                    )
                self._targets.setdefault(re.sub(r"^[^.#]+(?=[.#])", "", selector), []).extend(targets)

    def references(self, element: str, id_: str, classes: Iterable[str]) -> Iterator[str]:
        for selector in ("*", element, f"#{id_}", *(f".{each}" for each in classes)):
            yield from self._targets.get(selector, ())
