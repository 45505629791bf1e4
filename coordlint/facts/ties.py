"""Teams in; which two of them have to do with each other, and through what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.deciders import deciders
from coordlint.facts.naming import bearers, parts_in, texts_in
from coordlint.facts.parties import teams_of
from coordlint.model.base import Declaration
from coordlint.model.fields import Names
from coordlint.model.kinds import ContextLine, DecisionRight, Handoff, Initiative, Team
from coordlint.model.org import Org, fact

# So many pairs at most come from one declaration. Where it names more teams, they are tied to the first ones only.
MOST_PAIRS = 400

# Whose teams a call ties to those of whoever decides. Who is only informed has nothing to do but to read.
TO_ASK = ("agrees", "consulted")
TAKING_PART = ("performs", *TO_ASK)

Ties = dict[Team, dict[Team, list[Declaration]]]


class Tying(NamedTuple):
    """What ties two teams or more, and the teams at both ends of it."""

    by: Declaration
    ones: Sequence[Team]
    others: Sequence[Team]


@fact
def ties(org: Org) -> Mapping[Team, Mapping[Team, list[Declaration]]]:
    """For each team, the teams that it has to do with, and the rights, hand-offs, initiatives and lines between them.

    A right ties the teams of who decides to those of who performs, must agree or is consulted; a hand-off and a line
    those at one end to those at the other; an initiative all of its teams. Each tie stands at both teams. Only what is
    active counts, and what is not declared ties nothing.
    """
    found: Ties = {}
    for by, ones, others in tying(org):
        _tie(found, by, ones, others)
    return found


@fact
def tying(org: Org) -> Sequence[Tying]:
    """Everything active that ties teams, with the teams that it ties."""
    ends = (each for ends_of in (_rights, _handoffs, _initiatives, _lines) for each in ends_of(org))
    return [Tying(*each) for each in ends if _are_two(each[1], each[2])]


def _are_two(ones: Sequence[Team], others: Sequence[Team]) -> bool:
    if len(ones) == len(others) == 1:
        return ones[0] is not others[0]
    return bool(ones and others) and len({*ones, *others}) > 1


_Ends: TypeAlias = tuple[Declaration, Sequence[Team], Sequence[Team]]


def _rights(org: Org) -> Iterator[_Ends]:
    """Rights with the teams of who decides, and those of everybody who takes part; without a known decider, of these
    both times."""
    decider, party = teams_named(org, DecisionRight.decider), teams_named(org, DecisionRight.performs)
    for right, parties, asks in deciders(org):
        data = right.data
        asked = data.get("performs")
        if asks or "also" in data or "agrees" in data or "consulted" in data:
            asked = _asked(data)
        deciding = decider.all_of(parties)
        if "decider" in data and ("cases" in data or "otherwise" in data):
            # Who decides by the right itself counts also where every case says otherwise.
            deciding = tuple(dict.fromkeys((*decider.of(data["decider"]), *deciding)))
        taking_part = party.of(asked) if asked else ()
        # Most rights stay in one team.
        if len(deciding) < 2 and (not taking_part or taking_part == deciding):
            continue
        # A forum's teams are tied to one another by what it decides.
        yield right, deciding or taking_part, list(dict.fromkeys((*deciding, *taking_part)))


def _asked(data: Mapping[str, Any]) -> Sequence[str]:
    """Who performs a right, and who must agree or is consulted by it, in any of its calls, or besides."""
    asked = [text for field in TAKING_PART if field in data for text in texts_in(data[field])]
    for key in ("cases", "otherwise", "also"):
        for part in parts_in(data, key) if key in data else ():
            if "agrees" in part or "consulted" in part:
                asked += [text for field in TO_ASK for text in texts_in(part.get(field))]
    return asked


def _handoffs(org: Org) -> Iterator[_Ends]:
    giving, taking = teams_named(org, Handoff.from_), teams_named(org, Handoff.to)
    for handoff in org.active(Handoff):
        data = handoff.data
        receivers = data.get("to")
        if "cases" in data:
            receivers = [text for part in (data, *parts_in(data, "cases")) for text in texts_in(part.get("to"))]
        yield handoff, giving.of(data.get("from")), taking.of(receivers)


def _initiatives(org: Org) -> Iterator[_Ends]:
    named = teams_named(org, Initiative.teams)
    for initiative in org.active(Initiative):
        teams = named.of(initiative.data.get("teams"))
        yield initiative, teams, teams


def _lines(org: Org) -> Iterator[_Ends]:
    teams = teams_named(org, ContextLine.to)
    for line in org.active(ContextLine):
        yield line, teams.of(line.data.get("from")), teams.of(line.data.get("to"))


class TeamsNamed:
    """The active teams of parties, by the names that they have in a field."""

    def __init__(self, org: Org, field: Names[Any]) -> None:
        self.bearers = bearers(org, field)
        self.teams = _teams_by_party(org)

    def all_of(self, parties: Sequence[Declaration]) -> Sequence[Team]:
        """The active teams of parties, each once."""
        first: Sequence[Team] = ()
        others: dict[Team, None] = {}
        for party in parties:
            teams = self.teams[party]
            if not first:
                first = teams
            elif teams and teams != first:
                others.update(dict.fromkeys(teams))
        return tuple(dict.fromkeys((*first, *others))) if others else first

    def of(self, value: Any) -> Sequence[Team]:
        """The active teams of everybody that a field names, each once."""
        if value.__class__ is str:
            return self.teams[self.bearers[value]]
        return self.all_of(self.bearers.of(value))


class _TeamsByParty(dict["Declaration | None", "tuple[Team, ...]"]):
    def __missing__(self, party: Declaration | None) -> tuple[Team, ...]:
        teams = [party] if isinstance(party, Team) else teams_of(party) if party is not None else []
        answer = self[party] = tuple([team for team in teams if team.org.is_active(team)])
        return answer


@fact
def _teams_by_party(_org: Org) -> _TeamsByParty:
    return _TeamsByParty()


@fact
def _tables(_org: Org) -> dict[object, TeamsNamed]:
    return {}


def teams_named(org: Org, field: Any) -> TeamsNamed:
    """The active teams of whoever is named in a field, such as `Handoff.to`."""
    tables = _tables(org)
    key = (field.kinds, field.besides)
    if key not in tables:
        tables[key] = TeamsNamed(org, field)
    return tables[key]


def _tie(found: Ties, by: Declaration, ones: Collection[Team], others: Collection[Team]) -> None:
    for one, other in _pairs(ones, others):
        if one is not other:
            through = found.setdefault(one, {}).get(other)
            if through is None:
                # Both teams have the one list.
                through = found[one][other] = found.setdefault(other, {})[one] = []
            if not through or through[-1] is not by:
                through.append(by)


def _pairs(ones: Collection[Team], others: Collection[Team]) -> Iterable[tuple[Team, Team]]:
    """Each of the ones with each of the others; of very many each with the first, so that they still hang together."""
    if len(ones) * len(others) <= MOST_PAIRS:
        return product(ones, others)
    first, second = next(iter(ones)), next(iter(others))
    return [*((first, other) for other in others), *((one, second) for one in ones)]
