"""`coordlint baseline` on disk: what it writes and says, what it leaves alone, and what stands in its place."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, Ended, call, organisation, report, write

LEGACY = Path(__file__).parent.parent / "examples" / "legacy"
NAME = "coordlint-baseline.yaml"
STALE = "waiver/stale-baseline"
OTHER = "roles:\n  second:\n    held_by: ext/somebody\n    reports_to: nobody-here\n"


def baseline(folder: Path, *words: str) -> Ended:
    return call("baseline", *words, *DAY, cwd=folder)


def check(folder: Path, *words: str) -> Ended:
    return call("check", "--format", "concise", *words, *DAY, cwd=folder)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return organisation(tmp_path, {"roles.yaml": BROKEN}, HOUSE + f"rules: {{{STALE}: error}}\n")


def test_a_baseline_and_then_a_check_is_clean(broken: Path):
    assert check(broken).code == 1
    ended = baseline(broken)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "coordlint-baseline.yaml: 1 finding accepted\ncommit it; `coordlint check` tells what is new from here on\n"
    )
    ended = check(broken)
    assert (ended.code, ended.out) == (0, "no findings in 2 files, 1 declaration, 1 waived\n")


def test_the_legacy_example_can_be_begun_with(tmp_path: Path):
    shutil.copytree(LEGACY, tmp_path / "legacy")
    assert check(tmp_path / "legacy", "--preset", "strict").code == 1
    assert baseline(tmp_path, "--preset", "strict", "legacy").code == 0
    ended = check(tmp_path / "legacy", "--preset", "strict")
    assert (ended.code, ended.out.splitlines()[-1].startswith("no findings in ")) == (0, True)
    assert check(tmp_path / "legacy").code == 0, "of what runs with more, less knows nothing"


def test_what_is_new_counts_and_is_taken_in_with_a_reason(broken: Path):
    baseline(broken)
    write(broken, {"other.yaml": OTHER})
    ended = check(broken)
    assert (ended.code, ended.out.count("reference/unresolved")) == (1, 1)
    ended = baseline(broken, "--reason", "they came\nwith the merger")
    assert ended.out == "coordlint-baseline.yaml: 2 findings accepted, 1 new\n"
    text = (broken / NAME).read_text()
    assert text.count("reason:") == 1
    assert "\n    reason: they came with the merger\n" in text
    assert check(broken).code == 0
    assert "they came with the merger" in check(broken, "--show-waived").out


def test_nothing_changed_is_nothing_written(broken: Path):
    baseline(broken)
    before = (broken / NAME).stat()
    ended = baseline(broken)
    assert ended.out == "coordlint-baseline.yaml: as it was, 1 finding accepted\n"
    assert (broken / NAME).stat().st_mtime_ns == before.st_mtime_ns
    assert baseline(broken, "--prune").out == ended.out


def test_a_reason_that_is_written_nowhere_is_told(broken: Path):
    baseline(broken)
    ended = baseline(broken, "--reason", "it was so")
    assert ended.out == "coordlint-baseline.yaml: as it was, 1 finding accepted\n"
    assert "reasons go to new entries; write others into the file" in ended.err
    write(broken, {"other.yaml": OTHER})
    assert baseline(broken, "--reason", "it was so").err == ""


def test_what_is_mended_is_told_and_pruned(broken: Path):
    write(broken, {"other.yaml": OTHER})
    baseline(broken)
    write(broken, {"other.yaml": CLEAN, "third.yaml": OTHER.replace("second", "third")})
    ended = check(broken)
    assert ended.code == 1
    assert (
        "coordlint-baseline.yaml:9:5: error[waiver/stale-baseline] what is accepted here is no longer found"
        in ended.out
    )
    ended = baseline(broken, "--prune")
    assert ended.out == "coordlint-baseline.yaml: 1 finding accepted, 1 taken out\n"
    ended = check(broken)
    assert "waiver/stale-baseline" not in ended.out
    assert ended.out.count("reference/unresolved") == 1, "pruning adds nothing"


def test_a_baseline_of_which_nothing_is_left(broken: Path):
    baseline(broken)
    write(broken, {"roles.yaml": CLEAN})
    assert baseline(broken, "--prune").out == "coordlint-baseline.yaml: nothing is left in it; you can delete it\n"
    assert (broken / NAME).read_text().endswith("version: 1\nfindings: []\n")
    assert check(broken).code == 0
    (broken / NAME).unlink()
    assert baseline(broken).out == "nothing is found, so nothing is written\n"
    assert not (broken / NAME).exists()


def test_comments_stay_where_there_is_nothing_to_prune(broken: Path):
    baseline(broken)
    with (broken / NAME).open("a") as file:
        file.write("# ours\n")
    before = (broken / NAME).read_bytes()
    baseline(broken, "--prune")
    assert (broken / NAME).read_bytes() == before


def test_comments_that_are_lost_are_told(broken: Path):
    baseline(broken)
    before = (broken / NAME).read_text()
    for text in (f"{before}# ours\n", before.replace("    fingerprint", "    # ours\n    fingerprint", 1)):
        (broken / NAME).write_text(text)
        assert baseline(broken).err == "note: comments in it are not kept; a `reason` is\n"
        assert (broken / NAME).read_text() == before
    assert baseline(broken).err == ""
    (broken / NAME).write_text(before.replace("    fingerprint", "    reason: no. 1 # 2\n    fingerprint", 1))
    assert "not kept" in baseline(broken).err


def test_what_is_said_of_waivers_is_not_accepted(broken: Path):
    comment = "    # coordlint: ignore[reference/unresolved] gone (until 2020-01-31)\n    reports_to"
    write(broken, {"roles.yaml": BROKEN.replace("    reports_to", comment)})
    ended = baseline(broken)
    assert ended.out.splitlines()[-1] == (
        "1 finding on waivers no baseline accepts; `coordlint check` shows what to do"
    )
    assert "waiver/" not in (broken / NAME).read_text().split("version:")[1]
    assert check(broken).out.count("error[") == 1


def test_it_is_read_for_every_format_and_no_declaration(broken: Path):
    baseline(broken)
    found = report(cwd=broken)
    assert (found["summary"]["findings"], found["summary"]["waived"], found["summary"]["files"]) == (0, 1, 2)
    (waived,) = found["waived"]
    assert waived["accepted"] == {
        "by": "baseline",
        "reason": None,
        "until": None,
        "path": NAME,
        "line": 5,
    }
    assert check(broken, "roles.yaml").code == 0


def test_a_folder_further_down_has_none(tmp_path: Path):
    organisation(tmp_path, {"below/coordlint-baseline.yaml": CLEAN})
    assert check(tmp_path).out == "no findings in 2 files, 1 declaration\n"


# What stands in its place.


def refused(folder: Path, said: str) -> None:
    """Both commands say it in one sentence, and change nothing."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for ended in (check(folder), baseline(folder), baseline(folder, "--prune")):
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(f"coordlint: coordlint-baseline.yaml{said}"), ended.err
        assert ended.err.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_folder_in_its_place(broken: Path):
    (broken / NAME).mkdir()
    refused(broken, " cannot be read: it is no ordinary file")


def test_a_link_in_its_place(broken: Path):
    write(broken, {"elsewhere.txt": "version: 1\nfindings: []\n"})
    (broken / NAME).symlink_to("elsewhere.txt")
    refused(broken, " is a link, and files are read where they stand; put the file here")
    (broken / NAME).unlink()
    (broken / NAME).symlink_to("nowhere")
    refused(broken, " is a link")


def test_a_pipe_in_its_place(broken: Path):
    os.mkfifo(broken / NAME)
    ended = check(broken)
    assert (ended.code, ended.err) == (2, "coordlint: coordlint-baseline.yaml cannot be read: it is no ordinary file\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"version: 1\nfindings: \xff\n", ":2: "),
        ("version: 1\nfindings: []\n".encode("utf-16"), ":1: "),
        (b"", ":1: this is no baseline"),
        (b"version: 7\n", ":1: this coordlint reads version 1, and not `7`"),
        (b"<<<<<<< ours\nversion: 1\n=======\nversion: 1\n>>>>>>> theirs\nfindings: []\n", ":1: a merge conflict"),
        (b"version: 1\nfindings: []\n" + b"#" * 2**21, ":1: this file has more than 2,097,152 bytes"),
    ],
)
def test_what_is_no_baseline(broken: Path, content: bytes, said: str):
    write(broken, {NAME: content})
    refused(broken, said)


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(broken: Path):
    baseline(broken)
    raw = (broken / NAME).read_bytes()
    write(broken, {NAME: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")})
    assert check(broken).code == 0
    assert baseline(broken, "--prune").code == 0
    assert (broken / NAME).read_bytes().startswith(b"\xef\xbb\xbf"), "nothing to prune is nothing written"


# What it needs.


def test_there_is_nothing_to_prune(broken: Path):
    ended = baseline(broken, "--prune")
    assert (ended.code, ended.err) == (
        2,
        "coordlint: there is no coordlint-baseline.yaml to prune; `coordlint baseline` writes one\n",
    )


def test_a_reason_for_what_is_not_added(broken: Path):
    ended = baseline(broken, "--prune", "--reason", "later")
    assert (ended.code, ended.err.startswith("coordlint: --reason is for what is new")) == (2, True)


def test_one_organisation_is_meant(tmp_path: Path):
    organisation(tmp_path / "a")
    organisation(tmp_path / "b")
    ended = baseline(tmp_path)
    assert (ended.code, "2 organisations lie below" in ended.err) == (2, True)


def test_a_baseline_that_would_be_too_large(tmp_path: Path):
    names = ", ".join(f"gone-{number}-{'x' * 40}" for number in range(11_000))
    organisation(tmp_path, {"teams.yaml": f"teams: {{one: {{members: [{names}]}}}}\n"})
    ended = baseline(tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "2,097,152 bytes, which is the most that is read; begin with `--preset correctness`" in ended.err
    assert not (tmp_path / NAME).exists()


def test_the_same_files_give_the_same_bytes(tmp_path: Path):
    texts = []
    for name in ("one", "two"):
        shutil.copytree(LEGACY, tmp_path / name)
        baseline(tmp_path / name)
        texts.append((tmp_path / name / NAME).read_bytes())
    assert texts[0] == texts[1]
    assert json.dumps(texts[0].decode()).isascii() or texts[0].decode("utf-8")


def test_a_preview_stays_where_it_is_while_it_does_not_run(broken: Path):
    ended = baseline(broken, "--edition", "next")
    assert ended.code == 0
    assert check(broken).code == check(broken, "--edition", "next").code == 0


def test_a_waiver_takes_over_what_a_baseline_accepts(broken: Path):
    """It has a reason and a last day, and when that is past, the finding is back."""
    baseline(broken)
    waive = ("waive", "reference/unresolved", "deputy", "--reason", "she comes in July", "--until", "2026-07-31", *DAY)
    ended = call(*waive, cwd=broken)
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "accepts 1 finding until 2026-07-31")
    told = "coordlint-baseline.yaml need not hold it any more: `coordlint baseline --prune` takes it out\n"
    assert ended.err == told
    assert check(broken).out.count("error[") == 1
    baseline(broken, "--prune")
    assert check(broken).out == "no findings in 2 files, 1 declaration, 1 waived\n"
    later = call("check", "--format", "concise", "--as-of", "2026-08-01", cwd=broken)
    assert "reference/unresolved" in later.out


def test_what_a_plugin_finds_stays_in_it_while_the_plugin_is_away(broken: Path):
    plugin = """
from collections.abc import Iterator
from coordlint.finding import Problem
from coordlint.model.kinds import Role
from coordlint.model.org import Org
from coordlint.rule import CORRECTNESS, WARNING, rule

@rule(WARNING, preset=CORRECTNESS)
def none(org: Org, role: Role) -> Iterator[Problem]:
    \"\"\"Every role has snacks.\"\"\"
    yield Problem(role.at(on_key=True), f"`{role.id}` has no snacks")
"""
    write(broken, {"snacks.py": plugin})
    assert baseline(broken, "--plugins", "snacks.py").out.startswith("coordlint-baseline.yaml: 2 findings accepted\n")
    assert check(broken, "--plugins", "snacks.py").out.endswith(" 2 waived\n")
    assert check(broken).out.endswith(" 1 waived\n")
    assert baseline(broken, "--prune").out == "coordlint-baseline.yaml: as it was, 2 findings accepted\n"
    assert baseline(broken).out == "coordlint-baseline.yaml: as it was, 2 findings accepted\n"


def test_it_is_listed_among_the_files_that_are_read(broken: Path):
    baseline(broken)
    listed = call("check", "--show-files", cwd=broken)
    assert listed.out.splitlines() == ["coordlint.yaml", NAME, "roles.yaml"]


def test_it_holds_wherever_the_organisation_stands(tmp_path: Path):
    """Many begin, and make a repository of it later; and a container may leave the repository out."""
    organisation(tmp_path / "org", {"roles.yaml": BROKEN})
    baseline(tmp_path / "org")
    (tmp_path / ".git").mkdir()
    assert check(tmp_path, "org").code == 0
    shutil.move(tmp_path / "org", tmp_path / "moved")
    assert check(tmp_path, "moved").code == 0
    assert baseline(tmp_path, "moved").out == "moved/coordlint-baseline.yaml: as it was, 1 finding accepted\n"
