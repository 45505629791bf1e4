"""What all of a kind lack: one can be accepted, a new one is told, and one that is mended makes no other new.

It is so also for rules that look at the whole organisation at once, and say themselves of what kind all are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_kit import DAY as AS_OF
from cli_kit import call, organisation

from coordlint.baseline import Entry, read, write
from coordlint.config import BASELINE_FILE, Asked
from coordlint.document import read as document
from coordlint.lint import Run
from coordlint.testing import DAY, HOUSE, InMemory

STALE = "waiver/stale-baseline"
WHY = "Agreed in spring."


class Kind(NamedTuple):
    """What lacks something: how its lines begin, one of it without and with what it lacks, and what is said of all."""

    rule: str
    head: str
    one: Callable[[int], str]
    mended: Callable[[int], str]
    message: str
    of: str
    at: str = "d"
    foot: str = ""


def handoff(number: int, more: str = "") -> str:
    return f"  d{number}: {{from: mill, to: bakery, delivers: What was milled{more}}}"


def step(number: int, more: str = "") -> str:
    return f"      - {{do: Look at it for the time {number}{more}}}"


KINDS = [
    Kind(
        "ownership/unowned", "terms:\n",
        lambda n: f"  d{n}: {{means: What is meant by {n}.}}",
        lambda n: f"  d{n}: {{means: What is meant by {n}., owner: ext/x}}",
        "nobody answers for any of the {} terms", "terms",
    ),
    Kind(
        "ownership/unowned", "teams:\n",
        lambda n: f"  d{n}: {{purpose: What is done in {n}.}}",
        lambda n: f"  d{n}: {{purpose: What is done in {n}., lead: ext/x}}",
        "nobody answers for any of the {} teams", "teams",
    ),
    Kind(
        "escalation/none", "handoffs:\n", handoff,
        lambda n: handoff(n, ", escalation: late"),
        "none of the {} handoffs between teams may be escalated", "handoffs",
        foot="teams: {mill: {lead: ext/a}, bakery: {lead: ext/b}}\n"
             "escalations: {late: {for: roof, steps: [{to: ext/c}]}}\n"
             "decision_rights: {roof: {question: Do we mend the roof?, decider: ext/c}}\n",
    ),
    Kind(
        "handoff/step-without-reason",
        "handoffs:\n  way:\n    from: mill\n    to: bakery\n    delivers: What was milled\n    steps:\n",
        step, lambda n: step(n, ", because: One in ten was wrong."),
        "none of the {} steps on the way of hand-offs says why it is there", "handoffs", at="way",
    ),
    Kind(
        "lifecycle/no-review", "decision_rights:\n",
        lambda n: f"  d{n}: {{question: May {n} work overtime?, decider: ext/x}}",
        lambda n: f"  d{n}: {{question: May {n} work overtime?, decider: ext/x, review_every: year}}",
        "nothing says when any of the {} decision rights is looked at again", "decision_rights",
    ),
    Kind(
        "lifecycle/no-because", "meetings:\n",
        lambda n: f"  d{n}: {{status: trial, cadence: as needed}}",
        lambda n: f"  d{n}: {{status: trial, cadence: as needed, because: Nobody knew of {n}.}}",
        "nothing says which problem any of the {} trials solves", "trials", at="meeting/d",
    ),
]  # fmt: skip

every_kind = pytest.mark.parametrize("kind", KINDS, ids=[f"{each.rule}-{each.of}" for each in KINDS])


def text(kind: Kind, numbers: range, mended: tuple[int, ...] = (), ends: dict[int, str] | None = None) -> str:
    lines = [(kind.mended if n in mended else kind.one)(n) + (ends or {}).get(n, "") for n in numbers]
    return kind.head + "\n".join(lines) + "\n" + kind.foot


def run(kind: Kind, held: str, baseline: str = "") -> Run:
    texts = {"coordlint.yaml": HOUSE, "a.yaml": held} | ({BASELINE_FILE: baseline} if baseline else {})
    return InMemory(texts).run(Asked(select=(kind.rule, "waiver")), DAY, compare=True)


def said(found: Run, rule: str) -> list[tuple[str, int]]:
    return [(each.message, each.times) for each in found.findings if each.rule in (rule, "waiver")]


def taken(kind: Kind, held: str, baseline: str = "") -> str:
    compared = run(kind, held, baseline).compared
    assert compared is not None
    return write(compared.today)


def pruned(kind: Kind, held: str, baseline: str) -> str:
    compared = run(kind, held, baseline).compared
    assert compared is not None
    return write(compared.pruned)


def entries(baseline: str) -> tuple[Entry, ...]:
    return read(document(BASELINE_FILE, baseline.encode()), BASELINE_FILE)


@every_kind
def test_from_five_on_it_is_said_once_and_below_of_each(kind: Kind) -> None:
    (found,) = run(kind, text(kind, range(5))).findings
    assert (found.message, found.times, found.id, len(found.related)) == (kind.message.format(5), 5, "", 3)
    four = run(kind, text(kind, range(4))).findings
    assert len({(each.fingerprint, each.times) for each in four}) == 4
    assert len(run(kind, text(kind, range(6), mended=(5,))).findings) == 5, "once one has it, each speaks for itself"


@every_kind
@pytest.mark.parametrize("waived", range(6))
def test_any_one_of_six_is_accepted_and_five_are_said_once(kind: Kind, waived: int) -> None:
    (before,) = run(kind, text(kind, range(6))).findings
    comment = f"   # coordlint: ignore[{kind.rule}] {WHY}"
    after = run(kind, text(kind, range(6), ends={waived: comment}))
    (found,) = after.findings
    assert (found.message, found.fingerprint) == (kind.message.format(5), before.fingerprint)
    (accepted,) = after.waived
    assert (accepted.times, accepted.span.line) == (1, kind.head.count("\n") + 1 + waived)
    more = run(kind, text(kind, range(9), ends={waived: comment}))
    assert [each.message for each in more.findings] == [kind.message.format(8)]


@every_kind
def test_one_more_than_a_baseline_holds_is_told(kind: Kind) -> None:
    baseline = taken(kind, text(kind, range(5)))
    (entry,) = entries(baseline)
    assert (entry.where, len(entry.of), entry.says) == (kind.of, 5, kind.message.format(5))
    assert all(each.startswith(kind.at) for each in entry.of)
    assert run(kind, text(kind, range(5)), baseline).findings == ()
    more = run(kind, text(kind, range(6)), baseline)
    (found,) = more.findings
    assert (found.rule, found.times, [each.times for each in more.waived]) == (kind.rule, 1, [5])
    (again,) = entries(taken(kind, text(kind, range(6)), baseline))
    assert (len(again.of), again.fingerprint) == (6, entry.fingerprint)


@every_kind
@pytest.mark.parametrize("mended", [0, 5])
def test_one_that_is_mended_makes_no_other_new(kind: Kind, mended: int) -> None:
    baseline = taken(kind, text(kind, range(6)))
    now = text(kind, range(6), mended=(mended,))
    found = run(kind, now, baseline)
    assert [each.rule for each in found.findings] == [STALE]
    assert found.findings[0].message == "of 6 that are accepted here, 5 are still found"
    assert len(found.waived) == 5
    left = pruned(kind, now, baseline)
    (entry,) = entries(left)
    assert (len(entry.of), entry.says) == (5, kind.message.format(5))
    assert run(kind, now, left).findings == ()


def test_two_kinds_of_one_rule_are_told_and_accepted_apart() -> None:
    terms, teams = KINDS[:2]
    both = text(terms, range(5)) + text(teams, range(6))
    assert sorted(each.message for each in run(terms, both).findings) == [
        "nobody answers for any of the 5 terms",
        "nobody answers for any of the 6 teams",
    ]
    assert [(each.where, len(each.of)) for each in entries(taken(terms, both))] == [("teams", 6), ("terms", 5)]
    assert len(run(terms, both, taken(terms, text(terms, range(5)))).findings) == 1


def test_trials_of_several_kinds_are_told_apart_where_they_have_one_name() -> None:
    trials = KINDS[-1]
    held = text(trials, range(4)) + "handoffs:\n  d0: {status: trial, from: mill, to: bakery, delivers: Flour}\n"
    (found,) = run(trials, held).findings
    assert found.message == trials.message.format(5)
    (entry,) = entries(taken(trials, held))
    assert entry.of == ("handoff/d0", "meeting/d0", "meeting/d1", "meeting/d2", "meeting/d3")


def test_each_of_five_is_waived_in_its_declaration(tmp_path: Path) -> None:
    terms = KINDS[0]
    folder = organisation(tmp_path, {"terms.yaml": text(terms, range(5))}, HOUSE)
    left = [terms.message.format(n) for n in (4, 3, 2)]
    for number, message in zip((4, 0, 2, 1, 3), [*left, "nobody answers for term `d3`", ""], strict=True):
        ended = call("waive", terms.rule, f"term/d{number}", "--reason", f"{WHY} {number}", *AS_OF, cwd=folder)
        assert (ended.code, ended.out.splitlines()[-1]) == (0, "accepts 1 finding")
        checked = call("check", "--select", terms.rule, "--select", "waiver", "--format", "concise", *AS_OF, cwd=folder)
        assert message in checked.out
        assert (terms.rule in checked.out) == bool(message)
        assert "waiver/unused" not in checked.out
