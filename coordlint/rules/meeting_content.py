"""What meetings go through, and whether it has to be said aloud."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.status import status_to_read
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Meeting
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, GAP, INFO, STRICT, rule
from coordlint.rules.meeting import FOR_THOSE_WHO_COME
from coordlint.rules.wording import atoms

# Where a meeting says what it goes through, though not in an agenda.
SAYS_WHAT = ("agenda", "inputs", "pre_read", "reviews")


@rule(
    INFO,
    preset=STRICT,
    weakness=ACCRETION,
    claims_absence=True,
    yields_to=("meeting/holds-nothing", "meeting/no-output"),
)
def status_only(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Nobody has to come to hear what can be read.

    A meeting to which a record is brought, and from which nothing goes out but how things stand, tells people what
    they could have read when it suited them. It is asked of meetings of type `status`, and where no type is said of
    those through which run lines that carry only status. Nothing is said where something is decided, reviewed, handed
    over or put out, nor where the meeting itself writes the record.

    Bad:

        meetings:
          fleet-round:   # expect: meeting/status-only
            purpose: Hear from each depot how many vehicles are on the road.
            type: status
            chair: fleet-manager
            cadence: {every: week, day: mon, at: "08:00", lasts: 45m}
            inputs: [fleet-list]
            record: fleet-round-notes

    Good:

        meetings:
          fleet-round:
            purpose: Say which depot lends vehicles to which this week.
            type: planning
            chair: fleet-manager
            cadence: {every: week, day: mon, at: "08:00", lasts: 20m}
            inputs: [fleet-list]
            outputs: Who lends what to whom
            record: fleet-round-notes
    """
    record = status_to_read(meeting)
    if record is not None:
        yield Problem(
            meeting.at(on_key=True),
            f"meeting `{meeting.id}` carries only status, which can be read in `{record.id}`",
            related=(Related(record.at("keeps"), "what can be read there"),),
            tip="let people read it, and end the meeting; or say what comes out of it",
            atoms=atoms(meeting, "outputs"),
        )


@rule(
    INFO,
    preset=STRICT,
    weakness=GAP,
    once_a_kind=("agenda", "{count} meetings do not say what they go through, and none has an agenda"),
    yields_to=("meeting/holds-nothing",),
)
def no_agenda(_org: Org, meeting: Meeting, *, from_minutes: int = 30) -> Iterator[Problem]:
    """A meeting says beforehand what it goes through.

    Who knows what comes up can prepare, send somebody else, or stay away. An `agenda` is a link or a page; what it
    takes in (`inputs`, `pre_read`) or looks at (`reviews`) says as much. Meetings that are there for those who come are
    not asked, nor is what is held every working day, prepares another meeting, follows an event, or is called when it
    is needed.

    `from_minutes` is the length from which on a meeting is asked.

    Bad:

        meetings:
          harbour-council:   # expect: meeting/no-agenda
            purpose: Settle which berth each line gets next month.
            chair: harbour-master
            cadence: {every: month, day: second tue, at: "14:00", lasts: 2h}
            record: berth-book

    Good:

        meetings:
          harbour-council:
            purpose: Settle which berth each line gets next month.
            chair: harbour-master
            cadence: {every: month, day: second tue, at: "14:00", lasts: 2h}
            agenda: https://example.org/harbour/agenda
            record: berth-book
    """
    if any(meeting.says(field) for field in SAYS_WHAT) or meeting.data.get("for_each"):
        return
    if meeting.type not in FOR_THOSE_WHO_COME and _takes_preparing(meeting, from_minutes):
        yield Problem(
            meeting.at("agenda"),
            f"meeting `{meeting.id}` does not say what it goes through",
            tip="say where the agenda stands: `agenda: https://…`",
            atoms=atoms(meeting, "outputs"),
        )


def _takes_preparing(meeting: Meeting, from_minutes: int) -> bool:
    """Whether any slot of a meeting has days of its own, is no daily round and is long enough, or may be."""
    cadence = meeting.cadence
    for slot in cadence.slots if cadence is not None else ():
        is_daily = slot.every is not None and slot.every.unit == "day"
        if slot.regular and not slot.before and not is_daily and (slot.minutes is None or slot.minutes >= from_minutes):
            return True
    return False
