"""Roles, people and teams in; how much each of them carries: roles, forums, decisions, initiatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from coordlint.facts.deciders import deciders
from coordlint.facts.naming import bearers
from coordlint.facts.parties import has_left, holders, leads_of, roles_held
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, Initiative, Person, Role, Team
from coordlint.model.org import Org, fact

# What so many people chair or decide together weighs on none of them.
MOST_HOLDERS = 100

K = TypeVar("K", bound=Declaration)
V = TypeVar("V", bound=Declaration)


def _table(pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    table: dict[K, dict[V, None]] = {}
    for key, value in pairs:
        table.setdefault(key, {})[value] = None
    return {key: list(values) for key, values in table.items()}


@fact
def hats(org: Org) -> Mapping[Person, list[Declaration]]:
    """For each person, the roles held and the forums chaired.

    A role that chairs one forum is one hat together with it; each further forum that it chairs is another.
    """
    return _table([*_held(org), *_chaired(org)])


def _held(org: Org) -> Iterator[tuple[Person, Declaration]]:
    yield from ((person, role) for person, roles in roles_held(org).items() for role in roles)


def _chaired(org: Org) -> Iterator[tuple[Person, Declaration]]:
    chairing: set[Declaration] = set()
    for forum in org.active(Forum):
        for chair in org.each(forum.refs("chair")):
            if isinstance(chair, Person):
                yield chair, forum
            elif chair in chairing:
                yield from ((holder, forum) for holder in _in_person(chair))
            chairing.add(chair)


@fact
def forums_led(org: Org) -> Mapping[Person, list[Forum]]:
    """For each person, the forums of which they are the chair or the decider, themselves or through a role."""
    return _table(
        (person, forum)
        for forum in org.active(Forum)
        for leading in leads_of(forum)
        for person in _in_person(leading.party)
    )


def _in_person(party: Declaration) -> list[Person]:
    if isinstance(party, Role):
        return holders(party) if len(party.refs("held_by")) <= MOST_HOLDERS else []
    return [party] if isinstance(party, Person) else []


@fact
def rights_of(org: Org) -> Mapping[Declaration, list[DecisionRight]]:
    """For each role and person, the rights of which they decide any call; what a forum decides is its decider's."""
    in_forum = bearers(org, Forum.decider)
    table: dict[Declaration, list[DecisionRight]] = {}
    for right, parties, _ in deciders(org):
        for party in parties:
            for decider in in_forum.of(party.data.get("decider")) if isinstance(party, Forum) else (party,):
                rights = table.get(decider)
                if rights is None:
                    table[decider] = [right]
                elif rights[-1] is not right:
                    rights.append(right)
    return table


def decided_alone(org: Org, at_least: int) -> Iterator[tuple[list[Declaration], list[DecisionRight]]]:
    """For whoever alone decides so many rights at least, all their names, and the rights.

    A person goes by their own name, and by those of the roles that they alone hold; where they go by several, the
    person comes first. What several hold, or may, is left out.
    """
    people, table = bearers(org, Role.held_by), rights_of(org)
    by_person: dict[Declaration, list[Declaration]] = {}
    for decider in table:
        held_by = decider.data.get("held_by")
        person = people.only(held_by) if held_by is not None else None
        by_person.setdefault(decider if person is None else person, []).append(decider)
    for person, named in by_person.items():
        if sum(len(table[each]) for each in named) >= at_least:
            alone = [each for each in named if org.is_active(each) and not _is_shared(each)]
            is_there = isinstance(person, Person) and not has_left(person)
            for names in [alone] if is_there and alone else [[each] for each in alone]:
                rights = list(dict.fromkeys(right for each in names for right in table[each]))
                if len(rights) >= at_least:
                    yield (names if len(names) == 1 else list(dict.fromkeys((person, *names)))), rights


def _is_shared(decider: Declaration) -> bool:
    """Whether a role is held by several, or may be."""
    if not isinstance(decider, Role):
        return False
    return decider.held_as != "one" or (decider.headcount or 1) > 1 or len(decider.refs("held_by")) > 1


@fact
def initiatives_of(org: Org) -> Mapping[Team, list[Initiative]]:
    """For each team, the initiatives that it takes part in."""
    return _table(
        (team, initiative) for initiative in org.active(Initiative) for team in org.each(initiative.refs("teams"))
    )
