"""How much somebody carries, and what would have nobody without them."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.load import forums_led, hats, initiatives_of, rights_of
from coordlint.facts.references import uses_of
from coordlint.facts.vacancy import hanging_on, is_covered, stands_in_for_itself, who_acts
from coordlint.model.kinds import Person, Role, Team

QUARRY = org_of("""
people: {ann: {}, bob: {}, gone: {left: 2020-01-01}}
roles:
  boss: {held_by: ann, deputy: bob}
  blaster: {held_by: bob}
  crew: {held_by: [ann, bob], held_as: in_turn}
  ghost: {held_by: gone}
  outside: {held_by: ext/z}
  half-known: {held_by: [ann, nobody]}
  many: {held_by: [ann], headcount: 3, held_as: each}
  open: {}
  empty: {held_by: []}
  twin: {held_by: bob, deputy: blaster}
teams: {pit: {lead: boss}, kiln: {lead: bob}}
forums:
  stone: {chair: boss, decider: blaster}
  sand: {chair: crew, decider: boss}
  dust: {chair: crew}
decision_rights:
  dig: {question: Do we dig?, decider: stone, otherwise: {decider: blaster}}
  blast: {question: Do we blast?, inputs: {n: yes_no}, cases: [{when: {n: true}, decider: blaster}]}
initiatives:
  rail: {teams: [pit, kiln], accountable: bob}
  road: {teams: pit}
""")


def test_hats_are_roles_and_forums_beyond_the_first_of_a_role() -> None:
    worn = hats(QUARRY)
    assert ids(worn[the(Person, QUARRY, "ann")]) == ["boss", "crew", "half-known", "many", "sand"]
    assert ids(worn[the(Person, QUARRY, "bob")]) == ["blaster", "crew", "sand", "twin"]


def test_a_forum_is_led_by_chair_and_decider() -> None:
    led = forums_led(QUARRY)
    assert ids(led[the(Person, QUARRY, "ann")]) == ["dust", "sand", "stone"]
    assert ids(led[the(Person, QUARRY, "bob")]) == ["dust", "sand", "stone"]


def test_a_right_counts_once_for_each_who_decides_any_of_it() -> None:
    decided = rights_of(QUARRY)
    assert ids(decided[the(Role, QUARRY, "blaster")]) == ["blast", "dig"]
    assert the(Role, QUARRY, "boss") not in decided


def test_initiatives_of_teams() -> None:
    found = initiatives_of(QUARRY)
    assert ids(found[the(Team, QUARRY, "pit")]) == ["rail", "road"]
    assert ids(found[the(Team, QUARRY, "kiln")]) == ["rail"]


def test_who_acts_is_known_only_where_all_are() -> None:
    def acting(role: str) -> list[str] | None:
        people = who_acts(the(Role, QUARRY, role))
        return None if people is None else sorted(each.id if isinstance(each, Person) else str(each) for each in people)

    assert acting("crew") == ["ann", "bob"]
    assert acting("ghost") == acting("empty") == []
    assert acting("outside") == ["ext/z"]
    assert acting("half-known") is acting("many") is acting("open") is None


def test_what_hangs_on_one() -> None:
    """The blaster decides, and has no deputy; the twin's is the same person, but nothing hangs on the twin."""
    hanging = hanging_on(QUARRY)
    assert {person.id: ids(things) for person, things in hanging.items()} == {"bob": ["blaster", "kiln", "rail"]}
    assert stands_in_for_itself(the(Role, QUARRY, "twin"), the(Role, QUARRY, "blaster"))
    assert not stands_in_for_itself(the(Role, QUARRY, "boss"), the(Person, QUARRY, "bob"))


@pytest.mark.parametrize(("deputy", "covered"), [("", False), (", deputy: gone", False), (", deputy: ext/z", True)])
def test_whoever_is_not_declared_is_taken_to_be_there(deputy: str, covered: bool) -> None:
    org = org_of(f"people: {{gone: {{left: 2020-01-01}}}}\nforums: {{board: {{chair: gone{deputy}}}}}")
    assert is_covered(uses_of(org, the(Person, org, "gone"))[0]) is covered
