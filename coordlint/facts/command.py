"""The chain of command in: who is told to follow two, who follows nobody, who stands at the top, and how many report
to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from coordlint.facts.heads import heads
from coordlint.facts.holding import may_be_meant
from coordlint.facts.parties import above, has_left, holders, roles_held, stands_for
from coordlint.facts.superiors import (
    LONGEST,
    Superior,
    home_teams,
    line_above,
    named_above,
    next_above,
    one_with,
    said_above,
    stands_above,
)
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Forum, Person, Role, Team
from coordlint.model.org import Org, fact, fact_of

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
    return not any(team.external for team in home_teams(party))


def allegiances(person: Person) -> list[Allegiance]:
    """Whom a person and the roles held report to, one for each superior, as far as nobody settles it between two.

    A role that is held in turn is taken on for a while, and a role that several hold says what holds for most of them:
    the person's own word goes before it. Of two roles whose superiors stand one above the other, the lower one counts.
    """
    own = [Allegiance(person, superior) for superior in named_above(person)] if "reports_to" in person.data else []
    found = own[:1]
    for role in roles_held(person.org).get(person, ()):
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
def says_who_leads(org: Org) -> bool:
    """Whether anybody writes down whom a role or person reports to."""
    return any("reports_to" in each.data for kind in (Role, Person) for each in org.active(kind))


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
    return not any(_leads_to_unknown(team) for team in home_teams(party))


@fact_of
def _leads_to_unknown(team: Team) -> bool:
    """Whether somebody leads a team, or one around it, who is not declared, or a name on the way up leads nowhere."""
    for around in (team, *islice(above(team), LONGEST)):
        named = [*around.refs("lead"), *around.refs("part_of")]
        if around.refused or any(around.org.find(ref) is None for ref in named):
            return True
    return False


def top(org: Org) -> Superior | None:
    """Who stands at the top: of those with nobody above, whoever is above the most; None where there is none.

    A person who alone holds a role stands for it.
    """
    below: Counter[Superior] = Counter()
    for party in in_command(org):
        below.update({_in_charge(each) for each in (party, *line_above(party)) if not next_above(each)})
    return min(below, key=lambda each: (-below[each], each.kind, each.id), default=None)


def beside(leader: Superior) -> set[Declaration]:
    """Who stands at the top together: whoever leads, under each role held, and the forums that others report to with
    all who are in them."""
    org = leader.org
    together = set(one_with(leader))
    parties: list[Role | Person] = [*org.active(Role), *org.active(Person)]
    named = dict.fromkeys(ref for each in parties if "reports_to" in each.data for ref in each.refs("reports_to"))
    for forum in org.each(named):
        if isinstance(forum, Forum) and not together.isdisjoint(stands_for(forum).inside):
            together |= stands_for(forum).inside
    return together


@fact
def _reports(org: Org) -> Mapping[Superior, list[Superior]]:
    """For everybody in charge, the roles and people who name them in `reports_to`, under whatever role."""
    table: dict[Superior, list[Superior]] = {}
    parties: list[Role | Person] = [*org.active(Role), *org.active(Person)]
    for party in parties:
        if "reports_to" in party.data:
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


def leading(org: Org) -> Iterator[Superior]:
    """Everybody to whom somebody reports: of what one person leads as, what most report to."""
    for charged, parties in _reports(org).items():
        named = Counter(each for party in parties for each in named_above(party) if _in_charge(each) is charged)
        yield named.most_common(1)[0][0]
