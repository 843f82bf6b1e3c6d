"""The sample model as text to break and as a model to compute with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.problems import ModelError, Problem
from reportgen.source import Source

SAMPLE_PATH = Path(__file__).parent.parent.parent / "inputs" / "team-chat.yaml"
TOTALS = """\
totals:
  running: {title: Running cost, unit: EUR/year, formula: subscription + infrastructure + people}
  total:   {title: Total cost of ownership, unit: EUR/year, formula: running + set_up / horizon}
"""
"""The sample's totals as formulas, which tests break and put others in place of."""

_TEXT = SAMPLE_PATH.read_text(encoding="utf-8")
SAMPLE = _TEXT[: _TEXT.index("totals:\n")] + TOTALS + _TEXT[_TEXT.index("metrics:\n") :]


def changed(*replacements: tuple[str, str]) -> str:
    """The sample with parts of its text replaced, each of which must be there."""
    text = SAMPLE
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def load(text: str) -> Model:
    model, _ = load_source(Source("model.yaml", text))
    return model


def sample(*replacements: tuple[str, str]) -> Model:
    return load(changed(*replacements))


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ModelError) as caught:
        load(text)
    return caught.value.problems
