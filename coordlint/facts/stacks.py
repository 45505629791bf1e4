"""Forums in; those that follow one another on a way up, and how many people they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coordlint.facts.lines import long_lines
from coordlint.facts.naming import bearers, parts_in
from coordlint.facts.parties import holders, stands_for
from coordlint.model.base import Declaration
from coordlint.model.kinds import Escalation, EscalationStep, Forum, Role, Team
from coordlint.model.org import Org, fact, fact_of

# Two people who meet thrice are no stack.
FEWEST = 3


def stacks(org: Org, length: int, percent: float) -> Iterator[list[Forum]]:
    """Every line of so many forums, each of which hands on to the next one with more than `percent` of the same people.

    Of both forums, the one with more people counts. Where nobody knows who else belongs to a forum, it is in no stack.
    """
    alike = {
        forum: [upper for upper in above if _share(forum, upper) > percent / 100]
        for forum, above in _hands_on_to(org).items()
    }
    yield from long_lines({forum: above for forum, above in alike.items() if above}, length)


def _share(one: Forum, other: Forum) -> float:
    """How much of the larger of two forums sits in the other one too."""
    mine, theirs = _seated(one), _seated(other)
    most = max(len(mine), len(theirs))
    if most < FEWEST or not mine or not theirs:
        return 0
    return len(mine & theirs) / most


@fact_of
def _seated(forum: Forum) -> frozenset[Declaration]:
    """The people of a forum, and its roles and teams of which no people are known; empty where nobody knows all."""
    met = stands_for(forum)
    if not met.complete or forum.refused:
        return frozenset()
    return frozenset(each for each in met.inside if not _is_listed(each))


def _is_listed(party: Declaration) -> bool:
    """Whether those whom a party stands for are named themselves."""
    if isinstance(party, Role):
        return bool(holders(party))
    return isinstance(party, Forum) or (isinstance(party, Team) and party.says("members"))


@fact
def _hands_on_to(org: Org) -> dict[Forum, list[Forum]]:
    """For each active forum, those to which what it cannot settle goes on: by its own word, or by an escalation that
    passes through both."""
    found: dict[Forum, dict[Forum, None]] = {}
    for forum in org.active(Forum):
        for upper in org.each(forum.refs("escalates_to")) if "escalates_to" in forum.data else ():
            _add(found, forum, upper)
    named = bearers(org, EscalationStep.to)
    for escalation in org.active(Escalation):
        reached = [named.of(step.get("to")) for step in parts_in(escalation.data, "steps")]
        for ones, others in pairwise(reached):
            if ones and others:
                _add(found, ones[0], others[0])
    return {forum: list(above) for forum, above in found.items()}


def _add(found: dict[Forum, dict[Forum, None]], one: Declaration | None, other: Declaration | None) -> None:
    if isinstance(one, Forum) and isinstance(other, Forum) and one is not other and other.org.is_active(other):
        found.setdefault(one, {}).setdefault(other)
