"""Parties in; what hangs on them, whether somebody else acts when they are not there, and where one alone must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coordlint.facts.naming import bearers
from coordlint.facts.parties import has_left, is_there, is_vacant
from coordlint.facts.references import Use, in_order, uses_of
from coordlint.facts.venues import calls
from coordlint.finding import Place
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import DecisionRight, Forum, Initiative, LogEntry, Person, Role, Scenario
from coordlint.model.org import Org, fact, fact_of

# Where somebody holds something in place, so that it hangs in the air when nobody is there.
HOLDING = frozenset(
    (
        *("owner", "layer_owner", "lead", "chair", "deputy", "accountable", "sponsor"),
        *("decider", "agrees", "tie_break", "performs", "by"),
        *("from", "to", "accepted_by", "if_refused", "reports_to", "escalates_to"),
    )
)

# Where one holds something, and nobody does when they are gone.
HELD_BY_ONE = frozenset(("owner", "layer_owner", "lead", "chair", "accountable", "decider", "accepted_by"))


def held_up(party: Declaration) -> list[Use]:
    """Where something active is held in place by a party, in the order of kinds, ids and fields."""
    return in_order([use for use in uses_of(party.org, party) if last_key(use) in HOLDING and _counts(use.user)])


def _counts(user: Declaration) -> bool:
    return user.org.is_active(user) and not user.refused and not isinstance(user, (LogEntry, Scenario))


def last_key(use: Use) -> str:
    """The field that names, be it of a declaration or of a part of one."""
    return next(step for step in reversed(use.route) if isinstance(step, str))


def place_of(use: Use) -> Place:
    """Where a name stands; what was taken over by `like` stands at the model."""
    return use.user.at(*use.route[len(use.user.route) :])


def somebody_acts(role: Role) -> bool:
    """Whether a holder who is there, or a deputy, acts for a role; whoever is not declared is taken to be there."""
    if not is_vacant(role) and is_there(role):
        return True
    deputies = [role.org.find(deputy) for deputy in role.refs("deputy")]
    return any(each is None or is_there(each) for each in deputies)


def is_covered(use: Use) -> bool:
    """Whether somebody else acts where a person is named: a deputy is one more, and a forum's chair may have one."""
    user = use.user
    if last_key(use) == "deputy":
        return True
    if not isinstance(user, Forum) or use.field != "chair":
        return False
    return any(deputy is None or is_there(deputy) for deputy in map(user.org.find, user.refs("deputy")))


def sole_holders(org: Org) -> Iterator[tuple[Role, Place]]:
    """Every role that must be one person where it is named: accountable, or deciding alone."""
    for initiative in org.active(Initiative):
        yield from _roles_at(initiative, "accountable")
    for forum in org.active(Forum):
        yield from _roles_at(forum, "decider")
    for right in org.active(DecisionRight):
        for part in dict.fromkeys(call.speaker("decider") for call in calls(right)):
            yield from ((role, place) for role, place in _roles_at(part, "decider") if not role.says("per"))


def _roles_at(part: Node, field: str) -> Iterator[tuple[Role, Place]]:
    if field in part.data and not part.declaration.refused:
        yield from ((role, part.at(field)) for role in part.org.each(part.refs(field)) if isinstance(role, Role))


@fact_of
def who_acts(party: Declaration) -> frozenset[object] | None:
    """The people who are a role or person and have not left, those outside by name; None where nobody can know."""
    if isinstance(party, Person):
        return frozenset() if has_left(party) else frozenset((party,))
    if not isinstance(party, Role) or party.data.get("held_by") is None:
        return None
    named = [(ref, party.org.find(ref)) for ref in party.held_by]
    if any(person is None and not ref.external for ref, person in named) or (party.headcount or 0) > len(named):
        return None
    return frozenset(person or ref.text for ref, person in named if person is None or not has_left(person))


def is_one_alone(party: Role | Person) -> bool:
    """Whether a role or person is known to be one who is there, and names nobody who stands in."""
    if isinstance(party, Person):
        return not has_left(party)
    if party.says("deputy") or party.held_as != "one" or (party.headcount or 1) > 1:
        return False
    return len(party.refs("held_by")) == 1 and is_there(party)


def stands_in_for_itself(party: Declaration, deputy: Declaration) -> bool:
    """Whether a deputy is whoever it should stand in for: the same role, or the very same people.

    One name outside, `ext/…`, may stand for many.
    """
    deputies = who_acts(deputy)
    if party is deputy or not deputies or deputies != who_acts(party):
        return party is deputy
    return all(isinstance(each, Person) for each in deputies)


@fact
def hanging_on(org: Org) -> Mapping[Person, list[Declaration]]:
    """For each person, what would have nobody without them: roles that hang on them alone, and whatever names them.

    A role counts where something hangs on it; of what names a person, only what would then be without an owner, lead,
    chair, decider, or somebody who is accountable or accepts.
    """
    table: dict[Person, dict[Declaration, None]] = {}
    people = bearers(org, Role.held_by)
    for role in org.active(Role):
        held_by = people.of(role.data.get("held_by"))
        person = _only_holder(role) if held_by and not role.refused else None
        if person is not None and held_up(role):
            table.setdefault(person, {})[role] = None
    for person in org.active(Person):
        for use in uses_of(org, person):
            if last_key(use) in HELD_BY_ONE and _counts(use.user) and _is_only_one(use) and not is_covered(use):
                table.setdefault(person, {})[use.user] = None
    there = [person for person in table if org.is_active(person) and not has_left(person)]
    return {person: list(table[person]) for person in there}


def _only_holder(role: Role) -> Person | None:
    """The person on whom alone a role hangs: no other holder, and no deputy who may be somebody else."""
    if role.held_as != "one":
        return None
    people = who_acts(role)
    only = next(iter(people)) if people and len(people) == 1 else None
    for ref in role.refs("deputy"):
        deputy = role.org.find(ref)
        deputies = who_acts(deputy) if deputy is not None else None
        if deputies is None or not deputies <= {only}:
            return None
    return only if isinstance(only, Person) and (role.refs("deputy") or not role.says("deputy")) else None


def _is_only_one(use: Use) -> bool:
    """Whether a name stands alone in its field."""
    value: Any = use.user.data
    for step in use.way[:-1]:
        value = value[step]
    return not isinstance(value, list) or len(value) == 1
