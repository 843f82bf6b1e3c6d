"""The filters and functions of the narrative: how figures are put into words, and what guards a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reportgen.compute.digits import enough_decimals
from reportgen.formula.units import CURRENCIES, PERCENT, PLAIN, Unit, UnitError, parse_unit
from reportgen.model.model import INCOMPLETE
from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import WRONG, Figure, Judgement, Missing, Text, kind_of
from reportgen.narrative.members import Member
from reportgen.narrative.printer import Printer

FILTERS = ("money", "quantity", "percent", "factor", "number", "date", "to")
FUNCTIONS = ("claim", "literal", "measure")
MOST_DECIMALS = 9
MAX_TEXT = 2_000
"""Characters of one printed value."""


@dataclass(slots=True)
class Speech:
    """The filters and functions, with what they leave behind: `failed` are the claims that do not hold, each with its
    place in the text and what decided it."""

    printer: Printer
    failed: list[tuple[int, str, str]] = field(default_factory=list)

    def filters(self) -> dict[str, Callable[..., object]]:
        return {name: getattr(self, name) for name in FILTERS}

    def functions(self) -> dict[str, Callable[..., object]]:
        return {**{name: getattr(self, name) for name in FUNCTIONS}, "_joined": self.joined}

    def money(self, value: object, decimals: object = None, unit: object = True) -> Text:
        """An amount: `€18,720 per year`, without `per year` for `unit=false`."""
        figure, places = _figure(value, "money"), _decimals(decimals)
        above = [word for word, exponent in figure.unit.words if exponent > 0]
        if len(above) != 1 or above[0] not in CURRENCIES:
            message = f"`money` prints amounts; `{figure.name}` is in {figure.unit}"
            raise NarrativeError(WRONG, message, "use `quantity`, which prints any unit")
        printed = self.printer.quantity if unit is True else self.printer.amount
        return self._stated(figure, lambda number, shown: printed(number, figure.unit, shown), places)

    def quantity(self, value: object, decimals: object = None) -> Text:
        """Any number with its unit."""
        figure = _figure(value, "quantity")
        printed = self.printer.quantity
        return self._stated(figure, lambda number, shown: printed(number, figure.unit, shown), _decimals(decimals))

    def number(self, value: object, decimals: object = None) -> Text:
        """The number alone; the sentence says of what."""
        figure = _figure(value, "number")
        printed = self.printer.number
        return self._stated(figure, lambda number, shown: printed(number, figure.unit, shown), _decimals(decimals))

    def percent(self, value: object, decimals: object = None) -> Text:
        """A share, as it is or as a plain number (0.25 is 25 %)."""
        figure = _number(value, "percent", PERCENT)
        return self._stated(figure, self.printer.percent, _decimals(decimals))

    def factor(self, value: object, decimals: object = None) -> Text:
        """How many times: `2.4×`."""
        figure = _number(value, "factor", PLAIN)
        return self._stated(figure, self.printer.factor, 1 if decimals is None else _decimals(decimals))

    def date(self, value: object) -> Text:
        if not isinstance(value, date):
            raise NarrativeError(WRONG, f"`date` prints days, not {kind_of(value)}", "for example {{ as_of | date }}")
        return Text(self.printer.date(value))

    def to(self, value: object, unit: object) -> Figure:
        """The same in another unit that fits: `total.hosted | to("EUR/month")`."""
        figure = _figure(value, "to")
        wanted = _unit(unit)
        if not wanted.fits(figure.unit):
            raise NarrativeError(WRONG, f"`{figure.name}`, in {figure.unit}, cannot be told in {wanted}")
        return Figure(figure.converted(wanted), wanted, figure.name, figure.state, figure.cases)

    def claim(self, sentence: object, condition: object, at: int = 0) -> Text:
        """The sentence, as long as the condition holds; else nothing, and it joins `failed`."""
        if not isinstance(sentence, str) or not sentence.strip():
            raise NarrativeError(
                WRONG, "a claim begins with its sentence", 'claim("It costs less.", total.a < total.b)'
            )
        if not isinstance(condition, bool | Judgement):
            raise NarrativeError(WRONG, f"a claim ends with a condition, not with {kind_of(condition)}")
        if not condition:
            self.failed.append((at, str(sentence), condition.shown if isinstance(condition, Judgement) else ""))
            return Text()
        return Text(sentence)

    def literal(self, text: object) -> Text:
        """Text that is no figure of the model though it has digits: `24/7`."""
        if not isinstance(text, str):
            raise NarrativeError(WRONG, f"`literal` takes text, not {kind_of(text)}", 'for example literal("24/7")')
        return Text(text)

    def measure(self, value: object, unit: object) -> Figure:
        """A threshold to compare with: `seats > measure(100, "seat")`."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NarrativeError(WRONG, f"`measure` takes a number and its unit, not {kind_of(value)}")
        return Figure((float(value),), _unit(unit), f"{value:g} {unit}")

    def joined(self, *parts: object) -> Text:
        """What `~` gives."""
        return Text("".join(map(self.said, parts)))

    def said(self, value: object) -> str:
        """A value as it is printed. Raises NarrativeError for what cannot be."""
        if isinstance(value, Figure):
            text = str(self.quantity(value))
        elif isinstance(value, Missing):
            value.refuse()
        elif isinstance(value, date):
            text = str(self.date(value))
        elif isinstance(value, Member):
            text = value.said()
        elif isinstance(value, str):
            text = str(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            text = self.printer.number(value, PLAIN, None)
        else:
            raise NarrativeError(WRONG, f"{kind_of(value)} cannot be printed", "{% if … %} asks whether it holds")
        if len(text) > MAX_TEXT:
            raise NarrativeError("RG854", f"a printed text is longer than {MAX_TEXT:,} characters")
        return text

    def _stated(self, figure: Figure, printed: Callable[[float, int | None], str], decimals: int | None) -> Text:
        """The number, marked if it is incomplete; the word where there is no number: never 0 for what is unknown."""
        value = figure.value
        if figure.state and (figure.state != INCOMPLETE or value == 0):
            return Text(self.printer.word(figure.state))
        if decimals is not None and decimals < 0:
            decimals = enough_decimals(value, decimals)  # thousands of what is less than one would show as nothing
            value, decimals = (_rounded(value, decimals), 0) if decimals < 0 else (value, decimals)
        text = printed(value, decimals)
        return Text(f"{text} ({self.printer.word(INCOMPLETE)})" if figure.state else text)


def _figure(value: object, what: str) -> Figure:
    if isinstance(value, Missing):
        value.refuse()
    if isinstance(value, Member):
        value.said()  # says which of its figures could be meant
    if not isinstance(value, Figure):
        hint = "a filter takes what stands just before it: (a - b) | money" if isinstance(value, Text) else ""
        raise NarrativeError(WRONG, f"`{what}` prints figures, not {kind_of(value)}", hint)
    return value


def _number(value: object, what: str, unit: Unit) -> Figure:
    figure = _figure(value, what)
    if not figure.unit.is_number:
        message = f"`{what}` prints shares and ratios; `{figure.name}` is in {figure.unit}"
        raise NarrativeError(WRONG, message, "divide it by a quantity of its kind, in brackets: (a / b) | percent")
    return Figure(figure.converted(unit), unit, figure.name, figure.state, figure.cases)


def _decimals(decimals: object) -> int | None:
    if decimals is None:
        return None
    if isinstance(decimals, int) and not isinstance(decimals, bool) and abs(decimals) <= MOST_DECIMALS:
        return decimals
    hint = "money(0) prints none, money(-3) rounds to thousands"
    raise NarrativeError(WRONG, f"decimals are a whole number from -{MOST_DECIMALS} to {MOST_DECIMALS}", hint)


def _rounded(value: float, decimals: int) -> float:
    """To tens, hundreds, … half up, by 15 digits."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _unit(unit: object) -> Unit:
    if not isinstance(unit, str):
        raise NarrativeError(WRONG, f"a unit is text, not {kind_of(unit)}", 'for example "EUR/month"')
    try:
        return parse_unit(unit)
    except UnitError as error:
        raise NarrativeError(WRONG, f"unit `{unit}`: {error}", error.hint or "for example EUR/month") from error
