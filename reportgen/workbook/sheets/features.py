"""The Features sheet: editable answers per option, and live whether a gap is priced, by what and at which price."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.compute.features import FeaturesOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.features_model import Coverage, Feature
from reportgen.questions import FEATURES
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.assessment_layout import (
    ANSWER,
    COVER_COLUMNS,
    FIRST_COVER,
    PRICE,
    PRICE_UNIT,
    STATUS,
    FeaturesLayout,
)
from reportgen.workbook.book_words import listed, message
from reportgen.workbook.cell_words import ANSWERS, COVERED, INCLUDED, PRICED, STATUSES, UNPRICED, UNQUOTED, YES
from reportgen.workbook.expressions import Expression, cell, cells_of, range_of
from reportgen.workbook.fit import LINE_HEIGHT
from reportgen.workbook.grid import Grid, Mark, Style, Validation
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import CHANGED_WIDTH, LABEL_WIDTH, Book, heading, heads, new_grid
from reportgen.workbook.titles import Text, joined, listed_texts
from reportgen.workbook.translate import Translator

_WIDTHS = {ANSWER: 8.5, STATUS: 10.0, PRICE: 9.5, PRICE_UNIT: 9.5}
_PARTS = {ANSWER: message("Answer"), STATUS: message("Status"), PRICE: message("Price"), PRICE_UNIT: message("Unit")}
_REMARKS = {
    message("Priced by"): 80.0,
    message("Why it is not priced"): 80.0,
    message("Note"): 80.0,
    message("Source"): 60.0,
}
_COVERED_WIDTH = 9.5
_MEANINGS = {
    message("yes"): message("supported as it is"),
    message("partly"): message("partly supported"),
    message("no"): message("not supported"),
    message("build"): message("to be built in house"),
    message("buy"): message("to be bought in addition"),
}


def features_sheet(book: Book, questions: Questions) -> Grid:
    """A row for each feature, four columns for each option; then the counts and what the answers mean."""
    outcome = book.results.features
    assert outcome is not None
    subtitle = message(
        "Change the framed answers. Anything but yes is a gap, which another cost prices or nothing does."
    )
    grid = new_grid(book, FEATURES, "question", message("Features"), subtitle)
    layout = FeaturesLayout(book.model)
    _heads(book, grid, layout)
    for row, feature in enumerate(book.model.assessment.features, FIRST_ROW):
        _feature(book, grid, layout, row, feature)
    _counts(book, grid, layout, outcome)
    _answers(book, grid, layout)
    grid.printed_columns = layout.after - 1
    grid.printed_rows.append((1, layout.share_row))  # what the answers mean is for who types them
    return grid


def _heads(book: Book, grid: Grid, layout: FeaturesLayout) -> None:
    """The options' titles stand over their columns, in the row above the heads."""
    grid.widths[UNIT] = _COVERED_WIDTH
    grid.widths[LABEL] = LABEL_WIDTH + 1
    texts = [(LABEL, message("Feature"), False), (UNIT, message("Covered by"), True)]
    for option in book.model.options:
        for part, text in _PARTS.items():
            column = layout.column(option.id, part)
            grid.widths[column] = _WIDTHS[part]
            grid.put(HEAD_ROW - 1, column, book.option(option.id) if part == ANSWER else None, Style.HEADING)
            texts.append((column, text, part in (STATUS, PRICE)))
    grid.widths[layout.after] = CHANGED_WIDTH
    texts.append((layout.after, message("Changed"), False))
    for column, (text, width) in enumerate(_REMARKS.items(), layout.after + 1):
        grid.widths[column] = width
        texts.append((column, text, False))
    heads(grid, HEAD_ROW, texts)


def _feature(book: Book, grid: Grid, layout: FeaturesLayout, row: int, feature: Feature) -> None:
    formats = _price_formats(book)
    grid.put(row, LABEL, feature.title, Style.LABEL)
    statuses = f.COUNTIF(grid.cell(row, FIRST_COVER).to(grid.cell(row, layout.after - 1)), COVERED)
    grid.put(row, UNIT, statuses, Style.CALCULATION, message('0" of {count}"', count=len(book.model.options)))
    for option, cover in feature.coverage.items():
        answer, price = (grid.cell(row, layout.column(option, part)) for part in (ANSWER, PRICE))
        grid.put(row, layout.column(option, ANSWER), message(cover.answer), Style.INPUT_TEXT)
        gap = f.IF(price.equals(UNQUOTED), UNQUOTED, f.IF(price.equals(""), UNPRICED, PRICED))
        grid.put(row, layout.column(option, STATUS), f.IF(answer.equals(YES), COVERED, gap), Style.STATE)
        priced, unit, number_format = None, None, "General"
        if cover.priced_by is not None:
            key = Key(cover.priced_by, option)
            at, number_format = book.plan.cells[key], formats[book.model.quantities[key.name].unit]
            priced = f.IF(answer.equals(YES), "", _price(book, key))
            unit = f.IF(f.ISNUMBER(price), cell(Address(at.sheet, at.row, UNIT), fixed=True), "")
        grid.put(row, layout.column(option, PRICE), priced, Style.CALCULATION, number_format)
        grid.put(row, layout.column(option, PRICE_UNIT), unit, Style.TEXT)
    grid.marks[row] = Mark(layout.after, unit=message("answer"), head_row=HEAD_ROW - 1)
    for column, text in enumerate(_remarks(book, feature), layout.after + 1):
        grid.put(row, column, text, Style.TEXT)


def _price_formats(book: Book) -> dict[Unit, str]:
    """One format for the prices of a unit, which stand below each other."""
    numbers: dict[Unit, list[float]] = {}
    for feature in book.model.assessment.features:
        for option, cover in feature.coverage.items():
            if cover.priced_by is not None:
                unit = book.model.quantities[cover.priced_by].unit
                numbers.setdefault(unit, []).append(book.results.values[Key(cover.priced_by, option)])
    return {unit: result_format(values, unit) for unit, values in numbers.items()}


def _price(book: Book, key: Key) -> Expression:
    """What the item that prices a gap says: a number above nothing, `included`, or that it is not quoted, also in
    part; nothing where the item prices nothing. The status is read from it."""
    price = cell(book.plan.cells[key], fixed=True)
    known = f.IF(f.OR(price.equals(INCLUDED), f.N(price) > 0.0), price, "")
    unquoted = Translator(book.plan).state(key)
    return known if unquoted is None else f.IF(unquoted, UNQUOTED, known)


def _remarks(book: Book, feature: Feature) -> tuple[Text, Text, Text, Text]:
    """Priced by, why nothing prices it, note, source; what is of one option begins with its title."""
    model = book.model

    def titles(sources: tuple[str, ...]) -> str:
        return "; ".join(model.citations[source].title for source in sources)

    def priced_by(cover: Coverage) -> Text:
        return book.title(cover.priced_by) if cover.priced_by is not None else ""

    def per_option(text_of: Callable[[Coverage], Text], shared: str = "") -> Text:
        texts = {option: text_of(feature.coverage[option]) for option in model.option_ids}
        lines = [joined(book.option(option), ": ", text) for option, text in texts.items() if text != ""]
        same = len(set(texts.values())) == 1 and len(lines) > 1
        return listed_texts([*([shared] if shared else []), *([texts[model.option_ids[0]]] if same else lines)], "\n")

    return (
        per_option(priced_by),
        per_option(lambda cover: cover.because),
        per_option(lambda cover: cover.note, feature.note),
        per_option(lambda cover: titles(cover.sources), titles(feature.sources)),
    )


def _counts(book: Book, grid: Grid, layout: FeaturesLayout, outcome: FeaturesOutcome) -> None:
    """In each option's column of statuses: how many there are of each, and the share of those that are covered."""
    heading(grid, layout.first_count - 1, message("Number of features"), layout.after - 1)
    for row, status in enumerate(STATUSES, layout.first_count):
        grid.put(row, LABEL, status, Style.LABEL)
        grid.put(row, UNIT, message("features"), Style.UNIT)
        grid.heights[row] = LINE_HEIGHT + 1
        _count_in_each_option(book, grid, layout, row, STATUS)
    row = layout.share_row
    for column in range(LABEL, layout.after):
        if column < FIRST_COVER or (column - FIRST_COVER) % COVER_COLUMNS != STATUS:
            grid.put(row, column, message("Share covered") if column == LABEL else None, Style.OUTPUT_LABEL)
    number_format = result_format((each.share for each in outcome.counts.values()), PERCENT)
    for option in book.model.option_ids:
        column = layout.column(option, STATUS)
        covered = grid.cell(layout.first_count, column)
        share = covered / f.SUM(covered.to(grid.cell(row - 1, column)))
        grid.put(row, column, share, Style.OUTPUT, number_format)


def _count_in_each_option(book: Book, grid: Grid, layout: FeaturesLayout, row: int, part: int) -> None:
    """How many features have the row's word in a column of each option."""
    for option in book.model.option_ids:
        counted = f.COUNTIF(
            cells_of(layout.block(option, part), fixed_row=True), grid.cell(row, LABEL, fixed_column=True)
        )
        grid.put(row, layout.column(option, part), counted, Style.CALCULATION, "0")


def _answers(book: Book, grid: Grid, layout: FeaturesLayout) -> None:
    """What the answers mean and how often each is given; the answers are chosen from these words."""
    heading(grid, layout.first_answer - 1, message("Number of answers"), layout.after - 1)
    for row, answer in enumerate(ANSWERS, layout.first_answer):
        grid.put(row, LABEL, answer, Style.LABEL)
        grid.put(row, UNIT, message("features"), Style.UNIT)
        grid.put(row, layout.after + 1 + list(_REMARKS).index("Note"), _MEANINGS[answer], Style.TEXT)
        _count_in_each_option(book, grid, layout, row, ANSWER)
    areas = tuple(layout.block(option, ANSWER) for option in book.model.option_ids)
    words = range_of(layout.answers, fixed=True)
    error = message("Choose one of: {answers}.", answers=listed(ANSWERS))
    prompt = message("Choose yes, partly, no, build or buy. Anything but yes is a gap.")
    grid.validations.append(Validation(areas, message("Does the option support it?"), prompt, error, list_of=words))
