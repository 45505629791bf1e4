"""What the log tells of each declaration, whatever the order in which it stands, and how far it reaches."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.evidence import SORTS, evidence, happened, in_order, last, recent, told_until
from coordlint.model.kinds import Handoff, Meeting, Record
from coordlint.testing import DAY

MILL = """
meetings: {round: {was: [walk, meeting-of-old], cadence: as needed}, count: {cadence: as needed}}
decision_rights: {flour: {question: Which flour?, was: meal}, count: {question: How many?}}
handoffs: {sacks: {from: mill, to: barn, delivers: Sacks, was: bags}}
escalations: {flood: {steps: [{to: ext/reeve}]}, dry: {steps: [{to: ext/reeve}]}}
initiatives: {wheel: {}, dam: {}}
records: {book: {keeps: All.}, list: {keeps: Some., was: roll}}
"""
# How each may be named in the log, by sort.
NAMES = {
    "held": {"round": "round", "walk": "round", "meeting-of-old": "round", "count": "count", "meeting/count": "count"},
    "cancelled": {"round": "round", "walk": "round", "nobody": ""},
    "decided": {"flour": "flour", "meal": "flour", "count": "count", "decision-right/count": "count"},
    "returned": {"sacks": "sacks", "bags": "sacks", "round": ""},
    "escalated": {"flood": "flood", "dry": "dry"},
    "slipped": {"wheel": "wheel", "dam": "dam"},
    "updated": {"book": "book", "roll": "list"},
}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    sort = draw(st.sampled_from([*NAMES]))
    day = DAY + timedelta(days=draw(st.integers(-20, 5)))
    key = SORTS[sort]
    said = {
        sort: draw(st.sampled_from([*NAMES[sort]])),
        key: f"{day}T{draw(st.integers(10, 23))}:00" if key == "opened" else str(day),
    }
    if sort == "slipped" and draw(st.booleans()):
        del said["date"]
    if sort == "held":
        said["attended"] = draw(st.integers(0, 3))  # type: ignore[assignment]
    return dict(reversed(said.items())) if draw(st.booleans()) else said


@given(st.lists(entries(), max_size=25))
def test_everything_is_told_once_of_whom_it_names_and_nothing_of_the_future(log: list[dict[str, Any]]) -> None:
    org = org_of(f"{MILL}log: {json.dumps(log)}")
    expected: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in log:
        sort = next(key for key in NAMES if key in entry)
        day, named = str(entry.get(SORTS[sort], ""))[:10], NAMES[sort][entry[sort]]
        if day and named and day <= str(DAY):
            expected[sort, named].append(day)
    told = {
        (sort, each.id): [str(event.day) for event in events]
        for sort in SORTS
        for each, events in happened(org, sort).items()
    }
    assert told == {key: sorted(days) for key, days in expected.items()}
    days = [day for day in (str(entry.get("date", entry.get("opened", "")))[:10] for entry in log) if day]
    assert told_until(org) == max((date.fromisoformat(day) for day in days if day <= str(DAY)), default=None)


@given(st.lists(entries(), max_size=25), st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_order_of_lines_makes_no_difference_to_what_came_last(
    log: list[dict[str, Any]], random: Any, n: int
) -> None:
    shuffled = random.sample(log, len(log))
    one, other = (org_of(f"{MILL}log: {json.dumps(each)}") for each in (log, shuffled))
    for sort in SORTS:
        told = [{each.id: events for each, events in happened(org, sort).items()} for org in (one, other)]
        assert told[0].keys() == told[1].keys()
        for id, events in told[0].items():
            again = told[1][id]
            said = [[event.entry.data for event in last(each, n)] for each in (events, again)]
            assert said[0] == said[1] == [event.entry.data for event in in_order(events)][-n:]


def test_from_which_day_a_sort_is_told_of_does_not_need_a_name_that_resolves() -> None:
    org = org_of("""
log:
  - {escalated: lost, opened: 2025-02-03T10:00}
  - {escalated: found, opened: 2025-03-03}
  - {held: lost, date: 2026-07-01}
escalations: {found: {steps: [{to: ext/a}]}}
""")
    assert evidence(org).began == {"escalated": date(2025, 2, 3)}
    assert evidence(org).until == date(2025, 3, 3)


def test_a_log_that_is_empty_or_cannot_be_read_tells_nothing() -> None:
    for text in ("log: []", "log:", "meetings: {}", "log: [{held: round}, {held: round, date: yesterday}, 3]"):
        assert told_until(org_of(text)) is None


def test_the_history_of_what_was_changed_begins_anew() -> None:
    org = org_of(
        """
handoffs:
  old: {from: a, to: b, delivers: It}
  young: {from: a, to: b, delivers: It, since: 2026-05-04}
  changed: {from: a, to: b, delivers: It}
  kept: {from: a, to: b, delivers: It}
log:
  - {reviewed: changed, date: 2026-05-04, outcome: change}
  - {reviewed: kept, date: 2026-05-04, outcome: keep}
  - {reviewed: changed, date: 2026-06-16, outcome: change}
"""
        + "".join(
            f"  - {{returned: {id}, date: {day}}}\n"
            for id in ("old", "young", "changed", "kept")
            for day in ("2025-06-14", "2025-06-15", "2026-05-03", "2026-05-04", "2026-05-05")
        )
    )
    told = {
        each.id: len(recent(org, events, each))
        for each, events in happened(org, "returned").items()
        if isinstance(each, Handoff)
    }
    assert told == {"old": 4, "young": 2, "changed": 1, "kept": 4}
    every = happened(org, "returned")[the(Handoff, org, "changed")]
    assert len(recent(org, every)) == 4


def test_two_kinds_may_bear_one_id() -> None:
    org = org_of(
        "meetings: {it: {cadence: as needed}}\nrecords: {it: {keeps: All.}}\nlog: [{updated: it, date: 2026-01-01}]"
    )
    assert the(Record, org, "it") in happened(org, "updated")
    assert the(Meeting, org, "it") not in happened(org, "updated")
