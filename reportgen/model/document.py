"""Read YAML into a tree of nodes that know where they were written.

The tree is built from libyaml's parse events, not by its composer: the composer recurses (100,000 open
brackets end the process) and resolves YAML 1.1 (`no` is false, `12:30` is 750). Bounds are held while
the events come in, so nothing large is ever built. Scalars keep their text; `model.scalars` gives them
their YAML 1.2 meaning where a kind is expected.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from reportgen.model.yaml_errors import explain
from reportgen.problems import Collector, ModelError, Problem
from reportgen.source import Source, Span

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """`plain` tells an unquoted scalar (may be a number) from a quoted or block one (always text)."""

    text: str
    style: str
    span: Span

    @property
    def plain(self) -> bool:
        return self.style == ""


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


_PROPERTIES = re.compile(r"(?:[&!]\S*|#[^\r\n]*|\s+)+")
"""An anchor or a tag and what may stand between it and its value."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read; in a mapping, keys and values alternate."""

    is_mapping: bool
    start: int
    anchor: str | None
    nodes: list[Node] = field(default_factory=list)
    size: int = 1


def read_source(path: Path) -> Source:
    """The text of a file. Reports RG101, RG102, RG103 and RG107."""
    name = str(path)

    def fail(code: str, message: str, hint: str = "", text: str = "", span: Span | None = None) -> ModelError:
        return ModelError([Problem(code, message, Source(name, text), span, hint)])

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise fail("RG101", f"cannot be read: {(reason or str(error)).lower()}") from error
    if len(data) > MAX_BYTES:
        hint = "a model is text that people read; move data out of it"
        raise fail("RG103", f"larger than {MAX_BYTES // 1_000_000} MB", hint)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode())
        message = f"not UTF-8: byte 0x{data[error.start]:02x} is not allowed here"
        hint = "save the file as UTF-8"
        raise fail("RG102", message, hint, data.decode(errors="replace"), Span(at, at + 1)) from error
    if not text.strip():
        raise fail("RG107", "the file is empty", "a model begins with `reportgen: 1`")
    return Source(name, text)


def parse(source: Source) -> Mapping:
    """The file's one mapping. Raises ModelError with RG104 to RG108, RG202 and RG204."""
    problems = Collector(source)
    root = read_tree(source, problems)
    problems.raise_if_failed()
    return root


def read_tree(source: Source, problems: Collector) -> Mapping:
    """As `parse`, but goes on after problems that leave a tree to look at (RG108 for tags, RG202, RG204 for keys)."""
    builder = _Builder(source, problems)
    try:
        for event in yaml.parse(source.text, Loader=yaml.CSafeLoader):
            builder.add(event)
    except yaml.YAMLError as error:
        message, span, hint = explain(error, source)
        problems.error("RG104", f"not valid YAML: {message}", span, hint)
        raise ModelError(problems.problems) from error
    root = builder.root
    if root is None or root == Scalar("", "", root.span):
        problems.error("RG107", "the file holds nothing but comments", None, "a model begins with `reportgen: 1`")
        raise ModelError(problems.problems)
    if not isinstance(root, Mapping):
        first = Span(root.span.start, root.span.start + 1)
        problems.error("RG204", "a model is a mapping of keys to values", first, "a model begins with `reportgen: 1`")
        raise ModelError(problems.problems)
    return root


class _Builder:
    """Assembles nodes from events on a stack of open collections. Raises ModelError at the first bound passed."""

    def __init__(self, source: Source, problems: Collector) -> None:
        self.source = source
        self.problems = problems
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.total = 0
        self.documents = 0

    def add(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.refuse_tag(event)
                self.count(1, event)
                self.place(self.scalar(event), 1, event.anchor)
            case yaml.AliasEvent():
                self.alias(event)
            case yaml.CollectionStartEvent():
                self.refuse_tag(event)
                self.count(1, event)
                self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), _span(event).start, event.anchor))
                if len(self.stack) > MAX_DEPTH:
                    hint = "a bracket may not be closed"
                    raise self.stop("RG105", f"nested more than {MAX_DEPTH} levels deep", _first(event), hint)
            case yaml.CollectionEndEvent():
                opened = self.stack.pop()
                self.place(self.closed(opened, _span(event).end), opened.size, opened.anchor)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    hint = "a model is one document; remove `---`"
                    raise self.stop("RG108", "a second YAML document begins here", _span(event), hint)
            case _:
                pass

    def stop(self, code: str, message: str, span: Span, hint: str = "") -> ModelError:
        self.problems.error(code, message, span, hint)
        return ModelError(self.problems.problems)

    def refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"tags such as `{tag}` are not used in models"
            self.problems.error("RG108", message, _first(event), "remove the tag")

    def count(self, size: int, event: yaml.Event) -> None:
        self.total += size
        if self.total > MAX_NODES:
            raise self.stop("RG106", f"aliases and values expand to more than {MAX_NODES:,} nodes", _span(event))

    def place(self, node: Node, size: int, anchor: str | None) -> None:
        """A finished node, put where it belongs."""
        if anchor:
            self.anchors[anchor] = (node, size)
        if self.stack:
            self.stack[-1].nodes.append(node)
            self.stack[-1].size += size
        else:
            self.root = node

    def alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self.anchors:
            inside = any(opened.anchor == event.anchor for opened in self.stack)
            what = "stands inside what it repeats" if inside else f"repeats `&{event.anchor}`, which is not above it"
            raise self.stop("RG104", f"the alias `*{event.anchor}` {what}", _span(event))
        node, size = self.anchors[event.anchor]
        self.count(size, event)
        self.place(node, size, None)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        (start, end), style, text = _span(event), event.style or "", self.source.text
        if (event.anchor or event.tag) and (properties := _PROPERTIES.match(text, start, end)):
            start = properties.end()
        if style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        return Scalar(event.value, style, Span(start, end))

    def closed(self, opened: _Open, end: int) -> Node:
        span = Span(opened.start, end)
        if not opened.is_mapping:
            return Sequence(tuple(opened.nodes), span)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.problems.error("RG204", "a key must be a plain word", key.span)
            elif key.text in entries:
                line, _ = self.source.position(entries[key.text][0].span.start)
                hint = f"the first one is on line {line}; keep one of them"
                self.problems.error("RG202", f"`{key.text}` is given twice", key.span, hint)
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), span)


def _span(event: yaml.Event) -> Span:
    assert event.start_mark is not None and event.end_mark is not None, "libyaml marks every event"
    return Span(event.start_mark.index, max(event.start_mark.index, event.end_mark.index))


def _first(event: yaml.Event) -> Span:
    start, _ = _span(event)
    return Span(start, start + 1)
