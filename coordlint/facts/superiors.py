"""Parties in; who stands above whom: next above, the whole line up, and where lines meet.

Who is above is what `reports_to` says; where nothing is said of a party, it is who leads its team.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from coordlint.facts.naming import bearers
from coordlint.facts.parties import holders, roles_held, teams_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import Forum, Person, Role, Team
from coordlint.model.org import Org, fact, fact_of

Superior: TypeAlias = Role | Person

# A line is followed so far up; no organisation has as many levels.
LONGEST = 100

# The field that mostly says all of who is above.
_LED_BY: Mapping[type[Declaration], str] = {Role: "reports_to", Team: "lead"}


def superior_of(party: Declaration) -> Superior | None:
    """Who is next above a party, None where nobody knows; of several the first.

    It is whom its own `reports_to` names; of a person who says nothing, whom the roles held report to, and the other
    way about; where none of them says anything, who leads its team. A team's is its lead, a forum's its decider.
    """
    return next(iter(next_above(party)), None)


def line_above(party: Declaration) -> tuple[Superior, ...]:
    """All superiors of a party, nearest first, as far as anybody said; a circle is walked once."""
    return _line(party)


def stands_above(one: Declaration, other: Declaration) -> bool:
    """Whether a party is in the line above another: itself, a role that it holds, or who holds it.

    A forum stands where its decider does, a team where its lead does.
    """
    line = _line(other)
    return bool(line) and any(not one_with(each).isdisjoint(line) for each in _in_person(one))


def is_next_above(one: Declaration, other: Declaration) -> bool:
    """Whether a party is another, or next above it, or next above whoever is; it is seen without following a line."""
    upper = next_above(other)
    return one is other or one in upper or any(one in next_above(each) for each in upper)


def common_superior(parties: Iterable[Declaration]) -> Superior | None:
    """The lowest one that is, or stands above, every one of the parties; None where nobody is known to, or none is
    given."""
    first, *others = [[*_in_person(party), *_line(party)] for party in dict.fromkeys(parties)] or [[]]
    everywhere = [{one for each in line for one in one_with(each)} for line in others]
    return next((each for each in first if all(each in line for line in everywhere)), None)


@fact_of
def next_above(party: Declaration) -> Sequence[Superior]:
    """Everybody who is next above a party; several only where several are named, or roles held report to several."""
    told_by = party.data.get(_LED_BY.get(party.__class__, ""))
    if told_by.__class__ is str:
        named = bearers(party.org, Role.reports_to if isinstance(party, Role) else Team.lead)[told_by]
        # One other role is nearly always all that is said.
        if named.__class__ is Role and named is not party:
            return [named]
    if isinstance(party, Team):
        return list(dict.fromkeys(_leads_over(party, party)))
    if isinstance(party, Forum):
        upward = [leader for named in party.org.each(party.refs("escalates_to")) for leader in _in_person(named)]
        return list(dict.fromkeys((*_in_person(party), *upward)))
    if not isinstance(party, (Role, Person)):
        return []
    told = said_above(party)
    return told if told is not None else _by_team(party)


def said_above(party: Superior) -> Sequence[Superior] | None:
    """Those next above whom `reports_to` names: of the party, else of the roles it holds or of those who hold it.

    None where nobody says anything; what is said and leads nowhere, or outside, gives nobody.
    """
    if party.says("reports_to"):
        return named_above(party)
    if isinstance(party, Person):
        return _by_roles(party)
    return _others_told(party, [by for holder in holders(party) if (by := _of_holder(holder)) is not None])


def _of_holder(person: Person) -> Sequence[Superior] | None:
    return named_above(person) if person.says("reports_to") else _by_roles(person)


@fact_of
def _by_roles(person: Person) -> Sequence[Superior] | None:
    """Whom the roles of a person report to; None where no role says anything."""
    roles = roles_held(person.org).get(person, ())
    return _others_told(person, [named_above(role) for role in roles if role.says("reports_to")])


def _others_told(party: Superior, told: Iterable[Sequence[Superior]]) -> Sequence[Superior] | None:
    """All that were told of, but the party itself: who holds two roles may be above and below. None where it is all
    that was."""
    own = _selves(party)
    telling = [every for every in told if not every or not own.issuperset(every)]
    if not telling:
        return None
    return [each for each in dict.fromkeys(each for every in telling for each in every) if each not in own]


@fact_of
def named_above(party: Superior) -> Sequence[Superior]:
    """Those whom a party's own `reports_to` names; who leads what is named there, where that is a team or forum."""
    found: list[Superior] = []
    for named in party.org.each(party.refs("reports_to")):
        found += _leads_over(named, party) if isinstance(named, Team) else _in_person(named)
    own = _selves(party)
    return [each for each in dict.fromkeys(found) if each not in own]


def _by_team(party: Superior) -> Sequence[Superior]:
    leads = (lead for team in home_teams(party) for lead in _leads_over(team, party))
    return [lead for lead in dict.fromkeys(leads) if lead is not party]


def home_teams(party: Superior) -> Sequence[Team]:
    """The teams of a role or person; of a role that is in none, those of who holds it."""
    own = teams_of(party)
    if own or not isinstance(party, Role) or party.says("team"):
        return own
    return list(dict.fromkeys(team for holder in holders(party) for team in teams_of(holder)))


def _leads_over(team: Team, party: Declaration) -> Sequence[Superior]:
    """Who leads a team, or the first one around it that somebody else than the party leads."""
    own = _selves(party)
    around = _nearest_led(team.org).get(team)
    for _ in range(LONGEST):
        leads = _in_person(around) if around is not None else ()
        others = [lead for lead in leads if own.isdisjoint(one_with(lead))]
        if others or around is None or not leads:
            return others
        upper = around.org.find(around.part_of)
        around = _nearest_led(team.org).get(upper) if upper is not None else None
    return []


@fact
def _nearest_led(org: Org) -> Mapping[Team, Team]:
    return nearest(org, lambda team: team.says("lead"))


def nearest(org: Org, holds: Callable[[Team], bool]) -> Mapping[Team, Team]:
    """For each team the first one of which something holds, of it and of those that it is part of, where one is."""
    found: dict[Team, Team | None] = {}
    for team in org.all(Team):
        way: dict[Team, None] = {}
        current: Team | None = team
        while current is not None and current not in found and current not in way:
            if holds(current):
                found[current] = current
            else:
                way[current] = None
                current = org.find(current.part_of)
        met = found.get(current) if current is not None else None
        found.update(dict.fromkeys(way, met))
    return {team: held for team, held in found.items() if held is not None}


def _in_person(party: Declaration) -> Sequence[Superior]:
    """The roles and people who speak for a party: itself, a team's lead, a forum's decider, else its chair."""
    if isinstance(party, (Role, Person)):
        return [party]
    fields = ("decider", "chair") if isinstance(party, Forum) else ("lead",) if isinstance(party, Team) else ()
    speaking = next((field for field in fields if party.says(field)), None)
    found = party.org.each(party.refs(speaking)) if speaking else ()
    return [each for each in found if isinstance(each, (Role, Person))]


@fact_of
def one_with(party: Superior) -> frozenset[Declaration]:
    """A person with the roles held, or a role with its holders."""
    others = roles_held(party.org).get(party, ()) if isinstance(party, Person) else holders(party)
    return frozenset((party, *others))


def _selves(party: Declaration) -> set[Declaration]:
    """What is the same as a party: the roles that a person holds, the one who alone holds a role."""
    is_one = isinstance(party, Person) or (isinstance(party, Role) and len(party.refs("held_by")) == 1)
    return set(one_with(party)) if is_one and isinstance(party, (Role, Person)) else {party}


@fact_of
def _line(party: Declaration) -> tuple[Superior, ...]:
    return tuple(_walk_up(party))


def _walk_up(party: Declaration) -> Iterator[Superior]:
    """Breadth first, so that who is nearer comes first."""
    seen = _selves(party)
    level: list[Declaration] = [party]
    count = 0
    while level:
        reached = [each for lower in level for each in next_above(lower)]
        level = []
        for each in reached:
            if each not in seen and count < LONGEST:
                seen.add(each)
                level.append(each)
                count += 1
                yield each
