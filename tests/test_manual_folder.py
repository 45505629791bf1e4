"""The output folder: whole or as it was, nothing foreign touched, and refused where it must not be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from coordlint.cli import folder
from coordlint.cli.folder import compare_folder, write_folder
from coordlint.config import MANIFEST
from coordlint.finding import UsageError
from coordlint.manual.manifest import Difference, differences, digest, manifest, plan, read_manifest

REPOSITORY = Path(__file__).parent.parent
OLD = {"index.html": b"old index", "meeting/a.html": b"old a", "meeting/gone.html": b"gone", "role/gone.html": b"gone"}
NEW = {"index.html": b"new index", "meeting/a.html": b"new a", "meeting/b.html": b"new b", "manual.css": b"style"}


def held(place: Path) -> dict[str, bytes]:
    """Every file in a folder, the manifest aside."""
    files = [path for path in place.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "coordlint.yaml").write_text("edition: '2026'\n")
    return tmp_path / "org"


@pytest.fixture
def write(source: Path, tmp_path: Path) -> Callable[..., folder.Written]:
    def write(files: Mapping[str, bytes], into: Path | str = tmp_path / "out", **more: str) -> folder.Written:
        return write_folder(str(into), files, source_root=str(source), **more)

    return write


# Writing.


def test_a_folder_holds_what_was_written_and_its_manifest(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    done = write(NEW)
    assert (done.written, done.unchanged, done.removed) == (4, 0, 0)
    assert held(tmp_path / "out") == NEW
    named = json.loads((tmp_path / "out" / MANIFEST).read_text())
    assert named["tool"] == "coordlint"
    assert named["files"] == {path: digest(content) for path, content in sorted(NEW.items())}


def test_stale_pages_go_and_so_do_folders_that_are_empty_then(
    write: Callable[..., folder.Written], tmp_path: Path
) -> None:
    write(OLD)
    done = write(NEW)
    assert (done.written, done.unchanged, done.removed) == (4, 0, 2)
    assert held(tmp_path / "out") == NEW
    assert not (tmp_path / "out" / "role").exists()


def test_what_is_as_it_should_be_is_not_written_again(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    write(NEW)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")}
    time.sleep(0.01)
    assert write(NEW).unchanged == 4
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_foreign_file_is_never_touched(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    write(OLD)
    out = tmp_path / "out"
    (out / "notes.txt").write_text("mine")
    (out / "role" / "mine.html").write_text("mine")
    (out / "meeting" / "gone.html").write_text("changed by hand")
    write(NEW)
    assert held(out) == {
        **NEW, "notes.txt": b"mine", "role/mine.html": b"mine", "meeting/gone.html": b"changed by hand",
    }  # fmt: skip


def test_a_page_that_was_changed_by_hand_is_mended(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    write(NEW)
    (tmp_path / "out" / "index.html").write_text("by hand")
    assert write(NEW).written == 1
    assert held(tmp_path / "out") == NEW


def test_pages_can_be_read_by_whoever_may_read_the_folder(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "out" / "index.html").stat().st_mode & 0o777 == 0o644


# What is refused, before anything is written.


def refused(write: Callable[..., folder.Written], into: Path | str, word: str, **more: str) -> None:
    with pytest.raises(UsageError, match=word) as said:
        write(NEW, into, **more)
    assert "\n" not in str(said.value)


def test_places_that_are_never_an_output(write: Callable[..., folder.Written], source: Path, tmp_path: Path) -> None:
    (tmp_path / "org" / ".git").mkdir()
    (tmp_path / "file").write_text("mine")
    before = held(tmp_path)
    refused(write, "", "name of a folder")
    refused(write, "/", "top of the disk")
    refused(write, source, "holds the declarations")
    refused(write, source / ".", "holds the declarations")
    refused(write, tmp_path, "contains the declarations")
    refused(write, source / ".git" / "manual", "inside `.git`")
    refused(write, source / ".GIT" / "manual", "inside `.git`")
    refused(write, tmp_path / "file", "is a file")
    refused(write, tmp_path / "file" / "below", "cannot write")
    refused(write, source / ".." / "out", "outside", within=str(source))
    assert held(tmp_path) == before


def test_a_folder_of_somebody_else(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(NEW)  # An empty folder may be written.
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    refused(write, tmp_path / "mine", "such as `thesis.txt`")
    (tmp_path / "mine" / MANIFEST).write_text("{")
    refused(write, tmp_path / "mine", "cannot be read")
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [MANIFEST, "thesis.txt"]


@pytest.mark.parametrize("path", ["index.html", "meeting/b.html"])
def test_a_foreign_file_in_the_way(write: Callable[..., folder.Written], tmp_path: Path, path: str) -> None:
    write({"manual.css": b"style", "meeting/a.html": b"a"})
    (tmp_path / "out" / path).write_text("mine")
    refused(write, tmp_path / "out", f"`{path}` .* was not written by coordlint")
    assert (tmp_path / "out" / path).read_text() == "mine"


def test_links_lead_nowhere(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "gone.html").write_bytes(b"gone")
    (elsewhere / "index.html").write_text("precious")
    write(OLD)
    out = tmp_path / "out"
    for path in (out / "meeting").iterdir():
        path.unlink()
    (out / "meeting").rmdir()
    (out / "meeting").symlink_to(elsewhere, target_is_directory=True)
    refused(write, out, "`meeting` .* is a link")
    (out / "meeting").unlink()
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(elsewhere / "index.html")
    refused(write, out, "`index.html` .* was not written by coordlint")
    (out / "index.html").unlink()
    # A folder of stale pages that has become a link: what lies behind it is not ours.
    (out / "role" / "gone.html").unlink()
    (out / "role").rmdir()
    (out / "role").symlink_to(elsewhere, target_is_directory=True)
    write(NEW)
    assert (elsewhere / "gone.html").read_bytes() == b"gone"
    assert (elsewhere / "index.html").read_text() == "precious"


@pytest.mark.parametrize(
    "path", ["../up.html", "/etc/x.html", "a//b.html", ".git/x.html", "x.sh", "a\\b.html", "c:x.html"]
)
def test_a_manifest_that_leads_out_is_no_manifest(
    write: Callable[..., folder.Written], tmp_path: Path, path: str
) -> None:
    write(OLD)
    said = {"tool": "coordlint", "version": 1, "files": {path: digest(b"precious")}}
    (tmp_path / "out" / MANIFEST).write_text(json.dumps(said))
    (tmp_path / "up.html").write_bytes(b"precious")
    refused(write, tmp_path / "out", "cannot be read")
    assert (tmp_path / "up.html").read_bytes() == b"precious"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b'{"tool": "other"}',
        b"[" * 100_000,
        b'{"tool": "coordlint", "version": 1, "files": []}',
    ],
)
def test_what_is_no_manifest(raw: bytes) -> None:
    assert read_manifest(raw) is None


def test_paths_that_no_folder_can_hold(write: Callable[..., folder.Written]) -> None:
    for files in ({"a.html": b"", "A.html": b""}, {"../a.html": b""}, {"a.exe": b""}):
        with pytest.raises(ValueError, match="`"):
            write(files)


# Faults: each file is the old one or the new one, and the next run puts everything right.


class Killed(BaseException):
    """As a signal would end it: nothing catches this."""


def count_of_steps(write: Callable[..., folder.Written], monkeypatch: pytest.MonkeyPatch) -> int:
    steps = 0
    real = os.replace

    def counting(one: str, other: str) -> None:
        nonlocal steps
        steps += 1
        real(one, other)

    monkeypatch.setattr(os, "replace", counting)
    write(NEW)
    monkeypatch.setattr(os, "replace", real)
    return steps


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_run_that_is_killed_at_any_write(
    write: Callable[..., folder.Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    out = tmp_path / "out"
    write(OLD)
    steps = count_of_steps(write, monkeypatch)
    assert steps == len(NEW) + 2
    for last in range(1, steps + 1):
        write(OLD)
        (out / "notes.txt").write_text("mine")
        with monkeypatch.context() as patched:
            kill_at(patched, last, how)
            with pytest.raises(Killed):
                write(NEW)
        for path, content in held(out).items():
            assert content in (OLD.get(path), NEW.get(path), b"mine"), path
        write(NEW)
        assert held(out) == {**NEW, "notes.txt": b"mine"}
        (out / "notes.txt").unlink()


def kill_at(patched: pytest.MonkeyPatch, last: int, how: str) -> None:
    real = os.replace
    done = 0

    def replace(one: str, other: str) -> None:
        nonlocal done
        done += 1
        if done == last and how == "before":
            raise Killed
        real(one, other)
        if done == last:
            raise Killed

    patched.setattr(os, "replace", replace)


def test_a_first_run_that_is_killed_leaves_a_folder_that_is_still_ours(
    write: Callable[..., folder.Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, 3, "after")
        with pytest.raises(Killed):
            write(NEW)
    write(NEW)
    assert held(tmp_path / "out") == NEW


def test_what_a_killed_run_left_unfinished_is_cleared(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    write(NEW)
    left = tmp_path / "out" / "meeting" / ".coordlint-0123456789abcdef.tmp"
    left.write_text("half")
    like_it = tmp_path / "out" / "meeting" / ".coordlint-mine.tmp"
    like_it.write_text("mine")
    write(NEW)
    assert not left.exists()
    assert like_it.read_text() == "mine"


def test_a_folder_with_nothing_but_an_unfinished_file_may_be_written(
    write: Callable[..., folder.Written], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".coordlint-0123456789abcdef.tmp").write_text("half")
    write(NEW)
    assert held(tmp_path / "out") == NEW


def test_a_disk_that_is_full(
    write: Callable[..., folder.Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(OLD)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UsageError, match=r"cannot write .*: no space left on device"):
            write(NEW)
    assert held(tmp_path / "out") == OLD


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_may_not_be_written(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    write(OLD)
    (tmp_path / "out").chmod(0o555)
    try:
        refused(write, tmp_path / "out", "cannot write")
    finally:
        (tmp_path / "out").chmod(0o755)


SCRIPT = """
import sys
from coordlint.cli.folder import write_folder
mark = sys.argv[3].encode()
write_folder(sys.argv[1], {f"meeting/m-{n}.html": mark * 1000 for n in range(60)}, source_root=sys.argv[2])
"""


def test_several_runs_at_once(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(out), str(source), mark], cwd=REPOSITORY) for mark in "abcd"
    ]
    assert [each.wait(60) for each in running] == [0, 0, 0, 0]
    contents = set(held(out).values())
    assert len(contents) == 1
    assert len(held(out)) == 60


@pytest.mark.skipif(os.name != "posix", reason="there are no locks to wait for")
def test_a_run_that_waits_too_long_says_so(
    write: Callable[..., folder.Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    write(OLD)
    monkeypatch.setattr(folder, "PATIENCE", 0.1)
    handle = os.open(tmp_path / "out", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        refused(write, tmp_path / "out", "another run is writing")
    finally:
        os.close(handle)


# Comparing.


def test_how_a_folder_differs(write: Callable[..., folder.Written], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert {each.how for each in compare_folder(str(out), NEW)} == {"missing"}
    assert not out.exists()
    write(OLD)
    assert compare_folder(str(out), OLD) == []
    (out / "notes.txt").write_text("mine")
    assert compare_folder(str(out), OLD) == []
    assert [each for each in compare_folder(str(out), NEW) if each.path != MANIFEST] == [
        Difference("index.html", "changed"),
        Difference("manual.css", "missing"),
        Difference("meeting/a.html", "changed"),
        Difference("meeting/b.html", "missing"),
        Difference("meeting/gone.html", "stale"),
        Difference("role/gone.html", "stale"),
    ]
    write(NEW)
    assert compare_folder(str(out), NEW) == []


# Planning, without a disk.


def test_a_plan_writes_what_differs_and_removes_what_is_stale_and_unchanged() -> None:
    owned = read_manifest(manifest(OLD)) or {}
    present = {**{path: digest(content) for path, content in OLD.items()}, "role/gone.html": digest(b"by hand")}
    told = plan(NEW, owned, present)
    assert told.write == ("index.html", "manual.css", "meeting/a.html", "meeting/b.html")
    assert told.remove == ("meeting/gone.html",)
    assert told.foreign == ()
    assert plan(NEW, {}, {"index.html": digest(b"mine")}).foreign == ("index.html",)
    assert plan(NEW, owned, {"index.html": ""}).foreign == ("index.html",)
    assert plan(NEW, {}, {"index.html": digest(b"new index")}).foreign == ()


def test_a_manifest_of_a_folder_that_is_being_written_names_old_and_new() -> None:
    before = read_manifest(manifest(OLD)) or {}
    owned = read_manifest(manifest(NEW, before)) or {}
    assert owned["index.html"] == {digest(b"old index"), digest(b"new index")}
    assert set(owned) == {*OLD, *NEW}
    assert differences(NEW, owned, {}) == sorted(Difference(path, "missing") for path in NEW)
