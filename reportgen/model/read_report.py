"""The key `report` of the model file: sections, their files, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.model.document import Mapping, Node, Scalar, Sequence
from reportgen.model.fields import MAX_TITLE, Fields, kind_of, read_text
from reportgen.model.report_plan import (
    BLOCKS,
    TEMPLATES,
    TEXT_TEMPLATES,
    FaqPlan,
    LocalText,
    Passage,
    ReportPlan,
    SectionPlan,
    offsets_of,
)
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion

MAX_ANSWER = 4_000
_LANGUAGE = re.compile(r"[a-z]{2}")


def report(top: Fields) -> ReportPlan:
    """Reports RG2xx, and RG851 for a file that cannot belong to the narrative."""
    node = top.node("report", required=False)
    if node is None:
        return ReportPlan()
    keys = Fields(node, "`report`", "brand sections faq", top.problems, top.keys["report"])
    brand = keys.marked_text("brand", required=False, most=MAX_TITLE)
    sections, faq = tuple(_sections(keys)), tuple(_faq(keys))
    _check_faq(keys, sections, faq)
    if brand is None:
        return ReportPlan("", sections, faq)
    return ReportPlan(brand.text, sections, faq, brand.span)


def _check_faq(keys: Fields, sections: tuple[SectionPlan, ...], faq: tuple[FaqPlan, ...]) -> None:
    """Warns of a block `faq` that has no questions, and of questions that a list of blocks leaves out (RG851)."""
    blocks = [each for each in sections if each.block]
    block = next((each for each in blocks if each.block == "faq"), None)
    if block is not None and not faq:
        hint = "add `faq:` with questions and answers below `report`, or remove the block"
        keys.problems.warning("RG851", "the block `faq` has no questions and is left out", block.span, hint)
    if faq and blocks and block is None:
        _, first = faq[0].question.by_language[0]
        hint = "add the block `faq` to `sections`"
        keys.problems.warning("RG851", "the questions stand in no section, so that nobody reads them", first.span, hint)


def _items(keys: Fields, key: str) -> tuple[Node, ...]:
    node = keys.node(key, required=False)
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        keys.problems.error("RG204", f"`{key}` is a list, not {kind_of(node)}", node.span, "begin each entry with `- `")
        return ()
    return node.items


def _sections(keys: Fields) -> Iterator[SectionPlan]:
    """Sections in their order, each once."""
    seen: dict[str, SectionPlan] = {}
    for node in _items(keys, "sections"):
        plan = _file(node, keys.problems) if isinstance(node, Mapping) else _block(node, keys.problems)
        if plan is None:
            continue
        first = seen.setdefault(plan.id, plan)
        if first is plan:
            yield plan
            continue
        line, _ = keys.problems.source.position(first.span.start)
        hint = f"it stands on line {line} too; remove one of them"
        keys.problems.error("RG851", f"`{plan.block or plan.file}` is a section twice", plan.span, hint)


def _block(node: Node, problems: Collector) -> SectionPlan | None:
    found = read_text(node, "a section", problems, MAX_TITLE)
    if found is None:
        return None
    if found.text in BLOCKS:
        return SectionPlan(found.text, span=found.span)
    if found.text.endswith(".md"):
        hint = f"a file is written as {{file: {found.text}, title: …}}"
    else:
        hint = suggestion(found.text, BLOCKS) or f"the blocks are {', '.join(BLOCKS)}"
    problems.error("RG208", f"there is no block `{found.text}`", found.span, hint)
    return None


def _file(node: Node, problems: Collector) -> SectionPlan | None:
    fields = Fields(node, "the section", "file title templates", problems)
    file, title, templates = fields.marked_text("file", most=200), "", fields.texts("templates")
    if "title" in fields.values:
        title = fields.title()
    for name in templates:
        if name.text not in TEMPLATES:
            hint = suggestion(name.text, TEMPLATES) or f"the shipped templates are {', '.join(TEMPLATES)}"
            problems.warning("RG208", f"no shipped template is called `{name}`", name.span, hint)
        elif name.text not in TEXT_TEMPLATES:
            hint = f"its two pages have no place for texts; {', '.join(TEXT_TEMPLATES)} have"
            problems.warning("RG851", f"`{name}` does not print this text", name.span, hint)
    if file is None or not _is_inside(file, problems):
        return None
    return SectionPlan("", file.text, title, tuple(name.text for name in templates), file.span)


def _is_inside(file: Text, problems: Collector) -> bool:
    """Whether the path is one that can lie below the model's folder, the same on every system. Reports RG851."""
    parts = file.text.split("/")
    if file.text.startswith("/") or "\\" in file.text or ":" in file.text or ".." in parts:
        message = f"`{file}` lies outside the model's folder"
        problems.error("RG851", message, file.span, "a path from the model's folder down: text/why.md")
        return False
    if not file.text.endswith(".md") or not all(parts) or parts[-1] == ".md":
        problems.error("RG851", f"`{file}` is no Markdown file", file.span, "its name ends in .md: text/why.md")
        return False
    return True


def _faq(keys: Fields) -> Iterator[FaqPlan]:
    for node in _items(keys, "faq"):
        fields = Fields(node, "the question", "question answer", keys.problems)
        question, answer = _local(fields, "question", MAX_TITLE), _local(fields, "answer", MAX_ANSWER)
        if question is not None and answer is not None:
            yield FaqPlan(question, answer)


def _local(fields: Fields, key: str, most: int) -> LocalText | None:
    """A text, or a mapping of languages to texts."""
    node = fields.node(key)
    if node is None:
        return None
    if not isinstance(node, Mapping):
        passage = _passage(node, f"`{key}`", most, fields.problems)
        return None if passage is None else LocalText((("", passage),))
    found = []
    for name, value in node.entries:
        if not _LANGUAGE.fullmatch(name.text):
            message = f"`{name.text}` is no language"
            fields.problems.error("RG208", message, name.span, "two small letters of ISO 639: en, de")
            continue
        passage = _passage(value, f"`{key}` in `{name.text}`", most, fields.problems)
        if passage is not None:
            found.append((name.text, passage))
    return LocalText(tuple(found)) if found else None


def _passage(node: Node, what: str, most: int, problems: Collector) -> Passage | None:
    found = read_text(node, what, problems, most)
    if found is None:
        return None
    assert isinstance(node, Scalar)
    return Passage(found.text, node.span, offsets_of(found.text, problems.source.text, node.span, node.style))
