"""Text of a file in, plain data out, with everything that its author should hear about it.

`characters` turns bytes into text, `fast` reads what ordinary files are made of and declines the rest, and `events`
reads everything, by the events of libyaml. What both return is a `Reading`.
"""

from __future__ import annotations

from typing import NamedTuple

from coordlint.finding import Problem, Route

MOST_BYTES = 2 * 1024 * 1024
MOST_NODES = 200_000
MOST_LEVELS = 64

# The keys of a file that hold declarations; no other stage needs to be asked to see that one stands in a wrong column.
COLLECTIONS = (
    *("people", "roles", "teams", "forums", "meetings", "decision_rights", "handoffs"),
    *("escalations", "context_lines", "initiatives", "records", "terms", "scenarios", "log"),
)


class Reading(NamedTuple):
    """What a text holds: one entry of `data` for each YAML document in it that is not empty.

    `damaged` are the routes at which something was refused in a text that could be read all the same. Where `readable`
    is False, `data` is empty. `mended` is the text that was read, where declarations had to be left out of it; their
    routes are among the damaged, and lead to None.
    """

    data: list[object]
    problems: tuple[Problem, ...] = ()
    damaged: frozenset[Route] = frozenset()
    readable: bool = True
    mended: str | None = None
