"""Which teams have to do with each other, against a definition that looks everywhere; and into what a meeting falls."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from org_kit import ids, org_of, the

from coordlint.facts.unrelated import MOST_TEAMS, are_tied, parts_of
from coordlint.model.kinds import Meeting, Team

NAMES = [f"t{number}" for number in range(6)]
# Each team lies in nothing, or in one with a lower number, so that there is no circle.
FORESTS = st.tuples(*(st.one_of(st.none(), st.sampled_from(NAMES[:number])) for number in range(1, 6)))
HANDOFFS = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=4)


def within(forest: tuple[str | None, ...], name: str) -> list[str]:
    """A team and those around it, from the nearest up."""
    found = [name]
    while found[-1] != "t0":
        upper = forest[int(found[-1][1:]) - 1]
        if upper is None:
            break
        found.append(upper)
    return found


@settings(max_examples=60, deadline=None)
@given(forest=FORESTS, handoffs=HANDOFFS)
def test_teams_are_tied_where_anything_around_or_inside_is(
    forest: tuple[str | None, ...], handoffs: set[tuple[str, str]]
) -> None:
    text = "teams:\n  t0: {}\n"
    text += "".join(
        f"  t{number}: {{{f'part_of: {upper}' if upper else ''}}}\n" for number, upper in enumerate(forest, 1)
    )
    text += "handoffs:\n" * bool(handoffs)
    text += "".join(f"  h{n}: {{from: {one}, to: {other}, delivers: Ore}}\n" for n, (one, other) in enumerate(handoffs))
    org = org_of(text)
    up = {name: within(forest, name) for name in NAMES}
    for one, other in product(NAMES, NAMES):
        if one == other:
            continue
        common = set(up[one]) & set(up[other])
        speaking = [
            {name for name in NAMES if team in up[name] or (name in up[team] and name not in common)}
            for team in (one, other)
        ]
        nested = one in up[other] or other in up[one]
        passed = any(
            (x in speaking[0] and y in speaking[1]) or (y in speaking[0] and x in speaking[1])
            for x, y in handoffs
            if x != y
        )
        assert are_tied(the(Team, org, one), the(Team, org, other)) == (nested or passed)


VALLEY = """
people: {ana: {}}
roles: {a-lead: {team: a}, b-lead: {team: b}, c-lead: {team: c}, d-lead: {team: d}, king: {}}
teams: {a: {}, b: {}, c: {}, d: {}, bare: {}}
handoffs: {ab: {from: a, to: b, delivers: Ore}, cd: {from: c, to: d, delivers: Logs}}
"""


@pytest.mark.parametrize(
    ("attendees", "parts"),
    [
        ("[a-lead, b-lead, c-lead, d-lead]", [["a-lead", "b-lead"], ["c-lead", "d-lead"]]),
        ("[c-lead, a-lead]", [["c-lead"], ["a-lead"]]),
        ("[a-lead, team/c]", [["a-lead"], ["c"]]),
        ("[a-lead, team/bare]", [["a-lead"]]),  # nothing was ever written about it
        ("[a-lead, ext/guest, c-lead]", [["a-lead"], ["c-lead"]]),
        ("[a-lead, king, c-lead]", []),
        ("[a-lead, no-such-role, c-lead]", []),
        ("[a-lead, b-lead]", [["a-lead", "b-lead"]]),
        ("[]", []),
    ],
)
def test_into_what_a_meeting_falls(attendees: str, parts: list[list[str]]) -> None:
    org = org_of(f"{VALLEY}\nmeetings: {{m: {{cadence: as needed, attendees: {attendees}}}}}")
    assert [ids([seat.party for seat in part]) for part in parts_of(the(Meeting, org, "m"))] == parts


def test_a_name_that_leads_nowhere_may_tie_anything() -> None:
    meeting = "meetings: {m: {cadence: as needed, attendees: [a-lead, c-lead]}}"
    org = org_of(f"{VALLEY}\n{meeting}\nforums: {{f: {{teams: no-such-team}}}}")
    assert parts_of(the(Meeting, org, "m")) == []


def test_a_meeting_of_very_many_teams_is_not_asked() -> None:
    teams = "".join(f"  t{number}: {{}}\n" for number in range(MOST_TEAMS + 1))
    named = ", ".join(f"team/t{number}" for number in range(MOST_TEAMS + 1))
    org = org_of(f"teams:\n{teams}meetings: {{m: {{cadence: as needed, attendees: [{named}]}}}}")
    assert parts_of(the(Meeting, org, "m")) == []
