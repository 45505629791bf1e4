"""From problems to findings: who yields, what is said once, crashes, what is held back, order and fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from coordlint.config import Chosen
from coordlint.finding import Finding, Place, Problem, Related, Severity, Span
from coordlint.lint import CRASHED, Linted, lint
from coordlint.model.kinds import Meeting, Team
from coordlint.model.org import Org
from coordlint.rule import ERROR, INFO, WARNING, Rule, rule
from coordlint.rules import all_rules
from coordlint.rules.wording import atoms
from coordlint.testing import DAY, HOUSE, InMemory

TEAMS = "teams:\n" + "".join(f"  team-{letter}: {{lead: ext/{letter}}}\n" for letter in "abc")
CRASH = next(each for each in all_rules() if each.name == CRASHED)


def linted(text: str, *rules: Rule, spoken: tuple[Problem, ...] = (), **severities: Severity) -> list[Finding]:
    return list(lint_of(text, *rules, spoken=spoken, **severities)[0])


def lint_of(text: str, *rules: Rule, spoken: tuple[Problem, ...] = (), **severities: Severity) -> Linted:
    where = InMemory({"coordlint.yaml": HOUSE, "a.yaml": text})
    org = where.run(as_of=DAY).org
    chosen = [
        Chosen(each, severities.get(short(each), each.severity), each.options, short(each) in severities)
        for each in rules
    ]
    return lint(org, spoken, [*chosen, Chosen(CRASH, CRASH.severity)], where.locate)


def short(each: Rule) -> str:
    return each.name.partition("/")[2].replace("-", "_")


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.rule.partition("/")[2], each.id) for each in findings]


def speaks(name: str, field: str, severity: Severity = WARNING, yields_to: tuple[str, ...] = (), **more: Any) -> Rule:
    """A rule that finds fault with a field of every team."""

    def check(org: Org, team: Team) -> Iterator[Problem]:  # noqa: ARG001
        yield Problem(team.at(field), f"{name} at `{team.id}`")

    check.__name__ = name
    return rule(severity, yields_to=tuple(f"test-lint/{each}" for each in yields_to), **more)(check)


# --- who yields ---


def test_the_cause_is_kept_and_takes_the_higher_severity() -> None:
    cause, effect = speaks("cause", "lead", INFO), speaks("effect", "lead", ERROR, yields_to=("cause",))
    found = linted(TEAMS, effect, cause)
    assert told(found) == [("cause", "team-a"), ("cause", "team-b"), ("cause", "team-c")]
    assert {each.severity for each in found} == {ERROR}


def test_a_weaker_effect_does_not_lower_its_cause() -> None:
    cause, effect = speaks("cause", "lead", ERROR), speaks("effect", "lead", INFO, yields_to=("cause",))
    assert {each.severity for each in linted(TEAMS, cause, effect)} == {ERROR}


def test_what_speaks_of_another_field_is_told_beside() -> None:
    cause, effect = speaks("cause", "purpose"), speaks("effect", "lead", yields_to=("cause",))
    assert len(linted(TEAMS, cause, effect)) == 6


def test_a_cause_that_is_not_looked_for_explains_nothing() -> None:
    assert {name for name, _ in told(linted(TEAMS, speaks("effect", "lead", yields_to=("cause",))))} == {"effect"}


def test_a_family_may_be_yielded_to_as_a_whole() -> None:
    effect = speaks("effect", "lead")._replace(yields_to=("test-lint/*",))
    assert {name for name, _ in told(linted(TEAMS, speaks("cause", "lead"), effect))} == {"cause"}


def test_a_cause_of_a_cause_explains_both() -> None:
    first = speaks("first", "lead", INFO)
    second = speaks("second", "lead", WARNING, yields_to=("first",))
    third = speaks("third", "lead", ERROR, yields_to=("second",))
    found = linted(TEAMS, third, second, first)
    assert {name for name, _ in told(found)} == {"first"}
    assert {each.severity for each in found} == {ERROR}


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_that_explain_each_other_one_is_told(turned: bool) -> None:
    one, other = speaks("one", "lead", yields_to=("other",)), speaks("other", "lead", ERROR, yields_to=("one",))
    found = linted(TEAMS, *((other, one) if turned else (one, other)))
    assert len(found) == 3
    assert {each.severity for each in found} == {ERROR}


def test_a_problem_may_name_what_else_it_is_about() -> None:
    @rule(ERROR)
    def cause(org: Org) -> Iterator[Problem]:
        team = org.all(Team)[0]
        yield Problem(org.house.at("layer_owner"), "somewhere else", atoms=atoms(team, "lead"))

    effect = speaks("effect", "lead", yields_to=("cause",))
    assert told(linted(TEAMS, cause, effect)) == [("effect", "team-b"), ("effect", "team-c"), ("cause", "")]


def test_a_cause_names_what_it_explains_elsewhere() -> None:
    """Of its own declaration it is told once more when the cause is mended, and of the others three are enough."""

    @rule(INFO)
    def cause(org: Org) -> Iterator[Problem]:
        first, *others = org.all(Team)
        yield Problem(
            first.at("lead"), "the cause", atoms=tuple(atom for each in others for atom in atoms(each, "lead"))
        )

    (found,) = linted(teams(6), cause, speaks("effect", "lead", yields_to=("cause",)))
    assert [message for _, message in found.related] == [f"and so effect at `team-{number}`" for number in (2, 3, 4)]
    assert found.severity is WARNING


def test_a_finding_holds_all_that_it_explains() -> None:
    """Who asks about the effects finds each where it is felt, and none of them counts."""

    @rule(INFO)
    def cause(org: Org) -> Iterator[Problem]:
        first, *others = org.all(Team)
        yield Problem(
            first.at("lead"), "the cause", atoms=tuple(atom for each in others for atom in atoms(each, "lead"))
        )

    result = lint_of(teams(6), cause, speaks("effect", "lead", yields_to=("cause",)), speaks("other", "purpose"))
    explains = {(each.rule, each.id): each.explains for each in result.findings}
    assert [each for each in explains if explains[each]] == [("test-lint/cause", "team-1")]
    effects = explains["test-lint/cause", "team-1"]
    assert [each.id for each in effects] == [f"team-{number}" for number in range(1, 7)]
    assert {(each.rule, each.severity, each.kind, each.accepted) for each in effects} == {
        ("test-lint/effect", WARNING, "team", None)
    }
    assert {each.span.line for each in effects} == {2, 3, 4, 5, 6, 7}


def test_entries_of_the_log_are_not_one_declaration() -> None:
    def at(index: int, name: str) -> Problem:
        return Problem(Place("a.yaml", ("log", index, "held")), "said", rule=f"test-lint/{name}")

    cause, effect = speaks("cause", "x"), speaks("effect", "x", yields_to=("cause",))
    log = "log:\n- {held: a, date: 2026-01-01}\n- {held: b, date: 2026-01-02}\n"
    found = linted(log, cause, effect, spoken=(at(0, "cause"), at(0, "effect"), at(1, "effect")))
    assert [(each.rule, each.span.line, each.id) for each in found] == [
        ("test-lint/cause", 2, ""),
        ("test-lint/effect", 3, ""),
    ]


# --- what is said once ---


def lacks(name: str = "no_purpose", **more: Any) -> Rule:
    def check(org: Org, team: Team) -> Iterator[Problem]:  # noqa: ARG001
        if not team.says("purpose"):
            yield Problem(team.at("purpose"), f"team `{team.id}` has no purpose")

    check.__name__ = name
    return rule(WARNING, once_a_kind=("purpose", "none of the {count} teams has a purpose"), **more)(check)


def teams(count: int, said: str = "lead: ext/x") -> str:
    # In the order of files the last id comes first.
    return "teams:\n" + "".join(f"  team-{count - number}: {{{said}}}\n" for number in range(count))


def test_what_all_of_a_kind_lack_is_said_at_the_first_in_the_file() -> None:
    (found,) = linted(teams(6), lacks())
    assert found.message == "none of the 6 teams has a purpose"
    assert (found.span.line, found.kind, found.id) == (2, "team", "")
    assert [(span.line, message) for span, message in found.related] == [
        (3, "and here"),
        (4, "and here"),
        (5, "and here"),
    ]


def test_four_are_told_one_by_one() -> None:
    assert len(linted(teams(4), lacks())) == 4


def test_as_soon_as_one_has_it_the_others_are_told_one_by_one() -> None:
    assert len(linted(teams(6) + "  last: {purpose: It is the last.}\n", lacks())) == 6


def test_what_cannot_be_read_may_have_it() -> None:
    found = linted(teams(6) + "  last: {purpose: [no, text]}\n", lacks())
    assert len(found) == 6


def test_once_a_kind_is_the_same_finding_wherever_it_stands() -> None:
    (one,), (other,) = linted(teams(6), lacks()), linted(teams(7), lacks())
    assert one.fingerprint == other.fingerprint


def test_what_is_explained_away_is_not_counted() -> None:
    @rule(ERROR)
    def cause(org: Org) -> Iterator[Problem]:
        team = org.all(Team)[0]
        yield Problem(team.at("purpose"), "a cause")

    found = linted(teams(6), cause, lacks(yields_to=("test-lint/cause",)))
    assert sorted(each.message for each in found) == ["a cause", "none of the 5 teams has a purpose"]


# --- what one declaration has from another ---

ALIKE = "meetings:\n  one: {cadence: as needed, agenda: a:b}\n  two: {like: one, cadence: as needed}\n"


def of_meetings(field: str) -> Rule:
    def check(org: Org, meeting: Meeting) -> Iterator[Problem]:  # noqa: ARG001
        yield Problem(meeting.at(field), f"said of `{meeting.id}`")

    check.__name__ = "check"
    return rule(WARNING)(check)


@pytest.mark.parametrize("field", ["agenda", "purpose"])
def test_what_is_taken_over_or_lacking_in_both_is_told_at_the_model(field: str) -> None:
    (found,) = linted(ALIKE, of_meetings(field))
    assert (found.message, found.id, found.span.line) == ("said of `one`", "one", 2)
    assert [(span.line, message) for span, message in found.related] == [(3, "and `two`, which is like it")]


def test_what_each_says_itself_is_told_of_each() -> None:
    assert told(linted(ALIKE, of_meetings("cadence"))) == [("check", "one"), ("check", "two")]


def test_what_is_wrong_only_with_the_one_that_is_alike_is_told_there() -> None:
    @rule(WARNING)
    def check(org: Org, meeting: Meeting) -> Iterator[Problem]:  # noqa: ARG001
        if meeting.id == "two":
            yield Problem(meeting.at("agenda"), "said of `two`")

    (found,) = linted(ALIKE, check)
    assert (found.message, found.span.line, found.span.column) == ("said of `two`", 2, 37)


# --- crashes, and what is held back ---


def test_a_rule_that_crashes_costs_only_itself() -> None:
    @rule(WARNING)
    def crashing(org: Org, team: Team) -> Iterator[Problem]:  # noqa: ARG001
        if team.id != "team-a":
            raise KeyError(team.id)
        yield Problem(team.at("lead"), "before it crashed")

    result = lint_of(TEAMS, crashing, speaks("other", "purpose"))
    found = list(result.findings)
    assert result.crashed == (crashing.name,)
    assert told(found) == [
        *(("other", "team-a"), ("crashing", "team-a")),
        *(("rule-crashed", "team-b"), ("other", "team-b"), ("other", "team-c")),
    ]
    crash = next(each for each in found if each.rule == CRASHED)
    assert crash.severity is ERROR
    assert crash.message.startswith("rule `test-lint/crashing` crashed here: KeyError: 'team-b' (crashing, line ")


def test_a_rule_about_everything_that_crashes_is_told_at_the_house() -> None:
    @rule(WARNING)
    def crashing(org: Org) -> Iterator[Problem]:
        yield Problem(org.house.at("edition"), str(1 // len(org.refused)))

    (found,) = linted(TEAMS, crashing)
    assert (found.rule, found.span.path, found.kind) == (CRASHED, "coordlint.yaml", "")


BROKEN = TEAMS + "  broken: {leed: x}\n"


def test_what_claims_an_absence_waits_for_every_declaration() -> None:
    absence, other = speaks("absence", "lead", claims_absence=True), speaks("other", "lead")
    result = lint_of(BROKEN, absence, other)
    assert {name for name, _ in told(list(result.findings))} == {"other"}
    assert (result.held_back, result.crashed) == ((absence.name,), ())
    assert len(result.notes) == 1
    assert result.notes[0].startswith(
        "1 rule that would conclude that something is missing did not run, because team `broken` in `a.yaml` "
    )
    assert lint_of(TEAMS, absence, other).notes == ()


def test_what_needs_every_file_waits_for_files_only() -> None:
    names = speaks("names", "lead", needs_every_file=True)
    assert len(lint_of(BROKEN, names)[0]) == 3
    result = lint_of(f"{TEAMS}<<<<<<< HEAD\n", names)
    assert (result.findings, result.held_back) == ((), (names.name,))
    assert "because `a.yaml` could not be read" in result.notes[0]


def test_a_refused_declaration_is_not_looked_at() -> None:
    assert ("other", "broken") not in told(linted(BROKEN, speaks("other", "lead")))


# --- order, severity, options, fingerprints ---


def test_findings_stand_in_the_order_of_files_lines_columns_and_rules() -> None:
    def at(path: str, line: int, column: int, name: str) -> Problem:
        return Problem(Span(path, line, column, line, column), "said", rule=f"test-lint/{name}")

    one, two = speaks("one", "x"), speaks("two", "x")
    spoken = (
        at("b.yaml", 1, 1, "one"),
        at("a.yaml", 9, 1, "one"),
        at("a.yaml", 10, 2, "two"),
        at("a.yaml", 10, 2, "one"),
    )
    found = linted("teams: {}\n", one, two, spoken=(*spoken, at("a.yaml", 10, 1, "two")))
    assert [(each.span.path, each.span.line, each.span.column, each.rule[-3:]) for each in found] == [
        *(("a.yaml", 9, 1, "one"), ("a.yaml", 10, 1, "two"), ("a.yaml", 10, 2, "one"), ("a.yaml", 10, 2, "two")),
        ("b.yaml", 1, 1, "one"),
    ]


def weighs(severity: Severity | None) -> Rule:
    @rule(WARNING)
    def weighing(org: Org, team: Team) -> Iterator[Problem]:  # noqa: ARG001
        yield Problem(team.at("lead"), "said", severity=severity)

    return weighing


def test_a_problem_may_weigh_more_or_less_than_its_rule() -> None:
    assert {each.severity for each in linted(TEAMS, weighs(None))} == {WARNING}
    assert {each.severity for each in linted(TEAMS, weighs(INFO))} == {INFO}


def test_what_the_house_says_of_a_severity_stands() -> None:
    assert {each.severity for each in linted(TEAMS, weighs(INFO), weighing=ERROR)} == {ERROR}


def test_options_reach_the_rule() -> None:
    @rule(WARNING)
    def counting(org: Org, team: Team, *, max: int = 3) -> Iterator[Problem]:  # noqa: A002, ARG001
        yield Problem(team.at("lead"), f"at most {max}")

    where = InMemory({"coordlint.yaml": HOUSE, "a.yaml": TEAMS})
    org = where.run(as_of=DAY).org
    for options, message in (({}, "at most 3"), ({"max": 7}, "at most 7")):
        chosen = Chosen(counting, WARNING, {**counting.options, **options})
        assert {each.message for each in lint(org, (), [chosen], where.locate)[0]} == {message}


def marks(text: str, *rules: Rule) -> dict[str, str]:
    return {each.message: each.fingerprint for each in linted(text, *rules)}


def test_a_fingerprint_knows_rule_declaration_and_field() -> None:
    one, same, field = speaks("one", "lead"), speaks("one", "lead"), speaks("one", "purpose")
    assert marks(TEAMS, one) == marks(TEAMS, same)
    assert set(marks(TEAMS, one).values()).isdisjoint(marks(TEAMS, field).values())
    assert set(marks(TEAMS, one).values()).isdisjoint(marks(TEAMS, speaks("two", "lead")).values())
    assert len(set(marks(TEAMS, one).values())) == 3


def of_item(text: str, at: int) -> str:
    """The fingerprint of what is said of an item of a list."""

    @rule(WARNING)
    def item(org: Org) -> Iterator[Problem]:
        yield Problem(org.all(Team)[0].at("members", at), "said")

    (found,) = linted(text, item)
    return found.fingerprint


def test_an_item_is_known_by_what_it_says() -> None:
    before = of_item("teams: {a: {members: [ext/x, ext/y]}}", 1)
    assert of_item("teams: {a: {members: [ext/x, ext/new, ext/y]}}", 2) == before
    assert of_item("teams: {a: {members: [ext/x, ext/z]}}", 1) != before


def test_an_organisation_is_known_by_its_place_in_the_repository() -> None:
    where = InMemory({"coordlint.yaml": HOUSE, "a.yaml": TEAMS})
    org, chosen = where.run(as_of=DAY).org, [Chosen(speaks("one", "lead"), WARNING)]
    found = [lint(org, (), chosen, where.locate, identity=each)[0][0].fingerprint for each in ("", "sales", "")]
    assert found[0] == found[2] != found[1]


def test_two_of_one_kind_in_one_file_are_two() -> None:
    there = [Problem(Span("a.yaml", line, 1, line, 2), f"line {line}", rule="test-lint/one") for line in (3, 1)]
    found = linted(TEAMS, speaks("one", "lead"), spoken=tuple(there))
    assert len({each.fingerprint for each in found}) == len(found) == 5


def test_related_places_are_looked_up() -> None:
    @rule(WARNING)
    def check(org: Org) -> Iterator[Problem]:
        first, second, _ = org.all(Team)
        yield Problem(first.at("lead"), "said", related=(Related(second.at("lead"), "and there"),), tip="do it")

    (found,) = linted(TEAMS, check)
    assert (found.span.line, found.related[0][0].line, found.tip) == (2, 3, "do it")
