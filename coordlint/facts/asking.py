"""A call in; who is asked about it or told, and whether that is the lead of every team."""

from __future__ import annotations

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
    every = set(leads.values())
    if len(every) < least:
        return 0
    fields = ("decider", "agrees", *ASKING)
    parts = [(call.speaker(field), field) for field in fields]
    parts += [(part, field) for part in additions(call) for field in fields[1:]]
    named = [ref for part, field in parts for ref in part.refs(field)]
    if len(named) < len(every):
        return 0
    reached = {
        leads[party] if isinstance(party, Team) else in_person(party)
        for party in call.right.org.each(named)
        if not isinstance(party, Team) or party in leads
    }
    return len(leads) if every <= reached else 0


@fact
def team_leads(org: Org) -> dict[Team, Declaration]:
    """For each active team inside the organisation whoever leads it; nothing where one of them names somebody who is
    not declared."""
    leads: dict[Team, Declaration] = {}
    for team in org.active(Team):
        if team.says("lead") and not team.external:
            lead = org.find(team.lead)
            if lead is None:
                return {}
            leads[team] = in_person(lead)
    return leads
