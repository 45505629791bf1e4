"""An entry of the log in, what cannot be so refused, and what somebody may want to know about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coordlint.entry.telling import wrong
from coordlint.facts.evidence import happened
from coordlint.model.base import ANY, Declaration, Ref
from coordlint.model.kinds import DecisionRight, Escalation, LogEntry, Meeting
from coordlint.model.org import Org
from coordlint.nearest import nearest
from coordlint.values import listed


def refuse_impossible(org: Org, made: Mapping[str, Any]) -> None:
    """Refuse a step that an escalation does not have, and a date that moved to where it was."""
    way = _named(org, made, "escalated", "escalation")
    if isinstance(way, Escalation) and not way.refused and "reached" in made and made["reached"] > len(way.steps):
        steps = "1 step" if len(way.steps) == 1 else f"{len(way.steps)} steps"
        raise wrong("reached", f"`{way.id}` has {steps}, and not {made['reached']}", "give the number of the last step")
    if "from" in made and made["from"] == made.get("to"):
        raise wrong("to", f"{made['to']} is the day of --from too", "say from which day to which it moved")


def doubts(org: Org, made: Mapping[str, Any]) -> Iterator[str]:
    """What somebody may want to know about an entry that is right all the same."""
    right = _named(org, made, "decided", "decision-right")
    if isinstance(right, DecisionRight) and right.cases:
        left = [name for name in right.data.get("inputs") or () if name not in made.get("given", ())]
        if left:
            names = listed(f"`{name}`" for name in left)
            yield f"who may decide depends on {names}; `--given {left[0]}=…` says what it was"
    replaced = made.get("supersedes")
    ids = [each.id_ for each in org.all(LogEntry) if each.id_]
    if replaced is not None and replaced not in ids:
        near = nearest(replaced, ids)
        yield f"no decision of the log has the id `{replaced}`" + (f"; did you mean `{near}`?" if near else "")
    yield from _same_day(org, made)
    if "slipped" in made and not {"from", "to", "known_since", "cause"} & made.keys():
        yield "nothing can be told from it yet; `--from`, `--to`, `--known-since` and `--cause` say how it slipped"
    named = _named(org, made, "reviewed", *ANY) if made.get("outcome") == "end" else None
    if named is not None and org.is_active(named) and not named.says("until"):
        yield f"{named.label} goes on until it says `status: ended` where it is declared"


def _same_day(org: Org, made: Mapping[str, Any]) -> Iterator[str]:
    """What the log tells of a meeting on that day already."""
    sort = "held" if "held" in made else "cancelled"
    meeting = _named(org, made, sort, "meeting")
    if not isinstance(meeting, Meeting):
        return
    for other, said in (("held", "was held"), ("cancelled", "was cancelled")):
        days = [event.day.isoformat() for event in happened(org, other).get(meeting, ())]
        if str(made.get("date", ""))[:10] in days:
            again = ", and now says so twice" if other == sort else ""
            yield f"the log said already that `{meeting.id}` {said} on {made['date']}{again}"


def _named(org: Org, made: Mapping[str, Any], field: str, *kinds: str) -> Declaration | None:
    return org.find(Ref(made[field], kinds)) if field in made else None
