"""Everything that is wrong with a model's narrative, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.compute.answers import Answers
from reportgen.model.model import Model
from reportgen.narrative.images import Shown
from reportgen.narrative.language import Parsed
from reportgen.narrative.manuscript import Manuscript, file_languages, of_passage, read_section
from reportgen.narrative.narrative_lint import Lint, check_shown, headings, skeleton
from reportgen.narrative.narrative_names import Names
from reportgen.narrative.printer import Printer
from reportgen.narrative.render_text import Rendered, read_parsed, render
from reportgen.problems import Collector, ModelError, Problem

SOURCE_LANGUAGE = "en"
"""A text that names no language serves it without a warning."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One manuscript and what it belongs to: a section's id, or `faq-1-question` and its like."""

    id: str
    manuscript: Manuscript


def check_narrative(results: Answers, languages: Sequence[str] = ()) -> tuple[Problem, ...]:
    """The findings of the narrative with these numbers: in every language that has a text, and as warnings (RG859)
    the texts that lack one of them or of `languages`, those that a report is asked for in."""
    model, names = results.model, Names(results)
    problems: list[Problem] = []
    written = languages_of(model)
    for language in ("", *written):
        problems += read_all(model, names, Printer(), language)[1]
    problems += _lacking(model, sorted({*written, *languages} - {SOURCE_LANGUAGE}))
    return tuple(dict.fromkeys(problems))


def languages_of(model: Model) -> tuple[str, ...]:
    """Every language that a part of the narrative is written in, but for texts that name none."""
    found: set[str] = set()
    for plan in model.report.sections:
        found.update(file_languages(model, plan) if plan.file else ())
    for each in model.report.faq:
        found.update(each.question.languages, each.answer.languages)
    return tuple(sorted(found))


def chapters(model: Model, language: str, problems: list[Problem]) -> Iterator[Chapter]:
    """Every text of the narrative in a language, or as it is where it has none in it. Adds to `problems`."""
    for plan in model.report.sections:
        if not plan.file:
            continue
        try:
            manuscript = read_section(model, plan, language)
        except ModelError as error:
            problems += error.problems
            continue
        if not plan.title and not any(tag == "h1" for tag, _ in headings(manuscript.text)):
            message = f"section `{plan.file}` has no title"
            hint = "add `title:` to it, or begin the file with `# Its title`"
            problems.append(Problem("RG203", message, model.source, plan.span, hint))
        yield Chapter(plan.id, manuscript)
    for number, entry in enumerate(model.report.faq, 1):
        yield Chapter(f"faq-{number}-question", of_passage(model, entry.question.of(language), language))
        yield Chapter(f"faq-{number}-answer", of_passage(model, entry.answer.of(language), language))


def read_all(
    model: Model, names: Names, printer: Printer, language: str
) -> tuple[tuple[tuple[Chapter, Rendered], ...], tuple[Problem, ...]]:
    """Every text in a language with its figures, as far as there is one, and the findings."""
    problems: list[Problem] = []
    read: list[tuple[Chapter, Parsed, Collector]] = []
    for chapter in chapters(model, language, problems):
        collector = Collector(chapter.manuscript.source)
        parsed = read_parsed(chapter.manuscript, collector)
        if parsed is None:
            problems += collector.problems
        else:
            read.append((chapter, parsed, collector))
    anchors = [anchor for _, parsed, _ in read for tag, anchor in headings(skeleton(parsed).text) if tag != "h1"]
    found, shown = [], Shown()
    for chapter, parsed, collector in read:
        Lint(parsed, anchors, collector).check()
        rendered = render(parsed, names, printer, collector)
        if rendered is not None and not collector.failed:
            check_shown(parsed, rendered.text, shown, collector)
        problems += collector.problems
        if rendered is not None:
            found.append((chapter, rendered))
    return tuple(found), tuple(problems)


def finished(results: Answers, printer: Printer, language: str) -> tuple[tuple[Chapter, Rendered], ...]:
    """Every text of the narrative in a language. Raises ModelError with its findings."""
    found, problems = read_all(results.model, Names(results, printer.word), printer, language)
    if any(problem.severity == "error" for problem in problems):
        raise ModelError(problems)
    return found


def _lacking(model: Model, languages: Sequence[str]) -> Iterator[Problem]:
    """A warning for each text that a reader of a language would get in another one."""
    for plan in model.report.sections if languages else ():
        if plan.file:
            stem = plan.file.removesuffix(".md")
            for language in sorted({*languages} - {*file_languages(model, plan)}):
                message = f"`{plan.file}` has no text in `{language}`; readers of it get this one"
                hint = f"write {stem}.{language}.md"
                yield Problem("RG859", message, model.source, plan.span, hint, "warning")
    for entry in model.report.faq:
        for text in (entry.question, entry.answer):
            for language in sorted({*languages} - {*text.languages}):
                passage = text.of(language)
                message = f"there is no text in `{language}`; readers of it get this one"
                hint = f"write it for each language: {{en: …, {language}: …}}"
                yield Problem("RG859", message, model.source, passage.span, hint, "warning")
