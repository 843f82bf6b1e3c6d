"""Titles of options, scenarios, categories and items are typed once: renamed there, they are renamed everywhere."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.document import Mapping, Node, Scalar, parse
from reportgen.model.load import load_source
from reportgen.source import Source
from reportgen.workbook.address import Address
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.expressions import Constant, cell
from reportgen.workbook.plan import Plan, plan_workbook
from reportgen.workbook.titles import joined, title_cells
from tests.conftest import MODELS
from tests.engines.recalculation import Change, IronCalc

TOKEN = re.compile(r"Zq[oscit]\d+x")
CHOSEN = "Sensitivity!A5"
"""What the reader chooses to sort by: typed from a list, as the scenario on Summary."""
_OTHER_SHEET = re.compile(r"'(?:[^']|'')*'!|\w+!")


def titled(node: Node, path: tuple[str, ...] = ()) -> list[tuple[str, Scalar]]:
    """The kind and the place of every title that a workbook holds once."""
    found: list[tuple[str, Scalar]] = []
    if not isinstance(node, Mapping):
        return found
    for key, value in node.entries:
        here = (*path, key.text)
        match here:
            case ("options", _, "title") | ("scenarios", _, "title") | ("categories", _, "title"):
                assert isinstance(value, Scalar)
                found.append((path[0][0], value))
            case ("categories", _, "items", _, "title"):
                assert isinstance(value, Scalar)
                found.append(("i", value))
            case _:
                found += titled(value, here)
    return found


@cache
def with_tokens(path: Path) -> tuple[Plan, bytes]:
    """The book of a model in which each of these titles is like no other text."""
    file = path / "model.yaml" if path.is_dir() else path
    text = file.read_text(encoding="utf-8")
    places = titled(parse(Source(file.name, text)))
    for number, (kind, scalar) in sorted(enumerate(places), key=lambda each: -each[1][1].span.start):
        text = text[: scalar.span.start] + f"Zq{kind}{number}x" + text[scalar.span.end :]
    model = load_source(Source(str(file), text))[0]
    return plan_workbook(model), build_workbook(evaluate(model))


def typed_texts(data: bytes) -> dict[str, str]:
    workbook = openpyxl.load_workbook(BytesIO(data))
    cells = (cell for sheet in workbook for row in sheet.iter_rows() for cell in row)
    return {f"{each.parent.title}!{each.coordinate}": each.value for each in cells if isinstance(each.value, str)}


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem if path.suffix else path.name)
def test_each_title_is_typed_in_one_cell(path: Path) -> None:
    """But for names of sheets, which do not change with titles, where these are listed."""
    plan, data = with_tokens(path)
    places = set(map(str, title_cells(plan)))
    again = []
    for at, text in typed_texts(data).items():
        said = _OTHER_SHEET.sub("", text) if text.startswith("=") or "!" in text else text
        if at not in places | {CHOSEN} and said not in plan.sheets and TOKEN.search(said):
            again.append(f"{at}: {said}")
    assert again == []
    texts = "".join(text for at, text in typed_texts(data).items() if at in places)
    kinds = {token[2] for token in TOKEN.findall(texts)}
    assert kinds == {"o", "c", "i"} | ({"s"} if plan.model.scenarios else set())


@pytest.mark.parametrize("path", [path for path in MODELS if path.stem in ("team-chat", "van-fleet")], ids=str)
def test_renamed_titles_are_renamed_everywhere(path: Path, tmp_path: Path) -> None:
    plan, data = with_tokens(path)
    engine = IronCalc(data, tmp_path)
    before = engine.values()
    changes: list[Change] = []
    for number, place in enumerate(sorted(title_cells(plan))):
        if engine.value(str(place)) != "Base":
            changes.append((place.sheet, place.cell, f"Renamed {number}"))
    found = engine.values_after(changes)
    left = {at: value for at, value in found.items() if isinstance(value, str) and TOKEN.search(value)}
    assert left == {}
    assert found[str(plan.master_check)] == "OK"
    numbers = {at: value for at, value in before.items() if isinstance(value, float)}
    assert len(numbers) > 100 and {at: found[at] for at in numbers} == numbers
    shown = " ".join(value for value in found.values() if isinstance(value, str))
    assert [new for _, _, new in changes if str(new) not in shown] == [], "each is shown elsewhere"


def test_charts_take_titles_from_cells() -> None:
    for path in MODELS:
        _, data = with_tokens(path)
        with ZipFile(BytesIO(data)) as archive:
            charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert charts
        own = [text for chart in charts for text in re.findall(r"<a:t>([^<]*)</a:t>", chart)]
        assert [text for text in own if TOKEN.search(text)] == []
        assert any(TOKEN.search(chart) for chart in charts), "in what was read from cells"


def test_titles_of_two_options_may_not_be_the_same() -> None:
    _, data = with_tokens(MODELS[0])
    workbook = openpyxl.load_workbook(BytesIO(data))
    rules = workbook["Summary"].data_validations.dataValidation
    (rule,) = [each for each in rules if "C6" in each.sqref]
    assert "SUMPRODUCT" in rule.formula1 and rule.type == "custom"


def test_words_are_joined_in_pieces_that_formulas_hold() -> None:
    assert joined("a", "", "b") == "ab"
    title = cell(Address("Summary", 6, 3), fixed=True)
    assert joined(title) == title
    found = joined("x" * 300, title, " y", "z")
    assert not isinstance(found, str)
    assert found.text("Summary") == f'"{"x" * 255}"&"{"x" * 45}"&$C$6&" yz"'
    assert joined("a", Constant("b")) != "ab", "an expression stays one"
