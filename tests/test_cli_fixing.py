"""`check --fix` and `check --diff`: what is written, what is only shown, and what a disk may do meanwhile."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest
from cli_kit import CLEAN, DAY, call, organisation

from coordlint import fixing

SLIP = "teams:\n  sales:\n    purpose: Wins customers, and keeps them.\n    laed: lead  # by hand\n"
MENDED = SLIP.replace("laed", "lead")


def slipped(folder: Path, **more: str | bytes) -> Path:
    files = {"roles.yaml": CLEAN, "teams.yaml": SLIP} | {f"{name}.yaml": text for name, text in more.items()}
    return organisation(folder, files)


def test_a_slip_is_mended_and_told(tmp_path: Path) -> None:
    folder = slipped(tmp_path)
    ended = call("check", "--fix", *DAY, cwd=folder)
    assert (folder / "teams.yaml").read_text() == MENDED
    assert ended.code == 0
    assert ended.out.startswith("no findings")
    assert ended.err == "mended teams.yaml: shape/unknown-key\n"
    again = call("check", "--fix", *DAY, cwd=folder)
    assert (again.code, again.err) == (0, "")


def test_what_is_left_is_reported(tmp_path: Path) -> None:
    folder = slipped(tmp_path, more="roles:\n  deputy: {held_by: ext/x, reports_to: somebody-else}\n")
    ended = call("check", "--fix", "--format", "concise", *DAY, cwd=folder)
    assert ended.code == 1
    assert "reference/unresolved" in ended.out
    assert "unknown-key" not in ended.out


def test_a_diff_writes_nothing(tmp_path: Path) -> None:
    folder = slipped(tmp_path)
    ended = call("check", "--diff", *DAY, cwd=folder)
    assert ended.code == 1
    assert "-    laed: lead  # by hand\n+    lead: lead  # by hand\n" in ended.out
    assert ended.out.startswith("--- a/teams.yaml\n+++ b/teams.yaml\n")
    assert (folder / "teams.yaml").read_text() == SLIP
    assert call("check", "--fix", *DAY, cwd=folder).code == 0
    assert call("check", "--diff", *DAY, cwd=folder)[:2] == (0, "")


def test_a_file_named_is_the_only_one_that_is_mended(tmp_path: Path) -> None:
    folder = slipped(tmp_path, more=SLIP.replace("sales", "support"))
    call("check", "--fix", "more.yaml", *DAY, cwd=folder)
    assert (folder / "teams.yaml").read_text() == SLIP
    assert (folder / "more.yaml").read_text() == MENDED.replace("sales", "support")


def test_bytes_and_rights_stay(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + SLIP.replace("\n", "\r\n").rstrip().encode()
    folder = slipped(tmp_path, teams=raw)
    os.chmod(folder / "teams.yaml", 0o640)
    call("check", "--fix", *DAY, cwd=folder)
    assert (folder / "teams.yaml").read_bytes() == raw.replace(b"laed", b"lead")
    assert (folder / "teams.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["coordlint.yaml", "roles.yaml", "teams.yaml"]


MEANWHILE = {
    "changed": (lambda path: path.write_text(SLIP + "\n# later\n"), "was changed meanwhile"),
    "gone": (lambda path: path.unlink(), "is no longer there"),
    "read-only": (lambda path: path.chmod(0o444), "may not be written"),
    "a link": (lambda path: (path.rename(path.with_suffix(".txt")), path.symlink_to("teams.txt")), "has become a link"),
}


@pytest.mark.parametrize(("happens", "said"), MEANWHILE.values(), ids=MEANWHILE)
def test_what_happens_meanwhile_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, happens: object, said: str
) -> None:
    folder = slipped(tmp_path, more=SLIP.replace("sales", "support"))
    fix = fixing.fix

    def fix_and_then(*words: object, **options: object) -> object:
        found = fix(*words, **options)  # type: ignore[arg-type]
        happens(folder / "teams.yaml")  # type: ignore[operator]
        return found

    with mock.patch("coordlint.cli.fixing.fix", fix_and_then):
        ended = call("check", "--fix", *DAY, cwd=folder)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert (folder / "more.yaml").read_text() == SLIP.replace("sales", "support")


@pytest.mark.parametrize("more", [["--fix"], ["--format", "json"], ["--statistics"], ["--output", "json=x"]])
def test_a_diff_stands_alone(tmp_path: Path, more: list[str]) -> None:
    ended = call("check", "--diff", *more, *DAY, cwd=slipped(tmp_path))
    assert ended.code == 2
    assert "--diff" in ended.err
    assert (tmp_path / "teams.yaml").read_text() == SLIP


def test_a_config_that_cannot_be_used_is_told_once(tmp_path: Path) -> None:
    folder = slipped(tmp_path)
    (folder / "coordlint.yaml").write_text("organisation: Test\nedition: '1999'\n")
    for option in ("--fix", "--diff"):
        ended = call("check", option, *DAY, cwd=folder)
        assert ended.code == 2
        assert ended.err.count("edition") == 1


def test_every_organisation_is_mended(tmp_path: Path) -> None:
    slipped(tmp_path / "one")
    slipped(tmp_path / "two")
    ended = call("check", "--fix", *DAY, cwd=tmp_path)
    assert ended.err == "mended one/teams.yaml: shape/unknown-key\nmended two/teams.yaml: shape/unknown-key\n"
