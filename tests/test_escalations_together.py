"""Escalations and heavy calls beside other rules: which speaks, what is an option, and how long hostile input takes."""

from __future__ import annotations

import pytest
from pace import clock

from coordlint.finding import Finding
from coordlint.testing import check, in_case, parse

ORDER = """
roles:
  owner: {}
  baker: {reports_to: owner}
  miller: {reports_to: owner}
"""


def found(text: str, *rules: str) -> list[Finding]:
    return list(in_case(check(parse(text), *rules)))


def told(text: str, *rules: str) -> list[str]:
    return [each.rule for each in found(text, *rules)]


def test_who_left_explains_that_a_step_reaches_nobody() -> None:
    text = """
people: {anna: {left: 2026-01-31}}
roles: {baker: {held_by: anna}, miller: {held_by: []}}
escalations: {late: {for: anything, steps: [{to: baker, within: 1h}, {to: miller, within: 1h}, {to: ext/owner}]}}
"""
    assert told(text, "escalation", "ownership/owner-left") == ["ownership/owner-left", "ownership/owner-left"]
    assert told(text, "escalation") == ["escalation/target-vacant", "escalation/target-vacant"]


def test_a_right_without_a_decider_explains_that_its_escalation_ends_at_none() -> None:
    text = f"""{ORDER}
decision_rights: {{loaves: {{question: Which loaves?}}, rolls: {{question: Which rolls?, decider: baker}}}}
escalations: {{late: {{for: loaves, steps: [{{to: baker, within: 1h}}, {{to: owner}}]}}}}
"""
    assert told(text, "escalation", "decision/no-decider") == ["decision/no-decider"]
    assert told(text, "escalation") == ["escalation/ends-without-decider"]
    of_two = text.replace("for: loaves", "for: [loaves, rolls]").replace("{to: owner}", "{to: miller}")
    assert told(of_two, "escalation") == []


def test_a_step_that_asks_again_is_not_also_told_to_add_nothing() -> None:
    text = f"""{ORDER}
decision_rights: {{loaves: {{question: Which loaves?, decider: baker}}}}
escalations: {{late: {{for: loaves, steps: [{{to: baker, within: 1h}}, {{to: baker, within: 1h}}, {{to: owner}}]}}}}
"""
    assert told(text, "escalation") == ["escalation/to-self"]
    assert told(text, "escalation/adds-no-authority") == ["escalation/adds-no-authority"]


def test_an_end_without_a_decider_is_not_also_told_to_add_nothing() -> None:
    text = f"""{ORDER}
decision_rights: {{loaves: {{question: Which loaves?, decider: baker}}}}
escalations: {{late: {{for: loaves, steps: [{{to: ext/clerk, within: 1h}}, {{to: miller}}]}}}}
"""
    assert told(text, "escalation") == ["escalation/ends-without-decider"]


def test_a_circle_of_superiors_explains_that_nobody_stands_above() -> None:
    text = """
roles:
  owner: {reports_to: baker}
  baker: {reports_to: owner}
  miller: {reports_to: owner}
decision_rights: {loaves: {question: Which loaves?, decider: baker}}
escalations: {late: {for: loaves, steps: [{to: baker, within: 1h}, {to: miller}]}}
"""
    ours = ("escalation/ends-without-decider", "escalation/adds-no-authority")
    assert told(text, *ours, "reference/cycle") == ["reference/cycle"]
    assert told(text, *ours) == ["escalation/ends-without-decider"]


def test_what_no_handoff_has_is_said_with_the_count() -> None:
    handoffs = "".join(f"  h{number}: {{from: mill, to: bakery, delivers: Flour}}\n" for number in range(6))
    text = f"""
teams: {{mill: {{}}, bakery: {{}}}}
escalations: {{late: {{for: roof, steps: {{to: owner}}}}}}
handoffs:
{handoffs}"""
    (finding,) = found(text, "escalation/none")
    assert finding.message == "none of the 6 handoffs between teams may be escalated"
    assert [span.line for span, _ in finding.related] == [6, 7, 8]


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("escalation/too-long", "max: 2", 1),
        ("escalation/too-long", "max: 3", 0),
        ("decision/everyone-consulted", "max: 1", 1),
        ("decision/everyone-consulted", "max: 2, leads: 3", 0),
        ("decision/everyone-consulted", "max: 2, leads: 2", 1),
        ("decision/far-from-the-work", "levels: 2", 1),
        ("decision/far-from-the-work", "levels: 3", 0),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    text = f"""
# file: coordlint.yaml
organisation: Werft
edition: "2026"
preset: strict
rules: {{{rule}: {{{options}}}}}
# file: case.yaml
roles: {{owner: {{}}, manager: {{reports_to: owner}}, fitter: {{reports_to: manager}}}}
teams: {{dock: {{lead: owner}}, yard: {{lead: manager}}}}
decision_rights:
  bolts: {{question: Which bolts?, decider: owner, reversible: true, consulted: [manager, fitter], performs: fitter}}
escalations:
  late: {{for: bolts, steps: [{{to: fitter}}, {{to: manager}}, {{to: owner}}]}}
"""
    assert len(told(text, rule)) == count


def many(template: str, count: int) -> str:
    return ", ".join(template.format(number) for number in range(count))


SIZE = 3000
HOSTILE = {
    "steps": f"escalations: {{e: {{for: anything, steps: [{many('{{to: r{}}}', SIZE)}]}}}}",
    "subjects": f"""
decision_rights: {{{many("d{0}: {{question: Do we {0}?, decider: r{0}}}", SIZE)}}}
escalations: {{e: {{for: [{many("d{}", SIZE)}], steps: [{{to: owner}}, {{to: r1}}, {{to: r2}}]}}}}
roles: {{owner: {{}}, {many("r{}: {{reports_to: owner}}", SIZE)}}}""",
    "escalations of one right": f"""
decision_rights: {{d: {{question: Do we?, inputs: {{n: {{integer: 0 to {SIZE}}}}}, cases: [
  {many("{{when: {{n: {0}}}, decider: r{0}}}", SIZE)}]}}}}
escalations: {{{many("e{0}: {{for: d, steps: [{{to: r1, within: 1h}}, {{to: last}}]}}", SIZE)}}}
roles: {{owner: {{}}, last: {{reports_to: owner}}, {many("r{}: {{reports_to: owner}}", SIZE)}}}""",
    "a line of teams": f"""
teams: {{t0: {{}},
  {many("u{0}: {{part_of: t0}}", SIZE)},
  {", ".join(f"t{n}: {{part_of: t{n - 1}}}" for n in range(1, SIZE))}}}
initiatives: {{{many("i{0}: {{teams: [t0, t{0}]}}", SIZE)}, all: {{teams: [{many("t{}", SIZE)}]}}}}
escalations: {{e: {{for: i0, steps: {{to: owner}}}}}}""",
    "performers and levels": f"""
roles: {{r0: {{}}, {", ".join(f"r{n}: {{reports_to: r{n - 1}}}" for n in range(1, SIZE))}}}
decision_rights: {{all: {{question: Do we?, decider: r0, reversible: true, performs: [{many("r{}", SIZE)}]}},
  {many("d{0}: {{question: Do we {0}?, decider: r0, agrees: r{0}, reversible: true, performs: r{0}}}", SIZE)}}}""",
    "leads": f"""
teams: {{{many("t{0}: {{lead: r{0}}}", SIZE)}}}
decision_rights: {{all: {{question: Do we?, decider: owner, consulted: [{many("r{}", SIZE)}]}},
  {many("d{0}: {{question: Do we {0}?, decider: owner, consulted: [r1, r2, r3]}}", SIZE)}}}""",
}


@pytest.mark.slow
@pytest.mark.parametrize("what", HOSTILE)
def test_thousands_take_seconds(what: str) -> None:
    case = parse(HOSTILE[what])
    check(case, "decision/two-deciders")
    with clock() as without:
        check(case, "decision/two-deciders")
    ours = ("escalation", "decision/everyone-consulted", "decision/veto-from-below")
    with clock() as together:
        check(case, *ours, "decision/far-from-the-work", "decision/approval-on-reversible")
    assert together.seconds < without.seconds + 2
