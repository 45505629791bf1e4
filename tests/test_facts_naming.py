"""What bears the names in a field, straight from the data: the same as its references lead to."""

from __future__ import annotations

import pytest
from org_kit import org_of

from coordlint.facts.naming import bearers, parts_in, texts_in
from coordlint.model.kinds import Handoff, Role, Team

DESK = """
people: {bo: {}}
roles: {clerk: {}, bo: {}, anyone: {}}
teams: {desk: {was: counter}, hall: {}}
records: {ledger: {keeps: Who paid.}}
handoffs:
  one: {from: desk, to: hall, delivers: A list of names}
  two: {from: anyone, to: [hall, clerk, nobody], delivers: [ledger, record/ledger, ./list.csv, A list of names]}
  three: {from: [anyone, counter], to: role/clerk, delivers: []}
"""


@pytest.mark.parametrize("key", ["from", "to", "delivers"])
@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_it_is_what_references_lead_to(key: str, name: str) -> None:
    org = org_of(DESK)
    handoff = org.get(Handoff, name)
    assert handoff is not None
    found = bearers(org, Handoff.fields[key]).of(handoff.data[key])
    assert list(found) == list(org.each(handoff.refs(key)))


def test_fields_that_take_the_same_kinds_share_what_they_know() -> None:
    org = org_of(DESK)
    assert bearers(org, Handoff.to) is bearers(org, Handoff.to)
    assert bearers(org, Handoff.delivers) is bearers(org, Handoff.accepts_when)
    assert bearers(org, Handoff.from_) is not bearers(org, Handoff.to)


def test_a_field_for_one_name_holds_nobody_where_several_stand() -> None:
    org = org_of(DESK)
    named = bearers(org, Team.lead)
    assert named.only("clerk") is named.only(["clerk"]) is org.get(Role, "clerk")
    # Both a person and a role bear this one.
    assert [named.only(value) for value in (["clerk", "nobody"], [], None, "nobody", "bo", 3)] == [None] * 6


def test_what_is_no_text_and_no_mapping_is_passed_over() -> None:
    assert [list(texts_in(value)) for value in ("a", ["a", 1, "b"], None, 3, {})] == [["a"], ["a", "b"], [], [], []]
    assert list(parts_in({"cases": [{}, 1, {"a": 2}]}, "cases")) == [{}, {"a": 2}]
    assert [list(parts_in({"cases": value}, "cases")) for value in ({"a": 2}, None, "a")] == [[{"a": 2}], [], []]
