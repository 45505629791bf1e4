"""The forms in which sheets write days in, days out; a day that two readers would read differently is none."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from coordlint.values import Refusal, parse_day
from coordlint.values.day import LONG_MONTHS, MONTHS

ORDERS = ("dmy", "mdy")
_MONTH = {name.lower(): number for names in (MONTHS, LONG_MONTHS) for number, name in enumerate(names, start=1)}
_MONTH["sept"] = 9
_CLOCK = re.compile(
    r"[T ,]+([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|UTC|GMT|[+-][0-9:]{2,6}))?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{4})")
_DAY_IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[- ]*([A-Za-z]{3,9})\.?,?[- ]*([0-9]{4})")
_MONTH_IN_WORDS = re.compile(r"([A-Za-z]{3,9})\.? *([0-9]{1,2})(?:st|nd|rd|th)?,? *([0-9]{4})")
_WEEKDAY = re.compile(r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +")


class Unread(Enum):
    """Why a text is no day."""

    NO_DAY = "no day"
    EITHER = "one of two days"


def read_day(text: str, order: str = "") -> date | Unread:
    """The day that a text names: `2026-03-31`, `31.03.2026`, `31 March 2026`, `Mar 31, 2026`; a time of day is left.

    Of `03/04/2026` the order says which it is, dmy or mdy; without one it is one of two days.
    """
    return _day(_parted(text)[0], order)


def read_moment(text: str, order: str = "") -> str | Unread:
    """The day as a text, with the time of day where one is said in local time."""
    written, clock = _parted(text)
    day = _day(written, order)
    return day if isinstance(day, Unread) else f"{day}T{clock}" if clock else f"{day}"


def _parted(text: str) -> tuple[str, str]:
    """What is said of the day, and the time on a clock of 24 hours; a time in a zone of its own is left out."""
    if len(text) > 60:
        return "", ""
    found = _CLOCK.search(text)
    if found is None or found.end() != len(text):
        return text, ""
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else 24
    known = hour < 24 and minute < 60 and not found[4]
    return text[: found.start()], f"{hour:02}:{minute:02}" if known else ""


def _day(text: str, order: str) -> date | Unread:
    said = _WEEKDAY.sub("", text.strip(), count=1)
    if found := _YEAR_FIRST.fullmatch(said):
        return _made(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(said):
        return _year_last(found, order)
    if found := _DAY_IN_WORDS.fullmatch(said):
        return _made(found[3], _MONTH.get(found[2].lower(), 0), found[1])
    if found := _MONTH_IN_WORDS.fullmatch(said):
        return _made(found[3], _MONTH.get(found[1].lower(), 0), found[2])
    return Unread.NO_DAY


def _year_last(found: re.Match[str], order: str) -> date | Unread:
    first, second, year = int(found[1]), int(found[3]), found[4]
    # Where days are written with dots, they come first.
    meant = order or ("dmy" if found[2] == "." else "")
    if meant:
        return _made(year, second, first) if meant == "dmy" else _made(year, first, second)
    if first <= 12 and second <= 12 and first != second:
        return Unread.EITHER
    return _made(year, second, first) if second <= 12 else _made(year, first, second)


def _made(year: str, month: str | int, day: str | int) -> date | Unread:
    read = parse_day(f"{year}-{int(month):02}-{int(day):02}")
    return Unread.NO_DAY if isinstance(read, Refusal) else read
