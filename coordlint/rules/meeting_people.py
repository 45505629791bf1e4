"""Who is expected in meetings, all together: whether they are enough, and whether anything ties them."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.attendance import lists_nobody
from coordlint.facts.quorum import votes_expected
from coordlint.facts.venues import decides_something, deciding_meetings
from coordlint.finding import Problem, Related
from coordlint.model.kinds import Forum, Meeting
from coordlint.model.org import Org
from coordlint.rule import GAP, WARNING, rule
from coordlint.rules.wording import atoms, counted


@rule(WARNING, weakness=GAP, yields_to=("meeting/decider-not-invited",))
def only_optional(org: Org, meeting: Meeting) -> Iterator[Problem]:
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
    if not decides_something(meeting):
        return
    forum = org.find(meeting.forum) if "forum" in meeting.data else None
    if forum is not None and forum.quorum is not None:
        yield from _too_few(meeting, forum, forum.quorum)
    elif lists_nobody(meeting) and meeting.says("optional"):
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
