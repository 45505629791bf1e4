"""How many people come, and how many votes there are."""

from __future__ import annotations

import pytest
from org_kit import org_of, the

from coordlint.facts.attendance import expected_heads
from coordlint.facts.heads import voices
from coordlint.model.kinds import Forum, Meeting

PEOPLE = """
people: {a: {}, b: {}, c: {team: crew}, gone: {left: 2020-01-01}}
roles:
  pair: {held_by: [a, b], held_as: jointly}
  also-a: {held_by: a}
  rota: {held_by: [a, b, c], held_as: in_turn}
  many: {held_as: each, headcount: 5}
  more-than-named: {held_by: [a], headcount: 3, held_as: each}
  empty: {held_by: []}
  unsaid: {}
  left-behind: {held_by: [gone]}
  outside: {held_by: ext/z}
teams:
  crew: {lead: also-a, headcount: 4}
  small: {lead: also-a, members: [b]}
forums:
  board: {chair: also-a, members: [pair], decider: unsaid}
"""


@pytest.mark.parametrize(
    ("attendees", "count"),
    [
        ("[a, b, a]", 2),
        ("[pair, also-a]", 2),  # the same two people
        ("[rota]", 1),
        ("[many]", 5),
        ("[more-than-named]", 3),
        ("[empty]", 0),
        ("[unsaid]", 1),
        ("[left-behind]", 0),
        ("[outside, ext/z]", 1),
        ("[crew]", 4),  # two of the four are known
        ("[crew, a, c]", 4),  # and they are among the four
        ("[crew, b]", 5),
        ("[small]", 2),
        ("[board]", 3),
        ("[nobody-called-this]", 1),
    ],
)
def test_each_head_is_counted_once(attendees: str, count: int) -> None:
    org = org_of(f"{PEOPLE}\nmeetings: {{m: {{cadence: as needed, attendees: {attendees}}}}}")
    assert expected_heads(the(Meeting, org, "m")) == count


@pytest.mark.parametrize(
    ("forum", "votes"),
    [
        ("{votes: {rule: majority, voters: [a, b, also-a]}}", 2),  # one person, one vote
        ("{votes: {rule: majority, voters: [rota, unsaid, ext/z]}}", 3),
        ("{votes: {rule: majority, voters: [pair, a]}}", None),  # have the two one vote, or two?
        ("{votes: {rule: majority, voters: [many]}}", None),
        ("{votes: {rule: majority, voters: [crew]}}", None),
        ("{votes: {rule: majority, voters: [a, nobody-called-this]}}", None),
        ("{votes: {rule: majority}, members: [a, b]}", 2),
        ("{votes: {rule: majority}, members: [a, b], chair: c}", None),  # does the chair vote?
        ("{votes: {rule: majority}, members: [a, b, c], chair: c}", 3),
    ],
)
def test_votes_are_counted_where_they_can_be(forum: str, votes: int | None) -> None:
    org = org_of(f"{PEOPLE}\n  voting: {forum}\n")
    assert voices(the(Forum, org, "voting")) == votes
