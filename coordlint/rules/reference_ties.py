"""Names that lead back, to what has ended, or to something that says otherwise; and what nobody names."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.graph import loops
from coordlint.facts.holding import may_be_meant
from coordlint.facts.memory import keepless_around
from coordlint.facts.reasons import has_ended
from coordlint.facts.references import Use, in_order, uses_of
from coordlint.facts.sides import disagreements
from coordlint.facts.survey import survey
from coordlint.facts.terms import spelling, words_for
from coordlint.facts.texts import marked
from coordlint.facts.vacancy import last_key, place_of
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import ContextLine, DecisionRight, Escalation, Handoff, Record, Role, Term
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, CORRECTNESS, ERROR, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, counted, left_behind

# The relations in which nothing may lead back to itself.
ONE_WAY = ("part_of", "reports_to", "escalates_to", "replaced_by", "then", "depends_on", "delegated_from", "like")

# Of a circle of more than so many, the first are named and the others counted.
MOST_NAMED = 6

# Where something ended still does harm: it answers for, decides, is the venue of, stands above, or receives.
LIVE_FIELDS = frozenset(
    (
        *("owner", "chair", "lead", "accountable", "sponsor", "decider", "agrees"),
        *("forum", "decided_in", "reviewed_in", "through"),
        *("part_of", "reports_to", "escalates_to"),
        *("to", "accepted_by"),
    )
)

_SAME_CAUSE = (
    *("handoff/receiver-unaware", "decision/declared-twice", "forum/same-scope"),
    *("forum/never-meets", "meeting/no-memory"),
)
# What turns to a role. Without any of these, roles lead and chair, and what else they are for is not written down.
TURNING_TO_ROLES = (DecisionRight, Handoff, Escalation, ContextLine)

# What lacks a record may be what the record that nothing names is for.
_LACK_A_RECORD = ("meeting/holds-nothing", "meeting/no-output", "meeting/no-memory", "decision/no-record")


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION)
def cycle(org: Org) -> Iterator[Problem]:
    """What leads upward or onward does not come back to itself.

    A team that is part of itself, a superior who reports to those below, a hand-off that follows from its own end:
    whoever follows such a line never arrives.

    Bad:

        teams:
          platform:
            purpose: Build what every product team builds on.
            lead: ext/ada
            part_of: technology   # expect: reference/cycle
          technology:
            purpose: Make and run everything that customers use.
            lead: ext/ada
            part_of: platform

    Good:

        teams:
          platform:
            purpose: Build what every product team builds on.
            lead: ext/ada
            part_of: technology
          technology:
            purpose: Make and run everything that customers use.
            lead: ext/ada
    """
    for field in ONE_WAY:
        speakers = survey(org).saying.get(field, ())
        if not speakers:
            continue
        leads_to = {each: list(org.each(each.refs(field))) for each in speakers}
        leads_to = {each: [target for target in targets if target in leads_to] for each, targets in leads_to.items()}
        for way in loops(leads_to):
            yield _loop(field, way)


def _loop(field: str, way: list[Declaration]) -> Problem:
    shown = [f"`{each.id}`" for each in way]
    if len(shown) > MOST_NAMED:
        shown = [*shown[:3], f"… and {len(shown) - 3} more …"]
    words = " → ".join([*shown, f"`{way[0].id}`"])
    others = [Related(each.at(field, on_key=True), "and on from here") for each in way[1:4]]
    return Problem(
        way[0].at(field, way[1 % len(way)]),
        f"`{field}` leads in a circle: {words}",
        related=tuple(others),
        tip="take one of the links away, where the line should end",
        atoms=tuple((each.collection, each.id, field) for each in way),
    )


@rule(
    ERROR,
    preset=CORRECTNESS,
    weakness=ACCRETION,
    yields_to=("ownership/owner-left", "lifecycle/outlived-its-reason", "initiative/depends-on-ended"),
)
def ended(org: Org) -> Iterator[Problem]:
    """What is in force leans on nothing that has ended.

    A route that leads to what has ended is followed until somebody notices that nobody is there. What ended, or was
    replaced, may be named for a fortnight after its last day. It is said once for each, at the first place.

    Bad:

        forums:
          pricing-council:
            charter: Keeps one price list for all regions.
            chair: cfo
            decider: cfo
            deputy: ext/sam
            status: ended
        decision_rights:
          list-prices:
            question: What does a product cost?
            decider: cfo
            decided_in: pricing-council   # expect: reference/ended

    Good:

        forums:
          pricing-council:
            charter: Keeps one price list for all regions.
            chair: cfo
            decider: cfo
            deputy: ext/sam
            because: One product had three prices.
            review_every: year
        decision_rights:
          list-prices:
            question: What does a product cost?
            decider: cfo
            decided_in: pricing-council
    """
    saying = survey(org).saying
    over = dict.fromkeys([*saying.get("status", ()), *saying.get("replaced_by", ())])
    for gone in filter(has_ended, over):
        leaning = in_order([use for use in uses_of(org, gone) if use.user is not gone and _leans(org, use)])
        if leaning:
            yield _leans_on_ended(org, gone, leaning)


def _leans(org: Org, use: Use) -> bool:
    return org.is_active(use.user) and not use.user.refused and last_key(use) in LIVE_FIELDS


def _leans_on_ended(org: Org, gone: Declaration, leaning: list[Use]) -> Problem:
    heir = next(org.each(gone.refs("replaced_by")), None)
    fate = f"was replaced by `{heir.id}`" if heir else "has ended"
    first, *others = dict.fromkeys(place_of(use) for use in leaning)
    more = f", as {counted(len(others), 'other place does', 'other places do')}" if others else ""
    return Problem(
        first,
        f"{leaning[0].user.label} names {gone.label}, which {fate}{more}",
        related=(
            Related(gone.at("replaced_by" if heir else "status", on_key=True), "said here"),
            *(Related(place, "and here") for place in others[:3]),
        ),
        tip=f"name `{heir.id}`" if heir else "name what took its place, or end what leans on it",
        atoms=(*atoms(gone, "status"), *left_behind(gone)),
    )


@rule(WARNING, weakness=CONTRADICTION, yields_to=_SAME_CAUSE)
def one_sided(org: Org) -> Iterator[Problem]:
    """Two sides that speak of one thing say the same.

    A forum lists what it decides, and a decision right names where it is decided; a record lists who reads it, and a
    meeting what it takes in. A list that is there claims to be complete, so where both sides speak, each must know of
    the other. A side that says nothing claims nothing. A forum that lists what is decided in a meeting of no forum, and
    never meets itself, is told that it never meets: the meeting may be its own.

    Bad:

        forums:
          deal-desk:
            charter: Decides every deal that needs an exception from the price list.
            chair: head-of-sales
            deputy: ext/sam
            decides: [payment-terms]
        decision_rights:
          discount:
            question: May we give this discount?
            decider: head-of-sales
            decided_in: deal-desk   # expect: reference/one-sided
          payment-terms:
            question: May this customer pay later?
            decider: head-of-sales

    Good:

        forums:
          deal-desk:
            charter: Decides every deal that needs an exception from the price list.
            chair: head-of-sales
            deputy: ext/sam
            decides: [payment-terms, discount]
        decision_rights:
          discount:
            question: May we give this discount?
            decider: head-of-sales
            decided_in: deal-desk
          payment-terms:
            question: May this customer pay later?
            decider: head-of-sales
    """
    for each in disagreements(org):
        yield Problem(
            each.claimed_at,
            each.claim,
            related=(Related(each.denied_at, each.denial),),
            tip=f"let both sides say the same: change one of them, or take `{each.field}` away there",
            # A meeting also takes in what it keeps as its record.
            atoms=(
                *(atom for denier in each.deniers for atom in atoms(denier, each.field)),
                *(atom for denier in each.deniers if each.field == "inputs" for atom in atoms(denier, "record")),
                *(atoms(each.homeless, "") if each.homeless is not None else ()),
            ),
            edits=(each.mended,) if each.mended is not None else (),
        )


@rule(INFO, preset=STRICT, weakness=ACCRETION, claims_absence=True, yields_to=_LACK_A_RECORD)
def orphan(org: Org) -> Iterator[Problem]:
    """What is declared is used somewhere.

    A record that nobody names, a term that no text uses, a role that nothing turns to, an escalation that leads from
    nothing: either the use is not written down yet, or it is gone. While a name leads nowhere that may mean it, nothing
    is said; nor of roles while there is no decision right, hand-off, escalation or context line that could turn to one.

    Bad:

        records:
          forecast:   # expect: reference/orphan
            keeps: What we expect to sell in each of the next four quarters.
            owner: ext/finance

    Good:

        records:
          forecast:
            keeps: What we expect to sell in each of the next four quarters.
            owner: ext/finance
        meetings:
          planning:
            purpose: Set what is built in the next quarter.
            chair: ext/finance
            inputs: [forecast]
            outputs: The plan of the quarter
            cadence: {every: quarter, month: 1, day: first mon, at: "09:00"}
    """
    used = {spelling(word) for text in _marked_texts(org) for word in marked(text)} if org.all(Term) else set()
    kinds = (Record, Term, Escalation, *([Role] if any(map(org.all, TURNING_TO_ROLES)) else []))
    for kind in kinds:
        for declaration in org.active(kind):
            if uses_of(org, declaration) or (isinstance(declaration, Escalation) and declaration.says("for")):
                continue
            if may_be_meant(declaration) or (isinstance(declaration, Term) and _is_used(declaration, used)):
                continue
            waiting = keepless_around(declaration) if isinstance(declaration, Record) else []
            yield Problem(
                declaration.at(on_key=True),
                f"nothing names {declaration.label}",
                tip="use it, or end it",
                atoms=tuple(atom for each in waiting for atom in atoms(each, "record")),
            )


def _marked_texts(org: Org) -> Iterator[str]:
    """Every text that marks a term, as it was written, at any depth."""
    for declaration in org.all(Declaration):
        pending: list[object] = list(declaration.data.values())
        while pending:
            value = pending.pop()
            if isinstance(value, (dict, list)):
                pending += value.values() if isinstance(value, dict) else value
            elif isinstance(value, str) and "{{" in value:
                yield value


def _is_used(term: Term, used: set[str]) -> bool:
    return term.says("used_by") or not used.isdisjoint(words_for(term))
