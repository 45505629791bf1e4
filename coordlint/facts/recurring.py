"""The log in; what was decided more than once though it is one thing, and what comes back for one reason for years."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coordlint.facts.evidence import Event, happened, in_order, last, recent
from coordlint.facts.prose import words_in
from coordlint.model.kinds import DecisionRight, Handoff
from coordlint.model.org import Org, fact
from coordlint.values import Refusal, parse_month

# So many decisions before one are compared with it.
MOST = 20
# Of two texts about one thing the shorter one shares more of its words with the other than this.
SHARED = 2 / 3
# Words of what was decided, and of why something came back, that could stand in any.
_SAY_NOTHING = """
a an the this that these those and or of for from to at on in by with without not no nor none is are was were be been
has have had does did do it its there here still again too also only yet as than then any some all
missing lacking lacks lack incomplete absent wrong bad unclear
"""
SAY_NOTHING = frozenset(word.rstrip("s") for word in _SAY_NOTHING.split()) | {""}
# What stands around a word and is no part of it.
_MARKS = ".,;:!?()[]\"'"


# --- decided twice ---


class _Decision(NamedTuple):
    """A decision: the words of what was decided, and which of them are names; and what it bears and replaces."""

    event: Event
    content: frozenset[str]
    names: frozenset[str]
    id: str | None
    supersedes: bool


def decided_again(right: DecisionRight, days: int, often: int) -> Iterator[list[Event]]:
    """For each thing that was decided more than once, the decisions on it within so many days, oldest first.

    One thing is what has the same values given, or none: and where both say `what` was decided, in about the same
    words, with the same names. Of more than `often` decisions within the days with the same values nobody can know
    that they are one thing unless they say so. What `supersedes` another is no second decision, what was superseded no
    first one, and what bears one `id`, or says the same to the letter, is one decision that was written down twice.
    """
    by_values: dict[object, list[Event]] = {}
    for event in recent(right.org, happened(right.org, "decided").get(right, ()), right):
        by_values.setdefault(_values(event), []).append(event)
    for alike in by_values.values():
        if len(alike) > 1:
            yield from _runs([_decision(event) for event in in_order(alike)], timedelta(days=days), often)


def _values(event: Event) -> object:
    """What was given, so that equal values are equal however they are written."""
    given = event.entry.data.get("given")
    if not given:
        return ()
    return tuple(sorted([(name, _plain(value)) for name, value in given.items()]))


def _plain(value: object) -> str:
    return f"{value:.15g}" if value.__class__ is float else str(value).strip().casefold()


def _decision(event: Event) -> _Decision:
    data = event.entry.data
    what = data.get("what", "")
    return _Decision(event, _content(what), _names(what), data.get("id"), "supersedes" in data)


def _names(text: str) -> frozenset[str]:
    """The words that are written with a capital letter, but for the first: Flanders, Toronto. A single one numbers."""
    words = [word.strip(_MARKS) for word in text.split()[1:] if not word.islower()]
    return frozenset([word.casefold() for word in words if word[1:] and word[0].isupper()])


def _runs(decisions: Sequence[_Decision], days: timedelta, often: int) -> Iterator[list[Event]]:
    """Decisions on one thing, each with the last one before it that is not too long ago."""
    replaced = {each.event.entry.supersedes for each in decisions} - {None}
    routine = _routine([each.event.day for each in decisions], days, often)
    by_word: dict[str, list[int]] = {}
    runs: dict[int, list[Event]] = {}
    for index, second in enumerate(decisions):
        # Where there are many, only those are compared that share a name, or a word where neither has any.
        words = second.names or second.content
        before: Iterable[int] = range(max(0, index - MOST), index)
        if routine[index]:
            before = {each for word in words for each in by_word.get(word, ())[-MOST:]}
        for earlier in () if second.supersedes else sorted(before, reverse=True)[:MOST]:
            one = decisions[earlier]
            if one.event.day < second.event.day - days:
                break
            if one.id not in replaced and _are_one(one, second, not routine[earlier] and not routine[index]):
                runs[index] = runs.setdefault(earlier, [one.event])
                runs[index].append(second.event)
                break
        for word in words:
            by_word.setdefault(word, []).append(index)
    yield from {id(run): run for run in runs.values()}.values()


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
    """Whether two decisions with the same values are two on one thing."""
    if one.event.entry.data == other.event.entry.data or (one.id and one.id == other.id):
        return False
    if not one.content or not other.content:
        return may_be_one
    fewer, more = sorted((one.names, other.names), key=len)
    if not fewer <= more or bool(fewer) != bool(more):
        return False
    return len(one.content & other.content) > SHARED * min(len(one.content), len(other.content))


# --- the same rework ---


def came_back(handoff: Handoff, quarters: int) -> Iterator[list[Event]]:
    """For each reason for which a hand-off was refused in so many of the last four quarters, the latest time in each,
    oldest first. Quarters are those of the fiscal year; the last is the one that today lies in.

    A reason is the same where the same words say what it was: neither their order counts, nor that it was missing.
    """
    by_reason: dict[frozenset[str], dict[int, list[Event]]] = {}
    for reason, quarter, event in refused_lately(handoff):
        by_reason.setdefault(reason, {}).setdefault(quarter, []).append(event)
    for found in by_reason.values():
        if len(found) >= quarters:
            yield [last(found[quarter])[0] for quarter in sorted(found)]


def refused_lately(handoff: Handoff) -> Iterator[tuple[frozenset[str], int, Event]]:
    """The times that a hand-off was refused in the last four quarters, as far as it is told why: with the reason, and
    the number of the quarter."""
    org = handoff.org
    today = _quarter(org, org.as_of)
    for event in recent(org, happened(org, "returned").get(handoff, ()), handoff):
        quarter = _quarter(org, event.day)
        reason = _reason(event.entry.reason or "") if quarter > today - 4 else None
        if reason:
            yield reason, quarter, event


def _content(text: str) -> frozenset[str]:
    return frozenset([word.rstrip("s") for word in words_in(text)]) - SAY_NOTHING


@functools.lru_cache(maxsize=1024)
def _reason(text: str) -> frozenset[str]:
    # Where nothing is left but that something was missing or wrong, that is what it was.
    return _content(text) or frozenset(words_in(text))


def _quarter(org: Org, day: date) -> int:
    """The number of the fiscal quarter that a day lies in."""
    return (day.year * 12 + day.month - _first_month(org)) // 3


@fact
def _first_month(org: Org) -> int:
    """The month in which the fiscal year begins."""
    month = parse_month(org.house.fiscal_year_starts)
    return 1 if isinstance(month, Refusal) else month
