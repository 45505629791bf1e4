"""On how many days of a stretch the house is shut: against asking each day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordlint.facts.shut import shut_between
from coordlint.testing import DAY, InMemory

HEAD = 'organisation: A\nedition: "2026"\n'


def shut(settings: str, first: str, last: str) -> int:
    """How many days are shut, from one to another, both included."""
    org = InMemory({"coordlint.yaml": HEAD + settings, "a.yaml": "roles: {}"}).run(as_of=DAY).org
    return shut_between(org, date.fromisoformat(first) - timedelta(days=1), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("{from: 2025-12-20, to: 2026-01-05, freeze: true}", 5),
        ("{from: 2025-12-20, to: 2026-01-05}", 0),
        ("{from: 2025-12-20, freeze: true}", 0),
        ("{last: 1d, of: week, freeze: true}", 3 * 13),
        ("{last: 1w, of: month, freeze: true}", 7 * 3),
        ("{last: 5d, of: quarter, freeze: true}", 7),
        ("{last: 4h, of: month, freeze: true}", 3),
    ],
)
def test_a_period_in_which_nothing_is_decided_is_shut(period: str, days: int) -> None:
    assert shut(f"periods: {{it: {period}}}\n", "2026-01-01", "2026-03-31") == days


def test_quarters_and_years_are_those_of_the_house() -> None:
    settings = "fiscal_year_starts: feb\nperiods: {it: {last: 1w, of: year, freeze: true}}\n"
    assert [shut(settings, *ends) for ends in (("2026-01-25", "2026-01-31"), ("2026-02-01", "2027-01-24"))] == [7, 0]


def test_the_holidays_are_those_of_the_first_calendar_and_no_day_counts_twice() -> None:
    settings = (
        "calendars: {a: {timezone: Europe/Oslo, holidays: [2026-05-01]}, "
        "b: {timezone: Europe/Oslo, holidays: [2026-05-04]}}\n"
        "periods: {it: {from: 2026-05-01, to: 2026-05-02, freeze: true}}\n"
    )
    assert shut(settings, "2026-04-01", "2026-05-31") == 2
    assert shut("", "2026-04-01", "2026-05-31") == 0
    assert shut(settings, "2026-05-31", "2026-04-01") == 0
