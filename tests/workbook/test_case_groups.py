"""Cases share a block where that saves cells, and one that changes nothing of what is asked has no row."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.workbook.case_groups import CaseRequest, Cases, Kind, lay_out
from reportgen.workbook.cases import CaseRow, Driver
from reportgen.workbook.plan import CASES, plan_workbook
from reportgen.workbook.question_layout import question_layout
from tests.model.samples import SAMPLE, load

SEATS, VM_HOUR, ADMIN = Key("seats"), Key("vm_hour"), Key("admin")
HOSTED, SELF_RUN = Key("total", "hosted"), Key("total", "self_run")
FIRST = 10


def case(key: Key, value: float, *targets: Key) -> CaseRequest:
    return CaseRequest(CaseRow(f"{key} {value}", (Driver(key, value),)), {key: value}, (key,), frozenset(targets))


def laid_out(requests: list[CaseRequest]) -> tuple[Model, Cases]:
    model = load(SAMPLE)
    return model, lay_out(plan_workbook(model), model, Kind("Q", question_layout, as_selected=True), requests, FIRST)


def test_a_block_has_the_columns_that_lead_from_its_inputs_to_its_targets() -> None:
    model, cases = laid_out([case(VM_HOUR, 0.1, SELF_RUN), case(VM_HOUR, 0.3, SELF_RUN)])
    (block,) = cases.blocks
    assert (*block.columns,) == model.dependencies.between([VM_HOUR], [SELF_RUN])
    assert [row.label for row in block.rows] == ["As selected", "vm_hour 0.1", "vm_hour 0.3"]
    assert cases.places == ((block, 1), (block, 2))
    assert block.first_row == FIRST


def test_few_cases_share_a_block_and_many_of_other_columns_do_not() -> None:
    for count, blocks in ((1, 1), (200, 2)):
        requests = [case(key, float(at), SELF_RUN) for at in range(1, count + 1) for key in (VM_HOUR, ADMIN)]
        _, cases = laid_out(requests)
        assert len(cases.blocks) == blocks
        for each, (block, index) in zip(requests, cases.places, strict=True):
            assert block is not None and block.rows[index] is each.row


def test_every_number_that_a_joined_block_has_holds_in_all_its_rows() -> None:
    """Also those that only one of its cases is asked: what the other changes on the way to them has columns too."""
    model, cases = laid_out([case(SEATS, 300.0, HOSTED), case(VM_HOUR, 0.3, SELF_RUN)])
    (block,) = cases.blocks
    assert {*block.columns} == {*model.dependencies.between([SEATS, VM_HOUR], [HOSTED, SELF_RUN])}


def test_a_case_that_changes_nothing_of_what_is_asked_has_no_row() -> None:
    model, cases = laid_out([case(VM_HOUR, 0.3, HOSTED), case(SEATS, 300.0, HOSTED)])
    plan = plan_workbook(model)
    assert cases.places[0] == (None, 0)
    assert cases.cell(plan, 0, HOSTED) == cases.cell(plan, None, HOSTED) == plan.cells[HOSTED]
    assert cases.cell(plan, 1, HOSTED).sheet == CASES
    assert CASES not in cases.translator(plan, 0).definition(HOSTED).text("Ranges")
