"""Places for labels: side by side without touching each other, and beside points without lines through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reportgen.report.charts.chart_text import Font
from reportgen.report.charts.frame import Label

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Way = Sequence[tuple[float, float]]
"""The corners of a line of the drawing."""

_STEP = 3.0
_APART = 2.0
_FAR = 15.0


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float] | None:
    """Middles as near as can be to those wanted, in their order, none closer than the sizes ask for; None where they
    do not all fit between low and high."""
    if sum(sizes) > high - low:
        return None
    groups: list[list[int]] = []

    def length(members: list[int]) -> float:
        return sum(sizes[index] for index in members)

    def start(members: list[int]) -> float:
        """Where a group of neighbours begins, so that its members are moved as little as can be."""
        offset, moved = 0.0, 0.0
        for index in members:
            moved += wanted[index] - sizes[index] / 2 - offset
            offset += sizes[index]
        return min(max(moved / len(members), low), high - offset)

    for index in sorted(range(len(wanted)), key=lambda index: wanted[index]):
        group = [index]
        while groups and start(groups[-1]) + length(groups[-1]) > start(group) + 1e-9:
            group = groups.pop() + group
        groups.append(group)
    found = [0.0] * len(wanted)
    for group in groups:
        at = start(group)
        for index in group:
            found[index] = at + sizes[index] / 2
            at += sizes[index]
    return found


def overlap(one: Box, other: Box, apart: float = 0.0) -> bool:
    return (
        one[0] < other[2] + apart
        and other[0] < one[2] + apart
        and one[1] < other[3] + apart
        and other[1] < one[3] + apart
    )


def crossed(box: Box, ways: Iterable[Way]) -> int:
    """How much of these lines runs through a box."""
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for way in ways for x, y in along_way(way))


def along_way(way: Way) -> Iterator[tuple[float, float]]:
    """Points of a line, closer to each other than a label is high."""
    for (x, y), (x2, y2) in pairwise(way):
        count = max(1, int(max(abs(x2 - x), abs(y2 - y)) / _STEP))
        for step in range(count + 1):
            yield x + (x2 - x) * step / count, y + (y2 - y) * step / count


def beside(label: Label, font: Font, taken: Sequence[Box], ways: Sequence[Way], bounds: Box) -> Label | None:
    """The label moved to a place near its point, the nearest of those at which it covers least of the lines, and the
    line from it to its point least of what is taken; None where it would lie on what is taken or out of bounds
    everywhere."""
    best, least = None, 0
    for candidate in _candidates(label):
        box = candidate.box(font)
        inside = box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]
        if not inside or any(overlap(box, each, _APART) for each in taken):
            continue
        covers = crossed((box[0] - 2, box[1], box[2] + 2, box[3]), ways)
        if to_label := leader(label.x, label.y, box):
            way = to_label[:2], to_label[2:]
            covers += sum(crossed(each, [way]) for each in taken if not overlap(each, (*way[0], *way[0])))
        if best is None or covers < least:
            best, least = candidate, covers
            if not covers:
                break
    return best


def leader(x: float, y: float, box: Box) -> tuple[float, float, float, float] | None:
    """A line from a point to a label that is too far from it to be taken for its own without one."""
    near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    return (x, y, near_x, near_y) if max(abs(near_x - x), abs(near_y - y)) > _FAR else None


def _candidates(label: Label) -> Iterator[Label]:
    half = len(label.text) * label.size / 2
    for far in (1.0, 1.8, 2.8, 4.0, 5.5):
        for across, align in ((9.0, "left"), (-9.0, "right"), (0.0, "center")):
            for up in (-1, 1):
                down = (half + 5) * far * up
                yield Label(label.x + across, label.y + down, label.text, label.fill, label.size, label.weight, align)
