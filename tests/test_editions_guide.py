"""docs/editions.md is true: its settings are read, what it shows is what is said, and today nothing is a preview."""

from __future__ import annotations

import re
from pathlib import Path

from test_editions import DRINKS, PREVIEW, add, made, move, no_end

from coordlint.config import settings
from coordlint.document import read
from coordlint.rule import CORRECTNESS, Preset
from coordlint.rules import EDITIONS, NEXT, all_rules

GUIDE = (Path(__file__).parent.parent / "docs" / "editions.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|text)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)

__all__ = ["add"]


def test_what_it_configures_is_read() -> None:
    house = "".join(text for kind, text in BLOCKS if kind == "yaml")
    (config,) = read("coordlint.yaml", house.encode()).data
    assert isinstance(config, dict)
    chosen = {each.rule.name: each for each in settings(config).chosen}
    assert "handoff/no-time-limit" not in chosen
    assert chosen["meeting/too-many-people"].options["max"] == 7


def test_what_a_move_brings_is_told_so(add, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    add(PREVIEW, made(no_end, "meeting/no-end", since=NEXT, preset=CORRECTNESS), DRINKS)
    (shown,) = [text for kind, text in BLOCKS if kind == "text"]
    assert move(tmp_path).startswith(shown)


def test_today_every_rule_is_in_the_edition() -> None:
    """The page says so; the day that one is a preview, it has to say that."""
    assert {rule.since for rule in all_rules()} == {EDITIONS[-1]} == {"2026"}


def test_every_preset_is_told() -> None:
    assert re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE) == [preset.word for preset in Preset]


def test_the_rules_that_it_names_are_there() -> None:
    names = {rule.name for rule in all_rules()}
    invented = {"meeting/no-snacks", "meeting/no-drinks", "meeting/no-end"}
    assert set(re.findall(r"\b(?:meeting|handoff)/[a-z-]+", GUIDE)) - invented <= names
