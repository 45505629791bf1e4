"""The log in; what happened to each declaration, in the order of days, and how far the log reaches.

What is not in a log did not fail to happen. So nothing here says what did not: only what is told, from which day on a
sort of thing is told of, and until which day anything is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

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

    `until` is the last day of which anything is told; None where nothing is.
    """

    about: Mapping[str, Mapping[Declaration, Sequence[Event]]]
    began: Mapping[str, date]
    until: date | None


def happened(org: Org, sort: str) -> Mapping[Declaration, Sequence[Event]]:
    """For each declaration what the log tells of it in entries of a sort, oldest first; an id that it bore once leads
    to it too. An entry of the future, without a day, or that could not be read tells nothing."""
    return evidence(org).about[sort]


@fact
def evidence(org: Org) -> Evidence:
    """All of the log, in one pass."""
    about: dict[str, dict[Declaration, list[Event]]] = {sort: {} for sort in SORTS}
    began: dict[str, str] = {}
    today, until = org.as_of.isoformat(), ""
    known: dict[str, Any] = {}
    for entry in org.all(LogEntry):
        data = entry.data
        sort = next((key for key in data if key in SORTS), "")
        day = data.get(SORTS.get(sort, "date"))
        # Days are compared as they are written, year first; a moment begins with its day.
        if entry.refused or day.__class__ is not str or day[:10] > today:
            continue
        day = day[:10]
        until = max(until, day)
        if not sort:
            continue
        began[sort] = min(began.get(sort, day), day)
        if sort not in known:
            known[sort] = bearers(org, vars(LogEntry)[sort])
        named = known[sort].only(data[sort])
        if named is not None:
            about[sort].setdefault(named, []).append(Event(date.fromisoformat(day), entry))
    for table in about.values():
        for named, events in table.items():
            table[named] = in_order(events)
    days = {sort: date.fromisoformat(day) for sort, day in began.items()}
    return Evidence(about, days, date.fromisoformat(until) if until else None)


def in_order(events: list[Event]) -> list[Event]:
    """Oldest first; those of one day in an order that does not depend on where they stand."""
    if len(events) == 1:
        return events
    events.sort(key=lambda event: event.day)
    found: list[Event] = []
    for _, alike in groupby(events, key=lambda event: event.day):
        of_a_day = list(alike)
        found += of_a_day if len(of_a_day) == 1 else sorted(of_a_day, key=_as_text)
    return found


def _as_text(event: Event) -> str:
    return repr(sorted(event.entry.data.items(), key=lambda item: item[0]))


def recent(org: Org, events: Sequence[Event], days: int = HISTORY) -> Sequence[Event]:
    """Those of so many days up to today."""
    first = org.as_of - timedelta(days=days)
    return [event for event in events if event.day >= first]


def told_until(org: Org) -> date | None:
    """The last day of which the log tells anything. Whatever should have happened later may still be written down."""
    return evidence(org).until
