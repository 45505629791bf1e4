"""Who learns what was decided, and whether a meeting would be missed."""

from __future__ import annotations

import pytest
from org_kit import org_of, the

from coordlint.facts.holding import holds_something
from coordlint.facts.informed import learns
from coordlint.model.kinds import DecisionRight, Meeting, Role

PORT = """
roles: {pilot: {}, mate: {}, clerk: {}, cook: {}, guard: {}, diver: {}}
records: {log: {keeps: Who berths where., read_by: [cook, monday]}}
forums: {port-board: {chair: clerk, members: [clerk, mate]}}
meetings:
  board-weekly: {forum: port-board, attendees: [clerk, mate, guard], cadence: as needed}
  monday: {attendees: [diver], cadence: as needed}
"""


@pytest.mark.parametrize(
    ("right", "line", "who", "told"),
    [
        ("decider: pilot", "", "pilot", True),
        ("decider: pilot, informed: cook", "", "cook", True),
        ("decider: pilot, recommends: cook", "", "cook", True),
        ("decider: pilot", "", "cook", False),
        ("decider: pilot, record: log", "", "cook", True),  # who reads what keeps it
        ("decider: pilot, record: log", "", "diver", False),  # a meeting that reads it tells nobody by itself
        ("decider: pilot, decided_in: port-board", "", "mate", True),
        ("decider: pilot, decided_in: port-board", "", "guard", True),  # expected where the forum meets
        ("decider: pilot, decided_in: board-weekly", "", "guard", True),
        ("decider: pilot, decided_in: monday", "", "guard", False),
        ("decider: pilot, decided_in: no-such-meeting", "", "guard", None),
        ("decider: pilot", "{from: pilot, to: cook, carries: decisions}", "cook", True),
        ("decider: pilot", "{from: cook, to: pilot, carries: status}", "cook", False),
        ("decider: pilot", "{from: cook, to: pilot, carries: status, back: decisions}", "cook", True),
        (
            "decider: pilot, decided_in: monday",
            "{from: guard, to: cook, carries: status, through: monday}",
            "cook",
            True,
        ),
        ("decider: pilot, otherwise: {decider: mate, informed: cook}", "", "cook", True),
        ("decider: pilot, also: {when: {n: up to 1}, informed: cook}, inputs: {n: {number: 0 to 9}}", "", "cook", True),
    ],
)
def test_who_learns(right: str, line: str, who: str, told: bool | None) -> None:
    lines = f"context_lines: {{line: {line}}}" if line else ""
    org = org_of(f"{PORT}\n{lines}\ndecision_rights: {{berth: {{question: Who berths where?, {right}}}}}")
    assert learns(the(DecisionRight, org, "berth")).includes(the(Role, org, who)) is told


@pytest.mark.parametrize(
    ("declared", "held"),
    [
        ("", False),
        ("meetings: {eve: {cadence: {before: m, by: 2d}, outputs: A list}}", True),
        ("meetings: {eve: {cadence: {before: m, by: 2d}}}", False),  # that one is held for the sake of this one
        ("decision_rights: {d: {question: Do we?, decider: clerk, decided_in: m}}", True),
        ("decision_rights: {d: {question: Do we?, decider: clerk, decided_in: m, status: ended}}", False),
        ("handoffs: {h: {delivers: A list, through: m}}", True),
        ("escalations: {e: {steps: [{to: clerk, through: m}]}}", True),
        ("context_lines: {c: {from: clerk, to: clerk, carries: status, through: m}}", True),
        ("initiatives: {i: {reviewed_in: m}}", True),
        ("initiatives: {i: {forum: f}}", True),
        ("initiatives: {i: {only_while: m}}", False),
        ("records: {r: {keeps: A list, read_by: m}}", False),
        ("decision_rights: {d: {question: Do we?, decider: clerk, decided_in: n}}", True),  # it may have meant this one
    ],
)
def test_whether_a_meeting_would_be_missed(declared: str, held: bool) -> None:
    more = declared.removeprefix("meetings: {").removesuffix("}") if declared.startswith("meetings") else ""
    rest = "" if more else declared
    meetings = f"meetings: {{m: {{forum: f, cadence: as needed}}{', ' + more if more else ''}}}"
    org = org_of(f"roles: {{clerk: {{}}}}\nforums: {{f: {{charter: Settles it.}}}}\n{meetings}\n{rest}")
    assert holds_something(the(Meeting, org, "m")) is held
