"""A sheet of what happened becomes entries of the log, of what is declared and in the order of days."""

from __future__ import annotations

import pytest
from csv_kit import data_of, faults, imported, noted, organisation, sheet
from example_kit import TEXTS

from coordlint.finding import UsageError
from coordlint.importers import Imported
from coordlint.importers.csv_names import Around


@pytest.fixture(scope="module")
def beside() -> Around:
    return organisation()


@pytest.fixture(scope="module")
def meetings(beside: Around) -> Imported:
    return imported(sheet("meetings.csv"), "log", beside=beside)


def test_an_export_of_meetings_is_read(meetings: Imported) -> None:
    assert faults(meetings, TEXTS) == []
    assert data_of(meetings)["log"] == [
        {"cancelled": "product-review", "date": "2026-09-29"},
        {"held": "launch-weekly", "date": "2026-09-30", "attended": 9, "decisions": "Agreed"},
        {
            "held": "launch-weekly",
            "date": "2026-10-14",
            "attended": 2,
            "decisions": ["The kit goes out in two parts.", "Berlin goes first."],
        },
        {
            "held": "launch-weekly",
            "date": "2026-10-21",
            "attended": ["chief-of-staff", "launch-lead"],
            "decisions": "discount",
        },
        {"held": "launch-weekly", "date": "2026-10-28", "attended": 8, "decisions": 2},
    ]


def test_what_cannot_be_taken_over_is_noted(meetings: Imported) -> None:
    assert noted(meetings, "there already") == [(5, "", "launch-weekly 2026-11-18")]
    left = noted(meetings, "left out")
    assert (11, "Meeting", "Product reviews (near: product-review)") in left
    assert (12, "Meeting", "Town hall of May") in left
    assert (13, "Date", "Launch weekly") in left
    assert (14, "Status", "postponed") in left
    assert [line for line, _, _ in left if line == 16] == [16], "the same row again"
    assert (8, "Attendees", "Somebody Else") in noted(meetings, "changed"), "a list would claim to be whole"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "Decision right,Decision ID,What was decided,Decided by,Meeting,Decided on\n"
            "discount,D-7,30 % for Harbour,CFO,Launch weekly,2026-09-01\n",
            {
                "decided": "discount",
                "id": "D-7",
                "what": "30 % for Harbour",
                "date": "2026-09-01",
                "by": "cfo",
                "in": "launch-weekly",
            },
        ),
        (
            "Record,Date\nLaunch plan,1 Sep 2026\n",
            {"updated": "launch-plan", "date": "2026-09-01"},
        ),
        (
            "Initiative,Date,Old date,New date,Known since,Cause\n"
            "plover-launch,2026-09-02,2026-10-01,2026-11-01,,Late\n",
            {
                "slipped": "plover-launch",
                "date": "2026-09-02",
                "from": "2026-10-01",
                "to": "2026-11-01",
                "cause": "Late",
            },
        ),
        (
            "Reviewed,Date,Reviewed by,Outcome\nmeeting/launch-weekly,2026-09-01,coo,Keep\n",
            {"reviewed": "launch-weekly", "date": "2026-09-01", "outcome": "keep"},
        ),
    ],
)
def test_every_sort_of_entry_has_its_columns(text: str, entry: dict[str, object], beside: Around) -> None:
    found = imported(text, "log", beside=beside)
    assert data_of(found)["log"] == [entry]
    assert faults(found, TEXTS) == []


def test_hand_offs_and_escalations() -> None:
    texts = {
        "coordlint.yaml": 'edition: "2026"\n',
        "all.yaml": "handoffs: {kit: {delivers: The kit}}\nescalations: {page: {steps: [{to: ext/x}]}}\n",
    }
    beside = organisation(texts)
    told = imported("Handoff,Date,Reason\nKit,2026-01-05,price list missing\n", "log", beside=beside)
    assert data_of(told)["log"] == [{"returned": "kit", "date": "2026-01-05", "reason": "price list missing"}]
    text = (
        "Escalation,Opened,Closed,Step reached\npage,31.03.2026 2:05 pm,2026-04-02T09:30,2\npage,2026-05-01T08:00Z,,0\n"
    )
    found = imported(text, "log", beside=beside)
    assert data_of(found)["log"] == [
        {"escalated": "page", "opened": "2026-03-31T14:05", "closed": "2026-04-02T09:30", "reached": 2},
        {"escalated": "page", "opened": "2026-05-01"},
    ]
    assert faults(found, texts) == []


def test_without_an_organisation_there_is_nothing_that_could_have_happened() -> None:
    with pytest.raises(UsageError, match="name the folder of your organisation with `--into`"):
        imported(sheet("meetings.csv"), "log")


def test_a_sheet_of_another_sort_is_one_sentence(beside: Around) -> None:
    with pytest.raises(UsageError, match="no column for `held` and none for `date`"):
        imported("Role,Team\nA,B\n", "log", beside=beside)
