"""Checks that titles, rows and columns stand where formulas look for them, whatever was inserted, moved or sorted.

Most formulas follow by themselves, as spreadsheets move what they refer to. What follows here is what they cannot: a
scenario that no case evaluates, a cost in a row that no total adds up, numbers beside another option's title.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.formula.nodes import Key
from reportgen.questions import SCENARIOS
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cases import LABEL_COLUMN, CaseBlock
from reportgen.workbook.check_sums import item_area, total_row
from reportgen.workbook.checks import Check
from reportgen.workbook.expressions import Expression, cells_of
from reportgen.workbook.plan import CASES, FIRST, FIRST_ROW, HEAD_ROW, LABEL, SUMMARY, TOTALS, UNIT, Plan
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.titles import phrase, title_of, title_on_sheet
from reportgen.workbook.translate import NO_NUMBER


def structure(plan: Plan, questions: Questions) -> Iterator[Check]:
    """What is counted: scenarios, options, lines, and what Summary shows."""
    if questions.scenarios is not None:
        yield from _scenarios(plan, questions.scenarios)
    yield from _options(plan)
    yield from _lines(plan)
    yield _on_summary(plan)


def _scenarios(plan: Plan, block: CaseBlock) -> Iterator[Check]:
    """Each has a title that no other has, and a case."""
    assert block.layout.scenario is not None
    numbers = Area(CASES, block.row(0), block.layout.scenario, block.last_row, block.layout.scenario)
    upper, lower = cells_of(numbers.without_last), cells_of(numbers.without_first)
    heads, what = plan.scenario_titles, message("scenarios")
    yield Check(
        message("Scenarios have titles of their own, in the order of Cases"),
        heads.sheet,
        what,
        f.SUMPRODUCT((upper < lower) * 1.0),
        f.ROWS(lower),
    )
    yield Check(
        message("Scenarios and Cases have every scenario"),
        heads.sheet,
        what,
        f.COUNTA(cells_of(heads)),
        f.ROWS(cells_of(numbers)),
        note=message("They do not know a column that is inserted: fill in a spare scenario instead."),
    )


def _options(plan: Plan) -> Iterator[Check]:
    """Sheets have options in the columns in which Summary has them."""
    own = _heads(plan, SUMMARY)
    for sheet in (*plan.category_sheets.values(), TOTALS, *([SCENARIOS] if SCENARIOS in plan.sheets else [])):
        found = _same(_heads(plan, sheet), own)
        title = phrase("{sheet}: the options of Summary, in its order", sheet=title_on_sheet(plan, sheet))
        yield Check(title, sheet, message("options"), found, f.COLUMNS(cells_of(own)))


def _same(one: Area, other: Area) -> Expression:
    """How many cells of two areas are the same."""
    same = cells_of(one).equals(cells_of(other))
    return f.SUMPRODUCT(same * 1.0) if one.several else f.IF(same, 1.0, 0.0)


def _heads(plan: Plan, sheet: str) -> Area:
    return Area(sheet, HEAD_ROW, FIRST, HEAD_ROW, plan.last_option_column)


def _lines(plan: Plan) -> Iterator[Check]:
    """Every number above a category's total is one of those that it adds up."""
    for category in plan.model.categories:
        total = total_row(plan, category.quantity.name)
        lines, whole = item_area(plan, category, spare=True), total._replace(top=HEAD_ROW)
        yield Check(
            phrase("{title}: no cost outside its lines", title=title_of(plan, category.quantity.name)),
            category.sheet,
            message("costs"),
            f.COUNT(cells_of(whole)),
            f.COUNT(cells_of(lines), cells_of(total)),
            note=message("Costs count between the first item and the last spare line."),
        )


def _on_summary(plan: Plan) -> Check:
    """The headline is that of Totals."""
    total = plan.model.headline
    shown = Area(SUMMARY, FIRST_ROW, FIRST, FIRST_ROW, plan.last_option_column)
    title = message("{title}: on Summary", title=total.title)
    found = _same(shown, total_row(plan, total.name))
    return Check(title, SUMMARY, message("options"), found, f.COLUMNS(cells_of(shown)))


def shown_totals(plan: Plan, questions: Questions) -> Iterator[Check]:
    """What Scenarios shows is what was computed for it."""
    if questions.scenarios is not None:
        yield from _of_scenarios(plan, questions.scenarios)


def _of_scenarios(plan: Plan, block: CaseBlock) -> Iterator[Check]:
    """Rows of Scenarios have the totals of the cases with their titles; those of spare ones that are empty are left
    out. A total that no case changes is read from its own sheet."""
    total, last = plan.model.headline, FIRST_ROW + len(block.rows) - 1
    changed = [key for key in plan.model.keys_of(total.name) if key in block.columns]
    titles, units = (cells_of(Area(SCENARIOS, FIRST_ROW, at, last, at), fixed=True) for at in (LABEL, UNIT))
    cases = cells_of(Area(CASES, block.row(0), LABEL_COLUMN, block.last_row, LABEL_COLUMN), fixed=True)
    computed, shown = list[Expression](), list[Expression]()
    for key in changed:
        column = block.columns[key]
        amounts = cells_of(Area(CASES, block.row(0), column, block.last_row, column))
        computed.append(f.SUMPRODUCT(titles.equals(cases) * units.differs(NO_NUMBER) * amounts))
        shown.append(_column(plan, key, last))
    if changed:
        title = message("{title}: on Scenarios", title=total.title)
        yield Check(title, SCENARIOS, unit_words(total.unit), None, f.SUM(*shown), tuple(computed))


def _column(plan: Plan, key: Key, last: int) -> Expression:
    column = plan.option_column(str(key.option))
    return cells_of(Area(SCENARIOS, FIRST_ROW, column, last, column))
