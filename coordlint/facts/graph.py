"""Questions about graphs: nodes and the nodes that they lead to in, loops out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")


def loops(leads_to: Mapping[N, Sequence[N]]) -> Iterator[list[N]]:
    """Every strongly connected component that holds a loop, as one shortest way round through its first node.

    Components come in the order in which their first nodes stand in `leads_to`. Time and memory are linear in nodes and
    edges (Tarjan 1972, without recursion, so that a chain of any length can be followed).
    """
    order = list(leads_to)
    for component in sorted(_components(leads_to), key=min):
        start = order[component[0]]
        if len(component) > 1 or start in leads_to[start]:
            yield _way_round(leads_to, start, {order[index] for index in component})


def _components(leads_to: Mapping[N, Sequence[N]]) -> list[list[int]]:
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
