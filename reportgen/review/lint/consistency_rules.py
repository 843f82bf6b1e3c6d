"""Rules on formulas beside each other: they go the same way, sum up all there is and do not go in circles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.circles import Circles
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import ADDRESS, Address, Area, Distance
from reportgen.review.lint.lint_rules import CHECKING, CODE, FAST, PRINCIPLES, Hit, Register, at
from reportgen.review.lint.precedents import precedents_of
from reportgen.review.lint.sheet_cells import Cell, Position, address

REGISTER = Register()

ACROSS, DOWN = (0, 1), (1, 0)
FAR = 1_000
"""Cells beyond a range at which it is no longer the sum of what stands before it."""

_ADDRESSED = re.compile(r"(\"[^\"]*\")|(?<![\w.!':])(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)(?![\w.(!])")
_UNQUOTED = re.compile(r"(?<![\w.'])([^\W\d][\w.]*+)!")
SHORTEST_REPEATED = 3
"""Operators and functions from which on a computation is worth being done only once."""


def unlike(sheet: Sheet, along: tuple[int, int], across: tuple[int, int]) -> Iterator[Position]:
    """Formulas that differ from both their neighbours, which agree with each other, and are not simply some of a run
    that goes the other way: a column of its own within a table whose columns differ."""
    shape_at = sheet.shape_at.get
    (down, right), (over_down, over_right) = along, across
    for (row, column), own in sheet.shape_at.items():
        before = shape_at((row - down, column - right))
        if before is None or before is own or before is not shape_at((row + down, column + right)):
            continue
        beside = shape_at((row - over_down, column - over_right)), shape_at((row + over_down, column + over_right))
        # Two links in a list may be alike by chance; three in a row are a run.
        further = (shape_at((row + way * down, column + way * right)) for way in (-2, 2))
        # A link to a text is a label, and labels repeat as they will.
        is_run = own.is_link and before in further and sheet.cells[row, column].result_kind == "n"
        odd = own not in beside and (not own.is_link or is_run)
        if odd and not equal_by_table(sheet, (row, column), (row - down, column - right)):
            yield row, column


def equal_by_table(sheet: Sheet, one: Position, other: Position) -> bool:
    """Whether two formulas say the same of a table: `Sales[Price]` may mean one column for all of them, as a fixed
    reference does, or one that goes with the formula."""
    first, second = sheet.shape_at[one], sheet.shape_at[other]
    says = "[" in str(sheet.cells[one].content) and "[" in str(sheet.cells[other].content)
    return (
        says
        and first.frame is second.frame
        and first.numbers == second.numbers
        and all(
            first.seen(mine) == second.seen(its)
            or mine.copied(first.distance(one)) == its.copied(second.distance(other))
            for mine, its in zip(first.addresses, second.addresses, strict=True)
        )
    )


@REGISTER.sheet_error(
    *("WB202", "Formula unlike its row", "Formulas of a row are the same, seen from their cells."),
    "copy the formula of its neighbours over it, or set the exception apart in a row of its own",
    *(f"{FAST} 3.02-01", f"{PRINCIPLES} 12", f"{CODE}, Use consistent formulas", CHECKING),
)
def unlike_row(sheet: Sheet) -> Iterator[Hit]:
    for position in unlike(sheet, ACROSS, DOWN):
        yield Hit("differs from the formulas left and right of it", sheet.title, position)


@REGISTER.sheet_error(
    *("WB203", "Formula unlike its column", "Formulas of a column that goes on are the same, seen from their cells."),
    "copy the formula of its neighbours over it, or set the exception apart",
    *(f"{FAST} 3.02-01", f"{PRINCIPLES} 12", f"{CODE}, Use consistent formulas", CHECKING),
)
def unlike_column(sheet: Sheet) -> Iterator[Hit]:
    in_row = set(unlike(sheet, ACROSS, DOWN))
    for position in unlike(sheet, DOWN, ACROSS):
        if position not in in_row:
            yield Hit("differs from the formulas above and below it", sheet.title, position)


@REGISTER.sheet_error(
    *("WB204", "Number among formulas", "No formula in a run of equal formulas is replaced by a number."),
    "restore the formula; a case that should differ needs an input for it",
    *(f"{FAST} 3.02-01", f"{CODE}, Avoid hardcoding"),
)
def overwritten(sheet: Sheet) -> Iterator[Hit]:
    for cell in sheet.numbers:
        if is_overwritten(sheet, cell):
            yield at(sheet, cell, "a number stands where its neighbours have a formula")


def is_overwritten(sheet: Sheet, number: Cell) -> bool:
    """Whether a typed number stands between two formulas that are the same."""
    for down, right in (ACROSS, DOWN):
        before = sheet.shape_at.get((number.row - down, number.column - right))
        if before is not None and before is sheet.shape_at.get((number.row + down, number.column + right)):
            return True
    return False


@REGISTER.error(
    *("WB216", "Circular reference", "No formula depends on itself."),
    "solve for the unknown, or take the value of the period before",
    *(f"{FAST} 1.01-11", f"{CODE}, Avoid circular references"),
)
def circles(book: Book) -> Iterator[Hit]:
    for sheet, cell in Circles(book, precedents_of(book)).closing():
        yield at(sheet, cell, "depends on itself, directly or by way of other cells")


@REGISTER.sheet_warning(
    *("WB217", "Sum that ends too early", "A sum takes in all numbers up to its own cell."),
    *("extend the range", CHECKING, f"{PRINCIPLES} 18"),
)
def short_sums(sheet: Sheet) -> Iterator[Hit]:
    for shape, positions in sheet.positions_by_shape.items():
        for summed, position in product(_summed(shape), positions):
            gap = _gap(summed, shape.distance(position), position)
            if gap is None:
                continue
            (row, column), (down, right), length = gap
            after = row + down, column + right
            numbers = _runs(sheet, (down, right)).get(after, 0) >= length
            if numbers and _alike(sheet.cells.get((row, column)), sheet.cells[after]):
                yield Hit("numbers stand between the range and the sum", sheet.title, position)


def _summed(shape: Shape) -> list[Address]:
    """Ranges of the formula's sheet that are all of a sum: one of several parts ends where it is meant to."""
    scopes = shape.frame.scopes
    if not any(scope.within == "SUM" for scope in scopes):
        return []
    between = shape.frame.text.split(ADDRESS)
    return [
        address
        for scope, address, before, after in zip(scopes, shape.addresses, between[:-1], between[1:], strict=True)
        if scope.within == "SUM" and scope.sheet is None and before.endswith("(") and after.startswith(")")
    ]


def _gap(address: Address, distance: Distance, position: Position) -> tuple[Position, tuple[int, int], int] | None:
    """The last cell of a range in the formula's own row or column, the direction from there to the formula, and how
    many cells lie between. A range that grows, of which one end alone is fixed, is meant to end where it does."""
    row, column = position
    area = address.copied(distance)
    if area.single or len({(row_moves, column_moves) for _, row_moves, _, column_moves in address.corners}) > 1:
        return None
    if area.left == area.right == column:
        end, direction, length = (area.bottom, column), DOWN, row - area.bottom - 1
    elif area.top == area.bottom == row:
        end, direction, length = (row, area.right), ACROSS, column - area.right - 1
    else:
        return None
    return (end, direction, min(length, FAR - 1)) if length > 0 else None


@lru_cache(maxsize=2)
def _runs(sheet: Sheet, direction: tuple[int, int]) -> dict[Position, int]:
    """How many numbers, typed or computed, stand in a row from each cell on."""
    down, right = direction
    runs: dict[Position, int] = {}
    for cell in reversed(sheet.in_order):
        if cell.shows_number:
            runs[cell.row, cell.column] = runs.get((cell.row + down, cell.column + right), 0) + 1
    return runs


def _alike(cell: Cell | None, other: Cell | None) -> bool:
    """Both typed, or formulas of the same relative form that goes along with the cell: what adds up with the one adds
    up with the other. Formulas that repeat one result are no run."""
    if cell is None or other is None or cell.shape is not other.shape:
        return False
    firsts = [address.corners[0] for address in cell.shape.addresses] if cell.shape is not None else ()
    across = cell.row == other.row
    return not firsts or any(column_moves if across else row_moves for _, row_moves, _, column_moves in firsts)


@REGISTER.warning(
    *("WB220", "Computed twice", "Everything is computed once and then referred to."),
    *("keep one of the formulas and let the others refer to it", f"{FAST} 1.01-07", f"{PRINCIPLES} 15"),
)
def computed_twice(book: Book) -> Iterator[Hit]:
    long = [
        (sheet, cell, (shape.frame.text, shape.numbers, *_ends(cell, shape)))
        for sheet in book.worksheets
        for cell, shape in sheet.formulas
        if shape.addresses and shape.frame.operations >= SHORTEST_REPEATED
    ]
    # What reads the same everywhere has the same frame and addresses; this alone is soon known of most formulas.
    counts = Counter(key for _, _, key in long)
    first: dict[tuple[object, ...], tuple[Sheet, Cell]] = {}
    for sheet, cell, key in long:
        if counts[key] > 1:
            # With its areas, as `[@Price]` reads the same in every row of a table.
            everywhere = _everywhere(str(cell.content), sheet.title), key
            other_sheet, other = first.setdefault(everywhere, (sheet, cell))
            # Copies in one row or column with fixed references only are a matter of layout, not of logic.
            if other_sheet is not sheet or (other.row != cell.row and other.column != cell.column):
                source = f"{other_sheet.title}!{address(other.row, other.column)}"
                yield at(sheet, cell, "computes the same as another cell", source)


def _ends(cell: Cell, shape: Shape) -> tuple[Area, Area]:
    """What the first and the last address of a formula mean."""
    distance = shape.distance((cell.row, cell.column))
    return shape.addresses[0].copied(distance), shape.addresses[-1].copied(distance)


@REGISTER.sheet_warning(
    *("WB222", "Reference that is not fixed", "A formula of a run can be copied over the whole run."),
    "fix the reference with $, so that copying does not shift it",
    *(f"{FAST} 2.02-02", f"{CODE}, Use consistent formulas"),
)
def unfixed(sheet: Sheet) -> Iterator[Hit]:
    for (row, column), shape in sheet.shape_at.items():
        for before in ((row - 1, column), (row, column - 1)):
            model = sheet.shape_at.get(before)
            if model is None or model is shape or not model.reads_like(shape):
                continue
            if not equal_by_table(sheet, before, (row, column)) and _stays(model, before, shape, (row, column)):
                message = "refers to the same cell as its neighbour, but not with $"
                yield Hit(message, sheet.title, (row, column))
                break


def _stays(model: Shape, before: Position, shape: Shape, position: Position) -> bool:
    """Whether of two formulas that are made alike some references go along with the cell while others stay, unfixed."""
    stay = move = False
    there, here = model.distance(before), shape.distance(position)
    scopes = zip(model.frame.scopes, shape.frame.scopes, strict=True)
    for one, other, (scope, its) in zip(model.addresses, shape.addresses, scopes, strict=True):
        if scope != its:
            return False
        if model.seen(one) == shape.seen(other):
            move = move or not one.is_fixed
        elif one.copied(there) == other.copied(here):
            stay = True
        else:
            return False
    return stay and move


def _everywhere(formula: str, title: str) -> str:
    """The formula as it would read on any sheet, without signs that fix references."""
    quoted = title.replace("'", "''")

    def placed(match: re.Match[str]) -> str:
        return match[1] or f"'{quoted}'!{match[2]}"

    plain = _ADDRESSED.sub(placed, formula).replace("$", "")
    return _UNQUOTED.sub(r"'\1'!", plain) if "!" in formula else plain
