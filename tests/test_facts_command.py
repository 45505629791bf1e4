"""The chain of command: whom somebody is told to follow, of whom nobody says it, the top, and who reports to one."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.command import allegiances, beside, direct_reports, in_command, is_unled, leading, tops
from coordlint.model.kinds import Person, Role

FARM = """
people:
  ada: {}
  ben: {reports_to: owner}
  cleo: {left: 2020-01-01}
  dora: {joined: 2030-01-01}
  emil: {external: true}
  fay: {team: barn}
roles:
  owner: {held_by: ada}
  dairy-lead: {held_by: ada, reports_to: owner}
  milker: {held_as: each, headcount: 3, reports_to: dairy-lead}
  cheese-maker: {held_by: ben}
  smith: {}
  vet: {held_by: ext/vet}
  thresher: {team: lost}
  hand: {team: barn}
  stray: {reports_to: ext/neighbour}
  nobody: {held_by: [], reports_to: dairy-lead}
teams: {barn: {part_of: yard}, yard: {}}
"""


def test_who_is_asked() -> None:
    org = org_of(FARM)
    people = [each for each in in_command(org) if isinstance(each, Person)]
    assert ids(people) == ["fay"], "ada and ben hold roles, cleo left, dora is to come, emil is of another house"


@pytest.mark.parametrize(
    ("role", "unled"),
    [
        ("owner", True),
        ("dairy-lead", False),  # reports to another role of hers: something is said
        ("cheese-maker", False),
        ("smith", True),
        ("vet", False),  # nobody knows
        ("thresher", False),
        ("hand", True),  # nobody leads the barn, or the yard
        ("stray", False),
    ],
)
def test_of_whom_nobody_says_who_is_above(role: str, unled: bool) -> None:
    # The name that leads nowhere is a team's, so it can mean no role.
    assert is_unled(the(Role, org_of(FARM), role)) is unled


def test_who_stands_at_the_top_and_beside() -> None:
    org = org_of(FARM)
    leader = tops(org)[0]
    assert leader is the(Person, org, "ada")
    assert ids(beside(leader)) == ["ada", "dairy-lead", "owner"]


def test_what_one_person_leads_as_is_counted_together() -> None:
    org = org_of(FARM)
    assert direct_reports(the(Role, org, "owner")) == direct_reports(the(Role, org, "dairy-lead")) == 4
    assert ids(list(leading(org))) == ["dairy-lead"]


@pytest.mark.parametrize(
    ("roles", "superiors"),
    [
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: b}", ["a", "b"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: a}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: also-a}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: above-a}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: x}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: b, held_as: in_turn}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: ext/b}", ["a"]),
        ("x: {held_by: kim, reports_to: a}, y: {held_by: kim, reports_to: lost}", ["a"]),
        ("x: {held_by: kim}, y: {held_by: kim, reports_to: b, status: paused}", []),
    ],
)
def test_whom_the_roles_of_one_person_report_to(roles: str, superiors: list[str]) -> None:
    others = "a: {held_by: lou, reports_to: above-a}, also-a: {held_by: lou}, above-a: {}, b: {}"
    org = org_of(f"people: {{kim: {{}}, lou: {{}}}}\nroles: {{{roles}, {others}}}")
    assert [each.superior.id for each in allegiances(the(Person, org, "kim"))] == superiors


def test_ones_own_word_is_held_against_a_role_that_nobody_else_holds() -> None:
    text = "people: {kim: {reports_to: a}}\nroles: {a: {}, b: {reports_to: a}, x: {held_by: %s, reports_to: b}}"
    for holders, count in (("kim", 2), ("[kim, ext/lou]", 1)):
        assert len(allegiances(the(Person, org_of(text % holders), "kim"))) == count
