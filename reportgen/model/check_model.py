"""From what was written to what is sound: every name resolved, every unit checked, every circle found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from reportgen.formula.checker import check_formula
from reportgen.formula.nodes import Apply, Function, Key, Node, Reference
from reportgen.formula.units import Unit
from reportgen.model.assessment import check_assessment
from reportgen.model.break_even_model import check_break_even
from reportgen.model.cash_flow_model import CashFlow, check_cash_flow
from reportgen.model.check_report import check_report
from reportgen.model.check_tables import check_tables
from reportgen.model.check_timeline import check_timeline, check_whole_steps
from reportgen.model.inputs import HORIZON, check_assumption, check_dates, horizon_input, is_dated
from reportgen.model.item_numbers import asked_about, check_item_numbers, with_shared_numbers
from reportgen.model.model import (
    NOT_QUOTED,
    TIME_FRAME,
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
    Shape,
    Table,
    rates_of_return,
)
from reportgen.model.model_context import model_context
from reportgen.model.names import NameScope, check_names, is_scheduled, own_name
from reportgen.model.of_totals import of_totals, total_of
from reportgen.model.option_values import Wanted, each_option
from reportgen.model.order import dependencies, in_order
from reportgen.model.over_time import OverTime
from reportgen.model.question_context import in_unit
from reportgen.model.scenarios_model import check_scenarios
from reportgen.model.semantic_checks import Parts, run_checks
from reportgen.model.sensitivity_model import check_sensitivity
from reportgen.model.simulation_model import check_simulation
from reportgen.model.spec import (
    AssumptionSpec,
    CategorySpec,
    CitationSpec,
    ItemSpec,
    ModelSpec,
    ResultSpec,
    TotalSpec,
)
from reportgen.model.timings import timings
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
        self.timeline = check_timeline(spec, problems)
        self.scope = NameScope(spec, self.timeline)
        self.options = self.scope.options
        self.quantities: dict[str, Quantity] = {}
        self.definitions: dict[Key, Definition] = {}
        self.formulas: dict[Key, str] = {}
        self.item_numbers: list[Assumption] = []
        self.table_numbers: tuple[Assumption, ...] = ()
        self.own_numbers: dict[str, Quantity] = {}
        self.time: OverTime | None = None
        if self.timeline is not None:
            self.time = OverTime(self.timeline, self.scope, self.definitions, self.quantities, spec.totals, problems)
            self.scope.costs = self.time

    def model(self) -> Model:
        spec, problems = self.spec, self.problems
        ambiguous = check_names(spec, problems)
        self.scope.give_up(ambiguous)
        groups = self.groups()
        categories = tuple(self.category(each) for each in spec.categories)
        calculations = tuple(self.result(each, "the calculation") for each in spec.calculations)
        totals = tuple(self.total(each) for each in spec.totals)
        metrics = tuple(self.result(each, "the metric") for each in spec.metrics)
        groups = self.with_time_inputs(groups)
        subject = spec.subject
        if subject is not None and subject.text not in self.options:
            problems.error(
                "RG211", f"there is no option `{subject.text}`", subject.span, suggestion(subject.text, self.options)
            )
        tables = self.tables()
        report = check_report(spec.report, problems)
        parts = Parts(spec, self.definitions, groups, self.item_numbers, self.table_numbers, tables)
        run_checks(parts, problems)
        context = model_context(parts, self.scope, self.quantities.keys(), self.sources, problems)
        scenarios = check_scenarios(spec.scenarios, context)
        sensitivity = None if spec.sensitivity is None else check_sensitivity(spec.sensitivity, context)
        break_evens = tuple(made for each in spec.break_evens if (made := check_break_even(each, context)) is not None)
        cash_flow = None if spec.cash_flow is None else check_cash_flow(spec.cash_flow, context)
        simulation = None if spec.simulation is None else check_simulation(spec.simulation, context)
        assessment = check_assessment(spec.assessment, context)
        self.finish_time(cash_flow)
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
            timeline=self.timeline,
            own_numbers=self.own_numbers,
            of_totals=of_totals(spec.totals),
            growths=tuple(self.time.inputs.growths) if self.time else (),
            input_rules=tuple(self.time.inputs.rules) if self.time else (),
            timings=timings(spec.categories),
            rates=rates_of_return(metrics, definitions),
        )
        warn_of_unused(model, problems)
        return model

    def groups(self) -> tuple[Group, ...]:
        groups = []
        for group in self.spec.groups:
            assumptions: list[Assumption] = []
            for written in group.assumptions:
                assumptions += self.assumption(written)
            groups.append(Group(group.id.text, group.title, group.note, tuple(assumptions)))
        horizon = horizon_input(self.spec.horizon, self.problems)
        if horizon is not None:
            assumption, value = horizon
            self.quantities[HORIZON] = assumption.quantity
            self.definitions[Key(HORIZON)] = value
            groups.append(Group(TIME_FRAME, "Time frame", "", (assumption,)))
        return tuple(groups)

    def assumption(self, written: AssumptionSpec) -> tuple[Assumption, ...]:
        """One, or one for each month from which it has another value."""
        quantity = self.quantity(written.id, written.title, written.unit, written.sources, written.note)
        by_month = is_dated(written.value)
        start = self.timeline.start if self.timeline else 0
        on_timeline = not by_month or check_dates(written, self.timeline, self.problems)
        quantity = replace(quantity, per_option=isinstance(written.value, PerOption), shape=Shape.ONE)
        made, values, dated = check_assumption(written, quantity, self.options, start, self.problems)
        if not by_month:
            self.quantities[quantity.name] = quantity
        self.definitions.update(values)
        self.quantities.update((each.quantity.name, each.quantity) for each in made)
        if not on_timeline or (written.growth is not None and self.time is None):
            if written.growth is not None:
                message, hint = "growth needs a timeline", "add `horizon: 3 year` at the top"
                self.problems.error("RG203", message, written.growth.span, hint)
            return made
        if self.time is not None and dated:
            self.time.held_values(written, quantity, dated)
        if self.time is not None:
            self.time.grown(written, quantity)
        return made

    def with_time_inputs(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """With the inputs that say when: they follow the horizon, in a group of their own."""
        if self.time is None or not groups:
            return groups
        inputs = self.time.inputs
        self.definitions.update(inputs.values)
        self.quantities.update((each.quantity.name, each.quantity) for each in inputs.made)
        *others, last = groups
        return (*others, replace(last, assumptions=(*last.assumptions, *inputs.made)))

    def finish_time(self, cash_flow: CashFlow | None) -> None:
        """Define what questions and formulas need of the timeline."""
        if self.time is None or self.timeline is None or self.spec.horizon is None:
            return
        if cash_flow is not None and (rate := self.scope.quantity(cash_flow.discount_rate.name)) is not None:
            for part in cash_flow.parts:
                self.time.flow(part)
            self.time.discount_factors(rate)
        self.time.finish()
        if any(each.shape is not Shape.ONE for each in self.quantities.values()):
            check_whole_steps(self.timeline, self.spec.horizon, self.problems)

    def quantity(
        self, id_: Text, title: str, unit: UnitSpec, sources: tuple[Text, ...], note: str, name: str = ""
    ) -> Quantity:
        name = name or id_.text
        meaning = self.scope.quantity(name)
        shape = Shape.STEPS if meaning and meaning.over_time and not meaning.comes_to else Shape.ONE
        per_option = bool(meaning and meaning.per_option)
        quantity = Quantity(name, title, unit.unit, per_option, self.sources(sources), note, id_.span, shape)
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

    def result(self, written: ResultSpec | TotalSpec, what: str) -> Quantity:
        quantity = self.quantity(written.id, written.title, written.unit, written.sources, written.note)
        what = f"{what} `{quantity.name}`"
        over_time = quantity.shape is Shape.STEPS
        if isinstance(written.formula, FormulaSpec) and not quantity.per_option:
            tree = self.tree(written.formula, quantity.unit, what, over_time=over_time)
            self.define(Key(quantity.name), tree, written.formula)
            return quantity
        if written.formula is not None:
            for option, formula in self.each_option(written.formula, what, written.id.span, "with a formula"):
                tree = self.tree(formula, quantity.unit, what, over_time=over_time)
                self.define(Key(quantity.name, option), tree, formula)
        return quantity

    def total(self, written: TotalSpec) -> Quantity:
        if not written.of:
            return self.result(written, "the total")
        quantity = self.quantity(written.id, written.title, written.unit, written.sources, written.note)
        tree = total_of(written, self.scope, self.time, self.problems)
        if tree is not None:
            self.definitions.update((Key(quantity.name, option), tree) for option in self.options)
        return quantity

    def define(self, key: Key, tree: Node | None, formula: FormulaSpec) -> None:
        if tree is not None:
            self.definitions[key] = tree
            self.formulas[key] = formula.text

    def tree(self, formula: FormulaSpec, unit: Unit, what: str, *, over_time: bool = False) -> Node | None:
        typed = check_formula(formula.syntax, unit, what, self.scope, self.problems, over_time=over_time)
        return None if typed is None else typed.node

    def each_option(self, written: T | PerOption[T], what: str, span: Span, kind: str) -> Iterable[tuple[str, T]]:
        return each_option(written, Wanted(what, span, kind), self.options, self.problems)

    def category(self, written: CategorySpec) -> Category:
        quantity = self.quantity(written.id, written.title, written.unit, (), written.note)
        items = tuple(self.item(item, written) for item in written.items)
        total = Apply(Function.SUM, tuple(Reference(item.name, None, True) for item in items))
        self.definitions.update((Key(quantity.name, option), total) for option in self.options)
        if self.time is not None:
            self.time.category(quantity, items)
        sheet = written.sheet or Text(written.title, written.id.span)
        return Category(quantity, sheet.text, sheet.span, items)

    def item(self, written: ItemSpec, category: CategorySpec) -> Quantity:
        name = f"{category.id.text}.{written.id.text}"
        quantity = self.quantity(written.id, written.title, category.unit, written.sources, written.note, name)
        kind = "with a number, a formula, included, none or not quoted"
        costs: Iterable[tuple[str, CostSpec]] = self.each_option(written.costs, f"item `{name}`", written.id.span, kind)
        meaning = self.scope.quantity(name)
        over_time = meaning is not None and not meaning.steady
        own = Key(own_name(name, quantity.unit) if over_time else name)
        found: dict[str, Definition] = {}
        for option, cost in costs:
            tree = self.cost(own._replace(option=option), cost, quantity.unit, name)
            if tree is not None:
                found[option] = tree
        number = quantity
        if not over_time or meaning is None:
            self.definitions.update((Key(name, option), tree) for option, tree in found.items())
        elif self.time is None and is_scheduled(written):
            message = f"`{name}` changes over time, and the model has no timeline"
            self.problems.error("RG203", message, written.id.span, "add `horizon: 6 year` at the top")
        elif self.time is not None:
            shape = Shape.STEPS if name in self.scope.own_series else Shape.ONE
            own_title = f"{quantity.title}: {own.name.rpartition('.')[2]}"
            number = replace(quantity, name=own.name, title=own_title, shape=shape)
            self.own_numbers[name] = number
            self.time.item(written, quantity, found, number)
        if isinstance(written.costs, NumberSpec) and found:
            self.definitions[Key(number.name)] = next(iter(found.values()))
        self.item_numbers.append(check_item_numbers(written, number, self.definitions, self.options, self.problems))
        return quantity

    def cost(self, key: Key, cost: CostSpec, unit: Unit, item: str) -> Definition | None:
        match cost:
            case WordSpec(word):
                return CostStatus(word)
            case NumberSpec():
                return InputValue(in_unit(cost, unit, f"the cost of `{item}.{key.option}`", self.problems))
            case FormulaSpec():
                tree = self.tree(cost, unit, f"the cost of `{item}`", over_time=True)
                if tree is not None:
                    self.formulas[key] = cost.text
                return tree

    def tables(self) -> dict[str, Table]:
        tables, numbers, values = check_tables(self.spec, self.scope.tables_with_inputs, self.sources, self.problems)
        self.table_numbers = numbers
        self.quantities |= {each.quantity.name: each.quantity for each in numbers}
        self.definitions |= values
        return tables


def _citation(written: CitationSpec) -> Citation:
    url = written.url.text if written.url else ""
    accessed, review = (each.day if each else None for each in (written.accessed, written.review))
    evidence = written.evidence.text if written.evidence else "estimate"
    known = written.title, url, accessed, evidence, written.owner, review, written.note
    return Citation(written.id.text, *known, written.id.span)
