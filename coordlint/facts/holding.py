"""A meeting in; what depends on it, or comes out of it."""

from __future__ import annotations

from coordlint.facts.references import Use, uses_of
from coordlint.facts.venues import decided_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    ContextLine,
    DecisionRight,
    Escalation,
    Forum,
    Handoff,
    Initiative,
    Meeting,
)
from coordlint.model.org import Org, fact

# What may need a meeting or a forum in order to happen.
NEEDING = (DecisionRight, Handoff, Escalation, ContextLine, Initiative)

# Fields that name a meeting or forum, and would not miss it.
IDLE_FIELDS = frozenset(("only_while", "replaced_by", "owner"))


def holds_something(meeting: Meeting) -> bool:
    """Whether anything would be missed: what the meeting or its forum decides, puts out, reviews or records, and
    whatever goes through them. A forum that is not declared may hold anything."""
    if _puts_out(meeting) or is_needed(meeting):
        return True
    if not meeting.says("forum"):
        return False
    forum = meeting.org.find(meeting.forum)
    return forum is None or forum.says("record") or forum.says("decides") or is_needed(forum)


def is_needed(venue: Meeting | Forum) -> bool:
    """Whether a decision, hand-off, escalation, line, initiative or other meeting needs a meeting or forum."""
    return bool(decided_in(venue)) or any(map(_needs, uses_of(venue.org, venue)))


def _needs(use: Use) -> bool:
    user = use.user
    if not user.org.is_active(user) or use.field in IDLE_FIELDS:
        return False
    return isinstance(user, NEEDING) or (isinstance(user, Meeting) and use.field == "cadence")


@fact
def says_what_meetings_hold(org: Org) -> bool:
    """Whether an organisation has written down anything that a meeting could hold in place."""
    if any(org.all(kind) for kind in NEEDING):
        return True
    return any(_puts_out(meeting) for meeting in org.all(Meeting))


def _puts_out(declaration: Declaration) -> bool:
    return any(declaration.says(field) for field in ("outputs", "reviews", "record", "decides"))
