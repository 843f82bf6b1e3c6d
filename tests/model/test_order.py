"""In which order numbers are computed, and which run in a circle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, keys_in
from reportgen.model.model import Definition, InputValue
from reportgen.model.order import in_order
from reportgen.problems import Collector
from reportgen.source import Source, Span
from tests.model.samples import changed, problems_of, sample

OPTIONS = ("hosted", "self_run")


def total_of(*names: str) -> n.Node:
    return n.Apply(Function.SUM, tuple(n.Reference(name, None, False, Span(1, 2)) for name in names))


graphs = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3), min_size=1
)


@given(graphs)
def test_everything_comes_after_what_it_is_computed_from_or_a_circle_is_shown(graph: dict[str, list[str]]) -> None:
    definitions: dict[Key, Definition] = {Key(name): InputValue(1.0) for name in "abcdefgh"}
    definitions |= {Key(name): total_of(*used) for name, used in graph.items()}
    problems = Collector(Source("m.yaml", "text"))
    ordered = in_order(definitions, OPTIONS, problems)
    assert ordered.keys() == definitions.keys()
    before: set[Key] = set()
    late = []
    for key, definition in ordered.items():
        if not isinstance(definition, InputValue):
            late += [each for each in keys_in(definition, None, OPTIONS) if each not in before]
        before.add(key)
    assert bool(late) == problems.failed


def test_a_chain_of_any_length_is_ordered() -> None:
    definitions: dict[Key, Definition] = {Key(f"n{at}"): total_of(f"n{at + 1}") for at in range(5_000)}
    definitions[Key("n5000")] = InputValue(1.0)
    ordered = in_order(definitions, OPTIONS, Collector(Source("m.yaml", "")))
    assert [key.name for key in ordered] == [f"n{at}" for at in range(5_000, -1, -1)]


def test_the_sample_is_in_order() -> None:
    keys = list(sample().definitions)
    for earlier, later in [
        (Key("seats"), Key("machines")),
        (Key("machines"), Key("infrastructure.servers", "self_run")),
        (Key("infrastructure.servers", "self_run"), Key("infrastructure", "self_run")),
        (Key("infrastructure", "self_run"), Key("running", "self_run")),
        (Key("total", "hosted"), Key("saving")),
    ]:
        assert keys.index(earlier) < keys.index(later)


@pytest.mark.parametrize(
    ("replacements", "paths"),
    [
        ([('"lookup(servers, seats)"', "machines * 2")], ["machines → machines"]),
        (
            [('"lookup(servers, seats)"', "machines * 2"), ("formula: 1 - total", "formula: saving - total")],
            ["machines → machines", "saving → saving"],
        ),
        (
            [("hosted: seats * seat_fee", "hosted: 1% * total")],
            ["subscription.fees → total → running → subscription → subscription.fees"],
        ),
        (
            [("hosted: seats * seat_fee", 'hosted: "min(subscription.fees.*)"')],
            ["subscription.fees → subscription.fees"],
        ),
    ],
)
def test_circles(replacements: list[tuple[str, str]], paths: list[str]) -> None:
    problems = problems_of(changed(*replacements))
    assert [problem.code for problem in problems] == ["RG304"] * len(paths)
    assert [problem.message for problem in problems] == [f"circular reference: {path}" for path in paths]


def test_options_that_use_each_other_are_no_circle() -> None:
    assert sample(("hosted: seats * seat_fee", "hosted: 10% * infrastructure.servers.self_run"))
