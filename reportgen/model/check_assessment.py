"""Published figures, features, checklist, profiles, scorecard and ranges: names resolved, units and sums checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.formula.checker import check_condition
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.analysis import Known, check_total, known_input
from reportgen.model.assessment import (
    YES,
    Assessment,
    Checklist,
    Coverage,
    Criterion,
    Feature,
    Profile,
    Question,
    Scorecard,
    TotalRange,
)
from reportgen.model.assessment_spec import (
    ChecklistSpec,
    CoverageSpec,
    CriterionSpec,
    FeatureSpec,
    ProfileSpec,
    RangeSpec,
    ScorecardSpec,
)
from reportgen.model.check_published import check_published
from reportgen.model.inputs import in_unit
from reportgen.model.model import CostStatus, Definition
from reportgen.model.names import NameScope
from reportgen.model.references import Wanted, each_option, known_sources
from reportgen.model.spec import ModelSpec
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion


def check_assessment(
    spec: ModelSpec, known: Known, scope: NameScope, definitions: Mapping[Key, Definition], problems: Collector
) -> Assessment:
    """Reports RG2xx to RG4xx and the warning RG702."""
    checker = _Checker(spec, known, scope, definitions, problems)
    return Assessment(
        ranges=tuple(each for range_ in spec.ranges if (each := checker.range(range_)) is not None),
        published=check_published(spec, known, scope, problems),
        features=tuple(checker.feature(feature) for feature in spec.features),
        checklist=None if spec.checklist is None else checker.checklist(spec.checklist),
        profiles=tuple(found for profile in spec.profiles if (found := checker.profile(profile)) is not None),
        scorecard=None if spec.scorecard is None else checker.scorecard(spec.scorecard),
    )


@dataclass(frozen=True, slots=True)
class _Checker:
    spec: ModelSpec
    known: Known
    scope: NameScope
    definitions: Mapping[Key, Definition]
    problems: Collector

    def sources(self, written: tuple[Text, ...]) -> tuple[str, ...]:
        return known_sources(written, self.spec, self.problems)

    def range(self, written: RangeSpec) -> TotalRange | None:
        """Reports RG211, RG212 and RG305."""
        check_total(written.of, self.known, self.problems)
        ranges = {key: each for a in self.known.assumptions.values() for key, each in a.ranges.items()}
        whole = [key for key, each in ranges.items() if each.low is not None and each.high is not None]
        if not written.inputs:
            if not whole:
                message, hint = f"range `{written.id}` has no inputs to vary", "give some a `low` and a `high`"
                self.problems.error("RG212", message, written.id.span, hint)
            return TotalRange(written.id.text, written.title, written.of.text, tuple(whole))
        keys: list[Key] = []
        for name in written.inputs:
            keys += self.varied(name, whole)
        return TotalRange(written.id.text, written.title, written.of.text, tuple(dict.fromkeys(keys)))

    def varied(self, name: Text, whole: Iterable[Key]) -> list[Key]:
        """The inputs of a name that go from low to high: `share` stands for those of all options."""
        found = self.known.assumptions.get(name.text)
        keys = [known_input(name, self.known, self.problems)] if found is None else list(found.keys)
        varied = [key for key in keys if key is not None and key in whole]
        if not varied and None not in keys:
            hint = "give it a `low` and a `high`"
            self.problems.error("RG212", f"`{name}` has no low and high to go between", name.span, hint)
        return varied

    def feature(self, written: FeatureSpec) -> Feature:
        wanted = Wanted(f"feature `{written.id}`", written.id.span, "with yes, partly, no, build or buy")
        coverage = {
            option: self.coverage(written, option, each)
            for option, each in each_option(written.coverage, wanted, self.scope.options, self.problems)
        }
        return Feature(written.id.text, written.title, written.note, self.sources(written.sources), coverage)

    def coverage(self, feature: FeatureSpec, option: str, written: CoverageSpec) -> Coverage:
        """Reports RG211 and the warning RG702."""
        own = written.priced_by or feature.priced_by
        priced_by = None if own is None else self.price(own)
        unknown = own is not None and priced_by is None
        if written.answer.text != YES and not written.because and not unknown and not self.has_price(priced_by, option):
            message = f"`{option}`: nothing prices the gap of feature `{feature.id}`"
            hint = "name the item that does with `priced_by`, or say why none does with `because`"
            self.problems.warning("RG702", message, written.span, hint)
        sources = self.sources(written.sources)
        return Coverage(written.answer.text, priced_by, written.because, written.note, sources, written.span)

    def price(self, name: Text) -> str | None:
        """The item, category or total of that name."""
        names = [category.id.text for category in self.spec.categories]
        names += [f"{c.id}.{item.id}" for c in self.spec.categories for item in c.items]
        names += [total.id.text for total in self.spec.totals]
        if name.text in names:
            return name.text
        if not self.scope.is_unread(name.text.rpartition(".")[2]):
            ending = next((each for each in names if each.endswith(f".{name}")), "")
            hint = f"did you mean `{ending}`?" if ending else suggestion(name.text, names)
            self.problems.error("RG211", f"there is no item `{name}` to price it", name.span, hint)
        return None

    def has_price(self, priced_by: str | None, option: str) -> bool:
        return priced_by is not None and self.definitions.get(Key(priced_by, option)) != CostStatus("none")

    def checklist(self, written: ChecklistSpec) -> Checklist:
        questions = []
        for question in written.questions:
            condition, text = None, ""
            if question.formula is not None:
                what = f"question `{question.id}`"
                typed = check_condition(question.formula.syntax, what, self.scope, self.problems)
                condition, text = (typed.node if typed else None), question.formula.text
            answer = None if question.answer is None else question.answer.text == "yes"
            questions.append(Question(question.id.text, question.title, condition, text, answer, question.note))
        texts = written.title, written.note, int(written.threshold.value), written.met, written.otherwise
        return Checklist(*texts, tuple(questions))

    def profile(self, written: ProfileSpec) -> Profile | None:
        """Reports RG211 and what `check_condition` does."""
        typed = check_condition(written.when.syntax, f"profile `{written.id}`", self.scope, self.problems)
        recommend = written.recommend
        if recommend.text not in self.scope.options:
            hint = suggestion(recommend.text, self.scope.options) or f"one of {', '.join(self.scope.options)}"
            self.problems.error("RG211", f"there is no option `{recommend}`", recommend.span, hint)
        if typed is None:
            return None
        texts = written.when.text, recommend.text, written.because
        sources = self.sources(written.sources)
        return Profile(written.id.text, written.title, typed.node, *texts, sources, written.id.span)

    def scorecard(self, written: ScorecardSpec) -> Scorecard:
        highest = in_unit(written.highest, PLAIN, "`highest`", self.problems)
        criteria = tuple(self.criterion(each) for each in written.criteria)
        return Scorecard(written.title, written.note, highest, criteria)

    def criterion(self, written: CriterionSpec) -> Criterion:
        weight = in_unit(written.weight, PERCENT, "the weight", self.problems)
        if written.cost is not None:
            check_total(written.cost, self.known, self.problems)
        scores: dict[str, float] = {}
        if written.scores is not None:
            wanted = Wanted(f"criterion `{written.id}`", written.id.span, "with a score")
            for option, number in each_option(written.scores, wanted, self.scope.options, self.problems):
                scores[option] = in_unit(number, PLAIN, "the score", self.problems)
        total = written.cost.text if written.cost else None
        sources = self.sources(written.sources)
        return Criterion(written.id.text, written.title, weight, total, scores, written.note, sources)
