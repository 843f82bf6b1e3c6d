"""Published figures, features, checklist, profiles, scorecard and ranges as their author wrote them."""

from __future__ import annotations

from reportgen.model.amounts import FORMULA, NUMBER, POSITIVE, UNIT, Bound, Number, Whole
from reportgen.model.assessment import ANSWERS, BOUNDS, DIFFERS, INPUT, INTERMEDIATE, MAX_SETTINGS, VERDICTS
from reportgen.model.compounds import ByOption, Entries, One, Or, Settings
from reportgen.model.kinds import INPUT_NAME, OPTION, SOURCES, TEXT, TITLE, TOTAL, Choice, Name, OneOrMore, Prose
from reportgen.model.records import Either, Needs, optional, record, required
from reportgen.model.written import FormulaSpec, NumberSpec, PerOption, Text, UnitSpec
from reportgen.source import Span


@record("range {}")
class RangeSpec:
    id: Text
    title: str = required(TITLE, "what is shown from low to high")
    of: Text = required(TOTAL, "the total that is shown")
    inputs: tuple[Text, ...] = optional(
        OneOrMore(INPUT_NAME), "what varies; without it every input that has a low and a high", ()
    )


@record("the interval", Either("from", "to", "is open at both ends", "give it `from`, `to` or both", both=True))
class IntervalSpec:
    """`{from: 2, to: 5}`; an end that is None is open."""

    start: NumberSpec | None = optional(NUMBER, "the lower end", key="from")
    end: NumberSpec | None = optional(NUMBER, "the upper end", key="to")
    span: Span


@record("the interval of {}")
class EndsSpec:
    """Both ends of what `set` gives an assumption."""

    start: NumberSpec | Text = required(Bound(BOUNDS), "the value at one end", key="from")
    end: NumberSpec | Text = required(Bound(BOUNDS), "the value at the other end", key="to")


SettingSpec = NumberSpec | Text | EndsSpec
"""What `set` gives an assumption: a number, `low` or `high`, or the two ends of an interval."""


@record(
    "published figure {}",
    Needs(
        "expect",
        "formula",
        tuple(each for each in VERDICTS if each != INPUT),
        "write the formula that leads to it, or expect `input` if nothing does",
    ),
    Needs(
        "expect",
        "because",
        (DIFFERS, INTERMEDIATE),
        "say in one sentence what the author did, and what follows from it instead",
    ),
    Needs(
        "expect", "intermediate", (INTERMEDIATE,), "a second formula, in which the intermediate is rounded or dropped"
    ),
)
class PublishedSpec:
    id: Text
    title: str = required(TITLE, "what the figure is")
    where: str = required(TEXT, "where it is printed")
    states: NumberSpec | IntervalSpec = required(
        Or[NumberSpec, IntervalSpec](NUMBER, IntervalSpec),
        "the figure as printed; of an interval, either end may be left open: `{from: 10_000}` is “10,000+”",
        example="1_200",
    )
    unit: UnitSpec = required(UNIT, "the unit it is stated in")
    step: NumberSpec | None = optional(
        POSITIVE, "what it is printed to: 100 for hundreds, 0.1 for one decimal; without it the figure is exact"
    )
    formula: FormulaSpec | None = optional(
        FORMULA, "what follows from the model; without it, the figure is one that nothing leads to"
    )
    intermediate: FormulaSpec | None = optional(
        FORMULA, "a second formula, in which a named intermediate is rounded or dropped"
    )
    scenario: Text | None = optional(Name("scenario name"), "the scenario that the figure is about")
    settings: tuple[tuple[Text, SettingSpec], ...] = optional(
        Settings(Or[NumberSpec | Text, EndsSpec](Bound(BOUNDS), EndsSpec), MAX_SETTINGS),
        f"other values for at most {MAX_SETTINGS} inputs; `low` and `high` are the input's own, and "
        "`{from: low, to: high}` gives the two ends of an interval",
        (),
        key="set",
    )
    expect: Text = required(Choice(VERDICTS), "the verdict that is expected; see below")
    because: str = optional(TEXT, "why it is so; required for `intermediate` and `differs`", "")
    sources: tuple[Text, ...] = optional(SOURCES, "whose figure it is", (), key="source")


@record("{}")
class CoverageSpec:
    """`answer` is yes, partly, no, build or buy; `priced_by` the item that prices a gap."""

    answer: Text = required(Choice(ANSWERS), "whether the option has the feature", key="is", example="build")
    priced_by: Text | None = optional(Name("item name"), "the item that prices the gap of this option")
    because: str = optional(TEXT, "why no item prices the gap", "")
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "where it says so", (), key="source")
    span: Span


@record("feature {}")
class FeatureSpec:
    id: Text
    title: str = required(TITLE, "the feature")
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "where it says so", (), key="source")
    priced_by: Text | None = optional(Name("item name"), "the item that prices the gap of every option")
    coverage: CoverageSpec | PerOption[CoverageSpec] = required(
        ByOption(One(CoverageSpec, "is")), "which option has it; anything but `yes` is a gap"
    )


@record(
    "question {}",
    Either(
        "formula",
        "answer",
        "is answered by a formula or by the reader",
        "`formula:` with a condition, or `answer:` with yes or no",
    ),
)
class QuestionSpec:
    """Answered by a condition or by the reader; the other is None."""

    id: Text
    title: str = required(TITLE, "the question, to be answered with yes or no")
    formula: FormulaSpec | None = optional(FORMULA, "a condition that answers it")
    answer: Text | None = optional(Choice(("yes", "no")), "the reader's answer, a cell to edit")
    note: str = optional(TEXT, "a remark", "")


@record("the checklist")
class ChecklistSpec:
    title: str = required(TITLE, "what is to be decided")
    note: str = optional(TEXT, "a remark", "")
    threshold: NumberSpec = required(Whole(1), "how many questions must be answered yes")
    met: str = required(Prose(200), "the verdict if they are")
    otherwise: str = required(Prose(200), "the verdict if they are not")
    questions: tuple[QuestionSpec, ...] = required(Entries(QuestionSpec), "the questions")


@record("profile {}")
class ProfileSpec:
    id: Text
    title: str = required(TITLE, "who this is")
    when: FormulaSpec = required(FORMULA, "the condition that describes them", example="seats < 100")
    recommend: Text = required(OPTION, "the option for them")
    because: str = required(TEXT, "why")
    sources: tuple[Text, ...] = optional(SOURCES, "who says so", (), key="source")


@record(
    "criterion {}",
    Either(
        "scores",
        "cost",
        "is scored by option or by a total",
        "`scores:` with one for each option, or `cost:` with the total that scores it",
    ),
)
class CriterionSpec:
    """Scored by option, or by a total; the other is None."""

    id: Text
    title: str = required(TITLE, "the criterion")
    weight: NumberSpec = required(Number((("minimum", 0),)), "its weight in per cent; all weights sum to 100")
    cost: Text | None = optional(TOTAL, "the total that gives the scores: the lowest gets the highest score")
    scores: NumberSpec | PerOption[NumberSpec] | None = optional(
        ByOption(Number((("minimum", 0),)), "the score"), "the score of each option, from 0 to `highest`"
    )
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "who says so", (), key="source")


@record("the scorecard")
class ScorecardSpec:
    title: str = required(TITLE, "what is scored")
    note: str = optional(TEXT, "a remark", "")
    highest: NumberSpec = required(POSITIVE, "the highest score there is")
    criteria: tuple[CriterionSpec, ...] = required(Entries(CriterionSpec), "what is weighed")
    span: Span
