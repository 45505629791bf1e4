"""The bytes of a file with texts that YAML took for something else in, the same with quotes around them out.

What such a file says is not known before. So the new text is held against the same one with a plain word in place of
each text: it must say the same, but for the texts where those words are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from coordlint.document import Document
from coordlint.editing.changes import Impossible
from coordlint.editing.laid import Piece
from coordlint.finding import Edit, Span
from coordlint.readers.comments import comments
from coordlint.readers.source import Source


def quotes(old: Document, edits: Sequence[Edit]) -> tuple[list[Piece], list[Piece], dict[str, str]]:
    """The pieces that put quotes around texts, those that put words in their place, and the text of each word."""
    source = Source(old.path, old.text)
    quoted, words, meant = [], [], {}
    for number, edit in enumerate(edits):
        assert isinstance(edit.where, Span)
        start, end = (source.line_start(line) + column - 1 for line, column in (edit.where[1:3], edit.where[3:5]))
        text, word = old.text[start:end], f"eaten{number}"
        if "\n" in text or text != text.strip() or not text or word in old.text:
            raise Impossible("it is no text of one line")
        meant[word] = text
        quoted.append(Piece(start, end, in_quotes(text)))
        words.append(Piece(start, end, word))
    return quoted, words, meant


def in_quotes(text: str) -> str:
    """A text in quotes, in double ones where it needs nothing escaped in them."""
    return f'"{text}"' if not {'"', "\\"} & set(text) else "'" + text.replace("'", "''") + "'"


def is_well_quoted(old: Document, new: Document, words: Document, meant: Mapping[str, str]) -> bool:
    """Whether the new text says what it should: with words in place of the texts it says the same, all of the old is
    still there, and less is wrong with it."""
    found: Counter[str] = Counter()
    if not new.readable or not words.readable or not _is_alike(words.data, new.data, meant, found):
        return False
    if found != Counter(meant.keys()) or not _keeps(old, new, words, meant):
        return False
    wrong, was = (Counter(each.rule for each in document.problems) for document in (new, old))
    if wrong - was or wrong.total() >= was.total():
        return False
    said, said_with_words = (_comments(document) for document in (new, words))
    return said == said_with_words


def _comments(document: Document) -> list[str]:
    text = document.read_text
    return [text[start:end] for start, end in comments(text)]


def _is_alike(one: Any, other: Any, meant: Mapping[str, str], found: Counter[str]) -> bool:
    """Whether two readings are equal, but for words of the one in whose place the other has what was meant."""
    if isinstance(one, str) and one in meant:
        found[one] += 1
        return bool(other == meant[one])
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_is_alike(one[key], other[key], meant, found) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(
            _is_alike(each, beside, meant, found) for each, beside in zip(one, other, strict=True)
        )
    return bool(one == other or (one != one and other != other))


def _keeps(old: Document, new: Document, words: Document, meant: Mapping[str, str]) -> bool:
    """Whether every declaration that was read before is as it was, those aside that hold such a text."""
    damaged = {way[1:] if way and isinstance(way[0], int) else way for way in old.damaged}
    documents: Any = zip(old.data, new.data, words.data, strict=False)
    for before, after, marked in documents:
        if not all(isinstance(each, dict) for each in (before, after, marked)):
            return False
        for collection, declared in before.items():
            for id, data in declared.items() if isinstance(declared, dict) else ():
                held = _below(marked, collection, id)
                touched = any(way[:2] == (collection, id) for way in damaged) or _holds(held, meant)
                if not touched and _below(after, collection, id) != data:
                    return False
    return len(old.data) <= len(new.data)


def _below(data: Any, collection: str, id: str) -> Any:
    declared = data.get(collection)
    return declared.get(id) if isinstance(declared, dict) else None


def _holds(data: Any, meant: Mapping[str, str]) -> bool:
    if isinstance(data, dict):
        return any(_holds(each, meant) for each in data.values())
    if isinstance(data, list):
        return any(_holds(each, meant) for each in data)
    return isinstance(data, str) and data in meant
