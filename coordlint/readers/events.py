"""A source in, plain data out, by the events of libyaml: the authority on what a text says, and what is wrong with it.

`walker` goes through a text; what libyaml gives up on is mended here and gone through again.
"""

from __future__ import annotations

from yaml import YAMLError

from coordlint.finding import Problem
from coordlint.readers import Reading, conflicts, indented, mend, slips
from coordlint.readers.source import Source
from coordlint.readers.walker import TooLarge, Walker

_TOO_LARGE = "yaml/too-large"
# Each round of moving heads is another reading of the whole text.
_MOST_ROUNDS = 10
_MOST_READ = 500_000


def read(source: Source) -> Reading:
    """The documents of a text, and all that is to be said about it. Raises UsageError where libyaml is missing."""
    if left_over := conflicts.find(source):
        return Reading([], left_over, readable=False)
    return _read(source, min(_MOST_ROUNDS, 1 + _MOST_READ // max(len(source.text), 1)))


def _read(source: Source, rounds: int) -> Reading:
    """What a text holds, once the heads of collections in a wrong column are moved, in so many rounds at most."""
    walker, slip = _walk(source)
    heads = indented.find(source, walker.nested, slip) if rounds else []
    if heads:
        moved = indented.move(source.text, heads)
        reading = _read(Source(source.path, moved), rounds - 1)
        told = tuple(indented.problem(source, head) for head in heads)
        return reading._replace(problems=told + reading.problems, mended=reading.mended or moved)
    if not slip:
        return Reading(walker.data, walker.told(), frozenset(walker.damaged))
    if slip.rule == _TOO_LARGE:
        return Reading([], (slip,), readable=False)
    mended = mend.mend(source.text, slip, lambda text: _walk(Source(source.path, text))[1])
    if not mended:
        return Reading([], (slip,), readable=False)
    walker, _ = _walk(Source(source.path, mended.text))
    told = (*(loss.problem for loss in mended.losses), *walker.told())
    return Reading(walker.data, told, mended.routes | walker.damaged, mended=mended.text)


def _walk(source: Source) -> tuple[Walker, Problem | None]:
    """What a walk through the text finds, and the slip that ended it, if one did."""
    walker = Walker(source)
    try:
        walker.walk()
    except TooLarge as limit:
        where = source.span(limit.at, limit.at + 1)
        return walker, Problem(where, str(limit), tip="split the file", rule=_TOO_LARGE)
    except YAMLError as error:
        return walker, walker.cut_last() or slips.explain(source, error, walker.last)
    return walker, None
