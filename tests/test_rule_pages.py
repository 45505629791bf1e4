"""What a rule's page says of accepting a finding is true: the comment that it shows accepts what its example gives."""

from __future__ import annotations

import re

import pytest

from coordlint.report.rule_pages import page
from coordlint.rule import Rule
from coordlint.rules import all_rules
from coordlint.testing import Case, check, examples, in_case

ACCEPTED = "To accept it in one place for now"
# What cannot be waived, and what may keep a file from being read.
OTHERS = ("waiver", "coordlint", "yaml")
RULES = [rule for rule in all_rules() if rule.family not in OTHERS and examples(rule, "Bad")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_comment_on_a_page_accepts_what_the_example_gives(rule: Rule) -> None:
    text = page(rule).partition(ACCEPTED)[2]
    shown = re.search(r"^    (# coordlint: .*)\n    (.+)$", text, re.MULTILINE)
    assert shown is not None, "the comment, and the line that it stands above"
    comment, marked = shown.groups()
    case = examples(rule, "Bad")[0]
    files = {}
    for path, written in case.files.items():
        lines = []
        for number, line in enumerate(written.split("\n"), 1):
            if any((path, number, rule.name) == mark for mark in case.expected):
                lines.append(f"{' ' * (len(line) - len(line.lstrip()))}{comment}")
            lines.append(line)
        files[path] = "\n".join(lines)
    assert any(marked in written for written in files.values())
    before = [each for each in in_case(check(case, rule.name)) if each.rule == rule.name]
    after = check(Case(files, case.expected, case.as_of), rule.name)
    assert before
    assert [each for each in in_case(after) if each.rule == rule.name] == []
    assert len([each for each in after.waived if each.rule == rule.name]) == len(before)


def test_what_may_keep_a_file_from_being_read_is_accepted_in_the_config() -> None:
    (rule,) = [rule for rule in all_rules() if rule.name == "yaml/syntax"]
    assert "    waive:\n      - {rule: yaml/syntax, reason: " in page(rule)
