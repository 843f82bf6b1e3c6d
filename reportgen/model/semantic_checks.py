"""What has to be true of a model's numbers and dates, one function each.

They run when every number is in the unit it counts in. A number whose unit does not fit is NaN by then: that is
reported already, and no comparison with NaN is true, so that each rule is worded as what breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key, Method
from reportgen.model.inputs import is_dated
from reportgen.model.model import Assumption, Definition, Group, InputValue, Range, Table
from reportgen.model.spec import AssumptionSpec, ItemSpec, ModelSpec, Value
from reportgen.model.table_rows import CellSpec, RowSpec
from reportgen.model.written import ByDate, PerOption
from reportgen.problems import Collector
from reportgen.source import Span
from reportgen.uri import NoLinkError, link


@dataclass(frozen=True, slots=True)
class Parts:
    """A model as written, and those of its parts that could be made of it."""

    spec: ModelSpec
    definitions: Mapping[Key, Definition]
    groups: tuple[Group, ...]
    item_numbers: Sequence[Assumption]
    table_numbers: Sequence[Assumption]
    tables: Mapping[str, Table]


def run_checks(parts: Parts, problems: Collector) -> None:
    """Reports RG209, RG212, RG214 and the warning RG215."""
    for check in CHECKS:
        check(parts, problems)


def horizon_is_positive(parts: Parts, problems: Collector) -> None:
    horizon = parts.spec.horizon
    if horizon is not None and horizon.value <= 0:
        problems.error("RG212", "the horizon is greater than zero", horizon.span, "for example 3 year")


def sources_are_of_their_day(parts: Parts, problems: Collector) -> None:
    """What a source said only after `as_of` cannot be what the model knew on that day."""
    as_of = parts.spec.as_of.day
    for source in parts.spec.citations:
        if source.accessed is not None and source.accessed.day > as_of > date.min:
            message = f"a source was accessed on {source.accessed.day}, after the model's day, {as_of}"
            hint = "correct the day, or move `as_of` to the day on which the model was last brought up to date"
            problems.error("RG214", message, source.accessed.span, hint)


def addresses_can_be_links(parts: Parts, problems: Collector) -> None:
    for url in (source.url for source in parts.spec.citations if source.url is not None):
        try:
            link(url.text)
        except NoLinkError as error:
            message = f"`{url.text[:80]}` cannot be a link and is shown as text: {error}"
            problems.warning("RG215", message, url.span, error.hint)


def lows_and_highs_enclose_values(parts: Parts, problems: Collector) -> None:
    for written, assumption in _assumptions(parts):
        for key, found in assumption.ranges.items():
            given, low, high = parts.definitions.get(key), found.low, found.high
            if not isinstance(given, InputValue):
                continue
            if low is not None and high is not None and low > high:
                message = f"the low of `{key}`, {low:.12g}, is above its high, {high:.12g}"
                problems.error("RG212", message, _span(written.low, key))
            elif low is not None and low > given.value:
                message = f"the low of `{key}`, {low:.12g}, is above its value, {given.value:.12g}"
                problems.error("RG212", message, _span(written.low, key))
            elif high is not None and high < given.value:
                message = f"the high of `{key}`, {high:.12g}, is below its value, {given.value:.12g}"
                problems.error("RG212", message, _span(written.high, key))


def distributions_have_ends(parts: Parts, problems: Collector) -> None:
    """A distribution needs a low and a high, and a lognormal one numbers above nothing."""
    for written, assumption in _assumptions(parts):
        if written.distribution is None:
            continue
        for key, found in assumption.ranges.items():
            if found == Range(None, None) and isinstance(written.low or written.high, PerOption):
                continue  # that of another option has them
            if found.low is None or found.high is None:
                message = f"`{key}` has a distribution but no low and high"
                problems.error("RG212", message, written.distribution.span, "add `low:` and `high:`")
            elif written.distribution.text == "lognormal" and found.low <= 0:
                message = f"a lognormal number is greater than zero; the low of `{key}` is {found.low:.12g}"
                hint = "raise the low, or take another distribution"
                problems.error("RG212", message, written.distribution.span, hint)


def rows_rise(parts: Parts, problems: Collector) -> None:
    for written, table in _tables(parts):
        for at in _falls(start for start, _ in table.rows):
            problems.error("RG212", "the rows' first numbers rise from row to row", written[at][0].span)


def lines_have_two_rows(parts: Parts, problems: Collector) -> None:
    for written, table in _tables(parts):
        if table.method is Method.LINEAR and len(table.rows) == 1:
            hint = "add a row, or write `method: step`"
            problems.error("RG212", "straight lines need two rows or more", written[0][0].span, hint)


def graduated_tables_begin_at_nothing(parts: Parts, problems: Collector) -> None:
    for written, table in _tables(parts):
        starts = [start for start, _ in table.rows[:1]]
        if table.method is Method.GRADUATED and starts not in ([], [0]):
            message = "the first row of a graduated table is at 0, so that every unit has a price"
            problems.error("RG212", message, written[0][0].span, "write a first row of [0, price]")


def formulas_say_how_they_add_up(parts: Parts, problems: Collector) -> None:
    """What is said of `of` would be without effect beside a formula."""
    for total in (each for each in parts.spec.totals if each.formula is not None and not each.of):
        for key, given in (("as", total.kind), ("rate", total.rate)):
            if given is not None:
                message = f"`{key}` says how the categories of `of` add up; `{total.id}` is a formula"
                hint = f"remove `{key}`, or write `of: [...]` in place of the formula"
                problems.error("RG212", message, given.span, hint)


def moves_between_values_have_some(parts: Parts, problems: Collector) -> None:
    for written in (each for group in parts.spec.groups for each in group.assumptions):
        if written.between is not None and not is_dated(written.value):
            message = f"`between` is about values by month; `{written.id}` has none"
            hint = "remove it, or write values by month: {2027-01: 10, 2027-10: 100}"
            problems.error("RG212", message, written.between.span, hint)


CHECKS: tuple[Callable[[Parts, Collector], None], ...] = (
    horizon_is_positive,
    sources_are_of_their_day,
    addresses_can_be_links,
    lows_and_highs_enclose_values,
    distributions_have_ends,
    rows_rise,
    lines_have_two_rows,
    graduated_tables_begin_at_nothing,
    formulas_say_how_they_add_up,
    moves_between_values_have_some,
)


def _assumptions(parts: Parts) -> Iterator[tuple[AssumptionSpec | ItemSpec | CellSpec, Assumption]]:
    """Each assumption, each item's numbers and each number of a table, as written and as understood; an assumption
    with values by month is one for each month."""
    named = {each.id.text: each for group in parts.spec.groups for each in group.assumptions}
    for assumption in (each for group in parts.groups for each in group.assumptions):
        name = assumption.quantity.name.partition(".")[0]
        if name in named:  # what says when is written elsewhere
            yield named[name], assumption
    items = [item for category in parts.spec.categories for item in category.items]
    yield from zip(items, parts.item_numbers, strict=True)
    asked = (rows for rows, table in _tables(parts) if table.cells)
    yield from zip((cell for rows in asked for row in rows for cell in row), parts.table_numbers, strict=True)


def _tables(parts: Parts) -> Iterator[tuple[tuple[RowSpec, ...], Table]]:
    """The rows of each table as written, and the table."""
    written = {each.id.text: each.rows for each in parts.spec.tables}
    for table in parts.tables.values():
        rows = written[table.id.removesuffix(f".{table.option}")]
        own = rows.get(table.option or "") if isinstance(rows, PerOption) else rows
        yield own or (), table


def _span(written: Value | PerOption[Value] | None, key: Key) -> Span | None:
    if isinstance(written, PerOption):
        written = written.get(key.option or "")
    if isinstance(written, ByDate):
        month = key.name.rpartition(".")[2]
        found = next((each for at, each in written.entries if month_name(at.month) == month), None)
        return found.span if found else written.span
    return written.span if written else None


def _falls(values: Iterable[float]) -> list[int]:
    """Where a number is not above the one before it."""
    return [at for at, (earlier, later) in enumerate(pairwise(values), 1) if later <= earlier]
