"""Cadences: every form that can be written, what each of its parts becomes, and what is refused where."""

from __future__ import annotations

import datetime

import pytest

from coordlint.values import LAST, Cadence, DayOfMonth, Duration, Every, Refusal, Slot, parse_cadence, parse_rrule
from coordlint.values.cadence import CADENCE_TIP, FORMS, GOES_WITH

TUESDAY = {"every": "week", "day": "tue"}
PARTS = {
    "day": "first mon",
    "month": 1,
    "by": "5d",
    "within": "2d",
    "per_month": 2,
    "at": "10:00",
    "lasts": "1h",
    "timezone": "UTC",
    "starting": "2026-01-01",
    "until": "2026-12-31",
    "except": "year-end",
    "on_holiday": "keep",
}


def cadence(value) -> Cadence:
    answer = parse_cadence(value)
    assert isinstance(answer, Cadence), answer
    return answer


def slot(value) -> Slot:
    return cadence(value).slots[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"every": "week", "day": "tue", "at": "10:00", "lasts": "45m"}, "every week on Tuesday at 10:00 for 45m"),
        (
            {
                "every": "2 weeks",
                "day": "thu",
                "at": "16:00",
                "timezone": "America/New_York",
                "lasts": "1h",
                "starting": "2026-01-08",
            },
            "every 2 weeks on Thursday at 16:00 (America/New_York) for 1h, starting 2026-01-08",
        ),
        (
            {
                "every": "month",
                "day": ["fourth tue", "second tue"],
                "at": "09:00",
                "lasts": "2h",
                "except": ["quarter-end"],
            },
            "every month on the second Tuesday and the fourth Tuesday at 09:00 for 2h, except quarter-end",
        ),
        ({"every": "month", "day": "workday 4", "at": "09:00"}, "every month on working day 4 at 09:00"),
        ({"every": "month", "day": "last workday"}, "every month on the last working day"),
        ({"every": "month", "day": ["last day", 15]}, "every month on day 15 and the last day"),
        (
            {"every": "quarter", "day": "third thu", "month": 2, "at": "09:00", "lasts": "4h"},
            "every quarter on the third Thursday of its second month at 09:00 for 4h",
        ),
        ({"every": "quarter", "month": [3, 1]}, "every quarter in its first and third months"),
        (
            {"every": "year", "day": "last fri", "month": ["sep", 3]},
            "every year on the last Friday of March and September",
        ),
        ({"every": "year", "day": 31, "month": "march"}, "every year on day 31 of March"),
        ({"every": "day", "at": "09:15", "lasts": "15m"}, "every working day at 09:15 for 15m"),
        (
            {"dates": ["2026-06-11", "2026-03-12"], "at": "14:00", "lasts": "4h"},
            "on 2026-03-12 and 2026-06-11 at 14:00 for 4h",
        ),
        (
            {"before": "board-meeting", "by": "12d", "at": "10:00", "lasts": "1h"},
            "12 working days before board-meeting at 10:00 for 1h",
        ),
        (
            {"after": "a severity 1 incident", "within": "24h", "lasts": "1h", "per_month": 3},
            "after a severity 1 incident within 24h for 1h, about 3 times a month",
        ),
        (
            {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "at": "15:00", "lasts": "30m", "starting": "2026-01-30"},
            "every month on the last Friday at 15:00 for 30m, starting 2026-01-30",
        ),
        (
            {
                "every": "week",
                "day": "mon",
                "until": "2026-12-31",
                "except": ["2026-12-24", "year-end"],
                "on_holiday": "next",
            },
            "every week on Monday, until 2026-12-31, except 2026-12-24 and year-end, "
            "after a holiday on the next working day",
        ),
        ({"every": "week", "day": "mon", "on_holiday": "keep"}, "every week on Monday, on holidays too"),
        ("as needed", "as needed"),
        ([TUESDAY, {"every": "month", "day": "first fri"}], "every week on Tuesday; every month on the first Friday"),
    ],
)
def test_every_form_is_read_and_said(value, words):
    assert cadence(value).words == words


def test_every_part_becomes_a_value():
    assert slot(
        {
            "every": "2 weeks",
            "day": ["thu", "Monday"],
            "at": "16:00",
            "lasts": "90m",
            "timezone": "Europe/Berlin",
            "starting": "2026-01-08",
            "until": "2026-12-31",
            "except": ["year-end", "2026-05-01"],
            "on_holiday": "keep",
        }
    ) == Slot(
        "every",
        every=Every(2, "week"),
        weekdays=(0, 3),
        at=datetime.time(16),
        lasts=Duration(90, "m"),
        timezone="Europe/Berlin",
        starting=datetime.date(2026, 1, 8),
        until=datetime.date(2026, 12, 31),
        except_days=(datetime.date(2026, 5, 1),),
        except_periods=("year-end",),
        on_holiday="keep",
    )
    assert slot({"every": "month", "day": ["last day", "workday 3", "second tue", 9]}).days == (
        DayOfMonth("weekday", 2, 1),
        DayOfMonth("workday", 3),
        DayOfMonth("day", 9),
        DayOfMonth("day", LAST),
    )
    assert slot({"after": "an incident", "within": "1d", "per_month": 0.5}) == Slot(
        "after", after="an incident", within=Duration(1, "d"), per_month=0.5
    )
    assert slot({"before": "meeting/board", "by": "2w"}) == Slot("before", before="meeting/board", by=Duration(2, "w"))
    assert slot({"rrule": "FREQ=DAILY"}).rrule == parse_rrule("FREQ=DAILY")
    assert slot({"dates": "2026-03-12"}).dates == (datetime.date(2026, 3, 12),)


def test_the_order_of_keys_and_items_and_the_spelling_of_days_make_no_difference():
    one = cadence({"every": "month", "day": ["second tuesday", "Last Fri"], "at": "09:00"})
    assert one == cadence({"at": "09:00", "day": ["last fri", "second tue"], "every": "1 month"})
    assert hash(one) == hash(cadence(one.plain))


@pytest.mark.parametrize(
    ("value", "month_and_day"),
    [
        ({"every": "quarter", "day": "third thu", "month": 2}, [(2, "third thu")]),
        ({"every": "quarter", "day": ["first mon", "last workday"]}, [(1, "first mon"), (3, "last workday")]),
        ({"every": "year", "day": "last day", "month": ["mar", "sep"]}, [(3, "last day"), (9, "last day")]),
    ],
)
def test_days_of_a_longer_period_stand_in_a_month_of_it(value, month_and_day):
    assert [(month, str(day)) for month, day in slot(value).days_in_months] == month_and_day


@pytest.mark.parametrize(
    ("value", "regular", "bounded", "needs_anchor", "times_a_year"),
    [
        (TUESDAY, True, True, False, 52.18),
        ({"every": "2 weeks", "day": ["tue", "thu"]}, True, True, True, 52.18),
        ({"every": "2 weeks", "starting": "2026-01-08"}, True, True, False, 26.09),
        ({"every": "day"}, True, True, False, 260),
        ({"every": "3 months"}, True, True, True, 4),
        ({"every": "month", "day": ["second tue", "fourth tue"]}, True, True, False, 24),
        ({"every": "quarter", "day": "last workday"}, True, True, False, 4),
        ({"every": "year", "day": "last workday", "month": ["mar", "sep"]}, True, True, False, 2),
        ({"dates": ["2026-01-08"]}, True, True, False, None),
        ({"before": "board", "by": "1d"}, True, True, False, None),
        ({"after": "an incident", "per_month": 3}, False, False, False, 36),
        ({"after": "an incident", "within": "24h"}, False, True, False, None),
        ({"rrule": "FREQ=MONTHLY;BYDAY=-1FR"}, True, True, False, 12),
        ({"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"}, True, True, True, 52.18),
        ({"rrule": "FREQ=WEEKLY"}, True, True, True, 52.18),
        ({"rrule": "FREQ=DAILY;COUNT=5"}, True, True, True, 365.24),
        ({"rrule": "FREQ=YEARLY;BYMONTH=3,9;BYDAY=2TU"}, True, True, False, 2),
        ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=1,15"}, True, True, False, 24),
        ("as needed", False, False, False, None),
        ([TUESDAY, {"after": "an incident"}], True, True, False, 52.18),
        ([TUESDAY, {"every": "2 weeks"}], True, True, True, 78.27),
    ],
)
def test_what_a_cadence_tells_without_a_calendar(value, regular, bounded, needs_anchor, times_a_year):
    said = cadence(value)
    assert (said.regular, said.bounded, said.needs_anchor) == (regular, bounded, needs_anchor)
    known = said.periods_per_year
    assert known is None if times_a_year is None else known == pytest.approx(times_a_year, abs=0.01)


@pytest.mark.parametrize(
    ("value", "route", "message", "tip"),
    [
        ({"every": "weekly"}, ("every",), "`weekly` is no rhythm", "write week"),
        ({"every": "hour"}, ("every",), "`hour` is finer than a day", None),
        ({"every": 2}, ("every",), "every `2` of what", "say the unit, such as 2 weeks"),
        ({"evry": "week"}, ("evry",), "a slot has no key `evry`", "did you mean `every`?"),
        ({"every": "week", "time_zone": "UTC"}, ("time_zone",), None, "did you mean `timezone`?"),
        ({}, (), "this slot does not say when it is held", "say every, dates, before, after or rrule"),
        ({"by": "3d"}, (), "this slot does not say when it is held", "`by` goes with `before`"),
        ({**TUESDAY, "dates": []}, ("dates",), "`dates` does not go with `every`: a slot has one of them", None),
        ({**TUESDAY, "by": "3d"}, ("by",), "`by` does not go with `every`: it belongs to `before`", None),
        (
            {"dates": "2026-01-01", "day": "tue"},
            ("day",),
            "`day` does not go with `dates`: it belongs to `every`",
            None,
        ),
        ({"after": "x", "at": "10:00"}, ("at",), None, "leave it out"),
        ({"every": "day", "day": "mon"}, ("day",), "`day` does not go with `every: day`", None),
        ({"every": "week", "month": 1}, ("month",), None, "leave it out"),
        ({"every": "week", "day": "second tue"}, ("day",), "`second tue` belongs to `every: month`", None),
        ({"every": "week", "day": "workday"}, ("day",), None, "write `every: day`, which means working days"),
        ({"every": "week", "day": 3}, ("day",), "`3` is no weekday", None),
        ({"every": "week", "day": ["mon", "mon"]}, ("day", 1), "`mon` stands twice", None),
        ({"every": "month", "day": "tue"}, ("day",), None, "write first tue or last tue"),
        ({"every": "month", "day": 31}, ("day",), "not every month has a day 31", "write last day or last workday"),
        ({"every": "month", "day": "29"}, ("day",), "not every month has a day 29", None),
        (
            {"every": "month", "day": [1, "fifth tue"]},
            ("day", 1),
            "not every month has a fifth Tuesday",
            "write last tue",
        ),
        ({"every": "month", "day": "2nd tue"}, ("day",), "`2nd` is no place in a month", "write second tue"),
        ({"every": "month", "day": "first workday"}, ("day",), None, "write workday 1"),
        ({"every": "month", "day": "workday 0"}, ("day",), None, "write workday 1 to 20, or last workday"),
        ({"every": "month", "day": []}, ("day",), "this list is empty", None),
        ({"every": "quarter", "month": 4}, ("month",), "`4` is no month of a quarter", None),
        ({"every": "quarter", "month": "feb"}, ("month",), "`feb` is no month of a quarter", None),
        ({"every": "quarter", "day": 31, "month": 1}, ("day",), "not every month has a day 31", None),
        ({"every": "year", "day": "first mon"}, ("day",), "`day` does not say in which month of the year", None),
        ({"every": "year", "day": 30, "month": "feb"}, ("day",), "February has no day 30", None),
        ({"every": "year", "day": 29, "month": "feb"}, ("day",), "February does not always have a day 29", None),
        ({"every": "year", "day": 31, "month": ["jan", "jun"]}, ("day",), "June has no day 31", None),
        ({**TUESDAY, "at": 930}, ("at",), "`930` is no time", 'write "09:30"'),
        ({**TUESDAY, "lasts": 45}, ("lasts",), None, "write minutes or hours, such as 45m or 2h"),
        ({**TUESDAY, "lasts": "1.5h"}, ("lasts",), None, "write 90m"),
        ({**TUESDAY, "lasts": "2d"}, ("lasts",), "a meeting does not last `2d`", None),
        ({**TUESDAY, "lasts": "25h"}, ("lasts",), "`25h` is longer than a day", "write a slot for each day"),
        ({**TUESDAY, "timezone": "Berlin"}, ("timezone",), None, "did you mean `Europe/Berlin`?"),
        ({**TUESDAY, "except": ["quarter end"]}, ("except", 0), "`quarter end` is no day", None),
        ({**TUESDAY, "except": "2026-02-30"}, ("except",), "`2026-02-30` is no day: February 2026 has 28 days", None),
        ({**TUESDAY, "on_holiday": "keeep"}, ("on_holiday",), None, "did you mean `keep`?"),
        (
            {**TUESDAY, "starting": "2026-06-30", "until": "2026-01-01"},
            ("until",),
            "`2026-01-01` comes before the day on which this starts, 2026-06-30",
            None,
        ),
        ({"dates": []}, ("dates",), "this list is empty", None),
        ({"dates": ["2026-01-01", "2026-01-01"]}, ("dates", 1), "`2026-01-01` stands twice", None),
        (
            {"before": "The Board", "by": "1d"},
            ("before",),
            None,
            "write the id of the meeting that this one comes before",
        ),
        ({"before": "board"}, ("before",), "`before` does not say how long before", None),
        ({"before": "board", "by": "2h", "at": "10:00"}, ("at",), "`2h` before says the time of day already", None),
        ({"after": " "}, ("after",), None, None),
        ({"after": "x", "per_month": 0}, ("per_month",), None, "write a number above 0, such as 3 or 0.5"),
        ({"after": "x", "per_month": True}, ("per_month",), None, None),
        ({"after": "x", "per_month": float("nan")}, ("per_month",), None, None),
        ({"rrule": "FREQ=HOURLY"}, ("rrule",), "`HOURLY` is finer than a day", None),
        ({"rrule": "FREQ=DAILY;COUNT=3", "until": "2026-01-01"}, ("until",), "the rule has an end of its own", None),
        ("every monday", (), "`every monday` is no cadence", "write {every: week, day: mon}"),
        ("Thursdays", (), "`Thursdays` is no cadence", "write {every: week, day: thu}"),
        ("weekly on Fri", (), "`weekly on Fri` is no cadence", "write {every: week, day: fri}"),
        ("first monday", (), "`first monday` is no cadence", CADENCE_TIP),
        ("weekly", (), "`weekly` is no cadence", "write {every: week, day: tue}"),
        ("ad hoc", (), "`ad hoc` is no cadence", "write as needed"),
        ("As needed", (), "`As needed` is no cadence", "write as needed"),
        (None, (), "an empty value is no cadence", None),
        ([], (), "this list has no slots", None),
        ([TUESDAY] * 2, (1,), "this slot stands twice", "leave one out"),
        ([TUESDAY, {"every": "month", "day": ["first mon", "x"]}], (1, "day", 1), "`x` is no day of a month", None),
        ([[TUESDAY]], (0,), "a list is no cadence", None),
    ],
)
def test_what_is_refused_where_and_why(value, route, message, tip):
    answer = parse_cadence(value)
    assert isinstance(answer, Refusal)
    assert answer.route == route
    assert message is None or answer.message == message
    assert tip is None or answer.tip == tip


@pytest.mark.parametrize(
    ("day", "stretch"),
    [("secnd tue", (0, 5)), ("second teu", (7, 0)), ("workday 40", (8, 0)), ("fifth tue", (0, 5))],
)
def test_the_wrong_word_of_a_day_is_marked(day, stretch):
    answer = parse_cadence({"every": "month", "day": day})
    assert isinstance(answer, Refusal)
    assert (answer.offset, answer.length) == stretch


def test_true_is_not_taken_for_the_first_day():
    assert slot({"every": "month", "day": 1}).days == (DayOfMonth("day", 1),)
    assert isinstance(parse_cadence({"every": "month", "day": True}), Refusal)
    assert isinstance(parse_cadence({"every": "month", "day": 1.0}), Refusal)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("key", GOES_WITH)
def test_every_key_goes_with_its_forms_and_no_other(form, key):
    fitting = {
        "every": {"every": "quarter", "month": 1},
        "dates": {"dates": ["2026-03-12"]},
        "before": {"before": "board", "by": "5d"},
        "after": {"after": "an incident"},
        "rrule": {"rrule": "FREQ=WEEKLY;BYDAY=MO"},
    }[form]
    answer = parse_cadence({**fitting, key: PARTS[key]})
    if form in GOES_WITH[key]:
        assert isinstance(answer, Cadence), answer
    else:
        assert isinstance(answer, Refusal)
        assert (answer.route, answer.on_key) == ((key,), True)
