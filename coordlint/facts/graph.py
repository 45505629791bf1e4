"""Questions about graphs: nodes and the nodes beside them in; loops, parts that hang together and what holds them out.

All are linear in nodes and edges, and none calls itself, so that a chain of any length can be followed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

N = TypeVar("N")


def loops(leads_to: Mapping[N, Sequence[N]]) -> Iterator[list[N]]:
    """Every strongly connected component that holds a loop, as one shortest way round through its first node.

    Components come in the order in which their first nodes stand in `leads_to` (Tarjan 1972).
    """
    order = list(leads_to)
    for component in sorted(_knots(leads_to), key=min):
        start = order[component[0]]
        if len(component) > 1 or start in leads_to[start]:
            yield _way_round(leads_to, start, {order[index] for index in component})


def _knots(leads_to: Mapping[N, Sequence[N]]) -> list[list[int]]:
    """Strongly connected components as sorted lists of positions in `leads_to`."""
    position = {node: index for index, node in enumerate(leads_to)}
    edges = [[position[target] for target in targets if target in position] for targets in leads_to.values()]
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    waiting: list[int] = []
    is_waiting: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(edges)):
        if root in number:
            continue
        walk = [(root, iter(edges[root]))]
        number[root] = low[root] = len(number)
        waiting.append(root)
        is_waiting.add(root)
        while walk:
            node, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(_take(waiting, is_waiting, node))
            elif target not in number:
                number[target] = low[target] = len(number)
                waiting.append(target)
                is_waiting.add(target)
                walk.append((target, iter(edges[target])))
            elif target in is_waiting:
                low[node] = min(low[node], number[target])
    return found


def _take(waiting: list[int], is_waiting: set[int], down_to: int) -> list[int]:
    component = []
    while True:
        node = waiting.pop()
        is_waiting.discard(node)
        component.append(node)
        if node == down_to:
            return sorted(component)


def _way_round(leads_to: Mapping[N, Sequence[N]], start: N, inside: set[N]) -> list[N]:
    """A shortest way from `start` back to it, by breadth first; the nodes on it, each once."""
    came_from: dict[N, N] = {}
    edge = [start]
    while edge:
        reached = []
        for node in edge:
            for target in leads_to[node]:
                if target == start:
                    return _walk_back(came_from, start, node)
                if target in inside and target not in came_from:
                    came_from[target] = node
                    reached.append(target)
        edge = reached
    raise AssertionError("a strongly connected component leads back to each of its nodes")


def _walk_back(came_from: Mapping[N, N], start: N, last: N) -> list[N]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def reachable(leads_to: Mapping[N, Iterable[N]], start: N) -> set[N]:
    """A node and all that some way leads to from there; one that `leads_to` does not have leads nowhere."""
    reached = {start}
    pending = [start]
    while pending:
        for target in leads_to.get(pending.pop(), ()):
            if target not in reached:
                reached.add(target)
                pending.append(target)
    return reached


def components(adjacent: Mapping[N, Iterable[N]]) -> list[list[N]]:
    """The parts of an undirected graph that hang together, in the order of their first nodes, each first node first.

    Here and below an edge stands at both of its ends; one that is said twice is still one, and one from a node to
    itself joins nothing.
    """
    search = _search(adjacent)
    found: dict[N, list[N]] = {}
    root_of: dict[N, N] = {}
    for node in search.number:
        root = root_of[node] = root_of[search.parent[node]] if node in search.parent else node
        found.setdefault(root, []).append(node)
    return list(found.values())


def grouped(joined: Iterable[Sequence[N]]) -> Mapping[N, N]:
    """For each node that is joined to others, one of all that hang together with it: the same for each of them."""
    root_of: dict[N, N] = {}

    def root(node: N) -> N:
        upper = root_of.setdefault(node, node)
        while upper != node:
            root_of[node] = above = root_of[upper]
            node, upper = upper, above
        return node

    for first, *others in joined:
        for other in others:
            root_of[root(other)] = root(first)
    return {node: root(node) for node in root_of}


def bridges(adjacent: Mapping[N, Iterable[N]]) -> list[tuple[N, N]]:
    """The edges of an undirected graph without which something falls apart."""
    search = _search(adjacent)
    return [(parent, node) for node, parent in search.parent.items() if search.low[node] == search.number[node]]


def articulation_points(adjacent: Mapping[N, Iterable[N]]) -> list[N]:
    """The nodes of an undirected graph without which what is beside them falls apart, in the order of `adjacent`."""
    return list(held_together(adjacent))


def held_together(adjacent: Mapping[N, Iterable[N]]) -> Mapping[N, list[list[N]]]:
    """For each articulation point, the nodes beside it, in the groups that nothing else joins."""
    search = _search(adjacent)
    below: dict[N, list[N]] = {}
    for node, parent in search.parent.items():
        below.setdefault(parent, []).append(node)
    found = {}
    for node in adjacent:
        groups = _groups_beside(node, adjacent[node], below.get(node, []), search)
        if len(groups) > 1:
            found[node] = groups
    return found


def _groups_beside(node: N, beside: Iterable[N], below: Sequence[N], search: _Search[N]) -> list[list[N]]:
    """What was found below a node hangs together with the rest where an edge leads past the node, further up."""
    number, parent, low = search
    firsts = [number[child] for child in below]
    groups: dict[int, list[N]] = {}
    for other in dict.fromkeys(beside):
        place = bisect_right(firsts, number[other]) - 1
        if place >= 0 and node in parent and low[below[place]] < number[node]:
            place = -1
        if other != node:
            groups.setdefault(place, []).append(other)
    return list(groups.values())


class _Search(NamedTuple, Generic[N]):
    """A depth-first search of an undirected graph: the nodes in the order of finding them, from where each was found,
    and the lowest number that one edge leads to from it or from what was found below it (Hopcroft and Tarjan 1973)."""

    number: Mapping[N, int]
    parent: Mapping[N, N]
    low: Mapping[N, int]


def _search(adjacent: Mapping[N, Iterable[N]]) -> _Search[N]:
    number: dict[N, int] = {}
    parent: dict[N, N] = {}
    low: dict[N, int] = {}
    for root in adjacent:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        walk = [(root, iter(adjacent[root]))]
        while walk:
            node, beside = walk[-1]
            other = next(beside, None)
            if other is None:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    low[above] = min(low[above], low[node])
            elif other not in number:
                number[other] = low[other] = len(number)
                parent[other] = node
                walk.append((other, iter(adjacent[other])))
            elif other != parent.get(node):
                low[node] = min(low[node], number[other])
    return _Search(number, parent, low)
