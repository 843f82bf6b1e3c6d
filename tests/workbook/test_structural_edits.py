"""Edits of whole workbooks, by LibreOffice's own commands: rows, columns, sheets, titles, sorting, pasting, typing.

After each, every total is right, or the master check fails and a check says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.checks import FAILED, OK
from reportgen.workbook.plan import ASSUMPTIONS, CASES, TOTALS, plan_workbook
from reportgen.workbook.scenario_columns import BASE, HIGH, LOW
from tests.conftest import ROOT
from tests.engines.recalculation import LibreOffice, agree, stored_values
from tests.model.samples import changed, load
from tests.workbook.edits import At, Edit, Right, Said, Shown, seen

SHEETS = ("Summary", "Scenarios", "Checks")


def with_another_cost() -> Model:
    """An item more on People."""
    old = "  people:\n    title: People\n    unit: EUR/month\n    items:\n"
    new = old + "      more: {title: More, costs: {hosted: 500, self_run: 0}}\n"
    assert old in TEXT
    return load(TEXT.replace(old, new))


DISCOUNT = '      discount: {title: Discount, value: 6, unit: "%", low: 0, high: 30}\n'
TEXT = changed(
    ("fully loaded}\n", "fully loaded}\n" + DISCOUNT), ("seats * seat_fee,", "seats * seat_fee * (1 - discount),")
)
TEXT = TEXT[: TEXT.index("sensitivity:")]
"""With a share, and without the questions that other models are asked below."""

OPTIONS, TITLES = "the options of Summary, in its order", "Scenarios have titles of their own"
GROWTH = Right(scenario="growth")
SPARE = "Spare scenario 1"

EDITS = (
    # Scenario columns.
    Edit("a column before the first scenario", lambda at: [["insert_columns", *at.scenario(0)]], Right()),
    Edit("a column before Low", lambda at: [["insert_columns", *at.column(LOW)]], Right()),
    Edit("a column before High", lambda at: [["insert_columns", *at.column(HIGH)]], Right()),
    Edit("a column before Base", lambda at: [["insert_columns", *at.column(BASE)]], Right()),
    Edit("a column among the spare scenarios", lambda at: [["insert_columns", *at.scenario(2)]], Right()),
    Edit("a column behind the last scenario", lambda at: [["insert_columns", *at.scenario(4)]], Right()),
    Edit(
        "a column before the scenario that is selected",
        lambda at: [["enter", *at.selector, "Doubled team"], ["insert_columns", *at.scenario(0)]],
        GROWTH,
    ),
    Edit(
        "a scenario in a column of its own, which is selected",
        lambda at: [
            ["insert_columns", *at.scenario(0)],
            ["enter", *at.head(0), "Merger"],
            ["enter", *at.in_scenario("seats", 0), "300"],
            ["enter", *at.selector, "Merger"],
        ],
        Said("Scenarios and Cases have every scenario"),
    ),
    Edit("a spare scenario is deleted", lambda at: [["delete_columns", *at.scenario(1)]], Said("Scenarios")),
    Edit("a scenario is deleted", lambda at: [["delete_columns", *at.scenario(0)]], Said("Scenarios")),
    Edit(
        "the scenario that is selected is deleted",
        lambda at: [["enter", *at.selector, "Doubled team"], ["delete_columns", *at.scenario(0)]],
        Said("Scenarios"),
    ),
    Edit(
        "a scenario gets another name",
        lambda at: [["enter", *at.head(0), "Growth"]],
        Right(renamed={"Doubled team": "Growth"}),
    ),
    Edit(
        "the scenario that is selected gets another name",
        lambda at: [["enter", *at.selector, "Doubled team"], ["enter", *at.head(0), "Growth"]],
        Said("The scenario is one of the list"),
    ),
    Edit(
        "two scenarios of one name",
        lambda at: [["enter", *at.head(1), "Doubled team"]],
        Said(TITLES),
    ),
    Edit("a scenario without a name", lambda at: [["clear", *at.head(0)]], Said(TITLES)),
    Edit(
        "a spare scenario is filled",
        lambda at: [["enter", *at.in_scenario("seats", 1), "300"]],
        Right(added={SPARE: ("seats=300",)}),
    ),
    Edit(
        "a spare scenario is filled and selected",
        lambda at: [["enter", *at.in_scenario("seats", 1), "300"], ["enter", *at.selector, SPARE]],
        Right(selected=("seats=300",), added={SPARE: ("seats=300",)}),
    ),
    Edit(
        "columns of scenarios change places",
        lambda at: [
            ["insert_columns", *at.scenario(1)],
            ["cut", ASSUMPTIONS, f"{at.scenario(0)[1]}:{at.head(0)[1][0]}30", ASSUMPTIONS, at.scenario(1)[1]],
        ],
        Right(),
    ),
    # Rows of Assumptions.
    Edit("a row above an input", lambda at: [["insert_rows", *at.row("vm_hour")]], Right()),
    Edit("a row above the first input", lambda at: [["insert_rows", *at.row("seats")]], Right()),
    Edit("a row between groups is deleted", lambda at: [["delete_rows", *at.row("seats", 1)]], Right()),
    Edit(
        "a row among the steps of a table", lambda at: [["insert_rows", *at.table_row("servers", 1)]], Said("Servers")
    ),
    Edit("an input is deleted", lambda at: [["delete_rows", *at.row("vm_hour")]], Said("error")),
    Edit(
        "inputs are sorted by their titles",
        lambda at: [["sort", ASSUMPTIONS, f"{at.row('seat_fee')[1]}:M{at.row('admin')[1][1:]}", 0]],
        Said("Assumptions: rows stand"),
    ),
    # Items.
    Edit(
        "a row among items, with a cost",
        lambda at: [
            ["insert_rows", *at.row_of("subscription.support")],
            ["enter", *at.cost("subscription.support"), "500"],
        ],
        Said("Total cost of ownership"),
    ),
    Edit(
        "a row above the first item, with a cost",
        lambda at: [
            ["insert_rows", *at.row_of("subscription.fees")],
            ["enter", *at.cost("subscription.fees"), "500"],
        ],
        Said("Subscription"),
    ),
    Edit(
        "a row above a category's total, with a cost",
        lambda at: [["insert_rows", *at.row_of("people")], ["enter", *at.cost("people"), "500"]],
        Said("People"),
    ),
    Edit("a row above a category's total", lambda at: [["insert_rows", *at.row_of("people")]], Right()),
    Edit(
        "a spare line is filled",
        lambda at: [["enter", *at.spare("people", 1), "500"]],
        Right(instead=with_another_cost),
    ),
    Edit(
        "a row among spare lines, with a cost",
        lambda at: [
            ["insert_rows", *at.row_of("people", -1)],
            ["enter", *at.spare("people", 2), "500"],
            ["enter", "People", f"B{at.spare('people', 2)[1][1:]}", "EUR/month"],
        ],
        Right(instead=with_another_cost),
    ),
    Edit("a text in a spare line", lambda at: [["enter", *at.spare("people", 1), "about 500"]], Said("spare lines")),
    Edit("an item is deleted", lambda at: [["delete_rows", *at.row_of("set_up.migration")]], Said("")),
    Edit("a spare line is deleted", lambda at: [["delete_rows", *at.row_of("people", -1)]], Said("Inputs that were")),
    Edit(
        "items are sorted by their costs",
        lambda at: [["sort", "Subscription", "A7:H8", 3]],
        Said("Subscription: rows stand"),
    ),
    # Columns of options.
    Edit(
        "a column between options of a category",
        lambda at: [["insert_columns", "Set-up", "D1"]],
        Said(OPTIONS),
    ),
    Edit("a column between options of Totals", lambda at: [["insert_columns", TOTALS, "D1"]], Said(OPTIONS)),
    Edit(
        "a column between options of Summary",
        lambda at: [["insert_columns", "Summary", "D1"]],
        Said(OPTIONS),
    ),
    Edit(
        "a column between options of Scenarios",
        lambda at: [["insert_columns", "Scenarios", "D1"]],
        Said(OPTIONS),
    ),
    Edit("a column before those of options", lambda at: [["insert_columns", "People", "C1"]], Right()),
    Edit("an option is deleted from a category", lambda at: [["delete_columns", "Set-up", "D1"]], Said("")),
    Edit("an option is deleted from Totals", lambda at: [["delete_columns", TOTALS, "D1"]], Said("")),
    Edit("an option is deleted from Summary", lambda at: [["delete_columns", "Summary", "D1"]], Said("")),
    # Sheets.
    Edit("a category's sheet gets another name", lambda at: [["rename_sheet", "Set-up", "One-time"]], Right()),
    Edit(
        "sheets get other names",
        lambda at: [["rename_sheet", ASSUMPTIONS, "Inputs 2026"], ["rename_sheet", "Summary", "Front page"]],
        Right(sheets={"Summary": "Front page"}),
    ),
    Edit("a copy of Assumptions", lambda at: [["copy_sheet", ASSUMPTIONS, "Assumptions_2", 3]], Right()),
    Edit(
        "a copy of a category whose copy is changed",
        lambda at: [["copy_sheet", "People", "People_2", 1], ["enter", "People_2", at.cost("people.upkeep")[1], "1"]],
        Right(),
    ),
    Edit("sheets in another order", lambda at: [["move_sheet", CASES, 0]], Right()),
    Edit("a category's sheet is deleted", lambda at: [["delete_sheet", "People"]], Said("")),
    # Pasting, cutting and clearing.
    Edit(
        "an input is pasted over another",
        lambda at: [["copy", *at.input("hours"), *at.input("seats")]],
        Said("Low is at most Base"),
    ),
    Edit(
        "the active value of an input is typed over",
        lambda at: [["enter", *at.active("seat_fee"), "9"]],
        Said("in the case of the selected scenario"),
    ),
    Edit("a cost's formula is typed over", lambda at: [["enter", *at.cost("subscription.fees"), "9"]], Said("Total")),
    Edit("a category's total is typed over", lambda at: [["enter", *at.cost("people"), "9"]], Said("People")),
    Edit("a total is typed over", lambda at: [["enter", *at.cost("total"), "9"]], Said("Total cost of ownership")),
    Edit("a total on Summary is typed over", lambda at: [["enter", "Summary", "C7", "9"]], Said("Summary")),
    Edit("a total on Scenarios is typed over", lambda at: [["enter", "Scenarios", "C8", "9"]], Said("Scenarios")),
    Edit("the head of an option is typed over", lambda at: [["enter", TOTALS, "C6", "Self-run"]], Said("option")),
    Edit(
        "an input is moved", lambda at: [["cut", *at.input("seats"), ASSUMPTIONS, "C40"]], Said("Low is at most Base")
    ),
    Edit(
        "the rows of inputs are moved",
        lambda at: [["cut", ASSUMPTIONS, f"{at.row('seat_fee')[1]}:M{at.row('admin')[1][1:]}", ASSUMPTIONS, "A40"]],
        Right(),
    ),
    Edit("an input is cleared", lambda at: [["clear", *at.input("vm_hour")]], Said("Every assumption is a number")),
    Edit(
        "a scenario's value is cleared",
        lambda at: [["clear", *at.in_scenario("seats", 0)]],
        Right(instead=lambda: load(TEXT.replace("set: {seats: 480}", "set: {seats: 240}"))),
    ),
    Edit("a cost is cleared", lambda at: [["clear", *at.cost("set_up.audit", "self_run")]], Said("every cost")),
    Edit("the choice of a scenario is cleared", lambda at: [["clear", *at.selector]], Said("The scenario is one")),
    Edit("dragged over the next input", lambda at: [["fill_down", ASSUMPTIONS, "F13:F14"]], Right(("fx=731",))),
    Edit("a whole column of the base is cleared", lambda at: [["clear", ASSUMPTIONS, "F8:F18"]], Said("number")),
    # What is typed.
    *(
        Edit(f"a share as {text}", lambda at, text=text: [["enter", *at.input("discount"), text]], outcome)
        for text, outcome in (
            *((each, Right(("discount=8",))) for each in ("8%", "8 %", "0.08", "8.0%", "=8/100")),
            *((each, Said("Low is at most Base")) for each in ("8", "800%")),
            *((each, Said("Every assumption is a number")) for each in ("eight per cent", "8 percent", "8 v.H.")),
        )
    ),
    Edit("a date", lambda at: [["enter", *at.input("seats"), "2026-01-31"]], Said("Low is at most Base")),
    Edit("a date as elsewhere", lambda at: [["enter", *at.input("seats"), "31.01.2026"]], Said("number")),
    Edit("a text", lambda at: [["enter", *at.input("seats"), "about 240"]], Said("Every assumption is a number")),
    Edit("a thousand with a comma", lambda at: [["enter", *at.input("hours"), "1,000"]], Right(("hours=1000",))),
    Edit("a formula", lambda at: [["enter", *at.input("hours"), "=24*365/12"]], Right(("hours=730",))),
    Edit("an amount with its currency", lambda at: [["enter", *at.input("admin"), "90000 EUR"]], Said("number")),
)


OF_ALL_QUESTIONS = (
    Edit("a column before the first scenario", lambda at: [["insert_columns", *at.scenario(0)]], Right()),
    Edit(
        "a scenario is selected behind columns that were inserted",
        lambda at: [
            ["insert_columns", *at.scenario(0)],
            ["insert_columns", *at.scenario(3)],
            ["enter", *at.selector, at.plan.model.scenarios[-1].title],
        ],
        Right(scenario="platform_team"),
    ),
    Edit(
        "a spare scenario gets a name and is selected",
        lambda at: [
            ["enter", *at.head(len(at.plan.model.scenarios)), "Fewer runs"],
            ["enter", *at.in_scenario("runs_per_month", len(at.plan.model.scenarios)), "20000"],
            ["enter", *at.selector, "Fewer runs"],
        ],
        Right(
            selected=("runs_per_month=20000",),
            renamed={SPARE: "Fewer runs"},
            added={"Fewer runs": ("runs_per_month=20000",)},
        ),
    ),
)
"""Of agent-runtime."""


@cache
def team_chat() -> Model:
    return load(TEXT)


@cache
def agent_runtime() -> Model:
    return load_model(ROOT / "inputs" / "agent-runtime")[0]


@cache
def shown_by(model: Callable[[], Model], settings: tuple[str, ...] = (), scenario: str | None = None) -> Shown:
    """What the program's own workbook of a model shows."""
    changed, _ = apply_settings(model(), list(settings))
    results = evaluate(changed, changed.scenario(scenario))
    return seen(stored_values(build_workbook(results)), plan_workbook(changed), {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits")


@pytest.mark.parametrize("edit", EDITS, ids=lambda each: each.what)
def test_totals_are_right_or_a_check_says_what_is_wrong(edit: Edit, folder: Path, libreoffice: LibreOffice) -> None:
    assert_right_or_said(edit, team_chat, folder, libreoffice)


@pytest.mark.parametrize("edit", OF_ALL_QUESTIONS, ids=lambda each: each.what)
def test_a_model_that_asks_everything_follows_too(edit: Edit, folder: Path, libreoffice: LibreOffice) -> None:
    assert_right_or_said(edit, agent_runtime, folder, libreoffice)


def assert_right_or_said(edit: Edit, model: Callable[[], Model], folder: Path, libreoffice: LibreOffice) -> None:
    plan, outcome, path = plan_workbook(model()), edit.outcome, folder / f"{model().id}.xlsx"
    if not path.exists():
        path.write_bytes(build_workbook(evaluate(model())))
    sheets = [outcome.sheets.get(each, each) for each in SHEETS]
    found = libreoffice.values_after_edits(path, edit.commands(At(plan)), sheets)
    shown = seen(found, plan, outcome.sheets)
    if isinstance(outcome, Said):
        assert shown.master == FAILED, shown
        assert any(outcome.check in each for each in shown.failing), shown.failing
    else:
        wrong = differences(expected(outcome, outcome.instead or model), shown)
        assert (shown.master, wrong) == (OK, []), shown.failing


def expected(outcome: Right, model: Callable[[], Model]) -> Shown:
    typed = shown_by(model, outcome.settings)
    selected = shown_by(model, (*outcome.settings, *outcome.selected), outcome.scenario)

    def new(title: str) -> str:
        return outcome.renamed.get(title, title)

    scenarios = {(new(scenario), option): value for (scenario, option), value in typed.scenarios.items()}
    for title, settings in outcome.added.items():
        totals = shown_by(model, (*outcome.settings, *settings)).totals
        scenarios |= {(title, option): value for option, value in totals.items()}
    return Shown(selected.totals, scenarios, selected.lowest, OK, ())


def differences(one: Shown, other: Shown) -> list[object]:
    pairs = [((title,), value, other.totals.get(title)) for title, value in one.totals.items()]
    pairs += [(key, value, other.scenarios.get(key)) for key, value in one.scenarios.items() if key[1] in one.totals]
    wrong: list[object] = [pair for pair in pairs if not agree(*pair[1:])]
    return wrong + ([] if one.lowest == other.lowest else [(one.lowest, other.lowest)])
