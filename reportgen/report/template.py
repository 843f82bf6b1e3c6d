"""What a template makes of a report: a PDF or a page for browsers, and of which sections.

A template is a folder with `template.html` and, beside it, `template.yaml`. Where a user's own folder has no
`template.yaml` for it, the shipped one of that template holds, else that of the white paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.document import Mapping, Node, Sequence, read_source, read_tree
from reportgen.model.fields import Fields, kind_of, read_text
from reportgen.model.report_plan import TEMPLATES
from reportgen.problems import Collector, suggestion
from reportgen.report.report_settings import TEMPLATE, ReportSettings

TEMPLATE_FILE = "template.yaml"
PROSE = "prose"
"""The place of the author's own sections."""
KIN = {"pdf": "whitepaper", "html": "article"}
"""Outputs, and the shipped template that one of a user's own is akin to."""

_KEYS = "output numbered sections appendices"


@dataclass(frozen=True, slots=True)
class Entry:
    """A block in a template's list; `title` is "" where the block's usual one holds."""

    block: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """`output` is pdf or html; `sections` and `appendices` are what it shows if the author plans nothing else, and
    whatever the author plans if they have no place for the author's sections."""

    name: str
    output: str
    is_numbered: bool
    sections: tuple[Entry, ...]
    appendices: tuple[Entry, ...]

    @property
    def follows_plan(self) -> bool:
        """Whether an author may choose other blocks and another order."""
        return any(each.block == PROSE for each in self.sections)

    @property
    def kin(self) -> str:
        """The shipped template whose sections an author plans for it: its own name, or the one of its output."""
        return self.name if self.name in TEMPLATES else KIN[self.output]


def template_kind(report_settings: ReportSettings) -> str:
    """What the template makes: `pdf` or `html`. Raises ModelError for a template.yaml with problems."""
    return read_template(report_settings).output


def read_template(report_settings: ReportSettings) -> Template:
    """What the template says of itself. Raises ModelError with every problem of its template.yaml."""
    folders = [folder / name for name in (report_settings.template, TEMPLATE) for folder in report_settings.folders]
    path = next(each / TEMPLATE_FILE for each in folders if (each / TEMPLATE_FILE).is_file())
    source = read_source(path)
    problems = Collector(source)
    keys = Fields(
        read_tree(source, problems), "the template", "output numbered follows_plan sections appendices", problems
    )
    known = blocks_of(report_settings)
    found = Template(
        name=report_settings.template,
        output=keys.choice("output", tuple(KIN)),
        is_numbered=keys.choice("numbered", ("true", "false"), required=False) != "false",
        sections=_entries(keys, "sections", known),
        appendices=_entries(keys, "appendices", known),
    )
    problems.raise_if_failed()
    return found


def blocks_of(report_settings: ReportSettings) -> tuple[str, ...]:
    """The blocks that the template can include: its own and the shared ones, by their files."""
    places = [
        folder / part / "blocks" for folder in report_settings.folders for part in (report_settings.template, "shared")
    ]
    return tuple(sorted({path.stem for place in places for path in place.glob("*.html")}))


def _entries(keys: Fields, key: str, known: tuple[str, ...]) -> tuple[Entry, ...]:
    """A list of blocks: `- results`, or with a title of its own `- results: What it costs`."""
    node = keys.node(key, required=False)
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        keys.problems.error("RG204", f"`{key}` is a list of blocks, not {kind_of(node)}", node.span)
        return ()
    found = [_entry(each, f"`{key}`", known, keys.problems) for each in node.items]
    return tuple(each for each in found if each is not None)


def _entry(node: Node, what: str, known: tuple[str, ...], problems: Collector) -> Entry | None:
    title = None
    if isinstance(node, Mapping) and len(node.entries) == 1:
        node, titled = node.entries[0]
        title = read_text(titled, f"the title of `{node.text}`", problems)
    block = read_text(node, f"a block of {what}", problems)
    if block is None:
        return None
    if block.text not in known:
        hint = suggestion(block.text, known) or f"the blocks are {', '.join(known)}"
        problems.error("RG208", f"there is no block `{block.text}`", block.span, hint)
        return None
    return Entry(block.text, title.text if title else "")
