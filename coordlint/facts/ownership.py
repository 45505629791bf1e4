"""A declaration in; who answers for it, by its own word or by the line that leads to somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeAlias

from coordlint.facts.parties import above, teams_of
from coordlint.facts.venues import calls, names_somebody, refreshed_by
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import (
    ContextLine,
    DecisionRight,
    Escalation,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Record,
    Team,
    Term,
)
from coordlint.model.org import Org, fact

# A part that may name somebody, and the field in which it would; None where a name on the way leads nowhere, so that
# nobody can know who comes after it.
Link: TypeAlias = tuple[Node, str] | None

# A line of teams is followed so far up; no organisation has as many levels.
LONGEST = 100


class Owner(NamedTuple):
    """Who answers for something, and where that is said.

    `party` is None where somebody is named who is not declared, or where a name on the way leads nowhere.
    """

    party: Declaration | None
    said_by: Declaration | None = None
    field: str = ""


def answers_for(declaration: Declaration) -> Owner | None:
    """Who answers for a declaration: its owner, else whoever its kind leads to; None where nobody is named.

    Meeting: chair, forum, team. Forum: chair, decider. Team: lead, then the team that it is part of. Right: decider.
    Hand-off: whoever answers for where it comes from. Escalation: whoever answers for what it is for, else its last
    step. Record: whoever answers for the meeting or forum that keeps it. Initiative: who is accountable.
    """
    for link in _links(declaration):
        if link is None:
            return Owner(None)
        part, field = link
        if names_somebody(part, field):
            party = next(part.org.each(part.refs(field)), None)
            return Owner(party, part.declaration, field)
    return None


def _links(declaration: Declaration) -> Iterator[Link]:
    yield declaration, "owner"
    if isinstance(declaration, Team):
        yield from _team(declaration)
    elif isinstance(declaration, Handoff):
        yield from _handoff(declaration)
    elif isinstance(declaration, Meeting):
        yield from _meeting(declaration)
    elif isinstance(declaration, Escalation):
        yield from _escalation(declaration)
    elif isinstance(declaration, Record):
        for venue in refreshed_by(declaration):
            yield from _links(venue)
    elif isinstance(declaration, DecisionRight):
        yield from ((call.speaker("decider"), "decider") for call in calls(declaration))
    elif isinstance(declaration, Forum):
        yield declaration, "chair"
        yield declaration, "decider"
    elif isinstance(declaration, Initiative):
        yield declaration, "accountable"
    elif isinstance(declaration, ContextLine):
        yield declaration, "from"
    elif isinstance(declaration, Term):
        yield from _below(declaration, "within")


def _team(team: Team) -> Iterator[Link]:
    yield team, "lead"
    upward = _upward(team.org).get(team)
    if upward is not None:
        yield from upward.links


class _Upward(NamedTuple):
    """The way up from a team: the first link on it that names somebody, none where none does; and the outermost of the
    teams in force that it lies in."""

    links: tuple[Link, ...]
    outermost: Team


@fact
def _upward(org: Org) -> Mapping[Team, _Upward]:
    """Every team's way up. Where two ways meet, the second one ends: however long a line of teams is, each of its links
    is looked at once."""
    found: dict[Team, _Upward] = {}
    for team in org.all(Team):
        way, links = _walk_up(team, found)
        for each in reversed(way):
            upper = org.find(each.part_of)
            inside = found.get(upper) if upper is not None and org.is_active(upper) else None
            found[each] = _Upward(links, inside.outermost if inside is not None else each)
    return found


def _walk_up(team: Team, known: Mapping[Team, _Upward]) -> tuple[list[Team], tuple[Link, ...]]:
    """The teams from one up to where somebody is named, or to one that is known, and the links that hold for all."""
    way: dict[Team, None] = {}
    current = team
    while current not in known:
        way[current] = None
        field = next((field for field in ("owner", "lead") if names_somebody(current, field)), None)
        if field is not None:
            return list(way), ((current, field),)
        upper = current.org.find(current.part_of)
        if upper is None or upper in way:
            return list(way), (None,) if current.says("part_of") else ()
        current = upper
    return list(way), known[current].links


def outermost(team: Team) -> Team:
    """The outermost of the teams in force that a team lies in; itself where it is part of none."""
    upward = _upward(team.org).get(team)
    return upward.outermost if upward is not None else team


def _meeting(meeting: Meeting) -> Iterator[Link]:
    yield meeting, "chair"
    if meeting.says("forum"):
        forum = meeting.org.find(meeting.forum)
        yield (forum, "chair") if forum is not None else None
        if forum is not None:
            yield forum, "owner"
    yield from _below(meeting, "team")


def _handoff(handoff: Handoff) -> Iterator[Link]:
    for ref in handoff.from_:
        giver = handoff.org.find(ref)
        if isinstance(giver, Team):
            yield from _links(giver)
        else:
            yield handoff, "from"
    if not handoff.from_anyone and _is_hidden(handoff, "from"):
        yield None


def _escalation(escalation: Escalation) -> Iterator[Link]:
    for ref in escalation.for_:
        subject = escalation.org.find(ref)
        if subject is None:
            yield None
        else:
            yield from _links(subject)
    if not escalation.for_anything and _is_hidden(escalation, "for"):
        yield None
    steps = escalation.steps
    if steps:
        yield steps[-1], "to"
        yield from ((window, "to") for window in steps[-1].cover)
    elif escalation.says("steps"):
        yield None


def _below(declaration: Declaration, field: str) -> Iterator[Link]:
    """On to whoever answers for what a field names."""
    for ref in declaration.refs(field):
        found = declaration.org.find(ref)
        if found is None:
            yield None
        else:
            yield from _links(found)
    if _is_hidden(declaration, field):
        yield None


def _is_hidden(declaration: Declaration, field: str) -> bool:
    """Whether a field says something that nobody could read."""
    return declaration.says(field) and not declaration.refs(field) and declaration.data.get(field) != []


def home_teams(declaration: Declaration) -> list[Team]:
    """The teams of whoever answers for a declaration; of a team itself."""
    if isinstance(declaration, Team):
        return [declaration]
    owner = answers_for(declaration)
    return teams_of(owner.party) if owner is not None and owner.party is not None else []


def teams_around(declaration: Declaration) -> Iterator[Team]:
    """The teams to which a declaration belongs by whoever answers for it, from the nearest up, so far at most."""
    for team in home_teams(declaration):
        yield team
        yield from islice(above(team), LONGEST)


def is_outermost_unowned(declaration: Declaration) -> bool:
    """Whether nobody answers for something, and what it comes from, or is part of, does not already say so.

    A team speaks for its hand-offs, for its terms and for the teams below it. What lies outside is not asked.
    """
    data = declaration.data
    if "owner" in data or "lead" in data or declaration.refused or data.get("external") is True:
        return False
    org = declaration.org
    around = [ref for field in ("part_of", "from", "within") if field in data for ref in declaration.refs(field)]
    if any(isinstance(each, Team) and org.is_active(each) for each in org.each(around)):
        return False
    return answers_for(declaration) is None
