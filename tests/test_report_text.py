"""The report for terminals: what a reader sees, and what may never reach the screen."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import clock
from report_samples import DECISIONS, ERROR, INFO, WARNING, at, finding, from_files, run

from coordlint.finding import Accepted, Finding, Span
from coordlint.report import Look, render
from coordlint.report.screen import measure, shown
from coordlint.report.snippet import lines_of

TWO_DECIDERS = finding(
    at("decisions.yaml", 6, 15, 18),
    "decision right `pricing` has two deciders",
    (at("decisions.yaml", 6, 20, 23), "the other is named here"),
    rule="decision/two-deciders",
    tip="keep the one who has the last word",
)


def show(*findings: Finding, width: int = 80, colour: bool = False, **files: str) -> str:
    """The report on files that are named without their ending."""
    texts = {f"{name}.yaml": text for name, text in files.items()}
    return render("text", [run(*findings)], from_files(texts), Look(width, colour, 0))


def snippet(source: str, *findings: Finding, width: int = 80) -> list[str]:
    """The rows with a bar, without their gutter."""
    rows = show(*findings, width=width, a=source).split("\n")
    return [row.partition("| ")[2] for row in rows if re.match(r" +\d* \|", row)]


def test_a_finding_is_read_from_place_to_tip() -> None:
    assert show(TWO_DECIDERS, decisions=DECISIONS) == (
        "decisions.yaml:6:15 error decision/two-deciders\n"
        "  decision right `pricing` has two deciders\n"
        "  2 |   pricing:\n"
        "...\n"
        "  6 |     decider: [cpo, cfo]\n"
        "    |               ^^^  --- the other is named here\n"
        "  tip: keep the one who has the last word\n"
        "\n"
        "1 finding: 1 error, in 1 of 14 files\n"
    )


def test_a_narrow_terminal_wraps() -> None:
    assert show(TWO_DECIDERS, width=40, decisions=DECISIONS) == (
        "decisions.yaml:6:15\n"
        "  error decision/two-deciders\n"
        "  decision right `pricing` has two\n"
        "  deciders\n"
        "  2 |   pricing:\n"
        "...\n"
        "  6 |     decider: [cpo, cfo]\n"
        "    |               ^^^  ---\n"
        "    |      the other is named here\n"
        "  tip: keep the one who has the last\n"
        "       word\n"
        "\n"
        "1 finding: 1 error, in 1 of 14 files\n"
    )


def test_paths_begin_where_the_command_ran() -> None:
    there = run(TWO_DECIDERS, prefix="org/")
    assert render("text", [there], from_files({}), Look()).startswith("org/decisions.yaml:6:15 error")


def test_a_related_place_in_another_file_is_named_and_shown() -> None:
    related = (at("b", 2, 3, 6)._replace(path="b.yaml"), "said here")
    text = show(finding(at("a.yaml", 1, 1, 2), "m", related), a="x: 1\n", b="roles:\n  cfo:\n")
    assert "  see b.yaml:2:3\n  2 |   cfo:\n    |   --- said here\n" in text


def test_a_related_place_far_below_is_named_and_shown() -> None:
    source = "".join(f"key-{number}: x\n" for number in range(1, 41))
    text = show(finding(at("a.yaml", 1, 1, 6), "m", (at("a.yaml", 40, 1, 7), "and here")), a=source)
    assert "   1 | key-1: x\n     | ^^^^^\n  see a.yaml:40:1\n  40 | key-40: x\n     | ------ and here\n" in text


def test_a_lone_line_between_two_is_shown_and_more_are_left_out() -> None:
    source = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n"
    near = snippet(source, finding(at("a.yaml", 1, 1, 2), "m", (at("a.yaml", 3, 1, 2), "x")))
    assert near == ["a: 1", "^", "b: 2", "c: 3", "- x"]
    far = show(finding(at("a.yaml", 1, 1, 2), "m", (at("a.yaml", 6, 1, 2), "x")), a=source)
    assert "  1 | a: 1\n    | ^\n...\n  6 | f: 6\n" in far


def test_words_about_the_very_same_stretch_stand_at_its_caret() -> None:
    span = at("a.yaml", 1, 1, 4)
    assert snippet("abc: 1\n", finding(span, "m", (span, "this one"))) == ["abc: 1", "^^^ this one"]


def test_words_left_of_the_caret_get_a_row_of_their_own() -> None:
    rows = snippet("abc: def\n", finding(at("a.yaml", 1, 6, 9), "m", (at("a.yaml", 1, 1, 4), "the key")))
    assert rows == ["abc: def", "     ^^^", "--- the key"]


def test_related_places_that_cannot_be_shown_keep_their_words() -> None:
    related = ((at("gone.yaml", 3, 1, 2), "it was here"), (at("a.yaml", 99, 1, 2), "below the end"))
    text = show(finding(at("a.yaml", 1, 1, 2), "m", *related), a="x: 1\n")
    assert "  see gone.yaml:3:1: it was here\n  see a.yaml:99:1: below the end\n" in text


def test_many_related_places_are_counted() -> None:
    related = [(at("gone.yaml", line, 1, 2), "here too") for line in range(1, 13)]
    text = show(finding(at("a.yaml", 1, 1, 2), "m", *related), a="x: 1\n")
    assert text.count("here too") == 10
    assert "  and 2 more places\n" in text


def test_the_declaration_is_named_above_its_line() -> None:
    source = "roles:\n  cfo:\n    held_by:\n      # for now\n\n      - kim\n"
    rows = show(finding(at("a.yaml", 6, 9, 12)), a=source)
    assert "  2 |   cfo:\n...\n  6 |       - kim\n" in rows


def test_a_mark_over_several_lines_reaches_the_end_of_its_first() -> None:
    span = at("a.yaml", 1, 4, 2, end_line=3)
    assert snippet("a: >   \n  b\n  c\n", finding(span)) == ["a: >", "   ^"]


@pytest.mark.parametrize(
    ("source", "span"),
    [
        ("", at("a.yaml", 1, 1, 1)),
        ("a: 1", at("a.yaml", 1, 5, 5)),
        ("a: 1\n", at("a.yaml", 2, 1, 1)),
        ("a: 1\n", at("a.yaml", 1, 90, 95)),
    ],
)
def test_the_end_of_a_file_is_a_place(source: str, span: Span) -> None:
    assert snippet(source, finding(span))[-1].strip() == "^"


@pytest.mark.parametrize("span", [Span("a.yaml", 0, 0, 0, 0), at("a.yaml", 50, 1, 2)])
def test_what_has_no_line_shows_none(span: Span) -> None:
    assert snippet("a: 1\n", finding(span)) == []


def test_an_unknown_line_is_not_made_up() -> None:
    assert show(finding(Span("a.yaml", 0, 0, 0, 0))).startswith("a.yaml error family/rule\n")


@pytest.mark.parametrize(
    ("line", "marked", "row", "carets"),
    [
        ("値引き: よ", "よ", "値引き: よ", "        ^^"),
        ("e\u0301te\u0301: x", "x", "e\u0301te\u0301: x", "     ^"),
        ("\tkey: x", "x", "    key: x", "         ^"),
        ("a\u202eb: x", "x", "a\\u202eb: x", "          ^"),
        ("a: \x1b[31m", "\x1b", "a: \\u001b[31m", "   ^^^^^^"),
        ("\U000e0041: x", "x", "\\U000e0041: x", "            ^"),
        ("« oui\u00a0»: x", "x", "« oui\u00a0»: x", "         ^"),
        ("\u1112\u1161: x", "x", "\u1112\u1161: x", "    ^"),
    ],
)
def test_carets_stand_below_what_is_meant(line: str, marked: str, row: str, carets: str) -> None:
    column = line.index(marked) + 1
    assert snippet(line, finding(at("a.yaml", 1, column, column + 1))) == [row, carets]


def test_a_long_line_is_shown_around_the_mark() -> None:
    line = "a: " + "x" * 200 + " HERE " + "y" * 200
    text, carets = snippet(line, finding(at("a.yaml", 1, 205, 209)), width=60)
    assert text.startswith("...")
    assert text.endswith("...")
    assert text[carets.index("^") : len(carets)] == "HERE"


def test_a_long_line_begins_at_the_margin_while_the_mark_fits() -> None:
    text, carets = snippet("  key: HERE " + "y" * 200, finding(at("a.yaml", 1, 8, 12)), width=60)
    assert text.startswith("  key: HERE yyy")
    assert carets == "       ^^^^"


def test_a_second_mark_outside_the_part_shown_gets_its_own_part() -> None:
    line = "first: 1, " + "x" * 200 + ", last: 2"
    rows = snippet(line, finding(at("a.yaml", 1, 213, 217), "m", (at("a.yaml", 1, 1, 6), "the first")), width=60)
    assert [row.strip() for row in rows[1::2]] == ["^^^^", "----- the first"]
    assert rows[0].endswith(", last: 2")
    assert rows[2].startswith("first: 1")


def test_lines_are_counted_as_editors_do() -> None:
    assert lines_of("\ufeffa\r\nb\rc\nd\u2028e\x0bf\x85g") == ["a", "b", "c", "d\u2028e\x0bf\x85g"]


def test_huge_lines_cost_no_more_than_small_ones() -> None:
    source = "a: " + "x" * (2 * 1024 * 1024) + "\n" + "b: " + "\u0301" * (1024 * 1024)
    spans = [
        at("a.yaml", 1, 1_000_000, 2_000_000),
        at("a.yaml", 2, 500_000, 500_001),
        at("a.yaml", 1, 4, 1, end_line=2),
    ]
    with clock() as spent:
        text = show(*[finding(span) for span in spans * 20], a=source)
    assert spent.seconds < 2
    assert len(text) < 100_000


def test_the_most_severe_are_shown_first_of_all() -> None:
    findings = [finding(at("a.yaml", line, 1, 2), severity=WARNING) for line in range(1, 4)]
    findings.append(finding(at("a.yaml", 9, 1, 2), severity=ERROR))
    text = render("text", [run(*findings)], from_files({}), Look(max_findings=2))
    assert re.findall(r"^a\.yaml:\d", text, re.MULTILINE) == ["a.yaml:1", "a.yaml:9"]
    assert "\n2 more findings are not shown (2 warnings); `--max-findings 0` shows all\n" in text


def test_one_finding_too_many_is_one() -> None:
    findings = [finding(at("a.yaml", line, 1, 2), severity=INFO) for line in (1, 2)]
    text = render("text", [run(*findings)], from_files({}), Look(max_findings=1))
    assert "1 more finding is not shown (1 info)" in text
    assert "not shown" not in render("text", [run(*findings)], from_files({}), Look(max_findings=2))


def test_clean_is_one_calm_line() -> None:
    assert show() == "no findings in 14 files, 3 declarations\n"
    assert (
        render("text", [run(files=1, declared=1)], from_files({}), Look()) == "no findings in 1 file, 1 declaration\n"
    )


def test_what_is_accepted_is_told_last_with_its_reason_and_nothing_to_do() -> None:
    waiver = Accepted("the new chief decides in June", date(2026, 6, 30), "comment", at("decisions.yaml", 5, 5, 60))
    found = run(finding(at("z.yaml", 1, 1, 2), "open"))._replace(waived=(TWO_DECIDERS._replace(accepted=waiver),))
    files = from_files({"decisions.yaml": DECISIONS})
    assert "two-deciders" not in render("text", [found], files)
    told = render("text", [found], files, Look(show_waived=True))
    assert told.split("\n\n")[1:] == [
        "decisions.yaml:6:15 waived decision/two-deciders\n"
        "  decision right `pricing` has two deciders\n"
        "  2 |   pricing:\n"
        "...\n"
        "  6 |     decider: [cpo, cfo]\n"
        "    |               ^^^  --- the other is named here\n"
        "  accepted until 2026-06-30 in decisions.yaml:5: the new chief decides in June",
        "1 finding: 1 error, in 1 of 14 files, 1 waived\n",
    ]


def test_notes_stand_before_the_summary() -> None:
    text = render("text", [run(notes=("2 rules did not run",))], from_files({}), Look())
    assert text == "note: 2 rules did not run\n\nno findings in 14 files, 3 declarations\n"


def test_several_organisations_are_told_apart() -> None:
    east = run(finding(at("a.yaml", 1, 1, 2)), prefix="east/", files=2, notes=("n",))
    west = run(finding(at("a.yaml", 1, 1, 2), severity=INFO), prefix="west/", files=1)
    texts = {"east/": "in the east: 1", "west/": "in the west: 1"}
    text = render("text", [east, west], lambda each, _path: texts[each.prefix], Look())
    assert "in the east" in text
    assert "in the west" in text
    assert text.endswith("note: east: n\n\n2 findings: 1 error, 1 info, in 2 of 3 files of 2 organisations\n")
    clean = render("text", [run(prefix="east/"), run(prefix="west/")], from_files({}), Look())
    assert clean == "no findings in 28 files, 6 declarations of 2 organisations\n"


def test_colour_only_where_it_was_asked_for() -> None:
    assert "\x1b" not in show(TWO_DECIDERS, decisions=DECISIONS)
    assert "\x1b[1;31merror\x1b[0m" in show(TWO_DECIDERS, colour=True, decisions=DECISIONS)


TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("ab:-  \t\r\n\x1b\u202e\u200b値\u0301\x85\ud800")), max_size=200
)
WIDTHS = st.integers(30, 200)


@st.composite
def spans(draw: st.DrawFn, source: str) -> Span:
    """A stretch inside the text, most of the time."""
    lines = lines_of(source)
    line = draw(st.integers(1, len(lines)))
    end_line = draw(st.one_of(st.just(line), st.integers(line, len(lines) + 1)))
    column = draw(st.integers(1, len(lines[line - 1]) + 1))
    return Span("a.yaml", line, column, end_line, draw(st.integers(column if end_line == line else 1, column + 90)))


@st.composite
def findings(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> tuple[str, Finding]:
    source = draw(texts)
    related = draw(st.lists(st.tuples(spans(source), texts), max_size=3))
    made = Finding("family/rule", draw(st.sampled_from([ERROR, WARNING, INFO])), draw(texts), draw(spans(source)))
    return source, made._replace(related=tuple(related), tip=draw(texts))


def test_words_that_have_no_room_beside_their_mark_stand_below() -> None:
    made = finding(at("a.yaml", 1, 1, 1), "", (at("a.yaml", 1, 8, 8), "0"))
    text = show(made, width=30, a="0000\x1f⺀\U0003134b")
    assert max(map(measure, text.split("\n"))) == 30


@given(findings(), WIDTHS)
def test_nothing_raw_reaches_the_terminal(case: tuple[str, Finding], width: int) -> None:
    source, made = case
    text = show(made, width=width, a=source)
    assert not {char for char in text if not char.isprintable()} - set("\n\u00a0\u2009\u202f\u3000")
    assert all(measure(line) <= width for line in text.split("\n"))
    assert not any(
        line.endswith(" ") for line in text.split("\n") if "|" in line and not line.strip().startswith("tip")
    )


@given(findings(), WIDTHS)
def test_colour_changes_nothing_but_colour(case: tuple[str, Finding], width: int) -> None:
    source, made = case
    coloured = show(made, width=width, colour=True, a=source)
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == show(made, width=width, a=source)


@given(findings(), WIDTHS)
def test_no_word_is_lost(case: tuple[str, Finding], width: int) -> None:
    source, made = case
    text = letters(show(made, width=width, a=source))
    for said in (made.message, made.tip, *(words for _, words in made.related)):
        assert letters(shown(said)) in text


def letters(text: str) -> str:
    """The text without what wrapping adds."""
    return re.sub(r"[\s|]", "", text)


PLAIN = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300)


@given(PLAIN, st.data(), WIDTHS)
def test_carets_lie_below_the_marked_text(line: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    text, carets = snippet(line, finding(at("a.yaml", 1, start + 1, end + 1)), width=width)
    begin = len(carets) - len(carets.lstrip(" "))
    below = text[begin : len(carets)]
    assert below
    assert line[start:end].startswith(below)
    assert text.removeprefix("...").removesuffix("...") in line or text in line


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_lines_come_in_order_and_once(numbers: list[int]) -> None:
    source = "\n".join(f"key: {number}" for number in range(60))
    first, *rest = [at("a.yaml", number, 1, 4) for number in numbers]
    rows = show(finding(first, "m", *[(span, "x") for span in rest]), a=source).split("  see ")
    for block in rows:
        seen = [int(number) for number in re.findall(r"^ +(\d+) \|", block, re.MULTILINE)]
        assert all(above < below for above, below in pairwise(seen))
