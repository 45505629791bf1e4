"""Each call of a right, where it is made, and what keeps it."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.memory import has_record, is_kept, keeps_record
from coordlint.facts.rights import additions, are_related
from coordlint.facts.venues import (
    calls,
    decided_in,
    decides_something,
    deciding_meetings,
    has_venue,
    listing,
    meetings_of,
    places_of,
    refreshed_by,
)
from coordlint.model.kinds import DecisionRight, Forum, Meeting, Record

BANK = """
records:
  loan-book: {keeps: Every loan.}
roles: {clerk: {}, director: {}}
forums:
  board: {chair: director, decides: [loan], record: loan-book}
  desk: {chair: clerk}
meetings:
  board-weekly: {forum: board, cadence: as needed}
  board-news: {forum: board, type: status, cadence: as needed}
  old-board: {forum: board, status: ended, cadence: as needed}
  desk-daily: {forum: desk, cadence: as needed, decides: [seat], outputs: [loan-book, A list]}
  lunch: {cadence: as needed}
  lost: {forum: no-such-forum, cadence: as needed}
decision_rights:
  loan:
    question: Do we lend this?
    decider: clerk
    time_limit: 2d
    asynchronous: true
    inputs: {amount: {number: 0 to 100}, risky: yes_no}
    cases:
      - {when: {amount: up to 10}}
      - {when: {amount: over 10 up to 50}, decided_in: desk-daily, time_limit: 1d}
    also:
      - {when: {risky: true}, agrees: director}
      - {when: {amount: up to 10}, agrees: clerk}
      - {when: {amount: over 10}, agrees: director}
    otherwise: {decider: board, asynchronous: false}
  seat: {question: Who sits where?, decider: clerk}
  gone: {question: Who sat where?, decider: clerk, decided_in: desk-daily, status: ended}
  part: {question: Do we lend a part?, decider: clerk, delegated_from: loan}
  other-part: {question: Do we lend another part?, decider: clerk, delegated_from: loan}
"""


def test_what_a_case_says_replaces_what_the_right_says() -> None:
    small, middle, rest = calls(the(DecisionRight, org_of(BANK), "loan"))
    assert [call.refs("decider")[0].id for call in (small, middle, rest)] == ["clerk", "clerk", "board"]
    assert [call.asynchronous for call in (small, middle, rest)] == [True, False, False]
    assert [call.speaker("time_limit").data["time_limit"] for call in (small, middle, rest)] == ["2d", "1d", "2d"]
    assert [has_venue(call) for call in (small, middle, rest)] == [True, True, True]
    assert [is_kept(call) for call in (small, middle, rest)] == [True, True, True]


def test_a_right_without_cases_is_one_call() -> None:
    right = the(DecisionRight, org_of(BANK), "seat")
    assert [call.part for call in calls(right)] == [right]


def test_both_sides_say_where_something_is_decided() -> None:
    org = org_of(BANK)
    assert ids(places_of(the(DecisionRight, org, "loan"))) == ["board", "desk-daily"]
    assert ids(listing(the(DecisionRight, org, "loan"))) == ["board"]
    assert ids(decided_in(the(Meeting, org, "desk-daily"))) == ["loan", "seat"], "what has ended is not decided"


def test_the_meetings_of_a_forum() -> None:
    org = org_of(BANK)
    board = the(Forum, org, "board")
    assert ids(meetings_of(board)) == ["board-news", "board-weekly"]
    assert ids(deciding_meetings(board)) == ["board-weekly"], "a status meeting is not where it decides"
    assert [meeting.id for meeting in org.active(Meeting) if decides_something(meeting)] == [
        "board-weekly",
        "desk-daily",
    ]


@pytest.mark.parametrize(
    ("venue", "kept"), [("board-weekly", True), ("desk-daily", True), ("lunch", False), ("lost", True)]
)
def test_a_meeting_has_a_memory(venue: str, kept: bool) -> None:
    """Its own record, its forum's, a record that it puts out; and of a forum that nobody can look up nobody knows."""
    assert has_record(the(Meeting, org_of(BANK), venue)) is kept


def test_what_keeps_a_record_fresh() -> None:
    org = org_of(BANK)
    assert ids(refreshed_by(the(Record, org, "loan-book"))) == ["board", "desk-daily"]
    assert not keeps_record(the(DecisionRight, org, "loan"))
    assert has_record(the(Forum, org, "desk")), "the meeting in which it meets has one"


def test_additions_that_surely_meet_a_call() -> None:
    """On another input, or on the very condition of the call; never one whose condition may exclude it."""
    small, middle, _ = calls(the(DecisionRight, org_of(BANK), "loan"))
    assert [part.data["when"] for part in additions(small)] == [{"risky": True}, {"amount": "up to 10"}]
    assert [part.data["when"] for part in additions(middle)] == [{"risky": True}]


def test_rights_that_ask_the_same_on_purpose() -> None:
    org = org_of(BANK)
    loan, part, other, seat = (the(DecisionRight, org, name) for name in ("loan", "part", "other-part", "seat"))
    assert are_related(loan, part)
    assert are_related(part, loan)
    assert are_related(part, other)
    assert not are_related(loan, seat)
    assert not are_related(seat, the(DecisionRight, org, "gone"))
