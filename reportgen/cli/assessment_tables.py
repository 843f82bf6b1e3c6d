"""The scorecard and the features as tables for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from reportgen.cli.table import GAP
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.features import COVERED, PRICED, STATUSES, FeatureCover, FeaturesOutcome, price_decimals
from reportgen.compute.scorecard import ScorecardOutcome, points_decimals, score_decimals
from reportgen.formula.units import PERCENT, PLAIN, Unit
from reportgen.model.model import INCOMPLETE, Model
from reportgen.presentation.format import number, percent, plain_quantity, unit_text

WIDTH, NARROWEST = 100, 24
"""Characters of a line, and what is left of them at least for the texts on the left, which are wrapped."""

NO_SCORE = "–"

_Cells = Sequence[str]
"""One per column; a cell's lines are parted by line feeds."""


def scorecard_table(outcome: ScorecardOutcome, model: Model) -> str:
    """Weights and scores, the weighted scores with their totals, and which option has the highest."""
    titles = [option.title for option in model.options]
    weights = input_decimals((each.weight for each in outcome.criteria), PERCENT)
    scores = score_decimals(outcome)
    weighted = [each for criterion in outcome.criteria for each in criterion.weighted.values()]
    places = points_decimals([*weighted, *outcome.totals.values()])
    rows, parts = [], []
    for each in outcome.criteria:
        title = f"{each.title} (by {model.quantities[each.total].title})" if each.total else each.title
        rows.append([title, percent(each.weight, weights), *_points(list(each.scores.values()), scores[each.id])])
        parts.append([each.title, "", *_points(list(each.weighted.values()), places)])
    totals = ["Weighted total", "", *_points(list(outcome.totals.values()), places)]
    scale = f"Scores from 0 to {number(outcome.highest, input_decimals((outcome.highest,), PLAIN))}"
    out = [f"{model.title}: {outcome.title}", ""]
    out += _table([scale, "Weight", *titles], rows)
    out += ["", *_table(["Weighted scores", "", *titles], [*parts, totals], sums=1)]
    out += ["", _leader(outcome, model)]
    if None in outcome.totals.values():
        out.append(f"{NO_SCORE}: the total that scores it is {INCOMPLETE}; an option that lacks a score is not ranked")
    return "\n".join(line.rstrip() for line in out)


def _leader(outcome: ScorecardOutcome, model: Model) -> str:
    titles = [model.option(option).title for option in outcome.leading]
    if not titles:
        return "No option has all its scores."
    return f"Highest weighted total: {' and '.join(titles)}{', equal' if outcome.tied else ''}"


def _points(values: Sequence[float | None], decimals: int) -> list[str]:
    return [NO_SCORE if each is None else plain_quantity(each, PLAIN, decimals) for each in values]


def features_table(outcome: FeaturesOutcome, model: Model) -> str:
    """Each option's answers, with the price of its gaps below; the counts; the gaps that nothing prices."""
    titles = [option.title for option in model.options]
    places = price_decimals(outcome)
    rows = [[each.title, *(_cover(cover, places) for cover in each.options.values())] for each in outcome.features]
    counts = [[status, *(str(_count(outcome, option, status)) for option in model.option_ids)] for status in STATUSES]
    shares = [each.share for each in outcome.counts.values()]
    decimals = result_decimals(shares, PERCENT)
    counts.append(["share covered", *(percent(each, decimals) for each in shares)])
    out = [f"{model.title}: features", "", *_table(["Feature", *titles], [*rows, *counts], sums=len(counts))]
    if outcome.unpriced:
        out += ["", "Gaps that nothing prices"]
    names = {each.id: each.title for each in outcome.features}
    for gap in outcome.unpriced:
        text = f"{model.option(gap.option).title}: {names[gap.feature]} ({gap.answer})"
        text += f", because: {gap.because}" if gap.because else ", no reason given"
        out += textwrap.wrap(text, WIDTH, subsequent_indent=GAP)
    return "\n".join(line.rstrip() for line in out)


def _count(outcome: FeaturesOutcome, option: str, status: str) -> int:
    return sum(each.options[option].status == status for each in outcome.features)


def _cover(cover: FeatureCover, decimals: Mapping[Unit, int]) -> str:
    """The answer; below it a gap's price, or in a word why there is none."""
    if cover.status == COVERED:
        return cover.answer
    if cover.price is not None and cover.unit is not None:
        return f"{cover.answer}\n{number(cover.price, decimals[cover.unit])} {unit_text(cover.unit)}"
    return f"{cover.answer}\n{cover.state if cover.status == PRICED else cover.status}"


def _table(heads: _Cells, rows: Sequence[_Cells], sums: int = 0) -> Iterator[str]:
    """Texts to the left, all else to the right, within `WIDTH` where the texts can be wrapped to fit; a line stands
    above the last `sums` rows."""
    columns = list(zip(heads, *rows, strict=True))
    right = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns[1:]]
    room = max(NARROWEST, WIDTH - sum(right) - len(GAP) * len(right))
    left = min(room, max(map(len, columns[0])))
    rule = "─" * (left + sum(right) + len(GAP) * len(right))
    yield from _lines(heads, left, right)
    for number_, row in enumerate(rows):
        if number_ in (0, len(rows) - sums):
            yield rule
        yield from _lines(row, left, right)


def _lines(row: _Cells, left: int, right: Sequence[int]) -> Iterator[str]:
    cells = [textwrap.wrap(row[0], left) or [""], *(cell.split("\n") for cell in row[1:])]
    for first, *others in zip_longest(*cells, fillvalue=""):
        yield GAP.join([first.ljust(left), *(text.rjust(width) for text, width in zip(others, right, strict=True))])
