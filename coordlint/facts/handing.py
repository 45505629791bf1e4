"""Hand-offs in; where each starts and ends, and how one follows from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from coordlint.facts.parties import above, holders, teams_of
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Handoff, Role, Team
from coordlint.model.org import Org, fact, fact_of

# An end that names more parties than this is not judged.
MOST_PARTIES = 50

# --- where it starts and ends ---


def receiving(handoff: Handoff) -> tuple[Ref[Team | Role], ...]:
    """Everybody that a hand-off, or one of its cases, names as receiver."""
    cases = handoff.cases if "cases" in handoff.data else ()
    return (*handoff.to, *(ref for case in cases for ref in case.to))


class End(NamedTuple):
    """One end of a hand-off: who stands there, with their holders and teams, and the teams above those.

    `known` is False where anybody there is not declared, or is a role of which no team is known.
    """

    own: frozenset[Declaration]
    around: frozenset[Declaration]
    known: bool

    def is_apart_from(self, other: End) -> bool:
        """Whether nobody of one end can be of the other: no party, person or team in common, or above one another."""
        if not (self.known and other.known):
            return False
        return self.own.isdisjoint(other.around) and self.around.isdisjoint(other.own)


@fact_of
def where_it_starts(handoff: Handoff) -> End:
    return end_of(handoff.org, () if handoff.from_anyone else handoff.from_)


@fact_of
def where_it_ends(handoff: Handoff) -> End:
    """Those who receive; whoever accepts is among them."""
    end = end_of(handoff.org, receiving(handoff))
    accepting = end_of(handoff.org, handoff.refs("accepted_by"))
    return End(end.own | accepting.own, end.around | accepting.around, end.known)


def end_of(org: Org, refs: Iterable[Ref[Any]]) -> End:
    """Where parties that are named together stand."""
    named = list(dict.fromkeys(refs))
    own: set[Declaration] = set()
    known = 0 < len(named) <= MOST_PARTIES
    for party in map(org.find, named[:MOST_PARTIES]):
        if party is None:
            known = False
            continue
        teams = teams_of(party)
        known = known and bool(teams)
        own.update((party, *teams, *(holders(party) if isinstance(party, Role) else ())))
    teams_above = [upper for team in own if isinstance(team, Team) for upper in above(team)]
    return End(frozenset(own), frozenset((*own, *teams_above)), known)


# --- how one follows from another ---


def following(handoff: Handoff) -> list[Handoff]:
    """The hand-offs in force that follow from one."""
    if "then" not in handoff.data:
        return []
    org = handoff.org
    return [each for each in dict.fromkeys(org.each(handoff.then)) if org.is_active(each) and not each.refused]


@fact
def leading_to(org: Org) -> Mapping[Handoff, list[Handoff]]:
    """For each hand-off that follows from others, those others."""
    table: dict[Handoff, list[Handoff]] = {}
    for handoff in org.active(Handoff):
        for each in following(handoff):
            table.setdefault(each, []).append(handoff)
    return table


@fact
def returns(org: Org) -> Mapping[Handoff, list[Handoff]]:
    """For each hand-off from one team to another, those that follow from it and lead straight back."""
    table: dict[Handoff, list[Handoff]] = {}
    for handoff in org.active(Handoff):
        there = _between(handoff) if "then" in handoff.data and not handoff.refused else None
        if there is not None:
            back = [each for each in following(handoff) if _between(each) == there[::-1]]
            if back:
                table[handoff] = back
    return table


@fact_of
def _between(handoff: Handoff) -> tuple[Team, Team] | None:
    """The one team that gives, and the other one that takes; None where there are more, or where nobody knows."""
    giving = _only_team(handoff.org, handoff.from_)
    taking = _only_team(handoff.org, receiving(handoff))
    return (giving, taking) if giving is not None and taking is not None and giving is not taking else None


def _only_team(org: Org, refs: Iterable[Ref[Any]]) -> Team | None:
    parties = [org.find(ref) for ref in refs]
    teams = {team for party in parties if party is not None for team in teams_of(party)}
    return next(iter(teams)) if len(teams) == 1 and all(party and teams_of(party) for party in parties) else None
