"""What is done on the way of a hand-off: how much, why, and whether the reason still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from coordlint.facts.reasons import lost_reasons
from coordlint.finding import Once, Place, Problem, Related
from coordlint.model.kinds import Handoff, HandoffStep
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, RIGIDITY, WARNING, rule
from coordlint.rules.wording import atoms, names


@rule(WARNING, weakness=RIGIDITY)
def too_many_steps(
    _org: Org,
    handoff: Handoff,
    *,
    max: int = 7,  # noqa: A002
    approvals: int = 2,
) -> Iterator[Problem]:
    """A hand-off takes few steps, and few of them are approvals.

    Each step is somebody to wait for. More than seven of them, with two or more approvals among them, is a way on
    which nobody sees the whole; most of it was added one good reason at a time. Seven pairs of hands that assemble
    something need no approval, and are not meant.

    Bad:

        handoffs:
          permit-to-site:
            from: permits
            to: site
            delivers: The permit to dig
            steps:
              - {do: Check the map, by: ext/a, because: A cable was cut in 2021.}
              - {do: Ask the water works, by: ext/b, because: A pipe was cut in 2021.}
              - {do: Ask the gas works, by: ext/c, because: It is the law.}
              - {do: Agree on the day, by: ext/d, because: Two crews met once., approval: digging-day}
              - {do: Agree on the depth, by: ext/e, because: Roots., approval: digging-depth}
              - {do: Tell the neighbours, by: ext/f, because: They complained.}
              - {do: Put up signs, by: ext/g, because: It is the law.}
              - {do: Sign the sheet, by: ext/h, because: The insurer asks for it.}   # expect: handoff/too-many-steps

    Good:

        handoffs:
          permit-to-site:
            from: permits
            to: site
            delivers: The permit to dig
            steps:
              - {do: Ask the works what lies in the ground, by: ext/a, because: A cable was cut in 2021.}
              - {do: Agree on day and depth, by: ext/d, because: Two crews met once., approval: digging}
              - {do: Tell the neighbours and put up signs, by: ext/f, because: It is the law.}
    """
    steps = handoff.steps if "steps" in handoff.data else ()
    approving = [step for step in steps if step.says("approval")]
    if len(steps) > max and len(approving) >= approvals:
        yield Problem(
            handoff.at("steps", max),
            f"handoff `{handoff.id}` takes {len(steps)} steps, and {len(approving)} of them are approvals",
            related=tuple(Related(step.at("approval"), "an approval") for step in approving[:3]),
            tip="take away what nobody would miss, or let one call approve all of it",
        )


GIVE_A_REASON = "say what it prevents, `because: …`, or leave the step out"


@rule(WARNING, weakness=ACCRETION)
def step_without_reason(org: Org, *, days: int = 90) -> Iterator[Problem]:
    """Every step on the way of a hand-off says why it is there.

    A step outlives whoever asked for it, because nobody dares to take away what they do not understand. `because` says
    what it is for; `only_while`, or an approval that gives its own reason, does as well. A step that says that it began
    less than 90 days ago has time. Where no step of any hand-off has a reason, five or more are told in one.

    Bad:

        handoffs:
          invoice-to-payment:
            from: purchasing
            to: accounts
            delivers: A checked invoice
            steps:
              - {do: Compare it with the order, by: clerk, because: One in thirty names a wrong price.}
              - {do: Have it signed by two, by: clerk}   # expect: handoff/step-without-reason

    Good:

        handoffs:
          invoice-to-payment:
            from: purchasing
            to: accounts
            delivers: A checked invoice
            steps:
              - {do: Compare it with the order, by: clerk, because: One in thirty names a wrong price.}
              - {do: Have it signed by two, by: clerk, because: The auditor asks for it above 10 000 euros.}
    """
    steps = _all_steps(org)
    lacking = [step for step in steps if not _has_reason(step)]
    due = [step for step in lacking if step.since is None or org.as_of - step.since >= timedelta(days=days)]
    message = "none of the {count} steps on the way of hand-offs says why it is there"
    once = Once(Handoff.collection, message, len(lacking) == len(steps))
    for step in due:
        text = f"nobody says what this step of handoff `{step.declaration.id}` is for"
        yield Problem(step.at("do"), text, tip=GIVE_A_REASON, once=once)


def _all_steps(org: Org) -> list[HandoffStep]:
    """The steps of all hand-offs in force, in the order of ids; what was taken over by `like` once, at its own."""
    handoffs = [each for each in org.active(Handoff) if "steps" in each.data and not each.refused]
    handoffs.sort(key=lambda each: "steps" in each.taken)
    steps: dict[Place, HandoffStep] = {}
    for step in (step for handoff in handoffs for step in handoff.steps):
        steps.setdefault(step.at(), step)
    return list(steps.values())


def _has_reason(step: HandoffStep) -> bool:
    """Whether a step says why it is there, or until when, or its approval gives a reason, or may."""
    if step.says("because") or step.says("only_while"):
        return True
    approvals = [step.org.find(ref) for ref in step.refs("approval")]
    return any(approval is None or approval.says("because") for approval in approvals)


@rule(WARNING, weakness=ACCRETION, yields_to=("lifecycle/outlived-its-reason", "lifecycle/past-until"))
def step_outlived_its_reason(_org: Org, handoff: Handoff) -> Iterator[Problem]:
    """A step goes when its reason goes.

    `only_while` names what a step is there for: an initiative, a person, a supplier's role. Once all of that has ended
    or left, for more than a fortnight, the step is done for nothing by people who believe that it matters.

    Bad:

        initiatives:
          new-till-software:
            accountable: ext/ada
            done_when: The new tills have run for a month in every shop.
            due: 2026-03-31
            status: ended
            until: 2026-04-30
        handoffs:
          takings-to-accounts:
            from: shops
            to: accounts
            delivers: The takings of the day
            steps:
              - do: Count the cash a second time, by hand
                by: ext/shop-lead
                because: The new tills may lose a receipt.
                only_while: new-till-software   # expect: handoff/step-outlived-its-reason

    Good:

        initiatives:
          new-till-software:
            accountable: ext/ada
            done_when: The new tills have run for a month in every shop.
            due: 2026-03-31
            status: ended
            until: 2026-04-30
        handoffs:
          takings-to-accounts:
            from: shops
            to: accounts
            delivers: The takings of the day
    """
    for step in handoff.steps if "steps" in handoff.data else ():
        gone = lost_reasons(step)
        if gone:
            first = gone[0]
            yield Problem(
                step.at("only_while"),
                f"a step of handoff `{handoff.id}` was there for {names(gone)}, and that is over",
                related=(Related(first.at(on_key=True), "what it was there for"),),
                tip="take the step away, or say what it is for now",
                # Its hand-off may have lost the same reason; something else that has is another finding.
                atoms=(*atoms(handoff, ""), *(atom for reason in gone for atom in atoms(reason, "last-day"))),
            )
