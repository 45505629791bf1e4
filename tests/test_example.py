"""The example organisation is clean, and every slip in it gives exactly the finding that a reader would give."""

from __future__ import annotations

from datetime import date

import pytest
from example_kit import DECLARING, TEXTS, Mutation, pointed_at, run
from example_mutations import MUTATIONS

from coordlint.model.kinds import COLLECTIONS, LogEntry
from coordlint.rules import all_rules


@pytest.mark.parametrize("preset", ["correctness", "recommended", "strict"])
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 2, 1)], ids=str)
def test_it_is_clean(day: date, preset: str) -> None:
    found = run(TEXTS, day, preset)
    assert [f"{each.span.path}:{each.span.line} {each.rule}: {each.message}" for each in found.findings] == []
    assert found.notes == ()


def test_it_is_whole() -> None:
    """Every collection is used, and large enough for an organisation of two hundred people."""
    org = run(TEXTS).org
    declared = {collection: len(org.all(kind)) for collection, kind in COLLECTIONS.items()}
    assert all(declared.values()), declared
    assert sum(declared.values()) - len(org.all(LogEntry)) >= 150


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.what.replace(" ", "-"))
def test_one_slip_is_one_finding(mutation: Mutation) -> None:
    texts = mutation.texts()
    found = run(texts, preset=mutation.preset).findings
    told = [
        (each.rule, f"{each.kind}/{each.id}".strip("/") if each.id else each.kind, pointed_at(each, texts))
        for each in found
    ]
    assert told == [(mutation.rule, mutation.about.rstrip("/"), mutation.line)]
    assert found[0].severity.word == (mutation.severity or found[0].severity.word)


def test_slips_of_every_rule() -> None:
    """Every rule has its slip, but for what needs bytes or a system that fails."""
    without = {"yaml/too-large", "yaml/not-utf8", "coordlint/rule-crashed", "coordlint/unreadable-file"}
    assert {rule.name for rule in all_rules()} - {mutation.rule for mutation in MUTATIONS} == without
    assert len({mutation.what for mutation in MUTATIONS}) == len(MUTATIONS)
