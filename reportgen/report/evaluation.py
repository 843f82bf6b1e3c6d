"""What a procurement evaluation files: the document's number, its scope, and a register of every input with its
source, evidence, owner and next review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportgen import __version__
from reportgen.compute.digits import input_decimals
from reportgen.formula.nodes import Key
from reportgen.model.model import Category, InputValue, Quantity, Range
from reportgen.presentation.checklist_topic import verdict_sentence
from reportgen.presentation.format import date, plain_quantity
from reportgen.presentation.format import quantity as with_unit
from reportgen.presentation.profiles_topic import match_sentence
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.scorecard_topic import leader_sentence
from reportgen.report.view_parts import SourceRow

_DIGEST = 12
"""Digits of the model's digest that tell its versions apart."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One input. `id` is the name that `--set` takes; `title` stands in the first row of several options only, as do
    `note`, `sources`, `owner` and `review`; `before` is the model's own value where a scenario has set another;
    `is_word`: `value` is a word, because nobody has quoted a price; `amount` is the value with its unit."""

    id: str
    title: str
    option: str
    note: str
    value: str
    is_word: bool
    amount: str
    before: str
    range: str
    unit: str
    sources: tuple[SourceRow, ...]
    owner: str
    review: str


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    id: str
    title: str
    note: str
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A category: `items` in it as words, `kind`: paid once or running."""

    title: str
    note: str
    items: str
    kind: str


@dataclass(frozen=True, slots=True)
class EvaluationPart:
    """`number` and `version` name the document; `data` identifies it in an archive; `findings` are what it concludes,
    each with its name; `count`: how many inputs the register has; `has_owners`: whether anybody is named who looks
    after them."""

    number: str
    version: str
    data: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]
    scope: tuple[ScopeRow, ...]
    register: tuple[RegisterGroup, ...]
    count: int
    has_owners: bool


def evaluation_part(cells: Cells, sources: tuple[SourceRow, ...]) -> EvaluationPart:
    """The content that only an evaluation has; `sources` as the register of sources shows them."""
    model = cells.model
    shown = tuple(group for group in _groups(cells, sources) if group.rows)
    rows = [row for group in shown for row in group.rows]
    number = f"{model.id}-{model.as_of.isoformat()}"
    if not cells.results.scenario.is_base:
        number += f"-{cells.results.scenario.id}"
    number += "-changed" if model.overridden else ""
    return EvaluationPart(
        number=number,
        version=model.digest[:_DIGEST],
        data=(
            (cells.gettext("Document"), number),
            (cells.gettext("Version"), model.digest[:_DIGEST]),
            (cells.gettext("As of"), date(model.as_of, cells.locale)),
            (cells.gettext("Currency"), model.currency),
            (cells.gettext("Workbook"), f"{model.id}.xlsx"),
            (cells.gettext("Made by"), f"reportgen {__version__}"),
        ),
        findings=tuple(_findings(cells)),
        scope=tuple(_scope(cells, each) for each in model.categories),
        register=shown,
        count=len(rows),
        has_owners=any(row.owner or row.review for row in rows),
    )


def _findings(cells: Cells) -> Iterator[tuple[str, str]]:
    """What the parts beside the costs conclude."""
    results = cells.results
    if results.scorecard is not None:
        yield cells.gettext("Scorecard"), leader_sentence(cells, results.scorecard)
    if results.checklist is not None:
        yield cells.gettext("Checklist"), verdict_sentence(cells, results.checklist)
    if results.profiles:
        yield cells.gettext("Who should choose what"), match_sentence(cells, results.profiles)


def _scope(cells: Cells, category: Category) -> ScopeRow:
    count = len(category.items)
    items = cells.ngettext("{count} item", "{count} items", count)
    kind = cells.gettext("paid once") if category.one_time else cells.gettext("running")
    return ScopeRow(category.quantity.title, category.quantity.note, items, kind)


def _groups(cells: Cells, sources: tuple[SourceRow, ...]) -> Iterator[RegisterGroup]:
    """The model's groups of assumptions, then the amounts that belong to one cost item only."""
    for group in cells.model.groups:
        found: list[RegisterRow] = []
        for each in group.assumptions:
            review = date(each.review, cells.locale) if each.review else ""
            found += _rows(cells, sources, each.quantity, each.keys, each.ranges, (each.owner, review))
        yield RegisterGroup(f"register-{group.id}", group.title, group.note, tuple(found))
    for category in cells.model.categories:
        found = []
        for item in category.items:
            keys = [key for key in cells.model.keys_of(item.name) if cells.model.is_input(key)]
            found += _rows(cells, sources, item, keys, {}, ("", ""))
        title = cells.gettext("Amounts of cost items: {category}", category=category.quantity.title)
        yield RegisterGroup(f"register-items-{category.quantity.name}", title, "", tuple(found))


def _rows(
    cells: Cells,
    sources: tuple[SourceRow, ...],
    quantity: Quantity,
    keys: Iterable[Key],
    ranges: dict[Key, Range],
    care: tuple[str, str],
) -> Iterator[RegisterRow]:
    """A row for each number of a quantity, all with the same decimals."""
    model, keys = cells.model, tuple(keys)
    bounds = [bound for each in ranges.values() for bound in (each.low, each.high) if bound is not None]
    numbers = [each for key in keys for each in (cells.results.values[key], _own(cells, key))]
    decimals = input_decimals([*numbers, *bounds], quantity.unit)

    def shown(number: float) -> str:
        return plain_quantity(number, quantity.unit, decimals, cells.locale)

    cited = tuple(sources[number - 1] for number in cells.citations(quantity.sources))
    for index, key in enumerate(keys):
        value, own = cells.results.values[key], _own(cells, key)
        is_word, first = cells.is_word(key), index == 0
        text = cells.cell(key, quantity.unit, decimals).text if is_word else shown(value)
        yield RegisterRow(
            id=str(key),
            title=quantity.title if first else "",
            option=model.option(key.option).title if key.option else "",
            note=quantity.note if first else "",
            value=text,
            is_word=is_word,
            amount=text if is_word else with_unit(value, quantity.unit, decimals, cells.locale),
            before=shown(own) if own != value else "",
            range=_range(cells, ranges.get(key), shown),
            unit=cells.column_unit(quantity.unit),
            sources=cited if first else (),
            owner=care[0] if first else "",
            review=care[1] if first else "",
        )


def _own(cells: Cells, key: Key) -> float:
    """What the model itself says, whatever the scenario."""
    definition = cells.model.definitions[key]
    return definition.value if isinstance(definition, InputValue) else cells.results.values[key]


def _range(cells: Cells, range_: Range | None, shown: Callable[[float], str]) -> str:
    if range_ is None or (range_.low is None and range_.high is None):
        return ""
    low, high = ("" if each is None else shown(each) for each in (range_.low, range_.high))
    if low and high:
        return cells.gettext("{low} to {high}", low=low, high=high)
    return cells.gettext("from {low}", low=low) if low else cells.gettext("up to {high}", high=high)
