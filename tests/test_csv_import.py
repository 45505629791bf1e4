"""`coordlint import csv`: into an empty folder or beside an organisation, once or again, and nothing is overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from unittest import mock

import pytest
from cli_kit import CLEAN, DAY, call, organisation, report, write
from csv_kit import NOT_USED, OF_THE_TEXT, SHEETS, sheet

from coordlint.importers.again import RECORD


def run(where: Path, name: str, what: str, *more: str, into: str = "org") -> tuple[int, str, str]:
    ended = call("import", "csv", str(SHEETS / name), "--what", what, "--into", into, *more, cwd=where)
    return ended.code, ended.out, ended.err


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def of_the_files(where: Path) -> list[str]:
    found = report("org", "--preset", "strict", cwd=where)["findings"]
    return [each["rule"] for each in found if each["rule"].startswith(OF_THE_TEXT) and each["rule"] != NOT_USED]


def test_from_nothing_to_a_whole_organisation(tmp_path: Path) -> None:
    for name, what in (
        ("people.csv", "people"),
        ("roles.csv", "roles"),
        ("raci.csv", "rights"),
        ("daci.csv", "rights"),
    ):
        assert run(tmp_path, name, what)[0] == 0
    files = everything(tmp_path / "org")
    assert {path for path in files if path.endswith(".yaml")} == {
        "coordlint.yaml",
        "people.yaml",
        "roles.yaml",
        "decision-rights.yaml",
        "decision-rights-daci.yaml",
    }
    assert of_the_files(tmp_path) == []
    for name, what in (
        ("raci.csv", "rights"),
        ("people.csv", "people"),
        ("daci.csv", "rights"),
        ("roles.csv", "roles"),
    ):
        code, out, _ = run(tmp_path, name, what)
        assert (code, out.split()[0]) == (0, "0")
    assert everything(tmp_path / "org") == files, "in whatever order they are imported again"


def test_notes_that_are_not_written_are_not_said_to_be_there(tmp_path: Path) -> None:
    sheet = str(SHEETS / "people.csv")
    for more in ((), ("--into", "org", "--dry-run")):
        ended = call("import", "csv", sheet, "--what", "people", *more, cwd=tmp_path)
        assert "places would be in people.import-notes.md\n" in ended.err
    assert "places are in people.import-notes.md\n" in run(tmp_path, "people.csv", "people")[2]
    (tmp_path / "org" / "people.import-notes.md").unlink()
    code, out, err = run(tmp_path, "people.csv", "people")
    assert (code, out.split(",")[2]) == (0, " 1 left out as you took it away: org\nnext: coordlint check org\n")
    assert "places would be in people.import-notes.md\n" in err


def test_an_id_that_a_sheet_gave_before_umlauts_were_spelt_out_stays(tmp_path: Path) -> None:
    write(tmp_path, {"staff.csv": "Name,Manager\nJörg Groß,\nÄnne Öz,Jörg Groß\n"})
    words = ("import", "csv", "staff.csv", "--what", "people", "--into", "org")
    with mock.patch("coordlint.importers.csv_names.spelt", lambda text: text):
        assert call(*words, cwd=tmp_path).code == 0
    before = everything(tmp_path / "org")
    assert b"reports_to: jorg-gro}" in before["people.yaml"]
    assert call(*words, cwd=tmp_path).code == 0
    assert everything(tmp_path / "org") == before
    assert call(*words[:-1], "new", cwd=tmp_path).code == 0
    assert b"reports_to: joerg-gross}" in everything(tmp_path / "new")["people.yaml"]


def test_what_is_there_is_neither_overwritten_nor_declared_twice(tmp_path: Path) -> None:
    mine = "people:\n  ada-visser: {name: Ada}\nteams:\n  sales:\n    purpose: Sells.\n"
    organisation(tmp_path / "org", {"people.yaml": mine, "roles.yaml": CLEAN})
    code, _, err = run(tmp_path, "people.csv", "people")
    assert code == 0
    assert "1 × declared in the organisation already: left as it is there" in err
    files = everything(tmp_path / "org")
    assert files["people.yaml"] == mine.encode()
    assert b"ada-visser:" not in files["people-imported.yaml"]
    assert b"reports_to: ada-visser" in files["people-imported.yaml"]
    assert "coordlint.yaml" not in json.loads(files[RECORD])["files"]
    assert of_the_files(tmp_path) == []


def test_a_folder_of_an_organisation_gets_no_second_coordlint_yaml(tmp_path: Path) -> None:
    organisation(tmp_path / "org")
    assert run(tmp_path, "people.csv", "people", into="org/staff")[0] == 0
    assert (tmp_path / "org" / "staff" / "people.yaml").exists()
    assert not (tmp_path / "org" / "staff" / "coordlint.yaml").exists()
    assert run(tmp_path, "people.csv", "people", into="org/staff")[1].startswith("0 files written")


def test_edits_are_kept_and_the_sheet_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "staff.csv"
    source.write_bytes(sheet("people.csv"))
    again = ("import", "csv", "staff.csv", "--what", "people", "--into", "org")
    assert call(*again, cwd=tmp_path).code == 0
    house = tmp_path / "org" / "coordlint.yaml"
    house.write_text(house.read_text() + "layer_owner: ada-visser\n")
    source.write_text(source.read_text(encoding="utf-8") + "1013,New Hire,Cook,,Office,Utrecht,2026-10-01,,\n", "utf-8")
    ended = call(*again, cwd=tmp_path)
    assert ended.code == 0
    assert "`coordlint.yaml` stays as you left it" in ended.err
    assert "layer_owner: ada-visser" in house.read_text()
    assert "new-hire" in (tmp_path / "org" / "people.yaml").read_text(encoding="utf-8")


def test_a_newer_sheet_under_another_name(tmp_path: Path) -> None:
    shutil.copy(SHEETS / "people.csv", tmp_path / "staff-10.csv")
    shutil.copy(SHEETS / "people.csv", tmp_path / "staff-11.csv")
    assert call("import", "csv", "staff-10.csv", "--what", "people", "--into", "org", cwd=tmp_path).code == 0
    before = everything(tmp_path / "org")
    ended = call("import", "csv", "staff-11.csv", "--what", "people", "--into", "org", cwd=tmp_path)
    assert "say `--as staff-10.csv`" in ended.err
    assert ended.out == "nothing in it is new: nothing was written\n"
    assert everything(tmp_path / "org") == before
    words = ("import", "csv", "staff-11.csv", "--what", "people", "--into", "org", "--as", "staff-10.csv")
    assert call(*words, cwd=tmp_path).code == 0
    assert everything(tmp_path / "org")["people.yaml"] == before["people.yaml"]
    assert RECORD in everything(tmp_path / "org")


def test_an_import_of_groups_and_a_sheet_stand_side_by_side(tmp_path: Path) -> None:
    shutil.copy(SHEETS.parent / "sigs.yaml", tmp_path / "sigs.yaml")
    groups = ("import", "kubernetes-sigs", "sigs.yaml", "--into", "org")
    assert call(*groups, cwd=tmp_path).code == 0
    assert run(tmp_path, "raci.csv", "rights")[0] == 0
    files = everything(tmp_path / "org")
    again = call(*groups, cwd=tmp_path)
    assert (again.code, again.out.split()[0]) == (0, "0")
    assert run(tmp_path, "raci.csv", "rights")[1].split()[0] == "0"
    assert everything(tmp_path / "org") == files
    assert "is no longer in the source" not in again.err


def test_a_look_writes_nothing(tmp_path: Path) -> None:
    ended = call("import", "csv", str(SHEETS / "raci.csv"), "--what", "rights", cwd=tmp_path)
    assert ended.code == 0
    assert "decision-rights.yaml" in ended.out
    assert "nothing was written; `--into DIR` writes it" in ended.err
    code, out, err = run(tmp_path, "raci.csv", "rights", "--dry-run")
    assert (code, "decision-rights.yaml" in out) == (0, True)
    assert "without `--dry-run` this goes into `org`" in err
    assert everything(tmp_path) == {}


def test_an_organisation_that_cannot_be_read_is_not_added_to(tmp_path: Path) -> None:
    organisation(tmp_path / "org", {"roles.yaml": CLEAN, "broken.yaml": "people: [\n"})
    before = everything(tmp_path)
    code, out, err = run(tmp_path, "people.csv", "people")
    assert (code, out) == (2, "")
    assert "`org/broken.yaml` cannot be read, so that what it declares might be written twice" in err
    write(tmp_path, {"org/coordlint.yaml": "editoin: 1\n"})
    assert run(tmp_path, "people.csv", "people")[0] == 2
    write(tmp_path, {"org/coordlint.yaml": before["org/coordlint.yaml"]})
    assert everything(tmp_path) == before


def test_above_an_organisation_none_is_begun(tmp_path: Path) -> None:
    organisation(tmp_path / "all" / "org")
    code, _, err = run(tmp_path, "people.csv", "people", into="all")
    assert code == 2
    assert "`all` is no organisation, but `all/org` in it is one; name that" in err


@pytest.mark.parametrize("option", ["--what", "--letters", "--dates", "--encoding", "--as", "--columns"])
def test_what_speaks_of_sheets_goes_with_sheets(option: str, tmp_path: Path) -> None:
    ended = call("import", "kubernetes-sigs", "x.yaml", option, "x", cwd=tmp_path)
    assert ended.code == 2
    assert ended.err == f"coordlint: `{option}` speaks of sheets, and goes with `import csv`\n"


def test_only_a_coordlint_yaml_is_an_organisation_too(tmp_path: Path) -> None:
    write(tmp_path, {"org/coordlint.yaml": 'organisation: N\nedition: "2026"\n'})
    assert run(tmp_path, "people.csv", "people")[0] == 0
    assert call("check", "org", *DAY, cwd=tmp_path).code == 0


def test_an_import_that_was_killed_before_it_could_record_goes_on(tmp_path: Path) -> None:
    assert run(tmp_path, "people.csv", "people")[0] == 0
    files = everything(tmp_path / "org")
    (tmp_path / "org" / RECORD).unlink()
    (tmp_path / "org" / "people.import-notes.md").unlink()
    code, out, _ = run(tmp_path, "people.csv", "people")
    assert (code, out.split(":")[0]) == (0, "1 file written, 1 as they were")
    again = everything(tmp_path / "org")
    assert {**again, "people.import-notes.md": b"", RECORD: b""} == {
        **files,
        "people.import-notes.md": b"",
        RECORD: b"",
    }


@pytest.mark.parametrize("into", ["file", "file/below", "org/people.csv"])
def test_a_folder_that_cannot_be_is_one_sentence(into: str, tmp_path: Path) -> None:
    write(tmp_path, {"file": "x", "org/people.csv": sheet("people.csv")})
    code, out, err = run(tmp_path, "people.csv", "people", into=into)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith("coordlint: ")


def test_what_is_declared_nowhere_yet_is_listed_and_comes_in_later(tmp_path: Path) -> None:
    organisation(tmp_path / "org")
    code, out, err = run(tmp_path, "meetings.csv", "log")
    assert (code, out.split()[0]) == (0, "1")
    assert "nothing new" in err
    assert "Town hall of May" in (tmp_path / "org" / "log.import-notes.md").read_text()
    meeting = "meetings:\n  launch-weekly:\n    purpose: Decides.\n    cadence: {every: week, day: wed}\n"
    write(tmp_path / "org", {"meetings.yaml": meeting})
    assert run(tmp_path, "meetings.csv", "log")[1].split()[0] == "2"
    assert (tmp_path / "org" / "log.yaml").read_text().count("held: launch-weekly") == 5
