"""Finding the organisation, finding its files, and what is passed over on the way."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, call, organisation, report, write

from coordlint.config import Asked
from coordlint.finding import UsageError
from coordlint.workspace import Workspace, prefix_of

SECOND = "roles:\n  second: {reports_to: nobody-else}\n"


def paths(*words: str, cwd: Path) -> list[str]:
    return [each["path"] for each in report(*words, cwd=cwd)["findings"]]


def looked_at(*words: str, cwd: Path) -> list[str]:
    return [each["path"] for each in report(*words, cwd=cwd)["summary"]["organisations"]]


# Finding the organisation.


def test_without_a_path_it_is_the_one_around(tmp_path: Path):
    organisation(tmp_path, {"deep/er/roles.yaml": BROKEN})
    assert paths(cwd=tmp_path) == ["deep/er/roles.yaml"]
    assert paths(cwd=tmp_path / "deep") == ["../deep/er/roles.yaml"]
    assert paths(cwd=tmp_path / "deep/er") == ["../../deep/er/roles.yaml"]


def test_without_one_around_it_is_every_one_below(tmp_path: Path):
    """So that a hook at the top of a repository finds `org/coordlint.yaml`."""
    write(tmp_path, {"README.md": "", "src/main.py": "", ".git/HEAD": ""})
    organisation(tmp_path / "docs" / "b", {"roles.yaml": BROKEN})
    organisation(tmp_path / "a", {"roles.yaml": BROKEN})
    organisation(tmp_path / "a-b", {"roles.yaml": CLEAN})
    assert looked_at(cwd=tmp_path) == ["a", "a-b", "docs/b"]
    assert paths(cwd=tmp_path) == ["a/roles.yaml", "docs/b/roles.yaml"]
    assert looked_at(cwd=tmp_path / "docs") == ["b"]


def test_a_folder_chooses_those_around_it_or_below_it(tmp_path: Path):
    one, two = organisation(tmp_path / "one", {"in/roles.yaml": BROKEN}), organisation(tmp_path / "all" / "two")
    assert looked_at("one", cwd=tmp_path) == ["one"]
    assert looked_at("one/in", cwd=tmp_path) == ["one"]
    assert paths("one/in", cwd=tmp_path) == ["one/in/roles.yaml"]
    assert looked_at("all", cwd=tmp_path) == ["all/two"]
    assert looked_at("all", "one", cwd=tmp_path) == ["all/two", "one"]
    assert looked_at(str(one), str(two), cwd=tmp_path) == ["one", "all/two"]
    assert looked_at("../all", cwd=one) == ["../all/two"]


def test_one_that_is_named_twice_is_looked_at_once(tmp_path: Path):
    organisation(tmp_path / "one", {"roles.yaml": BROKEN})
    (tmp_path / "link").symlink_to("one")
    names = ["one", "one/", "./one", "link", str(tmp_path / "one"), "one/../one", "one/roles.yaml", "."]
    assert looked_at(*names, cwd=tmp_path) == ["one"]
    assert paths(*names, cwd=tmp_path) == ["one/roles.yaml"]


def test_none_is_told_with_what_makes_one(tmp_path: Path):
    write(tmp_path, {"empty/README.md": ""})
    here, there = (call("check", *words, cwd=tmp_path) for words in ([], ["empty"]))
    assert (here.code, there.code) == (2, 2)
    assert here.err == "coordlint: no coordlint.yaml here, nor above or below; `coordlint init` makes one\n"
    assert there.err == "coordlint: no coordlint.yaml in `empty`, nor above or below; `coordlint init` makes one\n"
    outside = call("check", "empty/README.md", cwd=tmp_path)
    assert (outside.code, outside.err.count("`empty/README.md` lies in no organisation")) == (2, 1)


def test_a_file_asks_for_the_organisation_around_it_alone(tmp_path: Path):
    write(tmp_path, {"README.md": ""})
    organisation(tmp_path / "org", {"roles.yaml": BROKEN})
    assert call("check", "README.md", cwd=tmp_path).code == 2
    assert paths("org/roles.yaml", cwd=tmp_path) == ["org/roles.yaml"]


def test_an_organisation_of_nothing_but_its_house_is_told(tmp_path: Path):
    organisation(tmp_path, {})
    ended = call("check", cwd=tmp_path)
    assert ended.code == 2
    assert "no file of declarations stands beside it" in ended.err


def test_an_organisation_whose_files_are_empty_is_one(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": ""})
    assert call("check", *DAY, cwd=tmp_path).code == 0


def test_nested_organisations_are_their_own(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN})
    organisation(tmp_path / "inner", {"roles.yaml": SECOND})
    assert paths(cwd=tmp_path) == ["roles.yaml"]
    assert report(cwd=tmp_path)["notes"] == ["inner is an organisation of its own, and was passed over"]
    assert paths("inner", cwd=tmp_path) == ["inner/roles.yaml"]
    assert paths("inner/roles.yaml", cwd=tmp_path) == ["inner/roles.yaml"]
    assert paths(cwd=tmp_path / "inner") == ["roles.yaml"]
    outer = tmp_path / "inner" / "most"
    organisation(outer)
    assert looked_at("inner", cwd=tmp_path) == ["inner"]


# Finding its files.


def test_dot_names_and_our_own_folders_are_no_declarations(tmp_path: Path):
    organisation(
        tmp_path,
        {
            "roles.yaml": CLEAN,
            ".hidden.yaml": BROKEN,
            ".git/config.yaml": BROKEN,
            "deep/.venv/a/b.yaml": BROKEN,
            "manual/.coordlint-manifest.json": "{}",
            "manual/data/roles.yaml": BROKEN,
            "roles.yaml.bak": BROKEN,
            "README.md": BROKEN,
        },
    )
    assert call("check", "--show-files", cwd=tmp_path).out.split() == ["coordlint.yaml", "roles.yaml"]
    assert report(cwd=tmp_path)["notes"] == []


def test_our_own_folders_hold_no_organisation(tmp_path: Path):
    organisation(tmp_path / "manual" / "copy")
    write(tmp_path, {"manual/.coordlint-manifest.json": "{}"})
    organisation(tmp_path / ".old")
    assert call("check", cwd=tmp_path).code == 2
    assert looked_at("manual/copy", ".old", cwd=tmp_path) == ["manual/copy", ".old"]


def test_a_manifest_at_the_root_hides_nothing(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": BROKEN, ".coordlint-manifest.json": "{}"})
    assert paths(cwd=tmp_path) == ["roles.yaml"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("archive", ["a.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("archive/", ["a.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("./archive", ["a.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("archive/**", ["a.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("archive/*", ["a.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("archive/*.yaml", ["a.yaml", "archive/e/f.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("**/archive", ["a.yaml", "b/d.yml"]),
        ("**/archive/**", ["a.yaml", "b/d.yml"]),
        ("**/c.yaml", ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/d.yml"]),
        ("**/a.yaml", ["archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("*.yaml", ["archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("**/*.yaml", ["b/d.yml"]),
        ("?.yaml", ["archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("arch?ve/**/f.yaml", ["a.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("[ab].yaml", ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("A.yaml", ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("a", ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
        ("/a.yaml", ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]),
    ],
)
def test_excluded_files_are_not_read(tmp_path: Path, pattern: str, left: list[str]):
    names = ["a.yaml", "archive/e/f.yaml", "archive/g.yaml", "b/archive/c.yaml", "b/d.yml"]
    organisation(tmp_path, dict.fromkeys(names, ""), f"{HOUSE}exclude: '{pattern}'\n")
    assert call("check", "--show-files", cwd=tmp_path).out.split() == ["coordlint.yaml", *left]


def test_everything_may_be_excluded_and_is_told(tmp_path: Path):
    organisation(tmp_path, {"a.yaml": ""}, f"{HOUSE}exclude: ['**']\n")
    assert call("check", cwd=tmp_path).code == 2


def test_a_path_that_a_declaration_names_may_be_excluded_from_reading(tmp_path: Path):
    text = "forums:\n  board: {charter: charters/board.yaml, chair: ext/chair, members: [ext/chair]}\n"
    organisation(tmp_path, {"a.yaml": text, "charters/board.yaml": "{{"}, f"{HOUSE}exclude: charters\n")
    assert paths(cwd=tmp_path) == []


# What is passed over.


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Everything with the name of a file of declarations that is none."""
    root = organisation(tmp_path / "org", {"roles.yaml": CLEAN, "folder.yaml/inside.yaml": BROKEN, "real/sub.txt": ""})
    write(tmp_path, {"secret.yaml": SECOND, "elsewhere/roles.yaml": SECOND})
    os.mkfifo(root / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(root)  # the path of a socket must be short
        listening.bind("socket.yaml")
        os.chdir(here)
    for name, target in {
        "device.yaml": "/dev/zero",
        "loop.yaml": "loop.yaml",
        "one.yaml": "two.yaml",
        "two.yaml": "one.yaml",
        "out.yaml": "../secret.yaml",
        "absolute.yaml": str(tmp_path / "secret.yaml"),
        "broken.yaml": "nowhere.yaml",
        "twin.yaml": "roles.yaml",
        "out": "../elsewhere",
        "up": "..",
        "round": ".",
        "real/round": "../real",
    }.items():
        (root / name).symlink_to(target)
    return root


def test_what_is_no_file_is_passed_over_with_a_note_and_never_blocks(strange: Path):
    reported = report(cwd=strange)
    assert [each["path"] for each in reported["findings"]] == ["folder.yaml/inside.yaml"]
    assert not any("secret" in str(each) for each in reported.values())
    noted = {note.partition(" is ")[0]: note.partition(" is ")[2] for note in reported["notes"]}
    link = "a link, and was passed over: files are read where they stand"
    no_file = "no ordinary file, and was passed over"
    assert noted == {
        **dict.fromkeys(["absolute.yaml", "broken.yaml", "device.yaml", "loop.yaml", "one.yaml", "out.yaml"], link),
        **dict.fromkeys(["twin.yaml", "two.yaml", "out", "up", "round", "real/round"], link),
        "pipe.yaml": no_file,
        "socket.yaml": no_file,
    }


def test_many_notes_are_counted(tmp_path: Path):
    organisation(tmp_path)
    for number in range(50):
        (tmp_path / f"link-{number:02}.yaml").symlink_to("roles.yaml")
    notes = report(cwd=tmp_path)["notes"]
    assert len(notes) == 21
    assert notes[-1] == "30 more were passed over"


@pytest.mark.parametrize("target", ["/dev/zero", "pipe", "nowhere", "folder", "coordlint.yaml"])
def test_a_house_that_is_no_file_is_no_house(tmp_path: Path, target: str):
    write(tmp_path, {"org/roles.yaml": CLEAN, "org/folder/a": ""})
    os.mkfifo(tmp_path / "org" / "pipe")
    (tmp_path / "org" / "coordlint.yaml").symlink_to(target)
    for words in ([], ["org"], ["org/roles.yaml"]):
        assert call("check", *words, cwd=tmp_path).code == 2


def test_a_house_that_is_a_pipe_never_blocks(tmp_path: Path):
    write(tmp_path, {"org/roles.yaml": CLEAN})
    os.mkfifo(tmp_path / "org" / "coordlint.yaml")
    assert call("check", cwd=tmp_path).code == 2


def test_a_house_that_leads_out_of_the_root_is_not_read(tmp_path: Path):
    write(tmp_path, {"secret": "password: hunter2\n", "org/roles.yaml": CLEAN})
    (tmp_path / "org" / "coordlint.yaml").symlink_to("../secret")
    for words in (["check"], ["check", "org"], ["render", "org", "--into", "out"]):
        ended = call(*words, cwd=tmp_path)
        assert ended.code == 2
        assert "coordlint.yaml is a link" in ended.err
        assert "hunter2" not in ended.out + ended.err
        assert "password" not in ended.out + ended.err


def test_folders_may_lie_deeper_than_python_recurses(tmp_path: Path):
    root = organisation(tmp_path / "org", {"roles.yaml": "roles: {a: {held_by: 3}}\n"})
    here = Path.cwd()
    try:
        os.chdir(root)
        for _ in range(3000):
            Path("d").mkdir()
            os.chdir("d")
        Path("deepest.yaml").write_text(SECOND)
        os.chdir(here)
        # The system itself opens no path of so many letters, and that is no secret.
        ended = call("check", "--format", "concise", *DAY, cwd=root)
        assert ended.code == 2
        assert "the folder cannot be read: file name too long" in ended.out
        assert "roles.yaml:1:22: error[shape/" in ended.out
        assert call("check", *DAY, cwd=tmp_path).code == 2
    finally:
        os.chdir(here)
        # Python's own way to remove folders does not get so deep.
        subprocess.run(["rm", "-rf", str(root)], check=True)


# What the system keeps back.


def test_a_file_that_vanishes_is_a_finding_and_all_others_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    organisation(tmp_path, {"a.yaml": CLEAN, "gone.yaml": CLEAN, "roles.yaml": BROKEN})
    opened = os.open

    def vanish(path: str, *rest: int) -> int:
        if str(path).endswith("gone.yaml"):
            Path(path).unlink(missing_ok=True)
        return opened(path, *rest)

    monkeypatch.setattr("os.open", vanish)
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert ended.code == 2
    assert "gone.yaml: error[coordlint/unreadable-file] the file cannot be read: no such file or directory" in ended.out
    assert "roles.yaml:4:17: error[reference/unresolved]" not in ended.out, "who is named may be declared in it"


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_file_that_becomes_something_else_meanwhile_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    organisation(tmp_path, {"a.yaml": CLEAN, "b.yaml": "roles: {c: {held_by: ext/c}}\n"})
    opened = os.open

    def change(path: str, *rest: int) -> int:
        if str(path).endswith("b.yaml"):
            Path(path).unlink()
            os.mkfifo(path) if kind == "pipe" else Path(path).symlink_to("/etc/passwd")
        return opened(path, *rest)

    monkeypatch.setattr("os.open", change)
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert ended.code == 2
    assert "b.yaml: error[coordlint/unreadable-file]" in ended.out


def test_a_file_that_cannot_be_read_is_told_whatever_is_narrowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    organisation(tmp_path, {"a.yaml": CLEAN, "shut.yaml": ""})
    opened = os.open

    def refuse(path: str, *rest: int) -> int:
        if str(path).endswith("shut.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest)

    monkeypatch.setattr("os.open", refuse)
    assert call("check", "a.yaml", *DAY, cwd=tmp_path).code == 2
    assert call("check", "--select", "meeting", *DAY, cwd=tmp_path).code == 2
    ended = call("check", "--format", "json", *DAY, cwd=tmp_path)
    assert '"failed": true' in ended.out
    assert '"line": null' in ended.out


# The day.


def test_today_is_that_of_the_first_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    zones = {"Pacific/Kiritimati": 14, "Etc/GMT+12": -12}
    days = {}
    for zone in zones:
        house = f"{HOUSE}calendars:\n  here: {{timezone: {zone}}}\n  there: {{timezone: Etc/UTC}}\n"
        days[zone] = Workspace(str(organisation(tmp_path / zone, house=house))).run().org.as_of
    # The two are 26 hours apart, so that they never have the same day.
    assert days["Pacific/Kiritimati"] > days["Etc/GMT+12"]
    plain = Workspace(str(organisation(tmp_path / "plain"))).run().org.as_of
    assert abs((plain - datetime.now(UTC).date()).days) <= 1


# A workspace in memory of what it read.


def test_a_second_look_reads_what_has_changed(tmp_path: Path):
    workspace = Workspace(str(organisation(tmp_path, {"a.yaml": CLEAN, "b.yaml": BROKEN})))
    asked, day = Asked(), date(2026, 6, 15)
    first = workspace.run(asked, day)
    assert [finding.rule for finding in first.findings] == ["reference/unresolved"]
    write(tmp_path, {"b.yaml": BROKEN.replace("nobody-there", "lead")})
    assert workspace.run(asked, day).findings == ()
    (tmp_path / "a.yaml").unlink()
    assert [finding.rule for finding in workspace.run(asked, day).findings] == ["reference/unresolved"]


def test_texts_that_are_not_saved_stand_before_those_that_are(tmp_path: Path):
    organisation(tmp_path, {"a.yaml": CLEAN})
    unsaved = {"a.yaml": BROKEN.encode(), "new.yaml": CLEAN.encode()}
    run = Workspace(str(tmp_path), overlay=unsaved).run(as_of=date(2026, 6, 15))
    assert [finding.span.path for finding in run.findings] == ["a.yaml"]
    assert run.files == 3


def test_a_run_needs_a_house(tmp_path: Path):
    with pytest.raises(UsageError, match=r"coordlint\.yaml cannot be read: No such file"):
        Workspace(str(tmp_path)).run()


def test_a_prefix_leads_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    given = [".", "./", "org", "org/", "./org", "..", "../..", str(tmp_path / "org"), str(tmp_path)]
    assert [prefix_of(each) for each in given] == ["", "", "org/", "org/", "org/", "../", "../../", "org/", ""]
    assert prefix_of("/usr/share") == "/usr/share/"
