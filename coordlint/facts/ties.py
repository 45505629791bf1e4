"""Teams in; which two of them have to do with each other, and through what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from coordlint.facts.parties import teams_of
from coordlint.facts.venues import calls
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.kinds import ContextLine, DecisionRight, Handoff, Initiative, Team
from coordlint.model.org import Org, fact, fact_of

# So many pairs at most come from one declaration. Where it names more teams, they are tied to the first ones only.
MOST_PAIRS = 400

# Whose teams a call ties to those of whoever decides. Who is only informed has nothing to do but to read.
TAKING_PART = ("performs", "agrees", "consulted")

Ties = dict[Team, dict[Team, list[Declaration]]]


@fact
def ties(org: Org) -> Mapping[Team, Mapping[Team, list[Declaration]]]:
    """For each team, the teams that it has to do with, and the rights, hand-offs, initiatives and lines between them.

    A right ties the teams of who decides to those of who performs, must agree or is consulted; a hand-off and a line
    those at one end to those at the other; an initiative all of its teams. Each tie stands at both teams. Only what is
    active counts, and what is not declared ties nothing.
    """
    found: Ties = {}
    for right in org.active(DecisionRight):
        _tie(found, right, *_ends_of_right(right))
    for handoff in org.active(Handoff):
        receivers = handoff.refs("to")
        if "cases" in handoff.data:
            receivers += tuple(ref for case in handoff.cases for ref in case.to)
        _tie(found, handoff, _teams(org, handoff.from_), _teams(org, receivers))
    for initiative in org.active(Initiative):
        teams = _teams(org, initiative.teams)
        _tie(found, initiative, teams, teams)
    for line in org.active(ContextLine):
        _tie(found, line, _teams(org, line.from_), _teams(org, line.to))
    return found


def _ends_of_right(right: DecisionRight) -> tuple[list[Team], list[Team]]:
    """The teams of who decides, and those of everybody who takes part; without a known decider, of these both times."""
    parts: list[Node] = [right]
    if "cases" in right.data or "otherwise" in right.data:
        parts += [call.part for call in calls(right)]
    if "also" in right.data:
        parts += right.also
    deciding = _teams(right.org, _named(parts, ("decider",)))
    # A forum's teams are tied to one another by what it decides.
    taking_part = [*deciding, *_teams(right.org, _named(parts, TAKING_PART))]
    return deciding or taking_part, list(dict.fromkeys(taking_part))


def _named(parts: Iterable[Node], fields: Iterable[str]) -> Iterator[Ref[Any]]:
    for part in parts:
        for field in fields:
            if field in part.data and field in part.fields:
                yield from part.refs(field)


def _teams(org: Org, named: Iterable[Ref[Any]]) -> list[Team]:
    """The active teams of parties, each once."""
    found: dict[Team, None] = {}
    for party in org.each(named):
        if isinstance(party, Team):
            found.update({party: None} if org.is_active(party) else {})
        else:
            found.update(dict.fromkeys(_active_teams(party)))
    return list(found)


@fact_of
def _active_teams(party: Declaration) -> list[Team]:
    return [team for team in teams_of(party) if party.org.is_active(team)]


def _tie(found: Ties, by: Declaration, ones: Collection[Team], others: Collection[Team]) -> None:
    for one, other in _pairs(ones, others):
        if one is not other:
            for here, there in ((one, other), (other, one)):
                through = found.setdefault(here, {}).setdefault(there, [])
                if not through or through[-1] is not by:
                    through.append(by)


def _pairs(ones: Collection[Team], others: Collection[Team]) -> Iterable[tuple[Team, Team]]:
    """Each of the ones with each of the others; of very many each with the first, so that they still hang together."""
    if len(ones) * len(others) <= MOST_PAIRS:
        return product(ones, others)
    first, second = next(iter(ones)), next(iter(others))
    return [*((first, other) for other in others), *((one, second) for one in ones)]
