"""Who is expected in a meeting, and what nobody can know."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.attendance import expected, optional
from coordlint.facts.parties import people_of
from coordlint.model.kinds import Meeting, Role

HARBOUR = """
people: {kim: {}, lee: {}}
roles:
  pilot: {held_by: [kim], deputy: mate}
  mate: {held_by: [lee]}
  clerk: {}
teams:
  tugs: {lead: pilot, members: [clerk]}
forums:
  port-board: {chair: clerk, members: [tugs], decider: mate}
  voting-board: {chair: clerk, votes: {rule: majority, voters: [pilot, mate]}}
  silent-board: {chair: clerk}
"""


@pytest.mark.parametrize(
    ("meeting", "inside", "complete"),
    [
        ("{chair: pilot, attendees: [clerk]}", ["clerk", "kim", "pilot"], True),
        ("{attendees: [tugs]}", ["clerk", "kim", "pilot", "tugs"], True),
        ("{chair: pilot}", ["kim", "pilot"], False),  # nobody said who else
        ("{forum: port-board}", ["clerk", "kim", "lee", "mate", "pilot", "tugs"], True),
        ("{forum: port-board, chair: pilot, attendees: [mate]}", ["kim", "lee", "mate", "pilot"], True),
        ("{forum: port-board, attendees: [mate]}", ["clerk", "lee", "mate"], True),  # its chair still comes
        ("{forum: voting-board}", ["clerk", "kim", "lee", "mate", "pilot"], True),
        ("{forum: silent-board}", ["clerk"], False),
        ("{forum: no-such-board}", [], False),
        ("{attendees: [pilot, no-such-role]}", ["kim", "pilot"], False),
        ("{attendees: [pilot, ext/guest]}", ["kim", "pilot"], True),
        ("{attendees: []}", [], True),
        ("{attendees: [clerk], optional: [pilot]}", ["clerk"], True),
    ],
)
def test_who_is_expected(meeting: str, inside: list[str], complete: bool) -> None:
    org = org_of(f"{HARBOUR}\nmeetings: {{m: {{cadence: as needed, {meeting[1:-1]}}}}}")
    met = expected(the(Meeting, org, "m"))
    assert (ids(met.inside), met.complete) == (inside, complete)


def test_a_deputy_does_not_stand_for_the_holder() -> None:
    org = org_of(f"{HARBOUR}\nmeetings: {{m: {{cadence: as needed, attendees: [mate], optional: [pilot]}}}}")
    meeting, pilot = the(Meeting, org, "m"), the(Role, org, "pilot")
    assert expected(meeting).includes(pilot) is False
    assert optional(meeting).includes(pilot) is True
    assert ids(people_of(pilot)) == ["kim"]
