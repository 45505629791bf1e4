"""Text that libyaml gives up on in, out what can be read of it: all but the declarations that hold the slips."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from coordlint.finding import Problem, Route, Span
from coordlint.readers import outline
from coordlint.readers.outline import Part
from coordlint.readers.source import Source

# Every slip costs a reading of the whole text; both bounds together keep that below a second.
_MOST_SLIPS = 10
_MOST_READ = 500_000

_content = re.compile(r"^(?!---(?:\s|\Z))[^\s#]", re.MULTILINE).search
_another_document = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.MULTILINE).search
_visible = re.compile(r"[^\n]").sub


class Loss(NamedTuple):
    """A declaration that is left out: its lines, and why; what has no name is cut off from the declaration `above`."""

    part: Part
    problem: Problem
    above: Route | None


class Mended(NamedTuple):
    """The text without what is lost, every line and column as it was, and the losses."""

    text: str
    losses: tuple[Loss, ...]

    @property
    def routes(self) -> frozenset[Route]:
        """What is lost, or not whole."""
        return frozenset(route for loss in self.losses if (route := loss.part.route or loss.above))


def mend(text: str, first: Problem, slip_in: Callable[[str], Problem | None]) -> Mended | None:
    """The text without the declarations that hold slips; None where that does not help.

    `slip_in` reads a text, and returns what makes it unreadable, if anything does.
    """
    if _has_more_documents(text):
        return None
    losses: list[Loss] = []
    mended, slip = text, first
    attempts = min(_MOST_SLIPS, _MOST_READ // max(len(text), 1))
    for _ in range(attempts):
        loss = _around(mended, slip)
        if loss is None or any(loss.part.start == other.part.start for other in losses):
            return None
        losses.append(loss)
        mended = _without(mended, loss.part)
        found = slip_in(mended)
        if found is None:
            return _least(text, losses, slip_in)
        slip = found
    return None


def _has_more_documents(text: str) -> bool:
    first = _content(text)
    return bool(first and _another_document(text, first.end()))


def _around(text: str, slip: Problem) -> Loss | None:
    """The declaration in which a slip stands."""
    at = Source("", text).line_start(slip.where.line) if isinstance(slip.where, Span) else 0
    above: Route | None = None
    for part in outline.parts(text):
        if part.start <= at < part.end:
            return Loss(part, slip, above)
        above = part.route or above
    return None


def _without(text: str, part: Part) -> str:
    """The text with the key of a declaration, or the dash of an item, and blanks for all else of it."""
    return text[: part.head] + _visible(" ", text[part.head : part.end]) + text[part.end :]


def _least(text: str, losses: list[Loss], slip_in: Callable[[str], Problem | None]) -> Mended:
    """No more losses than needed: what a quote that was never closed ran into is well without it."""
    kept = losses
    for loss in losses if len(losses) > 1 else ():
        fewer = [other for other in kept if other is not loss]
        if fewer and slip_in(_without_all(text, fewer)) is None:
            kept = fewer
    return Mended(_without_all(text, kept), tuple(kept))


def _without_all(text: str, losses: list[Loss]) -> str:
    for loss in losses:
        text = _without(text, loss.part)
    return text
