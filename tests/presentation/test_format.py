"""Numbers as readers see them."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.compute import digits
from reportgen.formula.numbers import LARGEST
from reportgen.formula.units import parse_unit
from reportgen.presentation import format as f


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (0.125, 2, "0.13"),
        (1_234_567.891, 1, "1,234,567.9"),
        (0.0, 2, "0.00"),
        (-0.0, 0, "0"),
        (0.1 + 0.2, 1, "0.3"),
    ],
)
def test_ties_are_rounded_half_up_as_in_spreadsheets(value: float, decimals: int, shown: str) -> None:
    assert f.number(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.00042, "0.00042"), (0.000004567, "0.0000046"), (-0.0004, "−0.00040"), (0.006, "0.01")]
)
def test_a_small_price_is_never_shown_as_nothing(value: float, shown: str) -> None:
    assert f.number(value, 2) == shown


def test_the_largest_number_of_a_model_has_all_its_digits() -> None:
    assert f.number(LARGEST, 2) == "1" + ",000" * 10 + ".00"
    assert f.percent(LARGEST, 0) == "1" + ",000" * 10 + "%"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        (60.7, "%", None, "60.7%"),
        (60.25, "%", 1, "60.3%"),
        (100, "%", None, "100%"),
        (21_813.3333, "EUR/year", None, "€21,813 per year"),
        (6.5, "EUR/seat/month", 2, "€6.50 per seat per month"),
        (4_000, "EUR", None, "€4,000"),
        (45, "s/run", None, "45\N{NO-BREAK SPACE}s/run"),
        (18.5, "FTE*month", 1, "18.5\N{NO-BREAK SPACE}FTE·month"),
        (1.08, "USD/EUR", 2, "$1.08 per EUR"),
        (3, "1", None, "3"),
    ],
)
def test_quantities_carry_their_unit(value: float, unit: str, decimals: int | None, shown: str) -> None:
    assert f.quantity(value, parse_unit(unit), decimals) == shown


def test_the_locale_decides_signs_and_order() -> None:
    assert f.money(1_234.5, "EUR", 2, "de") == "1.234,50\N{NO-BREAK SPACE}€"
    assert f.percent(60.25, 1, "de") == "60,3\N{NO-BREAK SPACE}%"
    assert f.number(1_234_567.5, 0, "hi") == "12,34,568"
    assert f.date(date(2026, 6, 30), "de") == "30. Juni 2026"
    assert f.date(date(2026, 6, 30)) == "June 30, 2026"


SWISS = "\N{RIGHT SINGLE QUOTATION MARK}"
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("locale", "number", "euro", "franc", "negative", "percent", "day"),
    [
        ("en", "1,234,567.9", "€1,234.50", "CHF\xa01,234.50", "−€1,234.50", "60.3%", "January 5, 2026"),
        (
            "de",
            "1.234.567,9",
            f"1.234,50{SPACE}€",
            f"1.234,50{SPACE}CHF",
            f"−1.234,50{SPACE}€",
            f"60,3{SPACE}%",
            "5. Januar 2026",
        ),
        (
            "de-AT",
            "1.234.567,9",
            f"€{SPACE}1.234,50",
            f"CHF{SPACE}1.234,50",
            f"−€{SPACE}1.234,50",
            f"60,3{SPACE}%",
            "5. Jänner 2026",
        ),
        (
            "de-CH",
            f"1{SWISS}234{SWISS}567.9",
            f"EUR{SPACE}1{SWISS}234.50",
            f"CHF{SPACE}1{SWISS}234.50",
            f"EUR−1{SWISS}234.50",
            "60.3%",
            "5. Januar 2026",
        ),
    ],
)
def test_each_locale_writes_as_its_readers_do(
    locale: str, number: str, euro: str, franc: str, negative: str, percent: str, day: str
) -> None:
    for identifier in (locale, locale.replace("-", "_")):
        assert f.number(1_234_567.85, 1, identifier) == number
        assert f.money(1_234.5, "EUR", 2, identifier) == euro
        assert f.money(1_234.5, "CHF", 2, identifier) == franc
        assert f.money(-1_234.5, "EUR", 2, identifier) == negative
        assert f.percent(60.25, 1, identifier) == percent
        assert f.date(date(2026, 1, 5), identifier) == day
    assert f.number(1_234.5, 1, "de-DE") == f.number(1_234.5, 1, "de") == "1.234,5"


@pytest.mark.parametrize(
    ("value", "unit", "english", "german"),
    [
        (21_813.0, "EUR/year", "€21,813 per year", f"21.813{SPACE}€ pro Jahr"),
        (6.5, "EUR/seat/month", "€7 per seat per month", f"7{SPACE}€ pro seat pro Monat"),
        (2, "EUR/h", "€2 per h", f"2{SPACE}€ pro Stunde"),
        (3, "year", f"3{SPACE}years", f"3{SPACE}Jahre"),
        (1, "year", f"1{SPACE}year", f"1{SPACE}Jahr"),
        (36, "month", f"36{SPACE}months", f"36{SPACE}Monate"),
        (1, "week", f"1{SPACE}week", f"1{SPACE}Woche"),
        (2, "day", f"2{SPACE}days", f"2{SPACE}Tage"),
        (4, "quarter", f"4{SPACE}quarters", f"4{SPACE}Quartale"),
        (18, "FTE*month", f"18{SPACE}FTE·month", f"18{SPACE}FTE·Monat"),
        (45, "s/run", f"45{SPACE}s/run", f"45{SPACE}s/run"),
        (730, "h/month", f"730{SPACE}h/month", f"730{SPACE}h/Monat"),
    ],
)
def test_time_has_words_and_the_models_own_units_stay(value: float, unit: str, english: str, german: str) -> None:
    assert f.quantity(value, parse_unit(unit), 0) == english
    assert f.quantity(value, parse_unit(unit), 0, "de-DE") == german


def test_a_factor_and_a_part_of_a_year() -> None:
    assert (f.factor(2.44, 1), f.factor(2.44, 1, "de")) == ("2.4×", "2,4×")
    assert f.quantity(2.5, parse_unit("year"), 1, "de") == f"2,5{SPACE}Jahre"
    assert f.unit_text(parse_unit("EUR/FTE/year"), "de") == "EUR/FTE/Jahr"


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [
        ((204_877.44, 0.3), "EUR/year", 0),
        ((690.0, 3_296.0, 119.444), "EUR/month", 2),
        ((690.0, 3_296.0), "EUR/month", 0),
        ((0.3415, 0.2128), "EUR/run", 3),
        ((0.00042,), "EUR/s", 6),
        ((37.69, 24.3), "%", 1),
        ((0.0,), "EUR", 0),
        ((), "EUR", 0),
        ((21_780.000000000004,), "run", 0),
    ],
)
def test_numbers_side_by_side_share_their_decimals(values: tuple[float, ...], unit: str, decimals: int) -> None:
    assert digits.result_decimals(values, parse_unit(unit)) == decimals


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [((0.00042,), "EUR/s", 5), ((6.5,), "EUR", 2), ((6.5,), "h", 1), ((50_000.0,), "run", 0), ((3.0, 1.5), "USD", 2)],
)
def test_inputs_are_shown_as_written(values: tuple[float, ...], unit: str, decimals: int) -> None:
    assert digits.input_decimals(values, parse_unit(unit)) == decimals


def test_importing_the_formats_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    heavy = "numpy", "weasyprint", "jinja2", "vl_convert", "openpyxl"
    code = f"import sys, reportgen.presentation.format; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
