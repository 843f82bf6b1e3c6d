"""From a document to a `ModelSpec`: the keys of the model file, each read as what it has to be.

This module is the reference for which keys there are. Names are not resolved here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportgen.formula.units import CURRENCIES
from reportgen.model import questions, read_report, read_sources
from reportgen.model.document import Mapping, Node, Scalar, Sequence
from reportgen.model.fields import Fields, kind_of, read_formula, read_number, read_per_option
from reportgen.model.model import DISTRIBUTIONS, METHODS
from reportgen.model.read_assessment import assessment
from reportgen.model.read_sources import MAX_OWNER
from reportgen.model.scalars import is_number_word, number_hint, number_of
from reportgen.model.spec import (
    AssumptionSpec,
    CategorySpec,
    GroupSpec,
    ItemSpec,
    ModelSpec,
    OptionSpec,
    ResultSpec,
    TableSpec,
)
from reportgen.model.written import CostSpec, NumberSpec, PerOption, Text, WordSpec
from reportgen.problems import Collector, suggestion

FORMAT = 1
SECTIONS = ("sources", "assumptions", "tables", "calculations", "categories", "totals", "metrics")
_WORD = re.compile(r"\w+")
WORDS = ("included", "none", "not quoted")
INPUT_KEYS = "title value unit low high growth distribution source owner review note"
TOP_LEVEL = (
    "reportgen id title subtitle summary as_of currency horizon options subject sources max_source_age"
    " assumptions tables"
    " calculations categories totals metrics scenarios sensitivity break_evens cash_flow simulation ranges"
    " published features checklist profiles scorecard report limits"
)


def read_model(root: Mapping, problems: Collector) -> ModelSpec:
    """Everything the file says that can be read. Reports RG2xx, RG301, RG307 and RG401.

    Goes on after problems, so that the checks find theirs too; raises ModelError only where so much is missing
    that they would find nothing but that.
    """
    top = Fields(root, "the model", TOP_LEVEL, problems, root.span._replace(end=root.span.start + 1))
    _check_format(top)
    as_of = top.date("as_of")
    spec = ModelSpec(
        id=_id(top),
        title=top.title(),
        subtitle=top.text("subtitle", required=False, most=200),
        summary=top.text("summary", required=False),
        limits=tuple(text.text for text in top.texts("limits")),
        as_of=as_of or date.min,
        currency=_currency(top),
        horizon=_horizon(top),
        subject=top.marked_text("subject", required=False),
        options=tuple(_options(top)),
        citations=tuple(read_sources.citations(top, as_of)),
        max_source_age=read_sources.max_source_age(top),
        groups=tuple(_groups(top)),
        tables=tuple(_tables(top)),
        calculations=tuple(_results(top, "calculations", "calculation", required=False)),
        categories=tuple(_categories(top)),
        totals=tuple(_results(top, "totals", "total")),
        metrics=tuple(_results(top, "metrics", "metric", required=False)),
        scenarios=tuple(questions.scenarios(top)),
        sensitivity=questions.sensitivity(top),
        break_evens=tuple(questions.break_evens(top)),
        cash_flow=questions.cash_flow(top),
        simulation=questions.simulation(top),
        assessment=assessment(top),
        report=read_report.report(top),
        unread=_words(root) if problems.failed else frozenset(),
    )
    if not spec.options or _hides_names(root):
        problems.raise_if_failed()
    return spec


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
    found: set[str] = set()
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


def _check_format(top: Fields) -> None:
    number = top.number("reportgen")
    if number is not None and number.value != FORMAT:
        top.problems.error(
            "RG208", f"this program reads models of format {FORMAT}", number.span, f"write `reportgen: {FORMAT}`"
        )


def _id(top: Fields) -> str:
    """The id also names the files that are written."""
    found = top.marked_text("id", most=60)
    if found is not None and not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", found.text):
        hint = "lower-case letters, digits and hyphens, for example team-chat"
        top.problems.error("RG206", f"`{found.text}` cannot be the model's id", found.span, hint)
    return found.text if found else ""


def _currency(top: Fields) -> str:
    found = top.marked_text("currency")
    if found is not None and found.text not in CURRENCIES:
        hint = suggestion(found.text.upper(), CURRENCIES) or "three capital letters of ISO 4217: EUR, USD, CHF"
        top.problems.error("RG208", f"`{found.text}` is not a currency", found.span, hint)
    return found.text if found else ""


def _horizon(top: Fields) -> NumberSpec | None:
    number = top.number("horizon", required=False)
    if number is not None and number.value <= 0:
        top.problems.error("RG212", "the horizon is longer than nothing", number.span, "for example 3 year")
    return number


def _options(top: Fields) -> Iterator[OptionSpec]:
    for name, node in top.entries("options"):
        fields = Fields(node, f"option `{name}`", "title summary", top.problems, name.span)
        yield OptionSpec(name, fields.title(), fields.text("summary", required=False))


def _groups(top: Fields) -> Iterator[GroupSpec]:
    for name, node in top.entries("assumptions", required=False):
        fields = Fields(node, f"assumption group `{name}`", "title note inputs", top.problems, name.span)
        assumptions = (_assumption(id_, input_, top.problems) for id_, input_ in fields.entries("inputs"))
        yield GroupSpec(
            name,
            fields.title(),
            fields.text("note", required=False),
            tuple(each for each in assumptions if each is not None),
        )


def _assumption(name: Text, node: Node, problems: Collector) -> AssumptionSpec | None:
    fields = Fields(node, f"assumption `{name}`", INPUT_KEYS, problems, name.span)
    title, unit, value = fields.title(), fields.unit("unit"), fields.node("value")
    numbers = {}
    for key, written in (("value", value), ("low", fields.node("low", False)), ("high", fields.node("high", False))):
        numbers[key] = None if written is None else read_per_option(written, f"`{key}`", read_number, problems)
    growth, distribution = fields.number("growth", False), fields.marked_text("distribution", False)
    fields.choice("distribution", DISTRIBUTIONS, required=False)
    sources, note = fields.texts("source"), fields.text("note", False)
    owner, review = fields.text("owner", False, MAX_OWNER), fields.date("review", False)
    found = numbers["value"]
    if unit is None or found is None:
        return None
    bounds = numbers["low"], numbers["high"]
    return AssumptionSpec(name, title, unit, found, *bounds, growth, distribution, sources, owner, review, note)


def _tables(top: Fields) -> Iterator[TableSpec]:
    for name, node in top.entries("tables", required=False):
        fields = Fields(node, f"table `{name}`", "title from to method rows source note", top.problems, name.span)
        title, from_unit, to_unit = fields.title(), fields.unit("from"), fields.unit("to")
        method = fields.choice("method", METHODS)
        rows = tuple(_rows(fields))
        written = fields.values.get("rows")
        if method == "linear" and isinstance(written, Sequence) and len(written.items) == 1:
            hint = "add a row, or write `method: step`"
            top.problems.error("RG212", "straight lines need two rows or more", written.span, hint)
        sources, note = fields.texts("source"), fields.text("note", required=False)
        if from_unit is not None and to_unit is not None:
            yield TableSpec(name, title, from_unit, to_unit, method, rows, sources, note)


def _rows(fields: Fields) -> Iterator[tuple[NumberSpec, NumberSpec]]:
    node = fields.node("rows")
    if node is None:
        return
    if not isinstance(node, Sequence) or not node.items:
        fields.problems.error("RG204", "`rows` is a list of pairs: [[0, 1], [250, 2]]", node.span)
        return
    previous = None
    for row in node.items:
        if not isinstance(row, Sequence) or len(row.items) != 2:
            wrong = f"a list of {len(row.items)}" if isinstance(row, Sequence) else kind_of(row)
            fields.problems.error("RG204", f"a row is a pair [from, to], not {wrong}", row.span)
            continue
        pair = [read_number(part, "a row's number", fields.problems) for part in row.items]
        if pair[0] is None or pair[1] is None:
            continue
        if previous is not None and pair[0].value <= previous:
            fields.problems.error("RG212", "the rows' first numbers rise from row to row", pair[0].span)
        previous = pair[0].value
        yield pair[0], pair[1]


def _results(top: Fields, key: str, what: str, required: bool = True) -> Iterator[ResultSpec]:
    for name, node in top.entries(key, required):
        fields = Fields(node, f"{what} `{name}`", "title unit formula source note", top.problems, name.span)
        title, unit, written = fields.title(), fields.unit("unit"), fields.node("formula")
        formula = None if written is None else read_per_option(written, "`formula`", read_formula, top.problems)
        sources, note = fields.texts("source"), fields.text("note", required=False)
        if unit is not None and formula is not None:
            yield ResultSpec(name, title, unit, formula, sources, note)


def _categories(top: Fields) -> Iterator[CategorySpec]:
    for name, node in top.entries("categories"):
        fields = Fields(node, f"category `{name}`", "title sheet unit note items", top.problems, name.span)
        items = (_item(id_, item, top.problems) for id_, item in fields.entries("items"))
        title, sheet, unit = fields.title(), fields.marked_text("sheet", required=False), fields.unit("unit")
        note, read_items = fields.text("note", required=False), tuple(item for item in items if item is not None)
        if unit is not None:
            yield CategorySpec(name, title, sheet, unit, note, read_items)


def _item(name: Text, node: Node, problems: Collector) -> ItemSpec | None:
    fields = Fields(node, f"item `{name}`", "title costs source note", problems, name.span)
    title, written = fields.title(), fields.node("costs")
    costs: CostSpec | PerOption[CostSpec] | None = None
    if written is not None:
        costs = read_per_option(written, "the cost", _cost, problems)
    sources, note = fields.texts("source"), fields.text("note", required=False)
    return None if costs is None else ItemSpec(name, title, costs, sources, note)


def _cost(node: Node, what: str, problems: Collector) -> CostSpec | None:
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


def _word_meant(text: str) -> str:
    plain = text.replace("_", " ").replace("-", " ").lower()
    if plain in WORDS:
        return plain
    if plain in ("n/a", "na", "not applicable"):
        return "none"
    return "not quoted" if plain in ("unknown", "tbd", "tba", "?", "not known", "open", "on request") else ""
