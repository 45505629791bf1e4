"""The text of a sheet in, its rows out: delimiter and headings found, empty rows gone, each cell known by its field."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from coordlint.finding import UsageError
from coordlint.importers import LEFT_OUT
from coordlint.importers.csv_cells import shown
from coordlint.importers.csv_row import Notes, Row
from coordlint.nearest import nearest

DELIMITERS = (",", ";", "\t")
NOT_READ = 'a column that is not read; `--columns "HEADING=FIELD"` says what it is: {}'
NO_SHEET = "does not look like a sheet, a text of headings and rows with commas, semicolons or tabs between their cells"
BEYOND = "cells beyond the last heading"
HEADINGS_AGAIN = "the headings again"
AGAIN = "the same row again"
REMARK = "a single cell below an empty row: a remark, and no part of the table"

# A title, a date and a legend may stand above the headings.
_MOST_ABOVE = 30
_MOST_COLUMNS = 1000
_MOST_NAMED = 12
_LONGEST_NAMED = 40
_FAULTS = {
    "unexpected end of data": "a quotation mark opens a text there that nothing closes",
    "field larger": "a text there is longer than 131,072 characters; is its quotation mark closed?",
    "expected after": "a text goes on behind its closing quotation mark; inside of a text, it is written twice",
}


class Wanted(NamedTuple):
    """What a sheet is read for: each field with the headings that stand for it, the likeliest first, and in small
    letters; sets of fields of which it must have one; and whether other columns mean something too."""

    fields: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    others: bool = False

    def missing(self, found: Container[str]) -> list[str]:
        """What is missing of the set of which most is there; nothing where one is whole."""
        missing = [[field for field in fields if field not in found] for fields in self.needed]
        there = [len(fields) - len(left) for fields, left in zip(self.needed, missing, strict=True)]
        return [] if [] in missing else missing[there.index(max(there))]

    def called(self, word: str) -> str:
        """The field that a word names, by its own name or by a heading that stands for it; "" where none does."""
        said = _plain(word)
        own = next((field for field in self.fields if _plain(field) == said), "")
        return own or next((field for field, words in self.fields.items() if said in words), "")


class _Line(NamedTuple):
    """A row of the sheet as it stands, and the line of the text on which it begins."""

    number: int
    cells: list[str]

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell.strip())


class Sheet(NamedTuple):
    """A sheet that was read. `columns` says in which column a field stands, `others` are columns of no field.

    `above` is what stands above the headings.
    """

    source: str
    line: int
    headings: list[str]
    columns: dict[str, int]
    others: list[int]
    rows: list[Row]
    above: str
    notes: Notes


def read(text: str, source: str, wanted: Wanted, named: Mapping[str, str]) -> Sheet:
    """The sheet in a text. `named` are fields by the headings that were said to stand for them.

    Raises UsageError where it is no table, or one without the columns that it must have.
    """
    if not text.strip():
        raise UsageError(f"`{source}` is empty, so there is nothing in it to import")
    delimiter, body, skipped = _said_delimiter(text)
    known = {_plain(heading): field for heading, field in named.items()}
    found = [_top(body, each, known, wanted) for each in ([delimiter] if delimiter else DELIMITERS)]
    best = max(found, key=lambda top: top.score)
    looks_like_one = best.is_known or _is_table(body, best.delimiter)
    lines = _lines(body, best.delimiter, source, skipped, looks_like_one)
    head = lines[best.row] if best.row < len(lines) else _Line(1, [])
    if len(head.cells) > _MOST_COLUMNS:
        raise UsageError(f"`{source}` has {len(head.cells):,} columns, and {_MOST_COLUMNS:,} are the most")
    headings = [" ".join(shown(cell).text.split()) for cell in head.cells]
    columns = _columns(headings, known, wanted, source)
    _refuse_without(columns, headings, wanted, source, looks_like_one)
    notes = Notes(headings, source)
    above = " ".join(cell for line in lines[: best.row] for cell in line.cells)
    rows = list(_rows(lines[best.row :], head.cells, columns, notes))
    if not rows:
        raise UsageError(f"`{source}` has headings, and no row below them")
    others = [
        index for index in range(len(headings)) if index not in columns.values() and index not in _left(known, headings)
    ]
    sheet = Sheet(source, head.number, headings, columns, others, rows, above, notes)
    if not wanted.others:
        for index in others:
            leave_out(sheet, index, wanted)
    return sheet


def leave_out(sheet: Sheet, index: int, wanted: Wanted) -> None:
    """Notes that a column is not read, where anything stands in it, and what it might be."""
    if any(row.cell(index) for row in sheet.rows):
        heading = sheet.headings[index]
        needed = {field for fields in wanted.needed for field in fields}
        free = [field for field in wanted.fields if field not in sheet.columns and field not in needed]
        fields = ", ".join(free[:_MOST_NAMED]) + (", …" if len(free) > _MOST_NAMED else "")
        reason = NOT_READ.format(fields or "nothing is left to be said")
        sheet.notes.add(LEFT_OUT, reason, sheet.line, "", heading or f"column {index + 1}, without a heading")


def refuse_twice(sheet: Sheet, indexes: Sequence[int]) -> None:
    """Raises UsageError where two of these columns have one heading."""
    _refuse_twice(sheet.headings, indexes, sheet.source)


# Delimiter and headings.


class _Top(NamedTuple):
    """Where the headings stand if this is the delimiter, and how much speaks for it."""

    delimiter: str
    row: int
    score: tuple[bool, int, int, int]

    @property
    def is_known(self) -> bool:
        """Whether any heading is one that is known."""
        return self.score[1] > 0


def _said_delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter of a first line such as `sep=;`, which some programs write, the text below it, and its lines."""
    found = re.match(r"(?i)sep=([,;\t|])\r?\n", text)
    return (found[1], text[found.end() :], 1) if found else ("", text, 0)


def _top(text: str, delimiter: str, known: Mapping[str, str], wanted: Wanted) -> _Top:
    best = _Top(delimiter, 0, (False, 0, 0, 0))
    # What cannot be read is told by whoever reads the sheet as a whole.
    with contextlib.suppress(_TornError):
        for index, line in enumerate(_parsed(text, delimiter)):
            fields = _fields([" ".join(cell.split()) for cell in line.cells[:_MOST_COLUMNS]], known, wanted)
            score = (not wanted.missing(fields), len(fields), min(line.filled, 2), 0)
            if score > (*best.score[:3], 0):
                best = _Top(delimiter, index, (*score[:3], line.filled))
            if index >= _MOST_ABOVE:
                break
    return best


def _is_table(text: str, delimiter: str) -> bool:
    """Whether most lines of a text have cells; a text of another form has a comma here and there."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(delimiter in line for line in lines) * 2 >= len(lines)


def _fields(headings: Sequence[str], known: Mapping[str, str], wanted: Wanted) -> dict[str, list[int]]:
    """The columns of each field, those of its likeliest heading alone; what was said to be a field comes first."""
    plain: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        if heading.strip():
            plain.setdefault(_plain(heading), []).append(index)
    found = {field: plain[heading] for heading, field in known.items() if field and heading in plain}
    for field, words in wanted.fields.items():
        if field not in known.values():
            said = next((word for word in (_plain(field), *words) if word in plain and word not in known), None)
            # Where a field is called what another one is, too, the one that is asked for first has it.
            if said is not None and plain[said] not in found.values():
                found[field] = plain[said]
    return found


def _columns(headings: Sequence[str], known: Mapping[str, str], wanted: Wanted, source: str) -> dict[str, int]:
    plain = {_plain(heading) for heading in headings}
    for heading in known:
        if heading not in plain:
            near = nearest(heading, plain)
            meant = f"; did you mean `{near}`?" if near else f"; its columns are {_named(headings)}"
            raise UsageError(f"`{source}` has no column `{heading}`{meant}")
    found = _fields(headings, known, wanted)
    for columns in found.values():
        _refuse_twice(headings, columns, source)
    return {field: columns[0] for field, columns in found.items()}


def _refuse_twice(headings: Sequence[str], columns: Sequence[int], source: str) -> None:
    first: dict[str, int] = {}
    for column in columns:
        other = first.setdefault(_plain(headings[column]), column)
        if other != column and headings[column]:
            raise UsageError(
                f"`{source}` has two columns called `{headings[column]}`, {other + 1} and {column + 1}; "
                f"give each a heading of its own"
            )


def _refuse_without(
    columns: Mapping[str, int], headings: Sequence[str], wanted: Wanted, source: str, looks_like_one: bool
) -> None:
    missing = wanted.missing(columns)
    if not missing:
        return
    if not looks_like_one:
        tip = f'where it is one, say which heading is which, as in `--columns "HEADING={missing[0]}"`'
        raise UsageError(f"`{source}` {NO_SHEET}; {tip}")
    fields = " and none for ".join(f"`{field}`" for field in missing)
    example = next((heading for heading in headings if heading), "HEADING")
    raise UsageError(
        f"`{source}` has no column for {fields}; its columns are {_named(headings)}: "
        f'say which it is, as in `--columns "{_cut(example)}={missing[0]}"`'
    )


def _named(headings: Sequence[str]) -> str:
    said = [f"`{_cut(heading)}`" for heading in headings if heading]
    more = f" and {len(said) - _MOST_NAMED} more" if len(said) > _MOST_NAMED else ""
    return (", ".join(said[:_MOST_NAMED]) or "without headings") + more


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_NAMED else text[: _LONGEST_NAMED - 1] + "…"


def _left(known: Mapping[str, str], headings: Sequence[str]) -> list[int]:
    """The columns that were said to be of no use."""
    return [index for index, heading in enumerate(headings) if known.get(_plain(heading)) == ""]


def _plain(heading: str) -> str:
    """A heading without capitals and signs: `Reports_to:` is reports to."""
    return " ".join(re.findall(r"[^\W_]+|#", heading.casefold()))


# Rows.


class _TornError(Exception):
    """A row that cannot be read, the line on which it begins, and why."""


def _parsed(text: str, delimiter: str, before: int = 0) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    begins = before + 1
    try:
        for cells in reader:
            yield _Line(begins, cells)
            begins = before + reader.line_num + 1
    except csv.Error as error:
        raise _TornError(begins, str(error)) from error


def _lines(text: str, delimiter: str, source: str, before: int, looks_like_one: bool) -> list[_Line]:
    try:
        return list(_parsed(text, delimiter, before))
    except _TornError as torn:
        line, reason = torn.args
        fault = next((said for part, said in _FAULTS.items() if part in reason), "it is no table of rows and cells")
        doubt = "" if looks_like_one else f"{NO_SHEET}, and "
        raise UsageError(f"`{source}` {doubt}cannot be read from line {line} on: {fault}") from torn


def _rows(lines: Sequence[_Line], head: list[str], columns: Mapping[str, int], notes: Notes) -> Iterator[Row]:
    below_empty = False
    seen: set[tuple[str, ...]] = set()
    width = sum(1 for cell in head if cell.strip())
    for line in lines[1:]:
        filled = line.filled
        if not filled:
            below_empty = True
            continue
        row = Row(line.number, line.cells, columns, notes)
        stands = tuple(cell.strip() for cell in line.cells)
        if line.cells == head:
            row.note(LEFT_OUT, HEADINGS_AGAIN)
        elif stands in seen:
            row.note(LEFT_OUT, AGAIN, what=", ".join(filter(None, stands)))
        elif below_empty and filled == 1 and width > 1:
            row.note(LEFT_OUT, REMARK, what=next(cell for cell in line.cells if cell.strip()))
        else:
            below_empty = False
            seen.add(stands)
            beyond = [cell for cell in line.cells[len(head) :] if cell.strip()]
            if beyond:
                row.note(LEFT_OUT, BEYOND, what=", ".join(beyond))
            yield row
