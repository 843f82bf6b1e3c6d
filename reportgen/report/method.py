"""What a model does with time, in the words of its method section: only what it really does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.formula.nodes import Key
from reportgen.model.model import TIME_FRAME
from reportgen.model.timeline import AVERAGE, PRESENT_VALUE, SUM, Growth
from reportgen.model.timings import AT_END, DATED, LIMITED, REPEATED, SPREAD
from reportgen.presentation.cash_flow_topic import DISCOUNTING, discount_rate
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.time_words import horizon_text, month, month_text, rate_of, rate_text
from reportgen.presentation.words import message


def time_texts(cells: Cells) -> tuple[str, ...]:
    """A paragraph each: the timeline, what totals add up, growth, when items are paid, discounting."""
    over_time = bool(cells.results.courses)
    parts = (
        _timeline(cells) if over_time else (),
        _totals(cells),
        _changes(cells),
        _timings(cells),
        _discounting(cells),
    )
    return tuple(text for part in parts if (text := " ".join(part)))


def _timeline(cells: Cells) -> Iterator[str]:
    timeline = cells.model.timeline
    if timeline is None:
        return
    step, start = cells.gettext(_STEPS[timeline.step]), month(cells, timeline.start)
    if timeline.dated:
        yield cells.gettext(
            "Time is counted in steps of a {step}, from {start} on, over {period}.",
            step=step,
            start=start,
            period=horizon_text(cells),
        )
    else:
        yield cells.gettext(
            "Time is counted in steps of a {step}, over {period}.", step=step, period=horizon_text(cells)
        )
    yield cells.gettext(
        "An amount falls on its date, without one at the start, before the first step; a rate flows evenly over each "
        "step in which it is active."
    )


_STEPS = {"year": message("year"), "quarter": message("quarter"), "month": message("month")}


def _totals(cells: Cells) -> Iterator[str]:
    totals = cells.model.of_totals
    period, kinds = horizon_text(cells), {each.kind for each in totals.values()}
    if AVERAGE in kinds and cells.results.courses:
        yield cells.gettext(
            "A total per year or month is an average: everything within {period}, divided by its length.",
            period=period,
        )
    elif AVERAGE in kinds and any(each.one_time for each in cells.model.categories):
        yield cells.gettext(
            "Costs that are paid once are spread evenly over {period} where a total is per year.", period=period
        )
    elif not totals and any(each.one_time for each in cells.model.categories):
        yield cells.gettext("Costs that are paid once are counted as the formulas of the totals say.")
    if SUM in kinds:
        yield cells.gettext("A total without a time in its unit adds up everything within {period}.", period=period)


def _changes(cells: Cells) -> Iterator[str]:
    """Which inputs and items grow and how, and which have values by month; that nothing does is said too."""
    model = cells.model
    growing = {each.of for each in model.growths}
    held = [each.quantity.title for name, each in cells.results.courses.inputs.items() if name not in growing]
    if not (growing or held):
        yield cells.gettext("No growth or change of prices is applied.")
        return
    if growing:
        texts = dict.fromkeys(
            cells.gettext("{what}, by {rate}", what=model.quantities[each.of].title, rate=growth_text(cells, each))
            for each in model.growths
        )
        yield cells.gettext("Growth is applied to {growths}.", growths="; ".join(texts))
    if held:
        yield cells.gettext("Inputs with values by date: {inputs}.", inputs="; ".join(held))
    yield cells.gettext("No other input changes.")


def growth_text(cells: Cells, growth: Growth) -> str:
    """`Energy inflation (3% per year), from January 2028 on, once a year`"""
    model, rate = cells.model, cells.model.quantities[growth.rate]
    shown = rate_text(cells, cells.results.values[model.keys_of(growth.rate)[0]], rate.unit)
    is_shared = any(
        each.quantity.name == growth.rate
        for group in model.groups
        if group.id != TIME_FRAME
        for each in group.assumptions
    )
    if rate.per_option:
        by = cells.gettext("a rate of each option’s own")
    elif is_shared:
        by = cells.gettext("{input} ({rate})", input=rate.title, rate=shown)
    else:
        by = shown
    parts = [by]
    begins = next((each for each in model.assumptions if each.quantity.name == growth.begins), None)
    if begins is not None and not begins.quantity.per_option:
        start = month_text(cells, begins, cells.results.values[Key(growth.begins)])
        parts += [cells.gettext("from {month} on", month=start)] if start else []
    if growth.yearly:
        parts.append(cells.gettext("once a year"))
    return ", ".join(parts)


_TIMINGS = {
    DATED: message("Amounts on a date of their own: {items}."),
    SPREAD: message("Amounts in parts on several dates: {items}."),
    REPEATED: message("Recurring amounts: {items}."),
    AT_END: message("Amounts at the end of the horizon: {items}."),
    LIMITED: message("Only for part of the time: {items}."),
}


def _timings(cells: Cells) -> Iterator[str]:
    for each in cells.model.timings:
        yield cells.gettext(_TIMINGS[each.key], items=_titles(cells, each.items))


def _titles(cells: Cells, names: Iterable[str]) -> str:
    return "; ".join(cells.model.quantities[name].title for name in names)


def _discounting(cells: Cells) -> Iterator[str]:
    model, outcome = cells.model, cells.results.cash_flow
    valued = [each for each in model.totals if _kind(cells, each.name) == PRESENT_VALUE]
    for each in valued:
        rate = rate_of(cells, model.of_totals[each.name].rate)
        if rate:
            yield cells.gettext("{total} is discounted at {rate}.", total=each.title, rate=rate)
        else:
            yield cells.gettext("{total} is discounted, each option at its own rate.", total=each.title)
    others = len(valued) < len(model.totals)
    if others and valued:
        yield cells.gettext("The other totals are not discounted.")
    elif others:
        yield cells.gettext("Totals are not discounted.")
    if outcome is not None:
        yield cells.gettext(DISCOUNTING[outcome.timeline.discounting], rate=discount_rate(cells, outcome))
    elif valued and model.timeline is not None:
        yield cells.gettext(_POINT[model.timeline.discounting])


def _kind(cells: Cells, name: str) -> str:
    total = cells.model.of_totals.get(name)
    return "" if total is None else total.kind


_POINT = {
    "start": message("Each amount is discounted from the start of its step."),
    "middle": message("Each amount is discounted from the middle of its step."),
    "end": message("Each amount is discounted from the end of its step."),
}
