"""The part of docs/waivers.md on baselines is true: its commands write the file that it shows, and say what it says."""

from __future__ import annotations

import re
from pathlib import Path

from cli_kit import call
from test_waivers_guide import NOTHING, PLAIN

GUIDE = (
    (Path(__file__).parent.parent / "docs" / "waivers.md").read_text(encoding="utf-8").partition("\n## A baseline")[2]
)
COMMANDS = re.findall(r"^    (coordlint .*)$", GUIDE, re.MULTILINE)
SAID, SHOWN = [text for _, text in re.findall(r"^```(yaml|text)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)]
DAY = ("--as-of", "2026-06-15")


def test_the_commands_do_what_the_page_shows(tmp_path: Path) -> None:
    assert call("init", cwd=tmp_path).code == 0
    (tmp_path / "sales.yaml").write_text(PLAIN)
    begin, prune = COMMANDS
    assert begin == 'coordlint baseline --reason "it was so when we began"'
    assert prune == "coordlint baseline --prune"
    ended = call("baseline", "--reason", "it was so when we began", *DAY, cwd=tmp_path)
    assert (ended.code, ended.out) == (0, SAID)
    assert (tmp_path / "coordlint-baseline.yaml").read_text() == SHOWN
    ended = call("check", *DAY, cwd=tmp_path)
    assert (ended.code, ended.out) == (0, NOTHING)
    (tmp_path / "sales.yaml").write_text(PLAIN.rstrip("\n") + "\n    chair: chief-of-staff\n")
    ended = call("check", *DAY, cwd=tmp_path)
    assert (ended.code, "waiver/stale-baseline" in ended.out) == (1, True)
    assert call("baseline", "--prune", *DAY, cwd=tmp_path).code == 0
    assert "waiver/stale-baseline" not in call("check", *DAY, cwd=tmp_path).out
