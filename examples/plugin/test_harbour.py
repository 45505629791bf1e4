"""The rules of harbour.py find what their pages say."""

import harbour
import pytest

from coordlint.rule import Rule
from coordlint.testing import check, complaints, marks, parse, rules_in

FORUM_DECIDES = """\
forums:
  board: {charter: Decides what stays., chair: managing-director}
decision_rights:
  sell-a-workshop: {question: Do we sell a workshop?, decider: board, reversible: false}
"""
NOT_DECLARED = """\
decision_rights:
  sell-a-workshop: {question: Do we sell a workshop?, decider: ext/bank, reversible: false}
"""


@pytest.mark.parametrize("rule", rules_in(harbour), ids=lambda rule: rule.name)
def test_a_rule_finds_what_its_page_says(rule: Rule) -> None:
    assert complaints(rule) == []


@pytest.mark.parametrize("text", [FORUM_DECIDES, NOT_DECLARED])
def test_whoever_is_not_alone_is_left_in_peace(text: str) -> None:
    assert marks(check(parse(text), harbour.decided_alone)) == set()
