"""Checks of sums: items to categories and categories to totals, each across and down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.model.model import NOT_QUOTED, Category, CostStatus, Quantity
from reportgen.workbook.address import Area
from reportgen.workbook.checks import FIRST_OPTION, OTHER_WAY, Check, PartValues
from reportgen.workbook.plan import CHECKS, FIRST, TOTALS, Plan
from reportgen.workbook.rows import Kind

Row = tuple[Area, tuple[float, ...]]


def total_row(plan: Plan, results: Answers, name: str) -> Row:
    """The cells of a number per option, and what they hold."""
    keys = plan.model.keys_of(name)
    cell = plan.cells[keys[0]]
    area = Area(cell.sheet, cell.row, FIRST, cell.row, plan.last_option_column)
    return area, tuple(results.values[key] for key in keys)


def columns(area: Area) -> list[Area]:
    """The columns of an area, from left to right."""
    return [replace(area, left=column, right=column) for column in range(area.left, area.right + 1)]


def item_area(plan: Plan, category: Category, *, spare: bool) -> Area:
    """The costs of a category, with or without its spare lines."""
    name = category.quantity.name
    first, rows = plan.cells[plan.model.keys_of(category.items[0].name)[0]], plan.spare_rows[name]
    last = rows[-1] if spare else rows[0] - 1
    return Area(first.sheet, first.row, FIRST, last, plan.last_option_column)


def category_sums(plan: Plan, results: Answers) -> Iterator[Check]:
    """The sum of a category's costs is the sum of its totals, and each option's is that option's total."""
    for category in plan.model.categories:
        block, against = item_area(plan, category, spare=True), total_row(plan, results, category.quantity.name)
        sums = [
            sum(results.values[Key(item.name, option)] for item in category.items) for option in plan.model.option_ids
        ]
        formulas = [f"=SUM({column.seen_from(CHECKS)})" for column in columns(block)]
        yield Check(
            f"{category.quantity.title}: items and their total",
            category.sheet,
            str(category.quantity.unit),
            sum(sums),
            sum(against[1]),
            f"=SUM({block.seen_from(CHECKS)})",
            f"=SUM({against[0].seen_from(CHECKS, fixed=True)})",
            tuple(zip(sums, formulas, strict=True)),
            against,
        )


def total_sums(plan: Plan, results: Answers, parts: PartValues) -> Iterator[Check]:
    """What the categories add to a total is the total, and so is each of them with what is left without it."""
    for total in plan.model.totals:
        rows = plan.contribution_rows[total.name]
        if rows:
            block = Area(TOTALS, rows[0], FIRST, rows[-1], plan.last_option_column)
            values = [sum(part[option] for part in parts[total.name]) for option in plan.model.option_ids]
            against = total_row(plan, results, total.name)
            yield _total(total, "categories and their total", against, values, ["SUM({})"], [block])
            yield from _without(plan, total, against, parts)


def _without(plan: Plan, total: Quantity, against: Row, parts: PartValues) -> Iterator[Check]:
    """A category and the total without it make the total; on average over the categories."""
    found = [row for row in plan.rows[TOTALS] if row.kind is Kind.WITHOUT and row.name == total.name]
    if not found:
        return
    left = Area(TOTALS, found[0].number, FIRST, found[-1].number, plan.last_option_column)
    first = plan.contribution_rows[total.name][found[0].index]
    taken = replace(left, top=first, bottom=first + len(found) - 1)
    values = []
    for option, amount in zip(plan.model.option_ids, against[1], strict=True):
        own = [parts[total.name][row.index][option] for row in found]
        values.append((sum(amount - each for each in own) + sum(own)) / len(found))
    texts = ["(SUM({})", "+SUM({}))", "/ROWS({})"]
    yield _total(total, "with and without each category", against, values, texts, [left, taken, left])


def _total(total: Quantity, what: str, against: Row, values: list[float], texts: list[str], areas: list[Area]) -> Check:
    """`texts` make a formula with `areas`, which is the same for all options as for one."""

    def formula(own: list[Area]) -> str:
        return "=" + "".join(text.format(area.seen_from(CHECKS)) for text, area in zip(texts, own, strict=True))

    options = [formula(list(each)) for each in zip(*(columns(area) for area in areas), strict=True)]
    return Check(
        f"{total.title}: {what}",
        TOTALS,
        str(total.unit),
        sum(values),
        sum(against[1]),
        formula(areas),
        f"=SUM({against[0].seen_from(CHECKS, fixed=True)})",
        tuple(zip(values, options, strict=True)),
        against,
    )


def cost_words(plan: Plan, results: Answers) -> Iterator[Check]:
    """Every cost is a number or one of the words that stand for one. By option: how many are known."""
    for category in plan.model.categories:
        area = item_area(plan, category, spare=False)
        seen = area.seen_from(CHECKS)
        # IronCalc's COUNTIF takes no single cell; no word of a spare line is one of a single cost.
        searched = (area if area.several else item_area(plan, category, spare=True)).seen_from(CHECKS)
        words = "+".join(f'COUNTIF({searched},"{word}")' for word in ("included", "none", NOT_QUOTED))
        count, options = len(category.items), []
        for own, option in zip(columns(item_area(plan, category, spare=True)), plan.model.option_ids, strict=True):
            keys = [Key(item.name, option) for item in category.items]
            unknown = sum(plan.model.definitions[key] == CostStatus(NOT_QUOTED) for key in keys)
            items = replace(own, bottom=area.bottom).seen_from(CHECKS)
            text = f'=COUNTA({items})-COUNTIF({own.seen_from(CHECKS)},"{NOT_QUOTED}")'
            options.append((float(count - unknown), text))
        filled = float(count * len(options))
        yield Check(
            f"{category.quantity.title}: every cost is a number or a word",
            category.sheet,
            "costs",
            filled,
            filled,
            f"=COUNT({seen})+{words}",
            f"=ROWS({seen})*COLUMNS({seen})",
            tuple(options),
            note="Words: included, none, not quoted. By option: how many costs are known.",
        )


def spare_words(plan: Plan) -> Iterator[Check]:
    """What is typed into spare lines is understood: any other text would count as nothing, unseen."""
    for category in plan.model.categories:
        whole = item_area(plan, category, spare=True)
        spare = replace(whole, top=plan.spare_rows[category.quantity.name][0]).seen_from(CHECKS)
        yield Check(
            f"{category.quantity.title}: spare lines hold numbers",
            category.sheet,
            "costs",
            0.0,
            0.0,
            f'=COUNT({spare})+COUNTIF({spare},"included")+COUNTIF({spare},"none")',
            f"=COUNTA({spare})",
            note="A text other than included or none counts as nothing.",
        )


def complete_options(plan: Plan, first: int, words: tuple[Check, ...]) -> Iterator[Check]:
    """How many costs of each option are known: counted by `words`, checks that stand on Checks from row `first` on."""
    last, count = first + len(words) - 1, len(plan.model.options)
    filled = Area(CHECKS, first, OTHER_WAY, last, OTHER_WAY).seen_from(CHECKS, fixed=True)
    known = Area(CHECKS, first, FIRST_OPTION, last, FIRST_OPTION + count - 1)
    for at, (option, column) in enumerate(zip(plan.model.options, columns(known), strict=True)):
        yield Check(
            f"{option.title}: costs that are known",
            TOTALS,
            "costs",
            sum(check.options[at][0] for check in words),
            sum(check.right for check in words) / count,
            f"=SUM({column.seen_from(CHECKS)})",
            f"=SUM({filled})/COLUMNS({known.seen_from(CHECKS, fixed=True)})",
            note="The others are not quoted; the option is incomplete until they are.",
        )
