"""Lengths of time and rhythms: what is read, what is refused, and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values_kit import anything, hold_to_the_rules, marked, slips

from coordlint.values import Duration, Every, Refusal, parse_duration, parse_every, parse_rhythm
from coordlint.values.duration import EVERY, MOST

WORDS = ("45m", "2h", "4wh", "3d", "2w", "6 months", "2 weeks", "day", "quarter", "90d", "1.5h", "3 days", "12 hours")
durations = st.sampled_from(tuple(MOST)).flatmap(
    lambda unit: st.builds(Duration, st.integers(1, MOST[unit]), st.just(unit))
)
rhythms = st.sampled_from(tuple(EVERY)).flatmap(
    lambda unit: st.builds(Every, st.integers(1, EVERY[unit]), st.just(unit))
)


@given(durations)
def test_a_duration_reads_as_itself(duration):
    assert parse_duration(str(duration)) == duration


@given(rhythms)
def test_a_rhythm_reads_as_itself(rhythm):
    assert parse_rhythm(str(rhythm)) == rhythm
    assert parse_every(str(rhythm)) == rhythm


@given(durations)
def test_every_takes_a_duration(duration):
    every = parse_every(str(duration))
    assert isinstance(every, Every)
    assert every.number == duration.amount
    assert parse_every(str(every)) == every


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("45m", "45 minutes", 45),
        ("1m", "1 minute", 1),
        ("2h", "2 hours", 120),
        ("1wh", "1 working hour", None),
        ("3d", "3 working days", None),
        ("2w", "2 weeks", 20_160),
    ],
)
def test_what_a_duration_says(text, words, minutes):
    duration = parse_duration(text)
    assert (str(duration), duration.words, duration.minutes) == (text, words, minutes)
    assert duration.working == (minutes is None)


@pytest.mark.parametrize(
    ("text", "every", "words"),
    [
        ("day", Every(1, "day"), "every working day"),
        ("2 days", Every(2, "day"), "every 2 working days"),
        ("90d", Every(90, "day"), "every 90 working days"),
        ("quarter", Every(1, "quarter"), "every quarter"),
        ("1 quarter", Every(1, "quarter"), "every quarter"),
        ("6 months", Every(6, "month"), "every 6 months"),
        ("3w", Every(3, "week"), "every 3 weeks"),
        ("24h", Every(24, "hour"), "every 24 hours"),
        ("4wh", Every(4, "working hour"), "every 4 working hours"),
    ],
)
def test_what_every_says(text, every, words):
    assert parse_every(text) == every
    assert every.words == words


@pytest.mark.parametrize(
    ("value", "tip"),
    [
        (5, "say the unit: 5d, 5wh, 5h or 5m"),
        ("5", "say the unit: 5d, 5wh, 5h or 5m"),
        ("1.5h", "write 90m"),
        ("1,25h", "write 75m"),
        ("1.5d", "write whole numbers, of a smaller unit if need be"),
        ("0.05h", "write 3m"),
        ("0.0h", "write whole numbers, of a smaller unit if need be"),
        ("600 weeks", "leave it out to say that there is no limit"),
        ("0.5m", "write whole numbers, of a smaller unit if need be"),
        ("3 days", "write 3d"),
        ("3D", "write 3d"),
        ("03d", "write 3d"),
        ("2 hrs", "write 2h"),
        ("4 business hours", "write 4wh"),
        ("0d", "leave it out, or write at least 1m"),
        ("521w", "leave it out to say that there is no limit"),
        ("9" * 60 + "m", "leave it out to say that there is no limit"),
        ("a while", "say the amount and the unit: 45m, 2h, 4wh, 3d or 2w"),
        (0, "say the amount and the unit: 45m, 2h, 4wh, 3d or 2w"),
        (1.5, "say the amount and the unit: 45m, 2h, 4wh, 3d or 2w"),
        (None, "say the amount and the unit: 45m, 2h, 4wh, 3d or 2w"),
    ],
)
def test_a_duration_in_another_form_gets_its_own_form(value, tip):
    answer = parse_duration(value)
    assert isinstance(answer, Refusal)
    assert answer.tip == tip


@pytest.mark.parametrize(("text", "stretch"), [("1.5h", ".5"), ("-3d", "-"), ("3x", "x"), ("3 moons", "moons")])
def test_the_wrong_part_of_a_duration_is_marked(text, stretch):
    assert marked(text, parse_duration(text)) == stretch


@pytest.mark.parametrize(
    ("value", "tip"),
    [
        ("weekly", "write week"),
        ("biweekly", "write 2 weeks"),
        ("every 2 weeks", "write 2 weeks"),
        ("every other week", "write 2 weeks"),
        ("months", "write month"),
        ("Month", "write month"),
        ("moth", "write month"),
        ("2w", "write 2 weeks"),
        ("10d", "write 10 days"),
        ("902w", "write day, week, month, quarter or year, or a number of them, such as 2 weeks"),
        ("hourly", "meetings are held every day, week, month, quarter or year"),
        ("2h", "meetings are held every day, week, month, quarter or year"),
        (2, "say the unit, such as 2 weeks"),
        ("11 years", "write day, week, month, quarter or year, or a number of them, such as 2 weeks"),
        ("0 weeks", "write day, week, month, quarter or year, or a number of them, such as 2 weeks"),
        (None, "write day, week, month, quarter or year, or a number of them, such as 2 weeks"),
    ],
)
def test_a_rhythm_in_another_form_gets_its_own_form(value, tip):
    answer = parse_rhythm(value)
    assert isinstance(answer, Refusal)
    assert answer.tip == tip


def test_every_tells_how_to_write_hours():
    assert parse_every("12 hours").tip == "write 12h"
    assert parse_every("30 minutes").tip == "write 30m"


@given(st.one_of(durations.map(str), rhythms.map(str), slips(WORDS)))
def test_a_tip_that_says_what_to_write_is_true(text):
    for read in (parse_duration, parse_every, parse_rhythm):
        answer = read(text)
        if isinstance(answer, Refusal) and answer.tip.startswith("write ") and answer.tip[6].isdigit():
            assert not isinstance(read(answer.tip.removeprefix("write ")), Refusal), answer


@pytest.mark.parametrize("read", [parse_duration, parse_every, parse_rhythm])
@given(value=st.one_of(anything(WORDS), slips(WORDS)))
def test_nothing_raises_and_every_refusal_is_in_place(read, value):
    hold_to_the_rules(value, read(value))
