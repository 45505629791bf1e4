"""docs/waivers.md is true: each way that it shows accepts the finding that it shows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from coordlint.cli.init import START
from coordlint.lint import Run
from coordlint.report import Look, render
from coordlint.rules import all_rules
from coordlint.testing import InMemory

GUIDE = (
    (Path(__file__).parent.parent / "docs" / "waivers.md").read_text(encoding="utf-8").partition("\n## A baseline")[0]
)
BLOCKS = re.findall(r"^```(yaml|text)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
PLAIN, *WAYS = [text for kind, text in BLOCKS if kind == "yaml"]
FOUND, NOTHING = [text for kind, text in BLOCKS if kind == "text"]
# The page begins with what `coordlint init` writes.
BEGUN = {path.name: path.read_text(encoding="utf-8") for path in (START / "organisation").iterdir()}
HOUSE = BEGUN["coordlint.yaml"]
DAY, AFTER = date(2026, 9, 30), date(2026, 10, 1)


def run(text: str, day: date) -> Run:
    if text.startswith("waive"):
        return InMemory({**BEGUN, "coordlint.yaml": HOUSE + text, "sales.yaml": PLAIN}).run(as_of=day)
    return InMemory({**BEGUN, "sales.yaml": text}).run(as_of=day)


def told(found: Run) -> str:
    return render("concise", [found], lambda _run, _path: None, Look(max_findings=0))


def test_the_finding_is_there() -> None:
    assert told(run(PLAIN, DAY)).startswith(FOUND)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_accepts_it_to_the_last_day(way: str) -> None:
    assert told(run(way, DAY)) == NOTHING
    assert sorted(each.rule for each in run(way, AFTER).findings) == ["meeting/no-owner", "waiver/expired"]


def test_there_are_three() -> None:
    assert len(WAYS) == 3


def test_every_rule_on_waivers_is_told() -> None:
    rules = {rule.name for rule in all_rules() if rule.family == "waiver"}
    assert set(re.findall(r"\[(waiver/[a-z-]+)\]", GUIDE)) == rules - {"waiver/stale-baseline"}
