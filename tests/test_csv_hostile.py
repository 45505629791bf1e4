"""Any bytes at all are a sheet, or one sentence; and a large sheet is read in the time that its size takes."""

from __future__ import annotations

import csv
import io
from time import process_time

import pytest
from csv_kit import SHEETS, data_of, faults, imported, organisation
from example_kit import TEXTS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordlint import document
from coordlint.finding import UsageError
from coordlint.importers import Imported
from coordlint.importers.csv_import import WHATS

_HEADINGS = (
    "Name",
    "Role",
    "Manager",
    "Team",
    "Start date",
    "Held by",
    "Meeting",
    "Date",
    "Decision",
    "ID",
    "Boss",
    "",
)
_CELLS = (
    *(
        "Ada",
        "Ada Visser",
        "ada",
        "A",
        "R",
        "A/R",
        "C",
        "I",
        "D",
        "x",
        "",
        "-",
        "2026-03-31",
        "03/04/2026",
        "31.12.9999",
    ),
    *(
        "=1+1",
        '=HYPERLINK("x","Ada")',
        "#N/A",
        "'=x",
        "launch-weekly",
        "a/b",
        "ext/x",
        "./x.md",
        "../..",
        "{{x}}",
        "no",
    ),
    *(
        "~",
        "null",
        "1e3",
        "\u202e\u200b",
        "徐俊杰",
        "😀",
        "a\nb",
        "a: b #c",
        "- x",
        "x" * 300,
        "y" * 25_000,
        "\x07",
        "vacant",
    ),
    *(
        "Ada; Bo",
        "Ada, Bo",
        "discount",
        "role/ceo",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "9" * 5000,
        "\ud800",
        "\xa0",
        "\u2028",
    ),
)
_BESIDE = organisation()
_NO_SHEET = st.sampled_from(["", "utf-8", "cp1252", "utf-16-le", "shift-jis"])


def _read_or_refused(
    raw: bytes, what: str, encoding: str = "", dates: str = "dmy", letters: str = ""
) -> Imported | None:
    try:
        return imported(
            raw, what, beside=_BESIDE, encoding=encoding, dates=dates, letters=letters if what == "rights" else ""
        )
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017
        assert len(str(error)) < 1_000  # noqa: PT017
        return None


@settings(max_examples=300, deadline=None)
@given(raw=st.binary(max_size=400), what=st.sampled_from(sorted(WHATS)), encoding=_NO_SHEET)
@example(raw=b"\xef\xbb\xbf", what="people", encoding="")
@example(raw=b"sep=;\n", what="people", encoding="")
@example(raw=b"\xff\xfe\x00\xd8", what="people", encoding="")
@example(raw=b"Name\n\x00", what="people", encoding="cp1252")
def test_any_bytes_are_a_sheet_or_one_sentence(raw: bytes, what: str, encoding: str) -> None:
    _read_or_refused(raw, what, encoding)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from(_CELLS), max_size=7), max_size=8),
    head=st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=7),
    what=st.sampled_from(sorted(WHATS)),
    letters=st.sampled_from(["", "raci", "rapid"]),
)
def test_any_cells_give_what_is_well_formed(rows: list[list[str]], head: list[str], what: str, letters: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    found = _read_or_refused(text.getvalue().encode("utf-8", "replace"), what, letters=letters)
    if found is not None:
        assert faults(found, TEXTS) == []
        assert all(note.line >= 1 for note in found.notes)


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(sorted(path.name for path in SHEETS.iterdir())),
    what=st.sampled_from(sorted(WHATS)),
    end=st.integers(0, 2000),
    at=st.integers(0, 2000),
    put=st.binary(max_size=3),
)
def test_a_sheet_that_was_cut_or_scratched_is_read_or_refused(
    name: str, what: str, end: int, at: int, put: bytes
) -> None:
    raw = (SHEETS / name).read_bytes()[:end]
    found = _read_or_refused(raw[:at] + put + raw[at + 1 :], what)
    if found is not None:
        assert faults(found, TEXTS) == []


def _people(number: int) -> str:
    names = [f"Person Number{index}" for index in range(number)]
    rows = [f"{name},Engineer,{names[index // 8]},Team {index % 300},2020-01-02" for index, name in enumerate(names)]
    return "\n".join(["Name,Title,Manager,Team,Start date", *rows, ""])


@pytest.mark.slow
def test_twenty_thousand_people_are_files_that_can_be_read() -> None:
    large = imported(_people(20_000), "people")
    assert large.counts["people"] == 20_000
    for path, text in large.files.items():
        if path.endswith(".yaml"):
            assert document.read(path, text.encode()).readable, path
    assert data_of(large)["people"]["person-number19999"]["reports_to"] == "person-number2499"


def test_ten_times_the_rows_take_about_ten_times_as_long() -> None:
    def seconds(number: int) -> float:
        before = process_time()
        imported(_people(number), "people")
        return process_time() - before

    assert seconds(5_000) < 40 * seconds(500) + 1


@pytest.mark.parametrize("what", sorted(WHATS))
def test_a_sheet_of_one_endless_cell_ends(what: str) -> None:
    for raw in (
        b"Name,Role,Decision,Meeting,Date\n" + b"a" * 120_000,
        b'"' * 100_001,
        b",;\t" * 200_000,
        b"\n" * 500_000,
    ):
        _read_or_refused(raw, what)
