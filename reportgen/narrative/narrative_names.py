"""The names that the narrative can use: the model's own, and the answers to what the model asks.

`total.hosted` is a number of the case that is shown, `scenario.growth.total.hosted` the same in a scenario,
`every_scenario.total.hosted` in all of them and the base at once, for comparisons. A name of the model goes before a
word of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from reportgen.compute.answers import Answers
from reportgen.compute.comparison import compare
from reportgen.compute.internal_rate import NONE
from reportgen.formula.nodes import Key
from reportgen.model.model import Assumption, Citation, Model, Option, Quantity, Range
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.narrative.answer_names import answers
from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import Figure, Missing
from reportgen.narrative.members import UNKNOWN, Member, refuse_part
from reportgen.problems import suggestion

Parts = dict[str, Callable[[], object]]
COLLECTIONS = ("options", "scenarios", "sources")
"""What a loop can go over."""


class Names:
    """The names of one model's narrative; `word` says a fixed word in the reader's language."""

    def __init__(self, results: Answers, word: Callable[[str], str] = str) -> None:
        self.results = results
        self.model = results.model
        self.word = word
        self._assumptions = {each.quantity.name: each for each in self.model.assumptions}
        shown = Case(self, "", ((results.scenario.code, results),))
        self._wholes: dict[str, Callable[[], Member]] = {
            "options": cache(lambda: Member("option", {each.id: self._option(each) for each in self.model.options})),
            "scenarios": cache(lambda: Member("scenario", self._scenario_parts())),
            "sources": cache(lambda: Member("source", {id_: _citation(c) for id_, c in self.model.citations.items()})),
        }
        self._root = Member("narrative", {**self._words(), **shown.parts()})

    def known(self) -> tuple[str, ...]:
        return tuple(self._root.parts)

    def find(self, name: str) -> object:
        """What a name stands for. Raises NarrativeError where it stands for nothing."""
        if name in self._root.parts:
            return self._root.part(name)
        ending = next((each for each in self.model.quantities if each.endswith(f".{name}")), "")
        hint = f"did you mean `{ending}`?" if ending else suggestion(name, self.known())
        if name in self.model.option_ids:
            hint = f"the option is option.{name}; its numbers are {self.model.headline.name}.{name} and their like"
        raise NarrativeError(UNKNOWN, f"unknown name `{name}`", hint)

    def elements(self, name: str) -> tuple[object, ...]:
        """What a loop over one of `COLLECTIONS` goes over."""
        whole = self._wholes[name]()
        return tuple(whole.part(each) for each in whole.parts)

    def _words(self) -> Parts:
        model = self.model
        return {
            "as_of": lambda: model.as_of,
            "model": lambda: Member("model", {"title": lambda: model.title, "subtitle": lambda: model.subtitle}),
            "option": self._wholes["options"],
            "scenario": self._wholes["scenarios"],
            "every_scenario": lambda: Member("every_scenario", self._every().parts()),
            "source": self._wholes["sources"],
            **answers(self.results, self.option_of),
        }

    def option_of(self, id_: str) -> Member:
        found = self._wholes["options"]().part(id_)
        assert isinstance(found, Member)
        return found

    def _option(self, option: Option) -> Callable[[], Member]:
        """An option with its title and its number of every name that has one per option."""
        shown = Case(self, "", (("", self.results),))
        parts: Parts = {"title": lambda: option.title, "summary": lambda: option.summary}
        for quantity in self.model.quantities.values():
            if quantity.per_option and "." not in quantity.name:
                key = Key(quantity.name, option.id)
                parts[quantity.name] = lambda key=key: shown.figure(key)  # type: ignore[misc]
        return lambda: Member(f"option.{option.id}", parts, option.title)

    def in_scenario(self, scenario: Scenario) -> Answers:
        return self.results.in_scenario(scenario)

    def _scenario_parts(self) -> Parts:
        parts: Parts = {}
        for each in self.model.with_base:
            parts[each.id] = lambda each=each: self._scenario(each)  # type: ignore[misc]
        return parts

    def _scenario(self, scenario: Scenario) -> Member:
        title = self.word(scenario.title) if scenario.is_base else scenario.title
        name, note = f"scenario.{scenario.id}", scenario.note
        case = Case(self, f"{name}.", (("", self.in_scenario(scenario)),))
        return Member(name, {**case.parts(), "title": lambda: title, "note": lambda: note}, title)

    def _every(self) -> Case:
        every = [("the base", self.in_scenario(BASE_SCENARIO))]
        every += [(f"scenario `{each.id}`", self.in_scenario(each)) for each in self.model.scenarios]
        return Case(self, "every_scenario.", tuple(every))

    def limits(self, assumption: Assumption, key: Key, name: str) -> Parts:
        """The low and the high of an input that has them."""
        ranges, unit = assumption.ranges, assumption.quantity.unit
        ends = ranges.get(key) or ranges.get(Key(key.name)) or Range(None, None)
        found = (("low", ends.low), ("high", ends.high))
        return {
            end: lambda value=value, end=end: Figure((value,), unit, f"{name}.{end}")  # type: ignore[misc]
            for end, value in found
            if value is not None
        }


class Case:
    """The model's names in one case, or in several at once; `prefix` is how they begin (`scenario.growth.`)."""

    def __init__(self, names: Names, prefix: str, cases: tuple[tuple[str, Answers], ...]) -> None:
        self.names = names
        self.model: Model = names.model
        self.prefix = prefix
        self.cases = cases

    def parts(self) -> Parts:
        found: Parts = {"cheapest": lambda: Member(f"{self.prefix}cheapest", self._cheapest_parts())}
        for quantity in self.model.quantities.values():
            if "." not in quantity.name:
                found[quantity.name] = lambda each=quantity: self.quantity(each)  # type: ignore[misc]
        return found

    def quantity(self, quantity: Quantity) -> object:
        """A figure; or a figure for each option, and the items where it is a category."""
        if not quantity.per_option:
            return self.figure(Key(quantity.name))
        parts: Parts = {}
        for key in self.model.keys_of(quantity.name):
            parts[key.option or ""] = lambda key=key: self.figure(key)  # type: ignore[misc]
        for item in self._items(quantity.name):
            parts[item.name.rpartition(".")[2]] = lambda item=item: self.quantity(item)  # type: ignore[misc]
        parts.setdefault("title", lambda: quantity.title)
        return Member(self.prefix + quantity.name, parts)

    def figure(self, key: Key) -> Figure | Missing:
        quantity = self.model.quantities[key.name]
        name = self.prefix + str(key)
        for case, results in self.cases:
            if state := results.missing_rate(key):
                there_is = "no internal rate of return" if state == NONE else "no single internal rate of return"
                why = f"`{name}`: there is {there_is}{f' in {case}' if case else ''}"
                return Missing(why, f"ask first: {{% if {name}.{EXISTS} %}}")
        values = tuple(results.values[key] for _, results in self.cases)
        parts: Parts = {"title": lambda: quantity.title}
        assumption = self.names._assumptions.get(key.name)
        if assumption is not None and len(self.cases) == 1:
            parts |= self.names.limits(assumption, key, name)
        for item in self._items(key.name) if key.option else ():
            inner = Key(item.name, key.option)
            parts[item.name.rpartition(".")[2]] = lambda inner=inner: self.figure(inner)  # type: ignore[misc]
        member = Member(name, parts)
        cases = tuple(name for name, _ in self.cases)
        return Figure(values, quantity.unit, name, self.cases[0][1].state(key), cases, member.part)

    def _items(self, name: str) -> tuple[Quantity, ...]:
        return next((each.items for each in self.model.categories if each.quantity.name == name), ())

    def _cheapest_parts(self) -> Mapping[str, Callable[[], object]]:
        return {each.name: lambda each=each: self._cheapest(each) for each in self.model.totals}  # type: ignore[misc]

    def _cheapest(self, total: Quantity) -> object:
        """The one complete option that costs least in every case."""
        found = {compare(results, total).cheapest for _, results in self.cases}
        if len(found) == 1 and (id_ := found.pop()):
            return self.names.option_of(id_)
        where = " in every scenario" if len(self.cases) > 1 else ""
        why = f"no single complete option is the cheapest by `{total.name}`{where}"
        return Missing(why, f"ask first: {{% if {self.prefix}cheapest.{total.name} %}}")


def _citation(citation: Citation) -> Callable[[], Member]:
    def accessed() -> object:
        return citation.accessed or Missing(f"source `{citation.id}` has no day of access")

    parts: Parts = {
        "title": lambda: citation.title,
        "url": lambda: citation.url or Missing(f"source `{citation.id}` has no address"),
        "accessed": accessed,
        "evidence": lambda: citation.evidence,
        "note": lambda: citation.note,
    }
    return lambda: Member(f"source.{citation.id}", parts, citation.title)


EXISTS = "exists"
"""Whether there is an answer: the one part of what the model has none to."""


def part_of(value: object, name: str) -> object:
    """What stands after a dot. Raises NarrativeError."""
    if isinstance(value, Missing | Figure) and name == EXISTS:
        return isinstance(value, Figure)
    if isinstance(value, Missing):
        value.refuse()
    if isinstance(value, Member):
        return value.part(name)
    if not isinstance(value, Figure):
        raise NarrativeError(UNKNOWN, f"there is nothing after the dot: `{name}`", "only names of the model have parts")
    if name == "complete":
        return value.is_complete
    return value.member(name) if value.member is not None else refuse_part(value.name, name, ())
