"""When something must be looked at again, counted from the last time that somebody did, and who leans on what ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.lifetimes import last_reviews, later, leaning_on, review_due, speaking_of_time
from coordlint.model.kinds import Forum, Meeting
from coordlint.values import Every, last_day_of

MARKET_HALL = """
forums:
  by-day: {review_by: 2026-05-01}
  by-day-early: {review_by: 2026-05-01}
  by-day-long-before: {review_by: 2026-05-01}
  by-day-after: {review_by: 2026-05-01}
  every-since: {review_every: year, since: 2025-01-31}
  every-reviewed: {review_every: quarter, since: 2025-01-31}
  every-without-a-start: {review_every: quarter}
  both: {review_every: year, since: 2026-01-01, review_by: 2026-03-01}
  both-reviewed: {review_every: year, review_by: 2026-03-01}
  none: {since: 2020-01-01}
  ahead-of-time: {review_every: month, since: 2026-01-01}
meetings:
  stall: {cadence: as needed}
teams:
  stall: {}
log:
  - {reviewed: by-day-early, date: 2026-03-02, outcome: keep}
  - {reviewed: by-day-long-before, date: 2026-03-01, outcome: keep}
  - {reviewed: by-day-after, date: 2026-06-01, outcome: keep}
  - {reviewed: every-reviewed, date: 2026-04-30, outcome: keep}
  - {reviewed: every-reviewed, date: 2026-01-30, outcome: keep}
  - {reviewed: both-reviewed, date: 2026-02-20, outcome: keep}
  - {reviewed: ahead-of-time, date: 2026-12-24, outcome: keep}
  - {reviewed: stall, date: 2026-02-20, outcome: keep}
"""


@pytest.mark.parametrize(
    ("forum", "due"),
    [
        ("by-day", ("review_by", "2026-05-01")),
        ("by-day-early", None),
        ("by-day-long-before", ("review_by", "2026-05-01")),
        ("by-day-after", None),
        ("every-since", ("review_every", "2026-01-31")),
        ("every-reviewed", ("review_every", "2026-07-30")),
        ("every-without-a-start", None),
        ("both", ("review_by", "2026-03-01")),
        ("both-reviewed", ("review_every", "2027-02-20")),
        ("none", None),
        ("ahead-of-time", ("review_every", "2026-02-01")),
    ],
)
def test_by_when_somebody_looks_again(forum: str, due: tuple[str, str] | None) -> None:
    found = review_due(the(Forum, org_of(MARKET_HALL), forum))
    assert found == (due and (due[0], date.fromisoformat(due[1])))


def test_a_review_of_a_name_that_two_bear_may_be_of_either() -> None:
    org = org_of(MARKET_HALL)
    assert {each.kind for each in last_reviews(org) if each.id == "stall"} == {"meeting", "team"}


@pytest.mark.parametrize(
    ("begun", "every", "day"),
    [
        ("2026-01-31", Every(1, "month"), "2026-02-28"),
        ("2024-02-29", Every(1, "year"), "2025-02-28"),
        ("2026-11-30", Every(1, "quarter"), "2027-02-28"),
        ("2026-12-31", Every(6, "month"), "2027-06-30"),
        ("2026-06-01", Every(2, "week"), "2026-06-15"),
        ("2026-06-01", Every(10, "day"), "2026-06-15"),
        ("2026-06-01", Every(1, "day"), "2026-06-03"),
        ("2026-06-01", Every(4, "hour"), "2026-06-03"),
        ("2999-12-31", Every(10, "year"), "3009-12-31"),
    ],
)
def test_one_round_later(begun: str, every: Every, day: str) -> None:
    assert later(date.fromisoformat(begun), every) == date.fromisoformat(day)


def one_month_later(day: date) -> date:
    """The same day of the next month, or its last."""
    following = day.replace(day=1) + timedelta(days=32)
    last = last_day_of(following.year, following.month)
    return following.replace(day=min(day.day, last))


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)), st.integers(1, 120))
def test_months_add_up(day: date, number: int) -> None:
    """From the first of a month, so many months later is the same as one month later so many times."""
    first = day.replace(day=1)
    step = first
    for _ in range(number):
        step = one_month_later(step)
    assert later(first, Every(number, "month")) == step
    assert later(day, Every(1, "month")) == one_month_later(day)


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)), st.integers(1, 2600))
def test_working_days_are_counted_as_five_a_week(day: date, number: int) -> None:
    """Nearly as many days from Monday to Friday lie between as were asked for: a weekend more or less."""
    end = later(day, Every(number, "day"))
    worked = sum((day + timedelta(days=gone)).weekday() < 5 for gone in range(1, (end - day).days + 1))
    assert number - 2 <= worked <= number + 2


def test_who_leans_on_a_forum() -> None:
    org = org_of("""
forums: {board: {chair: clerk}, heir: {}}
meetings:
  weekly: {forum: board, cadence: as needed}
  paused: {forum: board, cadence: as needed, status: paused}
  loose: {only_while: board, cadence: as needed}
  over: {replaced_by: board, cadence: as needed}
log: [{reviewed: board, date: 2026-05-01}]
""")
    assert [use.user.id for use in leaning_on(the(Forum, org, "board"))] == ["weekly"]
    assert leaning_on(the(Meeting, org, "weekly")) == []


def test_who_speaks_of_time_is_known_active_or_not() -> None:
    org = org_of("forums: {a: {until: 2020-01-01}, b: {status: ended}, c: {until: [no, day]}, d: {}}")
    assert {field: [each.id for each in found] for field, found in speaking_of_time(org).items() if found} == {
        "status": ["b"],
        "until": ["a"],
    }
