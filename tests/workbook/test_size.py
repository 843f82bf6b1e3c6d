"""Models with thousands of items: the sheet Cases stays narrow, its formulas short, and its numbers right.

The models measured in docs/workbook.md are larger; here the limits are lowered instead, so that few items exceed them.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from benchmarks import sizes
from benchmarks.large import OPTIONS, large_model
from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.pipeline import analyzed, make, run
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook import aggregation, cases
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.cases import CaseTranslator
from reportgen.workbook.limits import MAX_FORMULA, check_limits
from reportgen.workbook.plan import CASES, CHECKS, INPUTS, SUMMARY, plan_workbook
from reportgen.workbook.question_layout import Questions, lay_out_questions
from reportgen.workbook.translate import Translator
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)

ITEMS = 12
MAX_ARGUMENTS = 255


@cache
def loaded(items: int, swung: str = "") -> Model:
    """With a sensitivity of all inputs, or of some: each has two rows on Cases."""
    text = large_model(items)
    if swung:
        text = text.replace("sensitivity: {of: total}", f"sensitivity: {{of: total, inputs: [{swung}]}}")
    return load_source(Source("large.yaml", text))[0]


@pytest.fixture
def aggregated(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model of which every block is aggregated, with three parts or more for each category and option."""
    monkeypatch.setattr(aggregation, "WIDEST", 20)
    monkeypatch.setattr(aggregation, "MAX_ITEMS", 5)
    monkeypatch.setattr(aggregation, "MAX_LENGTH", 200)
    return loaded(ITEMS, "seat_count_0, seat_price_1, gb_count_2, run_price_3, rebate")


def questions_of(model: Model) -> Questions:
    return lay_out_questions(plan_workbook(model), evaluate(model))


def test_the_same_model_is_made_from_the_same_number() -> None:
    assert large_model(3) == large_model(3)
    assert len(loaded(ITEMS).categories) == 10 and len(loaded(ITEMS).options) == OPTIONS
    assert len(loaded(ITEMS).scenarios) == 5 and sum(1 for each in loaded(ITEMS).assumptions) > 100
    assert loaded(ITEMS).unquoted
    assert len(large_model(ITEMS).split("sensitivity: {of: total}")) == 2


def test_a_folded_book_has_the_totals_of_one_that_is_not(monkeypatch: pytest.MonkeyPatch, aggregated: Model) -> None:
    narrow = questions_of(aggregated).blocks
    monkeypatch.setattr(aggregation, "WIDEST", 10_000)
    monkeypatch.setattr(aggregation, "MAX_ITEMS", 10_000)
    wide = questions_of(aggregated).blocks
    totals = [key for total in aggregated.totals for key in aggregated.keys_of(total.name)]
    assert sum(bool(block.parts) for block in narrow) >= 2
    for one, other in zip(narrow, wide, strict=True):
        assert not other.parts and not other.aggregated
        assert one.last_column <= other.last_column if not one.parts else one.aggregated
        assert one.aggregated == other.columns.keys() - one.columns.keys()
        for key in totals:
            assert [one.value(at, key) for at in range(len(one.rows))] == pytest.approx(
                [other.value(at, key) for at in range(len(other.rows))], rel=1e-12
            )


def test_every_item_is_in_one_part_and_every_part_in_one_total(aggregated: Model) -> None:
    for block in questions_of(aggregated).blocks:
        for total, parts in block.parts.items():
            category = next(each for each in aggregated.categories if each.quantity.name == total.name)
            items = [key for part in parts.values() for key in part.items]
            assert items == [Key(item.name, total.option) for item in category.items]
            assert max(len(part.items) for part in parts.values()) <= aggregation.MAX_ITEMS
            assert len(parts) >= 3


def test_every_cell_of_a_folded_book_agrees(aggregated: Model, tmp_path: Path, libreoffice: LibreOffice) -> None:
    workbook = build_workbook(evaluate(aggregated))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    formulas, stored = formula_cells(workbook), stored_values(workbook)
    engine = IronCalc(workbook, tmp_path)
    assert disagreements(stored, engine.values(), formulas) == []
    assert disagreements(stored, libreoffice.values(path), formulas) == []
    settings, changes = changed(aggregated)
    other = stored_values(build_workbook(evaluate(apply_settings(aggregated, settings)[0])))
    front = tuple(f"{sheet}!" for sheet in (SUMMARY, INPUTS, CHECKS))  # they count the inputs that are changed
    computed = {cell: text for cell, text in formulas.items() if not cell.startswith(front)}
    assert disagreements(other, engine.values_after(changes), without_marks(computed), 1e9) == []


def changed(model: Model) -> tuple[list[str], list[Change]]:
    """Other prices for some items, one of them not quoted so far, and for some assumptions."""
    plan, chance = plan_workbook(model), random.Random(3)
    items = [key for key in plan.cells if model.is_input(key) and key not in plan.bases and key not in model.unquoted]
    keys = [*chance.sample(items, 12), *sorted(model.unquoted)[:1], Key("rebate"), Key("seat_count_0")]
    settings, changes = [], []
    for key in keys:
        address = plan.editable(key, BASE_SCENARIO)
        assert address is not None
        value = round(chance.uniform(5, 9), 3)
        settings.append(f"{key}={value!r}")
        changes.append((address.sheet, address.cell, plan.in_cell(key, value)))
    return settings, changes


def test_a_line_typed_on_a_category_counts_in_every_case(aggregated: Model, tmp_path: Path) -> None:
    plan, questions = plan_workbook(aggregated), questions_of(aggregated)
    engine = IronCalc(build_workbook(evaluate(aggregated), questions), tmp_path)
    option = aggregated.options[0].id
    spare = plan.spare_cells(Key("category_1", option))[0]
    before, after = engine.values(), engine.values_after([(spare.sheet, spare.cell, 1_000.0)])
    total = Key("category_1", option)
    having = [block for block in questions.blocks if total in block.columns]
    assert any(block.parts for block in having)
    for block in having:
        for at in range(len(block.rows)):
            cell = str(block.address(at, total))
            assert float(after[cell]) - float(before[cell]) == pytest.approx(1_000.0)


def test_formulas_of_a_large_model_fit_into_cells() -> None:
    """Of 160 items in each category, more than one part takes: nothing is longer or wider than Excel takes."""
    model = loaded(160)
    plan, results = plan_workbook(model), evaluate(model)
    assert check_limits(plan) == ()
    questions = lay_out_questions(plan, results)
    assert len(questions.scenarios.aggregated) > 1_000
    for block in questions.blocks:
        assert block.last_column <= 2 * aggregation.WIDEST
        last = CaseTranslator(plan, block, len(block.rows) - 1)
        trees = [last.definition(key) for key in block.parts]
        for total, parts in block.parts.items():
            trees += [each for column in parts for each in (last.part(total, column), last.same(total, column))]
        trees += [last.definition(key) for key in block.columns if key not in block.inputs]
        formulas = ["=" + tree.text(CASES) for tree in trees]
        assert max(map(len, formulas)) <= MAX_FORMULA // 2
        assert max(map(most_arguments, formulas)) <= MAX_ARGUMENTS


def most_arguments(formula: str) -> int:
    """Of all functions in a formula, those of the one with most."""
    counts, most = [0], 0
    for token in Tokenizer(formula).items:
        if token.subtype == Token.OPEN:
            counts.append(1)
        elif token.subtype == Token.CLOSE:
            most = max(most, counts.pop())
        elif token.type == Token.SEP:
            counts[-1] += 1
    return most


def test_a_category_of_which_hundreds_of_prices_are_missing() -> None:
    """The state of its total stays one short formula."""
    text = large_model(ITEMS)
    start, end = text.index("  category_1:"), text.index("  category_2:")
    costs = ('"rebate * 1 [EUR/month]"', "not quoted")
    items = [f"      item_{at}: {{title: Item {at}, costs: {costs[at % 2]}}}" for at in range(600)]
    head = "  category_1:\n    title: Category 1\n    unit: EUR/month\n    items:\n"
    model = load_source(Source("large.yaml", text[:start] + head + "\n".join(items) + "\n" + text[end:]))[0]
    plan = plan_workbook(model)
    for option in model.option_ids:
        state = Translator(plan).state_of_parts(Key("category_1", option)).text("Category 1")
        assert len(state) < 50 and state.startswith("COUNTIF(")


def test_small_models_keep_a_column_for_every_number() -> None:
    model = load_source(Source("large.yaml", large_model(2)))[0]
    assert all(not block.parts and not block.aggregated for block in questions_of(model).blocks)


def test_what_something_else_reads_keeps_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    text = large_model(ITEMS)
    key = next(
        key for key in loaded(ITEMS).definitions if key.name.startswith("category_1.") and key in loaded(ITEMS).formulas
    )
    head = "running: {title: Running cost, unit: EUR/year, "
    assert f"{head}of: [" in text
    text = text.replace(
        f"{head}of: [category_1, ",
        f"{head}formula: category_1 + 0.1 * {key}}}\n  others: {{title: Others, unit: EUR/year, of: [",
    )
    model = load_source(Source("large.yaml", text))[0]
    monkeypatch.setattr(aggregation, "WIDEST", 100)
    reader = Key("running", key.option)
    aggregated = [block for block in questions_of(model).blocks if block.parts and reader in block.columns]
    for block in aggregated:
        assert key not in block.aggregated
    assert any(key in block.columns for block in aggregated)


def test_a_formula_too_long_for_a_part_keeps_its_column(monkeypatch: pytest.MonkeyPatch, aggregated: Model) -> None:
    monkeypatch.setattr(aggregation, "LONGEST_ITEM", 30)
    short = [len(block.aggregated) for block in questions_of(aggregated).blocks]
    monkeypatch.setattr(aggregation, "LONGEST_ITEM", 1_000)
    assert all(
        one < other
        for one, other in zip(short, map(len, (b.aggregated for b in questions_of(aggregated).blocks)), strict=True)
        if other
    )


def test_a_model_that_folding_cannot_narrow_enough_is_told(monkeypatch: pytest.MonkeyPatch, aggregated: Model) -> None:
    monkeypatch.setattr(cases, "MAX_COLUMNS", 200)
    with pytest.raises(ModelError) as caught:
        questions_of(aggregated)
    assert [problem.code for problem in caught.value.problems] == ["RG602"]


MOST_FORMULAS = 12_800
"""Of agent-runtime, which asks every question: as many as a reviewer can still survey."""


def test_the_page_states_the_sizes_of_today(tmp_path: Path) -> None:
    """`python -m benchmarks.sizes --write` measures them again; the largest are left out here."""
    books = [(sized, make(analyzed(run(sized.path)), "xlsx")) for sized in list(sizes.models(tmp_path))[:2]]
    for sized, workbook in books:
        assert sized.start(workbook) in sizes.stated()
    assert len(formula_cells(books[0][1])) <= MOST_FORMULAS


def test_a_block_computes_only_what_its_cases_change() -> None:
    """One input's two cases need few columns; what a curve is not asked for has none."""
    questions = analyzed(run(sizes.ROOT / "inputs" / "agent-runtime")).questions
    assert questions is not None
    model = questions.cases.blocks[0].values
    for block in questions.cases.blocks:
        drivers = {driver.key for row in block.rows for driver in row.drivers}
        assert drivers == {*block.inputs} and block.rows[0].drivers == ()
        changed = [key for key in block.columns if len(set(block.of_rows(model[key]).tolist())) > 1]
        assert len(changed) >= 0.6 * len(block.columns)
    assert sum(len(block.rows) * len(block.columns) for block in questions.cases.blocks) < 4_000
