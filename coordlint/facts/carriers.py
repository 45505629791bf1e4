"""Teams in; whether anything carries context between two of them: people, a meeting, a line, a record, a superior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.attendance import expected, optional
from coordlint.facts.graph import components
from coordlint.facts.parties import above, both, group, holders, roles_held, stands_for, teams_of
from coordlint.facts.references import uses_of
from coordlint.facts.superiors import stands_above
from coordlint.facts.ties import ties
from coordlint.facts.venues import calls, decided_in
from coordlint.model.base import Declaration, Ref
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

Channel: TypeAlias = Meeting | Forum | ContextLine | Record

# Whoever comes to one of these comes to be together, or to listen.
NOT_FOR_TALKING = frozenset(("all-hands", "social"))

# So many teams around a team count, and so many of one initiative are looked at.
MOST_LEVELS = 20
MOST_TEAMS = 20

_TAKING_PART = ("decider", "agrees", "consulted", "informed")


class Gap(NamedTuple):
    """That something ties teams between which nothing carries context: the first two of them, and how many more such
    pairs it ties; of an initiative how many more teams are cut off from most others."""

    by: Declaration
    one: Team
    other: Team
    more: int


def gaps(org: Org) -> Iterator[Gap]:
    """Every right, hand-off and initiative that ties teams between which nothing carries context, each pair once.

    A right and a hand-off need a way between two teams. The teams of an initiative need not all know each other, so
    that it is enough if each is joined to each through others.
    """
    if not _may_be_known(org):
        return
    bare: dict[Declaration, list[tuple[Team, Team]]] = {}
    for one, other, by in _tied(org):
        if not is_carried(one, other):
            bare.setdefault(by, []).append((one, other))
    for by, between in bare.items():
        yield Gap(by, *between[0], len(between) - 1)
    told = {frozenset(pair) for between in bare.values() for pair in between}
    for initiative in org.active(Initiative):
        yield from _cut_off(initiative, told)


def _may_be_known(org: Org) -> bool:
    """Whether it is written down at all where context travels, and of each meeting and forum who comes."""
    venues: list[Meeting | Forum] = [*org.active(Meeting), *org.active(Forum)]
    if not venues and not org.active(ContextLine):
        return False
    return not any(reach.open and not reach.teams for reach in map(_reach, venues))


def _tied(org: Org) -> Iterator[tuple[Team, Team, Declaration]]:
    """Each two teams inside that are tied by a right or hand-off, and by no line, with the first that ties them."""
    for one, others in ties(org).items():
        for other, through in others.items():
            if one.id > other.id or one.external or other.external or any(map(_carries_itself, through)):
                continue
            by = next((each for each in through if not isinstance(each, Initiative)), None)
            if by is not None:
                yield one, other, by


def _carries_itself(tie: Declaration) -> bool:
    """Whether what ties two teams carries context between them: a line, or a hand-off with a way that it goes."""
    return isinstance(tie, ContextLine) or (isinstance(tie, Handoff) and tie.says("through"))


def _cut_off(initiative: Initiative, told: set[frozenset[Team]]) -> Iterator[Gap]:
    """The gap in an initiative whose teams fall into parts; none where it was told of another tie between them."""
    org = initiative.org
    teams = [team for team in org.each(initiative.refs("teams")) if org.is_active(team) and not team.external]
    teams = list(dict.fromkeys(teams))[:MOST_TEAMS]
    if len(teams) < 2:
        return
    joined: dict[Team, list[Team]] = {team: [] for team in teams}
    for one, other in combinations(teams, 2):
        between = ties(org).get(one, {}).get(other, ())
        if frozenset((one, other)) in told or any(map(_carries_itself, between)) or is_carried(one, other):
            joined[one].append(other)
            joined[other].append(one)
    parts = sorted(components(joined), key=len, reverse=True)
    if len(parts) > 1:
        yield Gap(initiative, parts[1][0], parts[0][0], len(teams) - len(parts[0]) - 1)


def is_carried(one: Team, other: Team) -> bool:
    """Whether context may get from one team to another: they share a member, a meeting, a line or a record, work with
    each other, or one's lead stands above the other's. True where nobody can know."""
    ones, others = stands_for(one), stands_for(other)
    if not ones.inside.isdisjoint(others.inside) or not (ones.complete and others.complete):
        return True
    if _work_together(one, other) or stands_above(one, other) or stands_above(other, one):
        return True
    return _share_a_channel(one, other)


def _work_together(one: Team, other: Team) -> bool:
    return other in _working_with(one) or one in _working_with(other)


@fact_of
def _working_with(team: Team) -> frozenset[Team]:
    if "works_with" not in team.data:
        return frozenset()
    return frozenset(team.org.each(ref for tie in team.works_with for ref in tie.refs("team")))


class _Reach(NamedTuple):
    """The teams that a channel reaches; `open` where it may reach others that nobody wrote down."""

    teams: frozenset[Team]
    open: bool


class _Channels(NamedTuple):
    """For each team, the channels that reach it: `near` themselves, `far` it or a team that is part of it."""

    near: dict[Team, set[Channel]]
    far: dict[Team, set[Channel]]
    open: set[Team]


@fact
def _channels(org: Org) -> _Channels:
    found = _Channels({}, {}, set())
    every: list[Channel] = [*org.active(Meeting), *org.active(Forum), *org.active(ContextLine), *org.active(Record)]
    for channel in every:
        reach = _reach(channel)
        around = {upper for team in reach.teams for upper in (team, *islice(above(team), MOST_LEVELS))}
        for team in reach.teams:
            found.near.setdefault(team, set()).add(channel)
        for team in around:
            found.far.setdefault(team, set()).add(channel)
        if reach.open:
            found.open.update(around)
    return found


def _share_a_channel(one: Team, other: Team) -> bool:
    """Whether a channel reaches both; who is around one of them, and not around both, may pass it on to that one."""
    channels = _channels(one.org)
    if one in channels.open or other in channels.open:
        return True
    return any(
        not channels.far.get(here, set()).isdisjoint(way)
        for here, there in ((one, other), (other, one))
        for way in _ways_to(there, here, channels)
    )


def _ways_to(team: Team, but: Team, channels: _Channels) -> Iterator[set[Channel]]:
    yield channels.far.get(team, set())
    shared = {but, *islice(above(but), MOST_LEVELS)}
    yield from (channels.near.get(upper, set()) for upper in islice(above(team), MOST_LEVELS) if upper not in shared)


@fact_of
def _reach(channel: Channel) -> _Reach:
    if isinstance(channel, Meeting):
        return _of_meeting(channel)
    if isinstance(channel, Forum):
        met = stands_for(channel)
        return _Reach(_teams(met.inside).union(channel.org.each(channel.teams)), not met.complete)
    if isinstance(channel, Record):
        return _Reach(frozenset(_around_record(channel)), False)
    met = group(channel.org, (*channel.refs("from"), *channel.refs("to")))
    return _Reach(_teams(met.inside), not met.complete)


def _of_meeting(meeting: Meeting) -> _Reach:
    for_each_one = meeting.type == "one-on-one" or meeting.says("for_each")
    if meeting.type in NOT_FOR_TALKING or (for_each_one and not meeting.says("attendees")):
        return _Reach(frozenset(), False)
    met = both(expected(meeting), optional(meeting))
    own = list(meeting.org.each(meeting.refs("team")))
    # Where only the team of a meeting is said, it is the team's own.
    is_open = not met.complete and not (own and not meeting.says("attendees") and not meeting.says("forum"))
    return _Reach(_teams((*met.inside, *own)), is_open)


def _around_record(record: Record) -> Iterator[Team]:
    """The teams of whoever owns, reads, makes, hands on or keeps a record."""
    org = record.org
    for party in org.each((*record.refs("owner"), *record.read_by)):
        yield from _reach(party).teams if isinstance(party, (Meeting, Forum)) else _teams([party])
    for user in dict.fromkeys(use.user for use in uses_of(org, record)):
        if not org.is_active(user):
            continue
        if isinstance(user, (Meeting, Forum, ContextLine)):
            yield from _reach(user).teams
            rights = decided_in(user) if not isinstance(user, ContextLine) else ()
            yield from _named([ref for right in rights for ref in _taking_part(right)], org)
        else:
            yield from _named(_taking_part(user), org)


def _taking_part(user: Declaration) -> Sequence[Ref[Any]]:
    """The parties that whatever names a record is about."""
    if isinstance(user, DecisionRight):
        parts = [user, *(call.part for call in calls(user) if call.part is not user)]
        return [*user.performs, *(ref for part in parts for field in _TAKING_PART for ref in part.refs(field))]
    if isinstance(user, Handoff):
        return [*user.from_, *user.to, *(ref for case in user.cases for ref in case.to)]
    if isinstance(user, Initiative):
        return [*user.teams, *user.refs("accountable")]
    return [Ref(f"team/{user.id}", ("team",))] if isinstance(user, Team) else ()


def _named(refs: Iterable[Ref[Any]], org: Org) -> frozenset[Team]:
    return _teams(org.each(refs))


def _teams(parties: Iterable[Declaration]) -> frozenset[Team]:
    return frozenset(team for party in parties for team in _around(party))


@fact_of
def _around(party: Declaration) -> frozenset[Team]:
    """The teams of a party, by itself, through the roles it holds, or through who holds it."""
    others: Sequence[Declaration] = ()
    if isinstance(party, Person):
        others = roles_held(party.org).get(party, ())
    elif isinstance(party, Role):
        others = holders(party)
    return frozenset(team for each in (party, *others) for team in teams_of(each))
