"""The bytes of a file and edits in, its new bytes out, of which all but what the edits speak of is as it was.

An edit replaces a piece of the text; nothing is ever written out from data. The new text is read again: it must say
what the old one said with exactly the change that was asked for, and all of its comments. Where it does not, the edit
is refused, and with it all that were to be made together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coordlint.document import Document, read
from coordlint.editing.changes import Impossible, changed
from coordlint.editing.laid import Laid, Piece
from coordlint.editing.pieces import as_written, pieces
from coordlint.editing.quoting import is_well_quoted, quotes
from coordlint.editing.removing import cut
from coordlint.finding import Edit, Place, Span
from coordlint.readers import MOST_BYTES
from coordlint.readers.comments import comments as comments_of


class Refused(NamedTuple):
    """Why edits cannot be made, in words that can stand behind a colon."""

    reason: str


def apply(path: str, raw: bytes, edits: Sequence[Edit]) -> bytes | Refused:
    """The bytes of a file once edits are made, all of them or none.

    `path` is only for those who read what was refused. What an edit speaks of is as the file has it now.
    """
    old = read(path, raw)
    quoting = [edit for edit in edits if edit.action == "quote" and isinstance(edit.where, Span)]
    if quoting:
        return _with_quotes(old, raw, quoting) if len(quoting) == len(edits) else Refused("quotes come first")
    if not old.readable:
        return Refused("the file cannot be read")
    try:
        laid = Laid(old.read_text)
        edits = [as_written(laid, edit) for edit in edits]
        expected = changed(laid.data, edits)
        cuts = [piece for edit in edits if isinstance(edit.where, Span) for piece in cut(laid, edit.where, edit.value)]
        others = [piece for edit in edits if isinstance(edit.where, Place) for piece in pieces(laid, edit)]
        new = _written(raw, [*cuts, *others])
    except Impossible as impossible:
        return Refused(" ".join(str(impossible).split()))
    if len(new) > MOST_BYTES:
        return Refused(f"the file would have more than {MOST_BYTES:,} bytes")
    comments = _said(laid.text, laid.comments, sorted(cuts))
    return (
        new if _is_as_expected(old, read(path, new), expected, comments) else Refused("what is around it is in the way")
    )


def _with_quotes(old: Document, raw: bytes, edits: Sequence[Edit]) -> bytes | Refused:
    """The bytes with quotes around texts, perhaps of a file that could not be read without them."""
    try:
        pieces, words, meant = quotes(old, edits)
        new, with_words = _written(raw, pieces), _written(raw, words)
    except Impossible as impossible:
        return Refused(str(impossible))
    except UnicodeDecodeError:
        return Refused("the file is not UTF-8")
    well = is_well_quoted(old, read(old.path, new), read(old.path, with_words), meant)
    return new if well else Refused("what is around it is in the way")


def _is_as_expected(old: Document, new: Document, data: list[object], comments: list[str]) -> bool:
    """Whether the new text says this, with these comments, and nothing that was not wrong before."""
    if not new.readable or not _is_same(new.data, data):
        return False
    if Counter(each.rule for each in new.problems) - Counter(each.rule for each in old.problems):
        return False
    return _said(new.read_text, comments_of(new.read_text)) == comments


def _said(text: str, comments: Iterable[tuple[int, int]], cuts: Sequence[Piece] = ()) -> list[str]:
    """The comments of a text, in order, without the blanks at their ends; with these pieces of them replaced."""
    said = []
    pending = deque(cuts)
    for start, end in comments:
        comment, done = "", start
        while pending and pending[0].start < end:
            piece = pending.popleft()
            comment += text[done : piece.start] + piece.text
            done = piece.end
        said.append((comment + text[done:end]).rstrip())
    return [each for each in said if each]


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
