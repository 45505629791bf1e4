"""Edits of files: what is asked for changes, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from coordlint.document import read
from coordlint.editing import Refused, apply
from coordlint.finding import Edit, Place, Span

HELD = {"held": "launch-weekly", "date": "2026-03-03", "attended": 7}
WAIVED = {"rule": "meeting/no-agenda", "reason": "counsel has it: until May"}


def edit(action: str, *way: str | int, value: object = None) -> Edit:
    return Edit(Place("a.yaml", way), action, value)


def edited(text: str, *edits: Edit) -> str:
    new = apply("a.yaml", text.encode(), edits)
    return new.reason if isinstance(new, Refused) else new.decode()


def said(text: str) -> Any:
    return read("a.yaml", text.encode()).data


ADDED = {
    "like its neighbour on one line": (
        "log:\n  - {held: a, date: 2026-01-05}  # the first\n",
        "log:\n  - {held: a, date: 2026-01-05}  # the first\n"
        "  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n",
    ),
    "like its neighbour on several lines, with dashes in the column of the key": (
        "log:\n- held: a\n  date: 2026-01-05\n",
        "log:\n- held: a\n  date: 2026-01-05\n- held: launch-weekly\n  date: 2026-03-03\n  attended: 7\n",
    ),
    "apart where its neighbours are": (
        "log:\n  - {held: a}\n\n  - {held: b}\n",
        "log:\n  - {held: a}\n\n  - {held: b}\n\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n",
    ),
    "before what follows the list, and behind a comment on its last item": (
        "log:\n  - {held: a}\n    # on this one\n  # at the end\n\nmeetings:\n  a:\n",
        "log:\n  - {held: a}\n    # on this one\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n"
        "  # at the end\n\nmeetings:\n  a:\n",
    ),
    "without a last line feed": (
        "log:\n  - {held: a}",
        "log:\n  - {held: a}\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}",
    ),
    "with the line ends of the file": (
        "\ufefflog:\r\n  - {held: a}\r\n",
        "\ufefflog:\r\n  - {held: a}\r\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\r\n",
    ),
    "to a list in brackets": (
        "log: [{held: a}]  # few\n",
        "log: [{held: a}, {held: launch-weekly, date: 2026-03-03, attended: 7}]  # few\n",
    ),
    "where nothing stands yet": (
        "log:  # from March on\nmeetings: {a: }\n",
        "log:  # from March on\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\nmeetings: {a: }\n",
    ),
    "to empty brackets": (
        "log: []  # from March on\n",
        "log:  # from March on\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n",
    ),
    "with a key of its own": (
        "meetings:\n  a:\n    purpose: b\n\n# The end.\n",
        "meetings:\n  a:\n    purpose: b\n\nlog:\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n\n"
        "# The end.\n",
    ),
    "to an empty file": ("", "log:\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n"),
    "below a comment alone": (
        "# What happened.\n",
        "# What happened.\n\nlog:\n  - {held: launch-weekly, date: 2026-03-03, attended: 7}\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), ADDED.values(), ids=ADDED)
def test_an_entry_is_added(before: str, after: str) -> None:
    assert edited(before, edit("add", "log", value=HELD)) == after


def test_one_entry_in_brackets_becomes_a_list_of_two() -> None:
    text = "a:\n  waive: {rule: a/b, reason: c}   # d\n"
    assert edited(text, edit("add", "a", "waive", value={"rule": "e/f"})) == (
        "a:\n  waive: [{rule: a/b, reason: c}, {rule: e/f}]   # d\n"
    )
    assert "is no list" in edited("a:\n  waive:\n    rule: a/b\n", edit("add", "a", "waive", value={"rule": "e/f"}))


NAMES_ADDED = {
    "to one value, which becomes a list": ("decides: a  # why", "decides: [a, z]  # why"),
    "to one in quotes": ('decides: "a"', 'decides: ["a", z]'),
    "to a list in brackets": ("decides: [a, b]", "decides: [a, b, z]"),
    "to one with a comma at its end": ("decides: [a, b, ]", "decides: [a, b, z ]"),
    "to one on several lines": (
        "decides: [\n      a,  # q\n      b  # r\n    ]",
        "decides: [\n      a,  # q\n      b,  # r\n      z\n    ]",
    ),
    "to one in a block": ("decides:\n    - a\n    - b", "decides:\n    - a\n    - b\n    - z"),
    "to a text that ends at a comma in brackets": ("decides: a, b", 'decides: ["a, b", z]'),
    "where nothing stands": ("decides:  # later", "decides: z  # later"),
    "where there is no key": ("chair: a", "chair: a\n    decides: z"),
}


@pytest.mark.parametrize(("before", "after"), NAMES_ADDED.values(), ids=NAMES_ADDED)
def test_a_name_is_added(before: str, after: str) -> None:
    head, tail = "forums:\n  f:\n    ", "\n  g: {chair: x}\n"
    assert edited(head + before + tail, edit("add", "forums", "f", "decides", value="z")) == head + after + tail


def test_a_key_is_set() -> None:
    text = "forums:\n  f:\n    chair: a  # c\n  g: {chair: a}\n  h:\n  i: {}\n"
    edits = [edit("set", "forums", id, "charter", value="b: c") for id in "fghi"]
    assert edited(text, *edits) == (
        'forums:\n  f:\n    chair: a  # c\n    charter: "b: c"\n  g: {chair: a, charter: "b: c"}\n'
        '  h:\n    charter: "b: c"\n  i: {charter: "b: c"}\n'
    )


def test_a_list_of_mappings_is_laid_out_as_deep_as_the_file_is() -> None:
    text = "forums:\n    f:\n        chair: a\n"
    new = edited(text, edit("add", "forums", "f", "waive", value=WAIVED))
    assert new == (
        text + '        waive:\n            - {rule: meeting/no-agenda, reason: "counsel has it: until May"}\n'
    )


def test_long_prose_goes_on_lines_of_its_own() -> None:
    text = "forums:\n  f:\n    chair: a\n"
    purpose = "Decides " + "this and that, " * 12 + "and no more."
    new = edited(text, edit("set", "forums", "f", "charter", value=purpose))
    assert said(new)[0]["forums"]["f"] == {"chair": "a", "charter": purpose}
    assert max(map(len, new.splitlines())) <= 100


def test_another_document_of_the_file_is_changed() -> None:
    text = "meetings:\n  a: {chair: x}\n---\nmeetings:\n  b: {chair: y}\n"
    new = edited(text, edit("set", 1, "meetings", "b", "chair", value="z"))
    assert new == text.replace("y}", "z}")


REFUSED = {
    "a list where fields are": ("meetings:\n  a: {b: c}\n", edit("add", "meetings", "a", value="z")),
    "an item to a text of several lines": ("a:\n  b: >\n    c\n", edit("add", "a", "b", value="z")),
    "a key below a text": ("a: b\n", edit("set", "a", "c", value="z")),
    "a key below one that is not there": ("a:\n  b: c\n", edit("set", "x", "y", "z", value="z")),
    "a file that is no YAML": ("a: [b\n", edit("set", "c", value="z")),
    "what was refused when it was read": ("a: &b {c: d}\ne: *b\n", edit("set", "e", "f", value="z")),
    "what is there already, with fields": ("a: {b: c}\n", edit("set", "a", value=[])),
}


@pytest.mark.parametrize(("text", "asked"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(text: str, asked: Edit) -> None:
    assert isinstance(apply("a.yaml", text.encode(), [asked]), Refused)


REMOVED = {
    "with its line": ("a:\n  b: c\n  d: e\n", ("a", "b"), "a:\n  d: e\n"),
    "with all of its lines": ("a:\n  b:\n    - c\n    - d\n  # on e\n  e: f\n", ("a", "b"), "a:\n  # on e\n  e: f\n"),
    "at the end of a file without a last line feed": ("a:\n  b: c\n  d: e", ("a", "d"), "a:\n  b: c"),
    "and one of two blank lines that meet": ("a: {}\n\nb: {}\n\nc: {}\n", ("b",), "a: {}\n\nc: {}\n"),
    "from a list": ("a:\n  - b\n  - c\n", ("a", 0), "a:\n  - c\n"),
    "with the list, where it is the last": ("a:\n  b:\n    - c\n  d: e\n", ("a", "b", 0), "a:\n  d: e\n"),
    "with all but the key, where it is the last": ("a:  # x\n  b: c\nd: e\n", ("a", "b"), "a:  # x\nd: e\n"),
    "from behind a dash": ("a:\n  - b: c\n    d: e\n", ("a", 0, "b"), "a:\n  - d: e\n"),
    "from the start of brackets": ("a: [b, c]  # x\n", ("a", 0), "a: [c]  # x\n"),
    "from the end of brackets": ("a: {b: c, d: e}\n", ("a", "d"), "a: {b: c}\n"),
    "with the brackets, where it is the last": ("a: {b: [c], d: e}\n", ("a", "b", 0), "a: {d: e}\n"),
    "with its line ends": ("a:\r\n  b: c\r\n  d: e\r\n", ("a", "b"), "a:\r\n  d: e\r\n"),
}


@pytest.mark.parametrize(("before", "way", "after"), REMOVED.values(), ids=REMOVED)
def test_a_part_is_removed(before: str, way: tuple[str | int, ...], after: str) -> None:
    assert edited(before, edit("remove", *way)) == after


def test_what_is_removed_takes_no_comment_with_it() -> None:
    assert edited("a:\n  b: c  # why\n  d: e\n", edit("remove", "a", "b")) == "a comment would go with it"


def test_several_parts_are_changed_at_once() -> None:
    text = "a:\n  b: [x, y, z]\n  c: d\n  laed: f\n"
    edits = [edit("remove", "a", "b", 0), edit("remove", "a", "b", 2), edit("rename", "a", "laed", value="lead")]
    assert edited(text, *edits, edit("replace", "a", "laed", value="g")) == "a:\n  b: [y]\n  c: d\n  lead: g\n"


NEW_WORDS = {
    "plain": ("b: x", "b: z"),
    "in the same quotes": ("b: 'x'", "b: 'z'"),
    "where nothing stood": ("b:", "b: z"),
    "with what follows it": ("b: x   # y", "b: z   # y"),
}


@pytest.mark.parametrize(("before", "after"), NEW_WORDS.values(), ids=NEW_WORDS)
def test_a_word_is_replaced(before: str, after: str) -> None:
    assert edited(f"a:\n  {before}\n", edit("replace", "a", "b", value="z")) == f"a:\n  {after}\n"


def test_a_key_is_renamed_in_its_quotes() -> None:
    assert edited(
        "'laed': {\"x\": y}\n", edit("rename", "laed", value="lead"), edit("rename", "laed", "x", value="z")
    ) == ("'lead': {\"z\": y}\n")


def test_a_comment_is_cut_with_its_line() -> None:
    text = "a: b\n  # gone\nc: d  # gone too\n# x\n"
    cuts = [Edit(Span("a.yaml", 2, 3, 2, 9), "cut"), Edit(Span("a.yaml", 3, 7, 3, 17), "cut")]
    assert edited(text, *cuts) == "a: b\nc: d\n# x\n"


def test_a_piece_of_a_comment_is_cut() -> None:
    text = "a: b  # coordlint: ignore[x/y, z/w] until May\n"
    at = text.index(", z/w") + 1
    assert edited(text, Edit(Span("a.yaml", 1, at, 1, at + 5), "cut")) == "a: b  # coordlint: ignore[x/y] until May\n"


def test_nothing_but_a_comment_is_cut() -> None:
    assert edited('a: "b # c"\n', Edit(Span("a.yaml", 1, 7, 1, 10), "cut")) == "no comment stands there"


def test_a_file_that_says_nothing_becomes_no_list_and_no_mapping_at_once() -> None:
    both = (edit("set", "fresh", value="a"), edit("add", value={"rule": "a/b"}))
    assert edited("", *both) == "it is not there to be changed"
