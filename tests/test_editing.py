"""Edits of files: what is asked for changes, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from coordlint.document import read
from coordlint.editing import Refused, apply
from coordlint.finding import Edit, Place

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
