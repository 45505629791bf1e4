"""The house's own limits, and whatever crosses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from coordlint.facts.attendance import expected_heads
from coordlint.facts.command import direct_reports, leading, reports_of
from coordlint.facts.load import forums_led, initiatives_of, rights_of
from coordlint.facts.parties import has_left, roles_held
from coordlint.facts.rights import vetoes
from coordlint.facts.venues import calls
from coordlint.finding import Place, Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Handoff, Meeting, Person, Role
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, ERROR, rule
from coordlint.rules.wording import atoms, counted, names

# What says the same of one thing, by another measure or beside it.
_NEARER = (
    "load/too-many-hats",
    "load/one-decider-for-too-much",
    "meeting/too-many-people",
    "decision/too-many-vetoes",
    "handoff/too-many-steps",
)

# Nobody has to be heard in such a meeting, so that it does not matter how many come.
FOR_MANY = frozenset({"all-hands", "learning", "social"})


@rule(ERROR, weakness=CONTRADICTION, yields_to=_NEARER)
def house_limit(org: Org) -> Iterator[Problem]:
    """What the house allows is kept to.

    Under `limits` in coordlint.yaml an organisation says how much it means to carry: how many people in one meeting,
    how many decision rights in one role. Only what is said there is checked. Either the limit is kept, or it is changed
    where everybody sees it.

    Counted are, of what is active: for `meeting_people` those who are expected (all-hands, learning and social meetings
    are for many); for `decision_rights_per_role` the rights of which a role decides any call; for `roles_per_person`
    the roles that name a person as holder; for `forums_led_per_person` those with the person as chair or decider, also
    through a role; for `direct_reports` the people who are said to report to one role or person; for
    `vetoes_per_decision` those who must agree to one call; for `escalation_steps` and `handoff_steps` the steps.

    Bad:

        # file: coordlint.yaml
        organisation: Alpine Rescue
        layer_owner: head-of-operations
        edition: "2026"
        limits: {escalation_steps: 2}
        # file: escalations.yaml
        escalations:
          no-helicopter:
            for: anything
            steps:   # expect: load/house-limit
              - {to: shift-lead, within: 15m}
              - {to: base-lead, within: 15m}
              - {to: head-of-operations}

    Good:

        # file: coordlint.yaml
        organisation: Alpine Rescue
        layer_owner: head-of-operations
        edition: "2026"
        limits: {escalation_steps: 2}
        # file: escalations.yaml
        escalations:
          no-helicopter:
            for: anything
            steps:
              - {to: shift-lead, within: 15m}
              - {to: head-of-operations}
    """
    limits = org.house.limits
    if limits is None:
        return
    for key, find in _LOADS.items():
        limit = limits.fields[key].read(limits)
        told: set[Place] = set()
        for load in find(org) if limit is not None else ():
            if load.number > limit and load.where not in told:
                # What several have from one model is told at the model, once.
                told.add(load.where)
                yield Problem(
                    load.where,
                    f"{load.words}; the house allows {limit}",
                    related=(Related(limits.at(key), "the limit"),),
                    tip="keep to the limit, or change it where everybody sees it",
                    atoms=atoms(load.of, key),
                )


class _Load(NamedTuple):
    """How much something carries, where that is seen, and how it is said."""

    of: Declaration
    where: Place
    number: int
    words: str


def _people(org: Org) -> Iterator[_Load]:
    told: set[Forum] = set()
    for meeting in org.active(Meeting):
        if meeting.refused or meeting.type in FOR_MANY:
            continue
        forum = org.find(meeting.forum) if not meeting.says("attendees") else None
        if forum is None or forum not in told:
            count = expected_heads(meeting)
            words = f"meeting `{meeting.id}` expects {counted(count, 'person', 'people')}"
            yield _Load(meeting, meeting.at("attendees"), count, words)
            # Every meeting of a forum expects the same people.
            told.update((forum,) if forum else ())


def _rights(org: Org) -> Iterator[_Load]:
    for role, rights in rights_of(org).items():
        if isinstance(role, Role) and org.is_active(role):
            words = f"role `{role.id}` decides {counted(len(rights), 'decision right')}: {names(rights)}"
            yield _Load(role, role.at(on_key=True), len(rights), words)


def _roles(org: Org) -> Iterator[_Load]:
    yield from _of_people(org, roles_held(org), "holds", "role")


def _forums(org: Org) -> Iterator[_Load]:
    yield from _of_people(org, forums_led(org), "leads", "forum")


def _of_people(
    org: Org, table: Mapping[Person, list[Role]] | Mapping[Person, list[Forum]], does: str, what: str
) -> Iterator[_Load]:
    for person, held in table.items():
        if org.is_active(person) and not has_left(person):
            words = f"`{person.id}` {does} {counted(len(held), what)}: {names(held)}"
            yield _Load(person, person.at(on_key=True), len(held), words)


def _initiatives(org: Org) -> Iterator[_Load]:
    for team, initiatives in initiatives_of(org).items():
        if org.is_active(team):
            words = f"team `{team.id}` takes part in {counted(len(initiatives), 'initiative')}: {names(initiatives)}"
            yield _Load(team, team.at(on_key=True), len(initiatives), words)


def _reports(org: Org) -> Iterator[_Load]:
    for leader in leading(org):
        count = direct_reports(leader)
        words = f"{counted(count, 'person reports', 'people report')} to {leader.label}: {names(reports_of(leader))}"
        yield _Load(leader, leader.at(on_key=True), count, words)


def _escalation_steps(org: Org) -> Iterator[_Load]:
    for escalation in org.active(Escalation):
        if not escalation.refused:
            yield _steps(escalation, len(escalation.steps))


def _handoff_steps(org: Org) -> Iterator[_Load]:
    for handoff in org.active(Handoff):
        if "steps" in handoff.data and not handoff.refused:
            yield _steps(handoff, len(handoff.steps))


def _steps(declaration: Declaration, count: int) -> _Load:
    return _Load(
        declaration, declaration.at("steps", on_key=True), count, f"{declaration.label} has {counted(count, 'step')}"
    )


def _vetoes(org: Org) -> Iterator[_Load]:
    for right in org.active(DecisionRight):
        if right.refused or right.data.keys().isdisjoint(("agrees", "cases", "otherwise", "also")):
            continue
        for call in calls(right):
            named, parts = vetoes(call)
            if parts:
                words = f"{len(named)} must agree before `{right.id}` is decided"
                yield _Load(right, parts[0].at("agrees"), len(named), words)


_LOADS: Mapping[str, Callable[[Org], Iterator[_Load]]] = {
    "meeting_people": _people,
    "decision_rights_per_role": _rights,
    "roles_per_person": _roles,
    "forums_led_per_person": _forums,
    "initiatives_per_team": _initiatives,
    "direct_reports": _reports,
    "escalation_steps": _escalation_steps,
    "vetoes_per_decision": _vetoes,
    "handoff_steps": _handoff_steps,
}
