"""Exact decimal numbers and the intervals between them; a text or a number of the data in, a value or a refusal out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coordlint.values.refusal import Refusal, shown, wanted

if TYPE_CHECKING:
    # Most organisations have no tables of decisions, so that the module is only fetched where there is a number.
    from decimal import Decimal

# With these, the exact middle of two numbers has at most 26 digits, and Python's decimals keep 28.
MOST_DIGITS = 15
MOST_DECIMALS = 9
LONGEST = 64
NUMBER_TIP = "write digits, such as 10000 or 2.5"
# Half of the world puts a point between thousands.
_thousands = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+").fullmatch


def parse_number(value: object) -> Decimal | Refusal:
    """The exact number that digits such as `10` or `-2.5` say; at most 15 digits before the point and 9 behind it."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _ambiguous(value) if _thousands(value) else _number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return wanted(value, "number", NUMBER_TIP)
    if not -(10**MOST_DIGITS) < value < 10**MOST_DIGITS:
        return wanted(value, "number that can be reckoned with", f"write at most {MOST_DIGITS} digits")
    if isinstance(value, int):
        return _number(str(value))
    from decimal import Decimal

    # What a float was written as is its shortest form, and not the binary number that stands for it.
    found = _number(format(Decimal(repr(value)), "f")[:LONGEST])
    return found._replace(offset=0, length=0) if isinstance(found, Refusal) else found


@lru_cache(maxsize=2048)
def _number(text: str) -> Decimal | Refusal:
    found = re.fullmatch(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?", text)
    if not found:
        return _refused_number(text)
    decimals = (found[3] or "").rstrip("0")
    if len(found[2]) > MOST_DIGITS:
        return Refusal(f"{shown(text)} has more than {MOST_DIGITS} digits", tip="give it in a larger unit")
    if len(decimals) > MOST_DECIMALS:
        message = f"{shown(text)} has more than {MOST_DECIMALS} digits behind the point"
        return Refusal(message, found.start(3), tip="give it in a smaller unit")
    from decimal import Decimal

    number = Decimal(f"{found[1]}{found[2]}{'.' if decimals else ''}{decimals}")
    return number or Decimal(0)


def _ambiguous(text: str) -> Refusal:
    whole = text.replace(".", "")
    if text.count(".") > 1:
        return wanted(text, "number", f"write {whole}")
    ahead, _, behind = text.partition(".")
    short = behind.rstrip("0") or "0"
    # With four digits behind it, the point can be no other.
    fraction = f"{ahead}.{short if len(short) < len(behind) else behind + '0'}"
    return Refusal(f"{shown(text)} may be {fraction} or {whole}", tip=f"write {whole}, or {fraction}")


def _refused_number(text: str) -> Refusal:
    bare = re.sub("[,_' %€$£+]", "", text)
    plain = re.fullmatch(r"(-?)0*([0-9]+(?:\.[0-9]+)?)", bare)
    return wanted(text, "number", f"write {plain[1]}{plain[2]}" if plain and text else NUMBER_TIP)


class Interval(NamedTuple):
    """The numbers between two ends. None is no end on that side, which then counts as open."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = True
    high_open: bool = True

    def holds(self, number: Decimal) -> bool:
        """Whether the number lies in it."""
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        return self.high is None or number < self.high or (not self.high_open and number == self.high)

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meet(self, other: Interval) -> Interval:
        """The numbers that lie in both; perhaps none."""
        low, high = max(self, other, key=_low_end), min(self, other, key=_high_end)
        return Interval(low.low, high.high, low.low_open, high.high_open)

    def of_whole_numbers(self) -> Interval:
        """The interval with closed ends that holds the same whole numbers; its ends must be whole."""
        low = self.low + 1 if self.low is not None and self.low_open else self.low
        high = self.high - 1 if self.high is not None and self.high_open else self.high
        return Interval(low, high, low is None, high is None)

    def words(self, inside: Interval) -> str:
        """The interval for people, and for reading again, where all numbers lie `inside` another."""
        if self.low is not None and self.low == self.high:
            return said(self.low)
        low = None if _low_end(self) == _low_end(inside) else self.low
        high = None if _high_end(self) == _high_end(inside) else self.high
        if low is None and high is None:
            return "any"
        if low is not None and high is not None and not self.low_open and not self.high_open:
            return f"{said(low)} to {said(high)}"
        begins = "" if low is None else f"{'over' if self.low_open else 'from'} {said(low)}"
        ends = "" if high is None else f"{'below' if self.high_open else 'up to'} {said(high)}"
        return f"{begins} {ends}".strip()


EVERYTHING = Interval()


def said(number: Decimal) -> str:
    """The number in digits, with no exponent, so that it is read as the same number."""
    text = format(number, "f")
    return f"{text}0" if _thousands(text) else text


def _low_end(interval: Interval) -> tuple[bool, Decimal | int, bool]:
    return interval.low is not None, interval.low or 0, interval.low_open


def _high_end(interval: Interval) -> tuple[bool, Decimal | int, bool]:
    return interval.high is None, interval.high or 0, not interval.high_open


def merged(intervals: Iterable[Interval], whole: bool) -> tuple[Interval, ...]:
    """The same numbers in as few intervals as can be, in order; with `whole`, 1 to 3 and 4 to 6 are one."""
    found: list[Interval] = []
    for interval in sorted(intervals, key=_low_end):
        if not found or not _touch(found[-1], interval, whole):
            found.append(interval)
            continue
        last = max(found[-1], interval, key=_high_end)
        found[-1] = found[-1]._replace(high=last.high, high_open=last.high_open)
    return tuple(found)


def _touch(left: Interval, right: Interval, whole: bool) -> bool:
    """Whether nothing lies between two intervals of which the left one does not begin later."""
    if left.high is None or right.low is None:
        return True
    if left.high == right.low:
        return not (left.high_open and right.low_open)
    return left.high + whole >= right.low
