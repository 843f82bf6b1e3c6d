"""From a document to a `ModelSpec`. Names are not resolved here."""

from __future__ import annotations

import re
from dataclasses import replace

from reportgen.model.document import Mapping, Node, Scalar
from reportgen.model.kinds import At
from reportgen.model.records import read_record
from reportgen.model.spec import ModelSpec
from reportgen.problems import Collector

SECTIONS = ("sources", "assumptions", "tables", "calculations", "categories", "totals", "metrics")
_WORD = re.compile(r"\w+")


def read_model(root: Mapping, problems: Collector) -> ModelSpec:
    """Everything the file says that can be read. Reports RG2xx, RG301, RG307 and RG401.

    Goes on after problems, so that the checks find theirs too; raises ModelError only where so much is missing
    that they would find nothing but that.
    """
    first = root.span._replace(end=root.span.start + 1)
    spec = read_record(ModelSpec, root, At("the model", first, problems))
    if spec is None or not spec.options or _hides_names(root):
        problems.raise_if_failed()
    assert spec is not None, "every key of a model counts as something where it cannot be read"
    return replace(spec, unread=_words(root)) if problems.failed else spec


def _hides_names(root: Mapping) -> bool:
    """Whether a part that should name things is no mapping, so that nobody knows which names are missing."""
    for key, section in root.entries:
        if key.text not in SECTIONS:
            continue
        if not isinstance(section, Mapping):
            return True
        for _, entry in section.entries:
            inner = entry.entries if isinstance(entry, Mapping) else ()
            if any(name.text in ("inputs", "items") and not isinstance(part, Mapping) for name, part in inner):
                return True
    return False


def _words(root: Mapping) -> frozenset[str]:
    """Every key that may define something, wherever it stands: a name that is written here is not unknown."""
    found = {key.text for key, _ in root.entries}
    seen: set[int] = set()
    pending: list[Node] = [value for key, value in root.entries if key.text != "scenarios"]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            found.update(word for key, _ in node.entries for word in _WORD.findall(key.text))
            pending.extend(value for _, value in node.entries)
        else:
            pending.extend(node.items)
    return frozenset(found)
