"""Who settles what may stall, who may overrule that, and between which teams it lies."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import ids, org_of, the

from coordlint.facts.authority import is_outside, levels_between, may_settle, nobody_decides, settling
from coordlint.facts.escalating import (
    answering_for,
    has_way_up,
    parties_reached,
    says_how_things_escalate,
    taking,
    teams_in,
)
from coordlint.facts.parties import above
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Handoff, Initiative, Meeting, Person, Role, Team
from coordlint.model.org import Org

FERRIES = """
people:
  ines: {}
  omar: {}
roles:
  director: {held_by: ines}
  harbour-master: {held_by: omar, reports_to: director, deputy: pilot}
  pilot: {reports_to: harbour-master}
  purser: {reports_to: director}
  stranger: {}
  pair: {held_by: [ines, omar], held_as: jointly}
  rota: {held_by: [ines, omar], held_as: in_turn}
teams:
  harbour: {lead: harbour-master}
  ships: {lead: purser}
  quay: {part_of: harbour}
forums:
  board: {decider: director, members: [director, purser]}
  crew: {members: [ines, purser], votes: {rule: majority}}
  desk: {chair: pilot, escalates_to: board}
decision_rights:
  sail: {question: Do we sail?, decider: harbour-master, decided_in: desk}
  fare:
    question: What is the fare?
    inputs: {car: yes_no}
    cases: [{when: {car: true}, decider: purser}, {when: {car: false}}]
  food: {question: What is cooked?, decider: {relative: the asker's master}}
  soup: {question: Which soup?, decider: pilot, delegated_from: sail}
  flag: {question: Which flag?}
  lamp: {question: Which lamp?, decider: ext/coastguard}
handoffs:
  cargo: {from: harbour, to: ships, delivers: Cargo, if_refused: cargo, accepted_by: purser, escalation: late}
  mail: {from: anyone, delivers: Mail}
  coal: {from: quay, to: harbour, delivers: Coal}
initiatives:
  pier: {accountable: pilot, sponsor: director, forum: board, teams: [ships, quay]}
  sign: {}
escalations:
  late:
    for: [sail, fare]
    steps: [{to: pilot}, {cover: [{to: omar, days: [mon]}, {to: purser, days: [tue]}]}, {to: ext/mayor}]
  lost: {for: [sail, harbour], steps: {to: director}}
"""


def party(org: Org, name: str) -> Declaration:
    return org.bearers(name)[0]


def test_who_settles() -> None:
    org = org_of(FERRIES)
    told = {
        each.id: (ids(settling(each).parties), settling(each).known)
        for kind in (DecisionRight, Handoff, Initiative)
        for each in org.all(kind)
    }
    assert told == {
        "sail": (["desk", "harbour-master"], True),
        "fare": (["purser"], False),
        "food": ([], False),
        "soup": (["desk", "harbour-master", "pilot"], True),
        "flag": ([], False),
        "lamp": ([], False),
        "cargo": (["harbour", "purser", "ships"], True),
        "mail": ([], False),
        "coal": (["harbour", "quay"], True),
        "pier": (["board", "director", "pilot"], True),
        "sign": ([], False),
    }
    assert [each.id for each in org.all(DecisionRight) if nobody_decides(each)] == ["flag"]


@pytest.mark.parametrize(
    ("one", "other", "settled"),
    [
        ("harbour-master", "harbour-master", True),
        ("omar", "harbour-master", True),
        ("harbour-master", "harbour", True),
        ("director", "quay", True),
        ("board", "purser", True),
        ("board", "desk", True),
        ("pilot", "harbour-master", True),  # its deputy
        ("purser", "harbour-master", False),
        ("pilot", "director", False),
        ("ships", "pilot", False),
        ("stranger", "pilot", None),
        ("pilot", "stranger", None),
        ("crew", "harbour-master", None),  # a vote
    ],
)
def test_who_may_settle_what_is_anothers(one: str, other: str, settled: bool | None) -> None:
    org = org_of(FERRIES)
    assert may_settle(party(org, one), party(org, other)) is settled


@pytest.mark.parametrize(
    ("upper", "lower", "levels"),
    [
        ("harbour-master", "pilot", 1),
        ("director", "pilot", 2),
        ("ines", "pilot", 2),
        ("board", "pilot", 2),
        ("pilot", "director", None),
        ("pilot", "pilot", None),
        ("harbour-master", "quay", 1),
    ],
)
def test_how_many_levels_lie_between(upper: str, lower: str, levels: int | None) -> None:
    org = org_of(FERRIES)
    assert levels_between(party(org, upper), party(org, lower)) == levels


def test_who_is_outside() -> None:
    org = org_of(
        """
        people: {ann: {external: true}, ben: {team: crew}, cid: {reports_to: ext/agency}}
        roles: {porter: {team: crew, reports_to: boss}, cook: {held_by: ben}, temp: {reports_to: ext/agency}, boss: {}}
        teams: {agency: {external: true}, crew: {part_of: agency}, own: {}}
        forums: {board: {}}
        """
    )
    parties = [each for kind in (Person, Role, Team, Forum) for each in org.all(kind)]
    assert ids([each for each in parties if is_outside(each)]) == [
        "agency",
        "ann",
        "ben",
        "cid",
        "cook",
        "crew",
        "temp",
    ]


def test_a_circle_of_superiors_is_walked_once() -> None:
    org = org_of("roles: {a: {reports_to: b}, b: {reports_to: c}, c: {reports_to: a}, d: {}}")
    assert levels_between(the(Role, org, "c"), the(Role, org, "a")) == 2
    assert levels_between(the(Role, org, "d"), the(Role, org, "a")) is None


def test_what_takes_an_escalation() -> None:
    org = org_of(FERRIES)
    late, lost = the(Escalation, org, "late"), the(Escalation, org, "lost")
    assert (ids(taking(late).subjects), taking(late).known) == (["cargo", "fare", "sail"], True)
    assert (ids(taking(lost).subjects), taking(lost).known) == (["sail"], False)
    assert says_how_things_escalate(org)
    assert [has_way_up(the(DecisionRight, org, name)) for name in ("sail", "flag")] == [True, True], "a name is lost"


def test_whom_steps_reach() -> None:
    first, second, third = the(Escalation, org_of(FERRIES), "late").steps
    assert [ids(parties_reached(first)), ids(parties_reached(second))] == [["pilot"], ["omar", "purser"]]
    assert parties_reached(third) is None


def test_who_answers_in_the_end() -> None:
    org = org_of(FERRIES)
    answering = {name: {getattr(each, "id", each) for each in answering_for(party(org, name))} for name in _ASKED}
    assert answering == _ASKED


_ASKED = {
    "ines": {"ines"},
    "director": {"ines"},
    "pilot": {"pilot"},
    "pair": {"ines", "omar"},
    "rota": {"rota"},
    "board": {"ines", "purser"},
    "crew": {"ines", "purser"},
    "desk": {"desk"},
    "harbour": {"harbour"},
}


def test_between_which_teams_something_lies() -> None:
    org = org_of(FERRIES)
    between = teams_in(the(Handoff, org, "cargo"))
    assert between is not None
    assert ids(between) == ["harbour", "ships"]
    assert teams_in(the(Handoff, org, "coal")) is None, "one is a part of the other"
    assert teams_in(the(Handoff, org, "mail")) is None
    assert teams_in(the(Initiative, org, "pier")) is not None


def test_two_parts_of_a_team_that_is_named_too_are_apart() -> None:
    org = org_of("teams: {t0: {}, t1: {part_of: t0}, t2: {part_of: t0}}\ninitiatives: {i: {teams: [t0, t1, t2]}}")
    assert teams_in(the(Initiative, org, "i")) == (the(Team, org, "t1"), the(Team, org, "t2"))


@given(st.lists(st.none() | st.integers(0, 6), min_size=1, max_size=7), st.data())
def test_two_teams_neither_of_which_is_part_of_the_other(parents: list[int | None], data: st.DataObject) -> None:
    named = data.draw(st.lists(st.integers(0, len(parents) - 1), max_size=5))
    teams = "".join(
        f"  t{number}: {{{f'part_of: t{parent}' if parent is not None and parent < number else ''}}}\n"
        for number, parent in enumerate(parents)
    )
    org = org_of(f"teams:\n{teams}initiatives: {{i: {{teams: [{', '.join(f't{number}' for number in named)}]}}}}")
    meant = [the(Team, org, f"t{number}") for number in named]
    apart = [
        {one, other}
        for one, other in combinations(meant, 2)
        if one is not other and one not in above(other) and other not in above(one)
    ]
    found = teams_in(the(Initiative, org, "i"))
    assert (found is not None) == bool(apart)
    assert found is None or set(found) in apart


def test_the_kinds_that_are_no_party_settle_nothing() -> None:
    org = org_of("meetings: {m: {cadence: as needed}}\nforums: {f: {}}")
    assert settling(the(Meeting, org, "m")) == ((), False)
    assert answering_for(the(Forum, org, "f")) == {the(Forum, org, "f")}
