"""Text in, the comments out that speak to coordlint: they begin with `# coordlint:`, and stand in no text.

Those that nearly begin so, and go on as a waiver does, are told too, for their authors believe that they do something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from coordlint.finding import Comment, Span

# What looks like such a comment; in a block of text, or between quotes, it is none.
_ONE = re.compile(r"#[ \t]*(?:coordlint:|(?i:coordlint[ \t:;,.=-]*ignore[ \t]*\[))")
_looks_like_one, _is_one = _ONE.finditer, _ONE.match
# What in front of such a comment may keep it from being one.
_MISLEADING = frozenset("\"'#")
# The beginning of a line with more in it than a comment.
_says_something = re.compile(r"^(?![ \t]*(?:#|$))", re.MULTILINE).search
# What may be the end of a line behind which a block of text begins, and how such a line begins.
_block_head = re.compile(r":[ ]+[>|]-?\n").search
_key_of_block = re.compile(r"([ ]*)(?:-[ ]+)?[A-Za-z0-9_][A-Za-z0-9_/-]*").fullmatch


def addressed(path: str, text: str, plain: bool) -> list[Comment]:
    """The comments of a text that was read, in their order. `plain` means that the fast reader took it."""
    comments: list[Comment] = []
    waiting: list[Comment] = []  # those alone on their line that have not met what they speak of
    line, counted = 1, 0
    for start, end in _of_plain(text) if plain else _of_any(text):
        begin = text.rfind("\n", 0, start) + 1
        # Everything is looked at once, however many comments there are.
        if waiting and (found := _says_something(text, counted, begin)):
            below = line + text.count("\n", counted, found.start())
            comments += [each._replace(line=below) for each in waiting]
            waiting = []
        line += text.count("\n", counted, begin)
        counted = begin
        words = text[start:end].rstrip()
        column = start - begin + 1
        comment = Comment(Span(path, line, column, line, column + len(words)), words, line)
        if text[begin:start].isspace() or begin == start:
            waiting.append(comment)
        else:
            comments += [*(each._replace(line=line) for each in waiting), comment]
            waiting = []
    found = _says_something(text, counted) if waiting else None
    below = line + text.count("\n", counted, found.start()) if found else 0
    return comments + [each._replace(line=below) for each in waiting]


def _of_plain(text: str) -> list[tuple[int, int]]:
    """Where the comments of a plain text begin and end: each line outside of a block can be read by itself."""
    looking = [each.start() for each in _looks_like_one(text)]
    blocks = _blocks(text, looking[-1]) if looking else []
    starts = [start for start, _ in blocks]
    found: list[tuple[int, int]] = []
    done = 0  # a line is looked at once, however often it looks like one
    for start in looking:
        block = bisect_right(starts, start) - 1
        if start >= done and (block < 0 or start >= blocks[block][1]):
            end = text.find("\n", start)
            done = end if end >= 0 else len(text)
            found += _of_line(text, start, done)
    return found


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comment of a line, if there is one, where something at `start` is the first that looks like it."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if _MISLEADING.isdisjoint(before) and before[-1:] in ("", " "):
        return [(start, end)]
    return [(line + begin, line + until) for begin, until in _of_any(text[line:end])]


def _blocks(text: str, until: int) -> list[tuple[int, int]]:
    """Where the blocks of a plain text begin and end, as the fast reader takes them: every line below a key that stands
    deeper, and blank ones."""
    found = []
    head = _block_head(text, 0, until)
    while head:
        key = _key_of_block(text, text.rfind("\n", 0, head.start()) + 1, head.start())
        end = head.end()
        if key:
            below = _below(len(key[1])).match(text, end)
            end = below.end() if below else end
            found.append((head.end(), end))
        head = _block_head(text, end, until)
    return found


@cache
def _below(indent: int) -> re.Pattern[str]:
    """Lines that are blank, or stand deeper than so many spaces."""
    return re.compile(rf"(?:[ ]{{{indent + 1},}}\S.*\n|[ ]*\n)*")


def _of_any(text: str) -> list[tuple[int, int]]:
    """Where the comments of any text begin and end, as libyaml reads it."""
    from coordlint.readers.comments import comments

    return [(start, end) for start, end in comments(text) if _is_one(text, start)]
