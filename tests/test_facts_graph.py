"""Questions about graphs, answered again by hand: take one away, and look who still reaches whom."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from coordlint.facts.graph import (
    articulation_points,
    bridges,
    components,
    grouped,
    held_together,
    loops,
    reachable,
)

Graph = Mapping[int, list[int]]

NODES = st.integers(0, 9)
EDGES = st.lists(st.tuples(NODES, NODES), max_size=25)


def directed(edges: list[tuple[int, int]]) -> dict[int, list[int]]:
    graph: dict[int, list[int]] = {node: [] for node in range(10)}
    for one, other in edges:
        graph[one].append(other)
    return graph


def undirected(edges: list[tuple[int, int]]) -> dict[int, list[int]]:
    return directed([*edges, *((other, one) for one, other in edges)])


def reaches(graph: Graph) -> dict[int, set[int]]:
    """For each node all that it reaches, itself too, by adding what is one edge further until nothing is."""
    found = {node: {node} for node in graph}
    while True:
        wider = {node: found[node].union(*(graph[each] for each in found[node])) for node in graph}
        if wider == found:
            return found
        found = wider


def parts(graph: Graph) -> set[frozenset[int]]:
    return {frozenset(found) for found in reaches(graph).values()}


@given(EDGES)
def test_reachable_is_what_steps_lead_to(edges: list[tuple[int, int]]) -> None:
    graph = directed(edges)
    assert {node: reachable(graph, node) for node in graph} == reaches(graph)


@given(EDGES)
def test_components_are_those_that_reach_each_other(edges: list[tuple[int, int]]) -> None:
    graph = undirected(edges)
    found = components(graph)
    assert {frozenset(part) for part in found} == parts(graph)
    assert sum(map(len, found)) == len(graph)
    assert [part[0] for part in found] == sorted(map(min, found))


@given(st.lists(st.lists(NODES, min_size=1, max_size=4), max_size=12))
def test_what_is_joined_is_grouped_as_its_components_are(joined: list[list[int]]) -> None:
    graph = undirected([(first, other) for first, *others in joined for other in others])
    group_of = grouped(joined)
    for part in components(graph):
        assert len({group_of.get(node, node) for node in part}) == 1
    assert len({group_of.get(node, node) for node in graph}) == len(components(graph))


@given(EDGES)
def test_without_a_bridge_there_is_one_part_more(edges: list[tuple[int, int]]) -> None:
    expected = set()
    for cut in edges:
        rest = [edge for edge in edges if set(edge) != set(cut)]
        if len(parts(undirected(rest))) > len(parts(undirected(edges))):
            expected.add(frozenset(cut))
    found = bridges(undirected(edges))
    assert {frozenset(bridge) for bridge in found} == expected
    assert len(found) == len(expected)


@given(EDGES)
def test_without_an_articulation_point_its_part_falls_apart(edges: list[tuple[int, int]]) -> None:
    expected = []
    for node in range(10):
        rest = undirected([edge for edge in edges if node not in edge])
        del rest[node]
        around = {node, *undirected(edges)[node]}
        was_alone = around == {node}
        if len(parts(rest)) > len(parts(undirected(edges))) - was_alone:
            expected.append(node)
    assert articulation_points(undirected(edges)) == expected


@given(EDGES)
def test_the_groups_beside_it_are_those_that_do_not_reach_each_other(edges: list[tuple[int, int]]) -> None:
    graph = undirected(edges)
    for node, groups in held_together(graph).items():
        rest = undirected([edge for edge in edges if node not in edge])
        found = {frozenset(part & set(graph[node])) for part in parts(rest) if node not in part}
        assert {frozenset(group) for group in groups} == found - {frozenset()}
        assert sum(map(len, groups)) == len(set(graph[node]) - {node})


@given(EDGES)
def test_a_loop_is_where_a_node_reaches_itself_again(edges: list[tuple[int, int]]) -> None:
    graph = directed(edges)
    far = reaches(graph)
    on_loops = {frozenset(each for each in far[node] if node in far[each]) for node in graph}
    real = {part for part in on_loops if len(part) > 1 or graph[min(part)].count(min(part))}
    ways = list(loops(graph))
    assert len(ways) == len(real)
    for way in ways:
        assert any(part.issuperset(way) for part in real)
        assert all(following in graph[node] for node, following in zip(way, [*way[1:], way[0]], strict=True))


def test_a_chain_of_any_length_is_followed() -> None:
    length = 50_000
    chain = {node: [each for each in (node - 1, node + 1) if 0 <= each < length] for node in range(length)}
    assert len(reachable(chain, 0)) == length
    assert [len(part) for part in components(chain)] == [length]
    assert len({*grouped((node, node + 1) for node in range(length - 1)).values()}) == 1
    assert len(bridges(chain)) == length - 1
    assert len(articulation_points(chain)) == length - 2
