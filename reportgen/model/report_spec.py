"""The key `report` of the model file as written: sections, their files, questions and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.model.compounds import Many, One, Or
from reportgen.model.document import Mapping, Node, Scalar
from reportgen.model.fields import MAX_TITLE, read_text
from reportgen.model.kinds import TITLE, At, Json, Kind, Name, OneOrMore, Prose
from reportgen.model.records import optional, record, required
from reportgen.model.report_plan import BLOCKS, LocalText, Passage, offsets_of
from reportgen.model.written import Text
from reportgen.problems import suggestion

MAX_ANSWER = 4_000
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(eq=False, repr=False)
class Local(Kind[LocalText]):
    """A text, or a mapping of languages to texts."""

    most: int
    words = "text, or one for each language"

    def read(self, node: Node, at: At) -> LocalText | None:
        if not isinstance(node, Mapping):
            passage = self._passage(node, at)
            return None if passage is None else LocalText((("", passage),))
        found = []
        for name, value in node.entries:
            if not _LANGUAGE.fullmatch(name.text):
                message = f"`{name.text}` is no language"
                at.problems.error("RG208", message, name.span, "two small letters of ISO 639: en, de")
                continue
            passage = self._passage(value, at._replace(what=f"{at.what} in `{name.text}`"))
            if passage is not None:
                found.append((name.text, passage))
        return LocalText(tuple(found)) if found else None

    def _passage(self, node: Node, at: At) -> Passage | None:
        found = read_text(node, at.what, at.problems, self.most)
        if found is None:
            return None
        assert isinstance(node, Scalar)
        offsets = offsets_of(found.text, at.problems.source.text, node.span, node.style)
        return Passage(found.text, node.span, offsets)

    def schema(self) -> Json:
        one = Prose(self.most).schema()
        languages = {"type": "object", "propertyNames": {"pattern": f"^{_LANGUAGE.pattern}$"}, "minProperties": 1}
        return {"anyOf": [one, languages | {"additionalProperties": one}]}


class Block(Kind[Text]):
    """A built-in section."""

    words = "name of a block"

    def read(self, node: Node, at: At) -> Text | None:
        found = read_text(node, at.what, at.problems, MAX_TITLE)
        if found is None or found.text in BLOCKS:
            return found
        if found.text.endswith(".md"):
            hint = f"a file is written as {{file: {found.text}, title: …}}"
        else:
            hint = suggestion(found.text, BLOCKS) or f"the blocks are {', '.join(BLOCKS)}"
        at.problems.error("RG208", f"there is no block `{found.text}`", found.span, hint)
        return None

    def schema(self) -> Json:
        return {"enum": list(BLOCKS)}


@record("the section")
class SectionSpec:
    file: Text = required(Name("file name", 200), "its path, from the model's folder down: `text/why.md`")
    title: str = optional(TITLE, "its title, unless the file begins with a `# heading`", "")
    templates: tuple[Text, ...] = optional(
        OneOrMore(Name("template name")), "the templates it appears in; `whitepaper` and `article` by default", ()
    )


@record("the question")
class FaqSpec:
    question: LocalText = required(Local(MAX_TITLE), "the question")
    answer: LocalText = required(Local(MAX_ANSWER), "the answer")


@record("`report`")
class ReportSpec:
    brand: Text | None = optional(
        Name("brand name", MAX_TITLE), "how it looks, where the model's folder has no `brand.yaml`"
    )
    sections: tuple[Text | SectionSpec, ...] = optional(
        Many(Or[Text, SectionSpec](Block(), SectionSpec), "a section"),
        "what the white paper and the article show, in this order: blocks, and texts of your own",
        (),
    )
    faq: tuple[FaqSpec, ...] = optional(
        Many(One(FaqSpec), "the question"), "questions and answers for the block `faq`", ()
    )
