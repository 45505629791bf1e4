"""What makes a finding the same one tomorrow: a thousand edits that do not touch it change no fingerprint.

The organisation is the legacy example, and the edits are those that people make: air, comments, other orders, other
files, more declarations. They add up, so that the last look is at files that nobody would recognise.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from drawn_orgs import draw, in_many_files

from coordlint.baseline import write
from coordlint.config import BASELINE_FILE, Asked
from coordlint.document import read
from coordlint.lint import Run
from coordlint.readers import outline
from coordlint.testing import DAY, InMemory

LEGACY = Path(__file__).parent.parent / "examples" / "legacy"
HOUSE = "coordlint.yaml"
ADDED = "added-"

Texts = dict[str, str]


def legacy() -> Texts:
    return {
        path.relative_to(LEGACY).as_posix(): path.read_text(encoding="utf-8")
        for path in LEGACY.rglob("*")
        if path.is_file()
    }


def declaring(texts: Texts) -> list[str]:
    return sorted(path for path in texts if path.endswith(".yaml") and path != HOUSE and outline.parts(texts[path]))


def some_part(texts: Texts, chance: random.Random) -> tuple[str, outline.Part]:
    path = chance.choice(declaring(texts))
    return path, chance.choice([part for part in outline.parts(texts[path]) if part.route])


def add_air(texts: Texts, chance: random.Random) -> None:
    """A blank line, or a comment, before a declaration."""
    path, part = some_part(texts, chance)
    text = texts[path]
    texts[path] = text[: part.start] + chance.choice(["\n", "  # a word about it\n"]) + text[part.start :]


def append_comment(texts: Texts, chance: random.Random) -> None:
    """A comment behind a declaration's own key, where that stands on a line alone."""
    path, part = some_part(texts, chance)
    text = texts[path]
    end = text.index("\n", part.start)
    if text[:end].endswith(":"):
        texts[path] = f"{text[:end]}  # as agreed{text[end:]}"


def reorder_keys(texts: Texts, chance: random.Random) -> None:
    """The fields of a declaration in another order, and the names in its lists."""
    path, part = some_part(texts, chance)
    text = texts[path]
    collection, name = part.route
    if isinstance(name, int):
        return
    data = read("x.yaml", f"{collection}:\n{text[part.start : part.end]}".encode()).data[0]
    assert isinstance(data, dict)
    fields = shuffled(data[collection][name], chance)
    lines = "".join(f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in (fields or {}).items())
    texts[path] = f"{text[: part.start]}  {name}:{chr(10) + lines if lines else f' {{}}{chr(10)}'}{text[part.end :]}"


def shuffled(data: Any, chance: random.Random) -> Any:
    if isinstance(data, dict):
        return {key: shuffled(data[key], chance) for key in chance.sample(list(data), len(data))}
    if isinstance(data, list) and all(isinstance(each, str) for each in data):
        return chance.sample(data, len(data))
    return [shuffled(each, chance) for each in data] if isinstance(data, list) else data


def move(texts: Texts, chance: random.Random) -> None:
    """A declaration to the end of another file, or of its own."""
    path, part = some_part(texts, chance)
    collection, name = part.route
    if isinstance(name, int) or len(outline.parts(texts[path])) < 3:
        return
    text = texts[path]
    piece = text[part.start : part.end]
    others = [other for other in declaring(texts) if other != path]
    aim = chance.choice([*others, f"{chance.choice('abxyz')}/new-{chance.randrange(9)}.yaml"])
    texts[path] = text[: part.start] + text[part.end :]
    there = texts.get(aim, "")
    found = [each for each in outline.parts(there) if each.route and each.route[0] == collection]
    at = found[-1].end if found else len(there)
    lead = "" if found else f"{collection}:\n"
    before = there[:at] + ("\n" if there[:at] and not there[:at].endswith("\n") else "")
    texts[aim] = f"{before}{lead}{piece if piece.endswith(chr(10)) else piece + chr(10)}{there[at:]}"
    drop_empty(texts, path)


def drop_empty(texts: Texts, path: str) -> None:
    """Take away the heads of collections in which nothing is left."""
    data = read(path, texts[path].encode()).data
    heads = [key for each in data if isinstance(each, dict) for key, value in each.items() if value is None]
    texts[path] = "".join(
        line
        for line in texts[path].splitlines(keepends=True)
        if line.split("#")[0].strip() not in [f"{h}:" for h in heads]
    )


def rename(texts: Texts, chance: random.Random) -> None:
    """A file under another name, in another folder."""
    path = chance.choice(declaring(texts))
    texts[f"{chance.choice('abcxyz')}/{chance.randrange(10**6)}.yaml"] = texts.pop(path)


def add(texts: Texts, chance: random.Random) -> None:
    """A declaration of which nobody has anything to say."""
    name = f"{ADDED}{chance.randrange(10**9)}"
    word = "".join(chance.choices("bcdfghjklmnpqrstvwz", k=12))
    texts[f"{name}.yaml"] = f"people:\n  {name}: {{name: {word.title()}}}\n"


Edit = Callable[[Texts, random.Random], None]
EDITS: tuple[Edit, ...] = (
    add_air,
    append_comment,
    reorder_keys,
    move,
    rename,
    add,
)


def look(texts: Texts, workspace: InMemory) -> Run:
    workspace.overlay = {path: text.encode() for path, text in texts.items()}
    return workspace.run(Asked(preset="strict"), DAY)


def fingerprints(run: Run) -> Counter[str]:
    """Those of every finding; what was added says what it says."""
    return Counter(each.fingerprint for each in run.findings if not each.id.startswith(ADDED))


def edit(texts: Texts, seed: int, edits: int, looks: int, kinds: Sequence[Edit] = EDITS) -> None:
    """Edit again and again, and look as often as there is time for; each finding must be the one that it was."""
    chance = random.Random(seed)
    workspace = InMemory({})
    before = fingerprints(look(texts, workspace))
    assert len(before) > 10
    done = []
    for number in range(1, edits + 1):
        how = chance.choice(kinds)
        how(texts, chance)
        done.append(how.__name__)
        if number % (edits // looks) == 0:
            after = fingerprints(look(texts, workspace))
            assert after == before, (done, said(look(texts, workspace), before, after))
            done = []


def said(run: Run, before: Counter[str], after: Counter[str]) -> list[str]:
    return [f"{each.rule}: {each.message}" for each in run.findings if each.fingerprint in after - before] + [
        f"gone: {len(before - after)}"
    ]


@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_edits_change_no_fingerprint(seed: int) -> None:
    edit(legacy(), seed, edits=100, looks=10)


def test_a_baseline_holds_through_a_hundred_edits() -> None:
    """Nothing of it is new, and nothing of it is stale."""
    chance = random.Random(7)
    texts = legacy()
    begun = InMemory(texts).run(Asked(preset="strict"), DAY, compare=True).compared
    assert begun is not None
    baseline = write(begun.today)
    for number in range(1, 101):
        chance.choice(EDITS)(texts, chance)
        if number % 20 == 0:
            found = look({**texts, BASELINE_FILE: baseline}, InMemory({}))
            assert [each for each in found.findings if not each.id.startswith(ADDED)] == []
            assert found.waived


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_edits_change_no_fingerprint(seed: int) -> None:
    edit(legacy(), seed, edits=1000, looks=1000)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_edits_of_drawn_organisations_change_no_fingerprint(seed: int) -> None:
    # In these, one person more may make another the second whom nothing leads to.
    kinds = [each for each in EDITS if each is not add]
    edit(in_many_files(draw(seed), seed), seed, edits=100, looks=20, kinds=kinds)
