"""A problem in, what makes its finding the same one tomorrow out: no line, no column, no place in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coordlint.finding import Problem, Route
from coordlint.model.base import Declaration
from coordlint.model.evidence import LogEntry
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Org, fact

_NUMBER = re.compile(r"\d+")


def parts_of(way: Route) -> tuple[str, str, Route]:
    """The collection of a route, the id in it (of the log, the number), and the rest of the way."""
    steps = way[1:] if way and isinstance(way[0], int) else way
    collection, id = [*map(str, steps[:2]), "", ""][:2]
    return collection, id, steps[2:]


def first_id(org: Org, kind: type[Declaration], id: str) -> str:
    """The id that a declaration had at first, so that it stays the same thing under another; its own where that first
    one is another's now."""
    declaration = org.get(kind, id)
    if declaration is None or "was" not in declaration.data:
        return id
    earliest = next(iter(declaration.was), id)
    return earliest if org.get(kind, earliest) is declaration else id


def mark_of(org: Org, rule: str, problem: Problem, of_kind: str, identity: str) -> str:
    """What makes a finding the same finding: its rule, its declaration, and the way there with items for indices.

    `of_kind` says of what kind where it speaks of all of one; `identity` is the organisation's path.
    """
    if of_kind:
        about: Iterable[str] = (of_kind,)
    elif parts_of(problem.way)[0]:
        about = _with_items(org, problem)
    else:
        about = (problem.where.path, _NUMBER.sub("#", problem.message))  # lines and columns move
    return "\x00".join((identity, rule, *about))


def _with_items(org: Org, problem: Problem) -> Iterator[str]:
    route = problem.way[1:] if isinstance(problem.way[0], int) else problem.way
    kind = COLLECTIONS.get(str(route[0]))
    data: object = None
    if kind is LogEntry and len(route) > 1:
        # An entry has no id: it is what it says.
        lead = len(problem.way) - len(route)
        data = _entries(org).get((problem.where.path, problem.way[: lead + 2]))
        yield _as_text(data)
    elif kind and len(route) > 1:
        declaration = org.get(kind, str(route[1]))
        data = declaration.data if declaration else None
        yield from (kind.collection, first_id(org, kind, str(route[1])))
    else:
        yield from map(str, route[:2])
    for step in route[2:]:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            yield _as_text(data)
        else:
            data = data.get(step) if isinstance(data, dict) else None
            yield step


@fact
def _entries(org: Org) -> Mapping[tuple[str, Route], Mapping[str, Any]]:
    """What happened, by the place where it is told."""
    return {(each.path, each.route): each.data for each in org.all(LogEntry)}


def _as_text(data: object) -> str:
    """Data as a text that does not depend on the order of keys, nor of the names in a list."""
    from json import dumps

    return dumps(_in_order(data), sort_keys=True, default=str)


def _in_order(data: object) -> object:
    if isinstance(data, dict):
        return {key: _in_order(value) for key, value in data.items()}
    if not isinstance(data, list):
        return data
    # Steps come one after another, and so stay as they are.
    return sorted(data) if all(isinstance(each, str) for each in data) else [_in_order(each) for each in data]


def fingerprint(mark: str, number: int = 0) -> str:
    """A mark as it is shown: so much of its sha256 that no two are alike. `number` counts those with one mark."""
    from hashlib import sha256

    return sha256(f"{mark}\x00{number}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
