"""What each meeting is for, who runs it, who is there, and what stays of it."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.attendance import absent_decider, deciders_are_listed, optional
from coordlint.facts.holding import holds_something, puts_out_something, says_what_meetings_hold
from coordlint.facts.memory import first_without_record, has_record, keeps_by_rights
from coordlint.facts.ownership import answers_for, outermost
from coordlint.facts.parties import teams_of
from coordlint.facts.prose import SAY_NOTHING, content_of, repeats, words_in
from coordlint.facts.venues import Call, Venue, calls, decided_in, decides_something, forum_of, meetings_of
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import Meeting
from coordlint.model.org import Org
from coordlint.rule import ACCRETION, CONTRADICTION, CORRECTNESS, ERROR, GAP, WARNING, rule
from coordlint.rules.wording import atoms, names, pair

_WHO_DECIDES = ("decision/two-deciders", "meeting/no-owner")

# Meetings of these types are there for those who come, not for what comes out.
FOR_THOSE_WHO_COME = frozenset(("social", "learning", "one-on-one", "all-hands"))


@rule(
    ERROR,
    weakness=GAP,
    once_a_kind=("purpose", "{count} meetings have neither a purpose nor a forum with a charter"),
    yields_to=("forum/no-charter",),
)
def no_purpose(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Every meeting says what it is for.

    A meeting whose purpose nobody can state cannot be prepared, cut short or ended. The charter of its forum counts.
    One-on-ones are not asked.

    Bad:

        meetings:
          depot-roundup:   # expect: meeting/no-purpose
            chair: depot-manager
            cadence: {every: week, day: mon, at: "07:30", lasts: 1h}

    Good:

        meetings:
          depot-roundup:
            purpose: Decide which vehicles go to the workshop this week, and who drives instead.
            chair: depot-manager
            cadence: {every: week, day: mon, at: "07:30", lasts: 1h}
    """
    data = meeting.data
    if data.get("purpose") or meeting.says("purpose") or meeting.type == "one-on-one" or data.get("for_each"):
        return
    forum = forum_of(meeting)
    if meeting.says("forum") and (forum is None or forum.says("charter")):
        return
    yield Problem(
        meeting.at("purpose"),
        f"meeting `{meeting.id}` does not say what it is for",
        tip="write a `purpose` by which somebody new could tell when it is done",
        atoms=atoms(forum, "charter") if forum else (),
    )


@rule(WARNING, weakness=GAP)
def purpose_says_nothing(
    _org: Org, meeting: Meeting, *, words: tuple[str, ...] = SAY_NOTHING, max_words: int = 40
) -> Iterator[Problem]:
    """A purpose tells a newcomer what the meeting does.

    "Weekly sync to align" could stand over any meeting. A purpose that only repeats the meeting's name, or only holds
    words that any meeting could use, says nothing; one of more than 40 words says too much to be remembered.

    `words` are the words that say nothing, small ones such as "and" included; what you write there replaces the English
    list, so an organisation that writes in another language gives its own. `max_words` is the longest that a purpose
    may be. A purpose repeats the name when four in five of its other words stand there.

    Bad:

        meetings:
          tender-review:
            purpose: Sync with everybody about tenders and touch base.   # expect: meeting/purpose-says-nothing
            chair: head-of-bids
            cadence: {every: week, day: wed, at: "11:00", lasts: 1h}

    Good:

        meetings:
          tender-review:
            purpose: Choose the tenders that we bid for, and name who writes each bid.
            chair: head-of-bids
            cadence: {every: week, day: wed, at: "11:00", lasts: 1h}
    """
    purpose, name = meeting.data.get("purpose"), meeting.data.get("name")
    if not isinstance(purpose, str):
        return
    said = words_in(purpose)
    content = content_of(said, tuple(words))
    tip = "say what is decided, made or known when it is over"
    if len(said) > max_words:
        what, tip = f"takes {len(said)} words", f"say it in {max_words} words, and the rest under `description`"
    elif not content:
        what = "could stand over any meeting"
    elif repeats(content, f"{name} {meeting.id}" if isinstance(name, str) else meeting.id):
        what = "says no more than its name"
    else:
        return
    yield Problem(meeting.at("purpose"), f"the purpose of meeting `{meeting.id}` {what}", tip=tip)


@rule(
    WARNING,
    weakness=ACCRETION,
    claims_absence=True,
    yields_to=("lifecycle/outlived-its-reason", "rigidity/only-one-use"),
)
def holds_nothing(org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Something would be missed if the meeting were gone.

    No decision, hand-off, escalation or line goes through it, no initiative is reviewed in it, it prepares no other
    meeting, and it puts out and records nothing: it can go, or what it does is not written down. What its forum holds
    counts. Social meetings, learning, one-on-ones and all-hands are for those who come. While nobody has said what
    meetings hold, nothing is.

    Bad:

        meetings:
          menu-planning: {chair: head-chef, outputs: The menu of next month, cadence: {every: month, day: 1}}
          kitchen-round:   # expect: meeting/holds-nothing
            purpose: Go through the kitchens of all three restaurants.
            chair: head-chef
            cadence: {every: month, day: third tue, at: "15:00", lasts: 2h}

    Good:

        meetings:
          menu-planning: {chair: head-chef, outputs: The menu of next month, cadence: {every: month, day: 1}}
          kitchen-round:
            purpose: Go through the kitchens of all three restaurants.
            chair: head-chef
            cadence: {every: month, day: third tue, at: "15:00", lasts: 2h}
            agenda: https://example.org/kitchens
            outputs: [A list of repairs with a date for each]
    """
    data = meeting.data
    if data.get("outputs") or data.get("decides"):
        return
    if meeting.type in FOR_THOSE_WHO_COME or data.get("for_each") or holds_something(meeting):
        return
    if says_what_meetings_hold(org):
        yield Problem(
            meeting.at(on_key=True),
            f"nothing that is written down depends on meeting `{meeting.id}` or comes out of it",
            tip="say what it decides, puts out or reviews; or end it",
            atoms=atoms(meeting, "outputs", "record"),
        )


@rule(
    ERROR, preset=CORRECTNESS, weakness=GAP, once_a_kind=("chair", "nobody answers for any of these {count} meetings")
)
def no_owner(org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Somebody answers for every meeting.

    Its owner or chair, the chair or owner of its forum, the lead of its team or of a team above: where none of them is
    named, nobody can move the meeting, change it or call it off. The one-on-ones that stand for every manager with
    each report (`for_each: report`) are the managers'.

    Bad:

        meetings:
          harvest-planning:   # expect: meeting/no-owner
            purpose: Decide which fields are harvested in which week.
            cadence: {every: week, day: thu, at: "06:30", lasts: 30m}

    Good:

        meetings:
          harvest-planning:
            purpose: Decide which fields are harvested in which week.
            chair: field-manager
            cadence: {every: week, day: thu, at: "06:30", lasts: 30m}
    """
    data, forum = meeting.data, forum_of(meeting)
    if (forum is not None and forum.data.get("chair")) or "chair" in data or "owner" in data or data.get("for_each"):
        return
    if answers_for(meeting) is None:
        team = org.find(meeting.team)
        yield Problem(
            meeting.at("chair"),
            f"nobody answers for meeting `{meeting.id}`",
            related=(Related(forum.at(on_key=True), "its forum has no chair"),) if forum else (),
            tip="name a `chair`, or an `owner`",
            atoms=atoms(outermost(team), "lead") if team else (),
        )


@rule(
    WARNING,
    weakness=GAP,
    claims_absence=True,
    once_a_kind=("outputs", "{count} meetings do not say what comes out of them"),
    yields_to=("meeting/no-memory", "meeting/holds-nothing"),
)
def no_output(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Something comes out of every meeting.

    A list, a plan, a record, a decision, a look at how something stands: whatever the next step begins with. Social
    meetings, learning, one-on-ones and all-hands are not asked.

    Bad:

        meetings:
          claims-handover:   # expect: meeting/no-output
            purpose: Pass the large claims of the week on to the adjusters.
            chair: head-of-claims
            cadence: {every: week, day: fri, at: "13:00", lasts: 30m}
        context_lines:
          large-claims: {from: claims-desk, to: adjusters, carries: context, through: claims-handover}

    Good:

        meetings:
          claims-handover:
            purpose: Pass the large claims of the week on to the adjusters.
            chair: head-of-claims
            cadence: {every: week, day: fri, at: "13:00", lasts: 30m}
            outputs: [An adjuster's name for every large claim]
        context_lines:
          large-claims: {from: claims-desk, to: adjusters, carries: context, through: claims-handover}
    """
    data = meeting.data
    if data.get("outputs") or data.get("decides"):
        return
    if meeting.type in FOR_THOSE_WHO_COME or data.get("for_each") or puts_out_something(meeting):
        return
    yield Problem(
        meeting.at("outputs"),
        f"nothing comes out of meeting `{meeting.id}`",
        tip="say what is there afterwards that was not there before: `outputs: […]`",
        atoms=atoms(meeting, "", "record"),
    )


@rule(ERROR, weakness=GAP, once_a_kind=("record", "{count} meetings decide something, and none keeps a record of it"))
def no_memory(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Where something is decided, it is kept what was decided.

    Without a short memory the same call is made again, by others, in another way. A `record` of the meeting, of its
    forum, or of every right that is decided there is such a memory; so is a record among the `outputs`. A meeting
    decides something where it says so, where a right or its type says so, and where its forum makes its calls. What
    several meetings of one forum lack is said once.

    Bad:

        meetings:
          credit-committee:   # expect: meeting/no-memory
            purpose: Decide every loan above 2 million.
            chair: chief-risk-officer
            cadence: {every: week, day: wed, at: "09:00", lasts: 90m}
            decides: [large-loan]
        decision_rights:
          large-loan: {question: Do we grant this loan?, decider: chief-risk-officer}

    Good:

        meetings:
          credit-committee:
            purpose: Decide every loan above 2 million.
            chair: chief-risk-officer
            cadence: {every: week, day: wed, at: "09:00", lasts: 90m}
            decides: [large-loan]
            record: loan-decisions
        decision_rights:
          large-loan: {question: Do we grant this loan?, decider: chief-risk-officer}
    """
    forum = forum_of(meeting)
    if (forum is not None and forum.data.get("record")) or meeting.data.get("record"):
        return
    if has_record(meeting) or not decides_something(meeting) or keeps_by_rights(meeting):
        return
    if forum is not None and meeting is not first_without_record(forum):
        return
    # A meeting of a forum speaks for the others, and for what the forum decides beside them.
    venues: tuple[Venue, ...] = (forum, meeting, *meetings_of(forum)) if forum else (meeting,)
    rights = dict.fromkeys(right for venue in venues for right in decided_in(venue))
    yield Problem(
        meeting.at("record"),
        f"meeting `{meeting.id}` decides, and nothing keeps what was decided",
        tip="name the log or page that does: `record: …`, here or at its forum",
        atoms=(
            *atoms(meeting, "outputs"),
            *(atoms(forum, "record") if forum else ()),
            *(atom for right in rights for atom in atoms(right, "record")),
        ),
    )


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION, yields_to=_WHO_DECIDES)
def decider_not_invited(_org: Org, meeting: Meeting) -> Iterator[Problem]:
    """Whoever makes a call is in the meeting where it is made.

    A right that is exercised where its decider never sits is exercised by somebody else, or not at all. Expected are
    chair and attendees, those of the forum where the meeting names none, with the members of teams and the holders of
    roles. A deputy does not count, nor does who may come. Where it is not known who is expected, nothing is said:
    an `ext/…` among them may hold a role of which nobody says who holds it.

    Bad:

        meetings:
          deal-desk-weekly:
            cadence: {every: week, day: tue, at: "10:00", lasts: 30m}
            attendees: [sales-lead]
            decides: [discount]      # expect: meeting/decider-not-invited
        decision_rights:
          discount: {question: "May we give it?", decider: cfo}

    Good:

        meetings:
          deal-desk-weekly:
            cadence: {every: week, day: tue, at: "10:00", lasts: 30m}
            attendees: [sales-lead, cfo]
            decides: [discount]
        decision_rights:
          discount: {question: "May we give it?", decider: cfo}
    """
    rights = decided_in(meeting)
    doubtful = [right for right in rights if not deciders_are_listed(meeting, right) and not right.refused]
    if not doubtful:
        return
    absent: dict[Declaration, list[Call]] = {}
    for right in doubtful:
        for call in calls(right):
            decider = absent_decider(meeting, call)
            if decider is not None:
                absent.setdefault(decider, []).append(call)
    yield from (_not_invited(meeting, decider, made) for decider, made in absent.items())


def _not_invited(meeting: Meeting, decider: Declaration, made: list[Call]) -> Problem:
    call = made[0]
    rights = list(dict.fromkeys(call.right for call in made))
    listed = call.right in list(meeting.org.each(meeting.decides))
    how = "may come, but is not expected in" if optional(meeting).includes(decider) else "is not invited to"
    field = "decided_in" if call.says("decided_in") else "decider"
    expected_here, where = _expected_here(meeting)
    forum = None if meeting.says("attendees") else forum_of(meeting)
    absent = [pair(forum, team) for team in teams_of(decider)] if forum else []
    return Problem(
        meeting.at("decides", call.right) if listed else call.speaker(field).at(field),
        f"`{decider.id}` decides {names(rights)}, but {how} meeting `{meeting.id}`",
        related=(expected_here, Related(call.speaker("decider").at("decider"), "who decides")),
        tip=f"add `{decider.id}` to {where}, or name a decider who is there",
        atoms=(
            *atoms(meeting, "chair", "attendees"),
            *(atom for right in rights for atom in atoms(right, "decider")),
            *absent,
        ),
    )


def _expected_here(meeting: Meeting) -> tuple[Related, str]:
    """Where it is said who is expected, and the field in words."""
    forum = forum_of(meeting)
    if meeting.says("attendees") or forum is None:
        return Related(meeting.at("attendees"), "who is expected"), "`attendees`"
    return Related(forum.at("members"), "who is expected comes from here"), f"`members` of {forum.label}"
