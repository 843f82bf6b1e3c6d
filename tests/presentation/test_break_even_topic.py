"""Break-evens in sentences: what is cheaper where, and what is not certain while a price is missing."""

from __future__ import annotations

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.presentation.break_even_topic import break_even_topic, pair_sentences
from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.result_cells import Cells
from reportgen.source import Source
from tests.report.edge_models import BREAK_EVEN, PRICE, TOTAL, USERS, edge_model

UNKNOWN = "Which of Option A and Option B costs less is not known: a price is missing for"


def in_words(first: str, second: str, once: dict[str, object] | None = None) -> str:
    """Two options along the users, perhaps with costs that are paid once."""
    total = TOTAL.replace("bill", "bill + once / horizon") if once else TOTAL
    text = edge_model(
        {"a": first, "b": second}, BREAK_EVEN, horizon="1 year", inputs=(USERS, PRICE), once=once, total=total
    )
    results = evaluate(load_source(Source("model.yaml", text))[0])
    (sentence,) = pair_sentences(Cells(results, "en"), results.break_evens[0])
    return sentence.removeprefix("Users: ").replace(NO_BREAK, " ")


def test_two_options_cost_the_same_where_their_lines_cross() -> None:
    assert in_words("x * p", "200 [EUR/year]") == (
        "At 100 user, Option A and Option B cost the same; above that, Option B costs less, and below it Option A."
    )


def test_a_step_begins_where_it_is() -> None:
    assert in_words("if(x < 100 [user], 0 [EUR/year], 300 [EUR/year])", "200 [EUR/year]") == (
        "From 100 user (a step) on, Option B costs less than Option A; below that, Option A costs less."
    )


def test_an_option_without_any_price_costs_neither_less_nor_more() -> None:
    assert in_words("x * p", "not quoted") == f"{UNKNOWN} Option B."
    assert in_words("not quoted", "x * p") == f"{UNKNOWN} Option A."
    assert in_words("not quoted", "not quoted") == f"{UNKNOWN} Option A and Option B."


def test_an_option_that_lacks_a_price_never_costs_less() -> None:
    lacking: dict[str, object] = {"a": 0, "b": "not quoted"}
    elsewhere = "Option A costs less than Option B; elsewhere that is not certain, because a price is missing"
    assert in_words("x * p + 300 [EUR/year]", "200 [EUR/year]", lacking) == f"{UNKNOWN} Option B."
    assert in_words("x * p", "3000 [EUR/year]", lacking) == (
        "There is no break-even: Option A costs less than Option B at Users from 0 user to 1,000 user. "
        "A price is missing, so this counts only what is known."
    )
    assert in_words("x * p", "200 [EUR/year]", lacking) == f"Below 100 user, {elsewhere} for Option B."
    assert in_words("200 [EUR/year]", "x * p", lacking) == f"Above 100 user, {elsewhere} for Option B."
    both: dict[str, object] = {"a": "not quoted", "b": "not quoted"}
    assert in_words("x * p", "200 [EUR/year]", both) == (
        f"{UNKNOWN} Option A and Option B. By what is known, their order changes at 100 user."
    )


def test_several_pairs_are_points_and_each_question_names_its_figure() -> None:
    text = edge_model(
        {"a": "x * p", "b": 500, "c": 900}, BREAK_EVEN.replace("[a, b]", "[a, b, c]"), inputs=(USERS, PRICE)
    )
    topic = break_even_topic(Cells(evaluate(load_source(Source("model.yaml", text))[0]), "en"))
    assert topic is not None
    (block,) = topic.blocks
    assert (block.text, len(block.points), block.figure) == ((), 3, "figure-break-even-be")
    (table,) = block.tables
    assert table.of_figure and table.heads == ("Option A", "Option B", "Option C")
