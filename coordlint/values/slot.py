"""What a cadence is made of: slots, each with its parts as values, in words, and as plain data again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple

from coordlint.values.day import LONG_MONTHS, LONG_WEEKDAYS, MONTHS, WEEKDAYS
from coordlint.values.duration import Duration, Every
from coordlint.values.refusal import listed
from coordlint.values.rrule import Rrule

ORDINALS = ("first", "second", "third", "fourth")
LAST = -1
WORKING_DAYS_A_YEAR = 260.0
WEEKS_A_YEAR = 365.2425 / 7
PERIODS_A_YEAR = {"day": WORKING_DAYS_A_YEAR, "week": WEEKS_A_YEAR, "month": 12.0, "quarter": 4.0, "year": 1.0}


class DayOfMonth(NamedTuple):
    """A day of a month by its number, or the how-manieth weekday or working day of it; number -1 is the last.

    `kind` is day, workday or weekday; `weekday` (Monday 0) is only said for the last of the three.
    """

    kind: str
    number: int
    weekday: int | None = None

    def __str__(self) -> str:
        """The day as a declaration writes it: `second tue`, `workday 4`, `last day`, `15`."""
        if self.weekday is not None:
            return f"{_ordinal(self.number)} {WEEKDAYS[self.weekday]}"
        if self.number == LAST:
            return f"last {self.kind}"
        return f"workday {self.number}" if self.kind == "workday" else str(self.number)

    @property
    def words(self) -> str:
        """The day for people: `the second Tuesday`, `working day 4`, `the last day`, `day 15`."""
        if self.weekday is not None:
            return f"the {_ordinal(self.number)} {LONG_WEEKDAYS[self.weekday]}"
        kind = "working day" if self.kind == "workday" else "day"
        return f"the last {kind}" if self.number == LAST else f"{kind} {self.number}"


def _ordinal(number: int) -> str:
    return "last" if number == LAST else ORDINALS[number - 1]


class Slot(NamedTuple):
    """One way in which a meeting comes about. `form` is every, dates, before, after, rrule or as needed.

    `every` day means working days. With `every` week `weekdays` (Monday 0) say which, else `days` do; none of either
    is a day that nobody said. `months` are those of the fiscal quarter (1 to 3), or of the calendar year (1 to 12).
    Without them, days of a quarter are counted in all of it, so that only a `last` one is in its third month.
    `lasts` is elapsed time of at most a day; `at` is local to `timezone`, or to the meeting's calendar without one.
    """

    form: str
    every: Every | None = None
    weekdays: tuple[int, ...] = ()
    days: tuple[DayOfMonth, ...] = ()
    months: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    before: str = ""
    by: Duration | None = None
    after: str = ""
    within: Duration | None = None
    per_month: float | None = None
    rrule: Rrule | None = None
    at: time | None = None
    lasts: Duration | None = None
    timezone: str | None = None
    starting: date | None = None
    until: date | None = None
    except_days: tuple[date, ...] = ()
    except_periods: tuple[str, ...] = ()
    on_holiday: str = "skip"

    @property
    def minutes(self) -> int | None:
        """How long an occurrence lasts, in minutes; None where that is not said."""
        return self.lasts.minutes if self.lasts else None

    @property
    def regular(self) -> bool:
        """Whether its days can be worked out, so that somebody can wait for it."""
        return self.form not in ("after", "as needed")

    @property
    def bounded(self) -> bool:
        """Whether it is certain to come within some time of being needed."""
        return self.regular or self.within is not None

    @property
    def needs_anchor(self) -> bool:
        """Whether it has a rhythm but no phase: every second week, and nobody said which."""
        if self.starting is not None:
            return False
        if self.rrule is not None:
            return self.rrule.needs_anchor
        return self.every is not None and self.every.number > 1

    @property
    def days_in_months(self) -> tuple[tuple[int, DayOfMonth], ...]:
        """The days of a slot by quarters or years, each with the month of it (from 1) in which it is counted."""
        last = 3 if self.every and self.every.unit == "quarter" else 12
        return tuple((month, day) for day in self.days for month in self.months or (last if day.number == LAST else 1,))

    @property
    def periods_per_year(self) -> float | None:
        """About how often it takes place in a year, holidays and exceptions aside; None where nobody can say."""
        if self.every is not None:
            places = len(self.weekdays) or max(len(self.days), 1) * max(len(self.months), 1)
            return PERIODS_A_YEAR[self.every.unit] / self.every.number * places
        if self.rrule is not None:
            return _rule_per_year(self.rrule)
        return None if self.per_month is None else 12.0 * self.per_month

    @property
    def words(self) -> str:
        """The slot for people: `every 2 weeks on Thursday at 16:00 (America/New_York) for 1h, starting 2026-01-08`."""
        said = _when(self)
        if self.at is not None:
            said += f" at {self.at:%H:%M}"
        if self.timezone is not None:
            said += f" ({self.timezone})"
        if self.lasts is not None:
            said += f" for {self.lasts}"
        return ", ".join((said, *_limits(self)))

    @property
    def plain(self) -> object:
        """The slot as plain data, in the one form that a declaration would be written in."""
        if self.form == "as needed":
            return self.form
        parts: dict[str, object] = {
            "every": _text(self.every),
            "rrule": _text(self.rrule),
            "day": _one_or_list(WEEKDAYS[day] for day in self.weekdays) or _one_or_list(map(_plain_day, self.days)),
            "month": _one_or_list(MONTHS[month - 1] if self._yearly else month for month in self.months),
            "dates": _one_or_list(map(str, self.dates)),
            "before": self.before or None,
            "by": _text(self.by),
            "after": self.after or None,
            "within": _text(self.within),
            "per_month": self.per_month,
            "at": None if self.at is None else f"{self.at:%H:%M}",
            "lasts": _text(self.lasts),
            "timezone": self.timezone,
            "starting": _text(self.starting),
            "until": _text(self.until),
            "except": _one_or_list((*map(str, self.except_days), *self.except_periods)),
            "on_holiday": None if self.on_holiday == "skip" else self.on_holiday,
        }
        return {key: value for key, value in parts.items() if value is not None}

    @property
    def _yearly(self) -> bool:
        return self.every is not None and self.every.unit == "year"


def _when(slot: Slot) -> str:
    """The rhythm, or the event, that the slot follows."""
    if slot.every is not None:
        return f"{slot.every.words}{_which_days(slot)}"
    if slot.rrule is not None:
        return slot.rrule.words
    if slot.dates:
        return f"on {listed(map(str, slot.dates))}"
    if slot.before:
        return f"{slot.by.words + ' ' if slot.by else ''}before {slot.before}"
    if slot.after:
        return f"after {slot.after}" + (f" within {slot.within}" if slot.within else "")
    return slot.form


def _which_days(slot: Slot) -> str:
    if slot.weekdays:
        return f" on {listed(LONG_WEEKDAYS[day] for day in slot.weekdays)}"
    days = f" on {listed(day.words for day in slot.days)}" if slot.days else ""
    if not slot.months:
        return days
    if slot._yearly:
        return f"{days} {'of' if days else 'in'} {listed(LONG_MONTHS[month - 1] for month in slot.months)}"
    which = listed(_ordinal(month) for month in slot.months)
    return f"{days} {'of' if days else 'in'} its {which} month{'s' if len(slot.months) > 1 else ''}"


def _limits(slot: Slot) -> list[str]:
    """From when, until when, when not, and how often."""
    limits = []
    if slot.per_month is not None:
        limits.append(f"about {slot.per_month:g} times a month")
    if slot.rrule is not None and slot.rrule.times is not None:
        limits.append(f"{slot.rrule.times} times")
    if slot.starting is not None:
        limits.append(f"starting {slot.starting}")
    until = slot.until or (slot.rrule and slot.rrule.until)
    if until:
        limits.append(f"until {until}")
    if slot.except_days or slot.except_periods:
        limits.append(f"except {listed((*map(str, slot.except_days), *slot.except_periods))}")
    if slot.on_holiday == "keep":
        limits.append("on holidays too")
    if slot.on_holiday == "next":
        limits.append("after a holiday on the next working day")
    return limits


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _one_or_list(values: Iterable[str | int]) -> str | int | list[str | int] | None:
    found = list(values)
    return (found if len(found) > 1 else found[0]) if found else None


def _plain_day(day: DayOfMonth) -> str | int:
    return day.number if day.kind == "day" and day.number > 0 else str(day)


def _rule_per_year(rule: Rrule) -> float:
    """About how many days of a year the rule picks, by the share of the days that each of its parts leaves."""
    months = len(rule.by_month) or 12
    if rule.freq == "WEEKLY":
        return (len(rule.by_set_pos) or len(rule.by_day) or 1) * WEEKS_A_YEAR * months / 12 / rule.interval
    # A numbered weekday comes once a month, or, in a rule by years that names no month, once a year.
    once = 1 / 12 if rule.freq == "YEARLY" and not rule.by_month else 1.0
    picked = sum(once if number else WEEKS_A_YEAR / 12 for number, _ in rule.by_day)
    if rule.by_month_day:
        picked = len(rule.by_month_day) * (len(rule.by_day) / 7 if rule.by_day else 1.0)
    if rule.freq == "DAILY":
        return (picked or 365.2425 / 12) * months / rule.interval
    if rule.freq == "MONTHLY":
        return (len(rule.by_set_pos) or picked or 1) * months / rule.interval
    return (len(rule.by_set_pos) or picked * months or len(rule.by_month) or 1) / rule.interval
