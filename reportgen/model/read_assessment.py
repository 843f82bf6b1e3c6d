"""The keys `ranges`, `published`, `features`, `checklist`, `profiles` and `scorecard` of the model file, as written."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model.assessment import ANSWERS, BOUNDS, DIFFERS, INPUT, INTERMEDIATE, MAX_SETTINGS, VERDICTS
from reportgen.model.assessment_spec import (
    AssessmentSpec,
    ChecklistSpec,
    CoverageSpec,
    CriterionSpec,
    FeatureSpec,
    IntervalSpec,
    ProfileSpec,
    PublishedSpec,
    QuestionSpec,
    RangeSpec,
    ScorecardSpec,
    SettingSpec,
)
from reportgen.model.document import Mapping, Node, Scalar
from reportgen.model.fields import Fields, kind_of, read_formula, read_number, read_per_option
from reportgen.model.written import FormulaSpec, NumberSpec, PerOption, Text
from reportgen.problems import Collector, suggestion


def assessment(top: Fields) -> AssessmentSpec:
    return AssessmentSpec(
        ranges=tuple(_ranges(top)),
        published=tuple(_published(top)),
        features=tuple(_features(top)),
        checklist=_checklist(top),
        profiles=tuple(_profiles(top)),
        scorecard=_scorecard(top),
    )


def _ranges(top: Fields) -> Iterator[RangeSpec]:
    for name, node in top.entries("ranges", required=False):
        fields = Fields(node, f"range `{name}`", "title of inputs", top.problems, name.span)
        title, of = fields.title(), fields.marked_text("of")
        if of is not None:
            yield RangeSpec(name, title, of, fields.texts("inputs"))


def _published(top: Fields) -> Iterator[PublishedSpec]:
    keys = "title where states unit step formula intermediate scenario set expect because source"
    for name, node in top.entries("published", required=False):
        fields = Fields(node, f"published figure `{name}`", keys, top.problems, name.span)
        title, where, unit = fields.title(), fields.text("where"), fields.unit("unit")
        written = fields.node("states", example=" 1_200")
        states = None if written is None else _stated(written, top.problems)
        formula, intermediate = _optional_formula(fields, "formula"), _optional_formula(fields, "intermediate")
        step, scenario = fields.number("step", required=False), fields.marked_text("scenario", required=False)
        settings, because = tuple(_settings(fields)), fields.text("because", required=False)
        expect, sources = fields.marked_text("expect"), fields.texts("source")
        if expect is not None and not fields.choice("expect", VERDICTS):
            continue
        if expect is not None:
            _expected_keys(expect, fields)
        if unit is not None and states is not None and expect is not None:
            yield PublishedSpec(
                *(name, title, where, states, unit, step, formula, intermediate),
                *(scenario, settings, expect, because, sources),
            )


def _expected_keys(expect: Text, fields: Fields) -> None:
    """Reports RG203 where a key is missing that an expected verdict needs."""
    needed = []
    if expect.text in (DIFFERS, INTERMEDIATE):
        needed.append(("because", "say in one sentence what the author did, and what follows from it instead"))
    if expect.text == INTERMEDIATE:
        needed.append(("intermediate", "a second formula, in which the intermediate is rounded or dropped"))
    if expect.text != INPUT:
        needed.append(("formula", "write the formula that leads to it, or expect `input` if nothing does"))
    for key, hint in needed:
        if key not in fields.keys and key not in fields.misspelt:
            fields.problems.error("RG203", f"`{expect}` needs the key `{key}`", expect.span, hint)


def _optional_formula(fields: Fields, key: str) -> FormulaSpec | None:
    return fields.formula(key) if key in fields.keys else None


def _stated(node: Node, problems: Collector) -> NumberSpec | IntervalSpec | None:
    if not isinstance(node, Mapping):
        return read_number(node, "`states`", problems)
    fields = Fields(node, "the interval", "from to", problems, node.span)
    start, end = fields.number("from", required=False), fields.number("to", required=False)
    if not fields.keys and not fields.misspelt:
        problems.error("RG203", "the interval is open at both ends", node.span, "give it `from`, `to` or both")
    return IntervalSpec(start, end, node.span) if start or end else None


def _settings(fields: Fields) -> Iterator[tuple[Text, SettingSpec]]:
    node = fields.node("set", required=False)
    if node is None:
        return
    if not isinstance(node, Mapping):
        message = f"`set` is a mapping of assumptions to values, not {kind_of(node)}"
        fields.problems.error("RG204", message, node.span, "for example {seats: 480}")
        return
    if len(node.entries) > MAX_SETTINGS:
        message = f"`set` sets {len(node.entries)} assumptions; a published figure sets at most {MAX_SETTINGS}"
        fields.problems.error("RG212", message, fields.keys["set"], "make a scenario of them and name it")
    for key, value in node.entries:
        found = _setting(value, f"`{key.text}`", fields.problems)
        if found is not None:
            yield Text(key.text, key.span), found


def _setting(node: Node, what: str, problems: Collector) -> SettingSpec | None:
    if not isinstance(node, Mapping):
        return _end(node, what, problems)
    fields = Fields(node, f"the interval of {what}", "from to", problems, node.span)
    ends = [None if each is None else _end(each, what, problems) for each in (fields.node("from"), fields.node("to"))]
    return IntervalSpec(ends[0], ends[1], node.span) if ends[0] is not None and ends[1] is not None else None


def _end(node: Node, what: str, problems: Collector) -> NumberSpec | Text | None:
    if isinstance(node, Scalar) and node.text in BOUNDS:
        return Text(node.text, node.span)
    return read_number(node, what, problems)


def _features(top: Fields) -> Iterator[FeatureSpec]:
    for name, node in top.entries("features", required=False):
        fields = Fields(node, f"feature `{name}`", "title note source priced_by coverage", top.problems, name.span)
        title, note, sources = fields.title(), fields.text("note", required=False), fields.texts("source")
        priced_by, written = fields.marked_text("priced_by", required=False), fields.node("coverage")
        if written is None:
            continue
        for_all = isinstance(written, Mapping) and any(key.text == "is" for key, _ in written.entries)
        found: CoverageSpec | PerOption[CoverageSpec] | None
        if for_all:
            found = _coverage(written, "`coverage`", top.problems)
        else:
            found = read_per_option(written, "`coverage`", _coverage, top.problems)
        if found is not None:
            yield FeatureSpec(name, title, note, sources, priced_by, found)


def _coverage(node: Node, what: str, problems: Collector) -> CoverageSpec | None:
    if isinstance(node, Scalar):
        answer = _answer(node, what, problems)
        return None if answer is None else CoverageSpec(answer, None, "", "", (), node.span)
    fields = Fields(node, what, "is priced_by because note source", problems, node.span)
    written = fields.node("is", example=" build")
    answer = None if written is None else _answer(written, "`is`", problems)
    priced_by, because = fields.marked_text("priced_by", required=False), fields.text("because", required=False)
    note, sources = fields.text("note", required=False), fields.texts("source")
    return None if answer is None else CoverageSpec(answer, priced_by, because, note, sources, node.span)


def _answer(node: Node, what: str, problems: Collector) -> str | None:
    if isinstance(node, Scalar) and node.text in ANSWERS:
        return node.text
    shown = f"`{node.text[:40]}`" if isinstance(node, Scalar) else kind_of(node)
    hint = (suggestion(node.text, ANSWERS) if isinstance(node, Scalar) else "") or f"one of: {', '.join(ANSWERS)}"
    problems.error("RG208", f"{what} cannot be {shown}", node.span, hint)
    return None


def _checklist(top: Fields) -> ChecklistSpec | None:
    node = top.node("checklist", required=False)
    if node is None:
        return None
    keys = "title note threshold met otherwise questions"
    fields = Fields(node, "the checklist", keys, top.problems, top.keys["checklist"])
    title, note, threshold = fields.title(), fields.text("note", required=False), fields.node("threshold")
    needed = fields.whole("threshold", 1, 1)
    met, otherwise = fields.text("met", most=200), fields.text("otherwise", most=200)
    questions = tuple(_question(name, each, top.problems) for name, each in fields.entries("questions"))
    if threshold is not None and questions and needed > len(questions):
        message = f"{needed} of {len(questions)} questions cannot be answered yes"
        top.problems.error("RG212", message, threshold.span, "lower the threshold")
    return ChecklistSpec(title, note, needed, met, otherwise, questions)


def _question(name: Text, node: Node, problems: Collector) -> QuestionSpec:
    fields = Fields(node, f"question `{name}`", "title formula answer note", problems, name.span)
    title, formula = fields.title(), _optional_formula(fields, "formula")
    answer = fields.choice("answer", ("yes", "no"), required=False)
    if ("formula" in fields.keys) == ("answer" in fields.keys) and not fields.misspelt:
        hint = "`formula:` with a condition, or `answer:` with yes or no"
        problems.error("RG203", f"question `{name}` is answered by a formula or by the reader", name.span, hint)
    return QuestionSpec(name, title, formula, answer == "yes" if answer else None, fields.text("note", required=False))


def _profiles(top: Fields) -> Iterator[ProfileSpec]:
    for name, node in top.entries("profiles", required=False):
        fields = Fields(node, f"profile `{name}`", "title when recommend because source", top.problems, name.span)
        title, when = fields.title(), fields.node("when", example=" seats < 100")
        recommend, because = fields.marked_text("recommend"), fields.text("because")
        condition = None if when is None else read_formula(when, "`when`", top.problems)
        sources = fields.texts("source")
        if condition is not None and recommend is not None:
            yield ProfileSpec(name, title, condition, recommend, because, sources)


def _scorecard(top: Fields) -> ScorecardSpec | None:
    node = top.node("scorecard", required=False)
    if node is None:
        return None
    span = top.keys["scorecard"]
    fields = Fields(node, "the scorecard", "title note highest criteria", top.problems, span)
    title, note, highest = fields.title(), fields.text("note", required=False), fields.number("highest")
    criteria = tuple(_criterion(name, each, top.problems) for name, each in fields.entries("criteria"))
    if highest is None:
        return None
    return ScorecardSpec(title, note, highest, tuple(each for each in criteria if each is not None), span)


def _criterion(name: Text, node: Node, problems: Collector) -> CriterionSpec | None:
    fields = Fields(node, f"criterion `{name}`", "title weight cost scores note source", problems, name.span)
    title, weight = fields.title(), fields.number("weight", required=True)
    cost, written = fields.marked_text("cost", required=False), fields.node("scores", required=False)
    scores = None if written is None else read_per_option(written, "the score", read_number, problems)
    note, sources = fields.text("note", required=False), fields.texts("source")
    if (cost is None) == (written is None) and not fields.misspelt:
        hint = "`scores:` with one for each option, or `cost:` with the total that scores it"
        problems.error("RG203", f"criterion `{name}` is scored by option or by a total", name.span, hint)
    return None if weight is None else CriterionSpec(name, title, weight, cost, scores, note, sources)
