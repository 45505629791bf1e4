"""Recurrence rules: their parts as values, their words, and what is refused at which part."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values_kit import anything, hold_to_the_rules, marked, slips

from coordlint.values import Refusal, Rrule, parse_rrule

RULES = (
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1;UNTIL=20271231T000000Z",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12",
)


def test_every_part_becomes_a_value():
    assert parse_rrule("FREQ=MONTHLY;INTERVAL=2;BYDAY=+1MO,-1FR,TU;WKST=SU;COUNT=9") == Rrule(
        "MONTHLY", interval=2, by_day=((-1, 4), (0, 1), (1, 0)), week_start=6, times=9
    )
    assert parse_rrule("FREQ=YEARLY;BYMONTH=9,3;BYMONTHDAY=-1,15;BYSETPOS=1;UNTIL=20271231") == Rrule(
        "YEARLY", by_month=(3, 9), by_month_day=(-1, 15), by_set_pos=(1,), until=datetime.date(2027, 12, 31)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every week on Tuesday and Thursday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;BYDAY=-2FR,3TU", "every month on the second to last Friday and the third Tuesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "every month on the last day and day 1"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on Friday, if that is day 13"),
        (
            "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=23,24,25,26,27,28,29",
            "every month on Wednesday, if that is between day 23 and day 29",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=1,2,3,14,15,-1",
            "every month on Friday, if that is the last day, between day 1 and day 3, day 14 or day 15",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2,3", "every month on each day between day 1 and day 3"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=2TU", "every year on the second Tuesday in March and September"),
        ("FREQ=YEARLY;BYDAY=21MO", "every year on the 21st Monday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "every month on Monday and Tuesday, of these only the last"),
    ],
)
def test_a_rule_in_words(text, words):
    rule = parse_rrule(text)
    assert isinstance(rule, Rrule), rule
    assert rule.words == words


@pytest.mark.parametrize(
    ("text", "stretch", "message"),
    [
        ("FREQ=HOURLY", "HOURLY", "`HOURLY` is finer than a day"),
        ("FREQ=MONTLY", "MONTLY", "`MONTLY` is no frequency"),
        ("BYDAY=MO", "BYDAY=MO", "this rule has no FREQ"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ", "`FREQ` stands twice"),
        ("FREQ=DAILY;", ";", "a part of this rule is empty"),
        ("FREQ=DAILY;INTERVAL", "INTERVAL", "`INTERVAL` says nothing"),
        ("FREQ=DAILY;INTERVAL=0", "0", "`0` is no number from 1 to 3650"),
        ("FREQ=YEARLY;INTERVAL=11", "11", "every 11 years is longer than ten years"),
        ("FREQ=DAILY;BYHOUR=3", "BYHOUR", "`BYHOUR` is not read here"),
        ("FREQ=YEARLY;BYWEEKNO=3", "BYWEEKNO", "`BYWEEKNO` is not read here"),
        ("FREQ=DAILY;BYDYA=MO", "BYDYA", "a recurrence rule has no `BYDYA`"),
        ("FREQ=WEEKLY;BYDAY=MO,MX", "MO,MX", "`MX` is no day for BYDAY"),
        ("FREQ=WEEKLY;BYDAY=2TU", "2TU", "`2TU` does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYDAY=6TU", "6TU", "`6TU` does not go with FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "32", "`32` is no number for BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=0", "0", "`0` is no number for BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "30", "February has no day 30"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS", "BYSETPOS has nothing to choose from"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", "UNTIL", "COUNT and UNTIL both end this rule"),
        ("FREQ=DAILY;UNTIL=20260231", "20260231", "`2026-02-31` is no day: February 2026 has 28 days"),
        ("FREQ=DAILY;UNTIL=2026-12-31", "2026-12-31", "`2026-12-31` is no day for UNTIL"),
        ("FREQ=DAILY;WKST=monday", "monday", "`monday` is no weekday"),
        ("RRULE:FREQ=DAILY", "RRULE:", "`RRULE:FREQ=DAILY` begins with a label"),
        ("", "", "an empty text is no recurrence rule"),
    ],
)
def test_the_part_that_is_refused_is_marked(text, stretch, message):
    answer = parse_rrule(text)
    assert marked(text, answer) == stretch
    assert answer.message == message


def numbers(least: int, most: int) -> st.SearchStrategy[tuple[int, ...]]:
    either = st.integers(least, most).filter(bool)
    return st.sets(either, max_size=3).map(lambda found: tuple(sorted(found)))


@st.composite
def rules(draw: st.DrawFn) -> Rrule:
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    most = 5 if freq in ("MONTHLY", "YEARLY") else 0
    end = draw(st.sampled_from(("", "times", "until")))
    by_day = draw(st.sets(st.tuples(st.integers(-most, most), st.integers(0, 6)), max_size=3))
    return Rrule(
        freq,
        interval=draw(st.integers(1, 10)),
        by_month=draw(numbers(1, 12)),
        by_month_day=() if freq == "WEEKLY" else draw(numbers(-28, 28)),
        by_day=tuple(sorted(by_day)),
        by_set_pos=draw(numbers(-366, 366)) if by_day else (),
        week_start=draw(st.integers(0, 6)),
        times=draw(st.integers(1, 9999)) if end == "times" else None,
        until=draw(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))) if end == "until" else None,
    )


@given(rules())
def test_a_rule_reads_as_itself(rule):
    assert parse_rrule(str(rule)) == rule
    assert rule.words.isprintable()


@given(st.one_of(anything(RULES), slips(RULES)))
def test_nothing_raises_and_every_refusal_is_in_place(value):
    answer = parse_rrule(value)
    hold_to_the_rules(value, answer)
    if not isinstance(answer, Refusal):
        assert parse_rrule(str(answer)) == answer
