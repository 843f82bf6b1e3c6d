"""The method says what the model does with time, and nothing else."""

from __future__ import annotations

from reportgen.compute.answers import evaluate
from reportgen.presentation.result_cells import Cells
from reportgen.report.method import time_texts
from reportgen.report.view import make_view
from reportgen.resources import inputs_folder
from tests.presentation.vans import CARBON, MONTHLY, VANS, results_of


def said(text: str, locale: str = "en") -> str:
    return " ".join(time_texts(Cells(results_of(text), locale))).replace("\N{NO-BREAK SPACE}", " ")


def test_a_model_without_growth_says_so() -> None:
    text = said((inputs_folder() / "team-chat.yaml").read_text("utf-8"))
    assert "No growth or change of prices is applied." in text and "Totals are not discounted." in text
    assert "spread evenly over 3 years where a total is per year" in text
    assert "step" not in text


def test_growth_dates_and_discounting_are_those_of_the_model() -> None:
    text = said(VANS)
    assert "Time is counted in steps of a year, from January 2027 on, over 6 years." in text
    assert "Growth is applied to Electricity, by Energy inflation (3% per year); Telematics, by 5% per year." in text
    assert "Inputs with values by date: Vans." in text
    for each in (
        "Amounts on a date of their own: Batteries.",
        "Amounts in parts on several dates: Chargers.",
        "Recurring amounts: Tyres.",
        "Amounts at the end of the horizon: Residual value.",
        "Only for part of the time: Lease.",
        "Present value is discounted at 6% per year. The other totals are not discounted.",
        "Present values discount each amount from the end of its step by 6.0% per year.",
    ):
        assert each in text


def test_growth_that_begins_later_or_moves_once_a_year_says_so() -> None:
    text = said(MONTHLY.replace("growth: 5 %/year", "growth: {rate: 5 %/year, from: 2029-03, each: year}"))
    assert "steps of a month" in text and "Telematics, by 5% per year, from March 2029 on, once a year." in text


def test_the_point_of_discounting_is_told_without_a_cash_flow() -> None:
    middle = VANS.replace("step: year", "step: year, discounting: middle").partition("cash_flow:")[0]
    assert "Each amount is discounted from the middle of its step." in said(middle)


def test_registers_show_months_for_dates() -> None:
    rows = {row.key: row for group in make_view(results_of(VANS)).groups for row in group.rows}
    assert (rows["running.lease.from"].value, rows["running.lease.from"].unit) == ("April 2027", "")
    assert rows["running.lease.until"].value == "November 2032"
    assert rows["vehicles.battery.when"].value == "March 2031"
    assert (rows["vehicles.tyres.every"].value, rows["vehicles.tyres.every"].unit) == ("36", "month")
    assert rows["power"].note == "Grows: Energy inflation (3% per year)."
    assert {"power", "vans.2027-07"} <= {row.name for row in make_view(results_of(VANS)).uncertain}


def test_a_moment_that_is_no_whole_month_stays_a_number() -> None:
    from reportgen.model.overrides import apply_settings

    results = results_of(VANS)
    model, scenario = apply_settings(results.model, ["vehicles.battery.when=4.5"])
    rows = {row.key: row for group in make_view(evaluate(model, scenario)).groups for row in group.rows}
    assert (rows["vehicles.battery.when"].value, rows["vehicles.battery.when"].unit) == ("4.5", "month")
    assert rows["vehicles.battery.when"].note == "Months after the start"


def test_formulas_of_totals_and_items_over_time_are_readable() -> None:
    rows = {row.name: row.text for table in make_view(results_of(VANS)).formulas for row in table.rows}
    assert rows["cost"] == "Vehicles + Running, on average over the horizon"
    assert rows["npv"] == "Vehicles + Running, discounted at Discount rate and added up over the horizon"
    assert rows["running.energy"] == "Energy used × Electricity"
    assert not [text for text in rows.values() if " over time" in text]


def test_tiles_say_what_the_headline_is() -> None:
    assert make_view(results_of(VANS)).tiles[0].rest == "per year, on average"
    assert make_view(results_of(CARBON)).tiles[0].rest == "t over 4\N{NO-BREAK SPACE}years"


def test_german_has_words_for_inputs_about_time() -> None:
    from dataclasses import replace

    from reportgen.report.report_settings import default_report_settings

    view = make_view(results_of(VANS), replace(default_report_settings(), locale="de"))
    rows = {row.key: row for group in view.groups for row in group.rows}
    assert rows["running.lease.from"].title == "Lease: beginnt" and rows["running.lease.from"].value == "April 2027"
    assert rows["vans.2027-07"].title == "Vans, ab 2027-07"
    assert rows["vehicles.charger.2028-01.on"].title == "Chargers: Anteil 2028-01, fällt an"
