"""The columns of Assumptions that hold numbers: what counts, its plausible ends, and the scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, islice

from reportgen.model.model import Model
from reportgen.model.scenarios_model import Scenario
from reportgen.workbook.book_words import message

ACTIVE, LOW, HIGH, BASE = 3, 4, 5, 6
"""On Assumptions: the value that counts, its plausible ends, and the model's own value, which scenarios follow: one
that is inserted there moves no other column that formulas name."""


SPARE_SCENARIOS = 3
"""Columns of Assumptions behind the scenarios, where there are any, that a reader may fill: each is a scenario."""


@dataclass(frozen=True, slots=True)
class ScenarioColumns:
    """Where the scenarios of a model stand on Assumptions."""

    model: Model

    def scenario_column(self, scenario: Scenario) -> int:
        """The column of Assumptions that holds a scenario's values; the base column for None."""
        return BASE + [each.id for each in self.model.with_base].index(scenario.id)

    @property
    def spare_columns(self) -> range:
        """The columns of Assumptions that hold spare scenarios."""
        first = BASE + len(self.model.with_base)
        return range(first, first + (SPARE_SCENARIOS if self.model.scenarios else 0))

    @property
    def spare_titles(self) -> tuple[str, ...]:
        """What spare scenarios are called until they are used: as no other scenario is."""
        taken = {each.title.casefold() for each in self.model.with_base}
        titles = (
            title for at in count(1) if (title := message("Spare scenario {number}", number=at)).casefold() not in taken
        )
        return tuple(islice(titles, len(self.spare_columns)))

    @property
    def last_scenario_column(self) -> int:
        """Of the model's scenarios and the spare ones."""
        return BASE + len(self.model.scenarios) + len(self.spare_columns)

    @property
    def table_columns(self) -> tuple[int, int]:
        """On Assumptions: the numbers of tables, which have columns of their own where there are any."""
        return self.last_scenario_column + 1, self.last_scenario_column + 2

    @property
    def changed_column(self) -> int:
        """On Assumptions: the mark of rows in which an input is not as generated; source and note come after it."""
        return self.last_scenario_column + 1 + (2 if self.model.tables else 0)
