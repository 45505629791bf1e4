"""Who answers for a declaration, what hangs on whom, and who claims the same."""

from __future__ import annotations

from typing import Any

import pytest
from org_kit import ids, org_of, the

from coordlint.facts.claims import rivals
from coordlint.facts.ownership import answers_for, outermost
from coordlint.facts.vacancy import held_up, somebody_acts
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import COLLECTIONS, Meeting, Role, Team
from coordlint.model.org import Org
from coordlint.rules import all_rules

MILL = """
people: {old: {left: 2020-01-01}, new: {}}
roles:
  miller: {held_by: [old]}
  baker: {held_by: [old, new]}
  clerk: {held_by: [], deputy: baker}
  carter: {held_by: [], deputy: miller}
  boss: {}
teams:
  mill: {lead: miller, part_of: works}
  bakery: {part_of: works}
  works: {owner: boss}
  orphans: {}
  lost: {part_of: no-such-team}
  round: {part_of: wheel}
  wheel: {part_of: round}
forums:
  board: {chair: miller, decider: boss}
  free: {}
meetings:
  own: {owner: clerk, chair: miller, cadence: as needed}
  chaired: {chair: miller, forum: board, cadence: as needed}
  of-forum: {forum: board, cadence: as needed}
  of-team: {team: bakery, cadence: as needed}
  of-nobody: {forum: free, team: orphans, cadence: as needed}
  of-lost-forum: {forum: no-such-forum, cadence: as needed}
  outside: {chair: ext/guest, cadence: as needed, outputs: [flour-list]}
decision_rights:
  grind: {question: Do we grind?, decider: miller}
  by-case:
    question: Do we bake?
    inputs: {n: {number: 0 to 9}}
    cases: [{when: {n: up to 5}, decider: baker}]
  nobody: {question: Do we rest?}
handoffs:
  flour: {from: mill, to: bakery, delivers: Flour}
  bread: {from: bakery, to: role/boss, delivers: Bread}
  bill: {from: role/clerk, to: bakery, delivers: A bill}
  grain: {from: anyone, to: mill, delivers: Grain}
  loose: {from: orphans, to: mill, delivers: Chaff}
escalations:
  of-right: {for: grind, steps: [{to: boss}]}
  of-anything: {for: anything, steps: [{to: miller}, {to: boss}]}
  of-windows: {for: nobody, steps: [{cover: [{to: baker, days: [mon]}]}]}
initiatives:
  new-wheel: {accountable: boss}
records:
  board-book: {keeps: What the board decided.}
  flour-list: {keeps: Where the flour is.}
  dusty: {keeps: What nobody reads.}
terms:
  bran: {means: The shell of the grain., within: mill}
  husk: {means: The shell of the bran.}
"""


@pytest.mark.parametrize(
    ("collection", "name", "who"),
    [
        ("meetings", "own", "clerk"),
        ("meetings", "chaired", "miller"),
        ("meetings", "of-forum", "miller"),
        ("meetings", "of-team", "boss"),
        ("meetings", "of-nobody", ""),
        ("meetings", "of-lost-forum", "?"),
        ("meetings", "outside", "?"),
        ("forums", "board", "miller"),
        ("forums", "free", ""),
        ("teams", "mill", "miller"),
        ("teams", "bakery", "boss"),
        ("teams", "orphans", ""),
        ("teams", "lost", "?"),
        ("teams", "round", "?"),
        ("decision_rights", "grind", "miller"),
        ("decision_rights", "by-case", "baker"),
        ("decision_rights", "nobody", ""),
        ("handoffs", "flour", "miller"),
        ("handoffs", "bread", "boss"),
        ("handoffs", "bill", "clerk"),
        ("handoffs", "grain", ""),
        ("handoffs", "loose", ""),
        ("escalations", "of-right", "miller"),
        ("escalations", "of-anything", "boss"),
        ("escalations", "of-windows", "baker"),
        ("initiatives", "new-wheel", "boss"),
        ("records", "flour-list", "?"),
        ("records", "dusty", ""),
        ("terms", "bran", "miller"),
        ("terms", "husk", ""),
    ],
)
def test_who_answers(collection: str, name: str, who: str) -> None:
    """ "" stands for nobody, "?" for somebody of whom nobody can know who."""
    answer = answers_for(the(COLLECTIONS[collection], org_of(MILL), name))
    told = "" if answer is None else answer.party.id if answer.party else "?"
    assert told == who


def test_the_place_that_says_so_comes_with_it() -> None:
    answer = answers_for(the(COLLECTIONS["handoffs"], org_of(MILL), "flour"))
    assert answer is not None
    assert answer.said_by is not None
    assert (answer.said_by.id, answer.field) == ("mill", "lead")


def test_what_hangs_on_a_role() -> None:
    org = org_of(MILL)
    users: list[Declaration] = [use.user for use in held_up(the(Role, org, "miller"))]
    assert ids(users) == ["board", "carter", "chaired", "grind", "mill", "of-anything", "own"]


def test_who_acts_when_the_holder_does_not() -> None:
    org = org_of(MILL)
    acting = [role.id for role in org.all(Role) if somebody_acts(role)]
    assert acting == ["baker", "boss", "clerk"], "a deputy who has left as well does not act"


def test_rivals_are_told_apart_from_a_team_and_its_parts() -> None:
    org = org_of("""
teams:
  a: {owns: [The Mill Race, x]}
  b: {owns: ["the  mill race"], part_of: a}
  c: {owns: [the mill race/]}
  d: {owns: [y, y]}
""")
    found = [[(claim.team.id, claim.thing) for claim in claims] for claims in rivals(org)]
    assert found == [[("a", "The Mill Race"), ("c", "the mill race/")]]


def _look_at_a_chain(teams: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many names are looked up, and atoms made, to see who answers for a meeting of each team in a long line."""
    lines = "".join(f"  t{number}: {{part_of: t{number + 1}}}\n" for number in range(teams - 1))
    meetings = "".join(f"  m{number}: {{team: t{number}, cadence: as needed}}\n" for number in range(teams))
    org = org_of(f"teams:\n{lines}  t{teams - 1}: {{}}\nmeetings:\n{meetings}")
    counted = 0
    find = Org.find

    def counting(self: Org, ref: Ref[Any] | None) -> Any:
        nonlocal counted
        counted += 1
        return find(self, ref)

    no_owner = next(rule for rule in all_rules() if rule.name == "meeting/no-owner")
    assert no_owner.check is not None
    with monkeypatch.context() as patch:
        patch.setattr(Org, "find", counting)
        problems = [problem for each in org.active(Meeting) for problem in no_owner.check(org, each) or ()]
    assert len(problems) == teams
    return counted + sum(len(problem.atoms) for problem in problems)


def test_a_long_line_of_teams_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work grows with the line, not with its square, however deep the teams lie."""
    assert _look_at_a_chain(1200, monkeypatch) <= 4.5 * _look_at_a_chain(300, monkeypatch)


@pytest.mark.parametrize(
    ("team", "outer"),
    [("bunk", "ship"), ("ship", "ship"), ("galley", "hold"), ("hold", "hold"), ("mast", "mast"), ("round", "round")],
)
def test_the_outermost_team(team: str, outer: str) -> None:
    """What has ended lies in nothing, and nothing lies in it; who names a team that does not exist is the outermost."""
    org = org_of(
        """
teams:
  ship: {}
  cabin: {part_of: ship}
  bunk: {part_of: cabin}
  hold: {part_of: old-hull}
  old-hull: {status: ended, part_of: ship}
  galley: {part_of: hold}
  mast: {part_of: no-such-team}
  round: {part_of: round}
"""
    )
    assert outermost(the(Team, org, team)).id == outer
