"""What carries context between two teams, and what ties teams between which nothing does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.carriers import gaps, is_carried
from coordlint.model.kinds import Team

SQUARE = """
teams:
  ost: {lead: ost-lead, members: [ada], part_of: middle}
  west: {lead: west-lead, members: [ben]}
  middle: {lead: middle-lead}
roles: {ost-lead: {team: ost}, west-lead: {team: west}, middle-lead: {team: middle}, clerk: {held_by: ada}}
people: {ada: {}, ben: {}, cleo: {}}
"""


@pytest.mark.parametrize(
    "what",
    [
        "meetings: {m: {attendees: [ada, west-lead], cadence: as needed}}",
        "meetings: {m: {attendees: west-lead, optional: clerk, cadence: as needed}}",
        "meetings: {m: {team: west, attendees: [ost-lead], cadence: as needed}}",
        "meetings: {m: {attendees: [middle-lead, ben], cadence: as needed}}",  # passes it on to the team within
        "meetings: {m: {chair: ben, cadence: as needed}}",  # nobody knows who else comes
        "meetings: {m: {attendees: [ben, nobody-called-this], cadence: as needed}}",
        "forums: {f: {chair: ada, members: [west-lead]}}",
        "forums: {f: {chair: ada, members: [cleo], teams: [west, ost]}}",
        "context_lines: {l: {from: ben, to: ost, carries: risks}}",
        "records: {r: {keeps: It., owner: ben, read_by: ost}}",
        "records: {r: {keeps: It., read_by: west}}\nmeetings: {m: {outputs: r, attendees: ada, cadence: as needed}}",
        "records: {r: {keeps: It., read_by: west}}\ndecision_rights: {d: {question: Which?, decider: ada, record: r}}",
        "records: {r: {keeps: It.}}\nhandoffs: {h: {from: ost, to: west, delivers: r}}",
    ],
)
def test_what_carries(what: str) -> None:
    org = org_of(f"{SQUARE}{what}\n")
    ost, west = the(Team, org, "ost"), the(Team, org, "west")
    assert is_carried(ost, west)
    assert is_carried(west, ost)


@pytest.mark.parametrize(
    "what",
    [
        "",
        "meetings: {m: {attendees: [ada, cleo, ext/dora], cadence: as needed}}",
        "meetings: {m: {type: all-hands, attendees: [ada, ben], cadence: as needed}}",
        "meetings: {m: {type: one-on-one, chair: ada, cadence: as needed}}",
        "meetings: {m: {attendees: [ada, ben], cadence: as needed, status: ended}}",
        "meetings: {m: {team: west, cadence: as needed}}",  # the team's own
        "records: {r: {keeps: It., owner: ben, read_by: cleo}}",
    ],
)
def test_what_does_not(what: str) -> None:
    org = org_of(f"{SQUARE}{what}\n")
    assert not is_carried(the(Team, org, "ost"), the(Team, org, "west"))


@pytest.mark.parametrize(
    "teams",
    [
        "a: {lead: x}, b: {members: [kim]}",  # kim is x
        "a: {works_with: {team: b, mode: service, because: Often.}}, b: {}",
        "a: {part_of: b}, b: {}",
        "a: {lead: y}, b: {lead: x}",  # one leads the other
        "a: {members: [nobody-called-this]}, b: {}",
    ],
)
def test_teams_that_are_near_need_nothing_else(teams: str) -> None:
    org = org_of(f"people: {{kim: {{}}}}\nroles: {{x: {{held_by: kim}}, y: {{reports_to: x}}}}\nteams: {{{teams}}}")
    assert is_carried(the(Team, org, "a"), the(Team, org, "b"))


def test_a_gap_is_told_once_for_two_teams_and_counted_for_what_ties_more() -> None:
    org = org_of(
        """
        teams: {a: {lead: ext/a}, b: {lead: ext/b}, c: {lead: ext/c}}
        meetings: {m: {attendees: ext/d, cadence: as needed}}
        handoffs: {h1: {from: a, to: [b, c], delivers: It}, h2: {from: b, to: a, delivers: It}}
        initiatives: {i: {teams: [a, b, c], accountable: ext/x}}
        """
    )
    # Nor does the initiative join them; but that is the same gap.
    assert [(gap.by.id, gap.one.id, gap.other.id, gap.more) for gap in gaps(org)] == [("h1", "a", "b", 1)]


@given(st.lists(st.sets(st.integers(0, 4), min_size=1, max_size=3), max_size=4))
def test_teams_of_an_initiative_hang_together_as_their_meetings_do(meetings: list[set[int]]) -> None:
    names = "abcde"
    text = f"teams: {{{', '.join(f'{name}: {{lead: l{name}}}' for name in names)}}}\n"
    text += f"roles: {{{', '.join(f'l{name}: {{}}' for name in names)}}}\n"
    text += "meetings:\n  other: {attendees: ext/z, cadence: as needed}\n"
    for number, coming in enumerate(meetings):
        leads = ", ".join(f"l{names[each]}" for each in sorted(coming))
        text += f"  m{number}: {{attendees: [{leads}], cadence: as needed}}\n"
    text += f"initiatives: {{i: {{teams: [{', '.join(names)}], accountable: ext/x}}}}\n"
    part = {each: {each} for each in range(5)}
    for coming in meetings:
        whole = set().union(*(part[each] for each in coming))
        part.update(dict.fromkeys(whole, whole))
    assert bool(list(gaps(org_of(text)))) == (len(part[0]) < 5)
