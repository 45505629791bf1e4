"""`check --fix` and `check --diff`: what is written, what is only shown, and what a disk may do meanwhile."""

from __future__ import annotations

import os
import subprocess
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


def git(*words: str, cwd: Path, text: str = "") -> None:
    subprocess.run(["git", *words], cwd=cwd, input=text.encode(), check=True, capture_output=True)


@pytest.mark.parametrize(
    ("here", "words"), [("da", []), ("da/teams", []), (".", ["da"]), (".", []), ("da", ["teams/teams.yaml"])]
)
def test_git_takes_a_diff_at_the_top_of_the_repository(tmp_path: Path, here: str, words: list[str]) -> None:
    git("init", "--quiet", cwd=tmp_path)
    organisation(tmp_path / "da", {"roles.yaml": CLEAN, "teams/teams.yaml": SLIP})
    diff = call("check", *words, "--diff", *DAY, cwd=tmp_path / here).out
    assert diff.startswith("--- a/da/teams/teams.yaml\n")
    git("apply", cwd=tmp_path, text=diff)
    assert (tmp_path / "da/teams/teams.yaml").read_text() == MENDED


@pytest.mark.parametrize(("here", "words"), [("da", []), ("da/teams", []), (".", ["da"])])
def test_without_a_repository_a_diff_is_for_the_folder_of_the_organisation(
    tmp_path: Path, here: str, words: list[str]
) -> None:
    organisation(tmp_path / "da", {"roles.yaml": CLEAN, "teams/teams.yaml": SLIP})
    diff = call("check", *words, "--diff", *DAY, cwd=tmp_path / here).out
    git("apply", cwd=tmp_path / "da", text=diff)
    assert (tmp_path / "da/teams/teams.yaml").read_text() == MENDED


def test_without_a_repository_a_diff_of_several_is_for_the_folder_that_holds_them(tmp_path: Path) -> None:
    folders = [slipped(tmp_path / name) for name in ("one", "two")]
    git("apply", cwd=tmp_path, text=call("check", "--diff", *DAY, cwd=tmp_path).out)
    assert [(folder / "teams.yaml").read_text() for folder in folders] == [MENDED, MENDED]


def test_a_comment_in_the_wrong_line_stays_with_its_reason(tmp_path: Path) -> None:
    text = "# coordlint: ignore[reference/unresolved] she joins in May (until 2026-07-01)\nroles:\n  deputy:\n"
    folder = organisation(tmp_path, {"roles.yaml": f"{text}    held_by: ext/x\n    reports_to: somebody-else\n"})
    ended = call("check", "--fix", "--preset", "recommended", *DAY, cwd=folder)
    assert "move the comment there" in ended.out
    assert "mended" not in ended.err
    assert (folder / "roles.yaml").read_text().startswith(text)


def test_what_may_be_mended_is_counted_with_what_it_hides(tmp_path: Path) -> None:
    hidden = MENDED.replace("    lead: lead", "    laed: laed")
    folder = slipped(tmp_path, teams=hidden, more=MENDED.replace("sales", "support"))
    ended = call("check", *DAY, cwd=folder)
    assert "1 finding may be mended by `--fix`, with what it hides; `--diff` shows all" in ended.out
    mended = call("check", "--fix", *DAY, cwd=folder).err
    assert mended == "mended teams.yaml: reference/unresolved, shape/unknown-key\n"


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
