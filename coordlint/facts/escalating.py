"""Escalations in; what takes them, whom each step reaches, and which people that are in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from coordlint.facts.authority import forums_deciding
from coordlint.facts.holding import may_be_meant
from coordlint.facts.naming import bearers, texts_in
from coordlint.facts.parties import above, holders, is_there, stands_for, teams_of
from coordlint.facts.references import namers
from coordlint.facts.rights import can_be_escalated
from coordlint.facts.vacancy import somebody_acts
from coordlint.facts.venues import calls
from coordlint.finding import Place
from coordlint.model.base import Declaration, Node, Ref
from coordlint.model.kinds import (
    DecisionRight,
    Escalation,
    EscalationStep,
    Forum,
    Handoff,
    Initiative,
    Person,
    Role,
    Team,
)
from coordlint.model.org import Org, fact, fact_of

D = TypeVar("D", bound=Declaration)

# The kinds that may stall.
STALLING = (DecisionRight, Handoff, Initiative)
# A team is looked for among so many teams around another.
HIGHEST = 10


class Taking(NamedTuple):
    """What takes an escalation. `known` is False where that is anything, or where a name leads nowhere."""

    subjects: tuple[Declaration, ...]
    known: bool


@fact_of
def taking(escalation: Escalation) -> Taking:
    """What an escalation is for: what it names, and the active rights and hand-offs that name it themselves."""
    org = escalation.org
    named = [(ref, org.find(ref)) for ref in escalation.for_]
    found = [each for _, each in named if each is not None]
    found += _rights_with(org).get(escalation, ())
    found += namers(org, Handoff, "escalation").get(escalation, ())
    known = not escalation.for_anything and all(each is not None for _, each in named)
    return Taking(tuple(each for each in dict.fromkeys(found) if org.is_active(each)), known)


@fact
def _rights_with(org: Org) -> Mapping[Escalation, list[DecisionRight]]:
    """For each escalation the rights that name it, in any case."""
    table: dict[Escalation, list[DecisionRight]] = {}
    for right in org.all(DecisionRight):
        parts: list[Node] = [right, *(right.cases if "cases" in right.data else ())]
        if "otherwise" in right.data and right.otherwise is not None:
            parts.append(right.otherwise)
        for part in parts:
            for escalation in org.each(part.refs("escalation") if "escalation" in part.data else ()):
                table.setdefault(escalation, []).append(right)
    return table


def reached(step: EscalationStep) -> tuple[Ref[Any], ...]:
    """Whom a step names: one party, or one for each window."""
    return (*step.refs("to"), *(ref for window in step.cover for ref in window.refs("to")))


def place_of_target(step: EscalationStep) -> Place:
    """Where a step says whom it reaches."""
    return step.at("cover" if "cover" in step.data else "to")


def parties_reached(step: EscalationStep) -> list[Declaration] | None:
    """The parties that a step reaches; None where a name leads nowhere, or outside."""
    data = step.data
    if data.get("to").__class__ is str and "cover" not in data:
        party = _named_at(step)
        return [party] if party is not None else None
    found = [step.org.find(ref) for ref in reached(step)]
    parties = [party for party in found if party is not None]
    return parties if parties and len(parties) == len(found) else None


def is_about_reaching(step: EscalationStep) -> bool:
    """Whether a step is there so that somebody answers at any hour: windows, or a rota."""
    if "cover" in step.data:
        return True
    parties = bearers(step.org, EscalationStep.to).of(step.data.get("to"))
    return any("held_as" in each.data and isinstance(each, Role) and each.held_as == "in_turn" for each in parties)


def _named_at(step: EscalationStep) -> Declaration | None:
    """Whom a step names that names one party at all hours."""
    return bearers(step.org, EscalationStep.to)[step.data["to"]]


def people_reached(step: EscalationStep) -> object:
    """Who answers at a step in the end; equal for two steps that reach the very same people in the same hours.

    None where a name leads nowhere.
    """
    org, data = step.org, step.data
    if data.get("to").__class__ is str and "cover" not in data:
        party = _named_at(step)
        if party is not None:
            return answering_for(party)
    named = reached(step)
    if any(org.find(ref) is None and not ref.external for ref in named):
        return None
    answering = [_answering(org, ref) for ref in named]
    if len(set(answering)) == 1:
        return answering[0]
    return (*answering, *(repr(sorted(window.data.items(), key=repr)) for window in step.cover))


def _answering(org: Org, ref: Ref[Any]) -> object:
    party = org.find(ref)
    return ref.text if party is None else answering_for(party)


@fact_of
def answering_for(party: Declaration) -> frozenset[object]:
    """The people who answer where a party is asked, as far as they are known; a role stands for its own holders where
    it is not said who they are, and where it is one of several at a time."""
    if isinstance(party, Role):
        return _holding(party)
    met = stands_for(party) if isinstance(party, (Team, Forum)) else None
    if met is None or not met.complete or met.unlisted:
        return frozenset((party,))
    roles = [each for each in met.inside if isinstance(each, Role)]
    return met.themselves.union(*map(_holding, roles)) or frozenset((party,))


def _holding(role: Role) -> frozenset[object]:
    known = holders(role)
    if not known:
        return frozenset((role,))
    named = role.refs("held_by")
    # A name outside may be a firm of many, and a rota reaches another one each time.
    one_answer = len(named) == 1 or role.held_as == "jointly"
    return frozenset(known) if len(known) == len(named) and one_answer else frozenset((role,))


def is_nobody(party: Declaration) -> bool:
    """Whether it is said that nobody is there: a person left, a role is empty and without a deputy who acts, a team or
    forum claims to have no members and names nobody else."""
    if isinstance(party, Role):
        return not somebody_acts(party)
    if not isinstance(party, (Team, Forum)):
        return not is_there(party)
    if party.data.get("members") != [] or (isinstance(party, Team) and party.headcount):
        return False
    met = stands_for(party)
    return met.complete and met.inside == {party}


@fact
def says_how_things_escalate(org: Org) -> bool:
    """Whether an organisation writes down escalations, each of them for something, so that the rest has none."""
    escalations = org.active(Escalation)
    return bool(escalations) and not any(map(_may_be_for_anything, escalations))


def _may_be_for_anything(escalation: Escalation) -> bool:
    return escalation.for_anything or not (escalation.says("for") or taking(escalation).subjects)


def has_way_up(subject: Declaration) -> bool:
    """Whether something may be escalated, or nobody can know: an escalation, or a forum of its own that leads on."""
    if subject.says("escalation") or may_be_meant(subject):
        return True
    if isinstance(subject, DecisionRight):
        return can_be_escalated(subject) or any(each.says("escalates_to") for each in forums_deciding(subject))
    forum = subject.org.find(subject.forum) if isinstance(subject, Initiative) else None
    if forum is not None and forum.says("escalates_to"):
        return True
    return subject in namers(subject.org, Escalation, "for")


@fact
def escalations_for_anything(org: Org) -> list[Escalation]:
    """The active escalations that are `for: anything`."""
    return [each for each in org.active(Escalation) if "for" in each.data and each.for_anything]


def escalations_of(subject: Declaration) -> list[Escalation] | None:
    """The escalations that something takes, by its own word or theirs; None where a name of one leads nowhere."""
    own = [] if isinstance(subject, Initiative) else [subject]  # an initiative has no field for it
    parts = calls(subject) if isinstance(subject, DecisionRight) else own
    refs = [part.refs("escalation") for part in parts if part.says("escalation")]
    named = [subject.org.find(ref) for each in refs for ref in each]
    if None in named or () in refs:
        return None
    found = [*(each for each in named if each is not None), *namers(subject.org, Escalation, "for").get(subject, ())]
    return list(dict.fromkeys(found))


def teams_in(subject: Declaration) -> tuple[Team, Team] | None:
    """Two teams, neither of them a part of the other, between which something may stall: those that carry out a right,
    that a hand-off comes from and goes to, or that an initiative is for. Whoever is in several teams, or in none, is
    not counted."""
    first: Team | None = None
    org = subject.org
    if isinstance(subject, Initiative):
        parties: Iterable[Declaration] = bearers(org, Initiative.teams).of(subject.data.get("teams"))
    else:
        parties = org.each(_between(subject))
    for party in parties:
        team = _team_of(party)
        if first is None or team is None:
            first = first or team
        elif _is_around(first, team):
            first = team  # of teams within one another the innermost is asked, for others may stand beside it
        elif not _is_around(team, first):
            return first, team
    return None


def asked_for_a_way_up(org: Org, kind: type[D]) -> list[D]:
    """Those of a kind that name no escalation, and so many parties that they may lie between two teams, at a look."""
    silent = [each for each in org.active(kind) if "escalation" not in each.data]
    if kind is Handoff:
        return silent
    field = "performs" if kind is DecisionRight else "teams"
    return [each for each in silent if field in each.data and len(texts_in(each.data[field])) > 1]


def _between(subject: Declaration) -> Iterator[Ref[Any]]:
    if isinstance(subject, Handoff):
        yield from (*subject.from_, *subject.to)
        yield from (ref for case in subject.cases for ref in case.to)
    else:
        yield from subject.refs("performs" if isinstance(subject, DecisionRight) else "teams")


def _team_of(party: Declaration) -> Team | None:
    teams = teams_of(party) if isinstance(party, (Person, Role, Team)) else []
    return teams[0] if len(teams) == 1 else None


def _is_around(upper: Team, lower: Team) -> bool:
    return upper is lower or ("part_of" in lower.data and upper in islice(above(lower), HIGHEST))
