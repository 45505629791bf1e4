"""Initiatives in; whether whoever answers for one gets the calls that it needs, and who stands above its teams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from coordlint.facts.authority import MOST, forums_deciding, is_one, may_settle, settling, votes_only
from coordlint.facts.command import is_unled, reports_of
from coordlint.facts.escalating import escalations_for_anything, escalations_of, parties_reached
from coordlint.facts.holding import may_be_meant
from coordlint.facts.reasons import is_over
from coordlint.facts.scope import table
from coordlint.facts.superiors import Superior, common_superior, line_above, next_above, stands_above
from coordlint.facts.tables import has_last_word, settles_for
from coordlint.facts.venues import calls
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Initiative, Person, Role, Team

# Who acts for an initiative: what one of them may get, it gets.
ACTING = ("accountable", "sponsor", "forum")


def calls_needed(initiative: Initiative) -> list[DecisionRight]:
    """The decision rights that an initiative needs and that somebody decides, each once."""
    needs = initiative.needs if "needs" in initiative.data else ()
    rights = dict.fromkeys(initiative.org.each(ref for need in needs for ref in need.refs("decision")))
    decided = [right for right in rights if any(call.has_decider for call in calls(right))]
    return [right for right in decided if not right.refused and not is_over(right)]


def gets_none(initiative: Initiative, rights: Sequence[DecisionRight]) -> bool:
    """Whether it is known that nobody who acts for an initiative makes any of the calls, sits where one is made, or has
    a way to who makes it: a line, an escalation that reaches them, a voice in it. False where nobody can know."""
    org = initiative.org
    named = [ref for field in ACTING for ref in initiative.refs(field)]
    acting = [org.find(ref) for ref in named[:MOST]]
    known = [party for party in acting if party is not None]
    if not known or len(known) < len(named) or may_be_meant(initiative):
        return False
    own = escalations_of(initiative)
    asked = None if own is None else _asked_by([*escalations_for_anything(org), *own])
    passed = [org.find(ref) for forum in known if isinstance(forum, Forum) for ref in forum.refs("escalates_to")]
    if asked is None or None in passed:
        return False
    asked += [party for party in passed if party is not None]
    return all(_has_no_way(known, asked, right) for right in rights)


def _asked_by(escalations: Sequence[Escalation]) -> list[Declaration] | None:
    """Everybody whom the steps of some escalations reach; None where nobody can know, or they are too many."""
    steps = [step for each in escalations[:MOST] for step in each.steps[: MOST + 1]]
    if len(escalations) > MOST or len(steps) > MOST or not all(each.steps for each in escalations):
        return None
    reached = [parties_reached(step) for step in steps]
    found = [party for parties in reached for party in parties or ()]
    return None if None in reached or len(found) > MOST else list(dict.fromkeys(found))


def _has_no_way(acting: Sequence[Declaration], asked: Sequence[Declaration], right: DecisionRight) -> bool:
    deciding = settling(right)
    if not deciding.known or may_be_meant(right) or any(each.says("escalates_to") for each in forums_deciding(right)):
        return False
    voices = list(islice(right.org.each((*right.recommends, *right.agrees)), MOST))
    if any(is_one(one, voice) for one, voice in product(acting, voices)):
        return False
    own = escalations_of(right)
    reached = None if own is None else _asked_by(own)
    if reached is None or any(_may_reach(one, other) for one, other in product((*asked, *reached), deciding.parties)):
        return False
    return not any(
        stands_above(other, one) or _may_reach(one, other) for one, other in product(acting, deciding.parties)
    )


def _may_reach(one: Declaration, other: Declaration) -> bool:
    """Whether a party is the same as another, above it, or at one table with it, or nobody can know."""
    if may_settle(one, other):
        return True
    for forum, party in ((one, other), (other, one)):
        if isinstance(forum, Forum) and (votes_only(forum) or table(forum).includes(party) is not False):
            return True
    return common_superior((one, other)) is None and not (_has_a_place(one) and _has_a_place(other))


def _has_a_place(party: Declaration) -> bool:
    """Whether it is written down who is above a party, or who reports to it."""
    return bool(line_above(party)) or (isinstance(party, (Role, Person)) and bool(reports_of(party)))


def teams_inside(initiative: Initiative) -> list[Team]:
    """The active teams of an initiative that belong to the organisation; none where one of them is not declared."""
    found = [(ref, initiative.org.find(ref)) for ref in dict.fromkeys(initiative.teams)]
    if any(team is None and not ref.external for ref, team in found):
        return []
    active = (team for _, team in found if team is not None and initiative.org.is_active(team))
    return list(dict.fromkeys(team for team in active if not team.external and not team.refused))


def leads_apart(initiative: Initiative) -> list[Superior]:
    """Those who lead the teams of an initiative, where nobody stands above them all, and no forum that is for all of
    the teams, or is its own, has the last word. [] where somebody does, or nobody can know."""
    org = initiative.org
    own = [org.find(ref) for ref in initiative.refs("forum")]
    if any(forum is None or has_last_word(forum) for forum in own):
        return []
    teams = teams_inside(initiative)[:MOST]
    refs = [ref for team in teams for ref in team.refs("lead")]
    leads = list(dict.fromkeys(org.each(refs)))
    if len(leads) < 2 or len(list(org.each(refs))) < len(refs) or not all(map(_has_a_place, leads)):
        return []
    if common_superior(leads) is not None or not all(map(is_unled, tops(leads))):
        return []
    return [] if any(map(has_last_word, settles_for(teams))) else leads


def tops(parties: Sequence[Declaration]) -> list[Superior]:
    """Where the lines of parties end: whoever nobody is known to be above."""
    return list(dict.fromkeys(each for party in parties for each in _upward(party) if not next_above(each)))


def _upward(party: Declaration) -> Iterator[Superior]:
    if isinstance(party, (Role, Person)):
        yield party
    yield from line_above(party)
