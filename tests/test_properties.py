"""What holds for any text, any bytes and any organisation: nothing raises, and nothing depends on how files are cut."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from drawn_orgs import HOUSE, draw, in_many_files, in_one_file
from example_kit import DECLARING, TEXTS, Slip, run, slips
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yaml_kit import mutated, near_yaml

from coordlint.finding import Finding, Severity, Span, UsageError
from coordlint.lint import Run
from coordlint.readers import outline
from coordlint.testing import DAY, InMemory

SEEDS = st.integers(0, 2**32 - 1)
SLIPS = tuple(slips())
slow = pytest.mark.slow
quick, deep = settings(max_examples=50, deadline=None), settings(max_examples=1000, deadline=None)


def is_sound(found: Run, texts: Mapping[str, str | bytes]) -> None:
    """Every place lies in its file, no rule crashed, and each finding has a fingerprint of its own."""
    for finding in found.findings:
        assert finding.rule != "coordlint/rule-crashed", finding.message
        for span in (finding.span, *(span for span, _ in finding.related)):
            assert lies_in(span, texts), (span, finding.message)
        assert finding.message
        assert "\n" not in finding.message + finding.tip
    marks = Counter(finding.fingerprint for finding in found.findings)
    assert not [mark for mark, count in marks.items() if count > 1]
    order = [(finding.span.path, finding.span.line, finding.span.column) for finding in found.findings]
    assert order == sorted(order)
    assert found.worst() == max((finding.severity for finding in found.findings), default=None)
    assert not found.failed


def lies_in(span: Span, texts: Mapping[str, str | bytes]) -> bool:
    text = texts[span.path]
    text = text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", text)
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    return (1, 1) <= begin <= end and end[0] <= len(lines) and end[1] <= len(lines[end[0] - 1]) + 1


def look(texts: Mapping[str, str | bytes], where: InMemory | None = None) -> Run:
    found = (where or InMemory(texts)).run(as_of=DAY)
    is_sound(found, texts)
    return found


def said(found: Run) -> set[tuple[str, str, str, str]]:
    return {(each.rule, each.kind, each.id, each.message) for each in found.findings}


def fingerprints(found: Run) -> list[str]:
    return sorted(each.fingerprint for each in found.findings)


# --- anything at all ---


@quick
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"meetings:\n  \xff: {}")
@example(b"\0")
def test_any_bytes(content: bytes) -> None:
    look({"coordlint.yaml": HOUSE, "x.yaml": content})


@quick
@given(
    near_yaml(),
    st.sampled_from(["", "roles:\n  a:\n", "meetings:\n", "log:\n", "decision_rights:\n  a:\n    question: "]),
)
@example("a: a\na: a\n---\na\n", "")
@example("? a a\n  a\n\n  a\n", "")
def test_any_yaml(text: str, head: str) -> None:
    look({"coordlint.yaml": HOUSE, "x.yaml": head + text})


def mutate(seed: int) -> None:
    """One file of the example with some slips of the keyboard in it; or the bytes of it, with other bytes in it."""
    chance = random.Random(seed)
    path = chance.choice(DECLARING)
    content: str | bytes = TEXTS[path]
    if chance.random() < 0.3:
        raw = bytearray(TEXTS[path].encode())
        for _ in range(chance.choice([1, 3, 10])):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        content = bytes(raw)
    else:
        lines = TEXTS[path].split("\n")
        at, count = chance.randrange(len(lines)), chance.choice([3, 10, 1000])
        content = "\n".join([*lines[:at], mutated("\n".join(lines[at : at + count]), chance), *lines[at + count :]])
    texts = {**TEXTS, path: content}
    is_sound(run(texts, preset="strict"), texts)


@quick
@given(SEEDS)
def test_any_slip_of_the_keyboard(seed: int) -> None:
    mutate(seed)


@quick
@given(st.one_of(st.binary(max_size=80), near_yaml().map(lambda text: (HOUSE + text).encode())))
def test_any_house(content: bytes) -> None:
    """It is used, or it is told in one sentence."""
    texts = {"coordlint.yaml": content, "x.yaml": "teams: {a: {lead: b}}\n"}
    try:
        look(texts)
    except UsageError as error:
        told = str(error)
    else:
        return
    assert re.fullmatch(r"coordlint\.yaml(:\d+:\d+)?: .+", told)


# --- any organisation ---


def depends_on_no_order(seed: int) -> None:
    org = draw(seed)
    one, many = look(in_one_file(org)), look(in_many_files(org, seed))
    assert said(one) == said(many)
    assert fingerprints(one) == fingerprints(many)


@quick
@given(SEEDS)
@example(273)
@example(34092)
@example(183522)
def test_the_order_of_files_declarations_and_keys_makes_no_difference(seed: int) -> None:
    depends_on_no_order(seed)


@pytest.mark.parametrize("seed", range(25))
def test_drawn_organisations_can_be_read(seed: int) -> None:
    """Else nothing would be known from what rules say of them."""
    texts = in_one_file(draw(seed))
    found = look(texts)
    assert not [each for each in found.findings if each.rule.startswith(("yaml/s", "shape/"))]
    assert len({each.rule for each in found.findings}) > 5


def test_the_hash_seed_makes_no_difference() -> None:
    script = (
        "from drawn_orgs import draw, in_one_file\n"
        "from example_kit import run, slips\n"
        "from coordlint.testing import DAY, InMemory\n"
        "for seed in range(12):\n"
        "    print(*InMemory(in_one_file(draw(seed))).run(as_of=DAY).findings, sep='\\n')\n"
        "for slip in list(slips())[::3]:\n"
        "    print(*run(slip.texts(), preset='strict').findings, sep='\\n')\n"
    )
    here = Path(__file__).parent
    paths = os.pathsep.join((str(here), str(here.parent)))
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    ]
    assert told[0].count(b"\n") > 300
    assert told[0] == told[1] == told[2]


# --- what makes a finding the same finding ---


def with_air(text: str) -> str:
    """The text with a comment at its top, and a blank line and a comment before each declaration."""
    for part in reversed(outline.parts(text)):
        indent = re.match(r" *", text[part.start :])
        text = f"{text[: part.start]}\n{indent[0] if indent else ''}# a comment\n{text[part.start :]}"
    return f"# first of all\n\n{text}"


def moved(texts: Mapping[str, str], finding: Finding) -> dict[str, str]:
    """The same organisation, with the declaration of a finding in a file of its own."""
    path = finding.span.path
    text = texts[path]
    starts = [0, *(at.end() for at in re.finditer("\n", text))]
    at = starts[finding.span.line - 1]
    part = next(part for part in outline.parts(text) if part.start <= at < part.end)
    assert part.route
    return {
        **texts,
        path: text[: part.start] + text[part.end :],
        "0-moved.yaml": f"{part.route[0]}:\n{text[part.start : part.end]}",
    }


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.what.replace(" ", "-"))
def test_a_finding_stays_the_same(slip: Slip) -> None:
    """Blank lines and comments do not make it another one, nor does moving its declaration to another file."""
    texts = slip.texts()
    (before,) = run(texts, preset=slip.preset).findings
    airy = {
        path: with_air(text) if path in DECLARING and path == before.span.path else text for path, text in texts.items()
    }
    (after,) = run(airy, preset=slip.preset).findings
    assert after.fingerprint == before.fingerprint
    assert after.span.line > before.span.line or before.span.path == "coordlint.yaml"
    if before.id and before.span.path in DECLARING:
        elsewhere = run(moved(texts, before), preset=slip.preset).findings
        assert before.fingerprint in [each.fingerprint for each in elsewhere]
        assert {each.rule for each in elsewhere} == {slip.rule}


@pytest.mark.parametrize(
    "slip",
    # What is declared twice may come into one file, where it is another slip.
    [
        slip
        for slip in SLIPS
        if slip.about and slip.rule != "reference/duplicate-id" and slip.edits[0][0] != "coordlint.yaml"
    ][::4],
    ids=lambda slip: slip.what,
)
def test_the_example_may_be_cut_otherwise(slip: Slip) -> None:
    texts = slip.texts()
    (before,) = run(texts, preset=slip.preset).findings
    for seed in range(3):
        (after,) = run(recut(texts, random.Random(seed)), preset=slip.preset).findings
        assert (after.rule, after.kind, after.id, after.message, after.fingerprint) == (
            *(before.rule, before.kind, before.id),
            *(before.message, before.fingerprint),
        )


def recut(texts: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """The same declarations in other files, in another order."""
    pieces = [
        (str(part.route[0]), texts[path][part.start : part.end])
        for path in DECLARING
        for part in outline.parts(texts[path])
        if part.route
    ]
    files: dict[str, dict[str, list[str]]] = {}
    for collection, piece in chance.sample(pieces, len(pieces)):
        held = files.setdefault(chance.choice(["a.yaml", "b/c.yaml", "z.yaml"]), {})
        held.setdefault(collection, []).append(piece if piece.endswith("\n") else f"{piece}\n")
    kept = {path: text for path, text in texts.items() if path not in DECLARING}
    return kept | {
        path: "".join(f"{name}:\n{''.join(below)}" for name, below in held.items()) for path, held in files.items()
    }


def test_severities_of_a_run() -> None:
    assert run(TEXTS).worst() is None
    assert run(next(slip for slip in SLIPS if slip.severity == "error").texts()).worst() is Severity.ERROR


# --- the same, for longer ---


@slow
@deep
@given(st.binary(max_size=2000))
def test_any_bytes_deep(content: bytes) -> None:
    look({"coordlint.yaml": HOUSE, "x.yaml": content})


@slow
@deep
@given(near_yaml())
def test_any_yaml_deep(text: str) -> None:
    look({"coordlint.yaml": HOUSE, "x.yaml": text})


@slow
@deep
@given(SEEDS)
def test_any_slip_of_the_keyboard_deep(seed: int) -> None:
    mutate(seed)


@slow
@deep
@given(SEEDS)
def test_order_deep(seed: int) -> None:
    depends_on_no_order(seed)
