"""The manual's words: kinds, fields as the questions that they answer, days, numbers and lists as people say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from coordlint.values import Cadence, Slot, parse_day, parse_duration
from coordlint.values.day import LONG_MONTHS, LONG_WEEKDAYS

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


class Kind(NamedTuple):
    """How a kind is called, one and several of it, and what a reader finds there."""

    one: str
    many: str
    page: str
    lede: str = ""


KINDS = {
    "person": Kind("person", "people", "People", "Who works here, in which roles."),
    "role": Kind("role", "roles", "Roles", "Who decides, chairs, receives and answers, whoever holds the role today."),
    "team": Kind("team", "teams", "Teams", "Who works together under one lead, and what each team is there for."),
    "forum": Kind("forum", "forums", "Forums", "The standing bodies in which trade-offs between teams are settled."),
    "meeting": Kind("meeting", "meetings", "Meetings", "What is in the calendar, what for, and what is decided there."),
    "decision-right": Kind("decision right", "decision rights", "Decision rights"),
    "handoff": Kind("hand-off", "hand-offs", "Hand-offs", "How work passes from one team to the next."),
    "escalation": Kind("escalation path", "escalation paths", "Escalation paths", "Where something goes that stalls."),
    "context-line": Kind(
        "context line", "context lines", "Context lines", "How context travels besides the chain of command."
    ),
    "initiative": Kind("initiative", "initiatives", "Initiatives", "Work of several teams that has an end."),
    "record": Kind("record", "records", "Records", "Where what was decided, planned and measured is kept."),
    "term": Kind("term", "terms", "Vocabulary", "What words mean here."),
    "scenario": Kind("scenario", "scenarios", "Scenarios", "Questions with the answers that must come out."),
}  # fmt: skip

FAMILIES = {
    "yaml": "Reading the files",
    "shape": "Shape of declarations",
    "coordlint": "The tool itself",
    "waiver": "Waivers",
    "house": "House rules",
    "reference": "References",
    "ownership": "Ownership",
    "meeting": "Meetings",
    "forum": "Forums",
    "decision": "Decision rights",
    "handoff": "Hand-offs",
    "escalation": "Escalations",
    "cadence": "Cadence",
    "latency": "Latency",
    "reporting": "Reporting",
    "initiative": "Initiatives",
    "record": "Records",
    "term": "Vocabulary",
    "load": "Load",
    "fragility": "Fragility",
    "lifecycle": "Lifecycle",
    "rigidity": "Rigidity",
    "scenario": "Scenarios",
    "change": "Change",
}

# The questions that fields answer, kind by kind, in the order in which a reader asks them.
QUESTIONS: dict[str, dict[str, str]] = {
    "person": {
        "team": "Team", "reports_to": "Reports to", "dotted_to": "Also answers to", "calendar": "Calendar",
        "timezone": "Time zone", "joined": "Here since", "left": "Left on", "hours_per_week": "Hours a week",
        "external": "From outside",
    },
    "role": {
        "held_by": "Held by", "deputy": "When away", "deputy_not_for": "Not decided by the deputy", "team": "Team",
        "reports_to": "Reports to", "dotted_to": "Also answers to", "accountable_for": "Answers for",
        "independent_of": "Watches over", "calendar": "Calendar",
    },
    "team": {
        "lead": "Led by", "members": "Members", "headcount": "People", "part_of": "Part of", "produces": "Makes",
        "takes_in": "Takes in", "owns": "Owns", "calendar": "Calendar", "external": "From outside",
    },
    "forum": {
        "charter": "Charter", "decider": "Who decides", "votes": "How it decides", "chair": "Chair",
        "deputy": "When the chair is away", "members": "Members", "quorum": "Quorum",
        "teams": "Settles trade-offs between", "escalates_to": "What it cannot settle goes to",
        "record": "Decisions are kept in", "asynchronous": "Without meeting",
    },
    "meeting": {
        "forum": "Forum", "type": "Kind of meeting", "cadence": "When", "chair": "Chair", "attendees": "Expected",
        "optional": "May come", "team": "Team", "for_each": "Held for", "agenda": "Agenda", "pre_read": "Read before",
        "inputs": "Comes in", "outputs": "Goes out", "record": "Kept in", "reviews": "Looks at", "calendar": "Calendar",
    },
    "decision-right": {
        "decider": "Who decides", "agrees": "Who must agree", "recommends": "Who recommends",
        "consulted": "Who is consulted", "informed": "Who is informed", "performs": "Who carries it out",
        "decided_in": "Where", "asynchronous": "Without a meeting", "time_limit": "Time limit",
        "escalation": "If it stalls", "record": "Kept in", "reversible": "Can be undone",
        "delegated_from": "Handed down from", "domain": "Area", "inputs": "Depends on",
    },
    "handoff": {
        "delivers": "What is delivered", "from": "Who delivers", "to": "Who receives", "trigger": "Begins with",
        "deliver_within": "Delivered within", "accepts_when": "Accepted when", "accepted_by": "Who accepts",
        "accept_within": "Accepted within", "through": "Through", "if_refused": "If refused", "then": "What follows",
        "escalation": "If it stalls", "per_month": "How often", "inputs": "Depends on",
    },
    "escalation": {"for": "For", "when": "When", "target": "Target", "record": "Kept in"},
    "context-line": {
        "from": "From", "to": "To", "carries": "Carries", "back": "Comes back", "through": "Through",
    },
    "initiative": {
        "accountable": "Who answers for it", "sponsor": "Who clears its way", "done_when": "Done when",
        "due": "Due", "health": "How it stands", "teams": "Teams", "forum": "Trade-offs are settled in",
        "depends_on": "Waits for", "plans": "Planned in", "reviewed_in": "Looked at in",
    },
    "record": {
        "keeps": "What it keeps", "at": "Where it is", "updated_every": "Updated", "read_by": "Read by",
        "copy_of": "Copy of",
    },
    "term": {
        "means": "Means", "also_called": "Also called", "not": "Not", "used_by": "Used by", "within": "Holds within",
    },
}  # fmt: skip

# What every declaration may say; it follows what its kind says.
COMMON = {
    "because": "Set up because", "only_while": "Only while there is", "owner": "Answers for it", "since": "Since",
    "until": "Until", "status_until": "Stays so until", "review_by": "Looked at again by",
    "review_every": "Looked at again", "replaced_by": "Replaced by", "was": "Earlier ids", "tags": "Tags",
    "links": "See also",
}  # fmt: skip

# The same where one is named, and not several.
ASKED_OF_ONE = {("forum", "teams"): "Settles trade-offs within"}

STATUS = {
    "proposed": "Proposed: not in force yet.",
    "trial": "On trial.",
    "paused": "Paused: not in force at present.",
    "ended": "Ended: no longer in force.",
}

MEETING_TYPES = {"one-on-one": "one-on-one", "all-hands": "all hands"}
HELD_AS = {
    "each": "each for a share of their own",
    "in_turn": "in turn, as a rota",
    "jointly": "jointly",
}
VOTING = {
    "majority": "by majority",
    "two_thirds": "by two thirds",
    "consent": "by consent: as long as nobody objects",
    "unanimous": "unanimously",
}
MODES = {
    "collaboration": "side by side",
    "service": "one uses what the other offers",
    "facilitation": "one helps the other learn",
}

# How somebody takes part in a call: the letter of the matrix, the word for others, and the word on a page of one's own.
PARTS = {
    "decider": ("D", "decides", "decides"),
    "agrees": ("A", "must agree", "must agree"),
    "recommends": ("R", "recommends", "recommends"),
    "consulted": ("C", "is consulted", "is consulted"),
    "informed": ("I", "is informed", "is informed"),
    "performs": ("P", "carries it out", "carries it out"),
}

LIMITS = {
    "meeting_hours_per_week": "Hours in meetings, a person and week",
    "meeting_people": "People expected in one meeting",
    "forum_meets_at_least_every": "Longest that a forum goes without meeting",
    "decision_rights_per_role": "Calls that one role decides",
    "roles_per_person": "Roles that one person holds",
    "forums_led_per_person": "Forums that one person chairs",
    "initiatives_per_team": "Initiatives of one team",
    "direct_reports": "Who reports to one party",
    "escalation_steps": "Steps of an escalation path",
    "vetoes_per_decision": "Parties that must agree to one call",
    "handoff_steps": "Steps of a hand-off",
}


def asks_by_kind(kind: str, field: str) -> bool:
    """Whether the question of a field is the name of the kind that it asks for, such as `Team`."""
    asked = QUESTIONS.get(kind, {}).get(field, "").casefold()
    return any(asked in (each.one, each.many) for each in KINDS.values())


def counted(number: int, one: str, many: str = "", *, beside: int = 0) -> str:
    """A number of something, small numbers in words: `two decision rights`, `14 meetings`.

    `beside` is the largest number that stands beside it: where that one is in digits, so is this.
    """
    return f"{number_word(number, beside=beside)} {one if number == 1 else many or one + 's'}"


def number_word(number: int, *, beside: int = 0) -> str:
    """A whole number as a text has it: in words up to twelve, with commas above, and where one `beside` it is above."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) and beside < len(NUMBERS) else f"{number:,}"


def agree(number: int, one: str, many: str) -> str:
    """The form of a verb or pronoun that goes with a number."""
    return one if number == 1 else many


def begin(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def sentence(message: str) -> str:
    """A message of a rule as a sentence of a page: with a capital and a full stop."""
    ended = message if message.endswith((".", "?", "!", "…")) else f"{message}."
    return begin(ended)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def day(when: date) -> str:
    """A day: `12 October 2026`."""
    return f"{when.day} {LONG_MONTHS[when.month - 1]} {when.year}"


def full_day(when: date) -> str:
    """A day with its weekday: `Monday 12 October 2026`."""
    return f"{LONG_WEEKDAYS[when.weekday()]} {day(when)}"


def days_between(then: date, now: date) -> str:
    """How far a day lies from now: `in 18 days`, `41 days ago`, `today`."""
    distance = (then - now).days
    if distance == 0:
        return "today"
    count = f"{abs(distance):,} day{'s' * (abs(distance) != 1)}"
    return f"in {count}" if distance > 0 else f"{count} ago"


def plain_number(value: int | float) -> str:
    """A number as people write it: `1,500`, `0.5`."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"


def times(number: int | float) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return "once" if number == 1 else "twice" if number == 2 else f"{plain_number(number)} times"


_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_LENGTH = re.compile(r"\b(for|within) (\d+(?:m|h|wh|d|w))\b")


# It stands for the meeting before which another one is held, and in no text.
_OTHER = "\x00"


def cadence(slot: Slot, name: Callable[[str], str] = str) -> str:
    """When a meeting is held, as a sentence without its full stop: `Every Tuesday at 10:00 for 45 minutes`.

    `name` says what to call the meeting before which it is held.
    """
    said = slot._replace(before=_OTHER).words if slot.before else slot.words
    for period in slot.except_periods:
        said = said.replace(period, period.replace("-", " "))
    said = said.replace("every week on ", "every ", 1)
    return begin(_LENGTH.sub(_length_said, in_days(said))).replace(_OTHER, name(slot.before))


def short_cadence(value: Cadence, name: Callable[[str], str] = str) -> str:
    """When a meeting is held, as short as a table wants it: `Every Tuesday and Thursday at 09:00`."""
    plain = [slot._replace(**_WITHOUT) for slot in as_few_slots(value)]
    said = [cadence(slot, name) for slot in plain]
    return begin("; ".join(each[0].lower() + each[1:] for each in said))


def as_few_slots(value: Cadence) -> list[Slot]:
    """The slots of a cadence, those that differ in nothing but the days of the week as one."""
    found: list[Slot] = []
    for slot in value.slots:
        for index, other in enumerate(found):
            if slot.weekdays and other.weekdays and slot._replace(weekdays=()) == other._replace(weekdays=()):
                found[index] = other._replace(weekdays=tuple(sorted({*other.weekdays, *slot.weekdays})))
                break
        else:
            found.append(slot)
    return found


_WITHOUT: dict[str, Any] = {
    "lasts": None, "timezone": None, "starting": None, "until": None, "except_days": (), "except_periods": (),
    "on_holiday": "skip", "per_month": None,
}  # fmt: skip


def in_days(text: str) -> str:
    """A text with its dates as days: `until 12 October 2026`."""
    return _DATE.sub(_day_said, text)


def _day_said(found: re.Match[str]) -> str:
    read = parse_day(found[0])
    return day(read) if isinstance(read, date) else found[0]


def _length_said(found: re.Match[str]) -> str:
    length = parse_duration(found[2])
    words: str = getattr(length, "words", found[2])
    return f"{found[1]} {words}"


def input_name(name: object) -> str:
    """The name of a decision's input in words."""
    return str(name).replace("_", " ").replace("-", " ")
