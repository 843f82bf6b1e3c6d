"""The fixed words of a model whose headline is no money: kilograms cost nothing and are not paid."""

from __future__ import annotations

from typing import Any

from reportgen.presentation.words import Words, message, messages

_OTHERS = {
    "Lowest cost": message("Lowest"),
    "Lowest cost: {option}": message("Lowest: {option}"),
    "{option} costs least: {amount}.": message("{option} is lowest: {amount}."),
    "Several options cost the same, and no other costs less.": message(
        "Several options come to the same, and no other to less."
    ),
    "No option has all its prices, so none can be said to cost least.": message(
        "No option has all its numbers, so none can be said to be lowest."
    ),
    "What {option} costs is not known.": message("What {option} comes to is not known."),
    "What each option costs": message("What each option comes to"),
    "Costs least": message("Lowest"),
    "Costs least: {option}": message("Lowest: {option}"),
    "Costs least: a tie": message("Lowest: a tie"),
    "Costs least: not known": message("Lowest: not known"),
    "the option that costs least": message("the lowest option"),
    "None of them alone changes which option costs least.": message(
        "None of them alone changes which option is lowest."
    ),
    "{subject} costs as much as {option}.": message("{subject} comes to as much as {option}."),
    "{subject} costs {amount} less than {option}.": message("{subject} comes to {amount} less than {option}."),
    "{subject} costs {amount} more than {option}.": message("{subject} comes to {amount} more than {option}."),
    "{change}, {share} of its cost": message("{change}, {share} of its total"),
    "From {at} on, {least} costs less than {most}; below that, {most} costs less.": message(
        "From {at} on, {least} comes to less than {most}; below that, {most} comes to less."
    ),
    "With the model’s own values and in the other scenarios, {option} costs least in {same} of {count} cases.": message(
        "With the model’s own values and in the other scenarios, {option} is lowest in {same} of {count} cases."
    ),
    "{option} also costs least in {same} of {count} scenarios.": message(
        "{option} is also lowest in {same} of {count} scenarios."
    ),
    "{option} costs least in {share} of all draws in which the inputs with a range vary.": message(
        "{option} is lowest in {share} of all draws in which the inputs with a range vary."
    ),
    "Costs by category": message("Amounts by category"),
    "Costs that are counted": message("What is counted"),
    "{category}, paid once": message("{category}, once"),
    "paid once": message("once"),
    "Intermediate results that the costs are made from.": message(
        "Intermediate results that the amounts are made from."
    ),
    "Costs that are paid once are spread evenly over {period} where a total is per year.": message(
        "Amounts that fall once are spread evenly over {period} where a total is per year."
    ),
    "One-time costs are spread over {period}.": message("Amounts that fall once are spread over {period}."),
    "Cash flow": message("Over time"),
}
_PAIRS = {
    (
        "{option} does not cost least in the one scenario.",
        "{option} costs least in none of the {count} scenarios.",
    ): messages(
        "{option} is not lowest in the one scenario.",
        "{option} is lowest in none of the {count} scenarios.",
    ),
    (
        "{option} also costs least in the one scenario.",
        "{option} also costs least in all {count} scenarios.",
    ): messages(
        "{option} is also lowest in the one scenario.",
        "{option} is also lowest in all {count} scenarios.",
    ),
}


class AmountWords(Words):
    """The words of a locale with those of cost replaced."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.locale, words.forms, words.plural)
        self.missing = words.missing

    def gettext(self, message: str, /, **values: Any) -> str:
        return super().gettext(_OTHERS.get(message, message), **values)

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        return super().ngettext(*_PAIRS.get((one, many), (one, many)), count, **values)
