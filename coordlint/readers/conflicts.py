"""A source in, out the places where a merge was left unfinished: lines that begin with the markers of git."""

from __future__ import annotations

import re

from coordlint.finding import Problem
from coordlint.readers.source import Source

_RULE = "yaml/merge-conflict"
_MOST_TOLD = 20
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
# A conflict runs from its first marker to its last; where one of them was deleted by hand, whatever is left counts.
_marked_lines = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE).finditer


def find(source: Source) -> tuple[Problem, ...]:
    """One problem for every conflict, 20 at most."""
    if not any(marker in source.text for marker in _MARKERS):
        return ()
    problems: list[Problem] = []
    inside = False
    for line in _marked_lines(source.text):
        if not inside or line[0][0] == "<":
            tip = "keep one side, or both, and delete the markers"
            message = "a merge conflict was left unfinished here"
            problems.append(Problem(source.span(*line.span()), message, tip=tip, rule=_RULE))
        if len(problems) == _MOST_TOLD:
            break
        inside = line[0][0] != ">"
    return tuple(problems)
