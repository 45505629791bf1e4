"""A declaration and a field in; whether the field holds what another declaration says, where this one is silent."""

from __future__ import annotations

from coordlint.facts.memory import has_record, is_kept
from coordlint.facts.ownership import answers_for
from coordlint.facts.references import namers
from coordlint.facts.venues import calls
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Meeting, Person, Role

# What the people of a meeting are where it does not say: those whom its forum names in one of these.
_OF_A_FORUM = {"chair": ("chair",), "attendees": ("members", "chair", "decider")}


def is_lent(declaration: Declaration, field: str) -> bool:
    """Whether a field that a declaration does not say is said elsewhere, or may be: `name` aside, wherever the format
    says that what is not said here comes from there.

    An owner is whoever answers for it; a meeting has chair, attendees and record of its forum; a right has what all of
    its cases say, and the record of the venue; a person reports as their roles do, and works by their team's calendar.
    """
    if field == "owner":
        return answers_for(declaration) is not None
    if isinstance(declaration, Meeting):
        return _lent_to_meeting(declaration, field)
    if isinstance(declaration, DecisionRight):
        return _said_in_cases(declaration, field)
    return isinstance(declaration, Person) and _lent_to_person(declaration, field)


def _lent_to_meeting(meeting: Meeting, field: str) -> bool:
    if field == "record":
        return has_record(meeting)
    if field not in _OF_A_FORUM or not meeting.says("forum"):
        return False
    forum = meeting.org.find(meeting.forum)
    return forum is None or any(forum.says(key) for key in _OF_A_FORUM[field])


def _said_in_cases(right: DecisionRight, field: str) -> bool:
    every = calls(right)
    if field == "record":
        return all(call.says("record") or is_kept(call) for call in every)
    return all(field in call.part.fields and call.says(field) for call in every)


def _lent_to_person(person: Person, field: str) -> bool:
    if field == "reports_to":
        return any(role.says(field) for role in namers(person.org, Role, "held_by").get(person, ()))
    if field == "calendar" and person.says("team"):
        team = person.org.find(person.team)
        return team is None or team.says(field)
    return False
