"""The plan of a report: its sections each once, its files where they can belong to the narrative."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model.report_plan import TEMPLATES, TEXT_TEMPLATES, FaqPlan, ReportPlan, SectionPlan
from reportgen.model.report_spec import ReportSpec, SectionSpec
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion


def check_report(written: ReportSpec | None, problems: Collector) -> ReportPlan:
    """Reports RG851, and the warning RG208 for an unknown template."""
    if written is None:
        return ReportPlan()
    sections = tuple(_sections(written, problems))
    faq = tuple(FaqPlan(each.question, each.answer) for each in written.faq)
    _check_faq(sections, faq, problems)
    if written.brand is None:
        return ReportPlan("", sections, faq)
    return ReportPlan(written.brand.text, sections, faq, written.brand.span)


def _check_faq(sections: tuple[SectionPlan, ...], faq: tuple[FaqPlan, ...], problems: Collector) -> None:
    """Warns of a block `faq` that has no questions, and of questions that a list of blocks leaves out (RG851)."""
    blocks = [each for each in sections if each.block]
    block = next((each for each in blocks if each.block == "faq"), None)
    if block is not None and not faq:
        hint = "add `faq:` with questions and answers below `report`, or remove the block"
        problems.warning("RG851", "the block `faq` has no questions and is left out", block.span, hint)
    if faq and blocks and block is None:
        _, first = faq[0].question.by_language[0]
        hint = "add the block `faq` to `sections`"
        problems.warning("RG851", "the questions stand in no section, so that nobody reads them", first.span, hint)


def _sections(written: ReportSpec, problems: Collector) -> Iterator[SectionPlan]:
    """Sections in their order, each once."""
    seen: dict[str, SectionPlan] = {}
    for each in written.sections:
        plan = SectionPlan(each.text, span=each.span) if isinstance(each, Text) else _file(each, problems)
        if plan is None:
            continue
        first = seen.setdefault(plan.id, plan)
        if first is plan:
            yield plan
            continue
        line, _ = problems.source.position(first.span.start)
        hint = f"it stands on line {line} too; remove one of them"
        problems.error("RG851", f"`{plan.block or plan.file}` is a section twice", plan.span, hint)


def _file(written: SectionSpec, problems: Collector) -> SectionPlan | None:
    for name in written.templates:
        if name.text not in TEMPLATES:
            hint = suggestion(name.text, TEMPLATES) or f"the shipped templates are {', '.join(TEMPLATES)}"
            problems.warning("RG208", f"no shipped template is called `{name}`", name.span, hint)
        elif name.text not in TEXT_TEMPLATES:
            hint = f"its two pages have no place for texts; {', '.join(TEXT_TEMPLATES)} have"
            problems.warning("RG851", f"`{name}` does not print this text", name.span, hint)
    if not _is_inside(written.file, problems):
        return None
    templates = tuple(name.text for name in written.templates)
    return SectionPlan("", written.file.text, written.title, templates, written.file.span)


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
