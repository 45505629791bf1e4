"""Who stands above whom: what is said, what follows from teams, circles, and where two lines meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import ids, org_of, the

from coordlint.facts.superiors import LONGEST, common_superior, line_above, stands_above, superior_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import Person, Role
from coordlint.model.org import Org

OBSERVATORY = """
people:
  ines: {}
  omar: {reports_to: director}
  vera: {team: optics}
  theo: {}
  juno: {reports_to: optics}
  pia: {reports_to: ext/university}
roles:
  director: {held_by: ines}
  astronomer: {held_by: omar}
  mirror-lead: {held_by: theo, reports_to: director}
  polisher: {team: mirrors}
  clerk: {team: office}
  guide: {reports_to: time-board}
  archivist: {reports_to: voting-board}
  lost: {reports_to: nobody-called-this}
  reader: {held_by: theo}
teams:
  optics: {lead: astronomer}
  mirrors: {lead: mirror-lead, part_of: optics}
  office: {}
  outside: {lead: ext/ada, part_of: optics}
forums:
  time-board: {chair: polisher, decider: astronomer}
  voting-board: {chair: polisher, votes: {rule: majority}, escalates_to: director}
"""


def _party(org: Org, name: str) -> Declaration:
    found = [each for each in org.bearers(name) if each.kind in ("person", "role", "team", "forum")]
    assert len(found) == 1, name
    return found[0]


@pytest.mark.parametrize(
    ("party", "superior"),
    [
        ("omar", "director"),
        ("astronomer", "director"),  # as the one says who holds it
        ("theo", "director"),  # as the role says that he holds
        ("reader", "director"),  # as another role of its holder says
        ("ines", None),
        ("director", None),
        ("vera", "astronomer"),  # who leads her team
        ("polisher", "mirror-lead"),
        ("juno", "astronomer"),  # a team that is named stands for its lead
        ("guide", "astronomer"),  # and a forum for its decider
        ("archivist", "polisher"),  # or its chair
        ("clerk", None),
        ("lost", None),
        ("pia", None),
        ("mirrors", "mirror-lead"),
        ("office", None),
        ("outside", None),  # somebody leads it, and nobody knows whom they report to
        ("time-board", "astronomer"),
    ],
)
def test_who_is_next_above(party: str, superior: str | None) -> None:
    org = org_of(OBSERVATORY)
    found = superior_of(_party(org, party))
    assert (found.id if found else None) == superior


def test_a_line_goes_up_to_where_nobody_is_said() -> None:
    org = org_of(OBSERVATORY)
    assert [each.id for each in line_above(_party(org, "polisher"))] == ["mirror-lead", "director"]
    assert [each.id for each in line_above(_party(org, "vera"))] == ["astronomer", "director"]


def test_who_leads_a_team_is_below_who_leads_the_one_around() -> None:
    org = org_of(
        """
        people: {kim: {team: tide}}
        roles: {tide-lead: {held_by: kim, team: tide}, sea-lead: {team: sea}}
        teams: {tide: {lead: tide-lead, part_of: bay}, bay: {part_of: sea}, sea: {lead: sea-lead}}
        """
    )
    assert ids(line_above(the(Role, org, "tide-lead"))) == ["sea-lead"]
    assert ids(line_above(the(Person, org, "kim"))) == ["sea-lead"]
    assert superior_of(the(Role, org, "sea-lead")) is None


def test_a_circle_is_walked_once() -> None:
    org = org_of("roles: {a: {reports_to: b}, b: {reports_to: c}, c: {reports_to: b}, d: {reports_to: d}}")
    assert [each.id for each in line_above(the(Role, org, "a"))] == ["b", "c"]
    assert [each.id for each in line_above(the(Role, org, "b"))] == ["c"]
    assert line_above(the(Role, org, "d")) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("director", "polisher"),
        ("ines", "polisher"),  # she holds the role that stands above
        ("omar", "vera"),
        ("theo", "polisher"),
        ("time-board", "vera"),  # its decider does
        ("mirrors", "polisher"),  # its lead does
        ("director", "mirrors"),
        ("astronomer", "time-board"),
        ("director", "voting-board"),  # where it goes to when it does not agree
    ],
)
def test_who_stands_above(one: str, other: str) -> None:
    org = org_of(OBSERVATORY)
    assert stands_above(_party(org, one), _party(org, other))
    assert not stands_above(_party(org, other), _party(org, one))


@pytest.mark.parametrize(("one", "other"), [("omar", "astronomer"), ("theo", "theo"), ("clerk", "pia")])
def test_nobody_stands_above_oneself_or_those_of_whom_nothing_is_said(one: str, other: str) -> None:
    org = org_of(OBSERVATORY)
    assert not stands_above(_party(org, one), _party(org, other))


def test_a_role_stands_above_where_its_holder_is_named() -> None:
    org = org_of("people: {ana: {}}\nroles: {head: {held_by: ana}, hand: {reports_to: ana}}")
    assert stands_above(the(Role, org, "head"), the(Role, org, "hand"))


def test_a_person_stands_below_all_to_whom_the_roles_held_report() -> None:
    org = org_of(
        """
        people: {ana: {}}
        roles: {one: {held_by: ana, reports_to: x}, other: {held_by: ana, reports_to: y}, x: {}, y: {}}
        """
    )
    ana = the(Person, org, "ana")
    assert ids(line_above(ana)) == ["x", "y"]
    assert stands_above(the(Role, org, "x"), ana)
    assert stands_above(the(Role, org, "y"), ana)


@pytest.mark.parametrize(
    ("parties", "superior"),
    [
        (["polisher", "vera"], "director"),
        (["polisher", "mirror-lead"], "mirror-lead"),
        (["polisher", "director", "vera"], "director"),
        (["mirrors", "optics"], "director"),
        (["juno", "guide"], "astronomer"),
        (["polisher"], "polisher"),
        (["polisher", "pia"], None),
        (["clerk", "polisher"], None),
        ([], None),
    ],
)
def test_where_lines_meet(parties: list[str], superior: str | None) -> None:
    org = org_of(OBSERVATORY)
    found = common_superior(_party(org, each) for each in parties)
    assert (found.id if found else None) == superior
    found = common_superior(_party(org, each) for each in reversed(parties))
    assert (found.id if found else None) == superior


def test_lines_meet_where_one_names_the_role_and_one_the_holder() -> None:
    org = org_of("people: {ana: {}}\nroles: {head: {held_by: ana}, a: {reports_to: ana}, b: {reports_to: head}}")
    found = common_superior([the(Role, org, "a"), the(Role, org, "b")])
    assert found is the(Person, org, "ana")


def test_a_line_without_end_is_followed_so_far() -> None:
    org = org_of("roles:\n" + "".join(f"  r{n}: {{reports_to: r{n + 1}}}\n" for n in range(300)) + "  r300: {}\n")
    assert len(line_above(the(Role, org, "r0"))) == LONGEST


@given(st.lists(st.none() | st.integers(0, 7), min_size=2, max_size=8))
def test_lines_are_those_of_a_walk_by_hand(bosses: list[int | None]) -> None:
    """Each role reports to at most one: going up by hand meets the same ones, in the same order."""
    bosses = [boss if boss is None or boss < len(bosses) else None for boss in bosses]
    text = "roles:\n" + "".join(
        f"  r{n}: {{{'' if boss is None else f'reports_to: r{boss}'}}}\n" for n, boss in enumerate(bosses)
    )
    org = org_of(text)
    roles = [the(Role, org, f"r{n}") for n in range(len(bosses))]

    def ups(start: int) -> list[int]:
        way = [start]
        while (boss := bosses[way[-1]]) is not None and boss not in way:
            way.append(boss)
        return way[1:]

    for n, role in enumerate(roles):
        assert line_above(role) == tuple(roles[up] for up in ups(n))
        for m, other in enumerate(roles):
            assert stands_above(other, role) == (m in ups(n))
            met = next((up for up in (n, *ups(n)) if up in (m, *ups(m))), None)
            assert common_superior([role, other]) == (None if met is None else roles[met])


def test_who_holds_a_role_below_another_of_the_own_is_still_at_the_top() -> None:
    org = org_of("people: {ana: {}}\nroles: {head: {held_by: ana}, clerk: {held_by: ana, reports_to: head}}")
    assert superior_of(the(Person, org, "ana")) is None
    assert superior_of(the(Role, org, "head")) is None
    assert superior_of(the(Role, org, "clerk")) is the(Role, org, "head")
