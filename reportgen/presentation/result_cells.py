"""Numbers of the results as cells of a table: formatted, and marked with what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.compute.answers import Answers
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.internal_rate import NONE
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.model import INCOMPLETE, CostStatus, Model, Quantity
from reportgen.model.scenarios_model import Scenario
from reportgen.presentation.amount_words import AmountWords
from reportgen.presentation.format import amount_and_rest, is_money, plain_quantity, unit_text
from reportgen.presentation.value_table import TableCell, TableRow
from reportgen.presentation.words import Words, words_of

COLUMNS = 7
"""As many options as can be told apart side by side."""


def words_for(model: Model, words: Words) -> Words:
    """The words that are said of a model: those of cost only where its headline is an amount of money."""
    return words if is_money(model.headline.unit) else AmountWords(words)


@dataclass(frozen=True, slots=True)
class Cells:
    """The results and the locale they are shown in; catalogs of `folders` go before the shipped ones. `by_step`: what
    changes over time has a number for each step of the timeline, rather than each year."""

    results: Answers
    locale: str
    folders: tuple[Path, ...] = ()
    by_step: bool = False

    @property
    def model(self) -> Model:
        return self.results.model

    @property
    def words(self) -> Words:
        return words_for(self.model, words_of(self.locale, self.folders))

    def gettext(self, message: str, **values: Any) -> str:
        """A fixed text in the reader's language."""
        return self.words.gettext(message, **values)

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        """One of two fixed texts by a count."""
        return self.words.ngettext(one, many, count, **values)

    def term(self, state: str) -> str:
        """A state, verdict, answer or class of evidence (`terms.TERMS`) in the reader's language."""
        return self.words.gettext(state)

    def unit_text(self, unit: Unit) -> str:
        """A unit as a heading shows it: `EUR/year`; nothing for a plain number."""
        return unit_text(unit, self.locale)

    def column_unit(self, unit: Unit) -> str:
        """What a column of units shows: per cent stands with the number already."""
        return "" if unit == PERCENT else self.unit_text(unit)

    def named(self, title: str, unit: Unit) -> str:
        """A title with the unit of its numbers: `Total cost, EUR/year`."""
        return ", ".join(each for each in (title, self.column_unit(unit)) if each)

    def case_title(self, scenario: Scenario) -> str:
        """A scenario among others, the base included."""
        return self.gettext("The model’s own values") if scenario.is_base else scenario.title

    @property
    def option_titles(self) -> tuple[str, ...]:
        return tuple(option.title for option in self.model.options)

    def is_word(self, key: Key) -> bool:
        """Whether a word stands where the number would."""
        return isinstance(self.model.definitions[key], CostStatus)

    def mark(self, key: Key) -> str:
        return self.incomplete(self.results.is_incomplete(key))

    def incomplete(self, is_so: bool) -> str:
        """The mark of a number that lacks a price, "" where none is lacking."""
        return self.term(INCOMPLETE) if is_so else ""

    def numbers(self, quantities: Iterable[Quantity]) -> list[float]:
        keys = [key for quantity in quantities for key in self.model.keys_of(quantity.name)]
        return [
            self.results.values[key] for key in keys if not self.is_word(key) and not self.results.missing_rate(key)
        ]

    def decimals(self, *quantities: Quantity) -> int:
        """Decimal places for quantities of one unit that stand in the same columns."""
        return result_decimals(self.numbers(quantities), quantities[0].unit)

    def _own_decimals(self, quantity: Quantity) -> int:
        """Decimal places for a quantity that stands alone: all digits of what the author wrote."""
        given = all(map(self.model.is_input, self.model.keys_of(quantity.name)))
        return input_decimals(self.numbers([quantity]), quantity.unit) if given else self.decimals(quantity)

    def cell(self, key: Key, unit: Unit, decimals: int) -> TableCell:
        if self.is_word(key):
            state = self.results.state(key)
            return TableCell(self.term(state), word=True, state=state)
        if missing := self.results.missing_rate(key):
            text = self.gettext("no rate") if missing == NONE else self.gettext("several rates")
            return TableCell(text, word=True, mark=self.mark(key))
        return self.number(self.results.values[key], unit, decimals, self.mark(key))

    def number(self, value: float, unit: Unit, decimals: int, mark: str = "", note: str = "") -> TableCell:
        """A computed number; a word where it lacks a price (`mark`) and nothing else of it is known: no price is 0."""
        if mark and value == 0:
            return TableCell(self.gettext("not known"), word=True, mark=mark, note=note)
        return TableCell(plain_quantity(value, unit, decimals, self.locale), mark=mark, note=note)

    def is_known(self, key: Key) -> bool:
        """Whether anything is known of a total: one of nothing but missing prices is no 0."""
        return self.results.is_known(key)

    def cells(self, quantity: Quantity, decimals: int) -> tuple[TableCell, ...]:
        return tuple(self.cell(key, quantity.unit, decimals) for key in self.model.keys_of(quantity.name))

    def amount(self, value: float, unit: Unit, decimals: int) -> tuple[str, str]:
        """A number with its currency, and the rest of its unit."""
        return amount_and_rest(value, unit, decimals, self.locale)

    def citations(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources, as the register of sources counts them."""
        numbers = {name: number for number, name in enumerate(self.model.citations, 1)}
        return tuple(sorted({numbers[name] for name in sources}))

    def row(
        self, quantity: Quantity, decimals: int | None = None, kind: str = "item", *, with_unit: bool = True
    ) -> TableRow:
        places = self._own_decimals(quantity) if decimals is None else decimals
        return TableRow(
            quantity.title,
            quantity.name,
            self.cells(quantity, places),
            self.column_unit(quantity.unit) if with_unit else "",
            quantity.note,
            self.citations(quantity.sources),
            kind,
        )


def input_title(cells: Cells, key: Key) -> str:
    """What an input is called, with the option whose it is."""
    title = cells.model.quantities[key.name].title
    return f"{title}, {cells.model.option(key.option).title}" if key.option else title


def signed(value: float, text: str) -> str:
    """A number's text, with a plus sign where it has one."""
    return f"+{text}" if value > 0 else text


def as_sentence(text: str) -> str:
    """A text of the author's inside a paragraph; names that are written small at their start stay so (`vLLM`)."""
    if text.partition(" ")[0].islower():
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
