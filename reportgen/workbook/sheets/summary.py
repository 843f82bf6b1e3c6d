"""The Summary sheet: scenario selector, totals, differences, chart, and how to find one's way."""

from __future__ import annotations

from reportgen.compute.comparison import Comparison, compare
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT
from reportgen.model.model import INCOMPLETE, Quantity
from reportgen.workbook.address import Area
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.grid import Grid, StackedChart, Style, Validation, chart_rows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import (
    ABOUT,
    ASSUMPTIONS,
    BREAK_EVEN,
    CALCULATIONS,
    CASES,
    CASH_FLOW,
    CHECKS,
    FIRST,
    FIRST_ROW,
    HEAD_ROW,
    LABEL,
    SCENARIO_ROW,
    SCENARIOS,
    SENSITIVITY,
    SIMULATION,
    SOURCES,
    SUMMARY,
    TOTALS,
    UNIT,
)
from reportgen.workbook.sheets.common import (
    COMPLETE,
    NUMBER_WIDTH,
    Book,
    calculation,
    heading,
    lowest_formula,
    lowest_text,
    new_grid,
    option_heads,
    row_format,
)


def summary_sheet(book: Book) -> Grid:
    """What a reader sees first, all of it live."""
    model = book.model
    grid = new_grid(book, SUMMARY, "front", model.title, _subtitle(book))
    grid.put(SCENARIO_ROW, UNIT, book.scenario_title, Style.INPUT_TEXT)
    grid.put(SCENARIO_ROW, FIRST, "← choose here; every sheet follows", Style.SUBTITLE)
    grid.one_page = True
    titles = book.plan.scenario_titles.seen_from(SUMMARY, fixed=True)
    selector = Area(SUMMARY, SCENARIO_ROW, UNIT, SCENARIO_ROW, UNIT)
    prompt = "Choose which values the whole book shows."
    error = "Choose one of the scenarios in the list."
    grid.validations.append(Validation((selector,), "Scenario", prompt, error, list_of=titles))
    option_heads(book, grid, HEAD_ROW, "Results")
    for column in range(FIRST, max(book.plan.last_option_column, FIRST + 3) + 1):
        grid.widths[column] = NUMBER_WIDTH
    row = _totals(book, grid, FIRST_ROW)
    row = _comparison(book, grid, row)
    row = _metrics(book, grid, row)
    row = _chart(book, grid, row + 1)
    row = _contents(book, grid, row + 1)
    _how_to(grid, row + 1)
    return grid


def _subtitle(book: Book) -> str:
    model = book.model
    parts = [model.subtitle, f"as of {model.as_of.isoformat()}", f"amounts in {model.currency}"]
    return " · ".join(part for part in parts if part)


def _totals(book: Book, grid: Grid, row: int) -> int:
    for total in book.model.totals:
        headline = total is book.model.headline
        row = _linked(book, grid, row, total, Style.OUTPUT if headline else Style.LINKED)
    return row


def _linked(book: Book, grid: Grid, row: int, quantity: Quantity, style: Style) -> int:
    """A row of links to where a quantity is computed, and to its states; the next free row."""
    keys = book.model.keys_of(quantity.name)
    output = style is Style.OUTPUT
    grid.put(row, LABEL, quantity.title, Style.OUTPUT_LABEL if output else Style.LABEL)
    grid.put(row, UNIT, str(quantity.unit), Style.OUTPUT_LABEL if output else Style.UNIT)
    number_format = row_format(book, quantity, keys)
    for column, key in enumerate(keys, FIRST):
        formula = "=" + book.plan.cells[key].seen_from(SUMMARY)
        grid.put(row, column, book.results.values[key], style, number_format, formula=formula)
    if not any(key in book.plan.states for key in keys):
        return row + 1
    grid.put(row + 1, LABEL, "Prices known", Style.LABEL)
    grid.put(row + 1, UNIT, "", Style.UNIT)
    for column, key in enumerate(keys, FIRST):
        state = INCOMPLETE if book.results.is_incomplete(key) else COMPLETE
        grid.put(row + 1, column, state, Style.STATE, formula="=" + book.plan.states[key].seen_from(SUMMARY))
    return row + 2


def _comparison(book: Book, grid: Grid, row: int) -> int:
    """What the other options cost more or less than the subject, and which complete one costs least."""
    comparison = compare(book.results)
    total = book.model.headline
    if comparison.differences:
        subject = book.model.option(comparison.subject).title
        row = _differences(book, grid, row, f"More (+) or less (−) than {subject}", total, comparison)
    return _cheapest(book, grid, row, comparison)


def _differences(book: Book, grid: Grid, row: int, title: str, total: Quantity, comparison: Comparison) -> int:
    for label, unit, number_format, share in (
        (title, str(total.unit), row_format(book, total, book.model.keys_of(total.name)), False),
        ("the same, of the option’s total", "%", result_format((60.5,), PERCENT), True),
    ):
        grid.put(row, LABEL, label, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        for difference in comparison.differences:
            column = book.plan.option_column(difference.option)
            node, value = difference.tree, difference.value
            if share:
                if difference.share_tree is None or difference.share is None:
                    grid.put(row, column, "–", Style.WORD)
                    continue
                node, value = difference.share_tree, difference.share
            formula = FormulaText(book.plan, SUMMARY).formula(node)
            calculation(grid, (row, column), value, formula, number_format)
        own = book.plan.option_column(comparison.subject)
        grid.put(row, own, "–", Style.WORD)
        row += 1
    return _difference_states(book, grid, row, comparison)


def _difference_states(book: Book, grid: Grid, row: int, comparison: Comparison) -> int:
    """Whether both sides of each difference are complete, where they may not be."""
    name, states = book.model.headline.name, book.plan.states
    if Key(name, comparison.subject) not in states:
        return row
    subject = states[Key(name, comparison.subject)].seen_from(SUMMARY)
    grid.put(row, LABEL, "Prices known", Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for difference in comparison.differences:
        other = states[Key(name, difference.option)].seen_from(SUMMARY)
        formula = f'=IF(OR({subject}="{INCOMPLETE}",{other}="{INCOMPLETE}"),"{INCOMPLETE}","{COMPLETE}")'
        state = INCOMPLETE if difference.incomplete else COMPLETE
        grid.put(row, book.plan.option_column(difference.option), state, Style.STATE, formula=formula)
    grid.put(row, book.plan.option_column(comparison.subject), "–", Style.WORD)
    return row + 1


def _cheapest(book: Book, grid: Grid, row: int, comparison: Comparison) -> int:
    plan, total = book.plan, book.model.headline
    keys = book.model.keys_of(total.name)
    number_format = row_format(book, total, keys)
    if any(key in plan.states for key in keys):
        grid.put(row, LABEL, f"{total.title}, where all prices are known", Style.LABEL)
        grid.put(row, UNIT, str(total.unit), Style.UNIT)
        for column, key in enumerate(keys, FIRST):
            incomplete = book.results.is_incomplete(key)
            state, cell = plan.states[key].seen_from(SUMMARY), plan.cells[key].seen_from(SUMMARY)
            value = "" if incomplete else book.results.values[key]
            formula = f'=IF({state}="{INCOMPLETE}","",{cell})'
            grid.put(row, column, value, Style.CALCULATION, number_format, formula=formula)
        numbers = Area(SUMMARY, row, FIRST, row, plan.last_option_column).seen_from(SUMMARY)
        row += 1
    else:
        first, last = plan.cells[keys[0]], plan.cells[keys[-1]]
        numbers = Area(first.sheet, first.row, first.column, last.row, last.column).seen_from(SUMMARY)
    grid.put(row, LABEL, "Lowest " + total.title[:1].lower() + total.title[1:], Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "", Style.OUTPUT_LABEL)
    text = lowest_text(book, comparison.cheapest, comparison.tied)
    grid.put(row, FIRST, text, Style.OUTPUT_TEXT, formula=lowest_formula(book, SUMMARY, numbers))
    return row + 1


def _metrics(book: Book, grid: Grid, row: int) -> int:
    if book.model.metrics:
        shared = not all(metric.per_option for metric in book.model.metrics)
        _heading(book, grid, row + 1, "Key figures", "Value" if shared else "")
        row += 2
    for metric in book.model.metrics:
        row = _linked(book, grid, row, metric, Style.LINKED)
    return row


def _chart(book: Book, grid: Grid, row: int) -> int:
    """The headline total stacked by category, straight from the rows of Totals."""
    model, total, plan = book.model, book.model.headline, book.plan
    rows = plan.contribution_rows[total.name]
    if not rows:
        return row
    series = []
    for index, (part, at) in enumerate(zip(plan.contributions[total.name], rows, strict=True)):
        title = part.category.quantity.title if part.category else "Other terms"
        values = tuple(book.parts[total.name][index].values())
        series.append((title, Area(TOTALS, at, FIRST, at, plan.last_option_column), values))
    categories = Area(TOTALS, HEAD_ROW, FIRST, HEAD_ROW, plan.last_option_column)
    texts = tuple(option.title for option in model.options)
    figures = "; ".join(
        f"{option.title} {book.results.values[Key(total.name, option.id)]:,.0f}" for option in model.options
    )
    grid.charts.append(
        StackedChart(
            title=f"{total.title} by category",
            axis_title=str(total.unit),
            categories=categories,
            category_texts=texts,
            series=tuple(series),
            rows=(row, row + chart_rows(len(model.options)) - 2),
            columns=(LABEL, max(plan.last_option_column, FIRST + 2)),
            alternative=f"Stacked bars of {total.title.lower()} in {total.unit} by category: {figures}.",
        )
    )
    return row + chart_rows(len(model.options))


def _contents(book: Book, grid: Grid, row: int) -> int:
    said = {
        ASSUMPTIONS: "all shared inputs, with scenarios, ranges and sources",
        CALCULATIONS: "quantities computed from the assumptions",
        SCENARIOS: "all scenarios side by side",
        SENSITIVITY: "which input matters, and a table of two drivers",
        BREAK_EVEN: "from where on which option pays",
        CASH_FLOW: "year by year, discounted; present values and paybacks",
        SIMULATION: "how sure the totals are, in many draws",
        CASES: "the evaluations that other sheets read",
        TOTALS: "how the categories add up; key figures",
        SOURCES: "where the figures come from",
        CHECKS: "whether the book adds up",
        ABOUT: "what made this book, method and limits",
    }
    for category in book.model.categories:
        said[category.sheet] = f"{'one-time' if category.one_time else 'running'} cost, item by item"
    _heading(book, grid, row, "Contents")
    for row_of_sheet, sheet in enumerate(book.plan.sheets[1:], row + 1):
        grid.put(row_of_sheet, LABEL, sheet, Style.LINK, link=f"#{_place(sheet)}")
        grid.put(row_of_sheet, UNIT, said[sheet], Style.SUBTITLE)
    row += len(book.plan.sheets)
    _heading(book, grid, row + 1, "Colours")
    key: tuple[tuple[Style, float | str, str], ...] = (
        (Style.INPUT, 1_234.0, "an input: type another number"),
        (Style.UNQUOTED, "not quoted", "an input whose price is not known yet"),
        (Style.CALCULATION, 1_234.0, "a formula"),
        (Style.LINKED, 1_234.0, "taken over from another sheet"),
        (Style.OUTPUT, 1_234.0, "a total"),
        (Style.WORD, "included", "a word; counts as nothing"),
    )
    for at, (style, sample, text) in enumerate(key, row + 2):
        shown = style if style not in (Style.INPUT, Style.UNQUOTED) else _locked(style)
        grid.put(at, LABEL, text, Style.LABEL)
        grid.put(at, UNIT, sample, shown, "#,##0")
    return row + 2 + len(key)


def _locked(style: Style) -> Style:
    return {Style.INPUT: Style.SAMPLE_INPUT, Style.UNQUOTED: Style.SAMPLE_UNQUOTED}[style]


def _place(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'!A1"


def _heading(book: Book, grid: Grid, row: int, text: str, over_numbers: str = "") -> None:
    heading(grid, row, text, max(book.plan.last_option_column, FIRST + 2), over_numbers)


HOW_TO = (
    "Choose a scenario above, or change a yellow cell: on Assumptions, or beside a single cost on its sheet.",
    "Everything else is a formula and follows at once. Sheets are protected, but without a password.",
    "“All checks” in the head of every sheet says OK while the book adds up; Checks lists each of them.",
    "A price that says “not quoted” is unknown: what is computed from it is marked incomplete until a number is typed.",
)


def _how_to(grid: Grid, row: int) -> None:
    grid.put(row, LABEL, "How to use this book", Style.HEADING)
    for at, text in enumerate(HOW_TO, row + 1):
        grid.put(at, LABEL, text, Style.SUBTITLE)
