"""Where something goes when it stalls: whether there is a way, and whether it reaches somebody who can settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from coordlint.facts.authority import has_same_speaker, is_outside, may_settle, nobody_decides, settling, votes_only
from coordlint.facts.escalating import (
    STALLING,
    asked_for_a_way_up,
    has_way_up,
    is_about_reaching,
    parties_reached,
    place_of_target,
    says_how_things_escalate,
    taking,
    teams_in,
)
from coordlint.facts.naming import bearers
from coordlint.facts.superiors import is_next_above, line_above, stands_above, superior_of
from coordlint.finding import Once, Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, EscalationStep, Handoff
from coordlint.model.org import Org
from coordlint.rule import CORRECTNESS, ERROR, GAP, RIGIDITY, WARNING, rule
from coordlint.rules.wording import atoms, names

# So many steps, and so many of what an escalation is for, are compared with each other.
MOST_STEPS = 12
MOST_SUBJECTS = 30


@rule(WARNING, weakness=GAP, claims_absence=True)
def none(org: Org) -> Iterator[Problem]:
    """What lies between teams has a way up when it stalls.

    Two teams that cannot agree have nobody in common whom they would ask by themselves, so it lies until somebody loses
    patience. Asked are decision rights that two teams carry out, hand-offs from one team to another, and initiatives of
    two teams; a team and one that is a part of it count as one. An `escalation` will do, an escalation whose `for`
    names it, or a forum of its own that says where it `escalates_to`. Nothing is said while no escalation is declared,
    or where one is there `for: anything`.

    Bad:

        handoffs:
          proofs:
            from: editing
            to: printing
            delivers: The proofs of an issue, signed
            escalation: late-issue
          plates:   # expect: escalation/none
            from: printing
            to: bindery
            delivers: The printed sheets of an issue
        escalations:
          late-issue:
            for: proofs
            steps: [{to: managing-editor, within: 2h}, {to: publisher}]
        teams: {editing: {lead: chief-editor}, printing: {lead: master-printer}, bindery: {lead: master-binder}}

    Good:

        handoffs:
          proofs:
            from: editing
            to: printing
            delivers: The proofs of an issue, signed
            escalation: late-issue
          plates:
            from: printing
            to: bindery
            delivers: The printed sheets of an issue
            escalation: late-issue
        escalations:
          late-issue:
            for: [proofs, plates]
            steps: [{to: managing-editor, within: 2h}, {to: publisher}]
        teams: {editing: {lead: chief-editor}, printing: {lead: master-printer}, bindery: {lead: master-binder}}
    """
    if not says_how_things_escalate(org):
        return
    for kind in STALLING:
        concerned = [each for each in asked_for_a_way_up(org, kind) if not each.refused and not each.says("escalation")]
        stuck = [(each, teams) for each in concerned if (teams := teams_in(each)) and not has_way_up(each)]
        known = {each for each, _ in stuck}
        message = f"none of the {{count}} {kind.collection.replace('_', ' ')} between teams may be escalated"
        all_lack = bool(stuck) and not any(has_way_up(each) for each in org.active(kind) if each not in known)
        once = Once(kind.collection, message, all_lack, also="nor this")
        for each, teams in stuck:
            yield Problem(
                each.at("escalation"),
                f"{each.label} has no way up where {names(teams)} disagree",
                tip="name whom it goes to when it stalls: `escalation: …`, or an escalation `for` it",
                once=once,
            )


@rule(
    ERROR,
    preset=CORRECTNESS,
    weakness=GAP,
    claims_absence=True,
    yields_to=("decision/no-decider", "escalation/target-vacant", "reference/cycle"),
)
def ends_without_decider(_org: Org, escalation: Escalation) -> Iterator[Problem]:
    """An escalation ends at somebody who can settle it.

    The last step is taken when all others have given no answer. Whoever stands there decides at least one of the things
    that the escalation is for, or stands above who does: above the decider of a right or of what it is delegated from,
    either end of a hand-off, who is accountable for an initiative. A deputy does, and so does the forum in which it is
    decided. Where the lines of the two never meet, or a forum votes, nobody can know, and nothing is said; who is
    `external` or reports to `ext/…` is below nobody inside.

    Bad:

        roles:
          chief-physician: {}
          head-nurse: {reports_to: chief-physician}
          bed-manager: {reports_to: head-nurse}
          head-of-logistics: {reports_to: chief-physician}
        decision_rights:
          open-a-ward: {question: Do we open another ward tonight?, decider: head-nurse, record: bed-book}
        escalations:
          no-bed:
            for: open-a-ward
            steps:
              - {to: bed-manager, within: 30m}
              - {to: head-of-logistics}   # expect: escalation/ends-without-decider

    Good:

        roles:
          chief-physician: {}
          head-nurse: {reports_to: chief-physician}
          bed-manager: {reports_to: head-nurse}
        decision_rights:
          open-a-ward: {question: Do we open another ward tonight?, decider: head-nurse, record: bed-book}
        escalations:
          no-bed:
            for: open-a-ward
            steps:
              - {to: bed-manager, within: 30m}
              - {to: chief-physician}
    """
    steps = escalation.steps
    targets = parties_reached(steps[-1]) if steps else None
    if targets is None or _settles_a_handoff(targets[0], escalation):
        return
    subjects, known = taking(escalation)
    if not (subjects and known):
        return
    undecided = isinstance(subjects[0], DecisionRight) and len(subjects) == 1 and nobody_decides(subjects[0])
    if not (undecided or _settle_none(targets, subjects)):
        return
    yield Problem(
        place_of_target(steps[-1]),
        f"`{escalation.id}` ends at {names(targets)}, who {_decide(targets)} nothing of what it is for",
        related=tuple(Related(each.at(on_key=True), "what it is for") for each in subjects[:3]),
        tip="end it at whoever decides, or at somebody above them",
        atoms=(*(atoms(subjects[0], "decider") if undecided else ()), *_circles(*targets, *settling(subjects[0])[0])),
    )


def _decide(parties: Sequence[Declaration]) -> str:
    return "decides" if len(parties) == 1 else "decide"


def _settles_a_handoff(target: Declaration, escalation: Escalation) -> bool:
    """Whether a party is next above somebody at either end of a hand-off that an escalation is for, at a look."""
    org = escalation.org
    for subject in bearers(org, Escalation.for_).of(escalation.data.get("for")):
        if isinstance(subject, Handoff) and org.is_active(subject):
            ends = (
                *bearers(org, Handoff.from_).of(subject.data.get("from")),
                *bearers(org, Handoff.to).of(subject.data.get("to")),
            )
            if any(is_next_above(target, end) for end in ends):
                return True
    return False


def _settle_none(targets: Sequence[Declaration], subjects: Sequence[Declaration]) -> bool:
    """Whether it is known that none of some parties settles any of some things, or stands above who does.

    Who is outside is below nobody inside, and alone says nothing: somebody inside may have a say for them.
    """
    told = False
    for subject in subjects:
        parties, known = settling(subject)
        if not known:
            return False
        for target, party in product(targets, parties):
            settles = may_settle(target, party)
            if settles or (settles is None and (not is_outside(party) or is_outside(target))):
                return False
            told = told or settles is False
    return told


def _circles(*parties: Declaration, most: int = 12) -> tuple[tuple[str, str, str], ...]:
    """The links of every line above the parties that comes back to itself, for such a circle explains what is missing.

    Links that lead on are not among them: two escalations with nothing in common but who stands above have two causes.
    """
    lines = [(party, *line_above(party)) for party in parties[:most]]
    circling = [line for line in lines if superior_of(line[-1]) in line]
    links = dict.fromkeys(each for line in circling for each in line[: most + 1])
    return tuple(atom for each in links for atom in atoms(each, "reports_to"))


@rule(
    WARNING,
    weakness=RIGIDITY,
    claims_absence=True,
    yields_to=(
        "escalation/to-self",
        "escalation/target-vacant",
        "escalation/ends-without-decider",
        "reference/cycle",
    ),
)
def adds_no_authority(_org: Org, escalation: Escalation) -> Iterator[Problem]:
    """Every further step of an escalation reaches somebody who can do more.

    A step that may settle nothing that an earlier one could not only costs its time. It adds something where it stands
    above an earlier step, or decides some part of what the escalation is for, an end of a hand-off among them, or
    stands above who does. The first step is not asked, nor are rotas and windows, which are there so that somebody
    answers, nor forums that vote. Where it is not known how two lines meet, or each stands above the other, nothing is
    said.

    Bad:

        roles:
          mill-manager: {}
          head-of-production: {reports_to: mill-manager}
          head-of-sales: {reports_to: mill-manager}
          shift-foreman: {reports_to: head-of-production}
        decision_rights:
          stop-the-machine: {question: Do we stop the paper machine?, decider: shift-foreman, record: machine-log}
        escalations:
          web-breaks:
            for: stop-the-machine
            steps:
              - {to: head-of-production, within: 1h}
              - {to: head-of-sales, within: 1h}   # expect: escalation/adds-no-authority
              - {to: mill-manager}

    Good:

        roles:
          mill-manager: {}
          head-of-production: {reports_to: mill-manager}
          shift-foreman: {reports_to: head-of-production}
        decision_rights:
          stop-the-machine: {question: Do we stop the paper machine?, decider: shift-foreman, record: machine-log}
        escalations:
          web-breaks:
            for: stop-the-machine
            steps:
              - {to: head-of-production, within: 1h}
              - {to: mill-manager}
    """
    earlier: list[Declaration] = []
    answering: list[Declaration] = []
    known = True
    for step in escalation.steps[:MOST_STEPS]:
        parties = parties_reached(step)
        if is_about_reaching(step):
            answering += (parties or ())[:MOST_STEPS]
            continue
        party = parties[0] if parties else None
        if party is None:
            known = False
        elif earlier and not votes_only(party):
            is_below = any(has_same_speaker(each, party) or _is_only_above(each, party) for each in earlier)
            if is_below or (known and not _may_add(escalation, party, [*earlier, *answering])):
                yield _adding_nothing(escalation, step, party, earlier)
        earlier += parties or ()


def _is_only_above(one: Declaration, other: Declaration) -> bool:
    """Whether a party stands above another that does not stand above it in turn, as people of two hats do."""
    return stands_above(one, other) and not stands_above(other, one)


def _adding_nothing(
    escalation: Escalation, step: EscalationStep, party: Declaration, earlier: Sequence[Declaration]
) -> Problem:
    return Problem(
        step.at("to"),
        f"`{party.id}` can settle nothing of `{escalation.id}` that no earlier step could",
        tip="take the step out, or go on to somebody above those who were asked",
        atoms=_circles(party, *earlier),
    )


def _may_add(escalation: Escalation, party: Declaration, earlier: Sequence[Declaration]) -> bool:
    """Whether a party that is below no earlier step may settle more than those do, as far as anybody can know."""
    if any(is_next_above(party, each) for each in earlier):
        return True
    subjects, known = taking(escalation)
    if not known or not subjects or len(subjects) > MOST_SUBJECTS:
        return True
    if any(may_settle(party, each) is not False for each in earlier):
        return True
    settled = [settling(subject) for subject in subjects]
    if not all(known for _, known in settled):
        return True
    return any(
        may_settle(party, each) is not False and not any(may_settle(one, each) for one in earlier)
        for parties, _ in settled
        for each in parties
    )
