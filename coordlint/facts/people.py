"""People in; who bears a name that somebody else bears, and whom the team that they say is theirs does not know."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations, islice

from coordlint.facts.heads import heads
from coordlint.facts.ownership import LONGEST
from coordlint.facts.parties import Group, above, group, has_left, roles_held, teams_naming, teams_of
from coordlint.facts.prose import words_in
from coordlint.facts.references import uses_of
from coordlint.model.kinds import Person, Team
from coordlint.model.org import Org, fact_of

# Of more people with one name only so many are compared with each other.
MOST = 20


def namesakes(org: Org) -> Iterator[list[Person]]:
    """For every name that two people bear who may be one, those who bear it, in the order of ids.

    Accents, capitals and a family name that stands first with a comma make no difference; a name of one word is too
    little. People who joined on different days are two, and so are those whom one list names side by side. Who has left
    is not asked.
    """
    table: dict[str, list[Person]] = {}
    for person in org.active(Person):
        name = _name(person)
        if " " in name and not person.refused and not has_left(person):
            table.setdefault(name, []).append(person)
    for people in table.values():
        maybe_one = [pair for pair in combinations(people[:MOST], 2) if not _are_two(*pair)] if len(people) > 1 else []
        if maybe_one:
            yield [person for person in people[:MOST] if any(person in pair for pair in maybe_one)]


def _name(person: Person) -> str:
    title = person.title
    last, comma, first = title.partition(",")
    title = f"{first} {last}" if comma else title
    if not title.isascii():
        title = "".join(letter for letter in unicodedata.normalize("NFKD", title) if not unicodedata.combining(letter))
    return " ".join(words_in(title))


def _are_two(one: Person, other: Person) -> bool:
    if "joined" in one.data and "joined" in other.data and one.joined != other.joined:
        return True
    return not _lists_with(one).isdisjoint(_lists_with(other))


@fact_of
def _lists_with(person: Person) -> frozenset[tuple[object, ...]]:
    """The lists in which somebody is named, each as who says it and the way there."""
    return frozenset((use.user, *use.way[:-1]) for use in uses_of(person.org, person) if isinstance(use.way[-1], int))


def unknown_to_team(org: Org) -> Iterator[tuple[Person, Team]]:
    """Everybody who names a team that lists its members, all of them known, and not this one.

    Members are those listed and the lead, by name or by a role that they hold, and those of the teams that are part of
    it. A team that counts more heads than it lists leaves some out.
    """
    for person in org.active(Person):
        team = org.find(person.team) if "team" in person.data else None
        if team is not None and "members" in team.data and not person.refused and not has_left(person):
            listed = _listed(team)
            if listed is not None and listed.includes(person) is False and not _is_further_in(person, team):
                yield person, team


def _is_further_in(person: Person, team: Team) -> bool:
    """Whether somebody, by name or by a role that they hold, belongs to a team that is part of this one."""
    through_roles = (each for role in roles_held(person.org).get(person, ()) for each in teams_of(role))
    return any(team in islice(above(each), LONGEST) for each in (*teams_naming(person), *through_roles))


@fact_of
def _listed(team: Team) -> Group | None:
    """Whom a team lists; None where it does not claim to list all."""
    refs = (*team.refs("lead"), *team.members)
    if team.refused or not team.org.is_active(team) or team.data.get("members") is None:
        return None
    if (team.headcount or 0) > heads(team.org, refs):
        return None
    return group(team.org, refs)
