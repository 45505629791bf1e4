"""What comes to a forum, who is missed at its table, how many sit there, and whose team its decider leads."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.scope import is_missed, leads_out, led_by_its_decider, people_at, something_comes_to, table
from coordlint.model.kinds import Forum, Team

VALLEY = """
people: {ana: {}, bo: {}}
roles:
  clerk: {held_by: ana, team: hall}
  miller: {held_by: bo, team: mill}
  farmer: {reports_to: clerk}
teams: {hall: {lead: clerk}, mill: {lead: miller}, farm: {lead: farmer}, lane: {part_of: farm}, fog: {}}
"""


def forum_of(said: str, more: str = "") -> Forum:
    return the(Forum, org_of(f"{VALLEY}\nforums: {{board: {{{said}}}}}\n{more}"), "board")


@pytest.mark.parametrize(
    ("said", "missed"),
    [
        ("members: [clerk]", ["farm", "mill"]),
        ("members: [clerk, ana]", ["farm", "mill"]),
        ("members: [clerk, bo]", ["farm"]),
        ("members: [clerk, ext/guest]", []),  # nobody said of which team the guest is
        ("members: [clerk], decider: ext/king", ["farm", "mill"]),  # who runs it sits for no team
        ("members: [farmer, clerk]", ["mill"]),  # whoever leads the farm speaks for the lane
        ("members: [team/lane]", []),  # nobody said who is of the lane
        ("chair: clerk", []),  # nobody said who else
        ("members: [clerk, no-such-role]", []),
        ("members: 7", []),
        ("votes: {rule: consent, voters: [clerk, miller]}", ["farm"]),
    ],
)
def test_who_is_missed(said: str, missed: list[str]) -> None:
    forum = forum_of(said)
    assert ids([team for team in forum.org.all(Team) if is_missed(forum, team)]) == missed


def test_who_is_expected_in_its_meetings_sits_at_the_table() -> None:
    meetings = "meetings: {m: {forum: board, attendees: [miller], cadence: as needed}}"
    forum = forum_of("chair: clerk, members: [clerk]", meetings)
    assert ids(table(forum).inside) == ["ana", "bo", "board", "clerk", "miller"]
    assert table(forum).complete


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("chair: clerk, members: [ana, miller]", ["ana", "bo"]),
        ("members: [farmer, ana]", ["ana", "farmer"]),
        ("members: [team/mill, ana]", None),
        ("members: [no-such-role]", None),
        ("members: [ext/guest]", None),
        ("chair: clerk", None),
        ("members: []", []),
    ],
)
def test_how_many_sit_there(said: str, people: list[str] | None) -> None:
    found = people_at(forum_of(said))
    assert (None if found is None else ids(found)) == people


@pytest.mark.parametrize(
    ("said", "team"),
    [
        ("decider: miller, teams: [farm, mill]", "mill"),
        ("decider: bo, teams: [farm, mill]", "mill"),
        ("decider: clerk, teams: [hall, farm]", ""),  # the farmer reports to the clerk
        ("decider: clerk, teams: [hall, lane, mill]", "hall"),
        ("decider: farmer, teams: [lane, farm]", ""),
        ("decider: miller, teams: [mill, no-such-team]", ""),
        ("decider: [miller, clerk], teams: [mill, farm]", ""),
        ("decider: ext/king, teams: [mill, farm]", ""),
    ],
)
def test_whose_team_the_decider_leads(said: str, team: str) -> None:
    found = led_by_its_decider(forum_of(said))
    assert (found[0].id if found else "") == team


@pytest.mark.parametrize(
    ("more", "goes_on"),
    [
        ("escalations: {e: {for: anything, steps: [{to: ext/king}]}}", True),
        ("escalations: {e: {for: anything, status: ended, steps: [{to: ext/king}]}}", False),
        ("escalations: {e: {for: flood, steps: [{to: board, within: 1d}, {to: ext/king}]}}", True),
        ("escalations: {e: {for: flood, steps: [{to: ext/king, within: 1d}, {to: board}]}}", False),
        ("decision_rights: {r: {question: Do we?, decided_in: board, escalation: e}}", True),  # nobody knows whither
        ("escalations: {e: {for: anything, steps: [{to: clerk, within: 1d}, {to: ana}]}}", False),
        ("escalations: {e: {for: anything, steps: [{to: clerk, within: 1d}, {to: miller}]}}", True),
        ("decision_rights: {r: {question: Do we?, decided_in: board}}", False),
    ],
)
def test_whether_a_way_leads_on(more: str, goes_on: bool) -> None:
    assert leads_out(forum_of("decider: clerk", more)) is goes_on


def test_what_comes_to_a_forum() -> None:
    assert not something_comes_to(forum_of("decider: clerk"))
    assert something_comes_to(forum_of("decider: clerk", "initiatives: {road: {forum: board}}"))
    assert not something_comes_to(forum_of("decider: clerk", "initiatives: {road: {forum: board, status: ended}}"))


@pytest.mark.parametrize(
    ("more", "goes_on"),
    [
        ("ana", False),
        ("team/hall", False),
        ("team/mill", True),
        ("forum/same", False),
        ("forum/other", True),
        ("forum/round", False),
        ("forum/onward", True),
        ("ext/king", True),
        ("lost", True),
    ],
)
def test_whether_a_forum_passes_on_to_somebody_else(more: str, goes_on: bool) -> None:
    org = org_of(
        f"""{VALLEY}
forums:
  board: {{decider: clerk, escalates_to: {more}}}
  same: {{decider: ana}}
  other: {{decider: miller}}
  round: {{decider: clerk, escalates_to: board}}
  onward: {{decider: clerk, escalates_to: same-no-more}}
"""
    )
    assert leads_out(the(Forum, org, "board")) is goes_on
