"""The graph of a model against the formulas it is made from."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.model.dependencies import Dependencies
from tests.model.samples import sample

A, B, C, D, E = (Key(name) for name in "abcde")
DIAMOND = Dependencies({A: (), B: (), C: (A, B), D: (A,), E: (C, D)})
"""c from a and b, d from a, e from c and d."""


def test_what_a_change_affects() -> None:
    assert DIAMOND.affected_by([B]) == {B, C, E}
    assert DIAMOND.affected_by([A]) == {A, C, D, E}
    assert DIAMOND.affected_by([]) == frozenset()


def test_what_a_number_needs() -> None:
    assert DIAMOND.needed_for([C]) == {A, B, C}
    assert DIAMOND.needed_for([E], stop=[C]) == {E, C, D, A}
    assert DIAMOND.needed_for([E], stop=[E]) == {E}


def test_what_lies_between_is_in_the_order_of_computing() -> None:
    assert DIAMOND.between([A], [E]) == (A, C, D, E)
    assert DIAMOND.between([B], [D]) == ()


def test_a_model_has_each_number_after_those_it_is_computed_from() -> None:
    graph = sample().dependencies
    seen: set[Key] = set()
    for key, parts in graph.direct.items():
        assert seen.issuperset(parts), key
        seen.add(key)
    assert Key("seat_fee") in graph.needed_for([Key("total", "hosted")])
    assert Key("seat_fee") not in graph.needed_for([Key("infrastructure", "self_run")])
    assert Key("saving") in graph.affected_by([Key("seats")])
