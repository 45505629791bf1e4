"""YAML text in, documents out: plain data, and the span of every part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordlint.finding import Comment, Problem, Route, Span
from coordlint.readers import MOST_BYTES, characters, fast

if TYPE_CHECKING:
    from coordlint.readers.places import Places

_NOTHING: dict[str, list[str]] = {}
# How a comment begins that speaks to coordlint, and one that nearly does.
_SPOKEN_TO = "coordlint:"
_nearly = re.compile(r"#[ \t]*(?i:coordlint[ \t:;,.=-]*ignore)").search


class Document:
    """What one file says, and where it says it.

    `data` has one entry for each YAML document in the file that is not empty. `damaged` are the routes at which
    something was refused while all else was read; a declaration that could not be read at all stands as None there.
    Where nothing could be read, `readable` is False, `data` is empty, and `salvaged_ids` are the ids that the file
    seems to declare in each collection.
    """

    __slots__ = ("_places", "_read_text", "damaged", "data", "path", "problems", "readable", "salvaged_ids", "text")

    def __init__(
        self,
        path: str,
        text: str,
        data: list[object],
        problems: tuple[Problem, ...] = (),
        *,
        damaged: frozenset[Route] = frozenset(),
        readable: bool = True,
        salvaged_ids: dict[str, list[str]] = _NOTHING,
        read_text: str | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.data = data
        self.problems = problems
        self.damaged = damaged
        self.readable = readable
        self.salvaged_ids = salvaged_ids
        self._read_text = read_text  # None where the fast reader read it
        self._places: Places | None = None

    @property
    def read_text(self) -> str:
        """The text as it was read: where a part had to be left out, blanks stand in its place."""
        return self.text if self._read_text is None else self._read_text

    def span(self, route: Route, on_key: bool = False) -> Span:
        """Where a value stands, or its key; of a mapping or a list, its key or its first line.

        A route that leads nowhere has the place of the nearest part of the way to it.
        """
        return self._found_places().span(route, on_key) if self.readable else Span(self.path, 1, 1, 1, 1)

    def piece(self, route: Route, offset: int, length: int) -> Span:
        """Where `text[offset:offset + length]` of the text at a route stands; `length` 0 reaches to the end of it."""
        return self._found_places().piece(route, offset, length) if self.readable else Span(self.path, 1, 1, 1, 1)

    def comments(self) -> list[Comment]:
        """The comments that speak to coordlint, in their order.

        Of a text that could not be read there are none: nobody knows what in it is a comment.
        """
        if not self.readable or not (_SPOKEN_TO in self.text or _nearly(self.text)):
            return []
        from coordlint.readers.addressed import addressed

        plain = self._read_text is None
        return addressed(self.path, self.text if plain else self._read_text or "", plain)

    def _found_places(self) -> Places:
        if self._places is None:
            from coordlint.readers.places import Places

            self._places = Places(self.path, self.read_text, self._read_text is None)
        return self._places


def read(path: str, raw: bytes) -> Document:
    """The document in these bytes, whatever they are. Raises UsageError where PyYAML has no C parser."""
    if len(raw) > MOST_BYTES:
        return _too_large(path, raw)
    text, problems, readable = characters.decode(path, raw)
    if not readable:
        return _unreadable(path, text, problems)
    data = fast.read(text) if not problems else None
    if data is not None:
        return Document(path, text, data)
    from coordlint.readers import events
    from coordlint.readers.source import Source

    reading = events.read(Source(path, text))
    if not reading.readable:
        return _unreadable(path, text, problems + reading.problems)
    return Document(
        path,
        text,
        reading.data,
        problems + reading.problems,
        damaged=reading.damaged,
        read_text=text if reading.mended is None else reading.mended,
    )


def _too_large(path: str, raw: bytes) -> Document:
    text = characters.decode(path, raw[:MOST_BYTES]).text
    message = f"this file has more than {MOST_BYTES:,} bytes, which is the most that is read"
    told = Problem(Span(path, 1, 1, 1, 1), message, tip="split the file", rule="yaml/too-large")
    return _unreadable(path, text, (told,))


def _unreadable(path: str, text: str, problems: tuple[Problem, ...]) -> Document:
    from coordlint.readers import outline

    return Document(path, text, [], problems, readable=False, salvaged_ids=outline.ids(text))
