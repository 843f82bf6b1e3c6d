"""One table of keys: the reader, the JSON Schema and the reference say the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from reportgen.model.document import read_source
from reportgen.model.load import load_model
from reportgen.model.records import RECORDS, declared
from reportgen.problems import ModelError
from reportgen.source import Source
from tests.model.editor import complaints
from tests.model.samples import changed, load

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "model.md"
REWRITE = "REWRITE_KEYS"
MODELS = sorted([*(ROOT / "inputs").rglob("*.yaml"), *(ROOT / "tests" / "cases").glob("*.yaml")])
INLINE = {part for about in RECORDS.values() for part in about.parts.values()}
BY_NAME = {made.__name__: made for made in RECORDS if made not in INLINE}

SEEN = """
    break_even_one_option checklist_answer_unknown checklist_question_answered_twice correlation_beyond_one
    cost_is_a_list currency_unknown date_bad date_in_another_order distribution_unknown entry_not_a_mapping
    evidence_unknown feature_answer_unknown five_mistakes format_unknown growth_without_a_unit id_bad key_missing
    key_misspelt_section key_unknown_at_top key_unknown_in_assumption key_unknown_in_break_even
    key_unknown_in_category key_unknown_in_item key_unknown_like_nothing key_without_value method_unknown
    narrative_plan/model number_decimal_comma number_decimal_comma_in_block number_exponent_alone number_hexadecimal
    number_in_quotes number_missing number_with_comma_as_cost number_with_spaces number_with_unit_glued_on
    options_missing published_differs_without_because published_intermediate_without_formula
    published_interval_open_at_both_ends published_sets_too_many published_step_of_nothing published_verdict_unknown
    scorecard_both scorecard_without_score section_not_a_mapping simulation_of_no_draws source_address_bad
    source_age_unreadable swing_bad syntax_comma_cuts_formula syntax_empty syntax_equality syntax_foreign_signs
    syntax_in_single_quotes syntax_text table_row_not_a_pair title_too_long title_with_control_character unit_bad
    unit_bad_sign unit_misspelt_time
"""
"""Broken models whose mistake a schema can see: in a key, in the form of a value, in what stands beside it."""


def loads(path: Path) -> bool:
    try:
        load_model(path)
    except ModelError:
        return False
    return True


@pytest.mark.parametrize("underscores", [False, True])
@pytest.mark.parametrize("path", MODELS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_model_that_loads_is_valid(path: Path, underscores: bool) -> None:
    assert not loads(path) or complaints(read_source(path), underscores=underscores) == []


def test_the_shipped_models_load() -> None:
    assert [path for path in (ROOT / "inputs").rglob("*.yaml") if not loads(path)] == []


@pytest.mark.parametrize("name", SEEN.split())
def test_a_broken_model_is_not_valid(name: str) -> None:
    path = ROOT / "tests" / "broken" / f"{name}.yaml"
    assert not loads(path) and complaints(read_source(path))


def test_no_model_is_invalid_that_only_warns() -> None:
    broken = sorted((ROOT / "tests" / "broken").glob("*.yaml"))
    assert [path.stem for path in broken if loads(path) and complaints(read_source(path))] == []


VALUES = {
    True: (
        "250",
        "2.5e2",
        "0250",
        "+250.",
        ".5",
        "50_000",
        "0.25 kseat",
        '"250 seat"',
        "{hosted: 1, self_run: 2_000}",
    ),
    False: (
        "no",
        "12:30",
        "0x10",
        "e5",
        '"250"',
        "many seats",
        "[1]",
        "1,000",
        "1 000",
        "250seat",
        "250 seats/months",
        "",
    ),
}
"""What stands for a number of seats, and what does not."""


@pytest.mark.parametrize(("right", "value"), [(right, value) for right, values in VALUES.items() for value in values])
def test_the_schema_takes_the_numbers_that_the_reader_takes(right: bool, value: str) -> None:
    text = changed(
        ("{title: Seats, value: 240, unit: seat, low: 120, high: 600", f"{{title: Seats, unit: seat, value: {value}")
    )
    text = text.replace("driver: seats", "driver: admin").replace("{seats: 480}", "{admin: 1_000}")
    source = Source("model.yaml", text)
    if right:
        assert load(text)
    else:
        with pytest.raises(ModelError):
            load(text)
    assert (complaints(source) == []) is right


def test_the_command_prints_what_the_models_name() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "reportgen", "schema"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    Draft7Validator.check_schema(json.loads(printed))
    assert json.loads(printed)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert printed == (ROOT / "inputs" / "model.schema.json").read_text(encoding="utf-8"), (
        "run: ./run schema > inputs/model.schema.json"
    )


@pytest.mark.parametrize(
    "path", sorted((ROOT / "inputs").rglob("*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_shipped_model_names_its_schema(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", head)
    assert named is not None and (path.parent / named[1]).resolve() == ROOT / "inputs" / "model.schema.json"


def test_every_key_has_a_meaning_for_hovering() -> None:
    assert [each.key for made in RECORDS for each in declared(made) if not (each.meaning and each.kind.words)] == []


def keys_of(made: type) -> str:
    rows = [
        f"| `{each.key}`{' (required)' * each.required} | {each.kind.words} | {each.meaning} |"
        for each in declared(made)
    ]
    return "\n".join(["| key | holds | meaning |", "|---|---|---|", *rows])


def test_the_reference_has_the_keys_of_every_record() -> None:
    """REWRITE_KEYS=1 writes the tables anew."""
    text = REFERENCE.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- keys of (\w+) -->\n)(.*?)(<!-- end of keys -->)", re.DOTALL)
    current = marked.sub(lambda found: f"{found[1]}{keys_of(BY_NAME[found[2]])}\n{found[4]}", text)
    if os.environ.get(REWRITE) == "1":
        REFERENCE.write_text(current, encoding="utf-8", newline="\n")
    assert current == REFERENCE.read_text(encoding="utf-8")
    assert {found[2] for found in marked.finditer(text)} == BY_NAME.keys()
