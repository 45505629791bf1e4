"""What pull requests may bring: bytes and names that are meant to harm, or that nobody meant at all.

Each test is named after what comes in. Findings are looked at from the command line. What could exhaust the machine
runs in a process of its own, with the time of the processor and the memory that it may take.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_kit import (
    BROKEN,
    CLEAN,
    DAY,
    HOUSE,
    call,
    coordlint,
    organisation,
    report,
    rules_at,
    write,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

# A second is what is promised; machines that test are slow and shared.
MOST_SECONDS = 4.0
MOST_MEGABYTES = 300.0
# Says when text is hidden, too.
ATTENTIVE = HOUSE.replace("correctness", "recommended")
LARGEST = 2 * 1024 * 1024


def found(folder: Path, content: str | bytes, house: str = HOUSE) -> list[tuple[int | None, str]]:
    """Line and rule of each finding in `x.yaml`, beside a file that is clean."""
    organisation(folder, {"roles.yaml": CLEAN, "x.yaml": content}, house)
    findings = rules_at(report(cwd=folder))
    assert {path for path, _, _ in findings} <= {"x.yaml"}
    return [(line, rule) for _, line, rule in findings]


def endured(folder: Path, content: str | bytes) -> dict[str, list[int]]:
    """The lines of each rule's findings in a file that could exhaust the machine, and has not."""
    organisation(folder, {"roles.yaml": CLEAN, "x.yaml": content})
    ended = coordlint("check", "--format", "jsonl", "--max-findings", "0", *DAY, cwd=folder, measure=True)
    assert ended.code in (0, 1), ended.err[-2000:]
    assert ended.seconds < MOST_SECONDS
    assert ended.megabytes < MOST_MEGABYTES
    lines: dict[str, list[int]] = {}
    for line in ended.out.splitlines():
        each = json.loads(line)
        assert len(each["message"]) < 1000
        lines.setdefault(each["rule"], []).append(each["line"])
    return lines


# Bytes.


@pytest.mark.parametrize(
    "content", ["", "\n", "   \n\n", "# only\n# comments", "---\n", "---", "---\n---\n...\n", "\ufeff"]
)
def test_nothing(tmp_path: Path, content: str):
    assert found(tmp_path, content, ATTENTIVE) == []


@pytest.mark.parametrize(
    ("begin", "end"),
    [("", "\n"), ("\ufeff", "\n"), ("", "\r\n"), ("", "\r"), ("\ufeff", "\r\n"), ("\ufeff", "\r")],
    ids=["plain", "mark", "crlf", "cr", "mark-crlf", "mark-cr"],
)
def test_byte_order_marks_and_line_ends(tmp_path: Path, begin: str, end: str):
    """Lines are counted as editors count them."""
    content = begin + BROKEN.replace("\n", end)
    organisation(tmp_path, {"x.yaml": content.encode()})
    (each,) = report(cwd=tmp_path)["findings"]
    assert (each["line"], each["column"], each["end_line"], each["end_column"]) == (4, 17, 4, 29)


@pytest.mark.parametrize("sign", ["\u0085", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
def test_line_ends_that_editors_do_not_show(tmp_path: Path, sign: str):
    hidden = f"# hi{sign}roles: {{hidden: {{held_by: ext/a}}}}\n"
    assert found(tmp_path, hidden, ATTENTIVE) == [(1, "yaml/hidden-character")]
    shown = report(cwd=tmp_path)
    assert shown["summary"]["declarations"] == 1, "what stands behind a comment declares nothing"
    assert found(tmp_path, f"\n{CLEAN.replace('lead', 'second')}#{sign}\n", ATTENTIVE) == [(6, "yaml/hidden-character")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (codecs.BOM_UTF16_LE + BROKEN.encode("utf-16-le"), 1),
        (codecs.BOM_UTF16_BE + BROKEN.encode("utf-16-be"), 1),
        (codecs.BOM_UTF32_LE + BROKEN.encode("utf-32-le"), 1),
        (codecs.BOM_UTF32_BE + BROKEN.encode("utf-32-be"), 1),
        (BROKEN.encode("utf-16-le"), 1),
        (BROKEN.encode() + "# Größe".encode("latin-1"), 5),
        (BROKEN.encode() + b"# \xed\xa0\x80", 5),
        (BROKEN.encode() + b"# \xf4\x90\x80\x80", 5),
        (BROKEN.encode() + b"# \xc0\xaf", 5),
        (BROKEN.encode() + b"a: b\xc3", 5),
        (BROKEN.encode() + b"# \x00", 5),
        (b"\xff", 1),
    ],
    ids=["16le", "16be", "32le", "32be", "16le-bare", "latin", "surrogate", "beyond", "overlong", "cut", "nul", "one"],
)
def test_what_is_not_utf8(tmp_path: Path, content: bytes, line: int):
    assert found(tmp_path, content) == [(line, "yaml/not-utf8")]
    assert call("check", *DAY, cwd=tmp_path).code == 1


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_control_characters(tmp_path: Path, sign: str):
    assert found(tmp_path, f"roles:\n  a:\n    purpose: x{sign}[31mred\n") == [(3, "yaml/syntax")]
    for form in ("text", "concise", "json", "jsonl"):
        ended = call("check", "--format", form, *DAY, cwd=tmp_path)
        assert sign not in ended.out


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u200d", "\u00ad", "\ufeff", "\U000e0041"])
def test_hidden_characters(tmp_path: Path, sign: str):
    content = f"roles:\n  a:\n    purpose: Keeps ad{sign}min true.\n    held_by: ext/a\n"
    assert found(tmp_path, content, ATTENTIVE) == [(3, "yaml/hidden-character")]
    for form in ("text", "concise", "json"):
        ended = call("check", "--format", form, *DAY, cwd=tmp_path)
        assert sign not in ended.out
        assert f"{ord(sign):04x}" in ended.out.lower()


def test_scripts_that_need_joiners_and_emoji_that_have_them(tmp_path: Path):
    content = "roles:\n  a:\n    purpose: می‌خواهم 👩‍💻 क्‍ष 🏴󠁧󠁢󠁳󠁣󠁴󠁿 true.\n    held_by: ext/a\n"
    assert found(tmp_path, content, ATTENTIVE) == []


# Size.


NESTED = {
    "flow": lambda levels: "[" * levels + "a" + "]" * levels,
    "flow-open": lambda levels: "[" * levels,
    "mapping": lambda levels: "{a: " * levels + "a" + "}" * levels,
    "mixed": lambda levels: "[{a: " * levels + "a" + "}]" * levels,
    "dashes": lambda levels: "- " * levels + "a",
    "questions": lambda levels: "? " * levels + "a",
    "behind": lambda levels: f"roles:\n  a:\n    purpose: {'[' * levels}{']' * levels}\n",
    # A block of so many levels has their square of spaces: before it is so deep, the file is too large.
    "block": lambda levels: "".join(f"{' ' * level}a:\n" for level in range(min(levels, 5_000))),
}


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("levels", [65, 5_000, 100_000])
def test_nesting(tmp_path: Path, kind: str, levels: int):
    content = NESTED[kind](levels)
    if levels < 100_000:
        assert {rule for _, rule in found(tmp_path, content)} == {"yaml/too-large"}
    else:
        assert list(endured(tmp_path, content)) == ["yaml/too-large"]


def test_nesting_that_is_allowed(tmp_path: Path):
    assert found(tmp_path, "[" * 64 + "]" * 64) == [(1, "shape/bad-value")]
    assert found(tmp_path, "".join(f"{' ' * level}a:\n" for level in range(64))) == [(1, "shape/unknown-key")]


def billion_laughs() -> str:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 40)]
    return "\n".join(lines)


SIZES = {
    "scalar": (lambda: "roles:\n  a:\n    purpose: " + "x" * 10_000_000, "yaml/too-large"),
    "keys-flow": (lambda: "{" + ", ".join(f"k{number}: 1" for number in range(1_000_000)) + "}", "yaml/too-large"),
    "keys-that-fit": (lambda: "\n".join(f"k{number}:" for number in range(180_000)), "yaml/too-large"),
    "billion-laughs": (billion_laughs, "yaml/not-allowed"),
    "self-alias": (lambda: "a: &a [*a]", "yaml/not-allowed"),
    "self-merge": (lambda: "a: &a {<<: *a}", "yaml/not-allowed"),
    "merge-chain": (
        lambda: "\n".join(f"a{number}: &a{number} {{<<: *a{number - 1}}}" for number in range(1, 20_000)),
        "yaml/not-allowed",
    ),
}
MORE_SIZES = {
    "folded": (lambda: "roles:\n  a:\n    purpose: >\n" + "      word and word\n" * 500_000, "yaml/too-large"),
    "keys-block": (lambda: "\n".join(f"k{number}: 1" for number in range(1_000_000)), "yaml/too-large"),
    "items": (lambda: "[" + "1," * 1_000_000 + "]", "yaml/too-large"),
    "aliases": (lambda: "x: &a 1\n" + "\n".join(f"a{number}: *a" for number in range(60_000)), "yaml/not-allowed"),
    "duplicates": (lambda: "roles:\n" + "  a: {held_by: ext/a}\n" * 30_000, "yaml/duplicate-key"),
    "quotes": (lambda: "'" + "''" * 1_000_000, "yaml/syntax"),
    "escapes": (lambda: '"' + "\\x41" * 500_000, "yaml/syntax"),
    "conflicts": (lambda: "<<<<<<< a\n" * 200_000, "yaml/merge-conflict"),
    "spaces": (lambda: "a: |\n" + " " * 2_000_000 + "\n", "shape/unknown-key"),
    "comment": (lambda: "#" * 2_000_000, ""),
    "lines": (lambda: "\n" * 2_000_000, ""),
    "documents": (lambda: "--- {}\n" * 60_000, ""),
}


@pytest.mark.parametrize("kind", [*SIZES, *(pytest.param(kind, marks=pytest.mark.slow) for kind in MORE_SIZES)])
def test_size(tmp_path: Path, kind: str):
    make, rule = (SIZES | MORE_SIZES)[kind]
    rules = endured(tmp_path, make())
    assert rule in rules or (not rule and not rules)


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path):
    organisation(tmp_path, {"roles.yaml": CLEAN})
    with (tmp_path / "sparse.yaml").open("wb") as file:
        file.truncate(20 * 1024**3)
    ended = coordlint("check", "--format", "concise", *DAY, cwd=tmp_path, measure=True)
    assert ended.code == 1
    assert "sparse.yaml:1:1: error[yaml/too-large]" in ended.out
    assert ended.seconds < MOST_SECONDS
    assert ended.megabytes < MOST_MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["  a{}: x", "  a{}: {{x: 1}}", "  A{}: {{}}", "  a{}: {{reports_to: b{}}}", "  a{}: {{held_by: 3}}"],
    ids=["texts", "unknown-keys", "bad-ids", "unresolved", "wrong"],
)
def test_mistakes_without_number(tmp_path: Path, line: str):
    """As many declarations as a file may hold, each of them wrong."""
    content = "roles:\n" + "\n".join(line.format(number, number) for number in range(LARGEST // 40))
    assert endured(tmp_path, content)


@pytest.mark.slow
def test_missing_files_without_number(tmp_path: Path):
    """What was meant is not looked for among many files as often as a file is missing."""
    for number in range(5_000):
        (tmp_path / f"plan-{number}.md").touch()
    records = [f"  a{number}: {{keeps: b, at: ./plans-{number}.md}}\n" for number in range(15_000)]
    assert len(endured(tmp_path, f"records:\n{''.join(records)}")["reference/missing-file"]) == len(records)


@pytest.mark.slow
def test_inputs_without_number(tmp_path: Path):
    """Nor is it among many inputs of a decision."""
    inputs = "".join(f"      in_{number}: yes_no\n" for number in range(15_000))
    when = "".join(f"          on_{number}: yes\n" for number in range(15_000))
    right = f"    question: Which one?\n    inputs:\n{inputs}    cases:\n      - decider: ext/a\n        when:\n{when}"
    assert "shape/bad-condition" in endured(tmp_path, f"decision_rights:\n  a:\n{right}")


# What YAML allows and declarations do not.


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("roles:\n  a: {held_by: ext/a, held_by: ext/b}\n", [(2, "yaml/duplicate-key")]),
        ("roles:\n  a: {held_by: ext/a}\nroles:\n  b: {held_by: ext/b}\n", [(3, "yaml/duplicate-key")]),
        ("roles:\n  a: {held_by: !!str ext/a}\n", [(2, "yaml/not-allowed")]),
        ("roles:\n  a: {held_by: !!python/object/apply:os.system [id]}\n", [(2, "yaml/not-allowed")]),
        ("roles:\n  a: !<tag:yaml.org,2002:python/name:os.system> {}\n", [(2, "yaml/not-allowed")]),
        ("roles:\n  a: &x {held_by: ext/a}\n", [(2, "yaml/not-allowed")]),
        ("roles:\n  a: *x\n", [(2, "yaml/not-allowed")]),
        ("%YAML 1.1\n---\nroles:\n  a: {held_by: ext/a}\n", [(1, "yaml/not-allowed")]),
        ("%TAG ! tag:x,2000:\n---\nroles:\n  a: {held_by: ext/a}\n", [(1, "yaml/not-allowed")]),
        ("roles:\n  1: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  true: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  ~: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  1.5: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  [a, b]: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  {a: b}: {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("roles:\n  ? - a\n  : {held_by: ext/a}\n", [(2, "shape/bad-value")]),
        ("- a\n- b\n", [(1, "shape/bad-value")]),
        ("just text\n", [(1, "shape/bad-value")]),
        ("42\n", [(1, "shape/bad-value")]),
        ("<<<<<<< ours\nroles:\n=======\nteams:\n>>>>>>> theirs\n", [(1, "yaml/merge-conflict")]),
    ],
)
def test_what_is_not_read(tmp_path: Path, content: str, expected: list[tuple[int, str]]):
    assert found(tmp_path, content) == expected


def test_several_documents(tmp_path: Path):
    content = (
        "roles:\n  a: {held_by: ext/a}\n---\nroles:\n  b: {reports_to: a}\n...\n---\n# none\n---\nroles: {c: {}}\n"
    )
    assert found(tmp_path, content + "  # the end\n") == []
    assert report(cwd=tmp_path)["summary"]["declarations"] == 4
    assert found(tmp_path, content + "---\n" + BROKEN) == [(15, "reference/unresolved")]


TEXT, EMPTY = "text", "empty"
CORE = {
    "no": TEXT, "No": TEXT, "off": TEXT, "on": TEXT, "yes": TEXT, "y": TEXT, "n": TEXT, "12:30": TEXT, "1:30:00": TEXT,
    "190:20:30": TEXT, "1_000": TEXT, "0b1": TEXT, "0o8": TEXT, "0xG": TEXT, "1e": TEXT, "e3": TEXT, "=": TEXT,
    "2026-02-30": TEXT, "2026-02-28": TEXT, "2026-02-28T10:00:00Z": TEXT, "1.2.3": TEXT, "nan": TEXT, "inf": TEXT,
    "nULL": TEXT, "tRUE": TEXT, "9" * 5_000: TEXT, "1e999": TEXT, "+.": TEXT, ".": TEXT, "..": TEXT,
    "true": "`true`", "True": "`true`", "FALSE": "`false`", "~": EMPTY, "null": EMPTY, "Null": EMPTY, "": EMPTY,
    "010": "number `10`", "0o10": "number `8`", "0x1F": "number `31`", "1e3": "number `1000.0`", "-0": "number `0`",
    "+1": "number `1`", "1.": "number `1.0`", ".5": "number `0.5`", ".inf": "number `Infinity`", "-.INF": "number `-",
    ".NaN": "number `NaN`", "9" * 300: f"number `{'9' * 20}",
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), CORE.items(), ids=[f"{written[:12]!r}" for written in CORE])
def test_core_schema_of_yaml_1_2(tmp_path: Path, written: str, read: str):
    """Text or number by YAML 1.2, the same from both readers, and never a Python error."""
    plain = f"roles:\n  a:\n    purpose: {written}\n"
    doubtful = plain + '    name: "\\x41"\n'  # an escape is for the thorough reader
    for content in (plain, doubtful):
        organisation(tmp_path, {"x.yaml": content})
        findings = report("--select", "shape", cwd=tmp_path)["findings"]
        messages = [each["message"] for each in findings if each["rule"].startswith("shape/")]
        if read == TEXT:
            assert [message for message in messages if "must be a text" in message] == []
        else:
            assert len(messages) == 1
            assert read in messages[0]
            assert len(messages[0]) < 1000


# Ids.


@pytest.mark.parametrize(
    "id",
    [
        "..", ".", "a/b", "../../etc/passwd", "/etc/passwd", "%2e%2e", "a.", "a.b", "a b", "-a", "a-", "a--b", "a_b",
        "A", "CON", "a" * 65, "лид", "а", "ａ", "lead\u0301", "ﬁ", "①", "", " ", "a\\b", "C:", "a:b", "~", "$HOME",
        "`id`", "a\tb", "\U0001f331", "__proto__", "a\u200bb",
    ],
    ids=ascii,
)  # fmt: skip
def test_ids_that_are_none(tmp_path: Path, id: str):
    organisation(tmp_path / "org", {"x.yaml": f"roles:\n  {json.dumps(id, ensure_ascii=False)}: {{held_by: ext/a}}\n"})
    findings = rules_at(report(cwd=tmp_path / "org"))
    assert ("x.yaml", 2, "shape/bad-value") in findings
    rendered_inside(tmp_path)


@pytest.mark.parametrize("id", ["con", "nul", "com1", "aux", "index", "2026-01-01", "a" * 64, "0", "lpt9"])
def test_ids_that_some_disks_keep_for_themselves(tmp_path: Path, id: str):
    organisation(tmp_path / "org", {"x.yaml": f'roles:\n  "{id}": {{held_by: ext/a}}\n'})
    assert rules_at(report(cwd=tmp_path / "org")) == []
    for path in rendered_inside(tmp_path):
        assert path.stem not in ("con", "nul", "com1", "aux", "lpt9")


def rendered_inside(folder: Path) -> list[Path]:
    """Render the organisation below a folder, and give what was written; none of it lies outside, or collides."""
    before = set(folder.rglob("*"))
    ended = call("render", "org", "--into", "out", *DAY, cwd=folder)
    assert ended.code == 0, ended.err
    written = [path for path in folder.rglob("*") if path not in before]
    assert {path.relative_to(folder).parts[0] for path in written} == {"out"}
    names = [str(path).casefold() for path in written]
    assert len(set(names)) == len(names)
    return written


# Whatever else.

PIECES = st.sampled_from(
    [
        "roles:", "meetings:", "\n", "\n  ", "\n    ", "a:", " b:", " ", "  ", "- ", "? ", ": ", "{", "}", "[", "]",
        ",", "'", '"', "|", ">", "&x", "*x", "!t", "%", "#", "---\n", "...\n", "\t", "\r", "<<: ", "held_by: ", "ext/a",
        "1", "~", "cadence: ", "every: week", "when: ", "inputs: ", "\u0085", "\u202e", "é", "\ufeff", "\\", "@", "`",
        "<<<<<<< x\n",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=200), st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode())
    )
)
@example(content=b"\xef\xbb\xbf---\r")
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    """Exit in {0, 1}, no more than notes on stderr, and every place inside its file."""
    folder = tmp_path_factory.getbasetemp() / "any-bytes"
    organisation(folder, {"roles.yaml": CLEAN, "x.yaml": content})
    ended = call("check", "--format", "json", *DAY, cwd=folder)
    assert ended.code in (0, 1)
    assert all(line.startswith("note: ") for line in ended.err.splitlines())
    lines = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in json.loads(ended.out)["findings"]:
        assert inside(each, lines)
        assert all(inside(place, lines) for place in each["related"])
    assert call("check", *DAY, cwd=folder).code == ended.code


def inside(place: Mapping[str, int | str], lines: list[str]) -> bool:
    """Whether a place lies in its file, its end not before its beginning."""
    if place["path"] != "x.yaml":
        return place["path"] == "roles.yaml"
    begin, end = (place["line"], place["column"]), (place["end_line"], place["end_column"])
    return (1, 1) <= begin <= end and end[0] <= len(lines) and end[1] <= len(lines[end[0] - 1]) + 1  # type: ignore[operator,index]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: (HOUSE + text).encode())))
def test_any_house(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    folder = tmp_path_factory.getbasetemp() / "any-house"
    organisation(folder)
    write(folder, {"coordlint.yaml": content})
    ended = call("check", *DAY, cwd=folder)
    assert ended.code in (0, 1, 2)
    assert "Traceback" not in ended.err
    assert ended.code != 2 or ended.err.startswith("coordlint: ")
