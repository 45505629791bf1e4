"""The text of a file in, with offsets into it; spans out."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from coordlint.finding import Span


class Source:
    """A text and the path of its file. Lines are looked up, once their beginnings have been found."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] = []

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`: lines and columns from 1, columns in code points."""
        return Span(self.path, *self._position(start), *self._position(max(start, end)))

    def line_start(self, line: int) -> int:
        """The offset at which a line begins; lines count from 1."""
        return self._line_starts()[line - 1]

    def _position(self, offset: int) -> tuple[int, int]:
        offset = min(offset, len(self.text))
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))][:-1]
        return self._starts
