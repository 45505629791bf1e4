"""A text that was read and an edit in, out the pieces of the text that it replaces, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coordlint.editing.changes import Impossible, at, way_of
from coordlint.editing.laid import Laid, Piece
from coordlint.editing.layout import Style, lines
from coordlint.editing.removing import remove
from coordlint.finding import Edit, Place, Route
from coordlint.importers.writing import on_a_line
from coordlint.readers.walker import Seat


def pieces(laid: Laid, edit: Edit) -> list[Piece]:
    """What an edit replaces. Raises Impossible where it cannot be made here by replacing a piece of the text."""
    return _PIECES[edit.action](laid, way_of(edit), edit.value)


def as_written(laid: Laid, edit: Edit) -> Edit:
    """The same edit; one that quotes a value at a place says which text that is."""
    if edit.action != "quote" or not isinstance(edit.where, Place):
        return edit
    seat = laid.seat(way_of(edit))
    if seat.style != "":
        raise Impossible("it is quoted already")
    return edit._replace(action="replace", value=laid.text[seat.start : seat.end])


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
    if old[:1] in ("!", "&"):
        # A tag or an anchor would go with the word that it belongs to.
        raise Impossible("a tag or an anchor stands here")
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
        return _make_list(laid, way, seat, there, value)
    if not laid.is_flow(seat):
        return [_in_block(laid, way, seat, len(there), value)]
    if not there and isinstance(value, dict) and not _in_brackets(laid, way[:-1]) and _is_on_one_line(laid, seat):
        return _open(laid, way, seat, [value])
    return _in_flow(laid, way, seat, list(range(len(there))), on_a_line(value, in_brackets=True))


def _make_list(laid: Laid, way: Route, seat: Seat, there: object, value: object) -> list[Piece]:
    """One value becomes a list of two."""
    old = laid.text[seat.start : seat.end]
    if isinstance(there, dict) and laid.is_flow(seat) and isinstance(value, dict):
        return [Piece(seat.start, seat.end, f"[{old}, {on_a_line(value, in_brackets=True)}]")]
    if isinstance(there, dict):
        raise Impossible(f"`{way[-1]}` holds one entry, and is no list; make it one first, with a dash")
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
    return [*gone, Piece(end, end, "".join(f"\n{inset}{line}" if line else "\n" for line in told[1:]))]


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


def _are_apart(laid: Laid, way: Route, steps: list[Any]) -> bool:
    """Whether a blank line stands between the last two parts; between collections there always is one."""
    if len(steps) < 2:
        return len(way) == 1
    last, before = laid.seat((*way, steps[-1])), laid.seat((*way, steps[-2]))
    between = laid.text[laid.end(before) : last.begin]
    return any(not line.strip() for line in between.split("\n")[1:-1])


def _in_flow(laid: Laid, way: Route, seat: Seat, steps: list[Any], told: str) -> list[Piece]:
    """A part behind the last one inside of brackets, on a line of its own where that one stands so."""
    if not steps:
        return [Piece(seat.start + 1, seat.start + 1, told)]
    last = laid.seat((*way, steps[-1]))
    end, behind = last.end, laid.back(seat.end - 1)
    has_comma = behind > end
    line = laid.text[laid.line_start(last.begin) : last.begin]
    if not line.strip() and "\n" in laid.text[end : seat.end]:
        below = laid.line_end(behind)
        comma = [] if has_comma else [Piece(end, end, ",")]
        return [*comma, Piece(below, below, f"\n{line}{told}{',' if has_comma else ''}")]
    return [Piece(behind, behind, f" {told}")] if has_comma else [Piece(end, end, f", {told}")]


_PIECES: Mapping[str, Callable[[Laid, Route, Any], list[Piece]]] = {
    "rename": _rename,
    "replace": _replace,
    "remove": remove,
    "add": _add,
    "set": _set,
}
