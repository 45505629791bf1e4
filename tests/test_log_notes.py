"""What is said beside the findings of entries that count for nothing, or not as they say."""

from __future__ import annotations

import pytest

from coordlint.config import Asked
from coordlint.testing import DAY, HOUSE, InMemory

HEAD = "decision_rights: {hire: {question: Who?, decider: ext/a}}\nmeetings: {round: {cadence: as needed}}\nlog:\n"


def notes(*entries: str, select: str = "decision") -> list[str]:
    text = HEAD + "".join(f"  - {{{entry}}}\n" for entry in entries)
    return list(InMemory({"coordlint.yaml": HOUSE, "log.yaml": text}).run(Asked(select=(select,)), DAY).notes)


def test_what_is_still_to_come_is_told() -> None:
    assert notes("decided: hire, date: 2026-05-20", "decided: hire, date: 2062-05-20") == [
        "1 entry of the log tells of a day to come (log.yaml:5), and counts for nothing until then"
    ]
    assert notes("held: round, date: 2026-07-15", "reviewed: hire, date: 2026-07-01, outcome: keep") == [
        "2 entries of the log tell of days to come (first: log.yaml:4), and count for nothing until then"
    ]


def test_today_what_was_cancelled_ahead_and_a_log_that_nobody_asks_are_not_told() -> None:
    assert notes(f"held: round, date: {DAY}", "cancelled: round, date: 2026-07-15") == []
    assert notes("held: round, date: 2026-07-15", select="yaml") == []


@pytest.mark.parametrize(
    ("id", "replaced", "end"),
    [
        ("A-98", "A-99", "; did you mean `A-98`?"),
        ("Council of May", "A-99", ", so that it replaces none"),
        ("A-99", "A-99", None),
    ],
)
def test_what_replaces_nothing_that_is_there_is_told(id: str, replaced: str, end: str | None) -> None:
    told = notes(
        f"decided: hire, date: 2026-05-20, id: {id}", f"decided: hire, date: 2026-05-21, supersedes: {replaced}"
    )
    said = f"log.yaml:5 supersedes `{replaced}`, and no decision of the log has that id"
    assert told == ([f"{said}{end}"] if end else [])


def test_of_several_the_first_is_told_and_what_is_history_is_not() -> None:
    told = notes(
        "decided: hire, date: 2024-05-20, supersedes: A-1",
        "decided: hire, date: 2026-05-20, supersedes: A-1",
        "decided: hire, date: 2026-05-21, supersedes: A-2",
    )
    assert told == [
        "log.yaml:5 supersedes `A-1`, and no decision of the log has that id, so that it replaces none (and 1 more)"
    ]
