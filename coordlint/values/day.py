"""Texts for days, moments, times, opening hours, weekdays and months; each becomes a value or a refusal."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from coordlint.nearest import nearest, surely
from coordlint.values.refusal import Refusal, listed, misspelt, read_each, shown, wanted

# Days far from today cannot be reckoned with: the year after 9999 does not exist. A century or two either side can.
FIRST_YEAR = 1600
LAST_YEAR = 2999
LONGEST = 64
MINUTES_A_DAY = 24 * 60

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAY_OF = {name.lower(): index for names in (WEEKDAYS, LONG_WEEKDAYS) for index, name in enumerate(names)}
_MONTH_OF = {name.lower(): index for names in (MONTHS, LONG_MONTHS) for index, name in enumerate(names, start=1)}

DAY_TIP = "write year, month and day, such as 2026-03-31"
MOMENT_TIP = "write a day and a time, such as 2026-03-31T14:05, or a day alone"
TIME_TIP = 'write hours and minutes in quotation marks, such as "09:30"'
HOURS_TIP = 'write from when to when, such as "09:00-17:30"'


def parse_day(value: object) -> date | Refusal:
    """The day that a text such as `2026-03-31` names; years 1600 to 2999."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _day(value)
    return wanted(value, "day", _day_tip(str(value)) if type(value) is int and 0 < value < 10**8 else DAY_TIP)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | Refusal:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return wanted(text, "day", _day_tip(text))
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        tip = "leave it out to say that there is no end" if year > LAST_YEAR else DAY_TIP
        return Refusal(f"`{text}` is out of reach: years run from {FIRST_YEAR} to {LAST_YEAR}", 0, 4, tip=tip)
    if not 1 <= month <= 12:
        return Refusal(f"`{text}` is no day: there is no month {text[5:7]}", 5, 2, tip=_day_tip(text))
    last = last_day_of(year, month)
    if not day:
        return Refusal(f"`{text}` is no day: months begin with day 01", 8, 2, tip=DAY_TIP)
    if day > last:
        named = LONG_MONTHS[month - 1] + (f" {year}" if month == 2 else "")
        tip = f"the last day of the month is {text[:8]}{last}"
        return Refusal(f"`{text}` is no day: {named} has {last} days", 8, 2, tip=tip)
    return date(year, month, day)


def last_day_of(year: int, month: int) -> int:
    """How many days the month of that year has."""
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return LONGEST_MONTHS[month - 1]


def _day_tip(text: str) -> str:
    """The day in the form that is read, where another form of it leaves no doubt."""
    if re.fullmatch("[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = re.match("([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})(?![0-9])", text)
    if not found:
        return DAY_TIP
    parts = [int(part) for part in found.groups()]
    year_first = re.match("[0-9]{4}[-/. ]", text)
    year, month, day = parts if year_first else reversed(parts)
    if year_first and month > 12:
        month, day = day, month
    if "/" in text and not year_first:
        # The two sides of the Atlantic read 03/04/2026 as two different days.
        month, day = (month, day) if day > 12 else (day, month) if month > 12 else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= last_day_of(year, month)):
        return DAY_TIP
    return f"write {year:04}-{month:02}-{day:02}"


def parse_moment(value: object) -> datetime | Refusal:
    """The moment, without a zone, that `2026-03-31T14:05` names; a day alone is its first minute."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return wanted(value, "moment", MOMENT_TIP)
    day = parse_day(value[:10])
    if isinstance(day, Refusal):
        return day if day.length else wanted(value, "moment", MOMENT_TIP)
    if len(value) == 10:
        return datetime(day.year, day.month, day.day)
    clock = parse_time(value[11:])
    if value[10] == "T" and isinstance(clock, time):
        return datetime.combine(day, clock)
    if value[10] == "T" and isinstance(clock, Refusal) and clock.length:
        return clock.inside(value[11:], 11)._replace(tip=MOMENT_TIP)
    meant = _clock(re.sub(r"(?i)z$|[+-][0-9:]*$", "", value[11:]))
    tip = f"write {day}T{meant}, in local time" if meant else MOMENT_TIP
    return Refusal(f"{shown(value)} is no moment", 10, tip=tip)


def parse_time(value: object) -> time | Refusal:
    """The time of day that `"09:30"` names, on a clock of 24 hours."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _time(value)
    if type(value) is int and 0 <= value <= 2359 and value % 100 < 60:
        return wanted(value, "time", f'write "{value // 100:02}:{value % 100:02}"')
    return wanted(value, "time", TIME_TIP)


@lru_cache(maxsize=2048)
def _time(text: str) -> time | Refusal:
    if not re.fullmatch("[0-9]{2}:[0-9]{2}", text):
        return wanted(text, "time", _time_tip(text))
    hour, minute = int(text[:2]), int(text[3:])
    if hour > 23:
        tip = 'the day ends at "23:59", and the next begins at "00:00"' if text == "24:00" else TIME_TIP
        return Refusal(f"`{text}` is no time: the last hour of a day is 23", 0, 2, tip=tip)
    if minute > 59:
        return Refusal(f"`{text}` is no time: the last minute of an hour is 59", 3, 2, tip=TIME_TIP)
    return time(hour, minute)


def _time_tip(text: str) -> str:
    """The time in the form that is read, where another form of it leaves no doubt."""
    clock = _clock(text)
    return f'write "{clock}"' if clock else TIME_TIP


def _clock(text: str) -> str:
    """What a text such as `9`, `9.30` or `5pm` says on a clock of 24 hours, or nothing."""
    found = re.fullmatch("([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?::[0-9]{2})? ?([ap]m)?", text.lower())
    if not found:
        return ""
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0) if hour <= 12 else 24
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


class Hours(NamedTuple):
    """A stretch of a day, in minutes from its first; past 1440 it runs into the next day, and belongs to the first."""

    start: int
    end: int

    def __str__(self) -> str:
        end = self.end if self.end == MINUTES_A_DAY else self.end % MINUTES_A_DAY
        return f"{self.start // 60:02}:{self.start % 60:02}-{end // 60:02}:{end % 60:02}"

    @property
    def words(self) -> str:
        """The stretch for people: `09:00 to 17:30`, or `22:00 to 06:00 the next day`."""
        return str(self).replace("-", " to ") + (" the next day" if self.end > MINUTES_A_DAY else "")


def parse_hours(value: object) -> Hours | Refusal:
    """The stretch that `"09:00-17:30"` names; `22:00-06:00` ends the next day, `00:00-24:00` is all of one."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _hours(value)
    return wanted(value, "stretch of hours", HOURS_TIP)


@lru_cache(maxsize=256)
def _hours(text: str) -> Hours | Refusal:
    if len(text) != 11 or text[5] != "-":
        return wanted(text, "stretch of hours", _hours_tip(text))
    start = parse_time(text[:5])
    if isinstance(start, Refusal):
        return start.inside(text[:5], 0)._replace(tip=HOURS_TIP)
    end = time(0) if text[6:] == "24:00" else parse_time(text[6:])
    if isinstance(end, Refusal):
        return end.inside(text[6:], 6)._replace(tip=HOURS_TIP)
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    if text[:5] == text[6:]:
        return Refusal(f"`{text}` has no length", tip='write "00:00-24:00" for a whole day')
    return Hours(first, last if last > first else last + MINUTES_A_DAY)


def _hours_tip(text: str) -> str:
    """The stretch in the form that is read, where another form of it leaves no doubt."""
    ends = [_clock(part.strip()) for part in re.split("-|–|—| to ", text)]
    return f'write "{ends[0]}-{ends[1]}"' if len(ends) == 2 and all(ends) else HOURS_TIP


def parse_weekday(value: object) -> int | Refusal:
    """The weekday's number, Monday 0 to Sunday 6, of `mon` or `Monday`."""
    if isinstance(value, str) and (number := _WEEKDAY_OF.get(value.lower())) is not None:
        return number
    if isinstance(value, str) and (meant := surely(value[:LONGEST], _WEEKDAY_OF)):
        return misspelt(value, "weekday", meant)
    near = nearest(value[:LONGEST], _WEEKDAY_OF) or _begins(value, WEEKDAYS) if isinstance(value, str) else None
    return wanted(value, "weekday", f"write {near}" if near else f"write {listed(WEEKDAYS, 'or')}")


def parse_weekdays(value: object) -> tuple[int, ...] | Refusal:
    """The numbers of one weekday or a list of them, in the order of the week."""
    found = read_each(value, parse_weekday, len(WEEKDAYS))
    return found if isinstance(found, Refusal) else tuple(sorted(found))


def parse_month(value: object) -> int | Refusal:
    """The month's number, January 1 to December 12, of `feb`, `February` or 2."""
    if type(value) is int and 1 <= value <= 12:
        return value
    if isinstance(value, str) and (number := _MONTH_OF.get(value.lower())) is not None:
        return number
    if isinstance(value, str) and (meant := surely(value[:LONGEST], _MONTH_OF)):
        return misspelt(value, "month", meant)
    near = nearest(value[:LONGEST], _MONTH_OF) or _begins(value, MONTHS) if isinstance(value, str) else None
    return wanted(value, "month", f"write {near}" if near else "write one of jan to dec")


def _begins(text: str, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if text.lower().startswith(name)), None)
