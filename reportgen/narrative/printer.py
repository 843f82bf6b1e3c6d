"""How figures become text: a report prints them in its locale, a check only has to know that they can be printed."""

from __future__ import annotations

from datetime import date

from reportgen.formula.units import Unit


class Printer:
    """Numbers and units as they are. `decimals` None: by the size of the number."""

    def quantity(self, value: float, unit: Unit, decimals: int | None) -> str:
        """With its whole unit: `€18,720 per year`."""
        return f"{self.number(value, unit, decimals)} {unit}"

    def amount(self, value: float, unit: Unit, decimals: int | None) -> str:
        """With its currency only: `€18,720`."""
        return self.quantity(value, unit, decimals)

    def number(self, value: float, unit: Unit, decimals: int | None) -> str:
        """Without its unit."""
        return f"{value:.12g}" if decimals is None else f"{value:.{decimals}f}"

    def percent(self, value: float, decimals: int | None) -> str:
        """`value` in per cent."""
        return f"{value:.12g} %"

    def factor(self, value: float, decimals: int | None) -> str:
        """How many times something is: `2.4×`."""
        return f"{value:.12g} times"

    def date(self, day: date) -> str:
        return day.isoformat()

    def word(self, word: str) -> str:
        """`incomplete`, `not quoted`, `included`, `none` or `Base`, in the reader's language."""
        return word
