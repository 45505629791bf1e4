"""The company as it was found: what is found in it, and that every edit its README shows mends what it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_kit import call
from org_kit import the

from coordlint.config import Asked
from coordlint.lint import Run
from coordlint.model.kinds import Handoff, Meeting
from coordlint.rule import Weakness
from coordlint.rules import all_rules
from coordlint.testing import InMemory

FOLDER = Path(__file__).parent.parent / "examples" / "legacy"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
WORDS = " ".join(README.split())
TEXTS = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
DAY = date(2026, 11, 23)

FOUND = """
    decision/decided-elsewhere        decision-right/discount
    decision/decided-twice            decision-right/customer-credit
    decision/declared-twice           decision-right/unit-return
    decision/too-many-vetoes          decision-right/public-claim
    decision/two-deciders             decision-right/customer-credit
    escalation/ends-without-decider   escalation/launch-stuck
    escalation/step-without-limit     escalation/order-stuck
    forum/decides-nothing             forum/ideas-circle
    forum/no-decider                  forum/product-council
    forum/no-deputy                   forum/line-council
    fragility/no-deputy               role/quality-lead
    handoff/nobody-accepts            handoff/field-findings
    handoff/receiver-unaware          handoff/design-to-plant
    handoff/same-rework-again         handoff/kit-to-regions
    handoff/step-outlived-its-reason  handoff/build-to-ship
    handoff/step-without-reason       handoff/build-to-ship
    initiative/depends-on-ended       initiative/plover-launch
    initiative/health-stale           initiative/order-system
    initiative/plans-do-not-meet      initiative/plover-launch
    initiative/slipped-in-silence     initiative/toronto-depot
    initiative/two-accountable        initiative/toronto-depot
    lifecycle/outlived-its-reason     meeting/heron-allocation
    lifecycle/past-until              role/interim-chief-of-staff
    lifecycle/review-overdue          forum/deal-desk
    lifecycle/status-expired          meeting/go-to-market
    load/house-limit                  role/ceo
    load/too-many-hats                person/ingrid-solheim
    meeting/decider-not-invited       decision-right/field-action
    meeting/purpose-says-nothing      meeting/management-meeting
    meeting/too-many-people           meeting/launch-weekly
    ownership/owner-left              role/regulatory-lead
    ownership/two-owners              team/sales-emea
    record/overdue                    record/pipeline
    record/two-sources                record/order-list
    reference/ended                   meeting/regional-sync
    reporting/status-only             context-line/americas-to-product
    reporting/two-bosses              person/sam-whitaker
    rigidity/collaboration-without-end  team/product
    term/defined-twice                term/dispatch-day
"""
EXPECTED = sorted((line.split()[0], line.split()[1]) for line in FOUND.strip().splitlines())

FAMILIES = """
    reference ownership meeting forum decision handoff escalation reporting
    initiative record term load fragility lifecycle rigidity
"""

_WORKSPACE = InMemory({})


class Edit(NamedTuple):
    """An edit that README shows: the rule that it speaks of, a file, its lines before and after, what is then left."""

    rule: str
    path: str
    old: str
    new: str
    left: int

    def applied(self, texts: dict[str, str]) -> dict[str, str]:
        before = "\n" + texts[self.path]
        assert before.count(f"\n{self.old}") == 1, f"{self.path} does not hold these lines once:\n{self.old}"
        return {**texts, self.path: before.replace(f"\n{self.old}", f"\n{self.new}")[1:]}


def edits() -> list[Edit]:
    shown = re.findall(r"^`(\S+)`, in `(\S+)`:\n\n```diff\n(.*?)```\n\n`check` now says (\d+)", README, re.M | re.S)
    assert len(shown) == README.count("```diff")
    return [_edit(rule, path, block.splitlines(), int(left)) for rule, path, block, left in shown]


def _edit(rule: str, path: str, lines: list[str], left: int) -> Edit:
    old = "".join(line[1:] + "\n" for line in lines if line[0] != "+")
    new = "".join(line[1:] + "\n" for line in lines if line[0] != "-")
    return Edit(rule, path, old, new, left)


EDITS = edits()


def run(texts: dict[str, str]) -> Run:
    _WORKSPACE.overlay = {path: text.encode() for path, text in texts.items()}
    return _WORKSPACE.run(Asked(), DAY)


def found_in(texts: dict[str, str]) -> Counter[tuple[str, str]]:
    return Counter((each.rule, f"{each.kind}/{each.id}") for each in run(texts).findings)


def test_it_finds_what_accreted() -> None:
    assert sorted(found_in(TEXTS).elements()) == EXPECTED
    assert run(TEXTS).notes == ()


def test_it_is_broad() -> None:
    """Many rules, every family that looks at how people coordinate, every kind of weakness."""
    rules = {rule for rule, _ in EXPECTED}
    assert len(rules) >= 28
    assert {rule.partition("/")[0] for rule in rules} == set(FAMILIES.split())
    assert {rule.weakness for rule in all_rules() if rule.name in rules} == set(Weakness)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.rule)
def test_an_edit_mends_what_it_speaks_of_and_nothing_else(edit: Edit) -> None:
    before, after = found_in(TEXTS), found_in(edit.applied(TEXTS))
    assert [rule for rule, _ in (before - after).elements()] == [edit.rule]
    assert after - before == Counter()
    assert 1 <= max(edit.old.count("\n"), edit.new.count("\n")) <= 5


def test_after_each_edit_as_many_are_left_as_readme_says() -> None:
    texts, left = dict(TEXTS), []
    for edit in EDITS:
        texts = edit.applied(texts)
        left.append(len(run(texts).findings))
    assert left == [edit.left for edit in EDITS]
    assert "eleven things are mended" in WORDS
    assert len(EDITS) == 11


def test_check_ends_as_readme_says() -> None:
    ended = call("check", str(FOLDER), "--as-of", str(DAY), cwd=FOLDER)
    assert ended.code == 1
    assert f"    {ended.out.splitlines()[-1]}\n" in README


def test_readme_names_rules_that_find_something() -> None:
    named = set(re.findall(r"`([a-z]+/[a-z-]+)`", README))
    assert named - {rule for rule, _ in EXPECTED} == set()


def test_numbers_in_readme_are_those_of_the_files() -> None:
    said = {each.rule: each.message for each in run(TEXTS).findings}
    assert said["load/house-limit"].startswith("9 people")
    assert "nine report to her, and she agreed on eight" in WORDS
    assert "holds 5 roles" in said["load/too-many-hats"]
    assert "Ingrid Solheim holds five roles" in WORDS
    assert "in 3 of the last 4 quarters" in said["handoff/same-rework-again"]
    assert "three times this year the regions sent a launch kit back" in WORDS
    assert "on 2026-09-22, and again on 2026-10-08" in said["decision/decided-twice"]
    assert "in September one of them gave Saint-Luc no credit, and in October the other" in WORDS
    org = run(TEXTS).org
    sitting = {each: 1 + len(the(Meeting, org, each).attendees) for each in ("management-meeting", "heron-allocation")}
    assert sitting == {"management-meeting": 10, "heron-allocation": 5}
    assert "Ten people sit" in WORDS
    assert "five people decide" in WORDS
    assert the(Handoff, org, "build-to-ship").per_month == 90
    assert "ninety deliveries a month" in WORDS


def test_the_manual_counts_and_names_the_findings(tmp_path: Path) -> None:
    ended = call("render", str(FOLDER), "--as-of", str(DAY), "--into", str(tmp_path / "manual"), cwd=FOLDER)
    assert ended.code == 0, ended.err
    home = (tmp_path / "manual" / "index.html").read_text(encoding="utf-8")
    assert "39 open: 11 errors (E), 28 warnings (W)" in re.sub(r"<[^>]*>", "", home)
    families = set(re.findall(r'href="findings\.html#([a-z]+)"', home))
    assert families == {rule.partition("/")[0] for rule, _ in EXPECTED}
    listed = (tmp_path / "manual" / "findings.html").read_text(encoding="utf-8")
    assert [rule for rule, _ in EXPECTED if rule not in listed] == []
