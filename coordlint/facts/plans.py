"""Initiatives in; where their plans are read, and whether all of them are read in one place."""

from __future__ import annotations

from coordlint.facts.holding import may_be_meant
from coordlint.facts.references import uses_of
from coordlint.facts.venues import meetings_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import Forum, Initiative, Meeting, Record
from coordlint.model.org import fact_of

# So many plans of one initiative are looked at.
MOST = 50
# Where a meeting names a record that it has before it.
READING = frozenset(("inputs", "outputs", "pre_read", "reviews", "record"))


def plans_apart(initiative: Initiative) -> list[Record]:
    """The plans of an initiative, where there are two or more and no forum, meeting or record has all of them before
    it. [] where one has, or nobody can know: a plan is not declared, or does not say who reads it, and a meeting of the
    initiative does not say what it takes in."""
    found = [initiative.org.find(ref) for ref in initiative.plans] if "plans" in initiative.data else []
    plans = list(dict.fromkeys(plan for plan in found if plan is not None))
    if not 1 < len(plans) <= MOST or None in found or any(plan.refused or may_be_meant(plan) for plan in plans):
        return []
    if frozenset.intersection(*map(_places, plans)) or not all(map(_readers_are_known, plans)):
        return []
    silent = any(not plan.says("read_by") for plan in plans)
    return [] if silent and _may_read_more(initiative) else plans


def _readers_are_known(plan: Record) -> bool:
    """Whether somebody reads a plan, and everybody who does is declared or outside."""
    if any(plan.org.find(ref) is None and not ref.external for ref in plan.read_by):
        return False
    return plan.says("read_by") or bool(_readers(plan))


def _may_read_more(initiative: Initiative) -> bool:
    """Whether a meeting that reviews an initiative, or is one of its forum, does not say what it takes in."""
    org = initiative.org
    forum = org.find(initiative.forum)
    reviewing = [org.find(ref) for ref in initiative.reviewed_in]
    if None in reviewing or (forum is None and initiative.says("forum")):
        return True
    meetings = [*reviewing, *(meetings_of(forum) if forum is not None else ())]
    return any(meeting is not None and not meeting.says("inputs") for meeting in meetings)


@fact_of
def _readers(plan: Record) -> list[Meeting | Forum]:
    """The active meetings and forums that read a record, put it out or keep it."""
    org = plan.org
    named = [use.user for use in uses_of(org, plan) if use.field in READING]
    readers = [each for each in (*named, *org.each(plan.read_by)) if isinstance(each, (Meeting, Forum))]
    return [each for each in dict.fromkeys(readers) if org.is_active(each)]


@fact_of
def _places(plan: Record) -> frozenset[Declaration]:
    """Where a record is read, a meeting with its forum; and all records that are one with it, as copies are."""
    org = plan.org
    readers = _readers(plan)
    forums = org.each(ref for each in readers if isinstance(each, Meeting) for ref in each.refs("forum"))
    copies = (use.user for use in uses_of(org, plan) if use.field == "copy_of")
    return frozenset((*readers, *forums, plan, *org.each(plan.refs("copy_of")), *copies))
