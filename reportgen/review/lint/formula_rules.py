"""Rules on single formulas: what they hold, call and come to, and how long they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.formula_shapes import Frame
from reportgen.review.lint.limit_rules import MAX_LEVELS, beyond_excel
from reportgen.review.lint.lint_rules import CHECKING, CODE, FAST, PRINCIPLES, Hit, Register, at
from reportgen.review.lint.precedents import precedents_of

REGISTER = Register()

LONGEST, DEEPEST, MOST_IFS = 255, 6, 3
"""Characters, function levels and IFs within IFs that a reviewer still takes in."""

VOLATILE = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "_XLFN.RANDARRAY", "INFO", "CELL"})
INDIRECT = frozenset({"OFFSET", "INDIRECT"})
MASKING = frozenset({"IFERROR", "ISERROR", "ISERR"})


def _where(book: Book, detail_of: Callable[[Frame], str | None], message: str) -> Iterator[Hit]:
    """Formulas of whose frame there is a detail to report, each frame looked at once."""
    details: dict[Frame, str | None] = {}
    for sheet, shape, positions in book.shapes:
        if shape.frame not in details:
            details[shape.frame] = detail_of(shape.frame)
        detail = details[shape.frame]
        if detail is not None:
            yield from (Hit(message, sheet.title, position, detail) for position in positions)


def _calls(frame: Frame, functions: frozenset[str]) -> str | None:
    called = [name.removeprefix("_XLFN.") for name in dict.fromkeys(frame.functions) if name in functions]
    return ", ".join(called) or None


@REGISTER.error(
    *("WB201", "Number typed into a formula", "A formula holds no number that could be otherwise."),
    "give the number a cell of its own, with label, unit and source, and refer to it",
    *(f"{FAST} 3.04-01", f"{PRINCIPLES} 14", f"{CODE}, Avoid hardcoding"),
)
def typed_numbers(book: Book) -> Iterator[Hit]:
    for sheet, shape, positions in book.shapes:
        if shape.frame.numbers and (typed := ", ".join(shape.typed_numbers)):
            yield from (Hit("typed into the formula", sheet.title, position, typed) for position in positions)


@REGISTER.sheet_warning(
    *("WB205", "Long formula", f"A formula has {LONGEST} characters at most."),
    "split it into steps with a row each",
    *(f"{FAST} 3.03-01", f"{PRINCIPLES} 13", f"{CODE}, Minimise calculation complexity"),
)
def long_formulas(sheet: Sheet) -> Iterator[Hit]:
    for cell, shape in sheet.formulas:
        length = len(str(cell.content))
        if length > LONGEST and not beyond_excel(cell, shape):
            yield at(sheet, cell, "the formula is long", f"{length} characters")


@REGISTER.warning(
    *("WB206", "Deeply nested formula", f"Functions lie within each other {DEEPEST} deep at most."),
    "split it into steps with a row each",
    *(f"{FAST} 3.03-02", f"{PRINCIPLES} 13", f"{CODE}, Minimise calculation complexity"),
)
def deep_formulas(book: Book) -> Iterator[Hit]:
    return _where(
        book,
        lambda frame: f"{frame.depth} deep" if DEEPEST < frame.depth <= MAX_LEVELS else None,
        "functions lie deep within each other",
    )


@REGISTER.warning(
    *("WB207", "IFs within IFs", f"At most {MOST_IFS} IFs lie within each other."),
    *("use a flag, a lookup table or CHOOSE", f"{FAST} 3.03-07", f"{CODE}, Minimise calculation complexity"),
)
def nested_ifs(book: Book) -> Iterator[Hit]:
    return _where(book, lambda frame: f"{frame.ifs}" if frame.ifs > MOST_IFS else None, "IFs lie within IFs")


@REGISTER.error(
    *("WB208", "Volatile function", "Results change only when an input changes."),
    *("type the date or the draw as an input", f"{FAST} 4.01 Excel Functions", f"{PRINCIPLES} 16"),
)
def volatile(book: Book) -> Iterator[Hit]:
    return _where(book, lambda frame: _calls(frame, VOLATILE), "comes to something else at every recalculation")


@REGISTER.error(
    *("WB209", "OFFSET or INDIRECT", "What a formula refers to can be traced."),
    "use INDEX, which shows its range and is recalculated only when that changes",
    *(f"{FAST} 4.01-03", f"{CODE}, Build traceable references"),
)
def untraceable(book: Book) -> Iterator[Hit]:
    return _where(book, lambda frame: _calls(frame, INDIRECT), "hides what it refers to")


@REGISTER.warning(
    *("WB210", "NPV", "Discounting is shown year by year."),
    *("multiply by a row of discount factors, which shows when each amount falls due", f"{FAST} 4.01-02"),
)
def npv(book: Book) -> Iterator[Hit]:
    return _where(book, lambda frame: _calls(frame, frozenset({"NPV"})), "takes every amount as due at a period’s end")


@REGISTER.warning(
    *("WB211", "Link to a link", "A link leads to the cell where the value is typed or computed."),
    *("refer to the source itself", f"{FAST} 3.06-02", f"{CODE}, Build traceable references"),
)
def chains(book: Book) -> Iterator[Hit]:
    precedents = precedents_of(book)
    for sheet, shape, positions in book.shapes:
        for target, address, _ in precedents.of(shape, sheet) if shape.is_link else ():
            for position in positions:
                source = target.cells.get(address.cell(shape.distance(position)))
                if source is not None and source.shape is not None and source.shape.is_link:
                    yield Hit("the cell it repeats is itself a link", sheet.title, position)


@REGISTER.sheet_error(
    *("WB212", "Error value", "No cell shows an error."),
    "fix the formula, or the input that it cannot work with",
    *(f"{PRINCIPLES} 18", f"{CODE}, Review and test your models", CHECKING),
)
def errors(sheet: Sheet) -> Iterator[Hit]:
    for cell in sheet.cells.values():
        if cell.result_kind == "e":
            yield at(sheet, cell, "shows an error", cell.result)
        elif cell.typed_text in _ERRORS:
            yield at(sheet, cell, "shows an error", cell.typed_text)


_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"})


@REGISTER.error(
    *("WB213", "Reference to nothing", "Whatever a formula or a name refers to is there."),
    *("restore what was deleted, or take the reference out", f"{CODE}, Build traceable references", CHECKING),
)
def lost_references(book: Book) -> Iterator[Hit]:
    precedents = precedents_of(book)
    for sheet, shape, positions in book.shapes:
        frame = shape.frame
        unknown = [text for text in frame.names if not precedents.knows(text, sheet)]
        unknown += [scope.sheet for scope in frame.scopes if scope.sheet and not _known(book, scope.sheet)]
        detail = ", ".join(dict.fromkeys(unknown))
        for position in positions:
            if frame.lost:
                yield Hit("refers to something that was deleted", sheet.title, position)
            if unknown:
                yield Hit("refers to something that the book does not have", sheet.title, position, detail)
    for name in book.names:
        if name.shape.frame.lost:
            yield Hit("a name refers to something that was deleted", name.sheet, detail=name.name)


def _known(book: Book, title: str) -> bool:
    return "[" in title or all(part.casefold() in book.by_title for part in title.split(":"))


@REGISTER.sheet_warning(
    *("WB214", "Formula without a result", "Every formula is stored with its result."),
    "recalculate and save in a spreadsheet program; previews and protected view show blanks until then",
    f"{PRINCIPLES} 6 (design for the audience)",
)
def unstored(sheet: Sheet) -> Iterator[Hit]:
    missing = [cell for cell, _ in sheet.formulas if not cell.result_kind]
    if missing:
        detail = f"{len(missing)} of {len(sheet.formulas)}"
        yield Hit("formulas without a stored result", sheet.title, detail=detail)


@REGISTER.warning(
    *("WB215", "Masked error", "An error shows where it arises."),
    "test for the case that is expected (a zero, an empty cell) and let other errors show",
    *(f"{CODE}, Include checks", f"{FAST} 4.01 Excel Functions"),
)
def masked_errors(book: Book) -> Iterator[Hit]:
    return _where(book, lambda frame: _calls(frame, MASKING), "hides every error, also those that nobody thought of")


@REGISTER.sheet_warning(
    *("WB218", "Array formula or data table", "No formula is entered over several cells or computed as a data table."),
    "use SUMPRODUCT, INDEX or rows of plain formulas",
    *(f"{PRINCIPLES} 16", f"{CODE}, Minimise calculation complexity"),
)
def arrays(sheet: Sheet) -> Iterator[Hit]:
    for cell, _ in sheet.formulas:
        if cell.array:
            yield at(sheet, cell, "an array formula or a what-if data table")


@REGISTER.warning(
    *("WB219", "Function that older programs lack", "The book works in Excel 2016 and other programs."),
    *("use functions that Excel had in 2016", f"{PRINCIPLES} 8"),
)
def newer_functions(book: Book) -> Iterator[Hit]:
    def newer(frame: Frame) -> str | None:
        prefixed = [name for name in frame.functions if name.startswith(("_XLFN.", "_XLWS."))]
        plain = [name.rpartition(".XLWS.")[2].rpartition("_XLWS.")[2].removeprefix("_XLFN.") for name in prefixed]
        return ", ".join(dict.fromkeys(name for name in plain if not _SINCE_2010.fullmatch(name))) or None

    return _where(book, newer, "uses a function newer than Excel 2016")


_SINCE_2010 = re.compile(
    r"(?:STDEV|VAR|RANK|PERCENTILE|PERCENTRANK|QUARTILE|MODE|COVARIANCE|CONFIDENCE|NORM|T|F|CHISQ|LOGNORM|BETA|GAMMA|BINOM"
    r"|NEGBINOM|POISSON|EXPON|WEIBULL|HYPGEOM|Z|NETWORKDAYS|WORKDAY|CEILING|FLOOR|ERF|ERFC|GAMMALN|ISO)\.[A-Z.0-9]+"
    r"|AGGREGATE|DAYS|IFNA|XOR|FORMULATEXT|ISFORMULA|NUMBERVALUE|UNICHAR|UNICODE|ISOWEEKNUM|PDURATION|RRI|SHEETS?|ARABIC"
    r"|BASE|DECIMAL|COMBINA|PERMUTATIONA|GAMMA|GAUSS|PHI|SKEW\.P|MUNIT|BIT[A-Z]+|ENCODEURL|FILTERXML|WEBSERVICE"
)
"""What Excel 2010 and 2013 brought, although it is stored with a prefix."""


@REGISTER.error(
    *("WB221", "Name that holds a number", "A name stands for cells, not for a number that nobody sees."),
    "type the number into an input cell and let the name refer to it",
    *(f"{CODE}, Use clear range names where appropriate", f"{CODE}, Avoid hardcoding"),
)
def named_numbers(book: Book) -> Iterator[Hit]:
    for name in book.names:
        if name.shape.frame.numbers and not name.shape.addresses and not name.name.startswith("_xlnm."):
            yield Hit("a name holds a number", name.sheet, detail=f"{name.name} is {name.value}")
