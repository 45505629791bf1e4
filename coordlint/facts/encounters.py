"""Meetings in; which of them are held at one time or in the same weeks, and which bring the same people together.

No dates are worked out: two rhythms are compared as they are written. Where it is not said from when they count, nobody
knows whether they meet or take turns, and then they are not taken to meet.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from math import gcd
from typing import NamedTuple

from coordlint.facts.parties import holders
from coordlint.facts.venues import decided_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import Calendar, DecisionRight, Forum, Meeting, Role
from coordlint.model.org import Org, fact, fact_of
from coordlint.values import LAST, DayOfMonth, Rrule, Slot

# With so many others of one place or time a meeting is compared, so that thousands of one forum do no harm.
MOST_COMPARED = 50
# In meetings of these types the same people may well come together again.
FOR_COMING_TOGETHER = frozenset(("social", "learning", "one-on-one", "all-hands"))

WORKING_WEEK = range(5)


class Rhythm(NamedTuple):
    """When a slot is held, without its time of day: every so many units, on which days, and in which months of a
    quarter or year. `number` counts from the unit of `starting`, which is None where nobody said."""

    unit: str
    number: int
    weekdays: tuple[int, ...] = ()
    days: tuple[DayOfMonth, ...] = ()
    months: tuple[int, ...] = ()
    starting: date | None = None
    until: date | None = None


def rhythm_of(slot: Slot) -> Rhythm | None:
    """The rhythm of a slot; None where it has none, or one that is not compared with others."""
    if slot.every is not None:
        unit, number = slot.every.unit, slot.every.number
        return Rhythm(unit, number, slot.weekdays, slot.days, slot.months, slot.starting, slot.until)
    return _rhythm_of_rule(slot.rrule, slot) if slot.rrule is not None else None


def _rhythm_of_rule(rule: Rrule, slot: Slot) -> Rhythm | None:
    if rule.by_month or rule.by_month_day or rule.by_set_pos or not rule.by_day:
        return None
    until = slot.until or rule.until
    if rule.freq == "WEEKLY":
        weekdays = tuple(weekday for _, weekday in rule.by_day)
        return Rhythm("week", rule.interval, weekdays, starting=slot.starting, until=until)
    if rule.freq == "MONTHLY" and all(number in (1, 2, 3, 4, LAST) for number, _ in rule.by_day):
        days = tuple(DayOfMonth("weekday", number, weekday) for number, weekday in rule.by_day)
        return Rhythm("month", rule.interval, days=days, starting=slot.starting, until=until)
    return None


def meet_on_a_day(one: Rhythm, other: Rhythm) -> bool:
    """Whether two rhythms fall on one day again and again, for sure."""
    if _is_over_before(one, other) or _is_over_before(other, one):
        return False
    if one.unit == other.unit:
        return _share_days(one, other) and _phases_meet(one, other)
    steady, rarer = (one, other) if _is_steady(one) else (other, one)
    # Whatever is held on every Tuesday is held on the first one of a month.
    return _is_steady(steady) and not _weekdays(steady).isdisjoint(_weekdays(rarer))


def meet_in_a_week(one: Rhythm, other: Rhythm) -> bool:
    """Whether two rhythms of weeks, or of months, fall into the same weeks again and again, for sure."""
    if one.unit != other.unit or _is_over_before(one, other) or _is_over_before(other, one):
        return False
    if one.unit == "week":
        return _phases_meet(one, other)
    numbers = [{day.number for day in each.days if day.kind == "weekday"} for each in (one, other)]
    return one.unit == "month" and not numbers[0].isdisjoint(numbers[1]) and _phases_meet(one, other)


def _is_over_before(one: Rhythm, other: Rhythm) -> bool:
    return one.until is not None and other.starting is not None and one.until < other.starting


def _share_days(one: Rhythm, other: Rhythm) -> bool:
    if one.unit == "day":
        return True
    if one.unit == "week":
        return not set(one.weekdays).isdisjoint(other.weekdays)
    in_months = one.months == other.months or not set(one.months).isdisjoint(other.months)
    return in_months and not set(one.days).isdisjoint(other.days)


def _phases_meet(one: Rhythm, other: Rhythm) -> bool:
    """Whether every so many units meet every so many others: always, unless both count in steps of something."""
    step = gcd(one.number, other.number)
    if step == 1:
        return True
    if one.starting is None or other.starting is None or one.unit not in _COUNTED:
        return False
    count = _COUNTED[one.unit]
    return (count(one.starting) - count(other.starting)) % step == 0


_COUNTED: Mapping[str, Callable[[date], int]] = {
    "week": lambda day: (day.toordinal() - 1) // 7,
    "month": lambda day: day.year * 12 + day.month,
    "year": lambda day: day.year,
}


def _is_steady(rhythm: Rhythm) -> bool:
    return rhythm.unit in ("day", "week") and rhythm.number == 1


def _weekdays(rhythm: Rhythm) -> frozenset[int]:
    """The days of the week on which a rhythm is held, as far as it names any; every day means working days."""
    if rhythm.unit == "day":
        return frozenset(WORKING_WEEK)
    return frozenset((*rhythm.weekdays, *(day.weekday for day in rhythm.days if day.weekday is not None)))


# --- meetings ---


@fact_of
def slots_of(meeting: Meeting) -> tuple[tuple[Slot, Rhythm], ...]:
    """The slots of a meeting that have a rhythm."""
    cadence = meeting.cadence
    pairs = ((slot, rhythm_of(slot)) for slot in (cadence.slots if cadence is not None else ()))
    return tuple((slot, rhythm) for slot, rhythm in pairs if rhythm is not None)


def zone_of(meeting: Meeting, slot: Slot) -> str:
    """The zone of a slot: its own, else that of the meeting's calendar; "" where there is none."""
    if slot.timezone is not None:
        return slot.timezone
    calendar = meeting.org.find(meeting.calendar) if meeting.says("calendar") else None
    if calendar is None and not meeting.says("calendar"):
        calendar = next(iter(meeting.org.all(Calendar)), None)
    return (calendar.timezone if calendar is not None else None) or ""


class Pair(NamedTuple):
    """Two meetings, the second after the first in the order of ids, and what they have in common."""

    first: Meeting
    second: Meeting
    common: Declaration


@fact
def held_at_once(org: Org) -> list[Pair]:
    """Every two meetings that are written down with one link, one record and one slot, but not in the same words.

    The same meeting written down again, to the name, is a copy and no contradiction. What was taken over by `like` was
    not written down, and where both list who comes, and nobody comes to both, they are two. The record is what they
    have in common.
    """
    seen: dict[Hashable, list[Meeting]] = {}
    found: dict[tuple[Meeting, Meeting], Pair] = {}
    for meeting in org.active(Meeting):
        record = _own_record(meeting)
        links = _own_links(meeting) if record is not None else frozenset()
        if record is None or not links:
            continue
        for place in _places_in_time(meeting):
            earlier = seen.setdefault((record, place), [])
            for other in earlier:
                if (other, meeting) not in found and not links.isdisjoint(_own_links(other)) and _clash(other, meeting):
                    found[other, meeting] = Pair(other, meeting, record)
                    break
            if len(earlier) < MOST_COMPARED:
                earlier.append(meeting)
    return list(found.values())


def _own_record(meeting: Meeting) -> Declaration | None:
    return meeting.org.find(meeting.record) if "record" in meeting.data.keys() - meeting.taken else None


@fact_of
def _own_links(meeting: Meeting) -> frozenset[str]:
    """Where a meeting is held or kept, as far as it says so itself: its links, and its agenda."""
    own = meeting.data.keys() - meeting.taken
    agenda = meeting.agenda if "agenda" in own else None
    links = meeting.links if "links" in own else ()
    return frozenset(text.strip().rstrip("/") for text in (*links, *([agenda] if agenda else [])))


def _places_in_time(meeting: Meeting) -> Iterable[Hashable]:
    """The times of the week, or of the month, at which a meeting is held."""
    found: dict[Hashable, None] = {}
    for slot, rhythm in slots_of(meeting):
        if slot.at is not None:
            days: list[Hashable] = [*_weekdays(rhythm), *(day for day in rhythm.days if day.weekday is None)]
            found.update(dict.fromkeys((zone_of(meeting, slot), slot.at, day) for day in days))
    return found


def _clash(one: Meeting, other: Meeting) -> bool:
    """Whether two meetings of one place, link and record cannot be two."""
    same_words = one.title.casefold() == other.title.casefold() and one.cadence == other.cadence
    if same_words or not _are_at_one_time(one, other):
        return False
    here, there = own_company(one), own_company(other)
    return not (here and there and here.isdisjoint(there))


def _are_at_one_time(one: Meeting, other: Meeting) -> bool:
    return any(
        slot.at == beside.at and zone_of(one, slot) == zone_of(other, beside) and meet_on_a_day(rhythm, against)
        for slot, rhythm in slots_of(one)
        for beside, against in slots_of(other)
        if slot.at is not None
    )


def same_company(org: Org, share: float, least: int) -> Iterator[Pair]:
    """Every two meetings of one forum, or in which one right is decided, that bring nearly the same people together in
    the same weeks: of `least` people or more, the part `share` comes to both.

    Only lists of their own are compared, not what they have from a forum or by `like`. A meeting is compared with the
    first fifty of its forum or right.
    """
    seen: dict[Declaration, list[Meeting]] = {}
    found: set[tuple[Meeting, Meeting]] = set()
    for meeting in org.active(Meeting):
        company = own_company(meeting)
        for about in _serves(meeting) if company else ():
            earlier = seen.setdefault(about, [])
            for other in earlier:
                beside = own_company(other)
                alike = len(company & beside) >= share * len(company | beside) and len(company | beside) >= least
                if alike and (other, meeting) not in found and _are_in_one_week(other, meeting):
                    found.add((other, meeting))
                    yield Pair(other, meeting, about)
            if len(earlier) < MOST_COMPARED:
                earlier.append(meeting)


def _serves(meeting: Meeting) -> list[Forum | DecisionRight]:
    forum = meeting.org.find(meeting.forum) if "forum" in meeting.data else None
    return [*([forum] if forum is not None else []), *decided_in(meeting)]


@fact_of
def own_company(meeting: Meeting) -> frozenset[object]:
    """Whom a meeting itself lists, each once: who holds a role alone for the role. Nobody where a name leads nowhere,
    or where people come for the sake of it."""
    if "attendees" not in meeting.data.keys() - meeting.taken or meeting.type in FOR_COMING_TOGETHER:
        return frozenset()
    company: set[object] = set()
    for ref in (*meeting.refs("chair"), *meeting.attendees):
        party = meeting.org.find(ref)
        if party is None and not ref.external:
            return frozenset()
        company.add(ref.text if party is None else _in_person(party))
    return frozenset(company)


def _in_person(party: Declaration) -> Declaration:
    held_by = holders(party) if isinstance(party, Role) else []
    return held_by[0] if len(held_by) == 1 else party


def _are_in_one_week(one: Meeting, other: Meeting) -> bool:
    return any(meet_in_a_week(rhythm, beside) for _, rhythm in slots_of(one) for _, beside in slots_of(other))
