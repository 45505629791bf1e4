"""Roles, people, teams and forums in; what each decides, where it is expected, what it owes and is owed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coordlint.facts.attendance import expected, optional
from coordlint.facts.parties import belonging, roles_held
from coordlint.manual import words
from coordlint.manual.book import Book, Desk, joined
from coordlint.manual.page import Answer, Bullets, Fact, Facts, Line, Piece, Quiet, Row, Section, Table
from coordlint.manual.pages.calls import Part, doubled, flags_of, letter, limits, parts_of, question, tile_of, venues
from coordlint.manual.pages.tables import columns
from coordlint.manual.pages.when import short_when
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Handoff, Meeting, Person, Role, Team

# Where a party page tells of a use in a table, its list of uses says nothing more.
TOLD = frozenset(
    {("decision-right", field) for field in (*words.PARTS, "cases", "also", "otherwise")}
    | {("meeting", field) for field in ("chair", "attendees", "optional")}
    | {("handoff", field) for field in ("from", "to", "accepted_by", "cases")}
    | {("escalation", "steps"), ("forum", "chair"), ("person", "team"), ("role", "team"), ("meeting", "team")}
)  # fmt: skip
# What a party is told to answer for in a table of its own already.
SHOWN_ELSEWHERE = frozenset({"decision-right", "meeting", "person", "role"})


class Held(NamedTuple):
    """A part in a call, and the role through which a person has it, if any."""

    right: DecisionRight
    part: Part
    through: Role | None


class Seat(NamedTuple):
    """A part in a meeting: `chairs`, `is expected` or `may come`."""

    meeting: Meeting
    word: str


class Parties:
    """Who has which part in what, turned round once for all pages."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.calls: dict[Declaration, list[tuple[DecisionRight, Part]]] = {}
        for right in book.active(DecisionRight):
            for part in parts_of(right):
                if part.party is not None:
                    self.calls.setdefault(part.party, []).append((right, part))
        self.seats: dict[Declaration, dict[Meeting, str]] = {}
        for meeting in book.active(Meeting):
            self._seat(meeting)
        self.gives: dict[Declaration, list[Handoff]] = {}
        self.takes: dict[Declaration, list[Handoff]] = {}
        for handoff in book.active(Handoff):
            self._pass_on(handoff)
        self.reached: dict[Declaration, list[tuple[Escalation, int]]] = {}
        for escalation in book.active(Escalation):
            for number, step in enumerate(escalation.steps, 1):
                refs = [*step.refs("to"), *(ref for window in step.cover for ref in window.refs("to"))]
                for party in dict.fromkeys(book.org.each(refs)):
                    self.reached.setdefault(party, []).append((escalation, number))
        self.leads: dict[Declaration, list[Team]] = {}
        for team in book.active(Team):
            for lead in book.org.each(team.refs("lead")):
                self.leads.setdefault(lead, []).append(team)

    def _seat(self, meeting: Meeting) -> None:
        org = meeting.org
        forum = org.find(meeting.forum)
        chairs = meeting.refs("chair") if meeting.says("chair") or forum is None else forum.refs("chair")
        for chair in org.each(chairs):
            holders = org.each(chair.held_by) if isinstance(chair, Role) else ()
            for party in (chair, *holders):
                self.seats.setdefault(party, {})[meeting] = "chairs"
        for word, group in (("is expected", expected(meeting)), ("may come", optional(meeting))):
            for party in group.inside:
                self.seats.setdefault(party, {}).setdefault(meeting, word)
        if forum is not None:
            self.seats.setdefault(forum, {}).setdefault(meeting, "meets")

    def _pass_on(self, handoff: Handoff) -> None:
        org = handoff.org
        takers = [*handoff.to, *(ref for case in handoff.cases for ref in case.to), *handoff.refs("accepted_by")]
        for table, refs in ((self.gives, handoff.from_), (self.takes, takers)):
            for party in dict.fromkeys(org.each(refs)):
                table.setdefault(party, []).append(handoff)

    def selves(self, party: Declaration) -> list[tuple[Declaration, Role | None]]:
        """A party, and for a person the roles that it holds."""
        roles = self.book.seen(roles_held(party.org).get(party, [])) if isinstance(party, Person) else []
        return [(party, None), *((role, role) for role in roles)]

    def held(self, party: Declaration) -> list[Held]:
        """The parts that a party has in calls, those of its roles with them."""
        found = [
            Held(right, part, role) for each, role in self.selves(party) for right, part in self.calls.get(each, [])
        ]
        order = list(words.PARTS)
        return sorted(found, key=lambda held: order.index(held.part.field))

    def meetings(self, party: Declaration) -> list[Seat]:
        """The meetings that a party has a part in, in the order of their names."""
        every: dict[Meeting, str] = {}
        for each, _ in self.selves(party):
            for meeting, word in self.seats.get(each, {}).items():
                if every.get(meeting) != "chairs":
                    every[meeting] = word if word == "chairs" else every.get(meeting, word)
        return [
            Seat(meeting, every[meeting])
            for meeting in sorted(every, key=lambda each: (each.title.casefold(), each.id))
        ]

    def passed_on(self, party: Declaration) -> tuple[list[Handoff], list[Handoff]]:
        """What comes in and what goes out: a party's own, its roles', and those of the teams that it leads."""
        parties = [each for each, _ in self.selves(party)]
        parties += [team for each in list(parties) for team in self.leads.get(each, [])]
        comes = dict.fromkeys(handoff for each in parties for handoff in self.takes.get(each, []))
        goes = dict.fromkeys(handoff for each in parties for handoff in self.gives.get(each, []))
        return list(comes), list(goes)


def summary(parties: Parties, party: Declaration) -> str:
    """What a party does for the layer, in a sentence: `Decides three calls, chairs one meeting.`"""
    held = parties.held(party)
    seats = parties.meetings(party)
    counts = [
        ("decides", len({each.right for each in held if each.part.field == "decider"}), "call"),
        ("must agree to", len({each.right for each in held if each.part.field == "agrees"}), "call"),
        ("chairs", sum(seat.word == "chairs" for seat in seats), "meeting"),
        ("is expected in", sum(seat.word == "is expected" for seat in seats), "meeting"),
        ("meets in", sum(seat.word == "meets" for seat in seats), "meeting"),
    ]
    most = max(count for _, count, _ in counts)
    said = [f"{verb} {words.counted(count, one, beside=most)}" for verb, count, one in counts if count]
    return f"{words.begin(words.listed(said))}." if said else ""


def sections_of(desk: Desk, parties: Parties, party: Declaration) -> list[Section]:
    """Everything that hangs on a party."""
    found = [*_roles(desk, party), *_decisions(desk, parties, party)]
    if isinstance(party, Team):
        found += _deciders_in(desk, parties, party)
    if not isinstance(party, Forum):
        found += _meetings(desk, parties, party)
    found += [*_handoffs(desk, parties, party), *_reached(desk, parties, party), *_answers_for(desk, party)]
    return found


def _roles(desk: Desk, party: Declaration) -> list[Section]:
    roles = desk.book.seen(roles_held(party.org).get(party, [])) if isinstance(party, Person) else []
    if not roles:
        return []
    lines = [(desk.link(role), *_purpose(desk, role)) for role in roles]
    return [Section("roles", "Roles held", (Bullets(tuple(lines), "plain spaced"),))]


def _purpose(desk: Desk, role: Role) -> Line:
    return (": ", desk.line(role.purpose, role)) if role.purpose else ()


def _decisions(desk: Desk, parties: Parties, party: Declaration) -> list[Section]:
    held = parties.held(party)
    if not held:
        return []
    rows = [_decision(desk, each) for each in held if each.part.field in ("decider", "agrees")]
    for field in ("recommends", "consulted", "informed", "performs"):
        same = [each for each in held if each.part.field == field]
        if same:
            calls = joined([(desk.link(each.right),) for each in {each.right: each for each in same}.values()], "", ";")
            some = all(each.part.some for each in same)
            part = same[0].part._replace(some=some)
            rows.append(Row(((letter(part), f" {words.PARTS[field][2]}"), calls, ("",), ("",), ())))
    every = len(desk.book.active(DecisionRight))
    count = len({each.right for each in held})
    of = f"{words.begin(words.number_word(count, beside=every))} of {words.counted(every, 'decision right')}"
    caption = f"{of} {words.agree(count, 'names', 'name')} this {words.KINDS[party.kind].one}."
    heads = ["Part", "Call", "Where", "Time limit", "Note"]
    if not any(row.cells[-1] for row in rows):
        heads.pop()
        rows = [row._replace(cells=row.cells[:-1]) for row in rows]
    table = Table("Decisions", (caption,), columns(*heads), tuple(rows), look="my", head_cell=1)
    return [Section("decisions", "Decisions", (table,))]


def _decision(desk: Desk, held: Held) -> Row:
    right, part, through = held
    flags = flags_of(desk.book, right)
    note: list[Piece] = [Quiet("as "), desk.link(through)] if through is not None else []
    for flag in flags:
        note += [". " if note else "", tile_of(flag), " ", *flag.line]
    part_said: Line = (
        letter(part, doubled(right, flags)),
        f" {words.PARTS[part.field][2]}",
        *((", by case",) if part.some else ()),
    )
    return Row((part_said, question(desk, right), venues(desk, right), (limits(right),), tuple(note)))


def _deciders_in(desk: Desk, parties: Parties, team: Team) -> list[Section]:
    """Who in a team decides what."""
    members = [*team.org.each(team.refs("lead")), *team.org.each(team.members), *belonging(team.org).get(team, [])]
    rows = []
    for member in dict.fromkeys(each for each in members if isinstance(each, (Role, Person))):
        for right, part in parties.calls.get(member, []):
            if part.field in ("decider", "agrees"):
                said: Line = (letter(part), f" {words.PARTS[part.field][2]}")
                rows.append(Row(((desk.link(member),), said, question(desk, right), venues(desk, right))))
    if not rows:
        return []
    caption = "What the roles and people of this team decide, or must agree to."
    heads = columns("Who", "Part", "Call", "Where")
    return [Section("deciders", "Who decides here", (Table("Who decides here", (caption,), heads, tuple(rows)),))]


def _meetings(desk: Desk, parties: Parties, party: Declaration) -> list[Section]:
    seats = parties.meetings(party)
    if isinstance(party, Team):
        own = [
            Seat(meeting, "its own") for meeting in desk.book.active(Meeting) if party.org.find(meeting.team) is party
        ]
        seats = [*own, *(seat for seat in seats if all(seat.meeting is not each.meeting for each in own))]
    if not seats:
        return []
    rows = []
    for meeting, word in seats:
        when = short_when(desk, meeting)
        rows.append(Row(((desk.link(meeting),), (when or Quiet("not said"),), (word,))))
    order = {"chairs": 0, "its own": 0, "is expected": 1, "may come": 2}
    rows = [row for _, row in sorted(zip(seats, rows, strict=True), key=lambda pair: order.get(pair[0].word, 1))]
    caption = f"{words.begin(words.counted(len(rows), 'meeting'))}."
    table = Table("Meetings", (caption,), columns("Meeting", "When", "Part"), tuple(rows), broad=False, look="last")
    return [Section("meetings", "Meetings", (table,))]


def _handoffs(desk: Desk, parties: Parties, party: Declaration) -> list[Section]:
    comes, goes = parties.passed_on(party)
    rows = [_handoff(desk, "In", handoff) for handoff in comes] + [_handoff(desk, "Out", handoff) for handoff in goes]
    if not rows:
        return []
    said = [(len(comes), "comes", "come", "in"), (len(goes), "goes", "go", "out")]
    most = max(len(comes), len(goes))
    caption = ", ".join(
        f"{words.number_word(count, beside=most)} {one if count == 1 else many} {way}"
        for count, one, many, way in said
        if count
    )
    caption = words.begin(f"{caption}.")
    heads = columns("Way", "What", "From, to", "Delivered within", "Accepted within", "Accepted when")
    table = Table("Hand-offs", (caption,), heads, tuple(rows), head_cell=1)
    return [Section("handoffs", "Hand-offs in and out", (table,))]


def _handoff(desk: Desk, way: str, handoff: Handoff) -> Row:
    accepts = joined(desk.names(handoff.accepts_when, handoff), "", ";")
    return Row(
        (
            (way,),
            (desk.link(handoff),),
            from_to(desk, handoff),
            (handoff.deliver_within.words if handoff.deliver_within else Quiet("no limit"),),
            (handoff.accept_within.words if handoff.accept_within else Quiet("no limit"),),
            accepts or (Quiet("not said"),),
        )
    )


def from_to(desk: Desk, handoff: Handoff) -> Line:
    """`Marketing to Sales`."""
    giver = ("anyone",) if handoff.from_anyone else joined(desk.names(handoff.from_, handoff)) or (Quiet("not said"),)
    taker = joined(desk.names(handoff.to, handoff)) or (("by case",) if handoff.cases else (Quiet("not said"),))
    return (*giver, " to ", *taker)


def _reached(desk: Desk, parties: Parties, party: Declaration) -> list[Section]:
    found = [pair for each, _ in parties.selves(party) for pair in parties.reached.get(each, [])]
    if not found:
        return []
    rows = []
    for escalation, number in found:
        step = escalation.steps[number - 1]
        within = step.within.words if step.within is not None else "no limit"
        rows.append(Row(((desk.link(escalation),), (f"{number} of {len(escalation.steps)}",), (within,))))
    caption = "What stalls comes here, with so long to answer."
    table = Table("Escalations", (caption,), columns("Path", "Step", "Answers within"), tuple(rows), broad=False)
    return [Section("escalations", "Reached by escalations", (table,))]


def _answers_for(desk: Desk, party: Declaration) -> list[Section]:
    groups = dict(_owned(desk.book, party))
    if not groups:
        return []
    facts = Facts(
        tuple(
            Fact(words.begin(words.KINDS[kind].many), (Answer(joined(desk.links(owned), "", ",")),))
            for kind, owned in groups.items()
        )
    )
    return [Section("answers-for", "Answers for", (facts,))]


def _owned(book: Book, party: Declaration) -> Iterator[tuple[str, list[Declaration]]]:
    found: dict[str, list[Declaration]] = {}
    for each in book.owned_by(party):
        if each.kind not in SHOWN_ELSEWHERE and each is not party:
            found.setdefault(each.kind, []).append(each)
    yield from ((kind, found[kind]) for kind in words.KINDS if kind in found)
