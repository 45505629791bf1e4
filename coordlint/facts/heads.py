"""Parties in; how many people they bring, and how many votes they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from coordlint.facts.parties import has_left, holders, is_vacant, stands_for
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Forum, Meeting, Person, Role, Team
from coordlint.model.org import Org, fact, fact_of


def heads(org: Org, parties: Iterable[Ref[Any]]) -> int:
    """How many people come when these parties are asked: each person once, a role that nobody is named for as many as
    its `headcount` says, or one; of a rota one; an empty role nobody. A lower bound where it is not said who belongs.
    """
    counted: set[object] = set()
    unnamed = 0
    for ref in parties:
        party = org.find(ref)
        if party is None:
            counted.add(ref.text)
            continue
        heads_of_party, beyond = _seated(party)
        counted |= heads_of_party
        unnamed += beyond
    return len(counted) + unnamed


@fact
def single_heads(org: Org) -> frozenset[str]:
    """The names each of which stands for one head at most, as far as it is seen at one look: people, and roles that are
    not said to be held by several."""
    known = org.known(Meeting.attendees.kinds)
    return frozenset([name for name, party in known.items() if _is_single(party)])


def _is_single(party: object) -> bool:
    if isinstance(party, Role):
        return "headcount" not in party.data and party.data.get("held_by").__class__ is not list
    return isinstance(party, Person)


@fact_of
def _seated(party: Declaration) -> tuple[frozenset[object], int]:
    """One thing for each head that a party brings, the same thing for the same person; and how many a team's headcount
    counts beyond them."""
    heads_of_party = frozenset(_heads_in(party))
    headcount = int(party.headcount or 0) if isinstance(party, Team) else 0
    return heads_of_party, max(0, headcount - len(heads_of_party))


def _heads_in(party: Declaration) -> Iterator[object]:
    if isinstance(party, Role):
        yield from _heads_of(party)
        return
    met = stands_for(party)
    yield from (person for person in met.themselves if isinstance(person, Person) and not has_left(person))
    for role in met.inside:
        if isinstance(role, Role):
            yield from _heads_of(role)


def _heads_of(role: Role) -> Iterator[object]:
    named = [(ref, role.org.find(ref)) for ref in role.held_by] if "held_by" in role.data else []
    there: list[object] = [person or ref.text for ref, person in named if person is None or not has_left(person)]
    if role.held_as == "in_turn" and there:
        yield role
        return
    if not named and not is_vacant(role):
        there = [role]
    yield from there
    headcount = int(role.headcount or 0) if "headcount" in role.data else 0
    yield from ((role, number) for number in range(len(there), headcount))


def voices(forum: Forum) -> int | None:
    """How many votes there are in a forum that votes; None where that cannot be counted.

    Without `voters` the members vote, and where the chair is not among them, nobody can know whether the chair does.
    """
    votes = forum.votes if "votes" in forum.data else None
    named: tuple[Ref[Any], ...] = votes.refs("voters") if votes is not None else ()
    if not named:
        named = forum.members
        if forum.says("chair") and forum.org.find(forum.chair) not in list(forum.org.each(named)):
            return None
    heard = [voice(forum.org, ref) for ref in named]
    return None if None in heard else len(set(heard))


def voice(org: Org, ref: Ref[Any]) -> object:
    """Whoever has one vote under a name: a person, a role that one holds, somebody outside; else None."""
    voter = org.find(ref)
    if ref.external or isinstance(voter, Person):
        return voter or ref.text
    if not isinstance(voter, Role):
        return None
    named = voter.refs("held_by")
    if voter.held_as == "in_turn":
        return voter
    if len(named) > 1 or (voter.headcount or 1) > 1 or (voter.held_as != "one" and not named):
        return None
    return next(iter(holders(voter)), voter)
