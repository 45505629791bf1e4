"""Long lines, against every path that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from coordlint.facts.lines import long_lines

Edges = Mapping[int, Sequence[int]]

edges = st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3, unique=True), max_size=7)


def paths(leads_to: Edges, start: int, length: int) -> list[list[int]]:
    """Every walk of so many nodes, by brute force."""
    if length == 1:
        return [[start]]
    onward = [(each, paths(leads_to, each, length - 1)) for each in leads_to.get(start, ())]
    return [[start, *rest] for _, found in onward for rest in found]


@given(edges, st.integers(2, 5))
def test_it_tells_each_beginning_of_a_long_line(leads_to: Edges, length: int) -> None:
    begun = {node for node in leads_to if paths(leads_to, node, length)}
    led_into = {each for node in begun for each in leads_to[node]}
    found = list(long_lines(leads_to, length))
    assert [line[0] for line in found] == [node for node in leads_to if node in begun - led_into]
    assert all(line in paths(leads_to, line[0], length) for line in found)


def test_a_very_long_line_is_told_once() -> None:
    leads_to = {node: [node + 1] for node in range(20_000)}
    assert list(long_lines(leads_to, 4)) == [[0, 1, 2, 3]]
