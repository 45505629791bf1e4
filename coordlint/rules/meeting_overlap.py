"""Meetings that are written down twice, and meetings that bring the same people together again."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.encounters import held_at_once, own_company, same_company
from coordlint.finding import Problem, Related
from coordlint.model.kinds import DecisionRight
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, INFO, STRICT, WARNING, rule
from coordlint.rules.wording import atoms, names, pair


@rule(WARNING, weakness=CONTRADICTION, yields_to=("reference/duplicate-id",))
def declared_twice(org: Org) -> Iterator[Problem]:
    """A meeting is written down once.

    Two meetings with one link and one record, held at the same time, cannot both be held: one of them is what the other
    was once called, or how often it was once held, and people go by whichever they find. Links and agendas are
    compared, records, and the slots of their cadences. Two that take turns, every second week, are two meetings, and so
    they are where nobody said in which weeks they begin. Two with the same name and cadence are a copy, which joint
    meetings of two teams are.

    Bad:

        meetings:
          triage:
            purpose: Give every new fault a severity and an owner.
            chair: support-lead
            cadence: {every: week, day: mon, at: "10:00", lasts: 30m}
            links: https://example.org/rooms/triage
            record: fault-list
          triage-old:
            purpose: Give every new fault a severity and an owner.
            chair: support-lead
            cadence: {every: 2 weeks, day: mon, at: "10:00", lasts: 1h}   # expect: meeting/declared-twice
            links: https://example.org/rooms/triage
            record: fault-list

    Good:

        meetings:
          triage:
            purpose: Give every new fault a severity and an owner.
            chair: support-lead
            cadence: {every: week, day: mon, at: "10:00", lasts: 30m}
            links: https://example.org/rooms/triage
            record: fault-list
    """
    for first, second, record in held_at_once(org):
        yield Problem(
            second.at("cadence"),
            f"{names([first, second])} are held at the same time, with one link and one record",
            related=(Related(first.at("cadence"), "the other one"), Related(second.at("record"), f"`{record.id}`")),
            tip="keep the one that is held, or give each its own time, link or record",
            atoms=(pair(first, second), *atoms(first, ""), *atoms(second, "")),
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=ACCRETION,
    yields_to=("meeting/declared-twice", "decision/declared-twice", "forum/same-scope"),
)
def overlaps_another(org: Org, *, share: float = 0.8, min_people: int = 3) -> Iterator[Problem]:
    """The same people do not come together twice for one thing.

    Two meetings of one forum, or in which one right is decided, with nearly the same people in the same weeks: each has
    its reason, and one of them would do. Compared is whom each of them lists itself, chair included. Where it is not
    known whether they fall into the same weeks, nothing is said, and nothing of a daily round beside a weekly meeting.

    `share` is the part of all who come to either that must come to both, `min_people` how many they are at least.

    Bad:

        meetings:
          roster-draft:
            purpose: Draw up the roster of the coming week.
            forum: roster-board
            chair: duty-manager
            attendees: [head-nurse, theatre-lead, night-lead]
            cadence: {every: week, day: mon, at: "10:00", lasts: 30m}
            inputs: [absences]
            outputs: [roster]
          roster-round:
            purpose: Settle who swaps with whom.
            forum: roster-board
            chair: duty-manager
            attendees: [head-nurse, theatre-lead, night-lead]   # expect: meeting/overlaps-another
            cadence: {every: week, day: thu, at: "10:00", lasts: 30m}
            inputs: [roster]
            outputs: [swaps]

    Good:

        meetings:
          roster-round:
            purpose: Draw up the roster of the coming week, and settle who swaps with whom.
            forum: roster-board
            chair: duty-manager
            attendees: [head-nurse, theatre-lead, night-lead]
            cadence: {every: week, day: thu, at: "10:00", lasts: 1h}
            inputs: [absences]
            outputs: [roster, swaps]
    """
    for first, second, about in same_company(org, share, min_people):
        count = len(own_company(first) & own_company(second))
        yield Problem(
            second.at("attendees"),
            f"{names([first, second])} bring the same {count} together in the same weeks, for {about.label}",
            related=(Related(first.at("attendees"), "who is listed there"),),
            tip="let one of them do the work of both",
            atoms=(
                pair(first, second),
                *(atoms(about, "question", "decided_in") if isinstance(about, DecisionRight) else ()),
            ),
        )
