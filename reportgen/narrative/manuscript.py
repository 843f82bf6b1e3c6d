"""One text of the narrative, a Markdown file or an answer in the model, with the way back to where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.branding.relative_path import resolved
from reportgen.model.document import read_source
from reportgen.model.fields import cannot_be_shown
from reportgen.model.model import Model
from reportgen.model.report_plan import Passage, SectionPlan
from reportgen.problems import ModelError, Problem
from reportgen.source import Source, Span

MAX_CHARACTERS = 60_000
"""Of one file: some twenty pages."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """`offsets` lead from the text's characters to those of `source`; None where they are the same. `folder` is what
    images are looked for in, which lie in `root`. `language` is "" for a text that names none."""

    source: Source
    text: str
    root: Path
    folder: Path
    language: str = ""
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        if self.offsets is None:
            return Span(start, max(end, start + 1))
        last = len(self.offsets) - 1
        return Span(self.offsets[min(start, last)], self.offsets[min(max(end - 1, start), last)] + 1)


def root_of(model: Model) -> Path:
    """The folder that everything of the narrative lies in."""
    return Path(model.source.name).parent


def file_languages(model: Model, plan: SectionPlan) -> tuple[str, ...]:
    """The languages that a section has a file of its own for: `text/why.de.md` is German."""
    path = root_of(model) / plan.file
    found = (each.name.removeprefix(f"{path.stem}.").removesuffix(".md") for each in _versions(path))
    return tuple(sorted(found))


def file_paths(model: Model, plan: SectionPlan) -> tuple[Path, ...]:
    """The files that a section is written in: the one without a language, then one for each language."""
    path = root_of(model) / plan.file
    return (path, *(path.with_name(f"{path.stem}.{each}.md") for each in file_languages(model, plan)))


def _versions(path: Path) -> Iterator[Path]:
    """Files beside `why.md` that are called like it, but for two letters: `why.de.md`."""
    if not path.parent.is_dir():
        return
    for each in path.parent.iterdir():
        language = each.name.removeprefix(f"{path.stem}.").removesuffix(".md")
        if each.name == f"{path.stem}.{language}.md" and len(language) == 2 and language.isalpha():
            yield each


def read_section(model: Model, plan: SectionPlan, language: str = "") -> Manuscript:
    """A section's file, in a language if it has one of its own for it.

    Raises ModelError: RG851 at the section in the model, RG102 and RG213 in the file itself.
    """
    root = root_of(model)
    path = root / plan.file
    if language in file_languages(model, plan):
        path = path.with_name(f"{path.stem}.{language}.md")
    else:
        language = ""

    def fail(message: str, hint: str = "") -> ModelError:
        return ModelError([Problem("RG851", message, model.source, plan.span, hint)])

    written = path.relative_to(root).as_posix()
    try:
        inside = resolved(path).is_relative_to(root.resolve())
    except OSError as error:
        raise fail(f"`{written}` cannot be read: {(error.strerror or str(error)).lower()}") from error
    if not inside:
        raise fail(f"`{written}` leads out of the model's folder", "put the file itself there, not a link to it")
    if not path.is_file():
        hint = "paths begin at the folder of the model" if path.parent.is_dir() else f"there is no {path.parent.name}/"
        raise fail(f"there is no file `{plan.file}`", hint)
    try:
        source = read_source(path)
    except ModelError as error:
        found = error.problems[0]
        if found.code == "RG102":
            raise
        message = "is empty" if found.code == "RG107" else found.message
        raise fail(f"`{plan.file}` {message}") from error
    if len(source.text) > MAX_CHARACTERS:
        raise fail(f"`{plan.file}` has more than {MAX_CHARACTERS:,} characters", "part it into several sections")
    strange = next((at for at, c in enumerate(source.text) if c != "\r" and cannot_be_shown(c)), None)
    if strange is not None:
        message = f"the text holds the character U+{ord(source.text[strange]):04X}, which cannot be shown"
        raise ModelError([Problem("RG213", message, source, Span(strange, strange + 1), "remove it")])
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    return Manuscript(Source(source.name, text), text, root, path.parent, language)


def of_passage(model: Model, passage: Passage, language: str) -> Manuscript:
    """A text of the model itself."""
    root = root_of(model)
    offsets = passage.offsets or tuple(range(len(passage.text)))
    return Manuscript(model.source, passage.text, root, root, language, offsets)
