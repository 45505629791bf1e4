"""What is delivered to whom, and whether anybody takes up what is made."""

from __future__ import annotations

import pytest
from org_kit import org_of, the

from coordlint.facts.passing import is_brought, is_taken, is_told_of, may_deliver, says_who_takes, undelivered_trigger
from coordlint.model.kinds import Handoff, Record

TEXT = """
teams: {office: {}, depot: {}, yard: {}}
records:
  list: {keeps: It.}
  screen: {keeps: It., copy_of: list}
  bill: {keeps: It.}
  map: {keeps: It., read_by: yard}
  note: {keeps: It.}
  left: {keeps: It.}
  held: {keeps: It., owner: depot}
  shut: {keeps: It.}
meetings:
  round: {cadence: as needed, outputs: left}
  old-round: {cadence: as needed, inputs: left, status: ended}
  new-round: {cadence: as needed, inputs: note, status: proposed}
handoffs:
  order: {from: office, to: depot, delivers: list, then: [load, pay]}
  price: {from: office, to: depot, delivers: bill}
  load: {from: depot, to: yard, delivers: [list, bill], trigger: screen}
  pay: {from: depot, to: office, delivers: bill, trigger: note}
  words: {from: depot, to: office, delivers: Some words on rust, then: pay-on}
  pay-on: {from: office, to: depot, delivers: bill, trigger: note}
"""
ORG = org_of(TEXT)


@pytest.mark.parametrize(
    ("handoff", "record", "may"),
    [("order", "list", True), ("order", "screen", True), ("order", "bill", False), ("words", "bill", True)],
)
def test_what_may_be_delivered(handoff: str, record: str, may: bool) -> None:
    assert may_deliver(the(Handoff, ORG, handoff), the(Record, ORG, record)) is may


def test_what_sets_it_off() -> None:
    waiting = {each.id: trigger.id for each in ORG.all(Handoff) if (trigger := undelivered_trigger(each)) is not None}
    assert waiting == {"pay": "note"}


@pytest.mark.parametrize(
    ("handoff", "record", "brought"),
    [
        ("order", "list", True),
        ("order", "screen", True),
        ("order", "bill", True),  # by another hand-off, from the same giver
        ("order", "held", True),  # its own
        ("order", "map", False),
        ("load", "map", True),  # it reads that
        ("load", "note", False),
        ("pay", "note", True),  # which sets it off
        ("words", "note", True),  # which the words may mean
    ],
)
def test_what_is_brought(handoff: str, record: str, brought: bool) -> None:
    assert is_brought(the(Handoff, ORG, handoff), the(Record, ORG, record)) is brought


@pytest.mark.parametrize(
    ("record", "taken"),
    [("list", True), ("bill", True), ("map", True), ("note", True), ("left", False), ("shut", False)],
)
def test_what_is_taken(record: str, taken: bool) -> None:
    assert is_taken(the(Record, ORG, record)) is taken


def test_a_name_that_leads_nowhere_may_mean_a_record() -> None:
    lost = org_of(TEXT + "  lost: {from: depot, to: yard, delivers: lefft}\n")
    assert is_taken(the(Record, lost, "left"))


def test_who_takes_what_is_known_where_anything_says_so() -> None:
    assert says_who_takes(ORG)
    assert says_who_takes(org_of("records: {map: {keeps: It., read_by: ext/all}}"))
    assert not says_who_takes(org_of("handoffs: {box: {from: ext/a, to: ext/b, delivers: A box}}"))
    assert is_told_of(ORG, "All about rust")
    assert not is_told_of(ORG, "All about moss")
