"""Kinds of numbers, units, formulas and costs."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.units import OTHER_SPELLINGS, UnitError, parse_unit
from reportgen.model.document import Node, Scalar
from reportgen.model.fields import inside, kind_of, read_formula, read_number, read_setting, read_text, read_whole
from reportgen.model.kinds import At, Json, Kind, matching
from reportgen.model.scalars import NUMBER as PLAIN_NUMBER
from reportgen.model.scalars import is_number_word, number_hint, number_of
from reportgen.model.written import ChangeSpec, CostSpec, FormulaSpec, NumberSpec, Text, UnitSpec, WordSpec
from reportgen.source import NOWHERE

FORMAT = 1
WORDS = ("included", "none", "not quoted")
_UNIT_WORD = r"[^\s\d_.,;:*/^()·%$€£¥²³-][^\s.,;:*/^()·%$€£¥²³-]*"
_FACTOR = rf"[(]*\s*(?:%|1|{_UNIT_WORD})(?:\^\d{{1,2}})?\s*[)]*(?:\^\d{{1,2}})?"
_MISSPELT = rf"(?:.*[*/·( ])?(?:{'|'.join(sorted(OTHER_SPELLINGS))})(?:[*/·^) ]|$)"
UNIT_PATTERN = rf"(?!{_MISSPELT})\s*{_FACTOR}(?:\s*[*/·]\s*{_FACTOR})*\s*"
WITH_UNIT = rf"\s*{PLAIN_NUMBER.pattern}(?:\s+(?=[^\d_%])|\s+(?=1/)|\s*(?=%)){UNIT_PATTERN}"
UNDERSCORED = rf"(?=[^_]*_){PLAIN_NUMBER.pattern}"
"""A number that YAML 1.2 takes for text and models for a number. One without `_` is text because it is in quotes."""
FORMULA_PATTERN = r"(?=\s*\S)(?:[A-Za-z0-9_\s.*+/^()<>,%-]|[<>]=|\[[^\]]*\])+"


@dataclass(eq=False, repr=False)
class Number(Kind[NumberSpec]):
    """A number, or a text of a number and a unit. The bounds are those of a number without a unit; they are checked
    once it is known in which unit it counts."""

    bounds: tuple[tuple[str, float], ...] = ()
    words = "number"

    def read(self, node: Node, at: At) -> NumberSpec | None:
        return read_number(node, at.what, at.problems)

    def schema(self) -> Json:
        text = matching(
            f"(?:{UNDERSCORED}|{WITH_UNIT})", patternErrorMessage="not a number, nor one with a unit: 8 %/year"
        )
        return text | {"type": ["number", "string"]} | dict(self.bounds)


class Setting(Kind[NumberSpec | ChangeSpec]):
    """A number, or a change in proportion to the one that it starts from."""

    words = "number, or a change in proportion: `+10 %`"

    def read(self, node: Node, at: At) -> NumberSpec | ChangeSpec | None:
        return read_setting(node, at.what, at.problems)

    def schema(self) -> Json:
        return NUMBER.schema()  # which takes a sign and a unit


@dataclass(eq=False, repr=False)
class Bound(Kind[NumberSpec | ChangeSpec | Text]):
    """A setting, or a word that stands for an input's own."""

    choices: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{SETTING.words}, " + ", ".join(f"`{each}`" for each in self.choices)

    def read(self, node: Node, at: At) -> NumberSpec | ChangeSpec | Text | None:
        if isinstance(node, Scalar) and node.text in self.choices:
            return Text(node.text, node.span)
        return read_setting(node, at.what, at.problems)

    def schema(self) -> Json:
        return {"anyOf": [{"enum": list(self.choices)}, NUMBER.schema()]}


@dataclass(eq=False, repr=False)
class Whole(Kind[NumberSpec]):
    least: int
    most: int | None = None
    empty = NumberSpec(1, None, NOWHERE)

    @property
    def words(self) -> str:
        return f"whole number from {self.least}" + ("" if self.most is None else f" to {self.most:,}")

    def read(self, node: Node, at: At) -> NumberSpec | None:
        number = read_whole(node, at.what, self.least, at.problems)
        if number is not None and self.most is not None and number.value > self.most:
            at.problems.error("RG212", f"{at.what} is at most {self.most:,}, not {number.value:,.0f}", number.span)
            return None
        return number

    def schema(self) -> Json:
        top = {} if self.most is None else {"maximum": self.most}
        return {"type": ["integer", "string"], "pattern": f"^{UNDERSCORED}$", "minimum": self.least, **top}


class Format(Kind[int]):
    """The version of the language that a file is written in."""

    empty = FORMAT
    words = f"`{FORMAT}`"

    def read(self, node: Node, at: At) -> int | None:
        number = read_number(node, at.what, at.problems)
        if number is not None and number.value != FORMAT:
            message = f"this program reads models of format {FORMAT}"
            at.problems.error("RG208", message, number.span, f"write `reportgen: {FORMAT}`")
        return FORMAT

    def schema(self) -> Json:
        return {"const": FORMAT}


class UnitKind(Kind[UnitSpec]):
    words = "unit"

    def read(self, node: Node, at: At) -> UnitSpec | None:
        found = read_text(node, at.what, at.problems)
        if found is None:
            return None
        try:
            return UnitSpec(parse_unit(found.text), found.span)
        except UnitError as error:
            place = inside(at.problems.source, found.span, found.text, error.offset, error.length)
            hint = error.hint or "for example EUR/month, h, USD/Mtoken, % or 1"
            at.problems.error("RG401", f"unit `{found.text}`: {error}", place, hint)
            return None

    def schema(self) -> Json:
        meant = "not a unit; for example EUR/month, h, USD/Mtoken, % or 1"
        text = matching(UNIT_PATTERN, maxLength=120, patternErrorMessage=meant)
        return text | {"type": ["string", "integer"], "minimum": 1, "maximum": 1}  # `unit: 1`


class FormulaKind(Kind[FormulaSpec]):
    words = "formula"

    def read(self, node: Node, at: At) -> FormulaSpec | None:
        return read_formula(node, at.what, at.problems)

    def schema(self) -> Json:
        return {"type": ["string", "number"], "pattern": f"^{FORMULA_PATTERN}$"}


class Cost(Kind[CostSpec]):
    """A number, a formula or one of the words in place of a price."""

    words = "number, formula or " + ", ".join(f"`{word}`" for word in WORDS)

    def read(self, node: Node, at: At) -> CostSpec | None:
        what, problems = at.what, at.problems
        if not isinstance(node, Scalar):
            message = f"{what} is a number, a formula or a word, not {kind_of(node)}"
            problems.error("RG204", message, node.span, f"the words are {', '.join(WORDS)}")
            return None
        text = " ".join(node.text.split())
        if text in WORDS:
            return WordSpec(text, node.span)
        if node.plain and number_of(node.text) is not None:
            return read_number(node, what, problems)
        if is_number_word(text):
            hint = "write `not quoted` for a cost that is unknown"
        elif meant := _word_meant(text):
            hint = f"write `{meant}`; the words are {', '.join(WORDS)}"
        elif number_of(text) is not None or (hint := number_hint(text)).startswith("write "):
            problems.error("RG205", f"{what} is not a number: `{text[:60]}`", node.span, number_hint(text))
            return None
        else:
            return read_formula(node, what, problems)
        problems.error("RG208", f"{what} cannot be `{text}`", node.span, hint)
        return None

    def schema(self) -> Json:
        typed = matching(r"\s*[-+]?\d[\d., ]*")  # in quotes, or with signs between thousands
        return {"anyOf": [{"enum": list(WORDS)}, FORMULA.schema() | {"not": typed}]}


def _word_meant(text: str) -> str:
    plain = text.replace("_", " ").replace("-", " ").lower()
    if plain in WORDS:
        return plain
    if plain in ("n/a", "na", "not applicable"):
        return "none"
    return "not quoted" if plain in ("unknown", "tbd", "tba", "?", "not known", "open", "on request") else ""


NUMBER, SETTING, UNIT, FORMULA, COST = Number(), Setting(), UnitKind(), FormulaKind(), Cost()
POSITIVE = Number((("exclusiveMinimum", 0),))
