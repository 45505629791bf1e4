"""Importers: what a foreign text says becomes declarations that read cleanly, and what it does not becomes a note."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordlint import document, importers, shape
from coordlint.finding import UsageError
from coordlint.importers import NOTES_FILE, Imported
from coordlint.importers.ids import LONGEST, Ids, slug, slug_or_mark
from coordlint.importers.writing import write
from coordlint.model.base import Declaration
from coordlint.model.org import Miss, Org

SMALL = (Path(__file__).parent / "importers" / "sigs.yaml").read_text(encoding="utf-8")
LARGE = Path(__file__).parents[2] / "shared" / "data" / "kubernetes" / "sigs.yaml"
FORM = "kubernetes-sigs"


def imported(text: str) -> Imported:
    return importers.read(FORM, text, "sigs.yaml")


def data_of(found: Imported, path: str) -> Any:
    (data,) = document.read(path, found.files[path].encode()).data
    return data


def declared(found: Imported) -> dict[str, dict[str, Any]]:
    """All declarations by collection and id."""
    everything: dict[str, dict[str, Any]] = {}
    for path in found.files:
        if path not in ("coordlint.yaml", NOTES_FILE):
            for collection, declarations in data_of(found, path).items():
                everything.setdefault(collection, {}).update(declarations)
    return everything


def own_faults(found: Imported) -> list[str]:
    """What is wrong with the text or the shape of the files, ids that stand twice, and names that nothing bears."""
    said: list[str] = []
    told = []
    for path, text in found.files.items():
        if path == NOTES_FILE:
            continue
        read = document.read(path, text.encode())
        seen = shape.check_house(read) if path == "coordlint.yaml" else shape.check(read)
        said += [f"{path} {problem.rule} {problem.message}" for problem in (*read.problems, *seen.problems)]
        told += seen.told
    org = Org(told, date(2026, 8, 21))
    said += [f"{one.path} and {other.path}: {one.id} twice" for one, other in org.duplicates]
    for declaration in org.all(Declaration):
        for way, ref in declaration.references():
            missed = org.resolve(ref)
            if isinstance(missed, Miss) and missed is not Miss.OUTSIDE:
                said.append(f"{declaration.path} {way}: {ref.text} {missed.value}")
    return said


@pytest.fixture(scope="module")
def small() -> Imported:
    return imported(SMALL)


def test_group_becomes_forum_and_team(small: Imported):
    group = data_of(small, "sigs/sig-garden.yaml")
    assert group["forums"]["sig-garden"] == {
        "name": "SIG Garden",
        "tags": ["sig"],
        "charter": "Grows what the kitchen needs, and decides what is sown where. We look after the beds, the orchard "
        "and the tools that everybody borrows.\nBees are welcome.\n",
        "chair": "sig-garden-chair",
        "teams": ["sig-garden-team"],
        "links": [
            "https://github.com/kubernetes/community/blob/master/sig-garden/charter.md",
            "https://lists.example/g/sig-garden",
            "mailto:garden-leads@lists.example",
            "https://kubernetes.slack.com/messages/sig-garden",
        ],
    }
    assert group["teams"]["sig-garden-team"] == {"name": "SIG Garden", "lead": "sig-garden-chair"}


def test_leads_hold_roles(small: Imported):
    roles = declared(small)["roles"]
    chair, lead, liaison = (roles[f"sig-garden-{name}"] for name in ("chair", "tech-lead", "liaison"))
    assert chair == {
        "name": "Chair of SIG Garden",
        "held_by": ["rosat", "ivo"],
        "held_as": "jointly",
        "team": "sig-garden-team",
    }
    assert lead["held_by"] == ["rosat", slug_or_mark("徐俊杰", "person")]
    assert liaison == {
        "name": "Steering liaison of SIG Garden",
        "held_by": "mika",
        "independent_of": "sig-garden-team",
    }
    assert roles["governing-board-representative"]["held_by"] == "nel"


def test_an_empty_list_of_chairs_is_a_vacant_role_and_none_is_no_role(small: Imported):
    roles = declared(small)["roles"]
    assert roles["wg-harvest-chair"]["held_by"] == []
    assert "wg-harvest-tech-lead" not in roles


def test_people_stand_once_with_their_company(small: Imported):
    people = declared(small)["people"]
    assert people["rosat"] == {"name": "Rosa Tamm", "tags": ["Kitchen, Inc"]}
    assert people["nel"] == {"name": "Nel", "tags": ["No"]}
    assert [person["name"] for person in people.values()].count("Rosa Tamm") == 1


def test_meetings_have_cadence_forum_and_record(small: Imported):
    meetings = declared(small)["meetings"]
    assert meetings["sig-garden-regular-sig-meeting"] == {
        "name": "Regular SIG Meeting",
        "forum": "sig-garden",
        "cadence": {"every": "2 weeks", "day": "tue", "at": "09:00", "timezone": "America/Los_Angeles"},
        "record": "sig-garden-regular-sig-meeting-notes",
        "links": ["https://meet.example/garden", "https://video.example/garden"],
    }
    assert meetings["sig-garden-weeding"]["record"] == "sig-garden-regular-sig-meeting-notes"
    assert meetings["sig-garden-weeding"]["cadence"]["starting"] == "2024-02-15"
    assert declared(small)["records"] == {
        "sig-garden-regular-sig-meeting-notes": {
            "keeps": "Notes of SIG Garden, Regular SIG Meeting",
            "at": "https://notes.example/garden",
        }
    }


def test_a_frequency_that_nobody_understands_is_kept_in_words(small: Imported):
    swap = declared(small)["meetings"]["sig-garden-seed-swap"]
    assert swap["cadence"] == "as needed"
    assert swap["description"] == "As written: when the moon is right, Wednesday, 05:30, UTC."


def test_subprojects_are_teams_with_leads_and_meetings(small: Imported):
    everything = declared(small)
    assert everything["teams"]["bees-hives"] == {
        "name": "Bees & Hives",
        "description": "Keeps the bees.",
        "part_of": "sig-garden-team",
        "lead": "bees-hives-lead",
        "owns": "https://code.example/bees/OWNERS",
        "links": "https://kubernetes.slack.com/messages/bees",
    }
    assert everything["roles"]["bees-hives-lead"]["held_by"] == "nel"
    hours = everything["meetings"]["bees-hives-office-hours"]
    assert (hours["team"], hours["chair"], hours["cadence"]["day"]) == ("bees-hives", "bees-hives-lead", "second fri")


def test_subprojects_of_one_name_are_told_apart_by_their_groups(small: Imported):
    teams = declared(small)["teams"]
    assert {"sig-garden-website", "sig-kitchen-website"} <= teams.keys()
    assert "website" not in teams


def test_working_group_is_for_the_teams_of_its_stakeholders(small: Imported):
    assert declared(small)["forums"]["wg-harvest"]["teams"] == [
        "sig-garden-team",
        "sig-kitchen-team",
        "sig-cellar-team",
    ]


def test_a_group_without_a_charter_has_none(small: Imported):
    harvest = declared(small)["forums"]["wg-harvest"]
    assert "charter" not in harvest
    assert harvest["description"] == "Brings in the harvest, together.\n"


def test_steering_committee_owns_the_layer(small: Imported):
    assert data_of(small, "coordlint.yaml") == {
        "organisation": "Kubernetes",
        "layer_owner": "committee-steering",
        "edition": "2026",
        "calendars": {"utc": {"timezone": "UTC"}},
    }
    without = imported("sigs: [{dir: sig-one, name: One}]\n")
    assert "layer_owner" not in data_of(without, "coordlint.yaml")


def test_only_the_dangling_name_of_the_text_is_found(small: Imported):
    (only,) = own_faults(small)
    assert only.endswith("sig-cellar-team unresolved")


def test_every_thing_left_out_is_noted_with_its_line(small: Imported):
    lines = SMALL.splitlines()
    noted = {(note.kind, note.where): (lines[note.line - 1].strip(), note.what) for note in small.notes}
    garden = "sigs[0]"
    assert noted["left out", f"{garden}.leadership.emeritus_leads[0]"] == ("- github: old-hand", "Oldest Hand")
    assert noted["left out", f"{garden}.contact.teams[0]"] == ("- name: sig-garden-bugs", "sig-garden-bugs")
    assert noted["left out", f"{garden}.label"] == ("label: garden", "garden")
    assert noted["left out", f"{garden}.meetings[2].archive_url"] == ("archive_url: TBD", "TBD")
    assert noted["left out", "seasons"] == ("seasons: [spring, autumn]", "seasons")
    assert noted["left open", "workinggroups[0].stakeholder_sigs[2]"] == ("- Cellar", "Cellar")
    assert noted["left open", "workinggroups[0]"][1] == "WG Harvest"
    assert noted["left open", f"{garden}.meetings[0]"][1] == "sig-garden-regular-sig-meeting: biweekly"
    assert noted["kept in words", f"{garden}.meetings[2]"][0] == "- description: Seed swap"
    assert len(small.notes) == len(noted) == 9


def test_report_counts_and_names_first_places(small: Imported):
    said = importers.report(small)
    assert said.startswith("sigs.yaml: 7 files with ")
    for part in (
        "5 people",
        "4 forums",
        "5 meetings",
        "1 record,",
        "left out:\n",
        "1 × a former lead",
        "line 26 (Oldest Hand)",
    ):
        assert part in said
    assert max(map(len, said.splitlines())) < 240
    for note in small.notes:
        assert f"line {note.line}, `{note.where}`" in small.files[NOTES_FILE]


def test_report_of_many_notes_of_one_kind_stays_short():
    groups = "".join(f"  - {{dir: sig-{number}, name: G{number}, label: g{number}}}\n" for number in range(50))
    said = importers.report(imported(f"sigs:\n{groups}"))
    assert "50 × a label of issues" in said
    assert "(g0), line 3 (g1), line 4 (g2) and 47 more" in said


def test_report_of_nothing_left_out():
    text = "committees: [{dir: committee-steering, name: Steering, charter_link: charter.md}]\n"
    assert importers.report(imported(text)) == (
        "sigs.yaml: 2 files with 1 forum\n\nnothing was guessed, changed or left out\n"
    )


@pytest.mark.parametrize(("length", "is_kept"), [(300, True), (1999, True), (2100, False)])
def test_a_link_is_kept_whole_or_not_at_all(length: int, is_kept: bool):
    address = "https://example.org/".ljust(length, "a")
    found = imported(f"sigs: [{{dir: sig-x, name: X, meetings: [{{description: M, url: '{address}'}}]}}]\n")
    assert own_faults(found) == []
    assert declared(found)["meetings"]["sig-x-m"].get("links", "") == (address if is_kept else "")
    assert [note.reason for note in found.notes if note.where.endswith("url")] == (
        [] if is_kept else ["what should be a link and is none"]
    )


def test_counts(small: Imported):
    assert small.counts == {collection: len(declarations) for collection, declarations in declared(small).items()}


def test_twice_is_the_same(small: Imported):
    again = imported(SMALL)
    assert again == small
    assert list(again.files) == list(small.files)


def test_another_form_is_a_usage_error():
    with pytest.raises(UsageError, match="no importer called `xlsx`"):
        importers.read("xlsx", SMALL, "sigs.yaml")


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


def _plain(text: str) -> Any:
    return document.read("sigs.yaml", text.encode()).data[0]


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
        st.tuples(st.sampled_from(_ways(_plain(SMALL))[1:]), st.sampled_from(sorted(HOSTILE))), min_size=1, max_size=3
    )
)
def test_anything_in_any_place_is_read_or_refused(changes: list[tuple[tuple[Any, ...], str]]):
    whole = _plain(SMALL)
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


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Paco Xu 徐俊杰", "paco-xu"),
        ("Verónica López", "veronica-lopez"),
        ("kOps", "kops"),
        ("registry.k8s.io", "registry-k8s-io"),
        ("--", ""),
        ("徐俊杰", ""),
        ("O'Neill", "oneill"),
        ("Ⅻ ﬁne", "xii-fine"),
    ],
)
def test_slug(text: str, made: str):
    assert slug(text) == made


@given(st.lists(st.text(max_size=100), max_size=20))
def test_ids_are_given_once_and_fit(texts: list[str]):
    ids = Ids()
    given_ids = [ids.give(slug_or_mark(text, "person")) for text in texts]
    assert len(set(given_ids)) == len(texts)
    for made in given_ids:
        assert 1 <= len(made) <= LONGEST
        assert slug(made) == made


def test_long_names_that_begin_alike_differ():
    one, other = (slug(f"{'a long name ' * 8}{end}") for end in ("east", "west"))
    assert one != other
    assert len(one) <= LONGEST


@pytest.fixture(scope="module")
def large() -> Imported:
    if not LARGE.exists():
        pytest.skip("the community's own sigs.yaml is not beside this repository")
    return imported(LARGE.read_text(encoding="utf-8"))


def test_the_community_reads_cleanly(large: Imported):
    assert own_faults(large) == []


def test_the_community_is_told_in_full(large: Imported):
    everything = declared(large)
    assert {name: len(told) for name, told in everything.items()} == large.counts
    groups = ("sigs", "workinggroups", "committees")
    source = _plain(LARGE.read_text(encoding="utf-8"))
    hosts = [host for key in groups for group in source[key] for host in (group, *group.get("subprojects", ()))]
    meetings = [meeting for host in hosts for meeting in host.get("meetings", ())]
    assert large.counts["forums"] == sum(len(source[key]) for key in groups) == 35
    assert large.counts["meetings"] == len(meetings) == 102
    assert large.counts["people"] == 143
    kept = {meeting["archive_url"] for meeting in meetings if "archive_url" in meeting}
    assert {record["at"] for record in everything["records"].values()} == kept - {"TBD"}


def test_every_frequency_of_the_community_is_read(large: Imported):
    cadences = [meeting["cadence"] for meeting in declared(large)["meetings"].values()]
    assert "as needed" not in cadences
    assert [cadence for cadence in cadences if "at" not in cadence] == []
    assert sum("day" in cadence or "rrule" in cadence for cadence in cadences) == len(cadences) - 1
