"""A calendar and periods in; on how many days of a stretch the house is shut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from coordlint.facts.lifetimes import MONTHS
from coordlint.model.house import Calendar, Period
from coordlint.model.org import Org, fact
from coordlint.values import Refusal, last_day_of, parse_month

# Whether a day lies in a period.
_Lies: TypeAlias = Callable[[date], bool]


def shut_between(org: Org, after: date, until: date) -> int:
    """On how many of the days after one, and up to another, the house is shut: the holidays of its first calendar, and
    the days in periods in which it decides nothing. Days on which nobody works anyway may be among them."""
    holidays, frozen = _shut(org)
    days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
    return sum(1 for day in days if day in holidays or any(lies(day) for lies in frozen))


@fact
def _shut(org: Org) -> tuple[frozenset[date], Sequence[_Lies]]:
    calendars = org.all(Calendar)
    holidays = frozenset(calendars[0].holidays) if calendars else frozenset()
    frozen = [_lies_in(period) for period in org.all(Period) if period.freeze and not period.refused]
    return holidays, [each for each in frozen if each is not None]


def _lies_in(period: Period) -> _Lies | None:
    """Whether a day lies in a period; None where it cannot be read."""
    first, end, length, of = period.from_, period.to, period.last, period.of
    if first is not None and end is not None:
        return lambda day: first <= day <= end
    if length is None or of is None:
        return None
    month = parse_month(period.org.house.fiscal_year_starts)
    begins = 1 if isinstance(month, Refusal) else month
    # What is shorter than a day counts as one.
    working, count = length.unit in ("d", "wh"), length.amount
    days = {"w": 7 * count, "d": count}.get(length.unit, 1)
    return lambda day: _days_between(day, _end(day, of, begins), working) < days


def _days_between(day: date, end: date, working: bool) -> int:
    """How many days there are after one, and up to another; or working days, five in a week."""
    weeks, rest = divmod((end - day).days, 7)
    if not working:
        return 7 * weeks + rest
    return 5 * weeks + sum(1 for number in range(1, rest + 1) if (day.weekday() + number) % 7 < 5)


def _end(day: date, of: str, begins: int) -> date:
    """The last day of the week, month, fiscal quarter or fiscal year that a day lies in."""
    if of == "week":
        return day + timedelta(days=6 - day.weekday())
    months = MONTHS[of]
    left = (begins - 1 - day.month) % months
    year, month = divmod(day.year * 12 + day.month - 1 + left, 12)
    return date(year, month + 1, last_day_of(year, month + 1))
