"""Who decides the calls of a right, straight from the data: the same as each of its calls says."""

from __future__ import annotations

import pytest
from org_kit import org_of

from coordlint.facts.deciders import deciders
from coordlint.facts.venues import calls

ROLES = "roles: {cook: {}, buyer: {}, guest: {}}\nforums: {table: {charter: What is cooked.}}\n"


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("decider: cook, agrees: guest", False),
        ("decider: [cook, table, nobody]", False),
        ("agrees: guest", False),
        ("cases: [{when: {n: true}, decider: cook}, {when: {n: false}, agrees: guest}]", True),
        ("decider: table, cases: [{when: {n: true}, decider: cook}, {when: {n: false}, time_limit: 1d}]", False),
        ("decider: table, cases: [{when: {n: true}, decider: cook}], otherwise: {decider: buyer}", False),
        ("decider: table, otherwise: {consulted: buyer}", True),
        ("decider: table, cases: [{when: {n: true}, decider: {relative: lead of the team}}]", False),
        ("decider: table, cases: []", False),
    ],
)
def test_it_is_what_each_call_says(said: str, asks: bool) -> None:
    org = org_of(f"{ROLES}decision_rights: {{q: {{question: Do we?, inputs: {{n: yes_no}}, {said}}}}}")
    [(right, parties, asked)] = deciders(org)
    assert list(parties) == [party for call in calls(right) for party in org.each(call.refs("decider"))]
    assert asked is asks
