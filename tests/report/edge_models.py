"""Small models at the edges of what a report has to say."""

from __future__ import annotations

TOTAL = "totals:\n  t: {title: Total cost, unit: EUR/year, formula: bill}\n"
USERS = "x: {title: Users, value: 100, unit: user, low: 50, high: 150}"
PRICE = "p: {title: Price, value: 2, unit: EUR/user/year, low: 1, high: 3}"
BREAK_EVEN = "break_evens: {be: {title: Users, driver: x, from: 0, to: 1000, between: [a, b], of: t}}\n"
SCENARIOS = "scenarios:\n  many: {title: Many, set: {x: 200}}\n  few: {title: Few, set: {x: 20}}\n"
QUESTIONS = "sensitivity: {of: t}\nsimulation: {draws: 200, seed: 1}\nranges: {r: {title: All, of: t}}\n"
RATE = "rate: {title: Discount, value: 5, unit: '%/year'}"


def of_total(*parts: str) -> str:
    """The total of these categories."""
    return f"totals: {{t: {{title: Total cost, unit: EUR/year, of: [{', '.join(parts)}], as: average}}}}\n"


def edge_model(
    costs: dict[str, object],
    more: str = "",
    *,
    subject: str = "",
    currency: str = "EUR",
    unit: str = "EUR/year",
    horizon: str = "",
    inputs: tuple[str, ...] = (),
    once: dict[str, object] | None = None,
    total: str = TOTAL,
) -> str:
    """An item in one category (`bill`), and another that is paid once (`once`), with what stands beside them."""

    def category(name: str, unit: str, amounts: dict[str, object]) -> str:
        shown = ", ".join(
            f'{each}: "{cost}"' if isinstance(cost, str) else f"{each}: {cost}" for each, cost in amounts.items()
        )
        return f"  {name}: {{title: {name.title()}, unit: {unit}, items: {{i: {{title: Item, costs: {{{shown}}}}}}}}}"

    options = ", ".join(f"{each}: {{title: Option {each.upper()}}}" for each in costs)
    lines = ["reportgen: 1", "id: edge", "title: Edge", "as_of: 2026-06-30", f"currency: {currency}"]
    lines += [f"horizon: {horizon}"] if horizon else []
    lines += [f"options: {{{options}}}"]
    lines += [f"subject: {subject}"] if subject else []
    lines += [f"assumptions: {{g: {{title: Group, inputs: {{{', '.join(inputs)}}}}}}}"] if inputs else []
    lines += ["categories:", category("bill", unit, costs)]
    lines += [category("once", currency, once)] if once else []
    return "\n".join([*lines, total, more]) + "\n"


def break_even_model(first: str, second: str, more: str = "", subject: str = "a") -> str:
    """Two options along the number of users."""
    return edge_model({"a": first, "b": second}, BREAK_EVEN + more, subject=subject, inputs=(USERS, PRICE))


FLAT = "300 [EUR/year]"
EDGES: dict[str, str] = {
    "one option": edge_model({"a": "x * p"}, SCENARIOS + QUESTIONS, inputs=(USERS, PRICE)),
    "one option, not quoted": edge_model({"a": "not quoted"}),
    "two alike": edge_model({"a": "100.3 [EUR/year]", "b": "0.1 [EUR/year] + 100.2 [EUR/year]"}, subject="a"),
    "tie of three": edge_model({"a": 100, "b": 100, "d": 120}, subject="a"),
    "cheapest incomplete": edge_model({"a": "not quoted", "b": 100, "d": 120}, subject="b"),
    "partly known": edge_model(
        {"a": 5, "b": 100},
        subject="b",
        horizon="1 year",
        once={"a": "not quoted", "b": 7},
        total=TOTAL.replace("bill", "bill + once / horizon"),
    ),
    "all incomplete": edge_model({"a": "not quoted", "b": "not quoted"}, subject="a"),
    "subject incomplete": edge_model({"a": "not quoted", "b": 1, "d": 2, "e": 3, "f": 4}, subject="a"),
    "no subject": edge_model({"a": 3, "b": 1, "d": 2}),
    "dearest": edge_model({"a": 3, "b": 1, "d": 2}, subject="a"),
    "nothing": edge_model({"a": 0, "b": 10}, subject="b"),
    "income": edge_model({"a": -50, "b": 10, "d": -80}, subject="a"),
    "small": edge_model({"a": 0.00042, "b": 0.0009}, subject="a"),
    "large": edge_model({"a": 1_200_000_000_000, "b": 1_300_000_000_000.5}, subject="a"),
    "halves": edge_model({"a": 10_000.5, "b": 20_001.5}, subject="a"),
    "scenarios": break_even_model("x * p", "250 [EUR/year]", SCENARIOS + QUESTIONS),
    "not per year": edge_model(
        {"a": 10.05, "b": 12},
        subject="a",
        currency="CHF",
        unit="CHF/month",
        horizon="3 year",
        once={"a": 1000, "b": 900},
        total="totals: {t: {title: Total, unit: CHF, formula: bill * horizon + once}}\n",
    ),
    "no category": edge_model(
        {"a": 1, "b": 2}, total="totals: {t: {title: Fixed, unit: EUR/year, formula: '12 [EUR/year]'}}\n"
    ),
}
