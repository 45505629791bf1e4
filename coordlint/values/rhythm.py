"""The `day` and `month` beside `every`, as plain data, in; the weekdays, days and months, or a refusal, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from coordlint.nearest import nearest
from coordlint.values.day import LONG_MONTHS, LONG_WEEKDAYS, LONGEST_MONTHS, parse_month, parse_weekday
from coordlint.values.duration import Every
from coordlint.values.refusal import Refusal, read_each, shown, wanted
from coordlint.values.slot import LAST, ORDINALS, DayOfMonth

Found = TypeVar("Found", int, DayOfMonth)

LONGEST = 64
MOST_DAYS = 31
MOST_WORKDAYS = 20
# The last day that every month has; what is later would be left out of the short months.
SURE_DAYS = 28
PLACES = {**{name: number for number, name in enumerate(ORDINALS, start=1)}, "last": LAST}
SHORT_PLACES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "1": "first", "2": "second"}
DAYS_TIP = "write second tue, last fri, workday 4, last workday, last day or the day's number"


def read_days_and_months(said: Mapping[Any, object], every: Every) -> dict[str, Any] | Refusal:
    """The fields of a slot that its `day` and `month` fill: weekdays, or days and months."""
    months = _read_months(said["month"], every) if "month" in said else ()
    if isinstance(months, Refusal):
        return months
    if "day" not in said:
        return {"months": months}
    if every.unit == "day":
        tip = "write `every: week` and the days, such as [mon, wed, fri]"
        return Refusal(f"`day` does not go with `every: {every}`", route=("day",), tip=tip, on_key=True)
    if every.unit == "week":
        weekdays = _each(said["day"], _day_of_week)
        return weekdays.below("day") if isinstance(weekdays, Refusal) else {"weekdays": weekdays}
    if every.unit == "year" and not months:
        message = "`day` does not say in which month of the year"
        return Refusal(message, route=("day",), tip="add a month, such as month: mar", on_key=True)
    days = _each(said["day"], lambda item: _sure(_day_of_month(item), months if every.unit == "year" else ()))
    return days.below("day") if isinstance(days, Refusal) else {"days": days, "months": months}


def _each(value: object, read: Callable[[object], Found | Refusal]) -> tuple[Found, ...] | Refusal:
    found = read_each(value, read, MOST_DAYS)
    return found if isinstance(found, Refusal) else tuple(sorted(found, key=_in_order))


def _in_order(found: int | DayOfMonth) -> tuple[int, int, str]:
    if isinstance(found, int):
        return found, 0, ""
    return (99 if found.number == LAST else found.number), found.weekday or 0, found.kind


def _read_months(value: object, every: Every) -> tuple[int, ...] | Refusal:
    if every.unit not in ("quarter", "year"):
        message = f"`month` does not go with `every: {every}`: it belongs to `every: quarter` or `every: year`"
        return Refusal(message, route=("month",), tip="leave it out", on_key=True)
    months = _each(value, parse_month if every.unit == "year" else _month_of_quarter)
    return months.below("month") if isinstance(months, Refusal) else months


def _month_of_quarter(value: object) -> int | Refusal:
    if type(value) is int and 1 <= value <= 3:
        return value
    return wanted(value, "month of a quarter", "write 1, 2 or 3: the months of a fiscal quarter")


def _day_of_week(value: object) -> int | Refusal:
    if isinstance(value, str) and len(value) <= LONGEST:
        if isinstance(_day_of_month_text(value), DayOfMonth):
            return Refusal(f"{shown(value)} belongs to `every: month`", tip="write a weekday alone, or `every: month`")
        if value.lower() in ("workday", "workdays", "weekday", "weekdays", "daily"):
            return wanted(value, "weekday", "write `every: day`, which means working days")
    return parse_weekday(value)


def _day_of_month(value: object) -> DayOfMonth | Refusal:
    if type(value) is int and 1 <= value <= 31:
        return DayOfMonth("day", value)
    if isinstance(value, str) and len(value) <= LONGEST:
        return _day_of_month_text(value)
    return wanted(value, "day of a month", DAYS_TIP)


@lru_cache(maxsize=512)
def _day_of_month_text(text: str) -> DayOfMonth | Refusal:
    small = text.lower()
    if re.fullmatch("[1-9]|[12][0-9]|3[01]", small):
        return DayOfMonth("day", int(small))
    if small in ("last day", "last workday"):
        return DayOfMonth(small.removeprefix("last "), LAST)
    if re.fullmatch("workday [0-9]+", small):
        if len(small) <= 10 and 1 <= int(small[8:]) <= MOST_WORKDAYS:
            return DayOfMonth("workday", int(small[8:]))
        message = f"{shown(text)} is no day of every month"
        return Refusal(message, 8, tip=f"write workday 1 to {MOST_WORKDAYS}, or last workday")
    place, _, name = small.partition(" ")
    weekday = parse_weekday(name)
    if place in PLACES and isinstance(weekday, int):
        return DayOfMonth("weekday", PLACES[place], weekday)
    return _refused_day(text, place, name, weekday)


def _refused_day(text: str, place: str, name: str, weekday: int | Refusal) -> Refusal:
    """Why a text is no day of a month, at the word that is wrong where there is only one."""
    if isinstance(parse_weekday(place), int) and not name:
        return Refusal(f"{shown(text)} does not say which one of the month", tip=f"write first {text} or last {text}")
    if name == "workday" and place in PLACES:
        return wanted(text, "day of a month", f"write workday {PLACES[place]}")
    if isinstance(weekday, Refusal):
        if place not in PLACES or not name:
            return wanted(text, "day of a month", DAYS_TIP)
        return Refusal(f"{shown(name)} is no weekday", len(place) + 1, tip=weekday.tip)
    if place in ("fifth", "5th"):
        tip = f"write last {name}"
        return Refusal(f"not every month has a fifth {LONG_WEEKDAYS[weekday]}", 0, len(place), tip=tip)
    near = SHORT_PLACES.get(place) or nearest(place, PLACES)
    tip = f"write {near} {name}" if near else "write first, second, third, fourth or last"
    return (
        Refusal(f"{shown(place)} is no place in a month", 0, len(place), tip=tip) if place else wanted(text, "day", tip)
    )


def _sure(day: DayOfMonth | Refusal, months: tuple[int, ...]) -> DayOfMonth | Refusal:
    """The day, unless a month goes without it; `months` are those of the year that are meant, none for any."""
    if isinstance(day, Refusal) or day.kind != "day" or day.number <= SURE_DAYS:
        return day
    short = [month for month in months if LONGEST_MONTHS[month - 1] < day.number or month == 2]
    if months and not short:
        return day
    message = f"not every month has a day {day.number}"
    if short:
        never = LONGEST_MONTHS[short[0] - 1] < day.number
        message = f"{LONG_MONTHS[short[0] - 1]} {'has no' if never else 'does not always have a'} day {day.number}"
    return Refusal(message, tip="write last day or last workday")
