"""A RACI, DACI or RAPID sheet becomes decision rights, and two who are both accountable stay two."""

from __future__ import annotations

import pytest
from csv_kit import data_of, faults, imported, noted, organisation, sheet
from example_kit import run

from coordlint.finding import UsageError
from coordlint.importers import Imported


@pytest.fixture(scope="module")
def raci() -> Imported:
    return imported(sheet("raci.csv"), "rights")


def test_fifteen_activities_of_eight_roles_are_read(raci: Imported) -> None:
    assert (raci.counts["decision_rights"], raci.counts["roles"]) == (15, 8)
    assert faults(raci) == []
    told = data_of(raci)
    assert told["decision_rights"]["set-the-price"] == {
        "question": "Set the price",
        "description": "Floor set by the board",
        "decider": "cfo",
        "consulted": ["ceo", "vp-sales", "marketing-lead"],
        "informed": ["vp-engineering", "support-lead"],
        "performs": "vp-product",
    }
    assert next(iter(told["decision_rights"])) == "choose-the-launch-date", "in the order of the sheet"
    assert told["roles"]["marketing-lead"] == {"name": "Marketing Lead"}


@pytest.mark.parametrize("cell", ["write-the-launch-plan", "sign-off-on-quality", "publish-the-launch-page"])
def test_two_letters_in_a_cell_are_two_parts(raci: Imported, cell: str) -> None:
    right = data_of(raci)["decision_rights"][cell]
    assert right["decider"] == right["performs"]


def test_two_deciders_are_told_and_not_chosen_between(raci: Imported) -> None:
    assert data_of(raci)["decision_rights"]["name-the-product"]["decider"] == ["ceo", "vp-product"]
    assert (9, "Activity", "ceo, vp-product") in noted(raci, "left open")
    rules = {(each.rule, each.id) for each in run(raci.files).findings}
    assert ("decision/two-deciders", "name-the-product") in rules
    assert ("decision/no-decider", "certify-the-device") in rules


def test_nobody_who_is_accountable_is_made_up(raci: Imported) -> None:
    assert "decider" not in data_of(raci)["decision_rights"]["certify-the-device"]
    assert (15, "Activity", "Certify the device") in noted(raci, "left open")


def test_headings_legends_and_numbers_are_no_decisions(raci: Imported) -> None:
    left = [what for _, _, what in noted(raci, "left out")]
    assert {"Phase 1: Plan", "Phase 2: Build", "Phase 3: Launch", "No."} <= {*left}
    assert not any("responsible" in id for id in data_of(raci)["decision_rights"])


def test_a_sheet_of_daci() -> None:
    found = imported(sheet("daci.csv"), "rights")
    assert faults(found) == []
    assert data_of(found)["decision_rights"]["do-we-replace-the-message-queue"] == {
        "question": "Do we replace the message queue?",
        "recommends": "staff-engineer",
        "decider": "head-of-platform",
        "consulted": ["head-of-security", "platform-team"],
        "informed": "everybody",
    }


def test_a_sheet_of_rapid() -> None:
    found = imported(sheet("rapid.csv"), "rights")
    assert faults(found) == []
    assert data_of(found)["decision_rights"]["do-we-sign-a-lease-of-over-five-years"] == {
        "question": "Do we sign a lease of over five years?",
        "recommends": "cfo",
        "decider": "chief-executive",
        "agrees": "legal",
        "consulted": ["cfo", "regional-manager"],
        "performs": "operations",
    }


def test_german_headings_in_the_encoding_of_windows() -> None:
    raw = sheet("raci-de.csv").decode().encode("cp1252")
    with pytest.raises(UsageError, match="--encoding cp1252"):
        imported(raw, "rights", "Aufgabe=question")
    with pytest.raises(
        UsageError, match=r"no column for `question`; its columns are `Aufgabe`, .*\"Aufgabe=question\""
    ):
        imported(raw, "rights", encoding="cp1252")
    found = imported(raw, "rights", "Aufgabe=question", "Bemerkung=description", encoding="cp1252")
    assert faults(found) == []
    assert data_of(found)["decision_rights"]["vertraege-ueber-50-000-unterschreiben"] == {
        "question": "Verträge über 50.000 € unterschreiben",
        "description": "mit Prüfung\ndurch die Rechtsabteilung",
        "decider": "geschaeftsfuehrung",
        "performs": "einkauf",
    }


def test_letters_that_could_be_two_schemes_are_asked_for() -> None:
    text = "{}Decision,Boss,Aide\nGo there,A,R\n"
    with pytest.raises(UsageError, match=r"letters A, R, which leave open.*--letters raci` and `--letters rapid"):
        imported(text.format(""), "rights")
    as_raci = imported(text.format(""), "rights", letters="raci")
    assert data_of(as_raci)["decision_rights"]["go-there"] == {
        "question": "Go there",
        "decider": "boss",
        "performs": "aide",
    }
    as_rapid = data_of(imported(text.format(""), "rights", letters="rapid"))["decision_rights"]["go-there"]
    assert as_rapid == {"question": "Go there", "recommends": "aide", "agrees": "boss"}
    titled = imported(text.format("RACI of the move,,\n,,\n"), "rights")
    assert data_of(titled) == data_of(as_raci)
    assert (3, "", "AR") in noted(titled, "guessed")


def test_letters_of_no_scheme_are_asked_for() -> None:
    with pytest.raises(UsageError, match="letters A, C, D, R"):
        imported("Decision,Boss,Aide,Other\nGo there,D,R,C\nStay,A,R,C\n", "rights")


def test_letters_that_the_scheme_lacks_are_noted() -> None:
    found = imported("Task,Boss,Aide,Helper\nGo there,A,R/C,S\n", "rights")
    assert "helper" not in data_of(found)["roles"]
    assert noted(found, "left out") == [(2, "Helper", "S")]
    words = imported("Task,Boss,Aide\nGo there,Accountable,Responsible\nStay,A,C\n", "rights")
    assert data_of(words)["decision_rights"]["go-there"]["performs"] == "aide"


def test_columns_are_who_is_called_so_or_said_to_be_meant() -> None:
    text = "Decision,CEO,Boss,Finance\nMay we paint it?,C,A,I\nMay we sell it?,,R,A\nMay we give this discount?,A,,\n"
    beside = organisation()
    found = imported(text, "rights", "Boss=cfo", beside=beside)
    rights = data_of(found)["decision_rights"]
    assert "roles" not in data_of(found)
    assert rights["may-we-paint-it"] == {
        "question": "May we paint it?",
        "decider": "cfo",
        "consulted": "ceo",
        "informed": "finance",
    }
    assert "decider" not in rights["may-we-sell-it"], "a team decides nothing"
    assert (3, "Decision", "finance") in noted(found, "left open")
    with pytest.raises(UsageError, match="did you mean `ceo`"):
        imported(text, "rights", "Boss=ceoo", beside=beside)


def test_a_decision_that_is_declared_stays_as_declared() -> None:
    text = "Decision,CEO,CFO\nDiscount,A,C\nDiscounts for friends,A,C\n"
    found = imported(text, "rights", beside=organisation())
    assert [*data_of(found)["decision_rights"]] == ["discounts-for-friends"]
    ((line, column, what),) = noted(found, "there already")
    assert (line, column) == (2, "Decision")
    assert what.startswith("discount, in ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Decision,Lead,Lead\nGo,A,R\n", "two columns called `Lead`, 2 and 3"),
        ("Decision,,Lead\nGo,A,C\n", "column 2 has letters and no heading"),
        ("Decision,Notes\nGo,whenever we like\n", "no column of letters such as R, A, C and I"),
        ("Decision\nGo\n", "no column of letters"),
    ],
)
def test_what_is_no_matrix_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        imported(text, "rights")
