"""What is to go in, the pieces of the text that go with it out: lines of its own, its comma, or its comment."""

from __future__ import annotations

from coordlint.editing.changes import Impossible, at, removed
from coordlint.editing.laid import Laid, Piece
from coordlint.finding import Route, Span


def remove(laid: Laid, way: Route, _: object = None) -> list[Piece]:
    """The pieces that an entry or an item takes. Raises Impossible where a comment would go with it."""
    whole = removed(laid.data, way)
    holder, seat = laid.seat(whole[:-1]), laid.seat(whole)
    steps = list(range(len(siblings)) if isinstance(siblings := at(laid.data, whole[:-1]), list) else siblings)
    index = steps.index(whole[-1])
    if laid.is_flow(holder):
        if len(steps) == 1:
            return [_gone(laid, laid.back(holder.start), holder.end)]
        if index + 1 < len(steps):
            return [_gone(laid, seat.begin, laid.seat((*whole[:-1], steps[index + 1])).begin)]
        return [_gone(laid, laid.seat((*whole[:-1], steps[index - 1])).end, seat.end)]
    start = _begin(laid, whole)
    if laid.text[laid.line_start(start) : start].strip():
        # It shares its line with the dash of what it stands in.
        if index + 1 == len(steps):
            return [_gone(laid, laid.back(start), laid.end(seat))]
        return [_gone(laid, start, _begin(laid, (*whole[:-1], steps[index + 1])))]
    return [_lines_gone(laid, laid.line_start(start), laid.line_end(laid.end(seat)))]


def cut(laid: Laid, span: Span, value: object) -> list[Piece]:
    """The piece of a comment at a span, or all of its line where nothing is left on that."""
    start, end = laid.offsets(span)
    comment = laid.comment_at(start)
    if comment is None or not comment[0] <= start <= end <= comment[1]:
        raise Impossible("no comment stands there")
    left = laid.text[comment[0] : start] + str(value or "") + laid.text[end : comment[1]]
    if left.strip("# \t"):
        return [Piece(start, end, str(value or ""))]
    ahead = laid.line_start(comment[0])
    if laid.text[ahead : comment[0]].strip():
        blanks = laid.text[ahead : comment[0]]
        return [Piece(ahead + len(blanks.rstrip()), comment[1], "")]
    return [_whole_lines(laid, ahead, comment[1])]


def _begin(laid: Laid, way: Route) -> int:
    """Where an entry of a block begins: at its key, or at its dash."""
    seat = laid.seat(way)
    if isinstance(way[-1], str):
        return seat.key_start
    dash = laid.back(seat.start) - 1
    if laid.text[dash : dash + 1] != "-":
        raise Impossible("its dash is not where it should be")
    return dash


def _gone(laid: Laid, start: int, end: int) -> Piece:
    if laid.comment_in(start, end):
        raise Impossible("a comment would go with it")
    return Piece(start, end, "")


def _lines_gone(laid: Laid, start: int, end: int) -> Piece:
    _gone(laid, start, end)
    return _whole_lines(laid, start, end)


def _whole_lines(laid: Laid, start: int, end: int) -> Piece:
    """Lines with the line feed at their end; of two blank lines that would meet, one goes too."""
    text = laid.text
    if end == len(text):
        return Piece(max(0, start - 1), end, "")
    if (start == 0 or text[:start].endswith("\n\n")) and text[end + 1 : end + 2] == "\n":
        end += 1
    return Piece(start, end + 1, "")
