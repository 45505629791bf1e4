"""Bytes in, documents out: whatever the bytes, with the place of everything, in time."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import clock
from yaml_kit import WRITTEN, mutated, near_yaml, realistic

from coordlint.document import Document, read
from coordlint.finding import Route, Span
from coordlint.readers.places import Places

MEBIBYTE = 1024 * 1024


def of(text: str) -> Document:
    return read("f.yaml", text.encode())


def routes(value: object, way: Route = ()) -> Iterator[Route]:
    yield way
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from routes(inner, (*way, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from routes(item, (*way, index))


def all_routes(document: Document) -> list[Route]:
    found: list[Route] = []
    for index, data in enumerate(document.data):
        if isinstance(data, dict):
            found += routes(data, (index,) if index else ())
    return found


def within(span: Span, text: str) -> bool:
    lines = text.split("\n")
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and start <= end
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    )


def check(document: Document) -> None:
    """What holds for every document there is."""
    for problem in document.problems:
        assert problem.rule.startswith(("yaml/", "shape/"))
        assert problem.message
        assert problem.tip
        assert "\n" not in problem.message
        for where in (problem.where, *(related.where for related in problem.related)):
            assert isinstance(where, Span)
            assert within(where, document.text)
    if not document.readable:
        assert document.data == []
        assert document.problems
    assert not document.damaged or document.problems
    for route in all_routes(document):
        for on_key in (False, True):
            assert within(document.span(route, on_key), document.text)


def cut(document: Document, span: Span) -> str:
    """What stands in a span."""
    lines = document.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:]])


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    check(read("f.yaml", raw))


@given(st.one_of(st.text(max_size=100), near_yaml()))
@settings(max_examples=700, deadline=None)
def test_any_text_is_read(text: str) -> None:
    check(of(text))


def test_any_slip_of_the_keyboard_is_read() -> None:
    chance = random.Random(9)
    for _ in range(300):
        check(of(mutated(chance.choice(realistic()), chance)))


@pytest.mark.slow
def test_any_of_many_slips_of_the_keyboard_is_read() -> None:
    chance = random.Random(10)
    for _ in range(20_000):
        check(of(mutated(chance.choice(realistic()), chance)))


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "---\n", "---\n# nothing\n...\n", "\ufeff", "~\n", "---\n---\n"]
)
def test_nothing_said(text: str) -> None:
    document = of(text)
    assert (document.data, document.problems, document.readable) == ([], (), True)
    assert within(document.span(("a",)), document.text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str, mark: str) -> None:
    plain = of(WRITTEN)
    other = of(mark + WRITTEN.replace("\n", end))
    assert plain.data
    assert other.data == plain.data
    assert other.problems == plain.problems == ()
    assert [other.span(route) for route in all_routes(other)] == [plain.span(route) for route in all_routes(plain)]


def test_several_documents_are_each_read() -> None:
    document = of("a: {b: c}\n---\n# empty\n---\nd: e\n---\n- f\n")
    assert document.data == [{"a": {"b": "c"}}, {"d": "e"}, ["f"]]
    assert document.problems == ()
    assert document.span(("a", "b")).line == 1
    assert document.span((1, "d")).line == 5
    assert document.span((2, 0)).line == 7


@pytest.mark.parametrize(
    ("raw", "where", "words"),
    [
        (b"a: b\xe9\n", (1, 5), "0xE9 is not UTF-8 (in Windows-1252 it is `\u00e9`)"),
        (b"\xef\xbb\xbfa: b\r\n\xc3\xa9: \xff\n", (2, 4), "0xFF is not UTF-8"),
        (b"a: b\rc: \xed\xa0\x80\n", (2, 4), "0xED"),
        (b"a: b\nc\0: d\n", (2, 2), "NUL"),
        ("a: b\n".encode("utf-16"), (1, 1), "UTF-16"),
        ("a: b\n".encode("utf-32"), (1, 1), "UTF-32"),
        ("a: b\n".encode("utf-16-le"), (1, 2), "NUL"),
    ],
)
def test_what_is_not_utf8_is_told_at_its_first_byte(raw: bytes, where: tuple[int, int], words: str) -> None:
    document = read("f.yaml", raw)
    (problem,) = document.problems
    assert problem.rule == "yaml/not-utf8"
    assert problem.where[1:3] == where
    assert words in problem.message
    assert not document.readable


@pytest.mark.parametrize("hidden", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_no_editor_shows_is_a_space(hidden: str) -> None:
    document = of(f"# hi{hidden}b: c\na: x{hidden}y\n")
    (problem,) = document.problems
    assert problem.rule == "yaml/hidden-character"
    assert f"U+{ord(hidden):04X} stands here, 2 times in this file," in problem.message
    assert problem.where == Span("f.yaml", 1, 5, 1, 6)
    assert document.data == [{"a": "x y"}]


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200f", "\u200b", "\u200d", "\u2060", "\ufeff", "\U000e0041", "\u00ad"]
)
def test_a_hidden_character_is_told_and_kept(hidden: str) -> None:
    document = of(f"a: x{hidden}y\n")
    (problem,) = document.problems
    assert (problem.rule, problem.where) == ("yaml/hidden-character", Span("f.yaml", 1, 5, 1, 6))
    assert f"U+{ord(hidden):04X}" in problem.message
    assert document.data == [{"a": f"x{hidden}y"}]
    assert not document.damaged


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻 writes",
        "👩🏽\u200d⚕️ heals",
        "می\u200cخواهم",
        "क्\u200dष",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f Scotland",
        "no\u00a0break",
        "naïve — “quoted” … €",
    ],
)
def test_what_looks_hidden_but_belongs_to_a_script_is_quiet(text: str) -> None:
    document = of(f"a: {text}\n")
    assert document.problems == ()
    assert document.data == [{"a": text}]


def test_only_so_many_kinds_of_hidden_characters_are_told() -> None:
    document = of("a: x" + "".join(chr(0xE0020 + number) for number in range(40)) + "\n")
    assert len(document.problems) == 10


SHOWN = """\
roles:
  ceo:
    name: 😀 Ada   # since 2020
    purpose: >
      Decide what
      we do.

    teams: [é, {a: 1}]
    steps:
      - do: "it"
        by: x
      - {do: y}   # later
      -
    held_by:
"""


@pytest.mark.parametrize("prefix", ["", "# é 😀\n", "x: &a b\n"])
@pytest.mark.parametrize(
    ("route", "on_key", "shown"),
    [
        (("roles",), False, "roles"),
        (("roles", "ceo"), False, "ceo"),
        (("roles", "ceo", "name"), False, "😀 Ada"),
        (("roles", "ceo", "name"), True, "name"),
        (("roles", "ceo", "purpose"), False, ">\n      Decide what\n      we do."),
        (("roles", "ceo", "teams"), False, "teams"),
        (("roles", "ceo", "teams", 0), False, "é"),
        (("roles", "ceo", "teams", 1), False, "{a: 1}"),
        (("roles", "ceo", "teams", 1, "a"), False, "1"),
        (("roles", "ceo", "steps", 0), False, 'do: "it"'),
        (("roles", "ceo", "steps", 0, "do"), False, '"it"'),
        (("roles", "ceo", "steps", 1), False, "{do: y}"),
        (("roles", "ceo", "steps", 1, "do"), True, "do"),
        (("roles", "ceo", "steps", 2), False, "-"),
        (("roles", "ceo", "held_by"), False, "held_by"),
        (("roles", "ceo", "held_by"), True, "held_by"),
        (("roles", "ceo", "chair"), False, "ceo"),
        (("roles", "ceo", "chair"), True, "ceo"),
        (("roles", "ceo", "name", 3, "x"), False, "😀 Ada"),
        (("roles", "cfo"), False, "roles"),
        (("roles", "cfo", "name"), True, "roles"),
    ],
)
def test_a_span_is_what_a_reader_would_point_at(prefix: str, route: Route, on_key: bool, shown: str) -> None:
    document = of(prefix + SHOWN)
    assert cut(document, document.span(route, on_key)) == shown


def test_the_root_is_shown_by_its_first_line() -> None:
    document = of("# head\na: b # why\nc: d\n")
    assert cut(document, document.span(())) == "a: b"


@pytest.mark.parametrize(
    ("text", "offset", "length", "shown"),
    [
        ("10 over 5", 3, 4, "over"),
        ("10 over 5", 3, 0, "over 5"),
        ('"10 over 5"', 3, 4, "over"),
        ("'10 over 5'", 8, 1, "5"),
        (">\n    10\n    over 5", 3, 4, "over"),
        ("|-\n    10\n     over 5", 4, 4, "over"),
        ("10\n    over 5", 3, 6, "over 5"),
        ("10\n    over 5", 0, 5, "10\n    ov"),
        ('"10 \\u006fver"', 3, 4, '"10 \\u006fver"'),
        ("'10 ''over'", 3, 4, "'10 ''over'"),
        ("!t 10 over", 3, 4, "!t 10 over"),
        ("[10, 20]", 0, 2, "x"),
        ("😀 over", 2, 4, "over"),
        ("10", 7, 0, "10"),
    ],
)
def test_a_piece_is_found_inside_its_text(text: str, offset: int, length: int, shown: str) -> None:
    document = of(f"x: {text}\n")
    assert cut(document, document.piece(("x",), offset, length)) == shown


def test_reading_a_declaration_alone_finds_the_same_places() -> None:
    for text in realistic():
        document = of(text)
        whole = Places("f.yaml", document.text, plain=False)
        assert all_routes(document)
        for route in all_routes(document):
            for on_key in (False, True):
                assert document.span(route, on_key) == whole.span(route, on_key), route
            assert document.piece(route, 1, 2) == whole.piece(route, 1, 2), route


FIELDS = """\
teams:
  one:   # a comment
    # another
    lead: a   # and one

    works_with:
    - {team: two, because: b}
    # between
    - team: three
      because: |
        lead: no field

        because: none

      mode: service
    purpose: >
      lead: b
    owns:
      - a
   # less deep
      - b
    leads: c
  two: {lead: a, owns: [b]}
  three:
    lead: x"""


def test_a_field_read_alone_has_the_same_places_as_in_its_file() -> None:
    for text in (FIELDS, *realistic()):
        document = of(text)
        routes = all_routes(document)
        whole = Places("f.yaml", document.text, plain=False)
        # So that nothing is known from what was asked before, each is asked of a file that was just read.
        asked = [*routes, *((*route, "none") for route in routes)]
        for route in asked if text == FIELDS else asked[::9]:
            for on_key in (False, True):
                assert of(text).span(route, on_key) == whole.span(route, on_key), route


def test_an_unreadable_file_gives_its_ids() -> None:
    text = "a: b: c\nroles:\n# said\n    ceo:\n        x: y\n    'cfo': {a: b}\n    - x\nteams:\n- a: b\nx: y\nlog:\n"
    document = of(text)
    assert not document.readable
    assert document.salvaged_ids == {"roles": ["ceo", "cfo"]}
    assert document.span(("roles", "ceo")) == Span("f.yaml", 1, 1, 1, 1)


@pytest.mark.parametrize(
    "raw",
    [
        b"roles:\n  ceo:\n    name: Andr\xe9\n  cfo:\n",
        "roles:\n  ceo:\n  cfo:\n".encode("utf-16"),
        b"<<<<<<< a\nroles:\n  ceo:\n=======\n  cfo:\n>>>>>>> b\n",
        b"roles:\n\tceo: a\n\tcfo: b\n",
        b"roles:\n  ceo:\n  cfo:\n    " + b"[" * 100,
    ],
)
def test_ids_are_salvaged_whatever_is_wrong(raw: bytes) -> None:
    document = read("f.yaml", raw)
    assert not document.readable
    assert document.salvaged_ids == {"roles": ["ceo", "cfo"]}


BOMBS = {
    "65 levels of lists": b"a: " + b"[" * 64,
    "5,000 levels of lists": b"[" * 5_000,
    "100,000 levels of lists": b"a: " + b"[" * 100_000,
    "100,000 dashes": b"- " * 100_000,
    "65 levels of blocks": b"".join(b" " * depth + b"a:\n" for depth in range(66)),
    "mixed": b"a:\n  - {b: [" + b"{c: [" * 50_000,
    "levels in what is left out": b"a: 1\na: " + b"[" * 70 + b"]" * 70,
    "10 MB": b"a: " + b"x" * 10_000_000,
    "a million keys": b"".join(b"k%d: 1\n" % number for number in range(1_000_000)),
    "too many keys": b"".join(b"k%d: 1\n" % number for number in range(100_001)),
    "too many items": b"a: [" + b"b," * 210_000 + b"]",
    "too many nothings": b"-\n" * 210_000,
    "too many documents": b"---\n" * 210_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_too_much_is_told_at_once(name: str) -> None:
    with clock() as spent:
        document = read("f.yaml", BOMBS[name])
    (problem,) = document.problems
    assert problem.rule == "yaml/too-large"
    assert not document.readable
    assert spent.seconds < 3  # a second, on a machine that does nothing else


@pytest.mark.parametrize(
    "raw",
    [
        b"a: " + b"[" * 63 + b"]" * 63 + b"\n",
        b"".join(b" " * depth + b"a:\n" for depth in range(64)),
        b"- " * 64 + b"a\n",
        b"".join(b"k%d: 1\n" % number for number in range(99_000)),
        b"a: " + b"x" * (2 * MEBIBYTE - 4) + b"\n",
    ],
)
def test_what_is_just_not_too_much_is_read(raw: bytes) -> None:
    document = read("f.yaml", raw)
    assert document.problems == ()
    assert document.data


HEAVY = {
    "aliases of aliases": b"a0: &a0 [x, x]\n"
    + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 2_000)),
    "an alias of itself": b"a: &a [*a]\n",
    "merge keys": b"a: &a {b: c}\n" + b"".join(b"k%d:\n  <<: *a\n" % n for n in range(20_000)),
    "second keys": b"a: b\n" * 90_000,
    "tags": b"".join(b"k%d: !t a\n" % n for n in range(50_000)),
    "slips": b"m:\n" + b"".join(b"  k%d: a: b\n" % n for n in range(50_000)),
    "blank lines": b"a: >\n  b\n" + b"\n" * (2 * MEBIBYTE - 10),
    "blanks": b"a: b" + b" " * (2 * MEBIBYTE - 10) + b"c:",
    "commas": b"a: {b: c" + b", d" * 60_000 + b"}",
    "colons": b"a: [b" + b":1" * MEBIBYTE,
    "conflicts": b"<<<<<<< a\n" * 200_000,
    "hidden characters": "a\u200b\u202e".encode() * 150_000,
    "hidden line ends": "a: \x85\n".encode() * 90_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_hostile_files_are_read_in_time(name: str) -> None:
    with clock() as spent:
        document = read("f.yaml", HEAVY[name])
        document.span(("a", "b"))
    assert 1 <= len(document.problems) <= 100 or name == "blank lines"
    assert spent.seconds < 5


def test_memory_stays_below_300_megabytes() -> None:
    program = """
from coordlint.document import read
bombs = [b"a: " + b"[" * 100_000, b"a: [" + b"b," * 1_000_000 + b"]", b"-\\n" * 1_000_000, b"a:\\n" * 600_000]
bombs += [b"".join(b"k%d: 1\\n" % n for n in range(140_000)), b"--- a\\n" * 90_000, "\\u200b".encode() * 600_000]
for bomb in bombs:
    read("f.yaml", bomb).span(("a", "b"))
# What getrusage says may be the memory of the process that started this one.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert int(ended.stdout) < 300 * 1024
