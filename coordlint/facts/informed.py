"""A decision right in; who learns what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coordlint.facts.attendance import expected
from coordlint.facts.parties import Group, both, group, stands_for
from coordlint.facts.venues import Venue, calls, deciding_meetings, meetings_of, places_of
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import ContextLine, DecisionRight, Forum, Meeting, Person, Role, Team
from coordlint.model.org import Org

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
    told = group(org, _told_by_lines(right, venues))
    return both(met, told)._replace(complete=met.complete and _venues_are_known(right))


def _named(right: DecisionRight) -> Iterator[Ref[Any]]:
    yield from right.recommends
    parts = [right, *(call.part for call in calls(right) if call.part is not right)]
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
    org = right.org
    sources: set[Declaration] = {*venues, *org.each(ref for call in calls(right) for ref in call.refs("decider"))}
    forums = [venue for venue in venues if isinstance(venue, Forum)]
    carriers = {*venues, *(meeting for forum in forums for meeting in meetings_of(forum))}
    for line in org.active(ContextLine):
        tellers, told = line.refs("from"), line.refs("to")
        if org.find(line.through) in carriers or _speaks_for(org, tellers, sources):
            yield from told
        if line.says("back") and _speaks_for(org, told, sources):
            yield from tellers


def _speaks_for(org: Org, refs: tuple[Ref[Any], ...], sources: set[Declaration]) -> bool:
    return any(stands_for(source).inside & group(org, refs).inside for source in sources)


def reports_to_decider(right: DecisionRight, party: Declaration) -> bool:
    """Whether a party, or the lead of a team, reports straight to who decides: the chain of command tells them."""
    org = right.org
    deciders = set(org.each(ref for call in calls(right) for ref in call.refs("decider")))
    below = list(org.each(party.refs("lead"))) if isinstance(party, Team) else [party]
    superiors = [ref for each in below if isinstance(each, (Role, Person)) for ref in each.refs("reports_to")]
    return any(superior in deciders for superior in org.each(superiors))
