"""A row of a sheet in, its cells in the form that was asked for out; what is not of use becomes a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordlint.finding import UsageError
from coordlint.importers import CHANGED, LEFT_OUT, Note
from coordlint.importers.csv_cells import FORMULA_SHOWN, number, several, shown, yes_no
from coordlint.importers.csv_dates import Unread, read_day, read_moment

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
_LONGEST_SHOWN = 100

TOO_LONG = "a text that is too long: its beginning"
NO_DAY = "something else where a date should be"
NO_YES_NO = "something else where yes or no should be"
NO_NUMBER = "something else where a number should be"


class Notes:
    """The notes on one sheet."""

    def __init__(self, headings: Sequence[str], source: str) -> None:
        self.source = source
        self._headings = headings
        # A cell that is asked for twice is noted once.
        self._notes: dict[Note, None] = {}

    def add(self, kind: str, reason: str, line: int, where: str, what: str = "") -> None:
        """Notes what was done with what stands on a line."""
        said = " ".join(what.split())
        cut = said if len(said) <= _LONGEST_SHOWN else said[: _LONGEST_SHOWN - 1] + "…"
        self._notes[Note(kind, reason, line, where, cut)] = None

    def heading(self, index: int) -> str:
        """What a column is called."""
        return self._headings[index] if index < len(self._headings) else f"column {index + 1}"

    def all(self) -> list[Note]:
        """Every note, in the order in which they were made."""
        return list(self._notes)


class Row:
    """A row of a sheet. What is asked for is given in the form that was asked for, or not at all."""

    __slots__ = ("_cells", "_columns", "_notes", "line_number")

    def __init__(self, line: int, cells: Sequence[str], columns: Mapping[str, int], notes: Notes) -> None:
        self._cells = cells
        self._columns = columns
        self._notes = notes
        self.line_number = line

    def cell(self, index: int) -> str:
        """The text that the cell of a column shows."""
        if index >= len(self._cells):
            return ""
        said = shown(self._cells[index])
        if said.reason:
            kind = CHANGED if said.reason == FORMULA_SHOWN else LEFT_OUT
            self._notes.add(kind, said.reason, self.line_number, self._notes.heading(index), self._cells[index])
        return said.text

    def text(self, field: str) -> str:
        """All that a cell shows, on one line; "" where there is nothing."""
        column = self._columns.get(field)
        return "" if column is None else " ".join(self.cell(column).split())

    def line(self, field: str, most: int = LONGEST_LINE) -> str:
        """A text on one line, cut where it is longer than `most` characters."""
        return self._limited(field, self.text(field), most)

    def prose(self, field: str) -> str:
        """A text that may have paragraphs."""
        column = self._columns.get(field)
        said = "" if column is None else self.cell(column)
        return self._limited(field, "\n".join(each.rstrip() for each in said.splitlines()), LONGEST_TEXT)

    def several(self, field: str) -> list[str]:
        """The names that stand in a cell."""
        column = self._columns.get(field)
        return [] if column is None else several(self.cell(column))

    def day(self, field: str, order: str) -> str:
        """A day, such as 2026-03-31. UsageError where it may be one of two days, and the order does not tell which."""
        text = self.text(field)
        return self._known_day(field, text, read_day(text, order)) if text else ""

    def moment(self, field: str, order: str) -> str:
        """A day, with the time of day where that is said."""
        text = self.text(field)
        return self._known_day(field, text, read_moment(text, order)) if text else ""

    def number(self, field: str, most: float = 10**9) -> float | int | None:
        """A number that is not negative, nor above `most`."""
        text = self.text(field)
        found = number(text)
        if text and (found is None or found > most):
            self.note(LEFT_OUT, NO_NUMBER, field, text)
            return None
        return found

    def yes_no(self, field: str) -> bool | None:
        """Whether it is so, where that is said."""
        text = self.text(field)
        found = yes_no(text)
        if text and found is None:
            self.note(LEFT_OUT, NO_YES_NO, field, text)
        return found

    def note(self, kind: str, reason: str, field: str = "", what: str | None = None) -> None:
        """Notes something about a cell of this row, or about the row; what stands there is shown unless it is given."""
        column = self._columns.get(field)
        heading = "" if column is None else self._notes.heading(column)
        self._notes.add(kind, reason, self.line_number, heading, self.text(field) if what is None else what)

    def note_at(self, index: int, kind: str, reason: str, what: str) -> None:
        """Notes something about the cell of a column."""
        self._notes.add(kind, reason, self.line_number, self._notes.heading(index), what)

    @property
    def cells(self) -> tuple[str, ...]:
        """All that the row shows."""
        return tuple(shown(cell).text for cell in self._cells)

    def _known_day(self, field: str, text: str, found: object) -> str:
        if found is Unread.EITHER:
            raise UsageError(
                f"`{self._notes.source}`, line {self.line_number}: `{text}` may be one of two days; "
                f"say which comes first, with `--dates dmy` for the day or `--dates mdy` for the month"
            )
        if found is Unread.NO_DAY:
            self.note(LEFT_OUT, NO_DAY, field, text)
            return ""
        return str(found)

    def _limited(self, field: str, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.note(CHANGED, TOO_LONG, field)
        return text[: most - 1].rstrip() + "…"
