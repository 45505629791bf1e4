"""Days, moments, times, hours, weekdays and months: what is read, what is refused, and what to write instead."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values_kit import anything, hold_to_the_rules, marked, message_of, slips

from coordlint.values import (
    Hours,
    Refusal,
    last_day_of,
    parse_day,
    parse_hours,
    parse_moment,
    parse_month,
    parse_time,
    parse_weekday,
    parse_weekdays,
)
from coordlint.values.day import FIRST_YEAR, LAST_YEAR

WORDS = ("2026-03-31", "2026-03-31T14:05", "09:30", "09:00-17:30", "mon", "Friday", "feb", "March")
READERS = (parse_day, parse_moment, parse_time, parse_hours, parse_weekday, parse_weekdays, parse_month)


@given(st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)))
def test_every_day_reads_as_itself(day):
    assert parse_day(str(day)) == day
    assert parse_moment(str(day)) == datetime.datetime(day.year, day.month, day.day)


@given(st.integers(FIRST_YEAR - 5, LAST_YEAR + 5), st.integers(0, 14), st.integers(0, 33))
def test_a_day_is_read_where_datetime_knows_it(year, month, day):
    answer = parse_day(f"{year:04}-{month:02}-{day:02}")
    try:
        expected = datetime.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        expected = None
    if expected is None:
        assert isinstance(answer, Refusal)
    else:
        assert answer == expected


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
def test_the_last_day_of_a_month_is_the_one_before_the_next(year, month):
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    assert last_day_of(year, month) == (following - datetime.timedelta(days=1)).day


@pytest.mark.parametrize(
    ("text", "stretch", "message", "tip"),
    [
        ("2026-06-31", "31", "`2026-06-31` is no day: June has 30 days", "the last day of the month is 2026-06-30"),
        (
            "2026-02-29",
            "29",
            "`2026-02-29` is no day: February 2026 has 28 days",
            "the last day of the month is 2026-02-28",
        ),
        ("2026-13-01", "13", "`2026-13-01` is no day: there is no month 13", "write 2026-01-13"),
        ("2026-01-00", "00", "`2026-01-00` is no day: months begin with day 01", None),
        ("0000-01-01", "0000", "`0000-01-01` is out of reach: years run from 1600 to 2999", None),
        ("9999-12-31", "9999", None, "leave it out to say that there is no end"),
        ("31.03.2026", "31.03.2026", "`31.03.2026` is no day", "write 2026-03-31"),
        ("3/31/2026", "3/31/2026", None, "write 2026-03-31"),
        ("31/3/2026", "31/3/2026", None, "write 2026-03-31"),
        ("2026-3-1", "2026-3-1", None, "write 2026-03-01"),
        ("20260331", "20260331", None, "write 2026-03-31"),
        ("2026-03-31T14:05", "2026-03-31T14:05", None, "write 2026-03-31"),
        ("2026-03-31\n", "2026-03-31\n", None, "write 2026-03-31"),
    ],
)
def test_a_day_that_is_none_says_where_and_what_to_write(text, stretch, message, tip):
    answer = parse_day(text)
    assert marked(text, answer) == stretch
    assert message is None or answer.message == message
    assert tip is None or answer.tip == tip


@pytest.mark.parametrize("text", ["03/04/2026", "today", "", "٢٠٢٦-٠٣-٣١", "2026-W01-1"])
def test_a_day_in_doubt_is_not_guessed(text):
    assert parse_day(text).tip == "write year, month and day, such as 2026-03-31"


@given(st.datetimes(datetime.datetime(FIRST_YEAR, 1, 1), datetime.datetime(LAST_YEAR, 12, 31)))
def test_every_minute_reads_as_itself(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert parse_moment(minute.isoformat(timespec="minutes")) == minute
    assert parse_time(f"{minute:%H:%M}") == minute.time()


@pytest.mark.parametrize(
    ("text", "stretch", "tip"),
    [
        ("2026-03-31 14:05", " 14:05", "write 2026-03-31T14:05, in local time"),
        ("2026-03-31T14:05:30", "T14:05:30", "write 2026-03-31T14:05, in local time"),
        ("2026-03-31T14:05Z", "T14:05Z", "write 2026-03-31T14:05, in local time"),
        ("2026-03-31T14:05+02:00", "T14:05+02:00", "write 2026-03-31T14:05, in local time"),
        ("2026-03-31T25:05", "25", "write a day and a time, such as 2026-03-31T14:05, or a day alone"),
        ("2026-02-31T14:05", "31", "the last day of the month is 2026-02-28"),
        ("noon", "noon", "write a day and a time, such as 2026-03-31T14:05, or a day alone"),
    ],
)
def test_a_moment_that_is_none(text, stretch, tip):
    answer = parse_moment(text)
    assert marked(text, answer) == stretch
    assert answer.tip == tip


@pytest.mark.parametrize(
    ("value", "tip"),
    [
        ("9:30", 'write "09:30"'),
        ("9", 'write "09:00"'),
        ("9h30", 'write "09:30"'),
        ("09.30", 'write "09:30"'),
        ("09:30:00", 'write "09:30"'),
        ("12am", 'write "00:00"'),
        ("12 pm", 'write "12:00"'),
        ("5PM", 'write "17:00"'),
        (930, 'write "09:30"'),
        ("24:00", 'the day ends at "23:59", and the next begins at "00:00"'),
    ],
)
def test_a_time_in_another_form_gets_its_own_form(value, tip):
    answer = parse_time(value)
    assert isinstance(answer, Refusal)
    assert answer.tip == tip


@pytest.mark.parametrize("value", ["13pm", "0930", "25:00", "10:61", 960, -1, 9.3, True, None])
def test_what_is_no_time_in_any_form(value):
    assert parse_time(value).tip == 'write hours and minutes in quotation marks, such as "09:30"'


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_every_stretch_of_hours_reads_as_itself(start, length):
    hours = Hours(start, start + length)
    if length == 1440 and start:
        assert isinstance(parse_hours(str(hours)), Refusal)
    else:
        assert parse_hours(str(hours)) == hours


@pytest.mark.parametrize(
    ("text", "hours", "words"),
    [
        ("09:00-17:30", Hours(540, 1050), "09:00 to 17:30"),
        ("22:00-06:00", Hours(1320, 1800), "22:00 to 06:00 the next day"),
        ("00:00-24:00", Hours(0, 1440), "00:00 to 24:00"),
        ("22:00-00:00", Hours(1320, 1440), "22:00 to 24:00"),
    ],
)
def test_hours_are_minutes_of_their_first_day(text, hours, words):
    assert parse_hours(text) == hours
    assert hours.words == words


@pytest.mark.parametrize(
    ("text", "stretch", "tip"),
    [
        ("9-17", "9-17", 'write "09:00-17:00"'),
        ("09:00 - 17:30", "09:00 - 17:30", 'write "09:00-17:30"'),
        ("09:00–17:30", "09:00–17:30", 'write "09:00-17:30"'),
        ("9am to 5pm", "9am to 5pm", 'write "09:00-17:00"'),
        ("09:00-09:00", "09:00-09:00", 'write "00:00-24:00" for a whole day'),
        ("09:00-25:00", "25", 'write from when to when, such as "09:00-17:30"'),
        ("24:00-08:00", "24", 'write from when to when, such as "09:00-17:30"'),
        ("all day", "all day", 'write from when to when, such as "09:00-17:30"'),
    ],
)
def test_hours_that_are_none(text, stretch, tip):
    answer = parse_hours(text)
    assert marked(text, answer) == stretch
    assert answer.tip == tip


def test_weekdays_stand_in_the_order_of_the_week():
    assert parse_weekdays(["fri", "Monday", "WED"]) == (0, 2, 4)
    assert parse_weekdays("sun") == (6,)


@pytest.mark.parametrize(
    ("value", "route", "tip"),
    [
        (["mon", "monday"], (1,), "leave one out"),
        (["mon", "thurs"], (1,), "write thu"),
        ([], (), "write at least one"),
        (3, (), "write mon, tue, wed, thu, fri, sat or sun"),
        ("mno", (), "write mon"),
    ],
)
def test_weekdays_that_are_none(value, route, tip):
    answer = parse_weekdays(value)
    assert isinstance(answer, Refusal)
    assert (answer.route, answer.tip) == (route, tip)


@pytest.mark.parametrize(("value", "month"), [("feb", 2), ("February", 2), (2, 2), ("DEC", 12)])
def test_months(value, month):
    assert parse_month(value) == month


@pytest.mark.parametrize("value", [0, 13, True, 2.0, "13", "x", None])
def test_what_is_no_month(value):
    assert "is no month" in message_of(parse_month(value))


@pytest.mark.parametrize("read", READERS)
@given(value=st.one_of(anything(WORDS), slips(WORDS)))
def test_nothing_raises_and_every_refusal_is_in_place(read, value):
    hold_to_the_rules(value, read(value))


@pytest.mark.parametrize("text", ["\u201c04:15\u201d", "\u201e04:15\u201c", "\u2018 04:15\u2019"])
def test_quotes_of_the_wrong_sort_are_told(text):
    answer = parse_time(text)
    assert isinstance(answer, Refusal)
    assert answer.message == f"`{text}` is no time, for these quotes belong to its text"
    assert answer.tip.startswith("write straight quotes: ")
