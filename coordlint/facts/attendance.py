"""Meetings in; who is expected there, and who may come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coordlint.facts.heads import heads
from coordlint.facts.parties import NOBODY, Group, group, seats
from coordlint.facts.venues import Call
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Forum, Meeting
from coordlint.model.org import fact_of


def expected(meeting: Meeting) -> Group:
    """Who is expected in a meeting: chair and attendees, each from the forum where the meeting does not say; with the
    members of teams and forums and the holders of roles. A deputy's presence does not count as the holder's.

    It is complete only where somebody listed the attendees, and every name leads somewhere.
    """
    return _expected_by(_speaker(meeting))


@fact_of
def _speaker(meeting: Meeting) -> Meeting | Forum:
    """Who says who is expected: the meeting itself, or its forum where the meeting leaves all of it to that."""
    if "forum" not in meeting.data or meeting.says("chair") or meeting.says("attendees"):
        return meeting
    return meeting.org.find(meeting.forum) or meeting


@fact_of
def _expected_by(speaker: Meeting | Forum) -> Group:
    named, complete = _named(speaker)
    met = group(speaker.org, named)
    return met._replace(complete=met.complete and complete)


@fact_of
def _named(speaker: Meeting | Forum) -> tuple[list[Ref[Any]], bool]:
    """The parties that are expected, as they are named, and whether they claim to be all."""
    if isinstance(speaker, Forum):
        others, complete = seats(speaker)
        return [*speaker.refs("chair"), *others], complete
    forum = speaker.org.find(speaker.forum)
    chair = speaker.refs("chair") if speaker.says("chair") or forum is None else forum.refs("chair")
    if speaker.says("attendees"):
        return [*chair, *speaker.attendees], speaker.data.get("attendees") is not None
    others, complete = seats(forum) if forum is not None else ([], False)
    return [*chair, *others], complete


def listed(meeting: Meeting) -> Sequence[Ref[Any]]:
    """Who is expected in a meeting, as they are named: the chair first."""
    return _named(_speaker(meeting))[0]


def is_listed(meeting: Meeting, ref: Ref[Any]) -> bool:
    """Whether a name, such as one of somebody outside, is among those who are expected, as it is written."""
    return ref in _names(_speaker(meeting))


@fact_of
def _names(speaker: Meeting | Forum) -> frozenset[Ref[Any]]:
    return frozenset(_named(speaker)[0])


def lists_nobody(meeting: Meeting) -> bool:
    """Whether a meeting says that it expects nobody at all."""
    named, complete = _named(_speaker(meeting))
    return complete and not named


def optional(meeting: Meeting) -> Group:
    """Who may come, and is not expected."""
    return group(meeting.org, meeting.optional) if "optional" in meeting.data else NOBODY


def expected_heads(meeting: Meeting) -> int:
    """How many people are expected, at least; a team's or a role's `headcount` counts where people are not named."""
    return _heads_by(_speaker(meeting))


@fact_of
def _heads_by(speaker: Meeting | Forum) -> int:
    named, _ = _named(speaker)
    return heads(speaker.org, named)


def absent_decider(meeting: Meeting, call: Call) -> Declaration | None:
    """Who makes a call in a meeting without being expected there; None where all is well, or nobody can know."""
    org = meeting.org
    deciders = call.refs("decider")
    decider = org.find(deciders[0]) if len(deciders) == 1 else None
    if decider is None or is_listed(meeting, deciders[0]):
        return None
    named = [venue for ref in call.refs("decided_in") if (venue := org.find(ref)) is not None]
    forum = org.find(meeting.forum)
    if decider is forum or call.asynchronous or (named and meeting not in named and forum not in named):
        return None
    return decider if expected(meeting).includes(decider) is False else None
