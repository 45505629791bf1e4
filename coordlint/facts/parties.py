"""Roles, people, teams and forums in; who they stand for, who is in a team, who leads it, and how many people come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coordlint.facts.naming import bearers
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Forum, Person, Role, Team
from coordlint.model.org import Org, fact, fact_of


class Group(NamedTuple):
    """Parties that were named together, with everybody that they stand for.

    `inside` holds what was named, the members of teams and forums, and the holders of roles; deputies are not among
    them. `themselves` are the people who were named, and not reached through a role. `unlisted` are the teams of which
    nobody listed the members. `outside` are those of `ext/…`, as they are written: one text is one party; `guests`
    are those of them who were not reached through a role. `complete` is False where it is not known who else belongs to
    it: a forum without a list, or a name that leads nowhere.
    """

    inside: frozenset[Declaration]
    themselves: frozenset[Declaration]
    complete: bool
    unlisted: frozenset[Declaration] = frozenset()
    outside: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()

    def includes(self, party: Declaration) -> bool | None:
        """Whether a party is among them; None where nobody can know. Any member of a team or forum stands for it."""
        if self._stands_for(party):
            return True
        if not self.complete or (self.unlisted and not _is_of_known_team(party)) or self._may_hide(party):
            return None
        return False

    def _stands_for(self, party: Declaration) -> bool:
        if party in self.inside:
            return True
        if self.outside and not self.outside.isdisjoint(stands_for(party).outside):
            return True
        if isinstance(party, Role):
            return any(holder in self.inside for holder in holders(party))
        if isinstance(party, (Team, Forum)):
            return not self.inside.isdisjoint(stands_for(party).inside)
        return False

    def _may_hide(self, party: Declaration) -> bool:
        """Whether the party may be among them under another name: its holder, a role that it holds, a member of a team
        of which nothing is said."""
        if isinstance(party, Person):
            return any(isinstance(seat, Role) and not _is_known(seat) for seat in self.inside)
        if isinstance(party, Role):
            return bool(self.themselves and not _is_known(party)) or bool(self.guests and not _is_told(party))
        return not any(party.says(field) for field in ("lead", "chair", "members", "decider"))


NOBODY = Group(frozenset(), frozenset(), True)


def group(org: Org, parties: Iterable[Ref[Any]]) -> Group:
    """Those whom references name, together. A party outside, `ext/…`, may hold a role or be of a team inside."""
    inside: set[Declaration] = set()
    themselves: set[Declaration] = set()
    unlisted: set[Declaration] = set()
    outside: set[str] = set()
    guests: set[str] = set()
    complete = True
    for ref in parties:
        party = org.find(ref)
        if party is None:
            guests.update(_outside([ref]))
            complete = complete and ref.external
            continue
        met = stands_for(party)
        inside |= met.inside
        themselves |= met.themselves
        unlisted |= met.unlisted
        outside |= met.outside
        guests |= met.guests
        complete = complete and met.complete
    outside |= guests
    sets = (frozenset(unlisted), frozenset(outside), frozenset(guests))
    return Group(frozenset(inside), frozenset(themselves), complete, *sets)


def both(one: Group, other: Group) -> Group:
    """Two groups as one."""
    return Group(
        one.inside | other.inside,
        one.themselves | other.themselves,
        one.complete and other.complete,
        one.unlisted | other.unlisted,
        one.outside | other.outside,
        one.guests | other.guests,
    )


def _is_of_known_team(party: Declaration) -> bool:
    """Whether a role or person names its team, so that it is no member of another that does not list its own."""
    return isinstance(party, (Role, Person)) and party.org.find(party.team) is not None


@fact_of
def stands_for(party: Declaration) -> Group:
    """A party with its members and theirs, and the holders of roles. Circles in membership are walked once."""
    inside: set[Declaration] = {party}
    themselves: set[Declaration] = set()
    unlisted: set[Declaration] = set()
    outside: set[str] = set()
    guests: set[str] = set()
    complete = True
    pending = [party]
    while pending:
        current = pending.pop()
        if isinstance(current, Person):
            themselves.add(current)
            continue
        if isinstance(current, Role):
            inside.update(holders(current))
            if "held_by" in current.data:
                outside.update(_outside(current.refs("held_by")))
            continue
        refs, told = seats(current)
        refs = [*current.refs("chair"), *refs] if isinstance(current, Forum) else refs
        found = [(ref, current.org.find(ref)) for ref in refs]
        if isinstance(current, Team) and not current.says("members"):
            unlisted.add(current)
            told = True
        guests.update(_outside(ref for ref, member in found if member is None))
        complete = complete and told and all(member is not None or ref.external for ref, member in found)
        members = [*(member for _, member in found if member is not None), *_belonging(current)]
        pending += [member for member in members if member not in inside]
        inside.update(members)
    outside |= guests
    sets = (frozenset(unlisted), frozenset(outside), frozenset(guests))
    return Group(frozenset(inside), frozenset(themselves), complete, *sets)


def _outside(refs: Iterable[Ref[Any]]) -> Iterator[str]:
    return (ref.text for ref in refs if ref.external)


def _is_told(role: Role) -> bool:
    """Whether everybody who holds a role is named, inside or outside, so that no other from outside holds it."""
    refs = role.refs("held_by")
    return _is_readable(role, "held_by") and len(holders(role)) + sum(ref.external for ref in refs) == len(refs)


def seats(party: Declaration) -> tuple[list[Ref[Any]], bool]:
    """Whom a team or forum names as its own, besides the forum's chair; and whether the list claims to be all."""
    if isinstance(party, Forum):
        votes = party.votes if "votes" in party.data else None
        voters = votes.refs("voters") if votes is not None else ()
        return [*party.refs("decider"), *party.members, *voters], bool(voters) or _is_readable(party, "members")
    return [*party.refs("lead"), *party.refs("members")], _is_readable(party, "members")


def _is_readable(node: Declaration, key: str) -> bool:
    return node.data.get(key) is not None and node.unread is not None and key not in node.unread


def _belonging(party: Declaration) -> list[Declaration]:
    """Who says of themselves that they are of a team: people, roles and the teams below."""
    return belonging(party.org).get(party, []) if isinstance(party, Team) else []


@fact
def belonging(org: Org) -> Mapping[Team, list[Declaration]]:
    """For each team, the people and roles that name it as theirs, and the teams that are part of it."""
    table: dict[Team, list[Declaration]] = {}
    members: list[Person | Role] = [*org.active(Person), *org.active(Role)]
    for member in members:
        if "team" in member.data:
            team = org.find(member.team)
            if team is not None:
                table.setdefault(team, []).append(member)
    for team in org.active(Team):
        if "part_of" in team.data:
            above = org.find(team.part_of)
            if above is not None:
                table.setdefault(above, []).append(team)
    return table


def _is_known(role: Role) -> bool:
    """Whether it is known who holds a role; `held_by: []` says that nobody does."""
    return _is_readable(role, "held_by") and len(holders(role)) == len(role.refs("held_by"))


def holders(role: Role) -> list[Person]:
    """The people who hold a role, as far as they are declared; those who have left too."""
    return list(role.org.each(role.held_by)) if "held_by" in role.data else []


@fact
def roles_held(org: Org) -> Mapping[Person, list[Role]]:
    """For each person, the roles that name them as holder."""
    table: dict[Person, list[Role]] = {}
    people: Callable[[Any], Sequence[Any]] = bearers(org, Role.held_by).of
    for role in org.active(Role):
        for holder in people(role.data.get("held_by")):
            table.setdefault(holder, []).append(role)
    return table


@fact
def _named_by_teams(org: Org) -> Mapping[Declaration, list[Team]]:
    """For each role and person, the teams whose lead or members name them."""
    table: dict[Declaration, list[Team]] = {}
    for team in org.active(Team):
        for member in org.each((*team.refs("lead"), *team.refs("members"))):
            table.setdefault(member, []).append(team)
    return table


def teams_of(party: Declaration) -> list[Team]:
    """The teams of a party: its `team`, else those whose lead or members contain it, else those of the roles it holds.

    A team is its own; a forum's are those whose trade-offs it resolves.
    """
    org = party.org
    if isinstance(party, Team):
        return [party]
    if isinstance(party, Forum):
        return list(org.each(party.teams))
    if isinstance(party, (Person, Role)) and party.says("team"):
        name = party.data.get("team")
        own = bearers(org, Role.team)[name] if name.__class__ is str else org.find(party.team)
        return [own] if isinstance(own, Team) else []
    return teams_naming(party)


@fact_of
def teams_naming(party: Declaration) -> list[Team]:
    """The teams whose lead or members contain a party, else those of the roles it holds."""
    org = party.org
    named = _named_by_teams(org).get(party)
    if named or not isinstance(party, Person):
        return named or []
    through_roles = [team for role in roles_held(org).get(party, []) for team in teams_of(role)]
    return list(dict.fromkeys(through_roles))


@fact
def teams_of_outside(org: Org) -> Mapping[str, list[Team]]:
    """For each `ext/…`, as it is written, the teams whose lead or members it is, and those of the roles it holds."""
    table: dict[str, list[Team]] = {}
    for team in org.active(Team):
        for text in _outside((*team.refs("lead"), *team.refs("members"))):
            table.setdefault(text, []).append(team)
    for role in org.active(Role):
        for text in _outside(role.refs("held_by")) if "held_by" in role.data else ():
            table.setdefault(text, []).extend(teams_of(role))
    return table


def above(team: Team) -> Iterator[Team]:
    """The teams that a team is part of, from the nearest up; a circle is walked once."""
    seen = {team}
    upper = team.org.find(team.part_of)
    while upper is not None and upper not in seen:
        yield upper
        seen.add(upper)
        upper = upper.org.find(upper.part_of)


class Leading(NamedTuple):
    """That a role or person leads a team or forum, with the place that says so."""

    party: Declaration
    said_by: Declaration
    field: str


def leads_of(led: Team | Forum) -> list[Leading]:
    """Who leads a team: its lead, the chair of a forum of its own, and who holds another role of it; a forum: its chair
    and decider."""
    if isinstance(led, Forum):
        return [*_leading(led, "chair"), *_leading(led, "decider")]
    forums = own_forums(led.org).get(led, [])
    roles = [role for role in belonging(led.org).get(led, []) if isinstance(role, Role)]
    return [
        *_leading(led, "lead"),
        *(leading for forum in forums for leading in _leading(forum, "chair")),
        *(Leading(role, role, "team") for role in roles),
    ]


def _leading(said_by: Declaration, field: str) -> list[Leading]:
    return [Leading(party, said_by, field) for party in said_by.org.each(said_by.refs(field))]


@fact
def own_forums(org: Org) -> Mapping[Team, list[Forum]]:
    """For each team, the forums that are for it alone."""
    table: dict[Team, list[Forum]] = {}
    for forum in org.active(Forum):
        if "teams" in forum.data and len(forum.refs("teams")) == 1:
            for team in org.each(forum.teams):
                table.setdefault(team, []).append(forum)
    return table


def people_of(party: Declaration) -> list[Person]:
    """The people who act for a role or are the person; of a team or forum, everybody in it."""
    return [person for person in stands_for(party).inside if isinstance(person, Person)]


def has_left(person: Person) -> bool:
    """Whether the last day of a person is past."""
    left = person.left if "left" in person.data else None
    return left is not None and left < person.org.as_of


def is_vacant(role: Role) -> bool:
    """Whether a role says that nobody holds it: `held_by: []`."""
    return role.data.get("held_by") == []


def is_there(party: Declaration) -> bool:
    """Whether somebody acts for a party, as far as is known: a person who has not left, a role that is not empty."""
    if isinstance(party, Person):
        return not has_left(party)
    if isinstance(party, Role) and "held_by" in party.data:
        named = [party.org.find(holder) for holder in party.held_by]
        return any(holder is None or not has_left(holder) for holder in named)
    return True
