"""What served one initiative, and nothing else."""

from __future__ import annotations

import pytest
from org_kit import org_of

from coordlint.facts.purposes import left_behind

QUAY = "initiatives: {quay: {status: ended, until: 2026-03-31, teams: [cranes], forum: board}}\nteams: {cranes: {}}\n"
BOARD = "forums: {board: {teams: [cranes], record: notes}}\nrecords: {notes: {keeps: It.}}\n"


def left(text: str) -> list[str]:
    return [repr(structure) for structure, _ in left_behind(org_of(text))]


def test_a_forum_with_its_meetings() -> None:
    meetings = "meetings: {weekly: {forum: board, cadence: as needed, reviews: quay}}\n"
    assert left(QUAY + BOARD + meetings) == ["forum/board"]


MOORING = "decision_rights: {mooring: {question: Who moors where?}}\n"


@pytest.mark.parametrize(
    "use",
    [
        f"{MOORING}meetings: {{weekly: {{forum: board, cadence: as needed, decides: mooring}}}}",
        "decision_rights: {mooring: {question: Who?, decided_in: board}}",
        "escalations: {stuck: {for: anything, steps: [{to: board}]}}",
        "context_lines: {news: {from: board, to: ext/a, carries: context}}",
        "meetings: {weekly: {forum: board, cadence: as needed, outputs: A list}}",
        "meetings: {weekly: {purpose: P, attendees: [bord], cadence: as needed}}",  # which may mean it
    ],
)
def test_anything_else_is_a_use(use: str) -> None:
    assert left(QUAY + BOARD + use) == []


@pytest.mark.parametrize(
    "no_use",
    [
        "meetings: {weekly: {attendees: [board], cadence: as needed, status: ended}}",
        "meetings: {weekly: {only_while: forum/board, cadence: as needed}}",
        f"{MOORING}scenarios: {{who: {{given: {{decision: mooring}}, expect: {{decided_in: board}}}}}}",
    ],
)
def test_what_is_over_or_only_asks_is_none(no_use: str) -> None:
    assert left(QUAY + BOARD + no_use) == ["forum/board"]


def test_an_initiative_that_goes_on_needs_its_forum() -> None:
    assert left((QUAY + BOARD).replace("status: ended, until: 2026-03-31, ", "")) == []
    assert left((QUAY + BOARD).replace("2026-03-31", "2026-06-10")) == []
