"""The names of a model: each used once, each with what it stands for; the scope in which formulas are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from reportgen.formula.functions import RESERVED
from reportgen.formula.nodes import Method
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.scope import TableShape
from reportgen.formula.syntax import Binary, Call, Name, Syntax, Unary
from reportgen.formula.units import YEAR, Unit
from reportgen.model.inputs import HORIZON
from reportgen.model.spec import ModelSpec, ResultSpec, TableSpec
from reportgen.model.table_numbers import cell_names, rows_by_table, tables_with_inputs
from reportgen.model.written import FormulaSpec, PerOption, Text
from reportgen.problems import Collector


class NameScope:
    """What each name of a model means; implements `formula.checker.Scope`."""

    def __init__(self, spec: ModelSpec) -> None:
        self.options = tuple(option.id.text for option in spec.options)
        self.unread = spec.unread
        self._ambiguous: frozenset[str] = frozenset()
        self._quantities: dict[str, NameMeaning] = {}
        self.tables_with_inputs = tables_with_inputs(spec)
        self._tables = {
            shape.name: shape
            for each in spec.tables
            for shape in _shapes(each, self.options, has_inputs=each.id.text in self.tables_with_inputs)
        }
        if spec.horizon is not None:
            self._add(HORIZON, spec.horizon.unit or YEAR, False)
        for group in spec.groups:
            for assumption in group.assumptions:
                self._add(assumption.id.text, assumption.unit.unit, isinstance(assumption.value, PerOption))
        self._assumptions = tuple(self._quantities.values())
        for category in spec.categories:
            self._add(category.id.text, category.unit.unit, True)
            for item in category.items:
                self._add(f"{category.id.text}.{item.id.text}", category.unit.unit, True)
        for total in spec.totals:
            self._add(total.id.text, total.unit.unit, True)
        self._infer_shapes((*spec.calculations, *spec.metrics))

    def _add(self, name: str, unit: Unit, per_option: bool) -> None:
        self._quantities.setdefault(name, NameMeaning(name, unit, per_option))

    def _infer_shapes(self, results: Iterable[ResultSpec]) -> None:
        """A calculation is per option when it says so or uses a per-option name that no option is picked of."""
        waiting = {result.id.text: result for result in results}
        per_option: dict[str, bool] = {}
        used = {name: set(_names_used(result)) for name, result in waiting.items()}
        shaped = {name for name, meaning in self._quantities.items() if meaning.per_option}
        shaped |= {name for name, table in self._tables.items() if table.per_option}
        shaped |= {name for name, result in waiting.items() if isinstance(result.formula, PerOption)}
        grown = True
        while grown:
            more = {name for name in waiting if name not in shaped and used[name] & shaped}
            shaped |= more
            grown = bool(more)
        for name, result in waiting.items():
            per_option[name] = name in shaped
            self._add(name, result.unit.unit, per_option[name])

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


def _names_used(result: ResultSpec) -> Iterator[str]:
    formulas = [result.formula] if isinstance(result.formula, FormulaSpec) else [f for _, f in result.formula.entries]
    for formula in formulas:
        pending: list[Syntax] = [formula.syntax]
        while pending:
            match pending.pop():
                case Name() as name:
                    yield str(name)
                case Unary(_, operand):
                    pending.append(operand)
                case Binary(_, left, right):
                    pending += (left, right)
                case Call(_, arguments):
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
    shared += [result.id for result in (*spec.calculations, *spec.totals, *spec.metrics)]
    for id_ in sorted(shared, key=lambda text: text.span):
        claim(id_, seen)
    options = {option.id.text: option.id for option in spec.options}
    for category in spec.categories:
        items = dict(options)
        for item in category.items:
            claim(item.id, items, reserved=False)
    return frozenset(ambiguous)
