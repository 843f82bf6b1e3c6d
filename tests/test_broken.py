"""Every broken model of tests/broken is answered with exactly the words of the text file beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.model.document import MAX_BYTES
from reportgen.model.load import load_model
from reportgen.pipeline import check_all
from reportgen.problems import CODES, MAX_ERRORS, ModelError, Problem, render_all
from tests.model.samples import SAMPLE, changed, problems_of

FOLDER = Path(__file__).parent / "broken"
BROKEN = sorted(path for path in FOLDER.iterdir() if path.suffix == ".yaml" or path.is_dir())
REWRITE = "REWRITE_BROKEN"


def found_in(path: Path) -> tuple[Problem, ...]:
    """What `check` reports of a model, warnings included; of `strict_…` what `check --strict` does."""
    try:
        return check_all(path, strict=path.stem.startswith("strict_")).warnings
    except ModelError as error:
        return error.problems


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_model_is_answered_as_agreed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    shown = render_all(found_in(Path(path.name))) + "\n"
    agreed = path.with_suffix(".txt")
    if os.environ.get(REWRITE) == "1":
        agreed.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == agreed.read_text(encoding="utf-8")


def test_every_text_file_belongs_to_a_model() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in BROKEN}


def test_every_code_is_shown_by_a_broken_model() -> None:
    """Those left out need a file too large to keep, or belong to the command line and the workbook."""
    shown = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt"))
    other = {"RG103", "RG105", "RG106", "RG601", "RG602", "RG911", "RG912"}
    assert {code for code in CODES if f"[{code}]" not in shown} == other


def test_a_missing_file_and_a_path_that_is_none(tmp_path: Path) -> None:
    problem = _only_problem(tmp_path / "nowhere.yaml")
    assert (problem.code, problem.message) == ("RG101", "cannot be read: no such file or directory")
    assert _only_problem(Path("nul\0byte.yaml")).code == "RG101"


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    problem = _only_problem(path)
    assert (problem.code, problem.message) == ("RG103", "larger than 5 MB")


def test_the_largest_file_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("#" * MAX_BYTES)
    assert _only_problem(path).code == "RG107"


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_open_brackets(bracket: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("reportgen: 1\nid: " + bracket * 100_000 if bracket in "[{a: " else bracket * 100_000)
    problem = _only_problem(path)
    assert (problem.code, problem.message) == ("RG105", "nested more than 40 levels deep")


def test_an_alias_bomb(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 9)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(levels))
    problem = _only_problem(path)
    assert (problem.code, problem.message) == ("RG106", "aliases and values expand to more than 400,000 nodes")


@pytest.mark.parametrize("wrong", ["key{}: 1", "key: 1", "as_of: 1"])
def test_twenty_thousand_wrong_keys_end_at_the_most_errors(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(SAMPLE + "\n".join(wrong.format(number) for number in range(20_000)))
    problems = found_in(path)
    assert len(problems) == MAX_ERRORS
    assert "more" in render_all(problems).splitlines()[-1]


@pytest.mark.parametrize(
    ("section", "entry", "message"),
    [
        ("options", "  o{}: {{title: Option {}}}\n", "1,002 options; a workbook holds 60"),
        ("scenarios", "  s{}: {{title: {}, based_on: s1, set: {{}}}}\n", "1,001 scenarios; a workbook holds 100"),
        ("assumptions", "  g{}: {{title: {}}}\n", "1,002 groups of assumptions; a workbook holds 250"),
    ],
)
def test_more_than_anybody_reads_is_refused_at_once(section: str, entry: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    more = "".join(entry.format(number, number) for number in range(1_000))
    path.write_text(SAMPLE.replace(f"{section}:\n", f"{section}:\n{more}"))
    problem = _only_problem(path)
    assert (problem.code, problem.message) == ("RG602", message)
    assert problem.span is not None and problem.source.text[slice(*problem.span)] == section


def test_a_misspelt_name_among_very_many_is_found_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    wrong = "".join(f"  c{at}: {{title: C{at}, formula: seatz{at}, unit: seat}}\n" for at in range(3_000))
    path.write_text(SAMPLE.replace("calculations:\n", "calculations:\n" + wrong))
    assert len(found_in(path)) == MAX_ERRORS


def test_a_folder_is_read_by_its_model_file(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("reportgen: [1\n")
    assert _only_problem(tmp_path).source.name == str(tmp_path / "model.yaml")


def test_the_position_of_a_bad_byte_counts_characters_and_leaves_out_the_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: \xc3\xa9\xe9\n")
    problem = _only_problem(path)
    assert problem.message == "not UTF-8: byte 0xe9 is not allowed here"
    assert problem.span is not None and problem.source.position(problem.span.start) == (1, 6)


def test_five_mistakes_in_five_places_are_five_problems() -> None:
    assert [problem.code for problem in found_in(FOLDER / "five_mistakes.yaml")] == [
        "RG207",
        "RG205",
        "RG401",
        "RG302",
        "RG211",
    ]


MISTAKES = [
    ("as_of: 2026-06-30", "as_of: yesterday", "RG207"),
    ("accessed: 2026-06-12", "accesed: 2026-06-12", "RG201"),
    ("value: 240,", "value: many,", "RG205"),
    ("unit: EUR/seat/month,", "unit: EUR//month,", "RG401"),
    ("value: 730,", "", "RG203"),
    ("unit: USD/EUR}", "unit: USD/EUR, low: 2}", "RG212"),
    ("rows: [[0, 1], [250, 2], [1_000, 4]]", "rows: none", "RG204"),
    ("lookup(servers, seats)", "lookup(servers seats)", "RG301"),
    ("self_run: none}}", "self_rum: none}}", "RG211"),
    ("self_run: 150}", "self_run: soon}", "RG302"),
    ("{hosted: none, self_run: machines", "{self_run: machines", "RG210"),
    ("/ horizon}", "}", "RG402"),
    ("1 - total.hosted", "1 - totl.hosted", "RG302"),
    ("{seats: 480}", "{seatz: 480}", "RG211"),
    ("{of: total}", "{of: totl}", "RG211"),
    ("between: [hosted, self_run]", "between: [hosted, selfrun]", "RG211"),
    ("simulation: {draws: 10_000", "simulation: {draws: none", "RG205"),
]


def test_every_mistake_is_shown_once_and_brings_no_other() -> None:
    for right, wrong, code in MISTAKES:
        assert [problem.code for problem in problems_of(changed((right, wrong)))] == [code], wrong


def test_mistakes_in_two_places_are_two_problems() -> None:
    for at, (right, wrong, code) in enumerate(MISTAKES):
        for other_right, other_wrong, other_code in MISTAKES[at + 1 :]:
            problems = problems_of(changed((right, wrong), (other_right, other_wrong)))
            assert sorted(problem.code for problem in problems) == sorted((code, other_code)), (wrong, other_wrong)


def _only_problem(path: Path) -> Problem:
    with pytest.raises(ModelError) as caught:
        load_model(path)
    (problem,) = caught.value.problems
    return problem
