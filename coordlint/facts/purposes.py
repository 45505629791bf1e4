"""Initiatives that are over in; the forums, meetings and escalations that were for one of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from coordlint.facts.holding import may_be_meant
from coordlint.facts.reasons import is_over
from coordlint.facts.references import uses_of
from coordlint.facts.venues import meetings_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import Escalation, Forum, Initiative, LogEntry, Meeting, Scenario
from coordlint.model.org import Org

Structure: TypeAlias = Forum | Meeting | Escalation

# Who names something in such a field has no use for it.
NO_USE = frozenset(("only_while", "replaced_by", "owner", "like"))

# What such a meeting is for are the people who come.
FOR_PEOPLE = frozenset(("social", "learning", "one-on-one", "all-hands"))


def left_behind(org: Org) -> Iterator[tuple[Structure, Initiative]]:
    """Every active forum, meeting and escalation that served one initiative, and no other, and that initiative is over.

    A forum's meetings are part of it. Whatever else names one of them, and is not over itself, is another use, and so
    is what it decides, reviews or puts out, beside the plans of the initiative, and a team that it belongs to.
    """
    for initiative in org.all(Initiative):
        if is_over(initiative):
            for structure in _serving(initiative):
                if _serves_only(structure, initiative):
                    yield structure, initiative


def _serving(initiative: Initiative) -> Iterator[Structure]:
    org = initiative.org
    named: list[Declaration] = [*org.each((*initiative.refs("forum"), *initiative.reviewed_in))]
    named += [use.user for use in uses_of(org, initiative) if use.field in ("reviews", "for")]
    for each in dict.fromkeys(named):
        # A meeting in which a forum meets is a part of that forum.
        if isinstance(each, Meeting) and each.says("forum"):
            continue
        if isinstance(each, (Forum, Meeting, Escalation)) and org.is_active(each):
            yield each


def _serves_only(structure: Structure, initiative: Initiative) -> bool:
    parts: list[Structure] = [structure, *(meetings_of(structure) if isinstance(structure, Forum) else ())]
    return not any(_is_for_more(part, initiative) or _is_used_otherwise(part, initiative, parts) for part in parts)


def _is_for_more(part: Structure, initiative: Initiative) -> bool:
    """Whether something says of itself that it is for more than an initiative."""
    org = part.org
    if part.refused or may_be_meant(part):
        return True
    if isinstance(part, Escalation):
        return part.for_anything or any(org.find(ref) is not initiative for ref in part.refs("for"))
    if part.data.get("decides"):
        return True
    if isinstance(part, Forum):
        return any(ref not in initiative.teams for ref in part.teams)
    if part.says("team") or part.says("for_each") or part.type in FOR_PEOPLE:
        return True
    reviewed_else = any(org.find(ref) is not initiative for ref in part.reviews)
    return reviewed_else or any(ref not in initiative.plans for ref in part.outputs)


def _is_used_otherwise(part: Structure, initiative: Initiative, parts: Sequence[Declaration]) -> bool:
    for use in uses_of(part.org, part):
        user = use.user
        if user is initiative or user in parts or use.field in NO_USE or isinstance(user, (LogEntry, Scenario)):
            continue
        if isinstance(user, Initiative) or not is_over(user):
            return True
    return False
