"""Load and fragility beside other rules: what is told by which, how loud, and what may be set."""

from __future__ import annotations

import pytest

from coordlint.testing import check, in_case, parse

HOUSE = """
# file: coordlint.yaml
organisation: Barge
layer_owner: ext/owner
edition: "2026"
%s
# file: case.yaml
%s
"""
HATS = """
people: {ada: {}}
roles: {a: {held_by: ada}, b: {held_by: ada}, c: {held_by: ada}, d: {held_by: ada}, e: {held_by: ada}}
"""
RIGHTS = """
roles: {a: {held_by: ext/a}, b: {held_by: ext/b}}
decision_rights:
""" + "".join(f"  d{number}: {{question: Is it {number}?, decider: {'a' if number else 'b'}}}\n" for number in range(7))


def told(house: str, text: str, *rules: str) -> list[tuple[str, str]]:
    """What these rules and families say, while all are in force."""
    found = in_case(check(parse(HOUSE % (house, text))))
    return [(each.rule, each.severity.word) for each in found if {each.rule, each.rule.partition("/")[0]} & {*rules}]


@pytest.mark.parametrize(
    ("limits", "findings"),
    [
        ("", [("load/too-many-hats", "warning")]),
        ("limits: {roles_per_person: 3}", [("load/too-many-hats", "error")]),
        ("limits: {roles_per_person: 3}\nrules: {load/too-many-hats: off}", [("load/house-limit", "error")]),
        (
            "limits: {roles_per_person: 3}\nrules: {load/too-many-hats: {max: 5}}",
            [("load/house-limit", "error")],
        ),
        ("limits: {roles_per_person: 5}\nrules: {load/too-many-hats: {max: 5}}", []),
    ],
)
def test_what_one_person_carries_is_told_once(limits: str, findings: list[tuple[str, str]]) -> None:
    assert told(limits, HATS, "load") == findings


@pytest.mark.parametrize(
    ("house", "findings"),
    [
        ("", [("load/one-decider-for-too-much", "warning")]),
        ("limits: {decision_rights_per_role: 5}", [("load/one-decider-for-too-much", "error")]),
        ("rules: {load/one-decider-for-too-much: {percent: 90}}", []),
        ("rules: {load/one-decider-for-too-much: {least: 7}}", []),
        (
            "rules: {load/one-decider-for-too-much: {percent: 90, max: 5}}",
            [("load/one-decider-for-too-much", "warning")],
        ),
    ],
)
def test_what_one_role_decides_is_told_once(house: str, findings: list[tuple[str, str]]) -> None:
    assert told(house, RIGHTS, "load") == findings


@pytest.mark.parametrize(
    ("house", "rule"),
    [
        ("limits: {meeting_people: 9}", "meeting/too-many-people"),
        ("limits: {meeting_people: 9}\nrules: {meeting/too-many-people: off}", "load/house-limit"),
    ],
)
def test_a_meeting_that_is_too_large_is_told_once(house: str, rule: str) -> None:
    text = """
teams: {crew: {lead: captain, headcount: 12}}
meetings: {muster: {type: decision, chair: captain, attendees: crew, cadence: as needed}}
"""
    assert told(house, text, "load", "meeting/too-many-people") == [(rule, "error")]


def test_a_handoff_of_many_steps_is_told_once() -> None:
    steps = ", ".join(f"{{do: Sign {number}, approval: d{number}}}" for number in range(8))
    text = f"handoffs: {{sheet: {{from: ext/a, to: ext/b, delivers: A sheet, steps: [{steps}]}}}}"
    findings = told("limits: {handoff_steps: 5}", text, "load", "handoff/too-many-steps")
    assert findings == [("handoff/too-many-steps", "error")]


@pytest.mark.parametrize(("least", "count"), [(3, 1), (4, 0)])
def test_how_much_may_hang_on_one_person_is_an_option(least: int, count: int) -> None:
    text = "people: {ada: {}}\nteams: {a: {lead: ada}, b: {lead: ada}, c: {lead: ada}}"
    house = f"rules: {{fragility/single-point: {{least: {least}}}}}"
    assert len(told(house, text, "fragility/single-point")) == count


CHAIR = """
people: {ada: {%s}}
roles: {purser: {held_by: ada%s}}
forums: {deck: {charter: Settles the berths., chair: purser}}
"""


@pytest.mark.parametrize(
    ("person", "role", "findings"),
    [
        ("", "", [("fragility/no-deputy", "warning")]),
        ("", ", deputy: ada", [("fragility/deputy-is-holder", "error")]),
        ("left: 2020-01-01", "", [("ownership/owner-left", "error")]),
    ],
)
def test_one_chair_is_told_once(person: str, role: str, findings: list[tuple[str, str]]) -> None:
    assert told("", CHAIR % (person, role), "forum/no-deputy", "fragility", "ownership/owner-left") == findings


@pytest.mark.parametrize(
    ("roles", "forum", "message"),
    [
        (
            "cfo: {held_by: gus, deputy: clerk}, clerk: {held_by: gus}",
            "",
            "`clerk` stands in for `cfo`, and both are `gus`",
        ),
        ("cfo: {held_by: gus, deputy: gus}", "", "`gus` stands in for `cfo`, and holds that role"),
        ("cfo: {held_by: gus, deputy: cfo}", "", "`cfo` is its own deputy"),
        (
            "cfo: {held_by: gus}",
            "chair: cfo, deputy: gus",
            "`gus` stands in for `cfo` in forum `board`, and holds that role",
        ),
        (
            "cfo: {held_by: gus}",
            "chair: gus, deputy: cfo",
            "`cfo` stands in for `gus` in forum `board`, and is the same person",
        ),
    ],
)
def test_a_deputy_who_is_the_holder_is_told_by_both_names(roles: str, forum: str, message: str) -> None:
    board = f"\nforums: {{board: {{charter: Settles it., {forum}}}}}" if forum else ""
    run = check(parse(f"people: {{gus: {{}}}}\nroles: {{{roles}}}{board}"), "fragility/deputy-is-holder")
    assert [each.message for each in in_case(run)] == [message]
