"""What the log tells of meetings and forums: whether they still decide, and whether people still come."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.evidence import happened, last
from coordlint.facts.sessions import dry, thin
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Meeting
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, INFO, WARNING, rule
from coordlint.rules.wording import atoms, listed


@rule(
    INFO, weakness=ACCRETION, claims_absence=True, yields_to=("forum/decides-nothing", "lifecycle/outlived-its-reason")
)
def no_decision_lately(org: Org, *, sessions: int = 4, days: int = 90) -> Iterator[Problem]:
    """What is there to decide decides.

    A forum that meets and decides nothing has become a round of news, or its calls are made before it meets. Told is a
    forum, or a meeting of none, that makes calls, and that the log has held four times (`sessions`) over 90 days
    (`days`) without one. The log must tell of its decisions: it knows an earlier one, by a session's `decisions`, or a
    `decided` of it or of a right that is decided there; or it says of each of those sessions that there was none. What
    is older than a year, or came before a review in which it was to change, does not count.

    Bad:

        forums:
          fare-board:   # expect: lifecycle/no-decision-lately
            charter: Settles what a ride costs, and who rides free.
            chair: head-of-fares
            decider: head-of-fares
            decides: fare
            record: fare-book
        meetings:
          fare-monthly: {forum: fare-board, cadence: {every: month, day: first mon}}
        decision_rights:
          fare: {question: What does a ride cost?, decider: head-of-fares, record: fare-book}
        log:
          - {held: fare-monthly, date: 2026-01-12, decisions: 2}
          - {held: fare-monthly, date: 2026-02-09}
          - {held: fare-monthly, date: 2026-03-09}
          - {held: fare-monthly, date: 2026-04-13}
          - {held: fare-monthly, date: 2026-05-11}

    Good:

        forums:
          fare-board:
            charter: Settles what a ride costs, and who rides free.
            chair: head-of-fares
            decider: head-of-fares
            decides: fare
            record: fare-book
        meetings:
          fare-monthly: {forum: fare-board, cadence: {every: month, day: first mon}}
        decision_rights:
          fare: {question: What does a ride cost?, decider: head-of-fares, record: fare-book}
        log:
          - {held: fare-monthly, date: 2026-01-12, decisions: 2}
          - {held: fare-monthly, date: 2026-02-09}
          - {held: fare-monthly, date: 2026-03-09}
          - {decided: fare, date: 2026-04-13, by: head-of-fares}
          - {held: fare-monthly, date: 2026-05-11}
    """
    for venue, held, decided in dry(org, sessions, days) if happened(org, "held") else ():
        since = f"since {decided}" if decided else f"from {held[0].day} to {held[-1].day}"
        yield Problem(
            venue.at(on_key=True),
            f"`{venue.id}` met {len(held)} times {since}, and decided nothing",
            related=tuple(Related(event.entry.at("held"), "held here") for event in last(held, 3)),
            tip="ask what it is there for now: bring it the calls that are its own, meet when there is one, or end it",
            atoms=atoms(venue, "", "decides"),
        )


@rule(WARNING, weakness=ACCRETION, yields_to=("lifecycle/outlived-its-reason",))
def thin_attendance(org: Org, *, sessions: int = 4, share: float = 0.5) -> Iterator[Problem]:
    """Whoever a meeting needs comes to it.

    Where half stay away, either they are not needed, or what is settled there will be settled again. Looked at are the
    last four sessions (`sessions`) of which the log says who, or how many, attended: in the middle of these numbers it
    is less than half (`share`) of those whom the meeting expects, or less than the `quorum` of a forum that decides
    there. Meetings to learn or for company, of the whole house or of two are not asked. Nothing counts that is older
    than a year, or came before a review in which the meeting was to change. Guests count like anybody else, so that
    there may be fewer than it seems.

    Bad:

        meetings:
          tide-briefing:
            purpose: Say which locks open tonight, and who stands at each.
            chair: harbour-master
            attendees: [pilot-lead, lock-keeper, tug-lead, coastguard, customs]   # expect: lifecycle/thin-attendance
            outputs: The list of tonight's locks
            cadence: {every: day, at: "16:00", lasts: 15m}
        log:
          - {held: tide-briefing, date: 2026-06-08, attended: 2}
          - {held: tide-briefing, date: 2026-06-09, attended: [harbour-master, pilot-lead]}
          - {held: tide-briefing, date: 2026-06-10, attended: 3}
          - {held: tide-briefing, date: 2026-06-11, attended: 2}

    Good:

        meetings:
          tide-briefing:
            purpose: Say which locks open tonight, and who stands at each.
            chair: harbour-master
            attendees: [pilot-lead, lock-keeper]
            optional: [tug-lead, coastguard, customs]
            outputs: The list of tonight's locks
            cadence: {every: day, at: "16:00", lasts: 15m}
        log:
          - {held: tide-briefing, date: 2026-06-08, attended: 2}
          - {held: tide-briefing, date: 2026-06-09, attended: [harbour-master, pilot-lead]}
          - {held: tide-briefing, date: 2026-06-10, attended: 3}
          - {held: tide-briefing, date: 2026-06-11, attended: 2}
    """
    held = happened(org, "held")
    for meeting in org.active(Meeting) if held else ():
        turnout = thin(meeting, sessions, share) if meeting in held and not meeting.refused else None
        if turnout is None:
            continue
        came = listed([str(count) for count in turnout.came], len(turnout.came))
        wanted = f"needs {turnout.wanted} to decide" if turnout.quorum else f"expects {turnout.wanted} people"
        yield Problem(
            meeting.at("attendees"),
            f"`{meeting.id}` {wanted}, and {came} came to the last {len(turnout.came)} sessions",
            related=tuple(Related(event.entry.at("attended"), "counted here") for event in turnout.sessions[-3:]),
            tip="expect those who are needed, and let the others be `optional`; or ask those who stay away why",
            atoms=atoms(meeting, ""),
        )
