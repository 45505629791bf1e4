"""What is said in another way than its field alone would say it: a function for each such field, and their table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from coordlint.facts.ownership import answers_for
from coordlint.facts.parties import belonging, is_vacant
from coordlint.facts.venues import refreshed_by
from coordlint.manual import words
from coordlint.manual.book import Desk, joined
from coordlint.manual.page import Answer, Code, Line, Quiet
from coordlint.manual.pages.answers import Answers, names, who
from coordlint.manual.pages.when import when
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    DecisionRight,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Person,
    Record,
    Role,
    Team,
    Term,
)
from coordlint.values import Input, parse_input

# More holders of a role than this are counted where it is one of several.
MOST_HOLDERS = 3


def _decider(desk: Desk, right: DecisionRight) -> Answers:
    if right.relative_decider:
        return (Answer((words.begin(right.relative_decider),), look="who"),)
    found = who(desk, right, "decider")
    if found:
        return (*found, *_holders(desk, right))
    return () if right.says("cases") or right.says("otherwise") else (Answer(("Nobody yet",), look="who"),)


def _holders(desk: Desk, right: DecisionRight) -> Answers:
    """Who holds the role that decides, and who acts when they are away."""
    role = right.org.find(right.decider)
    return (Answer(held, look="small"),) if isinstance(role, Role) and (held := held_by(desk, role)) else ()


def held_by(desk: Desk, role: Role) -> Line:
    """`Held by Ines Okafor. When away: regional lead EMEA.`"""
    said: list[Any] = []
    if is_vacant(role):
        said.append("Vacant.")
    elif role.held_by:
        said += ["Held by ", *joined(desk.names(role.held_by, role)), "."]
    if role.deputy is not None:
        said += [" When away: " if said else "When away: ", *desk.name(role.deputy, role), "."]
    return tuple(said)


def _agrees(desk: Desk, right: DecisionRight) -> Answers:
    return who(desk, right, "agrees")


def _accountable(desk: Desk, initiative: Initiative) -> Answers:
    return who(desk, initiative, "accountable")


def _from_forum(key: str) -> Callable[[Desk, Meeting], Answers]:
    """A field of a meeting that its forum speaks for where the meeting is silent."""

    def answers(desk: Desk, meeting: Meeting) -> Answers:
        if meeting.data.get(key) is not None:
            return names(desk, meeting, meeting.fields[key])  # type: ignore[arg-type]
        forum = meeting.org.find(meeting.forum)
        other = "members" if key == "attendees" else key
        if forum is None or forum in desk.book.screen.declarations or not forum.refs(other):
            return ()
        return (Answer((*joined(desk.names(forum.refs(other), forum)), Quiet(", from the forum"))),)

    return answers


def _type(_: Desk, meeting: Meeting) -> Answers:
    return (Answer((words.MEETING_TYPES.get(meeting.type, meeting.type),)),) if meeting.type else ()


def _for_each(_: Desk, meeting: Meeting) -> Answers:
    return (Answer(("every manager with each report",)),) if meeting.for_each else ()


def _pre_read(desk: Desk, meeting: Meeting) -> Answers:
    part = meeting.pre_read
    if part is None:
        return ()
    line = joined(desk.names(part.record, meeting))
    if part.due_before is not None:
        line = (*line, f"{', ' if line else ''}to be there {part.due_before.words} before")
    return (Answer(line),) if line else ()


def _votes(desk: Desk, forum: Forum) -> Answers:
    votes = forum.votes
    if votes is None:
        return ()
    line: Line = (words.begin(words.VOTING.get(votes.rule, votes.rule)),)
    if votes.voters:
        line = (*line, "; votes: ", *joined(desk.names(votes.voters, forum)))
    if votes.tie_break is not None:
        line = (*line, "; at a tie: ", *desk.name(votes.tie_break, forum))
    return (Answer(line),)


def _forum_decider(desk: Desk, forum: Forum) -> Answers:
    return (*who(desk, forum, "decider"), *_held_in(desk, forum, "decider"))


def _forum_chair(desk: Desk, forum: Forum) -> Answers:
    return (*names(desk, forum, forum.fields["chair"]), *_held_in(desk, forum, "chair"))  # type: ignore[arg-type]


def _held_in(desk: Desk, forum: Forum, key: str) -> Answers:
    """Who holds the roles that a field of a forum names."""
    roles = [role for role in desk.book.seen(forum.org.each(forum.refs(key))) if isinstance(role, Role)]
    return tuple(Answer(held, look="small") for role in roles if (held := held_by(desk, role)))


def _with_holders(key: str) -> Callable[[Desk, Forum], Answers]:
    """The parties of a forum in a line, each role with who holds it."""

    def answers(desk: Desk, forum: Forum) -> Answers:
        lines = [(*desk.name(ref, forum), *_beside(desk, forum.org.find(ref))) for ref in forum.refs(key)]
        return (Answer(joined(lines)),) if lines else names(desk, forum, forum.fields[key])  # type: ignore[arg-type]

    return answers


def _beside(desk: Desk, party: object) -> Line:
    """Who holds a role, behind its name: ` (Ines Okafor)`; counted where they are many."""
    if not isinstance(party, Role) or party in desk.book.screen.declarations:
        return ()
    if is_vacant(party):
        return (Quiet(" (vacant)"),)
    held = desk.names(party.held_by, party)
    if len(held) > MOST_HOLDERS:
        return (Quiet(f" ({words.counted(len(held), 'person', 'people')})"),)
    return (Quiet(" ("), *joined(held), Quiet(")")) if held else ()


def _quorum(_: Desk, forum: Forum) -> Answers:
    return (Answer((f"{words.plain_number(forum.quorum)} must be there",)),) if forum.quorum is not None else ()


def _asynchronous(_: Desk, forum: Declaration) -> Answers:
    return (Answer(("yes, nobody has to meet",)),) if forum.data.get("asynchronous") is True else ()


def _reversible(_: Desk, right: DecisionRight) -> Answers:
    said = right.data.get("reversible")
    return (Answer(("yes" if said else "no",)),) if isinstance(said, bool) else ()


def _inputs(_: Desk, declaration: Declaration) -> Answers:
    inputs = declaration.data.get("inputs")
    answers = []
    for name, value in inputs.items() if isinstance(inputs, dict) else ():
        read = parse_input(value)
        said = read.words if isinstance(read, Input) else "could not be read"
        answers.append(Answer((f"{words.input_name(name)}: {said}",)))
    return tuple(answers)


def _from(desk: Desk, handoff: Handoff) -> Answers:
    return (Answer(("anyone",)),) if handoff.from_anyone else names(desk, handoff, handoff.fields["from"])  # type: ignore[arg-type]


def _for(desk: Desk, escalation: Any) -> Answers:
    if escalation.for_anything:
        return (Answer(("anything that stalls",)),)
    return names(desk, escalation, escalation.fields["for"])


def _per_month(_: Desk, handoff: Handoff) -> Answers:
    number = handoff.per_month
    return (Answer((f"about {words.times(number)} a month",)),) if number is not None else ()


def _carries(key: str) -> Callable[[Desk, Declaration], Answers]:
    def answers(_: Desk, line: Declaration) -> Answers:
        said = line.fields[key].read(line)
        return (Answer((words.begin(words.listed(said)),)),) if said else ()

    return answers


def _held_by(desk: Desk, role: Role) -> Answers:
    if is_vacant(role):
        return (Answer((Quiet("Vacant"),)),)
    lines = [joined(desk.names(role.held_by, role))] if role.held_by else []
    if role.headcount is not None and not role.held_by:
        lines.append((words.begin(words.counted(int(role.headcount), "person", "people")),))
    how = words.HELD_AS.get(role.held_as, "")
    per = f", for each {role.per}" if role.per else ""
    answers = [Answer(line) for line in lines]
    if how or per:
        answers.append(Answer((words.begin(f"{how}{per}".removeprefix(", ")),), look="small"))
    return tuple(answers)


def _members(desk: Desk, team: Team) -> Answers:
    """Who a team names, and who says of themselves that they are in it."""
    named = list(team.org.each(team.members))
    others = [each for each in belonging(team.org).get(team, []) if not isinstance(each, Team) and each not in named]
    lines = desk.names(team.members, team) + desk.links(desk.book.seen(others))
    return (Answer(joined(lines)),) if lines else ()


def _roles(desk: Desk, record: Record) -> Answers:
    """Who reads a record, and where it is written."""
    return names(desk, record, record.fields["read_by"]) if record.data.get("read_by") is not None else ()  # type: ignore[arg-type]


def _written(desk: Desk, record: Record) -> Answers:
    every = record.updated_every
    written = desk.book.seen(refreshed_by(record))
    line: list[Any] = [words.begin(every.words)] if every is not None else []
    if written:
        line += [", in " if line else "In ", *joined(desk.links(written))]
    return (Answer(tuple(line)),) if line else ()


def _not(_: Desk, term: Term) -> Answers:
    said = term.not_
    return (Answer(joined([(f"“{text}”",) for text in said], "or")),) if said else ()


def _also_called(_: Desk, term: Term) -> Answers:
    return (Answer(joined([(f"“{text}”",) for text in term.also_called])),) if term.also_called else ()


def _health(_: Desk, initiative: Initiative) -> Answers:
    health = initiative.health
    if health is None:
        return ()
    answers = [Answer((words.begin(health.state),))]
    forecast = f"expected on {words.day(health.forecast)}" if health.forecast else ""
    said = f"as said on {words.day(health.as_of)}" if health.as_of else ""
    if forecast or said:
        answers.append(Answer((words.begin("; ".join(each for each in (forecast, said) if each)),), look="small"))
    return tuple(answers)


def _dated(key: str) -> Callable[[Desk, Declaration], Answers]:
    """A day, with how far it lies off."""

    def answers(_: Desk, declaration: Declaration) -> Answers:
        when = declaration.fields[key].read(declaration)
        if not isinstance(when, date):
            return ()
        return (Answer((words.day(when), Quiet(f", {words.days_between(when, declaration.org.as_of)}"))),)

    return answers


def _owner(desk: Desk, declaration: Declaration) -> Answers:
    if declaration.data.get("owner") is not None:
        return names(desk, declaration, declaration.fields["owner"])  # type: ignore[arg-type]
    if isinstance(declaration, (Person, Role, Team, DecisionRight, Initiative)):
        return ()
    owner = answers_for(declaration)
    if owner is None or owner.party is None or owner.said_by is None:
        return ()
    if owner.field == "chair" and isinstance(declaration, (Forum, Meeting)):
        # The page says already who chairs it.
        return ()
    said_by = owner.said_by
    through: Line = () if said_by is declaration else (Quiet(" of "), desk.link(said_by))
    role = {"chair": "chair", "lead": "lead", "decider": "decider", "accountable": "accountable", "from": "giver"}
    word = role.get(owner.field, "")
    as_what: Line = (Quiet(f", as {word}"), *through) if word else ()
    return (Answer((desk.link(owner.party), *as_what)),)


def _was(_: Desk, declaration: Declaration) -> Answers:
    return (Answer(joined([(Code(name),) for name in declaration.was])),) if declaration.was else ()


def _tags(_: Desk, declaration: Declaration) -> Answers:
    return (Answer((", ".join(declaration.tags),)),) if declaration.tags else ()


def _external(_: Desk, declaration: Declaration) -> Answers:
    return (Answer(("yes, of another organisation",)),) if declaration.data.get("external") is True else ()


SPECIAL: dict[tuple[str, str], Callable[[Desk, Any], Answers]] = {
    ("decision-right", "decider"): _decider,
    ("decision-right", "agrees"): _agrees,
    ("decision-right", "reversible"): _reversible,
    ("initiative", "accountable"): _accountable,
    ("initiative", "health"): _health,
    ("initiative", "due"): _dated("due"),
    ("meeting", "cadence"): when,
    ("meeting", "chair"): _from_forum("chair"),
    ("meeting", "attendees"): _from_forum("attendees"),
    ("meeting", "record"): _from_forum("record"),
    ("meeting", "type"): _type,
    ("meeting", "for_each"): _for_each,
    ("meeting", "pre_read"): _pre_read,
    ("forum", "votes"): _votes,
    ("forum", "decider"): _forum_decider,
    ("forum", "chair"): _forum_chair,
    ("forum", "deputy"): _with_holders("deputy"),
    ("forum", "members"): _with_holders("members"),
    ("forum", "quorum"): _quorum,
    ("forum", "asynchronous"): _asynchronous,
    ("decision-right", "asynchronous"): _asynchronous,
    ("handoff", "from"): _from,
    ("handoff", "per_month"): _per_month,
    ("escalation", "for"): _for,
    ("context-line", "carries"): _carries("carries"),
    ("context-line", "back"): _carries("back"),
    ("role", "held_by"): _held_by,
    ("team", "members"): _members,
    ("record", "updated_every"): _written,
    ("record", "read_by"): _roles,
    ("term", "not"): _not,
    ("term", "also_called"): _also_called,
    ("decision-right", "inputs"): _inputs,
    ("handoff", "inputs"): _inputs,
    ("", "owner"): _owner,
    ("", "was"): _was,
    ("", "tags"): _tags,
    ("", "external"): _external,
    ("", "review_by"): _dated("review_by"),
    ("", "status_until"): _dated("status_until"),
}
