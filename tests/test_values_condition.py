"""Numbers, inputs and conditions: exact sets from words, the words again, and what is refused where."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values_kit import PROBES, anything, full_intervals, hold_to_the_rules, marked, slips

from coordlint.values import (
    Condition,
    Input,
    Interval,
    Refusal,
    parse_condition,
    parse_given,
    parse_input,
    parse_number,
    said,
)

PERCENT = Input("number", Interval(Decimal(0), Decimal(100), False, False), unit="%")
COUNT = Input("integer", Interval(Decimal(0), Decimal(10), False, False))
ANY = Input("number")
REGION = Input("one_of", members=("emea", "amer", "apac"))
YES_NO = Input("yes_no", members=(True, False))
INPUTS = (PERCENT, COUNT, ANY, REGION, YES_NO)

WORDS = (
    "up to 10",
    "over 25",
    "from 6",
    "below 5",
    "6 to 8",
    "over 10 up to 25",
    "from 5 below 9",
    "any",
    "emea",
    "no",
)
EVERY_VALUE = "this is true of every value: each part takes what the others leave out"
IN_BLOCK = "stands in a block below `>` or `|`, and a condition stands on one line"
FEEL = ("<= 10", ">25", "(10..25]", "[10 .. 25)", "]1..2[", "<5, >=10", "-")


def condition(value, about) -> Condition:
    answer = parse_condition(value, about)
    assert isinstance(answer, Condition), answer
    return answer


@pytest.mark.parametrize(
    ("about", "value", "words"),
    [
        (PERCENT, "up to 10", "up to 10"),
        (PERCENT, "over 25", "over 25"),
        (PERCENT, "from 6", "from 6"),
        (PERCENT, "below 5", "below 5"),
        (PERCENT, "6 to 8", "6 to 8"),
        (PERCENT, "over 10 up to 25", "over 10 up to 25"),
        (PERCENT, "from 5 below 9", "from 5 below 9"),
        (PERCENT, "over 5 below 9", "over 5 below 9"),
        (PERCENT, "from 5 up to 9", "5 to 9"),
        (PERCENT, "6 to 6", "6"),
        (PERCENT, 5, "5"),
        (PERCENT, "5.50", "5.5"),
        (PERCENT, 0.1, "0.1"),
        (PERCENT, 2.125, "2.1250"),
        (PERCENT, "0.125 to 2.5000", "0.125 to 2.5"),
        (PERCENT, [10, 5, 5], "5 or 10"),
        (PERCENT, ["up to 10", "over 50", "10 to 20"], "up to 20 or over 50"),
        (PERCENT, ["below 10", "over 10"], "below 10 or over 10"),
        (PERCENT, "any", "any"),
        (PERCENT, "0 to 100", "any"),
        (PERCENT, "from 0", "any"),
        (PERCENT, "up to 0", "0"),
        (PERCENT, "<= 10", "up to 10"),
        (PERCENT, "<10", "below 10"),
        (PERCENT, "> 25", "over 25"),
        (PERCENT, ">=25", "from 25"),
        (PERCENT, "(10..25]", "over 10 up to 25"),
        (PERCENT, "[10..25]", "10 to 25"),
        (PERCENT, "]10 .. 25[", "over 10 below 25"),
        (PERCENT, "[10..25)", "from 10 below 25"),
        (PERCENT, "<5, >=10", "below 5 or from 10"),
        (PERCENT, "up to 10 or over 50", "up to 10 or over 50"),
        (PERCENT, "any, 5", "any"),
        (PERCENT, "-", "any"),
        (ANY, "-5 to -0.5", "-5 to -0.5"),
        (ANY, "up to 0", "up to 0"),
        (ANY, "-0", "0"),
        (COUNT, "over 5", "from 6"),
        (COUNT, "below 5", "up to 4"),
        (COUNT, "over 1 below 5", "2 to 4"),
        (COUNT, [1, 2, 3, 7], "1 to 3 or 7"),
        (COUNT, 3.0, "3"),
        (REGION, "emea", "emea"),
        (REGION, ["apac", "emea"], "emea or apac"),
        (REGION, "apac or emea", "emea or apac"),
        (REGION, "apac, emea", "emea or apac"),
        (REGION, ["emea", "amer", "apac"], "any"),
        (REGION, "any", "any"),
        (YES_NO, True, "yes"),
        (YES_NO, False, "no"),
        (YES_NO, "no", "no"),
        (YES_NO, [True, "no"], "any"),
    ],
)
def test_every_form_is_read_and_said(about, value, words):
    assert condition(value, about).words == words


def test_a_condition_is_an_exact_set():
    over_ten = condition("over 10 up to 25", PERCENT)
    assert over_ten.intervals == (Interval(Decimal(10), Decimal(25), True, False),)
    assert condition("over 25", PERCENT).intervals == (Interval(Decimal(25), Decimal(100), True, False),)
    assert condition("any", ANY).intervals == (Interval(None, None, True, True),)
    assert condition("over 5", COUNT).intervals == (Interval(Decimal(6), Decimal(10), False, False),)
    assert condition(["apac", "emea"], REGION).members == ("emea", "apac")
    assert condition("no", YES_NO).members == (False,)
    assert condition("[10..25]", PERCENT) == condition("10 to 25", PERCENT)
    assert not over_ten.holds(Decimal(10))
    assert over_ten.holds(Decimal("10.000000001"))
    assert over_ten.holds(Decimal(25))


@pytest.mark.parametrize(
    ("about", "value", "message", "tip"),
    [
        (PERCENT, "over 10 up to 10", "`over 10 up to 10` can never match", None),
        (PERCENT, "25 to 10", "`25 to 10` can never match", "the smaller number comes first"),
        (PERCENT, "(5..5]", "`(5..5]` can never match", None),
        (PERCENT, "over 100", "`over 100` can never match", "the input is declared as number 0 to 100 %"),
        (PERCENT, "below 0", "`below 0` can never match", None),
        (PERCENT, "up to 150", "`150` lies outside the input's range", None),
        (PERCENT, -1, "`-1` lies outside the input's range", None),
        (COUNT, "over 5 below 6", "`over 5 below 6` can never match", "no whole number lies between its ends"),
        (COUNT, 2.5, "`2.5` is no whole number", None),
        (COUNT, "up to 2.5", "`2.5` is no whole number", None),
        (PERCENT, [], "a list of no values can never match", None),
        (ANY, "over 80, up to 500", EVERY_VALUE, "write over 80 up to 500, or any"),
        (PERCENT, "up to 50 or over 10", EVERY_VALUE, "write over 10 up to 50, or any"),
        (PERCENT, ["below 10", "from 10"], EVERY_VALUE, "write any"),
        (COUNT, ["up to 4", "from 5"], EVERY_VALUE, "write any"),
        (PERCENT, True, "`true` is no condition on a number", None),
        (PERCENT, None, "an empty value is no condition on a number", None),
        (PERCENT, "", "an empty text is no condition on a number", None),
        (PERCENT, "at most 10", "`at most 10` is no condition on a number", "write up to 10"),
        (PERCENT, "at least 10%", None, "write from 10"),
        (PERCENT, "up to 10 %", None, "write up to 10"),
        (PERCENT, "more than 10", None, "write over 10"),
        (PERCENT, "under 10", None, "write below 10"),
        (PERCENT, "between 6 and 8", None, "write 6 to 8"),
        (PERCENT, "from 6 to 8", None, "write 6 to 8"),
        (PERCENT, "6-8", None, "write 6 to 8"),
        (PERCENT, "6..8", None, "write 6 to 8"),
        (PERCENT, "10+", None, "write from 10"),
        (PERCENT, "10 or more", None, "write from 10"),
        (PERCENT, "= 10", None, "write 10"),
        (PERCENT, "Up to 10", None, "write up to 10"),
        (PERCENT, "all", None, "write any"),
        (ANY, "10,500", "`10,500` may be one number or two", None),
        (ANY, "500\n", f"`500` {IN_BLOCK}", "write over 500, or from 500"),
        (ANY, "up to\n500", f"`up to 500` {IN_BLOCK}", None),
        (ANY, "up to 1.000", "`1.000` may be 1.0 or 1000", "write 1000, or 1.0"),
        (ANY, "1.250 to 2", "`1.250` may be 1.25 or 1250", "write 1250, or 1.25"),
        (ANY, "up to 2.125", "`2.125` may be 2.1250 or 2125", "write 2125, or 2.1250"),
        (ANY, "over -1.000.000", "`-1.000.000` is no number", "write -1000000"),
        (ANY, "up to 10_500", "`10_500` is no number", "write 10500"),
        (ANY, "007", "`007` is no number", "write 7"),
        (ANY, "up to 10k", "`10k` is no number", "write digits, such as 10000 or 2.5"),
        (ANY, "10^400", "`10^400` is no number", None),
        (ANY, "1e400", "`1e400` is no number", None),
        (ANY, 10**400, "a number of many digits is no number that can be reckoned with", None),
        (ANY, float("inf"), "`inf` is no number that can be reckoned with", None),
        (ANY, float("nan"), "`nan` is no number that can be reckoned with", None),
        (ANY, "1" * 16, "`1111111111111111` has more than 15 digits", None),
        (ANY, 1e-10, "`0.0000000001` has more than 9 digits behind the point", None),
        (REGION, "emae", "`emae` is no choice of this input", "did you mean `emea`?"),
        (REGION, "EMEA", None, "did you mean `emea`?"),
        (REGION, "latam", None, "the choices are emea, amer or apac"),
        (REGION, True, "`true` is no choice of this input", None),
        (REGION, [], "a list of no values can never match", None),
        (YES_NO, "maybe", "`maybe` is no choice of this input", "the choices are yes or no"),
        (YES_NO, 1, "`1` is no choice of this input", None),
    ],
)
def test_what_is_refused_and_why(about, value, message, tip):
    answer = parse_condition(value, about)
    assert isinstance(answer, Refusal)
    assert message is None or answer.message == message
    assert tip is None or answer.tip == tip


@pytest.mark.parametrize(
    ("about", "text", "stretch"),
    [
        (PERCENT, "over 10 up to ten", "ten"),
        (PERCENT, "up to 10 or over 500", "500"),
        (PERCENT, "up to 10 or 8 to 6", "8 to 6"),
        (PERCENT, "(10..250]", "250"),
        (REGION, "emea or amre", "amre"),
        (ANY, "up to 1,000", "1,0"),
        (ANY, "over 5 up to 1.000", "1.000"),
        (ANY, "0,", "0,"),
        (REGION, "emea,", "emea,"),
        (REGION, "emea, , amer", "emea, , amer"),
    ],
)
def test_the_wrong_part_is_marked(about, text, stretch):
    assert marked(text, parse_condition(text, about)) == stretch


def test_the_wrong_item_of_a_list_is_marked():
    assert parse_condition(["emea", "x"], REGION).route == (1,)
    assert parse_condition([5, "up to 500"], PERCENT)[:4] == ("`500` lies outside the input's range", 6, 3, (1,))


@pytest.mark.parametrize(
    ("value", "about", "words"),
    [
        ({"number": "0 to 100", "unit": "%"}, PERCENT, "number 0 to 100 %"),
        ({"number": "any"}, ANY, "any number"),
        ({"number": "over 0"}, Input("number", Interval(Decimal(0), None, True, True)), "number over 0"),
        ({"integer": "0 to 10"}, COUNT, "whole number 0 to 10"),
        ({"integer": "over -1 below 11"}, COUNT, "whole number 0 to 10"),
        ({"one_of": ["emea", "amer", "apac"]}, REGION, "emea, amer or apac"),
        ({"one_of": [1, 2]}, Input("one_of", members=("1", "2")), "1 or 2"),
        ({"one_of": "only"}, Input("one_of", members=("only",)), "only"),
        ("yes_no", YES_NO, "yes or no"),
    ],
)
def test_every_input_is_read_and_said(value, about, words):
    assert parse_input(value) == about
    assert about.words == words
    assert parse_input(about.plain) == about


@pytest.mark.parametrize(
    ("value", "route", "message"),
    [
        ({"nubmer": "any"}, ("nubmer",), "an input has no key `nubmer`"),
        ({"yes_no": True}, ("yes_no",), "an input has no key `yes_no`"),
        ({}, (), "this input does not say what it is"),
        ({"number": "any", "integer": "any"}, (), "an input is either number or integer"),
        ({"number": "100 to 0"}, ("number",), "`100 to 0` can never match"),
        ({"number": 5}, ("number",), "`5` is the only value that this input may have"),
        ({"number": [1, 3]}, ("number",), "the range of an input is in one piece"),
        ({"integer": "0.5 to 3"}, ("integer",), "`0.5` is no whole number"),
        ({"number": "any", "unit": 5}, ("unit",), "`5` is no unit"),
        ({"one_of": ["a"], "unit": "%"}, ("unit",), "`unit` belongs to `number` or `integer`"),
        ({"one_of": []}, ("one_of",), "this list is empty"),
        ({"one_of": ["a", "b", "a"]}, ("one_of", 2), "`a` stands twice"),
        ({"one_of": [1, "1"]}, ("one_of", 1), "`1` stands twice"),
        ({"one_of": ["a", "any"]}, ("one_of", 1), "`any` is no name for a choice"),
        ({"one_of": [True]}, ("one_of", 0), "`true` is no text"),
        ({"one_of": [None]}, ("one_of", 0), "an empty value is no name for a choice"),
        ("boolean", (), "`boolean` is no input"),
        (None, (), "an empty value is no input"),
    ],
)
def test_what_is_no_input(value, route, message):
    answer = parse_input(value)
    assert isinstance(answer, Refusal)
    assert (answer.route, answer.message) == (route, message)


@pytest.mark.parametrize(
    ("value", "about", "given_value"),
    [
        (30, PERCENT, Decimal(30)),
        ("30", PERCENT, Decimal(30)),
        (0.1, PERCENT, Decimal("0.1")),
        ("emea", REGION, "emea"),
        (True, YES_NO, True),
        ("no", YES_NO, False),
    ],
)
def test_what_is_given(value, about, given_value):
    assert parse_given(value, about) == given_value


@pytest.mark.parametrize(
    ("value", "about"),
    [
        (101, PERCENT),
        ("up to 5", PERCENT),
        (True, PERCENT),
        (2.5, COUNT),
        ("x", REGION),
        ([5], PERCENT),
        (["emea"], REGION),
    ],
)
def test_what_cannot_be_given(value, about):
    assert isinstance(parse_given(value, about), Refusal)


hundredths = st.integers(-500, 500).map(lambda number: Decimal(number) / 100)


@given(st.sampled_from(("up to", "below", "from", "over")), hundredths, hundredths)
def test_words_of_one_end_mean_what_they_say(word, end, number):
    expected = {"up to": number <= end, "below": number < end, "from": number >= end, "over": number > end}[word]
    assert condition(f"{word} {said(end)}", ANY).holds(number) == expected


@given(st.sampled_from(("over", "from")), st.sampled_from(("up to", "below")), hundredths, hundredths, hundredths)
def test_words_of_two_ends_mean_what_they_say(begins, ends, low, high, number):
    answer = parse_condition(f"{begins} {said(low)} {ends} {said(high)}", ANY)
    above = number > low if begins == "over" else number >= low
    below = number < high if ends == "below" else number <= high
    if low < high or (low == high and (begins, ends) == ("from", "up to")):
        assert answer.holds(number) == (above and below)
    else:
        assert isinstance(answer, Refusal)


@given(st.lists(full_intervals, min_size=1, max_size=3), st.sampled_from(("number", "integer")))
def test_words_and_plain_data_read_as_the_same_condition(parts, kind):
    texts = [interval.words(Interval()) for interval in parts]
    about = Input(kind, Interval(Decimal(-4), None, False, True))
    answer = parse_condition(texts, about)
    if isinstance(answer, Refusal):
        assert "can never match" in answer.message or answer.message == EVERY_VALUE
        return
    assert parse_condition(answer.words, about) == answer
    assert parse_condition(answer.plain, about) == answer
    assert hash(parse_condition(answer.plain, about)) == hash(answer)
    whole = [number for number in PROBES if number >= -4 and (kind == "number" or number % 1 == 0)]
    assert [n for n in whole if answer.holds(n)] == [n for n in whole if any(part.holds(n) for part in parts)]


@given(st.lists(st.sampled_from(REGION.members), min_size=1))
def test_members_read_as_themselves(members):
    answer = condition(members, REGION)
    assert set(answer.members) == set(members)
    assert condition(answer.words, REGION) == condition(answer.plain, REGION) == answer
    assert answer.any == (len(set(members)) == 3)


@given(
    full_intervals.filter(lambda interval: interval.low is None or interval.low != interval.high),
    st.text("€%x", max_size=3),
)
def test_an_input_reads_as_itself(interval, unit):
    about = Input("number", interval, unit=unit)
    assert parse_input(about.plain) == about


@pytest.mark.parametrize("about", INPUTS)
@given(value=st.one_of(anything((*WORDS, *FEEL)), slips((*WORDS, *FEEL))))
def test_nothing_raises_and_every_refusal_is_in_place(about, value):
    answer = parse_condition(value, about)
    hold_to_the_rules(value, answer)
    hold_to_the_rules(value, parse_given(value, about))
    if isinstance(answer, Condition):
        assert answer.intervals or answer.members
        assert parse_condition(answer.plain, about) == answer


@given(anything(("yes_no", "any", "0 to 100", "5", "%"), ("number", "integer", "one_of", "unit")))
def test_no_input_raises(value):
    answer = parse_input(value)
    hold_to_the_rules(value, answer)
    hold_to_the_rules(value, parse_number(value))
    if isinstance(answer, Input):
        assert parse_input(answer.plain) == answer


@given(st.text("0123456789-. ,toupverfmblw<>=[]()%", max_size=40))
def test_a_tip_that_says_what_to_write_is_true(text):
    answer = parse_condition(text, ANY)
    hold_to_the_rules(text, answer)
    if isinstance(answer, Refusal) and answer.tip.startswith("write ") and "such as" not in answer.tip:
        meant = answer.tip.removeprefix("write ")
        assert "," in meant or not isinstance(parse_condition(meant, ANY), Refusal)
