"""When initiatives are done, what they wait for, and how long word of them lasts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.timelines import (
    done_by,
    ended_when_due,
    expected_by,
    milestone_of,
    needs_only_milestones,
    waits_for,
    word_lasts,
)
from coordlint.model.kinds import Initiative

SHIPYARD = """
initiatives:
  hull:
    due: 2026-10-01
    milestones: [{name: Keel laid, due: 2026-07-01}, {name: "Keel, laid", due: 2026-08-01}, {name: Painted}]
    health: {state: on track, as_of: 2026-06-01, forecast: 2026-09-15}
    reviewed_in: weekly
  mast: {milestones: [{name: Tree found, due: 2026-07-01}, {name: Tree cut, due: 2026-12-01}], reviewed_in: yearly}
  sail: {due: [no day], milestones: {name: Cloth, due: 2026-07-01}, reviewed_in: no-such-meeting}
  flag: {}
  boat: {depends_on: [hull, mast, sail, boat, lost, done, gone, over, asleep, mast], needs: [{milestone: KEEL LAID}]}
  done: {due: 2026-03-01, status: ended, until: 2026-03-01}
  gone: {due: 2026-03-02, status: ended, until: 2026-03-01}
  over: {replaced_by: hull}
  asleep: {status: paused}
meetings:
  weekly: {cadence: {every: week, day: mon}}
  yearly: {cadence: {every: year, month: 1, day: 7}}
  look: {cadence: {every: quarter, month: 1, day: 7}, reviews: mast}
"""

ORG = org_of(SHIPYARD)


def initiative(name: str) -> Initiative:
    return the(Initiative, ORG, name)


@pytest.mark.parametrize(
    ("name", "day"), [("hull", "2026-10-01"), ("mast", "2026-12-01"), ("sail", None), ("flag", None)]
)
def test_when_it_is_done(name: str, day: str | None) -> None:
    found = done_by(initiative(name))
    assert (found and found.day) == (date.fromisoformat(day) if day else None)


def test_what_is_expected_is_said_by_its_health() -> None:
    found = expected_by(initiative("hull"))
    assert found is not None
    assert (found.day, found.where.route[-2:]) == (date(2026, 9, 15), ("health", "forecast"))
    assert expected_by(initiative("mast")) is None


def test_what_goes_on_is_waited_for() -> None:
    # What could not be read may say anything.
    assert ids(list(waits_for(initiative("boat")))) == ["hull", "mast"]


def test_a_milestone_is_found_by_its_words() -> None:
    found = milestone_of(initiative("boat"), "keel laid!")
    assert found is not None
    assert found.day == date(2026, 8, 1), "of two with one name the later counts"
    assert milestone_of(initiative("boat"), "Painted") is None
    assert milestone_of(initiative("boat"), "...") is None
    assert milestone_of(initiative("mast"), "Keel laid") is None, "it waits for nothing"


def test_who_names_a_milestone_waits_for_that_one_only() -> None:
    assert needs_only_milestones(initiative("boat"), initiative("hull"))
    assert not needs_only_milestones(initiative("boat"), initiative("mast"))


def test_what_ended_when_it_was_due_was_done() -> None:
    assert {each.id: ended_when_due(each) for each in ORG.all(Initiative) if each.id in ("done", "gone", "over")} == {
        "done": True,
        "gone": False,
        "over": False,
    }


@pytest.mark.parametrize(("name", "days"), [("hull", 90), ("mast", 182), ("sail", 180), ("flag", 90)])
def test_word_lasts_two_rounds_of_whoever_looks_most_often(name: str, days: int) -> None:
    assert abs(word_lasts(initiative(name), 90) - timedelta(days=days)) < timedelta(days=2)
