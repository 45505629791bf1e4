"""How much comes together in one person or role."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.load import decided_alone, hats
from coordlint.facts.parties import has_left
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum
from coordlint.model.org import Org
from coordlint.rule import OVERLOAD, WARNING, rule
from coordlint.rules.wording import atoms, counted, names


@rule(WARNING, weakness=OVERLOAD)
def too_many_hats(org: Org, *, max: int = 4) -> Iterator[Problem]:  # noqa: A002
    """Nobody wears more hats than they can look after.

    A person who holds many roles does the loudest of them, and the others are held by nobody, though the organisation
    chart is full. Counted are the active roles that name a person as holder and the forums that the person chairs. A
    role that chairs one forum is one hat together with it; each further forum that it chairs is one more. Roles that
    only watch over something (`independent_of`) are one hat together: whoever is on a board of overseers is often the
    one who looks after several. To stand in as a deputy is no hat.

    `max` is the largest number of hats that is fine.

    Bad:

        people:
          rosa-lind: {}   # expect: load/too-many-hats
        roles:
          head-of-kitchens: {held_by: rosa-lind}
          allergen-officer: {held_by: rosa-lind}
          purchasing-lead: {held_by: rosa-lind}
          fire-warden: {held_by: rosa-lind}
          works-council-chair: {held_by: rosa-lind}

    Good:

        people:
          rosa-lind: {}
        roles:
          head-of-kitchens: {held_by: rosa-lind}
          allergen-officer: {held_by: rosa-lind}
          purchasing-lead: {held_by: ext/caterer}
          fire-warden: {held_by: rosa-lind}
          works-council-chair: {held_by: ext/cook}
    """
    for person, worn in hats(org).items():
        watching = sum(hat.says("independent_of") for hat in worn)
        if len(worn) - watching + bool(watching) > max and org.is_active(person) and not has_left(person):
            chaired = sum(isinstance(hat, Forum) for hat in worn)
            roles = counted(len(worn) - chaired, "role")
            also = (
                f" and chairs {counted(chaired, 'more forum' if chaired < len(worn) else 'forum')}" if chaired else ""
            )
            yield Problem(
                person.at(on_key=True),
                f"`{person.id}` holds {roles}{also}: {names(worn)}",
                related=tuple(Related(hat.at(on_key=True), "one of them") for hat in worn[:3]),
                tip="let somebody else hold some of them",
                atoms=atoms(person, "roles_per_person", "forums_led_per_person"),
            )


@rule(WARNING, weakness=OVERLOAD)
def one_decider_for_too_much(
    org: Org,
    *,
    max: int = 12,  # noqa: A002
    percent: int = 30,
    least: int = 5,
) -> Iterator[Problem]:
    """Decisions are spread over those who are near to them.

    Where one role decides very much, every call waits for one calendar, and whoever does the work learns to ask instead
    of to judge. Counted are the active decision rights of which a role or person decides any call; what a forum decides
    counts for its decider. A role that several hold shares the load, and is not asked; a person and the roles that they
    alone hold are one.

    `max` is the largest number of rights that is fine; from `least` on, so is no more than `percent` of all rights.

    Bad:

        roles:
          owner: {held_by: ext/otto}   # expect: load/one-decider-for-too-much
        decision_rights:
          new-dish: {question: Does this dish go on the menu?, decider: owner}
          new-supplier: {question: Do we buy from this farm?, decider: owner}
          new-cook: {question: Do we hire this cook?, decider: owner}
          day-off: {question: May I have this day off?, decider: owner}
          broken-plate: {question: Do we replace this plate?, decider: owner}

    Good:

        roles:
          owner: {held_by: ext/otto}
        decision_rights:
          new-dish: {question: Does this dish go on the menu?, decider: head-cook}
          new-supplier: {question: Do we buy from this farm?, decider: head-cook}
          new-cook: {question: Do we hire this cook?, decider: owner}
          day-off: {question: May I have this day off?, decider: shift-lead}
          broken-plate: {question: Do we replace this plate?, decider: shift-lead}
    """
    total = len(org.active(DecisionRight))
    too_large_a_share = total * percent // 100 + 1
    too_many = min(max + 1, least if least > too_large_a_share else too_large_a_share)
    for deciders, rights in decided_alone(org, too_many):
        yield _decides_too_much(deciders, rights, total)


def _decides_too_much(deciders: list[Declaration], rights: list[DecisionRight], total: int) -> Problem:
    """Told at the role or person by whose name all of it is decided, else at the person whose names these are."""
    decider, *others = deciders
    whose = f", with those of {names(others)}" if others else ""
    return Problem(
        decider.at(on_key=True),
        f"{decider.label} decides {len(rights)} of {counted(total, 'decision right')}{whose}: {names(rights)}",
        related=tuple(Related(right.at(on_key=True), "one of them") for right in rights[:3]),
        tip="let whoever is nearer to the work decide some of them",
        atoms=tuple(atom for each in deciders for atom in atoms(each, "decision_rights_per_role")),
    )
