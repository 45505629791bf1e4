"""Which decision rights ask the same: counted, and held against a comparison of every two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import ids, org_of
from pace import clock

from coordlint.facts.rights import are_related, asked_twice
from coordlint.model.kinds import DecisionRight
from coordlint.testing import check, marks, parse


def rights_of(ties: list[tuple[int | None, int | None]]) -> str:
    """Rights of one question; of each the number of the one that it comes from, and of what takes its place."""
    text = "decision_rights:\n  other: {question: Who opens the shop?, decider: clerk}\n"
    for number, (parent, heir) in enumerate(ties):
        told = f", delegated_from: r{parent}" if parent is not None else ""
        told += f", replaced_by: r{heir}" if heir is not None else ""
        text += f"  r{number}: {{question: Do we lend?, decider: clerk{told}}}\n"
    return text


@given(st.lists(st.tuples(st.none() | st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=6))
def test_it_is_what_a_comparison_of_every_two_gives(ties: list[tuple[int | None, int | None]]) -> None:
    org = org_of(rights_of(ties))
    rights = [right for right in org.all(DecisionRight) if right.id != "other"]
    apart = {each for pair in combinations(rights, 2) if not are_related(*pair) for each in pair}
    assert [ids(group) for group in asked_twice(org)] == ([ids(apart)] if apart else [])


@pytest.mark.parametrize("same_parent", [True, False])
def test_thousands_that_ask_the_same_are_told_once_and_soon(same_parent: bool) -> None:
    """Counted: to compare every two of so many would take minutes."""
    count = 5000
    case = parse(rights_of([(0 if same_parent else None, None)] * count))
    with clock() as spent:
        found = marks(check(case, "decision/declared-twice"))
    assert len(found) == (0 if same_parent else 1)
    assert spent.seconds < 10
