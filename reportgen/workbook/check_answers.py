"""Checks of what is asked of the model: other ways to the same totals, and what is typed beside the costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Quantity, is_one_time
from reportgen.questions import CASH_FLOW, CHECKLIST, PUBLISHED, SIMULATION
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.assessment_layout import ANSWER, FeaturesLayout, ScorecardLayout
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cases import CaseBlock
from reportgen.workbook.cash_flow_layout import PAID, PRESENT, CashFlowLayout, Of
from reportgen.workbook.cell_scale import SHARE_DIGITS
from reportgen.workbook.cell_words import NO, YES
from reportgen.workbook.check_sums import columns, total_row
from reportgen.workbook.checks import Check, more, portions, size
from reportgen.workbook.expressions import Constant, Expression, added, cell, cells_of
from reportgen.workbook.plan import CASES, FIRST, FIRST_ROW, HEAD_ROW, Plan
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets import published
from reportgen.workbook.timeline_layout import step_columns
from reportgen.workbook.titles import option_title, phrase
from reportgen.workbook.translated_parts import scaled

MOST_CELLS = 16
"""Cells on Cases that one check compares."""


def _other_way(
    title: str, sheet: str, unit: Unit, options: Iterable[Expression], against: Area, note: str = ""
) -> Check:
    """Each option's number another way, against the cells of a row."""
    whole = f.SUM(cells_of(against, fixed=True))
    return Check(title, sheet, unit_words(unit), None, whole, tuple(options), against, note)


def cases(plan: Plan, questions: Questions) -> Iterator[Check]:
    """Of the cases that evaluate each scenario, the selected one's totals are those shown; so are those of the cases
    that change nothing, with which each block that answers questions begins."""
    for total in plan.model.totals:
        if questions.scenarios is not None:
            yield from _scenario_case(plan, questions.scenarios, total)
        yield from _as_selected(plan, questions.cases.blocks, total)


def _scenario_case(plan: Plan, block: CaseBlock, total: Quantity) -> Iterator[Check]:
    places = [block.columns[key] for key in plan.model.keys_of(total.name) if key in block.columns]
    if len(places) == len(plan.model.options):
        number = cell(plan.scenario_number, fixed=True)
        assert block.layout.scenario is not None
        numbers, *areas = (
            Area(CASES, block.row(0), column, block.last_row, column) for column in (block.layout.scenario, *places)
        )
        own = f.MATCH(number, cells_of(numbers, fixed=True), 0.0)
        selected = [f.INDEX(cells_of(area), own) for area in areas]
        title = message("{total}: in the case of the selected scenario", total=total.title)
        yield _other_way(title, CASES, total.unit, selected, total_row(plan, total.name))


def _as_selected(plan: Plan, blocks: Sequence[CaseBlock], total: Quantity) -> Iterator[Check]:
    """The lowest and the highest of what blocks have for each option; where none changes an option's total, that of its
    own sheet."""
    keys = plan.model.keys_of(total.name)
    having = [block for block in blocks if not block.columns.keys().isdisjoint(keys)]
    for number, start in enumerate(range(0, len(having), MOST_CELLS)):
        portion = having[start : start + MOST_CELLS]
        title = message("{total}: in the case as selected", total=total.title)
        ways = (
            {message("{title}, lowest", title=title): f.MIN, message("{title}, highest", title=title): f.MAX}
            if len(portion) > 1
            else {title: f.SUM}
        )
        found = [[block.address(0, key) for block in portion if key in block.columns] for key in keys]
        cells = [own or [plan.cells[key]] for own, key in zip(found, keys, strict=True)]
        for text, way in ways.items():
            options = [way(*(cell(each, fixed=True) for each in own)) for own in cells]
            yield _other_way(text + more(number), CASES, total.unit, options, total_row(plan, total.name))


def cash_flow_sums(plan: Plan, questions: Questions) -> Iterator[Check]:
    """What is paid in all, and its present value, come another way too: from what categories come to, and from amounts
    times discount factors."""
    outcome = questions.cash_flow
    if outcome is None:
        return
    layout = CashFlowLayout(plan.model, len(outcome.parts), step_columns(outcome.timeline))
    for place, option in enumerate(plan.model.options):
        paid, factor, so_far = (layout.row(place, each) for each in (Of.PAID, Of.FACTOR, Of.SO_FAR))
        row = layout.option_row(place)
        last = cell(Address(CASH_FLOW, so_far, layout.last_column))
        named = option_title(plan, option.id)
        title = phrase("{option}: paid in all, as paid so far in the last step", option=named)
        in_all, present = (cell(Address(CASH_FLOW, row, each)) for each in (PAID, PRESENT))
        yield Check(title, CASH_FLOW, unit_words(outcome.unit), last, in_all)
        costs = _in_all(plan, outcome, option.id)
        yield Check(
            phrase("{option}: paid in all, as its parts come to", option=named),
            CASH_FLOW,
            unit_words(outcome.unit),
            costs,
            in_all,
        )
        amounts, factors = (cells_of(layout.cells(each)) for each in (paid, factor))
        title = phrase("{option}: amounts times discount factors", option=named)
        yield Check(title, CASH_FLOW, unit_words(outcome.unit), f.SUMPRODUCT(amounts, factors), present)


def _in_all(plan: Plan, outcome: CashFlowOutcome, option: str) -> Expression:
    """What the parts of a total come to over the timeline, by their own sheets."""
    horizon, terms = cell(plan.cells[Key(HORIZON)]), []
    for name in outcome.parts:
        unit, own = plan.model.quantities[name].unit, cell(plan.cells[Key(name, option)])
        if is_one_time(unit):
            terms.append(scaled(own, unit.factors_to(outcome.unit)))
        else:
            length = plan.model.quantities[HORIZON].unit
            terms.append(scaled(own * horizon, (unit * length).factors_to(outcome.unit)))
    return added(*terms)


def simulated(plan: Plan, questions: Questions) -> Iterator[Check]:
    """Whether the simulation is about the totals as they are now. It is made by the program, once."""
    if questions.simulation is not None:
        total = questions.simulation.total
        now = map(cells_of, columns(total_row(plan, total.name)))
        then = Area(SIMULATION, FIRST_ROW, FIRST, FIRST_ROW, plan.last_option_column)
        note = message("The simulation is about the book as it was made; make it again for changed inputs.")
        yield _other_way(
            message("{total}: as it was simulated", total=total.title), SIMULATION, total.unit, now, then, note
        )


def published_figures(plan: Plan) -> Iterator[Check]:
    """Every figure stated elsewhere has the verdict that is expected."""
    last = HEAD_ROW + len(plan.model.assessment.published)
    if last > HEAD_ROW:
        verdicts = Area(PUBLISHED, HEAD_ROW, published.AS_EXPECTED, last, published.AS_EXPECTED)
        yield Check(
            message("Figures with the verdict that is expected"),
            PUBLISHED,
            message("figures"),
            f.COUNTIF(cells_of(verdicts), published.YES),
            f.COUNTA(cells_of(Area(PUBLISHED, FIRST_ROW, published.NAME, last, published.NAME))),
            note=message(
                "They are about the model as published; a changed input is the likelier reason for another verdict."
            ),
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
    layout = ScorecardLayout(plan.model, card)
    sheet, highest = layout.weights.sheet, cell(layout.highest, fixed=True)
    weights = f.ROUND(f.SUM(cells_of(layout.weights)), SHARE_DIGITS)
    yield Check(message("The weights of the scorecard sum to 100 %"), sheet, "1", weights, Constant(1.0))

    def on_scale(area: Area) -> Expression:
        scores = cells_of(area)
        if not area.several:  # IronCalc's COUNTIF takes no single cell
            within = f.IF(scores < 0.0, 0.0, f.IF(scores > highest, 0.0, 1.0))
            return f.IF(f.COUNT(scores).equals(0.0), 0.0, within)
        return f.COUNTIF(scores, ">=0") - f.COUNTIF(scores, ">" & highest)

    def within(areas: Sequence[Area]) -> Expression:
        return added(*map(on_scale, areas))

    for number, portion in enumerate(portions(_joined(layout.scores), (within, _sizes))):
        title = message("Every score lies between 0 and the highest score") + more(number)
        yield Check(title, sheet, message("scores"), within(portion), _sizes(portion))


def _joined(rows: Sequence[Area]) -> list[Area]:
    """Rows below each other as one area."""
    areas: list[Area] = []
    for row in rows:
        if areas and areas[-1].bottom == row.top - 1:
            areas[-1] = areas[-1]._replace(bottom=row.bottom)
        else:
            areas.append(row)
    return areas


def _sizes(areas: Sequence[Area]) -> Expression:
    return added(*map(size, areas))


def _features(plan: Plan) -> Iterator[Check]:
    """Every feature has one of the possible answers for every option."""
    if not plan.model.assessment.features:
        return
    layout = FeaturesLayout(plan.model)
    answers = [layout.block(option, ANSWER) for option in plan.model.option_ids]

    def counts(areas: Sequence[Area]) -> Expression:
        return f.SUM(*(cells_of(layout.answers._replace(left=area.left, right=area.left)) for area in areas))

    for number, portion in enumerate(portions(answers, (counts, _sizes))):
        title = message("Every feature is answered for every option") + more(number)
        yield Check(title, answers[0].sheet, message("answers"), counts(portion), _sizes(portion))


def _checklist(plan: Plan) -> Iterator[Check]:
    """Every question of the checklist is answered yes or no."""
    checklist = plan.model.assessment.checklist
    if checklist is None:
        return
    answers = Area(CHECKLIST, FIRST_ROW, FIRST, FIRST_ROW + len(checklist.questions) - 1, FIRST)
    # IronCalc's COUNTIF takes no single cell; the head above is neither word.
    searched = cells_of(answers._replace(top=HEAD_ROW))
    count = f.COUNTIF(searched, YES) + f.COUNTIF(searched, NO)
    yield Check(
        message("Every question is answered yes or no"), CHECKLIST, message("answers"), count, f.ROWS(cells_of(answers))
    )
