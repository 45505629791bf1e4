"""What the log tells of hand-offs: whether the same thing is sent back again and again."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.evidence import happened
from coordlint.facts.recurring import came_back
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Handoff
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, WARNING, rule


@rule(WARNING, weakness=ACCRETION)
def same_rework_again(org: Org, *, quarters: int = 2) -> Iterator[Problem]:
    """What is sent back is sent back once.

    A hand-off that is refused for one reason every quarter is not refused by mistake: the giver does not know, or
    cannot know, what the receiver needs, and each time a few people mend it by hand. Told is a reason for which the log
    has it `returned` in at least two (`quarters`) of the last four quarters of the fiscal year, this one among them. A
    reason is the same where the same words say what it was, in any order; that it was missing or wrong says nothing.
    Once it is mended, log that the hand-off was `reviewed`, with the outcome `change`: what came before is then over.

    Bad:

        handoffs:
          costumes:   # expect: handoff/same-rework-again
            from: workshop
            to: wardrobe
            delivers: The costumes of an act, labelled
            accepts_when: Every piece has the name of who wears it
            accepted_by: wardrobe-mistress
            accept_within: 1d
        log:
          - {returned: costumes, date: 2026-02-03, reason: shoe sizes missing}
          - {returned: costumes, date: 2026-05-12, reason: No shoe size}

    Good:

        handoffs:
          costumes:
            from: workshop
            to: wardrobe
            delivers: The costumes of an act, labelled
            accepts_when: Every piece has the name of who wears it, and a shoe size
            accepted_by: wardrobe-mistress
            accept_within: 1d
        log:
          - {returned: costumes, date: 2026-02-03, reason: shoe sizes missing}
          - {returned: costumes, date: 2026-05-12, reason: one hat too few}
    """
    refused = happened(org, "returned")
    for handoff in org.active(Handoff) if refused else ():
        if handoff not in refused or handoff.refused:
            continue
        for events in came_back(handoff, quarters):
            reason = " ".join((events[-1].entry.reason or "").split())
            yield Problem(
                handoff.at(on_key=True),
                f"`{handoff.id}` came back in {len(events)} of the last 4 quarters for one reason: {reason}",
                related=tuple(Related(event.entry.at("reason"), f"on {event.day}") for event in events),
                tip="let whoever gives it know before it goes: say it under `accepts_when`, or change what makes it so",
            )
