"""The features: which option covers what, and what prices the gaps."""

from __future__ import annotations

from reportgen.compute.digits import result_decimals
from reportgen.compute.features import (
    COVERED,
    PRICED,
    FeatureCover,
    FeatureOutcome,
    FeaturesOutcome,
    price_decimals,
)
from reportgen.formula.units import PERCENT
from reportgen.model.features_model import Feature
from reportgen.presentation.format import percent, quantity
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable
from reportgen.presentation.words import message

_MEANING = message(
    "Anything but a yes is a gap: what an option does in part or not at all, or what has to be built or bought. "
    "A gap’s price is that of the cost item that fills it."
)


def features_topic(cells: Cells) -> Topic | None:
    """The matrix with its counts, then the gaps that nothing prices; None where there are no features."""
    outcome = cells.results.features
    if outcome is None:
        return None
    pairs = zip(cells.model.assessment.features, outcome.features, strict=True)
    rows = [_row(cells, written, found, outcome) for written, found in pairs]
    table = ValueTable(
        "beyond-features-table",
        cells.gettext("Features that each option covers"),
        cells.gettext("Feature"),
        cells.option_titles,
        (*rows, *_counts(cells, outcome)),
        columns=OPTIONS,
        remark=cells.gettext("Below each gap: the cost item’s price, or that it is part of another price (included)."),
    )
    blocks = [TopicBlock("", (cells.gettext(_MEANING),), (), (table,), "figure-coverage")]
    if outcome.unpriced:
        points = tuple(_gap(cells, outcome, at) for at in range(len(outcome.unpriced)))
        intro = cells.gettext("No cost item stands for these gaps; a decision should weigh them beside the costs.")
        blocks.append(TopicBlock(cells.gettext("Gaps that nothing prices"), (intro,), points))
    return Topic("beyond-features", cells.gettext("Features"), tuple(blocks))


def _row(cells: Cells, written: Feature, found: FeatureOutcome, outcome: FeaturesOutcome) -> TableRow:
    """One feature; the notes of single options begin with the option's title."""
    model = cells.model
    notes = [f"{model.option(option).title}: {each.note}" for option, each in written.coverage.items() if each.note]
    shown = tuple(_cell(cells, found.options[option], outcome) for option in model.option_ids)
    sources = {*written.sources, *(source for each in written.coverage.values() for source in each.sources)}
    note = " ".join(as_sentence(each) for each in (written.note, *notes) if each)
    return TableRow(written.title, written.id, shown, note=note, citations=cells.citations(sources))


def _cell(cells: Cells, cover: FeatureCover, outcome: FeaturesOutcome) -> TableCell:
    """The answer, with the gap's price below it, or marked with why there is none."""
    answer = cells.term(cover.answer)
    if cover.status == COVERED:
        return TableCell(answer, best=True, state=cover.answer)
    if cover.price is not None and cover.unit is not None:
        price = quantity(cover.price, cover.unit, price_decimals(outcome)[cover.unit], cells.locale)
        return TableCell(answer, note=price, state=cover.answer)
    if cover.status == PRICED:
        return TableCell(answer, note=cells.term(cover.state), state=cover.answer)
    return TableCell(answer, mark=cells.term(cover.status), state=cover.answer)


def _counts(cells: Cells, outcome: FeaturesOutcome) -> list[TableRow]:
    """How many of each there are; rows that are nothing for every option are left out, but for the covered ones."""
    by_option = [outcome.counts[option] for option in cells.model.option_ids]
    shares = [each.share for each in by_option]
    decimals = result_decimals(shares, PERCENT)
    numbers = {
        cells.gettext("Gaps that have a price"): [each.priced for each in by_option],
        cells.gettext("Gaps whose price is not quoted"): [each.not_quoted for each in by_option],
        cells.gettext("Gaps that nothing prices"): [each.not_priced for each in by_option],
    }
    rows = [_numbers(cells.gettext("Covered"), [each.covered for each in by_option], "sum")]
    rows += [_numbers(title, counts, "item") for title, counts in numbers.items() if any(counts)]
    share = tuple(TableCell(percent(each, decimals, cells.locale)) for each in shares)
    return [*rows, TableRow(cells.gettext("Share covered"), "", share)]


def _numbers(title: str, counts: list[int], kind: str) -> TableRow:
    return TableRow(title, "", tuple(TableCell(str(count)) for count in counts), kind=kind)


def _gap(cells: Cells, outcome: FeaturesOutcome, at: int) -> str:
    gap = outcome.unpriced[at]
    feature = next(each for each in outcome.features if each.id == gap.feature)
    reason = as_sentence(gap.because) if gap.because else cells.gettext("The model gives no reason.")
    return f"{cells.model.option(gap.option).title}, {feature.title}: {cells.term(gap.answer)}. {reason}"
