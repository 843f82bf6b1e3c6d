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
    "Which option costs least is open: {why}.": message("Which option is lowest is open: {why}."),
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
    "A cost that nobody has quoted is not counted as zero without saying so. Whatever is computed from it is computed "
    "from what is known and marked <em>incomplete</em>, and an incomplete option is never called the cheapest, even if "
    "what is known of it is lowest.": message(
        "An amount that nobody has stated is not counted as zero without saying so. Whatever is computed from it is "
        "computed from what is known and marked <em>incomplete</em>, and an incomplete option is never called the "
        "lowest, even if what is known of it is."
    ),
    "Each category is the sum of its items. <em>Included</em> means that the cost is part of another price, <em>none"
    "</em> that it does not arise; both count as nothing. <em>Not quoted</em> means that it arises at an unknown "
    "price.": message(
        "Each category is the sum of its items. <em>Included</em> means that the amount is part of another one, <em>"
        "none</em> that it does not arise; both count as nothing. <em>Not quoted</em> means that it is not known."
    ),
    "Total": message("In all"),
    "Totals of each option": message("What the options come to"),
    "Which of {first} and {second} costs less changes {count} times, at {places}. The first time, {early} becomes the "
    "cheaper one; after the last, up to {end}, {least} stays it.": message(
        "Which of {first} and {second} is lower changes {count} times, at {places}. The first time, {early} becomes "
        "the lower one; after the last, up to {end}, {least} stays it."
    ),
    "An exception is {input} from {ranges}: there both cost the same.": message(
        "An exception is {input} from {ranges}: there both come to the same."
    ),
    "At {at}, {first} and {second} cost the same; above that, {least} costs less, and below it {most}.": message(
        "At {at}, {first} and {second} come to the same; above that, {least} comes to less, and below it {most}."
    ),
    "{first} and {second} cost the same throughout, at {input} from {start} to {end}.": message(
        "{first} and {second} come to the same throughout, at {input} from {start} to {end}."
    ),
    "There is no break-even: {least} never costs more than {most} at {input} from {start} to {end}.": message(
        "There is no break-even: {least} never comes to more than {most} at {input} from {start} to {end}."
    ),
    "There is no break-even: {least} costs less than {most} at {input} from {start} to {end}.": message(
        "There is no break-even: {least} comes to less than {most} at {input} from {start} to {end}."
    ),
    "The option that costs least is {option}.": message("The lowest option is {option}."),
    "It is also the option that costs least.": message("It is also the lowest option."),
    "can change which option costs least": message("can change which option is lowest"),
    "{total} of the option that costs least, by {down} and {across}": message(
        "{total} of the lowest option, by {down} and {across}"
    ),
    "Down: {down}. Across: {across}. Below each total: the option that costs least there.": message(
        "Down: {down}. Across: {across}. Below each total: the option that is lowest there."
    ),
    "{input} from {low} to {high}: {at_low} to {at_high}, can change which option costs least.": message(
        "{input} from {low} to {high}: {at_low} to {at_high}, can change which option is lowest."
    ),
    "Chance of being the cheapest": message("Chance of being the lowest"),
    "Chance of {option} being the cheapest": message("Chance of {option} being the lowest"),
    "The cheapest option in each scenario": message("The lowest option in each scenario"),
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
        "One input alone can change which of all options costs least.",
        "{count} inputs, each alone, can change which of all options costs least.",
    ): messages(
        "One input alone can change which of all options is lowest.",
        "{count} inputs, each alone, can change which of all options is lowest.",
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
