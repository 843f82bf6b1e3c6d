"""Where Scorecard and Features hold what a reader may edit there, so that checks and JSON name the same cells."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.model import Model
from reportgen.model.scorecard_model import Scorecard
from reportgen.questions import FEATURES, SCORECARD
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message
from reportgen.workbook.cell_words import ANSWERS, STATUSES
from reportgen.workbook.plan import FIRST, FIRST_ROW

WEIGHT, FIRST_SCORE = FIRST, FIRST + 1
"""On Scorecard: the column of weights, and that of the first option's scores."""

FIRST_COVER, COVER_COLUMNS = FIRST, 4
"""On Features: each option has the columns answer, status, price and unit."""

ANSWER, STATUS, PRICE, PRICE_UNIT = range(COVER_COLUMNS)


@dataclass(frozen=True, slots=True)
class ScorecardLayout:
    """The rows of Scorecard from top to bottom."""

    model: Model
    card: Scorecard

    @property
    def totals(self) -> tuple[str, ...]:
        """The totals that score a criterion, each once."""
        return tuple(dict.fromkeys(each.total for each in self.card.criteria if each.total is not None))

    @property
    def count(self) -> int:
        return len(self.card.criteria)

    @property
    def highest(self) -> Address:
        return Address(SCORECARD, FIRST_ROW + 1, WEIGHT)

    @property
    def first_total(self) -> int:
        return self.highest.row + 1

    @property
    def first_criterion(self) -> int:
        """Below the totals, a gap and a heading."""
        return self.first_total + len(self.totals) + 2

    @property
    def sum_row(self) -> int:
        return self.first_criterion + self.count

    @property
    def first_weighted(self) -> int:
        return self.sum_row + 3

    @property
    def total_row(self) -> int:
        return self.first_weighted + self.count

    @property
    def last_column(self) -> int:
        """The last option's."""
        return FIRST_SCORE + len(self.model.options) - 1

    @property
    def weights(self) -> Area:
        return Area(SCORECARD, self.first_criterion, WEIGHT, self.sum_row - 1, WEIGHT)

    @property
    def scores(self) -> tuple[Area, ...]:
        """The editable scores: a row for each criterion that no total scores."""
        rows = [row for row, each in enumerate(self.card.criteria, self.first_criterion) if each.total is None]
        return tuple(Area(SCORECARD, row, FIRST_SCORE, row, self.last_column) for row in rows)


def scorecard_cells(model: Model, card: Scorecard) -> dict[str, object]:
    """The editable cells: of `highest`, and by criterion of its `weight` and of each option's score."""
    layout, criteria = ScorecardLayout(model, card), {}
    for row, criterion in enumerate(card.criteria, layout.first_criterion):
        cells = {message("weight"): str(Address(SCORECARD, row, WEIGHT))}
        if criterion.total is None:
            cells |= {each: str(Address(SCORECARD, row, at)) for at, each in enumerate(model.option_ids, FIRST_SCORE)}
        criteria[criterion.id] = cells
    return {message("highest"): str(layout.highest), message("criteria"): criteria}


@dataclass(frozen=True, slots=True)
class FeaturesLayout:
    """The rows of Features from top to bottom, and each option's columns."""

    model: Model

    @property
    def count(self) -> int:
        return len(self.model.assessment.features)

    @property
    def last_feature(self) -> int:
        return FIRST_ROW + self.count - 1

    @property
    def first_count(self) -> int:
        """Below the features, a gap and a heading; a row for each status."""
        return self.last_feature + 3

    @property
    def share_row(self) -> int:
        return self.first_count + len(STATUSES)

    @property
    def first_answer(self) -> int:
        """Below the counts, a gap and a heading; a row for each possible answer."""
        return self.share_row + 3

    @property
    def answers(self) -> Area:
        """The words that an answer is chosen from."""
        return Area(FEATURES, self.first_answer, 1, self.first_answer + len(ANSWERS) - 1, 1)

    @property
    def after(self) -> int:
        """The first column behind the options."""
        return FIRST_COVER + COVER_COLUMNS * len(self.model.options)

    def column(self, option: str, part: int) -> int:
        """`part`: ANSWER, STATUS, PRICE or PRICE_UNIT."""
        return FIRST_COVER + COVER_COLUMNS * self.model.option_ids.index(option) + part

    def block(self, option: str, part: int) -> Area:
        """That column of all features."""
        column = self.column(option, part)
        return Area(FEATURES, FIRST_ROW, column, self.last_feature, column)


def features_cells(model: Model) -> dict[str, dict[str, str]]:
    """The editable cells: by feature, the answer of each option."""
    layout = FeaturesLayout(model)
    return {
        feature.id: {each: str(Address(FEATURES, row, layout.column(each, ANSWER))) for each in model.option_ids}
        for row, feature in enumerate(model.assessment.features, FIRST_ROW)
    }
