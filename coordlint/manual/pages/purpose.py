"""A meeting in, what it is for out: its own purpose, else what the charter of its forum says."""

from __future__ import annotations

from coordlint.manual.book import Desk
from coordlint.manual.page import Line, Quiet
from coordlint.manual.prose import first_sentence
from coordlint.model.kinds import Meeting


def charter_for(desk: Desk, meeting: Meeting) -> Line:
    """What the charter of its forum says first, where a meeting has no purpose of its own; () where there is neither.

    Where the charter is kept elsewhere, the line leads to the forum.
    """
    forum = meeting.org.find(meeting.forum)
    if meeting.says("purpose") or forum is None or forum in desk.book.screen.declarations or not forum.says("charter"):
        return ()
    charter = desk.link(forum, forum.title)  # of all kinds, only a forum has one
    sentence = first_sentence(forum.charter or "")
    if not sentence:
        return ("What it is for stands in the charter of ", charter, ".")
    return (desk.line(sentence, forum), " ", Quiet("From the charter of "), charter, Quiet("."))


def purpose_of(desk: Desk, meeting: Meeting) -> Line:
    """What a meeting is for, for a cell of a table."""
    if meeting.purpose:
        return (desk.line(meeting.purpose, meeting),)
    return charter_for(desk, meeting) or (Quiet("no purpose is written down"),)
