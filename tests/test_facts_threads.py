"""Which meetings are the only thread between teams, held against taking each of them away."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from org_kit import org_of

from coordlint.facts.threads import single_threads

TEAMS = [f"t{number}" for number in range(6)]
SOME = st.lists(st.sampled_from(TEAMS), min_size=2, max_size=3, unique=True)
PAIR = st.lists(st.sampled_from(TEAMS), min_size=2, max_size=2, unique=True)
# Who meets, and who needs whom through which meeting; None for a need that has a way of its own.
MEETINGS = st.lists(SOME, min_size=1, max_size=5)
NEEDS = st.lists(st.tuples(PAIR, st.one_of(st.none(), st.integers(0, 4))), max_size=6)

Needs = list[tuple[list[str], int | None]]


def together(sets: list[list[str]]) -> dict[str, set[str]]:
    """For each team those that it hangs together with, by joining sets until nothing changes."""
    around = {team: {team} for team in TEAMS}
    for _ in TEAMS:
        for joined in sets:
            everybody = set().union(*(around[team] for team in joined))
            for team in everybody:
                around[team] = everybody
    return around


def by_hand(meetings: list[list[str]], needs: Needs) -> dict[str, set[str]]:
    """For each meeting that is a thread the needs whose teams fall apart without it."""
    own = [pair for pair, through in needs if through is None or through >= len(meetings)]
    found: dict[str, set[str]] = {}
    for number, coming in enumerate(meetings):
        rest = together([*meetings[:number], *meetings[number + 1 :], *own])
        for index, (pair, through) in enumerate(needs):
            if through == number and set(pair) <= set(coming) and pair[1] not in rest[pair[0]]:
                found.setdefault(f"m{number}", set()).add(f"n{index}")
    return found


@given(MEETINGS, NEEDS)
@settings(max_examples=60, deadline=None)
def test_a_thread_is_what_nothing_else_joins(meetings: list[list[str]], needs: Needs) -> None:
    teams = "".join(f"  {team}: {{}}\n" for team in TEAMS)
    met = "".join(
        f"  m{n}: {{attendees: [{', '.join(those)}], cadence: as needed}}\n" for n, those in enumerate(meetings)
    )
    lines = ""
    for index, (pair, through) in enumerate(needs):
        way = f", through: m{through}" if through is not None and through < len(meetings) else ""
        lines += f"  n{index}: {{from: {pair[0]}, to: {pair[1]}, carries: context{way}}}\n"
    org = org_of(f"teams:\n{teams}meetings:\n{met}" + (f"context_lines:\n{lines}" if lines else ""))
    found = single_threads(org)
    assert {thread.meeting.id: {need.id for need in thread.needs} for thread in found} == by_hand(meetings, needs)
    for thread in found:
        assert len(thread.sides) > 1
        assert sum(map(len, thread.sides)) == len({team for side in thread.sides for team in side})
