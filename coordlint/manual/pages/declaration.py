"""A declaration in, its page out: what it is in a sentence, its fields in plain words, and everything around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coordlint.manual import words
from coordlint.manual.book import Desk, joined
from coordlint.manual.links import list_of
from coordlint.manual.page import (
    Answer,
    Block,
    Code,
    Fact,
    Facts,
    Line,
    Link,
    Page,
    Paragraph,
    Piece,
    Quiet,
    Section,
    Text,
)
from coordlint.manual.pages import calls, evidence, findings, party, tables
from coordlint.manual.pages.answers import LONG
from coordlint.manual.pages.facts import facts_of
from coordlint.manual.pages.purpose import charter_for
from coordlint.manual.prose import first_sentence
from coordlint.manual.prose import words as plain_words
from coordlint.manual.uses import used
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    ContextLine,
    DecisionRight,
    Escalation,
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

# More things than this are not listed in the sentence above a page.
FEW = 3
# From so many sections on, a page lists them beside itself.
CONTENTS_FROM = 3
LONGEST_DESCRIPTION = 200


def page(desk: Desk, parties: party.Parties, declaration: Declaration) -> Page:
    """The page of a declaration."""
    answer = _answer(desk, parties, declaration)
    sections = _sections(desk, parties, declaration, _said_above(declaration))
    edit: Line = ("Edit this: ", desk.book.where(declaration.at(on_key=True)))
    return Page(
        desk.book.address(declaration),
        declaration.title,
        answer,
        tuple(sections),
        _crumbs(desk, declaration),
        _notes(desk, declaration),
        (edit,),
        _alert(desk, declaration),
        _description(declaration),
        declaration.collection,
        len(sections) >= CONTENTS_FROM,
    )


def _crumbs(desk: Desk, declaration: Declaration) -> tuple[Link, ...]:
    book = desk.book
    return (
        desk.to("index.html", book.title),
        desk.to(list_of(declaration.collection), words.KINDS[declaration.kind].page),
    )


def _sections(desk: Desk, parties: party.Parties, declaration: Declaration, above: frozenset[str]) -> list[Section]:
    found: list[Section] = []
    facts = facts_of(desk, declaration, above)
    blocks: list[Block] = [facts] if facts.facts else []
    if declaration.description:
        blocks.insert(0, Text(desk.prose(declaration.description, declaration)))
    if not blocks:
        blocks = [Paragraph((Quiet("Nothing more is written down."),))]
    own = tables.sections_of(desk, declaration)
    by_case = isinstance(declaration, DecisionRight) and bool(own)
    about = Section("facts", "In every case" if by_case else "What it is", tuple(blocks), quiet=not by_case)
    # Where a call is decided case by case, the cases are what a reader comes for.
    found += [*own, about] if by_case else [about, *own]
    if isinstance(declaration, (Role, Person, Team, Forum)):
        found += party.sections_of(desk, parties, declaration)
    found += evidence.scenarios_of(desk, declaration)
    found += evidence.happened(desk, declaration)
    found += findings.section_of(desk, declaration)
    found += _used(desk, declaration)
    return found


# What stands above: the sentence that would do if nothing else were read.

# The field that is said above, and not again among the facts.
ABOVE = {
    "role": "purpose", "team": "purpose", "forum": "charter", "meeting": "purpose", "decision-right": "question",
    "record": "keeps", "term": "means", "initiative": "done_when", "escalation": "when",
}  # fmt: skip


def _said_above(declaration: Declaration) -> frozenset[str]:
    return frozenset(
        {"purpose", "question", "keeps", "means"} | ({"charter"} if _short(declaration, "charter") else set())
    )


def _short(declaration: Declaration, key: str) -> bool:
    text = declaration.data.get(key)
    return isinstance(text, str) and len(text) <= LONG and "\n" not in text.strip() and not text.startswith("./")


def _answer(desk: Desk, parties: party.Parties, declaration: Declaration) -> Line:
    if isinstance(declaration, (Role, Person)):
        said = party.summary(parties, declaration)
        return (said or "Nothing that is written down hangs on it.",) if isinstance(declaration, Role) or said else ()
    say = ANSWERS.get(type(declaration))
    return say(desk, declaration) if say is not None else ()


def _text_of(key: str, absent: str) -> Callable[[Desk, Declaration], Line]:
    def say(desk: Desk, declaration: Declaration) -> Line:
        text = declaration.data.get(key)
        if not isinstance(text, str):
            unread = declaration.unread is None or key in declaration.unread
            return (f"{words.begin(key)}: could not be read.",) if unread else (absent,) if absent else ()
        return (desk.line(text, declaration),)

    return say


def _forum(desk: Desk, forum: Forum) -> Line:
    if forum.charter is None or _short(forum, "charter"):
        return _text_of("charter", "No charter is written down.")(desk, forum)
    sentence = first_sentence(forum.charter)
    if sentence:
        return (desk.line(sentence, forum),)
    teams = desk.names(forum.teams, forum)
    if not teams:
        return ("A standing body with a charter of its own.",)
    return (
        ("Settles trade-offs between ", *joined(teams), ".")
        if len(teams) > 1
        else ("Settles what ", *teams[0], " must settle.")
    )


def _meeting(desk: Desk, meeting: Meeting) -> Line:
    return charter_for(desk, meeting) or _text_of("purpose", "No purpose is written down.")(desk, meeting)


def _handoff(desk: Desk, handoff: Handoff) -> Line:
    giver = ("Anyone",) if handoff.from_anyone else joined(desk.names(handoff.from_, handoff)) or ("Nobody",)
    taker = joined(desk.names(handoff.to, handoff)) or (
        ("the team that the case names",) if handoff.cases else ("nobody yet",)
    )
    several = len(handoff.from_) > 1
    what = joined(desk.names(handoff.delivers, handoff)) if len(handoff.delivers) <= FEW else ("its work",)
    within: list[Piece] = []
    if handoff.deliver_within is not None:
        within.append(f" within {handoff.deliver_within.words}")
    if handoff.accept_within is not None:
        within.append(f", and it is accepted within {handoff.accept_within.words}")
    return (*giver, " deliver " if several else " delivers ", *what, " to ", *taker, *within, ".")


def _escalation(desk: Desk, escalation: Escalation) -> Line:
    steps = [tables.reached_by(desk, escalation, step) for step in escalation.steps]
    if not steps:
        return ("It is not written down whom this reaches.",)
    target = f"; the whole way may take {escalation.target.words}" if escalation.target is not None else ""
    return ("Goes to ", *joined(steps, "", ", then"), f"{target}.")


def _context_line(desk: Desk, line: ContextLine) -> Line:
    giver = joined(desk.names(line.from_, line)) or ("Nobody",)
    taker = joined(desk.names(line.to, line)) or ("nobody",)
    carries = words.listed(line.carries) or "nothing that is said"
    return (words.begin(carries), " goes from " if len(line.carries) < 2 else " go from ", *giver, " to ", *taker, ".")


def _initiative(desk: Desk, initiative: Initiative) -> Line:
    due = f"Due on {words.day(initiative.due)}" if initiative.due else "No day is said by which it is due"
    state = f", {initiative.health.state}" if initiative.health is not None and initiative.health.state else ""
    who = joined(desk.names(initiative.refs("accountable"), initiative)) or ("Nobody",)
    return (f"{due}{state}. ", *who, " answers for it.")


ANSWERS: dict[type[Declaration], Callable[[Desk, Any], Line]] = {
    Team: _text_of("purpose", "No purpose is written down."),
    Forum: _forum,
    Meeting: _meeting,
    DecisionRight: calls.answer,
    Handoff: _handoff,
    Escalation: _escalation,
    ContextLine: _context_line,
    Initiative: _initiative,
    Record: _text_of("keeps", "It is not written down what this keeps."),
    Term: _text_of("means", "No meaning is written down."),
}


def _notes(desk: Desk, declaration: Declaration) -> tuple[Line, ...]:
    """What stands under the answer, quietly."""
    if isinstance(declaration, Role) and declaration.purpose:
        return ((desk.line(declaration.purpose, declaration),),)
    return ()


def _alert(desk: Desk, declaration: Declaration) -> Line:
    """What a reader must know before believing the page: not in force, or read in part."""
    said: list[Piece] = []
    if declaration.refused:
        unread = declaration.unread
        if not unread:
            said.append("This could not be read; what can be known of it is shown. ")
        else:
            said.append("Parts of this could not be read: ")
            said += [*joined([(Code(key),) for key in sorted(unread)]), ". The rest is shown. "]
    if not declaration.org.is_active(declaration):
        said.append(_inactive(declaration))
    elif declaration.status == "trial":
        said.append(words.STATUS["trial"])
    heir = declaration.org.find(declaration.replaced_by)
    if heir is not None:
        said += [" Replaced by " if said else "Replaced by ", desk.link(heir), "."]
    return tuple(said)


def _inactive(declaration: Declaration) -> str:
    today = declaration.org.as_of
    if declaration.status in words.STATUS and declaration.status != "trial":
        return words.STATUS[declaration.status]
    if declaration.since is not None and declaration.since > today:
        return f"In force from {words.day(declaration.since)}."
    if declaration.until is not None and declaration.until < today:
        return f"It was in force until {words.day(declaration.until)}."
    return "Not in force."


def _description(declaration: Declaration) -> str:
    for key in (ABOVE.get(declaration.kind, ""), "description", "because"):
        text = declaration.data.get(key)
        if isinstance(text, str) and not text.startswith("./"):
            said = plain_words(text)
            return said if len(said) <= LONGEST_DESCRIPTION else f"{said[:LONGEST_DESCRIPTION].rsplit(' ', 1)[0]} …"
    return f"{words.begin(words.KINDS[declaration.kind].one)}: {declaration.title}."


def _used(desk: Desk, declaration: Declaration) -> list[Section]:
    """Where a declaration is named, by how; what a table of its own tells is left out."""
    is_party = isinstance(declaration, (Role, Person, Team, Forum))
    groups: dict[str, dict[Declaration, None]] = {}
    for use in desk.book.uses(declaration):
        key = (use.user.kind, use.field)
        if use.user.kind in ("log", "scenario", "organisation", "calendar", "period") or (
            is_party and key in party.TOLD
        ):
            continue
        if _is_told(declaration, *key):
            continue
        groups.setdefault(used(*key), {})[use.user] = None
    facts = tuple(Fact(how, (Answer(joined(desk.links(users), "", ",")),)) for how, users in groups.items())
    if not facts:
        return []
    return [Section("used", "Used by", (Facts(facts),))]


def _is_told(declaration: Declaration, kind: str, field: str) -> bool:
    """Whether the page tells of a use in a table already."""
    told = {
        ("meeting", "decision-right", "decided_in"), ("forum", "decision-right", "decided_in"),
        ("meeting", "decision-right", "cases"), ("meeting", "decision-right", "otherwise"),
        ("forum", "decision-right", "cases"), ("forum", "decision-right", "otherwise"), ("forum", "meeting", "forum"),
        ("record", "meeting", "outputs"), ("record", "record", "read_by"),
    }  # fmt: skip
    return (declaration.kind, kind, field) in told
