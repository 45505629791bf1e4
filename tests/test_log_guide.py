"""docs/log.md is true: its commands work on the example, and it names the rules that read the log."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from cli_kit import call

from coordlint.rules import all_rules

REPOSITORY = Path(__file__).parent.parent
GUIDE = (REPOSITORY / "docs" / "log.md").read_text(encoding="utf-8")
DAY = ("--as-of", "2026-11-23")
COMMANDS = re.findall(r"^    (coordlint log .*)$", GUIDE, re.MULTILINE)


def example(folder: Path) -> Path:
    return Path(shutil.copytree(REPOSITORY / "examples" / "org", folder / "org"))


def test_every_command_works_as_it_stands(tmp_path: Path) -> None:
    root = example(tmp_path)
    before = (root / "log.yaml").read_text()
    for command in COMMANDS:
        ended = call(*shlex.split(command)[1:], *DAY, cwd=root)
        assert (ended.code, ended.err) == (0, ""), command
    after = (root / "log.yaml").read_text()
    assert after.startswith(before)
    assert {re.search(r"\{?(\w+)", command.split()[2])[0] for command in COMMANDS} == set(  # type: ignore[index]
        re.findall(r"^\| [^|]* \| `(\w+)` \|", GUIDE, re.MULTILINE)
    ), "one of each sort"
    found = call("check", "--preset", "strict", "--fail-on", "info", "--format", "concise", *DAY, cwd=root).out
    told = found.splitlines()[:-1]
    assert len(told) == 1
    assert f"\n    {told[0]}\n" in GUIDE, "what it shows is what is found"


def test_what_it_shows_is_what_is_said(tmp_path: Path) -> None:
    root = example(tmp_path)
    said = call(*shlex.split(COMMANDS[0])[1:], *DAY, cwd=root).out
    assert "".join(f"    {line}\n" for line in said.splitlines()) in GUIDE
    refused = re.search(r"^    \$ coordlint (.*)\n    (.*)$", GUIDE, re.MULTILINE)
    assert refused is not None
    assert call(*shlex.split(refused[1]), *DAY, cwd=root).err == f"{refused[2]}\n"


def test_it_names_the_rules_that_read_the_log() -> None:
    named = re.findall(r"^\| \[([a-z/-]+)\]", GUIDE, re.MULTILINE)
    assert sorted(named) == sorted(rule.name for rule in all_rules() if re.search(r"^ +log:$", rule.page, re.MULTILINE))
