"""How work passes from one to the next: who takes it, on what terms, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coordlint.facts.naming import bearers, texts_in
from coordlint.facts.passing import delivers_records
from coordlint.facts.sides import leaves_out
from coordlint.facts.venues import names_somebody
from coordlint.finding import Problem, Related
from coordlint.model.base import Node
from coordlint.model.kinds import Handoff, Meeting, Team
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, CORRECTNESS, ERROR, GAP, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms

# A path of the repository, or a link.
_LEADS_SOMEWHERE = re.compile(r"\./|[A-Za-z][A-Za-z0-9+.-]*:\S")


@rule(ERROR, preset=CORRECTNESS, weakness=GAP, once_a_kind=("to", "none of the {count} handoffs names who receives"))
def no_receiver(_org: Org, handoff: Handoff) -> Iterator[Problem]:
    """Every hand-off has somebody who takes it.

    What is handed to nobody stays where it is, or is lost on the way. `to` names the team or role that receives; where
    that depends, each of the `cases` does.

    Bad:

        handoffs:
          lab-result:   # expect: handoff/no-receiver
            from: laboratory
            delivers: The finding of a sample, with its reference range
            accepts_when: The patient's number is on it
            accepted_by: ward-nurse
            accept_within: 2h
            if_refused: chief-technician

    Good:

        handoffs:
          lab-result:
            from: laboratory
            to: ward
            delivers: The finding of a sample, with its reference range
            accepts_when: The patient's number is on it
            accepted_by: ward-nurse
            accept_within: 2h
            if_refused: chief-technician
    """
    if not handoff.data.get("to") and not _says(handoff, "to"):
        yield Problem(
            handoff.at("to"),
            f"handoff `{handoff.id}` goes to nobody",
            tip="name the team or role that takes it: `to: …`",
        )


def _says(handoff: Handoff, field: str) -> bool:
    """Whether a hand-off, or each of its cases, names somebody in a field, readable or not."""
    if names_somebody(handoff, field):
        return True
    cases = handoff.cases if "cases" in handoff.data else ()
    return bool(cases) and all(names_somebody(case, field) for case in cases)


@rule(
    WARNING,
    weakness=GAP,
    once_a_kind=("accepts_when", "none of the {count} handoffs says what must be there for it to be accepted"),
    yields_to=("handoff/no-receiver",),
)
def no_acceptance(_org: Org, handoff: Handoff) -> Iterator[Problem]:
    """Giver and receiver know when a hand-off is complete.

    Without `accepts_when` half of it is lost on the way: the giver is done, the receiver asks for the rest, and both
    are right. List what the receiver may refuse without, as records or in words.

    Bad:

        handoffs:
          signed-contract:   # expect: handoff/no-acceptance
            from: sales
            to: onboarding
            delivers: The signed contract
            accepted_by: onboarding-lead
            accept_within: 1d

    Good:

        handoffs:
          signed-contract:
            from: sales
            to: onboarding
            delivers: The signed contract
            accepts_when: [A contact at the customer is named, The promised dates are written down]
            if_refused: sales-lead
            accepted_by: onboarding-lead
            accept_within: 1d
    """
    if not handoff.says("accepts_when"):
        yield Problem(
            handoff.at("accepts_when"),
            f"handoff `{handoff.id}` does not say when it is complete",
            tip="list what the receiver may refuse without: `accepts_when: […]`",
            atoms=atoms(handoff, "to"),
        )


@rule(
    WARNING,
    weakness=GAP,
    once_a_kind=("accepted_by", "none of the {count} handoffs to teams says who accepts it"),
    yields_to=("handoff/no-receiver",),
)
def nobody_accepts(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """Somebody says "it is ours now".

    What is handed to a whole team is everybody's, and nobody's until somebody accepts it. `accepted_by` names who
    does. A role that receives accepts for itself, so it is asked only where a team receives.

    Bad:

        handoffs:
          as-built-drawings:   # expect: handoff/nobody-accepts
            from: construction
            to: operations
            delivers: The drawings of the plant as it was built
            accepts_when: Every valve on site is on a drawing
            accept_within: 10d

    Good:

        handoffs:
          as-built-drawings:
            from: construction
            to: operations
            delivers: The drawings of the plant as it was built
            accepts_when: Every valve on site is on a drawing
            accepted_by: operations-manager
            accept_within: 10d
    """
    if "accepted_by" in handoff.data or _says(handoff, "accepted_by"):
        return
    alone = [part for part in _receiving(handoff) if not part.says("accepted_by")]
    if any(isinstance(receiver, Team) for part in alone for receiver in org.each(part.refs("to"))):
        yield Problem(
            handoff.at("accepted_by"),
            f"nobody is named who accepts handoff `{handoff.id}`",
            tip="name a role of the team that receives: `accepted_by: …`",
            atoms=atoms(handoff, "to"),
        )


def _receiving(handoff: Handoff) -> list[Node]:
    """The parts of a hand-off that name who receives."""
    parts: list[Node] = [handoff, *(handoff.cases if "cases" in handoff.data else ())]
    return [part for part in parts if part.says("to")]


@rule(
    WARNING,
    weakness=GAP,
    once_a_kind=("accept_within", "none of the {count} handoffs says how soon it is accepted"),
    yields_to=("handoff/no-receiver",),
)
def no_time_limit(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """A hand-off is accepted, or refused, by a known time.

    Without `accept_within` nobody can say that something lies about. A meeting that it goes through is such a time too:
    it is accepted there, or not.

    Bad:

        handoffs:
          incident-report:   # expect: handoff/no-time-limit
            from: control-room
            to: maintenance
            delivers: What failed, where, and what was done at once
            accepts_when: The asset number is on it
            accepted_by: maintenance-planner

    Good:

        handoffs:
          incident-report:
            from: control-room
            to: maintenance
            delivers: What failed, where, and what was done at once
            accepts_when: The asset number is on it
            accepted_by: maintenance-planner
            accept_within: 4wh
    """
    if handoff.says("accept_within") or _goes_through_meeting(org, handoff):
        return
    yield Problem(
        handoff.at("accept_within"),
        f"handoff `{handoff.id}` may wait for ever to be accepted",
        tip="say how soon the receiver answers, `accept_within: 2d`, or the meeting it goes `through`",
        atoms=atoms(handoff, "to"),
    )


def _goes_through_meeting(org: Org, handoff: Handoff) -> bool:
    """Whether it goes through a meeting, or through something that nobody can look up."""
    if not handoff.says("through"):
        return False
    ref = handoff.through
    if ref is None:
        return True
    through = org.find(ref)
    return isinstance(through, Meeting) or (through is None and not ref.is_text)


@rule(WARNING, weakness=CONTRADICTION)
def receiver_unaware(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """Who receives a hand-off knows of it.

    A team that lists what it takes in, and leaves this out, works on something else: what was built for it is never
    taken up. A list that is there claims to be complete; a team without one claims nothing.

    Bad:

        teams:
          retail-stores:
            lead: head-of-stores
            takes_in: [weekly-prices]
        handoffs:
          weekly-prices:
            from: category-management
            to: retail-stores
            delivers: The price list of next week
          new-till-software:
            from: store-systems
            to: retail-stores   # expect: handoff/receiver-unaware
            delivers: A release of the till software, tried in one store

    Good:

        teams:
          retail-stores:
            lead: head-of-stores
            takes_in: [weekly-prices, new-till-software]
        handoffs:
          weekly-prices:
            from: category-management
            to: retail-stores
            delivers: The price list of next week
          new-till-software:
            from: store-systems
            to: retail-stores
            delivers: A release of the till software, tried in one store
    """
    if _is_listed_by_receiver(org, handoff):
        return
    receivers = {team: part for part in reversed(_receiving(handoff)) for team in org.each(part.refs("to"))}
    for team, part in receivers.items():
        if isinstance(team, Team) and "takes_in" in team.data and leaves_out(team, handoff):
            yield Problem(
                part.at("to", team),
                f"{team.label} does not list handoff `{handoff.id}` among what it takes in",
                related=(Related(team.at("takes_in", on_key=True), "what it takes in, as it says"),),
                tip=f"ask the team to add `{handoff.id}` to `takes_in`, or hand it to who wants it",
                atoms=atoms(team, "takes_in"),
            )


def _is_listed_by_receiver(org: Org, handoff: Handoff) -> bool:
    """Whether the one team that receives lists a hand-off, or lists nothing, as can be seen at a look."""
    to = handoff.data.get("to")
    if to.__class__ is not str or "cases" in handoff.data:
        return False
    receiver = bearers(org, Handoff.to)[to]
    if not isinstance(receiver, Team) or "takes_in" not in receiver.data:
        return True
    listed, id = texts_in(receiver.data["takes_in"]), handoff.id
    return id in listed and bearers(org, Team.takes_in)[id] is handoff


@rule(
    INFO,
    weakness=GAP,
    once_a_kind=("if_refused", "none of the {count} handoffs says where it goes when it is refused"),
    yields_to=("handoff/no-receiver",),
)
def refusal_goes_nowhere(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """What is refused goes to somebody.

    A hand-off that may be refused, because it says what must be there, is sometimes refused. Where a whole team gave
    it, or anybody may give, nobody in particular gets it back, and it lies between the two. `if_refused` names who
    takes it up, or the hand-off that it becomes. What a role gives goes back to that role, and needs no other word.

    Bad:

        handoffs:
          claim-to-payment:   # expect: handoff/refusal-goes-nowhere
            from: claims
            to: payments
            delivers: A claim that somebody approved
            accepts_when: The account number is checked
            accepted_by: payments-lead
            accept_within: 1d

    Good:

        handoffs:
          claim-to-payment:
            from: claims
            to: payments
            delivers: A claim that somebody approved
            accepts_when: The account number is checked
            accepted_by: payments-lead
            accept_within: 1d
            if_refused: claims-desk
    """
    if handoff.says("if_refused") or not handoff.data.get("accepts_when"):
        return
    if handoff.from_anyone or any(isinstance(giver, Team) and not giver.external for giver in org.each(handoff.from_)):
        yield Problem(
            handoff.at("if_refused"),
            f"nobody is named who takes handoff `{handoff.id}` back when it is refused",
            tip="name who mends it, or the hand-off that it becomes: `if_refused: …`",
            atoms=atoms(handoff, "to"),
        )


@rule(INFO, preset=STRICT, weakness=GAP)
def delivers_undeclared(org: Org, handoff: Handoff) -> Iterator[Problem]:
    """What is handed over is a record that somebody keeps.

    What is delivered in words has no owner, no place and no reader of its own, and nobody can see what else hangs on
    it. It is asked for once any hand-off delivers a declared record. What anybody may give is in nobody's keeping yet,
    and a path or a link leads to what is delivered, so neither is told.

    Bad:

        records:
          tide-tables: {keeps: High and low water at each quay., owner: harbour-master}
        handoffs:
          tides-to-pilots:
            from: harbour-office
            to: pilots
            delivers: tide-tables
          soundings-to-pilots:
            from: harbour-office
            to: pilots
            delivers: How deep the channel was this week   # expect: handoff/delivers-undeclared

    Good:

        records:
          tide-tables: {keeps: High and low water at each quay., owner: harbour-master}
          soundings: {keeps: How deep the channel was in each week., owner: harbour-master}
        handoffs:
          tides-to-pilots:
            from: harbour-office
            to: pilots
            delivers: tide-tables
          soundings-to-pilots:
            from: harbour-office
            to: pilots
            delivers: soundings
    """
    if handoff.from_anyone or not delivers_records(org):
        return
    for index, ref in enumerate(handoff.delivers):
        if ref.is_text and not _LEADS_SOMEWHERE.match(ref.text):
            listed = isinstance(handoff.data["delivers"], list)
            yield Problem(
                handoff.at("delivers", index) if listed else handoff.at("delivers"),
                f"handoff `{handoff.id}` delivers something that is no record",
                tip="declare a record that says what it keeps and who owns it, and name that",
            )
            return
