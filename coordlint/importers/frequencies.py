"""What people write about when they meet in; a cadence out, with what it could not hold and what was guessed.

A frequency is read only where it is plain: `biweekly`, `first Monday of the month`, `weekly, if there is an agenda`.
Words behind a comma or in brackets are kept beside the cadence. What is not understood gives no rhythm at all, because
half of "weekly or by appointment" would be a promise that nobody made.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from coordlint.importers import GUESSED, IN_WORDS, LEFT_OPEN
from coordlint.importers.zones import zone_of
from coordlint.values import Refusal, parse_cadence
from coordlint.values.day import LONG_WEEKDAYS, MONTHS, WEEKDAYS, last_day_of

Remark: TypeAlias = tuple[str, str]

AS_NEEDED = "as needed"

# What became of what people wrote, for notes.
NO_PHASE = "every so many weeks, and nothing says in which ones: a cadence without `starting`"
WHICH_ONE = "a weekday of the month, and nothing says which one: a cadence without `day`"
NOT_UNDERSTOOD = "how often it is held was not understood, or not said: `as needed`, with the words as description"
MORE_WORDS = "more words than a cadence holds: all of them as description"
NO_DAY = "which day it is held on was not understood, or not said: a cadence without `day`"
NO_TIME = "the time of day was not understood, or not said: a cadence without `at`"
NO_ZONE = "the time zone was not understood, or not said: a cadence without `at`, which would be a time nowhere"
OTHER_DAY = "frequency and day name different weekdays: the one of the frequency"
OTHER_START = "the start is not a day on which it is held: a cadence without `starting`"
TOLD_BY_START = "which weekday of the month it is: told from the start"
DAY_AFTER = "the day after a weekday of the month: a rule, without the rare month where that day falls into the next"

_PLACE_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_PLACES = {word: place for place, word in _PLACE_WORDS.items()} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBERS = {
    number: amount
    for amount, numbers in {2: "two second other", 3: "three third", 4: "four fourth", 6: "six", 8: "eight"}.items()
    for number in numbers.split()
}
_RHYTHMS = {
    **dict.fromkeys(("daily", "every day", "each day"), "day"),
    **dict.fromkeys(("weekly", "every week", "each week", "once a week"), "week"),
    **dict.fromkeys(("biweekly", "bi-weekly", "bi weekly", "fortnightly", "every fortnight"), "2 weeks"),
    **dict.fromkeys(("alternate weeks", "alternating weeks"), "2 weeks"),
    **dict.fromkeys(("monthly", "every month", "each month", "once a month"), "month"),
    **dict.fromkeys(("quarterly", "every quarter", "each quarter", "once a quarter"), "quarter"),
    **dict.fromkeys(("yearly", "annually", "every year", "each year", "once a year"), "year"),
}
_PLACE = "|".join(_PLACES)
_DAY = "|".join(f"{day[:3]}(?:{day[3:]})?s?" for day in map(str.lower, LONG_WEEKDAYS)) + "|tues|thurs?"
_AND = "(?:, and |, | and | ?& ?| ?/ ?)"
_INTO_MONTH = r"(?:(?:monthly|every month|once a month)(?: ?[-–,:] ?| on | ))?(?:on )?(?:(?:every|each|the) )*"
_OF_MONTH = r"(?:,? (?:(?:of|in) )?(?:the|each|every|a) month| monthly)?(?![a-z0-9-])"

_DAYS = f"(?P<days>(?:{_DAY})(?:{_AND}(?:{_DAY}))*)(?![a-z0-9-])"

_rhythm = re.compile(
    f"(?:(?P<words>{'|'.join(map(re.escape, _RHYTHMS))})(?![a-z0-9-])"
    r"|every (?P<number>[0-9]{1,2}|[a-z]+) (?P<unit>day|week|month)s?(?![a-z0-9-]))"
    f"(?: on {_DAYS})?"
)
# A weekday alone is weekly where more than one of it is meant.
_MANY = "|".join(f"{day.lower()}s" for day in LONG_WEEKDAYS)
_every_weekday = re.compile(f"(?:on )?(?:(?:every|each) (?P<other>other )?{_DAYS}|(?P<many>{_MANY})(?![a-z0-9-]))")
_weekdays_of_month = re.compile(
    f"{_INTO_MONTH}(?P<places>(?:{_PLACE})(?:{_AND}(?:{_PLACE}))*) (?P<day>{_DAY}){_OF_MONTH}"
)
_day_after = re.compile(f"{_INTO_MONTH}(?P<day>{_DAY}),? after the (?P<place>{_PLACE}) (?P<other>{_DAY}){_OF_MONTH}")
_weekdays = re.compile(
    f"(?:(?:on|every|each|the) )*(?:(?P<places>(?:{_PLACE})(?:{_AND}(?:{_PLACE}))*) )?"
    f"(?P<days>(?:{_DAY})(?:{_AND}(?:{_DAY}))*)"
)
_start = re.compile(
    rf"(?:(?P<year>[0-9]{{4}}) )?\b(?:starting|start date:?|beginning|from|since)(?: on)?(?: (?:{_DAY}),?)? "
    r"(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?P<late_year>[0-9]{4}))?)(?![0-9])"
)
# Words that may stand behind a frequency without changing it; anything else might.
_beside = re.compile(r"\s*([,;(\[–—]|- |starting |start date|beginning |alternating )")
_day_range = re.compile(f"(?P<first>{_DAY}) ?(?:-|–|to|through|until) ?(?P<last>{_DAY})(?![a-z0-9-])")
_clock = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap])?(?(half)\.?m\.?)")


class Reading(NamedTuple):
    """A cadence as plain data; what should be noted, each as kind and reason; all the words, where they say more."""

    cadence: dict[str, object] | str
    remarks: tuple[Remark, ...] = ()
    words: str = ""


class _Rhythm(NamedTuple):
    """How often: `every`, or a recurrence rule; and the places in a month that go with it, each as `second tue`."""

    every: str
    rule: str = ""
    places: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    has_more: bool = False


class _Days(NamedTuple):
    """What a text says about days: weekdays from Monday 0, the places in a month where it names any, when it began."""

    weekdays: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    start: str = ""
    has_more: bool = False


def read(frequency: str, day: str = "", time: str = "", zone: str = "") -> Reading:
    """When a meeting is held, by four texts such as `biweekly`, `Tuesday`, `9:00`, `PT (Pacific Time)`."""
    words = ", ".join(part for part in (frequency, day, time, zone) if part)
    start, rest = _without_start(_tidied(frequency))
    days = _days(day)
    rhythm = _rhythm_of(rest)
    if rhythm and rhythm.every == "day" and (days.weekdays or days.has_more):
        # Every day from Monday to Thursday is four days of every week, and on Tuesday is a contradiction.
        rhythm = rhythm._replace(every="week") if len(days.weekdays) > 1 and not days.has_more else None
    if rhythm is None or (rhythm.every in ("day", "week", "2 weeks") and days.places):
        return Reading(AS_NEEDED, ((IN_WORDS, NOT_UNDERSTOOD),), words)
    slot, remarks = _slot(rhythm, days._replace(start=start or days.start))
    clock, clock_remarks = _clock_in_zone(time, zone)
    starting = {"starting": slot.pop("starting")} if "starting" in slot else {}
    whole = {**slot, **clock, **starting}
    if isinstance(parse_cadence(whole), Refusal):
        return Reading(AS_NEEDED, ((IN_WORDS, NOT_UNDERSTOOD),), words)
    more = ((IN_WORDS, MORE_WORDS),) if rhythm.has_more or days.has_more else ()
    remarks += clock_remarks + more
    is_told_in_full = all(reason == NO_PHASE for _, reason in remarks)
    return Reading(whole, remarks, "" if is_told_in_full else words)


def _tidied(text: str) -> str:
    return " ".join(text.lower().split())


def _rhythm_of(text: str) -> _Rhythm | None:
    """The rhythm that a text begins with, where all that follows stands beside it; None where it says otherwise."""
    for pattern, read_match in _READERS:
        found = pattern.match(text)
        rest = text[found.end() :].strip(" .") if found else ""
        if found and (not rest or _beside.match(rest)):
            rhythm = read_match(found)
            return rhythm._replace(has_more=bool(rest)) if rhythm else None
    return None


def _read_weekdays_of_month(found: re.Match[str]) -> _Rhythm | None:
    return _Rhythm("month", places=_places(found["places"]), weekdays=_weekday_numbers(found["day"]))


def _read_day_after(found: re.Match[str]) -> _Rhythm | None:
    """A recurrence rule for, say, the Wednesday after the fourth Tuesday: the Wednesday among the days 23 to 29."""
    place = _PLACES[found["place"]]
    (day,), (other,) = _weekday_numbers(found["day"]), _weekday_numbers(found["other"])
    first = 7 * (place - 1) + 1 + ((day - other) % 7 or 7)
    if place < 1 or first + 6 > 31:
        return None
    of_month = ",".join(str(number) for number in range(first, first + 7))
    rule = f"FREQ=MONTHLY;BYMONTHDAY={of_month};BYDAY={WEEKDAYS[day][:2].upper()}"
    return _Rhythm("", rule, weekdays=(day,), remarks=((GUESSED, DAY_AFTER),) if first + 6 > 28 else ())


def _read_rhythm(found: re.Match[str]) -> _Rhythm | None:
    weekdays = _weekday_numbers(found["days"] or "")
    if found["words"]:
        every = _RHYTHMS[found["words"]]
        return None if weekdays and every == "day" else _Rhythm(every, weekdays=weekdays)
    number = int(found["number"]) if found["number"].isdigit() else _NUMBERS.get(found["number"], 0)
    if not number or (weekdays and found["unit"] == "day"):
        return None
    return _Rhythm(f"{number} {found['unit']}s" if number > 1 else found["unit"], weekdays=weekdays)


def _read_every_weekday(found: re.Match[str]) -> _Rhythm | None:
    return _Rhythm("2 weeks" if found["other"] else "week", weekdays=_weekday_numbers(found["days"] or found["many"]))


_READERS = (
    (_weekdays_of_month, _read_weekdays_of_month),
    (_day_after, _read_day_after),
    (_rhythm, _read_rhythm),
    (_every_weekday, _read_every_weekday),
)


def _days(text: str) -> _Days:
    start, rest = _without_start(_tidied(text))
    rest = _day_range.sub(_days_between, rest)
    found = _weekdays.match(rest)
    more = rest[found.end() :].strip(" .") if found else rest
    if not found or (more and not _beside.match(more)):
        return _Days(start=start, has_more=bool(rest))
    return _Days(_weekday_numbers(found["days"]), _places(found["places"] or ""), start, bool(more))


def _days_between(found: re.Match[str]) -> str:
    """The days of a stretch of the week, as a list in words."""
    (first,), (last,) = _weekday_numbers(found["first"]), _weekday_numbers(found["last"])
    return ", ".join(WEEKDAYS[day % 7] for day in range(first, first + (last - first) % 7 + 1))


def _weekday_numbers(text: str) -> tuple[int, ...]:
    names = re.findall("[a-z]+", text.replace(" and ", " "))
    return tuple(dict.fromkeys(WEEKDAYS.index(name[:3]) for name in names))


def _places(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_PLACES[word] for word in re.findall("[a-z0-9]+", text) if word in _PLACES))


def _without_start(text: str) -> tuple[str, str]:
    """The day on which a text says that a meeting began, or ""; and the text without that."""
    found = _start.search(text)
    day = _start_day(found) if found else ""
    if not found or not day:
        return "", text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return day, _tidied(re.sub(r"[(\[]\s*[)\]]", " ", rest)).strip(" ,;:-–")


def _start_day(found: re.Match[str]) -> str:
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    else:
        year = int(found["year"] or found["late_year"] or 0)
        month = MONTHS.index(found["month"][:3]) + 1 if found["month"][:3] in MONTHS else 0
        day = int(found["day"])
    is_real = 1900 < year < 2200 and 1 <= month <= 12 and 1 <= day <= last_day_of(year, month)
    return f"{year}-{month:02}-{day:02}" if is_real else ""


def _slot(rhythm: _Rhythm, days: _Days) -> tuple[dict[str, object], tuple[Remark, ...]]:
    """The slot without its time, and what should be noted."""
    weekdays = rhythm.weekdays or days.weekdays
    places = rhythm.places or days.places
    remarks = rhythm.remarks
    if rhythm.weekdays and days.weekdays not in ((), rhythm.weekdays):
        remarks += ((GUESSED, OTHER_DAY),)
    if rhythm.every.endswith(("month", "months")) and days.start and weekdays and not places:
        places, remarks = (_place_of(days.start),), (*remarks, (GUESSED, TOLD_BY_START))
    slot: dict[str, object] = {"rrule": rhythm.rule} if rhythm.rule else {"every": rhythm.every}
    which = _which_days(rhythm.every, weekdays, places)
    if which:
        slot["day"] = which[0] if len(which) == 1 else which
    elif not rhythm.rule and rhythm.every != "day":
        remarks += ((LEFT_OPEN, WHICH_ONE if weekdays else NO_DAY),)
    if days.start and _is_held_on(days.start, rhythm.every, weekdays, places):
        slot["starting"] = days.start
    elif days.start:
        remarks += ((LEFT_OPEN, OTHER_START),)
    if rhythm.every[:1].isdigit() and "starting" not in slot:
        remarks += ((LEFT_OPEN, NO_PHASE),)
    return slot, remarks


def _which_days(every: str, weekdays: tuple[int, ...], places: tuple[int, ...]) -> list[str]:
    if every.endswith(("week", "weeks")):
        return [WEEKDAYS[day] for day in weekdays]
    if every.endswith(("month", "months")):
        return [f"{_PLACE_WORDS[place]} {WEEKDAYS[day]}" for place in places for day in weekdays]
    return []


def _place_of(day: str) -> int:
    """Which of its weekday in the month a day is; what may be the fifth is the last."""
    number = int(day[8:])
    return -1 if number > 28 else (number - 1) // 7 + 1


def _is_held_on(day: str, every: str, weekdays: tuple[int, ...], places: tuple[int, ...]) -> bool:
    from datetime import date

    held = date.fromisoformat(day)
    if weekdays and held.weekday() not in weekdays:
        return False
    is_last = held.day + 7 > last_day_of(held.year, held.month)
    return (
        not every.endswith(("month", "months")) or not places or _place_of(day) in places or (is_last and -1 in places)
    )


def _clock_in_zone(time: str, zone: str) -> tuple[dict[str, object], tuple[Remark, ...]]:
    """`at` and `timezone`, and what should be noted."""
    clock = _time_of_day(time)
    if not clock:
        return {}, ((LEFT_OPEN, NO_TIME),)
    place, guess = zone_of(zone)
    if not place:
        return {}, ((LEFT_OPEN, NO_ZONE),)
    return {"at": clock, "timezone": place}, ((GUESSED, guess),) if guess else ()


def _time_of_day(text: str) -> str:
    """`HH:MM` for `9:00`, `17.30`, `4PM` or `10:15 a.m.`; "" for what is no time. A number alone is none."""
    found = _clock.fullmatch(_tidied(text))
    if not found or not (found["minute"] or found["half"]):
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0) if 1 <= hour <= 12 else 24
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
