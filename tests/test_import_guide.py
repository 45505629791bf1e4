"""What the guide to importing shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import split

import pytest
from cli_kit import DAY, call
from importer_kit import SMALL, community

GUIDE = (Path(__file__).parent.parent / "docs" / "import.md").read_text(encoding="utf-8")
MEETING = """\
meetings:
  launch-weekly:
    purpose: Decide what holds up the launch.
    cadence: {every: week, day: wed, at: "10:00", lasts: 45m}
"""


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


def _commands() -> list[list[str]]:
    return [line.split() for line in re.findall(r"^    coordlint (import csv .* --into harbour)$", GUIDE, re.MULTILINE)]


def test_every_sheet_of_the_guide_becomes_what_it_says(tmp_path: Path) -> None:
    sheets, commands = _blocks("csv"), _commands()
    assert len(sheets) == len(commands) == 4
    for sheet, words in zip(sheets, commands, strict=True):
        (tmp_path / words[2]).write_text(sheet, encoding="utf-8")
        if words[4] == "log":
            (tmp_path / "harbour" / "meetings.yaml").write_text(MEETING, encoding="utf-8")
        ended = call(*words, cwd=tmp_path)
        assert ended.code == 0, ended.err
    people, rights = _blocks("yaml")
    folder = tmp_path / "harbour"
    assert (folder / "people.yaml").read_text(encoding="utf-8") == people
    assert rights.partition("\n")[2] in (folder / "decision-rights.yaml").read_text(encoding="utf-8")
    assert (folder / "log.yaml").read_text(encoding="utf-8").count("launch-weekly") == 3
    notes = (folder / "people.import-notes.md").read_text(encoding="utf-8")
    assert "`Ada Viser (near: ada-visser)`" in notes
    assert "`soon`" in notes
    checked = call("check", "harbour", "--format", "concise", *DAY, cwd=tmp_path)
    assert "decision/two-deciders" in checked.out
    assert "decision/no-decider" in checked.out
    assert not re.search(r"\b(yaml|shape|reference)/", checked.out)


@pytest.mark.parametrize("size", ["small", "whole"])
def test_five_commands_lead_from_nothing_to_a_check_that_tells_what_is_new(tmp_path: Path, size: str) -> None:
    begun = GUIDE.index("    coordlint import kubernetes-sigs sigs.yaml --into org\n    coordlint check org")
    lines = GUIDE[begun:].partition("\n\n")[0].splitlines()
    text = SMALL if size == "small" else community()
    (tmp_path / "sigs.yaml").write_text(text, encoding="utf-8")
    said = []
    for line in lines:
        words = split(line)[1:]
        if words[0] == "waive" and size == "small":
            words[1:3] = ["meeting/no-output", "sig-garden-seed-swap"]
        ended = call(*words, *(() if words[0] == "import" else DAY), cwd=tmp_path)
        assert "coordlint:" not in ended.err
        said.append(ended)
    assert [each.code for each in said] == [0, 1, 0, 0, 0]
    assert said[2].out.endswith("accepts 1 finding until 2027-03-31\n")
    last = said[-1].out.strip()
    assert re.fullmatch(r"no findings in \d+ files, \d+ declarations, \d+ waived", last)
    assert size == "small" or f"`{last}`" in GUIDE
