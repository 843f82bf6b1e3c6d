"""Which cases published figures need on the Cases sheet, and what their formulas read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from reportgen.compute.published import PublishedCase, cases_of, published_cases, settings_of
from reportgen.formula.nodes import Node, Reference
from reportgen.model.changes import Change
from reportgen.model.published_model import PublishedFigure
from reportgen.problems import ModelError, Problem
from reportgen.questions import PUBLISHED
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.book_words import message
from reportgen.workbook.case_groups import CaseRequest, Cases, Kind, lay_out
from reportgen.workbook.cases import OF_PUBLISHED, OF_PUBLISHED_CHANGES, CaseRow, Driver, Layout, keys_of_trees
from reportgen.workbook.cell_scale import cell_scale
from reportgen.workbook.changes import value_in
from reportgen.workbook.expressions import Expression, cell
from reportgen.workbook.limits import beyond_a_cell
from reportgen.workbook.plan import Plan
from reportgen.workbook.titles import Text, joined, phrase, scenario_title


@dataclass(frozen=True, slots=True)
class PublishedCases:
    """The cases of published figures with the labels of their rows; `places` says which of them a case is."""

    cases: Cases
    labels: tuple[Text, ...]
    places: dict[PublishedCase, int]

    def of(self, figure: PublishedFigure) -> tuple[int, ...]:
        """A figure's case, or its two."""
        return tuple(self.places[case] for case in cases_of(figure))

    def expressions(self, plan: Plan, figure: PublishedFigure, tree: Node) -> list[Expression]:
        """One of a figure's formulas in each of its cases."""
        found = []
        for case in self.of(figure):
            here = tree
            if isinstance(here, Reference):
                source = self.cases.source(plan, case, here.key(None))
                here = replace(here, name=source.name, option=source.option, per_option=source.option is not None)
            found.append(self.cases.translator(plan, case).whole(here, None, scale=cell_scale(figure.unit)))
        return found


def lay_out_published(plan: Plan, first_row: int) -> PublishedCases:
    """The cases of published figures from a row of Cases on.

    Raises ModelError with RG602 where a figure's formula is longer than a cell holds.
    """
    model = plan.model
    cases = tuple(published_cases(model))
    rows = _distinguished([_row(plan, each) for each in cases])
    inputs = tuple(key for assumption in model.assumptions for key in assumption.keys)
    requests = [
        CaseRequest(row, settings_of(model, case), inputs, frozenset(keys_of_trees(model, _trees_in(plan, case))))
        for row, case in zip(rows, cases, strict=True)
    ]
    # In one block, so that figures one below the other read rows one below the other, whatever columns they need.
    kind = Kind(message("Published figures"), _layout, one=True)
    laid_out = lay_out(plan, model, kind, requests, first_row)
    found = PublishedCases(laid_out, tuple(row.label for row in rows), {case: at for at, case in enumerate(cases)})
    problems = tuple(problem for figure in model.assessment.published for problem in _beyond(plan, found, figure))
    if problems:
        raise ModelError(problems)
    return found


def _layout(rows: Sequence[CaseRow]) -> Layout:
    changes = any(driver.change for row in rows for driver in row.drivers)
    return OF_PUBLISHED_CHANGES if changes else OF_PUBLISHED


def _trees_in(plan: Plan, case: PublishedCase) -> list[Node]:
    """The formulas of the figures that speak of a case."""
    figures = (each for each in plan.model.assessment.published if case in cases_of(each))
    return [tree for figure in figures for tree in _trees(figure)]


def _trees(figure: PublishedFigure) -> tuple[Node, ...]:
    return tuple(tree for tree in (figure.formula, figure.intermediate) if tree is not None)


def _beyond(plan: Plan, cases: PublishedCases, figure: PublishedFigure) -> tuple[Problem, ...]:
    """The problems of formulas that no cell holds: two cases stand in one cell."""

    def printed(tree: Node) -> str:
        return "=" + f.MAX(*cases.expressions(plan, figure, tree)).text(PUBLISHED)

    found = (beyond_a_cell(plan, figure.id, tree, partial(printed, tree), figure.span) for tree in _trees(figure))
    return tuple(chain.from_iterable(found))


def _distinguished(rows: Sequence[CaseRow]) -> list[CaseRow]:
    """The rows with numbers behind labels that several have: they set the same inputs to other values."""
    labels = [row.label for row in rows]
    return [
        replace(row, label=phrase("{label}, case {number}", label=row.label, number=labels[: at + 1].count(row.label)))
        if labels.count(row.label) > 1
        else row
        for at, row in enumerate(rows)
    ]


def _row(plan: Plan, case: PublishedCase) -> CaseRow:
    """An input's low and high are read where they can be edited, and so is what is changed in proportion."""
    name, settings = case
    values = settings_of(plan.model, case)
    scenario = plan.model.scenario(name)
    label: Text = scenario_title(plan, scenario)
    drivers = []
    for at, setting in enumerate(settings):
        limit: Expression | None = None
        change = setting.value if isinstance(setting.value, Change) else None
        if change is not None:
            limit = value_in(plan, setting.key, scenario, fixed=True)
        elif setting.bound:
            low, high = plan.limit_cells(setting.key)
            limit = cell(high if setting.bound == "high" else low)
        said = [" ", str(change) if change else message(setting.bound)] if change or setting.bound else []
        label = joined(label, ", " if at else ": ", str(setting.key), *said)
        drivers.append(Driver(setting.key, values[setting.key], limit, change))
    return CaseRow(label, tuple(drivers), scenario=plan.scenario_column(scenario))
