"""What holds for any organisation: a waiver accepts exactly what it speaks of, and no order makes a difference."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from drawn_orgs import HOUSE, Org, draw, in_many_files, in_one_file
from hypothesis import given, settings
from hypothesis import strategies as st

from coordlint.document import read
from coordlint.finding import Finding
from coordlint.lint import Run
from coordlint.model.base import ANY
from coordlint.model.kinds import KINDS
from coordlint.readers import fast, outline
from coordlint.readers.addressed import addressed
from coordlint.testing import DAY, InMemory

SEEDS = st.integers(0, 2**32 - 1)
slow = pytest.mark.slow
quick, deep = settings(max_examples=40, deadline=None), settings(max_examples=1000, deadline=None)
REASON = "Agreed in spring."


def look(texts: Mapping[str, str | bytes]) -> Run:
    return InMemory(texts).run(as_of=DAY)


def without_waivers(org: Org) -> Org:
    for declarations in org.declared.values():
        for data in declarations.values():
            data.pop("waive", None)
    return org


def one_by_one(found: Run, seed: int) -> Finding | None:
    """A finding of a rule that tells none of its findings together, so that each can be accepted for itself."""
    together = {each.rule for each in found.findings if each.times > 1}
    every = [each for each in found.findings if each.rule not in together and each.span.line > 0]
    return random.Random(seed).choice(every) if every else None


def is_own(finding: Finding, words: str) -> bool:
    """Whether a related place belongs to the problem, and is not only named beside it."""
    if words.startswith("and so ") or words.endswith(", which is like it"):
        return False
    # What is said once for many is true of each by itself: a place of another one is none of its own.
    return finding.times == 1 and words not in ("nor for this", "nor this")


def lines(finding: Finding) -> set[tuple[str, int]]:
    own = (span for span, words in finding.related if is_own(finding, words))
    return {(span.path, span.line) for span in (finding.span, *own)}


def marks(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return sorted((each.fingerprint, each.message, each.severity.word) for each in findings)


def accepts_only(before: Run, after: Run, meant: list[Finding]) -> None:
    """What is meant is accepted and all else is told as before, each under the fingerprint that it had."""
    assert meant
    assert marks(after.waived) == marks(tuple(meant))
    assert marks(after.findings) == marks(tuple(each for each in before.findings if each not in meant))
    assert {each.accepted.reason for each in after.waived if each.accepted} == {REASON}


def by_comment(seed: int) -> None:
    texts = in_one_file(without_waivers(draw(seed)))
    before = look(texts)
    target = one_by_one(before, seed)
    if target is None:
        return
    path, line = target.span.path, target.span.line
    meant = [each for each in before.findings if each.rule == target.rule and (path, line) in lines(each)]
    written = f"# coordlint: ignore[{target.rule}] {REASON}"
    rows = texts[path].split("\n")
    if seed % 2:
        rows.insert(line - 1, f"   {written}")
    else:
        rows[line - 1] += f"   {written}"
    after = look({**texts, path: "\n".join(rows)})
    assert not [each for each in after.findings if each.rule.startswith("waiver/")]
    accepts_only(before, after, meant)


def lies_in(texts: Mapping[str, str], collection: str, name: str, finding: Finding) -> bool:
    """Whether a place of a finding stands in a declaration of a file that holds all."""
    text = texts["all.yaml"]
    part = next(part for part in outline.parts(text) if part.route == (collection, name))
    first, end = text.count("\n", 0, part.start) + 1, text.count("\n", 0, part.end) + 1
    return any(path == "all.yaml" and first <= line < end for path, line in lines(finding))


def in_the_declaration(seed: int) -> None:
    org = without_waivers(draw(seed))
    texts = in_one_file(org)
    before = look(texts)
    target = one_by_one(before, seed)
    # What a scenario is called, coordlint.yaml cannot say.
    if target is None or not target.id or target.kind not in ANY:
        return
    collection = KINDS[target.kind].collection
    meant = [
        each for each in before.findings if each.rule == target.rule and lies_in(texts, collection, target.id, each)
    ]
    entry: dict[str, Any] = {"rule": target.rule, "reason": REASON}
    if seed % 2:
        org.declared[collection][target.id]["waive"] = [entry]
        texts = in_one_file(org)
    else:
        house = (
            texts["coordlint.yaml"]
            + f"waive: {{rule: {target.rule}, for: {target.kind}/{target.id}, reason: {REASON}}}\n"
        )
        texts = {**texts, "coordlint.yaml": house}
    after = look(texts)
    assert not [each for each in after.findings if each.rule == "waiver/unused"]
    if not any("like" in data for data in org.declared[collection].values()):
        accepts_only(before, after, meant)
    else:  # What a rule finds when it looks at who is like another may have its place in the other.
        assert {*marks(tuple(meant))} <= {*marks(after.waived)}
        assert marks((*after.waived, *after.findings)) == marks(before.findings)


def everywhere(seed: int) -> None:
    texts = in_one_file(without_waivers(draw(seed)))
    before = look(texts)
    if not before.findings:
        return
    rule = random.Random(seed).choice(before.findings).rule
    house = texts["coordlint.yaml"] + f"waive: [{{rule: {rule}, reason: {REASON}}}]\n"
    after = look({**texts, "coordlint.yaml": house})
    accepts_only(before, after, [each for each in before.findings if each.rule == rule])


def in_any_order(seed: int) -> None:
    """Waivers in declarations and in coordlint.yaml, some of them of another day, some for nothing."""
    org, chance = without_waivers(draw(seed)), random.Random(seed)
    found = look(in_one_file(org)).findings
    rules = sorted({each.rule for each in found})
    for each in chance.sample(found, min(len(found), 12)):
        collection = KINDS[each.kind].collection if each.kind else ""
        if each.id and collection in org.declared:
            until = {"until": chance.choice(["2020-01-01", "2030-01-01"])} if chance.random() < 0.5 else {}
            reason = {"reason": REASON} if chance.random() < 0.8 else {}
            rule = chance.choice([each.rule, each.rule, *rules])
            org.declared[collection][each.id].setdefault("waive", []).append({"rule": rule, **reason, **until})
    house = (
        HOUSE + f"waive: [{{rule: {chance.choice([*rules, 'meeting/no-agenda'])}, for: role-1, reason: {REASON}}}]\n"
    )
    one = look({**in_one_file(org), "coordlint.yaml": house})
    many = look({**in_many_files(org, seed), "coordlint.yaml": house})
    for some, others in ((one.findings, many.findings), (one.waived, many.waived)):
        assert {(each.rule, each.kind, each.id, each.message) for each in some} == {
            (each.rule, each.kind, each.id, each.message) for each in others
        }
        assert sorted(each.fingerprint for each in some) == sorted(each.fingerprint for each in others)
    assert sorted((each.fingerprint, each.accepted.reason) for each in one.waived if each.accepted) == sorted(
        (each.fingerprint, each.accepted.reason) for each in many.waived if each.accepted
    )


MAY_BE_LACKING = (
    *("owner", "lead", "chair", "decider", "record", "purpose"),
    *("review_by", "review_every", "because", "escalation"),
)


def all_lacking(seed: int) -> Org:
    """An organisation in which there are many of one kind, alike, and all lack what one of them might say."""
    org, chance = without_waivers(draw(seed)), random.Random(seed)
    declarations = org.declared[chance.choice(sorted(name for name, held in org.declared.items() if held))]
    first = next(iter(declarations.values()))
    declarations |= {f"more-{number}": {**first} for number in range(6)}
    for data in declarations.values():
        for field in MAY_BE_LACKING:
            data.pop(field, None)
    return org


def one_of_a_kind(seed: int) -> None:
    """Of what is said once for many, one that is shown is accepted, and all others are said as before."""
    texts = in_one_file(all_lacking(seed))
    before = look(texts)
    many = [each for each in before.findings if each.times > 5]
    if not many:
        return
    chance = random.Random(seed)
    target = chance.choice(many)
    span = chance.choice([target.span, *(span for span, _ in target.related)])
    rows = texts[span.path].split("\n")
    rows[span.line - 1] += f"   # coordlint: ignore[{target.rule}] {REASON}"
    after = look({**texts, span.path: "\n".join(rows)})
    assert not [each for each in after.findings if each.rule.startswith("waiver/")]
    (left,) = [each for each in after.findings if each.fingerprint == target.fingerprint]
    assert {each.rule for each in after.waived} == {target.rule}
    assert span.line in {each.span.line for each in after.waived}
    assert left.times + sum(each.times for each in after.waived) == target.times
    others = tuple(each for each in before.findings if each is not target)
    assert marks(tuple(each for each in after.findings if each is not left)) == marks(others)


WAYS = [by_comment, in_the_declaration, everywhere, in_any_order, one_of_a_kind]


@pytest.mark.parametrize("way", WAYS)
@quick
@given(seed=SEEDS)
def test_a_waiver_accepts_exactly_what_it_speaks_of(way: Any, seed: int) -> None:
    way(seed)


@slow
@pytest.mark.parametrize("way", WAYS)
@deep
@given(seed=SEEDS)
def test_waivers_deep(way: Any, seed: int) -> None:
    way(seed)


# --- which comments there are ---

SPOKEN = "# coordlint: ignore[a/b] c"
NEARLY = "# Coordlint ignore[a/b] c"
_LINES = st.sampled_from(
    [
        *("a:", "b: text", "c: |", "d: >-", "- e", "- f: g", "h: [i, 'j']", 'k: {l: "m", n: o}', "p: 'it''s'"),
        *("q: it's", 'r: "s', 't"', "u: 'v", "w'", "", "text of a block", "# a comment", "---", "x: y # z"),
        *('aa: "b\\"c"', "bb: | # c", SPOKEN, SPOKEN, SPOKEN, f'cc: "{SPOKEN}"', f"dd: '{SPOKEN}'"),
        *(f"- {SPOKEN}", f'ee: [f, "{SPOKEN}"]', f"# gg {SPOKEN}"),
        *(NEARLY, f"hh: '{NEARLY}'"),
    ]
)
_ROWS = st.lists(
    st.tuples(st.integers(0, 4), _LINES, st.sampled_from(["", "", f" {SPOKEN}", SPOKEN, " # h"])), max_size=10
)


def is_one(text: str, at: int, data: object) -> bool:
    """Whether a comment begins there: other words in it change nothing, and words in its place do."""
    quiet = read("a.yaml", (text[:at] + text[at:].replace("oordlint", "omebody", 1)).encode())
    loud = read("a.yaml", (text[:at] + "x" + text[at + 1 :]).encode())
    return quiet.readable and quiet.data == data and (not loud.readable or bool(loud.problems) or loud.data != data)


@settings(max_examples=400, deadline=None)
@given(_ROWS)
def test_comments_are_found_where_libyaml_reads_none_of_their_words(rows: list[tuple[int, str, str]]) -> None:
    text = "".join(f"{'  ' * depth}{line}{behind}\n" for depth, line, behind in rows)
    document = read("a.yaml", text.encode())
    found = {(each.where.line, each.where.column) for each in document.comments()}
    if not document.readable or document.problems:
        return
    places = [
        at for at in range(len(text)) if text.startswith((SPOKEN, NEARLY), at) and (at == 0 or text[at - 1].isspace())
    ]
    right = {at for at in places if is_one(text, at, document.data)}
    assert found == {(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in right}
    if fast.read(text) is not None:
        assert addressed("a.yaml", text, True) == addressed("a.yaml", text, False)


@quick
@given(_ROWS)
def test_a_comment_speaks_of_its_own_line_or_of_the_next_that_says_something(rows: list[tuple[int, str, str]]) -> None:
    text = "".join(f"{'  ' * depth}{line}{behind}\n" for depth, line, behind in rows)
    document = read("a.yaml", text.encode())
    if document.problems:
        return
    numbered = list(enumerate(text.split("\n"), 1))
    for comment in document.comments():
        here = comment.where.line
        if numbered[here - 1][1].lstrip().startswith("#"):
            below = (number for number, line in numbered[here:] if line.strip() and not line.lstrip().startswith("#"))
            here = next(below, 0)
        assert comment.line == here
