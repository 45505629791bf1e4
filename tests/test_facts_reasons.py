"""What something was set up for, and whether that is over."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.reasons import is_over, lost_reasons
from coordlint.model.kinds import Initiative, Meeting, Person

TEXT = """
people:
  gone: {left: 2026-01-31}
  going: {left: 2026-06-10}
  here: {}
initiatives:
  done: {status: ended}
  just-done: {status: ended, until: 2026-06-10}
  past: {until: 2026-05-01}
  last-day: {until: 2026-06-15}
  heir: {}
  replaced: {replaced_by: heir}
  late: {due: 2026-01-01}
  paused: {status: paused}
  refused: {status: ended, teams: 3}
meetings:
  all-gone: {only_while: [initiative/done, person/gone], cadence: as needed}
  one-left: {only_while: [initiative/done, person/here], cadence: as needed}
  who-knows: {only_while: [initiative/done, initiative/nowhere], cadence: as needed}
  outside: {only_while: [initiative/done, ext/law], cadence: as needed}
  no-names: {only_while: [], cadence: as needed}
  for-good: {cadence: as needed}
"""
ORG = org_of(TEXT)


@pytest.mark.parametrize(
    ("initiative", "over"),
    [
        ("done", True),
        ("just-done", False),
        ("past", True),
        ("last-day", False),
        ("heir", False),
        ("replaced", True),
        ("late", False),
        ("paused", False),
        ("refused", False),
    ],
)
def test_what_is_over(initiative: str, over: bool) -> None:
    assert is_over(the(Initiative, ORG, initiative)) is over


@pytest.mark.parametrize(("person", "over"), [("gone", True), ("going", False), ("here", False)])
def test_who_left(person: str, over: bool) -> None:
    assert is_over(the(Person, ORG, person)) is over


def test_a_reason_is_lost_when_all_of_it_is_known_to_be_over() -> None:
    lost = {meeting.id: ids(lost_reasons(meeting)) for meeting in ORG.all(Meeting)}
    assert {name: gone for name, gone in lost.items() if gone} == {"all-gone": ["done", "gone"]}
