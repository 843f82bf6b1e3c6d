"""The names of a model: each used once, each with what it stands for; the scope in which formulas are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from reportgen.formula.functions import RESERVED, TIME_NAMES, TIME_USAGES
from reportgen.formula.nodes import Method, Node
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.scope import TableShape
from reportgen.formula.syntax import Binary, Call, Name, Syntax, Unary
from reportgen.formula.units import YEAR, Unit
from reportgen.model.inputs import HORIZON, is_dated
from reportgen.model.model import is_one_time
from reportgen.model.spec import AssumptionSpec, ItemSpec, ModelSpec, TableSpec
from reportgen.model.table_numbers import cell_names, rows_by_table, tables_with_inputs
from reportgen.model.time_kinds import START
from reportgen.model.timeline import Timeline
from reportgen.model.written import FormulaSpec, PerOption, Text, WordSpec, every_part
from reportgen.problems import Collector

OVER_TIME, IN_STEP = " over time", " in step"
"""Behind a name: what it comes to in each step, and at which rate. No author's name has a space."""
MADE_SERIES = "series "
"""Before the number of a series that has no name of its own."""


def is_made(name: str) -> bool:
    """Whether the program made a name up: no author wrote it."""
    return " " in name


def written_part(name: str) -> str:
    """What the author wrote of a name that may go on after it."""
    return name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class MadeSeries:
    """A tree over time that a formula holds, and how its author wrote it; `flows`: it has an amount at the start."""

    name: str
    text: str
    unit: Unit
    per_option: bool
    tree: Node
    flows: bool


class CostSeries(Protocol):
    """What categories and items come to, step by step."""

    def present_value(self, quantity: NameMeaning, rate: NameMeaning, option: str | None = None) -> Node: ...

    def amounts(self, quantity: NameMeaning) -> tuple[str, Unit] | None: ...

    def discount_factors(self, rate: NameMeaning) -> str: ...


class NameScope:
    """What each name of a model means; implements `formula.checker.Scope`."""

    def __init__(self, spec: ModelSpec, timeline: Timeline | None = None) -> None:
        self.options = tuple(option.id.text for option in spec.options)
        self.unread = spec.unread
        self.timeline = timeline
        self.costs: CostSeries | None = None
        self.made: dict[tuple[Node, bool], MadeSeries] = {}
        self._ambiguous: frozenset[str] = frozenset()
        self._quantities: dict[str, NameMeaning] = {}
        self.tables_with_inputs = tables_with_inputs(spec)
        self._series: set[str] = set()
        self.own_series: set[str] = set()
        self._tables = {
            shape.name: shape
            for each in spec.tables
            for shape in _shapes(each, self.options, has_inputs=each.id.text in self.tables_with_inputs)
        }
        if spec.horizon is not None:
            self._add(NameMeaning(HORIZON, spec.horizon.unit or YEAR, False))
        for group in spec.groups:
            for assumption in group.assumptions:
                self._add(_meaning_of(assumption))
        self._assumptions = tuple(self._quantities.values())
        self._infer(spec)
        self._series |= {each.refers_to or each.name for each in self._quantities.values() if each.over_time}

    def _add(self, meaning: NameMeaning) -> None:
        self._quantities.setdefault(meaning.name, meaning)

    def _infer(self, spec: ModelSpec) -> None:
        """A calculation is per option when it says so or uses a per-option name that no option is picked of. What uses
        a name over time, other than in a function that makes one number of it, is over time."""
        results = {each.id.text: each for each in (*spec.calculations, *spec.metrics)}
        items = {f"{each.id}.{item.id}": (each, item) for each in spec.categories for item in each.items}
        formulas = {name: _formulas(each.formula) for name, each in results.items()}
        formulas |= {name: _formulas(item.costs) for name, (_, item) in items.items()}
        shaped = {name for name, meaning in self._quantities.items() if meaning.per_option}
        shaped |= {name for name, table in self._tables.items() if table.per_option}
        shaped |= {name for name, result in results.items() if isinstance(result.formula, PerOption)}
        shaped |= {*items, *(each.id.text for each in spec.categories), *(each.id.text for each in spec.totals)}
        every = {
            name: {used for each in found for used in _names_used(each.syntax)} for name, found in formulas.items()
        }
        shaped = _spread(shaped, every)
        amounts = {name for name, (category, _) in items.items() if is_one_time(category.unit.unit)}
        series = {name for name, meaning in self._quantities.items() if meaning.over_time} | {*TIME_NAMES}
        series |= {name for name, (_, item) in items.items() if name not in amounts and is_scheduled(item)}
        open_ = {
            name: {used for each in found for used in _names_used(each.syntax, reduced=False)} - amounts
            for name, found in formulas.items()
        }
        series = _spread(series, open_)
        self.own_series |= {name for name in items if open_[name] & series}
        for category in spec.categories:
            unit, steady = category.unit.unit, True
            for item in category.items:
                name = f"{category.id}.{item.id}"
                if name not in self.own_series and not is_scheduled(item):
                    self._add(NameMeaning(name, unit, True, comes_to=True))
                    continue
                steady = False
                in_step = f"{name}{IN_STEP}" if is_scheduled(item) else own_name(name, unit)
                refers_to = "" if name in amounts else in_step
                self._add(NameMeaning(name, unit, True, name not in amounts, refers_to, comes_to=True, steady=False))
            self._add(NameMeaning(category.id.text, unit, True, comes_to=True, steady=steady))
        for total in spec.totals:
            self._add(NameMeaning(total.id.text, total.unit.unit, True))
        metrics = {each.id.text for each in spec.metrics}
        for name, result in results.items():
            self._add(NameMeaning(name, result.unit.unit, name in shaped, name in series and name not in metrics))

    def quantity(self, name: str) -> NameMeaning | None:
        return None if name in self._ambiguous else self._quantities.get(name)

    def table(self, name: str) -> TableShape | None:
        return None if name in self._ambiguous else self._tables.get(name)

    def quantities(self) -> Iterable[NameMeaning]:
        return self._quantities.values()

    def tables(self) -> Iterable[str]:
        return self._tables.keys()

    def assumptions(self) -> Iterable[NameMeaning]:
        return self._assumptions

    def is_over_time(self, name: str) -> bool:
        return name in self._series

    def series(self, node: Node, unit: Unit, per_option: bool, text: str, *, flows: bool = False) -> str:
        name = f"{MADE_SERIES}{len(self.made) + 1}"
        made = self.made.setdefault((node, flows), MadeSeries(name, text, unit, per_option, node, flows))
        self._series.add(made.name)
        return made.name

    def add_series(self, name: str) -> None:
        self._series.add(name)

    def present_value(self, quantity: NameMeaning, rate: NameMeaning, option: str | None) -> Node | None:
        return self.costs.present_value(quantity, rate, option) if self.costs and quantity.comes_to else None

    def amounts(self, quantity: NameMeaning) -> tuple[str, Unit] | None:
        return self.costs.amounts(quantity) if self.costs else None

    def discount_factors(self, rate: NameMeaning) -> str:
        assert self.costs is not None
        return self.costs.discount_factors(rate)

    def give_up(self, ambiguous: frozenset[str]) -> None:
        """Names that are reported already: what they mean in a formula, nobody can tell."""
        self.unread |= ambiguous
        self._ambiguous = ambiguous

    def is_unread(self, word: str) -> bool:
        return word in self.unread


def _shapes(table: TableSpec, options: tuple[str, ...], *, has_inputs: bool) -> Iterator[TableShape]:
    """What a table is, and that of each option where they have rows of their own."""
    name, per_option = table.id.text, isinstance(table.rows, PerOption)
    own = {id_: cell_names(id_, len(rows)) for id_, rows in rows_by_table(table, options)}
    cells = tuple((id_, tuple(chain.from_iterable(rows))) for id_, rows in own.items())
    units = table.from_unit.unit, table.to_unit.unit
    shape = TableShape(name, *units, Method(table.method.text), per_option, cells if has_inputs else ())
    yield shape
    for option in options if per_option else ():
        yield replace(shape, name=f"{name}.{option}", per_option=False)


def _meaning_of(written: AssumptionSpec) -> NameMeaning:
    """An assumption; one with values by month or with growth has a number for each step."""
    name, value, growth = written.id.text, written.value, written.growth
    dated = is_dated(value)
    per_option = isinstance(value, PerOption) or isinstance(growth, PerOption)
    refers_to = f"{name}{OVER_TIME}" if growth is not None else ""
    return NameMeaning(name, written.unit.unit, per_option, dated or growth is not None, refers_to)


def is_scheduled(item: ItemSpec) -> bool:
    """Whether an item is not simply paid at the start, or all the time."""
    at_start = all(
        each is None or (isinstance(each, WordSpec) and each.word == START) for each in every_part(item.when)
    )
    return not at_start or any((item.every, item.spread, item.begins, item.until, item.growth))


def own_name(item: str, unit: Unit) -> str:
    """What the number of an item over time is called, as it is written, before anything happens to it."""
    return f"{item}.{'amount' if is_one_time(unit) else 'rate'}"


def _formulas(written: object) -> list[FormulaSpec]:
    return [each for each in every_part(written) if isinstance(each, FormulaSpec)]


def _spread(names: set[str], used: Mapping[str, set[str]]) -> set[str]:
    """These names, and all that use one of them, directly or not."""
    found, grown = set(names), True
    while grown:
        more = {name for name, parts in used.items() if name not in found and parts & found}
        found |= more
        grown = bool(more)
    return found


def _names_used(syntax: Syntax, *, reduced: bool = True) -> Iterator[str]:
    """The names in a formula; those that functions make one number of only if they are `reduced`."""
    pending: list[Syntax] = [syntax]
    while pending:
        match pending.pop():
            case Name() as name:
                yield str(name)
            case Unary(_, operand):
                pending.append(operand)
            case Binary(_, left, right):
                pending += (left, right)
            case Call("previous", arguments):
                yield "period"
                pending += arguments
            case Call(function, arguments) if reduced or function not in TIME_USAGES:
                pending += arguments
            case _:
                pass


def check_names(spec: ModelSpec, problems: Collector) -> frozenset[str]:
    """The names that stand for more than one thing. Reports RG209, for reserved words too."""
    seen: dict[str, Text] = {}
    ambiguous: set[str] = set()

    def claim(id_: Text, where: dict[str, Text], reserved: bool = True) -> None:
        if reserved and id_.text in RESERVED:
            problems.error("RG209", f"`{id_.text}` means something else in formulas", id_.span, "choose another name")
            return
        earlier = where.setdefault(id_.text, id_)
        if earlier is not id_:
            ambiguous.add(id_.text)
            line, _ = problems.source.position(earlier.span.start)
            problems.error(
                "RG209",
                f"the name `{id_.text}` is used twice",
                id_.span,
                f"it stands on line {line} too; names are shared by the whole model",
            )

    for option in spec.options:
        claim(option.id, seen)
    for group in spec.groups:
        for assumption in group.assumptions:
            claim(assumption.id, seen)
    shared = [*(table.id for table in spec.tables), *(category.id for category in spec.categories)]
    shared += [result.id for result in (*spec.calculations, *spec.metrics)] + [total.id for total in spec.totals]
    for id_ in sorted(shared, key=lambda text: text.span):
        claim(id_, seen)
    options = {option.id.text: option.id for option in spec.options}
    for category in spec.categories:
        items = dict(options)
        for item in category.items:
            claim(item.id, items, reserved=False)
    return frozenset(ambiguous)
