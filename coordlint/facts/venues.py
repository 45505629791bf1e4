"""Decision rights, forums and meetings in; each call of a right, where it is made, and what is decided where.

Two sides may speak of one thing, a right's `decided_in` and a venue's `decides`: here both count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.naming import bearers, parts_in
from coordlint.facts.references import uses_of
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.kinds import DecisionRight, Forum, Meeting, Record
from coordlint.model.org import Org, fact, fact_of

Venue: TypeAlias = Meeting | Forum


class Call(NamedTuple):
    """One call of a decision right: the right itself, one of its cases, or what holds otherwise.

    What a case says replaces what the right says, so each field is asked of whichever of the two speaks.
    """

    right: DecisionRight
    part: Node

    def speaker(self, key: str) -> Node:
        """The part that speaks for a field: the case where it says it, else the right."""
        return self.part if self.part.says(key) else self.right

    def says(self, key: str) -> bool:
        return self.part.says(key) or self.right.says(key)

    def refs(self, key: str) -> tuple[Ref[Any], ...]:
        return self.speaker(key).refs(key)

    @property
    def asynchronous(self) -> bool:
        """Whether it is made without a meeting: a case that names a venue is not, whatever its right says."""
        if self.part.says("asynchronous"):
            return self.part.data.get("asynchronous") is not False
        if self.part is not self.right and self.part.says("decided_in"):
            return False
        return self.right.says("asynchronous") and self.right.data.get("asynchronous") is not False

    @property
    def has_decider(self) -> bool:
        """Whether somebody is named as decider, or it is said who it is in relation to somebody."""
        return names_somebody(self.speaker("decider"), "decider")


def names_somebody(node: Node, key: str) -> bool:
    """Whether a field names anybody, readable or not. An empty list names nobody."""
    return node.says(key) and node.data.get(key) != []


def said_of_calls(right: DecisionRight, key: str) -> list[Any]:
    """What is said under a key of each call of a right, as it stands there, in the order of `calls`: where that is
    enough to see that all is well, no call need be made."""
    data = right.data
    own = data.get(key)
    if "cases" not in data and "otherwise" not in data:
        return [own]
    said = [part.get(key) for part in _parts_of_calls(right)] or [own]
    return said if own is None else [own if each is None else each for each in said]


@fact_of
def _parts_of_calls(right: DecisionRight) -> Sequence[Mapping[str, Any]]:
    data = right.data
    cases = parts_in(data, "cases")
    return [*cases, *parts_in(data, "otherwise")[:1]] if "otherwise" in data else cases


@fact_of
def calls(right: DecisionRight) -> list[Call]:
    """Every call that a right speaks of: its cases and what holds otherwise, or itself where it has none."""
    if "cases" not in right.data and "otherwise" not in right.data:
        return [Call(right, right)]
    parts: list[Node] = [*right.cases]
    otherwise = right.otherwise
    if otherwise is not None:
        parts.append(otherwise)
    return [Call(right, part) for part in parts] or [Call(right, right)]


class Venues(NamedTuple):
    """Who decides what: `rights` lists for each venue what is decided there, `places` for each right where it is."""

    rights: Mapping[Declaration, list[DecisionRight]]
    places: Mapping[DecisionRight, list[Venue]]


@fact
def venues(org: Org) -> Venues:
    """For each active meeting and forum what is decided there, and the way back; what either side says counts."""
    rights: dict[Declaration, list[DecisionRight]] = {}
    places: dict[DecisionRight, list[Venue]] = {}
    known: Any = bearers(org, DecisionRight.decided_in)
    for right in org.active(DecisionRight):
        data = right.data
        name = data.get("decided_in")
        if name.__class__ is str and "cases" not in data and "otherwise" not in data:
            venue = known[name]
            if venue is not None:
                rights.setdefault(venue, []).append(right)
                places[right] = [venue]
            continue
        named = known.of(name)
        for part in _parts_of_calls(right) if "cases" in data or "otherwise" in data else ():
            if "decided_in" in part:
                named = [*named, *known.of(part["decided_in"])]
        if named:
            named = places[right] = list(dict.fromkeys(named) if len(named) > 1 else named)
        for venue in named:
            rights.setdefault(venue, []).append(right)
    deciding: list[Venue] = [*org.active(Meeting), *org.active(Forum)]
    for venue in [venue for venue in deciding if "decides" in venue.data]:
        for right in org.each(venue.decides):
            if org.is_active(right) and venue not in places.get(right, ()):
                rights.setdefault(venue, []).append(right)
                places.setdefault(right, []).append(venue)
    return Venues(rights, places)


@fact
def _forums(org: Org) -> Mapping[Meeting, Forum]:
    found: dict[Meeting, Forum] = {}
    known = bearers(org, Meeting.forum)
    for meeting in org.all(Meeting):
        named = meeting.data.get("forum")
        forum = None if named is None else known[named] if named.__class__ is str else org.find(meeting.forum)
        if forum is not None:
            found[meeting] = forum  # type: ignore[assignment]
    return found


def forum_of(meeting: Meeting) -> Forum | None:
    """The forum that meets in a meeting."""
    return _forums(meeting.org).get(meeting)


def decided_in(venue: Venue) -> list[DecisionRight]:
    """The decision rights that are decided in a meeting or forum, as either side says."""
    return venues(venue.org).rights.get(venue, [])


def places_of(right: DecisionRight) -> list[Venue]:
    """The meetings and forums where a right is decided, as either side says."""
    return venues(right.org).places.get(right, [])


@fact
def _meetings_by_forum(org: Org) -> Mapping[Forum, list[Meeting]]:
    table: dict[Forum, list[Meeting]] = {}
    for meeting, forum in _forums(org).items():
        if org.is_active(meeting):
            table.setdefault(forum, []).append(meeting)
    return table


def meetings_of(forum: Forum) -> list[Meeting]:
    """The active meetings in which a forum meets."""
    return _meetings_by_forum(forum.org).get(forum, [])


def meets_at_all(org: Org) -> bool:
    """Whether the organisation declares any meeting or forum."""
    return len(org.all(Meeting)) + len(org.all(Forum)) > 0


@fact
def meetings_name_forums(org: Org) -> bool:
    """Whether the organisation writes down which meetings are whose: any meeting names its forum."""
    return any("forum" in meeting.data for meeting in org.all(Meeting))


# A meeting of one of these types is not where a forum makes its calls.
NOT_FOR_DECIDING = frozenset({"status", "one-on-one", "all-hands", "learning", "social"})


@fact_of
def deciding_meetings(forum: Forum) -> list[Meeting]:
    """The meetings in which a forum makes its calls: those of type decision, else all that could be."""
    meetings = [meeting for meeting in meetings_of(forum) if meeting.type not in NOT_FOR_DECIDING]
    return [meeting for meeting in meetings if meeting.type == "decision"] or meetings


def refreshed_by(record: Record) -> list[Venue]:
    """The active meetings that put out a record, and the meetings and forums whose record it is."""
    users = [use.user for use in uses_of(record.org, record) if use.field in ("outputs", "record")]
    venues_among = [user for user in users if isinstance(user, (Meeting, Forum)) and user.org.is_active(user)]
    return list(dict.fromkeys(venues_among))


def decides_something(meeting: Meeting) -> bool:
    """Whether calls are made in a meeting: it says so, a right says so, or it is where its forum makes its calls."""
    data, rights = meeting.data, venues(meeting.org).rights
    if meeting in rights or data.get("decides") or data.get("type") == "decision":
        return True
    forum = forum_of(meeting)
    return forum is not None and forum in rights and meeting in deciding_meetings(forum)


def has_venue(call: Call) -> bool:
    """Whether a call says where it is made, or that it needs no meeting; a forum that decides is its own venue."""
    if call.says("decided_in") or call.asynchronous:
        return True
    return any(isinstance(decider, Forum) for decider in call.right.org.each(call.refs("decider")))


def listing(right: DecisionRight) -> list[Venue]:
    """The meetings and forums that list a right, so that all of its calls have a place there."""
    return [venue for venue in places_of(right) if right in _listed_in(venue)]


@fact_of
def _listed_in(venue: Venue) -> frozenset[DecisionRight]:
    return frozenset(venue.org.each(venue.decides))
