"""Meetings in; the teams that come together there, parted where nothing ties one to another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice
from typing import NamedTuple

from coordlint.facts.attendance import expected, listed, names_at_a_look, speaker_of
from coordlint.facts.graph import components
from coordlint.facts.holding import may_be_meant
from coordlint.facts.naming import bearers
from coordlint.facts.parties import above, stands_for, teams_of
from coordlint.facts.references import uses_of
from coordlint.facts.scope import rights_of
from coordlint.facts.ties import ties
from coordlint.model.base import Declaration
from coordlint.model.kinds import ContextLine, DecisionRight, Forum, Handoff, Initiative, Meeting, Person, Role, Team
from coordlint.model.org import fact_of

# What ties teams while it is in force, and has tied them where it was once.
TYING = (DecisionRight, Handoff, Initiative, ContextLine)
# Where more teams than this come together, it is not to work on what lies between two of them.
MOST_TEAMS = 20
MOST_LEVELS = 20


class Seat(NamedTuple):
    """Somebody who is expected in a meeting, and their teams."""

    party: Declaration
    teams: Sequence[Team]


def parts_of(meeting: Meeting) -> list[list[Seat]]:
    """Who is expected in a meeting, parted so that no right, hand-off, initiative or line ties a team of one part to a
    team of another; the part of the chair first. One part, or none, where nobody can know.

    Teams around a team and inside it speak for it, and a forum that decides something ties the teams that it is for.
    Nobody knows where somebody comes whose team is not said, or while a name that leads nowhere may mean one of the
    teams. A team of which nothing is written down that ties, or did once, to anything, is left out.
    """
    seats = _seats(meeting)
    teams = list(dict.fromkeys([team for seat in seats for team in seat.teams]))
    if not 2 <= len(teams) <= MOST_TEAMS or may_be_meant(teams[0]):
        return []
    tied = ties(meeting.org)
    # Nearly all that meet are tied to whoever calls them together.
    if all(teams[0] in tied.get(team, ()) for team in teams[1:]) or not expected(meeting).complete:
        return [seats]
    joined = _joined(meeting, teams)
    for seat in seats:
        for team in seat.teams[1:]:
            joined[seat.teams[0]].append(team)
            joined[team].append(seat.teams[0])
    part_of = {team: number for number, part in enumerate(components(joined)) for team in part}
    parts: dict[int, list[Seat]] = {}
    for seat in seats:
        if any(map(_is_written_about, seat.teams)):
            parts.setdefault(part_of[seat.teams[0]], []).append(seat)
    return list(parts.values())


def are_tied_at_a_look(meeting: Meeting) -> bool:
    """Whether all whom a meeting names are of one team each, and each of these is tied to the first, as nearly all that
    meet are to whoever calls them together; or somebody is of a team that nobody knows."""
    return _are_tied(speaker_of(meeting))


@fact_of
def _are_tied(speaker: Meeting | Forum) -> bool:
    org, named = speaker.org, names_at_a_look(speaker)
    if named is None:
        return False
    parties, teams, tied = bearers(org, Meeting.attendees), bearers(org, Role.team), ties(org)
    first = None
    for name in named:
        party = parties[name]
        if party is None:
            continue
        of_team = party.data.get("team") if isinstance(party, (Role, Person)) else None
        if of_team.__class__ is not str:
            return False
        team = teams[of_team]
        if team is None:
            return True
        if first is None:
            first = team
        elif team is not first and first not in tied.get(team, ()):  # type: ignore[call-overload]
            return False
    return True


def _seats(meeting: Meeting) -> list[Seat]:
    """Whom a meeting expects, with their teams; nobody where one of them is not known, or of no known team."""
    seats: list[Seat] = []
    is_active = meeting.org.is_active
    for party in dict.fromkeys(meeting.org.each(listed(meeting))):
        teams = [team for team in teams_of(party) if is_active(team)]
        if not teams:
            return []
        seats.append(Seat(party, teams))
    return seats


def _joined(meeting: Meeting, teams: Sequence[Team]) -> dict[Team, list[Team]]:
    forum = meeting.org.find(meeting.forum)
    settled = frozenset(forum.org.each(forum.teams)) if forum is not None and rights_of(forum) else frozenset()
    joined: dict[Team, list[Team]] = {team: [] for team in teams}
    for one, other in combinations(teams, 2):
        if (one in settled and other in settled) or are_tied(one, other):
            joined[one].append(other)
            joined[other].append(one)
    return joined


def are_tied(one: Team, other: Team) -> bool:
    """Whether two teams have to do with each other: one lies in the other, they say that they work together, both have
    a part in one right or initiative, or something ties them, or teams around or inside them."""
    within, beside = stands_for(one).inside, stands_for(other).inside
    if one in beside or other in within:
        return True
    around, about = set(_around(one)), set(_around(other))
    # What both of them lie in brings them no nearer.
    around, about = around - about, about - around
    met, known = _reach(one), _reach(other)
    if not _shared_with(one).isdisjoint(_shared_with(other)):
        return True
    if not (met.isdisjoint(beside) and met.isdisjoint(about) and known.isdisjoint(around)):
        return True
    return any(not about.isdisjoint(_beside(upper)) for upper in around)


@fact_of
def _around(team: Team) -> Sequence[Team]:
    return (team, *islice(above(team), MOST_LEVELS))


@fact_of
def _reach(team: Team) -> frozenset[Declaration]:
    """The teams to which a team, or one inside it, is tied."""
    inside = (each for each in stands_for(team).inside if isinstance(each, Team))
    return frozenset(other for each in inside for other in _beside(each))


@fact_of
def _shared_with(team: Team) -> frozenset[Declaration]:
    """The rights and initiatives in which a team, or one inside it, has a part: whoever else has one knows of it."""
    inside = (each for each in stands_for(team).inside if isinstance(each, Team))
    through = (by for each in inside for found in ties(team.org).get(each, {}).values() for by in found)
    return frozenset(by for by in through if isinstance(by, (DecisionRight, Initiative)))


@fact_of
def _beside(team: Team) -> frozenset[Declaration]:
    """The teams to which something ties a team, and those with which it says that it works."""
    works_with = team.works_with if "works_with" in team.data else ()
    named = team.org.each(ref for tie in works_with for ref in tie.refs("team"))
    return frozenset((*ties(team.org).get(team, ()), *named))


@fact_of
def _is_written_about(team: Team) -> bool:
    """Whether anything is written down that ties a team, one around it or one inside it, to others, or did once."""
    if _reach(team) or any(map(_beside, _around(team))):
        return True
    return any(isinstance(use.user, TYING) for use in uses_of(team.org, team))
