"""Two declarations that speak of one thing: where both sides speak, and one denies what the other claims.

A list that is there claims to be complete; a side that says nothing claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from coordlint.finding import Edit, Place
from coordlint.model.base import Declaration, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import Answer, DecisionRight, Forum, Handoff, Meeting, Record, Team
from coordlint.model.org import Org, fact, fact_of

D = TypeVar("D", bound=Declaration)
Venue: TypeAlias = Forum | Meeting


class Disagreement(NamedTuple):
    """That one declaration claims something of another, or of several, which deny it.

    `homeless` is the forum that claims, where that of which it claims it is decided in a meeting of no forum; `mended`
    adds what a list leaves out.
    """

    claimed_at: Place
    claim: str
    denied_at: Place
    denial: str
    deniers: Sequence[Declaration]
    field: str
    homeless: Forum | None = None
    mended: Edit | None = None


def disagreements(org: Org) -> Iterator[Disagreement]:
    """Every pair of sides that contradict each other: venues and what they decide, records and who reads them.

    A right whose venue does not list it is told there, and not once more where another venue does. What a venue lists
    and is decided in one other place is told once. A list in which a name leads nowhere may mean anything, and denies
    nothing.
    """
    told: set[DecisionRight] = set()
    venues: list[Venue] = [*_speaking(org, Forum, "decides"), *_speaking(org, Meeting, "decides")]
    # Where one side says nothing anywhere, the other need not be asked.
    for right in _speaking(org, DecisionRight, "decided_in", "cases", "otherwise") if venues else ():
        for each in _venue_unaware(org, right):
            told.add(right)
            yield each
    for venue in venues:
        yield from _right_elsewhere(org, venue, told)
    taking = _speaking(org, Meeting, "inputs")
    for meeting in taking:
        yield from _reader_unknown(org, meeting)
    for record in _speaking(org, Record, "read_by") if taking else ():
        yield from _reader_unaware(org, record)


def _speaking(org: Org, kind: type[D], *fields: str) -> list[D]:
    asked = frozenset(fields)
    return [each for each in org.all(kind) if not asked.isdisjoint(each.data) and _counts(org, each)]


def _counts(org: Org, declaration: Declaration) -> bool:
    return not declaration.refused and org.is_active(declaration)


class _List(NamedTuple):
    """What a list names, and whether every name in it leads somewhere."""

    named: frozenset[Declaration]
    complete: bool

    def denies(self, target: Declaration) -> bool:
        """Whether it claims to be complete, and leaves something out."""
        return self.complete and target not in self.named


def _list(org: Org, refs: Iterable[Ref[Any]]) -> _List:
    found = [(ref, org.find(ref)) for ref in refs]
    complete = all(each is not None or ref.external or ref.is_text for ref, each in found)
    return _List(frozenset(each for _, each in found if each is not None), complete)


@fact_of
def _decided(venue: Venue) -> _List:
    return _list(venue.org, venue.decides)


@fact_of
def _readers(record: Record) -> _List:
    return _list(record.org, record.read_by)


def _venues(right: DecisionRight) -> Iterator[tuple[Answer, Venue]]:
    """Where a right says that it is decided, with the part that says so."""
    parts: list[Answer] = [right, *right.cases]
    if right.otherwise is not None:
        parts.append(right.otherwise)
    for part in parts:
        venue = right.org.find(part.decided_in)
        if venue is not None:
            yield part, venue


def _venue_unaware(org: Org, right: DecisionRight) -> Iterator[Disagreement]:
    for part, venue in _venues(right):
        if _counts(org, venue) and venue.says("decides") and _decided(venue).denies(right):
            claim = f"{right.label} is decided in {venue.label}, which does not list it"
            yield Disagreement(
                part.at("decided_in"),
                claim,
                venue.at("decides", on_key=True),
                "what it decides",
                [venue],
                "decides",
                # Where another venue lists it, who is right cannot be told.
                mended=None if right in _listed(org) else _listing(venue, "decides", right),
            )


@fact
def _listed(org: Org) -> frozenset[Declaration]:
    """What some venue lists."""
    venues: list[Venue] = [*_speaking(org, Forum, "decides"), *_speaking(org, Meeting, "decides")]
    return frozenset(each for venue in venues for each in _decided(venue).named)


def _right_elsewhere(org: Org, venue: Venue, told: set[DecisionRight]) -> Iterator[Disagreement]:
    """What a venue lists, and which is decided elsewhere: once for each other place."""
    elsewhere: dict[Venue, list[DecisionRight]] = {}
    for right in org.each(venue.decides):
        named = [place for _, place in _venues(right)]
        if not named or right in told or not _counts(org, right):
            continue
        if not any(_one_body(org, venue, place) for place in named):
            elsewhere.setdefault(named[0], []).append(right)
    for place, rights in elsewhere.items():
        first, *others = rights
        more = f" and {len(others)} more" if others else ""
        say = "are decided in `{}`, as they say themselves" if others else "is decided in `{}`, as it says itself"
        yield Disagreement(
            venue.at("decides", first),
            f"{venue.label} lists {first.label}{more}, which {say.format(place.id)}",
            first.at("decided_in"),
            "where it is decided",
            rights,
            "decided_in",
            venue if isinstance(venue, Forum) and isinstance(place, Meeting) and not place.says("forum") else None,
        )


def _one_body(org: Org, one: Venue, other: Venue) -> bool:
    """Whether two venues are the same, belong to one forum, or may: the forum of a meeting cannot be looked up."""
    if one is other or any(each.says("forum") and _forum_of(org, each) is None for each in (one, other)):
        return True
    return _forum_of(org, one) is not None and _forum_of(org, one) is _forum_of(org, other)


def _forum_of(org: Org, venue: Venue) -> Forum | None:
    return org.find(venue.forum) if isinstance(venue, Meeting) else venue


def _reader_unknown(org: Org, meeting: Meeting) -> Iterator[Disagreement]:
    fields = ("forum", "team", "chair", "attendees", "optional")
    named = [ref for field in fields for ref in meeting.refs(field)]
    around = [meeting, *org.each(named)]
    if any(org.find(ref) is None and not ref.external for ref in named):
        return
    for record in org.each(meeting.inputs):
        if not record.says("read_by") or not _counts(org, record):
            continue
        if all(_readers(record).denies(each) for each in around):
            claim = f"{meeting.label} takes in {record.label}, which does not name it as a reader"
            yield Disagreement(
                meeting.at("inputs", record),
                claim,
                record.at("read_by", on_key=True),
                "who reads it",
                [record],
                "read_by",
                mended=_listing(record, "read_by", meeting),
            )


def _reader_unaware(org: Org, record: Record) -> Iterator[Disagreement]:
    for meeting in org.each(record.read_by):
        if not isinstance(meeting, Meeting) or not meeting.says("inputs") or not _counts(org, meeting):
            continue
        before = meeting.pre_read.refs("record") if meeting.pre_read else ()
        if _list(org, (*meeting.inputs, *meeting.reviews, *meeting.refs("record"), *before)).denies(record):
            claim = f"{record.label} is read by {meeting.label}, which does not take it in"
            yield Disagreement(
                record.at("read_by", meeting),
                claim,
                meeting.at("inputs", on_key=True),
                "what it takes in",
                [meeting],
                "inputs",
                mended=_listing(meeting, "inputs", record),
            )


def _listing(lister: Declaration, field: str, missing: Declaration) -> Edit | None:
    """What adds a declaration to a list of another; None where it cannot be, or hardly should be.

    The list may be taken from a third, not be there, or be unable to name it; an empty one says that there is none.
    """
    names = lister.fields[field]
    if field in lister.taken or not lister.data.get(field) or not isinstance(names, Names):
        return None
    for name in (missing.id, f"{missing.kind}/{missing.id}"):
        if lister.org.resolve(names.ref(name)) is missing:
            return Edit(lister.at(field), "add", name)
    return None


def leaves_out(team: Team, handoff: Handoff) -> bool:
    """Whether a team's `takes_in` is readable, leads somewhere with every name, and does not have the hand-off."""
    if team.refused or not team.org.is_active(team) or team.data.get("takes_in") is None:
        return False
    taken = _taken_in(team)
    return handoff not in taken and None not in taken


@fact_of
def _taken_in(team: Team) -> frozenset[Handoff | None]:
    return frozenset(team.org.find(ref) for ref in team.takes_in)
