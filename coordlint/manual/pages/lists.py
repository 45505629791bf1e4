"""The declarations of a kind in, one page with a table of what people compare out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from coordlint.facts.ownership import answers_for
from coordlint.facts.parties import belonging, is_vacant, roles_held, teams_of
from coordlint.facts.venues import decided_in, meetings_of
from coordlint.manual import words
from coordlint.manual.book import Book, Desk, anchor_of, joined
from coordlint.manual.links import list_of
from coordlint.manual.page import Line, Page, Quiet, Row, Section, Table
from coordlint.manual.pages import evidence
from coordlint.manual.pages.answers import value_said
from coordlint.manual.pages.party import Parties
from coordlint.manual.pages.purpose import purpose_of
from coordlint.manual.pages.tables import columns
from coordlint.manual.pages.when import short_when
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    ContextLine,
    Escalation,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Person,
    Record,
    Role,
    Scenario,
    Team,
    Term,
)

# From so many rows on, a table offers to search them.
FILTER_FROM = 12
# From so many roles on, those of a team stand together.
BY_TEAM_FROM = 40
NONE: Line = (Quiet("–"),)


class Listing(NamedTuple):
    """How a kind is listed: its columns, and the cells of a row after the name."""

    kind: type[Declaration]
    heads: Sequence[str]
    cells: Callable[[Desk, Parties, Any], list[Line]]
    numbers: Sequence[int] = ()


def page(book: Book, parties: Parties, listing: Listing) -> Page:
    """The page that lists a kind: what is in force first, then what is not."""
    desk = book.desks[0]
    kind = words.KINDS[listing.kind.kind]
    every = sorted(book.all(listing.kind), key=lambda each: (each.title.casefold(), each.id))
    by_team = listing.kind is Role and len(every) >= BY_TEAM_FROM and any(_team_name(book, each) for each in every)
    if by_team:
        every.sort(key=lambda each: (not _team_name(book, each), _team_name(book, each)))
    order = "by team, those of no team last" if by_team else "by name"
    active = [each for each in every if book.org.is_active(each)]
    others = [each for each in every if not book.org.is_active(each)]
    sections = []
    if active:
        sections.append(
            Section("all", kind.page, (_table(desk, parties, listing, active, "in force", order),), quiet=True)
        )
    if others:
        table = _table(desk, parties, listing, others, "not in force", order)
        sections.append(Section("others", "Not in force", (table,), ("Proposed, paused, ended, or with another day.",)))
    count = words.begin(words.counted(len(active), kind.one, kind.many))
    return Page(
        list_of(listing.kind.collection),
        kind.page,
        (f"{count} {'is' if len(active) == 1 else 'are'} written down.",),
        tuple(sections),
        notes=((kind.lede,),) if kind.lede else (),
        description=kind.lede,
        current=listing.kind.collection,
    )


def _team_name(book: Book, party: Declaration) -> str:
    """What a party is sorted by where teams stand together: the name of its first team, or ""."""
    teams = book.seen(teams_of(party))
    return teams[0].title.casefold() if teams else ""


def _table(
    desk: Desk, parties: Parties, listing: Listing, listed: Sequence[Declaration], how: str, order: str
) -> Table:
    kind = words.KINDS[listing.kind.kind]
    rows = tuple(
        Row(
            (
                (desk.link(each, each.title),) if desk.book.has_page(each) else (each.title,),
                *listing.cells(desk, parties, each),
            ),
            _anchor(each),
        )
        for each in listed
    )
    caption = f"{words.begin(words.counted(len(rows), kind.one, kind.many))} {how}, {order}."
    heads = columns(*listing.heads, numbers=listing.numbers)
    return Table(f"{kind.page} {how}", (caption,), heads, rows, filter=len(rows) >= FILTER_FROM)


def _anchor(declaration: Declaration) -> str:
    return anchor_of(declaration) if isinstance(declaration, Scenario) else ""


def _names(desk: Desk, declaration: Declaration, key: str) -> Line:
    return joined(desk.names(declaration.refs(key), declaration)) or NONE


def _titles(desk: Desk, declarations: Sequence[Declaration]) -> Line:
    """Links in a column that says of which kind they are."""
    return joined([(desk.link(each, each.title),) for each in declarations])


def _number(count: int) -> Line:
    return (f"{count:,}",) if count else NONE


def _person(desk: Desk, _: Parties, person: Person) -> list[Line]:
    roles = desk.book.seen(roles_held(person.org).get(person, []))
    teams = desk.book.seen(teams_of(person))
    return [_titles(desk, roles) or NONE, _titles(desk, teams) or NONE, _names(desk, person, "reports_to")]


def _role(desk: Desk, parties: Parties, role: Role) -> list[Line]:
    held = {each.right for each in parties.held(role) if each.part.field == "decider"}
    holders = ("vacant",) if is_vacant(role) else joined(desk.names(role.held_by, role))
    if not holders:
        holders = (f"{int(role.headcount)} people",) if role.headcount else NONE
    teams = desk.book.seen(teams_of(role))
    return [holders, _titles(desk, teams) or NONE, _names(desk, role, "deputy"), _number(len(held))]


def _team(desk: Desk, _: Parties, team: Team) -> list[Line]:
    members = {*team.org.each(team.members), *team.org.each(team.refs("lead")), *belonging(team.org).get(team, [])}
    count = int(team.headcount) if team.headcount else len([each for each in members if not isinstance(each, Team)])
    purpose: Line = (desk.line(team.purpose, team),) if team.purpose else (Quiet("no purpose is written down"),)
    return [purpose, _names(desk, team, "lead"), _names(desk, team, "part_of"), _number(count)]


def _forum(desk: Desk, _: Parties, forum: Forum) -> list[Line]:
    meetings = desk.book.seen(meetings_of(forum))
    decides: Line = _names(desk, forum, "decider")
    if decides is NONE and forum.votes is not None:
        decides = (words.VOTING.get(forum.votes.rule, "by vote"),)
    rights = len(desk.book.seen(decided_in(forum))) + sum(len(desk.book.seen(decided_in(each))) for each in meetings)
    return [
        _names(desk, forum, "chair"),
        decides,
        _names(desk, forum, "teams"),
        _titles(desk, meetings) or NONE,
        _number(rights),
    ]


def _meeting(desk: Desk, _: Parties, meeting: Meeting) -> list[Line]:
    when = short_when(desk, meeting)
    forum = meeting.org.find(meeting.forum)
    chair = _names(desk, meeting, "chair")
    if chair is NONE and forum is not None and forum not in desk.book.screen.declarations:
        chair = _names(desk, forum, "chair")
    rights = desk.book.seen(decided_in(meeting))
    return [purpose_of(desk, meeting), (when or Quiet("not said"),), chair, _number(len(rights))]


def _handoff(desk: Desk, _: Parties, handoff: Handoff) -> list[Line]:
    giver: Line = ("anyone",) if handoff.from_anyone else _names(desk, handoff, "from")
    taker = ("by case",) if not handoff.to and handoff.cases else _names(desk, handoff, "to")
    deliver, accept = handoff.deliver_within, handoff.accept_within
    return [
        giver,
        taker,
        (deliver.words if deliver else Quiet("no limit"),),
        (accept.words if accept else Quiet("no limit"),),
        _names(desk, handoff, "accepted_by"),
    ]


def _escalation(desk: Desk, _: Parties, escalation: Escalation) -> list[Line]:
    steps = escalation.steps
    last = joined(desk.names(steps[-1].refs("to"), escalation)) if steps else ()
    subject: Line = ("anything that stalls",) if escalation.for_anything else _names(desk, escalation, "for")
    first = joined(desk.names(steps[0].refs("to"), escalation)) if steps else ()
    target = escalation.target
    return [
        subject,
        first or ("whoever covers the hour",),
        last or NONE,
        (str(len(steps)),),
        (target.words if target else Quiet("none"),),
    ]


def _context_line(desk: Desk, _: Parties, line: ContextLine) -> list[Line]:
    carries, back = words.listed(line.carries), words.listed(line.back)
    return [
        _names(desk, line, "from"),
        _names(desk, line, "to"),
        (carries or Quiet("–"),),
        (back or Quiet("–"),),
        _names(desk, line, "through"),
    ]


def _initiative(desk: Desk, _: Parties, initiative: Initiative) -> list[Line]:
    health = initiative.health
    due: Line = (words.day(initiative.due),) if initiative.due else NONE
    state: Line = (health.state,) if health is not None and health.state else (Quiet("not said"),)
    return [_names(desk, initiative, "accountable"), _names(desk, initiative, "teams"), state, due]


def _record(desk: Desk, _: Parties, record: Record) -> list[Line]:
    owner = answers_for(record)
    party = owner.party if owner is not None else None
    keeps: Line = (desk.line(record.keeps, record),) if record.keeps else NONE
    place: Line = desk.place(record.at_) or (desk.line(record.at_, record),) if record.at_ else NONE
    return [
        keeps,
        place,
        (desk.link(party),) if party is not None else NONE,
        (value_said(record.updated_every) or Quiet("–"),),
    ]


def _term(desk: Desk, _: Parties, term: Term) -> list[Line]:
    means: Line = (desk.line(term.means, term),) if term.means else NONE
    return [means, (", ".join(term.also_called) or Quiet("–"),), _names(desk, term, "within")]


def _scenario(desk: Desk, _: Parties, scenario: Scenario) -> list[Line]:
    return [evidence.asked(desk, scenario), evidence.expected(desk, scenario)]


LISTINGS = (
    Listing(Meeting, ("Meeting", "What for", "When", "Chair", "Decides"), _meeting, (4,)),
    Listing(Handoff, ("Hand-off", "From", "To", "Delivered within", "Accepted within", "Accepted by"), _handoff),
    Listing(Role, ("Role", "Held by", "Team", "When away", "Decides"), _role, (4,)),
    Listing(Team, ("Team", "What for", "Led by", "Part of", "People"), _team, (4,)),
    Listing(Forum, ("Forum", "Chair", "Decides", "For", "Meets in", "Calls"), _forum, (5,)),
    Listing(Person, ("Person", "Roles", "Team", "Reports to"), _person),
    Listing(Escalation, ("Path", "For", "First", "Last", "Steps", "Target"), _escalation, (4,)),
    Listing(ContextLine, ("Line", "From", "To", "Carries", "Comes back", "Through"), _context_line),
    Listing(Initiative, ("Initiative", "Who answers for it", "Teams", "How it stands", "Due"), _initiative, (4,)),
    Listing(Record, ("Record", "Keeps", "Where", "Answers for it", "Updated"), _record),
    Listing(Term, ("Word", "Means", "Also called", "Holds within"), _term),
    Listing(Scenario, ("Scenario", "Asked", "Expected"), _scenario),
)
