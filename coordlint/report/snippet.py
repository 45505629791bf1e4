"""Lines of a source and marks on them in, what a terminal shows out: the lines, with carets and words below them.

A line that does not fit is shown in part, around the mark. Columns are counted as terminals do: a wide character
takes two, a combining one none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coordlint.finding import Span
from coordlint.report.screen import Paint, cell, measure, wrap

CUT = "..."
# Words below a caret get a column of at least this width, or they begin further left.
NARROWEST = 28
# How many lines above a mark its declaration is looked for, and how many columns of a line may be indentation.
REACH = 400
DEEPEST = 256


class Mark(NamedTuple):
    """A stretch of a file to underline, in a style, with words of its own."""

    span: Span
    style: str
    sign: str
    words: str = ""


class Frame(NamedTuple):
    """What a snippet is drawn in: columns of the terminal, columns of the line numbers, and colour."""

    width: int
    numbers: int
    paint: Paint

    @property
    def room(self) -> int:
        """Columns beside the bar; one is kept for a caret behind the line's end."""
        return self.width - self.numbers - 6

    def row(self, number: str, text: str) -> str:
        bar = self.paint("faint", f"  {number:>{self.numbers}} |")
        return f"{bar} {text}" if text else bar


def lines_of(text: str) -> list[str]:
    """The lines as editors count them: LF, CRLF and CR end one, nothing else does."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def draw(lines: Sequence[str], marks: Sequence[Mark], frame: Frame) -> Iterator[str]:
    """The marked lines of one stretch of a file, and the line that names the declaration around them."""
    marked = {mark.span.line for mark in marks}
    before = 0
    for number in _numbers(lines, marked):
        if before and number > before + 1:
            yield frame.paint("faint", f"{CUT:>{frame.numbers + 2}}")
        before = number
        line = lines[number - 1]
        if number in marked:
            yield from _marked(line, [mark for mark in marks if mark.span.line == number], frame)
        else:
            text = "".join(_part(line, 0, 0, frame.room).pieces).rstrip()
            yield frame.row(str(number), frame.paint("faint", text))


def _numbers(lines: Sequence[str], marked: Iterable[int]) -> list[int]:
    """The lines to show: those with marks, those that name their declarations, and a lone line between two of them."""
    numbers = set(marked)
    numbers.update(filter(None, [_heading(lines, number) for number in marked]))
    numbers.update([number + 1 for number in numbers if number + 2 in numbers])
    return sorted(numbers)


def _heading(lines: Sequence[str], number: int) -> int:
    """The line above, one step in from the margin, that the line stands below: the declaration's key. 0 for none."""
    depth = _depth(lines[number - 1])
    heading = 0
    for above in range(number - 1, max(number - REACH, 0), -1):
        line = lines[above - 1][:DEEPEST]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if _depth(line) == 0:
            break
        if _depth(line) < depth:
            depth, heading = _depth(line), above
    return heading


def _depth(line: str) -> int:
    start = line[:DEEPEST]
    return len(start) - len(start.lstrip(" "))


class _Part(NamedTuple):
    """The part of a line that is shown: its first character's index, what stands for each, and where each begins."""

    first: int
    pieces: list[str]
    edges: list[int]

    def holds(self, index: int) -> bool:
        return self.first <= index < self.first + len(self.edges)

    def column(self, index: int) -> int:
        return self.edges[min(max(index - self.first, 0), len(self.edges) - 1)]


def _part(line: str, start: int, end: int, room: int) -> _Part:
    """As much of a line as fits around the characters from `start` to `end`."""
    first, last = _stretch(line, start, end, room)
    lead = CUT if first else ""
    pieces, edges = [lead], [len(lead)]
    for char in line[first:last]:
        text, wide = cell(char)
        pieces.append(text)
        edges.append(edges[-1] + wide)
    if last < len(line):
        pieces.append(CUT)
    return _Part(first, pieces, edges)


def _stretch(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """The characters that fit: from the margin where the marked ones end soon enough, or else a little before them."""
    if len(line) <= room and _wide(line) <= room:
        return 0, len(line)
    room -= 2 * len(CUT)
    start, end = min(start, len(line)), min(end, len(line))
    if end <= room and _wide(line[:end]) <= room:
        return 0, _fit(line[: room * 4], room)
    before = _fit(line[max(start - room * 4, 0) : start][::-1], room // 4)
    after = _fit(line[start : start + room * 4], room - _wide(line[start - before : start]))
    # Where the line ends before the room does, what stands before gets the rest.
    rest = room - _wide(line[start : start + after])
    before = _fit(line[max(start - room * 4, 0) : start][::-1], rest)
    return start - before, start + after


def _wide(text: str) -> int:
    return sum(cell(char)[1] for char in text)


def _fit(text: str, room: int) -> int:
    """How many characters from the beginning fit."""
    for index, char in enumerate(text):
        room -= cell(char)[1]
        if room < 0:
            return index
    return len(text)


def _marked(line: str, marks: Sequence[Mark], frame: Frame) -> Iterator[str]:
    """A line and what is said below it; once more for marks that lie outside the part that is shown."""
    waiting = list(marks)
    while waiting:
        start, end = _ends(waiting[0], line)
        part = _part(line, start, end, frame.room)
        here = [mark for mark in waiting if mark is waiting[0] or part.holds(_ends(mark, line)[0])]
        waiting = [mark for mark in waiting if mark not in here]
        yield frame.row(str(marks[0].span.line), "".join(part.pieces).rstrip())
        for row in _rows([(mark, *_stretch_of(mark, line, part)) for mark in here]):
            yield from _underline(row, frame)


def _ends(mark: Mark, line: str) -> tuple[int, int]:
    """Where a mark begins and ends in its first line, as indices; it reaches the line's end if it ends further down."""
    span = mark.span
    start = min(max(span.column - 1, 0), len(line))
    return start, span.end_column - 1 if span.end_line == span.line else max(len(line.rstrip()), start)


def _stretch_of(mark: Mark, line: str, part: _Part) -> tuple[int, int]:
    """The column where a mark's sign begins, and how many of them there are: one at least."""
    start, end = _ends(mark, line)
    begin = part.column(start)
    return begin, max(part.column(end) - begin, 1)


_Drawn = tuple[Mark, int, int]


def _rows(drawn: Sequence[_Drawn]) -> Iterator[list[_Drawn]]:
    """The marks by the row that they stand in: one without words leaves room on its right for the next."""
    row: list[_Drawn] = []
    for each in drawn:
        if row and (row[-1][0].words or row[-1][1] + row[-1][2] >= each[1]):
            yield row
            row = []
        row.append(each)
    yield row


def _underline(row: Sequence[_Drawn], frame: Frame) -> Iterator[str]:
    """Carets, and the words of the last of them: beside it, or below where that is too long."""
    text, used = "", 0
    for mark, begin, length in row:
        text += " " * (begin - used) + frame.paint(mark.style, mark.sign * length)
        used = begin + length
    mark, begin, _ = row[-1]
    room = frame.room - used - 1
    beside = wrap(mark.words, max(room, 1))
    if len(beside) == 1 and measure(beside[0]) <= max(room, 0):
        said = frame.paint(mark.style, beside[0])
        yield frame.row("", f"{text} {said}" if said else text)
        return
    yield frame.row("", text)
    indent = max(min(begin, frame.room - NARROWEST), 0)
    for line in wrap(mark.words, frame.room - indent):
        yield frame.row("", " " * indent + frame.paint(mark.style, line))
