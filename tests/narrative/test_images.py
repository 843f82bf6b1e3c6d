"""Pictures beside the narrative: each is looked at before it is decoded, and all of them together are bounded."""

from __future__ import annotations

import pytest

from reportgen.narrative.images import MAX_BYTES
from tests.branding.hostile import PNGS, SVG, SVGS, blank
from tests.narrative.conftest import Write

LARGE = blank(20, 20, noise=1_900_000)


@pytest.mark.parametrize("name", [name for name, (_, said) in PNGS.items() if said])
def test_a_picture_is_refused_before_it_is_decoded(name: str, write: Write) -> None:
    data, said = PNGS[name]
    (problem,) = write("![A picture](a.png)", files={"text/a.png": data}).problems
    assert (problem.code, problem.span) == ("RG858", (13, 18)) and said in problem.message


@pytest.mark.parametrize("name", SVGS)
def test_a_drawing_that_would_be_endless_is_refused(name: str, write: Write) -> None:
    text, said = SVGS[name]
    (problem,) = write("![A drawing](a.svg)", files={"text/a.svg": text.encode()}).problems
    assert problem.code == "RG858" and said in problem.message


def test_a_part_that_unpacks_to_half_a_gigabyte_is_not_unpacked(write: Write) -> None:
    data, _ = PNGS["profile of 500 MB"]
    assert len(data) < MAX_BYTES
    assert set(write("![A picture](a.png)", files={"text/a.png": data}).codes) <= {"RG858"}


def test_a_picture_shown_4000_times_is_one_too_many(write: Write) -> None:
    (problem,) = write("![x](a.png)\n\n" * 4_000, files={"text/a.png": LARGE}).problems
    assert problem.code == "RG858"
    assert problem.message.endswith("the report shows more than 20,000,000 bytes, each time counted")


def test_a_picture_shown_by_loops_inside_each_other(write: Write) -> None:
    loops = "{% for a in options %}{% for b in options %}"
    text = loops + "![A picture](a.png) " * 3 + "{% endfor %}{% endfor %}"
    (problem,) = write(text, files={"text/a.png": LARGE}).problems
    assert problem.message.endswith("the report shows more than 20,000,000 bytes, each time counted")
    assert problem.span is not None and problem.source.text[slice(*problem.span)] == "a.png"


@pytest.mark.parametrize(
    ("name", "data", "times", "what"),
    [
        ("a.png", blank(8, 8), 201, "200 pictures"),
        ("a.png", blank(6_000, 6_000), 3, "100,000,000 pixels"),
        ("a.svg", f'{SVG}viewBox="0 0 9 9">{"<g/>" * 4_900}</svg>'.encode(), 9, "40,000 elements of drawings"),
    ],
    ids=["number", "pixels", "elements"],
)
def test_everything_that_pictures_take_is_bounded(name: str, data: bytes, times: int, what: str, write: Write) -> None:
    files = {f"text/{name}": data}
    assert write(f"![A picture]({name})\n\n" * (times - 1), files=files).codes == []
    (problem,) = write(f"![A picture]({name})\n\n" * times, files=files).problems
    assert problem.message.endswith(f"the report shows more than {what}, each time counted")


def test_a_file_that_has_changed_is_looked_at_again(write: Write) -> None:
    assert write("![A picture](a.png)", files={"text/a.png": b"no picture"}).codes == ["RG858"]
    assert write("![A picture](a.png)", files={"text/a.png": blank(8, 8)}).codes == []
