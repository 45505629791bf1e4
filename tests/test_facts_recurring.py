"""What was decided more than once, and what comes back for one reason: against comparing everything with everything."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from org_kit import org_of, the

from coordlint.facts.decided_again import decided_again
from coordlint.facts.evidence import happened, in_order
from coordlint.facts.recurring import came_back
from coordlint.model.kinds import DecisionRight, Handoff
from coordlint.testing import DAY, InMemory

# What may be said, with the thing that it speaks of, and what is said of it.
SAID = {
    "Open the gate": ("gate", ""),
    "OPEN: gates": ("gate", ""),
    "Do not open the gate": ("gate", "not"),
    "Open the gate for two weeks": ("gate", "2w"),
    "Open the barn": ("barn", ""),
    "x": ("x", ""),
}


@st.composite
def decisions(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {"decided": "it", "date": str(DAY - timedelta(days=draw(st.integers(-3, 380))))}
    for key, values in (
        ("given", ({"a": 1}, {"a": 1.0}, {"a": "2"}, {"a": 1, "b": "X"})),
        ("id", ("I", "J", "K")),
        ("supersedes", ("I", "J")),
        ("what", [*SAID]),
        ("by", ("ext/Ann", "ext/Ben")),
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
    ids = {entry["id"] for entry in log if "id" in entry}
    every = [event.entry.data for event in in_order(happened(org, "decided").get(right, ()))]
    assert told == sorted(map(repr, second_decisions(every, ids, days, often)))


def second_decisions(log: list[Any], ids: set[str], days: int, often: int) -> list[Any]:
    log = [entry for entry in log if date.fromisoformat(entry["date"]) >= DAY - timedelta(days=365)]
    found = []
    for index, second in enumerate(log):
        alike = [entry for entry in log if values(entry) == values(second)]
        replaced = {entry["supersedes"] for entry in alike if supersedes(entry, ids)}
        if not supersedes(second, ids) and any(
            is_earlier(log, earlier, index, days)
            and values(log[earlier]) == values(second)
            and log[earlier].get("id") not in replaced
            and are_one(log[earlier], second, alike, days, often)
            for earlier in range(index)
        ):
            found.append(second)
    return found


def supersedes(entry: Any, ids: set[str]) -> bool:
    return entry.get("supersedes") in ids - {entry.get("id")}


def values(entry: Any) -> Any:
    return sorted((name, str(value).lower().removesuffix(".0")) for name, value in entry.get("given", {}).items())


def is_earlier(log: list[Any], earlier: int, later: int, days: int) -> bool:
    gap = date.fromisoformat(log[later]["date"]) - date.fromisoformat(log[earlier]["date"])
    return gap <= timedelta(days=days)


def are_one(one: Any, other: Any, alike: list[Any], days: int, often: int) -> bool:
    if one == other or (one.get("id") and one.get("id") == other.get("id")):
        return False
    few = not is_routine(one, alike, days, often) and not is_routine(other, alike, days, often)
    two = "by" in one and "by" in other and one["by"] != other["by"]
    things = [thing(one), thing(other)]
    if None in things:
        days_between = date.fromisoformat(other["date"]) - date.fromisoformat(one["date"])
        soon = days_between < timedelta(days=7) or bool(one.get("given"))
        if is_hackneyed(one, alike, days, often) or is_hackneyed(other, alike, days, often):
            return False
        return few and (soon or two)
    if things[0] != things[1] or is_hackneyed(one, alike, days, often) or is_hackneyed(other, alike, days, often):
        return False
    if SAID[one["what"]] == SAID[other["what"]]:
        return True
    amounts = "for two weeks" in one["what"], "for two weeks" in other["what"]
    return (few or two) if amounts[0] == amounts[1] else few and two


def thing(entry: Any) -> str | None:
    return SAID[entry["what"]][0] if "what" in entry else None


def is_hackneyed(entry: Any, alike: list[Any], days: int, often: int) -> bool:
    saying_so = [each for each in alike if thing(each) == thing(entry)]
    return thing(entry) is not None and is_routine(entry, saying_so, days, often)


def is_routine(entry: Any, alike: list[Any], days: int, often: int) -> bool:
    day = date.fromisoformat(entry["date"])
    on = [date.fromisoformat(each["date"]) for each in alike]
    return any(
        start <= day <= start + timedelta(days=days)
        and sum(start <= each <= start + timedelta(days=days) for each in on) > often
        for start in on
    )


SAYINGS = [
    # The same words, however they are written; what says the reverse.
    ("22 % for the hospitals of Flanders", "22 % FOR HOSPITALS, FLANDERS", True),
    ("Not open on Sundays", "Open on Sundays again", True),
    ("Approved: the booth in Ghent", "The booth in Ghent: rejected", True),
    ("Ladenöffnung am Sonntag", "Keine Ladenöffnung am Sonntag", True),
    # A word more or less may be what it is about.
    ("12 % for Hospital Aachen, pharmacy", "12 % for Hospital Aachen, kitchen", False),
    ("12 % for Colruyt, stores in the north", "12 % for Colruyt, stores in the south", False),
    ("12 %, City of Ghent, schools", "12 %, City of Ghent, kindergartens", False),
    ("12 % for Metro", "12 % for Metro, spring", False),
    ("Lid gasket from supplier A", "Lid gasket from supplier B", False),
    ("Lid gasket from supplier A", "Lid gasket from a supplier", False),
    ("Laptops for IT", "Laptops for it", False),
    ("A van from Lille to Ghent", "A van from Ghent", False),
    ("A desk with lamp", "A desk without lamp", False),
    ("A new press", "A new oven", False),
    ("Plover moves by six weeks", "Heron moves by two weeks", False),
    # So may a number that counts things, or names one, whoever says it.
    ("New tyres for three vans", "New tyres for two vans", False),
    ("12 % for four cabinets for REWE", "12 % for six cabinets for REWE", False),
    ("Order 4711 goes out", "Order 4712 goes out", False),
]
# Another amount of one thing, or another day, is one thing only where two decide.
AMOUNTS = [
    ("No credit for Saint-Luc", "A credit of 4,200 EUR for Saint-Luc"),
    ("Lease for the hall, three years", "The lease of the hall: five years"),
    ("Plover moves to 25 May", "Plover moves to 2 June"),
]


HOLDERS = "people: {ann: {}, ben: {}}\nroles: {a: {held_by: ann}, b: {held_by: ben}}"


def told(log: list[dict[str, Any]], places: str = "", right: str = "") -> int:
    rights = f"decision_rights: {{it: {{question: Which?, {right}}}}}"
    org = org_of(f"{HOLDERS}\n{places}\n{rights}\nlog: {json.dumps(log)}")
    return len(list(decided_again(the(DecisionRight, org, "it"), 90, 3)))


def on(day: str, **said: Any) -> dict[str, Any]:
    return {"decided": "it", "date": f"2026-{day}", **said}


@pytest.mark.parametrize(("one", "other", "same"), SAYINGS)
def test_two_texts_speak_of_one_thing_where_their_words_are_the_same(one: str, other: str, same: bool) -> None:
    assert told([on("05-01", what=one), on("05-02", what=other)]) == same
    if not same:
        assert told([on("05-01", what=one, by="a"), on("05-02", what=other, by="b")]) == 0


@pytest.mark.parametrize(("one", "other"), AMOUNTS)
def test_another_amount_of_one_thing_is_told_where_two_decide(one: str, other: str) -> None:
    assert told([on("05-01", what=one, by="a"), on("05-02", what=other, by="b")]) == 1
    assert told([on("05-01", what=one, by="a"), on("05-02", what=other, by="a")]) == 0
    assert told([on("05-01", what=one), on("05-02", what=other, by="b")]) == 0
    routine = [on(f"05-0{day}", what=f"{name} moves") for day, name in enumerate(("Ibis", "Rail", "Teal"), 3)]
    assert told([on("05-01", what=one, by="a"), on("05-02", what=other, by="b"), *routine]) == 0


def test_whoever_stands_for_the_other_is_no_second_one() -> None:
    for by, count in (("ann", 0), ("ben", 1), ("b", 1), ("a", 0), ("lost", 0), (["a", "b"], 0)):
        assert told([on("03-01", by="a"), on("05-01", by=by)]) == count


ROUND = "meetings: {round: {cadence: {every: week, day: mon}}, call: {cadence: as needed}}\nforums: {board: {}}"


@pytest.mark.parametrize(
    ("said", "right", "count"),
    [
        ({"in": "round"}, "", 0),
        ({"in": "board"}, "", 0),
        ({}, "decided_in: round", 0),
        ({"given": {"x": 1}}, "decided_in: round", 0),
        ({}, "decided_in: call", 1),
        ({"in": "call"}, "", 1),
        ({"what": "The booth in Ghent"}, "decided_in: round", 1),
    ],
)
def test_a_meeting_that_comes_again_decides_something_else_each_time(
    said: dict[str, Any], right: str, count: int
) -> None:
    assert told([on("05-04", by="a", **said), on("05-06", by="b", **said)], ROUND, right) == count


def test_without_a_word_of_what_it_takes_two_or_less_than_a_week() -> None:
    assert [told([on("05-04"), on(f"05-{day}")]) for day in ("10", "11")] == [1, 0]
    assert told([on("03-04", by="a"), on("05-11", by="b")]) == 1
    assert told([on("03-04", given={"x": 1}), on("05-11", given={"x": 1})]) == 1


def test_what_is_said_more_than_three_times_says_nothing() -> None:
    days = ("05-04", "05-11", "05-18", "05-25")
    assert [told([on(day, what="The plan") for day in days[:count]]) for count in (2, 3, 4)] == [1, 1, 0]


def test_only_what_an_entry_bears_is_superseded() -> None:
    for replaced, count in (("A-1", 0), ("A-99", 1), ("A-2", 1)):
        entries = [on("05-04", id="A-1", what="It"), on("05-11", id="A-2", what="It", supersedes=replaced)]
        assert told([{**each, "what": "The booth"} for each in entries]) == count


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
