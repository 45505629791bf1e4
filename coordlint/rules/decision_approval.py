"""How heavily a call is made: how many are asked, who may stop it, and how far up it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordlint.facts.asking import asked, leads_asked
from coordlint.facts.authority import is_one, levels_between
from coordlint.facts.rights import vetoes
from coordlint.facts.superiors import stands_above
from coordlint.facts.venues import Call, calls
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import DecisionRight, Forum
from coordlint.model.org import Org
from coordlint.rule import INFO, LATENCY, RIGIDITY, STRICT, rule
from coordlint.rules.wording import atoms, names

# So many calls, and so many who carry out a right, are compared with each other.
MOST = 100


@rule(INFO, preset=STRICT, weakness=RIGIDITY, claims_absence=True)
def everyone_consulted(_org: Org, right: DecisionRight, *, max: int = 12, leads: int = 5) -> Iterator[Problem]:  # noqa: A002
    """Those are asked whose answer could change the call.

    Who is asked without need answers late, or stops answering, and the call is made by whoever had the most patience.
    Counted are the parties under `consulted` and `informed` of one call, each once, with those of every `also` that
    surely meets it. It also speaks where nobody was left out: where the lead of every team is among them, or decides.

    `max` is the largest number of parties that is fine; `leads` is the number of leads from which asking all of them is
    told.

    Bad:

        teams:
          tram: {lead: head-of-tram}
          bus: {lead: head-of-bus}
          ferry: {lead: head-of-ferry}
          workshops: {lead: head-of-workshops}
          ticketing: {lead: head-of-ticketing}
          press: {lead: head-of-press}
        decision_rights:
          timetable:
            question: Which timetable do we run from December?
            decider: head-of-tram
            consulted: [head-of-bus, head-of-ferry, workshops, ticketing]   # expect: decision/everyone-consulted
            informed: head-of-press
            record: timetable-book

    Good:

        teams:
          tram: {lead: head-of-tram}
          bus: {lead: head-of-bus}
          ferry: {lead: head-of-ferry}
          workshops: {lead: head-of-workshops}
          ticketing: {lead: head-of-ticketing}
          press: {lead: head-of-press}
        decision_rights:
          timetable:
            question: Which timetable do we run from December?
            decider: head-of-tram
            consulted: [head-of-bus, head-of-ferry]
            informed: head-of-press
            record: timetable-book
    """
    for call in calls(right) if _asks(right) else ():
        parties, parts = asked(call)
        of_leads = leads_asked(call, leads) if parties else 0
        if len(parties) > max or of_leads:
            where, *others = parts
            whom = f"{len(parties)} parties" if len(parties) > max else f"the leads of all {of_leads} teams"
            yield Problem(
                where,
                f"{whom} are asked about `{right.id}`, or told",
                related=tuple(Related(other, "and these") for other in others[:3]),
                tip="ask those whose answer could change it; the others may read where it is kept",
            )
            break


def _asks(right: DecisionRight) -> bool:
    return any(field in right.data for field in ("consulted", "informed", "cases", "otherwise", "also"))


@rule(INFO, preset=STRICT, weakness=RIGIDITY)
def veto_from_below(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """Who may stop a call does not report to who makes it.

    A no to one's own superior is seldom said, and can be overruled, so it protects nobody while everybody relies on it.
    Ask them under `consulted`, or let somebody stop it who stands elsewhere. A role that says what it is
    `independent_of` watches over others, and its no is meant to stand. What `also` adds is a second look at the matter,
    whoever decides, and is not asked.

    Bad:

        roles:
          head-of-works: {}
          structural-engineer: {reports_to: head-of-works}
        decision_rights:
          remove-props:
            question: Do the props below this slab come out?
            decider: head-of-works
            agrees: structural-engineer   # expect: decision/veto-from-below
            record: site-diary

    Good:

        roles:
          head-of-works: {}
          structural-engineer: {reports_to: head-of-works}
        decision_rights:
          remove-props:
            question: Do the props below this slab come out?
            decider: head-of-works
            agrees: ext/inspector-of-works
            consulted: structural-engineer
            record: site-diary
    """
    told: set[Declaration] = set()
    for call in calls(right) if _may_be_stopped(right) else ():
        deciders = list(right.org.each(call.refs("decider")))
        part = call.speaker("agrees")
        for party in right.org.each(part.refs("agrees")) if len(deciders) == 1 else ():
            if party not in told and _is_below(party, deciders[0]):
                told.add(party)
                yield Problem(
                    part.at("agrees", party),
                    f"`{party.id}` may stop `{right.id}`, and reports to `{deciders[0].id}`, who decides it",
                    tip="ask them under `consulted`, or say what the role is `independent_of`",
                    atoms=atoms(right, "decider"),
                )


def _may_be_stopped(right: DecisionRight) -> bool:
    return any(field in right.data for field in ("agrees", "cases", "otherwise"))


def _is_below(party: Declaration, decider: Declaration) -> bool:
    if party.says("independent_of") or is_one(party, decider):
        return False
    return stands_above(decider, party) and not stands_above(party, decider)


@rule(INFO, preset=STRICT, weakness=LATENCY)
def far_from_the_work(_org: Org, right: DecisionRight, *, levels: int = 3) -> Iterator[Problem]:
    """What can be taken back is decided near those who carry it out.

    Each level up takes a day to climb and knows less of the work. A call that is cheap to undo can be made by somebody
    who sees what comes of it. It speaks where every call of a right is made so many levels above everybody who performs
    it; a team is counted from its lead. Where a line is not known, nothing is said.

    `levels` is the number of levels from which it is told: one is whom they report to.

    Bad:

        roles:
          head-of-museums: {}
          director: {reports_to: head-of-museums}
          head-of-exhibitions: {reports_to: director}
          installer: {reports_to: head-of-exhibitions}
        decision_rights:
          wall-colour:
            question: In which colour is this room painted?
            decider: head-of-museums   # expect: decision/far-from-the-work
            performs: installer
            reversible: true
            record: room-book

    Good:

        roles:
          head-of-museums: {}
          director: {reports_to: head-of-museums}
          head-of-exhibitions: {reports_to: director}
          installer: {reports_to: head-of-exhibitions}
        decision_rights:
          wall-colour:
            question: In which colour is this room painted?
            decider: head-of-exhibitions
            performs: installer
            reversible: true
            record: room-book
    """
    if "performs" not in right.data or not right.reversible:
        return
    performers = list(right.org.each(right.performs))
    if not 0 < len(performers) == len(right.performs) <= MOST:
        return
    first, *others = calls(right)[:MOST]
    nearest = _levels_up(first, performers)
    if nearest >= levels and all(_levels_up(call, performers) >= levels for call in others):
        yield Problem(
            first.speaker("decider").at("decider"),
            f"`{right.id}` can be taken back, and is decided {nearest} levels above who carries it out",
            related=(Related(right.at("performs"), "who carries it out"),),
            tip="let somebody nearer decide, and tell who decides now: `informed: …`",
            atoms=atoms(right, "decider"),
        )


def _levels_up(call: Call, performers: Sequence[Declaration]) -> int:
    """How many levels a call is made above the nearest of those who carry it out; 0 where that is not known."""
    refs = call.refs("decider")
    decider = call.right.org.find(refs[0]) if len(refs) == 1 else None
    if decider is None:
        return 0
    found = [levels_between(decider, performer) for performer in performers]
    known = [levels for levels in found if levels is not None]
    return min(known) if len(known) == len(found) else 0


@rule(INFO, preset=STRICT, weakness=RIGIDITY)
def approval_on_reversible(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """What can be taken back needs nobody's approval.

    Where a wrong call costs little to undo, the wait for others costs more than their no would save. One decides, and
    tells. Asked are rights with `reversible: true`: whether somebody must agree, or a forum decides as a body. To be
    decided in a meeting is no approval.

    Bad:

        decision_rights:
          shop-window:
            question: What stands in the window this month?
            decider: shop-manager
            agrees: [brand-manager, area-manager]   # expect: decision/approval-on-reversible
            reversible: true
            record: window-book

    Good:

        decision_rights:
          shop-window:
            question: What stands in the window this month?
            decider: shop-manager
            informed: [brand-manager, area-manager]
            reversible: true
            record: window-book
    """
    if not right.reversible:
        return
    for call in calls(right):
        stopping = vetoes(call)[1]
        bodies = [each for each in right.org.each(call.refs("decider")) if isinstance(each, Forum)]
        if stopping or bodies:
            where: Node = stopping[0] if stopping else call.speaker("decider")
            must = "others must agree to" if stopping else f"{names(bodies)} decides as a body on"
            yield Problem(
                where.at("agrees" if stopping else "decider"),
                f"`{right.id}` can be taken back, and {must} it",
                tip="let one decide, and tell the others: `informed: …`",
                atoms=atoms(right, "decider"),
            )
            break
