"""Runs in, one text out: what was found, in the format that was asked for.

A format is a module of this package with a function `render(runs, sources, look) -> str`, loaded only when it is asked
for. Reports read no file: where a source line is shown, `sources` gives the text. Every text ends in a line feed, or
is empty. A place whose line is 0 is unknown: the whole file is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from coordlint.lint import Run

# The text of a file of a Run, by its path from the organisation's root; None where it could not be read.
Sources: TypeAlias = "Callable[[Run, str], str | None]"

FORMATS = {
    "text": "for people: each finding with the source line it speaks of",
    "concise": "for people: one line a finding",
    "json": "for programs: one document",
    "jsonl": "for programs: one finding a line, as JSON",
}

# What people read, notes included; beside the others, notes go to another stream.
FOR_PEOPLE = ("text", "concise", "statistics")


class Look(NamedTuple):
    """How a report looks: columns of the terminal, colour, how many findings it shows (0: all), and whether it shows
    those that are accepted; json always has them all."""

    width: int = 80
    colour: bool = False
    max_findings: int = 100
    show_waived: bool = False


def render(format: str, runs: Sequence[Run], sources: Sources, look: Look = Look()) -> str:  # noqa: B008
    """What was found, in one of `FORMATS`, or as `statistics`."""
    module = import_module(f"{__name__}.{format}")
    text: str = module.render(runs, sources, look)
    return text
