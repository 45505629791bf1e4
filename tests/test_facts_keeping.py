"""Who answers for records, reads and writes them, where somebody can know."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.keeping import has_somebody, is_read, is_written, kept_twice, may_come_from
from coordlint.model.kinds import Record

BARE = "records:\n  log: {keeps: What was done.}\n"


@pytest.mark.parametrize(
    ("declared", "read", "written"),
    [
        ("", False, False),
        ("teams: {yard: {produces: [log, A hull]}}", False, True),
        ("forums: {board: {record: log}}", True, True),
        ("forums: {board: {record: log, status: ended}}", False, False),
        ("forums: {board: {record: log, status: paused}}", True, True),
        ("forums: {board: {record: log, until: 2026-01-01}}", False, False),
        ("meetings: {weekly: {outputs: log, cadence: as needed}}", False, True),
        ("meetings: {weekly: {inputs: log, cadence: as needed}}", True, False),
        ("meetings: {weekly: {pre_read: {record: log}, cadence: as needed}}", True, False),
        ("meetings: {weekly: {only_while: log, cadence: as needed}}", False, False),
        ("escalations: {stuck: {record: log, steps: [{to: ext/a}]}}", True, True),
        ("context_lines: {news: {from: ext/a, to: ext/b, carries: status, through: log}}", True, True),
        ("initiatives: {hull: {plans: log}}", True, True),
        ("initiatives: {hull: {needs: [{record: log}]}}", True, False),
        ("handoffs: {hull: {delivers: log}}", True, True),
        ("handoffs: {hull: {delivers: A hull, accepts_when: log}}", True, False),
        ("log: [{updated: log, date: 2026-01-01}]", False, True),
        ("log: [{reviewed: log, date: 2026-01-01}]", False, False),
    ],
)
def test_who_reads_and_who_writes(declared: str, read: bool, written: bool) -> None:
    log = the(Record, org_of(BARE + declared), "log")
    assert (is_read(log), is_written(log)) == (read, written)


@pytest.mark.parametrize(
    ("said", "somebody", "read", "written"),
    [
        ("owner: ext/a", True, False, False),
        ("owner: nobody", True, False, False),
        ("updated_every: day", False, False, False),
        ("owner: ext/a, updated_every: day", True, False, True),
        ("copy_of: nothing", True, False, True),
        ("read_by: []", False, False, False),
        ("read_by: nobody", False, True, False),
    ],
)
def test_what_a_record_says_itself(said: str, somebody: bool, read: bool, written: bool) -> None:
    log = the(Record, org_of(f"records: {{log: {{keeps: What was done., {said}}}}}"), "log")
    assert (has_somebody(log), is_read(log), is_written(log)) == (somebody, read, written)


def test_whoever_produces_a_record_answers_for_it() -> None:
    assert has_somebody(the(Record, org_of(BARE + "teams: {yard: {produces: log}}"), "log"))
    assert not has_somebody(the(Record, org_of(BARE + "teams: {yard: {produces: log, status: ended}}"), "log"))


def test_a_meeting_that_reads_it_and_keeps_nothing_may_be_where_it_comes_from() -> None:
    text = """
records: {log: {keeps: What was done., read_by: [weekly, daily, clerk]}}
roles: {clerk: {}}
meetings:
  weekly: {chair: ext/a, cadence: as needed}
  daily: {chair: clerk, record: other-log, cadence: as needed}
  yearly: {chair: clerk, cadence: as needed}
  monthly: {chair: ext/a, cadence: as needed}
"""
    assert ids(may_come_from(the(Record, org_of(text), "log"))) == ["weekly", "yearly"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Every hull, with its number.", "every hulls with its  number", True),
        ("Every hull.", "Every hull.", False),
        ("What was said in the meeting.", "What was said in the meeting.", False),
        ("Every hull of ours, with its number.", "Every hull of ours, with its number.", False),
        ("Every hull, with its number.", "Every hull, with its colour.", False),
    ],
)
def test_what_is_the_same_thing(one: str, other: str, same: bool) -> None:
    text = (
        f'records: {{a: {{keeps: "{one}", owner: x}}, b: {{keeps: "{other}", owner: y}}}}\nroles: {{x: {{}}, y: {{}}}}'
    )
    assert [ids(each) for each in kept_twice(org_of(text))] == ([["a", "b"]] if same else [])
    text = text.replace("owner: y", "owner: x")
    assert bool(list(kept_twice(org_of(text)))) == (same or "ours" in one or "meeting" in one)
