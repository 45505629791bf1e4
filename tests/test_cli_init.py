"""`coordlint init`: a start that is clean, that overwrites nothing, and checks that stand where they are looked for."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cli_kit import call, organisation, write

import coordlint

STARTED = [
    ".coordlint/coordlint.schema.json",
    ".coordlint/declarations.schema.json",
    "coordlint.yaml",
    "how-we-work.yaml",
]
GITHUB, GITLAB, HOOK = ".github/workflows/coordlint.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.relative_to(folder).as_posix()
    }


def repository(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def words_of(command: str) -> list[str]:
    """The words of a command behind the tool's name, as a shell takes them."""
    name, *words = shlex.split(command)
    assert name == "coordlint"
    return words


# The start itself.


@pytest.mark.parametrize("words", [(), (".",), ("org",), ("deep/er/org",)], ids=str)
def test_a_start_is_clean_under_every_rule(tmp_path: Path, words: tuple[str, ...]):
    started = call("init", *words, cwd=tmp_path)
    assert (started.code, started.err) == (0, "")
    root = tmp_path / "".join(words)
    assert list(files_below(root)) == STARTED
    assert [line for line in started.out.splitlines() if line.startswith("wrote ")] == [
        f"wrote {Path(*words, name)}" for name in ("coordlint.yaml", "how-we-work.yaml", *reversed(STARTED[:2]))
    ]
    for preset in ("correctness", "recommended", "strict"):
        ended = call("check", *words, "--fail-on", "info", "--preset", preset, cwd=tmp_path)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith("no findings in 2 files, 6 declarations")


@pytest.mark.parametrize("day", ["2020-01-01", "2026-12-31", "2039-06-15"])
def test_a_start_stays_clean(tmp_path: Path, day: str):
    call("init", cwd=tmp_path)
    assert call("check", "--fail-on", "info", "--preset", "strict", "--as-of", day, cwd=tmp_path).code == 0


def test_what_comes_next_is_said_and_works(tmp_path: Path):
    said = call("init", "our org", cwd=tmp_path).out.splitlines()[-1]
    assert said == "next: cd 'our org' && coordlint check && coordlint render"
    root = tmp_path / "our org"
    assert call("check", cwd=root).code == 0
    assert call("render", cwd=root).code == 0
    assert (root / "manual" / "index.html").is_file()
    assert call("check", cwd=root).code == 0, "the manual is no declaration"


def test_the_schemas_are_those_that_the_files_name(tmp_path: Path):
    """An editor finds completion, hover and checks without anything installed."""
    call("init", cwd=tmp_path)
    for name in ("coordlint.yaml", "how-we-work.yaml"):
        first, _, rest = (tmp_path / name).read_text().partition("\n")
        key, _, path = first.partition("$schema=")
        assert key == "# yaml-language-server: "
        schema = json.loads((tmp_path / path).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(rest))


def test_a_second_time_changes_nothing(tmp_path: Path):
    call("init", cwd=tmp_path)
    before = files_below(tmp_path)
    again = call("init", cwd=tmp_path)
    assert (again.code, again.out.splitlines()[0]) == (0, "everything is there already")
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("name", STARTED)
def test_nothing_is_overwritten(tmp_path: Path, name: str):
    write(tmp_path, {f"org/{name}": "mine\n"})
    ended = call("init", "org", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert f"`org/{name}` is there already, with other content, and is not overwritten" in ended.err
    assert files_below(tmp_path) == {f"org/{name}": b"mine\n"}, "nothing else is written either"


def test_a_folder_or_a_link_in_the_way_is_told(tmp_path: Path):
    (tmp_path / "a" / "coordlint.yaml").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "coordlint.yaml").symlink_to("nowhere")
    write(tmp_path, {"file": "mine"})
    for folder, says in (
        ("a", "is there already, and is no file"),
        ("b", "and is no file"),
        ("file", "cannot be made"),
    ):
        ended = call("init", folder, cwd=tmp_path)
        assert ended.code == 2
        assert says in ended.err
    assert list(files_below(tmp_path)) == ["file"]


def test_what_is_missing_of_a_start_is_written(tmp_path: Path):
    call("init", cwd=tmp_path)
    (tmp_path / "how-we-work.yaml").unlink()
    assert call("init", cwd=tmp_path).out.splitlines()[0] == "wrote how-we-work.yaml"


@pytest.mark.parametrize("folder", ["inner", "inner/most", "."])
def test_inside_another_organisation_it_is_refused(tmp_path: Path, folder: str):
    organisation(tmp_path)
    before = files_below(tmp_path)
    ended = call("init", folder, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ("lies in the organisation of `.` already" in ended.err) == (folder != ".")
    assert files_below(tmp_path) == before
    assert not (tmp_path / "inner").exists()


def test_a_folder_without_a_name_is_refused(tmp_path: Path):
    ended = call("init", "", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "coordlint: the folder to begin in has no name; leave it out to begin here\n"
    assert files_below(tmp_path) == {}


def test_beside_other_organisations_it_is_not(tmp_path: Path):
    organisation(tmp_path / "one")
    assert call("init", "two", cwd=tmp_path).code == 0


# Checks around it.


def entries(top: Path) -> dict[str, list[str]]:
    """The words of the command in each file of checks at the top of a repository."""
    read: dict[str, Any] = {
        name: yaml.safe_load((top / name).read_text()) for name in (GITHUB, GITLAB, HOOK) if (top / name).exists()
    }
    commands = {}
    if GITHUB in read:
        install, commands[GITHUB] = [step["run"] for step in read[GITHUB]["jobs"]["check"]["steps"] if "run" in step]
        assert install == f"pip install coordlint=={coordlint.__version__}"
        assert read[GITHUB][True] == {"pull_request": None, "push": {"branches": ["main"]}}
        assert read[GITHUB]["permissions"] == {"contents": "read"}
    if GITLAB in read:
        install, commands[GITLAB] = read[GITLAB]["coordlint"]["script"]
        assert install == f"pip install coordlint=={coordlint.__version__}"
    if HOOK in read:
        (repo,) = read[HOOK]["repos"]
        (hook,) = repo["hooks"]
        assert hook["additional_dependencies"] == [f"coordlint=={coordlint.__version__}"]
        assert (hook["pass_filenames"], hook["always_run"], hook["require_serial"]) == (False, True, True)
        assert "files" not in hook, "a commit that only deletes would be passed over"
        commands[HOOK] = hook["entry"]
    return {name: words_of(command) for name, command in commands.items()}


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (".", ["check"]),
        ("org", ["check", "org"]),
        ("docs/how we work", ["check", "docs/how we work"]),
        ("it's: #1", ["check", "it's: #1"]),
        ('a "b" \\c', ["check", 'a "b" \\c']),
        ("büro", ["check", "büro"]),
    ],
)
def test_checks_stand_at_the_top_of_the_repository(tmp_path: Path, folder: str, words: list[str]):
    top = repository(tmp_path / "repository")
    assert call("init", folder, "--ci", "github", "--hook", cwd=top).code == 0
    assert call("init", folder, "--ci", "gitlab", "--hook", cwd=top).code == 0
    assert entries(top) == {GITHUB: words, GITLAB: words, HOOK: words}
    assert call(*words, cwd=top).code == 0, "the command does its work where it will be run"
    assert not (top / folder / GITHUB).exists() or folder == "."


def test_checks_are_written_from_inside_too(tmp_path: Path):
    top = repository(tmp_path / "repository")
    inside = top / "deep" / "org"
    inside.mkdir(parents=True)
    said = call("init", "--ci", "github", "--hook", cwd=inside)
    assert (said.code, said.err) == (0, "")
    assert "wrote ../../.github/workflows/coordlint.yml\n" in said.out
    assert entries(top) == {GITHUB: ["check", "deep/org"], HOOK: ["check", "deep/org"]}
    assert list(files_below(inside)) == STARTED


def test_without_a_repository_they_stand_beside_it(tmp_path: Path):
    call("init", "org", "--ci", "gitlab", cwd=tmp_path)
    assert entries(tmp_path / "org") == {GITLAB: ["check"]}


def test_a_worktree_is_a_repository(tmp_path: Path):
    """There `.git` is a file."""
    write(tmp_path, {".git": "gitdir: elsewhere\n"})
    call("init", "org", "--hook", cwd=tmp_path)
    assert entries(tmp_path) == {HOOK: ["check", "org"]}


@pytest.mark.parametrize("name", [GITHUB, GITLAB, HOOK])
def test_checks_that_are_there_are_not_overwritten(tmp_path: Path, name: str):
    top = repository(tmp_path / "repository")
    write(top, {name: "mine: true\n"})
    asked = {GITHUB: ["--ci", "github"], GITLAB: ["--ci", "gitlab"], HOOK: ["--hook"]}[name]
    ended = call("init", "org", *asked, cwd=top)
    assert (ended.code, ended.out) == (2, "")
    assert f"`{name}` is there already" in ended.err
    assert "add the check to it by hand" in ended.err
    assert files_below(top) == {name: b"mine: true\n"}


def test_who_has_begun_gets_a_check_alone(tmp_path: Path):
    top = repository(tmp_path / "repository")
    organisation(top / "org")
    before = files_below(top)
    ended = call("init", "org", "--ci", "github", cwd=top)
    assert (ended.code, ended.out.splitlines()[0]) == (0, f"wrote {GITHUB}")
    assert set(files_below(top)) - set(before) == {GITHUB}
    assert entries(top) == {GITHUB: ["check", "org"]}


def test_an_organisation_is_found_where_a_repository_is_inside_of_it(tmp_path: Path):
    """A repository below an organisation: it lies in that organisation all the same."""
    organisation(tmp_path)
    top = repository(tmp_path / "inner")
    assert call("init", cwd=top).code == 2
