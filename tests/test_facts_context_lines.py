"""Between whom lines run, what runs back, and which line tells what another one tells."""

from __future__ import annotations

import pytest
from org_kit import org_of, the

from coordlint.facts.context_lines import (
    MOST_PAIRS,
    carries_more_than_status,
    comes_back,
    lines_are_known,
    pairs,
    repeats,
)
from coordlint.model.kinds import ContextLine

HOUSE = """
teams: {a: {}, b: {}, away: {external: true}}
roles: {ra: {team: a}, rb: {team: b}, rc: {}}
"""


def test_a_line_runs_between_each_two_inside() -> None:
    org = org_of(f"{HOUSE}context_lines: {{l: {{from: [a, rc], to: [b, rc, away, ext/x, lost], carries: risks}}}}")
    found = [(pair.giver.id, pair.taker.id) for pair in pairs(the(ContextLine, org, "l"))]
    assert found == [("a", "b"), ("a", "rc"), ("rc", "b")]
    assert not lines_are_known(org)


def test_a_line_between_very_many_is_an_announcement() -> None:
    names = [f"t{number}" for number in range(MOST_PAIRS + 1)]
    line = f"context_lines: {{l: {{from: top, to: [{', '.join(names)}], carries: status}}}}"
    org = org_of(f"teams: {{top: {{}}, {', '.join(f'{name}: {{}}' for name in names)}}}\n{line}")
    assert pairs(the(ContextLine, org, "l")) == []


@pytest.mark.parametrize(
    ("other", "more", "back"),
    [
        ("{from: b, to: a, carries: status}", False, True),
        ("{from: rb, to: ra, carries: context}", True, True),
        ("{from: ra, to: rb, carries: context}", True, False),
        ("{from: ra, to: rb, carries: status, back: status}", False, True),
        ("{from: rc, to: a, carries: context, back: risks}", False, False),
        ("{from: b, to: a, carries: context, status: ended}", False, False),
    ],
)
def test_what_else_runs_between_two(other: str, more: bool, back: bool) -> None:
    org = org_of(f"{HOUSE}context_lines:\n  l: {{from: a, to: b, carries: status}}\n  other: {other}")
    (pair,) = pairs(the(ContextLine, org, "l"))
    assert carries_more_than_status(pair) is more
    assert comes_back(pair) is back


@pytest.mark.parametrize(
    ("one", "other", "repeated"),
    [
        ("carries: [status, risks]", "carries: status", ["other"]),
        ("carries: status", "carries: [status, risks]", ["one"]),
        ("carries: status", "carries: status", ["other"]),
        ("carries: [status, risks]", "carries: [status, context]", []),
        ("carries: risks", "carries: risks", []),
        ("carries: status, through: m", "carries: status, through: n", ["other"]),
        ("carries: status, through: m", "carries: status, through: r", []),  # the record of that meeting
        ("carries: status, through: n", "carries: status, through: r", ["other"]),
        ("carries: status, through: n", "carries: status", ["other"]),
        ("carries: status, through: r", "carries: status, through: s", []),
        ("carries: status, through: r", "carries: status, through: r", ["other"]),
        ("carries: status, through: lost", "carries: status", []),
    ],
)
def test_which_line_is_one_too_many(one: str, other: str, repeated: list[str]) -> None:
    org = org_of(
        f"""
        {HOUSE.replace(chr(10), chr(10) + "        ")}
        records: {{r: {{keeps: It.}}, s: {{keeps: Else.}}}}
        meetings: {{m: {{record: r, cadence: as needed}}, n: {{cadence: as needed}}}}
        context_lines:
          one: {{from: a, to: b, {one}}}
          other: {{from: a, to: b, {other}}}
        """
    )
    assert [repeat.line.id for repeat in repeats(org)] == repeated


def test_what_either_end_writes_down_is_one_thing() -> None:
    lines = "{one: {from: a, to: b, carries: status}, other: {from: b, to: a, carries: risks, back: status%s}}"
    org = org_of(f"{HOUSE}context_lines: {lines % ''}")
    assert [(repeat.line.id, repeat.field) for repeat in repeats(org)] == [("other", "back")]
    lines = lines.replace("carries: status", "carries: status, through: m") % ", through: m"
    org = org_of(f"{HOUSE}meetings: {{m: {{cadence: as needed}}}}\ncontext_lines: {lines}")
    assert list(repeats(org)) == []
