"""Forums upon forums, against the shares of every two that follow one another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of

from coordlint.facts.stacks import stacks

ROLES = tuple(f"r{number}" for number in range(6))
members = st.lists(st.sets(st.sampled_from(ROLES), min_size=1), min_size=2, max_size=5)


@given(members)
def test_every_two_in_a_row_share_most(seated: list[set[str]]) -> None:
    lines = [
        f"  f{number}: {{members: [{', '.join(sorted(each))}], escalates_to: f{number + 1}}}"
        for number, each in enumerate(seated)
    ]
    roles = f"roles: {{{', '.join(f'{role}: {{}}' for role in ROLES)}}}"
    org = org_of("\n".join([roles, "forums:", *lines, f"  f{len(seated)}: {{}}"]))
    alike = [
        max(len(one), len(other)) >= 3 and len(one & other) > 0.6 * max(len(one), len(other))
        for one, other in pairwise(seated)
    ]
    begins = [place for place in range(len(alike) - 1) if alike[place] and alike[place + 1]]
    expected = [place for place in begins if place - 1 not in begins]
    assert [[forum.id for forum in stack] for stack in stacks(org, 3, 60)] == [
        [f"f{place}", f"f{place + 1}", f"f{place + 2}"] for place in expected
    ]


def test_members_that_nobody_lists_are_not_guessed() -> None:
    org = org_of("""
teams: {crew: {members: [ext/a]}, guild: {}}
forums:
  a: {members: [crew, guild, ext/b], escalates_to: b}
  b: {members: [crew, guild], escalates_to: c}
  c: {chair: guild}
""")
    assert list(stacks(org, 3, 0)) == []
