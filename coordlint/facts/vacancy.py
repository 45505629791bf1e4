"""Parties in; what hangs on them, whether somebody else acts when they are not there, and where one alone must."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.parties import is_there, is_vacant
from coordlint.facts.references import Use, in_order, uses_of
from coordlint.facts.venues import calls
from coordlint.finding import Place
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import DecisionRight, Forum, Initiative, LogEntry, Role, Scenario
from coordlint.model.org import Org

# Where somebody holds something in place, so that it hangs in the air when nobody is there.
HOLDING = frozenset(
    (
        *("owner", "layer_owner", "lead", "chair", "deputy", "accountable", "sponsor"),
        *("decider", "agrees", "tie_break", "performs", "by"),
        *("from", "to", "accepted_by", "if_refused", "reports_to", "escalates_to"),
    )
)


def held_up(party: Declaration) -> list[Use]:
    """Where something active is held in place by a party, in the order of kinds, ids and fields."""
    return in_order([use for use in uses_of(party.org, party) if last_key(use) in HOLDING and _counts(use.user)])


def _counts(user: Declaration) -> bool:
    return user.org.is_active(user) and not user.refused and not isinstance(user, (LogEntry, Scenario))


def last_key(use: Use) -> str:
    """The field that names, be it of a declaration or of a part of one."""
    return next(step for step in reversed(use.route) if isinstance(step, str))


def place_of(use: Use) -> Place:
    """Where a name stands; what was taken over by `like` stands at the model."""
    return use.user.at(*use.route[len(use.user.route) :])


def somebody_acts(role: Role) -> bool:
    """Whether a holder who is there, or a deputy, acts for a role; whoever is not declared is taken to be there."""
    deputies = [role.org.find(deputy) for deputy in role.refs("deputy")]
    return (not is_vacant(role) and is_there(role)) or any(each is None or is_there(each) for each in deputies)


def is_covered(use: Use) -> bool:
    """Whether somebody else acts where a person is named: a deputy is one more, and a forum's chair may have one."""
    user = use.user
    if last_key(use) == "deputy":
        return True
    return isinstance(user, Forum) and use.field == "chair" and any(map(is_there, user.org.each(user.refs("deputy"))))


def sole_holders(org: Org) -> Iterator[tuple[Role, Place]]:
    """Every role that must be one person where it is named: accountable, or deciding alone."""
    for initiative in org.active(Initiative):
        yield from _roles_at(initiative, "accountable")
    for forum in org.active(Forum):
        yield from _roles_at(forum, "decider")
    for right in org.active(DecisionRight):
        for part in dict.fromkeys(call.speaker("decider") for call in calls(right)):
            yield from ((role, place) for role, place in _roles_at(part, "decider") if not role.says("per"))


def _roles_at(part: Node, field: str) -> Iterator[tuple[Role, Place]]:
    if field in part.data and not part.declaration.refused:
        yield from ((role, part.at(field)) for role in part.org.each(part.refs(field)) if isinstance(role, Role))
