"""The log in; what came of the sessions of meetings and forums: whether anything was decided, and how many came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from coordlint.facts.attendance import expected_heads, expects_at_most, lists_nobody
from coordlint.facts.evidence import Event, happened, last, recent
from coordlint.facts.heads import heads
from coordlint.facts.holding import may_be_meant
from coordlint.facts.scope import NOT_AT_THE_TABLE, rights_of
from coordlint.facts.venues import NOT_FOR_DECIDING, decided_in, decides_something, forum_of, places_of
from coordlint.model.kinds import DecisionRight, Forum, LogEntry, Meeting
from coordlint.model.org import Org, fact

Venue: TypeAlias = Meeting | Forum

# No meeting expects as many.
MOST = 1_000_000


# --- whether anything is decided ---


class Dry(NamedTuple):
    """A forum, or a meeting of none, with the sessions in which nothing was decided, and the last day on which anything
    was."""

    venue: Venue
    sessions: Sequence[Event]
    decided: date | None


def dry(org: Org, sessions: int, days: int) -> Iterator[Dry]:
    """Every venue that decides, of which the log tells so many sessions over so many days without a decision.

    It must tell of the venue's decisions: of one before those sessions, or of each session that there was none.
    """
    for venue, held in _deciding_sessions(org).items():
        decided = _last_decisions(org).get(venue)
        since = [event for event in held if decided is None or event.day > decided]
        if (
            not since
            or len(since) < sessions
            or (decided is None and any(event.entry.count("decisions") != 0 for event in since))
        ):
            continue
        begun = decided or since[0].day
        lost = [venue, *(decided_in(venue) if isinstance(venue, Meeting) else rights_of(venue))]
        if since[-1].day - begun >= timedelta(days=days) and not any(map(may_be_meant, lost)):
            yield Dry(venue, since, decided)


def _deciding_sessions(org: Org) -> Mapping[Venue, list[Event]]:
    """For each venue that makes calls in its meetings, when it last met, in the order of days."""
    table: dict[Venue, list[Event]] = {}
    for meeting, events in happened(org, "held").items():
        if isinstance(meeting, Meeting) and org.is_active(meeting) and meeting.type not in NOT_FOR_DECIDING:
            venue = _venue_of(meeting)
            if org.is_active(venue) and not venue.refused and decides_something(meeting):
                table.setdefault(venue, []).extend(recent(org, events, venue))
    return {venue: sorted(events, key=lambda event: event.day) for venue, events in table.items()}


def _venue_of(place: Venue) -> Venue:
    return (forum_of(place) or place) if isinstance(place, Meeting) else place


@fact
def _last_decisions(org: Org) -> Mapping[Venue, date]:
    """The last day on which the log tells that something was decided in a venue: in a session of it, or by a right that
    is decided there."""
    days: dict[Venue, date] = {}
    for venue, day in _decisions(org):
        days[venue] = max(day, days.get(venue, day))
    return days


def _decisions(org: Org) -> Iterator[tuple[Venue, date]]:
    for meeting, events in happened(org, "held").items():
        days = [event.day for event in events if event.entry.count("decisions")]
        if days and isinstance(meeting, Meeting):
            yield _venue_of(meeting), days[-1]
    for right, events in happened(org, "decided").items():
        if isinstance(right, DecisionRight):
            yield from ((_venue_of(place), events[-1].day) for place in places_of(right))
        for event in events:
            if "in" in event.entry.data:
                yield from ((_venue_of(place), event.day) for place in org.each(event.entry.refs("in")))


# --- how many come ---


class Turnout(NamedTuple):
    """How many came to the last sessions of a meeting, oldest first, and how many should: those whom it expects, or
    the quorum that it needs to decide."""

    sessions: Sequence[Event]
    came: Sequence[int]
    wanted: int
    quorum: bool


def thin(meeting: Meeting, sessions: int, share: float) -> Turnout | None:
    """How few come to a meeting: of its last sessions fewer than this share of those expected, or than the quorum of
    its forum where that decides there, in the middle. None where that is not so, or not known."""
    if meeting.type in NOT_AT_THE_TABLE or "for_each" in meeting.data:
        return None
    events = recent(meeting.org, happened(meeting.org, "held").get(meeting, ()), meeting)
    counted = last([event for event in events if event.entry.data.get("attended") is not None], sessions)
    if not counted or len(counted) < sessions:
        return None
    came = [_came(event.entry) for event in counted]
    middle, forum = _median(came), forum_of(meeting)
    quorum = int(forum.quorum or 0) if forum is not None and "quorum" in forum.data else 0
    if middle < quorum and decides_something(meeting):
        return Turnout(counted, came, quorum, True)
    if share <= 0 or expects_at_most(meeting, int(min(middle / share, MOST))) or lists_nobody(meeting):
        return None
    expected = expected_heads(meeting)
    return Turnout(counted, came, expected, False) if middle < share * expected else None


def _came(entry: LogEntry) -> int:
    """How many were there; of those who are named each counts for all that they may bring."""
    count = entry.count("attended") or 0
    return count if isinstance(entry.data["attended"], int) else max(count, heads(entry.org, entry.refs("attended")))


def _median(numbers: Sequence[int]) -> float:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
