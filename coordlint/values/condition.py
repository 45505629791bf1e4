"""Inputs of a decision and conditions of its cases: words or plain data in, exact sets of values or a refusal out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from coordlint.nearest import nearest
from coordlint.values.number import EVERYTHING, Interval, merged, parse_number, said
from coordlint.values.phrase import PHRASE_TIP, read_phrases
from coordlint.values.refusal import Refusal, listed, read_each, shown, wanted

if TYPE_CHECKING:
    from decimal import Decimal

LONGEST = 200
MOST_MEMBERS = 200
MOST_ITEMS = 100
LONGEST_UNIT = 20
KINDS = ("number", "integer", "one_of")
INPUT_TIP = "write {number: 0 to 100}, {integer: 0 to 10}, {one_of: [small, large]} or yes_no"

Member: TypeAlias = str | bool


class Input(NamedTuple):
    """What is known when a decision is asked for. `kind` is number, integer, one_of or yes_no.

    A number or integer lies in `range`; any other is one of `members`, which for yes_no are True and False.
    """

    kind: str
    range: Interval = EVERYTHING
    unit: str = ""
    members: tuple[Member, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, and not members."""
        return self.kind in ("number", "integer")

    @property
    def words(self) -> str:
        """The input for people: `number 0 to 100 %`, `emea, amer or apac`, `yes or no`."""
        if not self.numeric:
            return listed(map(_member_said, self.members), "or")
        kind = "number" if self.kind == "number" else "whole number"
        unit = f" {self.unit}" if self.unit else ""
        range_said = self.range.words(EVERYTHING)
        return f"any {kind}{unit}" if range_said == "any" else f"{kind} {range_said}{unit}"

    @property
    def plain(self) -> object:
        """The input as plain data, in the one form that a declaration would be written in."""
        if self.kind == "yes_no":
            return self.kind
        if self.kind == "one_of":
            return {self.kind: list(self.members)}
        return {self.kind: self.range.words(EVERYTHING), **({"unit": self.unit} if self.unit else {})}


class Condition(NamedTuple):
    """Which values of an input a case is for, as an exact set that is never empty.

    For numbers, intervals in order that do not touch, all inside the input's range; those of integers are closed. For
    any other input, members in the input's order.
    """

    about: Input
    intervals: tuple[Interval, ...] = ()
    members: tuple[Member, ...] = ()

    def holds(self, value: Decimal | Member) -> bool:
        """Whether the value, as `parse_given` reads it, is one of them."""
        if isinstance(value, str | bool):
            return value in self.members
        return any(interval.holds(value) for interval in self.intervals)

    @property
    def any(self) -> bool:
        """Whether every value of the input is meant."""
        return self.intervals == (self.about.range,) if self.about.numeric else self.members == self.about.members

    @property
    def words(self) -> str:
        """The condition for people, in the words that are read: `over 10 up to 25`, `emea or amer`, `yes`, `any`."""
        return " or ".join(self._parts)

    @property
    def plain(self) -> object:
        """The condition as plain data: a text, a truth value, or a list of them."""
        parts: list[object] = list(self._parts if self.any or self.about.numeric else self.members)
        return parts if len(parts) > 1 else parts[0]

    @property
    def _parts(self) -> Sequence[str]:
        if self.any:
            return ("any",)
        if self.about.numeric:
            return [interval.words(self.about.range) for interval in self.intervals]
        return [_member_said(member) for member in self.members]


def _member_said(member: Member) -> str:
    return member if isinstance(member, str) else "yes" if member else "no"


# Inputs


def parse_input(value: object) -> Input | Refusal:
    """The input that `{number: 0 to 100, unit: "%"}`, `{integer: any}`, `{one_of: [a, b]}` or `yes_no` describes."""
    if value == "yes_no":
        return YES_NO
    if isinstance(value, str):
        meant = {"number": "{number: any}", "integer": "{integer: any}"}.get(value) or nearest(value[:20], ("yes_no",))
        meant = "yes_no" if value.lower() in ("bool", "boolean", "yes or no", "yes/no", "true/false") else meant
        return wanted(value, "input", f"write {meant}" if meant else INPUT_TIP)
    if not isinstance(value, dict):
        return wanted(value, "input", INPUT_TIP)
    # Every condition asks for its input. Only texts may be a key of what is remembered, where 1 and true are the same.
    if all(type(each) is str for each in value.values()):
        return _input_of_texts(tuple(value.items()))
    return _read_input(value)


@lru_cache(maxsize=512)
def _input_of_texts(items: tuple[tuple[object, str], ...]) -> Input | Refusal:
    return _read_input(dict(items))


def _read_input(value: Mapping[object, object]) -> Input | Refusal:
    kind = _kind_of(value)
    if isinstance(kind, Refusal):
        return kind
    found = _one_of(value[kind]) if kind == "one_of" else _numbers(kind, value[kind])
    if isinstance(found, Refusal):
        return found.below(kind)
    unit = _unit(value["unit"]) if "unit" in value else ""
    return unit.below("unit") if isinstance(unit, Refusal) else found._replace(unit=unit)


YES_NO = Input("yes_no", members=(True, False))


def _kind_of(value: Mapping[object, object]) -> str | Refusal:
    for key in value:
        if not isinstance(key, str) or key not in (*KINDS, "unit"):
            near = nearest(key[:20], (*KINDS, "unit")) if isinstance(key, str) else None
            tip = "write yes_no alone" if key == "yes_no" else f"did you mean `{near}`?" if near else INPUT_TIP
            route = (key,) if isinstance(key, str) else ()
            return Refusal(f"an input has no key {shown(key)}", route=route, tip=tip, on_key=bool(route))
    kinds = [key for key in KINDS if key in value]
    if len(kinds) != 1:
        message = f"an input is either {listed(kinds, 'or')}" if kinds else "this input does not say what it is"
        return Refusal(message, tip="leave one of them out" if kinds else INPUT_TIP)
    if kinds == ["one_of"] and "unit" in value:
        return Refusal("`unit` belongs to `number` or `integer`", route=("unit",), tip="leave it out", on_key=True)
    return kinds[0]


def _numbers(kind: str, value: object) -> Input | Refusal:
    found = parse_condition(value, Input(kind))
    if isinstance(found, Refusal):
        return found
    if len(found.intervals) > 1:
        return Refusal(
            "the range of an input is in one piece", tip="write from the least to the most, such as 0 to 100"
        )
    only = found.intervals[0]
    if only.low is not None and only.low == only.high:
        text = f"`{said(only.low)}` is the only value that this input may have"
        return Refusal(text, tip=f"write a range, such as 0 to {said(abs(only.low) or only.low + 1)}")
    return Input(kind, only)


def _one_of(value: object) -> Input | Refusal:
    members = read_each(value, _new_member, MOST_MEMBERS)
    return members if isinstance(members, Refusal) else Input("one_of", members=members)


def _new_member(value: object) -> str | Refusal:
    if type(value) is int and -(10**9) < value < 10**9:
        return str(value)
    if isinstance(value, bool):
        return wanted(value, "text", "write `yes_no` for an input that is true or false")
    if not isinstance(value, str) or not value.isprintable() or value != value.strip() or not 0 < len(value) <= 64:
        return wanted(value, "name for a choice", "write a short text, such as emea")
    if value in ("any", "-"):
        return wanted(value, "name for a choice", "write another word: this one stands for every choice")
    return value


def _unit(value: object) -> str | Refusal:
    if isinstance(value, str) and value.isprintable() and value.strip() and len(value) <= LONGEST_UNIT:
        return value
    return wanted(value, "unit", 'write a short text, such as "%" or EUR')


# Conditions


def parse_condition(value: object, about: Input) -> Condition | Refusal:
    """The values of the input that a condition is for; what can match none of them is refused."""
    return _condition_of_text(value, about) if type(value) is str else _read_condition(value, about)


@lru_cache(maxsize=4096)
def _condition_of_text(text: str, about: Input) -> Condition | Refusal:
    return _read_condition(text, about)


def _read_condition(value: object, about: Input) -> Condition | Refusal:
    items = value if isinstance(value, list | tuple) else [value]
    if not items or len(items) > MOST_ITEMS:
        tip = f"write at most {MOST_ITEMS} values" if items else "write a value, or leave the input out"
        return Refusal("a list of no values can never match" if not items else "this list is too long", tip=tip)
    intervals: list[Interval] = []
    members: set[Member] = set()
    for index, item in enumerate(items):
        found = _numeric(item, about) if about.numeric else _members(item, about)
        if isinstance(found, Refusal):
            return found.below(index) if items is value else found
        intervals.extend(found.intervals)
        members.update(found.members)
    if about.numeric:
        found = Condition(about, merged(intervals, about.kind == "integer"))
        return _of_every_value(intervals, about) if found.any and about.range not in intervals else found
    return Condition(about, members=tuple(member for member in about.members if member in members))


def _of_every_value(intervals: list[Interval], about: Input) -> Refusal:
    """Why parts that leave nothing out together are refused: most likely each was to narrow the others."""
    both = about.range
    for interval in intervals:
        both = both.meet(interval)
    tip = "write any" if both.empty else f"write {both.words(about.range)}, or any"
    return Refusal("this is true of every value: each part takes what the others leave out", tip=tip)


def parse_given(value: object, about: Input) -> Decimal | Member | Refusal:
    """The one value of the input that somebody gives when they ask who decides."""
    if not about.numeric:
        return _member(value, about)
    number = parse_number(value)
    return number if isinstance(number, Refusal) else _outside(number, about) or number


def _outside(number: Decimal, about: Input) -> Refusal | None:
    """Why the number is none of the input's, if so."""
    if about.kind == "integer" and number % 1:
        return Refusal(f"`{said(number)}` is no whole number", tip="write a whole number, or call the input a number")
    low, high = about.range.low, about.range.high
    if (low is None or low <= number) and (high is None or number <= high):
        return None
    return Refusal(f"`{said(number)}` lies outside the input's range", tip=f"the input is declared as {about.words}")


def _member(value: object, about: Input) -> Member | Refusal:
    text = _member_said(value) if isinstance(value, bool) and about.kind == "yes_no" else value
    text = str(value) if type(value) is int and -(10**9) < value < 10**9 else text
    known = {_member_said(member): member for member in about.members}
    if isinstance(text, str) and text in known:
        return known[text]
    near = nearest(text[:64], known) if isinstance(text, str) else None
    choices = f"the choices are {listed(known, 'or')}" if len(known) <= 12 else f"there are {len(known)} choices"
    return wanted(value, "choice of this input", f"did you mean `{near}`?" if near else choices)


def _members(item: object, about: Input) -> Condition | Refusal:
    if item in ("any", "-") and isinstance(item, str):
        return Condition(about, members=about.members)
    one = _member(item, about)
    if not isinstance(one, Refusal):
        return Condition(about, members=(one,))
    parts = re.split(", *| or ", item) if isinstance(item, str) and len(item) <= LONGEST else []
    several = [_member(part, about) for part in parts]
    if len(several) < 2 or "" in parts or all(isinstance(member, Refusal) for member in several):
        return one
    found: list[Member] = []
    start = 0
    for part, member in zip(parts, several, strict=True):
        start = str(item).index(part, start)
        if isinstance(member, Refusal):
            return member.inside(part, start)
        found.append(member)
    return Condition(about, members=tuple(found))


def _numeric(item: object, about: Input) -> Condition | Refusal:
    if isinstance(item, bool) or not isinstance(item, int | float | str):
        return wanted(item, "condition on a number", PHRASE_TIP)
    if not isinstance(item, str):
        number = parse_number(item)
        if isinstance(number, Refusal):
            return number
        return _outside(number, about) or _inside(said(number), Interval(number, number, False, False), about)
    if "\n" in item and len(item) <= LONGEST:
        return _on_lines_of_its_own(item)
    phrases = read_phrases(item) if len(item) <= LONGEST else wanted(item, "condition on a number", PHRASE_TIP)
    if isinstance(phrases, Refusal):
        return phrases
    intervals: list[Interval] = []
    for phrase in phrases:
        for number, start, length in phrase.numbers:
            problem = _outside(number, about)
            if problem:
                return problem._replace(offset=start, length=length)
        found = _inside(phrase.text, phrase.interval, about)
        if isinstance(found, Refusal):
            return found.inside(phrase.text, phrase.start)
        intervals.extend(found.intervals)
    return Condition(about, tuple(intervals))


def _on_lines_of_its_own(item: str) -> Refusal:
    """Most likely a `>` that was to compare, and is the head of a block to YAML."""
    number = parse_number(item.strip())
    tip = PHRASE_TIP if isinstance(number, Refusal) else f"write over {said(number)}, or from {said(number)}"
    return Refusal(f"{shown(item)} stands in a block below `>` or `|`, and a condition stands on one line", tip=tip)


def _inside(text: str, interval: Interval, about: Input) -> Condition | Refusal:
    """The interval cut to what the input may be, unless that leaves nothing."""
    kept = interval.meet(about.range)
    kept = kept.of_whole_numbers() if about.kind == "integer" else kept
    if not kept.empty:
        return Condition(about, (kept,))
    why = (
        "no whole number lies between its ends"
        if interval.low and interval.high
        else f"the input is declared as {about.words}"
    )
    return Refusal(f"{shown(text)} can never match", tip=why)
