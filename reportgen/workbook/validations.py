"""What may be typed into editable cells, from their units and from the model's own numbers.

Rules are custom formulas only where they read other cells or allow a word: every spreadsheet program takes them, but
they hold for one area, relative to its first cell. An entry that breaks the rule is refused; one that is merely
implausible gives a warning. A cell has one rule and so one of the two: where it warns, it also warns of text, which
fails the master check if it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportgen.formula.units import CURRENCIES, PLAIN, Unit
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import listed, message, number_text, together, unit_words
from reportgen.workbook.cell_scale import in_cell, is_per_cent
from reportgen.workbook.expressions import Cell, Expression, cell, cells_of
from reportgen.workbook.grid import Validation


class Limits(NamedTuple):
    """The least and the most that a cell can hold; None: no bound. `per_cent`: these are fractions of per cent."""

    least: float | None = None
    most: float | None = None
    per_cent: bool = False


FREE = Limits()
FEW_TIMES = 10
"""A rate of more than 100 % may become so many times as high: what is off by a factor of 100 is refused."""
MAX_AREAS = 100
"""Areas of one rule; more become rules of their own, because programs read long lists of areas slowly."""


MOST_OF_TITLE = 100.0
"""Characters of a title that heads and lists have room for."""


def own_limits(numbers: Iterable[float | None], unit: Unit) -> Limits:
    """What the model's own numbers, in their unit, suggest: no negative ones where it has none; in per cent up to 100
    where all are, else a few times the highest."""
    known = [each for each in numbers if each is not None]
    has_negative = any(each < 0 for each in known)
    if not is_per_cent(unit):
        return FREE if has_negative else Limits(0.0)
    highest = max(map(abs, known), default=0.0)
    most = 1.0 if highest <= 100 else in_cell(FEW_TIMES * highest, unit)
    return Limits(-most if has_negative else 0.0, most, per_cent=True)


def entry_in(unit: Unit) -> str:
    """What to type, for a prompt: in money as one says it, with other units beside it (`A number (seat).`)."""
    if is_per_cent(unit):
        period = unit_words(Unit(tuple((word, -power) for word, power in unit.words if word != "%")))
        rate = message("A rate per {period}, such as 6%.", period=period)
        return rate if unit.dimension else message("A percentage, such as 20%.")
    if unit == PLAIN:
        return message("A number.")
    in_money = unit.words[0][0] in CURRENCIES and not any(word in CURRENCIES for word, _ in unit.words[1:])
    text = message("An amount in {unit}.", unit=unit_words(unit))
    return text if in_money else message("A number ({unit}).", unit=unit_words(unit))


def said(limits: Limits) -> str:
    """The limits in words, as a sentence; "" for none."""
    least, most = (
        None if each is None else together(number_text(each * 100), " %") if limits.per_cent else number_text(each)
        for each in (limits.least, limits.most)
    )
    if least is not None and most is not None:
        return message(" It lies between {least} and {most}.", least=least, most=most)
    if least is not None:
        return (
            message(" It cannot be negative.")
            if limits.least == 0
            else message(" It is at least {least}.", least=least)
        )
    return ""


def number_rules(areas: Sequence[Area], title: str, prompt: str, limits: Limits = FREE) -> list[Validation]:
    """Numbers only, in any number of areas."""
    error = message("Enter a number, without its unit.") + said(limits)
    parts = (tuple(areas[at : at + MAX_AREAS]) for at in range(0, len(areas), MAX_AREAS))
    bounds = limits.least, limits.most
    return [Validation(part, title, prompt + said(limits), error, bounds=bounds) for part in parts]


def first_of(area: Area) -> Cell:
    """The cell that a rule for the area is written for."""
    return cell(Address(area.sheet, area.top, area.left))


def within(entry: Expression, limits: Limits) -> list[Expression]:
    """What is true of a number within the limits."""
    least, most = limits.least, limits.most
    return [*([entry >= least] if least is not None else []), *([entry <= most] if most is not None else [])]


def _numeric(area: Area, limits: Limits, rules: Sequence[Expression] = ()) -> Expression:
    """Whether the first cell of the area holds a number within the limits, of which `rules` are true."""
    entry = first_of(area)
    return f.AND(f.ISNUMBER(entry), *within(entry, limits), *rules)


def number_where(area: Area, title: str, prompt: str, rules: Sequence[Expression], error: str) -> Validation:
    """A number of which `rules`, written for the first cell of the area, are true."""
    return Validation((area,), title, prompt, error, rule=_numeric(area, FREE, rules))


def number_or_word(
    area: Area, title: str, prompt: str, words: Sequence[str], limits: Limits = FREE, *, or_empty: bool = False
) -> Validation:
    """A number, one of some words, or perhaps nothing."""
    rule = f.OR(*_words(area, (*words, *([""] if or_empty else []))), _numeric(area, limits))
    error = (
        message("Enter a number, or: {words}.", words=listed(words))
        if words
        else message("Enter a number, or nothing.")
    )
    texts = title, prompt + said(limits), error + said(limits)
    return Validation((area,), *texts, rule=rule, bounds=(limits.least, limits.most))


def _words(area: Area, words: Iterable[str]) -> list[Expression]:
    return [first_of(area).equals(word) for word in words]


def plausible(
    area: Area,
    texts: tuple[str, str],
    limits: Limits,
    rules: Sequence[Expression],
    error: str,
    words: Sequence[str] | None = None,
) -> Validation:
    """A warning where there is no number within the limits of which `rules` are true; `words`, or nothing, may stand
    there too unless they are None. `texts` are the title and the prompt."""
    rule = _numeric(area, limits, rules)
    if words is not None:
        rule = f.OR(*_words(area, (*words, "")), rule)
    return Validation((area,), *texts, error, rule=rule, bounds=(limits.least, limits.most), warning=True)


def short_text(area: Area, title: str, prompt: str) -> Validation:
    """Words that a cell has room for."""
    rule = f.LEN(first_of(area)) <= 255.0
    return Validation((area,), title, prompt, message("Enter 255 characters at most."), rule=rule)


TYPED_ONCE = message("Typed here only; all other cells refer to this one.")


def title_rule(area: Area, of: str, *, among: Area | None = None, prompt: str = TYPED_ONCE) -> Validation:
    """A title that other cells refer to; no other one `among` these is the same."""
    own = first_of(area)
    rules: list[Expression] = [f.LEN(own) >= 1.0, f.LEN(own) <= MOST_OF_TITLE]
    if among is not None and among.several:
        rules.append(f.SUMPRODUCT(cells_of(among, fixed=True).equals(own) * 1.0).equals(1.0))
    error = message("Enter a text of {most} characters at most, unlike the others.", most=f"{MOST_OF_TITLE:.0f}")
    if among is None:
        error = message("Enter a text of {most} characters at most.", most=f"{MOST_OF_TITLE:.0f}")
    return Validation((area,), of, prompt, error, rule=f.AND(*rules))


def rectangles(cells: Iterable[tuple[int, int]], sheet: str) -> list[Area]:
    """The fewest areas that are easily found for cells given as (row, column): runs of rows, joined downwards."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(cells):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    areas: list[Area] = []
    open_: dict[tuple[int, int], int] = {}
    for row, left, right in runs:
        at = open_.get((left, right))
        if at is not None and areas[at].bottom == row - 1:
            areas[at] = Area(sheet, areas[at].top, left, row, right)
        else:
            open_[left, right] = len(areas)
            areas.append(Area(sheet, row, left, row, right))
    return areas
