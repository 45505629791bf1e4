"""Exact numbers, and the intervals between them as sets."""

from __future__ import annotations

import itertools
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from values_kit import PROBES, full_intervals, intervals

from coordlint.values import merged, parse_number, said


def held(parts) -> list[Decimal]:
    return [number for number in PROBES if any(interval.holds(number) for interval in parts)]


@given(st.lists(full_intervals, max_size=5))
def test_merging_keeps_every_number_and_leaves_gaps_between(parts):
    found = merged(parts, whole=False)
    assert held(found) == held(parts)
    for left, right in itertools.pairwise(found):
        assert left.high is not None
        assert right.low is not None
        assert left.high < right.low or (left.high == right.low and left.high_open and right.low_open)


@given(intervals, intervals)
def test_meeting_keeps_what_lies_in_both(one, other):
    both = one.meet(other)
    assert held([both]) == [number for number in PROBES if one.holds(number) and other.holds(number)]
    assert both == other.meet(one)


@given(intervals)
def test_whole_numbers_of_an_interval_stay(interval):
    whole = [number for number in PROBES if number % 1 == 0]
    kept = interval.of_whole_numbers()
    assert [n for n in whole if kept.holds(n)] == [n for n in whole if interval.holds(n)]
    assert interval.empty <= kept.empty


@given(st.decimals(-(10**15) + 1, 10**15 - 1, places=9))
def test_a_number_is_exact_and_so_is_the_middle_of_two(number):
    answer = parse_number(format(number, "f"))
    assert answer == number
    assert parse_number(said(answer)) == answer
    middle = (answer + Decimal(10**15 - 1)) / 2
    assert middle + middle - Decimal(10**15 - 1) == answer


@given(st.integers(-(10**8), 10**8), st.integers(0, 6))
def test_a_float_is_the_decimal_that_was_written(digits, places):
    written = f"{'-' if digits < 0 else ''}{abs(digits) // 10**places}.{abs(digits) % 10**places:0{max(places, 1)}}"
    assert parse_number(float(written)) == Decimal(written)
