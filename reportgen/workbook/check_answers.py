"""Checks of what is asked of the model: other ways to the same totals, and what is typed beside the costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from reportgen.compute.answers import Answers
from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.one_time import split_total
from reportgen.compute.published import PublishedOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import YEAR, Unit
from reportgen.model.assessment import NO, YES
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Quantity
from reportgen.workbook.address import Area, column_letters, quoted
from reportgen.workbook.assessment_layout import ANSWER, FeaturesLayout, ScorecardLayout
from reportgen.workbook.cases import CaseBlock
from reportgen.workbook.cash_flow_layout import FACTOR, NOMINAL, SO_FAR, WEIGHT, CashFlowLayout
from reportgen.workbook.check_sums import Row, columns, total_row
from reportgen.workbook.checks import Check, listed, more, portions
from reportgen.workbook.formula_text import FormulaText, factor_text
from reportgen.workbook.plan import (
    BASE,
    CASES,
    CASH_FLOW,
    CHECKLIST,
    CHECKS,
    FIRST,
    FIRST_ROW,
    HEAD_ROW,
    PUBLISHED,
    SIMULATION,
    Plan,
)
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets import published

MOST_CELLS = 16
"""Cells on Cases that one check compares."""


def _other_way(  # noqa: PLR0913 - a check is what, where, in which unit, and both ways
    title: str, sheet: str, unit: Unit, values: Sequence[float], texts: Sequence[str], against: Row, note: str = ""
) -> Check:
    """Each option's number another way, against the cells of a row; the sum of all is taken on Checks."""
    options = tuple((value, "=" + text) for value, text in zip(values, texts, strict=True))
    right = f"=SUM({against[0].seen_from(CHECKS, fixed=True)})"
    return Check(title, sheet, str(unit), sum(values), sum(against[1]), "", right, options, against, note)


def cases(plan: Plan, results: Answers, questions: Questions) -> Iterator[Check]:
    """Of the cases that evaluate each scenario, the selected one's totals are those shown; so are those of the cases
    that change nothing, with which each block that answers questions begins."""
    for total in plan.model.totals:
        against = total_row(plan, results, total.name)
        if questions.scenarios is not None:
            yield from _scenario_case(plan, results, questions.scenarios, total, against)
        yield from _as_selected(plan, results, questions.cases.blocks, total, against)


def _scenario_case(plan: Plan, results: Answers, block: CaseBlock, total: Quantity, against: Row) -> Iterator[Check]:
    keys = [key for key in plan.model.keys_of(total.name) if key in block.columns]
    if len(keys) < len(plan.model.options):
        return
    cell, at = plan.scenario_number, plan.scenario_column(results.scenario) - BASE
    number = Area(cell.sheet, cell.row, cell.column, cell.row, cell.column).seen_from(CHECKS, fixed=True)
    places = [block.columns[key] for key in keys]
    areas = [Area(CASES, block.row(0), column, block.last_row, column).seen_from(CHECKS) for column in places]
    texts = [f"INDEX({area},{number})" for area in areas]
    values = [block.value(at, key) for key in keys]
    title = f"{total.title}: in the case of the selected scenario"
    yield _other_way(title, CASES, total.unit, values, texts, against)


def _as_selected(
    plan: Plan, results: Answers, blocks: Sequence[CaseBlock], total: Quantity, against: Row
) -> Iterator[Check]:
    """The lowest and the highest of what blocks have for each option; where none changes an option's total, that of its
    own sheet."""
    keys = plan.model.keys_of(total.name)
    having = [block for block in blocks if not block.columns.keys().isdisjoint(keys)]
    for number, start in enumerate(range(0, len(having), MOST_CELLS)):
        portion = having[start : start + MOST_CELLS]
        title = f"{total.title}: in the case as selected"
        ways = {"MIN": f"{title}, lowest", "MAX": f"{title}, highest"} if len(portion) > 1 else {"SUM": title}
        for function, text in ways.items():
            values, texts = [], []
            for key in keys:
                found = [block for block in portion if key in block.columns]
                cells = [block.address(0, key) for block in found] or [plan.cells[key]]
                numbers = [block.value(0, key) for block in found] or [results.values[key]]
                values.append(max(numbers) if function == "MAX" else min(numbers))
                texts.append(f"{function}({','.join(cell.seen_from(CHECKS, fixed=True) for cell in cells)})")
            yield _other_way(text + more(number), CASES, total.unit, values, texts, against)


def cash_flow_sums(plan: Plan, results: Answers, questions: Questions) -> Iterator[Check]:
    """The first years make the total again; what is paid in all, and its present value, come another way too."""
    outcome = questions.cash_flow
    assert outcome is not None
    layout, options = CashFlowLayout(len(questions.years)), plan.model.option_ids
    letters = [column_letters(plan.option_column(option)) for option in options]
    sheet = quoted(CASH_FLOW)

    def seen(area: Area) -> str:
        return area.seen_from(CHECKS)

    horizon = plan.model.quantities[HORIZON]
    years = f"{plan.names[Key(HORIZON)]}{''.join(map(factor_text, horizon.unit.factors_to(YEAR)))}"
    length = float(prod((Fraction(results.value(HORIZON)), *horizon.unit.factors_to(YEAR))))
    factors = (outcome.unit / YEAR).factors_to(outcome.total.unit)
    per_unit = "".join(map(factor_text, factors))
    values, texts = [], []
    for option, column in zip(options, letters, strict=True):
        first, whole = (f"{sheet}!{column}{layout.year_row(NOMINAL, year)}" for year in (1, 0))
        weight = f"{sheet}!${column_letters(WEIGHT)}${layout.time_row(1)}"
        texts.append(f"({first}/{weight}+{whole}/({years})){per_unit}")
        amount = outcome.nominal[option][1] / outcome.weights[1] + outcome.nominal[option][0] / length
        values.append(float(prod((Fraction(amount), *factors))))
    title = f"{outcome.total.title}: from year 1 and a year’s share of year 0"
    against = total_row(plan, results, outcome.total.name)
    yield _other_way(title, CASH_FLOW, outcome.total.unit, values, texts, against)
    yield _one_time_check(plan, results, outcome, layout)
    so_far = [seen(layout.amounts(SO_FAR, plan.option_column(each))) for each in options]
    last = [f"INDEX({area},COUNT({area}))" for area in so_far]
    paid = [outcome.cumulative[option][-1] for option in options]
    row = Area(CASH_FLOW, layout.paid_row, FIRST, layout.paid_row, plan.last_option_column)
    title = "Paid in all: as paid so far in the last year"
    yield _other_way(title, CASH_FLOW, outcome.unit, paid, last, (row, tuple(paid)))
    discount = layout.times(FACTOR).seen_from(CHECKS, fixed=True)
    texts = [f"SUMPRODUCT({seen(layout.amounts(NOMINAL, plan.option_column(each)))},{discount})" for each in options]
    present = [
        sum(amount * factor for amount, factor in zip(outcome.nominal[option], outcome.factors, strict=True))
        for option in options
    ]
    row = replace(row, top=row.top + 1, bottom=row.bottom + 1)
    stated = tuple(outcome.present_value[option] for option in options)
    title = "Present value: amounts times discount factors"
    yield _other_way(title, CASH_FLOW, outcome.unit, present, texts, (row, stated))


def _one_time_check(plan: Plan, results: Answers, outcome: CashFlowOutcome, layout: CashFlowLayout) -> Check:
    """A changed input may make a total spread its one-time costs over another period than the horizon."""
    splits = {option: split_total(plan.model, outcome.total, option, outcome.unit) for option in plan.model.option_ids}
    printer = FormulaText(plan, CHECKS)
    texts = [printer.text(split.items, option) for option, split in splits.items()]
    values = [results.compute(split.items, option) for option, split in splits.items()]
    row = Area(CASH_FLOW, layout.year_row(NOMINAL, 0), FIRST, layout.year_row(NOMINAL, 0), plan.last_option_column)
    against = (row, tuple(outcome.one_time.values()))
    note = "A total may spread one-time costs over the horizon only; otherwise its cash flow has no meaning."
    return _other_way("Year 0: the sum of one-time items", CASH_FLOW, outcome.unit, values, texts, against, note)


def simulated(plan: Plan, results: Answers, questions: Questions) -> Check | None:
    """Whether the simulation is about the totals as they are now. It is made by the program, once."""
    if questions.simulation is None:
        return None
    total = questions.simulation.total
    area, values = total_row(plan, results, total.name)
    texts = [cell.seen_from(CHECKS) for cell in columns(area)]
    then = Area(SIMULATION, FIRST_ROW, FIRST, FIRST_ROW, plan.last_option_column)
    note = "The simulation is about the book as it was made; make it again for changed inputs."
    title = f"{total.title}: as it was simulated"
    return _other_way(title, SIMULATION, total.unit, values, texts, (then, values), note)


def published_figures(outcomes: Sequence[PublishedOutcome]) -> Iterator[Check]:
    """Every figure stated elsewhere has the verdict that is expected."""
    if outcomes:
        rows = HEAD_ROW, HEAD_ROW + len(outcomes)
        verdicts = Area(PUBLISHED, rows[0], published.AS_EXPECTED, rows[1], published.AS_EXPECTED)
        names = Area(PUBLISHED, FIRST_ROW, published.NAME, rows[1], published.NAME)
        yield Check(
            "Figures with the verdict that is expected",
            PUBLISHED,
            "figures",
            float(sum(outcome.as_expected for outcome in outcomes)),
            float(len(outcomes)),
            f'=COUNTIF({verdicts.seen_from(CHECKS)},"{published.YES}")',
            f"=COUNTA({names.seen_from(CHECKS)})",
            note="They are about the model as published; a changed input is the likelier reason for another verdict.",
        )


def assessment(plan: Plan) -> Iterator[Check]:
    """Weights, scores and answers that a reader may edit."""
    yield from _scorecard(plan)
    yield from _features(plan)
    yield from _checklist(plan)


def _scorecard(plan: Plan) -> Iterator[Check]:
    """The weights sum to 100 %, and every typed score is a number on the scale."""
    card = plan.model.assessment.scorecard
    if card is None:
        return
    layout, digits = ScorecardLayout(plan.model, card), 9
    weights = f"=ROUND(SUM({layout.weights.seen_from(CHECKS)})/100,{digits})"
    total = float(round(Fraction(sum(each.weight for each in card.criteria)) / 100, digits))
    yield Check("The weights of the scorecard sum to 100 %", layout.weights.sheet, "1", total, 1.0, weights, "=1")
    if not layout.scores:
        return
    cell = layout.highest
    highest = Area(cell.sheet, cell.row, cell.column, cell.row, cell.column).seen_from(CHECKS, fixed=True)

    def on_scale(area: Area) -> str:
        cells = area.seen_from(CHECKS)
        if not area.several:  # IronCalc's COUNTIF takes no single cell
            return f"IF(COUNT({cells})=0,0,IF({cells}<0,0,IF({cells}>{highest},0,1)))"
        return f'COUNTIF({cells},">=0")-COUNTIF({cells},">"&{highest})'

    def within(areas: Sequence[Area]) -> str:
        return "=" + "+".join(map(on_scale, areas))

    for number, portion in enumerate(portions(_joined(layout.scores), (within, _cells))):
        count = float(sum((area.bottom - area.top + 1) * len(plan.model.options) for area in portion))
        title = "Every score lies between 0 and the highest score" + more(number)
        yield Check(title, layout.weights.sheet, "scores", count, count, within(portion), _cells(portion))


def _joined(rows: Sequence[Area]) -> list[Area]:
    """Rows below each other as one area."""
    areas: list[Area] = []
    for row in rows:
        if areas and areas[-1].bottom == row.top - 1:
            areas[-1] = replace(areas[-1], bottom=row.bottom)
        else:
            areas.append(row)
    return areas


def _cells(areas: Sequence[Area]) -> str:
    cells = [area.seen_from(CHECKS) for area in areas]
    return "=" + "+".join(f"ROWS({each})*COLUMNS({each})" for each in cells)


def _features(plan: Plan) -> Iterator[Check]:
    """Every feature has one of the possible answers for every option."""
    if not plan.model.assessment.features:
        return
    layout = FeaturesLayout(plan.model)
    answers = [layout.block(option, ANSWER) for option in plan.model.option_ids]

    def counts(areas: Sequence[Area]) -> str:
        return f"=SUM({listed([replace(layout.answers, left=area.left, right=area.left) for area in areas])})"

    for number, portion in enumerate(portions(answers, (counts, _cells))):
        count, title = float(layout.count * len(portion)), "Every feature is answered for every option" + more(number)
        yield Check(title, answers[0].sheet, "answers", count, count, counts(portion), _cells(portion))


def _checklist(plan: Plan) -> Iterator[Check]:
    """Every question of the checklist is answered yes or no."""
    checklist = plan.model.assessment.checklist
    if checklist is None:
        return
    count = float(len(checklist.questions))
    answers = Area(CHECKLIST, FIRST_ROW, FIRST, FIRST_ROW + len(checklist.questions) - 1, FIRST)
    # IronCalc's COUNTIF takes no single cell; the head above is neither word.
    searched = replace(answers, top=HEAD_ROW).seen_from(CHECKS)
    left = f'=COUNTIF({searched},"{YES}")+COUNTIF({searched},"{NO}")'
    title = "Every question is answered yes or no"
    yield Check(title, CHECKLIST, "answers", count, count, left, f"=ROWS({answers.seen_from(CHECKS)})")
