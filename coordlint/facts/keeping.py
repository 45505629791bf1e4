"""Records in; who reads and writes each of them, and which of them keep the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter

from coordlint.facts.evidence import Event, happened, last, told_until
from coordlint.facts.lifetimes import later
from coordlint.facts.memory import keepless_around
from coordlint.facts.ownership import answers_for
from coordlint.facts.prose import SAY_NOTHING, content_of, words_in
from coordlint.facts.reasons import is_over
from coordlint.facts.references import Use, uses_of
from coordlint.facts.shut import shut_between
from coordlint.facts.texts import stem
from coordlint.facts.venues import calls, forum_of, places_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Handoff, LogEntry, Meeting, Record, Scenario, Team
from coordlint.model.org import Org, fact

# The fields in which somebody who names a record reads it, or writes it. What keeps the decisions of a meeting, forum
# or right is written and read there; what work or word passes through, at its two ends.
READING = frozenset(
    (
        *("inputs", "pre_read", "reviews", "record", "plans", "needs"),
        *("delivers", "accepts_when", "trigger", "through", "copy_of"),
    )
)
WRITING = frozenset(("outputs", "produces", "delivers", "record", "plans", "through", "updated"))

# Words that say whose something is, so that two who write the same may mean each their own.
WHOSE = frozenset(("our", "ours", "own", "team", "meeting", "this"))
# Texts of fewer words that say something are too short to be about one thing.
FEWEST_WORDS = 2

_day = attrgetter("day")


def has_somebody(record: Record) -> bool:
    """Whether somebody answers for a record, or may: its owner, the meeting or forum that it comes from, the team that
    produces it; for a copy, whoever answers for what it is one of."""
    if record.says("copy_of") or answers_for(record) is not None:
        return True
    return any(use.field == "produces" and record.org.is_active(use.user) for use in uses_of(record.org, record))


def may_come_from(record: Record) -> list[Declaration]:
    """Meetings and decision rights that name no record, and may be what this one is of: they read it, or their own
    people own or read it."""
    readers = [reader for reader in record.org.each(record.read_by) if isinstance(reader, Meeting)]
    return [*(meeting for meeting in readers if not meeting.says("record")), *keepless_around(record)]


def is_read(record: Record) -> bool:
    """Whether somebody reads a record, or may: who is named as reader, and whatever takes it in."""
    if record.says("read_by") and record.data.get("read_by") != []:
        return True
    return any(use.field in READING and _is_in_use(use, record) for use in uses_of(record.org, record))


def is_written(record: Record) -> bool:
    """Whether it is said how something gets into a record: what puts it out or keeps itself there, an owner with a
    rhythm, the record that it is a copy of."""
    if record.says("copy_of") or (record.says("owner") and record.says("updated_every")):
        return True
    return any(use.field in WRITING and _is_in_use(use, record) for use in uses_of(record.org, record))


def _is_in_use(use: Use, record: Record) -> bool:
    """What has ended reads and writes no more; what is paused or proposed may."""
    user = use.user
    if user is record or isinstance(user, Scenario):
        return False
    return isinstance(user, LogEntry) or not is_over(user, timedelta(0))


@fact
def says_who_reads(org: Org) -> bool:
    """Whether an organisation has written down who reads any of its records."""
    if any("read_by" in record.data for record in org.all(Record)):
        return True
    return any("inputs" in meeting.data or "pre_read" in meeting.data for meeting in org.all(Meeting))


@fact
def says_who_writes(org: Org) -> bool:
    """Whether an organisation has written down how anything gets into any of its records."""
    if any("updated_every" in record.data for record in org.all(Record)):
        return True
    ends = ((Meeting, "outputs"), (Team, "produces"), (Handoff, "delivers"))
    putting_out = (each.refs(field) for kind, field in ends for each in org.all(kind) if field in each.data)
    return any(isinstance(found, Record) for refs in putting_out for found in org.each(refs))


def kept_twice(org: Org) -> Iterator[list[Record]]:
    """For everything that two records say they keep, those records, in the order of ids.

    Case, punctuation and plurals make no difference. A copy that says so is none; records of different meetings, forums
    or rights keep each what is decided there; and of different owners, each its own where the text says whose it is.
    """
    table: dict[str, list[Record]] = {}
    for record in org.active(Record):
        keeps = record.keeps
        if keeps and not record.refused and "keeps" not in record.taken and not record.says("copy_of"):
            words = words_in(keeps)
            if len(content_of(words, SAY_NOTHING)) >= FEWEST_WORDS:
                table.setdefault(stem(keeps) + _whose(record, words), []).append(record)
    for records in table.values():
        if len(records) > 1:
            rivals = _of_one_body(records)
            if len(rivals) > 1:
                yield rivals


def _whose(record: Record, words: list[str]) -> str:
    """What tells a text apart that says whose it speaks of: who answers for it."""
    if WHOSE.isdisjoint(words):
        return ""
    owner = answers_for(record)
    return f" {owner.party!r}" if owner is not None and owner.party is not None else f" {record!r}"


def _of_one_body(records: list[Record]) -> list[Record]:
    """Those that belong to nothing, or to one body; of those that belong to different bodies, the first one's."""
    bodies = {record: _bodies(record) for record in records}
    counted: dict[Declaration, list[Record]] = {}
    for record in records:
        for body in bodies[record]:
            counted.setdefault(body, []).append(record)
    most = max(counted.values(), key=len, default=[])
    return [record for record in records if not bodies[record] or record in most]


def _bodies(record: Record) -> set[Declaration]:
    """The forums, meetings, rights and escalations that keep a record of what they decide there."""
    users = [use.user for use in uses_of(record.org, record) if use.way == ("record",)]
    return {user.org.find(user.forum) or user if isinstance(user, Meeting) else user for user in users}


def behind(record: Record, grace: int) -> Event | None:
    """When a record was last brought up to date, where that is too long ago by the log; so many days are left to it.

    A record of which the log has never told that it was `updated` is not asked, and nothing is said of the days after
    the log's last. A session of a meeting that writes it, and a decision that it keeps, may have brought it up to date;
    from one that was cancelled it waits for the next. Days on which the house is shut are not counted.
    """
    org = record.org
    every, updates = record.updated_every, happened(org, "updated").get(record)
    until = told_until(org)
    if every is None or not updates or until is None:
        return None

    def lasts(begun: date) -> bool:
        return later(begun, every) >= until - timedelta(days=grace)

    if lasts(updates[-1].day):
        return None
    newest = max([*last(updates), *_last_uses(org).get(record, ())], key=_day)
    begun = max(newest.day, _last_cancelled(org).get(record, newest.day))
    if lasts(begun):
        return None
    left = later(begun, every) + timedelta(days=grace)
    return newest if left + timedelta(days=shut_between(org, begun, until)) < until else None


@fact
def _last_cancelled(org: Org) -> Mapping[Record, date]:
    """For each record the last day on which a meeting that writes it was cancelled."""
    table: dict[Record, date] = {}
    for meeting, events in happened(org, "cancelled").items():
        for record in _written_by(meeting):
            table[record] = max(events[-1].day, table.get(record, events[-1].day))
    return table


@fact
def _last_uses(org: Org) -> Mapping[Record, list[Event]]:
    """For each record the last sessions of the meetings that write it, and the last decisions that it keeps."""
    table: dict[Record, list[Event]] = {}
    for user, events in (*happened(org, "held").items(), *happened(org, "decided").items()):
        for record in dict.fromkeys(_written_by(user)):
            table.setdefault(record, []).extend(last(events))
    return table


def _written_by(user: Declaration) -> Iterator[Record]:
    """What a session of a meeting or a decision on a right is written down in."""
    org = user.org
    if isinstance(user, Meeting):
        forum = forum_of(user)
        written = org.each((*user.outputs, *user.refs("record"), *(forum.refs("record") if forum else ())))
        yield from (each for each in written if isinstance(each, Record))
    elif isinstance(user, DecisionRight):
        for call in calls(user):
            yield from org.each(call.refs("record"))
        for place in places_of(user):
            yield from _written_by(place)
    elif isinstance(user, Forum):
        yield from org.each(user.refs("record"))
