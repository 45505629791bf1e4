"""The bytes of a file and edits in, its new bytes out, of which all but what the edits speak of is as it was.

An edit replaces a piece of the text; nothing is ever written out from data. The new text is read again: it must say
what the old one said with exactly the change that was asked for, and all of its comments. Where it does not, the edit
is refused, and with it all that were to be made together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coordlint.document import Document, read
from coordlint.editing.changes import Impossible, changed, way_of
from coordlint.editing.pieces import Laid, Piece, pieces
from coordlint.finding import Edit
from coordlint.readers import MOST_BYTES


class Refused(NamedTuple):
    """Why edits cannot be made, in words that can stand behind a colon."""

    reason: str


def apply(path: str, raw: bytes, edits: Sequence[Edit]) -> bytes | Refused:
    """The bytes of a file once edits are made, all of them or none.

    `path` is only for those who read what was refused. What an edit speaks of is as the file has it now.
    """
    old = read(path, raw)
    if not old.readable:
        return Refused("the file cannot be read")
    try:
        laid = Laid(old.read_text)
        expected = changed(laid.data, edits)
        replaced = [piece for edit in edits for piece in pieces(laid, edit, way_of(edit))]
        new = _written(raw, replaced)
    except Impossible as impossible:
        return Refused(str(impossible))
    if len(new) > MOST_BYTES:
        return Refused(f"the file would have more than {MOST_BYTES:,} bytes")
    return new if _is_as_expected(old, laid, read(path, new), expected) else Refused("the text around it is in the way")


def _is_as_expected(old: Document, laid: Laid, new: Document, expected: list[object]) -> bool:
    """Whether the new text says what is expected, with every comment, and nothing that was not wrong before."""
    if not new.readable or not _is_same(new.data, expected):
        return False
    if Counter(each.rule for each in new.problems) - Counter(each.rule for each in old.problems):
        return False
    after = Laid(new.read_text)
    return _said(after) == _said(laid)


def _said(laid: Laid) -> list[str]:
    return [laid.text[start:end].rstrip() for start, end in laid.comments]


def _is_same(one: object, other: object) -> bool:
    """Whether two readings are equal in values, types and the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return one == other or (one != one and other != other)


def _written(raw: bytes, replaced: Iterable[Piece]) -> bytes:
    """The bytes with these pieces of the text replaced; lines end as they do in the file."""
    original = raw.decode("utf-8")
    lead = len(original) - len(original.lstrip("\ufeff"))
    # In the text that was read, each of these pairs is one character.
    pairs = [found.start() - lead - number for number, found in enumerate(re.finditer("\r\n", original))]
    line_end = _line_end(original, len(pairs))
    parts: list[str] = []
    done = 0
    for piece in sorted(replaced, key=lambda each: (each.start, each.end)):
        start, end = (at + lead + bisect_left(pairs, at) for at in piece[:2])
        if start < done:
            raise Impossible("two changes meet here")
        parts += original[done:start], piece.text.replace("\n", line_end)
        done = end
    return "".join([*parts, original[done:]]).encode("utf-8")


def _line_end(original: str, pairs: int) -> str:
    if 2 * pairs > original.count("\n"):
        return "\r\n"
    return "\r" if "\r" in original and "\n" not in original else "\n"
