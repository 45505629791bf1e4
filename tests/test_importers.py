"""Importers: what a foreign text says becomes declarations that read cleanly, and what it does not becomes a note."""

from __future__ import annotations

import pytest
from importer_kit import SMALL, community, data_of, declared, imported, own_faults, plain

from coordlint import importers
from coordlint.finding import UsageError
from coordlint.importers import NOTES_FILE, Imported
from coordlint.importers.ids import slug_or_mark


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
        "agenda": "https://notes.example/garden",
        "record": "sig-garden-regular-sig-meeting-notes",
        "links": ["https://meet.example/garden", "https://video.example/garden"],
    }
    assert meetings["sig-garden-weeding"]["record"] == "sig-garden-regular-sig-meeting-notes"
    assert meetings["sig-garden-weeding"]["cadence"]["starting"] == "2024-02-15"
    assert declared(small)["records"] == {
        "sig-garden-regular-sig-meeting-notes": {
            "name": "SIG Garden, Regular SIG Meeting: notes",
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


def test_the_teams_of_its_stakeholders_sit_in_a_working_group(small: Imported):
    assert declared(small)["forums"]["wg-harvest"]["members"] == [
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
    text = "# Kubernetes\ncommittees: [{dir: committee-steering, name: Steering, charter_link: charter.md}]\n"
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


@pytest.fixture(scope="module")
def large() -> Imported:
    return imported(community())


def test_the_community_reads_cleanly(large: Imported):
    assert own_faults(large) == []


def test_the_community_is_told_in_full(large: Imported):
    everything = declared(large)
    assert {name: len(told) for name, told in everything.items()} == large.counts
    groups = ("sigs", "workinggroups", "committees")
    source = plain(community())
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


def test_a_link_to_the_notes_is_said_once():
    links = ("url: 'https://a.example'", "archive_url: 'https://a.example'", "recordings_url: 'https://b.example'")
    meeting = f"{{description: M, {', '.join(links)}}}"
    found = imported(f"sigs: [{{dir: sig-x, name: X, meetings: [{meeting}]}}]\n")
    told = declared(found)["meetings"]["sig-x-m"]
    assert (told["agenda"], told["links"]) == ("https://a.example", "https://b.example")


def test_a_meeting_at_a_document_has_its_notes_there():
    document = "https://docs.google.com/document/d/1/edit"
    found = imported(f"sigs: [{{dir: sig-x, name: Kubernetes X, meetings: [{{description: M, url: '{document}'}}]}}]\n")
    told = declared(found)
    assert told["records"][told["meetings"]["sig-x-m"]["record"]]["at"] == document
    assert [(note.where, note.what) for note in found.notes if note.kind == "guessed"] == [
        ("sigs[0].meetings[0].url", document)
    ]
