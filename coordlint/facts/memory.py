"""Meetings, forums and decision rights in; whether anything keeps what is decided there."""

from __future__ import annotations

from collections.abc import Mapping

from coordlint.facts.parties import teams_of
from coordlint.facts.venues import Call, Venue, calls, decided_in, decides_something, listing, meetings_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Meeting, Record
from coordlint.model.org import Org, fact


def has_record(venue: Venue) -> bool:
    """Whether something keeps what is decided in a meeting or forum, readable or not.

    For a meeting that is its own `record`, its forum's, or a declared record among its `outputs`; for a forum its own,
    or that of a meeting in which it meets.
    """
    if venue.says("record"):
        return True
    if isinstance(venue, Forum):
        return any(_puts_out_record(meeting) for meeting in meetings_of(venue))
    if venue.says("forum"):
        forum = venue.org.find(venue.forum)
        if forum is None or forum.says("record"):
            return True
    return _puts_out_record(venue)


def _puts_out_record(meeting: Meeting) -> bool:
    if meeting.says("record"):
        return True
    return "outputs" in meeting.data and any(isinstance(each, Record) for each in meeting.org.each(meeting.outputs))


def keeps_record(right: DecisionRight) -> bool:
    """Whether a right, or each of its calls, names what keeps it, readable or not."""
    return right.says("record") or all(call.says("record") for call in calls(right))


def keeps_by_rights(meeting: Meeting) -> bool:
    """Whether every right that is decided in a meeting, or by its forum there, names what keeps it."""
    forum = meeting.org.find(meeting.forum)
    rights = decided_in(meeting) or (decided_in(forum) if forum is not None else [])
    # What it decides, and nobody can look up, may name its record.
    return all(map(keeps_record, rights)) and bool(rights or meeting.data.get("decides"))


def is_kept(call: Call) -> bool:
    """Whether the place where a call is made keeps it; a place that is not declared may."""
    org = call.right.org
    named = call.refs("decided_in")
    venues: list[Declaration | None] = [*map(org.find, named)] if named else [*listing(call.right)]
    venues += [decider for decider in org.each(call.refs("decider")) if isinstance(decider, Forum)]
    return any(venue is None or (isinstance(venue, (Meeting, Forum)) and has_record(venue)) for venue in venues)


def keepless_around(record: Record) -> list[Declaration]:
    """Meetings and decision rights that name no record, and whose own people own or read this one."""
    people = list(record.org.each((*record.refs("owner"), *record.read_by)))
    table = _keepless(record.org)
    return list(dict.fromkeys(each for party in people for each in table.get(party, ())))


@fact
def _keepless(org: Org) -> Mapping[Declaration, list[Declaration]]:
    """For each party and forum, the active meetings and rights that are theirs and name no record; a meeting is also
    its chair's team's."""
    table: dict[Declaration, list[Declaration]] = {}
    for each in (*org.active(Meeting), *org.active(DecisionRight)):
        if not each.says("record"):
            own = ("decider", "owner") if isinstance(each, DecisionRight) else ("team", "chair", "forum", "owner")
            chairs = org.each(each.refs("chair")) if isinstance(each, Meeting) else ()
            teams = [team for chair in chairs for team in teams_of(chair)]
            for party in (*org.each(ref for field in own for ref in each.refs(field)), *teams):
                table.setdefault(party, []).append(each)
    return table


def first_without_record(forum: Forum) -> Meeting:
    """The meeting that speaks for all of a forum's that decide, and that nothing keeps."""
    return next(each for each in meetings_of(forum) if decides_something(each) and not has_record(each))
