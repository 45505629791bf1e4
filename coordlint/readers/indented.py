"""A text in, out the heads of collections that stand indented by mistake, and the text with them at the margin.

A head that was moved takes the blanks from before its name behind its colon, so that every line and all that stands
below it stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from coordlint.finding import Problem, Span
from coordlint.readers import COLLECTIONS
from coordlint.readers.source import Source

# What a declaration maps to a mapping: a field of it with these below it is no collection.
FIELDS = frozenset({"cadence", "given", "health", "inputs", "otherwise", "when"})

_NAMES = "|".join(sorted(COLLECTIONS))
_heads = re.compile(rf"^([ ]+)({_NAMES}):[ ]*(?:#.*)?$", re.MULTILINE).finditer
_at_margin = re.compile(rf"^(?:{_NAMES}):(?=\s|\Z)", re.MULTILINE).search
_lines = re.compile(r"^([ ]*)([^\s#].*)$", re.MULTILINE).finditer
_opens = re.compile(r"([A-Za-z0-9_-]+):[ ]*(?:#.*|(\{.*))?").fullmatch


class Head(NamedTuple):
    """An indented head: where its line begins, where its name does, and where its colon ends."""

    start: int
    name_start: int
    end: int
    name: str


def find(source: Source, keys: Collection[int], slip: Problem | None) -> list[Head]:
    """The misplaced heads among the keys that begin at these offsets, and the one that a reader gave up at."""
    at = source.line_start(slip.where.line) if slip and isinstance(slip.where, Span) else -1
    if not (keys or at >= 0) or not _at_margin(source.text):
        return []
    return [head for head in _misplaced(source.text) if head.name_start in keys or head.start == at]


def move(text: str, heads: list[Head]) -> str:
    """The text with these heads in the first column."""
    pieces: list[str] = []
    done = 0
    for head in heads:
        pieces += text[done : head.start], text[head.name_start : head.end], text[head.start : head.name_start]
        done = head.end
    return "".join([*pieces, text[done:]])


def problem(source: Source, head: Head) -> Problem:
    message = f"`{head.name}` is a collection, and begins in the first column"
    where = source.span(head.name_start, head.end - 1)
    return Problem(where, message, tip="take away the blanks in front of it", rule="yaml/syntax")


def _misplaced(text: str) -> list[Head]:
    """The indented heads with declarations below them that reach to the margin, or to another such head."""
    found: dict[int, Head] = {}  # in the order from the last to the first
    for line in reversed(list(_heads(text))):
        body, end = _below(text, line)
        if (end < 0 or end in found) and (_lists(body) if line[2] == "log" else _declares(body)):
            found[line.start()] = Head(line.start(), line.start(2), line.end(2) + 1, line[2])
    return list(reversed(found.values()))


def _below(text: str, head: re.Match[str]) -> tuple[list[tuple[int, str]], int]:
    """The depth and text of each line below a head, and where the line behind them begins; -1 at the margin."""
    depth = len(head[1])
    body: list[tuple[int, str]] = []
    for line in _lines(text, head.end()):
        inset = len(line[1])
        if inset < depth or (inset == depth and not (head[2] == "log" and line[2].startswith("-"))):
            return body, line.start() if inset else -1
        body.append((inset, line[2]))
    return body, -1


def _lists(body: list[tuple[int, str]]) -> bool:
    return bool(body) and body[0][1].startswith("- ")


def _declares(body: list[tuple[int, str]]) -> bool:
    """Whether these lines map ids to mappings."""
    if not body:
        return False
    margin = body[0][0]
    mappings = 0
    for (depth, line), (deeper, below) in zip(body, [*body[1:], (0, "")], strict=True):
        opened = _opens(line) if depth == margin else None
        if depth < margin or (depth == margin and (not opened or opened[1] in FIELDS)):
            return False
        if opened and deeper >= margin and below.startswith("-"):
            return False
        mappings += bool(opened and (opened[2] or deeper > margin))
    return mappings > 0
