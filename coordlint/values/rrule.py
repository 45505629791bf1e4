"""Recurrence rules of calendars (RFC 5545), as far as meetings need them; a rule becomes a value or a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from coordlint.nearest import nearest
from coordlint.values.day import LONG_MONTHS, LONG_WEEKDAYS, LONGEST_MONTHS, parse_day
from coordlint.values.duration import Every
from coordlint.values.refusal import Refusal, listed, shown, wanted

LONGEST = 500
FREQUENCIES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
FINER = ("HOURLY", "MINUTELY", "SECONDLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_INTERVAL = {"DAILY": 3_650, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
NOT_READ = {
    **dict.fromkeys(("BYHOUR", "BYMINUTE", "BYSECOND"), "the time of day is said by `at`"),
    **dict.fromkeys(("BYWEEKNO", "BYYEARDAY"), "say it by BYMONTH, BYMONTHDAY and BYDAY"),
    **dict.fromkeys(("DTSTART", "EXDATE", "RDATE", "TZID"), "write it as `starting`, `except`, `dates` or `timezone`"),
}
ORDINALS = ("first", "second", "third", "fourth", "fifth")
RRULE_TIP = "write a rule such as FREQ=MONTHLY;BYDAY=-1FR"


class Rrule(NamedTuple):
    """A recurrence rule in parts. `by_day` holds (how-manieth or 0, weekday with Monday 0); negative counts back."""

    freq: str
    interval: int = 1
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0
    times: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        """The rule as a calendar writes it, its parts always in one order."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        for key, numbers in zip(("BYMONTH", "BYMONTHDAY", "BYSETPOS"), (self[2], self[3], self[5]), strict=True):
            if numbers:
                parts.append(f"{key}={','.join(map(str, numbers))}")
        if self.by_day:
            days = (f"{number or ''}{WEEKDAYS[weekday]}" for number, weekday in self.by_day)
            parts.append(f"BYDAY={','.join(days)}")
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        if self.times is not None:
            parts.append(f"COUNT={self.times}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def words(self) -> str:
        """The rule for people, without its end: `every month on the last Friday`."""
        said = Every(self.interval, FREQUENCIES[self.freq]).words.replace("working day", "day")
        days = [_day_said(number, weekday) for number, weekday in self.by_day]
        dates = _dates_said(self.by_month_day, "" if days else "each day ")
        if days:
            said += f" on {listed(days)}"
        if dates:
            said += f", if that is {listed(dates, 'or')}" if days else f" on {listed(dates)}"
        if self.by_month:
            said += f" in {listed(LONG_MONTHS[month - 1] for month in self.by_month)}"
        if self.by_set_pos:
            said += f", of these only the {listed(_counted(place) for place in self.by_set_pos)}"
        return said

    @property
    def needs_anchor(self) -> bool:
        """Whether the rule says nothing certain without a day to start from."""
        if self.interval > 1 or self.times is not None:
            return True
        return self.freq != "DAILY" and not self.by_day and not self.by_month_day


def _dates_said(days: tuple[int, ...], each: str) -> list[str]:
    """Days of the month for people, three and more in a row as one: `between day 23 and day 29`."""
    said: list[str] = []
    rows = groupby(enumerate(days), key=lambda pair: (pair[1] > 0, pair[1] - pair[0]))
    for (positive, _), row in rows:
        found = [day for _, day in row]
        if positive and len(found) > 2:
            said.append(f"{each}between day {found[0]} and day {found[-1]}")
        else:
            said += [f"day {day}" if positive else f"the {_counted(day)} day" for day in found]
    return said


def _day_said(number: int, weekday: int) -> str:
    return f"the {_counted(number)} {LONG_WEEKDAYS[weekday]}" if number else LONG_WEEKDAYS[weekday]


def _counted(number: int) -> str:
    """The number as a place in a row: `second`, `last`, `second to last`, `12th`."""
    if number == -1:
        return "last"
    size = abs(number)
    ending = "th" if 10 < size % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    word = ORDINALS[size - 1] if size <= len(ORDINALS) else f"{size}{ending}"
    return word if number > 0 else f"{word} to last"


class _Part(NamedTuple):
    """One `KEY=text` of a rule, and where it stands."""

    key: str
    text: str
    start: int

    @property
    def text_start(self) -> int:
        return self.start + len(self.key) + 1

    def refused(self, message: str, tip: str = RRULE_TIP) -> Refusal:
        return Refusal(message, self.text_start, len(self.text), tip=tip) if self.text else self.as_key(message, tip)

    def as_key(self, message: str, tip: str = RRULE_TIP) -> Refusal:
        return Refusal(message, self.start, len(self.key), tip=tip)


def parse_rrule(value: object) -> Rrule | Refusal:
    """The recurrence rule that a text such as `FREQ=MONTHLY;BYDAY=-1FR` holds; daily is the finest that is read."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _rrule(value)
    return wanted(value, "recurrence rule", RRULE_TIP)


@lru_cache(maxsize=512)
def _rrule(text: str) -> Rrule | Refusal:
    parts = _parts(text)
    if isinstance(parts, Refusal):
        return parts
    fields: dict[str, Any] = {}
    for part in parts.values():
        name, read = READERS[part.key]
        found = read(part)
        if isinstance(found, Refusal):
            return found
        fields[name] = found
    rule = Rrule(**fields)
    return _contradiction(rule, parts) or rule


def _parts(text: str) -> dict[str, _Part] | Refusal:
    """The parts of the rule by key, each key known and used once, FREQ among them."""
    if text.upper().startswith("RRULE:"):
        return Refusal(f"{shown(text)} begins with a label", 0, 6, tip=f"write {text[6:46]}")
    parts: dict[str, _Part] = {}
    start = 0
    for piece in text.split(";"):
        key, equals, said = piece.partition("=")
        part = _Part(key, said, start)
        start += len(piece) + 1
        problem = _wrong_key(part, bool(equals))
        if problem:
            return problem if text else wanted(text, "recurrence rule", RRULE_TIP)
        if key in parts:
            return part.as_key(f"`{key}` stands twice", "leave one out")
        parts[key] = part
    return parts if "FREQ" in parts else Refusal("this rule has no FREQ", tip=RRULE_TIP)


def _wrong_key(part: _Part, has_value: bool) -> Refusal | None:
    if part.key in READERS and has_value:
        return None
    if part.key in NOT_READ:
        return part.as_key(f"`{part.key}` is not read here", NOT_READ[part.key])
    near = nearest(part.key[:20], READERS)
    if not part.key:
        # An empty part has no letter of its own to point at, so its semicolon stands for it.
        return Refusal("a part of this rule is empty", max(part.start - 1, 0), 1, tip=RRULE_TIP)
    if part.key in READERS:
        return part.as_key(f"`{part.key}` says nothing", f"write {part.key}= and a value, or leave it out")
    tip = f"did you mean `{near}`?" if near else f"the parts are {listed(READERS)}"
    return part.as_key(f"a recurrence rule has no {shown(part.key)}", tip)


def _frequency(part: _Part) -> str | Refusal:
    if part.text in FREQUENCIES:
        return part.text
    if part.text.upper() in FINER:
        return part.refused(f"{shown(part.text)} is finer than a day", "the finest is FREQ=DAILY")
    near = nearest(part.text[:20], FREQUENCIES)
    return part.refused(f"{shown(part.text)} is no frequency", f"write FREQ={near or listed(FREQUENCIES, 'or')}")


def _whole(most: int) -> Callable[[_Part], int | Refusal]:
    def read(part: _Part) -> int | Refusal:
        if re.fullmatch("[1-9][0-9]{0,5}", part.text) and int(part.text) <= most:
            return int(part.text)
        return part.refused(f"{shown(part.text)} is no number from 1 to {most}", f"write a number behind {part.key}=")

    return read


def _numbers(most: int, negative: bool = True) -> Callable[[_Part], tuple[int, ...] | Refusal]:
    """A reader of numbers from 1 to `most`, and counted from the end too where `negative` says so."""
    sign = "[+-]?" if negative else ""

    def read(part: _Part) -> tuple[int, ...] | Refusal:
        found = set()
        for item in part.text.split(","):
            if not re.fullmatch(sign + "[1-9][0-9]{0,2}", item) or abs(int(item)) > most:
                tip = f"write numbers from 1 to {most}" + (f", or -1 to -{most} from the end" if negative else "")
                return part.refused(f"{shown(item)} is no number for {part.key}", tip)
            found.add(int(item))
        return tuple(sorted(found))

    return read


def _weekdays(part: _Part) -> tuple[tuple[int, int], ...] | Refusal:
    found = set()
    for item in part.text.split(","):
        match = re.fullmatch("([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)", item)
        if not match or abs(int(match[1] or 0)) > 53:
            tip = f"write {listed(WEEKDAYS, 'or')}, with a number before it for the first or the last (-1) of a month"
            return part.refused(f"{shown(item)} is no day for BYDAY", tip)
        found.add((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(sorted(found))


def _week_start(part: _Part) -> int | Refusal:
    if part.text in WEEKDAYS:
        return WEEKDAYS.index(part.text)
    return part.refused(f"{shown(part.text)} is no weekday", f"write one of {listed(WEEKDAYS, 'or')}")


def _until(part: _Part) -> date | Refusal:
    found = re.fullmatch("([0-9]{4})([0-9]{2})([0-9]{2})(T[0-9]{6}Z?)?", part.text)
    day = parse_day(f"{found[1]}-{found[2]}-{found[3]}") if found else None
    if isinstance(day, date):
        return day
    message = day.message if day else f"{shown(part.text)} is no day for UNTIL"
    return part.refused(message, "write year, month and day without hyphens, such as UNTIL=20261231")


READERS: dict[str, tuple[str, Callable[[_Part], Any]]] = {
    "FREQ": ("freq", _frequency),
    "INTERVAL": ("interval", _whole(3_650)),
    "BYMONTH": ("by_month", _numbers(12, negative=False)),
    "BYMONTHDAY": ("by_month_day", _numbers(31)),
    "BYDAY": ("by_day", _weekdays),
    "BYSETPOS": ("by_set_pos", _numbers(366)),
    "WKST": ("week_start", _week_start),
    "COUNT": ("times", _whole(9_999)),
    "UNTIL": ("until", _until),
}


def _contradiction(rule: Rrule, parts: dict[str, _Part]) -> Refusal | None:
    """The first part that does not go with the rest of the rule."""
    if rule.interval > MOST_INTERVAL[rule.freq]:
        return parts["INTERVAL"].refused(f"every {rule.interval} {FREQUENCIES[rule.freq]}s is longer than ten years")
    if rule.times is not None and rule.until is not None:
        return parts["UNTIL"].as_key("COUNT and UNTIL both end this rule", "leave one of them out")
    if rule.by_month_day and rule.freq == "WEEKLY":
        return parts["BYMONTHDAY"].as_key("BYMONTHDAY does not go with FREQ=WEEKLY", "write FREQ=MONTHLY")
    most = {"MONTHLY": 5, "YEARLY": 5 if rule.by_month else 53}.get(rule.freq, 0)
    for number, weekday in rule.by_day:
        if abs(number) > most:
            message = f"`{number}{WEEKDAYS[weekday]}` does not go with FREQ={rule.freq}"
            tip = f"write {WEEKDAYS[weekday]}" if not most else f"no month has a {_counted(abs(number))} weekday"
            return parts["BYDAY"].refused(message, tip)
    if rule.by_set_pos and not (rule.by_day or rule.by_month_day or rule.by_month):
        return parts["BYSETPOS"].as_key("BYSETPOS has nothing to choose from", "add BYDAY, or leave it out")
    return _never(rule, parts)


def _never(rule: Rrule, parts: dict[str, _Part]) -> Refusal | None:
    """The days of the month, where none of the months has them."""
    if not rule.by_month or not rule.by_month_day:
        return None
    longest = max(LONGEST_MONTHS[month - 1] for month in rule.by_month)
    if min(map(abs, rule.by_month_day)) <= longest:
        return None
    months = listed((LONG_MONTHS[month - 1] for month in rule.by_month), "or")
    return parts["BYMONTHDAY"].refused(f"{months} has no day {rule.by_month_day[0]}", f"the last is day {longest}")
