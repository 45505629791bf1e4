"""What was set up once, and has not been loosened since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coordlint.facts.collaborations import collaborations
from coordlint.facts.purposes import left_behind
from coordlint.facts.stacks import stacks
from coordlint.finding import Problem, Related
from coordlint.model.org import Org
from coordlint.rule import INFO, RIGIDITY, WARNING, rule
from coordlint.rules.wording import atoms, names


@rule(WARNING, weakness=RIGIDITY)
def collaboration_without_end(org: Org, *, months: int = 6) -> Iterator[Problem]:
    """Teams that work side by side know until when.

    Collaboration is how two teams find out where the line between them should run. It costs both of them most of their
    attention, so it ends: in a service, in one team, or in nothing. One that has gone on for more than six months
    without `until` is how things are now, and nobody decided it. It counts from the tie's own `since`, else from that
    of the younger team; where neither says, nothing is said. It is told once for two teams, and one `until` is enough.

    Bad:

        teams:
          trams:
            lead: ext/ada
            works_with:
              - {team: signals, mode: collaboration, since: 2025-03-01}   # expect: rigidity/collaboration-without-end

    Good:

        teams:
          trams:
            lead: ext/ada
            works_with:
              - {team: signals, mode: collaboration, since: 2025-03-01, until: 2026-09-30}
    """
    for each in collaborations(org):
        if not each.ends and each.began is not None and _months_between(each.began, org.as_of) >= months:
            back = each.back
            yield Problem(
                each.tie.at("mode"),
                f"{each.team.label} has worked side by side with `{each.other.id}` since {each.began}, and has no end "
                "for it",
                related=(Related(back.at("mode"), "as the other team says too"),) if back is not None else (),
                tip="say until when, or make it a service of one to the other: `mode: service`",
            )


def _months_between(first: date, last: date) -> int:
    """How many whole months have passed."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


@rule(INFO, weakness=RIGIDITY, yields_to=("escalation/to-self",))
def forum_stack(org: Org, *, forums: int = 3, percent: float = 60) -> Iterator[Problem]:
    """Forums that follow one another on a way up are different people.

    Where three forums in one path have mostly the same members, what the first cannot settle waits twice more for the
    same heads to say the same. A path is what `escalates_to` says, or the steps of an escalation. Two forums share so
    many people where more than 60 percent of the larger one sit in the other too; forums of fewer than three people,
    and those of which nobody lists the members, are not looked at.

    Bad:

        forums:
          harbour-desk:
            charter: Settles who moors where.
            chair: ext/ada
            deputy: ext/ben
            members: [master, pilot, crane-lead]
            escalates_to: harbour-board   # expect: rigidity/forum-stack
          harbour-board:
            charter: Settles what the desk could not.
            chair: ext/ada
            deputy: ext/ben
            members: [master, pilot, crane-lead]
            escalates_to: harbour-council
          harbour-council:
            charter: Settles what the board could not.
            chair: ext/ada
            deputy: ext/ben
            members: [master, pilot, crane-lead, treasurer]

    Good:

        forums:
          harbour-desk:
            charter: Settles who moors where.
            chair: ext/ada
            deputy: ext/ben
            members: [master, pilot, crane-lead]
            escalates_to: harbour-council
          harbour-council:
            charter: Settles what the desk could not.
            chair: ext/ada
            deputy: ext/ben
            members: [master, pilot, crane-lead, treasurer]
    """
    for stack in stacks(org, max(forums, 2), percent):
        first, *others = stack
        says_so = first.says("escalates_to")
        yield Problem(
            first.at("escalates_to") if says_so else first.at(on_key=True),
            f"forums {names(stack)} follow one another with mostly the same people",
            related=tuple(Related(forum.at(on_key=True), "mostly the same people again") for forum in others[:3]),
            tip="let one of them decide, or lead from the first to somebody who sits in none of them",
            atoms=tuple(atom for forum in stack for atom in atoms(forum, "escalates_to")),
        )


@rule(INFO, weakness=RIGIDITY, claims_absence=True, yields_to=("lifecycle/outlived-its-reason",))
def only_one_use(org: Org) -> Iterator[Problem]:
    """What was set up for one initiative goes when the initiative does.

    A forum, meeting or escalation that served one initiative, which has ended, and that nothing else uses, is still in
    everybody's calendar and on everybody's map. Whatever else names it is a use, and so is what it decides, reviews or
    puts out besides the plans of that initiative, a team that it belongs to, and a team that a forum is for besides
    those of the initiative. The meetings of a forum are a part of it. Ended means: by its status, replaced, or past its
    `until`, for more than a fortnight.

    Bad:

        initiatives:
          new-quay:
            accountable: ext/ada
            done_when: The first ship is unloaded there.
            due: 2026-02-28
            forum: quay-council
            status: ended
            until: 2026-03-31
        forums:
          quay-council:   # expect: rigidity/only-one-use
            charter: Settles what gives way while the quay is built.
            chair: ext/ada
            deputy: ext/ben
        meetings:
          quay-weekly: {forum: quay-council, cadence: {every: week, day: mon}}

    Good:

        initiatives:
          new-quay:
            accountable: ext/ada
            done_when: The first ship is unloaded there.
            due: 2026-02-28
            forum: quay-council
            status: ended
            until: 2026-03-31
        forums:
          quay-council:
            charter: Settled what gave way while the quay was built.
            chair: ext/ada
            deputy: ext/ben
            status: ended
    """
    for structure, initiative in left_behind(org):
        yield Problem(
            structure.at(on_key=True),
            f"{structure.label} was there for {initiative.label}, which is over, and for nothing else",
            related=(Related(initiative.at(on_key=True), "what it was there for"),),
            tip="end it too, or say what it is for now",
            atoms=atoms(structure, "only_while"),
        )
