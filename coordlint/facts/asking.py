"""A call in; who is asked about it or told, and whether that is the lead of every team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coordlint.facts.authority import in_person
from coordlint.facts.rights import additions
from coordlint.facts.venues import Call
from coordlint.finding import Place
from coordlint.model.base import Declaration
from coordlint.model.kinds import Team
from coordlint.model.org import Org, fact

ASKING = ("consulted", "informed")


def asked(call: Call) -> tuple[list[str], list[Place]]:
    """The parties that are asked about a call or told, as they are named, each once; and where they stand."""
    spots = [(call.speaker(field), field) for field in ASKING]
    spots += [(part, field) for part in additions(call) for field in ASKING]
    spots = [(part, field) for part, field in spots if part.refs(field)]
    named = dict.fromkeys(ref.text for part, field in spots for ref in part.refs(field))
    return list(named), [part.at(field) for part, field in spots]


def leads_asked(call: Call, least: int) -> int:
    """How many teams have their lead asked, told or deciding, where those are all that there are and have at least so
    many leads; else 0."""
    leads = team_leads(call.right.org)
    if len(leads.every) < least:
        return 0
    fields = ("decider", "agrees", *ASKING)
    parts = [(call.speaker(field), field) for field in fields]
    parts += [(part, field) for part in additions(call) for field in fields[1:]]
    named = [ref for part, field in parts for ref in part.refs(field)]
    if len(named) < len(leads.every):
        return 0
    parties = list(call.right.org.each(named))
    reached = {leads.of.get(party) if isinstance(party, Team) else in_person(party) for party in parties}
    return len(leads.of) if leads.every <= reached else 0


class Leads(NamedTuple):
    """For each team whoever leads it, and every one of them once."""

    of: Mapping[Team, Declaration]
    every: frozenset[Declaration]


@fact
def team_leads(org: Org) -> Leads:
    """Who leads the active teams inside the organisation; nobody where one of them names somebody who is not
    declared."""
    leads: dict[Team, Declaration] = {}
    for team in org.active(Team):
        if team.says("lead") and not team.external:
            lead = org.find(team.lead)
            if lead is None:
                return Leads({}, frozenset())
            leads[team] = in_person(lead)
    return Leads(leads, frozenset(leads.values()))
