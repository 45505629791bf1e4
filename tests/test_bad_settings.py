"""What the system keeps back, and settings, rules and folders that would do harm.

Each test is named after what comes in, and looks at it from the command line.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_kit import BROKEN, CLEAN, DAY, HOUSE, Ended, call, coordlint, environment, organisation

MOST_SECONDS = 4.0
ATTENTIVE = HOUSE.replace("correctness", "recommended")


# Files that the system keeps back.


def without_privileges() -> list[str]:
    """What to put before a command so that permissions hold for it, too; skips where there is no way."""
    if os.geteuid() != 0:
        return []
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
    works = shutil.which("setpriv") and subprocess.run([*drop, "true"], capture_output=True).returncode == 0
    if not works:
        pytest.skip("root reads everything here")
    return drop


def shut_out(folder: Path, *words: str) -> Ended:
    ended = subprocess.run(
        [*without_privileges(), sys.executable, "-m", "coordlint", *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_a_file_that_may_not_be_read(tmp_path: Path):
    organisation(tmp_path, {"shut.yaml": CLEAN, "bad.yaml": "roles: {b: {held_by: 3}}\n"})
    (tmp_path / "shut.yaml").chmod(0)
    ended = shut_out(tmp_path, "check", "--format", "concise", *DAY)
    assert ended.code == 2
    assert "shut.yaml: error[coordlint/unreadable-file] the file cannot be read: permission denied" in ended.out
    assert [shut_out(tmp_path, "render", "--into", "out", *more).code for more in ([], ["--check"])] == [2, 2]
    assert "bad.yaml:1:22: error[shape/bad-value]" in ended.out


def test_a_folder_that_may_not_be_read(tmp_path: Path):
    organisation(tmp_path, {"shut/a.yaml": CLEAN, "bad.yaml": "roles: {b: {held_by: 3}}\n"})
    (tmp_path / "shut").chmod(0)
    try:
        ended = shut_out(tmp_path, "check", "--format", "concise", *DAY)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert ended.code == 2
    assert "shut: error[coordlint/unreadable-file] the folder cannot be read: permission denied" in ended.out
    assert "bad.yaml:1:22: error[shape/bad-value]" in ended.out


def test_a_house_that_may_not_be_read(tmp_path: Path):
    organisation(tmp_path)
    (tmp_path / "coordlint.yaml").chmod(0)
    ended = shut_out(tmp_path, "check")
    assert (ended.code, ended.err) == (2, "coordlint: coordlint.yaml cannot be read: Permission denied\n")


def test_a_folder_that_may_not_be_written(tmp_path: Path):
    organisation(tmp_path / "org")
    tmp_path.chmod(0o500)
    try:
        for words in (
            ["check", "org", "--output", "json=a.json"],
            ["init", "new"],
            ["schema", "--into", "new"],
            ["render", "org", "--into", "new"],
            ["rules", "--into", "new"],
        ):
            ended = shut_out(tmp_path, *words)
            assert ended.code == 2
            assert "ermission denied" in ended.err
            assert "Traceback" not in ended.err
        assert shut_out(tmp_path, "check", "org").code == 0, "a check writes nothing"
    finally:
        tmp_path.chmod(0o700)
    assert [path.name for path in tmp_path.iterdir()] == ["org"]


# Settings.


def refused(folder: Path, house: str, *words: str) -> str:
    """What is said of a coordlint.yaml that cannot be used."""
    organisation(folder, house=house)
    ended = call("check", *words, *DAY, cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("coordlint: coordlint.yaml")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    assert ended.err.isprintable() or ended.err[:-1].isprintable()
    return ended.err


@pytest.mark.parametrize(
    "house",
    [
        "",
        "[]",
        "text",
        "{",
        "\x00",
        "\x1b[31m: 1",
        "\xff",
        HOUSE + "surprise: 1\n",
        HOUSE + '"\\u001b[31m\\u202e\\n": 1\n',
        HOUSE + "edition: 2026\n",
        HOUSE + "exclude: 3\n",
        HOUSE + "exclude: [{}]\n",
        HOUSE + "rules: all\n",
        HOUSE + "rules: {a/b: off}\n",
        HOUSE + "rules: {meeting/no-purpose: sometimes}\n",
        HOUSE + "rules: {meeting/no-purpose: {max: 3}}\n",
        HOUSE + "rules: {meeting/too-many-people: {max: many}}\n",
        HOUSE + "rules: {meeting/too-many-people: {max: true}}\n",
        HOUSE + "rules: {coordlint/rule-crashed: off}\n",
        HOUSE + "rules: {coordlint/unreadable-file: off}\n",
        HOUSE + "plugins: [os]\n",
        HOUSE + "templates: ../x\n",
        HOUSE + "a: &a [*a]\n",
        HOUSE + "x: " + "[" * 100_000 + "\n",
        HOUSE + "x: " + "a" * 3_000_000 + "\n",
        HOUSE.replace('"2026"', "2026-01-01"),
        HOUSE.replace("correctness", "none"),
        HOUSE + "exclude: [" + ", ".join(f"a{number}" for number in range(10_000)) + "]\n",
        HOUSE + "paths: [" + ", ".join(f"{{match: a{number}}}" for number in range(101)) + "]\n",
    ],
)
def test_a_house_that_cannot_be_used(tmp_path: Path, house: str):
    assert len(refused(tmp_path, house)) < 1000


def test_what_was_meant_is_asked_once(tmp_path: Path):
    said = refused(tmp_path, HOUSE.replace('"2026"', '"2027"'))
    assert said == "coordlint: coordlint.yaml:3:10: `edition` cannot be `2027`; did you mean `2026`?\n"


@pytest.mark.parametrize("setting", ["exclude: ['{}']\n", "paths: [{{match: '{}', visible_to: ext/board}}]\n"])
@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 50 + "b", "**/" * 60 + "b", "**/a/" * 39 + "b", "(a+)+$", "?*" * 90, "[" * 190, "a" * 200,
        "**" * 99 + "b", "a**" * 60 + "b",
    ],
)  # fmt: skip
def test_patterns_that_would_run_for_ever(tmp_path: Path, setting: str, pattern: str):
    names = ["a" * 200 + ".yaml", "/".join(["a"] * 100) + "/a.yaml", "aaaa/" * 20 + "a" * 245 + ".yaml"]
    files = {name: f"terms: {{t{index}: {{means: A word.}}}}\n" for index, name in enumerate(names)}
    organisation(tmp_path, {"roles.yaml": CLEAN, **files}, HOUSE + setting.format(pattern))
    ended = coordlint("render", "--into", "manual", *DAY, cwd=tmp_path, measure=True)
    assert ended.code == 0
    assert ended.seconds < MOST_SECONDS


@pytest.mark.parametrize(
    "output", ["../out", "../../x", "..", ".", "", "/", "out/../../x", ".git/x", "~/x", "link", "/tmp/x"]
)
def test_a_house_that_would_have_the_manual_elsewhere(tmp_path: Path, output: str):
    root = organisation(tmp_path / "org", house=f"{HOUSE}manual: {{output: '{output}'}}\n")
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to("../elsewhere")
    outside = Path(tempfile.gettempdir(), "x")
    before = set(tmp_path.rglob("*")), outside.exists()
    ended = call("render", *DAY, cwd=root)
    if output == "~/x":
        assert {path.relative_to(root).parts[0] for path in root.rglob("*")} >= {"~"}, "no more than a name"
        return
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert (set(tmp_path.rglob("*")), outside.exists()) == before, "nothing is written"


def test_where_the_command_line_says_the_manual_goes_elsewhere(tmp_path: Path):
    root = organisation(tmp_path / "org", house=f"{HOUSE}manual: {{output: '../out'}}\n")
    assert call("render", "--into", "../out", *DAY, cwd=root).code == 0
    assert (tmp_path / "out" / "index.html").is_file()


# Mistakes of our own.


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    """`meeting/no-purpose` crashes, with a text that is meant for a terminal."""
    from coordlint import config

    def stumble(_: object, meeting: object) -> Iterator[None]:
        raise KeyError(f"\x1b[31m{meeting}\n" * 3)
        yield

    rules = tuple(
        rule._replace(check=stumble) if rule.name == "meeting/no-purpose" else rule for rule in config.all_rules()
    )
    monkeypatch.setattr(config, "all_rules", lambda: rules)


@pytest.mark.usefixtures("stumbling")
def test_a_rule_that_crashes_is_one_finding_and_the_others_go_on(tmp_path: Path):
    meeting = "meetings:\n  weekly: {chair: ext/a, attendees: [ext/a], cadence: as needed}\n"
    organisation(tmp_path, {"roles.yaml": BROKEN, "meetings.yaml": meeting}, ATTENTIVE)
    ended = call("check", "--format", "jsonl", *DAY, cwd=tmp_path)
    assert ended.code == 2
    findings = [json.loads(line) for line in ended.out.splitlines()]
    (crash,) = [each for each in findings if each["rule"] == "coordlint/rule-crashed"]
    assert (crash["path"], crash["line"], crash["id"]) == ("meetings.yaml", 2, "weekly")
    assert crash["message"].startswith("rule `meeting/no-purpose` crashed here: KeyError: ")
    assert {"reference/unresolved"} <= {each["rule"] for each in findings}
    for form in ("text", "concise"):
        assert "\x1b" not in call("check", "--format", form, *DAY, cwd=tmp_path).out
    assert call("check", "--fail-on", "info", "--select", "meeting", *DAY, cwd=tmp_path).code == 2
    assert call("check", "roles.yaml", *DAY, cwd=tmp_path).code == 2
    assert call("check", "--ignore", "meeting/no-purpose", *DAY, cwd=tmp_path).code == 1


@pytest.mark.usefixtures("stumbling")
def test_a_crash_may_weigh_less_and_is_none_the_less_one(tmp_path: Path):
    meeting = "meetings:\n  weekly: {chair: ext/a, attendees: [ext/a], cadence: as needed}\n"
    organisation(tmp_path, {"m.yaml": meeting}, ATTENTIVE + "rules: {coordlint/rule-crashed: info}\n")
    assert call("check", *DAY, cwd=tmp_path).code == 2


def test_no_connection_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.__init__", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    text = CLEAN + "    links: ['https://example.com/x', 'http://127.0.0.1:9/']\n"
    organisation(tmp_path / "org", {"roles.yaml": text})
    for words in (
        ["check", "org"],
        ["render", "org", "--into", "out"],
        ["render", "org", "--into", "out", "--check"],
        ["explain", "meeting/no-purpose"],
        ["rules"],
        ["schema", "--into", "schemas"],
        ["init", "new", "--ci", "github", "--hook"],
    ):
        assert call(*words, cwd=tmp_path).code == 0, words
