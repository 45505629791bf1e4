"""Reporting beside other rules: what explains what, and what its limits do."""

from __future__ import annotations

import pytest

from coordlint.testing import check, in_case, parse


def told(text: str, *rules: str) -> list[str]:
    return [each.rule for each in in_case(check(parse(text), *rules))]


def test_a_performer_who_is_not_told_explains_that_nothing_carries_it() -> None:
    text = """
teams: {archive: {lead: archive-lead}, stock: {lead: stock-lead}}
meetings: {weekly: {purpose: Go through the shelves., attendees: archive-lead, cadence: as needed}}
decision_rights: {shred: {question: Which plates go?, decider: archive-lead, performs: stock, asynchronous: true}}
"""
    assert told(text, "reporting/nobody-carries-it") == ["reporting/nobody-carries-it"]
    assert told(text, "reporting", "decision/performer-not-informed") == ["decision/performer-not-informed"]


def test_teams_without_a_forum_explain_that_nothing_carries_it_among_them() -> None:
    text = """
teams: {a: {lead: la}, b: {lead: lb}, c: {lead: lc}}
meetings: {weekly: {purpose: Go through the shelves., attendees: la, cadence: as needed}}
handoffs: {crates: {from: a, to: b, delivers: Crates}}
initiatives: {fair: {accountable: la, teams: [a, b, c], done_when: It is over., due: 2027-01-01}}
"""
    assert told(text, "reporting/nobody-carries-it") == ["reporting/nobody-carries-it"] * 2
    assert told(text, "reporting", "initiative/no-forum") == ["initiative/no-forum"]


def test_a_team_without_a_lead_explains_that_its_people_report_to_nobody() -> None:
    text = """
roles: {head: {}, a: {reports_to: head}, b: {reports_to: head}, c: {reports_to: head}, clerk: {team: yard}}
teams: {yard: {}}
"""
    assert told(text, "reporting") == ["reporting/no-boss"]
    assert told(text, "reporting", "ownership/unowned") == ["ownership/unowned"]


def test_a_circle_explains_two_superiors() -> None:
    text = """
people: {kim: {reports_to: b}}
roles: {x: {held_by: kim, reports_to: a}, a: {reports_to: x}, b: {}}
"""
    assert told(text, "reporting") == ["reporting/two-bosses"]
    assert told(text, "reporting", "reference/cycle") == ["reference/cycle"]


def test_nothing_is_missed_while_a_declaration_is_refused() -> None:
    text = """
roles: {head: {}, a: {reports_to: head}, b: {reports_to: head}, c: {}}
context_lines: {l: {from: a, to: b, carries: status, through: r}}
records: {r: {kept: It.}}
"""
    assert told(text, "reporting") == ["shape/unknown-key"]


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("reporting/span", "max: 3", 0),
        ("reporting/span", "max: 2", 1),
        ("reporting/no-boss", "from_share: 0.6", 1),
        ("reporting/no-boss", "from_share: 0.8", 0),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    text = f"""
# file: coordlint.yaml
organisation: Sägewerk
edition: "2026"
preset: strict
rules: {{{rule}: {{{options}}}}}
# file: case.yaml
roles: {{head: {{}}, a: {{reports_to: head}}, b: {{reports_to: head}}, c: {{reports_to: head}}, d: {{}}}}
"""
    assert len(told(text, rule)) == count


def test_two_who_lead_others_are_told_together() -> None:
    text = "roles: {a: {}, b: {}, c: {reports_to: a}, d: {reports_to: b}, e: {reports_to: a}, f: {}}"
    assert [each.message for each in in_case(check(parse(text), "reporting/no-boss"))] == [
        "role `a` and role `b` both report to nobody, and one of them may stand at the top",
        "role `f` reports to nobody",
    ]
