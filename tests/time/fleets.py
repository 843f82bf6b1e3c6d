"""A small model over time, by year and by month."""

from __future__ import annotations

from pathlib import Path

from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.source import Source

SMALL_FLEET = Path(__file__).with_name("small_fleet.yaml")
MONTHLY = (
    ("horizon: 6 year", "horizon: 30 month"),
    ("step: year", "step: month"),
    ("until: 2031-12", "until: 2029-03"),
    ("value: 5, unit: year, low: 4, high: 7", "value: 2, unit: year, low: 1, high: 2.25"),
    ("battery_age: 4", "battery_age: 1.5"),
    ("every: 3 year", "every: 7 month"),
    ("- 100_000 [EUR]", "- 20_000 [EUR]"),
)


def small_fleet(*replacements: tuple[str, str]) -> Model:
    text = SMALL_FLEET.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return load_source(Source("small_fleet.yaml", text))[0]
