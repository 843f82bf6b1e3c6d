"""Which items are paid when, as their author says it: read by whatever describes the model in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.model.spec import CategorySpec, ItemSpec
from reportgen.model.time_kinds import END
from reportgen.model.timeline import Timing
from reportgen.model.written import WordSpec, every_part

DATED, AT_END, REPEATED, SPREAD, LIMITED = "when", "end", "every", "spread", "from"


def timings(categories: Iterable[CategorySpec]) -> tuple[Timing, ...]:
    """By key, the items that have it for any option."""
    found: dict[str, list[str]] = {key: [] for key in (DATED, SPREAD, REPEATED, AT_END, LIMITED)}
    for category in categories:
        for item in category.items:
            for key in _keys(item):
                found[key].append(f"{category.id}.{item.id}")
    return tuple(Timing(key, tuple(items)) for key, items in found.items() if items)


def _keys(item: ItemSpec) -> Iterator[str]:
    when = every_part(item.when)
    if any(isinstance(each, WordSpec) and each.word == END for each in when):
        yield AT_END
    if any(each is not None and not isinstance(each, WordSpec) for each in when):
        yield DATED
    given = ((REPEATED, item.every), (SPREAD, item.spread), (LIMITED, item.begins or item.until))
    yield from (key for key, each in given if each is not None)
