"""What is accepted, as the command line tells it: exit codes, what is shown, and files that narrow the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, call, organisation

WAIVED = BROKEN.replace("nobody-there", "nobody-there   # coordlint: ignore[reference/unresolved] she begins in July")
ENDED = WAIVED.replace("she begins in July", "she began in May (until 2026-05-31)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    organisation(tmp_path, {"a.yaml": WAIVED, "b.yaml": CLEAN}, HOUSE)
    return tmp_path


def test_what_is_accepted_does_not_fail_a_check(folder: Path) -> None:
    ended = call("check", "--format", "concise", "--fail-on", "info", *DAY, cwd=folder)
    assert (ended.code, ended.out) == (0, "no findings in 3 files, 2 declarations, 1 waived\n")


def test_it_is_shown_where_it_is_wanted(folder: Path) -> None:
    ended = call("check", "--format", "concise", "--show-waived", *DAY, cwd=folder)
    assert ended.code == 0
    assert ended.out.startswith("a.yaml:4:17: waived[reference/unresolved] ")
    assert "(accepted in a.yaml:4: she begins in July)" in ended.out
    written = call("check", "--show-waived", "--output", "jsonl=found.jsonl", *DAY, cwd=folder)
    assert "accepted in a.yaml:4: she begins in July" in written.out
    (line,) = (folder / "found.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["accepted"]["by"] == "comment"


def test_a_file_narrows_what_is_accepted_too(folder: Path) -> None:
    for path, number in (("a.yaml", 1), ("b.yaml", 0)):
        found = json.loads(call("check", path, "--format", "json", *DAY, cwd=folder).out)
        assert (found["summary"]["waived"], len(found["waived"])) == (number, number)


def test_the_day_after_the_last_the_check_fails(tmp_path: Path) -> None:
    organisation(tmp_path, {"a.yaml": ENDED}, HOUSE)
    days = {
        day: call("check", "--format", "concise", "--as-of", day, cwd=tmp_path) for day in ("2026-05-31", "2026-06-01")
    }
    assert [ended.code for ended in days.values()] == [0, 1]
    assert "error[waiver/expired] the waiver of `reference/unresolved` ended on 2026-05-31" in days["2026-06-01"].out
    assert "error[reference/unresolved]" in days["2026-06-01"].out


def test_a_last_day_in_coordlint_yaml_that_cannot_be_read_counts_as_past(tmp_path: Path) -> None:
    organisation(tmp_path, {"a.yaml": CLEAN}, HOUSE + "waive: [{rule: reference/unresolved, until: soon}]\n")
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.count("\n") == 2
    assert ended.out.startswith("coordlint.yaml:5:")
    assert "error[waiver/expired]" in ended.out
