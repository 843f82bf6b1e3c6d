"""A model that has too much of everything for two pages."""

from __future__ import annotations

WIDE = "WIDE MAMMOTH WORKFLOW MANAGEMENT "
"""Words of the widest letters."""


def crowded_model() -> str:
    """Seven options, titles as long as they may be, many scenarios, break-evens, profiles and limits."""
    options = [f"o{number}" for number in range(7)]

    def title(number: int) -> str:
        return f"{number} {WIDE * 4}"[:120].strip()

    inputs = [
        f"      a{number}: {{title: '{title(number)}', value: {number + 1}_000_000.25, unit: USD/month, "
        f"low: {number}_500_000, high: {number + 2}_000_000, source: s}}"
        for number in range(15)
    ]
    costs = [f"o{number}: {' + '.join(f'a{at}' for at in range(number, number + 8))}" for number in range(7)]
    lines = [
        "reportgen: 1",
        "id: crowded",
        f"title: '{title(0)}'",
        f"subtitle: '{(WIDE * 7)[:200].strip()}'",
        f"summary: '{'A long sentence about what is compared here and why it matters to whom. ' * 20}'",
        "as_of: 2026-02-03",
        "currency: USD",
        "options:",
        *(f"  {id_}: {{title: '{title(number)}', summary: '{WIDE * 6}'}}" for number, id_ in enumerate(options)),
        "subject: o2",
        f"sources: {{s: {{title: '{title(1)}', evidence: placeholder}}}}",
        "assumptions:",
        "  g:",
        "    title: Group",
        "    inputs:",
        *inputs,
        "categories:",
        "  c:",
        f"    title: '{title(2)}'",
        "    sheet: Costs",
        "    unit: USD/month",
        "    items:",
        f"      i: {{title: '{title(3)}', costs: {{{', '.join(costs)}}}}}",
        "totals:",
        f"  early: {{title: '{title(4)}', unit: USD/year, formula: c}}",
        f"  second: {{title: '{title(5)}', unit: USD/year, formula: c * 2}}",
        f"  t: {{title: '{title(6)}', unit: USD/year, formula: c}}",
        "scenarios:",
        *(f"  s{number}: {{title: '{title(number)}', set: {{a0: {number}_700_000}}}}" for number in range(9)),
        "sensitivity: {of: t}",
        "break_evens:",
        *(
            f"  b{number}: {{title: '{title(number)}', driver: a0, from: 0, to: 90_000_000, "
            f"between: [o0, o{number + 1}], of: t}}"
            for number in range(6)
        ),
        "simulation: {draws: 100, seed: 1}",
        "profiles:",
        *(
            f"  p{number}: {{title: '{title(number)}', when: 'a0 > {number} [USD/month]', recommend: o{number}, "
            f"because: '{WIDE * 9}'}}"
            for number in range(5)
        ),
        "limits:",
        *(f"  - '{'A limit of the model that takes some words to tell. ' * 12}'" for _ in range(9)),
    ]
    return "\n".join(lines) + "\n"
