"""Which forums are for a team, what the nearest one lacks, and where plans are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import ids, org_of, the

from coordlint.facts.mandates import calls_needed, leads_apart, teams_inside, tops
from coordlint.facts.parties import above
from coordlint.facts.plans import plans_apart
from coordlint.facts.scope import table
from coordlint.facts.tables import forums_for, may_meet, nearest_forum, settles_for
from coordlint.model.kinds import Forum, Initiative, Role, Team

OBSERVATORY = """
people: {ada: {team: lenses}, tycho: {}}
roles:
  director: {}
  optics-lead: {reports_to: director}
  sky-lead: {reports_to: director, held_by: tycho}
  caretaker: {}
teams:
  optics: {lead: optics-lead}
  lenses: {part_of: optics}
  mirrors: {part_of: optics}
  sky: {lead: sky-lead}
  dome: {lead: caretaker}
  visitors: {lead: ext/guide, external: true}
forums:
  night-board: {teams: [optics, sky], decider: director, record: night-book, asynchronous: true}
  glass-board: {teams: lenses}
  round: {members: [ada, tycho], chair: director}
  dome-talk: {members: dome}
  ended: {teams: [optics, sky, dome], status: ended}
  tea: {}
meetings:
  week: {forum: round, cadence: as needed}
  tea-hour: {attendees: [tea], cadence: as needed, since: 2030-01-01}
  last: {forum: glass-board, cadence: as needed, status: ended}
records: {night-book: {keeps: Nights}}
initiatives:
  comet: {teams: [lenses, mirrors, sky]}
  roof: {teams: [lenses, sky, dome, visitors, ext/town]}
  own: {teams: [lenses, sky, dome], forum: glass-board}
  lost: {teams: [lenses, sky, nobody]}
  far: {teams: dome}
"""

ORG = org_of(OBSERVATORY)


@pytest.mark.parametrize(
    ("team", "forums"),
    [
        ("optics", ["night-board", "round"]),
        ("lenses", ["glass-board", "night-board", "round"]),
        ("mirrors", ["night-board"]),
        ("sky", ["night-board", "round"]),
        ("dome", ["dome-talk"]),
        ("visitors", []),
    ],
)
def test_which_forums_are_for_a_team(team: str, forums: list[str]) -> None:
    assert ids(forums_for(the(Team, ORG, team))) == forums


def teams_of(initiative: str) -> list[Team]:
    return teams_inside(the(Initiative, ORG, initiative))


def test_teams_outside_do_not_count_and_one_unknown_leaves_all_unknown() -> None:
    assert ids(teams_of("roof")) == ["dome", "lenses", "sky"]
    assert teams_of("lost") == []


def test_the_nearest_forum_is_its_own_or_the_one_for_most_of_its_teams() -> None:
    assert ids(settles_for(teams_of("comet"))) == ["night-board"]
    nearest = nearest_forum(the(Initiative, ORG, "roof"), teams_of("roof"))
    assert nearest is not None
    assert (nearest.forum.id, ids(nearest.teams), nearest.rest) == ("night-board", ["dome"], [])
    own = nearest_forum(the(Initiative, ORG, "own"), teams_of("own"))
    assert own is not None
    assert (own.forum.id, ids(own.teams)) == ("glass-board", ["dome", "sky"])
    assert own.rest == ["never meets", "has nobody who decides", "keeps no record"]
    assert nearest_forum(the(Initiative, ORG, "far"), [the(Team, ORG, "visitors")]) is None


def test_which_forums_meet_or_may() -> None:
    met = {forum.id: may_meet(forum) for forum in org_of(OBSERVATORY.replace(", nobody", "")).all(Forum)}
    assert {name for name, meets in met.items() if meets} == {"night-board", "round", "tea"}


def test_where_lines_end() -> None:
    roles = [the(Role, ORG, name) for name in ("optics-lead", "sky-lead", "caretaker")]
    assert ids(tops(roles)) == ["caretaker", "director"]


def test_nobody_is_said_to_be_above_where_a_lead_stands_apart_from_all_lines() -> None:
    assert leads_apart(the(Initiative, ORG, "roof")) == []


def test_what_is_decided_and_not_over_is_a_call() -> None:
    org = org_of("""
decision_rights:
  a: {question: A?, decider: ext/a}
  b: {question: B?}
  c: {question: C?, decider: ext/a, status: ended}
initiatives:
  i: {needs: [{decision: a}, {decision: b}, {decision: c}, {decision: a}, {record: r}]}
""")
    assert ids(calls_needed(the(Initiative, org, "i"))) == ["a"]


def test_plans_that_one_place_has_before_it_are_together() -> None:
    org = org_of("""
meetings:
  both: {inputs: a, pre_read: {record: b}, cadence: as needed}
records:
  a: {keeps: A, read_by: ext/x}
  b: {keeps: B, read_by: ext/x}
  c: {keeps: C, read_by: ext/x}
  d: {keeps: D, read_by: lost}
initiatives:
  i: {plans: [a, b]}
  j: {plans: [a, b, c]}
  k: {plans: [a, d]}
""")
    # Whoever reads the fourth is not known, and may be a meeting that has the first as well.
    assert [ids(plans_apart(each)) for each in org.all(Initiative)] == [[], ["a", "b", "c"], []]


NAMES = ["a", "b", "c", "d", "e"]


@given(
    parts=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=4),
    forums=st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from(NAMES))), max_size=5),
    leads=st.sets(st.sampled_from(NAMES)),
)
def test_a_forum_is_for_a_team_as_going_through_all_of_them_says(
    parts: dict[str, str], forums: list[tuple[bool, set[str]]], leads: set[str]
) -> None:
    """Against the slow way: each forum, asked for each team."""
    teams = {name: {"part_of": parts.get(name), "lead": f"lead-{name}" if name in leads else None} for name in NAMES}
    roles: dict[str, Any] = {f"lead-{name}": {} for name in NAMES} | {f"in-{name}": {"team": name} for name in NAMES}
    boards = {
        f"f{number}": {"teams": sorted(named)} if says else {"members": [f"in-{name}" for name in sorted(named)]}
        for number, (says, named) in enumerate(forums)
    }
    org = org_of(json.dumps({"teams": teams, "roles": roles, "forums": boards}))
    for team in org.all(Team):
        expected = set()
        for forum in org.all(Forum):
            if forum.says("teams"):
                named = set(org.each(forum.teams))
                if not named.isdisjoint({team, *above(team)}):
                    expected.add(forum)
            elif table(forum).includes(team):
                expected.add(forum)
        assert forums_for(team) == expected
