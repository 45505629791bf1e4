"""Frequencies in words: read where they are plain, kept in words where they are not, and never half."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordlint.importers import frequencies as reasons
from coordlint.importers.frequencies import AS_NEEDED, read
from coordlint.importers.zones import zone_of
from coordlint.values import Cadence, parse_cadence


def slot(frequency: str, day: str = "Tuesday") -> Any:
    """The cadence without its time."""
    cadence = read(frequency, day, "9:00", "UTC").cadence
    if isinstance(cadence, str):
        return cadence
    assert (cadence.pop("at"), cadence.pop("timezone")) == ("09:00", "UTC")
    return cadence


def noted(*texts: str) -> set[str]:
    return {reason for _, reason in read(*texts).remarks}


@pytest.mark.parametrize(
    ("frequency", "day", "cadence"),
    [
        ("weekly", "Tuesday", {"every": "week", "day": "tue"}),
        ("Weekly", "Tuesdays", {"every": "week", "day": "tue"}),
        ("every week", "Mon, Wed", {"every": "week", "day": ["mon", "wed"]}),
        ("weekly", "Tuesday and Thursday", {"every": "week", "day": ["tue", "thu"]}),
        ("biweekly", "Friday", {"every": "2 weeks", "day": "fri"}),
        ("bi-weekly", "Friday", {"every": "2 weeks", "day": "fri"}),
        ("every other week", "Friday", {"every": "2 weeks", "day": "fri"}),
        ("every four weeks", "Friday", {"every": "4 weeks", "day": "fri"}),
        ("every 3 weeks", "Friday", {"every": "3 weeks", "day": "fri"}),
        ("daily", "", {"every": "day"}),
        ("daily", "Mon-Thu", {"every": "week", "day": ["mon", "tue", "wed", "thu"]}),
        ("daily", "Friday to Monday", {"every": "week", "day": ["fri", "sat", "sun", "mon"]}),
        ("alternate weeks", "Wednesday", {"every": "2 weeks", "day": "wed"}),
        ("every Tuesday", "", {"every": "week", "day": "tue"}),
        ("each Monday and Thursday", "", {"every": "week", "day": ["mon", "thu"]}),
        ("Tuesdays", "Tuesday", {"every": "week", "day": "tue"}),
        ("on Fridays", "", {"every": "week", "day": "fri"}),
        ("every other Tuesday", "Tuesday", {"every": "2 weeks", "day": "tue"}),
        ("weekly on Tuesdays", "", {"every": "week", "day": "tue"}),
        ("every two weeks on Thu", "Thursday", {"every": "2 weeks", "day": "thu"}),
        ("First Wednesday of the month", "Wednesday", {"every": "month", "day": "first wed"}),
        ("First Tuesday of each month", "Tuesday", {"every": "month", "day": "first tue"}),
        ("every third Wednesday of the month", "Wednesday", {"every": "month", "day": "third wed"}),
        ("monthly - last Wednesday every month", "Wednesday", {"every": "month", "day": "last wed"}),
        ("monthly, second Thursday of the month", "Thursday", {"every": "month", "day": "second thu"}),
        ("Monthly on 4th Thursday", "Thursday", {"every": "month", "day": "fourth thu"}),
        ("1st and 3rd Monday of the month", "Monday", {"every": "month", "day": ["first mon", "third mon"]}),
        ("monthly", "third Wednesday", {"every": "month", "day": "third wed"}),
        (
            "weekly starting Tuesday December 7th, 2021",
            "Tuesday",
            {"every": "week", "day": "tue", "starting": "2021-12-07"},
        ),
        ("biweekly 2019 start date: Jan. 11th", "Friday", {"every": "2 weeks", "day": "fri", "starting": "2019-01-11"}),
        ("bi-weekly", "Tuesday (starting 2024-09-10)", {"every": "2 weeks", "day": "tue", "starting": "2024-09-10"}),
    ],
)
def test_plain_frequencies(frequency: str, day: str, cadence: dict[str, object]):
    assert slot(frequency, day) == cadence
    assert noted(frequency, day, "9:00", "UTC") <= {reasons.NO_PHASE}


@pytest.mark.parametrize(
    "frequency",
    [
        "",
        "when the moon is right",
        "not weekly",
        "weekly or by appointment",
        "weekly and monthly",
        "weekly-ish",
        "bimonthly",
        "twice a week",
        "Tuesday",
        "daily on Tuesday",
        "every Tuesday or Thursday",
        "every Tuesday of the month but the first",
        "Tuesdays and sometimes Fridays",
        "weekly on Tuesdays in summer",
        "every 0 weeks",
        "every 100 weeks",
        "every umpteen weeks",
        "fifth Monday of the month",
        "first Mondays of spring",
        "first Monday or second Tuesday of the month",
        "Wednesday after the last Tuesday of the month",
    ],
)
def test_the_rest_is_kept_in_words(frequency: str):
    found = read(frequency, "Tuesday", "9:00", "UTC")
    assert found.cadence == AS_NEEDED
    assert found.remarks == (("kept in words", reasons.NOT_UNDERSTOOD),)
    assert found.words == ", ".join(filter(None, (frequency, "Tuesday", "9:00", "UTC")))


def test_words_beside_a_frequency_are_kept_beside_the_cadence():
    found = read("Biweekly, interleaved with the Regular SIG Meeting", "Wednesday", "7:30", "UTC")
    assert found.cadence == {"every": "2 weeks", "day": "wed", "at": "07:30", "timezone": "UTC"}
    assert set(found.remarks) == {("left open", reasons.NO_PHASE), ("kept in words", reasons.MORE_WORDS)}
    assert found.words == "Biweekly, interleaved with the Regular SIG Meeting, Wednesday, 7:30, UTC"


def test_every_day_but_not_all_of_them_is_no_promise():
    assert slot("daily", "Tuesday") == AS_NEEDED
    assert slot("daily", "workdays") == AS_NEEDED
    assert slot("weekly alternating slack/zoom", "Wednesday") == {"every": "week", "day": "wed"}
    assert reasons.MORE_WORDS in noted("weekly alternating slack/zoom", "Wednesday", "9:00", "UTC")


def test_what_a_cadence_says_in_full_needs_no_words():
    assert read("weekly", "Tuesday", "9:00", "UTC").words == ""
    assert read("biweekly", "Tuesday", "9:00", "UTC").words == ""


def test_no_weekday_is_invented():
    found = read("monthly", "Thursday", "8:00", "UTC")
    assert found.cadence == {"every": "month", "at": "08:00", "timezone": "UTC"}
    assert found.remarks == (("left open", reasons.WHICH_ONE),)
    assert slot("weekly", "some day") == {"every": "week"}
    assert reasons.NO_DAY in noted("weekly", "some day", "9:00", "UTC")


def test_a_start_says_which_weekday_of_the_month():
    assert slot("monthly 2020 start date: Jan. 7th") == {"every": "month", "day": "first tue", "starting": "2020-01-07"}
    assert slot("monthly starting 2026-06-30") == {"every": "month", "day": "last tue", "starting": "2026-06-30"}
    assert reasons.TOLD_BY_START in noted("monthly starting 2026-06-30", "Tuesday", "9:00", "UTC")


def test_a_start_on_another_day_is_no_start():
    texts = ("biweekly starting Tuesday Feb 11, 2025", "Wednesday", "9:00", "UTC")
    assert slot(*texts[:2]) == {"every": "2 weeks", "day": "wed"}
    assert {reasons.OTHER_START, reasons.NO_PHASE} == noted(*texts)
    assert "starting" not in slot("first Tuesday of the month starting 2026-06-30")


def test_a_start_that_is_no_day_of_the_calendar_stays_in_words():
    assert reasons.MORE_WORDS in noted("weekly starting 2026-02-30", "Friday", "9:00", "UTC")


def test_frequency_goes_before_day():
    assert slot("First Wednesday of the month", "Thursday") == {"every": "month", "day": "first wed"}
    assert noted("First Wednesday of the month", "Thursday", "9:00", "UTC") == {reasons.OTHER_DAY}


def test_weekly_on_one_weekday_of_the_month_contradicts_itself():
    assert slot("weekly", "first Wednesday") == AS_NEEDED


def test_the_day_after_a_weekday_of_the_month_is_a_rule():
    said = "monthly - Wednesday, after the fourth Tuesday, every month"
    assert slot(said, "Wednesday") == {"rrule": "FREQ=MONTHLY;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=WE"}
    assert noted(said, "Wednesday", "9:00", "UTC") == {reasons.DAY_AFTER}
    assert slot("Monday after the first Friday") == {"rrule": "FREQ=MONTHLY;BYMONTHDAY=4,5,6,7,8,9,10;BYDAY=MO"}


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:00", "09:00"),
        ("09:00", "09:00"),
        ("17.30", "17:30"),
        ("4PM", "16:00"),
        ("12 am", "00:00"),
        ("12:15 p.m.", "12:15"),
        ("0:05", "00:05"),
    ],
)
def test_times(text: str, clock: str):
    assert read("weekly", "Tuesday", text, "UTC").cadence == {
        "every": "week",
        "day": "tue",
        "at": clock,
        "timezone": "UTC",
    }


@pytest.mark.parametrize("text", ["", "9", "25:00", "24:00", "9:60", "13pm", "0am", "noon", "9:00-10:00", "9:00 or so"])
def test_no_times(text: str):
    assert read("weekly", "Tuesday", text, "UTC").cadence == {"every": "week", "day": "tue"}
    assert noted("weekly", "Tuesday", text, "UTC") == {reasons.NO_TIME}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("PT (Pacific Time)", "America/Los_Angeles"),
        ("ET (Eastern Time)", "America/New_York"),
        ("Eastern Time (ET)", "America/New_York"),
        ("EST (Eastern Time)", "America/New_York"),
        ("EST", "America/New_York"),
        ("CET (Central European Time)", "Europe/Berlin"),
        ("Poland", "Europe/Warsaw"),
        ("utc", "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Berlin time (Europe/Berlin)", "Europe/Berlin"),
        ("", ""),
        ("UTC+2", ""),
        ("local time", ""),
    ],
)
def test_zones(text: str, zone: str):
    assert zone_of(text) == (zone, "")


def test_letters_of_several_zones_are_a_guess():
    for letters, place in {
        "IST": "Asia/Kolkata",
        "Eastern": "America/New_York",
        "PACIFIC": "America/Los_Angeles",
    }.items():
        zone, guess = zone_of(letters)
        assert zone == place
        assert guess in noted("weekly", "Thursday", "14:00", letters)


def test_a_time_without_a_zone_is_no_time():
    assert read("weekly", "Tuesday", "9:00", "local time").cadence == {"every": "week", "day": "tue"}
    assert noted("weekly", "Tuesday", "9:00", "local time") == {reasons.NO_ZONE}


WORDS = """
weekly biweekly monthly every first 1st last and of the month Tuesday Wednesdays after , ( ) - starting 2024 2026-01-06
Jan 7th 4PM 9:00 UTC EST IST 3 weeks other day or 徐
"""
words = st.sampled_from(WORDS.split())
phrases = st.one_of(st.text(max_size=40), st.lists(words, max_size=8).map(" ".join))


@given(phrases, phrases, phrases, phrases)
def test_whatever_is_written_gives_a_cadence_that_is_one(frequency: str, day: str, time: str, zone: str):
    found = read(frequency, day, time, zone)
    assert isinstance(parse_cadence(found.cadence), Cadence)
    assert found.remarks or (isinstance(found.cadence, dict) and not found.words)
