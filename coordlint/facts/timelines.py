"""Initiatives in; when each is to be done, when what it waits for is, and how old word of it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from coordlint.facts.evidence import Event, happened, in_order, recent
from coordlint.facts.prose import words_in
from coordlint.facts.reasons import is_over
from coordlint.facts.references import namers
from coordlint.finding import Place
from coordlint.model.base import Declaration
from coordlint.model.kinds import Initiative, Meeting
from coordlint.model.org import fact_of

# In so many initiatives at most the milestone is looked for that a need names.
MOST = 50


class Dated(NamedTuple):
    """A day, and where it is said."""

    day: date
    where: Place


def done_by(initiative: Initiative) -> Dated | None:
    """By when an initiative is to be done, at the earliest: its `due`, else the last milestone that has a day."""
    if initiative.says("due"):
        day = initiative.due
        return Dated(day, initiative.at("due")) if day is not None else None
    return max(_milestones(initiative).values(), key=lambda each: each.day, default=None)


def expected_by(initiative: Initiative) -> Dated | None:
    """The day by which an initiative is expected to be done, as its health says."""
    health = initiative.health if "health" in initiative.data else None
    day = health.forecast if health is not None else None
    return Dated(day, health.at("forecast")) if health is not None and day is not None else None


@fact_of
def _milestones(initiative: Initiative) -> Mapping[tuple[str, ...], Dated]:
    """The milestones of an initiative that have a day, by the words of their names; the last of those with one name."""
    found: dict[tuple[str, ...], Dated] = {}
    for milestone in initiative.milestones if "milestones" in initiative.data else ():
        day = milestone.due
        if day is not None:
            words = _words(milestone.name)
            if words not in found or found[words].day < day:
                found[words] = Dated(day, milestone.at("due"))
    return found


def _words(name: str | None) -> tuple[str, ...]:
    return tuple(words_in(name or ""))


def waits_for(initiative: Initiative) -> Iterator[Initiative]:
    """The initiatives that one depends on and that go on, as far as they are declared, each once."""
    for other in dict.fromkeys(initiative.org.each(initiative.depends_on)):
        running = other.status in ("active", "trial") and not other.says("replaced_by")
        if other is not initiative and not other.refused and running and not is_over(other):
            yield other


def milestone_of(initiative: Initiative, name: str | None) -> Dated | None:
    """The day of a milestone, by its name: of an initiative, else of one that it depends on; None where none has it."""
    words = _words(name)
    others = list(waits_for(initiative)) if words and not _is_its_own(initiative, words) else []
    found = (_milestones(each).get(words) for each in (initiative, *others[:MOST]))
    return next((each for each in found if each is not None), None) if words else None


def _is_its_own(initiative: Initiative, words: tuple[str, ...]) -> bool:
    """Whether a milestone of the initiative itself, with a day, bears a name, and so is the one that is meant."""
    return words in _milestones(initiative)


def needs_only_milestones(initiative: Initiative, other: Initiative) -> bool:
    """Whether an initiative says which milestones of another one it needs, so that it need not wait for its end."""
    named = {_words(need.milestone) for need in initiative.needs if "milestone" in need.data}
    needed = {words for words in named if not _is_its_own(initiative, words)}
    return bool(needed) and any(_words(each.name) in needed for each in other.milestones)


def ended_when_due(declaration: Declaration) -> bool:
    """Whether an initiative ended on the day on which it was to be done, or later: it has most likely been done."""
    if not isinstance(declaration, Initiative):
        return False
    last_day = declaration.until or declaration.status_until
    return last_day is not None and declaration.due is not None and last_day >= declaration.due


def word_lasts(initiative: Initiative, days: int) -> timedelta:
    """How long word of how an initiative stands holds: so many days, or twice as long as from one meeting that reviews
    it to the next; twice as many days where nobody can say how long that is."""
    rates = [_rate(meeting) for meeting in _reviewing(initiative)]
    known = [rate for rate in rates if rate]
    if known:
        return timedelta(days=max(days, 730 / max(known)))
    return timedelta(days=2 * days if rates or initiative.says("reviewed_in") else days)


def _reviewing(initiative: Initiative) -> Iterator[Meeting]:
    yield from initiative.org.each(initiative.reviewed_in)
    yield from namers(initiative.org, Meeting, "reviews").get(initiative, ())


@fact_of
def _rate(meeting: Meeting) -> float | None:
    """How often a meeting takes place in a year; None where nobody can say."""
    cadence = meeting.cadence
    return cadence.periods_per_year if cadence is not None else None


def slipped_unheard(initiative: Initiative, days: int) -> list[Event]:
    """The slips of an initiative that were said too late, oldest first: more than so many days after they were known,
    or, where nobody says since when, not before the day that did not hold. What came forward is no slip."""
    events = recent(initiative.org, happened(initiative.org, "slipped").get(initiative, ()))
    return in_order(event for event in events if _was_unheard(initiative, event, timedelta(days=days)))


def _was_unheard(initiative: Initiative, slip: Event, grace: timedelta) -> bool:
    entry = slip.entry
    was, now, known = entry.from_, entry.to, entry.known_since
    if was is not None and now is not None and now <= was:
        return False
    if known is None:
        return was is not None and slip.day >= was
    health = initiative.health if "health" in initiative.data else None
    warned = health is not None and health.as_of is not None and health.state in ("at risk", "off track")
    if health is not None and health.as_of is not None and warned and known <= health.as_of < slip.day:
        return False
    return slip.day > known + grace
