"""Of what is wrong with meetings and forums the cause is told, and not also what follows from it."""

from __future__ import annotations

import pytest

from coordlint.testing import check, in_case, parse

VALLEY = """
roles: {a-lead: {team: a}, b-lead: {team: b}, c-lead: {team: c}, d-lead: {team: d}}
teams: {a: {lead: a-lead}, b: {lead: b-lead}, c: {lead: c-lead}, d: {lead: d-lead}}
handoffs: {ab: {from: a, to: b, delivers: Ore}, cd: {from: c, to: d, delivers: Logs}}
"""


def told(text: str, *rules: str) -> list[str]:
    return [each.rule for each in in_case(check(parse(text), *rules))]


def test_a_meeting_that_outlived_its_reason_is_not_also_told_whom_it_joins() -> None:
    text = f"""{VALLEY}
meetings:
  round: {{purpose: Settle it., chair: a-lead, attendees: c-lead, only_while: road, outputs: Carts, cadence: as needed}}
initiatives: {{road: {{teams: [a, c], status: ended}}}}
"""
    assert told(text, "meeting", "lifecycle/outlived-its-reason") == ["lifecycle/outlived-its-reason"]
    assert told(text, "meeting") == ["meeting/joins-unrelated-teams"]


def test_a_status_round_that_holds_nothing_is_told_that() -> None:
    text = """
meetings:
  round: {purpose: Hear the numbers., chair: ext/a, type: status, inputs: fleet-list, cadence: as needed}
  other: {purpose: Choose the bus., chair: ext/a, outputs: A bus, cadence: as needed}
records: {fleet-list: {keeps: Where every bus is.}}
"""
    assert told(text, "meeting") == ["meeting/holds-nothing"]
    assert told(text, "meeting/no-output", "meeting/status-only") == ["meeting/no-output"]
    assert told(text, "meeting/status-only") == ["meeting/status-only"]


def test_a_performer_who_learns_nothing_is_not_also_missed_in_the_forum() -> None:
    text = f"""{VALLEY}
forums: {{board: {{charter: Settles it., decider: a-lead, members: [a-lead, b-lead, d-lead], decides: dig}}}}
decision_rights:
  dig: {{question: Do we dig?, decider: a-lead, performs: c-lead, reversible: false, time_limit: 1d, record: log}}
"""
    assert told(text, "decision/performer-not-informed", "forum/misses-a-team") == ["decision/performer-not-informed"]
    assert told(text, "forum/misses-a-team") == ["forum/misses-a-team"]


def test_two_forums_that_settle_one_right_explain_that_their_meetings_overlap() -> None:
    meeting = "purpose: Settle it., record: log, attendees: [ext/a, ext/b, ext/c], decides: dig"
    text = f"""
forums:
  upper: {{charter: Settles it., decider: ext/a, decides: dig}}
  lower: {{charter: Settles it too., decider: ext/a, decides: dig}}
meetings:
  one: {{{meeting}, chair: ext/a, cadence: {{every: week, day: mon}}}}
  two: {{{meeting}, chair: ext/b, cadence: {{every: week, day: tue}}}}
decision_rights: {{dig: {{question: Do we dig?, decider: ext/a}}}}
"""
    assert told(text, "forum/same-scope", "meeting/overlaps-another") == ["forum/same-scope"]
    assert told(text, "meeting/overlaps-another") == ["meeting/overlaps-another"]


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("meeting/overlaps-another", "share: 0.5", 1),
        ("meeting/overlaps-another", "share: 0.8", 0),
        ("meeting/overlaps-another", "share: 0.5, min_people: 5", 0),
        ("meeting/no-agenda", "from_minutes: 20", 2),
        ("meeting/no-agenda", "from_minutes: 21", 1),
        ("forum/for-two", "max: 3", 1),
        ("forum/for-two", "max: 2", 0),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    text = f"""
# file: coordlint.yaml
organisation: Werft
edition: "2026"
rules: {{{rule}: {{{options}}}}}
# file: case.yaml
people: {{ana: {{}}, bo: {{}}, cy: {{}}}}
forums: {{dock-board: {{charter: Settles who gets the dock., members: [ana, bo, cy]}}}}
meetings:
  one: {{decides: dock, attendees: [ext/a, ext/b, ext/c], cadence: {{every: week, day: mon, lasts: 20m}}}}
  two: {{decides: dock, attendees: [ext/a, ext/b, ext/d], cadence: {{every: week, day: tue, lasts: 30m}}}}
decision_rights: {{dock: {{question: Who gets the dock?, decider: ext/a}}}}
"""
    assert len(told(text, rule)) == count


def test_who_is_not_invited_is_told_with_the_meeting_whichever_side_speaks() -> None:
    text = """
roles: {cfo: {}, lead: {}}
meetings: {desk: {chair: lead, attendees: lead, %s cadence: as needed}}
decision_rights: {rebate: {question: May we?, decider: cfo%s}}
"""
    for sides in (("decides: rebate,", ""), ("", ", decided_in: desk"), ("decides: rebate, optional: cfo,", "")):
        run = check(parse(text % sides), "meeting/decider-not-invited")
        how = "may come, but is not expected in" if "optional" in sides[0] else "is not invited to"
        assert [each.message for each in in_case(run)] == [f"`cfo` decides `rebate`, but {how} meeting `desk`"]
