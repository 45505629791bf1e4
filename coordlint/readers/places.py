"""A text that was read and a route in, the span out. The text's events are read once more when somebody first asks."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from coordlint.finding import Route, Span
from coordlint.readers import outline
from coordlint.readers.outline import Part
from coordlint.readers.source import Source
from coordlint.readers.walker import Seat, Walker


class _Table(NamedTuple):
    """The seats in a stretch of text that begins at `base`."""

    base: int
    seats: dict[Route, Seat]


class Places:
    """The places of one file. Where `plain`, the fast reader took it, and a declaration can be read on its own."""

    def __init__(self, path: str, text: str, plain: bool) -> None:
        self._source = Source(path, text)
        self._text = text
        self._parts = {part.route: part for part in outline.parts(text)} if plain else {}
        self._tables: dict[Route, _Table] = {}

    def span(self, route: Route, on_key: bool = False) -> Span:
        """The place of a value, or of its key; of the nearest part of the way where the route leads nowhere."""
        if route in self._parts and route not in self._tables:
            begun = self._beginning(self._parts[route], on_key)
            if begun:
                return self._source.span(*begun)
        key = self._key_that_shows(route, on_key)
        if key:
            return self._source.span(*key)
        base, seat, found = self._find(route)
        return self._source.span(*self._stretch(base, seat, on_key and found)) if seat else self._source.span(0, 0)

    def piece(self, route: Route, offset: int, length: int) -> Span:
        """The place of a part of a text, `length` 0 reaching to its end; the whole, where escapes are in the way."""
        base, seat, found = self._find(route)
        if not seat or not found or not seat.text:
            return self.span(route)
        start, end = self._stretch(base, seat, False)
        inner, source = _content(self._text[start:end], seat.style)
        within = _aligned(source, seat.text, offset, length)
        if not within:
            return self._source.span(start, end)
        return self._source.span(start + inner + within[0], start + inner + within[1])

    def _beginning(self, part: Part, on_key: bool) -> tuple[int, int] | None:
        """What a declaration of a plain text is shown by, where its first line tells, as it nearly always does."""
        start, head = part.start, part.head
        rest = _first_line(self._text[head : part.end])
        text = rest.lstrip(" ")
        if part.route and isinstance(part.route[1], int):
            at = head + len(rest) - len(text)
            return (at, at + len(text)) if not on_key and _begins_mapping(text) else None
        if on_key or not text or text[0] in "{[":
            return start + len(self._text[start:head]) - len(self._text[start:head].lstrip(" ")), head - 1
        return None

    def _find(self, route: Route) -> tuple[int, Seat | None, bool]:
        base, seats = self._field(route) or self._table(route[:2] if route[:2] in self._parts else ())
        way = route
        while way and way not in seats:
            way = way[:-1]
        return base, seats.get(way), way == route

    def _table(self, part: Route) -> _Table:
        if part not in self._tables:
            self._tables[part] = self._read_part(part) if part else self._read_all()
        return self._tables[part]

    def _field(self, route: Route) -> _Table | None:
        """The seats in one field of a declaration of a plain text; None where it does not stand on lines of its own."""
        declared, field = route[:2], route[:3]
        if field in self._tables:
            return self._tables[field]
        stretch = self._lines_of(field)
        if not stretch:
            return None
        seats: dict[Route, Seat] = {}
        Walker(Source(self._source.path, stretch[0]), seats).walk()
        self._tables[field] = _Table(stretch.start(), {declared + way: seat for way, seat in seats.items() if way})
        return self._tables[field]

    def _lines_of(self, field: Route) -> re.Match[str] | None:
        """The lines of a field of a declaration that nobody has read yet."""
        declared = field[:2]
        part = self._parts.get(declared)
        if part is None or declared in self._tables or len(field) < 3 or not isinstance(declared[1], str):
            return None
        first = _first_field(self._text, part.head, part.end)
        return first and _stretch_of(str(field[2]), first[1])(self._text, first.start(1), part.end)

    def _key_that_shows(self, route: Route, on_key: bool) -> tuple[int, int] | None:
        """The key of a field in a plain text, where the field is shown by that: what holds others has no text."""
        stretch = self._lines_of(route) if len(route) == 3 and route not in self._tables else None
        if not stretch:
            return None
        line = _first_line(stretch[0])
        head, _, rest = line.partition(":")
        if not on_key and rest.lstrip(" ")[:1] not in ("", "{", "["):
            return None
        return stretch.start() + len(head) - len(head.lstrip(" ")), stretch.start() + len(head)

    def _read_all(self) -> _Table:
        seats: dict[Route, Seat] = {}
        Walker(self._source, seats).walk()
        return _Table(0, seats)

    def _read_part(self, route: Route) -> _Table:
        part = self._parts[route]
        seats: dict[Route, Seat] = {}
        Walker(Source(self._source.path, self._text[part.start : part.end]), seats).walk()
        # Read on its own, the declaration is the first and only entry of a mapping, or of a list.
        return _Table(part.start, {route + way[1:]: seat for way, seat in seats.items() if way})

    def _stretch(self, base: int, seat: Seat, on_key: bool) -> tuple[int, int]:
        """Where in the text begins and ends what a seat is shown by."""
        start, end = base + seat.start, base + seat.end
        if seat.key_start >= 0 and (on_key or seat.style is None or start == end):
            return base + seat.key_start, base + seat.key_end
        if seat.style is None:
            return start, start + len(_first_line(self._text[start:end]))
        if start == end and self._text[start - 1 : start] == "-":
            return start - 1, start
        if seat.style in (">", "|"):
            return start, start + len(self._text[start:end].rstrip(" \n"))
        return start, end


# The blanks in front of the first field of a declaration that has its fields on lines of their own.
_first_field = re.compile(r"[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*([ ]+)(?=[A-Za-z0-9_])").match


@functools.lru_cache(maxsize=4096)
def _stretch_of(field: str, margin: str) -> Callable[[str, int, int], re.Match[str] | None]:
    """What finds a field with all that stands deeper, or is an item in its column."""
    line = rf"{margin}[ \-].*|[ ]*(?:#.*)?$"
    return re.compile(rf"^{margin}{re.escape(field)}:(?=[ \n]).*(?:\n(?:{line}))*", re.MULTILINE).search


# An item that is a mapping: in braces, or with its first key on the line of the dash.
_begins_mapping = re.compile(r"\{|[A-Za-z0-9_][A-Za-z0-9_/-]*:(?:[ ]|\Z)").match


def _first_line(text: str) -> str:
    return text.partition("\n")[0].partition(" #")[0].rstrip(" ")


def _content(source: str, style: str | None) -> tuple[int, str]:
    """The part of a scalar's source that holds its text, and where in it that begins."""
    if style in (">", "|"):
        head = source.find("\n") + 1
        return head, source[head:]
    return (1, source[1:-1]) if style else (0, source)


def _aligned(source: str, text: str, offset: int, length: int) -> tuple[int, int] | None:
    """Where a part of a text stands in its source; None where they differ in more than blanks."""
    piece = text[offset : offset + length] if length else text[offset:]
    if source == text and piece:
        return offset, offset + len(piece)
    spots = [at for at, character in enumerate(source) if not character.isspace()]
    first, size = _visible(text[:offset]), _visible(piece)
    if not size or [source[at] for at in spots] != [character for character in text if not character.isspace()]:
        return None
    return spots[first], spots[first + size - 1] + 1


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)
