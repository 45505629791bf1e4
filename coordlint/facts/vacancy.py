"""Parties in; what hangs on them, and whether somebody else acts when they are not there."""

from __future__ import annotations

from coordlint.facts.parties import is_there, is_vacant
from coordlint.facts.references import Use, uses_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import Forum, LogEntry, Role, Scenario

# Where somebody holds something in place, so that it hangs in the air when nobody is there.
HOLDING = frozenset(
    (
        *("owner", "layer_owner", "lead", "chair", "deputy", "accountable", "sponsor"),
        *("decider", "agrees", "tie_break", "performs", "by"),
        *("from", "to", "accepted_by", "if_refused", "reports_to", "escalates_to"),
    )
)


def held_up(party: Declaration) -> list[Use]:
    """Where something active is held in place by a party, in the order of files."""
    return [use for use in uses_of(party.org, party) if last_key(use) in HOLDING and _counts(use.user)]


def _counts(user: Declaration) -> bool:
    return user.org.is_active(user) and not user.refused and not isinstance(user, (LogEntry, Scenario))


def last_key(use: Use) -> str:
    """The field that names, be it of a declaration or of a part of one."""
    return next(step for step in reversed(use.route) if isinstance(step, str))


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
