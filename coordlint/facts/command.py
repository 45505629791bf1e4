"""The chain of command in: who is told to follow two, who follows nobody, who stands at the top, and how many report
to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coordlint.facts.heads import heads
from coordlint.facts.holding import may_be_meant
from coordlint.facts.parties import has_left, holders, roles_held, stands_for
from coordlint.facts.superiors import (
    Superior,
    home_teams,
    named_above,
    nearest,
    next_above,
    one_with,
    said_above,
    stands_above,
    superior_of,
)
from coordlint.facts.survey import survey
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Forum, Person, Role, Team
from coordlint.model.org import Org, fact

# So many superiors of one person are told at most.
MOST_SUPERIORS = 4


class Allegiance(NamedTuple):
    """That a person, or a role that the person holds, reports to somebody."""

    said_by: Superior
    superior: Superior


def is_led_inside(party: Superior) -> bool:
    """Whether a role or person belongs to the organisation, so that somebody in it leads them."""
    if isinstance(party, Person) and (party.external or has_left(party)):
        return False
    return not _teams_outside(party.org) or not any(team.external for team in home_teams(party))


@fact
def _teams_outside(org: Org) -> bool:
    """Whether any team may belong to somebody else."""
    return any("external" in team.data for team in org.all(Team))


def allegiances(person: Person) -> list[Allegiance]:
    """Whom a person and the roles held report to, one for each superior, as far as nobody settles it between two; none
    where there is only one to ask.

    A role that is held in turn is taken on for a while, and a role that several hold says what holds for most of them:
    the person's own word goes before it. Of two roles whose superiors stand one above the other, the lower one counts.
    """
    says_itself = "reports_to" in person.data
    roles = roles_held(person.org).get(person, ())
    if len(roles) + says_itself < 2:
        return []
    own = [Allegiance(person, superior) for superior in named_above(person)] if says_itself else []
    found = own[:1]
    for role in roles:
        if "reports_to" not in role.data or role.held_as == "in_turn" or (own and _is_shared(role)):
            continue
        superior = next(iter(named_above(role)), None)
        if superior is not None and person not in one_with(superior) and not _is_settled(superior, found, own):
            found.append(Allegiance(role, superior))
        if len(found) == MOST_SUPERIORS:
            break
    return found


def _is_settled(superior: Superior, found: Sequence[Allegiance], own: Sequence[Allegiance]) -> bool:
    """Whether a role adds no superior: it is one of those found, or above or below that of another role."""
    return any(_is_one(superior, each) or (each not in own and _are_in_line(superior, each.superior)) for each in found)


def _is_shared(role: Role) -> bool:
    return role.held_as != "one" or len(role.refs("held_by")) > 1


def _is_one(superior: Superior, other: Allegiance) -> bool:
    return not one_with(superior).isdisjoint(one_with(other.superior))


def _are_in_line(one: Superior, other: Superior) -> bool:
    return stands_above(one, other) or stands_above(other, one)


@fact
def in_command(org: Org) -> list[Superior]:
    """The roles and people of whom somebody inside is above, or at the top: roles, and people who hold none."""
    roles = [role for role in org.active(Role) if not role.refused and is_led_inside(role)]
    alone = [person for person in org.active(Person) if not person.refused and person not in roles_held(org)]
    return [*roles, *(person for person in alone if is_led_inside(person) and not _is_to_come(person))]


def _is_to_come(person: Person) -> bool:
    joined = person.joined if "joined" in person.data else None
    return joined is not None and joined > person.org.as_of


@fact
def _reporting(org: Org) -> list[Superior]:
    """The roles and people that say whom they report to."""
    saying = [each for each in survey(org).saying.get("reports_to", ()) if org.is_active(each)]
    return [
        *(each for each in saying if isinstance(each, Role)),
        *(each for each in saying if isinstance(each, Person)),
    ]


def says_who_leads(org: Org) -> bool:
    """Whether anybody writes down whom a role or person reports to."""
    return bool(_reporting(org))


def is_unled(party: Superior) -> bool:
    """Whether nobody says who is above a role or person: neither it, nor who holds it, nor its teams.

    Where somebody says it and it leads nowhere, or outside, it is not known, and this is False.
    """
    if next_above(party) or said_above(party) is not None or may_be_meant(party):
        return False
    around = [party, *(holders(party) if isinstance(party, Role) else ())]
    named = [ref for each in around for field in ("held_by", "team") if field in each.data for ref in each.refs(field)]
    if any(party.org.find(ref) is None for ref in named) or any(each.unread is None for each in around):
        return False
    return _lost(party.org).keys().isdisjoint(home_teams(party))


@fact
def _lost(org: Org) -> Mapping[Team, Team]:
    """For each team one of it and those around it of which it is not known who leads it, or where it lies."""
    return nearest(org, _is_lost)


def _is_lost(team: Team) -> bool:
    return team.refused or any(team.org.find(ref) is None for ref in (*team.refs("lead"), *team.refs("part_of")))


def tops(org: Org) -> list[Superior]:
    """Those with nobody above, whoever is above the most first; a person who alone holds a role stands for it."""
    ends = dict.fromkeys(_in_charge(party) for party in in_command(org) if not next_above(party))
    if len(ends) < 2:
        return list(ends)
    below = Counter(_in_charge(end) for end in _ends_of_lines(org).values())
    return sorted(ends, key=lambda each: (-below[each], each.kind, each.id))


def _ends_of_lines(org: Org) -> Mapping[Superior, Superior]:
    """For each role and person, where the line above ends, following the first superior of each; of a circle somebody
    in it."""
    end_of: dict[Superior, Superior] = {}
    for party in in_command(org):
        way: dict[Superior, None] = {}
        current: Superior = party
        while current not in end_of and current not in way:
            way[current] = None
            current = superior_of(current) or current
        end_of.update(dict.fromkeys(way, end_of.get(current, current)))
    return end_of


def beside(leader: Superior) -> set[Declaration]:
    """Who stands at the top together: whoever leads, and those in the forums that others report to and that the leader
    sits in; under each role that they hold."""
    org = leader.org
    together = set(one_with(leader))
    named = dict.fromkeys(ref for each in _reporting(org) for ref in each.refs("reports_to"))
    for forum in org.each(named):
        if isinstance(forum, Forum) and not together.isdisjoint(stands_for(forum).inside):
            together |= stands_for(forum).inside
    return together.union(*(one_with(each) for each in together if isinstance(each, Person)))


@fact
def _reports(org: Org) -> Mapping[Superior, list[Superior]]:
    """For everybody in charge, the roles and people who name them in `reports_to`, under whatever role."""
    table: dict[Superior, list[Superior]] = {}
    for party in _reporting(org):
        for charged in map(_in_charge, named_above(party)):
            if not (isinstance(charged, Person) and party in one_with(charged)):
                table.setdefault(charged, []).append(party)
    return table


def reports_of(superior: Superior) -> list[Superior]:
    """The roles and people that name a role or person in `reports_to`; the roles that one person holds are one."""
    return _reports(superior.org).get(_in_charge(superior), [])


def _in_charge(superior: Superior) -> Superior:
    """The same thing for everything that one and the same person leads as."""
    named = holders(superior) if isinstance(superior, Role) else ()
    return named[0] if len(named) == 1 else superior


def direct_reports(superior: Superior) -> int:
    """How many people report straight to a role or person, at least; each once, a rota for one."""
    return heads(superior.org, [Ref(f"{each.kind}/{each.id}", (each.kind,)) for each in reports_of(superior)])


def leading(org: Org, more_than: int = 0) -> Iterator[Superior]:
    """Everybody to whom somebody reports: of what one person leads as, what most report to. Who can only be above so
    many people or fewer is left out."""
    for charged, parties in _reports(org).items():
        if sum(map(_at_most, parties)) <= more_than:
            continue
        named = Counter(each for party in parties for each in named_above(party) if _in_charge(each) is charged)
        yield named.most_common(1)[0][0]


def _at_most(party: Superior) -> int:
    """As many people as a role or person can be, without a look at who they are."""
    if isinstance(party, Person):
        return 1
    headcount = int(party.headcount or 0) if "headcount" in party.data else 0
    held_by = party.data.get("held_by")
    return max(1, headcount, len(held_by) if isinstance(held_by, list) else 1)
