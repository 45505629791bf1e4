"""A sheet of roles becomes roles, and whoever holds one is known, new, or left open."""

from __future__ import annotations

import pytest
from csv_kit import data_of, faults, imported, noted, organisation, sheet
from example_kit import TEXTS

from coordlint.importers import Imported


@pytest.fixture(scope="module")
def staff() -> Imported:
    """The sheet of roles beside the people that the personnel system has."""
    return imported(sheet("roles.csv"), "roles", beside=organisation(imported(sheet("people.csv"), "people").files))


def test_roles_name_the_people_and_teams_that_are_there(staff: Imported) -> None:
    told = data_of(staff)
    assert faults(staff, imported(sheet("people.csv"), "people").files) == []
    assert told["roles"]["chief-executive"] == {
        "name": "Chief executive",
        "purpose": "Answers to the board for the whole company.",
        "held_by": "ada-visser",
        "deputy": "cfo",
        "team": "management",
        "accountable_for": ["Strategy", "The annual plan"],
    }
    assert told["roles"]["vp-engineering"]["accountable_for"] == ["Delivery dates", "Technical quality"]
    assert told["roles"]["vp-engineering"]["purpose"] == "Builds what we sell,\nand keeps it running."
    assert "teams" not in told, "all of them are there"


def test_an_empty_chair_is_vacant_and_an_empty_cell_says_nothing(staff: Imported) -> None:
    assert data_of(staff)["roles"]["head-of-quality"]["held_by"] == []
    found = imported("Role,Held by\nPilot,\n", "roles")
    assert data_of(found)["roles"]["pilot"] == {"name": "Pilot"}


def test_several_hold_a_role_and_the_sheet_does_not_say_how(staff: Imported) -> None:
    assert data_of(staff)["roles"]["on-call-engineer"]["held_by"] == ["wei-chen", "tomas-brandao"]
    assert (12, "Role", "On-call engineer") in noted(staff, "left open")
    assert "held_as" not in data_of(staff)["roles"]["on-call-engineer"]
    said = imported("Role;Held by;Held as\nGuard;Ann Lee, Bo Ray;in turn\nCook;Cy Moe;by chance\n", "roles")
    assert data_of(said)["roles"]["guard"]["held_as"] == "in_turn"
    assert noted(said, "left open") == []
    assert noted(said, "left out") == [(3, "Held as", "by chance")]


def test_one_of_two_who_cannot_be_told_apart_leaves_the_whole_open(staff: Imported) -> None:
    assert "held_by" not in data_of(staff)["roles"]["account-executive"], "Rosa Tamm alone would be a claim"
    assert (9, "Held by", "John Smith (Leeds): john-smith, john-smith-2") in noted(staff, "left open")


def test_whoever_is_named_here_alone_becomes_a_person() -> None:
    found = imported("Role,Held by\nPilot,Ann Lee\nCook,ann lee\n", "roles")
    assert data_of(found)["people"] == {"ann-lee": {"name": "Ann Lee"}}
    assert [role["held_by"] for role in data_of(found)["roles"].values()] == ["ann-lee", "ann-lee"]
    assert (2, "Held by", "Ann Lee") in noted(found, "guessed")
    assert faults(found) == []


def test_a_name_with_a_remark_is_that_of_whoever_bears_it() -> None:
    found = imported("Role,Held by\nActing cook,Marijke Dekkers (interim)\n", "roles", beside=organisation())
    assert data_of(found)["roles"]["acting-cook"]["held_by"] == "marijke-dekkers"
    assert noted(found, "changed") == [(2, "Held by", "Marijke Dekkers (interim)")]


def test_a_name_near_that_of_somebody_is_nobody_new() -> None:
    found = imported("Role,Held by\nActing cook,Marijke Deckers\n", "roles", beside=organisation())
    assert data_of(found) == {"roles": {"acting-cook": {"name": "Acting cook"}}}
    assert noted(found, "left open") == [(2, "Held by", "Marijke Deckers (near: marijke-dekkers)")]
    assert faults(found, TEXTS) == []


def test_a_role_that_is_declared_stays_as_declared() -> None:
    found = imported("Role,Held by,Reports to\nCEO,Somebody New,\nPilot,,ceo\n", "roles", beside=organisation())
    assert data_of(found) == {"roles": {"pilot": {"name": "Pilot", "reports_to": "ceo"}}}
    assert noted(found, "there already") == [(2, "Role", "ceo, in roles.yaml")]


def test_rows_of_one_role_that_differ_are_told() -> None:
    found = imported("Role,Held by,Purpose\nGuard,Ann Lee,Watches\nGuard,Bo Ray,Sleeps\n", "roles")
    assert data_of(found)["roles"]["guard"]["purpose"] == "Watches"
    assert data_of(found)["roles"]["guard"]["held_by"] == ["ann-lee", "bo-ray"]
    assert (3, "Purpose", "Sleeps") in noted(found, "guessed")


def test_a_role_does_not_report_to_itself() -> None:
    found = imported("Role,Reports to,Deputy\nChief,Chief,Chief\n", "roles")
    assert data_of(found)["roles"] == {"chief": {"name": "Chief"}}
    assert {*noted(found, "left out")} == {(2, "Reports to", "Chief"), (2, "Deputy", "Chief")}


def test_an_id_that_anything_has_is_not_taken() -> None:
    found = imported("Role\nLaunch weekly\nDiscount\n", "roles", beside=organisation())
    assert [*data_of(found)["roles"]] == ["launch-weekly-role", "discount-role"]
    assert faults(found, TEXTS) == [], "a meeting and a decision right are called so, and names of them stay clear"


@pytest.mark.parametrize("written", ["Dekkers, Marijke", "dekkers,  marijke"])
def test_a_family_name_may_come_first(written: str) -> None:
    found = imported(f'Role,Held by\nActing cook,"{written}"\n', "roles", beside=organisation())
    assert data_of(found)["roles"]["acting-cook"]["held_by"] == "marijke-dekkers"
    assert "people" not in data_of(found)


def test_a_comma_between_two_words_is_one_person_or_two() -> None:
    found = imported('Role,Held by\nCook,"Tamm, Rosa"\nGuard,"Ann Lee, Bo Ray"\nMate,"Tamm, Rosa (acting)"\n', "roles")
    assert "held_by" not in data_of(found)["roles"]["mate"]
    assert "held_by" not in data_of(found)["roles"]["cook"]
    assert (2, "Held by", "Tamm, Rosa") in noted(found, "left open")
    assert data_of(found)["roles"]["guard"]["held_by"] == ["ann-lee", "bo-ray"]
