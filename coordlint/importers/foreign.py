"""A foreign YAML text in, its parts out, whatever is in them; what is not of use becomes a note, and never an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from coordlint.document import Document
from coordlint.document import read as read_document
from coordlint.finding import Place, Problem, Route, UsageError
from coordlint.importers import CHANGED, LEFT_OUT, Note

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
_LONGEST_SHOWN = 100
_MOST_BITS = 64

NOT_A_TEXT = "something else where a text should be"
NOT_A_LIST = "something else where a list should be"
NOT_A_PART = "something else where a mapping of fields should be"
NOBODY_READS = "a field that this importer does not know"
TOO_LONG = "a text that is too long: its beginning"
OTHER_DOCUMENTS = "a second YAML document in the text"
YAML_SAYS = "what the reader of YAML says"


class _Remark(NamedTuple):
    kind: str
    reason: str
    route: Route
    what: str
    line: int


class Notes:
    """The notes on one text; lines are looked up when all is read."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # A field that is asked for twice is noted once.
        self._remarks: dict[_Remark, None] = {}

    def add(self, kind: str, reason: str, route: Route, what: object = "", line: int = 0) -> None:
        """Notes what was done with the part at `route`, and what stands there; without a line, that of the part."""
        shown = " ".join(str(what).split()) if _is_text(what) else ""
        cut = shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"
        self._remarks[_Remark(kind, reason, route, cut, line)] = None

    def all(self) -> list[Note]:
        """Every note with its line, in the order in which they were made."""
        return [
            Note(kind, reason, line or self._document.span(route).line, _way(route), what)
            for kind, reason, route, what, line in self._remarks
        ]


def _way(route: Route) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).lstrip(".")


class Part:
    """A mapping of the foreign text. What is asked for is given in the form that was asked for, or not at all."""

    __slots__ = ("_asked", "_data", "_notes", "route")

    def __init__(self, data: Mapping[str, object], route: Route, notes: Notes) -> None:
        self._data = data
        self._notes = notes
        self._asked: set[str] = set()
        self.route = route

    def has(self, key: str) -> bool:
        """Whether something stands there, be it an empty list."""
        return self._data.get(key) is not None

    def is_empty_list(self, key: str) -> bool:
        """Whether a list of nothing stands there, which says that there is nothing."""
        return self._data.get(key) == []

    def line(self, key: str, most: int = LONGEST_LINE) -> str:
        """A text on one line, cut where it is longer than `most` characters; "" where there is none."""
        return self._limited(key, " ".join(self._text(key).split()), most)

    def prose(self, key: str) -> str:
        """A text that may have paragraphs, ending in a line feed; "" where there is none."""
        text = "\n".join(line.rstrip() for line in self._text(key).strip().splitlines())
        return self._limited(key, text, LONGEST_TEXT - 1) + "\n" if text else ""

    def lines(self, key: str) -> list[str]:
        """The short texts of a list."""
        return [text for _, text in self.numbered_lines(key)]

    def numbered_lines(self, key: str) -> list[tuple[int, str]]:
        """The short texts of a list, each with its index there."""
        found = []
        for index, item in enumerate(self._list(key)):
            if _is_text(item):
                found.append((index, self._limited(key, " ".join(str(item).split()), LONGEST_TEXT)))
            else:
                self.note(LEFT_OUT, NOT_A_TEXT, key, index)
        return [(index, text) for index, text in found if text]

    def part(self, key: str) -> Part | None:
        """The mapping that stands there."""
        self._asked.add(key)
        found = self._data.get(key)
        if isinstance(found, dict):
            return Part(found, (*self.route, key), self._notes)
        if found is not None:
            self.note(LEFT_OUT, NOT_A_PART, key)
        return None

    def parts(self, key: str) -> Iterator[Part]:
        """The mappings of a list."""
        for index, item in enumerate(self._list(key)):
            if isinstance(item, dict):
                yield Part(item, (*self.route, key, index), self._notes)
            else:
                self.note(LEFT_OUT, NOT_A_PART, key, index)

    def leave_out(self, key: str, reason: str, *named_by: str) -> None:
        """Notes that what stands there is known and not taken over: each item of a list, named by one of its fields."""
        self._asked.add(key)
        found = self._data.get(key)
        if isinstance(found, list):
            for index, item in enumerate(found):
                names = [item.get(name) for name in named_by if item.get(name)] if isinstance(item, dict) else [item]
                self._notes.add(LEFT_OUT, reason, (*self.route, key, index), names[0] if names else "")
        elif found is not None:
            self._notes.add(LEFT_OUT, reason, (*self.route, key), found)

    def note_unread(self) -> None:
        """Notes every field that nobody asked for."""
        for key, value in self._data.items():
            if key not in self._asked and value not in (None, [], {}):
                self._notes.add(LEFT_OUT, NOBODY_READS, (*self.route, key), key)

    def note(self, kind: str, reason: str, *way: str | int, what: object = None) -> None:
        """Notes something about a part of this; what stands there is shown if it is a text, unless `what` is given."""
        value: object = self._data
        for step in way:
            value = value[step] if isinstance(value, (dict, list)) else ""  # type: ignore[index]
        self._notes.add(kind, reason, (*self.route, *way), value if what is None else what)

    def _list(self, key: str) -> list[object]:
        self._asked.add(key)
        found = self._data.get(key)
        if isinstance(found, list):
            return found
        if found is not None:
            self.note(LEFT_OUT, NOT_A_LIST, key)
        return []

    def _text(self, key: str) -> str:
        self._asked.add(key)
        found = self._data.get(key)
        if _is_text(found):
            return str(found)
        if found is not None:
            self.note(LEFT_OUT, NOT_A_TEXT, key)
        return ""

    def _limited(self, key: str, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.note(CHANGED, TOO_LONG, key)
        return text[: most - 1].rstrip() + "…"


def _is_text(value: object) -> bool:
    """Whether it is a text, or a number of sane length that somebody meant as one."""
    if isinstance(value, int):
        return not isinstance(value, bool) and value.bit_length() <= _MOST_BITS
    return isinstance(value, (str, float))


def read(text: str, source: str) -> tuple[Part, Notes]:
    """The whole of a YAML text, and where to note what becomes of it. UsageError where it is no mapping, or no YAML."""
    document = read_document(source, text.encode("utf-8", "surrogatepass"))
    if not document.readable:
        first = document.problems[0]
        raise UsageError(f"`{source}` cannot be read as YAML, line {_line(document, first)}: {first.message}")
    whole = document.data[0] if document.data else None
    if not isinstance(whole, dict):
        raise UsageError(f"`{source}` holds no mapping of fields, so there is nothing in it to import")
    notes = Notes(document)
    for problem in document.problems:
        notes.add(CHANGED, YAML_SAYS, problem.way, problem.message, _line(document, problem))
    for index in range(1, len(document.data)):
        notes.add(LEFT_OUT, OTHER_DOCUMENTS, (index,))
    return Part(whole, (), notes), notes


def _line(document: Document, problem: Problem) -> int:
    where = problem.where
    return document.span(where.route).line if isinstance(where, Place) else where.line
