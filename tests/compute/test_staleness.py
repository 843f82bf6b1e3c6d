"""How old a source may be, by the calendar, and what is said of those that are older."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.compute.staleness import months_after, placeholders, source_findings, stale_sources
from reportgen.model.spec import MAX_SOURCE_AGE
from tests.model.samples import changed, problems_of, sample

SOURCE = "accessed: 2026-06-12"
AS_OF = "as_of: 2026-06-30"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-12", 12, "2027-06-12"),
        ("9999-06-12", 12, "9999-12-31"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("as_of", "limit", "stale"),
    [
        ("2027-06-12", "", False),
        ("2027-06-13", "", True),
        ("2027-06-13", "13 months", False),
        ("2028-06-12", "2 years", False),
        ("2028-06-13", "2 years", True),
        ("2026-07-12", "1 month", False),
        ("2026-07-13", "1 month", True),
    ],
)
def test_a_source_is_stale_after_its_last_day(as_of: str, limit: str, stale: bool) -> None:
    age = f"\nmax_source_age: {limit}" if limit else ""
    model = sample((AS_OF, f"as_of: {as_of}{age}"))
    assert bool(stale_sources(model)) == stale
    assert [each.code for each in source_findings(model)] == ["RG704"] * stale


def test_twelve_months_hold_where_the_model_says_nothing() -> None:
    assert sample().max_source_age == MAX_SOURCE_AGE == 12
    assert sample((AS_OF, f"{AS_OF}\nmax_source_age: 1 year")).max_source_age == 12


def test_a_source_that_was_never_looked_up_does_not_grow_old() -> None:
    model = sample((AS_OF, "as_of: 2036-06-30"), ("url: https://example.com/pricing, accessed: 2026-06-12,", ""))
    assert stale_sources(model) == ()


def test_a_source_cannot_be_accessed_after_the_models_day() -> None:
    assert sample((SOURCE, "accessed: 2026-06-30")).citations["vendor_list"].accessed == date(2026, 6, 30)
    (problem,) = problems_of(changed((SOURCE, "accessed: 2026-07-01")))
    assert (problem.code, problem.severity) == ("RG214", "error")
    assert problem.message == "a source was accessed on 2026-07-01, after the model's day, 2026-06-30"
    assert problem.source.text[problem.span.start : problem.span.end] == "2026-07-01"


@pytest.mark.parametrize(
    ("review", "codes"), [("2031-06-30", []), ("2031-07-01", ["RG707"]), ("2026-06-29", ["RG706"])]
)
def test_a_review_is_due_or_years_away(review: str, codes: list[str]) -> None:
    model = sample((SOURCE, f"{SOURCE}, review: {review}"))
    assert [(each.code, each.severity) for each in source_findings(model)] == [(code, "warning") for code in codes]


def test_placeholders_are_findings_only_where_strictness_is_asked_for() -> None:
    model = sample(("evidence: list-price}", "evidence: placeholder}"))
    assert [each.id for each in placeholders(model)] == ["vendor_list"]
    assert source_findings(model) == ()
    (found,) = source_findings(model, strict=True)
    assert (found.code, found.severity) == ("RG705", "error")
    assert found.span is not None and model.source.text[found.span.start : found.span.end] == "vendor_list"


def test_strictness_makes_every_finding_an_error() -> None:
    model = sample(
        (AS_OF, "as_of: 2028-06-30"),
        ("evidence: list-price}", "evidence: list-price, review: 2027-01-01}"),
        ("unit: seat, low: 120", "unit: seat, owner: Human resources, review: 2028-06-29, low: 120"),
    )
    assert [(each.code, each.severity) for each in source_findings(model)] == [
        ("RG704", "warning"),
        ("RG706", "warning"),
        ("RG706", "warning"),
    ]
    assert {each.severity for each in source_findings(model, strict=True)} == {"error"}
    assert "Human resources" in source_findings(model)[-1].hint


def test_a_review_on_the_models_day_is_in_time() -> None:
    assert source_findings(sample(("evidence: list-price}", "evidence: list-price, review: 2026-06-30}"))) == ()


@pytest.mark.parametrize("age", ["12", "0 months", "1.5 years", "a year", "12 weeks", "-1 month", "1000 years"])
def test_an_age_is_whole_months_or_years(age: str) -> None:
    (problem,) = problems_of(sample_text(age))
    assert problem.code == "RG205" and problem.hint == "for example 12 months, or 1 year"


def sample_text(age: str) -> str:
    return changed((AS_OF, f"{AS_OF}\nmax_source_age: {age}"))


@pytest.mark.parametrize(
    ("written", "code"), [("review: soon", "RG207"), ("owner: [a, b]", "RG204"), (f"owner: {'x' * 81}", "RG213")]
)
def test_owners_and_reviews_are_checked(written: str, code: str) -> None:
    (problem,) = problems_of(changed(("unit: seat, low: 120", f"unit: seat, {written}, low: 120")))
    assert problem.code == code


def test_owners_and_reviews_are_read() -> None:
    model = sample(
        ("unit: seat, low: 120", "unit: seat, owner: Human resources, review: 2026-12-01, low: 120"),
        ("evidence: list-price}", "evidence: list-price, owner: Procurement, review: 2026-10-01}"),
    )
    seats = next(each for each in model.assumptions if each.quantity.name == "seats")
    assert (seats.owner, seats.review) == ("Human resources", date(2026, 12, 1))
    source = model.citations["vendor_list"]
    assert (source.owner, source.review) == ("Procurement", date(2026, 10, 1))
