"""Text in, the comments out that speak to coordlint: they begin with `# coordlint:`, and stand in no text."""

from __future__ import annotations

import re
from bisect import bisect_right

from coordlint.finding import Comment
from coordlint.readers.source import Source

# What looks like such a comment; in a block of text, or between quotes, it is none.
_looks_like_one = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*coordlint:[^\n]*", re.MULTILINE).finditer
_is_one = re.compile(r"#[ \t]*coordlint:").match
# What in front of such a comment may keep it from being one.
_MISLEADING = frozenset("\"'#")
# The beginning of a line with more in it than a comment.
_says_something = re.compile(r"^(?![ \t]*(?:#|$))", re.MULTILINE).search
# What the fast reader takes for a block of text: every line below the key that stands deeper.
_blocks = re.compile(
    r"^([ ]*)(?:-[ ]+)?[A-Za-z0-9_][A-Za-z0-9_/-]*:[ ]+[>|]-?\n((?:\1[ ]+\S.*\n|[ ]*\n)+)", re.MULTILINE
).finditer


def addressed(path: str, text: str, plain: bool) -> list[Comment]:
    """The comments of a text that was read, in their order. `plain` means that the fast reader took it."""
    stretches = _of_plain(text) if plain else _of_any(text)
    source = Source(path, text)
    comments: list[Comment] = []
    below, until = 0, len(text)
    for start, end in reversed(stretches):
        # What stands between this comment and the next one is looked at once, however many there are.
        found = _says_something(text, end, until)
        if found:
            below = source.span(found.start(), found.start()).line
        until = text.rfind("\n", 0, start) + 1
        words = text[start:end].rstrip()
        where = source.span(start, start + len(words))
        alone = not text[until:start].strip()
        comments.append(Comment(where, words, below if alone else where.line))
    return comments[::-1]


def _of_plain(text: str) -> list[tuple[int, int]]:
    """Where the comments of a plain text begin and end: each line outside of a block can be read by itself."""
    looking = [each.span() for each in _looks_like_one(text)]
    blocks = [each.span(2) for each in _blocks(text)] if looking else []
    starts = [start for start, _ in blocks]
    found = []
    for start, end in looking:
        block = bisect_right(starts, start) - 1
        if (block < 0 or start >= blocks[block][1]) and _begins_on_its_line(text, start, end):
            found.append((start, end))
    return found


def _begins_on_its_line(text: str, start: int, end: int) -> bool:
    """Whether a comment begins there, and not in quotes or in another comment."""
    line = text.rfind("\n", 0, start) + 1
    if _MISLEADING.isdisjoint(text[line:start]):
        return True
    return (start - line, end - line) in _of_any(text[line:end])


def _of_any(text: str) -> list[tuple[int, int]]:
    """Where the comments of any text begin and end, as libyaml reads it."""
    from coordlint.readers.comments import comments

    return [(start, end) for start, end in comments(text) if _is_one(text, start)]
