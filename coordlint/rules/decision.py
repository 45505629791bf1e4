"""Who makes each call, where, with whom, and what stays of it."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.holding import may_be_meant
from coordlint.facts.informed import is_named, learns, reports_to_decider
from coordlint.facts.memory import is_kept, keeps_record
from coordlint.facts.rights import are_related, asked_twice, can_be_escalated, vetoes
from coordlint.facts.venues import calls, has_venue, listing, meets_at_all, said_of_calls
from coordlint.finding import Problem, Related
from coordlint.model.kinds import DecisionRight
from coordlint.model.org import Org
from coordlint.rule import (
    CONTRADICTION,
    CORRECTNESS,
    ERROR,
    GAP,
    INFO,
    LATENCY,
    RIGIDITY,
    STRICT,
    WARNING,
    rule,
)
from coordlint.rules.wording import atoms, listed, names


@rule(ERROR, preset=CORRECTNESS, weakness=GAP, once_a_kind=("decider", "nobody decides any of these {count} rights"))
def no_decider(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """Every call has somebody who makes it.

    A call that nobody was given is made by whoever is loudest, or not at all. Each case of a right needs a decider of
    its own or the right's; `{relative: "the requester's manager"}` is one too.

    Bad:

        decision_rights:
          overtime:   # expect: decision/no-decider
            question: May this shift work overtime?
            decided_in: morning-round
          night-shift:
            question: Do we add a night shift?
            inputs: {weeks: {integer: 1 to 52}}
            cases:
              - {when: {weeks: up to 2}, decider: shift-lead}
              - {when: {weeks: over 2}, decided_in: plant-board}   # expect: decision/no-decider

    Good:

        decision_rights:
          overtime:
            question: May this shift work overtime?
            decider: shift-lead
            decided_in: morning-round
          night-shift:
            question: Do we add a night shift?
            inputs: {weeks: {integer: 1 to 52}}
            cases:
              - {when: {weeks: up to 2}, decider: shift-lead}
              - {when: {weeks: over 2}, decider: plant-manager, decided_in: plant-board}
    """
    if right.data.get("decider") or all(said_of_calls(right, "decider")):
        return
    open_calls = [call for call in calls(right) if not call.has_decider]
    if not open_calls:
        return
    whole = len(open_calls) == len(calls(right))
    first, *others = [right] if whole else [call.part for call in open_calls]
    yield Problem(
        first.at("decider"),
        f"nobody decides `{right.id}`{'' if whole else ' in this case'}",
        related=tuple(Related(part.at("decider"), "nor in this one") for part in others[:3]),
        tip="name the role, person or forum that makes this call: `decider: …`",
        atoms=atoms(right, "decider"),
    )


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION)
def two_deciders(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """Every call has one decider.

    Where two are named, each waits for the other, or each decides. Let one decide; the other may have to agree
    (`agrees`), be asked (`consulted`), or be told (`informed`). Two who always decide together are a forum.

    Bad:

        decision_rights:
          list-price:
            question: At what price do we list a book?
            decider: [publisher, head-of-sales]   # expect: decision/two-deciders
            decided_in: title-meeting

    Good:

        decision_rights:
          list-price:
            question: At what price do we list a book?
            decider: publisher
            agrees: head-of-sales
            decided_in: title-meeting
    """
    data = right.data
    if data.get("decider").__class__ is not list and (
        ("cases" not in data and "otherwise" not in data) or list not in map(type, said_of_calls(right, "decider"))
    ):
        return
    parts = dict.fromkeys((right, *(call.part for call in calls(right))))
    for part in [part for part in parts if isinstance(part.data.get("decider"), list)]:
        deciders = list(dict.fromkeys(part.refs("decider")))
        if len(deciders) > 1:
            second = part.refs("decider").index(deciders[1])
            count = "two" if len(deciders) == 2 else str(len(deciders))
            yield Problem(
                part.at("decider", second),
                f"{right.label} has {count} deciders{'' if part is right else ' in this case'}",
                related=(Related(part.at("decider", 0), "the other is named here"),),
                about=part.at("decider").route,
                tip="let one decide, and name the others under `agrees`, `consulted` or `informed`",
                atoms=atoms(right, "decider"),
            )


@rule(ERROR, weakness=CONTRADICTION, yields_to=("reference/duplicate-id",))
def declared_twice(org: Org) -> Iterator[Problem]:
    """One question is declared as one decision right.

    Two rights that ask the same are one call that is made twice, by different people or in different rooms. Case,
    punctuation, plurals and articles make no difference. A right that is `delegated_from` the other, two that are
    delegated from the same, and one that is `replaced_by` the other are in order. However many ask, it is said once.

    Bad:

        decision_rights:
          counter-refund:
            question: Does the customer get the money back?
            decider: store-manager
          online-refund:
            question: "Does a customer get the money back?"   # expect: decision/declared-twice
            decider: head-of-service

    Good:

        decision_rights:
          counter-refund:
            question: Does the customer get the money back?
            decider: store-manager
          online-refund:
            question: "Does a customer of the web shop get the money back?"
            decider: head-of-service
            delegated_from: counter-refund
    """
    for rights in asked_twice(org):
        first, *others = rights
        second = next(right for right in others if not are_related(first, right))
        yield Problem(
            second.at("question"),
            f"{names(rights)} ask the same question",
            related=tuple(Related(each.at("question"), "asked here too") for each in rights[:4] if each is not second),
            tip="make them one right, with `cases` where the answer depends on something",
            atoms=tuple(atom for each in rights for atom in atoms(each, "question")),
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("decided_in", "none of the {count} decision rights says where it is decided"),
)
def no_venue(org: Org, right: DecisionRight) -> Iterator[Problem]:
    """Every call has a place where it is made.

    Who wants a decision must know where to take it: to a meeting or forum (`decided_in`), or to the decider at any time
    (`asynchronous: true`). A meeting or forum that lists the right under `decides` is such a place, and a forum that
    decides is its own. Where one role or person decides what can be taken back, it is only worth a remark. Nothing is
    said while the organisation declares neither meetings nor forums.

    Bad:

        meetings:
          site-meeting: {chair: foreman, decides: [crane-slots], record: site-diary, cadence: {every: day, at: "06:45"}}
        decision_rights:
          crane-slots: {question: Who gets the crane when?, decider: site-manager}
          change-order:   # expect: decision/no-venue
            question: Do we accept this change to the contract?
            decider: contracts-manager
            record: change-log

    Good:

        meetings:
          site-meeting: {chair: foreman, decides: [crane-slots], record: site-diary, cadence: {every: day, at: "06:45"}}
        decision_rights:
          crane-slots: {question: Who gets the crane when?, decider: site-manager}
          change-order:
            question: Do we accept this change to the contract?
            decider: contracts-manager
            asynchronous: true
            record: change-log
    """
    if right.data.get("decided_in") or right.data.get("asynchronous"):
        return
    decided_in, asynchronous = said_of_calls(right, "decided_in"), said_of_calls(right, "asynchronous")
    if all(map(any, zip(decided_in, asynchronous, strict=True))):
        return
    homeless = [call for call in calls(right) if not has_venue(call)]
    if not homeless or listing(right) or not meets_at_all(org) or may_be_meant(right):
        return
    whole = len(homeless) == len(calls(right))
    where = right if whole else homeless[0].part
    yield Problem(
        where.at("decided_in"),
        f"`{right.id}` is decided nowhere{'' if whole else ' in this case'}: neither in a meeting nor asynchronously",
        tip="name the meeting or forum, `decided_in: …`, or write `asynchronous: true`",
        severity=INFO if right.reversible else None,
    )


@rule(INFO, preset=STRICT, weakness=LATENCY)
def no_time_limit(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """A call that cannot be taken back, or can be escalated, has a time limit.

    Without `time_limit` nobody can say that a decision is late, so nothing is ever escalated in time. Asked are rights
    with `reversible: false`, and those with an escalation.

    Bad:

        decision_rights:
          product-recall:   # expect: decision/no-time-limit
            question: Do we recall this batch?
            decider: head-of-quality
            reversible: false
            record: recall-log

    Good:

        decision_rights:
          product-recall:
            question: Do we recall this batch?
            decider: head-of-quality
            reversible: false
            time_limit: 8h
            record: recall-log
    """
    if "time_limit" in right.data:
        return
    if right.data.get("reversible") is not False and not can_be_escalated(right):
        return
    endless = [call for call in calls(right) if not call.says("time_limit")]
    if endless:
        whole = len(endless) == len(calls(right))
        why = "cannot be taken back" if right.data.get("reversible") is False else "can be escalated"
        yield Problem(
            (right if whole else endless[0].part).at("time_limit"),
            f"`{right.id}` {why}, and has no time limit{'' if whole else ' in this case'}",
            tip="say how long it may take from the asking: `time_limit: 5d`",
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("record", "none of the {count} decision rights is kept anywhere once it was used"),
    yields_to=("meeting/no-memory",),
)
def no_record(_org: Org, right: DecisionRight) -> Iterator[Problem]:
    """What was decided is kept somewhere.

    A decision that nobody can look up is made again. A `record` of the right, of each of its cases, or of the meeting
    or forum where the call is made will do. Where the call can be taken back, it is only worth a remark.

    Bad:

        decision_rights:
          exhibition-loan:   # expect: decision/no-record
            question: Do we lend this painting to another museum?
            decider: head-curator

    Good:

        decision_rights:
          exhibition-loan:
            question: Do we lend this painting to another museum?
            decider: head-curator
            record: loan-register
    """
    if "record" in right.data or keeps_record(right):
        return
    lost = [call for call in calls(right) if not call.says("record") and not is_kept(call)]
    if lost and not may_be_meant(right):
        whole = len(lost) == len(calls(right))
        yield Problem(
            (right if whole else lost[0].part).at("record"),
            f"nothing keeps what was decided on `{right.id}`{'' if whole else ' in this case'}",
            tip="name the log or page that does: `record: …`, here or where it is decided",
            atoms=atoms(right, "record"),
            severity=INFO if right.reversible else None,
        )


@rule(WARNING, weakness=RIGIDITY)
def too_many_vetoes(_org: Org, right: DecisionRight, *, max: int = 2) -> Iterator[Problem]:  # noqa: A002
    """Few have to agree before a call can be made.

    Whoever stands under `agrees` can stop it; with more than two the call is made by whoever says no longest. Counted
    are those of one call: of the right or its case, and of every `also` that surely meets it, on other inputs or on
    the same condition.

    `max` is the largest number of parties that is fine.

    Bad:

        decision_rights:
          new-supplier:
            question: Do we buy from this supplier?
            decider: head-of-purchasing
            agrees: [legal, quality, finance-director]   # expect: decision/too-many-vetoes
            record: supplier-list

    Good:

        decision_rights:
          new-supplier:
            question: Do we buy from this supplier?
            decider: head-of-purchasing
            agrees: [quality, finance-director]
            consulted: [legal]
            record: supplier-list
    """
    if "agrees" not in right.data and "cases" not in right.data and "also" not in right.data:
        return
    if "also" not in right.data and not any(said_of_calls(right, "agrees")):
        return
    for call in calls(right):
        named, parts = vetoes(call)
        if len(named) > max:
            where, *others = parts
            yield Problem(
                where.at("agrees"),
                f"{listed([f'`{veto}`' for veto in named], 5)} must all agree before `{right.id}` is decided",
                related=tuple(Related(part.at("agrees"), "and these") for part in others[:3]),
                tip=f"let at most {max} stop it, and ask the others: `consulted: […]`",
            )
            break


@rule(WARNING, weakness=GAP, claims_absence=True, yields_to=("decision/no-decider",))
def performer_not_informed(org: Org, right: DecisionRight) -> Iterator[Problem]:
    """Whoever carries out a decision learns of it.

    Who stands under `performs` must take part in the call, be asked or told, be expected where it is made or be a
    member there, read the record of it, be reached by a context line from there, or report straight to who decides. A
    team is reached through any of its members. Where it is not known who comes, nothing is said.

    Bad:

        decision_rights:
          timetable-change:
            question: Do we change the timetable of a line?
            decider: head-of-planning
            consulted: [drivers-council]
            performs: [stations, control-room]   # expect: decision/performer-not-informed
            record: timetable-log

    Good:

        decision_rights:
          timetable-change:
            question: Do we change the timetable of a line?
            decider: head-of-planning
            consulted: [drivers-council]
            performs: [stations, control-room]
            informed: [stations, control-room]
            record: timetable-log
    """
    if "performs" not in right.data:
        return
    performers = [party for party in org.each(right.performs) if not is_named(right, party)]
    if not performers:
        return
    who_learns = learns(right)
    unaware = [
        party for party in performers if who_learns.includes(party) is False and not reports_to_decider(right, party)
    ]
    if unaware:
        carry = "carries" if len(unaware) == 1 else "carry"
        yield Problem(
            right.at("performs", unaware[0]),
            f"{names(unaware)} {carry} out `{right.id}`, and nothing tells them what was decided",
            tip="name them under `informed`, or invite them where it is decided",
            atoms=atoms(right, "decider", "informed"),
        )
