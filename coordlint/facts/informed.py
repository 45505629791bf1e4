"""A decision right in; who learns what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coordlint.facts.attendance import expected
from coordlint.facts.holding import may_be_meant
from coordlint.facts.parties import Group, both, group, stands_for
from coordlint.facts.venues import Venue, calls, deciding_meetings, meetings_of, places_of
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.kinds import ContextLine, DecisionRight, Forum, Meeting, Person, Role, Team
from coordlint.model.org import Org, fact

TAKING_PART = ("decider", "agrees", "consulted", "informed")


def learns(right: DecisionRight) -> Group:
    """Who learns what was decided: whoever takes part or is told, is expected where it is decided or is a member there,
    reads what keeps it, or is reached by a line from there. It is complete where no name on the way is unknown."""
    org = right.org
    venues = places_of(right)
    met = group(org, _named(right))
    for venue in venues:
        met = both(met, _in(venue))
    met = both(met, group(org, _readers(right, venues)))
    met = both(met, group(org, _told_by_lines(right, venues)))
    return met._replace(complete=met.complete and _venues_are_known(right) and not may_be_meant(right))


def is_named(right: DecisionRight, performer: Declaration) -> bool:
    """Whether a right names a party, or one whom a team names as its own, as taking part or as told."""
    decider, team = right.data.get("decider"), performer.data if isinstance(performer, Team) else {}
    # Most calls are made by whoever carries them out, or leads those who do.
    if decider is not None and decider in (performer.id, team.get("lead")):
        return True
    own = (*performer.refs("lead"), *performer.refs("members")) if isinstance(performer, Team) else ()
    return any(ref.id == performer.id or ref in own for ref in _named(right))


def _named(right: DecisionRight) -> Iterator[Ref[Any]]:
    yield from right.recommends
    parts: list[Node] = [right, *(call.part for call in calls(right) if call.part is not right)]
    yield from (ref for part in parts for field in TAKING_PART for ref in part.refs(field))
    if "also" in right.data:
        yield from (ref for part in right.also for field in TAKING_PART[1:] for ref in part.refs(field))


def _venues_are_known(right: DecisionRight) -> bool:
    return all(right.org.find(ref) is not None for call in calls(right) for ref in call.refs("decided_in"))


def _in(venue: Venue) -> Group:
    """Who is expected where a call is made: in a meeting, or in a forum and its meetings."""
    if isinstance(venue, Meeting):
        return expected(venue)
    met = stands_for(venue)
    for meeting in deciding_meetings(venue):
        met = both(met, expected(meeting))
    return met


def _readers(right: DecisionRight, venues: list[Venue]) -> Iterator[Ref[Any]]:
    """Who reads what keeps the decision, as far as they are parties; a meeting that reads it tells nobody by itself."""
    keepers: list[Declaration] = [right, *venues]
    for record in right.org.each(ref for keeper in keepers for ref in keeper.refs("record")):
        yield from (ref for ref in record.refs("read_by") if not isinstance(right.org.find(ref), Meeting))


def _told_by_lines(right: DecisionRight, venues: list[Venue]) -> Iterator[Ref[Any]]:
    """Whom a line reaches from the decider, or from where the call is made."""
    table = _reached_from(right.org)
    if not table:
        return
    forums = [venue for venue in venues if isinstance(venue, Forum)]
    speakers = [*forums, *right.org.each(ref for call in calls(right) for ref in call.refs("decider"))]
    sources = {*venues, *(meeting for forum in forums for meeting in meetings_of(forum))}
    for source in sources.union(*(stands_for(speaker).inside for speaker in speakers)):
        yield from table.get(source, ())


@fact
def _reached_from(org: Org) -> Mapping[Declaration, list[Ref[Any]]]:
    """For everybody who tells by a line, and every meeting or record that carries one, who is told."""
    table: dict[Declaration, list[Ref[Any]]] = {}
    for line in org.active(ContextLine):
        tellers, told = line.refs("from"), line.refs("to")
        carrier = org.find(line.through)
        for source in {*group(org, tellers).inside, *([carrier] if carrier else [])}:
            table.setdefault(source, []).extend(told)
        if line.says("back"):
            for source in group(org, told).inside:
                table.setdefault(source, []).extend(tellers)
    return table


def reports_to_decider(right: DecisionRight, party: Declaration) -> bool:
    """Whether a party, or the lead of a team, reports straight to who decides: the chain of command tells them."""
    org = right.org
    deciders = set(org.each(ref for call in calls(right) for ref in call.refs("decider")))
    below = list(org.each(party.refs("lead"))) if isinstance(party, Team) else [party]
    superiors = [ref for each in below if isinstance(each, (Role, Person)) for ref in each.refs("reports_to")]
    return any(superior in deciders for superior in org.each(superiors))
