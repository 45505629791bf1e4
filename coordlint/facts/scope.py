"""Forums in; what comes to each, who sits at its table, and whether it stands above those it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from coordlint.facts.attendance import expected
from coordlint.facts.authority import MOST, has_same_speaker
from coordlint.facts.escalating import escalations_for_anything, escalations_of, parties_reached
from coordlint.facts.parties import (
    Group,
    Leading,
    above,
    holders,
    leads_of,
    people_of,
    seats,
    stands_for,
    teams_of,
    teams_of_outside,
)
from coordlint.facts.references import uses_of
from coordlint.facts.superiors import LONGEST, stands_above
from coordlint.facts.vacancy import last_key
from coordlint.facts.venues import Venue, decided_in, forum_of, meetings_of, places_of, venues
from coordlint.model.base import Declaration
from coordlint.model.kinds import (
    DecisionRight,
    Escalation,
    EscalationStep,
    Forum,
    Handoff,
    Initiative,
    Meeting,
    Person,
    Role,
    Team,
)
from coordlint.model.org import Org, fact, fact_of

# Where a right names a forum that has a say in it; who is asked or told has none.
SAYS = frozenset(("decider", "decided_in", "agrees", "recommends"))
# In meetings of these types other people sit than those at a forum's table.
NOT_AT_THE_TABLE = frozenset(("one-on-one", "all-hands", "learning", "social"))


def rights_of(forum: Forum) -> list[DecisionRight]:
    """The decision rights that are decided in a forum, or in a meeting of it."""
    places: list[Venue] = [forum, *meetings_of(forum)]
    return list(dict.fromkeys(right for place in places for right in decided_in(place)))


def lasting_rights_of(forum: Forum) -> list[DecisionRight]:
    """Those of them that cannot be taken back, and that somebody carries out."""
    lasting = _lasting(forum.org)
    return [right for right in rights_of(forum) if right in lasting.rights] if forum in lasting.forums else []


class _Lasting(NamedTuple):
    """The rights that cannot be taken back and are carried out by somebody, and the forums that decide them."""

    rights: frozenset[DecisionRight]
    forums: frozenset[Forum | None]


@fact
def _lasting(org: Org) -> _Lasting:
    active = org.active(DecisionRight)
    rights = [right for right in active if right.data.get("reversible") is False and "performs" in right.data]
    places = [place for right in rights for place in places_of(right)]
    forums = [forum_of(place) if isinstance(place, Meeting) else place for place in places]
    return _Lasting(frozenset(rights), frozenset(forums))


@fact
def rights_have_places(org: Org) -> bool:
    """Whether an organisation writes down where anything is decided, so that a place without a right says something."""
    return bool(venues(org).places)


def something_comes_to(forum: Forum) -> bool:
    """Whether anything is brought to a forum or to a meeting of it: a right in which it has a say, an initiative, a
    hand-off, the step of an escalation, or what another forum passes on."""
    if rights_of(forum) or any(meeting.says("reviews") or meeting.says("decides") for meeting in meetings_of(forum)):
        return True
    places: list[Venue] = [forum, *meetings_of(forum)]
    return any(map(_is_brought, places))


def _is_brought(venue: Venue) -> bool:
    for use in uses_of(venue.org, venue):
        user = use.user
        if not user.org.is_active(user):
            continue
        if isinstance(user, (Initiative, Escalation, Handoff)) and use.field != "only_while":
            return True
        if last_key(use) in SAYS if isinstance(user, DecisionRight) else use.field in ("escalates_to", "votes"):
            return True
    return False


# --- who is at the table ---


@fact_of
def table(forum: Forum) -> Group:
    """Everybody at a forum's table: whom it names as its own, and who is expected in its meetings."""
    met = [stands_for(forum)]
    met += [expected(each) for each in meetings_of(forum) if each.type not in NOT_AT_THE_TABLE]
    return Group(
        frozenset().union(*(each.inside for each in met)),
        frozenset().union(*(each.themselves for each in met)),
        all(each.complete for each in met),
        frozenset().union(*(each.unlisted for each in met)),
        frozenset().union(*(each.outside for each in met)),
        frozenset().union(*(each.guests for each in met)),
    )


def is_missed(forum: Forum, team: Team) -> bool:
    """Whether nobody at a forum's table is of a team, or leads one around it. False where nobody can know."""
    at_table = table(forum)
    if at_table.includes(team) is not False or (not team.says("members") and _has_somebody_of_no_team(forum)):
        return False
    leads = team.org.each(ref for upper in islice(above(team), LONGEST) for ref in upper.refs("lead"))
    return all(at_table.includes(lead) is False for lead in leads)


@fact_of
def _has_somebody_of_no_team(forum: Forum) -> bool:
    """Whether the team of somebody at the table is not known, so that it may be any; who runs it sits for no team."""
    running = {*forum.org.each((*forum.refs("chair"), *forum.refs("decider")))}
    seated = [party for party in table(forum).inside if isinstance(party, (Role, Person)) and party not in running]
    held = {person for role in (*seated, *running) if isinstance(role, Role) for person in holders(role)}
    guests = table(forum).guests.difference(ref.text for ref in (*forum.refs("chair"), *forum.refs("decider")))
    if any(guest not in teams_of_outside(forum.org) for guest in guests):
        return True
    return any(not _is_of_some_team(party) for party in seated if party not in held)


def _is_of_some_team(party: Role | Person) -> bool:
    held_by = holders(party) if isinstance(party, Role) else []
    return bool(teams_of(party)) or (bool(held_by) and all(map(teams_of, held_by)))


def people_at(forum: Forum) -> frozenset[Declaration] | None:
    """The people who sit in a forum, each once, a role of which nobody is named as one; None where nobody can count
    them."""
    named, complete = seats(forum)
    counted: set[Declaration] = set()
    for ref in (*forum.refs("chair"), *named):
        party = forum.org.find(ref)
        if isinstance(party, Person):
            counted.add(party)
        elif isinstance(party, Role) and _is_one(party):
            counted.add(next(iter(holders(party)), party))
        else:
            return None
    return frozenset(counted) if complete else None


def _is_one(role: Role) -> bool:
    """Whether a role is that of one person, named or not."""
    return role.held_as == "one" and len(role.refs("held_by")) <= 1 and (role.headcount or 1) <= 1


# --- whether it stands above its teams ---


def led_by_its_decider(forum: Forum) -> tuple[Team, Leading] | None:
    """The team, among those that a forum is for, that its decider leads or has a role in, and how.

    None where there is none, and where the decider stands above all others that are known.
    """
    decider = forum.org.find(forum.decider)
    if decider is None:
        return None
    own = _selves(decider)
    led: dict[Team, Leading] = {}
    others = []
    for team in dict.fromkeys(forum.org.each(forum.teams)):
        leading = next((each for each in leads_of(team) if not own.isdisjoint(_selves(each.party))), None)
        if leading is None:
            others.append(team)
        else:
            led[team] = leading
    if all(_is_below(team, decider, led) for team in others):
        return None
    return next(iter(led.items()), None)


def _selves(party: Declaration) -> set[Declaration]:
    return {party, *people_of(party)}


def _is_below(team: Team, decider: Declaration, led: Mapping[Team, Leading]) -> bool:
    """Whether a team is part of one that the decider leads, or whoever leads it reports up to the decider."""
    if any(upper in led for upper in islice(above(team), LONGEST)):
        return True
    return any(stands_above(decider, lead) for lead in team.org.each(team.refs("lead")))


def leads_out(forum: Forum) -> bool:
    """Whether what a forum cannot settle, or settles wrongly, can go on from there to somebody other than its decider:
    by its own word, because a right that it decides can be escalated, or because anything can."""
    whatever = escalations_for_anything(forum.org)
    if _passes_on(forum) or len(whatever) > MOST or any(_asks_another(forum, each.steps) for each in whatever):
        return True
    for taken in map(escalations_of, rights_of(forum)):
        if taken is None or any(_asks_another(forum, each.steps) for each in taken):
            return True
    return any(
        isinstance(use.user, Escalation) and _goes_on(forum, use.user, use.way) for use in uses_of(forum.org, forum)
    )


def _passes_on(forum: Forum) -> bool:
    """Whether a forum escalates to somebody whom its decider does not speak for, by way of other forums too."""
    current: Declaration | None = forum
    passed: set[Declaration] = set()
    while isinstance(current, Forum) and current not in passed and current.says("escalates_to"):
        passed.add(current)
        current = current.org.find(current.escalates_to)
        if current is None or not has_same_speaker(forum, current):
            return True
    return False


def _asks_another(forum: Forum, steps: Sequence[EscalationStep]) -> bool:
    """Whether a step reaches somebody other than the decider of a forum, or somebody of whom nobody can know it."""
    if not steps or len(steps) > MOST:
        return True
    for parties in map(parties_reached, steps):
        if parties is None or not all(has_same_speaker(forum, each) for each in parties):
            return True
    return False


def _goes_on(forum: Forum, escalation: Escalation, way: tuple[object, ...]) -> bool:
    """Whether a step of an escalation that names a forum is followed by one that reaches somebody else."""
    later = [escalation.steps[step + 1 :] for step in way[1:2] if isinstance(step, int)]
    return any(steps and _asks_another(forum, steps) for steps in later)


@fact
def says_what_leads_up(org: Org) -> bool:
    """Whether an organisation writes down how anything is passed on upward."""
    return bool(org.active(Escalation)) or any("escalates_to" in forum.data for forum in org.active(Forum))
