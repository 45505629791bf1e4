"""Who stands for whom: members and holders, what nobody can know, teams, leads, and who has left."""

from __future__ import annotations

from datetime import date

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.parties import (
    above,
    group,
    has_left,
    is_there,
    is_vacant,
    leads_of,
    roles_held,
    stands_for,
    teams_of,
)
from coordlint.model.kinds import Forum, Meeting, Person, Role, Team

NORTHERN_RAIL = """
people:
  ines: {}
  omar: {team: depots}
  vera: {left: 2026-05-31}
roles:
  cfo: {held_by: [ines], deputy: controller}
  controller: {held_by: [omar]}
  driver: {team: lines}
  stoker: {held_by: []}
  guard: {held_by: [vera]}
  signaller: {held_by: ext/una}
  second-signaller: {held_by: [ext/una]}
teams:
  lines: {lead: line-lead, members: [driver]}
  depots: {lead: cfo, part_of: lines}
  silent: {}
  boxes: {lead: ext/una, members: []}
forums:
  box-board: {chair: ext/una, members: []}
  rate-board: {chair: cfo, members: [controller], decider: omar}
  line-board: {chair: guard, teams: [lines]}
  both-board: {chair: stoker, teams: [lines, depots]}
"""


def test_a_role_stands_for_its_holders_and_not_for_its_deputy() -> None:
    org = org_of(NORTHERN_RAIL)
    met = stands_for(the(Role, org, "cfo"))
    assert ids(met.inside) == ["cfo", "ines"]
    assert met.themselves == frozenset()


def test_a_team_takes_in_those_who_say_they_are_of_it_and_the_teams_below() -> None:
    org = org_of(NORTHERN_RAIL)
    met = stands_for(the(Team, org, "lines"))
    assert ids(met.inside) == ["cfo", "depots", "driver", "ines", "lines", "omar"]
    assert not met.complete, "the lead is not declared, and the members of the depots are not said"


def test_teams_that_are_part_of_each_other_are_walked_once() -> None:
    org = org_of("teams: {a: {part_of: b}, b: {part_of: a, members: [x]}}\nroles: {x: {}}")
    assert ids(stands_for(the(Team, org, "a")).inside) == ["a", "b", "x"]
    assert [team.id for team in above(the(Team, org, "a"))] == ["b"]


@pytest.mark.parametrize(
    ("named", "party", "included"),
    [
        ("[cfo]", "role/cfo", True),
        ("[ines]", "role/cfo", True),  # who holds it is there
        ("[controller]", "role/cfo", False),  # the deputy is not the holder
        ("[rate-board]", "person/omar", True),
        ("[cfo]", "team/depots", True),  # the lead stands for the team
        ("[controller]", "role/driver", False),  # two seats, whoever sits on the one
        ("[ines]", "role/driver", None),  # nobody said who holds it: it may be this person
        ("[driver]", "person/ines", None),  # and the other way round
        ("[controller]", "person/ines", False),
        ("[silent]", "role/cfo", None),  # nobody said who is in the team
        ("[controller, nobody-called-this]", "role/cfo", None),
        ("[controller, ext/auditor]", "role/cfo", False),  # whose holder is declared
        ("[controller, ext/auditor]", "role/driver", None),  # whose holder nobody named
        ("[controller, ext/auditor]", "person/ines", False),
        ("[ext/una]", "role/signaller", True),  # one text is one party
        ("[signaller]", "role/second-signaller", True),
        ("[ext/auditor]", "role/signaller", False),  # another one
        ("[signaller]", "role/driver", False),  # two seats
        ("[ext/una]", "team/boxes", True),
        ("[boxes]", "role/signaller", True),
        ("[box-board]", "role/signaller", True),
        ("[controller]", "team/silent", None),
        ("[controller]", "forum/line-board", False),
    ],
)
def test_whether_a_party_is_among_those_named(named: str, party: str, included: bool | None) -> None:
    org = org_of(f"{NORTHERN_RAIL}\nmeetings: {{m: {{cadence: as needed, attendees: {named}, optional: {party}}}}}")
    meeting = the(Meeting, org, "m")
    wanted = org.find(meeting.optional[0])
    assert wanted is not None
    assert group(org, meeting.attendees).includes(wanted) is included


def test_the_teams_of_a_party() -> None:
    org = org_of(NORTHERN_RAIL)
    assert ids(teams_of(the(Person, org, "omar"))) == ["depots"]
    assert ids(teams_of(the(Role, org, "driver"))) == ["lines"]
    assert ids(teams_of(the(Role, org, "cfo"))) == ["depots"], "as its lead"
    assert ids(teams_of(the(Person, org, "ines"))) == ["depots"], "through the role she holds"
    assert ids(teams_of(the(Team, org, "silent"))) == ["silent"]
    assert ids(teams_of(the(Forum, org, "both-board"))) == ["depots", "lines"]
    assert teams_of(the(Person, org, "vera")) == []


def test_who_leads_a_team() -> None:
    org = org_of(NORTHERN_RAIL)
    leading = leads_of(the(Team, org, "lines"))
    assert [(each.party.id, each.said_by.id, each.field) for each in leading] == [
        ("guard", "line-board", "chair"),
        ("driver", "driver", "team"),
    ]
    assert [each.party.id for each in leads_of(the(Forum, org, "rate-board"))] == ["cfo", "omar"]


def test_the_last_day_is_still_worked() -> None:
    for day, gone in ((date(2026, 5, 31), False), (date(2026, 6, 1), True)):
        assert has_left(the(Person, org_of(NORTHERN_RAIL, day), "vera")) is gone


def test_who_is_there() -> None:
    org = org_of(NORTHERN_RAIL)
    there = {role.id: is_there(role) for role in org.all(Role) if "signaller" not in role.id}
    assert there == {"cfo": True, "controller": True, "driver": True, "stoker": False, "guard": False}
    assert [role.id for role in org.all(Role) if is_vacant(role)] == ["stoker"]
    assert ids(roles_held(org)[the(Person, org, "omar")]) == ["controller"]
