"""A decision right and values of its inputs in; which of its calls is meant, and whether a party may make it.

There are three answers: yes, no, and None where nobody can know. What is not given, or cannot be read, may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from coordlint.facts.authority import MOST, deputies, forums_deciding, is_one, sources
from coordlint.facts.escalating import escalations_for_anything, escalations_of, is_nobody, parties_reached
from coordlint.facts.parties import Group, has_left, stands_for
from coordlint.facts.references import namers
from coordlint.facts.scope import table
from coordlint.facts.vacancy import who_acts
from coordlint.facts.venues import Call, calls
from coordlint.model.base import Declaration
from coordlint.model.kinds import Case, DecisionRight, Escalation, Forum, Person, Role, Team
from coordlint.model.org import fact_of
from coordlint.values import Condition, Input, Refusal, parse_condition, parse_given, parse_input

# For each input that a case speaks of, what it asks of it; None where that cannot be read.
_Conditions: TypeAlias = Mapping[str, Condition | None]


class Choice(NamedTuple):
    """The calls that values may mean: one in a table that is whole, several where not all is given, none in a gap.

    `sure` is False where more than one may be meant, or the only one perhaps is not.
    """

    calls: tuple[Call, ...]
    sure: bool


def call_at(right: DecisionRight, given: Mapping[str, object]) -> Choice:
    """Which call of a right is meant when its inputs have these values; what is given besides makes no difference."""
    if right.refused:
        return Choice(tuple(calls(right)), False)
    lines = _lines(right)
    values = {name: _value(right, name, value) for name, value in given.items()} if lines.conditions else {}
    met = [_holds(conditions, values) for conditions in lines.conditions]
    may = [call for call, holds in zip(lines.cases, met, strict=True) if holds is not False]
    if True not in met:
        may += lines.otherwise
    return Choice(tuple(may), len(may) == 1 and (True in met or not any(holds is None for holds in met)))


class _Lines(NamedTuple):
    """The calls of a right that ask for something, with what they ask, and the one for all else."""

    cases: Sequence[Call]
    conditions: Sequence[_Conditions]
    otherwise: Sequence[Call]


@fact_of
def _lines(right: DecisionRight) -> _Lines:
    cases = [call for call in calls(right) if isinstance(call.part, Case)]
    return _Lines(
        cases,
        [_conditions(right, call.part) for call in cases],
        [call for call in calls(right) if not isinstance(call.part, Case)],
    )


def _conditions(right: DecisionRight, case: Any) -> _Conditions:
    when = case.data.get("when")
    if when is None:
        return {}
    if not isinstance(when, Mapping):
        return {"": None}
    inputs = _inputs(right)
    return {name: _condition(inputs.get(name), said) for name, said in when.items()}


def _condition(about: Input | None, said: object) -> Condition | None:
    read = parse_condition(said, about) if about is not None else None
    return None if isinstance(read, Refusal) else read


@fact_of
def _inputs(right: DecisionRight) -> Mapping[str, Input]:
    said = right.inputs
    read = {name: parse_input(each) for name, each in said.items()} if isinstance(said, Mapping) else {}
    return {name: each for name, each in read.items() if not isinstance(each, Refusal)}


def _value(right: DecisionRight, name: str, value: object) -> Any:
    """A value as conditions are asked of it; None where it is no value of the input."""
    about = _inputs(right).get(name)
    read = parse_given(value, about) if about is not None else None
    return None if isinstance(read, Refusal) else read


def _holds(conditions: _Conditions, values: Mapping[str, Any]) -> bool | None:
    """Whether a case is meant; None where what it asks, or is asked of, is not known."""
    known = True
    for name, condition in conditions.items():
        value = values.get(name)
        if condition is None or (value is None and not condition.any):
            known = False
        elif value is not None and not condition.holds(value):
            return False
    return True if known else None


def might_decide(party: Declaration, right: DecisionRight, choice: Choice) -> bool | None:
    """Whether a party may make the call that is meant.

    So may whoever decides it, acts for them as deputy, is reached by an escalation of the right, or decides what it is
    delegated from, or delegated to. None where nobody can know: a forum or team and somebody of it, a name that leads
    nowhere or outside, somebody who has left.
    """
    if not choice.calls or right.refused or not _is_known(party):
        return None
    answers = [_is_for(party, decider, right) for call in choice.calls for decider in _deciders(call)]
    if True not in answers:
        answers += [_reaches(party, each) for each in _reached(right)]
        answers += [
            None if each is None else _is_or_sits_with(party, each)
            for source in _relatives(right)
            for call in calls(source)
            for each in _deciders(call)
        ]
    return _any(answers)


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = {*answers}
    return True if True in found else None if None in found else False


def _deciders(call: Call) -> Iterator[Declaration | None]:
    """Who decides a call; None for a name that leads nowhere, or outside, and where nobody is named."""
    named = call.refs("decider")
    yield from map(call.right.org.find, named[: MOST + 1]) if named else (None,)


def _relatives(right: DecisionRight) -> Iterator[DecisionRight]:
    """The rights that one comes from, and those that come from it."""
    yield from islice(sources(right), 1, None)
    yield from islice(namers(right.org, DecisionRight, "delegated_from").get(right, ()), MOST)


def _is_for(party: Declaration, decider: Declaration | None, right: DecisionRight) -> bool | None:
    if decider is None or not _is_known(decider) or is_nobody(decider):
        return None
    barred = isinstance(decider, Role) and right in right.org.each(decider.deputy_not_for)
    standing_in = [] if barred else list(deputies(decider))
    if not barred and len(standing_in) < len(decider.refs("deputy") if isinstance(decider, (Role, Forum)) else ()):
        return None
    return _any(_is_or_sits_with(party, each) for each in (decider, *standing_in))


def _is_or_sits_with(party: Declaration, other: Declaration) -> bool | None:
    """Whether two parties are one; None where one is of the other, so that it may have spoken for it."""
    if is_one(party, other):
        return True
    for body, member in ((party, other), (other, party)):
        if isinstance(body, (Forum, Team)) and _around(body).includes(member) is not False:
            return None
        if isinstance(body, Role) and isinstance(member, Person) and who_acts(body) is None:
            return None
    return False


def _around(body: Forum | Team) -> Group:
    return table(body) if isinstance(body, Forum) else stands_for(body)


def _reached(right: DecisionRight) -> Iterator[Escalation | Declaration | None]:
    """The ways on which a right goes up: its escalations, and whom the forums that decide it escalate to."""
    own = escalations_of(right)
    every = None if own is None else [*own, *escalations_for_anything(right.org)]
    yield from [None] if every is None or len(every) > MOST else every
    deciding = [each for call in calls(right) for each in _deciders(call) if isinstance(each, Forum)]
    for forum in dict.fromkeys((*forums_deciding(right), *deciding)):
        yield from map(right.org.find, forum.refs("escalates_to"))


def _reaches(party: Declaration, way: Declaration | None) -> bool | None:
    if way is None:
        return None
    if not isinstance(way, Escalation):
        return _is_or_sits_with(party, way)
    answers: list[bool | None] = []
    for step in way.steps[:MOST]:
        reached = parties_reached(step)
        answers += [None] if reached is None else [_is_or_sits_with(party, each) for each in reached]
    return _any(answers)


def _is_known(party: Declaration) -> bool:
    """Whether a party is there, as it is written down today."""
    if party.refused or not party.org.is_active(party):
        return False
    return not (isinstance(party, Person) and has_left(party))
