"""How many of the votes that a forum needs are expected, and where nobody can count them."""

from __future__ import annotations

import pytest
from org_kit import org_of, the

from coordlint.facts.quorum import votes_expected
from coordlint.model.kinds import Forum, Meeting

GUILD = """
people: {kim: {}, lee: {}}
roles:
  pilot: {held_by: kim}
  mate: {held_by: kim}
  clerk: {held_by: lee}
  crew: {held_as: each, per: ship}
teams: {tugs: {lead: pilot}}
"""


@pytest.mark.parametrize(
    ("forum", "meeting", "votes"),
    [
        ("votes: {rule: majority, voters: [pilot, clerk]}", "", 2),
        ("votes: {rule: majority, voters: [pilot, mate]}", "", 1),  # both are Kim
        ("votes: {rule: majority, voters: [pilot, clerk, ext/a]}", "attendees: [clerk]", 1),
        ("votes: {rule: majority, voters: [pilot, clerk, ext/a]}", "attendees: [kim, ext/a, ext/b]", 2),
        ("votes: {rule: majority, voters: [pilot, clerk]}", "attendees: [no-such-role]", 2),  # may be either
        ("votes: {rule: majority, voters: [no-such-role, clerk]}", "attendees: [clerk]", None),
        ("votes: {rule: majority, voters: [crew, clerk]}", "attendees: [clerk]", 1),
        ("votes: {rule: majority, voters: [crew, clerk]}", "attendees: [crew]", None),
        ("members: [pilot, clerk], decider: clerk", "attendees: [clerk]", 1),
        (
            "members: [pilot], decider: clerk",
            "attendees: [pilot, clerk]",
            2,
        ),  # nobody said that who decides has no vote
        ("members: [team/tugs]", "attendees: [pilot]", None),
        ("decider: clerk", "attendees: [pilot]", None),
    ],
)
def test_how_many_votes(forum: str, meeting: str, votes: int | None) -> None:
    meetings = f"meetings: {{m: {{forum: board, {meeting}{', ' * bool(meeting)}cadence: as needed}}}}"
    org = org_of(f"{GUILD}\nforums: {{board: {{{forum}}}}}\n{meetings}")
    assert votes_expected(the(Meeting, org, "m"), the(Forum, org, "board")) == votes
