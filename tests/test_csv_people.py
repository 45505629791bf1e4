"""A sheet of people becomes people and teams, and what it does not say becomes a note and no guess."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

import pytest
from csv_kit import data_of, faults, imported, noted, organisation, sheet
from example_kit import TEXTS

from coordlint.finding import UsageError
from coordlint.importers import Imported
from coordlint.importers.csv_import import WHATS


@pytest.fixture(scope="module")
def export() -> Imported:
    return imported(sheet("people.csv"), "people")


def test_an_export_of_the_personnel_system_is_read_whole(export: Imported) -> None:
    told = data_of(export)
    assert faults(export) == []
    assert (export.counts["people"], export.counts["teams"]) == (12, 6)
    assert told["people"]["jonas-berg"] == {
        "name": "Jonas Berg",
        "description": "VP Engineering",
        "tags": "Utrecht",
        "team": "engineering",
        "reports_to": "ada-visser",
        "joined": "2019-03-01",
    }
    assert list(told["people"]) == sorted(told["people"]), "in the order of ids, whatever that of the export"


def test_a_date_is_read_in_any_form_that_means_one_day(export: Imported) -> None:
    joined = {own: person.get("joined") for own, person in data_of(export)["people"].items()}
    assert joined["mina-otten"] == "2020-04-15"
    assert joined["luc-maas"] == "2021-08-31"
    assert joined["sofia-lindqvist"] == "2018-01-08"
    assert joined["tomas-brandao"] == "2022-12-25", "there is no month 25"
    assert joined["hugo-prins"] == "2025-03-03", "the same day to everybody"
    assert joined["wei-chen"] == "2023-06-01", "the time is midnight in every export"
    assert (joined["priya-raman"], joined["elif-kaya"]) == (None, None)
    assert {(15, "Start Date", "45992"), (17, "Start Date", "soon")} <= {*noted(export, "left out")}


def test_a_manager_is_found_by_name_address_or_number(export: Imported) -> None:
    people = data_of(export)["people"]
    assert people["luc-maas"]["reports_to"] == "ada-visser", "by address"
    assert people["sofia-lindqvist"]["reports_to"] == "ada-visser", "by number"
    assert "@" not in export.files["people.yaml"], "nobody's address is written"


def test_who_may_be_two_is_not_guessed(export: Imported) -> None:
    people = data_of(export)["people"]
    assert {own for own, person in people.items() if person["name"] == "John Smith"} == {"john-smith", "john-smith-2"}
    assert "reports_to" not in people["hugo-prins"]
    assert (16, "Manager", "John Smith: john-smith, john-smith-2") in noted(export, "left out")
    assert (15, "Manager", "Mina Ottten (near: mina-otten)") in noted(export, "left out")


def test_what_is_around_the_table_is_no_part_of_it(export: Imported) -> None:
    assert not any("Northgate" in person["name"] or "Source" in person["name"] for person in _people(export))
    assert (20, "", "Source: HR system") in noted(export, "left out")
    assert [line for line, _, what in noted(export, "left out") if what.startswith("1012, Elif Kaya")] == [18]
    assert [person["name"] for person in _people(export) if "Brand" in person["name"]] == ["Tomás Brandão"]
    assert (4, "", "Cost centre") in noted(export, "left out")


def _people(found: Imported) -> list[dict[str, str]]:
    return list(data_of(found)["people"].values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-15"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_way_to_save_a_sheet_says_the_same(export: Imported, encoding: str, delimiter: str, ending: str) -> None:
    rows = list(csv.reader(io.StringIO(sheet("people.csv").decode(), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    named = encoding if encoding in ("cp1252", "iso-8859-15") else ""
    again = imported(text.getvalue().encode(encoding), "people", encoding=named)
    assert again.files["people.yaml"] == export.files["people.yaml"]
    assert again.notes == export.notes


def test_a_first_line_may_name_the_delimiter() -> None:
    found = imported("sep=;\r\nName;Team\r\nAda, Countess;Sales\r\n", "people")
    assert data_of(found)["people"]["ada-countess"]["team"] == "sales"
    assert [note.line for note in found.notes if note.kind == "guessed"] == [2, 3]


def test_empty_columns_and_rows_change_nothing() -> None:
    bare = imported("Name,Team\nAda,Sales\n", "people")
    found = imported("Name,Team,,\nAda,Sales,,\n,,,\n\n,,,\n", "people")
    assert found.files["people.yaml"] == bare.files["people.yaml"]


def test_first_and_last_names_make_a_name() -> None:
    found = imported("First name,Last name,Line manager\nAda,Visser,\nJonas,Berg,Ada Visser\n", "people")
    assert data_of(found)["people"]["jonas-berg"] == {"name": "Jonas Berg", "reports_to": "ada-visser"}


def test_headings_in_another_language_are_told_and_then_named() -> None:
    german = (
        "Vorname Nachname;Abteilung;Vorgesetzte;Eintritt\nJürgen Groß;Einkauf;Änne Öz;01.04.2020\nÄnne Öz;Einkauf;;\n"
    )
    with pytest.raises(UsageError, match="`Vorname Nachname`, `Abteilung`, `Vorgesetzte`, `Eintritt`"):
        imported(german, "people")
    columns = ("Vorname Nachname=name", "Abteilung=team", "Vorgesetzte=reports_to", "eintritt=joined")
    told = data_of(imported(german, "people", *columns))
    assert told["people"]["juergen-gross"] == {
        "name": "Jürgen Groß",
        "team": "einkauf",
        "reports_to": "aenne-oez",
        "joined": "2020-04-01",
    }


def test_columns_that_are_not_read_say_how_to_map_them() -> None:
    found = imported("Name;Abteilung;Vorgesetzter\nAda;Einkauf;\nJo;;Ada\n", "people")
    said = [note.reason for note in found.notes if note.what in ("Abteilung", "Vorgesetzter")]
    assert len(said) == 2
    assert '`--columns "HEADING=FIELD"` says what it is: id, number, address, description, reports_to, team' in said[0]


def test_a_letter_that_english_lacks_becomes_two_and_is_found_either_way() -> None:
    found = imported("Name,Manager\nBjörn Åse,\nSøren Æble,bjoern-aase\nWeiß,bjorn-ase\n", "people")
    people = data_of(found)["people"]
    assert list(people) == ["bjoern-aase", "soeren-aeble", "weiss"]
    assert [people[own]["reports_to"] for own in ("soeren-aeble", "weiss")] == ["bjoern-aase"] * 2


GUIDE = (Path(__file__).parent.parent / "docs" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("people", re.search(r"^Columns of people: (.*?)\. ", GUIDE, re.MULTILINE)),
        ("roles", re.search(r"^Columns of roles: (.*?)\.$", GUIDE, re.MULTILINE)),
        ("log", re.search(r"^The first column of these .*?: (.*?)\. ", GUIDE, re.MULTILINE)),
    ],
)
def test_every_word_of_the_guide_names_a_field(what: str, words: re.Match[str] | None) -> None:
    assert words is not None
    wanted = WHATS[what].wanted
    said = re.sub(r" \(or (first name) and (last name)\)", r", \1, \2", words[1]).replace(" or ", ", ").split(", ")
    assert [word for word in said if not wanted.called(word)] == []


def test_a_column_may_be_said_to_be_what_the_guide_calls_it() -> None:
    german = "Name;Vorgesetzter;Eintritt\nAda;;\nJo;Ada;2020-04-01\n"
    columns = ("Vorgesetzter=Manager", "Eintritt=start date")
    told = data_of(imported(german, "people", *columns))
    assert told["people"]["jo"] == {"name": "Jo", "reports_to": "ada", "joined": "2020-04-01"}
    with pytest.raises(UsageError, match="names `reports_to` twice"):
        imported(german, "people", "Vorgesetzter=manager", "Eintritt=reports_to")


@pytest.mark.parametrize("text", ['sigs:\nx:\n"- dir" sig-a, x\n', "sigs:\n- dir: sig-a\n", "# A, b\nsigs: a\nx: y\n"])
def test_what_does_not_look_like_a_sheet_is_told_so_first(text: str) -> None:
    with pytest.raises(UsageError, match=r"^`sheet\.csv` does not look like a sheet, a text of headings and rows"):
        imported(text, "people")


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-04-03"), ("mdy", "2026-03-04")])
@pytest.mark.parametrize("written", ["03/04/2026", "3/4/2026", "03-04-2026", "03/04/2026 09:30 AM"])
def test_a_date_of_two_readings_is_refused_until_somebody_says_which(order: str, day: str, written: str) -> None:
    text = f"Name,Start date\nAda,{written}\n"
    with pytest.raises(UsageError, match=r"line 2: `.*` may be one of two days.*--dates dmy.*--dates mdy"):
        imported(text, "people")
    assert data_of(imported(text, "people", dates=order))["people"]["ada"]["joined"] == day


def test_a_date_against_the_order_that_was_said_is_noted() -> None:
    found = imported("Name,Start date\nAda,13/04/2026\n", "people", dates="mdy")
    assert "joined" not in data_of(found)["people"]["ada"]
    assert (2, "Start date", "13/04/2026") in noted(found, "left out")


def test_whoever_is_declared_stays_as_declared() -> None:
    text = "Name,Manager,Department\nMarijke Dekkers,,Office\nNew Person,Marijke Dekkers,Office\nOther,ceo,Lost Team\n"
    found = imported(text, "people", beside=organisation())
    told = data_of(found)
    assert told["people"] == {
        "new-person": {"name": "New Person", "team": "office", "reports_to": "marijke-dekkers"},
        "other": {"name": "Other", "team": "lost-team", "reports_to": "ceo"},
    }
    assert told["teams"] == {"lost-team": {"name": "Lost Team"}}
    assert noted(found, "there already") == [(2, "", "marijke-dekkers, in people.yaml")]
    assert "coordlint.yaml" not in found.files
    assert faults(found, TEXTS) == []


def test_an_id_that_something_else_has_is_not_taken() -> None:
    text = "Name,Team\nProduct,Finance\nCeo,CFO\n"
    found = imported(text, "people", beside=organisation())
    assert {*data_of(found)["people"]} == {"product-person", "ceo-person"}
    assert faults(found, TEXTS) == []


def test_what_is_no_zone_number_or_yes_is_noted() -> None:
    text = "Name;Time zone;Hours per week;Contractor\nA B;Europe/Berlin;37,5;yes\nC D;Berlin;many;perhaps\n"
    found = imported(text, "people")
    people = data_of(found)["people"]
    assert people["a-b"] == {"name": "A B", "timezone": "Europe/Berlin", "hours_per_week": 37.5, "external": True}
    assert people["c-d"] == {"name": "C D"}
    assert [what for _, _, what in noted(found, "left out")] == ["Berlin", "many", "perhaps"]


def test_ids_of_the_sheet_are_kept() -> None:
    text = "ID,Name,Manager\navisser,Ada Visser,\njberg,Jonas Berg,avisser\nJ B,Jo Bo,\n"
    found = imported(text, "people")
    assert data_of(found)["people"]["jberg"] == {"name": "Jonas Berg", "reports_to": "avisser"}
    assert "jo-bo" in data_of(found)["people"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"Name,Team\n", "has headings, and no row below them"),
        (b"Name,Name\nA,B\n", "two columns called `Name`, 1 and 2"),
        (b"Team,Place\nA,B\n", "no column for `name`; its columns are `Team`, `Place`"),
        (b'Name,Team\nAda,"Sales\nJo,x\n', "cannot be read from line 2 on: a quotation mark opens a text there"),
        (b'Name,Team\nAda,x\n\n"Jo" B,x\n', "cannot be read from line 4 on: a text goes on behind"),
        (b'Name\n"' + b"x" * 200_000 + b'"\n', "longer than 131,072 characters"),
        (b"PK\x03\x04rest", "is a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "is a workbook"),
        (b"Name\nJ\xfcrgen\n", "byte 7, about line 2, cannot be read; .* `--encoding cp1252` reads it"),
        ("Name\nJürgen\n".encode("utf-16-le"), "--encoding utf-16-le"),
        (codecs.BOM_UTF16_LE + b"N\0a", "is no text in UTF-16"),
        (b"Name,Team\n" + b"," * 3_000 + b"\n", "no row below"),
        ((",".join(f"c{n}" for n in range(1001)) + ",Name\n1\n").encode(), "columns, and 1,000 are the most"),
    ],
    ids=range(15),
)
def test_what_is_no_sheet_of_people_is_one_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as error:
        imported(raw, "people")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"what": ""}, "with --what"),
        ({"what": "poeple"}, "did you mean `people`"),
        ({"what": "people", "dates": "ymd"}, "--dates takes dmy or mdy"),
        ({"what": "people", "letters": "raci"}, "--letters goes with `--what rights`"),
        ({"what": "rights", "letters": "rasci"}, "--letters takes raci or daci or rapid"),
        ({"what": "people", "encoding": "rot13"}, "--encoding takes"),
        ({"what": "people", "encoding": "../x"}, "--encoding takes"),
        ({"what": "people", "columns": "Team"}, "--columns takes a heading and a field"),
        ({"what": "people", "columns": "Team=taem"}, "did you mean `team`"),
        ({"what": "people", "columns": "Taem=team"}, "has no column `Taem`; did you mean `Team`|did you mean `team`"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_sentence(options: dict[str, str], sentence: str) -> None:
    columns = (options.pop("columns"),) if "columns" in options else ()
    with pytest.raises(UsageError, match=sentence):
        imported("Name,Team\nAda,Sales\n", options.pop("what"), *columns, **options)


def test_a_column_can_be_left_out() -> None:
    found = imported("Name,Title\nAda,Chief\n", "people", "Title=")
    assert data_of(found)["people"] == {"ada": {"name": "Ada"}}
    assert [note.kind for note in found.notes] == ["guessed"]


def test_an_encoding_that_would_read_wrong_is_told() -> None:
    with pytest.raises(UsageError, match="is a text in UTF-8, and would read wrong in CP1252; leave --encoding out"):
        imported("Name\nJürgen\n", "people", encoding="cp1252")
    assert data_of(imported("Name\nAda\n", "people", encoding="Windows-1252"))["people"] == {"ada": {"name": "Ada"}}


def test_names_may_be_written_either_way_round() -> None:
    found = imported('Name;Manager\nVisser, Ada;\nBerg, Jonas;Ada Visser\nOtten, Mina;"Visser, Ada"\n', "people")
    people = data_of(found)["people"]
    assert [people[own]["reports_to"] for own in ("berg-jonas", "otten-mina")] == ["visser-ada", "visser-ada"]
