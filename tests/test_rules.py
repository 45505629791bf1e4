"""Every rule's page is a test: Bad gives exactly the marked lines, Good gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordlint.rule import Rule
from coordlint.rules import all_rules
from coordlint.testing import Case, check, examples, in_case, marks, parse

CASES = Path(__file__).parent / "cases"
RULES = all_rules()
NAMES = {rule.name for rule in RULES}

# Families that speak of what stands before all rules: only their own examples may hold such problems.
GROUND = ("yaml", "shape", "reference")


def named(part: object) -> str:
    return part.name if isinstance(part, Rule) else ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_tells_what_is_right_and_why(rule: Rule) -> None:
    lines = rule.page.strip().split("\n")
    assert lines[0].endswith("."), "the first line is a sentence that says how it should be"
    assert len(lines) > 2, "a paragraph says why"
    assert all(name in NAMES or name.endswith("/*") for name in rule.yields_to)
    if rule.check is not None:
        assert examples(rule, "Bad"), "a rule shows what it finds"
        assert examples(rule, "Good"), "and how it should be"


@pytest.mark.parametrize(
    ("rule", "case"), [(rule, case) for rule in RULES for case in examples(rule, "Bad")], ids=named
)
def test_bad_gives_exactly_what_is_marked(rule: Rule, case: Case) -> None:
    assert {mark.rule for mark in case.expected} == {rule.name}
    assert marks(check(case, rule.name)) == case.expected


@pytest.mark.parametrize(
    ("rule", "case"), [(rule, case) for rule in RULES for case in examples(rule, "Good")], ids=named
)
def test_good_gives_nothing(rule: Rule, case: Case) -> None:
    assert marks(check(case, rule.name)) == set()


@pytest.mark.parametrize(
    # What is refused is asked nothing more, so where reading stops, Bad has less to find than Good.
    "rule",
    [rule for rule in RULES if examples(rule, "Good") and rule.family not in ("yaml", "shape")],
    ids=lambda rule: rule.name,
)
def test_good_is_not_worse_than_bad_under_all_rules(rule: Rule) -> None:
    bad = {(each.rule, each.kind, each.id) for case in examples(rule, "Bad") for each in in_case(check(case))}
    good = {(each.rule, each.kind, each.id) for case in examples(rule, "Good") for each in in_case(check(case))}
    assert good <= bad
    own = rule.family if rule.family in GROUND else ""
    assert not {name for name, _, _ in good if name.partition("/")[0] in GROUND and not name.startswith(own)}


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = parse(path.read_text(encoding="utf-8"))
    assert case.files[min(case.files)].startswith("#"), "its first comment says why"
    assert marks(check(case, path.parent.name)) == case.expected


def test_every_name_is_derived_once() -> None:
    assert len(NAMES) == len(RULES)
