"""A small model on a timeline, made of what a test puts in it."""

from __future__ import annotations

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.names import OVER_TIME
from tests.model.samples import load

MODEL = """\
reportgen: 1
id: timed
title: Timed
as_of: 2026-11-30
currency: EUR
horizon: {horizon}
{timeline}
options: {{a: {{title: A}}, b: {{title: B}}}}
assumptions:
  given:
    title: Given
    inputs:
      wacc: {{title: Discount rate, value: {wacc}, unit: "%/year"}}
{inputs}
calculations:
  nothing: {{title: Nothing, unit: EUR, formula: "0 [EUR]"}}
{calculations}
categories:
  run:
    title: Running
    unit: EUR/year
    items:
{run}
  once:
    title: Once
    unit: EUR
    items:
{once}
totals:
  spend: {{title: Spend, unit: EUR, of: [run, once], as: sum}}
  worth: {{title: Present value, unit: EUR, of: [run, once], as: present value, rate: wacc}}
  cost:  {{title: Cost, unit: EUR/year, of: [run, once], as: average}}
{totals}
{more}
"""
NO_ITEM = "none_{}: {{title: Nothing, costs: 0}}"


def timed(
    *,
    inputs: str = "",
    calculations: str = "",
    run: str = "",
    once: str = "",
    totals: str = "",
    more: str = "",
    horizon: str = "3 year",
    timeline: str = "start: 2027-01, step: year",
    wacc: float = 10,
) -> str:
    """The text of a model; each part has an entry a line. `run` are items in EUR/year, `once` those in EUR."""
    return MODEL.format(
        horizon=horizon,
        timeline=timeline and f"timeline: {{{timeline}}}",
        wacc=wacc,
        inputs=_indented(inputs, 6),
        calculations=_indented(calculations, 2),
        run=_indented(run or NO_ITEM.format("run"), 6),
        once=_indented(once or NO_ITEM.format("once"), 6),
        totals=_indented(totals, 2),
        more=more,
    )


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line.strip() for line in text.strip().splitlines())


def series(text: str, name: str, option: str | None = None) -> tuple[float, ...]:
    """The number of each step."""
    return steps_of(evaluate(load(text)), name, option)


def steps_of(answers: Answers, name: str, option: str | None = None) -> tuple[float, ...]:
    """The number of each step of what is over time, by the name that a formula reads."""
    found = next(key for key in (Key(name + OVER_TIME, option), Key(name, option)) if key in answers.series)
    return answers.series[found]


def flow(text: str, item: str, option: str = "a") -> tuple[float, ...]:
    """What an item comes to at the start and in each step."""
    return evaluate(load(text)).series[Key(item + OVER_TIME, option)]
