"""What holds the program together: the direction of imports, the size of modules, the completeness of back ends."""

from __future__ import annotations

import ast
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.break_even import break_evens
from reportgen.compute.contributions import contributions
from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.find_breakpoints import find_breakpoints
from reportgen.formula import nodes as n
from reportgen.formula.functions import SIGNATURES
from reportgen.formula.nodes import Excess, Function, Key, Node
from reportgen.formula.units import PLAIN
from reportgen.problems import CODES
from reportgen.report.readable import ReadableText
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.literals import literals
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.translate import Translator
from tests.model.samples import load, sample
from tests.model.timed import timed

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reportgen"
LONGEST = 350
LAYERS = [
    {"source", "files", "resources", "uri", "collector", "__init__"},
    {"problems"},
    {"formula"},
    {"model"},
    {"questions"},
    {"branding"},
    {"compute", "brand"},
    {"presentation"},
    {"narrative"},
    {"workbook", "report"},
    {"data"},
    {"review"},
    {"pipeline"},
    {"outputs"},
    {"second_process"},
    {"cli"},
    {"__main__"},
]
"""From the bottom up: a module imports from its own part of the package and from the layers below it."""

RANKS = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
HEAVY = {"numpy", "openpyxl", "weasyprint", "jinja2", "yaml", "babel", "lxml", "vl_convert", "PIL", "markdown_it"}


@cache
def modules() -> dict[str, Path]:
    """Every module's dotted name, packages by their own."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(name: str) -> tuple[str, ...]:
    """The program's own modules that a module imports anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            base = node.module or ""
            found += [f"{base}.{each.name}" if f"{base}.{each.name}" in modules() else base for each in node.names]
        elif isinstance(node, ast.Import):
            found += [each.name for each in node.names]
    return tuple(each for each in found if each.partition(".")[0] == "reportgen")


def part_of(name: str) -> str:
    return [*name.split("."), "__init__"][1]


def test_every_module_belongs_to_a_layer() -> None:
    assert {part_of(name) for name in modules()} <= RANKS.keys()


def test_imports_point_one_way() -> None:
    wrong = []
    for name in modules():
        for imported in imports(name):
            own, other = part_of(name), part_of(imported)
            if own != other and RANKS[other] >= RANKS[own]:
                wrong.append(f"{name} imports {imported}")
    assert wrong == []


def test_no_circle_of_imports() -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join([*path, name])
        if name not in done:
            for imported in imports(name):
                visit(imported, (*path, name))
            done.add(name)

    for name in modules():
        visit(name, ())


@pytest.mark.parametrize("part", ["answer", "brief", "evaluation", "findings", "key_figures"])
def test_what_concludes_reads_outcomes_and_no_text_of_another_part(part: str) -> None:
    topics = {"reportgen.presentation.topic", "reportgen.presentation.question_topics", "reportgen.report.paper_topics"}
    names = [name for name in modules() if f"{name}.".startswith(f"reportgen.report.{part}.")]
    assert names and [name for name in names if topics & {*imports(name)}] == []


def test_packages_hide_nothing() -> None:
    """A name is imported from where it is written."""
    filled = [name for name, path in modules().items() if path.name == "__init__.py" and imports(name)]
    assert filled == []


def test_modules_stay_small() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = "import sys; from reportgen.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert "reportgen" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "click" in loaded
    assert HEAVY & loaded == set()


EXAMPLE = re.compile(r"```text\n(.*?)\n```", re.DOTALL)


def codes_used() -> set[str]:
    """Every code that stands alone in a string of the program, but for the register itself."""
    found: set[str] = set()
    for path in modules().values():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        register = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in register:
                found |= {node.value} & CODES.keys()
    return found


def test_every_code_is_used() -> None:
    assert CODES.keys() - codes_used() == set()


def sections() -> Iterator[tuple[str, str, str]]:
    """Code, title and body of each section of the page on errors."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        code, _, title = heading.partition(": ")
        yield code, title, body.split("\n## ")[0]


def test_every_code_is_explained_in_order() -> None:
    assert [(code, title) for code, title, _ in sections()] == list(CODES.items())


def test_every_explanation_has_an_example_and_says_how_to_fix_it() -> None:
    for code, _, body in sections():
        assert "```" in body, code
        assert "To fix it" in body, code


def test_every_example_is_what_is_really_shown() -> None:
    shown = "\n\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "broken").glob("*.txt"))
    missing = [code for code, _, body in sections() for example in EXAMPLE.findall(body) if example not in shown]
    other = ["RG103", "RG105", "RG106", "RG601", "RG602", "RG911", "RG912"]
    assert missing == other, "these need no or another kind of model"


ONE, TWO = n.Constant(1.0), n.Constant(2.0)
SEATS = n.Reference("seats", None, False)
RUNNING = n.Reference("running", None, True)
BELOW = n.Comparison("<", ONE, TWO)

NODES: dict[type, Node] = {
    n.Constant: ONE,
    n.Reference: n.Arithmetic("+", RUNNING, n.Reference("running", "hosted", True)),
    n.AllOptions: n.Apply(Function.MIN, (n.AllOptions("running"),)),
    n.Convert: n.Convert(SEATS, (Fraction(12), Fraction(1, 100))),
    n.Negate: n.Negate(SEATS),
    n.Arithmetic: n.Arithmetic("^", n.Arithmetic("/", n.Arithmetic("*", SEATS, TWO), TWO), TWO),
    n.Comparison: n.Conditional(BELOW, ONE, TWO),
    n.Logic: n.Conditional(n.Logic("or", n.Logic("and", BELOW, BELOW), BELOW), ONE, TWO),
    n.Not: n.Conditional(n.Not(BELOW), ONE, TWO),
    n.Conditional: n.Conditional(BELOW, SEATS, TWO),
    n.Apply: n.Apply(Function.SUM, (ONE, TWO)),
    n.Lookup: n.Lookup("servers", SEATS),
    n.Guard: n.Guard(Excess.USAGE, ONE, SEATS, PLAIN),
}
ARGUMENTS: dict[Function, tuple[Node, ...]] = {
    Function.MIN: (ONE, TWO),
    Function.MAX: (ONE, TWO),
    Function.SUM: (ONE, TWO),
    Function.ABS: (n.Negate(ONE),),
    Function.ROUND: (n.Constant(1.25), ONE),
    Function.ROUND_UP: (n.Constant(1.25), ONE),
    Function.ROUND_DOWN: (n.Constant(1.25), ONE),
    Function.EXP: (ONE,),
    Function.LN: (TWO,),
    Function.SQRT: (TWO,),
    Function.PAYMENT: (ONE, TWO, SEATS),
}
OVER_TIME = {n.Axis, n.Flow, n.Reduce, n.Previous}
"""Nodes that need steps, and stand in the definitions of a model on a timeline."""

TREES = [*NODES.values(), *(n.Apply(function, arguments) for function, arguments in ARGUMENTS.items())]


def test_there_is_one_of_each() -> None:
    assert set(NODES) | OVER_TIME == set(get_args(Node))
    assert all(any(isinstance(each, kind) for each in n.walk(tree)) for kind, tree in NODES.items())
    assert set(ARGUMENTS) == set(Function)
    assert {signature.function for signature in SIGNATURES.values()} == set(Function)


@pytest.fixture(scope="module")
def results() -> Answers:
    return evaluate(sample())


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: type(tree).__name__)
def test_every_back_end_knows_every_node_and_function(tree: Node, results: Answers) -> None:
    plan = plan_workbook(results.model)
    assert math.isfinite(results.compute(tree, "hosted"))
    assert Translator(plan).whole(tree, "hosted").text("Totals")
    assert ReadableText(results.model).text(tree)


def test_every_back_end_knows_the_nodes_over_time() -> None:
    model = load(
        timed(
            inputs="power: {title: Power, value: 1_000, unit: EUR/year, growth: 3 %/year}",
            calculations='balance: {title: Balance, unit: EUR, formula: "previous(balance, 90 [EUR]) - 10 [EUR]"}',
            run="energy: {title: Energy, costs: {a: power, b: 1_100}}",
            once="battery: {title: Battery, costs: {a: balance, b: 20}, every: 1 year}",
            more="break_evens:\n  q: {title: Q, driver: power, from: 0, to: 2_000, between: [a, b], of: spend}",
        )
    )
    trees = {key: each for key, each in model.definitions.items() if isinstance(each, Node)}
    assert {type(each) for tree in trees.values() for each in n.walk(tree)} >= OVER_TIME
    answers = evaluate(model)
    assert all(math.isfinite(each) for each in answers.values.values())
    assert build_workbook(answers)
    assert all(ReadableText(model).text(tree) for tree in trees.values())
    (question,), (outcome,) = model.break_evens, answers.break_evens
    assert find_breakpoints(model, question) is not None
    assert outcome.pairs[0].crossings
    assert literals(model) is not None
    assert contributions(model, model.headline)


WALKERS = {
    "reportgen.workbook.literals": "looks at the parts of whatever it does not know",
    "reportgen.formula.time_functions": "looks at the parts of whatever is not over time itself",
    "reportgen.compute.contributions": "takes whatever it cannot part for one term",
}
"""Modules that tell some nodes apart and are right about every other, also about one that is new."""


def test_every_back_end_is_an_exhaustive_match() -> None:
    """The type checker then refuses a back end that a new node or function is missing from."""
    kinds = {each.__name__ for each in NODES}
    seen = set()
    for name, path in modules().items():
        for match in (each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Match)):
            classes = [
                each.cls for case in match.cases for each in ast.walk(case.pattern) if isinstance(each, ast.MatchClass)
            ]
            names = {getattr(each, "attr", getattr(each, "id", "")) for each in classes}
            if names & kinds and "Function" not in names:
                seen.add(name)
                last = ast.unparse(match.cases[-1])
                assert name in WALKERS or "assert_never" in last or "raise" in last, (
                    f"{name}:{match.lineno} has a silent default"
                )
    assert seen >= {"reportgen.compute.crossings", "reportgen.compute.find_breakpoints", *WALKERS}


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: type(tree).__name__)
def test_break_evens_and_layouts_read_every_node(tree: Node) -> None:
    """A total of such a tree has crossings to look for, breakpoints, terms, and numbers that get cells of their own."""
    model = sample()
    totals = {Key("total", option): tree for option in model.option_ids}
    others = {key: each for key, each in model.definitions.items() if key.name != "saving"}  # which divides by a total
    model = replace(model, definitions={**others, **totals}, metrics=())
    (question,) = model.break_evens
    driven = replace(question, between=("hosted", "self_run"), driver="seats")
    assert find_breakpoints(model, driven) is not None
    assert break_evens(replace(model, break_evens=(driven,)))
    assert literals(model) is not None
    assert contributions(model, model.headline)


def test_evaluating_never_changes_the_model() -> None:
    model = sample()
    before = (dict(model.definitions), dict(model.formulas), model.scenarios)
    evaluate_cases(model, [{Key("seats"): 1.0}])
    evaluate(model, model.scenarios[0])
    assert before == (model.definitions, model.formulas, model.scenarios)
