"""Fixed texts in the language of a book, and the names of its sheets where addresses become text."""

from __future__ import annotations

from datetime import date

from reportgen.formula.units import parse_unit
from reportgen.presentation.words import Words, parsed_locale
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, SheetNames, SheetPlace
from reportgen.workbook.book_words import (
    ENGLISH,
    BookWords,
    date_text,
    listed,
    message,
    messages,
    number_text,
    sheet_names,
    sheet_title,
    together,
    unit_words,
)
from reportgen.workbook.expressions import Constant, Expression, cell
from reportgen.workbook.fill_down import filled_down
from reportgen.workbook.filled_messages import filled_message, filled_messages, in_words
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.settle import settle

FORMS = {
    "open": ("offen",),
    "none": ("keine",),
    "{count} input": ("{count} Eingabe", "{count} Eingaben"),
    "{title}, lowest": ("Am niedrigsten: {title}",),
    "More than {option}": ("Mehr als {option}",),
    "Less {amount} than {option}": ("{option} unterschritten um {amount}",),
    "year": ("Jahr",),
    "Summary": ("Übersicht",),
}
NAMES = SheetNames({"Summary": SheetPlace("Übersicht"), "Ranges": SheetPlace("Fragen", 40)})
GERMAN = BookWords(Words(parsed_locale("de"), FORMS, lambda count: int(count != 1)), NAMES)


def printed(tree: Expression, sheet: str = "Summary") -> str:
    return in_words(tree, GERMAN).text(sheet, NAMES)


def test_a_message_is_its_english_text_and_is_said_in_another_language() -> None:
    lowest = message("{title}, lowest", title=message("open"))
    assert (lowest, GERMAN.said(lowest), ENGLISH.said(lowest)) == (
        "open, lowest",
        "Am niedrigsten: offen",
        "open, lowest",
    )
    assert GERMAN.said("open") == "open", "what the author wrote is not translated"
    counted = [messages("{count} input", "{count} inputs", count) for count in (1, 2000)]
    assert [*counted, *map(GERMAN.said, counted)] == ["1 input", "2,000 inputs", "1 Eingabe", "2.000 Eingaben"]


def test_texts_beside_each_other_keep_their_languages() -> None:
    assert GERMAN.said(together("A: ", message("open"))) == "A: offen"
    assert GERMAN.said(listed([message("open"), "b"])) == "offen, b"
    assert GERMAN.said(number_text(1234.5)) == "1.234,5"
    assert (unit_words(parse_unit("EUR/year")), GERMAN.said(unit_words(parse_unit("EUR/year")))) == (
        "EUR/year",
        "EUR/Jahr",
    )
    assert GERMAN.said(sheet_title("Ranges")) == "Fragen"


def test_formulas_compare_the_words_that_the_book_shows() -> None:
    state = cell(Address("Summary", 7, 3))
    tree = f.IF(state.equals(message("open")), message("none"), "open")
    assert printed(tree) == 'IF(C7="offen","keine","open")'
    assert tree.text("Summary") == 'IF(C7="open","none","open")'
    column = list(filled_down(tree, 3))
    assert [printed(each) for each in column][2] == 'IF(C9="offen","keine","open")'
    assert column[2].text("Summary") == 'IF(C9="open","none","open")'


def test_dates_are_written_as_in_the_language() -> None:
    assert (date_text(date(2026, 5, 6)), GERMAN.said(date_text(date(2026, 5, 6)))) == ("2026-05-06", "06.05.2026")


def test_a_text_with_live_parts_has_them_in_the_order_of_the_language() -> None:
    option, amount = cell(Address("Summary", 6, 3)), cell(Address("Totals", 9, 3))
    tree = filled_message("Less {amount} than {option}", amount=amount, option=option)
    assert tree.text("Summary") == '"Less "&Totals!C9&" than "&C6'
    assert printed(tree) == 'C6&" unterschritten um "&Totals!C9'
    count = filled_messages("{count} input", "{count} inputs", amount)
    assert printed(count) == 'IF(Totals!C9=1,Totals!C9&" Eingabe",Totals!C9&" Eingaben")'


def test_long_texts_are_joined_from_pieces_that_formulas_may_hold() -> None:
    words = BookWords(Words(parsed_locale("de"), {"long": ("ä" * 300,)}, int), NAMES)
    assert in_words(Constant(message("long")), words).text("Summary") == f'"{"ä" * 255}"&"{"ä" * 45}"'


def test_addresses_are_printed_where_the_book_has_them() -> None:
    there, area = Address("Ranges", 7, 3), Area("Ranges", 7, 3, 9, 4)
    assert cell(there, fixed=True).text("Summary", NAMES) == "Fragen!$C$47"
    assert cell(there).text("Ranges", NAMES) == "C47"
    assert (there.named(NAMES), str(there)) == ("Fragen!C47", "Ranges!C7")
    assert area.seen_from("Summary", NAMES, fixed=True) == "Fragen!$C$47:$D$49"
    assert NAMES.placed(area) == Area("Fragen", 47, 3, 49, 4)
    assert cell(Address("Summary", 1, 1)).text("Ranges", NAMES) == "'Übersicht'!A1"


def test_sheets_are_named_in_the_language_and_no_two_alike() -> None:
    found = sheet_names(GERMAN.words, ("Summary", "übersicht", "open"), ("Summary",))
    assert [found.of(each).title for each in ("Summary", "übersicht", "open")] == ["Übersicht (2)", "übersicht", "open"]


def test_a_settled_sheet_has_texts_values_and_formats_of_the_language() -> None:
    grid = Grid("Summary", "front")
    grid.put(1, 1, message("open"), Style.LABEL)
    grid.put(2, 1, f.IF(grid.cell(1, 1).equals(message("open")), message("none"), 1.0), Style.STATE)
    grid.put(3, 1, 5.0, Style.OUTPUT, '"€"* #,##0;"€"* -#,##0')
    settle([grid], GERMAN)
    assert [grid.cells[row, 1].content for row in (1, 2)] == ["offen", "keine"]
    assert grid.cells[2, 1].formula == '=IF(A1="offen","keine",1)'
    assert grid.cells[3, 1].number_format == '#,##0" €";-#,##0" €"'


def test_values_that_are_words_are_part_of_the_text_and_said_with_it() -> None:
    option = cell(Address("Summary", 6, 3))
    tree = filled_message("Less {amount} than {option}", amount=message("open"), option=option)
    assert tree.text("Summary") == '"Less open than "&C6'
    assert printed(tree) == 'C6&" unterschritten um offen"'
    nothing = filled_message("More than {option}", option="")
    assert nothing.text("Summary") == '"More than "'
