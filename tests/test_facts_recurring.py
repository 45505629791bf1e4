"""What was decided more than once, and what comes back for one reason: against comparing everything with everything."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.evidence import happened, in_order
from coordlint.facts.recurring import came_back, decided_again
from coordlint.model.kinds import DecisionRight, Handoff
from coordlint.testing import DAY, InMemory

WORDS = ("", "Open the gate", "Open the big gate of Rust", "Shut the big gate of Rust", "Open the barn of Linz", "x")


@st.composite
def decisions(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {"decided": "it", "date": str(DAY - timedelta(days=draw(st.integers(-3, 380))))}
    for key, values in (
        ("given", ({"a": 1}, {"a": 1.0}, {"a": "2"}, {"a": 1, "b": "X"})),
        ("id", ("I", "J", "K")),
        ("supersedes", ("I", "J")),
        ("what", WORDS[1:]),
    ):
        if draw(st.booleans()):
            said[key] = draw(st.sampled_from(values))
    return said


@settings(max_examples=300)
@given(st.lists(decisions(), max_size=12), st.integers(1, 4), st.integers(5, 100))
def test_the_second_decisions_are_those_that_brute_force_finds(
    log: list[dict[str, Any]], often: int, days: int
) -> None:
    org = org_of(f"decision_rights: {{it: {{question: Which?}}}}\nlog: {json.dumps(log)}")
    right = the(DecisionRight, org, "it")
    runs = [[event.entry.data for event in run] for run in decided_again(right, days, often)]
    assert all(len(run) > 1 for run in runs)
    told = sorted(repr(entry) for run in runs for entry in run[1:])
    every = [event.entry.data for event in in_order(happened(org, "decided").get(right, ()))]
    assert told == sorted(map(repr, second_decisions(every, days, often)))


def second_decisions(log: list[Any], days: int, often: int) -> list[Any]:
    first_day = DAY - timedelta(days=365)
    log = [entry for entry in log if date.fromisoformat(entry["date"]) >= first_day]
    found = []
    for index, second in enumerate(log):
        alike = [entry for entry in log if values(entry) == values(second)]
        replaced = {entry.get("supersedes") for entry in alike} - {None}
        if "supersedes" not in second and any(
            is_earlier(log, earlier, index, days)
            and values(log[earlier]) == values(second)
            and log[earlier].get("id") not in replaced
            and are_one(log[earlier], second, alike, days, often)
            for earlier in range(index)
        ):
            found.append(second)
    return found


def values(entry: Any) -> Any:
    return sorted((name, str(value).lower().removesuffix(".0")) for name, value in entry.get("given", {}).items())


def is_earlier(log: list[Any], earlier: int, later: int, days: int) -> bool:
    gap = date.fromisoformat(log[later]["date"]) - date.fromisoformat(log[earlier]["date"])
    return gap <= timedelta(days=days)


def are_one(one: Any, other: Any, alike: list[Any], days: int, often: int) -> bool:
    if one == other or (one.get("id") and one.get("id") == other.get("id")):
        return False
    if "what" in one and "what" in other:
        return {one["what"], other["what"]} in SAME
    return not is_routine(one, alike, days, often) and not is_routine(other, alike, days, often)


# Which of the words above speak of one thing: those that are the same, and those of one gate.
SAME: list[set[str]] = [*({word} for word in WORDS[1:]), {WORDS[2], WORDS[3]}]


def is_routine(entry: Any, alike: list[Any], days: int, often: int) -> bool:
    day = date.fromisoformat(entry["date"])
    on = [date.fromisoformat(each["date"]) for each in alike]
    return any(
        start <= day <= start + timedelta(days=days)
        and sum(start <= each <= start + timedelta(days=days) for each in on) > often
        for start in on
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Lid gasket from supplier A, for Plover",
            "Lid gasket from supplier B, for Plover; A shrinks below 4 °C",
            True,
        ),
        ("22 % for the university hospitals of Flanders", "22 % for the university hospitals of Wallonia", False),
        ("A lease for a depot in Toronto, five years", "A lease for a depot in Calgary, five years", False),
        ("Lease for the hall, three years", "The lease of the hall: five years", True),
        ("A new press", "A new oven", False),
        ("Plover moves by six weeks", "Heron moves by two weeks", False),
        ("Mitarbeiterfest im Juni", "Mitarbeiterfest erst im Juli", False),
        ("Not open on Sundays", "Open on Sundays again", True),
        ("Open on Sundays in Rust", "Open on Sundays", True),
        ("Ladenöffnung am Sonntag", "Keine Ladenöffnung am Sonntag", True),
    ],
)
def test_two_texts_speak_of_one_thing_where_names_and_most_words_are_the_same(one: str, other: str, same: bool) -> None:
    log = [{"decided": "it", "date": f"2026-05-0{day}", "what": what} for day, what in ((1, one), (2, other))]
    org = org_of(f"decision_rights: {{it: {{question: Which?}}}}\nlog: {json.dumps(log)}")
    assert len(list(decided_again(the(DecisionRight, org, "it"), 90, 3))) == same


REASONS = {
    "": "",
    "no width": "width",
    "Width missing": "width",
    "the widths are wrong": "width",
    "late": "late",
    "no": "no",
}


@given(
    st.lists(st.tuples(st.integers(-30, 460), st.sampled_from([*REASONS])), max_size=15),
    st.sampled_from(["jan", "feb", "mar", "apr", "jul", "oct", "dec"]),
    st.integers(1, 4),
)
def test_what_comes_back_is_what_counting_by_quarters_finds(log: list[tuple[int, str]], month: str, least: int) -> None:
    entries = [
        {"returned": "it", "date": str(DAY - timedelta(days=ago)), **({"reason": reason} if reason else {})}
        for ago, reason in log
    ]
    org = (
        InMemory(
            {
                "coordlint.yaml": f'organisation: A\nedition: "2026"\nfiscal_year_starts: {month}\n',
                "case.yaml": f"handoffs: {{it: {{from: a, to: b, delivers: It}}}}\nlog: {json.dumps(entries)}",
            }
        )
        .run(as_of=DAY)
        .org
    )
    told = [[str(event.day) for event in events] for events in came_back(the(Handoff, org, "it"), least)]
    assert sorted(told) == sorted(by_counting(log, month, least))


def by_counting(log: list[tuple[int, str]], month: str, least: int) -> list[list[str]]:
    start = [*["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]].index(month)
    quarters = []
    begun = date(DAY.year - 2, start + 1, 1)
    while begun <= DAY:
        end = date(begun.year + (begun.month > 9), (begun.month + 2) % 12 + 1, 1)
        quarters.append((begun, end))
        begun = end
    found = []
    for reason in {*REASONS.values()} - {""}:
        days = [DAY - timedelta(days=ago) for ago, said in log if REASONS[said] == reason and ago >= 0]
        latest = [max([day for day in days if begun <= day < end], default=None) for begun, end in quarters[-4:]]
        if len([day for day in latest if day]) >= least:
            found.append([str(day) for day in latest if day])
    return found
