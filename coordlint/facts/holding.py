"""A meeting in; whether anything depends on it, comes out of it, or may."""

from __future__ import annotations

from coordlint.facts.memory import has_record
from coordlint.facts.references import Use, missed, namers, uses_of
from coordlint.facts.venues import decided_in
from coordlint.model.base import Declaration
from coordlint.model.kinds import ContextLine, DecisionRight, Escalation, Forum, Handoff, Initiative, Meeting
from coordlint.model.org import Org, fact, fact_of

# What may need a meeting or a forum in order to happen.
NEEDING = (DecisionRight, Handoff, Escalation, ContextLine, Initiative)

# Fields that name a meeting or forum, and would not miss it.
IDLE_FIELDS = frozenset(("only_while", "replaced_by", "owner"))


def holds_something(meeting: Meeting) -> bool:
    """Whether anything would be missed, or may be: what the meeting or its forum decides, puts out, reviews or records,
    whatever goes through them, and a meeting that this one prepares. A forum that is not declared may hold anything."""
    if _puts_out(meeting):
        return True
    forum = meeting.org.find(meeting.forum) if meeting.says("forum") else meeting
    if forum is None or forum.says("record") or forum.says("decides") or may_be_meant(meeting) or may_be_meant(forum):
        return True
    return is_needed(meeting) or (forum is not meeting and is_needed(forum)) or _prepares_another(meeting)


def puts_out_something(meeting: Meeting) -> bool:
    """Whether anything comes out of a meeting, or may: outputs, decisions, a record, a look at how something stands."""
    if _puts_out(meeting) or has_record(meeting) or decided_in(meeting) or may_be_meant(meeting):
        return True
    forum = meeting.org.find(meeting.forum)
    if forum is not None and decided_in(forum):
        return True
    return meeting in namers(meeting.org, Initiative, "reviewed_in")


@fact_of
def is_needed(venue: Meeting | Forum) -> bool:
    """Whether a decision, hand-off, escalation, line or initiative needs a meeting or forum, or a meeting that prepares
    it, and out of which something comes."""
    return bool(decided_in(venue)) or any(map(_needs, uses_of(venue.org, venue)))


def _needs(use: Use) -> bool:
    user = use.user
    if not user.org.is_active(user) or use.field in IDLE_FIELDS:
        return False
    return isinstance(user, NEEDING) or (isinstance(user, Meeting) and use.field == "cadence" and _puts_out(user))


def _prepares_another(meeting: Meeting) -> bool:
    """Whether a meeting is held for the sake of another one, which is asked for itself."""
    cadence = meeting.cadence
    return cadence is not None and any(slot.before for slot in cadence.slots)


@fact
def says_what_meetings_hold(org: Org) -> bool:
    """Whether an organisation has written down anything that a meeting could hold in place."""
    if any(org.all(kind) for kind in NEEDING):
        return True
    return any(_puts_out(meeting) for meeting in org.all(Meeting))


def _puts_out(declaration: Declaration) -> bool:
    return any(declaration.says(field) for field in ("outputs", "reviews", "record", "decides"))


@fact
def _meant_by_lost_names(org: Org) -> frozenset[str]:
    """The kinds that a name which leads nowhere, or stands in a second declaration of one id, may have meant."""
    lost = {kind for each in missed(org) for kind in each.ref.kinds}
    return frozenset(lost.union(*(ref.kinds for _, second in org.duplicates for _, ref in second.references())))


def may_be_meant(declaration: Declaration) -> bool:
    """Whether some name that leads nowhere may mean this, so that nobody can say that nothing does."""
    return declaration.kind in _meant_by_lost_names(declaration.org)
