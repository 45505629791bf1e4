"""Cadences: the plain data of `cadence:` in, one slot, a list of slots or `as needed`; out a value or a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from coordlint.nearest import nearest, only_near
from coordlint.values.day import WEEKDAYS, parse_day, parse_time, parse_weekday
from coordlint.values.duration import Duration, parse_duration, parse_rhythm
from coordlint.values.refusal import Refusal, listed, read_each, shown, wanted
from coordlint.values.rhythm import read_days_and_months
from coordlint.values.rrule import parse_rrule
from coordlint.values.slot import Slot
from coordlint.values.zone import parse_zone

AS_NEEDED = Slot("as needed")
MOST_SLOTS = 50
MOST_DATES = 400
CADENCE_TIP = "write a slot such as {every: week, day: tue}, or the two words `as needed`"
FORM_TIP = "say every, dates, before, after or rrule"

_DATED = ("every", "dates", "before", "rrule")
_REPEATED = ("every", "before", "rrule")
GOES_WITH: dict[str, tuple[str, ...]] = {
    "day": ("every",),
    "month": ("every",),
    "by": ("before",),
    "within": ("after",),
    "per_month": ("after",),
    "at": _DATED,
    "lasts": (*_DATED, "after"),
    "timezone": _DATED,
    "starting": _REPEATED,
    "until": _REPEATED,
    "except": _REPEATED,
    "on_holiday": _DATED,
}
FORMS = ("every", "dates", "before", "after", "rrule")
KEYS = (*FORMS, *GOES_WITH)

_SAID_SO = {
    **dict.fromkeys(("daily", "every day"), "{every: day}"),
    **dict.fromkeys(("weekly", "every week"), "{every: week, day: tue}"),
    **dict.fromkeys(("biweekly", "bi-weekly", "fortnightly"), "{every: 2 weeks, day: tue, starting: 2026-01-06}"),
    **dict.fromkeys(("monthly", "every month"), "{every: month, day: first tue}"),
    **dict.fromkeys(("quarterly", "every quarter"), "{every: quarter, day: first tue, month: 1}"),
    **dict.fromkeys(("yearly", "annually", "every year"), "{every: year, day: first tue, month: jan}"),
    **dict.fromkeys(("as-needed", "as_needed", "ad hoc", "ad-hoc", "on demand", "when needed"), "as needed"),
}


class Cadence(NamedTuple):
    """When a meeting is held: one or several slots, at least one."""

    slots: tuple[Slot, ...]

    @property
    def words(self) -> str:
        """The cadence for people; its slots are parted by semicolons."""
        return "; ".join(slot.words for slot in self.slots)

    @property
    def plain(self) -> object:
        """The cadence as plain data, in the one form that a declaration would be written in."""
        return self.slots[0].plain if len(self.slots) == 1 else [slot.plain for slot in self.slots]

    @property
    def regular(self) -> bool:
        """Whether days can be worked out for any of its slots."""
        return any(slot.regular for slot in self.slots)

    @property
    def bounded(self) -> bool:
        """Whether it is certain to come within some time of being needed."""
        return any(slot.bounded for slot in self.slots)

    @property
    def needs_anchor(self) -> bool:
        """Whether a slot has a rhythm and nobody said from when it counts."""
        return any(slot.needs_anchor for slot in self.slots)

    @property
    def periods_per_year(self) -> float | None:
        """About how often it takes place in a year, as far as slots can say; None where none can."""
        known = [times for slot in self.slots if (times := slot.periods_per_year) is not None]
        return sum(known) if known else None


def parse_cadence(value: object) -> Cadence | Refusal:
    """The cadence that one slot, a list of slots, or `as needed` says."""
    if not isinstance(value, list | tuple):
        slot = _slot(value)
        return slot if isinstance(slot, Refusal) else Cadence((slot,))
    if not value or len(value) > MOST_SLOTS:
        tip = CADENCE_TIP if not value else f"write at most {MOST_SLOTS} slots"
        return Refusal(f"this list has {len(value) or 'no'} slots", tip=tip)
    slots: list[Slot] = []
    for index, item in enumerate(value):
        slot = _slot(item)
        if isinstance(slot, Refusal):
            return slot.below(index)
        if slot in slots:
            return Refusal("this slot stands twice", route=(index,), tip="leave one out")
        slots.append(slot)
    return Cadence(tuple(slots))


def _slot(value: object) -> Slot | Refusal:
    if isinstance(value, str):
        return AS_NEEDED if value == "as needed" else _refused_text(value)
    if not isinstance(value, dict):
        return wanted(value, "cadence", CADENCE_TIP)
    key = tuple((name, tuple(said) if type(said) is list else said) for name, said in value.items())
    if all(_is_texts(said) for _, said in key):
        return _slot_of_texts(key)
    return _read_slot(value)


def _is_texts(said: object) -> bool:
    # Only texts may be a key of what is remembered: for a dictionary 1, 1.0 and true are one and the same.
    return type(said) is str or (type(said) is tuple and all(type(item) is str for item in said))


@lru_cache(maxsize=2048)
def _slot_of_texts(items: tuple[tuple[str, str | tuple[str, ...]], ...]) -> Slot | Refusal:
    return _read_slot(dict(items))


def _refused_text(text: str) -> Refusal:
    said = text[:40].lower().strip()
    meant = _SAID_SO.get(said) or _weekly(said) or nearest(text[:40], ("as needed",))
    return wanted(text, "cadence", f"write {meant}" if meant else CADENCE_TIP)


def _weekly(said: str) -> str:
    """The slot that `every monday` and the like mean; "" where it is something else."""
    day = re.fullmatch(r"(?:(?:every|each|weekly|on|every week) )?(?:on )?([a-z]+)", said)
    for name in (day[1], day[1].removesuffix("s")) if day else ():
        weekday = parse_weekday(name)
        if not isinstance(weekday, Refusal):
            return f"{{every: week, day: {WEEKDAYS[weekday]}}}"
    return ""


def _read_slot(said: Mapping[Any, object]) -> Slot | Refusal:
    form = _form_of(list(said))
    if isinstance(form, Refusal):
        return form
    fields: dict[str, Any] = {"form": form}
    for key, value in said.items():
        if key in ("day", "month"):
            continue
        found = READERS[key](value)
        if isinstance(found, Refusal):
            return found.below(key)
        fields[key] = found
    if form == "every":
        found = read_days_and_months(said, fields["every"])
        if isinstance(found, Refusal):
            return found
        fields.update(found)
    days, periods = fields.pop("except", ((), ()))
    slot = Slot(**fields, except_days=days, except_periods=periods)
    return _contradiction(slot) or slot


def _form_of(said: list[str]) -> str | Refusal:
    """Which of the five forms the slot has, once each of its keys is known and goes with it."""
    for key in said:
        if key not in KEYS:
            return _unknown_key(key)
    forms = [key for key in said if key in FORMS]
    if len(forms) > 1:
        message = f"`{forms[1]}` does not go with `{forms[0]}`: a slot has one of them"
        return Refusal(message, route=(forms[1],), tip="write a list of two slots", on_key=True)
    if not forms:
        lonely = next((key for key in said if len(GOES_WITH[key]) == 1), None)
        tip = f"`{lonely}` goes with `{GOES_WITH[lonely][0]}`" if lonely else FORM_TIP
        return Refusal("this slot does not say when it is held", tip=tip)
    for key in said:
        if key in GOES_WITH and forms[0] not in GOES_WITH[key]:
            homes = listed((f"`{form}`" for form in GOES_WITH[key]), "or")
            message = f"`{key}` does not go with `{forms[0]}`: it belongs to {homes}"
            return Refusal(message, route=(key,), tip="leave it out", on_key=True)
    return forms[0]


def _unknown_key(key: object) -> Refusal:
    near = nearest(key[:20], KEYS) if isinstance(key, str) else None
    tip = f"did you mean `{near}`?" if near else f"a slot may say {listed(KEYS, 'or')}"
    route = (key,) if type(key) in (str, int) else ()
    meant = only_near(key[:20], KEYS) if isinstance(key, str) else ""
    message = f"a slot has no key {shown(key)}"
    return Refusal(message, route=route, tip=tip, on_key=bool(route), meant=meant)  # type: ignore[arg-type]


# The parts of a slot, one reader each


def _read_dates(value: object) -> tuple[date, ...] | Refusal:
    days = read_each(value, parse_day, MOST_DATES)
    return days if isinstance(days, Refusal) else tuple(sorted(days))


def _read_except(value: object) -> tuple[tuple[date, ...], tuple[str, ...]] | Refusal:
    """The days, and the names of periods, that the cadence leaves out."""
    found = read_each(value, _day_or_period, MOST_DATES)
    if isinstance(found, Refusal):
        return found
    days = sorted(item for item in found if isinstance(item, date))
    return tuple(days), tuple(sorted(item for item in found if isinstance(item, str)))


def _day_or_period(value: object) -> date | str | Refusal:
    if isinstance(value, str) and _is_id(value) and re.search("[a-z]", value):
        return value
    day = parse_day(value)
    if isinstance(day, Refusal) and not (day.length or day.tip.startswith("write 2")):
        return day._replace(tip="write days, such as 2026-12-24, or names of periods")
    return day


def _is_id(text: str) -> bool:
    return len(text) <= 64 and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def _read_before(value: object) -> str | Refusal:
    if isinstance(value, str) and _is_id(value.removeprefix("meeting/")):
        return value
    return wanted(value, "reference to a meeting", "write the id of the meeting that this one comes before")


def _read_after(value: object) -> str | Refusal:
    if isinstance(value, str) and value.strip() and len(value) <= 200 and "\n" not in value:
        return value
    return wanted(value, "event", "say what it comes after in a few words, such as a severity 1 incident")


def _read_lasts(value: object) -> Duration | Refusal:
    length = parse_duration(value)
    if isinstance(length, Refusal):
        tip = length.tip if length.tip.startswith("write") else "write minutes or hours, such as 45m or 2h"
        return length._replace(tip=tip)
    if length.unit not in ("m", "h"):
        tip = "write minutes or hours, such as 45m; for several days, a slot each"
        return Refusal(f"a meeting does not last `{length}`", tip=tip)
    if length.minutes is not None and length.minutes > 24 * 60:
        return Refusal(f"`{length}` is longer than a day", tip="write a slot for each day")
    return length


def _read_per_month(value: object) -> float | Refusal:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1000:
        return value
    return wanted(value, "number of times a month", "write a number above 0, such as 3 or 0.5")


def _read_on_holiday(value: object) -> str | Refusal:
    if value in ("skip", "keep", "next") and isinstance(value, str):
        return value
    near = nearest(value[:20], ("skip", "keep", "next")) if isinstance(value, str) else None
    tip = f"did you mean `{near}`?" if near else "write skip, keep, or next for the next working day"
    return wanted(value, "way to treat a holiday", tip)


READERS: dict[str, Callable[[object], Any]] = {
    "every": parse_rhythm,
    "dates": _read_dates,
    "before": _read_before,
    "after": _read_after,
    "rrule": parse_rrule,
    "by": parse_duration,
    "within": parse_duration,
    "per_month": _read_per_month,
    "at": parse_time,
    "lasts": _read_lasts,
    "timezone": parse_zone,
    "starting": parse_day,
    "until": parse_day,
    "except": _read_except,
    "on_holiday": _read_on_holiday,
}


def _contradiction(slot: Slot) -> Refusal | None:
    """The first part that does not go with another."""
    if slot.starting and slot.until and slot.until < slot.starting:
        message = f"`{slot.until}` comes before the day on which this starts, {slot.starting}"
        return Refusal(message, route=("until",), tip="write a later day, or leave it out")
    if slot.until and slot.rrule and (slot.rrule.until or slot.rrule.times):
        return Refusal("the rule has an end of its own", route=("until",), tip="leave one of them out", on_key=True)
    if slot.form == "before" and slot.by is None:
        tip = "add how long, such as by: 5d"
        return Refusal("`before` does not say how long before", route=("before",), tip=tip, on_key=True)
    if slot.at is not None and slot.by is not None and slot.by.unit not in ("d", "w"):
        message = f"`{slot.by}` before says the time of day already"
        return Refusal(message, route=("at",), tip="leave it out, or write `by` in days or weeks", on_key=True)
    return None
