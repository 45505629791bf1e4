"""Which teams have to do with each other, and through what."""

from __future__ import annotations

import pytest
from org_kit import org_of

from coordlint.facts.ties import ties
from coordlint.model.kinds import Team
from coordlint.model.org import Org

YARD = """
people: {bo: {team: dock}}
roles: {foreman: {team: dock}, clerk: {team: office}, welder: {team: hull}, guest: {}}
teams: {dock: {}, office: {}, hull: {}, paint: {lead: painter}, old: {status: ended}}
forums: {yard-board: {teams: [dock, hull, paint]}}
records: {log: {keeps: What was done.}}
"""


def tied(org: Org) -> dict[str, str]:
    """For every two teams that are tied, by what; each pair once."""
    found = {}
    for one, others in ties(org).items():
        for other, through in others.items():
            assert ties(org)[other][one] == through
            if one.id < other.id:
                found[f"{one.id} {other.id}"] = " ".join(each.id for each in through)
    return found


@pytest.mark.parametrize(
    ("declared", "pairs"),
    [
        ("decision_rights: {q: {question: Do we?, decider: foreman, performs: clerk}}", ["dock office"]),
        ("decision_rights: {q: {question: Do we?, decider: foreman, agrees: [office]}}", ["dock office"]),
        ("decision_rights: {q: {question: Do we?, decider: bo, consulted: clerk}}", ["dock office"]),
        ("decision_rights: {q: {question: Do we?, decider: bo, informed: clerk, recommends: welder}}", []),
        # Two who are asked have to do with who decides, not with each other.
        (
            "decision_rights: {q: {question: Do we?, decider: bo, consulted: [clerk, welder]}}",
            ["dock hull", "dock office"],
        ),
        ("decision_rights: {q: {question: Do we?, consulted: [clerk, welder]}}", ["hull office"]),
        ("decision_rights: {q: {question: Do we?, decider: [clerk, welder]}}", ["hull office"]),
        (
            "decision_rights: {q: {question: Do we?, decider: yard-board}}",
            ["dock hull", "dock paint", "hull paint"],
        ),
        (
            "decision_rights: {q: {question: Do we?, inputs: {n: yes_no}, performs: clerk, "
            "cases: [{when: {n: true}, decider: bo}], otherwise: {decider: welder}}}",
            ["dock hull", "dock office", "hull office"],
        ),
        (
            "decision_rights: {q: {question: Do we?, inputs: {n: yes_no}, decider: bo, "
            "also: [{when: {n: true}, agrees: clerk}]}}",
            ["dock office"],
        ),
        ("decision_rights: {q: {question: Do we?, decider: bo, performs: [foreman, guest, ext/a, nobody]}}", []),
        ("decision_rights: {q: {question: Do we?, decider: bo, performs: clerk, status: paused}}", []),
        ("decision_rights: {q: {question: Do we?, decider: bo, performs: old}}", []),
        ("handoffs: {q: {from: dock, to: [clerk, hull], delivers: log}}", ["dock hull", "dock office"]),
        ("handoffs: {q: {from: anyone, to: hull, delivers: log}}", []),
        (
            "handoffs: {q: {from: dock, delivers: log, inputs: {n: yes_no}, cases: [{when: {n: true}, to: hull}]}}",
            ["dock hull"],
        ),
        ("initiatives: {q: {teams: [dock, office, hull]}}", ["dock hull", "dock office", "hull office"]),
        (
            "context_lines: {q: {from: yard-board, to: office, carries: status}}",
            ["dock office", "hull office", "office paint"],
        ),
    ],
)
def test_what_ties_teams(declared: str, pairs: list[str]) -> None:
    assert tied(org_of(f"{YARD}\n{declared}")) == dict.fromkeys(pairs, "q")


def test_one_pair_may_be_tied_by_much() -> None:
    org = org_of(
        YARD + "decision_rights: {b: {question: Do we?, decider: bo, performs: clerk}}\n"
        "handoffs: {a: {from: office, to: dock, delivers: log}}\n"
        "context_lines: {c: {from: dock, to: office, carries: status}}\n"
    )
    assert tied(org) == {"dock office": "b a c"}


def test_of_very_many_teams_each_is_tied_to_the_first() -> None:
    teams = [f"t{number}" for number in range(1000)]
    declared = "".join(f"  {team}: {{}}\n" for team in teams)
    org = org_of(f"teams:\n{declared}initiatives: {{all: {{teams: [{', '.join(teams)}]}}}}")
    found = ties(org)
    assert len(found) == 1000
    assert sum(len(others) for others in found.values()) == 2 * 999
    first = org.get(Team, "t0")
    assert first is not None
    assert len(found[first]) == 999
