"""Who bears whose name, and whom a team does not know."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of
from pace import clock

from coordlint.facts.people import namesakes, unknown_to_team


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Eva Ek", "eva  EK", True),
        ("Eva Ek", "Ek, Eva", True),
        ("José Ruiz", "Jose Ruiz", True),
        ("Eva Ek", "Eva Eks", False),
        ("Eva Ek", "Ek Eva", False),
        ("Eva", "Eva", False),
        ("李 明", "李 明", True),
    ],
)
def test_which_names_are_one(one: str, other: str, same: bool) -> None:
    found = list(namesakes(org_of(f'people: {{a-1: {{name: "{one}"}}, b-1: {{name: "{other}"}}}}')))
    assert [ids(each) for each in found] == ([["a-1", "b-1"]] if same else [])


def test_those_who_are_known_to_be_two_are_left_out() -> None:
    org = org_of("""
people:
  a1: {name: Eva Ek, joined: 2020-01-01}
  a2: {name: Eva Ek, joined: 2021-01-01}
  a3: {name: Eva Ek, joined: 2020-01-01}
""")
    assert [ids(each) for each in namesakes(org)] == [["a1", "a3"]]


def test_a_team_with_a_name_that_leads_nowhere_may_list_anybody() -> None:
    text = "people: {{eva: {{team: yard}}}}\nteams: {{yard: {{lead: ext/a, members: {}}}}}"
    assert len(list(unknown_to_team(org_of(text.format("[ext/bo]"))))) == 1
    assert len(list(unknown_to_team(org_of(text.format("ext/bo"))))) == 1
    assert list(unknown_to_team(org_of(text.format("[ext/bo, nobody]")))) == []
    assert list(unknown_to_team(org_of(text.format("[eva]")))) == []
    assert list(unknown_to_team(org_of(text.format("3")))) == []


def test_thousands_of_one_name_take_no_time() -> None:
    people = "".join(f"  p{number}: {{name: Eva Ek}}\n" for number in range(4_000))
    org = org_of(f"people:\n{people}")
    with clock() as spent:
        assert len(list(namesakes(org))) == 1
    assert spent.seconds < 1
