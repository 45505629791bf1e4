"""How the manual says numbers, days and rhythms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coordlint.manual import words
from coordlint.manual.uses import USED, used
from coordlint.manual.words import QUESTIONS
from coordlint.model.base import ANY, Declaration
from coordlint.model.kinds import COLLECTIONS, KINDS
from coordlint.values import Cadence, parse_cadence


def cadence(value: Any) -> Cadence:
    read = parse_cadence(value)
    assert isinstance(read, Cadence)
    return read


def test_numbers_and_lists() -> None:
    assert words.counted(1, "call") == "one call"
    assert words.counted(0, "call") == "no calls"
    assert words.counted(12, "person", "people") == "twelve people"
    assert words.counted(1_500, "call") == "1,500 calls"
    assert words.counted(11, "error", beside=23) == "11 errors"
    assert words.counted(11, "error", beside=12) == "eleven errors"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed([]) == ""
    assert words.sentence("role `x` is vacant") == "Role `x` is vacant."
    assert words.sentence("who decides?") == "Who decides?"


@pytest.mark.parametrize(("number", "said"), [(1, "once"), (2, "twice"), (3, "3 times"), (0.5, "0.5 times")])
def test_how_often(number: float, said: str) -> None:
    assert words.times(number) == said


def test_days() -> None:
    today = date(2026, 10, 12)
    assert words.full_day(today) == "Monday 12 October 2026"
    assert words.days_between(date(2026, 10, 30), today) == "in 18 days"
    assert words.days_between(date(2026, 9, 1), today) == "41 days ago"
    assert words.days_between(date(2026, 10, 11), today) == "1 day ago"
    assert words.days_between(today, today) == "today"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"every": "week", "day": "tue", "at": "10:00", "lasts": "45m"}, "Every Tuesday at 10:00 for 45 minutes"),
        (
            {"every": "2 weeks", "day": "thu", "at": "16:00", "starting": "2026-01-08"},
            "Every 2 weeks on Thursday at 16:00, starting 8 January 2026",
        ),
        ({"dates": ["2026-03-12"], "at": "14:00", "lasts": "4h"}, "On 12 March 2026 at 14:00 for 4 hours"),
        ({"after": "a severity 1 incident", "within": "24h"}, "After a severity 1 incident within 24 hours"),
        ({"every": "month", "day": "last fri", "except": "xmas"}, "Every month on the last Friday, except xmas"),
        ("as needed", "As needed"),
    ],
)  # fmt: skip
def test_rhythms(value: Any, said: str) -> None:
    assert words.cadence(cadence(value).slots[0]) == said


def test_slots_that_differ_in_their_weekday_are_one() -> None:
    slot = {"every": "week", "at": "09:00", "lasts": "30m"}
    several = cadence([{**slot, "day": "tue"}, {**slot, "day": "thu"}, {"every": "month", "day": "last fri"}])
    assert len(words.as_few_slots(several)) == 2
    assert words.short_cadence(several) == "Every Tuesday and Thursday at 09:00; every month on the last Friday"


# The words know every field: what is added to the vocabulary without a question for it would never be seen.

# What stands above the fields, in tables of its own, or is for the tool and no reader.
ELSEWHERE = {
    "name", "description", "status", "waive", "like", "purpose", "question", "cases", "also", "otherwise", "steps",
    "works_with", "decides", "needs", "milestones", "held_as", "per",
}  # fmt: skip


@pytest.mark.parametrize("kind", ANY)
def test_every_field_has_its_question(kind: str) -> None:
    fields = set(KINDS[kind].fields)
    asked = {*QUESTIONS[kind], *words.COMMON}
    missing = fields - asked - ELSEWHERE - ({"headcount"} if kind == "role" else set())
    assert missing == set()
    assert set(QUESTIONS[kind]) <= fields
    assert set(words.COMMON) <= set(Declaration.fields)


def test_every_use_in_words_is_a_field_that_names() -> None:
    for kind, field in USED:
        assert field in KINDS[kind].fields, (kind, field)
    assert used("meeting", "chair") == "Chairs"
    assert used("meeting", "owner") == "Answers for"
    assert used("meeting", "new_field") == "Named by meetings, as “new field”"


def test_every_kind_that_has_pages_has_a_name() -> None:
    assert set(ANY) <= set(words.KINDS)
    assert all(KINDS[kind].collection in COLLECTIONS for kind in words.KINDS)
