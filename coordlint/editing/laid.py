"""A text that can be read in, where everything in it stands out: values, keys, comments, and how it is laid out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from coordlint.editing.changes import Impossible
from coordlint.editing.layout import Style
from coordlint.finding import Route, Span
from coordlint.readers.comments import comments
from coordlint.readers.source import Source
from coordlint.readers.walker import Seat, Walker


class Piece(NamedTuple):
    """`text[start:end]` is to become this."""

    start: int
    end: int
    text: str


class Laid:
    """A text that can be read, with where everything in it stands. Ways begin with the number of their document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seats: dict[Route, Seat] = {}
        self._source = Source("", text)
        walker = Walker(self._source, self.seats)
        walker.walk()
        self.data: list[Any] = walker.data
        self.comments = comments(text)
        self._ends = [end for _, end in self.comments]
        self._starts = [start for start, _ in self.comments]

    def seat(self, way: Route) -> Seat:
        """Where the value at a way stands. Raises Impossible where it was refused, or is not there."""
        found = self.seats.get(way[1:] if way[0] == 0 else way) if way else None
        if found is None:
            raise Impossible("it is not there to be changed")
        return found

    def is_flow(self, seat: Seat) -> bool:
        """Whether a mapping or a list stands in brackets."""
        return seat.style is None and self.text[seat.start : seat.start + 1] in ("{", "[")

    def end(self, seat: Seat) -> int:
        """Where the last character of a value stands; of a mapping in a block, the blanks below are none of it."""
        if seat.style is None and not self.is_flow(seat):
            return self.back(seat.end)
        if seat.style in ("|", ">"):
            return seat.start + len(self.text[seat.start : seat.end].rstrip(" \n"))
        return seat.end

    def back(self, offset: int) -> int:
        """The end of what stands before an offset, blanks and comments aside."""
        while True:
            while offset and self.text[offset - 1].isspace():
                offset -= 1
            index = bisect_left(self._ends, offset)
            if index == len(self._ends) or self._ends[index] != offset:
                return offset
            offset = self._starts[index]

    def line_end(self, offset: int) -> int:
        """Where the line ends in which an offset stands."""
        found = self.text.find("\n", offset)
        return found if found >= 0 else len(self.text)

    def line_start(self, offset: int) -> int:
        """Where the line begins in which an offset stands."""
        return self.text.rfind("\n", 0, offset) + 1

    def column(self, offset: int) -> int:
        return offset - self.line_start(offset)

    def comment_in(self, start: int, end: int) -> bool:
        """Whether a comment begins between two offsets."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def comment_at(self, offset: int) -> tuple[int, int] | None:
        """The comment around an offset."""
        index = bisect_right(self._starts, offset) - 1
        return self.comments[index] if index >= 0 and offset <= self.comments[index][1] else None

    def offsets(self, span: Span) -> tuple[int, int]:
        """Where a span begins and ends in the text."""
        start, end = ((span.line, span.column), (span.end_line, span.end_column))
        return self._source.line_start(start[0]) + start[1] - 1, self._source.line_start(end[0]) + end[1] - 1

    def style(self) -> Style:
        """How this file indents, by the first mapping and the first list in it that stand below a key."""
        step = dash = -1
        for seat in self.seats.values():
            if seat.style is not None or seat.key_start < 0 or self.is_flow(seat) or min(step, dash) >= 0:
                continue
            inset = self.column(seat.start) - self.column(seat.key_start)
            if self.text[seat.start : seat.start + 1] == "-":
                dash = inset if dash < 0 else dash
            else:
                step = inset if step < 0 else step
        step = step if step > 0 else 2
        return Style(step, dash if dash >= 0 else step)
