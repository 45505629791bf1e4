"""Text in, out the places where a merge was left unfinished: lines that begin with the markers of git."""

from __future__ import annotations

import re

from coordlint.finding import Problem
from coordlint.readers import stretch

_RULE = "yaml/merge-conflict"
_MOST_TOLD = 20
# A conflict runs from its first marker to its last; where one of them was deleted by hand, whatever is left counts.
_marked = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE).finditer


def find(path: str, text: str) -> tuple[Problem, ...]:
    """One problem for every conflict."""
    if not any(marker in text for marker in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return ()
    problems: list[Problem] = []
    inside = False
    for marker in _marked(text):
        if not inside or marker[0][0] == "<":
            where = stretch(path, text, *marker.span())
            tip = "keep one side, or both, and delete the markers"
            problems.append(Problem(where, "a merge conflict was left unfinished here", tip=tip, rule=_RULE))
        inside = marker[0][0] != ">"
    return tuple(problems[:_MOST_TOLD])
