"""Who is expected in meetings, all together: whether they are enough, and whether anything ties them."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.attendance import expected_heads, expects_at_most, lists_nobody
from coordlint.facts.quorum import votes_expected
from coordlint.facts.unrelated import Seat, are_tied_at_a_look, parts_of
from coordlint.facts.venues import decides_something, deciding_meetings, forum_of, meetings_of
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Forum, Meeting, Team
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, GAP, INFO, OVERLOAD, WARNING, rule
from coordlint.rules.meeting import FOR_THOSE_WHO_COME
from coordlint.rules.wording import atoms, counted, names


@rule(WARNING, weakness=OVERLOAD)
def too_many_people(_org: Org, meeting: Meeting, *, max: int = 9) -> Iterator[Problem]:  # noqa: A002
    """A meeting that decides is small enough to decide.

    With more than nine people, most of them listen, and the call is made before or after. Those who only need to know
    can read what was decided. Counted are the people who are expected, each once: a role by its holders or its
    `headcount`, a rota as one, a team by its members or its `headcount`.

    `max` is the largest number of people that is fine.

    Bad:

        teams:
          nurses: {lead: head-nurse, headcount: 14}
        meetings:
          theatre-planning:
            purpose: Decide which operations are moved when a theatre fails.
            type: decision
            chair: chief-surgeon
            attendees: [chief-surgeon, nurses]   # expect: meeting/too-many-people
            record: theatre-log
            cadence: {every: day, at: "07:00", lasts: 15m}

    Good:

        teams:
          nurses: {lead: head-nurse, headcount: 14}
        meetings:
          theatre-planning:
            purpose: Decide which operations are moved when a theatre fails.
            type: decision
            chair: chief-surgeon
            attendees: [chief-surgeon, head-nurse]
            record: theatre-log
            cadence: {every: day, at: "07:00", lasts: 15m}
    """
    if expects_at_most(meeting, max) or not decides_something(meeting):
        return
    count = expected_heads(meeting)
    if count <= max:
        return
    forum = None if meeting.says("attendees") else forum_of(meeting)
    if forum is not None and next(iter(deciding_meetings(forum)), meeting) is not meeting:
        return
    yield Problem(
        meeting.at("attendees"),
        f"meeting `{meeting.id}` decides, and expects {counted(count, 'person', 'people')}; {max} are enough",
        related=(Related(forum.at("members"), "who is expected comes from here"),) if forum else (),
        tip="let those who only need to know be `optional`, or read the record",
    )


@rule(WARNING, weakness=GAP, yields_to=("meeting/decider-not-invited",))
def only_optional(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Enough are expected where something is decided.

    A forum that needs three votes (`quorum`), and a meeting of it that expects two voters and lets the others come if
    they like: some weeks it decides, and some it does not, and nobody can say beforehand. Of the forum's voters, or
    where it names none of its members, at least so many are expected as its `quorum` says. Where there is no forum or
    no quorum, one is enough. Where voters cannot be counted, nothing is said.

    Bad:

        forums:
          rate-committee:
            charter: Settles the interest on savings.
            chair: treasurer
            members: [treasurer, chief-risk-officer, head-of-lending, head-of-savings]
            quorum: 3
        meetings:
          rate-weekly:
            forum: rate-committee
            type: decision
            attendees: [treasurer, chief-risk-officer]   # expect: meeting/only-optional
            optional: [head-of-lending, head-of-savings]
            cadence: {every: week, day: tue, at: "09:00", lasts: 30m}
            agenda: https://example.org/rates

    Good:

        forums:
          rate-committee:
            charter: Settles the interest on savings.
            chair: treasurer
            members: [treasurer, chief-risk-officer, head-of-lending, head-of-savings]
            quorum: 3
        meetings:
          rate-weekly:
            forum: rate-committee
            type: decision
            attendees: [treasurer, chief-risk-officer, head-of-lending]
            optional: [head-of-savings]
            cadence: {every: week, day: tue, at: "09:00", lasts: 30m}
            agenda: https://example.org/rates
    """
    forum = forum_of(meeting)
    quorum = forum.quorum if forum is not None and "quorum" in forum.data else None
    if (quorum is None and not meeting.says("optional")) or not decides_something(meeting):
        return
    if forum is not None and quorum is not None:
        yield from _too_few(meeting, forum, quorum)
    elif lists_nobody(meeting):
        yield Problem(
            meeting.at("attendees"),
            f"meeting `{meeting.id}` decides, and expects nobody",
            related=(Related(meeting.at("optional"), "who may come"),),
            tip="list who has to be there under `attendees`",
        )


def _too_few(meeting: Meeting, forum: Forum, quorum: float) -> Iterator[Problem]:
    own = meeting.says("attendees")
    if not own and next(iter(deciding_meetings(forum)), meeting) is not meeting:
        return
    count = votes_expected(meeting, forum)
    if count is None or count >= quorum:
        return
    yield Problem(
        meeting.at("attendees") if own else forum.at("quorum"),
        f"meeting `{meeting.id}` decides and expects {counted(count, 'vote')}, where forum `{forum.id}` needs {quorum}",
        related=(
            Related(forum.at("quorum" if own else "members"), "how many it needs" if own else "who belongs to it"),
        ),
        tip="expect more of those who vote, or ask for fewer",
        atoms=atoms(meeting, "attendees"),
    )


@rule(
    INFO,
    weakness=ACCRETION,
    claims_absence=True,
    yields_to=("lifecycle/outlived-its-reason", "meeting/no-owner"),
)
def joins_unrelated_teams(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """The teams that a meeting brings together have something to do with each other.

    Meetings stay when the work that ran between two teams has gone elsewhere, and then people coordinate what no longer
    needs it. Between any two groups of the teams that are expected runs a decision right, a hand-off, an initiative or
    a context line; through a team around or inside one of them will do, and so will a forum that decides something for
    both. Nothing is said where the team of anybody who is expected is not known, nor of teams about which nothing of
    the kind was ever written down, nor of meetings that are there for those who come.

    Bad:

        teams:
          mining: {lead: mine-captain}
          smelting: {lead: smelter}
          forestry: {lead: forester}
          sawmill: {lead: sawyer}
        handoffs:
          ore: {from: mining, to: smelting, delivers: Ore by the cart}
          logs: {from: forestry, to: sawmill, delivers: Logs by the raft}
        meetings:
          valley-round:
            purpose: Settle who uses the valley road on which day.
            chair: mine-captain
            attendees:
              - smelter
              - forester   # expect: meeting/joins-unrelated-teams
            cadence: {every: week, day: mon, at: "07:00", lasts: 20m}
            outputs: A list of carts by day

    Good:

        teams:
          mining: {lead: mine-captain}
          smelting: {lead: smelter}
          forestry: {lead: forester}
          sawmill: {lead: sawyer}
        handoffs:
          ore: {from: mining, to: smelting, delivers: Ore by the cart}
          logs: {from: forestry, to: sawmill, delivers: Logs by the raft}
        meetings:
          valley-round:
            purpose: Settle who uses the valley road on which day.
            chair: mine-captain
            attendees: smelter
            cadence: {every: week, day: mon, at: "07:00", lasts: 20m}
            outputs: A list of carts by day
    """
    if are_tied_at_a_look(meeting):
        return
    if meeting.type in FOR_THOSE_WHO_COME or meeting.data.get("for_each") or not _speaks_for_itself(meeting):
        return
    parts = parts_of(meeting)
    if len(parts) < 2:
        return
    # The chair's part comes first, and is asked to stay where the others are not fewer.
    apart = min(reversed(parts), key=len)
    seat, others = apart[0], next(part for part in parts if part is not apart)
    own = meeting.says("attendees")
    forum = None if own else forum_of(meeting)
    yield Problem(
        meeting.at("attendees", seat.party) if own else meeting.at(on_key=True),
        f"nothing ties {names(_teams(apart))} to the other teams that meeting `{meeting.id}` brings together",
        related=(
            *((Related(forum.at("members"), "who is expected comes from here"),) if forum is not None else ()),
            Related(others[0].teams[0].at(on_key=True), "one of the others"),
        ),
        tip="let them go, end the meeting, or write down what runs between them",
        # Whoever ties them may be the chair who is not named.
        atoms=atoms(meeting, "", "chair"),
    )


def _speaks_for_itself(meeting: Meeting) -> bool:
    """Whether a meeting says who comes, or is the first of those that leave it to their forum."""
    forum = forum_of(meeting)
    if forum is None or meeting.says("attendees") or meeting.says("chair"):
        return True
    return next((each for each in meetings_of(forum) if not each.says("attendees")), meeting) is meeting


def _teams(seats: list[Seat]) -> list[Team]:
    return list(dict.fromkeys(team for seat in seats for team in seat.teams))
