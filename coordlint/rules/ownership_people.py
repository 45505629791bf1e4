"""Who the people are that own things: whether one of them stands there twice, or is told of in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.people import namesakes, unknown_to_team
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Person
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, WARNING, rule
from coordlint.rules.wording import atoms, names


@rule(WARNING, weakness=CONTRADICTION, yields_to=("reference/duplicate-id",))
def person_contradicts(org: Org) -> Iterator[Problem]:
    """Everybody stands there once, and what is said of them fits together.

    One person under two ids holds half as many roles as they hold, leaves only once when they leave, and gets half of
    what they should hear. One name under two ids is told, unless something says that they are two: they joined on
    different days, or one list names both. Accents and capitals make no difference, and a first name alone is too
    little to go by.

    Facts contradict each other where somebody left before they joined, and where they name a team that lists its
    members, and they are not among them. A list of members is taken to be complete, unless the team's `headcount` is
    larger; the lead, whoever holds a role in the list, and who is in a team that is part of this one, are in it.

    Bad:

        people:
          agnes-moreau: {name: Agnès Moreau, team: bakery}
          moreau: {name: Agnes Moreau, team: shop}   # expect: ownership/person-contradicts
          otto-lind: {team: bakery}   # expect: ownership/person-contradicts
        teams:
          bakery: {lead: ext/master-baker, members: [agnes-moreau]}
          shop: {lead: moreau}

    Good:

        people:
          agnes-moreau: {name: Agnès Moreau, team: bakery}
          otto-lind: {team: bakery}
        teams:
          bakery: {lead: ext/master-baker, members: [agnes-moreau, otto-lind]}
          shop: {lead: agnes-moreau}
    """
    for people in namesakes(org):
        yield _one_name(people)
    for person in org.active(Person):
        if "left" in person.data and "joined" in person.data and not person.refused:
            yield from _left_too_soon(person)
    for person, team in unknown_to_team(org):
        yield Problem(
            person.at("team"),
            f"`{person.id}` is of team `{team.id}`, which does not list them among its members",
            related=(Related(team.at("members", on_key=True), "its members"),),
            tip="add them to the members, or correct their `team`",
            atoms=atoms(team, "members"),
        )


def _one_name(people: list[Person]) -> Problem:
    first, second, *others = people
    return Problem(
        second.at("name") if "name" in second.data else second.at(on_key=True),
        f"{names(people)} bear one name",
        related=tuple(Related(each.at(on_key=True), "the same name") for each in (first, *others[:2])),
        tip="make them one, and keep the other id under `was`; if they are two, let their names tell them apart",
        atoms=tuple(atom for each in people for atom in atoms(each, "")),
    )


def _left_too_soon(person: Person) -> Iterator[Problem]:
    left, joined = person.left, person.joined
    if left is not None and joined is not None and left < joined:
        yield Problem(
            person.at("left"),
            f"`{person.id}` left on {left}, before they joined",
            related=(Related(person.at("joined"), f"joined on {joined}"),),
            tip="correct one of the two days; who came back is told by one id, without `left`",
        )
