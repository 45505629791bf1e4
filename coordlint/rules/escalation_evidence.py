"""What the log tells of escalations: whether each of them is ever taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from coordlint.facts.evidence import HISTORY, evidence, happened
from coordlint.facts.holding import may_be_meant
from coordlint.finding import Problem
from coordlint.model.kinds import Escalation
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, INFO, STRICT, rule


@rule(INFO, preset=STRICT, weakness=ACCRETION, claims_absence=True)
def never_used(org: Org, *, days: int = HISTORY) -> Iterator[Problem]:
    """A way up that is declared is taken now and then.

    An escalation that nobody takes while others are taken is not known, not trusted, or not needed; which of the three
    only those can say whom it is for. Told is one that the log has never seen `escalated`, where it has told of other
    escalations over a year at least (`days`, from the first of them to the last), and the escalation has been there as
    long, as far as it says `since` when.

    Bad:

        escalations:
          late-truck:
            for: anything
            steps: [{to: dispatcher, within: 1h}, {to: head-of-fleet}]
          broken-seal:   # expect: escalation/never-used
            for: handover
            steps: [{to: site-lead, within: 2h}, {to: head-of-fleet}]
        log:
          - {escalated: late-truck, opened: 2025-05-02T08:00, closed: 2025-05-02T09:10, reached: 1}
          - {escalated: late-truck, opened: 2026-06-01T17:30, closed: 2026-06-01T20:00, reached: 2}

    Good:

        escalations:
          late-truck:
            for: anything
            steps: [{to: dispatcher, within: 1h}, {to: head-of-fleet}]
          broken-seal:
            for: handover
            steps: [{to: site-lead, within: 2h}, {to: head-of-fleet}]
        log:
          - {escalated: late-truck, opened: 2025-05-02T08:00, closed: 2025-05-02T09:10, reached: 1}
          - {escalated: broken-seal, opened: 2026-06-01T17:30, closed: 2026-06-01T20:00, reached: 2}
    """
    taken = happened(org, "escalated")
    last = max((events[-1].day for events in taken.values()), default=None)
    if last is None:
        return
    first = evidence(org).began["escalated"]
    for escalation in org.active(Escalation):
        if escalation in taken or escalation.refused or may_be_meant(escalation):
            continue
        begun = max(first, escalation.since or first)
        if last - begun >= timedelta(days=days):
            yield Problem(
                escalation.at(on_key=True),
                f"escalation `{escalation.id}` was never taken from {begun} to {last}, while others were",
                tip="ask those whom it is for whether they know it; end it where nothing needs it",
            )
