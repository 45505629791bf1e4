"""Foreign texts that are broken, hostile or of another form: one sentence or a note, and never a fault of our own."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importer_kit import SMALL, declared, imported, own_faults, plain

from coordlint.finding import UsageError
from coordlint.importers.writing import write


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no mapping"),
        ("# nothing\n", "holds no mapping"),
        ("- a\n- b\n", "holds no mapping"),
        ("just words", "holds no mapping"),
        ("meetings: {}\n", "none of the keys `sigs`, `workinggroups`, `usergroups`, `committees`"),
        ("sigs: []\n", "lists no group"),
        ("sigs: none\n", "lists no group"),
        ("sigs: [{label: x}]\n", "lists no group"),
        ("sigs: [\n", "line 2"),
        ("sigs:\n  - dir: \x07\n", "cannot be read as YAML"),
        ("sigs: " + "[" * 100_000, "cannot be read as YAML"),
        ("sigs: " + "[" * 100_000 + "]" * 100_000, "cannot be read as YAML"),
        ("sigs:\n" + "  - dir: sig-x\n    name: x\n" * 200_000, "cannot be read as YAML"),
        ("sigs: [{dir: '\ud800'}]\n", "cannot be read as YAML"),
    ],
    ids=range(14),
)
def test_a_text_of_another_form_is_one_sentence(text: str, sentence: str):
    with pytest.raises(UsageError) as error:
        imported(text)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_text_that_was_cut_off_anywhere_is_read_or_refused():
    for end in range(0, len(SMALL), 37):
        try:
            found = imported(SMALL[:end])
        except UsageError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert all(fault.endswith("unresolved") for fault in own_faults(found))


# By name, so that a failure can be read.
HOSTILE: dict[str, object] = {
    "null": None,
    "seven": 7,
    "half": 1.5,
    "true": True,
    "nothing": "",
    "letter": "x",
    "unseen": "\u202e\u200bé徐",
    "lines": "a\n\n b: #\t\n",
    "long": "x" * 30_000,
    "list": [],
    "mapping": {},
    "texts": ["x"],
    "list of null": [None],
    "list of list": [[]],
    "pair": {"a": "b"},
    "list of mapping": [{}],
}


def _ways(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(deeper for key, part in parts for deeper in _ways(part, (*way, key)))]


def _put(whole: Any, way: tuple[Any, ...], value: str) -> None:
    """Puts a hostile value in place of what is there; nothing where an earlier one took the way there away."""
    *before, last = way
    for step in before:
        try:
            whole = whole[step]
        except (KeyError, IndexError, TypeError):
            return
    fits = isinstance(last, str) if isinstance(whole, dict) else isinstance(whole, list) and last in range(len(whole))
    if fits:
        whole[last] = copy.deepcopy(HOSTILE[value])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(_ways(plain(SMALL))[1:]), st.sampled_from(sorted(HOSTILE))), min_size=1, max_size=3
    )
)
def test_anything_in_any_place_is_read_or_refused(changes: list[tuple[tuple[Any, ...], str]]):
    whole = plain(SMALL)
    for way, value in changes:
        _put(whole, way, value)
    try:
        found = imported(write(whole))
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert all(fault.endswith("unresolved") for fault in own_faults(found))
    assert all(note.line >= 1 for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "sigs: [{dir: sig-x, name: X, 1: y, null: z, [a]: b}]\n7: x\n",
        "sigs: [{dir: sig-x, name: X, name: Y}]\n",
        "sigs: [{dir: &a sig-x, name: *a, label: !t x}]\nsigs: []\n",
        "sigs: [{dir: sig-x, name: X}]\n---\nsigs: [{dir: sig-y, name: Y}]\n",
    ],
)
def test_what_the_reader_of_yaml_refuses_in_part_is_noted(text: str):
    found = imported(text)
    assert own_faults(found) == []
    assert {"what the reader of YAML says", "a second YAML document in the text"} & {
        note.reason for note in found.notes
    }


def test_a_number_of_any_length_is_no_name():
    found = imported(f"sigs: [{{dir: sig-x, name: {'9' * 6000}}}]\n")
    assert own_faults(found) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=8))
def test_names_in_any_script_give_ids_of_their_own(leads: list[tuple[str, str]]):
    chairs = [{"github": login, "name": name} for login, name in leads]
    text = write({"sigs": [{"dir": "sig-x", "name": "X", "leadership": {"chairs": chairs}}]})
    found = imported(text)
    assert own_faults(found) == []
    logins = {" ".join(login.lower().split()) or f" {' '.join(name.split())}" for login, name in leads}
    assert len(declared(found).get("people", {})) == len(logins - {" "})
