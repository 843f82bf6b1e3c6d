"""Titles that readers may change: each is typed in one cell, and every other cell refers to it.

Options have theirs in the head of Summary, scenarios in that of Assumptions, categories on top of their sheets and
items in their rows there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_

from reportgen.formula.nodes import Key
from reportgen.model.model import Table
from reportgen.model.scenarios_model import Scenario
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import Message, message, sheet_title, together
from reportgen.workbook.expressions import Constant, Expression, Operand, cell
from reportgen.workbook.filled_messages import filled_message, short_parts
from reportgen.workbook.plan import ASSUMPTIONS, HEAD_ROW, LABEL, SUMMARY, Plan
from reportgen.workbook.rows import Kind

Text = str | Expression
"""Words, or an expression that comes to words."""


def option_title(plan: Plan, option: str) -> Expression:
    """The title of an option, by its id."""
    return cell(Address(SUMMARY, HEAD_ROW, plan.option_column(option)), fixed=True)


def scenario_title(plan: Plan, scenario: Scenario) -> Expression:
    """The title of a scenario, or of the base."""
    return cell(Address(ASSUMPTIONS, HEAD_ROW, plan.scenario_column(scenario)), fixed=True)


def title_of(plan: Plan, name: str) -> Text:
    """The title of a quantity: a reference for a category and an item, and for what is derived from them a reference
    and what it is of theirs (`Tyres: every`); words for all others."""
    return derived_title(plan, name, plan.model.quantities[name].title)


def derived_title(plan: Plan, name: str, title: str) -> Text:
    """A title that begins with that of the category or item which `name` belongs to: that part of it is a reference."""
    cells = _title_cells(plan)
    owner = next((each for each in _owners(name) if each in cells), None)
    if owner is None or not title.startswith(own := plan.model.quantities[owner].title):
        return title
    return joined(cell(cells[owner], fixed=True), title[len(own) :])


def table_title(plan: Plan, table: Table, after: str = "") -> Text:
    """The title of a table, with its option's if options have tables of their own; `after` follows both."""
    if table.option is None:
        return joined(table.title, after)
    return joined(table.common_title, ", ", option_title(plan, table.option), after)


def title_on_sheet(plan: Plan, sheet: str) -> Text:
    """What a sheet is called on itself: the title of its category, else its name."""
    category = next((name for name, each in plan.category_sheets.items() if each == sheet), None)
    return sheet_title(sheet) if category is None else title_of(plan, category)


def key_title(plan: Plan, key: Key, after: str = "") -> Text:
    """The title of a number: that of its quantity, and of its option if it has one; `after` follows both."""
    option: Text = option_title(plan, key.option) if key.option else ""
    return joined(title_of(plan, key.name), ", " if key.option else "", option, after)


def phrase(text: str, /, **values: Operand) -> Text:
    """A fixed text, `{name}` in it for each of the values: a message where all of them are words, else a formula."""
    if any(isinstance(each, Expression) for each in values.values()):
        said = {name: each if isinstance(each, Expression | str) else f"{each:g}" for name, each in values.items()}
        return filled_message(text, **said)
    return message(text, **values)


def joined(*parts: Text) -> Text:
    """Texts one after the other: words where all of them are, else a formula."""
    if all(isinstance(part, str) for part in parts):
        return together(*parts)
    merged: list[Text] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(before := merged[-1], str):
            merged[-1] = before + part
        elif part != "":
            merged.append(part)
    first, *others = [piece for part in merged for piece in _pieces(part)]
    return reduce(and_, others, first)


def _pieces(part: Text) -> list[Expression]:
    """A part of a text as formulas hold it, in pieces that are not too long; messages are parted once they are said."""
    if isinstance(part, Message):
        return [Constant(part)]
    return [part] if isinstance(part, Expression) else [Constant(each) for each in short_parts(part)]


def listed_texts(texts: list[Text], between: str = ", ") -> Text:
    """Texts with something between each two."""
    parts = [part for text in texts for part in (between, text)]
    return joined(*parts[1:])


def and_more(text: Text, more: int) -> Text:
    """A list that leaves out so many, if any."""
    return phrase("{names} and {count} more", names=text, count=str(more)) if more > 0 else text


def title_areas(plan: Plan) -> tuple[Area, ...]:
    """Where the titles of options and of scenarios are typed: those of an area differ from each other."""
    options = Area(SUMMARY, HEAD_ROW, plan.option_column(plan.model.option_ids[0]), HEAD_ROW, plan.last_option_column)
    return options, plan.scenario_titles


def title_cells(plan: Plan) -> frozenset[Address]:
    """Every cell in which a title is typed."""
    heads = (
        Address(area.sheet, area.top, column)
        for area in title_areas(plan)
        for column in range(area.left, area.right + 1)
    )
    return frozenset((*heads, *_title_cells(plan).values()))


def _title_cells(plan: Plan) -> dict[str, Address]:
    """Where the titles of categories and items are typed, by the names of all that bears them."""
    return plan.model.once(_title_cells, lambda: _find_title_cells(plan))


def _find_title_cells(plan: Plan) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for category in plan.model.categories:
        found[category.quantity.name] = Address(category.sheet, 1, LABEL)
        items = (row for row in plan.rows[category.sheet] if row.kind is Kind.ITEM)
        found |= {row.name: Address(category.sheet, row.number, LABEL) for row in items}
    return found


def _owners(name: str) -> Iterator[str]:
    """A name and those that it is derived from, the nearest first: `a.b.every`, `a.b`, `a`."""
    yield name
    for at in range(len(name) - 1, 0, -1):
        if name[at] in ". ":
            yield name[:at]
