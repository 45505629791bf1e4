"""Teams, and whatever joins them, in; the meetings that are all there is between teams that need each other.

Two teams are joined where people of both are expected, by what one hands, tells or asks the other, by somebody who is
in both, by a record that both keep or read, and where one works with, or is part of, the other. What is handed, told or
decided in a meeting joins nobody by itself: it hangs on the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from coordlint.facts.attendance import expected, optional
from coordlint.facts.graph import grouped, held_together
from coordlint.facts.ownership import answers_for
from coordlint.facts.parties import both, roles_held, teams_of
from coordlint.facts.ties import ties, tying
from coordlint.facts.venues import calls, deciding_meetings, places_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    ContextLine,
    DecisionRight,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Person,
    Record,
    Role,
    Team,
)
from coordlint.model.org import Org, fact, fact_of

# What two teams need of each other is not settled in such a meeting, whoever sits there together.
NO_THREAD = frozenset({"all-hands", "learning", "one-on-one", "social"})

Joined = dict[Declaration, list[Declaration]]


class Thread(NamedTuple):
    """A meeting without which groups of teams have nothing that joins them, and what they need each other for."""

    meeting: Meeting
    sides: Sequence[Sequence[Team]]
    needs: Sequence[Declaration]


@fact
def single_threads(org: Org) -> Sequence[Thread]:
    """The meetings that are the only thread between teams; none while it is not known who comes to some meeting."""
    if _hold_together_without_meetings(org):
        return []
    meetings = [meeting for meeting in org.active(Meeting) if meeting.type not in NO_THREAD]
    needs = _needs(org)
    hanging: dict[Meeting, list[Declaration]] = {}
    for need in needs:
        for meeting in _channels(need):
            hanging.setdefault(meeting, []).append(need)
    if not hanging or not all(map(_is_known, meetings)):
        return []
    joined: Joined = {}
    for by, teams in _joints(org, meetings, needs):
        for team in dict.fromkeys(teams):
            joined.setdefault(by, []).append(team)
            joined.setdefault(team, []).append(by)
    groups = held_together(joined)
    found = [_thread(meeting, groups[meeting], hanging[meeting], needs) for meeting in hanging if meeting in groups]
    return [thread for thread in found if thread.needs]


def _hold_together_without_meetings(org: Org) -> bool:
    """Whether all that may hang on a meeting ties teams that are joined by other ties anyway, as nearly all are."""
    hanging = [each for each in tying(org) if _may_hang(each.by)]
    if not hanging:
        return True
    group_of = grouped([*each.ones, *each.others] for each in tying(org) if not _may_hang(each.by))
    return all(len({group_of.get(team, team) for team in (*ones, *others)}) == 1 for _, ones, others in hanging)


def _may_hang(need: Declaration) -> bool:
    """Whether a need may go through a meeting, at a look."""
    if isinstance(need, DecisionRight):
        return bool(places_of(need))
    return not need.data.keys().isdisjoint(("through", "reviewed_in", "forum"))


def _needs(org: Org) -> Mapping[Declaration, set[Team]]:
    """What ties teams, with the teams that each ties."""
    needs: dict[Declaration, set[Team]] = {}
    for team, others in ties(org).items():
        for through in others.values():
            for each in through:
                needs.setdefault(each, set()).add(team)
    return needs


@fact_of
def _channels(need: Declaration) -> Sequence[Meeting]:
    """The meetings without which a need is not met; none where it has another way too, or may have one."""
    org = need.org
    named: list[Declaration] = []
    if isinstance(need, DecisionRight):
        if not any(call.asynchronous for call in calls(need)):
            named = [*places_of(need)]
    elif isinstance(need, (Handoff, ContextLine)):
        named = [*org.each(need.refs("through"))]
    elif isinstance(need, Initiative):
        named = [*org.each(need.reviewed_in), *org.each(need.refs("forum"))]
    meetings = [_meetings(each) for each in named]
    return list(dict.fromkeys(meeting for met in meetings for meeting in met)) if all(meetings) else []


def _meetings(venue: Declaration) -> Sequence[Meeting]:
    if isinstance(venue, Forum):
        return [] if venue.asynchronous else deciding_meetings(venue)
    is_thread = isinstance(venue, Meeting) and venue.org.is_active(venue) and venue.type not in NO_THREAD
    return [venue] if is_thread and isinstance(venue, Meeting) else []


def _is_known(meeting: Meeting) -> bool:
    """Whether it is known of which teams people come; to a team's meeting that names nobody, those of the team."""
    if expected(meeting).complete:
        return True
    named = meeting.says("attendees") or meeting.says("forum")
    return not named and meeting.org.find(meeting.team) is not None


def _joints(
    org: Org, meetings: Iterable[Meeting], needs: Mapping[Declaration, set[Team]]
) -> Iterator[tuple[Declaration, Iterable[Team]]]:
    """Everything that joins teams, with the teams that it joins."""
    for meeting in meetings:
        yield meeting, _coming(meeting)
    yield from ((need, sorted(teams, key=lambda team: team.id)) for need, teams in needs.items() if not _channels(need))
    for team in org.active(Team):
        if "part_of" in team.data or "works_with" in team.data:
            yield (
                team,
                [
                    *org.each(team.refs("part_of")),
                    *org.each(ref for tie in team.works_with for ref in tie.refs("team")),
                ],
            )
    for person in roles_held(org):
        yield person, _teams((person, *roles_held(org)[person]))
    for record in org.active(Record):
        owner = answers_for(record)
        yield record, _teams((*([owner.party] if owner and owner.party else ()), *org.each(record.read_by)))


def _coming(meeting: Meeting) -> Iterable[Team]:
    met = both(expected(meeting), optional(meeting)).inside
    return sorted(_teams((*met, *meeting.org.each(meeting.refs("team")))), key=lambda team: team.id)


def _teams(parties: Iterable[Declaration]) -> Iterable[Team]:
    """The teams of parties; what a forum settles between teams puts nobody of them into it."""
    members = [party for party in parties if isinstance(party, (Team, Role, Person))]
    return dict.fromkeys(team for party in members for team in teams_of(party))


def _thread(
    meeting: Meeting,
    groups: Sequence[Sequence[Declaration]],
    hanging: Iterable[Declaration],
    needs: Mapping[Declaration, set[Team]],
) -> Thread:
    """The groups that need each other, the smallest first, and what for."""
    across = [need for need in hanging if sum(not needs[need].isdisjoint(group) for group in groups) > 1]
    needing = set[Declaration]().union(*(needs[need] for need in across))
    sides = [[team for team in group if isinstance(team, Team)] for group in groups if not needing.isdisjoint(group)]
    return Thread(meeting, sorted(sides, key=len), across)
