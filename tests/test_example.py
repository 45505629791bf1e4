"""The example organisation is clean, and every slip in it gives exactly the finding that a reader would give."""

from __future__ import annotations

from datetime import date

import pytest
from example_kit import TEXTS, Slip, pointed_at, run, slips
from schema_kit import core

from coordlint.model.kinds import COLLECTIONS, LogEntry
from coordlint.rules import all_rules

ALL = tuple(slips())
# What needs other bytes, a baseline, or a system that fails.
BEYOND_TEXT = {
    "yaml/too-large",
    "yaml/not-utf8",
    "waiver/stale-baseline",
    "coordlint/rule-crashed",
    "coordlint/unreadable-file",
}


@pytest.mark.parametrize("preset", ["correctness", "recommended", "strict"])
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 2, 1)], ids=str)
def test_it_is_clean(day: date, preset: str) -> None:
    found = run(TEXTS, day, preset)
    assert [f"{each.span.path}:{each.span.line} {each.rule}: {each.message}" for each in found.findings] == []
    assert found.notes == ()


def test_it_is_whole() -> None:
    """Every collection is used, and there is enough for an organisation of two hundred people."""
    org = run(TEXTS).org
    declared = {collection: len(org.all(kind)) for collection, kind in COLLECTIONS.items()}
    assert all(declared.values()), declared
    assert sum(declared.values()) - len(org.all(LogEntry)) >= 150


@pytest.mark.parametrize("slip", ALL, ids=lambda slip: slip.what.replace(" ", "-"))
def test_one_slip_is_one_finding(slip: Slip) -> None:
    texts = slip.texts()
    found = run(texts, preset=slip.preset).findings
    told = [(each.rule, f"{each.kind}/{each.id}".strip("/"), pointed_at(each, texts)) for each in found]
    assert told == [(slip.rule, slip.about, slip.line)]
    assert slip.severity in ("", found[0].severity.word)


def test_every_rule_has_a_slip() -> None:
    names = {rule.name for rule in all_rules()}
    house = {f"house/{id}" for id in core(TEXTS["coordlint.yaml"])["house_rules"]}
    told = {slip.rule for slip in ALL}
    assert house <= told <= names | house
    told -= house
    assert names - told == BEYOND_TEXT
    assert len({slip.what for slip in ALL}) == len(ALL) >= 60
