"""What the command line says about one of the shipped models, as the tests of the models read it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result

from reportgen.cli.main import cli

INPUTS = Path(__file__).parents[2] / "inputs"
EXACT = 1e-9

Values = dict[str, dict[str, Any]]
Number = float | dict[str, float]


class Shown:
    """The model in the folder `name` of inputs/."""

    def __init__(self, name: str) -> None:
        self.path = INPUTS / name
        self.answer = cache(self._answer)
        self.written: dict[str, Any] = yaml.safe_load((self.path / "model.yaml").read_text("utf-8"))

    def run(self, command: str, *arguments: str) -> Result:
        return CliRunner().invoke(cli, [command, str(self.path), *arguments], catch_exceptions=False)

    def _answer(self, *arguments: str) -> dict[str, Any]:
        """What `reportgen show --json` prints."""
        done = self.run("show", "--json", *arguments)
        assert done.exit_code == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def question(self, name: str, *arguments: str) -> Any:
        """What it says to one of the model's questions: `break-even`, `published`, …"""
        return self.answer(f"--{name}", *arguments)[name.replace("-", "_")]

    def values(self, *arguments: str) -> Values:
        values: Values = self.answer(*arguments)["values"]
        return values

    def setting(self, **changes: float) -> Values:
        """Its values with other inputs."""
        return self.values(*(part for name, value in changes.items() for part in ("--set", f"{name}={float(value)!r}")))

    def is_sound(self) -> bool:
        """Whether `reportgen check` finds nothing, not even a warning."""
        done = self.run("check")
        assert done.exit_code == 0, done.stderr
        return "no problems" in done.stderr


def number(values: Values, name: str) -> Number:
    """One number, or one per option; what is included or does not apply counts as nothing."""
    found = values[name]
    if "options" not in found:
        return float(found["value"])
    nothing = [option for option, state in found.get("states", {}).items() if state in ("included", "none")]
    return {option: 0.0 if value is None and option in nothing else value for option, value in found["options"].items()}


def one(values: Values, name: str, option: str = "") -> float:
    found = number(values, name)
    return found[option] if isinstance(found, dict) else found
