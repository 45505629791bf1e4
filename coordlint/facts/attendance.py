"""Meetings in; who is expected there, and who may come."""

from __future__ import annotations

from typing import Any

from coordlint.facts.heads import heads
from coordlint.facts.parties import NOBODY, Group, group, seats
from coordlint.facts.venues import Call
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Meeting
from coordlint.model.org import fact_of


@fact_of
def expected(meeting: Meeting) -> Group:
    """Who is expected in a meeting: chair and attendees, each from the forum where the meeting does not say; with the
    members of teams and forums and the holders of roles. A deputy's presence does not count as the holder's.

    It is complete only where somebody listed the attendees, and every name leads somewhere.
    """
    named, complete = _named(meeting)
    met = group(meeting.org, named)
    return met._replace(complete=met.complete and complete)


@fact_of
def _named(meeting: Meeting) -> tuple[list[Ref[Any]], bool]:
    """The parties that are expected, as they are named, and whether they claim to be all."""
    forum = meeting.org.find(meeting.forum) if "forum" in meeting.data else None
    chair = list(meeting.refs("chair"))
    if not meeting.says("chair") and forum is not None:
        chair = list(forum.refs("chair"))
    if meeting.says("attendees"):
        return [*chair, *meeting.attendees], meeting.data.get("attendees") is not None
    if forum is None:
        return chair, False
    others, complete = seats(forum)
    return [*chair, *others], complete


def optional(meeting: Meeting) -> Group:
    """Who may come, and is not expected."""
    return group(meeting.org, meeting.optional) if "optional" in meeting.data else NOBODY


def expected_heads(meeting: Meeting) -> int:
    """How many people are expected, at least; a team's or a role's `headcount` counts where people are not named."""
    named, _ = _named(meeting)
    return heads(meeting.org, named)


def absent_decider(meeting: Meeting, call: Call) -> Declaration | None:
    """Who makes a call in a meeting without being expected there; None where all is well, or nobody can know."""
    org = meeting.org
    deciders = call.refs("decider")
    decider = org.find(deciders[0]) if len(deciders) == 1 else None
    if decider is None or deciders[0] in _named(meeting)[0]:
        return None
    named = [venue for ref in call.refs("decided_in") if (venue := org.find(ref)) is not None]
    forum = org.find(meeting.forum)
    if decider is forum or call.asynchronous or (named and meeting not in named and forum not in named):
        return None
    return decider if expected(meeting).includes(decider) is False else None
