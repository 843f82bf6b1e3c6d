"""Tables with rows of each option: what is read where, and what can be missing."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.problems import ModelError
from reportgen.report.readable import ReadableText
from reportgen.report.report_settings import default_report_settings
from tests.model.option_tables import EAST, TEXT, WEST
from tests.model.samples import load, problems_of


def test_each_option_is_read_in_rows_of_its_own() -> None:
    values = evaluate(load(TEXT)).values
    assert values[Key("total", "east")] == pytest.approx(EAST)
    assert values[Key("total", "west")] == pytest.approx(WEST)


def test_what_reads_such_a_table_is_per_option_but_for_one_that_is_picked() -> None:
    model = load(TEXT)
    assert model.quantities["machines"].per_option
    assert not model.quantities["in_west"].per_option
    assert evaluate(load(TEXT.replace("value: 300", "value: 100"))).values[Key("in_west")] == 2


def test_break_evens_and_sensitivity_know_the_rows_of_both() -> None:
    """Hand-made: with x seats above 250 and below 600, 4,900 + 200 + (0.5 + x/1000)·5,000 is 5,650 + 200 +
    (0.4 + (x − 200)·0.003)·5,000; with t GB above 50,000, 5,980 less 0.08·t more than the west's."""
    answers = evaluate(load(TEXT))
    traffic, seats = answers.break_evens
    assert [each.at for pair in seats.pairs for each in pair.crossings] == pytest.approx([275])
    at = [each.at for pair in traffic.pairs for each in pair.crossings]
    assert at == pytest.approx([50_000 + (4_100 + 4_000 - 3_650 - 3_500) / 0.12])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", west: [[0, 2], [500, 3]]}", "}", "table `servers` has nothing for `west`"),
        (", west: [[0, 2], [500, 3]]}", ", wes: [[0, 2]]}", "table `servers`: there is no option `wes`"),
        (", west: [[0, 2], [500, 3]]}", ", west: [[5, 2], [4, 3]]}", "the rows' first numbers rise from row to row"),
        (", west: [[0, 2], [500, 3]]}", ", west: 3}", "`rows` of `west` is a list of pairs: [[0, 1], [250, 2]]"),
        ("[[0, 0.10], ", "[[1, 0.10], ", "the first row of a graduated table is at 0, so that every unit has a price"),
        ("[[0, 0.5], [1_000, 1.5]]", "[[0, 0.5]]", "straight lines need two rows or more"),
        ("servers.west, seats", "servers.wst, seats", "the first argument of `lookup` is the name of a table"),
    ],
)
def test_what_is_wrong_with_the_rows_of_one_option(old: str, new: str, message: str) -> None:
    assert [each.message for each in problems_of(TEXT.replace(old, new))] == [message]


def test_a_place_outside_names_the_table_of_the_option() -> None:
    (problem,) = problems_of_evaluation(TEXT.replace("[[0, 0.2], [200", "[[400, 0.2], [500"))
    assert problem == "`staff.west` begins at 400 seat; it is read at 300 in `running.staff.west`"


def problems_of_evaluation(text: str) -> list[str]:
    with pytest.raises(ModelError) as caught:
        evaluate(load(text))
    return [each.message for each in caught.value.problems]


def test_the_report_names_the_table_without_an_option() -> None:
    model = load(TEXT)
    text = ReadableText(model, default_report_settings().babel_locale)
    node, picked = (model.definitions[key] for key in (Key("machines", "east"), Key("in_west")))
    assert text.text(node) == "step of “Servers” at (Seats)"  # type: ignore[arg-type]
    assert text.text(picked) == "step of “Servers, West” at (Seats)"  # type: ignore[arg-type]
