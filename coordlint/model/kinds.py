"""The vocabulary on one page: every kind of declaration, its parts, and what each field holds.

`schemas/` says the same for editors and other machines; a test holds the two together, field by field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from coordlint.model.base import ANY, PARTY, Declaration, Node
from coordlint.model.evidence import LogEntry as LogEntry
from coordlint.model.evidence import Scenario as Scenario
from coordlint.model.fields import (
    Many,
    One,
    Slots,
    Value,
    choice,
    day,
    flag,
    number,
    part,
    parts,
    plain,
    ref,
    refs,
    slots,
    text,
    texts,
    value,
)
from coordlint.model.house import Calendar as Calendar
from coordlint.model.house import Organisation as Organisation
from coordlint.model.house import Period as Period

if TYPE_CHECKING:
    from coordlint.values import Cadence, Duration, Every, Hours


# --- who ---


class Person(Declaration):
    kind = "person"
    collection = "people"

    team: One[Team] = ref("team")
    reports_to: One[Party] = ref(*PARTY)
    dotted_to: Many[Party] = refs(*PARTY)
    calendar: One[Calendar] = ref("calendar")
    timezone: Value[str] = value("zone")
    joined = day()
    left = day()
    hours_per_week = number()
    external = flag()


class Role(Declaration):
    kind = "role"
    collection = "roles"

    purpose = text()
    held_by: Many[Person] = refs("person")
    held_as = choice("one")
    per = text()
    headcount = number()
    deputy: One[Person | Role] = ref("person", "role")
    deputy_not_for: Many[DecisionRight] = refs("decision-right")
    team: One[Team] = ref("team")
    reports_to: One[Party] = ref(*PARTY)
    dotted_to: Many[Party] = refs(*PARTY)
    calendar: One[Calendar] = ref("calendar")
    accountable_for = texts()
    independent_of: Many[Team | Forum] = refs("team", "forum")


class Tie(Node):
    """How a team works with another one."""

    team: One[Team] = ref("team")
    mode = choice()
    because = text()
    since = day()
    until = day()


class Team(Declaration):
    kind = "team"
    collection = "teams"

    purpose = text()
    lead: One[Role | Person] = ref("role", "person")
    members: Many[Person | Role] = refs("person", "role")
    headcount = number()
    part_of: One[Team] = ref("team")
    calendar: One[Calendar] = ref("calendar")
    produces: Many[Record] = refs("record", or_text=True)
    takes_in: Many[Handoff] = refs("handoff")
    owns = texts()
    works_with = parts(Tie)
    external = flag()


class Votes(Node):
    """How a forum decides where nobody decides alone."""

    rule = choice()
    voters: Many[Party] = refs(*PARTY)
    tie_break: One[Party] = ref(*PARTY)


class Forum(Declaration):
    kind = "forum"
    collection = "forums"

    charter = text()
    chair: One[Role | Person] = ref("role", "person")
    deputy: One[Role | Person] = ref("role", "person")
    decider: One[Role | Person] = ref("role", "person")
    votes = part(Votes)
    members: Many[Party] = refs(*PARTY)
    quorum = number()
    teams: Many[Team] = refs("team")
    decides: Many[DecisionRight] = refs("decision-right")
    escalates_to: One[Party] = ref(*PARTY)
    record: One[Record] = ref("record")
    asynchronous = flag()


# --- when ---


class PreRead(Node):
    """What must be read before a meeting, and how long before it must be there."""

    record: Many[Record] = refs("record")
    due_before: Value[Duration] = value("duration")


class CadenceSlot(Node):
    """What the slots of a cadence name; the rest of them is in the cadence's value."""

    before: One[Meeting] = ref("meeting")
    except_: Many[Period] = refs("period", besides=r"\d{4}-\d{2}-\d{2}")


class Meeting(Declaration):
    kind = "meeting"
    collection = "meetings"

    purpose = text()
    type = choice()
    forum: One[Forum] = ref("forum")
    team: One[Team] = ref("team")
    chair: One[Role | Person] = ref("role", "person")
    attendees: Many[Party] = refs(*PARTY)
    optional: Many[Party] = refs(*PARTY)
    cadence: Slots[Cadence] = slots("cadence", CadenceSlot)
    calendar: One[Calendar] = ref("calendar")
    agenda = text()
    pre_read = part(PreRead)
    inputs: Many[Record] = refs("record", or_text=True)
    outputs: Many[Record] = refs("record", or_text=True)
    record: One[Record] = ref("record")
    decides: Many[DecisionRight] = refs("decision-right")
    reviews: Many[Initiative | Team | Record] = refs("initiative", "team", "record")
    for_each = choice()


# --- who decides ---


class Answer(Node):
    """Who makes a call, where, with whom and by when: of a right, of one of its cases, or of what is left over."""

    decider: One[Role | Person | Forum] = ref("role", "person", "forum")
    agrees: Many[Party] = refs(*PARTY)
    consulted: Many[Party] = refs(*PARTY)
    informed: Many[Party] = refs(*PARTY)
    decided_in: One[Meeting | Forum] = ref("meeting", "forum")
    asynchronous = flag()
    time_limit: Value[Duration] = value("duration")
    escalation: One[Escalation] = ref("escalation")
    record: One[Record] = ref("record")

    @property
    def relative_decider(self) -> str:
        """Who decides in relation to somebody, such as "the requester's manager"; "" where it is not said like that."""
        decider = self.data.get("decider")
        relative = decider.get("relative") if isinstance(decider, dict) else None
        return relative if isinstance(relative, str) else ""


class Case(Answer):
    """A line of a decision table. What it says replaces what the right says."""

    when = plain()


class Addition(Node):
    """Who must agree, is asked or is told besides, wherever the case matches."""

    when = plain()
    agrees: Many[Party] = refs(*PARTY)
    consulted: Many[Party] = refs(*PARTY)
    informed: Many[Party] = refs(*PARTY)


class DecisionRight(Answer, Declaration):
    kind = "decision-right"
    collection = "decision_rights"

    question = text()
    recommends: Many[Party] = refs(*PARTY)
    performs: Many[Party] = refs(*PARTY)
    reversible = flag()
    delegated_from: One[DecisionRight] = ref("decision-right")
    domain = text()
    inputs = plain()
    cases = parts(Case)
    also = parts(Addition)
    otherwise = part(Answer)


# --- how work passes on ---


class HandoffStep(Node):
    """Something done on the way of a hand-off, with the reason why it is done."""

    do = text()
    by: One[Party] = ref(*PARTY)
    because = text()
    only_while: Many[Declaration] = refs(*ANY)
    since = day()
    approval: One[DecisionRight] = ref("decision-right")


class HandoffCase(Node):
    """Who receives in a case. What it says replaces what the hand-off says."""

    when = plain()
    to: Many[Team | Role] = refs("team", "role")
    accepted_by: One[Party] = ref(*PARTY)


class Handoff(Declaration):
    kind = "handoff"
    collection = "handoffs"

    from_: Many[Team | Role] = refs("team", "role", besides="anyone")
    to: Many[Team | Role] = refs("team", "role")
    delivers: Many[Record] = refs("record", or_text=True)
    trigger: One[Record] = ref("record", or_text=True)
    deliver_within: Value[Duration] = value("duration")
    accepts_when: Many[Record] = refs("record", or_text=True)
    accepted_by: One[Party] = ref(*PARTY)
    accept_within: Value[Duration] = value("duration")
    through: One[Meeting | Record] = ref("meeting", "record", or_text=True)
    if_refused: One[Party | Handoff] = ref(*PARTY, "handoff")
    then: Many[Handoff] = refs("handoff")
    steps = parts(HandoffStep)
    inputs = plain()
    cases = parts(HandoffCase)
    escalation: One[Escalation] = ref("escalation")
    per_month = number()

    @property
    def from_anyone(self) -> bool:
        """Whether anybody may give: `from: anyone`."""
        return self.data.get("from") in ("anyone", ["anyone"])


class Window(Node):
    """Who is reached in which hours of which days."""

    to: One[Party] = ref(*PARTY)
    days = texts()
    hours: Value[Hours] = value("hours")
    calendar: One[Calendar] = ref("calendar")


class EscalationStep(Node):
    """Whom an escalation reaches, or who covers which hours, and how long they have to answer."""

    to: One[Party] = ref(*PARTY)
    within: Value[Duration] = value("duration")
    through: One[Meeting] = ref("meeting")
    cover = parts(Window)


class Escalation(Declaration):
    kind = "escalation"
    collection = "escalations"

    for_: Many[DecisionRight | Handoff | Initiative] = refs(
        "decision-right", "handoff", "initiative", besides="anything"
    )
    when = text()
    steps = parts(EscalationStep)
    target: Value[Duration] = value("duration")
    record: One[Record] = ref("record")

    @property
    def for_anything(self) -> bool:
        """Whether whatever stalls takes this way: `for: anything`."""
        return self.data.get("for") in ("anything", ["anything"])


class ContextLine(Declaration):
    kind = "context-line"
    collection = "context_lines"

    from_: Many[Party] = refs(*PARTY)
    to: Many[Party] = refs(*PARTY)
    carries = texts()
    back = texts()
    through: One[Meeting | Record] = ref("meeting", "record")


# --- what it is for ---


class Need(Node):
    """What an initiative needs from others, and by when."""

    decision: One[DecisionRight] = ref("decision-right")
    handoff: One[Handoff] = ref("handoff")
    milestone = text()
    record: One[Record] = ref("record")
    ext = text()
    by = day()


class Milestone(Node):
    name = text()
    due = day()


class Health(Node):
    """How an initiative stands, and when that was said."""

    state = choice()
    as_of = day()
    forecast = day()


class Initiative(Declaration):
    kind = "initiative"
    collection = "initiatives"

    accountable: One[Role | Person] = ref("role", "person")
    sponsor: One[Role | Person] = ref("role", "person")
    teams: Many[Team] = refs("team")
    forum: One[Forum] = ref("forum")
    done_when = text()
    needs = parts(Need)
    depends_on: Many[Initiative] = refs("initiative")
    plans: Many[Record] = refs("record")
    due = day()
    milestones = parts(Milestone)
    reviewed_in: Many[Meeting] = refs("meeting")
    health = part(Health)


class Record(Declaration):
    kind = "record"
    collection = "records"

    keeps = text()
    at_ = text()
    updated_every: Value[Every] = value("every")
    read_by: Many[Party | Meeting] = refs(*PARTY, "meeting")
    copy_of: One[Record] = ref("record")


class Term(Declaration):
    kind = "term"
    collection = "terms"

    means = text()
    also_called = texts()
    not_ = texts()
    used_by: Many[Party] = refs(*PARTY)
    within: One[Team] = ref("team")


Party: TypeAlias = Role | Person | Team | Forum

_Kinds: TypeAlias = tuple[type[Declaration], ...]
_WHO: _Kinds = (Person, Role, Team, Forum)
_HOW: _Kinds = (Meeting, DecisionRight, Handoff, Escalation, ContextLine)
_WHAT: _Kinds = (Initiative, Record, Term, Scenario, LogEntry)
_HOUSE: _Kinds = (Calendar, Period, Organisation)

KINDS = {kind.kind: kind for kind in (*_WHO, *_HOW, *_WHAT, *_HOUSE)}
COLLECTIONS = {kind.collection: kind for kind in KINDS.values()}
