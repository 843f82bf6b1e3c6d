"""The Features sheet: editable answers per option, and live whether a gap is priced, by what and at which price."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.compute.features import COVERED, INCLUDED, PRICED, STATUSES, UNPRICED, UNQUOTED, FeaturesOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.assessment import ANSWERS, YES, Coverage, Feature
from reportgen.workbook.address import Address, Area
from reportgen.workbook.assessment_layout import (
    ANSWER,
    COVER_COLUMNS,
    FIRST_COVER,
    PRICE,
    PRICE_UNIT,
    STATUS,
    FeaturesLayout,
)
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.grid import Grid, Mark, Style, Validation
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FEATURES, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.common import CHANGED_WIDTH, Book, heading, heads, new_grid

_WIDTHS = {ANSWER: 10.0, STATUS: 12.0, PRICE: 12.0, PRICE_UNIT: 11.0}
_PARTS = {ANSWER: "Answer", STATUS: "Status", PRICE: "Price", PRICE_UNIT: "Unit"}
_REMARKS = {"Priced by": 30.0, "Why nothing prices it": 46.0, "Note": 46.0, "Source": 30.0}
_MEANING_WIDTH = 24.0
_MEANINGS = {
    "yes": "does it as it is",
    "partly": "does some of it",
    "no": "does not do it",
    "build": "to be built in house",
    "buy": "to be bought beside it",
}


def features_sheet(book: Book, questions: Questions) -> Grid:
    """A row for each feature, four columns for each option; then the counts and what the answers mean."""
    outcome = book.results.features
    assert outcome is not None
    subtitle = "Change the framed answers. Anything but yes is a gap, which another cost prices or nothing does."
    grid = new_grid(book, FEATURES, "question", "Features", subtitle)
    layout = FeaturesLayout(book.model)
    _heads(book, grid, layout)
    for row, feature in enumerate(book.model.assessment.features, FIRST_ROW):
        _feature(book, grid, layout, row, feature, outcome)
    _counts(book, grid, layout, outcome)
    _answers(book, grid, layout, outcome)
    return grid


def _heads(book: Book, grid: Grid, layout: FeaturesLayout) -> None:
    """The options' titles stand over their columns, in the row above the heads."""
    grid.widths[UNIT] = _MEANING_WIDTH
    texts = [(LABEL, "Feature", False), (UNIT, "Covered by", True)]
    for option in book.model.options:
        for part, text in _PARTS.items():
            column = layout.column(option.id, part)
            grid.widths[column] = _WIDTHS[part]
            grid.put(HEAD_ROW - 1, column, option.title if part == ANSWER else None, Style.HEADING)
            texts.append((column, text, part in (STATUS, PRICE)))
    grid.widths[layout.after] = CHANGED_WIDTH
    texts.append((layout.after, "Changed", False))
    for column, (text, width) in enumerate(_REMARKS.items(), layout.after + 1):
        grid.widths[column] = width
        texts.append((column, text, False))
    heads(grid, HEAD_ROW, texts)


def _feature(
    book: Book, grid: Grid, layout: FeaturesLayout, row: int, feature: Feature, outcome: FeaturesOutcome
) -> None:
    found, formats = outcome.features[row - FIRST_ROW], _price_formats(book)
    grid.put(row, LABEL, feature.title, Style.LABEL)
    covered = float(sum(each.status == COVERED for each in found.options.values()))
    statuses = Area(FEATURES, row, FIRST_COVER, row, layout.after - 1).seen_from(FEATURES)
    formula = f'=COUNTIF({statuses},"{COVERED}")'
    grid.put(row, UNIT, covered, Style.CALCULATION, f'0" of {len(book.model.options)}"', formula=formula)
    for option, cover in found.options.items():
        answer, status, price, unit = (Address(FEATURES, row, layout.column(option, part)) for part in _PARTS)
        grid.put(answer.row, answer.column, cover.answer, Style.INPUT_TEXT)
        priced_by = feature.coverage[option].priced_by
        key = Key(priced_by, option) if priced_by is not None else None
        formula = (
            f'=IF({answer.cell}="{YES}","{COVERED}",IF({price.cell}="{UNQUOTED}","{UNQUOTED}",'
            f'IF({price.cell}="","{UNPRICED}","{PRICED}")))'
        )
        grid.put(status.row, status.column, cover.status, Style.STATE, formula=formula)
        if key is None:
            grid.put(price.row, price.column, None, Style.CALCULATION)
            grid.put(unit.row, unit.column, None, Style.TEXT)
            continue
        cell, item_unit = book.plan.cells[key], book.model.quantities[key.name].unit
        words = {PRICED: cover.state, UNQUOTED: UNQUOTED}
        number = cover.price if cover.price is not None else words.get(cover.status, "")
        formula = _price_formula(book, answer, key)
        grid.put(price.row, price.column, number, Style.CALCULATION, formats[item_unit], formula=formula)
        beside = Address(cell.sheet, cell.row, UNIT)
        formula = f'=IF(ISNUMBER({price.cell}),{beside.seen_from(FEATURES, fixed=True)},"")'
        shown = str(item_unit) if cover.price is not None else ""
        grid.put(unit.row, unit.column, shown, Style.TEXT, formula=formula)
    grid.marks[row] = Mark(layout.after, unit="answer")
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


def _price_formula(book: Book, answer: Address, key: Key) -> str:
    """What the item that prices a gap says: a number above nothing, `included`, or that it is not quoted, also in
    part; nothing where the item prices nothing. The status is read from it."""
    price = book.plan.cells[key].seen_from(FEATURES, fixed=True)
    gap = f'IF(OR({price}="{INCLUDED}",N({price})>0),{price},"")'
    unquoted = FormulaText(book.plan, FEATURES).state(key)
    if unquoted:
        gap = f'IF({unquoted},"{UNQUOTED}",{gap})'
    return f'=IF({answer.cell}="{YES}","",{gap})'


def _remarks(book: Book, feature: Feature) -> tuple[str, str, str, str]:
    """Priced by, why nothing prices it, note, source; what is of one option begins with its title."""
    model = book.model

    def titles(sources: tuple[str, ...]) -> str:
        return "; ".join(model.citations[source].title for source in sources)

    def priced_by(cover: Coverage) -> str:
        return model.quantities[cover.priced_by].title if cover.priced_by is not None else ""

    def per_option(text_of: Callable[[Coverage], str], shared: str = "") -> str:
        texts = {option: text_of(feature.coverage[option]) for option in model.option_ids}
        lines = [f"{model.option(option).title}: {text}" for option, text in texts.items() if text]
        same = len(set(texts.values())) == 1 and len(lines) > 1
        return "\n".join([*([shared] if shared else []), *([texts[model.option_ids[0]]] if same else lines)])

    return (
        per_option(priced_by),
        per_option(lambda cover: cover.because),
        per_option(lambda cover: cover.note, feature.note),
        per_option(lambda cover: titles(cover.sources), titles(feature.sources)),
    )


def _counts(book: Book, grid: Grid, layout: FeaturesLayout, outcome: FeaturesOutcome) -> None:
    """In each option's column of statuses: how many there are of each, and the share of those that are covered."""
    heading(grid, layout.first_count - 1, "How many features are", layout.after - 1)
    for row, status in enumerate(STATUSES, layout.first_count):
        grid.put(row, LABEL, status, Style.LABEL)
        grid.put(row, UNIT, "features", Style.UNIT)
        for option, counts in outcome.counts.items():
            numbers = counts.covered, counts.priced, counts.not_quoted, counts.not_priced
            area = layout.block(option, STATUS).seen_from(FEATURES, fixed_row=True)
            cell = Address(FEATURES, row, layout.column(option, STATUS))
            number = float(numbers[row - layout.first_count])
            grid.put(row, cell.column, number, Style.CALCULATION, "0", formula=f"=COUNTIF({area},$A{row})")
    row = layout.share_row
    for column in range(LABEL, layout.after):
        if column < FIRST_COVER or (column - FIRST_COVER) % COVER_COLUMNS != STATUS:
            grid.put(row, column, "Share covered" if column == LABEL else None, Style.OUTPUT_LABEL)
    for option, counts in outcome.counts.items():
        column = layout.column(option, STATUS)
        numbers_area = Area(FEATURES, layout.first_count, column, row - 1, column).seen_from(FEATURES)
        first = Address(FEATURES, layout.first_count, column).cell
        formula = f"={first}/SUM({numbers_area})*100"
        number_format = result_format((each.share for each in outcome.counts.values()), PERCENT)
        grid.put(row, column, counts.share, Style.OUTPUT, number_format, formula=formula)


def _answers(book: Book, grid: Grid, layout: FeaturesLayout, outcome: FeaturesOutcome) -> None:
    """What the answers mean and how often each is given; the answers are chosen from these words."""
    heading(grid, layout.first_answer - 1, "How many answers are", layout.after - 1)
    for row, answer in enumerate(ANSWERS, layout.first_answer):
        grid.put(row, LABEL, answer, Style.LABEL)
        grid.put(row, UNIT, _MEANINGS[answer], Style.TEXT)
        for option in book.model.option_ids:
            area = layout.block(option, ANSWER)
            count = float(sum(each.options[option].answer == answer for each in outcome.features))
            formula = f"=COUNTIF({area.seen_from(FEATURES, fixed_row=True)},$A{row})"
            grid.put(row, area.left, count, Style.CALCULATION, "0", formula=formula)
    areas = tuple(layout.block(option, ANSWER) for option in book.model.option_ids)
    words = layout.answers.seen_from(FEATURES, fixed=True)
    error = f"Choose one of: {', '.join(ANSWERS)}."
    prompt = "yes, partly, no, build or buy; anything but yes is a gap."
    grid.validations.append(Validation(areas, "Does the option do it?", prompt, error, list_of=words))
