"""Questions with the answers that must come out, and what happened: the kinds that hold the others to their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordlint.model.base import ANY, PARTY, Declaration, Node
from coordlint.model.fields import Many, One, Value, choice, day, number, part, plain, ref, refs, text, value

if TYPE_CHECKING:
    from datetime import datetime

    from coordlint.model.kinds import (
        DecisionRight,
        Escalation,
        Forum,
        Handoff,
        Initiative,
        Meeting,
        Party,
        Person,
        Record,
        Role,
    )
    from coordlint.values import Duration


class Given(Node):
    """The question of a scenario; its other keys are inputs with their values."""

    decision: One[DecisionRight] = ref("decision-right")
    escalation: One[Escalation] = ref("escalation")
    handoff: One[Handoff] = ref("handoff")
    at_: Value[datetime] = value("moment")
    absent: Many[Role | Person] = refs("role", "person")


class Expected(Node):
    """The answer that a scenario wants."""

    decider: One[Role | Person | Forum] = ref("role", "person", "forum")
    agrees: Many[Party] = refs(*PARTY)
    consulted: Many[Party] = refs(*PARTY)
    informed: Many[Party] = refs(*PARTY)
    decided_in: One[Meeting | Forum] = ref("meeting", "forum")
    record: One[Record] = ref("record")
    reaches: One[Party] = ref(*PARTY)
    ends_at: One[Party] = ref(*PARTY)
    within: Value[Duration] = value("duration")


class Scenario(Declaration):
    kind = "scenario"
    collection = "scenarios"

    given = part(Given)
    expect = part(Expected)


class LogEntry(Declaration):
    """Something that happened. It has no id, and none of the fields that declarations share."""

    kind = "log"
    collection = "log"

    held: One[Meeting] = ref("meeting")
    cancelled: One[Meeting] = ref("meeting")
    decided: One[DecisionRight] = ref("decision-right")
    returned: One[Handoff] = ref("handoff")
    escalated: One[Escalation] = ref("escalation")
    slipped: One[Initiative] = ref("initiative")
    updated: One[Record] = ref("record")
    reviewed: One[Declaration] = ref(*ANY)
    date = day()
    attended: Many[Party] = refs(*PARTY)
    decisions: Many[DecisionRight] = refs("decision-right", or_text=True)
    because = text()
    id_ = text()
    what = text()
    given = plain()
    by: One[Party] = ref(*PARTY)
    in_: One[Meeting | Forum] = ref("meeting", "forum")
    supersedes = text()
    reason = text()
    opened: Value[datetime] = value("moment")
    closed: Value[datetime] = value("moment")
    reached = number()
    from_ = day()
    to = day()
    known_since = day()
    cause = text()
    outcome = choice()

    def count(self, key: str) -> int | None:
        """How many `attended`, or how many `decisions` were made; None where it is not said."""
        said = self.data.get(key)
        if said is None or isinstance(said, int):
            return said
        return len(said) if isinstance(said, list) else 1
