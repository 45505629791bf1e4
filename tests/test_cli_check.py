"""`coordlint check`: what its options choose, show and write."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, call, organisation, report, rules_at, write

from coordlint.report import FORMATS

# An error in each of two families, a warning of the preset `recommended`, and an info of `strict`.
SEVERAL = """\
roles:
  deputy:
    held_by: ext/somebody
    reports_to: nobody-there
meetings:
  weekly:
    purpose: Decide what is next, and who does it.
    chair: deputy
    attendees: [deputy]
    cadence: {every: week, day: tue, at: "10:00", lasts: 30m}
decision_rights:
  pricing:
    question: What does it cost?
    decider: [deputy, lead]
"""
REFERENCE, DECIDERS = "reference/unresolved", "decision/two-deciders"


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return organisation(tmp_path, {"all.yaml": SEVERAL, "lead.yaml": CLEAN})


def found(*words: str, cwd: Path) -> set[str]:
    return {rule for _, _, rule in rules_at(report(*words, cwd=cwd))}


# Which rules.


def test_select_takes_rules_and_families(several: Path):
    assert found(cwd=several) >= {REFERENCE, DECIDERS}
    assert found("--select", REFERENCE, cwd=several) == {REFERENCE}
    assert found("--select", "decision", cwd=several) >= {DECIDERS}
    assert REFERENCE not in found("--select", "decision", cwd=several)
    assert found("--select", REFERENCE, "--select", DECIDERS, cwd=several) == {REFERENCE, DECIDERS}


def test_ignore_takes_rules_and_families(several: Path):
    assert REFERENCE not in found("--ignore", REFERENCE, cwd=several)
    assert found("--ignore", "reference", "--ignore", "decision", cwd=several).isdisjoint({REFERENCE, DECIDERS})
    assert found("--select", "decision", "--ignore", DECIDERS, cwd=several).isdisjoint({REFERENCE, DECIDERS})


def test_a_selection_hides_no_file_that_cannot_be_read(several: Path):
    write(several, {"broken.yaml": "roles: {a: [\n", "bad.yaml": "roles: {b: {held_by: 3}}\n"})
    rules = found("--select", "meeting/no-purpose", cwd=several)
    assert {rule.partition("/")[0] for rule in rules} == {"yaml", "shape"}


def test_a_preset_takes_in_those_before_it(several: Path):
    presets = [found("--preset", preset, cwd=several) for preset in ("correctness", "recommended", "strict")]
    assert presets[0] < presets[1]
    assert presets[1] <= presets[2]
    assert found(cwd=several) == presets[0], "coordlint.yaml says correctness"


def test_the_day_is_the_one_that_is_asked_for(several: Path):
    shown = [
        json.loads(call("check", "--format", "json", *words, cwd=several, **environment).out)["as_of"]
        for words, environment in (
            (["--as-of", "2027-03-04"], {}),
            ([], {"SOURCE_DATE_EPOCH": "1767225600"}),
            (["--as-of", "2027-03-04"], {"SOURCE_DATE_EPOCH": "1767225600"}),
        )
    ]
    assert shown == ["2027-03-04", "2026-01-01", "2027-03-04"]


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1e9", "999999999999", "12.5"])
def test_a_source_date_epoch_that_is_none_is_told(several: Path, epoch: str):
    ended = call("check", cwd=several, SOURCE_DATE_EPOCH=epoch)
    assert ended.code == 2
    assert f"SOURCE_DATE_EPOCH is `{epoch}`" in ended.err


@pytest.mark.parametrize("epoch", ["32503680000", "99999999999", "9" * 30])
def test_a_source_date_epoch_has_the_years_of_days(several: Path, epoch: str):
    ended = call("check", cwd=several, SOURCE_DATE_EPOCH=epoch)
    assert ended.code == 2
    assert ended.err == f"coordlint: SOURCE_DATE_EPOCH is `{epoch}`, and leads past the year 2999; or give `--as-of`\n"
    assert call("check", cwd=several, SOURCE_DATE_EPOCH="32503679999").code < 2


# What is shown.


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_stands_on_stdout_alone(several: Path, form: str):
    ended = call("check", "--format", form, *DAY, cwd=several)
    assert ended.err == ""
    assert ended.out.endswith("\n")
    if form == "json":
        assert json.loads(ended.out)["version"] == 1
    if form == "jsonl":
        assert all(json.loads(line)["rule"] for line in ended.out.splitlines())
    if form in ("text", "concise"):
        assert f"all.yaml:4:17{'' if form == 'text' else ':'} error" in ended.out


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_notes_stand_on_stderr_beside_a_format_for_machines(several: Path, form: str):
    (several / "link.yaml").symlink_to("all.yaml")
    ended = call("check", "--format", form, *DAY, cwd=several)
    assert ended.err == "note: link.yaml is a link, and was passed over: files are read where they stand\n"
    for line in [ended.out] if form == "json" else ended.out.splitlines():
        json.loads(line)


def test_notes_stand_in_a_format_for_people(several: Path):
    (several / "link.yaml").symlink_to("all.yaml")
    ended = call("check", *DAY, cwd=several)
    assert ended.err == ""
    assert "note: link.yaml is a link" in ended.out


def test_max_findings_shows_the_most_severe_and_counts_the_rest(several: Path):
    lines = call("check", "--format", "concise", "--max-findings", "1", "--preset", "strict", *DAY, cwd=several).out
    shown, more, summary = lines.splitlines()
    every = call("check", "--format", "concise", "--max-findings", "0", "--preset", "strict", *DAY, cwd=several).out
    assert "error[" in shown
    assert more.startswith(f"{len(every.splitlines()) - 2} more findings are not shown")
    assert summary == every.splitlines()[-1]


def test_max_findings_limits_no_machine(several: Path):
    few = call("check", "--format", "jsonl", "--max-findings", "1", *DAY, cwd=several)
    assert few.out == call("check", "--format", "jsonl", *DAY, cwd=several).out
    assert few.out.count("\n") > 1


def test_statistics_are_for_people(several: Path):
    ended = call("check", "--statistics", "--format", "json", *DAY, cwd=several)
    assert (ended.code, ended.out) == (2, "")
    assert "--statistics is a table for people" in ended.err


def test_statistics_counts_by_rule(several: Path):
    ended = call("check", "--statistics", *DAY, cwd=several)
    rows = [line.split() for line in ended.out.splitlines() if "/" in line]
    assert ["1", "error", REFERENCE] in rows
    assert sum(int(count) for count, _, _ in rows) == len(report(cwd=several)["findings"])


def test_show_files_lists_what_is_read_and_stops(several: Path):
    write(several, {"deep/er/more.yml": "", ".hidden.yaml": "", "notes.txt": "", "skipped/old.yaml": "roles: ["})
    write(several, {"coordlint.yaml": HOUSE + "exclude: skipped\n"})
    (several / "link.yaml").symlink_to("all.yaml")
    ended = call("check", "--show-files", cwd=several)
    assert ended.out.splitlines() == ["coordlint.yaml", "all.yaml", "deep/er/more.yml", "lead.yaml"]
    assert ended.err.startswith("note: link.yaml is a link")
    assert ended.code == 0


def test_show_settings_says_what_is_in_force_and_why(several: Path):
    write(several, {"coordlint.yaml": HOUSE + "rules: {meeting/too-many-people: {severity: info, max: 3}}\n"})
    lines = call("check", "--show-settings", "--ignore", "reference", cwd=several).out.splitlines()
    assert lines[0] == "coordlint.yaml: edition 2026, preset correctness"
    own = next(line for line in lines if "meeting/too-many-people" in line)
    assert own.split()[:3] == ["info", "meeting/too-many-people", "coordlint.yaml"]
    assert "max: 3" in own
    assert any(line.split()[1:3] == [DECIDERS, "correctness"] for line in lines)
    assert not any("reference/" in line for line in lines)


# Files besides.


def test_output_writes_formats_to_files_besides(several: Path):
    ended = call(
        "check", "--output", "json=a.json", "--output", "concise=b.txt", "--max-findings", "1", *DAY, cwd=several
    )
    assert ended.code == 1
    assert f"error {REFERENCE}" in ended.out or f"error {DECIDERS}" in ended.out
    everything = call("check", "--format", "json", *DAY, cwd=several).out
    assert (several / "a.json").read_text() == everything
    assert "not shown" not in (several / "b.txt").read_text()
    assert not [path for path in several.iterdir() if path.name.endswith(".tmp")]


@pytest.mark.parametrize("place", ["no/such/folder/a.json", "folder", "all.yaml/a.json", "a" * 300])
def test_an_output_that_cannot_be_written_loses_nothing_else(several: Path, place: str):
    (several / "folder").mkdir()
    ended = call("check", "--output", f"json={place}", "--output", "concise=b.txt", *DAY, cwd=several)
    assert ended.code == 2
    assert f"`{place}` cannot be written: " in ended.err
    assert ended.err.count("\n") == 1
    assert REFERENCE in ended.out
    assert REFERENCE in (several / "b.txt").read_text()
    assert (several / "all.yaml").read_text() == SEVERAL
    assert not list((several / "folder").iterdir())


def test_an_output_takes_the_place_of_the_file_and_keeps_who_may_read_it(several: Path):
    write(several, {"private.json": "old", "real/a.json": "old"})
    (several / "private.json").chmod(0o600)
    (several / "link.json").symlink_to("real/a.json")
    call("check", "--output", "json=private.json", "--output", "json=link.json", *DAY, cwd=several)
    assert stat.S_IMODE((several / "private.json").stat().st_mode) == 0o600
    assert (several / "link.json").is_symlink()
    assert (several / "real/a.json").read_text() == (several / "private.json").read_text() != "old"


def test_an_output_into_a_pipe_or_a_device_goes_into_it(several: Path):
    """As `--output json=>(jq …)` and `--output json=/dev/stdout` want it; a device must never be replaced by a file."""
    os.mkfifo(several / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((several / "pipe").read_text()))
    reader.start()
    call("check", "--output", "json=pipe", "--output", "json=/dev/null", *DAY, cwd=several)
    reader.join(10)
    assert json.loads(read[0])["version"] == 1
    assert stat.S_ISFIFO((several / "pipe").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_nothing_is_written_besides_where_nothing_could_be_checked(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN}, "edition: 3\n")
    write(tmp_path, {"a.json": "old"})
    ended = call("check", "--output", "json=a.json", *DAY, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert (tmp_path / "a.json").read_text() == "old"


# Narrowing.


def test_a_file_narrows_what_is_reported_and_not_what_is_looked_at(tmp_path: Path):
    people = "people:\n  ada: {name: Ada, left: 2026-01-31}\n"
    teams = "teams:\n  payments: {purpose: Takes money from customers., lead: ada}\n"
    organisation(tmp_path, {"people.yaml": people, "teams.yaml": teams, "roles.yaml": BROKEN})
    narrowed = report("teams.yaml", cwd=tmp_path)
    assert narrowed["findings"], "who left is only known from the other file"
    assert {each["path"] for each in narrowed["findings"]} == {"teams.yaml"}
    related = report("people.yaml", cwd=tmp_path)["findings"]
    assert all(each["path"] == "people.yaml" or each["related"] for each in related)
    assert call("check", "coordlint.yaml", *DAY, cwd=tmp_path).code == 0
    assert len(report("teams.yaml", "roles.yaml", cwd=tmp_path)["findings"]) == 1 + len(narrowed["findings"])
    assert report("teams.yaml", ".", cwd=tmp_path) == report(cwd=tmp_path)


def test_a_place_that_is_related_counts_for_its_file(tmp_path: Path):
    twice = "roles:\n  lead: {held_by: ext/other}\n"
    organisation(tmp_path, {"a.yaml": CLEAN, "b.yaml": twice, "c.yaml": BROKEN})
    for narrowed in ("a.yaml", "b.yaml"):
        (each,) = report(narrowed, cwd=tmp_path)["findings"]
        assert each["rule"] == "reference/duplicate-id"
        assert {each["path"], *(place["path"] for place in each["related"])} == {"a.yaml", "b.yaml"}


def test_a_file_that_is_not_read_is_told(several: Path):
    write(several, {"README.md": "", ".hidden.yaml": BROKEN, "old/roles.yaml": BROKEN})
    write(several, {"coordlint.yaml": HOUSE + "exclude: old/**\n"})
    for path in ("README.md", ".hidden.yaml", "old/roles.yaml"):
        ended = call("check", path, *DAY, cwd=several)
        assert ended.code == 0
        assert f"note: {path} is not among the files that are read" in ended.out.replace("\n      ", " ")
