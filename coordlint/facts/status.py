"""Meetings in; whether nothing but status goes through them, and where that can be read anyway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordlint.facts.references import uses_of
from coordlint.facts.venues import decides_something, refreshed_by
from coordlint.model.base import Declaration
from coordlint.model.kinds import ContextLine, Meeting, Record
from coordlint.model.org import Org, fact

ONLY_STATUS = frozenset(("status",))
# Fields that name a meeting, and bring nothing to it.
IDLE = frozenset(("only_while", "replaced_by", "owner", "read_by", "held", "cancelled", "in", "reviewed"))


def status_to_read(meeting: Meeting) -> Record | None:
    """The record in which can be read what a meeting carries, where that is nothing but status; else None.

    That is so where it is of type `status`, or says no type and lines that carry only status run through it; nothing is
    decided, reviewed, handed over or put out there. The record is one that it takes in and does not write itself, or
    one through which the same status reaches the same people too.
    """
    lines = [use.user for use in uses_of(meeting.org, meeting) if isinstance(use.user, ContextLine)]
    lines = [line for line in lines if meeting.org.is_active(line)]
    if meeting.type != "status" and (meeting.says("type") or not lines):
        return None
    if not all(map(_carries_only_status, lines)) or _does_more(meeting):
        return None
    return _taken_in(meeting) or _told_by_another_line(lines)


def _carries_only_status(line: Declaration) -> bool:
    if not isinstance(line, ContextLine) or line.refused:
        return False
    return bool(line.carries) and ONLY_STATUS.issuperset((*line.carries, *line.back))


def _does_more(meeting: Meeting) -> bool:
    if meeting.says("outputs") or meeting.says("reviews") or meeting.says("decides") or decides_something(meeting):
        return True
    users = [use.user for use in uses_of(meeting.org, meeting) if use.field not in IDLE]
    return any(not isinstance(user, ContextLine) for user in users if meeting.org.is_active(user))


def _taken_in(meeting: Meeting) -> Record | None:
    """The first record that a meeting takes in, and that neither it nor its forum keeps."""
    pre_read = meeting.pre_read
    named = [*(pre_read.record if pre_read is not None else ()), *meeting.inputs]
    own = [meeting, meeting.org.find(meeting.forum)]
    return next(
        (each for each in meeting.org.each(named) if not any(venue in own for venue in refreshed_by(each))), None
    )


def _told_by_another_line(lines: Sequence[Declaration]) -> Record | None:
    """A record through which all that lines carry reaches the same people; of several the first."""
    found = [_status_in_records(line.org).get(_ends(line)) for line in lines]
    return found[0] if found and all(found) else None


@fact
def _status_in_records(org: Org) -> Mapping[object, Record]:
    """From whom, to whom status travels by a record."""
    table: dict[object, Record] = {}
    for line in org.active(ContextLine):
        record = org.find(line.through)
        if isinstance(record, Record) and "status" in line.carries:
            table.setdefault(_ends(line), record)
    return table


def _ends(line: Declaration) -> object:
    return tuple(frozenset(line.org.each(line.refs(field))) for field in ("from", "to"))
