"""Who names whom: every shape of a name, and the same as the fields say one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_orgs import draw, in_one_file
from org_kit import org_of

from coordlint.facts.references import Use, namers, used_by, uses_of
from coordlint.facts.references import missed as lost
from coordlint.model.base import Declaration
from coordlint.model.fields import Names
from coordlint.model.kinds import KINDS, Meeting, Role, Team
from coordlint.model.org import Miss, Org, fact_of
from coordlint.rules import all_rules
from coordlint.testing import DAY, HOUSE, InMemory, examples

EXAMPLE = Path(__file__).parent.parent / "examples" / "org"


def users(org: Org, id: str) -> list[tuple[str, tuple[str | int, ...]]]:
    named = next(each for each in org.all(Declaration) if each.id == id)
    return [(use.user.id, use.way) for use in uses_of(org, named)]


def missed(org: Org) -> list[tuple[str, Miss]]:
    return [(each.ref.text, each.why) for each in lost(org)]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("teams: {user: {lead: one}}", ("lead",)),
        ("teams: {user: {lead: role/one}}", ("lead",)),
        ("teams: {user: {members: [ext/two, one]}}", ("members", 1)),
        ("forums: {user: {charter: Settles it., votes: {voters: [one]}}}", ("votes", "voters", 0)),
        ("escalations: {user: {for: anything, steps: [{to: one}]}}", ("steps", 0, "to")),
        (
            "escalations: {user: {for: anything, steps: [{cover: [{to: one, hours: '09:00-17:00'}]}]}}",
            ("steps", 0, "cover", 0, "to"),
        ),
        ("decision_rights: {user: {question: What?, otherwise: {decider: one}}}", ("otherwise", "decider")),
    ],
)
def test_a_name_is_found_wherever_it_stands(text: str, way: tuple[str | int, ...]) -> None:
    assert users(org_of(f"roles: {{one: {{}}}}\n{text}\n"), "one") == [("user", way)]


def test_a_cadence_names_what_it_comes_before() -> None:
    org = org_of(
        "meetings:\n"
        "  board: {chair: ext/a, cadence: as needed}\n"
        "  rehearsal: {chair: ext/a, cadence: [{before: board, by: 2d}]}\n"
    )
    assert users(org, "board") == [("rehearsal", ("cadence", 0, "before"))]


@pytest.mark.parametrize(
    "text",
    [
        "handoffs: {h: {from: anyone, to: ext/x, delivers: [./plan.md, A plan]}}",
        "escalations: {e: {for: anything, steps: [{to: ext/x}]}}",
        "decision_rights: {d: {question: What?, decider: {relative: their lead}}}",
        "teams: {t: {lead: null, members: []}}",
        "meetings: {m: {chair: ext/a, cadence: {every: day, except: [2026-12-24]}}}",
    ],
)
def test_what_is_no_name_is_not_missed(text: str) -> None:
    assert missed(org_of(text + "\n")) == []


def test_what_leads_nowhere_is_missed_with_the_reason() -> None:
    org = org_of(
        "teams: {one: {lead: nobody, members: [one, term/one]}}\n"
        "terms: {one: {means: The first}, two: {means: The next}}\n"
        "forums: {both: {charter: Settles it., chair: two}}\n"
        "meetings: {both: {chair: ext/a}}\n"
        "decision_rights: {d: {question: What?, decided_in: both}}\n"
    )
    assert sorted(missed(org)) == [
        ("both", Miss.AMBIGUOUS),
        ("nobody", Miss.UNRESOLVED),
        ("one", Miss.WRONG_KIND),
        ("term/one", Miss.WRONG_KIND),
        ("two", Miss.WRONG_KIND),
    ]


def test_a_use_has_its_field_and_its_route_from_the_top_of_the_file() -> None:
    org = org_of("roles: {one: {}}\nescalations: {e: {for: anything, steps: [{to: one}]}}\n")
    (use,) = uses_of(org, org.all(Role)[0])
    assert (use.field, use.route) == ("steps", ("escalations", "e", "steps", 0, "to"))


def test_what_is_taken_over_counts_for_both() -> None:
    org = org_of("roles: {one: {}}\nmeetings: {first: {chair: one}, second: {like: first}}\n")
    assert users(org, "one") == [("first", ("chair",)), ("second", ("chair",))]


def same_as_fields(org: Org) -> None:
    """The look through plain data finds what each field says, asked one by one."""
    used: set[tuple[Declaration, Use]] = set()
    nowhere: set[tuple[Declaration, tuple[str | int, ...], str, Miss]] = set()
    for user in org.all(Declaration):
        for route, ref in user.references():
            found = org.resolve(ref)
            if isinstance(found, Declaration):
                used.add((found, Use(user, route[len(user.route) :])))
            elif found is not Miss.OUTSIDE:
                nowhere.add((user, user.route + route[len(user.route) :], ref.text, found))
    assert {(named, use) for named in used_by(org) for use in uses_of(org, named)} == used
    assert {(user, route, ref.text, why) for user, route, ref, why in lost(org)} == nowhere
    for kind in KINDS.values():
        for field in (field.key for field in kind.naming if isinstance(field, Names)):
            direct = {(named, use.user) for named, use in used if isinstance(use.user, kind) and use.field == field}
            table = namers(org, kind, field)
            assert {(named, user) for named, users in table.items() for user in users} == direct


def test_the_example_is_looked_through_whole() -> None:
    texts = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*.yaml")}
    org = InMemory(texts).run(as_of=DAY).org
    assert len(used_by(org)) > 100
    same_as_fields(org)


def test_every_page_of_a_rule_is_looked_through_whole() -> None:
    for rule in all_rules():
        for case in (*examples(rule, "Bad"), *examples(rule, "Good")):
            same_as_fields(InMemory({"coordlint.yaml": HOUSE, **case.files}).run(as_of=case.as_of).org)


@pytest.mark.parametrize("seed", range(20))
def test_organisations_that_nobody_would_write_are_looked_through_whole(seed: int) -> None:
    same_as_fields(InMemory(in_one_file(draw(seed))).run(as_of=DAY).org)


def test_a_fact_of_a_declaration_is_worked_out_once_in_each_org() -> None:
    asked: list[Team] = []

    @fact_of
    def size(team: Team) -> int | None:
        asked.append(team)
        return len(team.members) or None

    first, second = (org_of("teams: {one: {members: [ext/a]}, two: {}}\n") for _ in range(2))
    for org in (first, second, first):
        assert [size(team) for team in org.all(Team)] == [1, None]
    assert asked == [*first.all(Team), *second.all(Team)]
    assert not first.all(Meeting)
