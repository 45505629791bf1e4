"""Initiatives that wait for what comes too late, or not at all; and word of them that is too old, or came too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from coordlint.facts.evidence import happened
from coordlint.facts.reasons import has_ended
from coordlint.facts.timelines import (
    Dated,
    done_by,
    ended_when_due,
    expected_by,
    milestone_of,
    needs_only_milestones,
    slipped_unheard,
    waits_for,
    word_lasts,
)
from coordlint.finding import Place, Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import Initiative
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, CORRECTNESS, ERROR, LATENCY, WARNING, rule
from coordlint.rules.wording import atoms

# What an initiative may need, and that may end.
NEEDED = ("decision", "handoff", "record")


@rule(ERROR, weakness=CONTRADICTION, yields_to=("reference/cycle",))
def depends_on_later(_org: Org, initiative: Initiative) -> Iterator[Problem]:
    """What an initiative waits for is done before it has to be.

    An initiative that is due in May and waits for one that is due in July is late already, and nobody has said so. The
    `due` of the other counts, else its last milestone; where only its `forecast` lies later, that is a warning. Where
    `needs` names a milestone of one that it waits for, that counts and not the end; a name that one of its own
    milestones bears is meant for that one.

    Bad:

        initiatives:
          new-timetable:
            accountable: head-of-operations
            done_when: Every train runs by it for a week.
            due: 2026-12-13
            depends_on: new-signals   # expect: initiative/depends-on-later
          new-signals:
            accountable: head-of-track
            done_when: The last old signal is dark.
            due: 2027-03-31

    Good:

        initiatives:
          new-timetable:
            accountable: head-of-operations
            done_when: Every train runs by it for a week.
            due: 2026-12-13
            depends_on: new-signals
            needs: {milestone: The main line is switched over, by: 2026-11-15}
          new-signals:
            accountable: head-of-track
            done_when: The last old signal is dark.
            due: 2027-03-31
            milestones: {name: The main line is switched over, due: 2026-10-31}
    """
    data = initiative.data
    if "depends_on" in data and initiative.due is not None:
        for other in waits_for(initiative):
            if not needs_only_milestones(initiative, other):
                yield from _waits_too_long(initiative, other)
    for need in initiative.needs if "needs" in data else ():
        reached = milestone_of(initiative, need.milestone) if "milestone" in need.data else None
        if reached is not None and need.by is not None and reached.day > need.by:
            what = f"initiative `{initiative.id}` needs a milestone by {need.by} that is due on {reached.day}"
            yield _too_late(need.at("by"), what, reached)


def _waits_too_long(initiative: Initiative, other: Initiative) -> Iterator[Problem]:
    due, done, expected = initiative.due, done_by(other), expected_by(other)
    here = initiative.at("depends_on", other)
    if due is not None and done is not None and done.day > due:
        yield _too_late(here, f"initiative `{initiative.id}` is due on {due}, and `{other.id}` on {done.day}", done)
    elif due is not None and expected is not None and expected.day > due:
        what = f"initiative `{initiative.id}` is due on {due}, and `{other.id}` is expected on {expected.day}"
        yield _too_late(here, what, expected)._replace(severity=WARNING)


def _too_late(where: Place, what: str, other: Dated) -> Problem:
    tip = "move one of the two days, or say which milestone is enough: `needs: {milestone: …, by: …}`"
    return Problem(where, what, related=(Related(other.where, "the later day"),), tip=tip)


@rule(ERROR, preset=CORRECTNESS, weakness=ACCRETION)
def depends_on_ended(org: Org, initiative: Initiative) -> Iterator[Problem]:
    """An initiative waits for nothing that has ended.

    What it depends on, or needs a call, a hand-off or a record from, and has ended, gives nothing any more: either it
    was done, and the name is left over, or it was given up, and nobody told those who wait. It is told a fortnight
    after its last day. Of an initiative that ended when it was due it is only a warning, for it has most likely been
    done.

    Bad:

        initiatives:
          paperless-ward:
            accountable: head-nurse
            done_when: No chart of the last week is on paper.
            due: 2026-11-30
            depends_on: bedside-tablets   # expect: initiative/depends-on-ended
          bedside-tablets:
            accountable: head-of-it
            due: 2026-09-30
            status: ended
            until: 2026-04-15

    Good:

        initiatives:
          paperless-ward:
            accountable: head-nurse
            done_when: No chart of the last week is on paper.
            due: 2026-11-30
            depends_on: ward-trolleys
          bedside-tablets:
            accountable: head-of-it
            due: 2026-09-30
            status: ended
            until: 2026-04-15
            replaced_by: ward-trolleys
          ward-trolleys:
            accountable: head-nurse
            done_when: Each room has a trolley with a screen.
            due: 2026-09-30
    """
    if "depends_on" in initiative.data:
        for other in dict.fromkeys(org.each(initiative.depends_on)):
            if has_ended(other):
                yield _over(initiative, other, initiative.at("depends_on", other))
    for need in initiative.needs if "needs" in initiative.data else ():
        for field in NEEDED:
            for each in org.each(need.refs(field)) if field in need.data else ():
                if has_ended(each):
                    yield _over(initiative, each, need.at(field))


def _over(initiative: Initiative, other: Declaration, where: Place) -> Problem:
    heir = next(other.org.each(other.refs("replaced_by")), None)
    fate = f"was replaced by `{heir.id}`" if heir is not None else "has ended"
    return Problem(
        where,
        f"initiative `{initiative.id}` waits for {other.label}, which {fate}",
        related=(Related(other.at("replaced_by" if heir is not None else "status", on_key=True), "said here"),),
        tip=f"wait for `{heir.id}`"
        if heir is not None
        else "take it away if it was done, else say what takes its place",
        atoms=atoms(other, "status"),
        severity=WARNING if heir is None and ended_when_due(other) else None,
    )


@rule(WARNING, weakness=ACCRETION)
def health_stale(org: Org, initiative: Initiative, *, days: int = 90, grace: int = 14) -> Iterator[Problem]:
    """Word of how an initiative stands is young enough to act on.

    "On track" that was said in spring tells nothing in autumn, and everybody reads it as of today. It is told once what
    `health` says is older than a quarter (`days`), or than two rounds of the meeting that reviews the initiative where
    that is longer; and a fortnight (`grace`) after the day by which its `forecast` said it would be done.

    Bad:

        initiatives:
          second-runway:
            accountable: head-of-construction
            done_when: An aircraft lands on it.
            due: 2027-10-31
            health: {state: on track, as_of: 2026-02-02}   # expect: initiative/health-stale

    Good:

        initiatives:
          second-runway:
            accountable: head-of-construction
            done_when: An aircraft lands on it.
            due: 2027-10-31
            health: {state: at risk, as_of: 2026-06-01, forecast: 2027-12-15}
    """
    health = initiative.health if "health" in initiative.data else None
    if health is None:
        return
    said, forecast = health.as_of, health.forecast
    if forecast is not None and org.as_of > forecast + timedelta(days=grace):
        where, what = health.at("forecast"), f"was expected to be done by {forecast}, and goes on"
    elif (
        said is not None and org.as_of > said + timedelta(days=days) and org.as_of > said + word_lasts(initiative, days)
    ):
        where, what = health.at("as_of"), f"was last heard of on {said}"
    else:
        return
    yield Problem(
        where,
        f"initiative `{initiative.id}` {what}",
        tip="say how it stands today, and since when: `health: {state: …, as_of: …}`; or that it has ended",
    )


@rule(WARNING, weakness=LATENCY)
def slipped_in_silence(org: Org, *, days: int = 14) -> Iterator[Problem]:
    """That a date will not hold is said when it is known.

    A date that moves costs little while others can still move theirs, and everything on the day before. Looked at are
    the `slipped` entries of the last year: the day on which it was said came more than a fortnight (`days`) after the
    day since when it was known (`known_since`), or, where that is not told, not before the day that did not hold
    (`from`). Where `health` said in between that it was at risk or off track, it was no surprise.

    Bad:

        initiatives:
          night-trains:   # expect: initiative/slipped-in-silence
            accountable: head-of-timetable
            done_when: A train leaves at midnight on every line.
            due: 2026-12-13
        log:
          - {slipped: night-trains, date: 2026-05-26, from: 2026-06-14, to: 2026-12-13, known_since: 2026-02-10}

    Good:

        initiatives:
          night-trains:
            accountable: head-of-timetable
            done_when: A train leaves at midnight on every line.
            due: 2026-12-13
        log:
          - {slipped: night-trains, date: 2026-02-12, from: 2026-06-14, to: 2026-12-13, known_since: 2026-02-10}
    """
    slipped = happened(org, "slipped")
    for initiative in org.active(Initiative) if slipped else ():
        unheard = slipped_unheard(initiative, days) if initiative in slipped and not initiative.refused else []
        if not unheard:
            continue
        day, entry = unheard[-1]
        known = entry.known_since
        late = f"since {known}, and that was said on {day}" if known else f"on {day}, when {entry.from_} did not hold"
        others = f"; so it went {len(unheard)} times" if len(unheard) > 1 else ""
        yield Problem(
            initiative.at(on_key=True),
            f"initiative `{initiative.id}` was known to be late {late}{others}",
            related=tuple(Related(event.entry.at("slipped"), "told here") for event in unheard[-3:]),
            tip="ask what kept it from being said: a place where a date may be doubted, and whoever must hear of it",
        )
