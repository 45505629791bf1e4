"""The two readers of YAML: the fast one declines or agrees with libyaml's events, and those agree with PyYAML."""

from __future__ import annotations

import math
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from yaml_kit import WRITTEN, mutated, near_yaml, realistic, same

from coordlint.finding import UsageError
from coordlint.readers import events, fast
from coordlint.readers.scalars import resolve
from coordlint.readers.source import Source

STAYS_TEXT = """
no No on y yes off nULL tRUE 12:30 1:30:00 1_000 2026-01-05 2026-02-30 0b1 -0x1f
1e . + - 1.2.3 0o8 ٣ 1e400 inf nan = .5.
"""


def agree(text: str) -> bool:
    """Whether the fast reader reads this text; if it does, it agrees with the events, and they have nothing to say."""
    data = fast.read(text)
    if data is None:
        return False
    reading = events.read(Source("f.yaml", text))
    assert reading.readable, text
    assert not reading.problems, (text, reading.problems)
    assert not reading.damaged, text
    assert same(data, reading.data), (text, data, reading.data)
    return True


class Composer(yaml._yaml.CParser, yaml.resolver.BaseResolver):
    """PyYAML's own way from a text to nodes, to hold the events reader against."""

    def __init__(self, text: str) -> None:
        yaml._yaml.CParser.__init__(self, text)
        yaml.resolver.BaseResolver.__init__(self)


def composed(text: str) -> list[object]:
    composer = Composer(text)
    documents: list[object] = []
    while composer.check_node():
        documents.append(built(composer.get_node()))
    return [document for document in documents if document is not None]


def built(node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else resolve(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [built(item) for item in node.value]
    assert isinstance(node, yaml.MappingNode)
    return {key.value: built(value) for key, value in node.value}


def mutations(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for text in islice(cycle(realistic()), count):
        yield mutated(text, chance)


def check_all(count: int, seed: int) -> None:
    """Read so many mutated files with both readers; some of them fast, some without a problem."""
    taken = clean = 0
    for text in mutations(count, seed):
        if any(character in text for character in "\r\x85\u2028\ufeff"):
            continue  # these never get so far: they are replaced before reading
        taken += agree(text)
        reading = events.read(Source("f.yaml", text))
        if reading.readable and not reading.problems:
            clean += 1
            assert same(reading.data, composed(text)), text
    assert taken > count // 10
    assert clean > taken


@given(near_yaml())
@settings(max_examples=1500, deadline=None)
def test_fast_declines_or_agrees_on_near_yaml(text: str) -> None:
    agree(text.replace("\r\n", "\n"))


def test_fast_declines_or_agrees_on_mutated_files() -> None:
    check_all(2_000, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 7))
def test_fast_declines_or_agrees_on_many_mutated_files(seed: int) -> None:
    check_all(20_000, seed)


# Python 3.11.0 to 3.11.4 match `(?:ab?c)*+` and its like wrongly (gh-100061, gh-106052): what the group tried in vain
# counts as matched. Behind a single character or a class these quantifiers are right everywhere.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\{?[0-9, ]*\}?\})\+")


def test_no_group_is_repeated_possessively() -> None:
    assert POSSESSIVE_GROUP.search(r"(?:a|b)*+")
    assert POSSESSIVE_GROUP.search(r"(a){{0,4}}+")
    package = Path(fast.__file__).parents[1]
    users = [path for path in package.rglob("*.py") if POSSESSIVE_GROUP.search(path.read_text(encoding="utf-8"))]
    assert users == []


def test_fast_reads_what_people_write() -> None:
    assert [text for text in realistic() if fast.read(text) is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing said\n\n",
        "---\n",
        "a: b",
        "a: b # why\n",
        "a:\n",
        "a: # nothing yet\n  b: c\n",
        "a:\n- b\n- c: d\n  e: f\nb: 1\n",
        "a:\n  - b\n\n  # said\n  - c\n",
        "- a\n-   b: 1\n    c: 2\n- 'x'\n",
        "a: >\n  b\n  c\n\n\n  d\n\nb: |-\n  # no comment\n  x: y\n",
        "a:\n  - c: >-\n      d\n  - e\n",
        'a: "b: #c"\nd: \'e {f}\'   # g\nh: ""\n',
        "a: {b: [c, {d: e, f: 10:30}], g: \"h, i\", j: 'k'}  # l\nm: []\nn: {}\n",
        "a: [1, 2.5e3, true, null, ~, 0x1F]\n",
        "a: https://b.c/d#e\nf: 10:30\ng: it's (fine) & well\n",
        "a: x  y\u00a0z — ü 😀\n",
        "  a: 1\n  b: 2\n",
    ],
)
def test_fast_takes_ordinary_forms(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: b: c\n",
        "a: b #c\n",
        "a: #c\n",
        "a: b:\n",
        "a:b\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "1: a\n",
        "true: a\n",
        "a: {b: 1, c}\n",
        "a: {b:1}\n",
        "a: [b, c,]\n",
        "a: [b\n",
        "a: [b] c\n",
        "a: [b: c]\n",
        'a: "b\\n"\n',
        'a: "b" c\n',
        "a: 'b''c'\n",
        "a: *b\n",
        "a: &b c\n",
        "a: !b c\n",
        "a: {{b}}\n",
        "a: > 5\n",
        "a: >5\n",
        "a: >\n   b\n  c\n",
        "a: >\n  b\n   c\n",
        "a: >\n\n  b\n",
        "a: >+\n  b\n",
        "a: >\n  b",
        "- a: >\n  b\n",
        "a:\tb\n",
        "a: b\u200bc\n",
        "%YAML 1.2\n---\na: b\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "<<<<<<< HEAD\na: b\n",
        "<<: a\n",
        "? a\n",
        "a:\n  b: c\n d: e\n",
        "a:\n- b\n c: d\n",
        f"{'k' * 200}: a\n",
        "".join(f"{' ' * depth}a:\n" for depth in range(65)),
        "a: " + "[" * 40 + "]" * 40 + "\n",
        "a: [" + "b, " * 150_000 + "c]\n",
    ],
)
def test_fast_declines_what_is_doubtful(text: str) -> None:
    assert fast.read(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        ("0", 0),
        ("010", 10),
        ("-7", -7),
        ("+7", 7),
        ("0o17", 15),
        ("0x1f", 31),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("6.02E+23", 6.02e23),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("+.Inf", math.inf),
        *((text, text) for text in STAYS_TEXT.split()),
    ],
)  # fmt: skip
def test_plain_scalars_are_typed_by_the_core_schema(text: str, value: object) -> None:
    assert same(resolve(text), value)


def test_not_a_number_is_a_float() -> None:
    assert [math.isnan(float(str(resolve(text)))) for text in (".nan", ".NaN", ".NAN")] == [True] * 3


@pytest.mark.parametrize("digits", [301, 5_000])
def test_a_number_beyond_all_measure_is_text_to_both(digits: int) -> None:
    text = f"a: {'9' * digits}\n"
    assert fast.read(text) == events.read(Source("f.yaml", text)).data == [{"a": "9" * digits}]


def test_the_longest_number_is_read() -> None:
    assert fast.read(f"a: {'9' * 300}\n") == [{"a": int("9" * 300)}]


def test_yaml_is_not_imported_for_an_ordinary_file() -> None:
    program = (
        "import sys; from coordlint.document import read; "
        "read('f.yaml', sys.stdin.buffer.read()); print('yaml' in sys.modules)"
    )
    for text, needed in ((WRITTEN, "False"), ("a: &b c\n", "True")):
        ended = subprocess.run(
            [sys.executable, "-c", program], input=text.encode(), capture_output=True, check=True, timeout=60
        )
        assert ended.stdout.decode().strip() == needed


def test_without_the_c_parser_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    with pytest.raises(UsageError, match="PyYAML has no C parser here"):
        events.read(Source("f.yaml", "a: b\n"))
