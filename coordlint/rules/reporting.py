"""The chain of command: one superior for everybody but one, and not more people below than one can lead."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.command import (
    Allegiance,
    allegiances,
    beside,
    direct_reports,
    in_command,
    is_led_inside,
    is_unled,
    leading,
    reports_of,
    says_who_leads,
    tops,
)
from coordlint.facts.superiors import Superior, home_teams, next_above
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Person
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, GAP, INFO, OVERLOAD, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, listed


@rule(WARNING, weakness=CONTRADICTION, yields_to=("reference/cycle",))
def two_bosses(org: Org) -> Iterator[Problem]:
    """Everybody has one superior.

    Where two lead the same person, each of them may set other work first, and the person settles it alone. A person and
    the roles held are one: all their `reports_to` are compared, and two names for the same superior are one. Of two
    roles whose superiors stand one above the other, the higher one settles what the lower one does not, so that is no
    finding. A role that is held in turn has no say, nor has one that several hold against what its holder says;
    `dotted_to` names no superior, and nothing outside is compared.

    Bad:

        people:
          ilse: {}
        roles:
          stage-manager: {held_by: ilse, reports_to: technical-director}
          tour-planner: {held_by: ilse, reports_to: head-of-marketing}   # expect: reporting/two-bosses

    Good:

        people:
          ilse: {}
        roles:
          stage-manager: {held_by: ilse, reports_to: technical-director}
          tour-planner: {held_by: ilse, reports_to: technical-director, dotted_to: head-of-marketing}
    """
    told = set()
    for person in org.active(Person):
        found = allegiances(person)
        if len(found) < 2 or not is_led_inside(person):
            continue
        speakers = tuple(each.said_by for each in found if each.said_by is not person)
        if found[0].said_by is person or speakers not in told:
            told.add(speakers)
            yield _torn(person, found)


def _torn(person: Person, found: list[Allegiance]) -> Problem:
    """Told where the person says it, else at the last role that names another superior."""
    at = found[0] if found[0].said_by is person else found[-1]
    ways = [
        f"`{each.superior.id}`" + (f" as `{each.said_by.id}`" if each.said_by is not person else "") for each in found
    ]
    return Problem(
        at.said_by.at("reports_to"),
        f"`{person.id}` reports to {listed(ways)}",
        related=tuple(
            Related(each.said_by.at("reports_to"), f"here to `{each.superior.id}`") for each in found if each is not at
        ),
        tip="let one of them lead, and name the other under `dotted_to`",
        atoms=tuple(atom for each in found for atom in atoms(each.said_by, "reports_to")),
    )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    yields_to=("reference/cycle", "reference/ended", "ownership/unowned", "lifecycle/past-until"),
)
def no_boss(org: Org, *, from_share: float = 0.5) -> Iterator[Problem]:
    """All but one report to somebody.

    Whoever reports to nobody has nobody to turn to, and lines that should meet at the top do not. A superior is named
    by `reports_to`, of the role or of who holds it; where it says nothing, whoever leads its team is above, or the team
    around that one. One may stand at the top, the one above the most, and with it the members of a forum that others
    report to and that it sits in.

    It speaks where `reports_to` is in use at all, and only once a superior is known for `from_share` of all others, of
    roles and of people who hold none: an organisation that writes down a few lines does not claim to have written down
    all. People and teams that are `external` are led elsewhere.

    Bad:

        roles:
          harbour-master: {}
          pilot-lead: {reports_to: harbour-master}
          tug-lead: {reports_to: harbour-master}
          berth-planner: {}   # expect: reporting/no-boss

    Good:

        roles:
          harbour-master: {}
          pilot-lead: {reports_to: harbour-master}
          tug-lead: {reports_to: harbour-master}
          berth-planner: {reports_to: harbour-master}
    """
    if not says_who_leads(org):
        return
    asked = in_command(org)
    if sum(1 for each in asked if next_above(each)) < from_share * (len(asked) - 1):
        return
    ends = tops(org)
    pardoned = beside(ends[0]) if len(ends) > 1 else set()
    for party in asked if len(ends) > 1 else ():
        if party not in pardoned and is_unled(party):
            yield _unled(party, ends[0])


def _unled(party: Superior, leader: Superior) -> Problem:
    message, tip = f"{party.label} reports to nobody", "name who leads it: `reports_to: …`"
    if reports_of(party):
        message = f"{leader.label} and {party.label} both report to nobody, and one of them may stand at the top"
        tip = "let one of them report to the other, or both to a forum in which they sit"
    return Problem(
        party.at("reports_to"),
        message,
        related=(Related(leader.at(on_key=True), "this one stands at the top"),),
        tip=f"{tip}, or write `reports_to: ext/…` where somebody outside leads",
        atoms=tuple(atom for team in home_teams(party) for atom in atoms(team, "lead")),
    )


@rule(INFO, preset=STRICT, weakness=OVERLOAD)
def span(org: Org, *, max: int = 10) -> Iterator[Problem]:  # noqa: A002
    """Nobody leads more people than there is time for.

    Whoever leads very many people leads none of them: they wait, or go round. Counted are the people who report
    straight to a role or person, by what `reports_to` says of them or of their roles: each once, a rota as one, a role
    that nobody is named for by its `headcount`. Where coordlint.yaml sets a limit of its own, `direct_reports`, that
    one is looked at instead.

    Bad:

        roles:
          kitchen-lead: {}   # expect: reporting/span
          cook: {held_as: each, headcount: 9, reports_to: kitchen-lead}
          baker: {held_as: each, headcount: 3, reports_to: kitchen-lead}

    Good:

        roles:
          kitchen-lead: {}
          bakery-lead: {reports_to: kitchen-lead}
          cook: {held_as: each, headcount: 9, reports_to: kitchen-lead}
          baker: {held_as: each, headcount: 3, reports_to: bakery-lead}
    """
    limits = org.house.limits
    if limits is not None and limits.says("direct_reports"):
        return
    for leader in leading(org, more_than=max):
        count = direct_reports(leader)
        if count > max:
            yield Problem(
                leader.at(on_key=True),
                f"{count} people report to {leader.label}, more than {max}",
                related=tuple(Related(each.at("reports_to"), "one of them") for each in reports_of(leader)[:3]),
                tip="let somebody among them lead some of the others",
            )
