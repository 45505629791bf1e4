"""What is past its time, and initiatives: which rule speaks where several could, and what their options do."""

from __future__ import annotations

import pytest

from coordlint.testing import check, in_case, parse


def told(text: str, *rules: str) -> list[tuple[str, str]]:
    return [(each.rule, each.severity.word) for each in in_case(check(parse(text), *rules))]


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("lifecycle/review-overdue", "grace: 27", 1),
        ("lifecycle/review-overdue", "grace: 28", 0),
        ("lifecycle/past-until", "grace: 27", 1),
        ("lifecycle/past-until", "grace: 28", 0),
        ("lifecycle/past-until", "{notice: 200, grace: 100}", 1),
        ("lifecycle/status-expired", "grace: 27", 1),
        ("lifecycle/status-expired", "grace: 28", 0),
        ("initiative/health-stale", "days: 13", 1),
        ("initiative/health-stale", "days: 14", 0),
        ("initiative/no-forum", "teams: 3", 0),
        ("initiative/no-forum", "teams: 2", 1),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    written = options if options.startswith("{") else f"{{{options}}}"
    text = f"""
# file: coordlint.yaml
organisation: Zoo
edition: "2026"
rules: {{{rule}: {written}}}
# file: case.yaml
forums:
  fence: {{charter: Settles which fence is mended., chair: ext/a, review_by: 2026-05-18}}
  gate: {{charter: Settles when it opens., chair: ext/a, until: 2026-05-18}}
  pond: {{charter: Settles who swims., chair: ext/a, until: 2026-12-31}}
  cage: {{charter: Settles who sleeps where., chair: ext/a, status: trial, status_until: 2026-05-18}}
meetings:
  pond-round: {{forum: pond, cadence: as needed}}
initiatives:
  otters:
    accountable: ext/a
    teams: [north, south]
    health: {{state: on track, as_of: 2026-06-01}}
"""
    assert len(told(text, rule)) == count


ENDED_MEETING = """
forums:
  board: {charter: Settles it., because: A., review_every: year, chair: ext/a, decider: ext/a, record: log}
  other: {charter: Settles more., because: A., review_every: year, chair: ext/a, asynchronous: true}
meetings:
  weekly: {forum: board, cadence: as needed, until: 2026-03-31%s}
  elsewhere: {forum: other, cadence: as needed}
escalations:
  stuck: {steps: [{to: board, within: 1d, through: weekly}, {to: ext/a}]}
"""


@pytest.mark.parametrize(
    ("says", "rule"),
    [("", ("lifecycle/past-until", "warning")), (", status: ended", ("reference/ended", "error"))],
)
def test_the_end_of_a_meeting_explains_that_its_forum_never_meets(says: str, rule: tuple[str, str]) -> None:
    text = ENDED_MEETING % says
    assert told(text, "lifecycle", "reference/ended", "forum/never-meets") == [rule]
    assert told(text, "forum/never-meets") == [("forum/never-meets", "warning")]


def test_a_reason_that_is_gone_explains_what_still_leans_on_it_and_that_nobody_looks() -> None:
    text = """
forums: {move: {charter: Settles the move., chair: ext/a, status: ended}}
meetings:
  move-call:
    purpose: Sort out the move.
    forum: move
    only_while: move
    review_by: 2026-01-31
    cadence: as needed
"""
    assert told(text, "lifecycle", "reference", "meeting/holds-nothing") == [("lifecycle/outlived-its-reason", "error")]


def test_who_waits_for_what_ended_is_told_and_not_every_place_that_names_it() -> None:
    text = """
records: {plan: {keeps: The plan, status: ended}}
handoffs: {pass: {from: ext/a, to: ext/b, delivers: It, through: plan}}
initiatives: {move: {accountable: ext/a, needs: {record: plan}}}
"""
    assert told(text, "reference/ended", "initiative/depends-on-ended") == [("initiative/depends-on-ended", "error")]


def test_a_forum_without_a_last_word_explains_what_cannot_be_settled() -> None:
    text = """
teams: {a: {lead: ext/a}, b: {lead: ext/b}, c: {lead: ext/c}}
forums: {board: {charter: Settles it., chair: ext/a, teams: [a, b, c], record: log, asynchronous: true}}
initiatives: {move: {accountable: ext/a, teams: [a, b, c]}}
"""
    assert told(text, "forum/no-decider", "initiative/no-forum") == [("forum/no-decider", "error")]
    assert told(text, "initiative/no-forum") == [("initiative/no-forum", "warning")]


def test_plans_that_no_table_reads_are_told_once_there_is_a_table() -> None:
    text = """
teams: {a: {lead: ext/a}, b: {lead: ext/b}, c: {lead: ext/c}}
meetings: {chat: {purpose: Talk about the week., chair: ext/a, type: social, cadence: as needed}}
records: {p: {keeps: P, read_by: ext/a}, q: {keeps: Q, read_by: ext/b}}
initiatives: {move: {accountable: ext/a, teams: [a, b, c], plans: [p, q]}}
"""
    assert told(text, "initiative/no-forum", "initiative/plans-do-not-meet") == [("initiative/no-forum", "warning")]
    assert told(text, "initiative/plans-do-not-meet") == [("initiative/plans-do-not-meet", "warning")]


def test_what_a_model_says_is_told_at_the_model() -> None:
    text = """
teams:
  a: {lead: ext/a, review_by: 2026-01-31, only_while: ext/b}
  b: {like: a}
  c: {like: d}
  d: {lead: ext/a, review_by: 2026-01-31, status: paused}
"""
    assert told(text, "lifecycle") == [("lifecycle/review-overdue", "warning")] * 2
