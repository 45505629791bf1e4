"""Two declarations that speak of one thing: where both sides speak, and one denies what the other claims.

A list that is there claims to be complete; a side that says nothing claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, TypeVar

from coordlint.finding import Place
from coordlint.model.base import Declaration
from coordlint.model.kinds import Case, DecisionRight, Forum, Meeting, Record
from coordlint.model.org import Org

D = TypeVar("D", bound=Declaration)
Venue: TypeAlias = Forum | Meeting


class Disagreement(NamedTuple):
    """That one declaration claims something of another, which denies it."""

    claimed_at: Place
    claim: str
    denied_at: Place
    denial: str
    denier: Declaration
    field: str


def disagreements(org: Org) -> Iterator[Disagreement]:
    """Every pair of sides that contradict each other: venues and what they decide, records and who reads them."""
    for right in _speaking(org, DecisionRight, "decided_in", "cases"):
        yield from _venue_unaware(org, right)
    venues: list[Venue] = [*_speaking(org, Forum, "decides"), *_speaking(org, Meeting, "decides")]
    for venue in venues:
        yield from _right_elsewhere(org, venue)
    for meeting in _speaking(org, Meeting, "inputs"):
        yield from _reader_unknown(org, meeting)
    for record in _speaking(org, Record, "read_by"):
        yield from _reader_unaware(org, record)


def _speaking(org: Org, kind: type[D], *fields: str) -> list[D]:
    return [each for each in org.all(kind) if any(field in each.data for field in fields) and _counts(org, each)]


def _counts(org: Org, declaration: Declaration) -> bool:
    return not declaration.refused and org.is_active(declaration)


def _venues(right: DecisionRight) -> Iterator[tuple[DecisionRight | Case, Venue]]:
    """Where a right says that it is decided, with the part that says so."""
    parts: list[DecisionRight | Case] = [right, *right.cases]
    for part in parts:
        venue = right.org.find(part.decided_in)
        if venue is not None:
            yield part, venue


def _venue_unaware(org: Org, right: DecisionRight) -> Iterator[Disagreement]:
    for part, venue in _venues(right):
        if _counts(org, venue) and venue.says("decides") and right not in list(org.each(venue.decides)):
            claim = f"{right.label} is decided in {venue.label}, which does not list it"
            yield Disagreement(
                part.at("decided_in"), claim, venue.at("decides", on_key=True), "what it decides", venue, "decides"
            )


def _right_elsewhere(org: Org, venue: Venue) -> Iterator[Disagreement]:
    for right in org.each(venue.decides):
        named = [place for _, place in _venues(right)]
        if not named or not _counts(org, right) or any(_one_body(org, venue, place) for place in named):
            continue
        claim = f"{venue.label} lists {right.label}, which is decided in `{named[0].id}`, as it says itself"
        yield Disagreement(
            venue.at("decides", right), claim, right.at("decided_in"), "where it is decided", right, "decided_in"
        )


def _one_body(org: Org, one: Venue, other: Venue) -> bool:
    """Whether two venues are the same, or belong to one forum."""
    return one is other or (_forum_of(org, one) is not None and _forum_of(org, one) is _forum_of(org, other))


def _forum_of(org: Org, venue: Venue) -> Forum | None:
    return org.find(venue.forum) if isinstance(venue, Meeting) else venue


def _reader_unknown(org: Org, meeting: Meeting) -> Iterator[Disagreement]:
    named = (meeting.forum, meeting.team, meeting.chair, *meeting.attendees, *meeting.optional)
    around: list[Declaration] = [meeting, *org.each(ref for ref in named if ref is not None)]
    for record in org.each(meeting.inputs):
        if record.says("read_by") and _counts(org, record) and not any(r in around for r in org.each(record.read_by)):
            claim = f"{meeting.label} takes in {record.label}, which does not name it as a reader"
            yield Disagreement(
                meeting.at("inputs", record),
                claim,
                record.at("read_by", on_key=True),
                "who reads it",
                record,
                "read_by",
            )


def _reader_unaware(org: Org, record: Record) -> Iterator[Disagreement]:
    for meeting in org.each(record.read_by):
        if not isinstance(meeting, Meeting) or not meeting.says("inputs") or not _counts(org, meeting):
            continue
        before = org.each(meeting.pre_read.record) if meeting.pre_read else ()
        known = (*org.each(meeting.inputs), *org.each(meeting.reviews), org.find(meeting.record), *before)
        if record not in known:
            claim = f"{record.label} is read by {meeting.label}, which does not take it in"
            yield Disagreement(
                record.at("read_by", meeting),
                claim,
                meeting.at("inputs", on_key=True),
                "what it takes in",
                meeting,
                "inputs",
            )
