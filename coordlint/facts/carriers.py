"""Teams in; whether anything carries context between two of them: people, a meeting, a line, a record, a superior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.graph import components
from coordlint.facts.naming import bearers
from coordlint.facts.parties import above, holders, roles_held, seats, teams_of, teams_of_outside
from coordlint.facts.references import uses_of
from coordlint.facts.superiors import stands_above
from coordlint.facts.ties import teams_named, ties
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

Channel: TypeAlias = Meeting | Forum | ContextLine | Record | Role | Person

# Whoever comes to one of these comes to be together, or to listen.
NOT_FOR_TALKING = frozenset(("all-hands", "social"))

# So many teams around a team count, and so many of one initiative are looked at.
MOST_LEVELS = 40
MOST_TEAMS = 20

_SEATS = ("chair", "decider", "members", "teams")
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
    found = list(_found(org))
    if found and _may_be_known(org):
        yield from found


def _found(org: Org) -> Iterator[Gap]:
    """The gaps, as far as it is known where context travels."""
    bare: dict[Declaration, list[tuple[Team, Team]]] = {}
    for one, other, by in _tied(org):
        if not is_carried(one, other):
            bare.setdefault(by, []).append((one, other))
    for by, between in bare.items():
        yield Gap(by, *between[0], len(between) - 1)
    told = {frozenset(pair) for between in bare.values() for pair in between}
    for initiative, teams in _initiatives(org):
        yield from _cut_off(initiative, teams, told)


def _may_be_known(org: Org) -> bool:
    """Whether it is written down at all where context travels, and of each meeting and forum who comes."""
    meetings = [meeting for meeting in org.active(Meeting) if not _leaves_all_to_its_forum(meeting)]
    venues: list[Meeting | Forum] = [*meetings, *org.active(Forum)]
    if not venues and not org.active(ContextLine):
        return False
    return not any(reach.open and not reach.teams for reach in map(_reach, venues))


def _tied(org: Org) -> Iterator[tuple[Team, Team, Declaration]]:
    """Each two teams inside that are tied by a right or hand-off, and by no line or forum that is seen at a look, with
    the first that ties them."""
    forums = _forums_by_team(org)
    for one, others in ties(org).items():
        mine = forums.get(one, _NO_FORUMS)
        for other, through in others.items():
            # Most teams that are tied have a forum in common, which is seen at a look.
            if one.id > other.id or not mine.isdisjoint(forums.get(other, _NO_FORUMS)):
                continue
            if _is_outside(one) or _is_outside(other) or _is_carried_by(through):
                continue
            by = next((each for each in through if not isinstance(each, Initiative)), None)
            if by is not None:
                yield one, other, by


def _is_outside(team: Team) -> bool:
    return "external" in team.data and team.external


def _is_carried_by(through: Iterable[Declaration]) -> bool:
    return any(map(_carries_itself, through))


def _carries_itself(tie: Declaration) -> bool:
    """Whether what ties two teams carries context between them: a line, a hand-off that says what it goes through or
    delivers a record, a right of which a record is kept."""
    if isinstance(tie, Initiative):
        return False
    if isinstance(tie, Handoff):
        return tie.says("through") or bool(bearers(tie.org, Handoff.delivers).of(tie.data.get("delivers")))
    return isinstance(tie, ContextLine) or (isinstance(tie, DecisionRight) and tie.says("record"))


def _initiatives(org: Org) -> list[tuple[Initiative, list[Team]]]:
    """The initiatives of several teams inside, with the first of those."""
    found = []
    named = teams_named(org, Initiative.teams)
    for initiative in org.active(Initiative):
        teams = [team for team in named.of(initiative.data.get("teams")) if not _is_outside(team)]
        if len(teams) > 1:
            found.append((initiative, teams[:MOST_TEAMS]))
    return found


def _cut_off(initiative: Initiative, teams: Sequence[Team], told: set[frozenset[Team]]) -> Iterator[Gap]:
    """The gap in an initiative whose teams fall into parts; none where it was told of another tie between them."""
    org = initiative.org
    tied = ties(org)

    def is_joined(one: Team, other: Team) -> bool:
        if is_carried(one, other) or frozenset((one, other)) in told:
            return True
        return _is_carried_by(tied.get(one, {}).get(other, ()))

    first, *others = teams
    if all(is_joined(first, other) for other in others):
        return
    joined: dict[Team, list[Team]] = {team: [] for team in teams}
    for one, other in combinations(teams, 2):
        if is_joined(one, other):
            joined[one].append(other)
            joined[other].append(one)
    parts = sorted(components(joined), key=len, reverse=True)
    if len(parts) > 1:
        yield Gap(initiative, parts[1][0], parts[0][0], len(teams) - len(parts[0]) - 1)


def is_carried(one: Team, other: Team) -> bool:
    """Whether context may get from one team to another: they share a member, a meeting, a line or a record, work with
    each other, or one's lead stands above the other's. True where nobody can know."""
    forums = _forums_by_team(one.org)
    if not forums.get(one, _NO_FORUMS).isdisjoint(forums.get(other, _NO_FORUMS)):
        return True
    if one in _up(other) or other in _up(one) or other in _working_with(one) or one in _working_with(other):
        return True
    if _share_a_channel(one, other, _channels(one.org)) or stands_above(one, other) or stands_above(other, one):
        return True
    return _share_a_channel(one, other, _records(one.org))


_NO_FORUMS: frozenset[Forum] = frozenset()


@fact
def _forums_by_team(org: Org) -> Mapping[Team, set[Forum]]:
    """For each team the forums in which somebody of it sits, as far as that can be seen at a look."""
    table: dict[Team, set[Forum]] = {}
    seated = [(key, teams_named(org, field)) for key, field in Forum.fields.items() if key in _SEATS]
    for forum in org.active(Forum):
        data = forum.data
        teams: set[Team] = set()
        for key, named in seated:
            if key in data:
                teams.update(named.of(data[key]))
        for team in teams if len(teams) > 1 else ():
            table.setdefault(team, set()).add(forum)
    return table


@fact_of
def _up(team: Team) -> tuple[Team, ...]:
    """A team, and those that it is part of."""
    return (team, *islice(above(team), MOST_LEVELS))


@fact_of
def _working_with(team: Team) -> frozenset[Team]:
    if "works_with" not in team.data:
        return frozenset()
    return frozenset(team.org.each(ref for tie in team.works_with for ref in tie.refs("team")))


class _Reach(NamedTuple):
    """The teams that a channel reaches; `open` where it may reach others that nobody wrote down, `whole` those of which
    all come, with the teams within."""

    teams: frozenset[Team]
    open: bool = False
    whole: frozenset[Team] = frozenset()


class _Channels(NamedTuple):
    """For each team, the channels that reach it: `near` itself, `far` it or a team within."""

    near: dict[Team, set[Channel]]
    far: dict[Team, set[Channel]]
    open: set[Team]
    whole: set[Team]


@fact
def _channels(org: Org) -> _Channels:
    """Every meeting, forum and line by the teams that it reaches, and whoever is in two teams."""
    meetings = [meeting for meeting in org.active(Meeting) if not _leaves_all_to_its_forum(meeting)]
    found = _by_team((*org.active(Forum), *meetings, *org.active(ContextLine), *_between_teams(org)))
    for team in org.active(Team):
        if any(org.find(ref) is None and not ref.external for ref in (*team.refs("lead"), *team.refs("members"))):
            found.open.update(_up(team))
    return found


@fact
def _records(org: Org) -> _Channels:
    """Every record by the teams that it reaches. It is looked at last, for it reaches most."""
    return _by_team(org.active(Record))


def _by_team(channels: Iterable[Channel]) -> _Channels:
    found = _Channels({}, {}, set(), set())
    for channel in channels:
        reach = _reach(channel)
        if reach.open:
            found.open.update(upper for team in reach.teams for upper in _up(team))
        found.whole.update(reach.whole)
        # One team within others needs no way to them.
        if len(reach.teams) > 1:
            for team in reach.teams:
                found.near.setdefault(team, set()).add(channel)
            for upper in {upper for team in reach.teams for upper in _up(team)}:
                found.far.setdefault(upper, set()).add(channel)
    return found


def _leaves_all_to_its_forum(meeting: Meeting) -> bool:
    """Whether a meeting brings nobody but those who are in its forum, which is a channel itself."""
    if not meeting.data.keys().isdisjoint(("team", "chair", "attendees", "optional")) or meeting.refused:
        return False
    forum = meeting.org.find(meeting.forum)
    return forum is not None and meeting.org.is_active(forum)


def _between_teams(org: Org) -> Iterator[Role | Person]:
    """The roles and people of whom more is said than one team: by lists of teams, or through what they hold."""
    listed = _listing(org)
    for role in org.active(Role):
        if role in listed or ("held_by" in role.data and "team" in role.data):
            yield role
    yield from (person for person in org.active(Person) if person in listed or person in roles_held(org))


def _share_a_channel(one: Team, other: Team, channels: _Channels) -> bool:
    """Whether a channel reaches both; who is around one of them, and not around both, may pass it on to that one."""
    around_both = {*_up(one)}.intersection(_up(other))
    if not channels.open.isdisjoint((one, other)) or not channels.whole.isdisjoint(around_both):
        return True
    return any(
        not channels.far.get(here, set()).isdisjoint(way)
        for here, there in ((one, other), (other, one))
        for way in _ways_to(there, here, channels)
    )


def _ways_to(team: Team, but: Team, channels: _Channels) -> Iterator[set[Channel]]:
    yield channels.far.get(team, set())
    yield from (channels.near.get(upper, set()) for upper in _up(team)[1:] if upper not in _up(but))


@fact_of
def _reach(channel: Channel) -> _Reach:
    org = channel.org
    if isinstance(channel, Meeting):
        return _of_meeting(channel)
    if isinstance(channel, Forum):
        named, complete = seats(channel)
        reach = _of_parties(org, (*channel.refs("chair"), *named), complete)
        return reach._replace(teams=reach.teams.union(org.each(channel.teams)))
    if isinstance(channel, Record):
        return _Reach(frozenset(_around_record(channel)))
    if isinstance(channel, ContextLine):
        return _of_parties(org, (*channel.refs("from"), *channel.refs("to")), True)._replace(whole=frozenset())
    return _Reach(_around(channel).union(_listing(org).get(channel, ())))


@fact
def _listing(org: Org) -> Mapping[Declaration, list[Team]]:
    """For each role and person, the teams that name it as their lead or a member."""
    table: dict[Declaration, list[Team]] = {}
    for team in org.active(Team):
        for party in org.each((*team.refs("lead"), *team.refs("members"))):
            table.setdefault(party, []).append(team)
    return table


def _of_meeting(meeting: Meeting) -> _Reach:
    org = meeting.org
    for_each_one = meeting.type == "one-on-one" or meeting.says("for_each")
    if meeting.type in NOT_FOR_TALKING or (for_each_one and not meeting.says("attendees")):
        return _Reach(frozenset())
    own = meeting.refs("team")
    said = meeting.says("attendees")
    forum = org.find(meeting.forum)
    # Where only the team of a meeting is said, all of it comes, and nobody else.
    complete = said or (bool(own) and not meeting.says("forum"))
    reach = _of_parties(org, (*own, *meeting.refs("chair"), *meeting.attendees, *meeting.optional), complete)
    if forum is None or (said and meeting.says("chair")):
        return reach
    if said:
        return _both(reach, _of_parties(org, forum.refs("chair"), True))
    of_forum = _reach(forum)
    return _both(reach, of_forum)._replace(open=of_forum.open)


def _both(one: _Reach, other: _Reach) -> _Reach:
    return _Reach(one.teams | other.teams, one.open or other.open, one.whole | other.whole)


def _of_parties(org: Org, named: Sequence[Ref[Any]], complete: bool) -> _Reach:
    """The teams of parties that are together; a forum among them brings those who are in it, and of
    those outside it is known by their names whose lead, member or holder they are."""
    found = [(ref, org.find(ref)) for ref in named]
    parties = [party for _, party in found if party is not None]
    seated = [ref for party in parties if isinstance(party, Forum) for ref in (*party.refs("chair"), *seats(party)[0])]
    everybody = [*parties, *org.each(seated)]
    outside = [ref.text for ref in (*(ref for ref, party in found if party is None), *seated) if ref.external]
    teams = _teams(everybody)
    return _Reach(
        teams.union(*(teams_of_outside(org).get(text, ()) for text in outside)) if outside else teams,
        not (complete and all(party is not None or ref.external for ref, party in found)),
        frozenset(party for party in everybody if isinstance(party, Team)),
    )


def _around_record(record: Record) -> Iterator[Team]:
    """The teams of whoever owns, reads, makes, hands on or keeps a record."""
    org = record.org
    for party in org.each((*record.refs("owner"), *record.read_by)):
        yield from _reach(party).teams if isinstance(party, (Meeting, Forum)) else _around(party)
    for user in dict.fromkeys(use.user for use in uses_of(org, record)):
        if not org.is_active(user):
            continue
        if isinstance(user, (Meeting, Forum, ContextLine)):
            yield from _reach(user).teams
            rights = decided_in(user) if not isinstance(user, ContextLine) else ()
            yield from _teams(org.each(ref for right in rights for ref in _taking_part(right)))
        else:
            yield from [user] if isinstance(user, Team) else _teams(org.each(_taking_part(user)))


def _taking_part(user: Declaration) -> Sequence[Ref[Any]]:
    """The parties that whatever names a record is about."""
    if isinstance(user, DecisionRight):
        parts = [user, *(call.part for call in calls(user) if call.part is not user)]
        return [*user.performs, *(ref for part in parts for field in _TAKING_PART for ref in part.refs(field))]
    if isinstance(user, Handoff):
        return [*user.from_, *user.to, *(ref for case in user.cases for ref in case.to)]
    return [*user.teams, *user.refs("accountable")] if isinstance(user, Initiative) else ()


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
