"""Where hand-offs start and end, what follows from what, and what comes straight back."""

from __future__ import annotations

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.handing import following, leading_to, receiving, returns, where_it_ends, where_it_starts
from coordlint.model.kinds import Handoff

ORG = org_of("""
people: {ada: {}}
roles:
  clerk: {team: office, held_by: [ada]}
  driver: {team: yard, held_by: [ada]}
  packer: {team: bay}
  loner: {}
teams: {office: {}, yard: {}, depot: {}, bay: {part_of: depot}, sales: {}}
handoffs:
  to-office: {from: sales, to: office, delivers: A list, then: [by-office, gone, nowhere, by-office]}
  to-clerk: {from: sales, to: clerk, delivers: A list, then: by-office}
  to-loner: {from: sales, to: loner, delivers: A list}
  to-depot: {from: sales, to: depot, delivers: A list}
  to-outside: {from: sales, to: ext/firm, delivers: A list}
  to-accepting: {from: sales, to: office, delivers: A list, accepted_by: packer}
  to-cases:
    from: sales
    delivers: A list
    inputs: {big: yes_no}
    cases: [{when: {big: true}, to: office}, {when: {big: false}, to: yard}]
  by-office: {from: office, to: sales, delivers: A box, then: to-clerk}
  by-driver: {from: driver, to: office, delivers: A box}
  by-bay: {from: bay, to: office, delivers: A box}
  by-anyone: {from: anyone, to: office, delivers: A box}
  gone: {from: office, to: sales, delivers: A box, status: ended}
""")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("to-office", "by-office", False),
        ("to-office", "by-driver", True),
        ("to-office", "by-bay", True),
        ("to-clerk", "by-office", False),
        ("to-clerk", "by-driver", False),  # one person holds both roles
        ("to-depot", "by-bay", False),
        ("to-loner", "by-bay", False),  # whose team nobody names
        ("to-outside", "by-bay", False),
        ("to-office", "by-anyone", False),
        ("to-accepting", "by-bay", False),
        ("to-cases", "by-bay", True),
        ("to-cases", "by-driver", False),
    ],
)
def test_what_starts_elsewhere(one: str, other: str, apart: bool) -> None:
    end, start = where_it_ends(the(Handoff, ORG, one)), where_it_starts(the(Handoff, ORG, other))
    assert end.is_apart_from(start) is apart
    assert start.is_apart_from(end) is apart


def test_what_follows() -> None:
    assert ids(following(the(Handoff, ORG, "to-office"))) == ["by-office"]
    assert ids(leading_to(ORG)[the(Handoff, ORG, "by-office")]) == ["to-clerk", "to-office"]
    assert [ref.text for ref in receiving(the(Handoff, ORG, "to-cases"))] == ["office", "yard"]


def test_what_comes_straight_back() -> None:
    back = {handoff.id: ids(after) for handoff, after in returns(ORG).items()}
    assert back == {"to-office": ["by-office"], "to-clerk": ["by-office"], "by-office": ["to-clerk"]}
