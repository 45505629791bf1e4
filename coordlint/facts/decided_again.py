"""The log in; what was decided more than once though it is one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coordlint.facts.evidence import Event, evidence, happened, in_order, recent
from coordlint.facts.naming import bearers
from coordlint.facts.parties import stands_for
from coordlint.facts.saying import Saying, saying
from coordlint.facts.venues import meetings_of, places_of
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Forum, LogEntry, Meeting

# So many decisions before one are compared with it.
MOST = 20
# Who decides so soon again, without a word of what, has hardly been asked something else.
SOON = timedelta(days=7)


class _Decision(NamedTuple):
    """A decision: what it says was decided, what it bears, whether it replaces another, and whether it was made, or
    may have been, where people meet again and again to decide."""

    event: Event
    said: Saying
    id: str | None
    supersedes: bool
    in_rounds: bool


def decided_again(right: DecisionRight, days: int, often: int) -> Iterator[list[Event]]:
    """For each thing that was decided more than once, the decisions on it within so many days, oldest first.

    One thing is what has the same values given, or none, and of which the same is said in the same words. What says
    the reverse, or another amount, is about one thing where the rest is the same and nothing else is known of the
    right; another amount must come from somebody else too. Where it is not said what was decided, a meeting that comes
    again decides something else each time; and where nothing was given either, it takes two who decide, or less than a
    week. Of more than `often` decisions within the days with the same values, or in the same words, nobody can know
    that they are one thing. What `supersedes` an entry of the log is no second decision, what was superseded no first
    one, and what bears one `id`, or says the same to the letter, is one decision that was written down twice.
    """
    by_values: dict[object, list[Event]] = {}
    for event in recent(right.org, happened(right.org, "decided").get(right, ()), right):
        by_values.setdefault(_values(event), []).append(event)
    several = [alike for alike in by_values.values() if len(alike) > 1]
    in_rounds = any(map(_comes_again, places_of(right))) if several else False
    for alike in several:
        decisions = [_decision(event, in_rounds) for event in in_order(alike)]
        yield from _runs(decisions, timedelta(days=days), often)


def _values(event: Event) -> object:
    """What was given, so that equal values are equal however they are written."""
    given = event.entry.data.get("given")
    if not given:
        return ()
    return tuple(sorted([(name, _plain(value)) for name, value in given.items()]))


def _plain(value: object) -> str:
    return f"{value:.15g}" if value.__class__ is float else str(value).strip().casefold()


def _decision(event: Event, in_rounds: bool) -> _Decision:
    entry, data = event.entry, event.entry.data
    replaced = data.get("supersedes")
    supersedes = replaced is not None and replaced in evidence(entry.org).ids and replaced != data.get("id")
    if not in_rounds and "in" in data:
        in_rounds = any(map(_comes_again, entry.org.each(entry.refs("in"))))
    return _Decision(event, saying(data.get("what", "")), data.get("id"), supersedes, in_rounds)


def _comes_again(place: Declaration) -> bool:
    """Whether a meeting is held, or a forum meets, in a rhythm; so it is unless it says that it meets as needed."""
    if isinstance(place, Forum):
        meetings = meetings_of(place)
        return not meetings or any(map(_comes_again, meetings))
    cadence = place.cadence if isinstance(place, Meeting) else None
    return cadence is None or cadence.periods_per_year is not None


def _runs(decisions: Sequence[_Decision], days: timedelta, often: int) -> Iterator[list[Event]]:
    """Decisions on one thing, each with the last one before it that is not too long ago."""
    replaced = {each.event.entry.supersedes for each in decisions if each.supersedes}
    routine = _routine([each.event.day for each in decisions], days, often)
    hackneyed = _hackneyed(decisions, days, often)
    by_words: dict[frozenset[str], list[int]] = {}
    runs: dict[int, list[Event]] = {}
    for index, second in enumerate(decisions):
        # Where there are many, only those are compared that speak of the same.
        alike = by_words.setdefault(second.said.thing, [])
        before: Sequence[int] = alike[-MOST:] if routine[index] else range(max(0, index - MOST), index)
        for earlier in () if second.supersedes or hackneyed[index] else reversed(before):
            one = decisions[earlier]
            if one.event.day < second.event.day - days:
                break
            if (one.id in replaced and one.id is not None) or hackneyed[earlier]:
                continue
            if _are_one(one, second, not routine[earlier] and not routine[index]):
                runs[index] = runs.setdefault(earlier, [one.event])
                runs[index].append(second.event)
                break
        alike.append(index)
    yield from {id(run): run for run in runs.values()}.values()


def _hackneyed(decisions: Sequence[_Decision], days: timedelta, often: int) -> list[bool]:
    """For each decision whether it says what more than so many of them say, so that it does not tell them apart."""
    found = [False] * len(decisions)
    by_words: dict[frozenset[str], list[int]] = {}
    for index, each in enumerate(decisions):
        if each.said.thing:
            by_words.setdefault(each.said.thing, []).append(index)
    for alike in by_words.values():
        for index, many in zip(
            alike, _routine([decisions[each].event.day for each in alike], days, often), strict=True
        ):
            found[index] = many
    return found


def _routine(days_of: Sequence[date], days: timedelta, often: int) -> list[bool]:
    """For each of some days in order, whether more than so many of them lie within a stretch that it is in."""
    found = [False] * len(days_of)
    end = marked = 0
    for start, day in enumerate(days_of):
        while end < len(days_of) and days_of[end] <= day + days:
            end += 1
        if end - start > often:
            for index in range(max(start, marked), end):
                found[index] = True
            marked = end
    return found


def _are_one(one: _Decision, other: _Decision, may_be_one: bool) -> bool:
    """Whether two decisions with the same values are two on one thing; `may_be_one` where nothing but what is said
    could tell them apart."""
    if one.event.entry.data == other.event.entry.data or (one.id and one.id == other.id):
        return False
    if not one.said.thing or not other.said.thing:
        return may_be_one and _are_one_unsaid(one, other)
    if one.said.thing != other.said.thing:
        return False
    if one.said == other.said:
        return True
    if one.said.amounts == other.said.amounts:
        return may_be_one or _by_two(one, other)
    return may_be_one and _by_two(one, other)


def _are_one_unsaid(one: _Decision, other: _Decision) -> bool:
    """The same where it is not said what was decided."""
    if one.in_rounds or other.in_rounds:
        return one.event.day == other.event.day and _by_two(one, other)
    if one.event.entry.data.get("given"):
        return True
    return other.event.day - one.event.day < SOON or _by_two(one, other)


def _by_two(one: _Decision, other: _Decision) -> bool:
    """Whether two decided, neither of whom is the other, or stands for them."""
    texts = [each.event.entry.data.get("by") for each in (one, other)]
    if all(isinstance(text, str) and text.startswith("ext/") for text in texts):
        return texts[0] != texts[1]
    parties = bearers(one.event.entry.org, LogEntry.by)
    first, second = (parties.only(text) for text in texts)
    if first is None or second is None:
        return False
    these, those = stands_for(first), stands_for(second)
    return these.inside.isdisjoint(those.inside) and these.outside.isdisjoint(those.outside)
