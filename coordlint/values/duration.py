"""Texts for lengths of time (`3d`) and for how often (`2 weeks`); each becomes a value or a refusal."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from coordlint.nearest import nearest, surely
from coordlint.values.refusal import Refusal, listed, misspelt, shown, wanted

LONGEST = 64
UNITS = {"m": "minute", "h": "hour", "wh": "working hour", "d": "working day", "w": "week"}
# Ten years each: what is longer is a slip of the finger, and would have to be counted out day by day.
MOST = {"m": 5_256_000, "h": 87_600, "wh": 20_800, "d": 2_600, "w": 520}
MINUTES = {"m": 1, "h": 60, "w": 7 * 24 * 60}
EVERY = {"day": 2_600, "week": 520, "month": 120, "quarter": 40, "year": 10}
_LETTER_OF = {"minute": "m", "hour": "h", "working hour": "wh"}
_UNIT_OF = {"m": "minute", "h": "hour", "wh": "working hour", "d": "day", "w": "week"}
# What people write for a unit, as far as it can only mean that one.
_SPELT = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("wh", "working hour", "working hours", "business hours"), "wh"),
    **dict.fromkeys(("d", "day", "days", "working day", "working days", "workdays", "business days", "wd", "bd"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
}
_HABITS = {
    **dict.fromkeys(("daily", "days", "workday", "working day"), "day"),
    **dict.fromkeys(("weekly", "weeks"), "week"),
    **dict.fromkeys(("biweekly", "bi-weekly", "fortnight", "fortnightly", "two weeks", "other week"), "2 weeks"),
    **dict.fromkeys(("monthly", "months"), "month"),
    **dict.fromkeys(("quarterly", "quarters"), "quarter"),
    **dict.fromkeys(("yearly", "years", "annually", "annual"), "year"),
    **dict.fromkeys(("half-year", "half year", "half-yearly"), "6 months"),
}
DURATION_TIP = "say the amount and the unit: 45m, 2h, 4wh, 3d or 2w"
EVERY_TIP = "write day, week, month, quarter or year, or a number of them, such as 2 weeks"


class Duration(NamedTuple):
    """A length of time: m and h elapsed, wh and d by the working calendar of whoever must act, w calendar weeks."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def words(self) -> str:
        """The length for people: `3 working days`."""
        return f"{self.amount} {UNITS[self.unit]}{'s' if self.amount != 1 else ''}"

    @property
    def working(self) -> bool:
        """Whether it counts working time, and so needs a calendar."""
        return self.unit in ("wh", "d")

    @property
    def minutes(self) -> int | None:
        """The length in elapsed minutes; None for working time."""
        return None if self.working else self.amount * MINUTES[self.unit]


def parse_duration(value: object) -> Duration | Refusal:
    """The length of time that `45m`, `2h`, `4wh`, `3d` or `2w` names; at least 1m, at most ten years."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _duration(value)
    if type(value) is int and 0 < value <= 9999:
        tip = f"say the unit: {value}d, {value}wh, {value}h or {value}m"
        return wanted(value, "length of time", tip)
    return wanted(value, "length of time", DURATION_TIP)


@lru_cache(maxsize=4096)
def _duration(text: str) -> Duration | Refusal:
    found = re.fullmatch("([1-9][0-9]*)(m|h|wh|d|w)", text)
    if not found:
        return _refused_duration(text)
    amount, unit = int(found[1]), found[2]
    if amount > MOST[unit]:
        return Refusal(f"{shown(text)} is longer than ten years", tip="leave it out to say that there is no limit")
    return Duration(amount, unit)


def _refused_duration(text: str) -> Refusal:
    if text.startswith("-"):
        return Refusal(f"{shown(text)} is a negative length of time", 0, 1, tip=DURATION_TIP)
    found = re.fullmatch(r"([0-9]+)((?:[.,][0-9]+)?) *([a-z ]*)", text.lower())
    if not found:
        return wanted(text, "length of time", DURATION_TIP)
    unit = _SPELT.get(found[3], "")
    if not found[3]:
        return Refusal(f"{shown(text)} has no unit", tip=f"say the unit: {text}d, {text}wh, {text}h or {text}m")
    if not found[2] and not int(found[1]):
        return Refusal(f"{shown(text)} is no length of time", tip="leave it out, or write at least 1m")
    if unit and found[2]:
        message = f"{shown(text)} is not a whole number of {UNITS[unit]}s"
        return Refusal(message, len(found[1]), len(found[2]), tip=_whole(int(found[1]), found[2], unit))
    if not unit:
        return Refusal(f"{shown(text)} is no length of time", found.start(3), len(found[3]), tip=DURATION_TIP)
    meant = _duration(f"{int(found[1])}{unit}")
    return wanted(text, "length of time", meant.tip if isinstance(meant, Refusal) else f"write {meant}")


def _whole(number: int, fraction: str, unit: str) -> str:
    """How to write a part of a unit: `90m` for 1.5h. How long a working day is, only its calendar knows."""
    minutes, rest = divmod(int(fraction[1:]) * 60, 10 ** (len(fraction) - 1))
    meant = _duration(f"{number * 60 + minutes}m")
    if unit == "h" and not rest and isinstance(meant, Duration):
        return f"write {meant}"
    return "write whole numbers, of a smaller unit if need be"


class Every(NamedTuple):
    """How often: every so many of a unit. A day is a working day, as it is in `3d`.

    Units are day, week, month, quarter and year; minute, hour and working hour where something is refreshed, not held.
    """

    number: int
    unit: str

    def __str__(self) -> str:
        if self.unit in _LETTER_OF:
            return f"{self.number}{_LETTER_OF[self.unit]}"
        return self.unit if self.number == 1 else f"{self.number} {self.unit}s"

    @property
    def words(self) -> str:
        """The rhythm for people: `every 2 weeks`, `every working day`."""
        unit = "working day" if self.unit == "day" else self.unit
        return f"every {unit}" if self.number == 1 else f"every {self.number} {unit}s"


def parse_every(value: object) -> Every | Refusal:
    """How often `quarter`, `6 months` or a length of time such as `90d` says; at most every ten years."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return parse_rhythm(value)
    if re.fullmatch("[0-9.]+(m|h|wh|d|w)", value):
        length = parse_duration(value)
        return length if isinstance(length, Refusal) else Every(length.amount, _UNIT_OF[length.unit])
    spelt = re.fullmatch("([1-9][0-9]*) ([a-z ]+)", value)
    letter = _SPELT.get(spelt[2]) if spelt else None
    if spelt and letter in ("m", "h", "wh"):
        return wanted(value, "rhythm", f"write {spelt[1]}{letter}")
    return _rhythm(value)


def parse_rhythm(value: object) -> Every | Refusal:
    """How often a meeting's `every` says: a day or longer, in words only."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _rhythm(value)
    if type(value) is int and 0 < value <= 9999:
        return Refusal(f"every `{value}` of what", tip=f"say the unit, such as {value} weeks")
    return wanted(value, "rhythm", EVERY_TIP)


@lru_cache(maxsize=1024)
def _rhythm(text: str) -> Every | Refusal:
    found = re.fullmatch("(?:([1-9][0-9]*) )?(day|week|month|quarter|year)(s?)", text)
    if not found or (found[3] and not found[1]):
        return _refused_rhythm(text)
    number, unit = int(found[1] or 1), found[2]
    if number > EVERY[unit]:
        return Refusal(f"{shown(text)} is longer than ten years", 0, len(found[1]), tip=EVERY_TIP)
    return Every(number, unit)


def _refused_rhythm(text: str) -> Refusal:
    small = text.lower().removeprefix("every ").strip()
    if re.fullmatch("([0-9]+ ?)?(m|h|wh|mins?|minutes?|hours?|hourly)", small):
        return Refusal(f"{shown(text)} is finer than a day", tip=f"meetings are held every {listed(EVERY, 'or')}")
    length = re.fullmatch("([1-9][0-9]*)(d|w)", small)
    likely = str(Every(int(length[1]), _UNIT_OF[length[2]])) if length else _HABITS.get(small) or small
    if text.lower() in EVERY:
        return misspelt(text, "rhythm", text.lower())
    if likely != text and isinstance(meant := _rhythm(likely), Every):
        return wanted(text, "rhythm", f"write {meant}")
    near = nearest(small, EVERY)
    if sure := surely(small, EVERY):
        return misspelt(text, "rhythm", sure)
    return wanted(text, "rhythm", f"write {near}" if near else EVERY_TIP)
