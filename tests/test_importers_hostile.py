"""Foreign texts that are broken, hostile or of another form: one sentence or a note, and never a fault of our own."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from cli_kit import call
from example_kit import run
from hypothesis import given, settings
from hypothesis import strategies as st
from importer_kit import SMALL, community, declared, imported, own_faults, plain

from coordlint.finding import UsageError
from coordlint.importers import Imported
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


def _own_findings(found: Imported) -> list[str]:
    """What the checks say about the text and the shape of the files, and about names in them."""
    texts = {path: text for path, text in found.files.items() if path.endswith(".yaml")}
    return [
        f"{each.rule} {each.span.path}:{each.span.line} {each.message}"
        for each in run(texts, preset="strict").findings
        if each.rule.startswith(("yaml/", "shape/", "reference/", "coordlint/"))
    ]


def test_the_community_cut_off_at_any_place_is_read_or_refused() -> None:
    text, dice = community(), random.Random(20261123)
    for end in (dice.randrange(len(text)) for _ in range(20)):
        try:
            found = imported(text[:end])
        except UsageError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert _own_findings(found) == [], f"cut off after {end} characters"


FOREIGN = {
    "names in any script": """
        sigs:
          - dir: 存储
            name: 存储
            subprojects: [{name: 网站, owners: [a]}, {name: "😀"}, {name: "!!!"}, {name: شبكة}, {name: 网站}]
            meetings: [{description: 例会, frequency: weekly}, {description: "😀😀"}, {description: "???"}]
            leadership: {chairs: [{name: 徐}, {github: "😀"}, {github: "..."}, {name: "..."}]}
          - {dir: شبكة, name: الشبكة}
          - {dir: "😀", name: "🎉"}
          - {dir: "!!!", name: "***"}
          - {dir: "---", name: "---"}
        workinggroups:
          - {dir: 工作, name: 工作, stakeholder_sigs: [存储, الشبكة, "🎉", "***", "---"]}
        """,
    "stakes that lead in a circle": """
        sigs: [{dir: sig-a, name: A}, {dir: sig-b, name: B}]
        workinggroups:
          - {dir: wg-a, name: WA, stakeholder_sigs: [WB, WA, A, A]}
          - {dir: wg-b, name: WB, stakeholder_sigs: [WA, wg-b, sig-b, SIG A]}
        """,
    "names like paths, marks and references": """
        sigs:
          - dir: ../x
            name: ./y.md
            mission_statement: ./charter.md
            charter_link: charter.md
            leadership: {chairs: [{github: ext/bob}, {github: role/x, name: "{{you}}"}, {github: ./me}]}
            subprojects: [{name: ./z, description: "{{d}}", owners: [./OWNERS, ../x]}, {name: team/x}]
            meetings: [{description: ./m.md, frequency: ./f.md, archive_url: ./notes.md}]
          - {dir: ext/a, name: ext/a}
        workinggroups: [{dir: person/p, name: "{{term}}", stakeholder_sigs: [./y.md, ext/a]}]
        """,
    "another project": """
        sigs:
          - name: Networking
            leadership: {chairs: [alice, bob]}
            meetings:
              - {description: One, day: Tuesday, time: "15:00", tz: CET, frequency: weekly}
              - {description: Two, day: Tue, time: 3pm, tz: UTC+2, frequency: fortnightly}
              - {description: Three, day: [Monday, Friday], time: 9.30, tz: Eastern, frequency: weekly}
              - {description: [a, b], day: Thursday, time: 900, tz: [CET], frequency: {every: week}}
              - {description: Five, time: "15:00", tz: Eastern, frequency: every Tuesday}
              - just a text
            contact: networking@example.org
            stakeholder_sigs: Storage
          - dir: sig-store
            name: [Storage]
            leadership: [alice, bob]
            meetings: {description: Weekly, frequency: weekly}
            contact: {slack: [a], mailing_list: {a: b}, liaison: carol, teams: x}
            subprojects: {name: csi}
            mission_statement: [does, things]
            charter_link: 7
          - {dir: sig-empty, name: }
        committees: [{dir: steering, name: Steering}]
        working_groups: [{name: Nobody reads this}]
        """,
}


@pytest.fixture(params=FOREIGN)
def foreign(request: pytest.FixtureRequest) -> Imported:
    return imported(dedent(FOREIGN[request.param]))


def test_a_foreign_text_gives_no_finding_of_our_own_making(foreign: Imported) -> None:
    assert own_faults(foreign) == []
    assert _own_findings(foreign) == []


def test_of_another_project_all_that_is_guessed_or_left_out_is_noted() -> None:
    found = imported(dedent(FOREIGN["another project"]))
    noted = {(note.kind, note.where) for note in found.notes}
    meetings = "sigs[0].meetings"
    assert noted >= {
        ("guessed", ""),  # that it is the community that this form is of
        ("guessed", f"{meetings}[4]"),  # which Eastern time
        ("left open", f"{meetings}[1]"),
        ("left out", f"{meetings}[2].day"),
        *(("left out", f"{meetings}[3].{field}") for field in ("description", "tz", "frequency")),
        ("left out", f"{meetings}[5]"),
        *(("left out", f"sigs[0].leadership.chairs[{index}]") for index in (0, 1)),
        *(("left out", f"sigs[0].{field}") for field in ("contact", "stakeholder_sigs")),
        *(("left out", f"sigs[1].{field}") for field in ("name", "leadership", "meetings", "subprojects")),
        *(("left out", f"sigs[1].contact.{field}") for field in ("slack", "mailing_list", "liaison", "teams")),
        ("left out", "working_groups"),
    }
    told = declared(found)["meetings"]
    assert told["sig-networking-one"]["cadence"]["timezone"] == "Europe/Berlin"
    assert "at" not in told["sig-networking-two"]["cadence"]
    assert told["sig-networking-two"]["description"] == "As written: fortnightly, Tue, 3pm, UTC+2."
    assert told["sig-networking-five"]["cadence"]["day"] == "tue"


def test_a_stake_leads_to_what_bears_the_name() -> None:
    found = imported(dedent(FOREIGN["stakes that lead in a circle"]))
    assert declared(found)["forums"]["wg-a"]["members"] == ["wg-b", "sig-a-team"]
    assert declared(found)["forums"]["wg-b"]["members"] == ["wg-a", "sig-b-team", "sig-a-team"]
    left_out = [(note.where, note.what) for note in found.notes if note.kind == "left out"]
    assert left_out == [
        ("workinggroups[0].stakeholder_sigs[1]", "WA"),
        ("workinggroups[1].stakeholder_sigs[1]", "wg-b"),
    ]


def test_a_stake_in_other_signs_is_a_guess() -> None:
    found = imported(
        "sigs: [{dir: sig-k8s-infra, name: K8s Infra}]   # of Kubernetes\n"
        "workinggroups: [{dir: wg-a, name: A, stakeholder_sigs: [null, K8s-Infra]}]\n"
    )
    assert declared(found)["forums"]["wg-a"]["members"] == ["sig-k8s-infra-team"]
    (note,) = (note for note in found.notes if note.kind == "guessed")
    assert (note.where, note.what) == ("workinggroups[0].stakeholder_sigs[1]", "K8s-Infra")


@pytest.mark.parametrize("text", [*map(dedent, FOREIGN.values()), SMALL], ids=[*FOREIGN, "small"])
def test_importing_twice_changes_nothing(text: str, tmp_path: Path) -> None:
    source, into = tmp_path / "sigs.yaml", tmp_path / "org"
    source.write_text(text, encoding="utf-8")
    command = ("import", "kubernetes-sigs", str(source), "--into", str(into))
    first = call(*command, cwd=tmp_path)
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    second = call(*command, cwd=tmp_path)
    assert (first.code, second.code) == (0, 0)
    assert "0 files written" in second.out
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfes\x00i\x00", b"\x00\x01\x02", b"\x1f\x8b\x08", b"sigs: [\xc3\x28]\n", b"groups: [1]\n"]
)
def test_bytes_that_are_no_sigs_yaml_are_one_sentence(raw: bytes, tmp_path: Path) -> None:
    source = tmp_path / "sigs.yaml"
    source.write_bytes(raw)
    ended = call("import", "kubernetes-sigs", str(source), "--into", str(tmp_path / "org"), cwd=tmp_path)
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert not (tmp_path / "org").exists()
