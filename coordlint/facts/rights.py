"""A decision right in; what is added to its calls, and what ties it to other rights and to escalations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coordlint.facts.references import uses_of
from coordlint.facts.venues import Call, calls
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import DecisionRight, Escalation
from coordlint.model.org import fact_of


def additions(call: Call) -> Iterator[Node]:
    """What is added to a call for sure: whatever depends on inputs that nothing taken before depends on."""
    if "also" not in call.right.data:
        return
    taken = dict(_conditions(call.part))
    for addition in call.right.also:
        conditions = _conditions(addition)
        if all(taken.get(name, condition) == condition for name, condition in conditions.items()):
            taken.update(conditions)
            yield addition


def _conditions(part: Node) -> Mapping[str, object]:
    when = part.data.get("when")
    return when if isinstance(when, Mapping) else {}


def are_related(one: DecisionRight, other: DecisionRight) -> bool:
    """Whether one is delegated from the other, both from one, or one takes the other's place."""
    return other in _ties(one) or one in _ties(other) or _ties(one)[0] is _ties(other)[0] is not None


@fact_of
def _ties(right: DecisionRight) -> tuple[DecisionRight | None, Declaration | None]:
    """What a right is delegated from, and what takes its place."""
    return right.org.find(right.delegated_from), right.org.find(right.replaced_by)


def can_be_escalated(right: DecisionRight) -> bool:
    """Whether a way is declared that a right takes when it stalls, by itself or by the escalation."""
    if any(call.says("escalation") for call in calls(right)):
        return True
    return any(isinstance(use.user, Escalation) and use.field == "for" for use in uses_of(right.org, right))
