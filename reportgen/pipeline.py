"""The way through the program: load, read, check, evaluate; then workbook, report and data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_model
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.problems import ModelError, Problem
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import Plan, plan_workbook

if TYPE_CHECKING:
    from reportgen.brand import Brand
    from reportgen.workbook.question_layout import Questions


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A sound model with its numbers, the layout of its workbook, its brand, and the warnings on the way.

    `path` is the model's; `questions` are the answers to what the model asks, None until `answered`.
    """

    path: Path
    results: Answers
    plan: Plan
    warnings: tuple[Problem, ...]
    brand: Brand
    questions: Questions | None = None


def compute(
    path: Path, settings: Sequence[str] = (), scenario_id: str | None = None
) -> tuple[Answers, Plan, tuple[Problem, ...]]:
    """A model's numbers, where they stand in its workbook, and the warnings on the way. Raises ModelError."""
    model, warnings = load_model(path)
    scenario = find_scenario(model, scenario_id)
    model, scenario = apply_settings(model, settings, scenario)
    plan = plan_workbook(model)
    found = check_limits(plan)
    if found:
        raise ModelError((*warnings, *found))
    return evaluate(model, scenario), plan, warnings


def run(path: Path, settings: Sequence[str] = (), scenario_id: str | None = None, brand: str = "") -> Evaluated:
    """Everything that is known of a model before anything is written; `brand` names one instead of the model's own.

    Raises ModelError.
    """
    from reportgen.brand import brand_of

    results, plan, warnings = compute(path, settings, scenario_id)
    return Evaluated(path, results, plan, warnings, brand_of(path, brand or results.model.report.brand))


def analyzed(evaluated: Evaluated) -> Evaluated:
    """The same with every question of the model answered, so that nothing fails later. Raises ModelError."""
    from reportgen.workbook.question_layout import lay_out_questions

    return replace(evaluated, questions=lay_out_questions(evaluated.plan, evaluated.results))


def check_all(path: Path, *, strict: bool = False) -> Evaluated:
    """A model with every scenario evaluated, every question answered and every published figure compared.

    Raises ModelError, also for a figure with another verdict than expected; `strict`: also for sources that are stale,
    placeholders or due for a review.
    """
    from reportgen.compute.profiles import unmatched
    from reportgen.compute.published import unexpected
    from reportgen.compute.staleness import source_findings
    from reportgen.compute.without_effect import without_effect
    from reportgen.narrative.check_narrative import check_narrative
    from reportgen.report.missing_signs import missing_signs

    evaluated = run(path)
    model = evaluated.results.model
    evaluated.results.analyze_all()
    evaluated = analyzed(evaluated)
    found = (*unexpected(model, evaluated.results.published), *unmatched(evaluated.results))
    found += tuple(without_effect(model))
    found += source_findings(model, strict=strict)
    found += check_narrative(evaluated.results)
    found += tuple(missing_signs(model, evaluated.brand))
    if any(problem.severity == "error" for problem in found):
        raise ModelError((*evaluated.warnings, *found))
    return replace(evaluated, warnings=(*evaluated.warnings, *found))


class MissingError(Exception):
    """Something on this system is missing; the message says how to get it."""


class OutputError(Exception):
    """An output cannot be made from what it is given, for example from a template; the message says why."""


def make(evaluated: Evaluated, kind: str, locale: str = "en") -> bytes:
    """One output file that no template shapes: xlsx or json, which names the cells of the workbook of its locale."""
    match kind:
        case "xlsx":
            from reportgen.review.lint.run import rules_of_books
            from reportgen.workbook.build_workbook import build_workbook

            return build_workbook(evaluated.results, evaluated.questions, evaluated.brand, rules_of_books(), locale)
        case "json":
            from reportgen.data.results_json import results_json
            from reportgen.workbook.book_language import language_of

            names = language_of(evaluated.plan, locale).sheets
            return results_json(evaluated.results, evaluated.plan, names).encode()
        case _:
            raise ValueError(f"no output of kind {kind!r}")
