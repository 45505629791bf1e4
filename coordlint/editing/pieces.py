"""A text that was read and an edit in, out the pieces of the text that it replaces, and by what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from coordlint.editing.changes import Impossible, at, removed
from coordlint.editing.layout import Style, lines
from coordlint.finding import Edit, Route, Step
from coordlint.importers.writing import on_a_line
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
        walker = Walker(Source("", text), self.seats)
        walker.walk()
        self.data: list[Any] = walker.data
        self.comments = comments(text)
        self._ends = [end for _, end in self.comments]
        self._starts = [start for start, _ in self.comments]

    def seat(self, way: Route) -> Seat:
        """Where the value at a way stands. Raises Impossible where it was refused, or is not there."""
        found = self.seats.get(way[1:] if way[0] == 0 else way)
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

    def column(self, offset: int) -> int:
        return offset - self.text.rfind("\n", 0, offset) - 1

    def comment_in(self, start: int, end: int) -> bool:
        """Whether a comment begins between two offsets."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def comment_at(self, offset: int) -> tuple[int, int] | None:
        """The comment around an offset."""
        index = bisect_right(self._starts, offset) - 1
        return self.comments[index] if index >= 0 and offset <= self.comments[index][1] else None

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


def pieces(laid: Laid, edit: Edit, way: Route) -> list[Piece]:
    """What an edit replaces. Raises Impossible where it cannot be made here by replacing a piece of the text."""
    return _PIECES[edit.action](laid, way, edit.value)


def _rename(laid: Laid, way: Route, value: object) -> list[Piece]:
    seat = laid.seat(way)
    return [Piece(seat.key_start, seat.key_end, _as_quoted(laid.text[seat.key_start : seat.key_end], value))]


def _replace(laid: Laid, way: Route, value: object) -> list[Piece]:
    seat = laid.seat(way)
    old = laid.text[seat.start : seat.end]
    if seat.style in ("|", ">") or "\n" in old:
        raise Impossible("a text of several lines stands here")
    if not old:
        return [Piece(seat.end, seat.end, f" {on_a_line(value, in_brackets=True)}")]
    return [Piece(seat.start, seat.end, _as_quoted(old, value))]


def _as_quoted(old: str, value: object) -> str:
    """A value written as what stood in its place: in the same quotes where it stood in some."""
    new = on_a_line(value, in_brackets=True)
    quote = old[:1]
    if quote in ("'", '"') and isinstance(value, str) and new == value and not set(value) & {"'", '"', "\\"}:
        return f"{quote}{value}{quote}"
    return new


def _add(laid: Laid, way: Route, value: object) -> list[Piece]:
    seat = laid.seats.get(way[1:] if way[0] == 0 else way)
    there = at(laid.data, way) if seat is not None else None
    if seat is None or there is None:
        return _set(laid, way, [value] if isinstance(value, (dict, list)) else value)
    if not isinstance(there, list):
        return _make_list(laid, seat, there, value)
    if not laid.is_flow(seat):
        return [_in_block(laid, way, seat, len(there), value)]
    if not there and isinstance(value, dict) and not _in_brackets(laid, way[:-1]) and _is_on_one_line(laid, seat):
        return _open(laid, way, seat, [value])
    return _in_flow(laid, way, seat, list(range(len(there))), on_a_line(value, in_brackets=True))


def _make_list(laid: Laid, seat: Seat, there: object, value: object) -> list[Piece]:
    """One value becomes a list of two."""
    old = laid.text[seat.start : seat.end]
    if seat.style in ("|", ">") or "\n" in old or isinstance(value, (dict, list)):
        raise Impossible("a text of several lines stands here")
    # What is plain behind a key may end too early inside brackets.
    first = old if seat.style or not isinstance(there, str) else on_a_line(there, in_brackets=True)
    return [Piece(seat.start, seat.end, f"[{first}, {on_a_line(value, in_brackets=True)}]")]


def _set(laid: Laid, way: Route, value: object) -> list[Piece]:
    key = way[-1]
    if len(way) == 2 and not laid.data:
        return [_at_the_end(laid, f"{on_a_line(key)}:", value)]
    holder = at(laid.data, way[:-1])
    seat = laid.seat(way[:-1])
    if isinstance(holder, dict) and key in holder:
        return _set_again(laid, way, value)
    if holder is None:
        return _open(laid, way[:-1], seat, {str(key): value})
    if laid.is_flow(seat):
        entry = f"{on_a_line(key, in_brackets=True)}: {on_a_line(value, in_brackets=True)}"
        return _in_flow(laid, way[:-1], seat, list(holder), entry)
    column = laid.column(seat.start)
    told = lines(f"{on_a_line(key)}:", value, laid.style(), column, flat=False)
    return [_below(laid, way[:-1], seat, list(holder), told)]


def _set_again(laid: Laid, way: Route, value: object) -> list[Piece]:
    seat = laid.seat(way)
    if not isinstance(value, (dict, list)):
        return _replace(laid, way, value)
    if laid.text[seat.start : seat.end] or _in_brackets(laid, way[:-1]):
        raise Impossible(f"`{way[-1]}` says something already")
    return _open(laid, way, seat, value)


def _at_the_end(laid: Laid, lead: str, value: object) -> Piece:
    """What is said first in a file that has said nothing so far."""
    text = laid.text
    told = "\n".join(lines(lead, value, Style(), 0, flat=False))
    if not text or text.endswith("\n"):
        blank = "\n" if text.strip() and not text.endswith("\n\n") else ""
        return Piece(len(text), len(text), f"{blank}{told}\n")
    return Piece(len(text), len(text), f"\n\n{told}")


def _open(laid: Laid, way: Route, seat: Seat, value: object) -> list[Piece]:
    """Put a mapping or a list where nothing stands, or empty brackets do: below the key, or inside brackets."""
    old = laid.text[seat.start : seat.end]
    if _in_brackets(laid, way[:-1]) or seat.key_start < 0:
        lead = "" if old else " "
        return [Piece(seat.start, seat.end, lead + on_a_line(value, in_brackets=True))]
    column = laid.column(seat.key_start)
    told = lines("", value, laid.style(), column, flat=False)
    inset = " " * column
    end = laid.line_end(seat.end)
    gone = [Piece(laid.back(seat.start), seat.end, "")] if old else []
    return [*gone, Piece(end, end, "".join(f"\n{inset}{line}".rstrip(" ") for line in told[1:]))]


def _in_brackets(laid: Laid, way: Route) -> bool:
    return any(laid.is_flow(laid.seat(way[:length])) for length in range(1, len(way) + 1))


def _is_on_one_line(laid: Laid, seat: Seat) -> bool:
    return "\n" not in laid.text[seat.start : seat.end]


def _in_block(laid: Laid, way: Route, seat: Seat, count: int, value: object) -> Piece:
    """An item behind the last one of a list in a block; on one line only where one of them stands so."""
    flat = any(laid.is_flow(laid.seat((*way, index))) for index in range(count))
    column = laid.column(seat.start)
    return _below(laid, way, seat, list(range(count)), lines("-", value, laid.style(), column, flat=flat))


def _below(laid: Laid, way: Route, seat: Seat, steps: list[Any], told: list[str]) -> Piece:
    """Lines below the last of these parts, as deep as it is, and with a blank line where such lines part them."""
    column = laid.column(seat.start)
    end = _behind_comments(laid, laid.line_end(laid.end(seat)), column)
    blank = "\n" if _are_apart(laid, way, steps) else ""
    return Piece(end, end, blank + "".join(f"\n{' ' * column}{line}" if line else "\n" for line in told))


def _behind_comments(laid: Laid, end: int, column: int) -> int:
    """The end of the last line that is a comment on what ends here: it stands deeper, with nothing between."""
    while True:
        following = laid.text[end + 1 : laid.line_end(end + 1)]
        inset = len(following) - len(following.lstrip(" "))
        if end >= len(laid.text) or following[inset : inset + 1] != "#" or inset <= column:
            return end
        end += 1 + len(following)


def _are_apart(laid: Laid, way: Route, steps: list[Step]) -> bool:
    """Whether a blank line stands between the last two parts; between collections there always is one."""
    if len(steps) < 2:
        return len(way) == 1
    last, before = laid.seat((*way, steps[-1])), laid.seat((*way, steps[-2]))
    start = last.key_start if last.key_start >= 0 else last.start
    between = laid.text[laid.end(before) : start]
    return any(not line.strip() for line in between.split("\n")[1:-1])


def _in_flow(laid: Laid, way: Route, seat: Seat, steps: list[Any], told: str) -> list[Piece]:
    """A part behind the last one inside of brackets, on a line of its own where that one stands so."""
    if not steps:
        return [Piece(seat.start + 1, seat.start + 1, told)]
    last = laid.seat((*way, steps[-1]))
    start = last.key_start if last.key_start >= 0 else last.start
    end = last.end
    comma = laid.text[laid.back(seat.end - 1) - 1 : laid.back(seat.end - 1)] == "," and laid.back(seat.end - 1) > end
    line = laid.text[laid.text.rfind("\n", 0, start) + 1 : start]
    if not line.strip() and "\n" in laid.text[end : seat.end]:
        at_comma = laid.back(seat.end - 1) if comma else end
        below = laid.line_end(at_comma)
        behind = "," if comma else ""
        pieces = [] if comma else [Piece(end, end, ",")]
        return [*pieces, Piece(below, below, f"\n{line}{told}{behind}")]
    if comma:
        at_comma = laid.back(seat.end - 1)
        return [Piece(at_comma, at_comma, f" {told}")]
    return [Piece(end, end, f", {told}")]


def _remove(laid: Laid, way: Route, _: object) -> list[Piece]:
    whole = removed(laid.data, way)
    holder = at(laid.data, whole[:-1])
    if isinstance(holder, dict) and len(holder) == 1:
        seat = laid.seat(whole[:-1])
        return [_gone(laid, laid.back(seat.start), laid.end(seat))]
    raise Impossible("not yet")


def _gone(laid: Laid, start: int, end: int) -> Piece:
    if laid.comment_in(start, end):
        raise Impossible("a comment stands in what is to go")
    return Piece(start, end, "")


_PIECES = {"rename": _rename, "replace": _replace, "remove": _remove, "add": _add, "set": _set}
