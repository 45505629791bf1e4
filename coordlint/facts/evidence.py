"""The log in; what happened to each declaration, in the order of days, and how far the log reaches.

What is not in a log did not fail to happen. So nothing here says what did not: only what is told, from which day on a
sort of thing is told of, and until which day anything is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from coordlint.facts.lifetimes import last_changes
from coordlint.facts.naming import bearers
from coordlint.model.base import Declaration
from coordlint.model.kinds import LogEntry
from coordlint.model.org import Org, fact

# What happened more than a year ago is history: people, roles and rights were others then.
HISTORY = 365

# The sorts of entries that are about one kind of declaration, each with the key of its day.
SORTS: Mapping[str, str] = {
    **dict.fromkeys(("held", "cancelled", "decided", "returned"), "date"),
    "escalated": "opened",
    **dict.fromkeys(("slipped", "updated"), "date"),
}


class Event(NamedTuple):
    """Something that happened, on its day."""

    day: date
    entry: LogEntry


class Evidence(NamedTuple):
    """What the log tells. `about` holds for each sort what happened to whom, `began` the first day of each sort.

    `until` is the last day of which anything is told; None where nothing is. `to_come` are the entries that tell of a
    later day than today, but for what was cancelled ahead; `ids` what decisions bear, and `superseding` those of the
    last year that replace one.
    """

    about: Mapping[str, Mapping[Declaration, Sequence[Event]]]
    began: Mapping[str, date]
    until: date | None
    to_come: Sequence[LogEntry]
    ids: frozenset[str]
    superseding: Sequence[LogEntry]

    @property
    def lost(self) -> Sequence[LogEntry]:
        """Those that say they replace a decision that the log does not have."""
        return [entry for entry in self.superseding if entry.data["supersedes"] not in self.ids]


def happened(org: Org, sort: str) -> Mapping[Declaration, Sequence[Event]]:
    """For each declaration what the log tells of it in entries of a sort, in the order of days; those of one day as
    they stand. An id that it bore once leads to it too. An entry of the future, without a day, or that could not be
    read tells nothing."""
    return evidence(org).about[sort]


class _Beside(NamedTuple):
    """What is told besides what happened to whom, and the days between which it counts."""

    today: str
    first: str
    to_come: list[LogEntry]
    ids: set[str]
    superseding: list[LogEntry]

    def takes(self, entry: LogEntry, day: str, sort: str) -> bool:
        """Keep what an entry tells besides; whether it tells of a day to come, and nothing else."""
        if "id" in entry.data:
            self.ids.add(entry.data["id"])
        if day > self.today:
            if sort != "cancelled":
                self.to_come.append(entry)
            return True
        if "supersedes" in entry.data and day >= self.first:
            self.superseding.append(entry)
        return False


@fact
def evidence(org: Org) -> Evidence:
    """All of the log, in one pass."""
    about: dict[str, dict[Declaration, list[Event]]] = {sort: {} for sort in SORTS}
    named = {sort: bearers(org, vars(LogEntry)[sort]) for sort in SORTS}
    # Days are compared as they are written, year first; a moment begins with its day.
    today, until = org.as_of.isoformat(), ""
    began: dict[str, str] = {}
    beside = _Beside(today, (org.as_of - timedelta(days=HISTORY)).isoformat(), [], set(), [])
    for entry in org.all(LogEntry):
        data = entry.data
        # Most entries begin with what happened.
        sort = next(iter(data), "")
        if sort not in SORTS:
            sort = next((key for key in data if key in SORTS), "")
        day = data.get(SORTS.get(sort, "date"))
        if day.__class__ is not str or entry.refused:
            continue
        day = day[:10]
        if (day > today or sort == "decided") and beside.takes(entry, day, sort):
            continue
        if day > until:
            until = day
        if sort:
            if sort not in began or day < began[sort]:
                began[sort] = day
            whom = named[sort].only(data[sort])
            if whom is not None:
                about[sort].setdefault(whom, []).append(Event(date.fromisoformat(day), entry))
    for table in about.values():
        for events in table.values():
            events.sort(key=_day)
    days = {sort: date.fromisoformat(day) for sort, day in began.items()}
    end = date.fromisoformat(until) if until else None
    return Evidence(about, days, end, beside.to_come, frozenset(beside.ids), beside.superseding)


_day = attrgetter("day")


def in_order(events: Iterable[Event]) -> list[Event]:
    """Oldest first; those of one day in an order that does not depend on where they stand."""
    found: list[Event] = []
    for _, alike in groupby(sorted(events, key=_day), key=_day):
        of_a_day = list(alike)
        found += of_a_day if len(of_a_day) == 1 else sorted(of_a_day, key=_as_text)
    return found


def _as_text(event: Event) -> str:
    return repr(sorted(event.entry.data.items(), key=lambda item: item[0]))


def last(events: Sequence[Event], count: int = 1) -> list[Event]:
    """The last of events that are in the order of days, wherever those of one day stand."""
    late = events[-count - 1 :]
    if len({event.day for event in late}) == len(late):
        return list(late[-count:])
    if len(events) <= count:
        return in_order(events)
    day = events[-count].day
    first = bisect_left(events, day, key=_day)
    return in_order(events[first:])[-count:]


def recent(org: Org, events: Sequence[Event], about: Declaration | None = None) -> Sequence[Event]:
    """Those of the last year, of events in the order of days; of `about` only what happened to it as it is today: since
    it began, and after the last review in which it was to change."""
    first = org.as_of - timedelta(days=HISTORY)
    if about is not None:
        changed = last_changes(org).get(about)
        first = max(first, about.since or first, changed + timedelta(days=1) if changed else first)
    return events[bisect_left(events, first, key=_day) :]


def told_until(org: Org) -> date | None:
    """The last day of which the log tells anything. Whatever should have happened later may still be written down."""
    return evidence(org).until
