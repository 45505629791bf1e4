"""Whatever a file holds and whatever is to change in it: exactly that changes, or it is refused."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_kit import near_yaml, realistic, same

from coordlint.document import read
from coordlint.editing import Refused, apply
from coordlint.finding import Edit, Place, Route

TEXTS = realistic()
WORDS = [
    "z",
    "launch-weekly",
    "10:00",
    "a, b",
    "it's",
    "x: y",
    "a #b",
    '"q"',
    "",
    "null",
    "5",
    "é 😀",
    "two\nlines",
    "- a",
]
VALUES = [*WORDS, 5, 0.5, True, None, ["a", "b: c"], {"rule": "a/b", "reason": "c, d"}, [{"a": ["b"]}], "prose " * 40]


def parts(data: Any, way: Route = ()) -> list[tuple[Route, Any]]:
    """Everything in a document, with the way to it."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(way, data), *(part for key, each in below for part in parts(each, (*way, key)))]


def drawn(text: str, chance: random.Random) -> list[Edit]:
    """Some edits of a text, of which some make sense."""
    ways = [
        (number, *way)
        for number, document in enumerate(read("a.yaml", text.encode()).data)
        for way, _ in parts(document)
    ] or [(0,)]
    edits = []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        way = chance.choice(ways)
        action = chance.choice(["rename", "replace", "remove", "add", "set", "set"])
        way = (*way, "fresh") if action in ("set", "add") and chance.random() < 0.5 else way
        way = way[1:] if way[0] == 0 and chance.random() < 0.5 else way
        value = chance.choice(WORDS if action == "rename" else VALUES)
        edits.append(Edit(Place("a.yaml", way), action, value))
    return edits


def expected(data: list[Any], edit: Edit) -> list[Any]:
    """What a file is to say after one edit, told in another way than the tool does it."""
    assert isinstance(edit.where, Place)
    route = edit.where.route
    way: tuple[Any, ...] = route if route and isinstance(route[0], int) else (0, *route)

    def rebuilt(part: Any, rest: tuple[Any, ...]) -> Any:
        step, *below = rest
        entries = list(part.items()) if isinstance(part, dict) else list(enumerate(part or []))
        found: list[tuple[Any, Any]] = []
        for key, each in entries:
            if key != step:
                found.append((key, each))
            elif below:
                kept = rebuilt(each, tuple(below))
                found += [] if kept == [] and isinstance(each, list) and len(rest) < len(way) else [(key, kept)]
            elif edit.action == "rename":
                found.append((str(edit.value), each))
            elif edit.action in ("replace", "set"):
                found.append((key, edit.value))
            elif edit.action == "add":
                alone = edit.value if not isinstance(edit.value, (dict, list)) else [edit.value]
                more = [*(each if isinstance(each, list) else [each]), edit.value]
                found.append((key, alone if each is None else more))
        if not below and step not in [key for key, _ in entries]:
            wrapped = edit.action == "add" and isinstance(edit.value, (dict, list))
            found.append((step, [edit.value] if wrapped else edit.value))
        if isinstance(part, list):
            return [each for _, each in found]
        return dict(found) if found else None

    if not data and len(way) == 2:
        return rebuilt([{}], way)
    told: list[Any] = rebuilt(data, way)
    return told


def comments(text: str) -> list[str]:
    """The comments of a text, told in another way: what stands between the tokens."""
    found, done = [], 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            found += remarks(text[start:].partition("\n")[0].partition(" ")[2])
        found += remarks(text[done:start])
        done = max(done, end)
    return found


def remarks(between: str) -> list[str]:
    return ["#" + line.partition("#")[2].rstrip() for line in between.split("\n") if "#" in line]


def look(raw: bytes, edits: list[Edit]) -> bool:
    """Make edits, and look at what became of the file; whether they were made."""
    new = apply("a.yaml", raw, edits)
    if isinstance(new, Refused):
        assert new.reason
        assert "\n" not in new.reason
        return False
    before, after = read("a.yaml", raw), read("a.yaml", new)
    if len(edits) == 1:
        assert same(after.data, expected(before.data, edits[0]))
    assert sorted(comments(after.read_text)) == sorted(comments(before.read_text))
    assert new.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    if b"\n" not in raw.replace(b"\r\n", b""):
        assert b"\n" not in new.replace(b"\r\n", b"") or b"\r\n" not in raw
    return True


@settings(max_examples=300, deadline=None)
@given(near_yaml(), st.randoms(use_true_random=False))
def test_of_what_is_nearly_yaml(text: str, chance: random.Random) -> None:
    look(text.encode(), drawn(text, chance))


SCALARS = [
    "a",
    "b c",
    '"q # r"',
    "'it''s'",
    "5",
    "null",
    "~",
    "",
    "2026-01-05",
    "10:00",
    "https://a.b/c#d",
    '"x, y"',
    "true",
]
REMARKS = ["", "", "", "  # why", " # a: b", "  # 'q'"]


def some_yaml(chance: random.Random, inset: int = 0, levels: int = 3) -> str:
    """A mapping or a list in a block, in any of the ways in which people lay them out."""
    step, listed = chance.choice([1, 2, 2, 2, 4]), chance.random() < 0.3 and inset > 0
    out = ""
    for number in range(chance.randrange(1, 4)):
        out += chance.choice(
            ["", "", "", "\n", "# above\n", f"{' ' * inset}# beside\n", f"{' ' * (inset + 3)}# deeper\n"]
        )
        key = chance.choice(["k{}", '"q{}"', "'s{}'", "log{}"]).format(number)
        lead = " " * inset + ("-" if listed else f"{key}:")
        kind = chance.randrange(8)
        if kind < 2 and levels:
            out += f"{lead}{chance.choice(REMARKS)}\n{some_yaml(chance, inset + step, levels - 1)}"
        elif kind == 2:
            below = " " * (inset + 2)
            out += f"{lead} {chance.choice(['|', '>', '|-', '>-', '|+'])}{chance.choice(REMARKS)}\n{below}text # no\n\n"
            out += f"{below}more\n{chance.choice(['', chr(10)])}"
        elif kind == 3:
            out += f"{lead} {some_flow(chance, inset)}{chance.choice(REMARKS)}\n"
        elif kind == 4 and levels and listed:
            out += f"{lead} {some_yaml(chance, inset + 2, 0).strip(chr(10) + ' ')}\n"
        else:
            out += f"{lead} {chance.choice(SCALARS)}{chance.choice(REMARKS)}\n"
    return out


def some_flow(chance: random.Random, inset: int, levels: int = 2) -> str:
    """A mapping or a list in brackets, on one line or on several."""
    scalars = [word for word in SCALARS if word not in ("", "https://a.b/c#d")]
    below = [
        some_flow(chance, inset, levels - 1) if levels and chance.random() < 0.25 else chance.choice(scalars)
        for _ in range(chance.randrange(4))
    ]
    mapped = chance.random() < 0.5
    told = [f"{'abcd'[number]}: {each}" for number, each in enumerate(below)] if mapped else below
    gap = chance.choice([" ", " ", " ", f"\n{' ' * (inset + 4)}", f"  # in\n{' ' * (inset + 4)}"])
    inside = f",{gap}".join(told) + (chance.choice([",", ""]) if told else "")
    inside = chance.choice([inside, f"{gap}{inside}{gap}"])
    return f"{{{inside}}}" if mapped else f"[{inside}]"


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_of_yaml_laid_out_in_any_way(chance: random.Random) -> None:
    text = some_yaml(chance)
    look(dressed(text, chance), drawn(text, chance))


def dressed(text: str, chance: random.Random) -> bytes:
    text = text.rstrip("\n") if chance.random() < 0.3 else text
    text = text.replace("\n", "\r\n") if chance.random() < 0.3 else text
    return (b"\xef\xbb\xbf" if chance.random() < 0.3 else b"") + text.encode()


@pytest.mark.parametrize("seed", range(6))
def test_of_files_such_as_people_write(seed: int) -> None:
    chance = random.Random(seed)
    made = 0
    for _ in range(60):
        raw = dressed(chance.choice(TEXTS), chance)
        made += look(raw, drawn(raw.decode(), chance)[:1])
    assert made > 30, "most edits of ordinary files can be made"
