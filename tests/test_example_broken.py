"""One file of the example is broken in turn: whatever is found, is found in this file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from example_kit import DECLARING, TEXTS, run

from coordlint.finding import Finding, UsageError
from coordlint.readers import outline

# Problems of reading; what they hide, nobody can judge.
READING = ("yaml/", "shape/")


def broken(path: str, content: str | bytes) -> list[Finding]:
    """What is found where one file holds this instead of what it held; nothing of it may stand in another file."""
    found = run({**TEXTS, path: content}).findings
    elsewhere = [f"{each.span.path}:{each.span.line} {each.rule}: {each.message}" for each in found]
    assert [each for each in elsewhere if not each.startswith(f"{path}:")] == []
    return list(found)


def declarations(path: str) -> Iterator[tuple[int, int, int]]:
    """Where each declaration of a file with an id begins, where its key ends, and where it ends itself."""
    for part in outline.parts(TEXTS[path]):
        if part.route and isinstance(part.route[1], str):
            yield part.start, part.head, part.end


def with_line(text: str, head: int, line: str) -> str:
    """A text with one more line at the beginning of a declaration, in braces or in a block."""
    behind = text[head:].split("\n", 1)[0]
    if "{" in behind:
        brace = text.index("{", head) + 1
        return f"{text[:brace]}{line}, {text[brace:]}"
    below = head + len(behind) + 1
    indent = re.compile(r"^( +)[^ #\n]", re.MULTILINE).search(text, below)
    assert indent
    return f"{text[:below]}{indent[1]}{line}\n{text[below:]}"


files = pytest.mark.parametrize("path", DECLARING)
# Some of the declarations, or, where there is time, each of them.
some = pytest.mark.parametrize("stride", [6, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "each"])


@files
@pytest.mark.parametrize("share", [0.0, 0.6, 1.0], ids=["top", "middle", "end"])
def test_a_line_that_nobody_can_read(path: str, share: float) -> None:
    lines = TEXTS[path].split("\n")
    at = int(len(lines) * share)
    for line in ("]: {", "no colon here", '"never closed', "<<<<<<< HEAD"):
        found = broken(path, "\n".join([*lines[:at], line, *lines[at:]]))
        assert {each.rule.partition("/")[0] for each in found} <= {"yaml", "shape"}, line


@files
def test_bytes_that_are_no_text(path: str) -> None:
    raw = TEXTS[path].encode()
    for junk, share in ((b"\xff", 0.0), (b"\0", 0.5), (b"\xed\xa0\x80", 1.0)):
        at = int(len(raw) * share)
        (found,) = broken(path, raw[:at] + junk + raw[at:])
        assert found.rule == "yaml/not-utf8"


@files
def test_utf_16(path: str) -> None:
    assert [each.rule for each in broken(path, TEXTS[path].encode("utf-16"))] == ["yaml/not-utf8"]


@files
def test_a_file_that_breaks_off(path: str) -> None:
    """Between lines, or in what can be read all the same, nobody can see that more should follow."""
    cuts = 0
    for number in range(1, 10):
        text = TEXTS[path][: len(TEXTS[path]) * number // 10]
        found = run({**TEXTS, path: text}).findings
        if not text.endswith("\n") and any(each.rule.startswith(READING) for each in found):
            cuts += 1
            assert {each.span.path for each in found} == {path}
    assert cuts


BAD_LINES = {
    "no-such-key: 1": "shape/unknown-key",
    "since: 2026-02-30": "shape/bad-value",
    "tags: &anchor x": "yaml/not-allowed",
    "like: {a: b}": "shape/bad-value",
}


def with_bad_lines(path: str) -> Iterator[tuple[str, str]]:
    """A file with a bad line in one of its declarations, each line in each declaration in turn; and the line's rule."""
    text = TEXTS[path]
    for start, head, end in declarations(path):
        for line, rule in BAD_LINES.items():
            if f"{line.partition(':')[0]}:" not in text[start:end]:
                yield with_line(text, head, line), rule


@files
@some
def test_a_bad_line_in_a_declaration(path: str, stride: int) -> None:
    for text, rule in list(with_bad_lines(path))[::stride]:
        assert [each.rule for each in broken(path, text)] == [rule]


@files
@some
def test_a_quote_without_an_end_in_a_declaration(path: str, stride: int) -> None:
    text = TEXTS[path]
    for start, head, _ in list(declarations(path))[::stride]:
        found = broken(path, with_line(text, head, 'name: "x'))
        assert {each.rule.partition("/")[0] for each in found} == {"yaml"}, text[start:head]


@files
@some
def test_a_declaration_that_says_nothing_any_more(path: str, stride: int) -> None:
    """Its id is still there. What it alone named is named by nothing now, and that is told where it stands."""
    text = TEXTS[path]
    for _, head, end in list(declarations(path))[::stride]:
        emptied = f"{text[:head]}\n{text[end:]}"
        found = run({**TEXTS, path: emptied}).findings
        assert {each.rule for each in found if each.span.path != path} <= {"reference/orphan"}


@files
def test_a_file_that_keeps_only_its_ids(path: str) -> None:
    ids = outline.ids(TEXTS[path])
    emptied = "".join(f"{name}:\n" + "".join(f"  {each}:\n" for each in found) for name, found in ids.items())
    found = run({**TEXTS, path: emptied}).findings
    assert {each.rule for each in found if each.span.path != path} <= {"reference/orphan"}


@files
@some
def test_ids_that_are_none(path: str, stride: int) -> None:
    """Others name them as they should be called."""
    text = TEXTS[path]
    for start, head, _ in list(declarations(path))[::stride]:
        key = text[start:head]
        found = broken(path, text[:start] + key.upper() + text[head:])
        assert [each.rule for each in found] == ["shape/bad-value"], key


@files
def test_names_of_collections(path: str) -> None:
    text = TEXTS[path]
    for name in re.findall(r"^[a-z_]+(?=:)", text, re.MULTILINE):
        for slip in (name[:-1], f"{name}x", "something-else"):
            found = broken(path, re.sub(rf"^{name}:", f"{slip}:", text, flags=re.MULTILINE))
            assert [each.rule for each in found] == ["shape/unknown-key"], slip


def test_a_house_that_cannot_be_read_is_told_before_all_else() -> None:
    house = TEXTS["coordlint.yaml"]
    for content in (
        b"\xff",
        house.replace("edition:", "editoin:"),
        f"{house}]: {{\n",
        house.replace("periods:", "perods:"),
    ):
        with pytest.raises(UsageError, match=r"^coordlint\.yaml:\d+:\d+: "):
            run({**TEXTS, "coordlint.yaml": content})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"09:00-17:00"', '"09:00-27:00"'),
        ('"12:00-24:00"', '"12:00-25:00"'),
        ("{last: 5d, of: quarter}", "{last: 5d, of: quater}"),
        ("  roles_per_person: 2", "  roles_per_persn: 2"),
    ],
)
def test_one_calendar_period_or_limit(old: str, new: str) -> None:
    house = TEXTS["coordlint.yaml"]
    assert house.count(old) == 1
    (found,) = broken("coordlint.yaml", house.replace(old, new))
    assert found.rule.startswith("shape/")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        # What stands below is cut off from the declaration above, and nobody knows what it says.
        ("company.yaml", "    inputs: What coordlint says, and what the log holds"),
        ("quality-and-service.yaml", "    charter: >"),
        # Another one is like it, and knows no better how it is held.
        ("roles.yaml", "    purpose: Wins and keeps one set of hospitals, clinics and ministries."),
        # It may say what replaced it, and does not claim to have ended.
        ("regions.yaml", "    status: trial"),
    ],
)
def test_a_quote_that_cuts_a_declaration_in_two(path: str, line: str) -> None:
    assert TEXTS[path].count(f"{line}\n") > 0
    (found,) = broken(path, TEXTS[path].replace(f"{line}\n", f'{line}\n  "oops\n', 1))
    assert found.rule == "yaml/syntax"


@pytest.mark.slow
@files
def test_a_line_that_nobody_can_read_anywhere(path: str) -> None:
    lines = TEXTS[path].split("\n")
    for at in range(len(lines)):
        for line in ('  "never closed', "      key: b: c", "- x")[at % 2 :: 2]:
            found = run({**TEXTS, path: "\n".join([*lines[:at], line, *lines[at:]])}).findings
            if any(each.rule.startswith(READING) for each in found):
                assert {each.span.path for each in found} == {path}, (line, at)
