"""What the log tells of calls: whether one was made twice, and whether whoever made it might."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coordlint.facts.decided_again import decided_again
from coordlint.facts.deciding import Choice, call_at, might_decide
from coordlint.facts.evidence import Event, happened, last, recent
from coordlint.facts.naming import bearers
from coordlint.finding import Problem, Related
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, LogEntry
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, WARNING, rule
from coordlint.rules.wording import counted, listed


@rule(WARNING, weakness=CONTRADICTION)
def decided_twice(org: Org, *, days: int = 90, often: int = 3) -> Iterator[Problem]:
    """What was decided stays decided, or is decided anew on purpose.

    A call that is made again within a quarter of a year was made by two people, or in two rooms, or was not heard of;
    and whoever works by the first answer finds out last. Looked at are the `decided` entries of the log of the last
    year. Two are about one thing where they give the same values, or none, within 90 days (`days`), and say `what` was
    decided in the same words; case, punctuation, plurals, small words and their order make no difference. What says the
    reverse ("not open on Sundays") is about the same thing, but in a right of many uses only from somebody else; what
    differs in an amount with its unit, or a day, only from somebody else, and in a right of few uses.

    Without `what` in one of them, a meeting that comes again decides something else each time; elsewhere the same
    `given` is enough, and without any it takes two who decide, or less than a week. A right that was used more than
    three times (`often`) with the same values in those days is used for many things, so there only those count that say
    `what`; and what is said more than three times says nothing. An entry that says which one it `supersedes` is in
    order, as long as an entry bears that `id`, and so is one decision that was written down twice, under one `id` or
    word for word. What came before a review in which the right was to change does not count.

    Bad:

        decision_rights:
          opening-hours:   # expect: decision/decided-twice
            question: When is the library open?
            decider: head-librarian
            record: notice-board
        log:
          - {decided: opening-hours, date: 2026-04-13, what: Open on Sundays from June, by: head-librarian}
          - {decided: opening-hours, date: 2026-05-18, what: Not open on Sundays from June, by: head-librarian}

    Good:

        decision_rights:
          opening-hours:
            question: When is the library open?
            decider: head-librarian
            record: notice-board
        log:
          - decided: opening-hours
            id: L-12
            date: 2026-04-13
            what: Open on Sundays from June
            by: head-librarian
          - decided: opening-hours
            date: 2026-05-18
            what: Not open on Sundays from June
            by: head-librarian
            supersedes: L-12
    """
    for right in _decided(org):
        for decisions in decided_again(right, days, often):
            first, newest = decisions[0], decisions[-1]
            times = f"{len(decisions)} times from {first.day} to {newest.day}"
            again = f"on {first.day}, and again on {newest.day}"
            yield Problem(
                right.at(on_key=True),
                f"`{right.id}` was decided {again if len(decisions) == 2 else times}, and no entry supersedes another",
                related=tuple(
                    Related(event.entry.at("decided"), "first here" if event is first else "and here")
                    for event in (first, *decisions[1:][-3:])
                ),
                tip="ask which one stands, and let its entry say that it `supersedes` the other; "
                "where they are about two things, say `what` each decided, or what was `given`",
            )


@rule(WARNING, weakness=CONTRADICTION, claims_absence=True)
def decided_elsewhere(org: Org) -> Iterator[Problem]:
    """A call is made by whoever may make it.

    Where somebody else decides, the declared way is too slow, too far, or not known; and the next one learns that it
    need not be taken. Looked at are the `decided` entries of the last year that say by whom. What is `given` picks the
    case; where it leaves several open, all of them count. In order is whoever decides it, or acts for them as deputy;
    whom an escalation of the right reaches; and whoever decides what it is delegated from, or delegated to. Nothing is
    said where nobody can know: of a forum and somebody at its table, a decider who has left or is not declared, a name
    that leads nowhere, or a right that began, or was changed in a review, only after the day. Each who decides what
    is somebody else's is told once.

    Bad:

        decision_rights:
          grant:
            question: Do we give this grant?
            inputs: {amount: {number: 0 to 100000, unit: EUR}}
            cases:
              - {when: {amount: up to 5000}, decider: programme-lead}
              - {when: {amount: over 5000}, decider: director}   # expect: decision/decided-elsewhere
            record: grant-book
        roles: {programme-lead: {held_by: ext/Ida Holm}, director: {held_by: ext/Tom Ruud}}
        log:
          - {decided: grant, date: 2026-05-06, given: {amount: 20000}, by: programme-lead}

    Good:

        decision_rights:
          grant:
            question: Do we give this grant?
            inputs: {amount: {number: 0 to 100000, unit: EUR}}
            cases:
              - {when: {amount: up to 5000}, decider: programme-lead}
              - {when: {amount: over 5000}, decider: director}
            record: grant-book
        roles: {programme-lead: {held_by: ext/Ida Holm}, director: {held_by: ext/Tom Ruud}}
        log:
          - {decided: grant, date: 2026-05-06, given: {amount: 4000}, by: programme-lead}
          - {decided: grant, date: 2026-05-07, given: {amount: 20000}, by: director}
    """
    for right in _decided(org):
        for (party, choice), decisions in _elsewhere(right).items():
            yield _told_elsewhere(right, party, choice, decisions)


def _decided(org: Org) -> list[DecisionRight]:
    """The rights in force that the log tells were used, in the order of ids."""
    used = happened(org, "decided")
    return [right for right in org.active(DecisionRight) if right in used and not right.refused] if used else []


def _elsewhere(right: DecisionRight) -> Mapping[tuple[Declaration, Choice], list[Event]]:
    """What was decided on a right as it is today by somebody who might not, by whom and which call it was."""
    org = right.org
    parties = bearers(org, LogEntry.by)
    meant: dict[str, Choice] = {}
    may: dict[tuple[Declaration, Choice], bool | None] = {}
    found: dict[tuple[Declaration, Choice], list[Event]] = {}
    for event in recent(org, happened(org, "decided")[right], right):
        party = parties.only(event.entry.data.get("by"))
        if party is None:
            continue
        # Many decisions are alike, and to work out which call is meant takes most of the time.
        given = repr(event.entry.data.get("given"))
        if given not in meant:
            meant[given] = call_at(right, event.entry.given or {})
        key = party, meant[given]
        if key not in may:
            may[key] = might_decide(party, right, meant[given])
        if may[key] is False:
            found.setdefault(key, []).append(event)
    return found


def _told_elsewhere(right: DecisionRight, party: Declaration, choice: Choice, decisions: Sequence[Event]) -> Problem:
    latest = last(decisions, 3)
    deciders = dict.fromkeys(ref.text for call in choice.calls for ref in call.refs("decider"))
    newest, given = latest[-1], latest[-1].entry.given
    values = f" ({', '.join(f'{name} {_said(value)}' for name, value in given.items())})" if given else ""
    others = f", and {counted(len(decisions) - 1, 'more time')}" if len(decisions) > 1 else ""
    return Problem(
        choice.calls[0].speaker("decider").at("decider"),
        f"`{party.id}` decided `{right.id}`{values} on {newest.day}{others}, "
        f"and it is for {listed([f'`{each}`' for each in deciders])} to decide",
        related=tuple(Related(event.entry.at("by"), "decided here") for event in latest),
        tip="ask why it went there: whoever decides it in truth belongs here, in a case, as deputy or in an escalation",
    )


def _said(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
