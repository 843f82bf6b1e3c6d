"""Random models and random formulas: whatever the program accepts, IronCalc computes to the same numbers."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from tests.engines.recalculation import IronCalc, disagreements, formula_cells, stored_values

OPTIONS = ("alpha", "beta", "gamma")
numbers = st.one_of(
    st.integers(-50, 1_000).map(float),
    st.decimals(-1_000, 1_000, places=3).map(float),
    st.sampled_from([0.1, 0.25, 2.5, 1.005, 0.00042, 12_345.678]),
)

CALLS = (
    "min({left}, {right})",
    "max({left}, {right})",
    "sum({left}, {right})",
    "net(max({left}, {right}), {right})",
    "overage({left}, {right}, {right})",
    "lookup(breakpoints, max(-10, min(500, {left})))",
    "charge(tiers, abs({left}))",
    "exp(max(-5, min(5, {left})))",
    "ln(abs({left}) + 0.1)",
    "sqrt(abs({left}))",
    "payment(round(abs({left}), 1) / 100, round(abs({right})) + 1, {left})",
)
"""Functions, those with limits called within them."""


@st.composite
def formulas(draw: st.DrawFn, shared: tuple[str, ...], per_option: tuple[str, ...], depth: int = 3) -> str:
    """A formula over these names whose divisors cannot be nothing."""

    def part(level: int) -> str:
        if level == 0:
            kind = draw(st.integers(0, 4))
            if kind == 0 or not shared:
                return repr(abs(draw(numbers)))
            if kind == 1 and per_option:
                return draw(st.sampled_from(per_option))
            if kind == 2 and per_option:
                return f"{draw(st.sampled_from(per_option))}.{draw(st.sampled_from(OPTIONS))}"
            return draw(st.sampled_from(shared))
        left, right = part(level - 1), part(level - 1)
        match draw(st.integers(0, 14)):
            case 0 | 1:
                return f"({left} + {right})"
            case 2 | 3:
                return f"({left} - {right})"
            case 4 | 5:
                return f"{_factor(left)} * {_factor(right)}"
            case 6:
                return f"{_factor(left)} / (abs({right}) + 1)"
            case 7:
                sign = draw(st.sampled_from(["<", "<=", ">", ">="]))
                return f"if({left} {sign} {right}, {part(level - 1)}, {right})"
            case 8:
                word = draw(st.sampled_from(["and", "or"]))
                return f"if(not ({left} > {right}) {word} {right} > 3, {left}, {right})"
            case 9:
                function = draw(st.sampled_from(["round", "round_up", "round_down"]))
                return f"{function}({left}, {draw(st.integers(-2, 4))})"
            case 11 if per_option:
                return f"{draw(st.sampled_from(['min', 'max', 'sum']))}({draw(st.sampled_from(per_option))}.*)"
            case 12:
                return f"-{_factor(left)} + abs({right}) ^ 2 / 1000"
            case _:
                return draw(st.sampled_from(CALLS)).format(left=left, right=right)

    return part(draw(st.integers(1, depth)))


def _factor(text: str) -> str:
    return text if text.isidentifier() else f"({text})"


@st.composite
def models(draw: st.DrawFn) -> str:
    """A model with shared and per-option inputs, a table, calculations, categories with words, totals, a scenario."""
    shared = tuple(f"a{i}" for i in range(draw(st.integers(1, 4))))
    lines = ["reportgen: 1", "id: random", "title: Random", "as_of: 2026-01-01", "currency: EUR", "options:"]
    lines += [f"  {option}: {{title: {option.title()}}}" for option in OPTIONS]
    lines += ["subject: alpha", "assumptions:", "  group:", "    title: Group", "    inputs:"]
    for name in shared:
        unit = draw(st.sampled_from(['"1"', '"%"']))
        lines.append(f"      {name}: {{title: Name {name}, value: {draw(numbers)!r}, unit: {unit}}}")
    values = ", ".join(f"{option}: {draw(numbers)!r}" for option in OPTIONS)
    lines.append(f'      each: {{title: Each, value: {{{values}}}, unit: "1"}}')
    steps = "[-100_000_000_000, 1], [0, 2.5], [10, 4], [500, 0]"
    lines += ["tables:", f'  steps: {{title: Steps, from: "1", to: "1", method: step, rows: [{steps}]}}']
    lines += [
        '  breakpoints: {title: B, from: "1", to: "1", method: linear, rows: [[-10, 3], [0, 2], [12.5, -4], [500, 7]]}'
    ]
    lines += ['  tiers: {title: T, from: "1", to: "1", method: graduated, rows: [[0, 3], [10, 1.5], [200, -2.25]]}']
    lines.append("calculations:")
    per_option: tuple[str, ...] = ("each",)
    for i in range(draw(st.integers(1, 4))):
        formula = draw(formulas(shared, per_option))
        if draw(st.integers(0, 4)) == 0:
            formula = f"lookup(steps, {formula})"
        each = any(f" {name} " in f" {_spaced(formula)} " for name in per_option)
        lines.append(f'  c{i}: {{title: C{i}, unit: "1", formula: "{formula}"}}')
        if each:
            per_option = (*per_option, f"c{i}")
        else:
            shared = (*shared, f"c{i}")
    lines.append("categories:")
    names = []
    for i in range(draw(st.integers(1, 3))):
        names.append(f"k{i}")
        lines += [f"  k{i}:", f"    title: Category {i}", '    unit: "1"', "    items:"]
        for j in range(draw(st.integers(1, 3))):
            costs = ", ".join(f"{option}: {draw(_costs(shared, per_option))}" for option in OPTIONS)
            lines.append(f"      i{j}: {{title: Item {j}, costs: {{{costs}}}}}")
    last = names[-1]
    lines += ["totals:", f'  part: {{title: Part, unit: "1", formula: "{last} * 2 - k0 / 7"}}']
    lines.append(f'  total: {{title: Total, unit: "%", formula: "{" + ".join(names)} + part"}}')
    lines += ["metrics:", '  best: {title: Best, unit: "1", formula: "min(total.*) + max(k0.i0.*) + k0.i0.beta"}']
    lines += ["scenarios:", f"  other: {{title: Other, set: {{a0: {draw(numbers)!r}, each.beta: {draw(numbers)!r}}}}}"]
    return "\n".join(lines) + "\n"


@st.composite
def _costs(draw: st.DrawFn, shared: tuple[str, ...], per_option: tuple[str, ...]) -> str:
    kind = draw(st.integers(0, 5))
    if kind <= 1:
        return draw(st.sampled_from(["included", "none", "not quoted"]))
    if kind <= 3:
        return repr(draw(numbers))
    return f'"{draw(formulas(shared, per_option, 2))}"'


def _spaced(formula: str) -> str:
    """Words apart; `name.option` and `name.*` are not the bare name."""
    return "".join(c if c.isalnum() or c in "._*" else " " for c in formula.replace(" * ", "  "))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(models(), st.booleans())
def test_random_models_agree_with_ironcalc(text: str, in_scenario: bool) -> None:
    try:
        model, _ = load_source(Source("random.yaml", text))
        results = evaluate(model, model.scenarios[0] if in_scenario else BASE_SCENARIO)
    except ModelError as error:
        assert {problem.code for problem in error.problems} <= {"RG502", "RG503"}, text + str(error)
        assume(False)
    scale = max(abs(value) for value in results.values.values())
    assume(scale < 1e9)
    workbook = build_workbook(results)
    with TemporaryDirectory() as folder:
        engine = IronCalc(workbook, Path(folder))
        found = disagreements(stored_values(workbook), engine.values(), formula_cells(workbook), scale)
        assert found == [], text
