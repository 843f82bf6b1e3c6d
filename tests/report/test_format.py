"""Numbers as readers see them."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.compute import digits
from reportgen.formula.units import parse_unit
from reportgen.report import format as f


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
    code = f"import sys, reportgen.report.format; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
