"""A text that was read and a route in, the span out. The text's events are read once more when somebody first asks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from yaml.events import CollectionStartEvent, ScalarEvent

from coordlint.finding import Route, Span
from coordlint.readers import outline
from coordlint.readers.events import Event, Seat, Walker


class _Table(NamedTuple):
    """The seats of a stretch of text that begins at `base`."""

    base: int
    seats: dict[Route, Seat]


class Places:
    """The places of one file. Where `plain`, the fast reader took it, and a declaration can be read on its own."""

    def __init__(self, path: str, text: str, plain: bool) -> None:
        self._path = path
        self._text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._parts = {part.route: part for part in outline.parts(text)} if plain else {}
        self._tables: dict[Route, _Table] = {}

    def span(self, route: Route, on_key: bool = False) -> Span:
        """The place of a value, or of its key; of the nearest part of the way where the route leads nowhere."""
        base, seat, found = self._find(route)
        if seat is None:
            return Span(self._path, 1, 1, 1, 1)
        return self._span(base, *self._stretch(base, seat, on_key and found))

    def piece(self, route: Route, offset: int, length: int) -> Span:
        """The place of a part of a text, `length` 0 reaching to its end; the whole, where escapes are in the way."""
        base, seat, found = self._find(route)
        if seat is None or not found or type(seat.value) is not ScalarEvent or not seat.value.value:
            return self.span(route)
        start, end = self._stretch(base, seat, False)
        inner = _content(self._text[base + start : base + end], seat.value.style)
        within = _aligned(inner[1], seat.value.value, offset, length) if inner else None
        if not inner or not within:
            return self._span(base, start, end)
        return self._span(base, start + inner[0] + within[0], start + inner[0] + within[1])

    def _find(self, route: Route) -> tuple[int, Seat | None, bool]:
        base, seats = self._table(route[:2] if route[:2] in self._parts else ())
        way = route
        while way and way not in seats:
            way = way[:-1]
        return base, seats.get(way), way == route

    def _table(self, part: Route) -> _Table:
        if part not in self._tables:
            self._tables[part] = self._read_part(part) if part else self._read_all()
        return self._tables[part]

    def _read_all(self) -> _Table:
        seats: dict[Route, Seat] = {}
        Walker(self._path, self._text, seats).walk()
        return _Table(0, seats)

    def _read_part(self, route: Route) -> _Table:
        part = self._parts[route]
        seats: dict[Route, Seat] = {}
        Walker(self._path, self._text[part.start : part.end], seats).walk()
        # Read on its own, the declaration is the first and only entry of a mapping, or of a list.
        return _Table(part.start, {route + way[1:]: seat for way, seat in seats.items() if way})

    def _stretch(self, base: int, seat: Seat, on_key: bool) -> tuple[int, int]:
        """Where a seat begins and ends, counted from `base`."""
        key, end = seat.key, seat.end
        value: Event = seat.value
        start = value.start_mark.index
        empty = type(value) is ScalarEvent and start == value.end_mark.index
        if key and (on_key or empty or isinstance(value, CollectionStartEvent)):
            return key.start_mark.index, key.end_mark.index
        if isinstance(value, CollectionStartEvent):
            return start, self._first_line(base, start, end)
        if empty and self._text[base + start - 1 : base + start] == "-":
            return start - 1, start
        if type(value) is ScalarEvent and value.style in (">", "|"):
            return start, start + len(self._text[base + start : base + end].rstrip(" \n"))
        return start, value.end_mark.index

    def _first_line(self, base: int, start: int, end: int) -> int:
        line = self._text[base + start : base + end].partition("\n")[0].partition(" #")[0].rstrip(" ")
        return start + len(line)

    def _span(self, base: int, start: int, end: int) -> Span:
        return Span(self._path, *self._position(base + start), *self._position(base + end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, min(offset, len(self._text)))
        return line, offset - self._starts[line - 1] + 1


def _content(source: str, style: str | None) -> tuple[int, str] | None:
    """The part of a scalar's source that holds its text, and where it begins; None where escapes or a tag are in it."""
    if not style:
        return None if source[0] in "!&" else (0, source)
    if style in (">", "|"):
        head = source.find("\n") + 1
        return (head, source[head:]) if source[0] == style else None
    if source[0] != style or "\\" in source or "''" in source:
        return None
    return 1, source[1:-1]


def _aligned(source: str, value: str, offset: int, length: int) -> tuple[int, int] | None:
    """Where a part of a value stands in its source, which differs from it in blanks alone."""
    piece = value[offset : offset + length] if length else value[offset:]
    if source == value:
        return (offset, offset + len(piece)) if piece else None
    spots = [at for at, character in enumerate(source) if not character.isspace()]
    first = _visible(value[:offset])
    size = _visible(piece)
    if not size or len(spots) != _visible(value):
        return None
    return spots[first], spots[first + size - 1] + 1


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)
