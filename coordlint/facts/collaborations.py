"""Teams in; which of them work side by side, since when, and whether anybody says until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from coordlint.model.kinds import Team, Tie
from coordlint.model.org import Org, fact


class Collaboration(NamedTuple):
    """Two teams side by side, as the first of them says, and where the other one says so too."""

    team: Team
    other: Team
    tie: Tie
    back: Tie | None

    @property
    def ends(self) -> bool:
        """Whether either of them says until when, readable or not."""
        return any(tie is not None and tie.says("until") for tie in (self.tie, self.back))

    @property
    def began(self) -> date | None:
        """The later of the days that they say it began on, else the later of those on which the two teams began."""
        said = [tie.since for tie in (self.tie, self.back) if tie is not None and tie.since is not None]
        said = said or [team.since for team in (self.team, self.other) if team.since is not None]
        return max(said, default=None)


def collaborations(org: Org) -> Iterator[Collaboration]:
    """Every two active teams that work in collaboration, once, as the one says that comes first."""
    side_by_side = _side_by_side(org)
    for (team, other), tie in side_by_side.items():
        back = side_by_side.get((other, team))
        if back is None or team.id < other.id:
            yield Collaboration(team, other, tie, back)


@fact
def _side_by_side(org: Org) -> Mapping[tuple[Team, Team], Tie]:
    """For each team and another one with which it says to work in collaboration, where it first says so."""
    table: dict[tuple[Team, Team], Tie] = {}
    for team in org.active(Team):
        for tie in team.works_with if "works_with" in team.data and not team.refused else ():
            other = org.find(tie.team) if tie.mode == "collaboration" else None
            if other is not None and other is not team and org.is_active(other) and not other.refused:
                table.setdefault((team, other), tie)
    return table
