"""A cash flow in sentences and tables, in the words of its unit."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers
from reportgen.presentation.cash_flow_topic import cash_flow_topic
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from tests.presentation.vans import CARBON, MONTHLY, VANS, results_of


def topic_of(results: Answers, *, by_step: bool = False) -> Topic:
    topic = cash_flow_topic(Cells(results, "en", by_step=by_step))
    assert topic is not None
    return topic


def test_paybacks_returns_and_annual_costs_are_told() -> None:
    results = results_of(VANS)
    outcome = results.cash_flow
    assert outcome is not None
    first, last = topic_of(results).blocks[0].points
    (payback,) = outcome.paybacks
    assert payback.internal_rate.rate is not None and payback.benefit_to_cost is not None
    assert f"internal rate of return on the extra cost is {payback.internal_rate.rate:.1%} per year" in first
    assert f"benefit-to-cost ratio is {payback.benefit_to_cost:.2f}." in first
    assert last == (
        f"Equivalent annual cost at 6.0%: Electric €{outcome.annual['electric']:,.0f} per year; "
        f"Leased €{outcome.annual['leased']:,.0f} per year."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"leased: 52_000": "leased: 100", "electric: -330_000": "electric: 0"},
            "There is no internal rate of return on the extra cost.",
        ),
        ({"electric: 400_000": "electric: 4_000_000"}, "The difference changes its sign more than once"),
        ({"-330_000": "-9_000_000"}, "Electric brings in more than it costs: its net present value at 6.0% is €"),
    ],
    ids=["none", "several", "earns"],
)
def test_what_has_no_rate_or_earns_is_said_in_words(changes: dict[str, str], said: str) -> None:
    text = VANS
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    points = topic_of(results_of(text)).blocks[0].points
    assert any(said in point for point in points), points


def test_categories_have_a_table_for_each_option() -> None:
    electric, leased = topic_of(results_of(VANS)).blocks[1].tables
    assert electric.heads == ("Start", "2027", "2028", "2029", "2030", "2031", "2032")
    assert [row.title for row in leased.rows] == ["Vehicles", "Running", "Total cost"]
    assert [cell.text for cell in electric.rows[0].cells][:2] == ["1,800,000", "80,000"]


def test_steps_are_rows_where_they_are_asked_for() -> None:
    nominal, _ = topic_of(results_of(MONTHLY), by_step=True).blocks[0].tables
    assert nominal.first_head == "Step" and [row.title for row in nominal.rows[:2]] == ["Start", "2027-01"]
    assert len(nominal.rows) == 1 + 72 + 2


def test_kilograms_are_not_paid() -> None:
    topic = topic_of(results_of(CARBON))
    texts = [topic.title, *(text for block in topic.blocks for text in (*block.text, *block.points))]
    texts += [table.caption for block in topic.blocks for table in block.tables]
    assert topic.title == "Over time"
    assert not [text for text in texts if any(word in text for word in ("paid", "cost", "return"))]
    assert any(text.startswith("Electric begins with more than Diesel and makes up for it after") for text in texts)
