"""A meeting in; when it is held, in words: for its own page, and as short as a table wants it."""

from __future__ import annotations

from collections.abc import Callable

from coordlint.manual import words
from coordlint.manual.book import Desk
from coordlint.manual.page import Answer, Quiet
from coordlint.model.kinds import Calendar, Meeting
from coordlint.values import Cadence


def when(desk: Desk, meeting: Meeting) -> tuple[Answer, ...]:
    """When a meeting is held, an answer for each of its slots."""
    cadence = meeting.cadence
    if cadence is None:
        return ()
    zone = _zone(meeting) if not any(slot.timezone for slot in cadence.slots) else ""
    said = cadence_said(desk, meeting, cadence)
    return tuple(
        Answer((line,) if not zone or index else (line, Quiet(f" ({zone})"))) for index, line in enumerate(said)
    )


def cadence_said(desk: Desk, meeting: Meeting, cadence: Cadence) -> list[str]:
    """When a meeting is held, a line for each of its slots."""
    name = _names(desk, meeting)
    return [words.cadence(slot, name) for slot in words.as_few_slots(cadence)]


def short_when(desk: Desk, meeting: Meeting) -> str:
    """When a meeting is held, for a cell of a table; "" where it is not said."""
    known = desk.book.short_when
    if meeting not in known:
        cadence = meeting.cadence
        known[meeting] = words.short_cadence(cadence, _names(desk, meeting)) if cadence is not None else ""
    return known[meeting]


def _names(desk: Desk, meeting: Meeting) -> Callable[[str], str]:
    """How to call a meeting before which this one is held, by the text that names it in the cadence."""
    refs = {ref.text: ref for part in Meeting.cadence.parts.read(meeting) for ref in part.refs("before")}

    def name(text: str) -> str:
        if text not in refs:
            return text
        other, screen = meeting.org.find(refs[text]), desk.book.screen
        if screen.hides_name(refs[text]) if other is None else other in screen.declarations:
            return "a restricted meeting"
        return f"“{other.title}”" if other is not None else text

    return name


def _zone(meeting: Meeting) -> str:
    """The zone of the meeting's calendar, else of the organisation's first one."""
    calendar = meeting.org.find(meeting.calendar) if "calendar" in meeting.data else None
    calendar = calendar or next(iter(meeting.org.all(Calendar)), None)
    return (calendar.timezone or "") if calendar is not None else ""
