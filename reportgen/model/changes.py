"""What a scenario, `--set` or a published figure gives an input: a number, or a change in proportion (`+10 %`)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.formula.mismatch import code_of
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.question_context import in_unit
from reportgen.model.written import ChangeSpec, NumberSpec
from reportgen.problems import Collector


@dataclass(frozen=True, slots=True)
class Change:
    """So much more, or less, than the number that it starts from; `share` is 0.1 for `+10 %`."""

    share: float

    def of(self, value: float) -> float:
        return value * (1 + self.share)

    def __str__(self) -> str:
        return f"{self.share * 100:+.12g} %"


Setting = float | Change


def resolved(setting: Setting, value: float) -> float:
    """The number that a setting gives an input whose value it replaces or changes."""
    return setting.of(value) if isinstance(setting, Change) else setting


def checked_setting(written: NumberSpec | ChangeSpec, unit: Unit, what: str, problems: Collector) -> Setting:
    """A setting in the input's unit. Reports RG212, RG402 and RG403; a number that does not fit is NaN."""
    if isinstance(written, ChangeSpec):
        if written.share < -1:
            message = f"a change of {Change(written.share)} leaves less than nothing of {what}"
            problems.error("RG212", message, written.span, "a change is -100 % or more; write the number itself")
        return Change(written.share)
    if written.unit == PERCENT and not PERCENT.fits(unit):
        message = f"{what} is in %, which does not fit {unit}"
        hint = f"write `+{written.value:.12g} %` to change it in proportion, or a number in {unit}"
        problems.error(code_of(PERCENT, unit), message, written.span, hint)
        return math.nan
    return in_unit(written, unit, what, problems)
