"""Cadences of every kind: their plain form reads as the same cadence, and nothing that YAML can hold raises."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from values_kit import anything, hold_to_the_rules, slips

from coordlint.values import Refusal, parse_cadence
from coordlint.values.cadence import KEYS
from coordlint.values.slot import ORDINALS


def listed(items):
    return st.lists(items, min_size=1, max_size=3, unique=True)


days = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31)).map(str)
days_of_month = st.one_of(
    st.integers(1, 28),
    st.sampled_from(("last day", "last workday")),
    st.integers(1, 20).map("workday {}".format),
    st.builds("{} {}".format, st.sampled_from((*ORDINALS, "last")), st.sampled_from(("mon", "wed", "sun"))),
)
common = {
    "at": st.times().map("{:%H:%M}".format),
    "lasts": st.integers(1, 24).map("{}h".format),
    "timezone": st.sampled_from(("UTC", "Europe/Berlin", "Australia/Sydney")),
    "on_holiday": st.sampled_from(("skip", "keep", "next")),
}
repeated = {**common, "starting": days, "except": listed(st.one_of(days, st.sampled_from(("year-end", "q-4"))))}
slots = st.one_of(
    st.fixed_dictionaries({"every": st.sampled_from(("day", "5 days"))}, optional=repeated),
    st.fixed_dictionaries(
        {"every": st.integers(1, 9).map("{} weeks".format)},
        optional={**repeated, "day": listed(st.sampled_from(("mon", "wed", "sun")))},
    ),
    st.fixed_dictionaries({"every": st.just("month")}, optional={**repeated, "day": listed(days_of_month)}),
    st.fixed_dictionaries(
        {"every": st.just("quarter")},
        optional={**repeated, "day": listed(days_of_month), "month": listed(st.integers(1, 3))},
    ),
    st.fixed_dictionaries(
        {"every": st.just("year"), "month": listed(st.integers(1, 12))},
        optional={**repeated, "day": listed(days_of_month)},
    ),
    st.fixed_dictionaries({"dates": listed(days)}, optional=common),
    st.fixed_dictionaries({"before": st.just("board"), "by": st.sampled_from(("5d", "2w"))}, optional=repeated),
    st.fixed_dictionaries(
        {"after": st.just("an incident")},
        optional={"within": st.just("2d"), "per_month": st.floats(0.1, 100), "lasts": st.just("1h")},
    ),
    st.fixed_dictionaries({"rrule": st.sampled_from(("FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR"))}, optional=repeated),
    st.just("as needed"),
)


@given(st.one_of(slots, st.lists(slots, min_size=1, max_size=3)))
def test_the_plain_form_reads_as_the_same_cadence(value):
    answer = parse_cadence(value)
    if isinstance(answer, Refusal):
        # Drawn slots are sound each for itself; only two equal ones are refused.
        assert answer.message == "this slot stands twice"
        return
    again = parse_cadence(answer.plain)
    assert (again, hash(again), again.words) == (answer, hash(answer), answer.words)
    assert again.plain == answer.plain
    assert answer.words.isprintable()


WORDS = ("week", "2 weeks", "month", "year", "quarter", "tue", "second tue", "workday 4", "2026-03-12", "10:00", "45m")


@given(anything((*WORDS, "FREQ=DAILY", "as needed", "UTC", "keep"), KEYS))
def test_nothing_raises_and_every_refusal_is_in_place(value):
    hold_to_the_rules(value, parse_cadence(value))


@given(
    slots.filter(lambda value: isinstance(value, dict)), st.sampled_from(KEYS), st.one_of(anything(WORDS), slips(WORDS))
)
def test_nothing_raises_where_one_part_is_wrong(value, key, part):
    spoilt = {**value, key: part}
    hold_to_the_rules(spoilt, parse_cadence(spoilt))
