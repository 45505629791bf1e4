"""Meetings in; how many of the votes that a forum needs are expected there."""

from __future__ import annotations

from typing import Any

from coordlint.facts.attendance import expected, is_listed
from coordlint.facts.heads import voice
from coordlint.model.base import Ref
from coordlint.model.kinds import Forum, Meeting
from coordlint.model.org import fact_of

# More who vote are no forum that counts them.
MOST_VOTERS = 200


def votes_expected(meeting: Meeting, forum: Forum) -> int | None:
    """At most how many of a forum's votes are expected in a meeting of it; None where that cannot be counted.

    Who has a vote is a voter, or where none are named a member; whether chair and decider vote too nobody may have
    said, so they count.
    """
    voters = _voters(forum)
    if voters is None or len(voters) > MOST_VOTERS:
        return None
    met = expected(meeting)
    heard: set[object] = set()
    for ref in voters:
        party = forum.org.find(ref)
        if party is not None and met.includes(party) is False:
            continue
        if party is None and met.complete and ref.external and not is_listed(meeting, ref.text):
            continue
        vote = voice(forum.org, ref)
        if vote is None:
            return None
        heard.add(vote)
    return len(heard)


@fact_of
def _voters(forum: Forum) -> tuple[Ref[Any], ...] | None:
    votes = forum.votes if "votes" in forum.data else None
    voters = votes.refs("voters") if votes is not None else ()
    if voters:
        return voters
    members = (*forum.members, *forum.refs("chair"), *forum.refs("decider"))
    return members if forum.members else None
