"""What leads on to what in; every line that is so long, from where it begins, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")


def long_lines(leads_to: Mapping[N, Sequence[N]], length: int) -> Iterator[list[N]]:
    """For every node from which a line of so many nodes leads on, its first such line; not from where another leads in
    that begins one too. A circle has no beginning, and is not told.

    In the order of `leads_to`. Each of the `length - 1` looks passes every edge once; it is meant for short lengths.
    """
    # How far it still goes: at least 0 steps from everything, at least 1 from whatever leads on, and so on.
    going: list[set[N]] = [set().union(leads_to, *leads_to.values())]
    for _ in range(length - 1):
        going.append({node for node, nexts in leads_to.items() if not going[-1].isdisjoint(nexts)})
        if not going[-1]:
            return
    begun = going[-1]
    led_into = {each for node in begun for each in leads_to.get(node, ()) if each in begun}
    for node in leads_to:
        if node in begun and node not in led_into:
            yield _line(leads_to, going, node)


def _line(leads_to: Mapping[N, Sequence[N]], going: Sequence[set[N]], start: N) -> list[N]:
    line = [start]
    for further in reversed(going[:-1]):
        line.append(next(each for each in leads_to[line[-1]] if each in further))
    return line
