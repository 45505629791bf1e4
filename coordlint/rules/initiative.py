"""Who is accountable for each initiative, and what it needs to know to be done."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.reasons import is_over
from coordlint.facts.venues import calls, names_somebody
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Initiative
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, CORRECTNESS, ERROR, GAP, INFO, STRICT, rule
from coordlint.rules.wording import atoms


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION)
def two_accountable(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """One role or person is accountable for an initiative.

    Where two are, each believes that the other has it in hand, and a trade-off between them waits for both. The other
    may be the `sponsor`, or lead one of its `teams`.

    Bad:

        initiatives:
          new-terminal:
            accountable: [head-of-construction, head-of-operations]   # expect: initiative/two-accountable
            done_when: The first ship is unloaded at the new quay.
            due: 2027-05-31

    Good:

        initiatives:
          new-terminal:
            accountable: head-of-construction
            sponsor: head-of-operations
            done_when: The first ship is unloaded at the new quay.
            due: 2027-05-31
    """
    if not isinstance(initiative.data.get("accountable"), list):
        return
    named = list(dict.fromkeys(initiative.refs("accountable")))
    if len(named) > 1:
        count = "two" if len(named) == 2 else str(len(named))
        yield Problem(
            initiative.at("accountable", initiative.refs("accountable").index(named[1])),
            f"initiative `{initiative.id}` has {count} who are accountable",
            related=(Related(initiative.at("accountable", 0), "the other is named here"),),
            about=initiative.at("accountable").route,
            tip="let one answer for the whole; the other may be its `sponsor`",
            atoms=atoms(initiative, "accountable"),
        )


@rule(
    ERROR,
    preset=CORRECTNESS,
    weakness=GAP,
    once_a_kind=("accountable", "nobody is accountable for any of the {count} initiatives"),
)
def nobody_accountable(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """Somebody is accountable for every initiative.

    What several teams do together, and nobody answers for as a whole, is finished in parts. A sponsor pays for it and
    speaks for it; that is not the same.

    Bad:

        initiatives:
          paperless-claims:   # expect: initiative/nobody-accountable
            sponsor: chief-operating-officer
            teams: [claims, archive, it-services]
            done_when: No claim of the last 30 days is on paper.
            due: 2026-12-31

    Good:

        initiatives:
          paperless-claims:
            accountable: head-of-claims
            sponsor: chief-operating-officer
            teams: [claims, archive, it-services]
            done_when: No claim of the last 30 days is on paper.
            due: 2026-12-31
    """
    if not initiative.data.get("accountable") and not names_somebody(initiative, "accountable"):
        yield Problem(
            initiative.at("accountable"),
            f"nobody is accountable for initiative `{initiative.id}`",
            tip="name the one role that answers for the whole: `accountable: …`",
        )


@rule(ERROR, preset=CORRECTNESS, weakness=GAP, yields_to=("decision/no-decider",))
def decision_unassigned(org: Org, initiative: Initiative) -> Iterator[Problem]:
    """Every decision that an initiative needs has somebody who makes it.

    An initiative that waits for a call which nobody may make waits for ever. A right that is in force and has no
    decider is told at the right; here those remain that are only proposed or paused, and that the initiative needs all
    the same. What has ended nobody need decide.

    Bad:

        initiatives:
          second-shift:
            accountable: plant-manager
            done_when: Two shifts run on line 3 for a month.
            due: 2026-11-30
            needs:
              - {decision: shift-model, by: 2026-09-01}   # expect: initiative/decision-unassigned
        decision_rights:
          shift-model:
            question: Which shift model do we work in?
            status: proposed

    Good:

        initiatives:
          second-shift:
            accountable: plant-manager
            done_when: Two shifts run on line 3 for a month.
            due: 2026-11-30
            needs:
              - {decision: shift-model, by: 2026-09-01}
        decision_rights:
          shift-model:
            question: Which shift model do we work in?
            decider: works-director
            status: proposed
    """
    if "needs" not in initiative.data:
        return
    for need in initiative.needs:
        right = org.find(need.decision) if "decision" in need.data else None
        if right is None or right.refused or is_over(right):
            continue
        if not all(call.has_decider for call in calls(right)):
            yield Problem(
                need.at("decision"),
                f"initiative `{initiative.id}` needs `{right.id}`, which nobody decides",
                related=(Related(right.at("decider"), "no decider is named here"),),
                tip="name who makes this call: `decider: …`",
                atoms=atoms(right, "decider"),
            )


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    once_a_kind=("done_when", "none of the {count} initiatives says when it is done"),
)
def no_done_when(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """An initiative says when it is done.

    Without `done_when` it ends when attention does, and the next one begins on top of it. Write what somebody from
    outside could check.

    Bad:

        initiatives:
          loyalty-card:   # expect: initiative/no-done-when
            accountable: head-of-marketing
            due: 2027-03-31

    Good:

        initiatives:
          loyalty-card:
            accountable: head-of-marketing
            done_when: One customer in four shows the card at the till.
            due: 2027-03-31
    """
    if not initiative.says("done_when"):
        yield Problem(
            initiative.at("done_when"),
            f"initiative `{initiative.id}` does not say when it is done",
            tip="write what somebody from outside could check: `done_when: …`",
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    once_a_kind=("due", "none of the {count} initiatives has a date"),
)
def no_dates(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """An initiative has a date.

    Without `due`, or a milestone with one, nobody can tell whether it is late, and nothing that it waits for can be
    late either.

    Bad:

        initiatives:
          clean-fleet:   # expect: initiative/no-dates
            accountable: fleet-manager
            done_when: No van older than six years is on the road.
            milestones: [{name: Half of the vans are replaced}]

    Good:

        initiatives:
          clean-fleet:
            accountable: fleet-manager
            done_when: No van older than six years is on the road.
            milestones: [{name: Half of the vans are replaced, due: 2026-12-01}]
    """
    if initiative.says("due") or any(milestone.says("due") for milestone in initiative.milestones):
        return
    if "milestones" in initiative.data or not initiative.says("milestones"):
        yield Problem(
            initiative.at("due"),
            f"initiative `{initiative.id}` has no date",
            tip="say by when it is to be done: `due: …`, or give its milestones dates",
        )
