"""What may stall in; who settles it, and whether some party is, or stands above, who does, where anybody can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from coordlint.facts.parties import above, holders
from coordlint.facts.superiors import (
    LONGEST,
    Superior,
    common_superior,
    home_teams,
    one_with,
    stands_above,
    superior_of,
)
from coordlint.facts.venues import calls, places_of
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import DecisionRight, Forum, Handoff, Initiative, Meeting, Person, Role, Team
from coordlint.model.org import fact_of

# So many are looked at; where more have a say in one thing, nobody can be said to have none.
MOST = 50
# A right comes from another, and that from a third; no farther than this.
DEEPEST = 10


class Settling(NamedTuple):
    """The parties that settle something. `known` is False where not all of them are, or where nothing is said."""

    parties: tuple[Declaration, ...]
    known: bool


@fact_of
def settling(subject: Declaration) -> Settling:
    """Who settles what may stall.

    A right: whoever decides one of its calls, the forum in which it is decided, and the same for what it is delegated
    from. A hand-off: both ends, who accepts, who takes it back, its owner. An initiative: who is accountable for it or
    sponsors it, its forum, its owner.
    """
    if isinstance(subject, DecisionRight):
        return _settling_right(subject)
    nodes: list[Node] = [subject, *(subject.cases if isinstance(subject, Handoff) else ())]
    refs = [ref for node in nodes for field in _FIELDS.get(subject.kind, ()) for ref in _named(node, field)]
    return _looked_up(subject, refs, bool(refs))


_FIELDS = {
    Handoff.kind: ("from", "to", "accepted_by", "if_refused", "owner"),
    Initiative.kind: ("accountable", "sponsor", "forum", "owner"),
}


def _named(node: Node, field: str) -> tuple[Ref[Any], ...]:
    return node.refs(field) if isinstance(node.fields.get(field), Names) else ()


def _settling_right(right: DecisionRight) -> Settling:
    refs: list[Ref[Any]] = []
    known = not right.refused
    forums: list[Declaration] = []
    for each in sources(right):
        refs += each.refs("owner")
        forums += forums_deciding(each)
        for call in calls(each):
            named = call.refs("decider")
            refs += named
            # Who is not said, or only in relation to somebody, may be anybody.
            known = known and bool(named)
        known = known and (not each.says("delegated_from") or right.org.find(each.delegated_from) is not None)
    found = _looked_up(right, refs, known)
    return found._replace(parties=(*found.parties, *forums))


def sources(right: DecisionRight) -> Iterator[DecisionRight]:
    """A right, and those that it comes from."""
    seen: set[DecisionRight] = set()
    current: DecisionRight | None = right
    while current is not None and current not in seen and len(seen) < DEEPEST:
        seen.add(current)
        yield current
        current = right.org.find(current.delegated_from)


def forums_deciding(right: DecisionRight) -> Iterator[Forum]:
    """The forums in which a right is decided, or in a meeting of which."""
    for venue in places_of(right):
        forum = right.org.find(venue.forum) if isinstance(venue, Meeting) else venue
        if forum is not None:
            yield forum


def _looked_up(subject: Declaration, refs: list[Ref[Any]], known: bool) -> Settling:
    named = list(dict.fromkeys(refs))
    parties = [party for party in islice(subject.org.each(named), MOST + 1) if not isinstance(party, Handoff)]
    lost = any(subject.org.find(ref) is None for ref in named[: MOST + 1])
    return Settling(tuple(parties), known and not lost and len(named) <= MOST)


def nobody_decides(right: DecisionRight) -> bool:
    """Whether no call of a right says who makes it."""
    return not any(call.has_decider for call in calls(right))


def may_settle(one: Declaration, other: Declaration) -> bool | None:
    """Whether a party may settle what is another's: it is the same in person, its deputy, or in the line above it.

    None where nobody can know: lines that never meet, or a forum that votes, whose weight is in its number.
    """
    if one is other or is_one(one, other) or stands_above(one, other):
        return True
    if any(is_one(one, deputy) for deputy in deputies(other)):
        return True
    if votes_only(one) or common_superior((one, other)) is None:
        return None
    return False


def is_outside(party: Declaration) -> bool:
    """Whether a party is known to belong to somebody else: it, or a team of it or around it, is `external`, or it
    reports to nobody but `ext/…`."""
    if isinstance(party, Team):
        return any(team.external for team in (party, *islice(above(party), LONGEST)))
    if not isinstance(party, (Role, Person)):
        return False
    if isinstance(party, Person) and party.external:
        return True
    named = party.refs("reports_to")
    return all(ref.external for ref in named) if named else any(map(is_outside, home_teams(party)))


def is_one(one: Declaration, other: Declaration) -> bool:
    """Whether two parties are, or are spoken for by, one and the same: a role and who holds it, a forum and who decides
    there, a team and its lead."""
    return one is other or not _speaking(one).isdisjoint(_speaking(other))


def has_same_speaker(one: Declaration, other: Declaration) -> bool:
    """Whether one person, or one role, speaks for two parties: where several hold a role, it is not one of them."""
    return not {in_person(each) for each in _speakers(one)}.isdisjoint({in_person(each) for each in _speakers(other)})


def in_person(party: Declaration) -> Declaration:
    """A role that one person holds is that person."""
    alone = holders(party) if isinstance(party, Role) and len(party.refs("held_by")) == 1 else ()
    return alone[0] if alone else party


def _speakers(party: Declaration) -> list[Declaration]:
    """The one who speaks for a party: who decides in a forum, who leads a team; else the party itself."""
    field = {Forum: "decider", Team: "lead"}.get(type(party))
    return list(party.org.each(party.refs(field))) if field else [party]


@fact_of
def _speaking(party: Declaration) -> frozenset[Declaration]:
    return frozenset(one for each in _speakers(party) if isinstance(each, (Role, Person)) for one in one_with(each))


def deputies(party: Declaration) -> Iterator[Declaration]:
    """Who stands in for a role or forum."""
    if isinstance(party, (Role, Forum)):
        yield from party.org.each(party.refs("deputy"))


def votes_only(party: Declaration) -> bool:
    """Whether a party is a forum in which nobody decides alone, as far as it says."""
    return isinstance(party, Forum) and party.says("votes") and not party.says("decider")


def levels_between(upper: Declaration, lower: Declaration) -> int | None:
    """How many levels a party stands above another: 1 for whom it reports to; None where it does not, as far as a line
    is followed."""
    levels = _levels_above(lower)
    return min((levels[each] for each in _speaking(upper) if each in levels), default=None)


@fact_of
def _levels_above(party: Declaration) -> Mapping[Declaration, int]:
    """For everybody in the line above a party, and who is one with them, how many levels up they stand."""
    levels: dict[Declaration, int] = {}
    current: Superior | None = superior_of(party)
    level = 1
    while current is not None and current not in levels and level <= LONGEST:
        levels.update({each: level for each in one_with(current) if each not in levels})
        current = superior_of(current)
        level += 1
    return levels
