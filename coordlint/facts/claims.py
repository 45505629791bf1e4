"""Teams in; what each claims as its own alone, and who claims the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coordlint.facts.parties import above
from coordlint.finding import Place
from coordlint.model.kinds import Team
from coordlint.model.org import Org


class Claim(NamedTuple):
    """That a team names a thing under `owns`, in its own words, and where."""

    team: Team
    thing: str
    where: Place


def rivals(org: Org) -> Iterator[list[Claim]]:
    """Every thing that several active teams claim, with the first claim of each team.

    Spelling, `refs/heads/` and a slash at the end of a link make no difference. A team below another that claims the
    same is no rival.
    """
    claims: dict[str, dict[Team, Claim]] = {}
    for team in org.active(Team):
        if "owns" in team.data and not team.refused:
            listed = isinstance(team.data.get("owns"), list)
            for index, thing in enumerate(team.owns):
                claim = Claim(team, thing, team.at("owns", index) if listed else team.at("owns"))
                claims.setdefault(normal(thing), {}).setdefault(team, claim)
    for by_team in claims.values():
        if len(by_team) > 1:
            found = [claim for team, claim in by_team.items() if not any(upper in by_team for upper in above(team))]
            if len(found) > 1:
                yield found


def normal(thing: str) -> str:
    """A thing as it is compared."""
    words = " ".join(thing.casefold().split())
    return re.sub(r"(?<=/)refs/heads/", "", words).rstrip("/.")
