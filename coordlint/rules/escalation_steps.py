"""The steps of an escalation: whom each reaches, how long they have, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.escalating import is_nobody, people_reached, place_of_target, reached
from coordlint.facts.naming import bearers
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Escalation, EscalationStep
from coordlint.model.org import Org
from coordlint.rule import CORRECTNESS, ERROR, GAP, INFO, LATENCY, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, counted


@rule(ERROR, preset=CORRECTNESS, weakness=GAP)
def to_self(_org: Org, escalation: Escalation) -> Iterator[Problem]:
    """Every step of an escalation reaches somebody else.

    Whoever has not answered is asked again, under another title. Two steps are the same where they name one party, or
    roles with one holder; where several hold a role by turns or for a part each, only the role itself is the same. Two
    steps with windows are the same where who and when are. However often the same people are asked, it is said once.

    Bad:

        people: {amara-diallo: {}}
        roles:
          site-manager: {held_by: amara-diallo}
          safety-officer: {held_by: amara-diallo}
        escalations:
          unsafe-scaffold:
            for: anything
            steps:
              - {to: safety-officer, within: 1h}
              - {to: site-manager, within: 1h}   # expect: escalation/to-self
              - {to: head-of-construction}

    Good:

        people: {amara-diallo: {}, jo-lindqvist: {}}
        roles:
          site-manager: {held_by: jo-lindqvist}
          safety-officer: {held_by: amara-diallo}
        escalations:
          unsafe-scaffold:
            for: anything
            steps:
              - {to: safety-officer, within: 1h}
              - {to: site-manager, within: 1h}
              - {to: head-of-construction}
    """
    steps = escalation.steps
    asked: dict[object, list[EscalationStep]] = {}
    for step in steps if len(steps) > 1 else ():
        people = people_reached(step)
        if people is not None:
            asked.setdefault(people, []).append(step)
    for alike in asked.values():
        if len(alike) > 1:
            yield _asked_again(escalation, *alike)


def _asked_again(escalation: Escalation, first: EscalationStep, step: EscalationStep, *more: EscalationStep) -> Problem:
    parties = escalation.org.each(ref for each in (first, step, *more) for ref in reached(each))
    return Problem(
        place_of_target(step),
        f"{_words(step)} {_is_same_as(first, step)} an earlier step of `{escalation.id}` has asked",
        related=(
            Related(place_of_target(first), "asked here"),
            *(Related(place_of_target(each), "and once more here") for each in more[:3]),
        ),
        tip="take the step out, or name somebody else who can settle it",
        atoms=tuple(atom for party in dict.fromkeys(parties) for atom in atoms(party, "escalates_to")),
    )


def _words(step: EscalationStep) -> str:
    return " and ".join(f"`{ref.text}`" for ref in list(dict.fromkeys(reached(step)))[:3])


def _is_same_as(earlier: EscalationStep, step: EscalationStep) -> str:
    several = len(set(reached(step))) > 1
    if set(reached(earlier)) == set(reached(step)):
        return "are those whom" if several else "is whom"
    return f"{'are' if several else 'is'} the very same as {_words(earlier)}, whom"


@rule(ERROR, preset=CORRECTNESS, weakness=GAP, yields_to=("ownership/owner-left",))
def target_vacant(org: Org, escalation: Escalation) -> Iterator[Problem]:
    """Somebody is there at every step of an escalation.

    A step that reaches nobody lets its time run out in silence, each time anew. Nobody is there where a person has
    left, a role is empty and without a deputy who acts, and where a team or forum says that it has no members and no
    lead. What `ownership/owner-left` says of a person or role is not said again here.

    Bad:

        teams:
          night-desk: {owner: head-of-newsroom, members: []}
        escalations:
          story-held:
            for: anything
            steps:
              - {to: night-desk, within: 1h}   # expect: escalation/target-vacant
              - {to: editor-in-chief}

    Good:

        teams:
          night-desk: {lead: night-editor, members: [night-editor, duty-reporter]}
        escalations:
          story-held:
            for: anything
            steps:
              - {to: night-desk, within: 1h}
              - {to: editor-in-chief}
    """
    for step in escalation.steps:
        for node in (step, *step.cover) if "cover" in step.data else (step,):
            for party in bearers(org, EscalationStep.to).of(node.data.get("to")):
                if is_nobody(party):
                    yield Problem(
                        node.at("to"),
                        f"`{escalation.id}` reaches {party.label}, and nobody is there",
                        related=(Related(party.at(on_key=True), "nobody is named here"),),
                        tip="name somebody there, or a step that somebody answers",
                        atoms=atoms(party, "held_by", "members", "left"),
                    )


@rule(
    WARNING,
    weakness=LATENCY,
    once_a_kind=("steps.within", "none of the {count} escalations says how long a step may take"),
)
def step_without_limit(_org: Org, escalation: Escalation) -> Iterator[Problem]:
    """Every step of an escalation but the last moves on by itself.

    Without `within` whoever is asked may keep it, and who asked must go over their head. A meeting that a step goes
    `through` is a limit too: it is answered there, or goes on. The last step has nobody to go on to.

    Bad:

        escalations:
          ferry-delayed:
            for: anything
            steps:
              - {to: harbour-master}   # expect: escalation/step-without-limit
              - {to: fleet-director}

    Good:

        escalations:
          ferry-delayed:
            for: anything
            steps:
              - {to: harbour-master, within: 20m}
              - {to: fleet-director}
    """
    steps = escalation.steps
    endless = [step for step in steps[:-1] if not step.says("within") and not step.says("through")]
    if endless:
        first, *others = endless
        yield Problem(
            first.at("within"),
            f"{_words(first)} may keep what goes through `{escalation.id}` for ever",
            related=tuple(Related(step.at("within"), "and here") for step in others[:3]),
            tip="say how long they have until it moves on: `within: 1d`",
        )


@rule(INFO, preset=STRICT, weakness=LATENCY)
def too_long(org: Org, escalation: Escalation, *, max: int = 4) -> Iterator[Problem]:  # noqa: A002
    """An escalation has few steps.

    Each step adds its own wait, and whoever is stuck has to tell it once more. Who can settle it should be near. Where
    the house declares a limit of its own, `escalation_steps`, that one counts.

    `max` is the largest number of steps that is fine.

    Bad:

        escalations:
          crop-disease:
            for: anything
            steps:
              - {to: field-adviser, within: 1d}
              - {to: district-adviser, within: 1d}
              - {to: region-lead, within: 2d}
              - {to: head-of-agronomy, within: 2d}
              - {to: director}   # expect: escalation/too-long

    Good:

        escalations:
          crop-disease:
            for: anything
            steps:
              - {to: field-adviser, within: 1d}
              - {to: head-of-agronomy, within: 2d}
              - {to: director}
    """
    limits = org.house.limits
    steps = escalation.steps
    if len(steps) > max and not (limits is not None and limits.says("escalation_steps")):
        yield Problem(
            escalation.at("steps", max),
            f"`{escalation.id}` takes {counted(len(steps), 'step')}",
            tip="leave out whoever only passes it on",
        )
