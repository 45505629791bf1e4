"""Meetings in; who is expected there, and who may come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coordlint.facts.heads import heads, single_heads
from coordlint.facts.naming import texts_in
from coordlint.facts.parties import NOBODY, Group, group, seats
from coordlint.facts.venues import Call, forum_of, said_of_calls
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import DecisionRight, Forum, Meeting
from coordlint.model.org import Org, fact, fact_of


def expected(meeting: Meeting) -> Group:
    """Who is expected in a meeting: chair and attendees, each from the forum where the meeting does not say; with the
    members of teams and forums and the holders of roles. A deputy's presence does not count as the holder's.

    It is complete only where somebody listed the attendees, and every name leads somewhere.
    """
    return _expected_by(speaker_of(meeting))


def speaker_of(meeting: Meeting) -> Meeting | Forum:
    """Who says who is expected: the meeting itself, or its forum where the meeting leaves all of it to that."""
    return _speaking_forums(meeting.org).get(meeting, meeting)


@fact
def _speaking_forums(org: Org) -> Mapping[Meeting, Forum]:
    """The forums of the meetings that leave it to them who is expected."""
    return {
        meeting: forum
        for meeting in org.all(Meeting)
        if (forum := forum_of(meeting)) is not None and not (meeting.says("chair") or meeting.says("attendees"))
    }


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
    forum = forum_of(speaker)
    chair = speaker.refs("chair") if speaker.says("chair") or forum is None else forum.refs("chair")
    if speaker.says("attendees"):
        return [*chair, *speaker.attendees], speaker.data.get("attendees") is not None
    others, complete = seats(forum) if forum is not None else ([], False)
    return [*chair, *others], complete


def listed(meeting: Meeting) -> Sequence[Ref[Any]]:
    """Who is expected in a meeting, as they are named: the chair first."""
    return _named(speaker_of(meeting))[0]


def is_listed(meeting: Meeting, name: str) -> bool:
    """Whether a name, such as one of somebody outside, is among those who are expected, as it is written."""
    return name in _names(speaker_of(meeting))


@fact_of
def _names(speaker: Meeting | Forum) -> frozenset[str]:
    return frozenset([ref.text for ref in _named(speaker)[0]])


def lists_nobody(meeting: Meeting) -> bool:
    """Whether a meeting says that it expects nobody at all."""
    named, complete = _named(speaker_of(meeting))
    return complete and not named


def optional(meeting: Meeting) -> Group:
    """Who may come, and is not expected."""
    return group(meeting.org, meeting.optional) if "optional" in meeting.data else NOBODY


def expects_at_most(meeting: Meeting, number: int) -> bool:
    """Whether it is seen at one look that no more people than this are expected: few names, and each of them for one
    at most."""
    named = names_at_a_look(speaker_of(meeting))
    if named is None or len(named) > number:
        return False
    alone = single_heads(meeting.org)
    return alone.issuperset(named) or all(name in alone or name.startswith("ext/") for name in named)


@fact_of
def names_at_a_look(speaker: Meeting | Forum) -> Sequence[str] | None:
    """Whom a meeting, or a forum that speaks for its own, expects, as it is written, the chair first; None where it
    takes more than a look to know."""
    data = speaker.data
    if isinstance(speaker, Forum):
        told, others = "votes" not in data, ["decider", "members"]
    else:
        # What it does not say is said by its forum.
        whole = forum_of(speaker) is None or (speaker.says("chair") and speaker.says("attendees"))
        told, others = whole, ["attendees"]
    if not told:
        return None
    named = [*texts_in(data.get("chair"))]
    for field in others:
        if field in data:
            named += texts_in(data[field])
    return named


def expected_heads(meeting: Meeting) -> int:
    """How many people are expected, at least; a team's or a role's `headcount` counts where people are not named."""
    return _heads_by(speaker_of(meeting))


@fact_of
def _heads_by(speaker: Meeting | Forum) -> int:
    named, _ = _named(speaker)
    return heads(speaker.org, named)


def deciders_are_listed(meeting: Meeting, right: DecisionRight) -> bool:
    """Whether each name of a decider of a right stands among those who are expected in a meeting, or is its forum's:
    then all is well, whatever the names stand for."""
    forum, speaker = forum_of(meeting), speaker_of(meeting)
    chair = speaker.data.get("chair")
    for name in said_of_calls(right, "decider"):
        if name.__class__ is not str:
            return False
        if name != chair and (forum is None or name != forum.id) and name not in _names(speaker):
            return False
    return True


def absent_decider(meeting: Meeting, call: Call) -> Declaration | None:
    """Who makes a call in a meeting without being expected there; None where all is well, or nobody can know."""
    org = meeting.org
    deciders = call.refs("decider")
    decider = org.find(deciders[0]) if len(deciders) == 1 else None
    if decider is None or is_listed(meeting, deciders[0].text):
        return None
    named = [venue for ref in call.refs("decided_in") if (venue := org.find(ref)) is not None]
    forum = forum_of(meeting)
    if decider is forum or call.asynchronous or (named and meeting not in named and forum not in named):
        return None
    return decider if expected(meeting).includes(decider) is False else None
