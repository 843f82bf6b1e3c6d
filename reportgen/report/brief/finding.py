"""What a brief finds, in sentences and key figures, and what it is about."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.comparison import Comparison
from reportgen.presentation.format import date
from reportgen.presentation.ranking_words import no_lowest
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.results_topic import unquoted
from reportgen.presentation.sentences import first_sentences, shortened
from reportgen.presentation.simulation_topic import chance_text
from reportgen.report.about import changed_inputs
from reportgen.report.answer import comes_to
from reportgen.report.brief.brief_tables import CELL, HEAD, TITLE
from reportgen.report.brief.page_fit import WIDTH, height
from reportgen.report.evidence import Evidence
from reportgen.report.key_figures import cheapest, saving, tiles
from reportgen.report.view_parts import Saving, Tile

_MOST_TILES, _LEAD, _FINDING = 4, 700, 300
_AROUND = 4.5
"""Millimetres below a block."""


def meta(cells: Cells) -> str:
    """When, in which currency and for which case."""
    model, scenario = cells.model, cells.results.scenario
    parts = [cells.gettext("As of {day}", day=date(model.as_of, cells.locale))]
    parts.append(cells.gettext("amounts in {currency}", currency=model.currency))
    parts += (
        [cells.gettext("scenario: {scenario}", scenario=shortened(scenario.title, CELL))]
        if not scenario.is_base
        else []
    )
    changed = shortened(changed_inputs(cells), TITLE)
    parts += [cells.gettext("changed inputs: {inputs}", inputs=changed)] if changed else []
    return " · ".join(parts)


def context(cells: Cells, room: float) -> tuple[str, tuple[tuple[str, str], ...], float]:
    """What the comparison is about, what the options are, and the height of both, as far as `room` millimetres go."""
    model = cells.model
    lead = shortened(first_sentences(model.summary, _LEAD), _LEAD)
    needed = (height(lead, WIDTH, 9) + 2 if lead else 0.0) + _AROUND
    if needed > room:
        return "", (), 0.0
    options = tuple((shortened(each.title, CELL), shortened(each.summary, TITLE * 2)) for each in model.options)
    more = sum(height(f"{title} {summary}", WIDTH, 9) + 1 for title, summary in options)
    if not all(summary for _, summary in options) or needed + more > room:
        return lead, (), needed if lead else 0.0
    return lead, options, needed + more


def headline(cells: Cells, comparison: Comparison) -> tuple[str, ...]:
    """Which option costs least, and what that means for the subject."""
    model, least = cells.model, cheapest(cells, comparison)
    shown = {each.option: each for each in tiles(cells, comparison)}
    if len(shown) == 1:
        (tile,) = shown.values()
        return (comes_to(cells, replace(tile, label=shortened(tile.label, CELL))),)
    if least.id:
        tile = shown[least.id]
        amount = f"{tile.value} {tile.rest}".strip()
        found = [cells.gettext("{option} costs least: {amount}.", option=shortened(least.option, CELL), amount=amount)]
    else:
        found = [no_lowest(cells, comparison.ranking)]
    subject = shortened(model.option(model.subject).title, CELL) if model.subject else ""
    savings = [each for each in _savings(cells, comparison) if each.direction != "not known"]
    complete = [each for each in savings if not each.incomplete]
    found += [_against(cells, subject, each) for each in (complete or savings)[:2]]
    return tuple(found if len(" ".join(found)) <= _FINDING else found[:2])


def _savings(cells: Cells, comparison: Comparison) -> list[Saving]:
    return [saving(cells, each, comparison) for each in comparison.differences]


def _against(cells: Cells, subject: str, each: Saving) -> str:
    """What the subject costs less or more than another option."""
    amount = f"{each.amount} {each.rest}".strip()
    if each.share:
        amount = cells.gettext("{amount} ({share})", amount=amount, share=each.share)
    words = {"subject": subject, "option": shortened(each.option, CELL), "amount": amount}
    if each.direction == "same":
        text = cells.gettext("{subject} costs as much as {option}.", **words)
    elif each.direction == "less":
        text = cells.gettext("{subject} costs {amount} less than {option}.", **words)
    else:
        text = cells.gettext("{subject} costs {amount} more than {option}.", **words)
    return f"{text} {cells.gettext('This counts only the prices that are known.')}" if each.incomplete else text


def warning(cells: Cells) -> str:
    """The costs without a price."""
    missing = unquoted(cells)
    if not missing:
        return ""
    option, item, _ = missing[0]
    words = {"item": shortened(item, CELL), "option": shortened(option, CELL), "count": len(missing) - 1}
    if len(missing) == 1:
        text = cells.gettext("No price was quoted for {item} of {option}.", **words)
    else:
        text = cells.ngettext(
            "No price was quoted for {item} of {option} and for {count} other cost.",
            "No price was quoted for {item} of {option} and for {count} other costs.",
            len(missing) - 1,
            item=words["item"],
            option=words["option"],
        )
    return f"{text} {cells.gettext('Totals that lack a price are marked incomplete and not ranked.')}"


def key_figures(cells: Cells, comparison: Comparison, state: Evidence) -> tuple[Tile, ...]:
    """Up to four key figures: the lowest cost, the subject against others, how sure that is, and on what it rests."""
    least, shown = cheapest(cells, comparison), tiles(cells, comparison)
    found = [replace(each, label=shortened(each.label, HEAD), kind="subject") for each in shown if len(shown) == 1]
    for each in shown if len(shown) > 1 else ():
        if each.option == least.id:
            title = cells.gettext("Lowest cost: {option}", option=shortened(least.option, HEAD))
            found.append(replace(each, label=title, kind="subject"))
    if not found:
        none = cells.gettext("no option is ranked first")
        found.append(Tile(cells.gettext("Lowest cost"), least.word, none, kind="subject"))
    words = {"less": cells.gettext("less"), "more": cells.gettext("more"), "same": cells.gettext("difference")}
    for one in sorted(_savings(cells, comparison), key=lambda one: one.incomplete)[:2]:
        label, word = (
            cells.gettext("against {option}", option=shortened(one.option, HEAD)),
            words.get(one.direction, ""),
        )
        rest = ", ".join(part for part in (f"{word} {one.rest}".strip(), one.share) if part)
        found.append(Tile(label, one.amount, rest, cells.incomplete(one.incomplete)))
    chance = _chance(cells, comparison) if len(least.ranked) > 1 else None
    found += [chance] if chance and len(found) < _MOST_TILES - 1 else []
    found.append(Tile(cells.gettext("Evidence"), state.count, state.short))
    return tuple(found[:_MOST_TILES])


def _chance(cells: Cells, comparison: Comparison) -> Tile | None:
    """How likely the option that costs least is to do so when all inputs with a range vary."""
    outcome, option = cells.results.simulation, comparison.cheapest
    if outcome is None or option is None or outcome.total.name != comparison.total.name:
        return None
    title = shortened(cells.model.option(option).title, HEAD)
    label = cells.gettext("Chance of {option} being the cheapest", option=title)
    return Tile(label, chance_text(cells, outcome, option), cells.gettext("when all inputs vary"))
