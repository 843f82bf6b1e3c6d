"""From what was written to what is sound: every name resolved, every unit checked, every circle found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from reportgen.formula.checker import check_formula
from reportgen.formula.nodes import Apply, Function, Key, Method, Node, Reference
from reportgen.formula.units import Unit
from reportgen.model.assessment import check_assessment
from reportgen.model.break_even_model import check_break_even
from reportgen.model.cash_flow_model import check_cash_flow
from reportgen.model.check_report import check_report
from reportgen.model.inputs import check_assumption, horizon_group
from reportgen.model.item_numbers import asked_about, check_item_numbers, with_shared_numbers
from reportgen.model.model import (
    NOT_QUOTED,
    Assumption,
    Category,
    Citation,
    CostStatus,
    Definition,
    Group,
    InputValue,
    Model,
    Option,
    Quantity,
    Range,
    Table,
)
from reportgen.model.names import NameScope, check_names
from reportgen.model.option_values import Wanted, each_option
from reportgen.model.order import dependencies, in_order
from reportgen.model.question_context import Context, KnownInput, in_unit
from reportgen.model.scenarios_model import check_scenarios
from reportgen.model.semantic_checks import Parts, run_checks
from reportgen.model.sensitivity_model import check_sensitivity
from reportgen.model.simulation_model import check_simulation
from reportgen.model.spec import CategorySpec, CitationSpec, ItemSpec, ModelSpec, ResultSpec, TableSpec
from reportgen.model.table_numbers import check_cells, results_by_table, rows_by_table
from reportgen.model.table_rows import RowSpec
from reportgen.model.usage import warn_of_unused
from reportgen.model.written import CostSpec, FormulaSpec, NumberSpec, PerOption, Text, UnitSpec, WordSpec
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

T = TypeVar("T")


def check_model(spec: ModelSpec, problems: Collector) -> Model:
    """The sound model. Reports RG2xx to RG4xx and the warning RG701; raises ModelError where there are errors."""
    return _Checker(spec, problems).model()


class _Checker:
    """Holds what grows while the parts of one model are checked."""

    def __init__(self, spec: ModelSpec, problems: Collector) -> None:
        self.spec = spec
        self.problems = problems
        self.scope = NameScope(spec)
        self.options = self.scope.options
        self.quantities: dict[str, Quantity] = {}
        self.definitions: dict[Key, Definition] = {}
        self.formulas: dict[Key, str] = {}
        self.item_numbers: list[Assumption] = []
        self.table_numbers: list[Assumption] = []

    def model(self) -> Model:
        spec, problems = self.spec, self.problems
        ambiguous = check_names(spec, problems)
        self.scope.give_up(ambiguous)
        groups = self.groups()
        calculations = tuple(self.result(each, "the calculation") for each in spec.calculations)
        categories = tuple(self.category(each) for each in spec.categories)
        totals = tuple(self.result(each, "the total") for each in spec.totals)
        metrics = tuple(self.result(each, "the metric") for each in spec.metrics)
        subject = spec.subject
        if subject is not None and subject.text not in self.options:
            problems.error(
                "RG211", f"there is no option `{subject.text}`", subject.span, suggestion(subject.text, self.options)
            )
        tables = {table.id: table for each in spec.tables for table in self.tables(each)}
        report = check_report(spec.report, problems)
        cells = self.table_numbers
        run_checks(Parts(spec, self.definitions, groups, self.item_numbers, cells, tables), problems)
        context = self.context(groups)
        scenarios = check_scenarios(spec.scenarios, context)
        sensitivity = None if spec.sensitivity is None else check_sensitivity(spec.sensitivity, context)
        break_evens = tuple(made for each in spec.break_evens if (made := check_break_even(each, context)) is not None)
        cash_flow = None if spec.cash_flow is None else check_cash_flow(spec.cash_flow, context)
        simulation = None if spec.simulation is None else check_simulation(spec.simulation, context)
        assessment = check_assessment(spec.assessment, context)
        item_numbers = asked_about(self.item_numbers, context.asked)
        definitions = with_shared_numbers(self.definitions, self.item_numbers, item_numbers, self.options)
        definitions = definitions if ambiguous else in_order(definitions, self.options, problems)
        problems.raise_if_failed()
        model = Model(
            source=problems.source,
            digest=hashlib.sha256(problems.source.text.encode()).hexdigest(),
            id=spec.id,
            title=spec.title,
            subtitle=spec.subtitle,
            summary=spec.summary,
            limits=tuple(each.text for each in spec.limits),
            as_of=spec.as_of.day,
            currency=spec.currency,
            options=tuple(Option(each.id.text, each.title, each.summary) for each in spec.options),
            subject=subject.text if subject else None,
            citations={each.id.text: _citation(each) for each in spec.citations},
            max_source_age=spec.max_source_age,
            groups=groups,
            item_numbers=item_numbers,
            table_numbers=asked_about(self.table_numbers, context.asked),
            tables=tables,
            calculations=calculations,
            categories=categories,
            totals=totals,
            metrics=metrics,
            scenarios=scenarios,
            sensitivity=sensitivity,
            break_evens=break_evens,
            cash_flow=cash_flow,
            simulation=simulation,
            assessment=assessment,
            report=report,
            quantities=self.quantities,
            definitions=definitions,
            dependencies=dependencies(definitions, self.options),
            formulas=self.formulas,
            unquoted=frozenset(key for key, each in definitions.items() if each == CostStatus(NOT_QUOTED)),
        )
        warn_of_unused(model, problems)
        return model

    def groups(self) -> tuple[Group, ...]:
        groups = []
        horizon = horizon_group(self.spec.horizon, self.problems)
        for group in self.spec.groups:
            assumptions = []
            for written in group.assumptions:
                quantity = self.quantity(written.id, written.title, written.unit, written.sources, written.note)
                assumption, values = check_assumption(written, quantity, self.options, self.problems)
                assumptions.append(assumption)
                self.definitions.update(values)
            groups.append(Group(group.id.text, group.title, group.note, tuple(assumptions)))
        if horizon is not None:
            group_of_horizon, values = horizon
            self.quantities["horizon"] = group_of_horizon.assumptions[0].quantity
            self.definitions.update(values)
            groups.append(group_of_horizon)
        return tuple(groups)

    def context(self, groups: Iterable[Group]) -> Context:
        """What questions can be about, when everything is defined that they ask about."""
        spec, categories = self.spec, self.spec.categories
        totals = tuple(each.id.text for each in spec.totals)
        items = (f"{category.id}.{item.id}" for category in categories for item in category.items)
        inputs = {}
        own = (each for group in groups for each in group.assumptions)
        for assumption in (*own, *self.item_numbers, *self.table_numbers):
            for key in assumption.keys:
                given = self.definitions.get(key)
                value = given.value if isinstance(given, InputValue) else None
                range_ = assumption.ranges.get(key, Range(None, None))
                inputs[key] = KnownInput(assumption.quantity.unit, value, range_.low, range_.high)
        return Context(
            scope=self.scope,
            problems=self.problems,
            inputs=inputs,
            quantities=self.quantities.keys(),
            totals=totals,
            prices=(*(each.id.text for each in categories), *items, *totals),
            not_applicable=frozenset(key for key, each in self.definitions.items() if each == CostStatus("none")),
            scenarios=tuple(each.id.text for each in spec.scenarios),
            sources=self.sources,
            unread=spec.unread,
            tables=results_by_table(self.table_numbers),
        )

    def quantity(
        self, id_: Text, title: str, unit: UnitSpec, sources: tuple[Text, ...], note: str, name: str = ""
    ) -> Quantity:
        name = name or id_.text
        meaning = self.scope.quantity(name)
        quantity = Quantity(
            name, title, unit.unit, bool(meaning and meaning.per_option), self.sources(sources), note, id_.span
        )
        self.quantities[name] = quantity
        return quantity

    def sources(self, written: tuple[Text, ...]) -> tuple[str, ...]:
        """The ids of declared sources. Reports RG211."""
        known = [each.id.text for each in self.spec.citations]
        for text in written:
            if text.text not in known and text.text not in self.spec.unread:
                hint = suggestion(text.text, known) or "declare it under `sources:`"
                self.problems.error("RG211", f"there is no source `{text.text}`", text.span, hint)
        return tuple(text.text for text in written)

    def result(self, written: ResultSpec, what: str) -> Quantity:
        quantity = self.quantity(written.id, written.title, written.unit, written.sources, written.note)
        what = f"{what} `{quantity.name}`"
        if isinstance(written.formula, FormulaSpec) and not quantity.per_option:
            self.define(Key(quantity.name), self.tree(written.formula, quantity.unit, what), written.formula)
            return quantity
        for option, formula in self.each_option(written.formula, what, written.id.span, "with a formula"):
            self.define(Key(quantity.name, option), self.tree(formula, quantity.unit, what), formula)
        return quantity

    def define(self, key: Key, tree: Node | None, formula: FormulaSpec) -> None:
        if tree is not None:
            self.definitions[key] = tree
            self.formulas[key] = formula.text

    def tree(self, formula: FormulaSpec, unit: Unit, what: str) -> Node | None:
        typed = check_formula(formula.syntax, unit, what, self.scope, self.problems)
        return None if typed is None else typed.node

    def each_option(self, written: T | PerOption[T], what: str, span: Span, kind: str) -> Iterable[tuple[str, T]]:
        return each_option(written, Wanted(what, span, kind), self.options, self.problems)

    def category(self, written: CategorySpec) -> Category:
        quantity = self.quantity(written.id, written.title, written.unit, (), written.note)
        items = tuple(self.item(item, written) for item in written.items)
        total = Apply(Function.SUM, tuple(Reference(item.name, None, True) for item in items))
        self.definitions.update((Key(quantity.name, option), total) for option in self.options)
        sheet = written.sheet or Text(written.title, written.id.span)
        return Category(quantity, sheet.text, sheet.span, items)

    def item(self, written: ItemSpec, category: CategorySpec) -> Quantity:
        name = f"{category.id.text}.{written.id.text}"
        quantity = self.quantity(written.id, written.title, category.unit, written.sources, written.note, name)
        kind = "with a number, a formula, included, none or not quoted"
        costs: Iterable[tuple[str, CostSpec]] = self.each_option(written.costs, f"item `{name}`", written.id.span, kind)
        for option, cost in costs:
            self.cost(Key(name, option), cost, quantity.unit)
        if isinstance(written.costs, NumberSpec) and self.options:
            self.definitions[Key(name)] = self.definitions[Key(name, self.options[0])]
        self.item_numbers.append(check_item_numbers(written, quantity, self.definitions, self.options, self.problems))
        return quantity

    def cost(self, key: Key, cost: CostSpec, unit: Unit) -> None:
        match cost:
            case WordSpec(word):
                self.definitions[key] = CostStatus(word)
            case NumberSpec():
                self.definitions[key] = InputValue(in_unit(cost, unit, f"the cost of `{key}`", self.problems))
            case FormulaSpec():
                self.define(key, self.tree(cost, unit, f"the cost of `{key.name}`"), cost)

    def tables(self, written: TableSpec) -> Iterator[Table]:
        """A table, or that of each option; with its numbers as inputs where questions ask about some."""
        name = written.id.text
        if isinstance(written.rows, PerOption):
            wanted = f"table `{name}`", written.id.span, "with its rows"
            own: Iterable[tuple[str, tuple[RowSpec, ...]]] = self.each_option(written.rows, *wanted)
            titles = {each.id.text: each.title for each in self.spec.options}
            made = [
                replace(
                    self.table(written, f"{name}.{option}", rows),
                    title=f"{written.title}, {titles[option]}",
                    option=option,
                    common_title=written.title,
                )
                for option, rows in own
            ]
        else:
            made = [self.table(written, name, written.rows)]
        rows_of = dict(rows_by_table(written, self.options))
        for table in made:
            if name not in self.scope.tables_with_inputs:
                yield table
                continue
            live, numbers = check_cells(table, rows_of[table.id], self.problems)
            yield live
            self.table_numbers += numbers
            self.quantities |= {each.quantity.name: each.quantity for each in numbers}
            values = zip(live.cells, live.rows, strict=True)
            self.definitions |= {
                key: InputValue(value) for keys, row in values for key, value in zip(keys, row, strict=True)
            }

    def table(self, written: TableSpec, name: str, rows: tuple[RowSpec, ...]) -> Table:
        units, what = (written.from_unit.unit, written.to_unit.unit), "a row's number"
        numbers = tuple(
            (in_unit(start.value, units[0], what, self.problems), in_unit(to.value, units[1], what, self.problems))
            for start, to in rows
        )
        sources, method = self.sources(written.sources), Method(written.method.text)
        return Table(name, written.title, *units, method, numbers, sources, written.note)


def _citation(written: CitationSpec) -> Citation:
    url = written.url.text if written.url else ""
    accessed, review = (each.day if each else None for each in (written.accessed, written.review))
    evidence = written.evidence.text if written.evidence else "estimate"
    known = written.title, url, accessed, evidence, written.owner, review, written.note
    return Citation(written.id.text, *known, written.id.span)
