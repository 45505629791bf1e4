"""Whether two rhythms fall on one day or into the same weeks, against days that are counted out; and bounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from org_kit import org_of

from coordlint.facts.encounters import Rhythm, held_at_once, meet_in_a_week, meet_on_a_day, rhythm_of, same_company
from coordlint.values import DayOfMonth, Refusal, parse_cadence

FIRST = date(2024, 1, 1)
YEARS = [FIRST + timedelta(days=number) for number in range(366 + 365)]

STARTS = st.one_of(st.none(), st.sampled_from(YEARS[:120]))
WEEKLY = st.builds(
    Rhythm,
    unit=st.just("week"),
    number=st.integers(1, 4),
    weekdays=st.sets(st.integers(0, 4), min_size=1, max_size=2).map(lambda days: tuple(sorted(days))),
    days=st.just(()),
    months=st.just(()),
    starting=STARTS,
    until=st.none(),
)
DAYS = st.builds(
    DayOfMonth, kind=st.just("weekday"), number=st.sampled_from([1, 2, 3, 4, -1]), weekday=st.integers(0, 4)
)
MONTHLY = st.builds(
    Rhythm,
    unit=st.just("month"),
    number=st.integers(1, 3),
    weekdays=st.just(()),
    days=st.lists(DAYS, min_size=1, max_size=2, unique=True).map(tuple),
    months=st.just(()),
    starting=STARTS,
    until=st.none(),
)
DAILY = st.just(Rhythm("day", 1))


def weeks(day: date) -> int:
    return (day - date(2024, 1, 1)).days // 7


def is_held(rhythm: Rhythm, day: date, start: date) -> bool:
    """Whether a rhythm that counts from a day is held on another, by counting."""
    if rhythm.unit == "day":
        return day.weekday() < 5
    if rhythm.unit == "week":
        return day.weekday() in rhythm.weekdays and (weeks(day) - weeks(start)) % rhythm.number == 0
    months = (day.year - start.year) * 12 + day.month - start.month
    return months % rhythm.number == 0 and any(falls_on(each, day) for each in rhythm.days)


def falls_on(which: DayOfMonth, day: date) -> bool:
    if day.weekday() != which.weekday:
        return False
    if which.number == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == which.number


def phases(rhythm: Rhythm) -> Iterator[date]:
    """Every day from which a rhythm may count: the one that it says, or one for each of its phases."""
    if rhythm.starting is not None or rhythm.number == 1:
        yield rhythm.starting or FIRST
    else:
        yield from (
            FIRST + timedelta(days=(7 if rhythm.unit == "week" else 31) * step) for step in range(rhythm.number)
        )


def meet_always(one: Rhythm, other: Rhythm) -> bool:
    """Whether two rhythms fall on one day within two years, whatever their phases."""
    here = [{day for day in YEARS if is_held(one, day, start)} for start in phases(one)]
    there = [{day for day in YEARS if is_held(other, day, start)} for start in phases(other)]
    return all(days & others for days in here for others in there)


@settings(max_examples=30, deadline=None)
@given(one=WEEKLY | MONTHLY | DAILY, other=WEEKLY | MONTHLY | DAILY)
def test_what_is_said_to_meet_does_so_in_every_phase(one: Rhythm, other: Rhythm) -> None:
    assert meet_always(one, other) or not meet_on_a_day(one, other)
    assert meet_on_a_day(one, other) == meet_on_a_day(other, one)


@settings(max_examples=30, deadline=None)
@given(one=WEEKLY, other=WEEKLY)
def test_weeks_that_surely_meet_are_told(one: Rhythm, other: Rhythm) -> None:
    assert meet_on_a_day(one, other) == meet_always(one, other)


@given(one=WEEKLY, other=WEEKLY)
def test_the_same_weeks(one: Rhythm, other: Rhythm) -> None:
    everyday = tuple(range(7))
    assert meet_in_a_week(one, other) == meet_on_a_day(
        one._replace(weekdays=everyday), other._replace(weekdays=everyday)
    )


@pytest.mark.parametrize(
    ("one", "other", "on_a_day", "in_a_week"),
    [
        ({"every": "day"}, {"every": "week", "day": "mon"}, True, False),
        ({"every": "day"}, {"every": "week", "day": "sat"}, False, False),
        ({"every": "day"}, {"every": "2 days"}, True, False),
        ({"every": "week", "day": "tue"}, {"every": "month", "day": "first tue"}, True, False),
        ({"every": "2 weeks", "day": "tue"}, {"every": "month", "day": "first tue"}, False, False),
        ({"every": "month", "day": "first tue"}, {"every": "month", "day": "first wed"}, False, True),
        ({"every": "month", "day": "workday 4"}, {"every": "month", "day": "workday 4"}, True, False),
        ({"every": "month", "day": 5}, {"every": "2 months", "day": 5}, True, False),
        ({"every": "quarter", "day": "first tue"}, {"every": "quarter", "day": "first tue"}, True, False),
        (
            {"every": "quarter", "day": "first tue", "month": 1},
            {"every": "quarter", "day": "first tue", "month": 2},
            False,
            False,
        ),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU"}, {"every": "week", "day": "tue"}, True, True),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260101"}, {"every": "week", "day": "tue"}, True, True),
        (
            {"rrule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260101"},
            {"every": "week", "day": "tue", "starting": "2026-02-03"},
            False,
            False,
        ),
    ],
)
def test_rhythms_as_they_are_written(one: object, other: object, on_a_day: bool, in_a_week: bool) -> None:
    rhythms = []
    for written in (one, other):
        cadence = parse_cadence(written)
        assert not isinstance(cadence, Refusal)
        rhythm = rhythm_of(cadence.slots[0])
        assert rhythm is not None
        rhythms.append(rhythm)
    assert meet_on_a_day(*rhythms) is on_a_day
    assert meet_in_a_week(*rhythms) is in_a_week


@pytest.mark.parametrize(
    "written",
    [
        "as needed",
        {"dates": ["2026-06-20"]},
        {"after": "an incident"},
        {"rrule": "FREQ=MONTHLY;BYDAY=-2FR"},
        {"rrule": "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1"},
        {"rrule": "FREQ=WEEKLY"},
    ],
)
def test_what_is_not_compared(written: object) -> None:
    cadence = parse_cadence(written)
    assert not isinstance(cadence, Refusal)
    assert rhythm_of(cadence.slots[0]) is None


def test_thousands_at_one_time_are_compared_with_some() -> None:
    """Each is told once, beside the first; nobody waits for the square of them."""
    common = (
        "links: https://x.example/1, record: log, forum: b, attendees: [ext/a, ext/b, ext/c], "
        'cadence: {every: week, day: mon, at: "09:00"}'
    )
    meetings = "".join(f"  m{number}: {{{common}}}\n" for number in range(2000))
    org = org_of(f"records: {{log: {{keeps: All of it.}}}}\nforums: {{b: {{}}}}\nmeetings:\n{meetings}")
    assert len(held_at_once(org)) == 1999
    assert len(list(same_company(org, 0.8, 3))) < 2000 * 50
