"""A text that edits have made and the edits in, the spans of all that they touched in it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coordlint.document import read
from coordlint.editing.changes import way_of
from coordlint.editing.laid import Laid
from coordlint.finding import Edit, Place, Route, Span
from coordlint.readers.source import Source


def touched(path: str, new: bytes, edits: Sequence[Edit], words: bool = False) -> list[Span]:
    """Where what was changed stands: a renamed key with its value, a list with one item more; what is gone, nowhere.

    With `words`, a key that was renamed stands without its value.
    """
    document = read(path, new)
    laid = Laid(document.read_text)
    source = Source(path, laid.text)
    placed = [(way_of(edit), edit) for edit in edits if isinstance(edit.where, Place)]
    names = {way: str(edit.value) for way, edit in placed if edit.action == "rename"}
    lines = [edit.where for edit in edits if isinstance(edit.where, Span) and edit.action == "quote"]
    return [*(_line(source, span.line) for span in lines), *_entries(laid, source, placed, names, words)]


def _entries(
    laid: Laid, source: Source, placed: Iterable[tuple[Route, Edit]], names: Mapping[Route, str], words: bool
) -> Iterator[Span]:
    for way, edit in placed:
        today = tuple(names.get(way[: length + 1], step) for length, step in enumerate(way))
        seat = laid.seats.get(today[1:] if today[0] == 0 else today)
        if seat is not None and edit.action != "remove":
            yield source.span(seat.begin, seat.key_end if words and edit.action == "rename" else laid.end(seat))


def _line(source: Source, line: int) -> Span:
    start = source.line_start(line)
    end = source.text.find("\n", start)
    return source.span(start, end if end >= 0 else len(source.text))
