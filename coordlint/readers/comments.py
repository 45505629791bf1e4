"""A text that libyaml can read in, the stretch of every comment in it out."""

from __future__ import annotations

import re

from yaml.events import ScalarEvent

from coordlint.readers.walker import Event, events

_comment = re.compile(r"(?<![^\s])#[^\n]*").finditer


def comments(text: str) -> list[tuple[int, int]]:
    """Where each comment begins and ends, in order. Raises what libyaml raises."""
    if "#" not in text:
        return []
    found: list[tuple[int, int]] = []
    done = 0
    scalars: list[Event] = [event for event in events(text) if type(event) is ScalarEvent]
    for scalar in scalars:
        start = scalar.start_mark.index
        if scalar.style in ("|", ">"):
            # A comment may stand behind the head of a block, on its line.
            head = text.find("\n", start)
            start = head if head >= 0 else len(text)
        found += (each.span() for each in _comment(text, done, max(done, start)))
        done = max(done, scalar.end_mark.index)
    return [*found, *(each.span() for each in _comment(text, done))]
