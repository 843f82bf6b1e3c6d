"""The questions about what is said of options beside their costs, and the totals from low to high; a module each.

Each module has the record as its author wrote it, the sound record, and the check that makes one of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.formula.nodes import Node
from reportgen.model.checklist_model import Checklist, ChecklistSpec, check_checklist
from reportgen.model.compounds import Entries, One
from reportgen.model.features_model import Feature, FeatureSpec, check_feature
from reportgen.model.profiles_model import Profile, ProfileSpec, check_profile
from reportgen.model.published_model import PublishedFigure, PublishedSpec, check_published
from reportgen.model.question_context import Context
from reportgen.model.ranges_model import RangeSpec, TotalRange, check_range
from reportgen.model.records import optional, record
from reportgen.model.scorecard_model import Scorecard, ScorecardSpec, check_scorecard


@record("the model")
class AssessmentSpec:
    """Their keys, which stand among the model's own."""

    ranges: tuple[RangeSpec, ...] = optional(Entries(RangeSpec, none=True), "totals from low to high", ())
    published: tuple[PublishedSpec, ...] = optional(
        Entries(PublishedSpec, none=True), "figures stated elsewhere, checked against the model", ()
    )
    features: tuple[FeatureSpec, ...] = optional(
        Entries(FeatureSpec, none=True), "which option does what, and what the gaps cost", ()
    )
    checklist: ChecklistSpec | None = optional(One(ChecklistSpec), "questions whose answers give a verdict")
    profiles: tuple[ProfileSpec, ...] = optional(Entries(ProfileSpec, none=True), "who should choose what", ())
    scorecard: ScorecardSpec | None = optional(One(ScorecardSpec), "weighted scores")


@dataclass(frozen=True, slots=True)
class Assessment:
    ranges: tuple[TotalRange, ...] = ()
    published: tuple[PublishedFigure, ...] = ()
    features: tuple[Feature, ...] = ()
    checklist: Checklist | None = None
    profiles: tuple[Profile, ...] = ()
    scorecard: Scorecard | None = None

    @property
    def formulas(self) -> Iterator[tuple[str, Node, str]]:
        """The formulas that are no definitions, of published figures, questions and profiles: the title of what each
        is of, its tree and its text."""
        for figure in self.published:
            if figure.formula is not None:
                yield figure.title, figure.formula, figure.formula_text
            if figure.intermediate is not None:
                yield figure.title, figure.intermediate, figure.intermediate_text
        for question in self.checklist.questions if self.checklist else ():
            if question.condition is not None:
                yield question.title, question.condition, question.formula_text
        for profile in self.profiles:
            yield profile.title, profile.condition, profile.when


def check_assessment(written: AssessmentSpec, context: Context) -> Assessment:
    """Reports RG2xx to RG4xx and the warning RG702."""
    return Assessment(
        ranges=tuple(check_range(each, context) for each in written.ranges),
        published=tuple(check_published(each, context) for each in written.published),
        features=tuple(check_feature(each, context) for each in written.features),
        checklist=None if written.checklist is None else check_checklist(written.checklist, context),
        profiles=tuple(found for each in written.profiles if (found := check_profile(each, context)) is not None),
        scorecard=None if written.scorecard is None else check_scorecard(written.scorecard, context),
    )
