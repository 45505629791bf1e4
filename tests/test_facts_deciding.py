"""Which call of a right is meant by given values, and whether a party may make it."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.deciding import call_at, might_decide
from coordlint.model.kinds import DecisionRight, Forum, Person, Role, Team

PRESS = """
decision_rights:
  print:
    question: Do we print it?
    decider: chief
    inputs: {pages: {integer: 0 to 100}, colour: yes_no, house: {one_of: [north, south]}}
    cases:
      - {when: {pages: up to 10}, decider: clerk}
      - {when: {pages: over 10, colour: true}, decider: chief}
      - {when: {pages: over 10 up to 50, colour: false, house: [north, south]}}
    otherwise: {decider: board}
  whole: {question: Do we close?, decider: chief}
  gap:
    question: Do we open?
    inputs: {hour: {integer: 0 to 24}}
    cases: [{when: {hour: 8 to 18}, decider: chief}]
  unreadable:
    question: Do we sing?
    inputs: {hour: {integer: 0 to 24}}
    cases: [{when: {hour: late}, decider: chief}, {when: {hour: up to 5}, decider: clerk}, {decider: board}]
"""


@pytest.mark.parametrize(
    ("right", "values", "deciders", "sure"),
    [
        ("print", {"pages": 10}, "clerk", True),
        ("print", {"pages": "10"}, "clerk", True),
        ("print", {"pages": 11, "colour": True}, "chief", True),
        ("print", {"pages": 11, "colour": "yes"}, "chief", True),
        ("print", {"pages": 30, "colour": False}, "chief", True),
        ("print", {"pages": 30, "colour": False, "house": "north"}, "chief", True),
        ("print", {"pages": 30, "colour": False, "house": "east"}, "chief", True),
        ("print", {"pages": 60, "colour": False}, "board", True),
        ("print", {"pages": 30}, "chief chief board", False),
        ("print", {"colour": False}, "clerk chief board", False),
        ("print", {"pages": 101, "colour": False}, "clerk chief board", False),
        ("print", {}, "clerk chief chief board", False),
        ("print", {"pages": 5, "weather": "fine"}, "clerk", True),
        ("whole", {"anything": 1}, "chief", True),
        ("gap", {"hour": 9}, "chief", True),
        ("gap", {"hour": 20}, "", False),
        ("gap", {}, "chief", False),
    ],
)
def test_which_call_is_meant(right: str, values: dict[str, Any], deciders: str, sure: bool) -> None:
    choice = call_at(the(DecisionRight, org_of(PRESS), right), values)
    assert " ".join(ref.text for call in choice.calls for ref in call.refs("decider")) == deciders
    assert choice.sure == sure


NUMBERS = [*range(4)]
SETS = {"any": {*NUMBERS}, "up to 1": {0, 1}, "over 1": {2, 3}, "0 to 2": {0, 1, 2}, "3": {3}}


@given(
    st.lists(st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([*SETS])), min_size=1, max_size=5),
    st.booleans(),
    st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(NUMBERS)),
)
def test_the_calls_are_those_that_some_value_of_what_is_not_given_leads_to(
    cases: list[dict[str, str]], otherwise: bool, values: dict[str, int]
) -> None:
    table = [{"when": case, "decider": f"role-{number}"} for number, case in enumerate(cases)]
    right: dict[str, Any] = {"question": "It?", "inputs": {key: {"integer": "0 to 3"} for key in "ab"}, "cases": table}
    if otherwise:
        right["otherwise"] = {"decider": "rest"}
    org = org_of(f"decision_rights: {{it: {json.dumps(right)}}}")
    choice = call_at(the(DecisionRight, org, "it"), values)
    meant: set[str] = set()
    always: list[set[str]] = []
    for point in product(NUMBERS, NUMBERS):
        full = dict(zip("ab", point, strict=True))
        if all(full[name] == value for name, value in values.items()):
            at_point = {
                f"role-{number}"
                for number, case in enumerate(cases)
                if all(full[name] in SETS[said] for name, said in case.items())
            }
            at_point = at_point or ({"rest"} if otherwise else set())
            meant |= at_point
            always.append(at_point)
    told = {ref.text for call in choice.calls for ref in call.refs("decider")}
    # Cases are asked one by one: that several leave nothing over together is no part of the answer.
    assert meant <= told <= meant | {"rest"}
    if choice.sure:
        assert all(at_point == told for at_point in always)


HOUSE = """
people: {ada: {}, bo: {}, cy: {}, di: {left: 2026-01-01}}
teams: {shop: {lead: buyer, members: [bo]}, yard: {lead: porter, members: [cy]}, crowd: {lead: porter}}
roles:
  chief: {held_by: ada, deputy: buyer}
  buyer: {held_by: bo, reports_to: chief}
  porter: {held_by: cy, reports_to: chief}
  ghost: {}
  empty: {held_by: []}
  gone: {held_by: di}
  late: {held_by: cy, until: 2026-01-01}
  barred: {held_by: ada, deputy: porter, deputy_not_for: [small]}
forums:
  board: {chair: chief, decider: chief, members: [chief, buyer], escalates_to: ext/court}
  moot: {chair: porter, votes: {rule: majority, voters: [porter, buyer]}, members: [porter, buyer]}
decision_rights:
  big: {question: Big?, decider: chief}
  small: {question: Small?, decider: barred, escalation: up}
  ours: {question: Ours?, decider: moot}
  boards: {question: The board's?, decider: board}
  part: {question: A part?, decider: porter, delegated_from: big}
  odd: {question: Odd?, decider: ghost}
  void: {question: Void?, decider: empty}
  left: {question: Left?, decider: gone}
  two: {question: Two?, decider: [chief, porter]}
  none: {question: None?}
  lost: {question: Lost?, decider: porter, escalation: nowhere}
escalations: {up: {steps: [{to: buyer, within: 1d}]}}
"""


@pytest.mark.parametrize(
    ("party", "right", "may"),
    [
        ("chief", "big", True),
        ("ada", "big", True),
        ("buyer", "big", True),
        ("bo", "big", True),
        ("board", "big", True),
        ("shop", "big", True),
        ("porter", "big", True),
        ("yard", "big", True),
        ("late", "big", None),
        ("di", "big", None),
        ("ghost", "big", False),
        ("crowd", "small", None),
        ("porter", "small", False),
        ("cy", "small", False),
        ("buyer", "small", True),
        ("moot", "small", None),
        ("porter", "ours", None),
        ("cy", "ours", None),
        ("chief", "ours", False),
        ("chief", "boards", True),
        ("bo", "boards", None),
        ("porter", "boards", None),
        ("chief", "part", True),
        ("porter", "odd", False),
        ("cy", "odd", None),
        ("porter", "void", None),
        ("porter", "left", None),
        ("porter", "two", True),
        ("buyer", "two", True),
        ("bo", "none", None),
        ("buyer", "lost", None),
        ("cy", "lost", True),
    ],
)
def test_who_may_decide(party: str, right: str, may: bool | None) -> None:
    org = org_of(HOUSE)
    bearer = next(found for kind in (Role, Person, Team, Forum) if (found := org.get(kind, party)) is not None)
    asked = the(DecisionRight, org, right)
    assert might_decide(bearer, asked, call_at(asked, {})) is may


def test_where_nobody_decides_nobody_can_say_that_somebody_might_not() -> None:
    org = org_of(PRESS + "roles: {chief: {}, clerk: {}}\nforums: {board: {}}\n")
    gap = the(DecisionRight, org, "gap")
    assert might_decide(the(Role, org, "clerk"), gap, call_at(gap, {"hour": 20})) is None
    assert might_decide(the(Role, org, "clerk"), gap, call_at(gap, {"hour": 9})) is False


def test_a_table_that_cannot_be_read_tells_nothing() -> None:
    org = org_of(PRESS + "roles: {chief: {}, clerk: {}}\n")
    right = the(DecisionRight, org, "unreadable")
    choice = call_at(right, {"hour": 3})
    assert not choice.sure
    assert might_decide(the(Role, org, "clerk"), right, choice) is None
