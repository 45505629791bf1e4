"""Teams and forums in; the forums that are for a team, or in which somebody speaks for it, and what a forum lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from coordlint.facts.holding import may_be_meant
from coordlint.facts.memory import has_record
from coordlint.facts.parties import above, group, stands_for
from coordlint.facts.references import Use, uses_of
from coordlint.facts.scope import table
from coordlint.facts.superiors import LONGEST
from coordlint.facts.venues import meetings_name_forums, meetings_of, names_somebody
from coordlint.model.base import Declaration
from coordlint.model.kinds import Forum, Initiative, Meeting, Team
from coordlint.model.org import Org, fact, fact_of

# So many forums of one team are looked at; where there are more, nobody can say that there is none for it and others.
MOST = 100


class _Seats(NamedTuple):
    """The forums that say which teams they are for, by team; and the others, by everybody at their table, those outside
    as they are written."""

    by_team: Mapping[Team, list[Forum]]
    by_party: Mapping[Declaration | str, list[Forum]]


@fact
def _seats(org: Org) -> _Seats:
    by_team: dict[Team, list[Forum]] = {}
    by_party: dict[Declaration | str, list[Forum]] = {}
    for forum in org.active(Forum):
        if forum.refused:
            continue
        if forum.says("teams"):
            for team in org.each(forum.teams):
                by_team.setdefault(team, []).append(forum)
        else:
            at_table = table(forum)
            seated: set[Declaration | str] = {*at_table.inside, *at_table.outside}
            for party in seated:
                by_party.setdefault(party, []).append(forum)
    return _Seats(by_team, by_party)


@fact_of
def forums_for(team: Team) -> frozenset[Forum]:
    """The active forums that are for a team, or for one around it; and of those that do not say for whom they are, the
    ones where somebody sits who is of the team or leads one around it. Of very many the first."""
    by_team, by_party = _seats(team.org)
    around = (team, *islice(above(team), LONGEST))
    leads = group(team.org, (ref for upper in around for ref in upper.refs("lead")))
    own = stands_for(team)
    named = (forum for upper in around for forum in by_team.get(upper, ()))
    parties: set[Declaration | str] = {*own.inside, *own.outside, *leads.inside, *leads.outside}
    seated = (forum for party in parties for forum in by_party.get(party, ()))
    found = frozenset((*named, *seated))
    return found if len(found) <= MOST else frozenset(sorted(found, key=lambda forum: forum.id)[:MOST])


def is_for_all(forum: Forum, teams: Iterable[Team]) -> bool:
    """Whether a forum is for all of some teams, or may be: it says neither for whom it is nor who sits there."""
    if not forum.says("teams") and not table(forum).complete:
        return True
    return all(forum in forums_for(team) for team in teams)


class Lacking(NamedTuple):
    """What a forum lacks to settle what some teams cannot: the teams that it leaves out, and the rest in words."""

    forum: Forum
    teams: Sequence[Team]
    rest: Sequence[str]


def lacking(forum: Forum, teams: Sequence[Team]) -> Lacking:
    """What one forum lacks to settle what teams cannot: teams, meetings, somebody who decides, a record."""
    left_out = () if is_for_all(forum, teams) else [team for team in teams if forum not in forums_for(team)]
    return Lacking(forum, left_out, _shortcomings(forum))


def lacks_nothing(forum: Forum) -> bool:
    """Whether a forum meets, has the last word, and keeps a record."""
    return not _shortcomings(forum)


@fact_of
def _shortcomings(forum: Forum) -> list[str]:
    says = (
        (may_meet(forum), "never meets"),
        (has_last_word(forum), "has nobody who decides"),
        (has_record(forum), "keeps no record"),
    )
    return [words for holds, words in says if not holds]


def may_meet(forum: Forum) -> bool:
    """Whether a forum meets, will, or works without meeting; or nobody can know, because no meeting of the organisation
    names a forum, or a name that leads nowhere may mean this one."""
    if meetings_of(forum) or forum.data.get("asynchronous") or not meetings_name_forums(forum.org):
        return True
    return any(_is_or_will_be_held(use.user) for use in meetings_naming(forum)) or may_be_meant(forum)


def meetings_naming(forum: Forum) -> list[Use]:
    """Where meetings, held or not, name a forum as theirs or among those who come."""
    uses = uses_of(forum.org, forum)
    return [use for use in uses if isinstance(use.user, Meeting) and use.field in ("forum", "attendees")]


def _is_or_will_be_held(meeting: Declaration) -> bool:
    over = meeting.until is not None and meeting.until < meeting.org.as_of
    return meeting.status != "ended" and not over


def has_last_word(forum: Forum) -> bool:
    """Whether a forum says who decides in it, or that it votes."""
    return names_somebody(forum, "decider") or forum.says("votes")


def nearest_forum(initiative: Initiative, teams: Sequence[Team]) -> Lacking | None:
    """The forum that lacks least to settle what the teams of an initiative cannot: its own, else one that is for most
    of them. None where no forum is for any."""
    own = initiative.org.find(initiative.forum)
    if own is not None:
        return lacking(own, teams)
    counted = Counter(forum for team in teams for forum in forums_for(team))
    best = min(counted, key=lambda forum: (-counted[forum], len(_shortcomings(forum)), forum.id), default=None)
    return lacking(best, teams) if best is not None else None


def settles_for(teams: Sequence[Team]) -> frozenset[Forum]:
    """The forums that are for all of some teams."""
    first, *others = [forums_for(team) for team in teams]
    return first.intersection(*others)
